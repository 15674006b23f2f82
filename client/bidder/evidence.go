package bidder

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

// EvidenceDomain is what evidence begins with, so that it is not taken for a marketwire.FraudProof.
const EvidenceDomain = "candela/market1/evidence/1"

// Evidence is what a server signed that cannot all be true, and what this client had bid: for what two
// curves alone do not show. In a file it is rlp([domain, reason, [[code, payload]…]]), the messages being
// those of market/1 in which the statements came, and a Hello first, which has the market.
type Evidence struct {
	Domain   string
	Reason   string // for people
	Messages []Message
}

// Message is one of market/1.
type Message struct {
	Code    uint64
	Payload []byte
}

func messageOf(m marketwire.Message) Message { return Message{m.Code(), marketwire.Append(nil, m)} }

// ErrNoEvidence: the bytes are no Evidence.
var ErrNoEvidence = errors.New("no evidence")

// DecodeEvidence reads what was written to a file. It verifies nothing.
func DecodeEvidence(b []byte) (*Evidence, error) {
	e := new(Evidence)
	if err := rlp.DecodeBytes(b, e); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoEvidence, err)
	}
	if e.Domain != EvidenceDomain {
		return nil, fmt.Errorf("%w: %q", ErrNoEvidence, e.Domain)
	}
	return e, nil
}

// contradicts leaves a server for two things that it signed.
func (b *Bidder) contradicts(now unit.Instant, v *seller, reason error, messages ...Message) {
	b.leave(now, v, reason, b.evidence(v, reason, messages))
}

// senseless leaves a server for what it signed that contradicts itself.
func (b *Bidder) senseless(now unit.Instant, s *Session, m marketwire.Message, reason error) {
	if v := s.seller; v != nil && v.session == s {
		b.contradicts(now, v, reason, messageOf(m))
	}
}

func (b *Bidder) evidence(v *seller, reason error, messages []Message) []byte {
	hello := messageOf(&marketwire.Hello{Version: uint64(marketwire.Version), Market: &v.market, Epoch: v.epoch})
	enc, err := rlp.EncodeToBytes(&Evidence{
		Domain: EvidenceDomain, Reason: reason.Error(), Messages: append([]Message{hello}, messages...),
	})
	if err != nil {
		panic(fmt.Errorf("evidence does not encode: %w", err)) // a struct of texts, numbers and bytes
	}
	return enc
}

// proof makes a file of what the buyer found: the two curves alone where they prove it.
func (b *Bidder) proof(v *seller, reason error, p *buyer.Proof) []byte {
	if len(p.Curves) == 2 && p.Charge == nil && len(p.Allocations) == 0 {
		if fraud := twoCurves(v, p); fraud != nil {
			return fraud.Append(nil)
		}
	}
	var messages []Message
	for i := range p.Curves {
		messages = append(messages, Message{marketwire.CodeCurves, p.Curves[i].Message})
	}
	for i := range p.Allocations {
		messages = append(messages, Message{marketwire.CodeNotice, p.Allocations[i].Message})
		for _, o := range v.orders {
			if o.number == p.Allocations[i].Bid {
				messages = append(messages, messageOf(&marketwire.Bid{Order: o.signed}))
			}
		}
	}
	if p.Charge != nil {
		messages = append(messages, chargeMessage(p.Charge.Message))
	}
	return b.evidence(v, reason, messages)
}

// chargeMessage finds out what a charge came in.
func chargeMessage(payload []byte) Message {
	if _, err := marketwire.Decode(marketwire.CodeCharged, payload); err == nil {
		return Message{marketwire.CodeCharged, payload}
	}
	return Message{marketwire.CodeStatement, payload}
}

// twoCurves is the proof of fraud, if the two curves are one.
func twoCurves(v *seller, p *buyer.Proof) *marketwire.FraudProof {
	fraud := &marketwire.FraudProof{Market: v.market}
	for i, to := range []*marketwire.SignedCurve{&fraud.A, &fraud.B} {
		m, err := marketwire.Decode(marketwire.CodeCurves, p.Curves[i].Message)
		curves, ok := m.(*marketwire.Curves)
		if err != nil || !ok || len(curves.Curves) != 1 {
			return nil
		}
		*to = curves.Curves[0]
	}
	if _, err := fraud.Verify(); err != nil {
		return nil
	}
	return fraud
}

// write puts a proof into a file.
func (b *Bidder) write(now unit.Instant, v *seller, proof []byte) {
	if b.cfg.Folder == "" {
		b.log.Error("the proof is lost: no folder to keep it in was given", "server", short(v.id))
		return
	}
	name := filepath.Join(b.cfg.Folder, fmt.Sprintf("fraud-%s-%d.rlp", short(v.id), now/unit.Instant(unit.Millisecond)))
	v.proofs = append(v.proofs, name)
	b.work.Go(func() {
		if err := writeFile(name, proof); err != nil {
			b.log.Error("a proof of fraud could not be written", "file", name, "err", err)
			return
		}
		b.log.Error("a server is proven to cheat; the proof is in this file", "server", short(v.id), "file", name)
	})
}

// writeFile writes a file that is there after a crash.
func writeFile(name string, content []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Sync(), f.Close())
}
