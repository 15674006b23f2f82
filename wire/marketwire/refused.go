package marketwire

import (
	"fmt"

	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/internal/codec"
)

// Reason says why a request was refused.
type Reason uint64

// The reasons. A receiver treats one that it does not know as Unknown.
const (
	Unknown        Reason = 1  // what was asked about is not known here, or no longer
	Malformed      Reason = 2  // the request is not what its code says
	NoCover        Reason = 3  // the account does not hold the bid's cover and fee; Need says how much it must
	BelowReserve   Reason = 4  // no price of the bid reaches the reserve, which Need says
	NotSold        Reason = 5  // nothing is sold here now
	TooManyUnits   Reason = 6  // more units than one bid may ask for; Need says how many it may
	StaleCurve     Reason = 7  // made on another book, or would cost more than it accepts, now: Need
	BadNonce       Reason = 8  // not above the last one, which Need says, or the bid has expired
	BadSignature   Reason = 9  // not signed by the client for this market
	AccountUnknown Reason = 10 // the client has no account here
	OverLimit      Reason = 11 // the request breaks a limit of the protocol
	Busy           Reason = 12 // try again after RetryAfterMs
	BidStands      Reason = 13 // that is for who has no bid: Close first
)

func (r Reason) String() string {
	switch r {
	case Unknown:
		return "unknown"
	case Malformed:
		return "malformed"
	case NoCover:
		return "no cover"
	case BelowReserve:
		return "below reserve"
	case NotSold:
		return "not sold"
	case TooManyUnits:
		return "too many units"
	case StaleCurve:
		return "stale curve"
	case BadNonce:
		return "bad nonce"
	case BadSignature:
		return "bad signature"
	case AccountUnknown:
		return "account unknown"
	case OverLimit:
		return "over limit"
	case Busy:
		return "busy"
	case BidStands:
		return "bid stands"
	default:
		return paymentReason(r)
	}
}

// Refused answers a request that is not served:
// [reqID, reason, retryAfterMs, seq, need, text]. It is not signed and binds nobody.
type Refused struct {
	Tag
	Reason       Reason
	RetryAfterMs uint64      // milliseconds; 0 says nothing
	Seq          uint64      // of the newest curve; 0 says nothing
	Need         unit.Amount // what the reason says; 0 otherwise. A price is in its own unit
	Text         string      // for people, at most MaxText bytes
}

// Code implements Message.
func (*Refused) Code() uint64 { return CodeRefused }

// fields appends them. A longer text is cut.
func (p *Refused) fields(dst []byte) []byte {
	dst = p.append(dst)
	dst = codec.AppendUint(dst, uint64(p.Reason))
	dst = codec.AppendUint(dst, p.RetryAfterMs)
	dst = codec.AppendUint(dst, p.Seq)
	dst = appendAmount(dst, p.Need)
	return codec.AppendString(dst, p.Text[:min(len(p.Text), MaxText)])
}

func (p *Refused) decode(r *codec.Reader) {
	p.read(r)
	p.Reason = Reason(r.Uint())
	p.RetryAfterMs, p.Seq = r.Uint(), r.Uint()
	p.Need = readAmount(r)
	p.Text = string(r.Bytes("text", MaxText))
	if r.Err == nil && p.Reason == 0 {
		r.Fail(codec.Malformed("refused without a reason"))
	}
}

func (p *Refused) Error() string {
	return fmt.Sprintf("refused: %v: %s", p.Reason, p.Text)
}
