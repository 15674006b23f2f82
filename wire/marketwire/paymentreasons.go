package marketwire

import "fmt"

// Payments is added to a payment's own reasons, which package pay numbers from 1 on. Where one has an amount, Need is
// it.
const Payments Reason = 32

// Why a payment, or a channel, is not taken.
const (
	PaymentMalformed    = Payments + 1  // not of the method's form
	NoMethod            = Payments + 2  // there is no such method here
	NoChannel           = Payments + 3  // it is not on the chain, or was not established in this session
	AnothersChannel     = Payments + 4  // the channel is another client's
	AnotherPayee        = Payments + 5  // it pays somebody else
	AnotherChain        = Payments + 6  // or contract, or token
	PaymentBadSignature = Payments + 7  // not signed by who has to
	Uncovered           = Payments + 8  // the chain locks less; Need is up to what cumulative amount promises are taken
	ChainUnseen         = Payments + 9  // the seller does not see the chain at present; what was paid for is served
	ChannelClosing      = Payments + 10 // the client is taking its deposit back
	TooSmall            = Payments + 11 // Need is the least that is accepted
	Gap                 = Payments + 12 // promises are missing before it; Need is up to what they have come
	TooMuch             = Payments + 13 // Need is up to what is taken in advance
	Unconfirmed         = Payments + 14 // on the chain, and not deep enough yet
	PaymentExpired      = Payments + 15 // its time is over
	Contradicted        = Payments + 16 // it is not what was signed before
	PaymentBusy         = Payments + 17 // too much of this client waits already; later
	NoConsent           = Payments + 18 // the method has no closing by consent: close without
)

func paymentReason(r Reason) string {
	switch r {
	case PaymentMalformed:
		return "payment malformed"
	case NoMethod:
		return "no method"
	case NoChannel:
		return "no channel"
	case AnothersChannel:
		return "another's channel"
	case AnotherPayee:
		return "another payee"
	case AnotherChain:
		return "another chain"
	case PaymentBadSignature:
		return "payment badly signed"
	case Uncovered:
		return "uncovered"
	case ChainUnseen:
		return "chain unseen"
	case ChannelClosing:
		return "channel closing"
	case TooSmall:
		return "too small"
	case Gap:
		return "gap"
	case TooMuch:
		return "too much"
	case Unconfirmed:
		return "unconfirmed"
	case PaymentExpired:
		return "payment expired"
	case Contradicted:
		return "contradicted"
	case PaymentBusy:
		return "payment busy"
	case NoConsent:
		return "no consent"
	default:
		return fmt.Sprintf("reason %d", uint64(r))
	}
}
