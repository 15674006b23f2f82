package codec

import (
	"math/big"

	"github.com/ethereum/go-ethereum/rlp"
)

// Reader walks over RLP without copying it. The first error sticks: later reads
// return zero values, so that a decoder can read all its fields and look once.
type Reader struct {
	Rest  []byte // what was not read yet
	Err   error  // the first error; wraps one of the package's
	ReqID uint64 // of the message, for its limit errors
}

// Fail keeps the first error.
func (r *Reader) Fail(err error) {
	if r.Err == nil {
		r.Err = err
		r.Rest = nil
	}
}

// broken fails if there is an error, and reports whether there ever was one. Only the first one is
// made: a message may have a hundred fields behind it.
func (r *Reader) broken(err error) bool {
	if err != nil && r.Err == nil {
		r.Fail(Malformed("%v", err))
	}
	return r.Err != nil
}

// Limit fails unless have ≤ most.
func (r *Reader) Limit(what string, have, most uint64) bool {
	if have > most {
		r.Fail(&LimitError{ReqID: r.ReqID, What: what, Have: have, Max: most})
	}
	return r.Err == nil
}

// Some fails unless 1 ≤ have ≤ most.
func (r *Reader) Some(what string, have, most uint64) bool {
	if err := CheckLimit(r.ReqID, what, have, most); err != nil {
		r.Fail(err)
	}
	return r.Err == nil
}

// More says whether the list goes on.
func (r *Reader) More() bool { return r.Err == nil && len(r.Rest) > 0 }

// End fails if anything is left.
func (r *Reader) End() {
	if r.More() {
		r.Fail(Malformed("%d bytes too many", len(r.Rest)))
	}
}

// List enters the list that is next. Its Reader must be handed to Leave.
func (r *Reader) List() Reader {
	content, rest, err := rlp.SplitList(r.Rest)
	if r.broken(err) {
		return Reader{Err: r.Err, ReqID: r.ReqID}
	}
	r.Rest = rest
	return Reader{Rest: content, ReqID: r.ReqID}
}

// Leave requires that the entered list was read to its end, and takes its error.
func (r *Reader) Leave(inner *Reader) {
	inner.End()
	if inner.Err != nil {
		r.Fail(inner.Err)
	}
}

// Count returns how many values are left, after checking that at most so many are.
func (r *Reader) Count(what string, most uint64) int {
	if r.Err != nil {
		return 0
	}
	n, err := rlp.CountValues(r.Rest)
	if err != nil {
		r.Fail(Malformed("%v", err))
		return 0
	}
	if !r.Limit(what, uint64(n), most) {
		return 0
	}
	return n
}

// Uint reads an integer of at most 64 bits, without leading zeros.
func (r *Reader) Uint() uint64 {
	x, rest, err := rlp.SplitUint64(r.Rest)
	if r.broken(err) {
		return 0
	}
	r.Rest = rest
	return x
}

// Bool reads a flag, 0 or 1.
func (r *Reader) Bool() bool {
	x := r.Uint()
	if x > 1 {
		r.Fail(Malformed("flag %d", x))
	}
	return x == 1
}

// Bytes returns the content of the string that is next, at most so many bytes.
func (r *Reader) Bytes(what string, most int) []byte {
	content, rest, err := rlp.SplitString(r.Rest)
	if r.broken(err) {
		return nil
	}
	if !r.Limit(what, uint64(len(content)), uint64(most)) {
		return nil
	}
	r.Rest = rest
	return content
}

// Fixed returns a string's content if it has exactly n bytes, nil after an error.
func (r *Reader) Fixed(n int) []byte {
	content, rest, err := rlp.SplitString(r.Rest)
	if r.broken(err) {
		return nil
	}
	if len(content) != n {
		r.Fail(Malformed("%d bytes where %d belong", len(content), n))
		return nil
	}
	r.Rest = rest
	return content
}

// Hash reads a string of exactly 32 bytes.
func (r *Reader) Hash() (h Hash) {
	copy(h[:], r.Fixed(32))
	return h
}

// Address reads a string of exactly 20 bytes.
func (r *Reader) Address() (a Address) {
	copy(a[:], r.Fixed(20))
	return a
}

// Big returns a canonical non-negative integer of at most so many bits.
func (r *Reader) Big(what string, bits int) *big.Int {
	content := r.Bytes(what, (bits+7)/8)
	if len(content) > 0 && content[0] == 0 {
		r.Fail(Malformed("%s has leading zeros", what))
		return new(big.Int)
	}
	x := new(big.Int).SetBytes(content)
	r.Limit(what, uint64(x.BitLen()), uint64(bits))
	return x
}

// Wide reads an integer of at most 128 bits, without leading zeros, as hi·2⁶⁴ + lo.
func (r *Reader) Wide(what string) (hi, lo uint64) {
	content := r.Bytes(what, 16)
	if len(content) > 0 && content[0] == 0 {
		r.Fail(Malformed("%s has leading zeros", what))
		return 0, 0
	}
	for _, b := range content {
		hi, lo = hi<<8|lo>>56, lo<<8|uint64(b)
	}
	return hi, lo
}

// Raw returns the whole encoding of the value that is next.
func (r *Reader) Raw() []byte {
	_, _, rest, err := rlp.Split(r.Rest)
	if r.broken(err) {
		return nil
	}
	raw := r.Rest[: len(r.Rest)-len(rest) : len(r.Rest)-len(rest)]
	r.Rest = rest
	return raw
}

// Hashes reads a list of hashes.
func (r *Reader) Hashes(what string, most uint64) []Hash {
	l := r.List()
	var out []Hash
	if n := l.Count(what, most); n > 0 {
		out = make([]Hash, n)
		for i := range out {
			out[i] = l.Hash()
		}
	}
	r.Leave(&l)
	return out
}

// Raws reads a list of values as they are encoded.
func (r *Reader) Raws(what string, most uint64) [][]byte {
	l := r.List()
	var out [][]byte
	if n := l.Count(what, most); n > 0 {
		out = make([][]byte, n)
		for i := range out {
			out[i] = l.Raw()
		}
	}
	r.Leave(&l)
	return out
}

// Strings reads a list of strings' contents.
func (r *Reader) Strings(what string, most uint64) [][]byte {
	l := r.List()
	var out [][]byte
	if n := l.Count(what, most); n > 0 {
		out = make([][]byte, n)
		for i := range out {
			out[i] = l.Bytes(what, len(l.Rest))
		}
	}
	r.Leave(&l)
	return out
}
