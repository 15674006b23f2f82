package wire

// The kinds of helper trie, and the one kind of auxiliary data, that les/4 has.
const (
	HelperCanonical = 0 // canonical hash trie: number → hash, total difficulty
	HelperBloom     = 1 // bloom bit trie
	AuxHeader       = 2 // with HelperCanonical: the header too
)

// GetHelperProofs asks for proofs in helper tries:
// [reqID, [[type, section, key, fromLevel, auxReq]…]]. les/4.
type GetHelperProofs struct {
	Tag
	Queries []HelperQuery // 1 … MaxHelperProofs
}

// HelperQuery asks for one proof in the trie of a section of 32768 blocks.
type HelperQuery struct {
	Type, Section  uint64
	Key            []byte // at most 32 bytes; a block number is 8, big-endian
	FromLevel, Aux uint64
}

// Code implements Request.
func (*GetHelperProofs) Code() uint64 { return CodeGetHelperProofs }

// ReplyCode implements Request.
func (*GetHelperProofs) ReplyCode() uint64 { return CodeHelperProofs }

// Amount is the number of proofs asked for.
func (q *GetHelperProofs) Amount() uint64 { return uint64(len(q.Queries)) }

// Append implements Request.
func (q *GetHelperProofs) Append(dst []byte) []byte {
	dst, at := openList(dst)
	dst = appendUint(dst, q.ReqID)
	dst, list := openList(dst)
	for i := range q.Queries {
		p := &q.Queries[i]
		var item int
		dst, item = openList(dst)
		dst = appendUint(dst, p.Type)
		dst = appendUint(dst, p.Section)
		dst = appendString(dst, p.Key)
		dst = appendUint(dst, p.FromLevel)
		dst = appendUint(dst, p.Aux)
		dst = closeList(dst, item)
	}
	return closeList(closeList(dst, list), at)
}

func (q *GetHelperProofs) decode(r *reader) {
	l := r.list()
	n := l.count("helper", MaxHelperProofs)
	if l.err == nil && l.some("helper", uint64(n), MaxHelperProofs) {
		q.Queries = make([]HelperQuery, n)
		for i := range q.Queries {
			item := l.list()
			q.Queries[i] = HelperQuery{
				Type: item.uint(), Section: item.uint(),
				Key:       item.bytes("key", MaxKey),
				FromLevel: item.uint(), Aux: item.uint(),
			}
			l.leave(&item)
		}
	}
	r.leave(&l)
}

// HelperProofs answers GetHelperProofs: [reqID, BV, [[node…], [aux…]]],
// nodes as in Proofs, auxiliary data as strings.
type HelperProofs struct {
	ReplyHead
	Nodes, Aux [][]byte
}

// Code implements Reply.
func (*HelperProofs) Code() uint64 { return CodeHelperProofs }

// Append implements Reply.
func (p *HelperProofs) Append(dst []byte) []byte {
	dst, at := openList(dst)
	dst = p.append(dst)
	dst, data := openList(dst)
	dst = appendRaws(dst, p.Nodes)
	dst = appendStrings(dst, p.Aux)
	return closeList(closeList(dst, data), at)
}

func (p *HelperProofs) decode(r *reader) {
	l := r.list()
	p.Nodes = l.raws("nodes", MaxNodes)
	p.Aux = l.strings("helper", MaxHelperProofs)
	r.leave(&l)
}
