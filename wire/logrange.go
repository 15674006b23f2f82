package wire

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
	dst, at := openList(dst)
	dst = appendUint(dst, q.ReqID)
	dst = appendUint(dst, q.First)
	dst = appendUint(dst, q.Last)
	dst, list := openList(dst)
	for i := range q.Addresses {
		dst = appendAddress(dst, q.Addresses[i])
	}
	dst = closeList(dst, list)
	dst, list = openList(dst)
	for _, topics := range q.Topics {
		dst = appendHashes(dst, topics)
	}
	return closeList(closeList(dst, list), at)
}

func (q *GetLogRange) decode(r *reader) {
	q.First, q.Last = r.uint(), r.uint()
	if r.err == nil {
		r.some("logRange", q.Blocks(), MaxLogRange)
	}
	l := r.list()
	if n := l.count("addresses", MaxLogAddresses); n > 0 {
		q.Addresses = make([]Address, n)
		for i := range q.Addresses {
			q.Addresses[i] = l.address()
		}
	}
	r.leave(&l)
	l = r.list()
	if n := l.count("topic positions", MaxTopicPositions); n > 0 {
		q.Topics = make([][]Hash, n)
		for i := range q.Topics {
			q.Topics[i] = l.hashes("topics", MaxLogTopics)
		}
	}
	r.leave(&l)
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
	dst, at := openList(dst)
	dst = p.append(dst)
	dst, list := openList(dst)
	for i := range p.Blocks {
		var item int
		dst, item = openList(dst)
		dst = appendUint(dst, p.Blocks[i].Number)
		dst = appendHash(dst, p.Blocks[i].Hash)
		dst = closeList(dst, item)
	}
	return closeList(closeList(dst, list), at)
}

func (p *LogRange) decode(r *reader) {
	l := r.list()
	if n := l.count("logRange", MaxLogRange); n > 0 {
		p.Blocks = make([]BlockID, n)
		for i := range p.Blocks {
			item := l.list()
			p.Blocks[i] = BlockID{Number: item.uint(), Hash: item.hash()}
			l.leave(&item)
			if i > 0 && p.Blocks[i].Number <= p.Blocks[i-1].Number {
				l.fail(malformed("log candidates out of order"))
			}
		}
	}
	r.leave(&l)
}
