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
	all        bool
	once, each unit.Amount // gas
	routine    []candidate // that are collected if together they are worth it
	urgent     []candidate // that are collected
	stake      unit.Amount // what is left of the candidates'
	done       Passed
	errs       []error // of what does not keep the rest from being collected
}

// candidate is a channel that may be collected.
type candidate struct {
	Order
	gain  unit.Amount // what the chain would pay
	stake unit.Amount // of it, what waits to be ordered and would pay for its gas by itself
}

func (p *pass) run(ctx context.Context) (err error) {
	if p.once, p.each, err = p.method.Gas(ctx); err != nil {
		return fmt.Errorf("what gas costs by %s: %w", p.method.Method(), err)
	}
	weigh := func(e Entry, on OnChain) error { return p.weigh(ctx, e, on) }
	if err := p.walk(ctx, p.method.Method(), p.method.Look, weigh); err != nil {
		return err
	}
	if err := p.collect(ctx, p.urgent); err != nil {
		return err
	}
	if p.worthwhile() {
		if err := p.collect(ctx, p.routine); err != nil {
			return err
		}
	}
	return p.draw(ctx)
}

// weigh decides about one channel.
func (p *pass) weigh(ctx context.Context, e Entry, on OnChain) error {
	if on.Collected.Cmp(e.Collected) > 0 {
		var err error
		if e, err = p.note(ctx, e, on); err != nil {
			return err
		}
	}
	c := candidate{Order: Order{Entry: e, Total: e.Keep().Min(on.Most)}}
	c.gain = c.Total.Minus(on.Collected)
	pays := c.gain.Cmp(p.once.Plus(p.each)) > 0
	if pays {
		c.stake = c.Total.Minus(e.Collecting.Max(on.Collected))
		p.stake = p.stake.Plus(c.stake)
	}
	switch {
	case c.gain.IsZero():
		return nil
	case e.Collecting.Cmp(on.Collected) > 0 && !p.all && on.ClosingS == 0: // was decided before
		c.Total = e.Collecting
		return p.add(ctx, &p.urgent, c)
	case on.ClosingS != 0 || p.all:
		if !pays {
			if on.ClosingS != 0 {
				p.done.Forgone++
			}
			return nil
		}
		return p.add(ctx, &p.urgent, c)
	case !p.worth(c.gain, p.each): // before the account is read
		return nil
	}
	unspent, err := p.Dues.Unspent(ctx, e.Client)
	if err != nil {
		return err
	}
	c.Total = e.Keep().Minus(unspent).Min(on.Most).Max(e.Collecting)
	if c.gain = c.Total.Minus(on.Collected); !p.worth(c.gain, p.each) {
		return nil
	}
	return p.add(ctx, &p.routine, c)
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
	return p.collect(ctx, batch)
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

// collect has the ledger know what is going to be collected, collects it, and has the ledger know what is on the chain then.
func (p *pass) collect(ctx context.Context, batch []candidate) error {
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
	waits, cancel := context.WithTimeout(ctx, p.Patience)
	err := p.method.Collect(waits, orders)
	cancel()
	if err != nil {
		p.errs = append(p.errs, fmt.Errorf("collecting by %s: %w", p.method.Method(), err))
	}
	p.done.Asked += len(orders)
	for _, o := range orders {
		on, err := p.method.Look(ctx, o.Entry)
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
	waits, cancel := context.WithTimeout(ctx, p.Patience)
	drawn, err := d.Draw(waits, claims, p.each)
	cancel()
	if err != nil {
		p.errs = append(p.errs, fmt.Errorf("drawing by %s: %w", d.Method(), err))
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
