package wire

import "math/big"

// WitnessGasUnit is the gas that counts as one item of a GetWitness.
const WitnessGasUnit = 1_000_000

// GetWitness asks the server to run a call on the state after a block and to
// return all that it touched: [reqID, blockHash, call]. les/5.
type GetWitness struct {
	Tag
	Block Hash
	Call  Call
}

// Call is a message to run: [from, to, gas, gasPrice, value, data, accessList,
// blobHashes, [authorization…]]. Amounts that are nil are zero.
type Call struct {
	From           Address
	To             *Address // nil creates a contract: an empty string on the wire
	Gas            uint64   // at most MaxWitnessGas
	GasPrice       *big.Int // wei
	Value          *big.Int // wei
	Data           []byte   // at most MaxCallData bytes
	AccessList     []AccessTuple
	BlobHashes     []Hash
	Authorizations [][]byte // each the RLP of an EIP-7702 authorization tuple
}

// AccessTuple is one entry of an EIP-2930 access list: [address, [slot…]].
type AccessTuple struct {
	Address Address
	Slots   []Hash
}

// Code implements Request.
func (*GetWitness) Code() uint64 { return CodeGetWitness }

// ReplyCode implements Request.
func (*GetWitness) ReplyCode() uint64 { return CodeWitness }

// Amount is the gas in millions, rounded up, and at least 1.
func (q *GetWitness) Amount() uint64 {
	n := q.Call.Gas / WitnessGasUnit
	if q.Call.Gas%WitnessGasUnit != 0 || n == 0 {
		n++
	}
	return n
}

// Append implements Request.
func (q *GetWitness) Append(dst []byte) []byte {
	dst, at := openList(dst)
	dst = appendUint(dst, q.ReqID)
	dst = appendHash(dst, q.Block)
	dst = q.Call.append(dst)
	return closeList(dst, at)
}

func (c *Call) append(dst []byte) []byte {
	dst, at := openList(dst)
	dst = appendAddress(dst, c.From)
	if c.To != nil {
		dst = appendAddress(dst, *c.To)
	} else {
		dst = append(dst, 0x80)
	}
	dst = appendUint(dst, c.Gas)
	dst = appendBig(dst, c.GasPrice)
	dst = appendBig(dst, c.Value)
	dst = appendString(dst, c.Data)
	dst, list := openList(dst)
	for i := range c.AccessList {
		var item int
		dst, item = openList(dst)
		dst = appendAddress(dst, c.AccessList[i].Address)
		dst = appendHashes(dst, c.AccessList[i].Slots)
		dst = closeList(dst, item)
	}
	dst = closeList(dst, list)
	dst = appendHashes(dst, c.BlobHashes)
	dst = appendRaws(dst, c.Authorizations)
	return closeList(dst, at)
}

func (q *GetWitness) decode(r *reader) {
	q.Block = r.hash()
	l := r.list()
	q.Call.decode(&l)
	r.leave(&l)
}

func (c *Call) decode(l *reader) {
	c.From = l.address()
	if len(l.rest) > 0 && l.rest[0] == 0x80 {
		l.uint()
	} else {
		to := l.address()
		c.To = &to
	}
	c.Gas = l.uint()
	l.limit("witnessGas", c.Gas, MaxWitnessGas)
	c.GasPrice = l.big("gas price", 256)
	c.Value = l.big("value", 256)
	c.Data = l.bytes("call data", MaxCallData)
	c.AccessList = readAccessList(l)
	c.BlobHashes = l.hashes("blob hashes", MaxBlobHashes)
	c.Authorizations = l.raws("authorizations", MaxAuthorizations)
	for _, auth := range c.Authorizations {
		l.limit("authorization bytes", uint64(len(auth)), MaxAuthorization)
	}
}

// readAccessList bounds addresses and slots together, as both cost the server.
func readAccessList(r *reader) []AccessTuple {
	l := r.list()
	total := l.count("access list", MaxAccessList)
	var out []AccessTuple
	if total > 0 {
		out = make([]AccessTuple, total)
	}
	for i := range out {
		item := l.list()
		out[i] = AccessTuple{Address: item.address(), Slots: item.hashes("access list", MaxAccessList)}
		total += len(out[i].Slots)
		item.limit("access list", uint64(total), MaxAccessList)
		l.leave(&item)
	}
	r.leave(&l)
	return out
}

// Witness answers GetWitness: [reqID, BV, [[node…], [code…], [header…]]]. Nodes
// and codes come each once, in no promised order; the headers are those that
// BLOCKHASH needs, ascending, up to the block's parent.
type Witness struct {
	ReplyHead
	Nodes, Codes [][]byte
	Headers      [][]byte // each the RLP of a header
}

// Code implements Reply.
func (*Witness) Code() uint64 { return CodeWitness }

// Append implements Reply.
func (p *Witness) Append(dst []byte) []byte {
	dst, at := openList(dst)
	dst = p.append(dst)
	dst, data := openList(dst)
	dst = appendStrings(dst, p.Nodes)
	dst = appendStrings(dst, p.Codes)
	dst = appendRaws(dst, p.Headers)
	return closeList(closeList(dst, data), at)
}

func (p *Witness) decode(r *reader) {
	l := r.list()
	p.Nodes = l.strings("nodes", MaxNodes)
	p.Codes = l.strings("codes", MaxReplyCodes)
	p.Headers = l.raws("headers", MaxReplyHeaders)
	r.leave(&l)
}
