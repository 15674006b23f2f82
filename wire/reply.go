package wire

import (
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/internal/codec"
)

// Reply is a server's answer to one request: Headers, Bodies, Receipts,
// HelperProofs and TxStatuses in all versions; Codes and Proofs in les/2 to les/4; State,
// Witness, Config, LogRange and Refused in les/5. All are used as pointers.
type Reply interface {
	Code() uint64
	// ID is the id of the request that is answered, Buffer the sender's buffer
	// value after it.
	ID() uint64
	Buffer() unit.Cost
	// Append appends the message's payload to dst. A server that assembles many
	// replies uses a ReplyBuilder, which copies less.
	Append(dst []byte) []byte

	decode(r *reader)
	setHead(ReplyHead)
}

// ReplyHead is what every reply begins with.
type ReplyHead struct {
	ReqID uint64
	BV    unit.Cost
}

// ID returns the id of the request that is answered.
func (h *ReplyHead) ID() uint64 { return h.ReqID }

// Buffer returns the buffer value: what the requester may spend now.
func (h *ReplyHead) Buffer() unit.Cost { return h.BV }

func (h *ReplyHead) setHead(head ReplyHead) { *h = head }

func (h *ReplyHead) append(dst []byte) []byte {
	return codec.AppendUint(codec.AppendUint(dst, h.ReqID), uint64(h.BV))
}

// DecodeReply decodes a reply without copying: its slices alias the payload. It
// returns a *DecodeError as DecodeRequest does. The items themselves are not
// looked into; whoever uses them proves them.
func DecodeReply(version uint, code uint64, payload []byte) (Reply, error) {
	reply := newReply(version, code)
	if reply == nil {
		return nil, wrapDecode(version, code, ErrUnknownCode)
	}
	if len(payload) > MaxMessage {
		return nil, wrapDecode(version, code, ErrTooLarge)
	}
	outer := reader{Rest: payload}
	r := outer.List()
	head := ReplyHead{ReqID: r.Uint(), BV: unit.Cost(r.Uint())}
	r.ReqID = head.ReqID
	reply.setHead(head)
	reply.decode(&r)
	outer.Leave(&r)
	outer.End()
	if outer.Err != nil {
		return nil, wrapDecode(version, code, outer.Err)
	}
	return reply, nil
}

func newReply(version uint, code uint64) Reply {
	if Length(version) == 0 {
		return nil
	}
	switch code {
	case CodeHeaders:
		return new(Headers)
	case CodeBodies:
		return new(Bodies)
	case CodeReceipts:
		return new(Receipts)
	case CodeHelperProofs:
		return new(HelperProofs)
	case CodeTxStatus:
		return new(TxStatuses)
	}
	if Legacy(version) {
		return newReply4(code)
	}
	return newReply5(code)
}

func newReply4(code uint64) Reply {
	switch code {
	case CodeCode:
		return new(Codes)
	case CodeProofs:
		return new(Proofs)
	}
	return nil
}

func newReply5(code uint64) Reply {
	switch code {
	case CodeState:
		return new(State)
	case CodeWitness:
		return new(Witness)
	case CodeConfig:
		return new(Config)
	case CodeLogRange:
		return new(LogRange)
	case CodeRefused:
		return new(Refused)
	}
	return nil
}
