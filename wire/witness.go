package wire

import (
	"math/big"

	"github.com/candela-les/candela/wire/internal/codec"
)

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
	dst, at := codec.OpenList(dst)
	dst = codec.AppendUint(dst, q.ReqID)
	dst = codec.AppendHash(dst, q.Block)
	dst = q.Call.append(dst)
	return codec.CloseList(dst, at)
}

func (c *Call) append(dst []byte) []byte {
	dst, at := codec.OpenList(dst)
	dst = codec.AppendAddress(dst, c.From)
	if c.To != nil {
		dst = codec.AppendAddress(dst, *c.To)
	} else {
		dst = append(dst, 0x80)
	}
	dst = codec.AppendUint(dst, c.Gas)
	dst = codec.AppendBig(dst, c.GasPrice)
	dst = codec.AppendBig(dst, c.Value)
	dst = codec.AppendString(dst, c.Data)
	dst, list := codec.OpenList(dst)
	for i := range c.AccessList {
		var item int
		dst, item = codec.OpenList(dst)
		dst = codec.AppendAddress(dst, c.AccessList[i].Address)
		dst = codec.AppendHashes(dst, c.AccessList[i].Slots)
		dst = codec.CloseList(dst, item)
	}
	dst = codec.CloseList(dst, list)
	dst = codec.AppendHashes(dst, c.BlobHashes)
	dst = codec.AppendRaws(dst, c.Authorizations)
	return codec.CloseList(dst, at)
}

func (q *GetWitness) decode(r *reader) {
	q.Block = r.Hash()
	l := r.List()
	q.Call.decode(&l)
	r.Leave(&l)
}

func (c *Call) decode(l *reader) {
	c.From = l.Address()
	if len(l.Rest) > 0 && l.Rest[0] == 0x80 {
		l.Uint()
	} else {
		to := l.Address()
		c.To = &to
	}
	c.Gas = l.Uint()
	l.Limit("witnessGas", c.Gas, MaxWitnessGas)
	c.GasPrice = l.Big("gas price", 256)
	c.Value = l.Big("value", 256)
	c.Data = l.Bytes("call data", MaxCallData)
	c.AccessList = readAccessList(l)
	c.BlobHashes = l.Hashes("blob hashes", MaxBlobHashes)
	c.Authorizations = l.Raws("authorizations", MaxAuthorizations)
	for _, auth := range c.Authorizations {
		l.Limit("authorization bytes", uint64(len(auth)), MaxAuthorization)
	}
}

// readAccessList bounds addresses and slots together, as both cost the server.
func readAccessList(r *reader) []AccessTuple {
	l := r.List()
	total := l.Count("access list", MaxAccessList)
	var out []AccessTuple
	if total > 0 {
		out = make([]AccessTuple, total)
	}
	for i := range out {
		item := l.List()
		out[i] = AccessTuple{Address: item.Address(), Slots: item.Hashes("access list", MaxAccessList)}
		total += len(out[i].Slots)
		item.Limit("access list", uint64(total), MaxAccessList)
		l.Leave(&item)
	}
	r.Leave(&l)
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
	dst, at := codec.OpenList(dst)
	dst = p.append(dst)
	dst, data := codec.OpenList(dst)
	dst = codec.AppendStrings(dst, p.Nodes)
	dst = codec.AppendStrings(dst, p.Codes)
	dst = codec.AppendRaws(dst, p.Headers)
	return codec.CloseList(codec.CloseList(dst, data), at)
}

func (p *Witness) decode(r *reader) {
	l := r.List()
	p.Nodes = l.Strings("nodes", MaxNodes)
	p.Codes = l.Strings("codes", MaxReplyCodes)
	p.Headers = l.Raws("headers", MaxReplyHeaders)
	r.Leave(&l)
}
