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
	cfg   PayerConfig
	notes *pay.Notebook[*noted]
	why   struct {
		sync.Mutex
		said map[pay.Address]string // why it was not known last what a partner has taken
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
	p := &Payer{cfg: cfg, notes: pay.NewNotebook(cfg.Notes, Method, decodeNote, encodeNote)}
	p.why.said = map[pay.Address]string{}
	return p, nil
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
	return o.ID(), p.notes.Edit(ctx, o.ID(), func(n *noted, known bool) (*noted, error) {
		if !known {
			n = &noted{Note: pay.Note{Method: Method, ID: o.ID(), Name: fmt.Sprintf("%x", o.ID())}, opening: o}
		}
		return n, n.enter(to, info.Threshold, newest, known)
	})
}

// enter has a channel be open to a payee, and show what is newest. Errors: pay.ErrSame if it is and does; a *pay.Refusal.
func (n *noted) enter(to pay.Payee, threshold unit.Amount, newest *Statement, known bool) error {
	if known && !n.Closed && n.To.Seller != to.Seller && n.To.Seller != (pay.Address{}) {
		return pay.Refuse(pay.WrongPayee, "service is taken on account at another server of this partner's, %x, until channel %x is closed", n.To.Seller, n.ID)
	}
	same := known && !n.Closed && n.Threshold == threshold && n.To.Seller == to.Seller && bytes.Equal(n.To.Info, to.Info)
	if before := n.opening.Shown; newest != nil && (before == nil || before.Cumulative.Cmp(newest.Cumulative) < 0) {
		n.opening.Shown, same = newest, false
	}
	if same {
		return pay.ErrSame
	}
	n.To, n.Threshold, n.Closed = to, threshold, false
	return nil
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
		s, err = newTypes(o.Asset).statements(o.back()).Verify(enc)
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
	news := why != p.why.said[partner]
	p.why.said[partner] = why
	p.why.Unlock()
	if news && err != nil {
		p.cfg.Logger.Warn("it is not known what a partner has taken at this operator's server", "partner", fmt.Sprintf("%x", partner), "why", err)
	}
}

// Room implements pay.Netter: up to the lower of both thresholds may be owed.
func (p *Payer) Room(ctx context.Context, id pay.Hash) (unit.Amount, error) {
	n, err := p.notes.Load(ctx, id)
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
	n, err := p.notes.Load(ctx, id)
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
func (p *Payer) Promise(ctx context.Context, id pay.Hash, cumulative unit.Amount) (promise []byte, comesTo unit.Amount, err error) {
	err = p.notes.Change(ctx, id, func(n *noted) error {
		err := p.sign(n, cumulative)
		promise, comesTo = n.Promise, n.Promised
		return err
	})
	if err != nil {
		return nil, unit.Amount{}, err
	}
	return promise, comesTo, nil
}

// sign notes a statement that comes to cumulative. Errors: pay.ErrSame if one that is noted does; a *pay.Refusal; the signer's.
func (p *Payer) sign(n *noted, cumulative unit.Amount) error {
	most := n.most(p.cfg.Threshold)
	switch {
	case n.Promise != nil && cumulative.Cmp(n.Promised) <= 0:
		return pay.ErrSame
	case n.Closed:
		return pay.Refuse(pay.Closing, "channel %x is closed", n.ID)
	case cumulative.Cmp(most) > 0:
		return &pay.Refusal{
			Reason: pay.Uncovered, Most: most, Text: fmt.Sprintf("with what the partner has taken in return, up to %s may be taken over channel %x", most, n.ID),
		}
	}
	s, err := Sign(p.cfg.Session, n.opening.Asset, n.opening.Partner, cumulative)
	if err != nil {
		return err
	}
	n.Promised, n.Promise = cumulative, s.Encode()
	return nil
}

// Close implements pay.Payer. What is owed stays owed, and nothing more is promised.
func (p *Payer) Close(ctx context.Context, id pay.Hash, settled []byte) error {
	if len(settled) > 0 {
		return pay.Refuse(pay.Malformed, "what is owed for service is not settled by consent")
	}
	return p.notes.Change(ctx, id, func(n *noted) error {
		if n.Closed {
			return pay.ErrSame
		}
		n.Closed = true
		return nil
	})
}

// Balance implements pay.Payer. No chain is asked; nothing of what was promised comes back.
func (p *Payer) Balance(ctx context.Context, id pay.Hash) (pay.Balance, error) {
	n, err := p.notes.Load(ctx, id)
	if err != nil {
		return pay.Balance{}, err
	}
	return pay.Balance{Deposit: n.Promised, Promised: n.Promised, Closed: n.Closed}, nil
}
