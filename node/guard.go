package node

import (
	"context"
	"errors"
	"math/big"
	"sync"

	"github.com/candela-les/candela/node/payments"
	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/unit"
)

// guard is a payer that opens no channel which its owner would not want, and remembers for its owner why one was not opened.
type guard struct {
	pay.Payer
	prize unit.Amount // the largest that a winner of a lottery may get

	mu       sync.Mutex
	unopened *payments.Unopened
}

// Open implements pay.Payer. By the terms a server says how large its prizes are, so that nothing is locked for one that is too large; its payer sees to it that
// none is promised in later.
func (g *guard) Open(ctx context.Context, name string, to pay.Payee, deposit unit.Amount) (pay.Hash, []byte, error) {
	id, opening, err := pay.Hash{}, []byte(nil), g.fair(to)
	if err == nil {
		id, opening, err = g.Payer.Open(ctx, name, to, deposit)
	}
	refused, is := errors.AsType[*pay.Refusal](err)
	if err != nil && !is {
		return id, opening, err // nobody knows yet
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.unopened = nil; is {
		g.unopened = &payments.Unopened{Method: g.Method(), Seller: to.Seller, Why: refused.Text}
	}
	return id, opening, err
}

// fair refuses a lottery whose prizes are too large.
func (g *guard) fair(to pay.Payee) error {
	if g.Method() != lottery.Method {
		return nil
	}
	info, err := lottery.DecodeInfo(to.Info)
	if err != nil || info.Face.Cmp(g.prize) <= 0 {
		return nil // what cannot be read the payer refuses
	}
	return &pay.Refusal{Reason: pay.TooMuch, Most: g.prize, Text: "a winner is to get " + info.Face.String() + " base units, and --pay.most-prize is " + g.prize.String()}
}

// last is why no channel was opened when that was tried last; nil if one was.
func (g *guard) last() *payments.Unopened {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.unopened
}

// prize reads the largest prize of a lottery: where the owner does not say, a quarter of what may be locked. What a server can win by luck is what is
// locked for it, and a lock holds up to four prizes.
func (p *PayConfig) prize(limits *pay.Limits) (unit.Amount, error) {
	if p.MostPrize == "" {
		return unit.NearestAmount(new(big.Int).Rsh(limits.Locked.Big(), 2)).Max(unit.NewAmount(1)), nil
	}
	most, err := unit.ParseAmount(p.MostPrize)
	if err != nil || most.IsZero() {
		return most, usage.Errorf("--pay.most-prize %q: say in base units what a winner may get at most", p.MostPrize)
	}
	return most, nil
}
