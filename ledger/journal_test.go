package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/unit"
)

// gate is a store of nothing that holds every update up until it is told how it ends.
type gate struct {
	ledger.Store // what is not here is not called
	arrived      chan *ledger.Changes
	end          chan error
	batches      uint64
}

func newGate() *gate { return &gate{arrived: make(chan *ledger.Changes), end: make(chan error)} }

func (g *gate) Update(ctx context.Context, needs *ledger.Needs, decide func(*ledger.Rows) (*ledger.Changes, error)) error {
	rows := ledger.NewRows(needs)
	rows.State.Batch = g.batches
	changes, err := decide(rows)
	if err != nil {
		return err
	}
	g.batches++
	select {
	case g.arrived <- changes:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-g.end:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (g *gate) Close() error { return nil }

// post posts one unit to a client in a goroutine, and returns where its error will be.
func post(ctx context.Context, j *ledger.Journal, client byte, key string) <-chan error {
	done := make(chan error, 1)
	go func() {
		_, err := j.Post(ctx, ledger.CreditOf(key, ledger.Address{}, ledger.Address{client}, unit.NewAmount(1)))
		done <- err
	}()
	return done
}

// All that comes while one transaction is being written is the next one, and nobody is
// told before it is.
func TestGroupCommit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGate()
		j := ledger.New(g, ledger.Options{Now: time.Now})
		first := post(t.Context(), j, 0, "first")
		if changes := <-g.arrived; len(changes.Keys) != 1 {
			t.Fatalf("%d keys", len(changes.Keys))
		}
		var rest []<-chan error
		for i := range 99 {
			rest = append(rest, post(t.Context(), j, byte(i%10), fmt.Sprint(i)))
		}
		synctest.Wait()
		select {
		case err := <-first:
			t.Fatalf("acknowledged before it was written: %v", err)
		default:
		}
		g.end <- nil
		if err := <-first; err != nil {
			t.Error(err)
		}
		changes := <-g.arrived
		// Each client's posting has its line, and what comes from outside has one for all.
		if len(changes.Keys) != 99 || len(changes.Postings) != 100 || len(changes.Accounts) != 11 {
			t.Errorf("%d keys, %d lines, %d accounts", len(changes.Keys), len(changes.Postings), len(changes.Accounts))
		}
		g.end <- ledger.ErrFull
		for _, done := range rest {
			if err := <-done; !errors.Is(err, ledger.ErrFull) {
				t.Errorf("a batch that was not written: %v", err)
			}
		}
		if err := j.Close(); err != nil {
			t.Error(err)
		}
	})
}

// A call that is withdrawn in time was never made; one that was on its way is unknown.
func TestWithdrawn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGate()
		j := ledger.New(g, ledger.Options{Now: time.Now, MaxBatch: 2})
		ctx, cancel := context.WithCancel(t.Context())
		writing := post(ctx, j, 1, "writing")
		<-g.arrived
		waiting, staying := post(ctx, j, 2, "waiting"), post(t.Context(), j, 3, "staying")
		synctest.Wait()
		cancel()
		if err := <-writing; !errors.Is(err, ledger.ErrUnknown) || !errors.Is(err, context.Canceled) {
			t.Errorf("on its way: %v", err)
		}
		if err := <-waiting; errors.Is(err, ledger.ErrUnknown) || !errors.Is(err, context.Canceled) {
			t.Errorf("waiting: %v", err)
		}
		g.end <- nil
		if changes := <-g.arrived; len(changes.Keys) != 1 || changes.Keys[0].Key != "staying" {
			t.Errorf("%d keys", len(changes.Keys))
		}
		// What waits when the ledger is closed is refused; what is being written is finished.
		late, closed := post(t.Context(), j, 4, "late"), make(chan error)
		synctest.Wait()
		go func() { closed <- j.Close() }()
		if err := <-late; !errors.Is(err, ledger.ErrClosed) {
			t.Errorf("late: %v", err)
		}
		g.end <- nil
		if err := errors.Join(<-staying, <-closed); err != nil {
			t.Error(err)
		}
	})
}

// A database that does not answer is given up.
func TestPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGate()
		j := ledger.New(g, ledger.Options{Now: time.Now, Patience: time.Second})
		defer j.Close()
		done := post(t.Context(), j, 1, "a")
		<-g.arrived
		if err := <-done; !errors.Is(err, context.DeadlineExceeded) || !errors.Is(err, ledger.ErrUnavailable) {
			t.Errorf("%v", err)
		}
	})
}

func TestLargestBatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGate()
		j := ledger.New(g, ledger.Options{Now: time.Now, MaxBatch: 3})
		defer j.Close()
		done := []<-chan error{post(t.Context(), j, 1, "first")}
		<-g.arrived
		for i := range 7 {
			done = append(done, post(t.Context(), j, 1, fmt.Sprint(i)))
		}
		synctest.Wait()
		for _, want := range []int{3, 3, 1} {
			g.end <- nil
			if changes := <-g.arrived; len(changes.Keys) != want {
				t.Errorf("%d keys instead of %d", len(changes.Keys), want)
			}
		}
		g.end <- nil
		for _, done := range done {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
	})
}
