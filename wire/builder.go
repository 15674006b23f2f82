package wire

import (
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/internal/codec"
)

// replyRoom is enough for what precedes a reply's items: the headers of two lists,
// the request id and the buffer value, at most 9 bytes each.
const replyRoom = 4 * 9

// ReplyBuilder assembles the payload [reqID, BV, [item…]] in one buffer that it
// keeps from one reply to the next. Items are copied once; the buffer value,
// which is known last, is written in front of them when the reply is finished.
//
// The zero value is ready for Reset. A builder serves one goroutine at a time.
type ReplyBuilder struct {
	buf   []byte
	list  int // where the open inner list began, if open
	open  bool
	items int
	reqID uint64
}

// Reset begins a reply. What Finish returned before is no longer valid.
func (b *ReplyBuilder) Reset(reqID uint64) {
	if cap(b.buf) < replyRoom {
		b.buf = make([]byte, replyRoom, 4096)
	}
	b.buf = b.buf[:replyRoom]
	b.open, b.items, b.reqID = false, 0, reqID
}

// Raw adds an item that is RLP already: a header, a body, a block's receipts.
func (b *ReplyBuilder) Raw(item []byte) {
	b.buf = append(b.buf, item...)
	b.items++
}

// Bytes adds an item as an RLP string: a code, or a trie node in les/5. (The nodes
// of les/4 are Raw.)
func (b *ReplyBuilder) Bytes(item []byte) {
	b.buf = codec.AppendString(b.buf, item)
	b.items++
}

// Tx adds a transaction's status.
func (b *ReplyBuilder) Tx(s TxStatus) {
	b.buf = appendTxStatus(b.buf, &s)
	b.items++
}

// Block adds a log candidate.
func (b *ReplyBuilder) Block(number uint64, hash Hash) {
	var at int
	b.buf, at = codec.OpenList(b.buf)
	b.buf = codec.AppendHash(codec.AppendUint(b.buf, number), hash)
	b.buf = codec.CloseList(b.buf, at)
	b.items++
}

// Open begins an inner list, as State and Witness have them; Close ends it. They
// do not nest.
func (b *ReplyBuilder) Open() {
	b.buf, b.list = codec.OpenList(b.buf)
	b.open = true
}

// Close ends the list that Open began.
func (b *ReplyBuilder) Close() {
	if b.open {
		b.buf = codec.CloseList(b.buf, b.list)
		b.open = false
	}
}

// Size is the length of all items so far, in bytes; compare it with SoftReply.
func (b *ReplyBuilder) Size() int { return len(b.buf) - replyRoom }

// Items is the number of items added so far.
func (b *ReplyBuilder) Items() int { return b.items }

// Finish completes the reply with the buffer value and returns its payload, which
// stays valid until the next Reset.
func (b *ReplyBuilder) Finish(bv unit.Cost) []byte {
	b.Close()
	var head [replyRoom]byte
	size := uint64(b.Size())
	list := head[:codec.PutHead(head[:], 0xc0, size)]
	inner := uint64(codec.UintSize(b.reqID)+codec.UintSize(uint64(bv))+len(list)) + size

	var front [replyRoom]byte
	n := codec.PutHead(front[:], 0xc0, inner)
	out := codec.AppendUint(front[:n], b.reqID)
	out = codec.AppendUint(out, uint64(bv))
	out = append(out, list...)

	start := replyRoom - len(out)
	copy(b.buf[start:], out)
	return b.buf[start:]
}

// Shrink lets go of a buffer that has grown beyond limit bytes, so that one
// large reply does not stay in memory for the life of a session.
func (b *ReplyBuilder) Shrink(limit int) {
	if cap(b.buf) > limit {
		b.buf = nil
	}
}
