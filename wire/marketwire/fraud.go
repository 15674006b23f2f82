package marketwire

import (
	"errors"
	"fmt"

	"github.com/candela-les/candela/wire/internal/codec"
)

// Fraud is what two curves of one seller prove.
type Fraud uint8

// The kinds of fraud.
const (
	// NoFraud is what two curves prove that can both be true.
	NoFraud Fraud = iota
	// TwoCurves: two curves have one number and differ.
	TwoCurves
	// BackInTime: a curve with a higher number holds since an earlier moment, or is of an
	// older book.
	BackInTime
	// TwoBooks: a book still changed when the next one had begun.
	TwoBooks
)

func (f Fraud) String() string {
	switch f {
	case NoFraud:
		return "no fraud"
	case TwoCurves:
		return "two curves with one number"
	case BackInTime:
		return "a later curve is older"
	case TwoBooks:
		return "two books at once"
	}
	return fmt.Sprintf("fraud %d", uint8(f))
}

// ErrNoFraud: both statements of a FraudProof can be true.
var ErrNoFraud = errors.New("nothing is proven")

// FraudProof holds two curves of one seller that cannot both be true:
// [market, curve, curve]. Whoever has it can verify it; nothing else is needed.
type FraudProof struct {
	Market Market
	A, B   SignedCurve
}

// Verify says what is proven against Market.Seller. If nothing is, the error says why
// and wraps ErrNoFraud, ErrMarket or wire.ErrSignature.
func (p *FraudProof) Verify() (Fraud, error) {
	for _, c := range []*SignedCurve{&p.A, &p.B} {
		if err := c.Verify(&p.Market, Address{}); err != nil {
			return NoFraud, fmt.Errorf("curve %d: %w", c.Body.Seq, err)
		}
	}
	fraud := contradiction(&p.A.Body, &p.B.Body)
	if fraud == NoFraud {
		return NoFraud, ErrNoFraud
	}
	return fraud, nil
}

// contradiction compares two curves of one market. Signatures are not compared: one
// curve may have been signed twice.
func contradiction(a, b *Curve) Fraud {
	if a.Seq > b.Seq {
		a, b = b, a
	}
	switch {
	case a.Seq == b.Seq && Digest(*a) != Digest(*b):
		return TwoCurves
	case a.Epoch > b.Epoch, a.AtNs > b.AtNs:
		return BackInTime
	case a.Epoch < b.Epoch && a.AtNs >= b.Epoch:
		return TwoBooks
	default:
		return NoFraud
	}
}

// Append appends the proof, as it may be kept in a file or published.
func (p *FraudProof) Append(dst []byte) []byte {
	dst, at := codec.OpenList(dst)
	dst = p.Market.append(dst)
	dst = p.A.append(dst)
	return codec.CloseList(p.B.append(dst), at)
}

// DecodeFraudProof reads what Append wrote. It verifies nothing. Its errors wrap
// wire.ErrMalformed or are a *wire.LimitError.
func DecodeFraudProof(proof []byte) (*FraudProof, error) {
	p := new(FraudProof)
	outer := codec.Reader{Rest: proof}
	r := outer.List()
	p.Market.read(&r)
	p.A = readSigned[Curve](&r)
	p.B = readSigned[Curve](&r)
	outer.Leave(&r)
	outer.End()
	if outer.Err != nil {
		return nil, fmt.Errorf("fraud proof: %w", outer.Err)
	}
	return p, nil
}
