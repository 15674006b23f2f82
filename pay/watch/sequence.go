package watch

import (
	"context"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
)

// Doer has transactions mined, each under a name that it is sent once for. *Sender is one.
type Doer interface {
	Address() common.Address
	Do(ctx context.Context, name string, build Build) (Mined, error)
	Known(ctx context.Context, name string) (state State, ok bool, err error)
	Waiting(ctx context.Context, prefix string) (names []string, err error)
}

// Sequence has transactions of one kind mined, one after the other: each is made by what the chain says when those before it are over, so that
// none does again, and pays for, what one that waits is going to do. Their names are numbered. A process that begins finds the one that waits,
// and needs to know of no other; so they are Passing, and their numbers come again.
//
// One goroutine at a time may use it.
type Sequence struct {
	By   Doer
	Kind string // what their names begin with

	next uint64 // numbers below it are not tried
}

// Wait waits for the transaction that is on its way, and reports whether there was one. Errors: those of Doer.Do.
func (s *Sequence) Wait(ctx context.Context) (waited bool, err error) {
	names, err := s.By.Waiting(ctx, s.Kind+"/")
	for _, name := range names {
		waited = true
		if _, err = s.By.Do(ctx, name, forgotten); err != nil && !IsOver(err) {
			break
		}
	}
	return waited, err
}

// forgotten is Build of a transaction that was built before.
func forgotten(context.Context) (Call, error) {
	return Call{}, errors.New("a transaction that was sent is not known any more")
}

// Do has the next transaction mined. Errors: those of Doer.Do.
func (s *Sequence) Do(ctx context.Context, build Build) error {
	for ; ; s.next++ {
		_, used, err := s.By.Known(ctx, s.name())
		if err != nil {
			return err
		}
		if !used {
			break
		}
	}
	_, err := s.By.Do(ctx, s.name(), func(ctx context.Context) (Call, error) {
		call, err := build(ctx)
		call.Passing = true
		return call, err
	})
	return err
}

func (s *Sequence) name() string { return fmt.Sprintf("%s/%d", s.Kind, s.next) }
