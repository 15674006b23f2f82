package pay

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/candela-les/candela/unit"
)

// group is promises that go into the ledger together: those that were verified, the lowest first, each of which goes on from those
// before; and those that the highest of them supersedes.
type group struct {
	verified    []verified
	others      []*waiter
	settlements uint64        // that were known when it was compared with what the chain covers
	before      *group        // that has to be in the ledger first; nil if none has
	done        chan struct{} // closed when it is there, or is not going to be
}

// verified is a promise that was verified, and its caller.
type verified struct {
	*waiter
	Promised
}

// round has the turn: it chooses a promise among those that wait, has it verified, gives the turn back and has what has come of it written into
// the ledger. A promise that waits longer will be in the next round, of whoever takes the turn.
func (k *Cashier) round(ctx context.Context, d *desk) {
	var g *group
	err := d.follow(ctx)
	if err == nil {
		g, err = k.choose(ctx, d)
	}
	d.looked()
	if err != nil || g == nil {
		return
	}
	// Others wait for it, too, so it is not to end with the context of the one who happens to do it.
	k.enter(context.WithoutCancel(ctx), d, g)
}

// follow waits until a channel that follows its promises knows what has become of them. Its error is the context's.
func (d *desk) follow(ctx context.Context) error {
	d.mu.Lock()
	_, follows := d.mu.channel.(Follower)
	last := d.mu.last
	d.mu.Unlock()
	if !follows || last == nil {
		return nil
	}
	select {
	case <-last.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// examine verifies a promise. A channel that follows its promises is first brought up to the ledger: another server may have taken some since, or it may
// not be known whether the last one is there. The ledger is read after the promise has come; so whatever its client knew of those before when it was
// signed, the channel knows, too.
func (k *Cashier) examine(ctx context.Context, d *desk, promise []byte) (Promised, error) {
	if _, follows := d.present().(Follower); follows {
		if err := k.refresh(context.WithoutCancel(ctx), d); err != nil { // others wait for it, too
			return Promised{}, err
		}
	}
	return d.present().Verify(promise)
}

// choose verifies the highest promise, and lower ones as far as it goes on from them. It returns nil if nothing is to be
// written. Its error is the context's.
func (k *Cashier) choose(ctx context.Context, d *desk) (*group, error) {
	g := &group{done: make(chan struct{})}
	var need unit.Amount // the lowest amount that is verified so far goes on from here
	for {
		if err := k.verify.enter(ctx, d.client); err != nil {
			d.putBack(g)
			return nil, err
		}
		w := d.next(g, need)
		if w == nil {
			k.verify.leave()
			return k.gap(ctx, d, g)
		}
		p, err := k.examine(ctx, d, w.promise)
		k.verify.leave()
		if err == nil && p.Cumulative.Cmp(w.cumulative) > 0 {
			err = Refuse(Malformed, "a promise of %s that says %s of itself", p.Cumulative, w.cumulative)
		}
		if err != nil {
			w.answer(Accepted{}, err)
			if len(g.verified) == 0 {
				return nil, nil
			}
			continue
		}
		g.verified = append([]verified{{w, p}}, g.verified...)
		if len(g.verified) == 1 && !d.acceptable(g, k.Least) {
			return nil, nil
		}
		if d.complete(g) {
			return g, nil
		}
		need = p.From
	}
}

// next takes a promise out of those that wait: the highest. If some are verified already, it is the lowest that the first of them can go on
// from, which is the one before it, if it was sent at all.
func (d *desk) next(g *group, need unit.Amount) *waiter {
	d.mu.Lock()
	defer d.mu.Unlock()
	best := -1
	for i, w := range d.mu.waiting {
		first := len(g.verified) == 0
		if !first && (w.cumulative.Cmp(need) < 0 || w.cumulative.Cmp(g.verified[0].Cumulative) >= 0) {
			continue
		}
		if best < 0 || first == (w.cumulative.Cmp(d.mu.waiting[best].cumulative) > 0) {
			best = i
		}
	}
	if best < 0 {
		return nil
	}
	w := d.mu.waiting[best]
	d.mu.waiting = slices.Delete(d.mu.waiting, best, best+1)
	return w
}

// putBack has promises wait again.
func (d *desk) putBack(g *group) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, v := range g.verified {
		d.again(v.waiter)
	}
}

// acceptable answers the highest promise, and those that have the same answer, unless it is to be written.
func (d *desk) acceptable(g *group, least unit.Amount) bool {
	top := g.verified[0]
	d.mu.Lock()
	defer d.mu.Unlock()
	present, sent := d.mu.cumulative, d.mu.cumulative.Max(d.mu.submitted)
	if top.Cumulative.Cmp(present) <= 0 {
		// It is signed as it should be, so that all that are no higher may be answered.
		top.answer(Accepted{Cumulative: present}, nil)
		for _, w := range d.take(func(w *waiter) bool { return w.cumulative.Cmp(top.Cumulative) <= 0 }) {
			w.answer(Accepted{Cumulative: present}, nil)
		}
		return false
	}
	g.settlements = d.mu.settlements
	limit, err := d.mu.cover()
	if err != nil {
		limit = present
	}
	if top.Cumulative.Cmp(limit) > 0 {
		err = cmp.Or(err, uncovered(limit))
		top.answer(Accepted{}, err)
		for _, w := range d.take(func(w *waiter) bool { return w.cumulative.Cmp(limit) > 0 }) {
			w.answer(Accepted{}, err)
		}
		return false
	}
	if credit, higher := top.Cumulative.Sub(sent); higher && !credit.IsZero() && credit.Cmp(least) < 0 {
		top.answer(Accepted{}, &Refusal{Reason: TooSmall, Most: least, Text: "less than " + least.String() + " is not taken"})
		return false
	}
	return true
}

// complete reports whether nothing is missing before the promises of a group. If so, those that they supersede are part of
// it, and it is on its way.
func (d *desk) complete(g *group) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	from := g.verified[0].From
	if from.Cmp(d.mu.cumulative.Max(d.mu.submitted)) > 0 {
		return false
	}
	if from.Cmp(d.mu.cumulative) > 0 { // what it goes on from is on its way
		g.before = d.mu.last
	}
	top := g.verified[len(g.verified)-1].Cumulative
	g.others = d.take(func(w *waiter) bool { return w.cumulative.Cmp(top) <= 0 })
	d.mu.submitted, d.mu.last = d.mu.submitted.Max(top), g
	return true
}

// gap looks whether another server had the promises that are missing, and answers those that go on from them if not.
func (k *Cashier) gap(ctx context.Context, d *desk, g *group) (*group, error) {
	if len(g.verified) == 0 {
		return nil, nil
	}
	err := k.refresh(ctx, d)
	if err == nil && d.complete(g) {
		return g, nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if err == nil {
		err = gap(d.mu.cumulative)
	}
	for _, v := range g.verified {
		v.answer(Accepted{}, err)
	}
	return nil, nil
}

func uncovered(limit unit.Amount) error {
	return &Refusal{Reason: Uncovered, Most: limit, Text: "promises are covered up to " + limit.String()}
}

func gap(present unit.Amount) error {
	return &Refusal{Reason: Gap, Most: present, Text: "promises are missing after " + present.String()}
}

// enter writes a group into the ledger, and answers its callers.
func (k *Cashier) enter(ctx context.Context, d *desk, g *group) {
	if g.before != nil {
		<-g.before.done
		g.before = nil
	}
	rest := g.verified
	for len(rest) > 0 {
		part, n := merged(rest)
		present, credited, err := k.advance(ctx, d, g, part)
		if err != nil {
			d.failed(g, rest, err)
			return
		}
		d.entered(rest[:n], present)
		for i, v := range rest[:n] {
			a := Accepted{Cumulative: present}
			if i == n-1 {
				a.Credited = credited
			}
			v.answer(a, nil)
		}
		rest = rest[n:]
	}
	d.finished(g, nil)
}

// merged is as many of the promises as one entry may have claims, as if they were one; and how many those are.
func merged(all []verified) (p Promised, n int) {
	p = all[0].Promised
	for n = 1; n < len(all) && len(p.Claims)+len(all[n].Claims) <= MaxClaims; n++ {
		next := all[n].Promised
		p.Cumulative, p.Evidence, p.Claims = next.Cumulative, next.Evidence, slices.Concat(p.Claims, next.Claims)
	}
	return p, n
}

// advance writes one promise of a group. The ledger refuses it if the channel was settled since it was compared with what the chain covers,
// for what the client was handed out then covers nothing any more.
func (k *Cashier) advance(ctx context.Context, d *desk, g *group, p Promised) (present, credited unit.Amount, err error) {
	for range attempts {
		present, credited, err = k.Book.Advance(ctx, d.claimant(), g.settlements, p)
		if !errors.Is(err, ErrSettled) {
			return present, credited, err
		}
		if err := k.compare(ctx, d, g, p.Cumulative); err != nil {
			return present, credited, err
		}
	}
	return present, credited, Refuse(Busy, "the channel is being settled")
}

// compare learns of settlements, and compares a promise with what the chain covers since.
func (k *Cashier) compare(ctx context.Context, d *desk, g *group, cumulative unit.Amount) error {
	if err := k.refresh(ctx, d); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	g.settlements = d.mu.settlements
	limit, err := d.mu.cover()
	if err == nil && cumulative.Cmp(limit) > 0 {
		return uncovered(limit)
	}
	return err
}

// entered notes that promises are in the ledger.
func (d *desk) entered(all []verified, present unit.Amount) {
	d.mu.Lock()
	defer d.mu.Unlock()
	last, knows := all[len(all)-1], true
	if f, ok := d.mu.channel.(Follower); ok {
		for _, v := range all {
			knows = f.Follow(v.promise) == nil && knows
		}
	}
	if d.mu.cumulative.Cmp(present) >= 0 {
		return
	}
	d.mu.cumulative, d.mu.promise = present, nil
	if present == last.Cumulative && knows { // or it is made anew of the ledger
		d.mu.promise = last.promise
	}
}

// failed answers the promises of a group that could not be written. Those that were only superseded wait again if it is the promise itself
// that was refused.
func (d *desk) failed(g *group, rest []verified, err error) {
	for _, v := range rest {
		v.answer(Accepted{}, err)
	}
	if _, refused := errors.AsType[*Refusal](err); refused {
		d.mu.Lock()
		d.again(g.others...)
		g.others = nil
		d.mu.Unlock()
	}
	d.finished(g, err)
}

// finished answers those that a group superseded, and lets those go on that wait for it.
func (d *desk) finished(g *group, err error) {
	d.mu.Lock()
	a := Accepted{}
	if err == nil {
		a.Cumulative = d.mu.cumulative
	} else {
		d.mu.submitted = d.mu.cumulative
	}
	if d.mu.last == g {
		d.mu.last = nil
	}
	d.mu.Unlock()
	for _, w := range g.others {
		w.answer(a, err)
	}
	close(g.done)
}
