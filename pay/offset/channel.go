package offset

import (
	"slices"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/voucher"
	"github.com/candela-les/candela/unit"
)

// Channel is what one partner's light client takes here on account. It cannot be closed by consent: what was taken is owed.
type Channel struct {
	p       *Provider
	id      pay.Hash
	opening Opening // shows nothing
}

var _ pay.Channel = (*Channel)(nil)

// ID implements pay.Channel.
func (c *Channel) ID() pay.Hash { return c.id }

// State implements pay.Channel: there is nothing to say.
func (c *Channel) State() []byte { return nil }

// Read implements pay.Channel.
func (c *Channel) Read(promise []byte) (unit.Amount, error) { return voucher.Read(promise) }

// Verify implements pay.Channel. The evidence has what was shown until now, so that whoever reads the ledger finds why a promise was taken.
func (c *Channel) Verify(promise []byte) (pay.Promised, error) {
	s, err := c.p.types.statements(&c.opening).Verify(promise)
	if err != nil {
		return pay.Promised{}, err
	}
	e := Evidence{Opening: c.opening, Promise: s}
	e.Opening.Shown = c.p.shownOf(c.id)
	return pay.Promised{Cumulative: s.Cumulative, Evidence: e.Encode()}, nil
}

// Cover implements pay.Channel: what was taken in return, and the threshold.
func (c *Channel) Cover() (unit.Amount, error) {
	if err := c.allowed(); err != nil {
		return unit.Amount{}, err
	}
	return c.returned().Plus(c.p.cfg.Threshold), nil
}

// allowed is nil if the client may take service on account, as its operator's and ours have agreed.
func (c *Channel) allowed() error {
	switch {
	case c.opening.Partner != c.p.cfg.Own:
		return pay.Refuse(pay.WrongPayee, "service is owed to %x by this channel, and this operator is %x", c.opening.Partner, c.p.cfg.Own)
	case !slices.Contains(c.p.cfg.Partners, c.opening.Client):
		return pay.Refuse(pay.WrongClient, "%x is no partner of this operator", c.opening.Client)
	}
	return nil
}

// returned is what the channel's partner has taken in return, as far as that was shown.
func (c *Channel) returned() unit.Amount {
	if s := c.p.shownOf(c.id); s != nil {
		return s.Cumulative
	}
	return unit.Amount{}
}

// show takes over what the channel's partner has signed, which may be nothing. What is lower than what was shown before changes nothing.
func (c *Channel) show(s *Statement) error {
	if s == nil {
		return nil
	}
	if _, err := c.p.types.statements(c.opening.back()).Verify(s.Encode()); err != nil {
		return err
	}
	c.p.mu.Lock()
	defer c.p.mu.Unlock()
	if known := c.p.mu.shown[c.id]; known == nil || known.Cumulative.Cmp(s.Cumulative) < 0 {
		kept := *s
		c.p.mu.shown[c.id] = &kept
	}
	return nil
}

// shownOf returns the highest statement that was shown for a channel; nil if none was.
func (p *Provider) shownOf(id pay.Hash) *Statement {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.mu.shown[id]
}
