package lottery_test

import (
	"context"
	"testing"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/pay/paytest"
	"github.com/candela-les/candela/unit"
)

// opened is a client with a channel.
type opened struct {
	*paytest.Client
	w       *paytest.World
	id      pay.Hash
	opening []byte
}

// newOpened makes one that has so many tokens and has locked so many.
func newOpened(t *testing.T, method paytest.Method, tokens, locked uint64) *opened {
	t.Helper()
	method.Alloc, method.Delay = alloc(), lottery.Delay
	if method.Provider == nil {
		method.Provider = providing(0)
	}
	if method.Payer == nil {
		method.Payer = paying
	}
	w := paytest.NewWorld(t, method)
	o := &opened{Client: w.NewClient(tokens), w: w}
	if err := o.open(locked); err != nil {
		t.Fatal(err)
	}
	return o
}

// open opens the channel, or opens it again.
func (o *opened) open(deposit uint64) error {
	o.w.T.Helper()
	return o.w.While(func(ctx context.Context) (err error) {
		o.id, o.opening, err = o.Payer.Open(ctx, "a name", o.w.Server.Payee(), unit.NewAmount(deposit))
		return err
	})
}

func (o *opened) agree() (s pay.Standing) {
	o.w.T.Helper()
	o.w.Server.Look()
	s, err := o.w.Server.Cashier.Establish(o.w.T.Context(), o.Address(), lottery.Method, o.opening)
	if err == nil {
		err = o.Payer.Agree(o.w.T.Context(), o.id, o.opening, s)
	}
	if err != nil {
		o.w.T.Fatalf("agreeing: %v", err)
	}
	return s
}

func (o *opened) promise(cumulative uint64) ([]byte, error) {
	promise, _, err := o.Payer.Promise(o.w.T.Context(), o.id, unit.NewAmount(cumulative))
	return promise, err
}
