package pay

import (
	"cmp"
	"context"
	"fmt"
	"math/big"
	"slices"

	"github.com/candela-les/candela/unit"
)

// pass looks once at what is due of one method.
type pass struct {
	*Collector
	method     *collecting
	risk       bool          // all is collected, also what clients have not spent
	asked      bool          // by the operator: whatever is worth more than its gas
	once, each unit.Amount   // gas
	routine    []candidate   // that are collected if together they are worth it
	urgent     []candidate   // that are collected
	left       map[Hash]bool // channels whose clients take their deposits back, and that were ordered
	stake      unit.Amount   // what is left of the candidates'
	done       Passed
	errs       []error // of what does not keep the rest from being collected
}

// candidate is a channel that may be collected.
type candidate struct {
	Order
	gain     unit.Amount // what the chain would pay
	stake    unit.Amount // of it, what waits to be ordered
	pays     bool        // for its gas, by itself
	closingS uint64
}

func (p *pass) run(ctx context.Context) (err error) {
	if p.once, p.each, err = p.gas(ctx); err != nil {
		return fmt.Errorf("what gas costs by %s: %w", p.method.Method(), err)
	}
	p.method.looks()
	if err := p.closing(ctx); err != nil {
		return err
	}
	weigh := func(e Entry, on OnChain) error { return p.weigh(ctx, e, on) }
	if err := p.walk(ctx, p.method.Method(), p.look, weigh); err != nil {
		return err
	}
	if err := p.collect(ctx, p.urgent, p.makingWay); err != nil {
		return err
	}
	if p.worthwhile() {
		if err := p.collect(ctx, p.routine, p.makingWay); err != nil {
			return err
		}
	}
	return p.draw(ctx)
}

// gas is Collectable.Gas, waited for as any call is: else a node that does not answer once would keep clients that close from being answered.
func (p *pass) gas(ctx context.Context) (once, each unit.Amount, err error) {
	waits, cancel := context.WithTimeout(ctx, p.Patience)
	defer cancel()
	return p.method.Gas(waits)
}

// look is Collectable.Look, waited for as gas is.
func (p *pass) look(ctx context.Context, e Entry) (OnChain, error) {
	waits, cancel := context.WithTimeout(ctx, p.Patience)
	defer cancel()
	return p.method.Look(waits, e)
}

// closing collects from clients that take their deposits back, unless they pay less than their gas. Somebody who begins to meanwhile may be done sooner, so
// that it is looked again after each batch.
func (p *pass) closing(ctx context.Context) error {
	for {
		var leaving []candidate
		err := p.walk(ctx, p.method.Method(), p.look, func(e Entry, on OnChain) error {
			if on.ClosingS == 0 || p.left[e.ID] {
				return nil
			}
			c, err := p.candidate(ctx, e, on)
			if err == nil && c.pays {
				leaving = append(leaving, c)
			}
			return err
		})
		if err != nil {
			return err
		}
		slices.SortFunc(leaving, func(a, b candidate) int {
			return cmp.Or(cmp.Compare(a.closingS, b.closingS), slices.Compare(a.ID[:], b.ID[:]))
		})
		again := false
		for batch := range slices.Chunk(leaving, p.Batch) {
			for _, c := range batch {
				p.left[c.ID] = true
			}
			if err := p.collect(ctx, batch, p.patient); err != nil {
				return err
			}
			if again = p.method.looks(); again {
				break
			}
		}
		if !again {
			return nil
		}
	}
}

// candidate says what could be collected of a channel, and has the ledger know what was.
func (p *pass) candidate(ctx context.Context, e Entry, on OnChain) (c candidate, err error) {
	if on.Collected.Cmp(e.Collected) > 0 {
		if e, err = p.note(ctx, e, on); err != nil {
			return c, err
		}
	}
	c = candidate{Order: Order{Entry: e, Total: e.Keep().Min(on.Most)}, closingS: on.ClosingS}
	c.gain = c.Total.Minus(on.Collected)
	if c.pays = c.gain.Cmp(p.once.Plus(p.each)) > 0; c.pays {
		c.stake = c.Total.Minus(e.Collecting.Max(on.Collected))
	}
	return c, nil
}

// weigh decides about a channel of which nothing is taken back.
func (p *pass) weigh(ctx context.Context, e Entry, on OnChain) error {
	c, err := p.candidate(ctx, e, on)
	if err != nil {
		return err
	}
	p.stake = p.stake.Plus(c.stake)
	switch {
	case c.gain.IsZero():
		return nil
	case on.ClosingS != 0: // seen to, or it is too late for this pass
		if !c.pays {
			p.done.Forgone++
		}
		return nil
	case p.risk:
		if !c.pays {
			return nil
		}
		return p.add(ctx, &p.urgent, c)
	case e.Collecting.Cmp(on.Collected) > 0: // was decided before
		c.Total = e.Collecting
		return p.add(ctx, &p.urgent, c)
	case !p.pays(c.gain): // before the account is read
		return nil
	}
	unspent, err := p.Dues.Unspent(ctx, e.Client)
	if err != nil {
		return err
	}
	c.Total = e.Keep().Minus(unspent).Min(on.Most).Max(e.Collecting)
	switch c.gain = c.Total.Minus(on.Collected); {
	case !p.pays(c.gain):
		return nil
	case p.asked:
		return p.add(ctx, &p.urgent, c)
	default:
		return p.add(ctx, &p.routine, c)
	}
}

// pays reports whether a channel at no risk may be collected for what it brings.
func (p *pass) pays(gain unit.Amount) bool {
	if p.asked {
		return gain.Cmp(p.once.Plus(p.each)) > 0
	}
	return p.worth(gain, p.each)
}

// note has the ledger know what is on the chain.
func (p *pass) note(ctx context.Context, e Entry, on OnChain) (Entry, error) {
	noted, ok, err := p.Dues.Collect(ctx, e.Method, e.ID, on.Collected, on.Collected)
	if err != nil {
		return e, err
	}
	if !ok {
		p.errs = append(p.errs, fmt.Errorf("of channel %x %s were collected, of %s that were promised and not given back", e.ID, on.Collected, e.Keep()))
		return e, nil
	}
	p.done.Amount = p.done.Amount.Plus(on.Collected.Minus(e.Collected))
	return noted, nil
}

// add adds a channel to those that will be collected together, and collects them when there are enough.
func (p *pass) add(ctx context.Context, to *[]candidate, c candidate) error {
	*to = append(*to, c)
	if len(*to) < p.Batch {
		return nil
	}
	if to == &p.routine && !p.worthwhile() { // it is the gas for all that is too much: keep those that pay most of it
		slices.SortFunc(p.routine, func(a, b candidate) int { return cmp.Or(b.gain.Cmp(a.gain), slices.Compare(a.ID[:], b.ID[:])) })
		p.routine = p.routine[:len(p.routine)/2]
		return nil
	}
	batch := *to
	*to = nil
	return p.collect(ctx, batch, p.makingWay)
}

// worthwhile reports whether the channels that are not at risk pay for their gas.
func (p *pass) worthwhile() bool {
	if len(p.routine) == 0 {
		return false
	}
	gain, gas := unit.Amount{}, p.once
	for _, c := range p.routine {
		gain, gas = gain.Plus(c.gain), gas.Plus(p.each)
	}
	return p.worth(gain, gas)
}

// worth reports whether gas is a share of a gain that the operator allows for.
func (k *Collector) worth(gain, gas unit.Amount) bool {
	if gain.IsZero() {
		return false
	}
	allowed := new(big.Int).Mul(gain.Big(), new(big.Int).SetUint64(k.GasShare))
	return allowed.Cmp(new(big.Int).Mul(gas.Big(), big.NewInt(1_000_000))) >= 0
}

// patience is how a call of a method is waited for. Errors of the call are not those of the function.
type patience func(ctx context.Context, what string, call func(context.Context) error) error

// patient waits for a call as long as the configuration says.
func (p *pass) patient(ctx context.Context, what string, call func(context.Context) error) error {
	waits, cancel := context.WithTimeout(ctx, p.Patience)
	defer cancel()
	if err := call(waits); err != nil {
		p.errs = append(p.errs, fmt.Errorf("%s by %s: %w", what, p.method.Method(), err))
	}
	return nil
}

// makingWay waits for a call, but no longer than until somebody begins to close: who does comes first, before it and after it.
func (p *pass) makingWay(ctx context.Context, what string, call func(context.Context) error) error {
	for {
		waits, cancel := context.WithCancel(ctx)
		if !p.method.begin(cancel) {
			cancel()
			p.method.looks()
			if err := p.closing(ctx); err != nil {
				return err
			}
			continue
		}
		err := p.patient(waits, what, func(ctx context.Context) error {
			err := call(ctx)
			if waits.Err() != nil {
				return nil // it goes on by itself
			}
			return err
		})
		p.method.end()
		cancel()
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case p.method.looks():
			return p.closing(ctx)
		}
		return nil
	}
}

// collect has the ledger know what is going to be collected, collects it, and has the ledger know what is on the chain then.
func (p *pass) collect(ctx context.Context, batch []candidate, wait patience) error {
	var orders []Order
	for _, c := range batch {
		e, ok, err := p.Dues.Collect(ctx, c.Method, c.ID, c.Total, c.Collected)
		if err != nil {
			return err
		}
		if ok { // else it was given back meanwhile
			orders = append(orders, Order{Entry: e, Total: e.Collecting})
			p.stake = p.stake.Minus(c.stake.Min(e.Collecting.Minus(c.Collecting.Max(c.Collected))))
		}
	}
	if len(orders) == 0 {
		return nil
	}
	if err := wait(ctx, "collecting", func(ctx context.Context) error { return p.method.Collect(ctx, orders) }); err != nil {
		return err
	}
	p.done.Asked += len(orders)
	for _, o := range orders {
		on, err := p.look(ctx, o.Entry)
		if err != nil {
			return err
		}
		if on.Collected.Cmp(o.Collected) > 0 {
			if _, err := p.note(ctx, o.Entry, on); err != nil {
				return err
			}
		}
	}
	return nil
}

// draw has the method see to all claims. Those that are worth more than their gas are brought to the chain.
func (p *pass) draw(ctx context.Context) error {
	d, ok := p.method.Collectable.(Drawer)
	if !ok {
		return nil
	}
	var after Hash
	for {
		page, err := p.Dues.Claims(ctx, d.Method(), after, p.Batch)
		if err != nil || len(page) == 0 {
			return err
		}
		after = page[len(page)-1].Key
		if err := p.drawThese(ctx, d, page); err != nil {
			return err
		}
		if len(page) < p.Batch {
			return nil
		}
	}
}

func (p *pass) drawThese(ctx context.Context, d Drawer, claims []OpenClaim) error {
	var drawn []Drawn
	err := p.makingWay(ctx, "drawing", func(ctx context.Context) (err error) {
		drawn, err = d.Draw(ctx, claims, p.each)
		return err
	})
	if err != nil {
		return err
	}
	for i, out := range drawn {
		if !out.Done {
			continue
		}
		if err := p.Dues.Draw(ctx, claims[i], out.Paid); err != nil {
			return err
		}
		p.done.Drawn++
		p.done.Amount = p.done.Amount.Plus(out.Paid)
	}
	return nil
}
