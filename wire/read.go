package wire

import (
	"math/big"

	"github.com/ethereum/go-ethereum/rlp"
)

// reader walks over RLP without copying it. The first error sticks: later reads
// return zero values, so that a decoder can read all its fields and look once.
type reader struct {
	rest  []byte
	err   error
	reqID uint64 // of the message, for its limit errors
}

// fail keeps the first error.
func (r *reader) fail(err error) {
	if r.err == nil {
		r.err = err
		r.rest = nil
	}
}

// limit fails unless have ≤ most.
func (r *reader) limit(what string, have, most uint64) bool {
	if have > most {
		r.fail(&LimitError{ReqID: r.reqID, What: what, Have: have, Max: most})
	}
	return r.err == nil
}

// some fails unless 1 ≤ have ≤ most.
func (r *reader) some(what string, have, most uint64) bool {
	if err := checkLimit(r.reqID, what, have, most); err != nil {
		r.fail(err)
	}
	return r.err == nil
}

// more says whether the list goes on.
func (r *reader) more() bool { return r.err == nil && len(r.rest) > 0 }

// end fails if anything is left.
func (r *reader) end() {
	if r.more() {
		r.fail(malformed("%d bytes too many", len(r.rest)))
	}
}

// list enters the list that is next. Its reader must be handed to leave.
func (r *reader) list() reader {
	content, rest, err := rlp.SplitList(r.rest)
	if r.err != nil || err != nil {
		r.fail(malformed("%v", err))
		return reader{err: r.err, reqID: r.reqID}
	}
	r.rest = rest
	return reader{rest: content, reqID: r.reqID}
}

// leave requires that the entered list was read to its end, and takes its error.
func (r *reader) leave(inner *reader) {
	inner.end()
	if inner.err != nil {
		r.fail(inner.err)
	}
}

// count returns how many values are left, after checking that at most so many are.
func (r *reader) count(what string, most uint64) int {
	if r.err != nil {
		return 0
	}
	n, err := rlp.CountValues(r.rest)
	if err != nil {
		r.fail(malformed("%v", err))
		return 0
	}
	if !r.limit(what, uint64(n), most) {
		return 0
	}
	return n
}

func (r *reader) uint() uint64 {
	x, rest, err := rlp.SplitUint64(r.rest)
	if r.err != nil || err != nil {
		r.fail(malformed("%v", err))
		return 0
	}
	r.rest = rest
	return x
}

func (r *reader) bool() bool {
	x := r.uint()
	if x > 1 {
		r.fail(malformed("flag %d", x))
	}
	return x == 1
}

// bytes returns the content of the string that is next, at most so many bytes.
func (r *reader) bytes(what string, most int) []byte {
	content, rest, err := rlp.SplitString(r.rest)
	if r.err != nil || err != nil {
		r.fail(malformed("%v", err))
		return nil
	}
	if !r.limit(what, uint64(len(content)), uint64(most)) {
		return nil
	}
	r.rest = rest
	return content
}

// fixed returns a string's content if it has exactly n bytes, nil after an error.
func (r *reader) fixed(n int) []byte {
	content, rest, err := rlp.SplitString(r.rest)
	if r.err != nil || err != nil {
		r.fail(malformed("%v", err))
		return nil
	}
	if len(content) != n {
		r.fail(malformed("%d bytes where %d belong", len(content), n))
		return nil
	}
	r.rest = rest
	return content
}

func (r *reader) hash() (h Hash) {
	copy(h[:], r.fixed(32))
	return h
}

func (r *reader) address() (a Address) {
	copy(a[:], r.fixed(20))
	return a
}

// big returns a canonical non-negative integer of at most so many bits.
func (r *reader) big(what string, bits int) *big.Int {
	content := r.bytes(what, (bits+7)/8)
	if len(content) > 0 && content[0] == 0 {
		r.fail(malformed("%s has leading zeros", what))
		return new(big.Int)
	}
	x := new(big.Int).SetBytes(content)
	r.limit(what, uint64(x.BitLen()), uint64(bits))
	return x
}

// raw returns the whole encoding of the value that is next.
func (r *reader) raw() []byte {
	_, _, rest, err := rlp.Split(r.rest)
	if r.err != nil || err != nil {
		r.fail(malformed("%v", err))
		return nil
	}
	raw := r.rest[: len(r.rest)-len(rest) : len(r.rest)-len(rest)]
	r.rest = rest
	return raw
}

// hashes reads a list of hashes.
func (r *reader) hashes(what string, most uint64) []Hash {
	l := r.list()
	var out []Hash
	if n := l.count(what, most); n > 0 {
		out = make([]Hash, n)
		for i := range out {
			out[i] = l.hash()
		}
	}
	r.leave(&l)
	return out
}

// raws reads a list of values as they are encoded.
func (r *reader) raws(what string, most uint64) [][]byte {
	l := r.list()
	var out [][]byte
	if n := l.count(what, most); n > 0 {
		out = make([][]byte, n)
		for i := range out {
			out[i] = l.raw()
		}
	}
	r.leave(&l)
	return out
}

// strings reads a list of strings' contents.
func (r *reader) strings(what string, most uint64) [][]byte {
	l := r.list()
	var out [][]byte
	if n := l.count(what, most); n > 0 {
		out = make([][]byte, n)
		for i := range out {
			out[i] = l.bytes(what, MaxMessage)
		}
	}
	r.leave(&l)
	return out
}
