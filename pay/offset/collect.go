package offset

import (
	"context"
	"errors"
	"fmt"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// Gas implements pay.Collectable: there is none.
func (p *Provider) Gas(context.Context) (once, each unit.Amount, err error) {
	return unit.Amount{}, unit.Amount{}, nil
}

// Credit implements pay.Lender: the threshold, for each partner.
func (p *Provider) Credit() (sum unit.Amount) {
	for range p.cfg.Partners {
		sum = sum.Plus(p.cfg.Threshold)
	}
	return sum
}

// Look implements pay.Collectable. What was taken in return is collected, in kind; of what is left nothing can be, by anything that is done here.
func (p *Provider) Look(ctx context.Context, e pay.Entry) (pay.OnChain, error) {
	restored, _, err := p.Restore(ctx, e.Client, e.Evidence)
	if err != nil {
		return pay.OnChain{}, pay.Refuse(pay.Malformed, "%v", err)
	}
	c, ok := restored.(*Channel)
	if !ok || c.id != e.ID {
		return pay.OnChain{}, pay.Refuse(pay.Malformed, "the evidence is of channel %x", restored.ID())
	}
	returned := c.returned().Min(e.Keep())
	return pay.OnChain{Collected: returned, Cover: returned, Most: returned}, nil
}

// errInKind says that nothing can be brought to a chain.
var errInKind = errors.New("what is owed for service is collected by taking service")

// Collect implements pay.Collectable. Nobody orders anything, for Look says that nothing can be collected.
func (p *Provider) Collect(_ context.Context, orders []pay.Order) error {
	if len(orders) == 0 {
		return nil
	}
	return fmt.Errorf("channel %x: %w", orders[0].ID, errInKind)
}
