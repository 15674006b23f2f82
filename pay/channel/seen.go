package channel

import (
	"context"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// pair is a channel at the newest block and at the newest one that is sure. What counts is the less favourable of both:
// so a deposit counts once it is sure, and a withdrawal as soon as it is seen.
type pair struct {
	head, sure state
}

func (p *pair) collectible() unit.Amount {
	return p.head.collectible().Min(p.sure.collectible())
}

// balance is what can be divided between payer and receiver.
func (p *pair) balance() unit.Amount { return p.head.balance.Min(p.sure.balance) }

// claimed is what the receiver has, or will have unless there is a reorganization.
func (p *pair) claimed() unit.Amount { return p.head.claimed.Max(p.sure.claimed) }

// leaving reports whether the payer has asked for something.
func (p *pair) leaving() bool { return p.head.sinceS != 0 || p.sure.sinceS != 0 }

// emptied reports whether the payer has asked for all that is not claimed.
func (p *pair) emptied() bool {
	all := func(s *state) bool { return s.sinceS != 0 && s.withdrawing.Cmp(s.free()) >= 0 }
	return all(&p.head) || all(&p.sure)
}

// endsS is when the payer gets what it has asked for, Unix seconds; 0 if it has not asked.
func (p *pair) endsS(delayS uint64) uint64 {
	return watch.Earliest(p.head.endsS(delayS), p.sure.endsS(delayS))
}

// readPairs reads channels at both blocks of a view.
func (c *contract) readPairs(ctx context.Context, v watch.View, ids []pay.Hash) ([]*pair, error) {
	head, sure, err := watch.Both(v, func(b watch.Block) ([]state, error) { return c.read(ctx, b.Hash, ids) })
	if err != nil {
		return nil, err
	}
	pairs := make([]*pair, len(ids))
	for i := range ids {
		pairs[i] = &pair{head[i], sure[i]}
	}
	return pairs, nil
}
