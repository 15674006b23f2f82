package lottery

import (
	"sync"

	"github.com/candela-les/candela/unit"
)

// idleS is after how long a channel that takes nothing on credit makes room for others, in seconds of the chain.
const idleS = 600

// credit is what all payers together could take from a provider by overspending their open pots: for each channel that takes tickets by an open pot, the
// winners that are not paid, and another one.
type credit struct {
	most unit.Amount // nothing: there is no limit

	mu    sync.Mutex
	given map[Opening]*given
}

// given is what a channel could take.
type given struct {
	unpaid map[Unpaid]struct{}
	next   unit.Amount // what another winner would get
	usedS  uint64      // when it was last asked for, by the chain's time
}

func newCredit(most unit.Amount) *credit {
	return &credit{most: most, given: make(map[Opening]*given)}
}

// sum is what could be taken of all channels but one, and forgets what is over. Called with the lock.
func (k *credit) sum(but Opening, nowS uint64) (sum unit.Amount) {
	for o, g := range k.given {
		for u := range g.unpaid {
			if nowS > u.ExpiryS {
				delete(g.unpaid, u)
			}
		}
		if nowS > g.usedS+idleS {
			g.next = unit.Amount{}
		}
		if len(g.unpaid) == 0 && g.next.IsZero() {
			delete(k.given, o)
			continue
		}
		if o != but {
			sum = sum.Plus(g.sum())
		}
	}
	return sum
}

func (g *given) sum() unit.Amount {
	sum := g.next
	for u := range g.unpaid {
		sum = sum.Plus(u.Face)
	}
	return sum
}

// take reports whether a channel may have another winner beside those that are not paid. If so there is room for it from now on.
func (k *credit) take(o Opening, unpaid []Unpaid, face unit.Amount, nowS uint64) bool {
	if k.most.IsZero() {
		return true
	}
	wants := &given{unpaid: make(map[Unpaid]struct{}, len(unpaid)), next: face, usedS: nowS}
	for _, u := range unpaid {
		wants.unpaid[u] = struct{}{}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.sum(o, nowS).Plus(wants.sum()).Cmp(k.most) > 0 {
		return false
	}
	k.given[o] = wants
	return true
}

// note says of a winner whether it is paid: so those count, too, whose channels were not used since the start.
func (k *credit) note(o Opening, u Unpaid, paid bool) {
	if k.most.IsZero() {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	g := k.given[o]
	switch {
	case paid && g != nil:
		delete(g.unpaid, u)
	case paid:
	case g == nil:
		k.given[o] = &given{unpaid: map[Unpaid]struct{}{u: {}}}
	default:
		g.unpaid[u] = struct{}{}
	}
}

// Credit is the most that can be lost at a time to all payers together that pay from open pots; nothing if none is taken, or there is no limit.
func (p *Provider) Credit() unit.Amount {
	if p.cfg.Credit == 0 {
		return unit.Amount{}
	}
	return p.cfg.CreditAll
}
