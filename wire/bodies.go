package wire

import "github.com/candela-les/candela/wire/internal/codec"

// GetBodies asks for block bodies by block hash: [reqID, [hash…]]. All versions.
type GetBodies struct {
	Tag
	Hashes []Hash // 1 … MaxBodies
}

// Code implements Request.
func (*GetBodies) Code() uint64 { return CodeGetBodies }

// ReplyCode implements Request.
func (*GetBodies) ReplyCode() uint64 { return CodeBodies }

// Amount is the number of bodies asked for.
func (q *GetBodies) Amount() uint64 { return uint64(len(q.Hashes)) }

// Append implements Request.
func (q *GetBodies) Append(dst []byte) []byte { return appendHashRequest(dst, q.ReqID, q.Hashes) }

func (q *GetBodies) decode(r *reader) { q.Hashes = readHashRequest(r, "bodies", MaxBodies) }

// Bodies answers GetBodies: [reqID, BV, [body…]]. Bodies that the server does not
// have are left out, and a full reply ends early.
type Bodies struct {
	ReplyHead
	Bodies [][]byte // each the RLP [txs, uncles, withdrawals?]
}

// Code implements Reply.
func (*Bodies) Code() uint64 { return CodeBodies }

// Append implements Reply.
func (p *Bodies) Append(dst []byte) []byte { return appendRawReply(dst, &p.ReplyHead, p.Bodies) }

func (p *Bodies) decode(r *reader) { p.Bodies = r.Raws("bodies", MaxBodies) }

// GetReceipts asks for all receipts of blocks by block hash: [reqID, [hash…]].
// All versions.
type GetReceipts struct {
	Tag
	Hashes []Hash // 1 … MaxReceipts
}

// Code implements Request.
func (*GetReceipts) Code() uint64 { return CodeGetReceipts }

// ReplyCode implements Request.
func (*GetReceipts) ReplyCode() uint64 { return CodeReceipts }

// Amount is the number of blocks asked for.
func (q *GetReceipts) Amount() uint64 { return uint64(len(q.Hashes)) }

// Append implements Request.
func (q *GetReceipts) Append(dst []byte) []byte { return appendHashRequest(dst, q.ReqID, q.Hashes) }

func (q *GetReceipts) decode(r *reader) { q.Hashes = readHashRequest(r, "receipts", MaxReceipts) }

// Receipts answers GetReceipts: [reqID, BV, [[receipt…]…]]. Each item is the list
// of one block's receipts as the receipt trie holds them, typed ones wrapped in
// an RLP string. Blocks that the server does not have are left out.
type Receipts struct {
	ReplyHead
	Receipts [][]byte // each the RLP of one block's list
}

// Code implements Reply.
func (*Receipts) Code() uint64 { return CodeReceipts }

// Append implements Reply.
func (p *Receipts) Append(dst []byte) []byte { return appendRawReply(dst, &p.ReplyHead, p.Receipts) }

func (p *Receipts) decode(r *reader) { p.Receipts = r.Raws("receipts", MaxReceipts) }

func appendHashRequest(dst []byte, reqID uint64, hashes []Hash) []byte {
	dst, at := codec.OpenList(dst)
	dst = codec.AppendHashes(codec.AppendUint(dst, reqID), hashes)
	return codec.CloseList(dst, at)
}

func readHashRequest(r *reader, what string, most uint64) []Hash {
	hashes := r.Hashes(what, most)
	if r.Err == nil {
		r.Some(what, uint64(len(hashes)), most)
	}
	return hashes
}
