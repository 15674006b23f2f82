package wire

import (
	"fmt"

	"github.com/candela-les/candela/wire/internal/codec"
)

// Reason says why a request was refused.
type Reason uint64

// The reasons. A receiver treats one that it does not know as Unavailable.
const (
	Unavailable     Reason = 1 // not now: starting, stopping, cut off from its node
	Pruned          Reason = 2 // it existed, the server no longer has it
	OverLimit       Reason = 3 // the request breaks an announced limit
	Busy            Reason = 4 // try again after RetryAfterMs
	PaymentRequired Reason = 5 // not for free just now
	Unsupported     Reason = 6 // never from this server
)

func (r Reason) String() string {
	switch r {
	case Unavailable:
		return "unavailable"
	case Pruned:
		return "pruned"
	case OverLimit:
		return "over limit"
	case Busy:
		return "busy"
	case PaymentRequired:
		return "payment required"
	case Unsupported:
		return "unsupported"
	}
	return fmt.Sprintf("reason %d", uint64(r))
}

// Refused answers any request that is not served:
// [reqID, BV, reason, retryAfterMs, text]. les/5.
type Refused struct {
	ReplyHead
	Reason       Reason
	RetryAfterMs uint64 // milliseconds; 0 says nothing
	Text         string // for people, at most MaxRefusedText bytes
}

// Code implements Reply.
func (*Refused) Code() uint64 { return CodeRefused }

// Append implements Reply. A longer text is cut.
func (p *Refused) Append(dst []byte) []byte {
	dst, at := codec.OpenList(dst)
	dst = p.append(dst)
	dst = codec.AppendUint(dst, uint64(p.Reason))
	dst = codec.AppendUint(dst, p.RetryAfterMs)
	dst = codec.AppendString(dst, p.Text[:min(len(p.Text), MaxRefusedText)])
	return codec.CloseList(dst, at)
}

func (p *Refused) decode(r *reader) {
	p.Reason = Reason(r.Uint())
	p.RetryAfterMs = r.Uint()
	p.Text = string(r.Bytes("text", MaxRefusedText))
	if r.Err == nil && p.Reason == 0 {
		r.Fail(codec.Malformed("refused without a reason"))
	}
}

func (p *Refused) Error() string {
	return fmt.Sprintf("refused: %v: %s", p.Reason, p.Text)
}
