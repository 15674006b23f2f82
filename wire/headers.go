package wire

import "github.com/candela-les/candela/wire/internal/codec"

// GetHeaders asks for a run of headers, beginning at a block named by its hash or
// its number. All versions.
//
//	[reqID, [origin, max, skip, reverse]]   origin: hash (32 B) or number
type GetHeaders struct {
	Tag
	Origin  Origin
	Max     uint64 // how many at most, 1 … MaxHeaders
	Skip    uint64 // blocks left out between two headers
	Reverse bool   // towards the genesis block
}

// Origin names a block by hash, or by number where the hash is zero.
type Origin struct {
	Hash   Hash
	Number uint64
}

// Code implements Request.
func (*GetHeaders) Code() uint64 { return CodeGetHeaders }

// ReplyCode implements Request.
func (*GetHeaders) ReplyCode() uint64 { return CodeHeaders }

// Amount is the number of headers asked for.
func (q *GetHeaders) Amount() uint64 { return q.Max }

// Append implements Request.
func (q *GetHeaders) Append(dst []byte) []byte {
	dst, at := codec.OpenList(dst)
	dst = codec.AppendUint(dst, q.ReqID)
	dst, query := codec.OpenList(dst)
	if q.Origin.Hash != (Hash{}) {
		dst = codec.AppendHash(dst, q.Origin.Hash)
	} else {
		dst = codec.AppendUint(dst, q.Origin.Number)
	}
	dst = codec.AppendUint(dst, q.Max)
	dst = codec.AppendUint(dst, q.Skip)
	dst = codec.AppendBool(dst, q.Reverse)
	return codec.CloseList(codec.CloseList(dst, query), at)
}

func (q *GetHeaders) decode(r *reader) {
	l := r.List()
	// A hash is 33 bytes of RLP with a header of its own; all else is a number.
	if len(l.Rest) > 0 && l.Rest[0] == 0xa0 {
		q.Origin.Hash = l.Hash()
	} else {
		q.Origin.Number = l.Uint()
	}
	q.Max = l.Uint()
	q.Skip = l.Uint()
	q.Reverse = l.Bool()
	r.Leave(&l)
	if r.Err == nil {
		r.Some("headers", q.Max, MaxHeaders)
	}
}

// Headers answers GetHeaders: [reqID, BV, [header…]]. It may be shorter than
// asked; what is missing is at the end.
type Headers struct {
	ReplyHead
	Headers [][]byte // each the RLP of a header
}

// Code implements Reply.
func (*Headers) Code() uint64 { return CodeHeaders }

// Append implements Reply.
func (p *Headers) Append(dst []byte) []byte { return appendRawReply(dst, &p.ReplyHead, p.Headers) }

func (p *Headers) decode(r *reader) { p.Headers = r.Raws("headers", MaxHeaders) }

// appendRawReply appends a reply whose data is a list of raw items.
func appendRawReply(dst []byte, head *ReplyHead, items [][]byte) []byte {
	dst, at := codec.OpenList(dst)
	dst = codec.AppendRaws(head.append(dst), items)
	return codec.CloseList(dst, at)
}

// appendStringReply appends a reply whose data is a list of strings.
func appendStringReply(dst []byte, head *ReplyHead, items [][]byte) []byte {
	dst, at := codec.OpenList(dst)
	dst = codec.AppendStrings(head.append(dst), items)
	return codec.CloseList(dst, at)
}
