package wire

import "github.com/candela-les/candela/wire/internal/codec"

// LogRangeUnit is the number of blocks that count as one item of a GetLogRange.
const LogRangeUnit = 1024

// GetLogRange asks which canonical blocks of a range may hold a matching log:
// [reqID, first, last, [address…], [[topic…]…]]. les/5.
type GetLogRange struct {
	Tag
	First, Last uint64    // both included; at most MaxLogRange blocks
	Addresses   []Address // any of them; all addresses if empty
	Topics      [][]Hash  // at each position any of them; all topics if empty
}

// Code implements Request.
func (*GetLogRange) Code() uint64 { return CodeGetLogRange }

// ReplyCode implements Request.
func (*GetLogRange) ReplyCode() uint64 { return CodeLogRange }

// Blocks is the length of the range, 0 if it is empty.
func (q *GetLogRange) Blocks() uint64 {
	switch n := q.Last - q.First; {
	case q.Last < q.First:
		return 0
	case n == 1<<64-1:
		return n
	default:
		return n + 1
	}
}

// Amount is the length of the range in units of 1024 blocks, rounded up.
func (q *GetLogRange) Amount() uint64 {
	n := q.Blocks()
	if n%LogRangeUnit != 0 {
		return n/LogRangeUnit + 1
	}
	return n / LogRangeUnit
}

// Append implements Request.
func (q *GetLogRange) Append(dst []byte) []byte {
	dst, at := codec.OpenList(dst)
	dst = codec.AppendUint(dst, q.ReqID)
	dst = codec.AppendUint(dst, q.First)
	dst = codec.AppendUint(dst, q.Last)
	dst, list := codec.OpenList(dst)
	for i := range q.Addresses {
		dst = codec.AppendAddress(dst, q.Addresses[i])
	}
	dst = codec.CloseList(dst, list)
	dst, list = codec.OpenList(dst)
	for _, topics := range q.Topics {
		dst = codec.AppendHashes(dst, topics)
	}
	return codec.CloseList(codec.CloseList(dst, list), at)
}

func (q *GetLogRange) decode(r *reader) {
	q.First, q.Last = r.Uint(), r.Uint()
	if r.Err == nil {
		r.Some("logRange", q.Blocks(), MaxLogRange)
	}
	l := r.List()
	if n := l.Count("addresses", MaxLogAddresses); n > 0 {
		q.Addresses = make([]Address, n)
		for i := range q.Addresses {
			q.Addresses[i] = l.Address()
		}
	}
	r.Leave(&l)
	l = r.List()
	if n := l.Count("topic positions", MaxTopicPositions); n > 0 {
		q.Topics = make([][]Hash, n)
		for i := range q.Topics {
			q.Topics[i] = l.Hashes("topics", MaxLogTopics)
		}
	}
	r.Leave(&l)
}

// BlockID names one block.
type BlockID struct {
	Number uint64
	Hash   Hash
}

// LogRange answers GetLogRange: [reqID, BV, [[number, hash]…]], ascending. It is
// a hint: the headers' blooms prove what the server left out.
type LogRange struct {
	ReplyHead
	Blocks []BlockID
}

// Code implements Reply.
func (*LogRange) Code() uint64 { return CodeLogRange }

// Append implements Reply.
func (p *LogRange) Append(dst []byte) []byte {
	dst, at := codec.OpenList(dst)
	dst = p.append(dst)
	dst, list := codec.OpenList(dst)
	for i := range p.Blocks {
		var item int
		dst, item = codec.OpenList(dst)
		dst = codec.AppendUint(dst, p.Blocks[i].Number)
		dst = codec.AppendHash(dst, p.Blocks[i].Hash)
		dst = codec.CloseList(dst, item)
	}
	return codec.CloseList(codec.CloseList(dst, list), at)
}

func (p *LogRange) decode(r *reader) {
	l := r.List()
	if n := l.Count("logRange", MaxLogRange); n > 0 {
		p.Blocks = make([]BlockID, n)
		for i := range p.Blocks {
			item := l.List()
			p.Blocks[i] = BlockID{Number: item.Uint(), Hash: item.Hash()}
			l.Leave(&item)
			if i > 0 && p.Blocks[i].Number <= p.Blocks[i-1].Number {
				l.Fail(codec.Malformed("log candidates out of order"))
			}
		}
	}
	r.Leave(&l)
}
