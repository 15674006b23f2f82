package offset

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/unit"
)

// Own is the operator's own server, as its light client asks it.
type Own interface {
	// Newest returns the newest statement that a partner has given there for service; nil if there is none.
	Newest(ctx context.Context, asset pay.Asset, partner pay.Address) ([]byte, error)
}

// PayerConfig says who takes service on account. What may be zero says so.
type PayerConfig struct {
	Session eip712.Signer // the client's session key
	Notes   pay.Notes
	// Own is the operator's own server; nil: there is none, and what partners take is not known.
	Own Own
	// Threshold is the most that is owed to a partner, whatever that would allow.
	Threshold unit.Amount
	Logger    *slog.Logger // nil: no logs
}

// Payer pays by owing service. Its methods may be called from many goroutines.
type Payer struct {
	cfg PayerConfig
	mu  sync.Mutex // held while a note is changed
	why struct {
		sync.Mutex
		said string // why it was not known last what a partner has taken
	}
}

var _ pay.Netter = (*Payer)(nil)

// NewPayer returns a payer.
func NewPayer(cfg PayerConfig) (*Payer, error) {
	if cfg.Session == nil || cfg.Notes == nil || cfg.Threshold.IsZero() {
		return nil, errors.New("a payer that owes service needs a session key, notes and a threshold")
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	return &Payer{cfg: cfg}, nil
}

// Method implements pay.Payer.
func (p *Payer) Method() string { return Method }

func (p *Payer) self() pay.Address { return pay.Address(p.cfg.Session.Address()) }

// Enter implements pay.Netter. While the own server is away the channel shows what was known before. One that was closed is open again, also at another server
// of the partner's. At two of them at a time nothing is taken on account, for there is one total for both.
func (p *Payer) Enter(ctx context.Context, to pay.Payee) (pay.Hash, error) {
	info, err := DecodeInfo(to.Info)
	switch {
	case err != nil:
		return pay.Hash{}, pay.Refuse(pay.Malformed, "%v", err)
	case info.Partner == p.self() || info.Partner == pay.Address{}:
		return pay.Hash{}, pay.Refuse(pay.WrongPayee, "nobody owes service to itself")
	}
	o := Opening{Asset: to.Asset, Client: p.self(), Partner: info.Partner}
	newest := p.newest(ctx, &o)
	p.mu.Lock()
	defer p.mu.Unlock()
	n, ok, err := p.load(ctx, o.ID())
	if err != nil {
		return pay.Hash{}, err
	}
	if !ok {
		n = &noted{Note: pay.Note{Method: Method, ID: o.ID(), Name: fmt.Sprintf("%x", o.ID())}, opening: o}
	}
	if ok && !n.Closed && n.To.Seller != to.Seller && n.To.Seller != (pay.Address{}) {
		return pay.Hash{}, pay.Refuse(pay.WrongPayee, "service is taken on account at another server of this partner's, %x, until channel %x is closed", n.To.Seller, n.ID)
	}
	same := ok && !n.Closed && n.Threshold == info.Threshold && n.To.Seller == to.Seller && bytes.Equal(n.To.Info, to.Info)
	if known := n.opening.Shown; newest != nil && (known == nil || known.Total.Cmp(newest.Total) < 0) {
		n.opening.Shown, same = newest, false
	}
	if same {
		return n.ID, nil
	}
	n.To, n.Threshold, n.Closed = to, info.Threshold, false
	return n.ID, p.save(ctx, n)
}

// newest asks the own server what the partner has taken there; nil if that is nothing, or not known, or not signed by the partner.
func (p *Payer) newest(ctx context.Context, o *Opening) *Statement {
	if p.cfg.Own == nil {
		return nil
	}
	enc, err := p.cfg.Own.Newest(ctx, o.Asset, o.Partner)
	if err == nil && len(enc) == 0 {
		return nil
	}
	var s Statement
	if err == nil {
		s, err = DecodeStatement(enc)
	}
	if back := o.back(); err == nil {
		err = newTypes(o.Asset).by(&s, back.Client, back.Partner)
	}
	p.say(o.Partner, err)
	if err != nil {
		return nil
	}
	return &s
}

// say logs why it is not known what a partner has taken, once for as long as it is so.
func (p *Payer) say(partner pay.Address, err error) {
	var why string
	if err != nil {
		why = err.Error()
	}
	p.why.Lock()
	news := why != p.why.said
	p.why.said = why
	p.why.Unlock()
	if news && err != nil {
		p.cfg.Logger.Warn("it is not known what a partner has taken at this operator's server", "partner", fmt.Sprintf("%x", partner), "why", err)
	}
}

// Room implements pay.Netter: up to the lower of both thresholds may be owed.
func (p *Payer) Room(ctx context.Context, id pay.Hash) (unit.Amount, error) {
	n, err := p.known(ctx, id)
	if err != nil {
		return unit.Amount{}, err
	}
	return n.most(p.cfg.Threshold).Minus(n.Promised), nil
}

// Open implements pay.Payer. Nothing is locked, so that whatever is asked to be is refused.
func (p *Payer) Open(ctx context.Context, _ string, to pay.Payee, deposit unit.Amount) (pay.Hash, []byte, error) {
	if !deposit.IsZero() {
		return pay.Hash{}, nil, errNothingLocked()
	}
	id, err := p.Enter(ctx, to)
	if err != nil {
		return pay.Hash{}, nil, err
	}
	n, err := p.known(ctx, id)
	if err != nil {
		return pay.Hash{}, nil, err
	}
	return id, n.Opening, nil
}

// Increase implements pay.Payer.
func (p *Payer) Increase(_ context.Context, _ pay.Hash, total unit.Amount) error {
	if total.IsZero() {
		return nil
	}
	return errNothingLocked()
}

func errNothingLocked() error {
	return pay.Refuse(pay.Uncovered, "service is set off against service, and nothing is locked for that")
}

// Promise implements pay.Payer.
func (p *Payer) Promise(ctx context.Context, id pay.Hash, cumulative unit.Amount) ([]byte, unit.Amount, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	n, err := p.known(ctx, id)
	if err != nil {
		return nil, unit.Amount{}, err
	}
	most := n.most(p.cfg.Threshold)
	switch {
	case n.Promise != nil && cumulative.Cmp(n.Promised) <= 0:
		return n.Promise, n.Promised, nil
	case n.Closed:
		return nil, unit.Amount{}, pay.Refuse(pay.Closing, "channel %x is closed", id)
	case cumulative.Cmp(most) > 0:
		return nil, unit.Amount{}, &pay.Refusal{
			Reason: pay.Uncovered, Most: most, Text: fmt.Sprintf("with what the partner has taken in return, up to %s may be taken over channel %x", most, id),
		}
	}
	s, err := Sign(p.cfg.Session, n.opening.Asset, n.opening.Partner, cumulative)
	if err != nil {
		return nil, unit.Amount{}, err
	}
	n.Promised, n.Promise = cumulative, s.Encode()
	if err := p.save(ctx, n); err != nil {
		return nil, unit.Amount{}, err
	}
	return n.Promise, cumulative, nil
}

// Close implements pay.Payer. What is owed stays owed, and nothing more is promised.
func (p *Payer) Close(ctx context.Context, id pay.Hash, settled []byte) error {
	if len(settled) > 0 {
		return pay.Refuse(pay.Malformed, "what is owed for service is not settled by consent")
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	n, err := p.known(ctx, id)
	if err != nil || n.Closed {
		return err
	}
	n.Closed = true
	return p.save(ctx, n)
}

// Balance implements pay.Payer. No chain is asked; nothing of what was promised comes back.
func (p *Payer) Balance(ctx context.Context, id pay.Hash) (pay.Balance, error) {
	n, err := p.known(ctx, id)
	if err != nil {
		return pay.Balance{}, err
	}
	return pay.Balance{Deposit: n.Promised, Promised: n.Promised, Closed: n.Closed}, nil
}
