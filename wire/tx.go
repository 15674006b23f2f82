package wire

import "github.com/candela-les/candela/wire/internal/codec"

// SendTx hands transactions to the server's node: [reqID, [tx…]]. All versions.
// On the wire a typed transaction is wrapped in an RLP string; here it is not.
type SendTx struct {
	Tag
	Txs [][]byte // 1 … MaxTxs, each in its consensus encoding (EIP-2718)
}

// Code implements Request.
func (*SendTx) Code() uint64 { return CodeSendTx }

// ReplyCode implements Request.
func (*SendTx) ReplyCode() uint64 { return CodeTxStatus }

// TxUnit is how many bytes of a transaction count like one more transaction. Work
// goes by size where it is most, with blobs: each of them is 134 KiB with its proofs,
// and takes a node many milliseconds to check.
const TxUnit = 2048

// Amount is the number of transactions, and for each of them one more for every
// TxUnit of its bytes. (A server of les/4 counts transactions only.)
func (q *SendTx) Amount() uint64 {
	n := uint64(len(q.Txs))
	for _, tx := range q.Txs {
		n += uint64(len(tx)) / TxUnit
	}
	return n
}

// bytes is the length of all transactions together.
func (q *SendTx) bytes() uint64 {
	n := uint64(0)
	for _, tx := range q.Txs {
		n += uint64(len(tx))
	}
	return n
}

// Append implements Request.
func (q *SendTx) Append(dst []byte) []byte {
	dst, at := codec.OpenList(dst)
	dst = codec.AppendUint(dst, q.ReqID)
	dst, list := codec.OpenList(dst)
	for _, tx := range q.Txs {
		if len(tx) > 0 && tx[0] >= 0xc0 {
			dst = append(dst, tx...) // a legacy transaction is a list already
		} else {
			dst = codec.AppendString(dst, tx)
		}
	}
	return codec.CloseList(codec.CloseList(dst, list), at)
}

func (q *SendTx) decode(r *reader) {
	l := r.List()
	n := l.Count("txs", MaxTxs)
	if l.Err == nil && l.Some("txs", uint64(n), MaxTxs) {
		q.Txs = make([][]byte, n)
		for i := range q.Txs {
			q.Txs[i] = readTx(&l)
		}
	}
	r.Leave(&l)
}

// readTx reads a list as it is, or the content of a string that begins with a
// transaction type (EIP-2718: 0 … 0x7f) and has something behind it.
func readTx(r *reader) []byte {
	if len(r.Rest) > 0 && r.Rest[0] >= 0xc0 {
		return r.Raw()
	}
	tx := r.Bytes("tx", MaxMessage)
	if r.Err == nil && (len(tx) < 2 || tx[0] > 0x7f) {
		r.Fail(codec.Malformed("not a transaction"))
	}
	return tx
}

// GetTxStatus asks where transactions are: [reqID, [hash…]]. All versions.
type GetTxStatus struct {
	Tag
	Hashes []Hash // 1 … MaxTxStatus
}

// Code implements Request.
func (*GetTxStatus) Code() uint64 { return CodeGetTxStatus }

// ReplyCode implements Request.
func (*GetTxStatus) ReplyCode() uint64 { return CodeTxStatus }

// Amount is the number of transactions asked for.
func (q *GetTxStatus) Amount() uint64 { return uint64(len(q.Hashes)) }

// Append implements Request.
func (q *GetTxStatus) Append(dst []byte) []byte { return appendHashRequest(dst, q.ReqID, q.Hashes) }

func (q *GetTxStatus) decode(r *reader) { q.Hashes = readHashRequest(r, "txStatus", MaxTxStatus) }

// The states of a transaction.
const (
	TxUnknown  = 0
	TxQueued   = 1
	TxPending  = 2
	TxIncluded = 3
	TxFailed   = 4 // published but never used: an error text says it instead
)

// TxStatus is the state of one transaction.
type TxStatus struct {
	State  uint64    // TxUnknown … TxFailed
	Lookup *TxLookup // only of an included one
	Err    string    // why the node refused it, in the node's words
}

// TxLookup is where a transaction was included.
type TxLookup struct {
	Block  Hash
	Number uint64 // of the block
	Index  uint64 // in the block
}

// TxStatuses answers SendTx and GetTxStatus, one status for each transaction in
// order: [reqID, BV, [[state, lookup, error]…]] with lookup [blockHash, number,
// index], or an empty list.
type TxStatuses struct {
	ReplyHead
	Statuses []TxStatus
}

// Code implements Reply.
func (*TxStatuses) Code() uint64 { return CodeTxStatus }

// Append implements Reply.
func (p *TxStatuses) Append(dst []byte) []byte {
	dst, at := codec.OpenList(dst)
	dst = p.append(dst)
	dst, list := codec.OpenList(dst)
	for i := range p.Statuses {
		dst = appendTxStatus(dst, &p.Statuses[i])
	}
	return codec.CloseList(codec.CloseList(dst, list), at)
}

func appendTxStatus(dst []byte, s *TxStatus) []byte {
	dst, at := codec.OpenList(dst)
	dst = codec.AppendUint(dst, s.State)
	dst, lookup := codec.OpenList(dst)
	if s.Lookup != nil {
		dst = codec.AppendHash(dst, s.Lookup.Block)
		dst = codec.AppendUint(dst, s.Lookup.Number)
		dst = codec.AppendUint(dst, s.Lookup.Index)
	}
	dst = codec.CloseList(dst, lookup)
	dst = codec.AppendString(dst, s.Err)
	return codec.CloseList(dst, at)
}

func (p *TxStatuses) decode(r *reader) {
	l := r.List()
	if n := l.Count("txStatus", MaxTxStatus); n > 0 {
		p.Statuses = make([]TxStatus, n)
		for i := range p.Statuses {
			readTxStatus(&l, &p.Statuses[i])
		}
	}
	r.Leave(&l)
}

func readTxStatus(l *reader, s *TxStatus) {
	item := l.List()
	s.State = item.Uint()
	item.Limit("state of a transaction", s.State, TxFailed)
	lookup := item.List()
	if lookup.More() {
		s.Lookup = &TxLookup{Block: lookup.Hash(), Number: lookup.Uint(), Index: lookup.Uint()}
	}
	item.Leave(&lookup)
	s.Err = string(item.Bytes("error text", MaxErrorText))
	l.Leave(&item)
}
