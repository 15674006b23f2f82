package fake

import (
	"context"
	"crypto/sha256"
	"fmt"
	"sync"
	"time"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// Payer is a payer of the fake method. Its fields are not to be changed once it is used.
type Payer struct {
	Name   string
	Chain  *Chain
	Client pay.Address
	Notes  pay.Notes
	Now    func() time.Time
	Grain  uint64        // promises come to a multiple of it; 0: 1
	Delay  time.Duration // of closing without consent
	// One has a payee have one channel, which keeps its ID when it is closed and opened again under another name. It is closed without consent, and
	// that takes all that was not collected, as of cheques.
	One bool
	// Trusting has it agree to whatever a server says.
	Trusting bool
	// Reckons has a channel that is closed noted with what stayed locked, as the methods that are paid with do.
	Reckons bool
	// Step, unless nil, is called before each thing that is done to the chain, and after it; its error is what the call ends with.
	Step func(what string) error

	mu sync.Mutex
}

var _ pay.Payer = (*Payer)(nil)

// Method implements pay.Payer.
func (p *Payer) Method() string { return p.Name }

func (p *Payer) step(what string) error {
	if p.Step == nil {
		return nil
	}
	return p.Step(what)
}

// on does something to the chain between two steps.
func (p *Payer) on(what string, do func()) error {
	if err := p.step(what); err != nil {
		return err
	}
	do()
	return p.step(what + ", done")
}

// ID is that of the channel of a name.
func (p *Payer) ID(name string) pay.Hash {
	return sha256.Sum256(append([]byte(p.Name+"/"+name+"/"), p.Client[:]...))
}

// Open implements pay.Payer.
func (p *Payer) Open(ctx context.Context, name string, to pay.Payee, deposit unit.Amount) (pay.Hash, []byte, error) {
	id := p.ID(name)
	if p.One {
		id = p.ID(string(to.Seller[:]))
	}
	n, ok, err := p.Notes.Load(ctx, p.Name, id)
	switch {
	case err != nil:
		return id, nil, err
	case !ok:
		n = pay.Note{Method: p.Name, ID: id, Name: name, To: to, Opening: Opening(id)}
		if err := p.Notes.Save(ctx, n); err != nil {
			return id, nil, err
		}
	case n.Closed && n.Name != name:
		base := n.Promised.Bytes() // of what was locked before nothing is left
		n.Name, n.To, n.Closed, n.Data = name, to, false, base[:]
		if err := p.Notes.Save(ctx, n); err != nil {
			return id, nil, err
		}
	}
	if len(n.Data) > 0 {
		deposit = deposit.Plus(unit.AmountOfBytes([16]byte(n.Data)))
	}
	return id, n.Opening, p.Increase(ctx, id, deposit)
}

// Increase implements pay.Payer.
func (p *Payer) Increase(ctx context.Context, id pay.Hash, total unit.Amount) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	var now unit.Amount
	var refused *pay.Refusal
	if err := p.on("deposit", func() { now, refused = p.Chain.depositTo(id, p.Client, total) }); err != nil {
		return err
	}
	if refused != nil {
		return refused
	}
	return p.change(ctx, id, func(n *pay.Note) error {
		n.Deposit = now
		return nil
	})
}

func (p *Payer) change(ctx context.Context, id pay.Hash, change func(*pay.Note) error) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	n, ok, err := p.Notes.Load(ctx, p.Name, id)
	switch {
	case err != nil:
		return err
	case !ok:
		return pay.Refuse(pay.NoChannel, "channel %x is not noted", id)
	}
	if err := change(&n); err != nil {
		return err
	}
	return p.Notes.Save(ctx, n)
}

// Agree implements pay.Payer.
func (p *Payer) Agree(ctx context.Context, id pay.Hash, _ []byte, s pay.Standing) error {
	if p.Trusting {
		return nil
	}
	return p.change(ctx, id, func(n *pay.Note) error {
		var last unit.Amount
		if len(s.Last) > 0 {
			promise, err := parse(s.Last)
			if err != nil || promise.ID != id || string(promise.signature) != string(checksum(promise.text)) {
				return pay.Refuse(pay.Contradicts, "that was never signed")
			}
			last = promise.cumulative
		}
		if last.Cmp(s.Cumulative) < 0 || s.Cumulative.Cmp(n.Accepted) < 0 {
			return pay.Refuse(pay.Contradicts, "%s are said to be accepted, shown is %s, and noted %s", s.Cumulative, last, n.Accepted)
		}
		n.Accepted = s.Cumulative
		if last.Cmp(n.Promised) > 0 {
			n.Promised, n.Promise = last, s.Last
		}
		return nil
	})
}

// Promise implements pay.Payer.
func (p *Payer) Promise(ctx context.Context, id pay.Hash, cumulative unit.Amount) (promise []byte, comesTo unit.Amount, err error) {
	err = p.change(ctx, id, func(n *pay.Note) error {
		_, want := cumulative.Words()
		if grain := max(p.Grain, 1); want%grain != 0 {
			want += grain - want%grain
		}
		switch to := unit.NewAmount(want); {
		case cumulative.Cmp(n.Promised) <= 0:
		case to.Cmp(n.Deposit) > 0:
			return &pay.Refusal{Reason: pay.Uncovered, Most: n.Deposit, Text: "more than is locked"}
		default:
			n.Promised, n.Promise = to, Promise{ID: id, Cumulative: want}.Sign()
		}
		promise, comesTo = n.Promise, n.Promised
		return nil
	})
	return promise, comesTo, err
}

// Close implements pay.Payer.
func (p *Payer) Close(ctx context.Context, id pay.Hash, settled []byte) error {
	n, ok, err := p.Notes.Load(ctx, p.Name, id)
	if err != nil || !ok || n.Closed {
		return err
	}
	over := false
	if len(settled) > 0 {
		err = p.on("refund", func() { over = p.Chain.Refund(settled) || p.Chain.refunded(settled) })
		if err == nil && !over {
			err = pay.Refuse(pay.Contradicts, "the chain does not take this refund")
		}
	} else {
		err = p.on("close", func() { over = p.Chain.closeAlone(id, n.Promised, p.One, p.Now(), p.Delay) })
	}
	if err != nil || !over {
		return err
	}
	left := p.Chain.Locked()[id]
	return p.change(ctx, id, func(n *pay.Note) error {
		if n.Closed = true; p.Reckons {
			n.Deposit = left
		}
		return nil
	})
}

// Balance implements pay.Payer.
func (p *Payer) Balance(ctx context.Context, id pay.Hash) (pay.Balance, error) {
	n, ok, err := p.Notes.Load(ctx, p.Name, id)
	if err != nil || !ok {
		return pay.Balance{}, fmt.Errorf("channel %x is not noted: %w", id, err)
	}
	p.Chain.mu.Lock()
	defer p.Chain.mu.Unlock()
	l := p.Chain.channels[id]
	if l == nil { // nothing was ever locked in it
		return pay.Balance{Promised: n.Promised, Closed: n.Closed}, nil
	}
	return pay.Balance{Deposit: l.left(), Promised: n.Promised, ClosingS: l.closingS, Closed: n.Closed}, nil
}

// depositTo locks more in a channel until it comes to total, and returns what it comes to.
func (c *Chain) depositTo(id pay.Hash, client pay.Address, total unit.Amount) (unit.Amount, *pay.Refusal) {
	c.mu.Lock()
	defer c.mu.Unlock()
	l := c.channels[id]
	if l == nil {
		l = &locked{client: client}
	}
	more := total.Minus(l.left())
	if has, counted := c.tokens[client]; counted {
		if has.Cmp(more) < 0 {
			return l.left(), &pay.Refusal{Reason: pay.Uncovered, Most: l.left().Plus(has), Text: "there are no more tokens than " + has.String()}
		}
		c.tokens[client] = has.Minus(more)
	}
	l.deposit = l.deposit.Plus(more)
	c.channels[id] = l
	if !more.IsZero() {
		l.closingS = 0
	}
	return l.left(), nil
}

// closeAlone begins to take back what was not promised, or what was not collected, or ends it when its time has come, and reports whether it is
// over.
func (c *Chain) closeAlone(id pay.Hash, promised unit.Amount, all bool, now time.Time, delay time.Duration) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	l := c.channels[id]
	switch at := uint64(now.Unix()); { //nolint:gosec // a time
	case l == nil:
		return true
	case l.closingS == 0:
		l.closingS = at + uint64(delay/time.Second) //nolint:gosec // a delay
		return false
	case at < l.closingS:
		return false
	}
	if all {
		promised = l.collected
	}
	if free, ok := l.deposit.Sub(promised); ok && free.Cmp(l.refunded) > 0 {
		l.refunded = free
	}
	return true
}

// refunded reports whether what was handed out was brought before.
func (c *Chain) refunded(data []byte) bool {
	r, ok := parseRefund(data)
	c.mu.Lock()
	defer c.mu.Unlock()
	return ok && r.number < c.channels[r.id].refunds
}

// Locked says what was deposited in each channel and was not taken back.
func (c *Chain) Locked() map[pay.Hash]unit.Amount {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := make(map[pay.Hash]unit.Amount)
	for id, l := range c.channels {
		all[id] = l.left()
	}
	return all
}
