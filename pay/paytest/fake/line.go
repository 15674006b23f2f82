package fake

import (
	"context"

	"github.com/candela-les/candela/pay"
)

// Line is a line from a client to a cashier in the same process. Its fields may be changed while no call is made.
type Line struct {
	Cashier *pay.Cashier
	Client  pay.Address
	// Before, unless nil, is called before each request reaches the server, and After when it was carried out; an error is what the call ends
	// with.
	Before, After func(request string) error
	// Stand, Accept and Out, unless nil, change what the server answers.
	Stand  func(*pay.Standing)
	Accept func(*pay.Accepted)
	Out    func(*pay.Settled)
}

var _ pay.Line = (*Line)(nil)

// call makes a request. What the server refuses is told as it would be over a wire.
func call[T any](l *Line, request string, change func(*T), do func() (T, error)) (T, error) {
	var none T
	if l.Before != nil {
		if err := l.Before(request); err != nil {
			return none, err
		}
	}
	answer, err := do()
	if l.After != nil {
		if lost := l.After(request); lost != nil {
			return none, lost
		}
	}
	if err != nil {
		return none, err
	}
	if change != nil {
		change(&answer)
	}
	return answer, nil
}

// Establish implements pay.Line.
func (l *Line) Establish(ctx context.Context, method string, opening []byte) (pay.Standing, error) {
	return call(l, "establish", l.Stand, func() (pay.Standing, error) { return l.Cashier.Establish(ctx, l.Client, method, opening) })
}

// Promise implements pay.Line.
func (l *Line) Promise(ctx context.Context, id pay.Hash, promise []byte) (pay.Accepted, error) {
	return call(l, "promise", l.Accept, func() (pay.Accepted, error) { return l.Cashier.Promise(ctx, l.Client, id, promise) })
}

// Increase implements pay.Line.
func (l *Line) Increase(ctx context.Context, id pay.Hash) (pay.Standing, error) {
	return call(l, "increase", l.Stand, func() (pay.Standing, error) { return l.Cashier.Increase(ctx, l.Client, id) })
}

// Settle implements pay.Line.
func (l *Line) Settle(ctx context.Context, id pay.Hash) (pay.Settled, error) {
	return call(l, "settle", l.Out, func() (pay.Settled, error) { return l.Cashier.Settle(ctx, l.Client, id) })
}
