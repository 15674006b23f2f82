package wire

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
	dst, at := openList(dst)
	dst = appendUint(dst, q.ReqID)
	dst, query := openList(dst)
	if q.Origin.Hash != (Hash{}) {
		dst = appendHash(dst, q.Origin.Hash)
	} else {
		dst = appendUint(dst, q.Origin.Number)
	}
	dst = appendUint(dst, q.Max)
	dst = appendUint(dst, q.Skip)
	dst = appendBool(dst, q.Reverse)
	return closeList(closeList(dst, query), at)
}

func (q *GetHeaders) decode(r *reader) {
	l := r.list()
	// A hash is 33 bytes of RLP with a header of its own; all else is a number.
	if len(l.rest) > 0 && l.rest[0] == 0xa0 {
		q.Origin.Hash = l.hash()
	} else {
		q.Origin.Number = l.uint()
	}
	q.Max = l.uint()
	q.Skip = l.uint()
	q.Reverse = l.bool()
	r.leave(&l)
	if r.err == nil {
		r.some("headers", q.Max, MaxHeaders)
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

func (p *Headers) decode(r *reader) { p.Headers = r.raws("headers", MaxHeaders) }

// appendRawReply appends a reply whose data is a list of raw items.
func appendRawReply(dst []byte, head *ReplyHead, items [][]byte) []byte {
	dst, at := openList(dst)
	dst = appendRaws(head.append(dst), items)
	return closeList(dst, at)
}

// appendStringReply appends a reply whose data is a list of strings.
func appendStringReply(dst []byte, head *ReplyHead, items [][]byte) []byte {
	dst, at := openList(dst)
	dst = appendStrings(head.append(dst), items)
	return closeList(dst, at)
}
