package watch_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/candela-les/candela/pay/watch"
)

// line is a sequence of the office's sender, whose transactions emit words.
func (o *office) line() *watch.Sequence { return &watch.Sequence{By: o.sender, Kind: "claim"} }

// next calls Do of a sequence elsewhere, and returns when the transaction was kept.
func (o *office) next(s *watch.Sequence, word uint64) <-chan result {
	o.t.Helper()
	ch := make(chan result, 1)
	go func() { ch <- result{err: s.Do(o.t.Context(), emits(word))} }()
	for len(o.waiting()) == 0 && len(ch) == 0 {
	}
	return ch
}

func (o *office) waiting() []string {
	o.t.Helper()
	names, err := o.sender.Waiting(o.t.Context(), "claim/")
	if err != nil {
		o.t.Fatal(err)
	}
	return names
}

func (o *office) known(name string) bool {
	o.t.Helper()
	_, ok, err := o.sender.Known(o.t.Context(), name)
	if err != nil {
		o.t.Fatal(err)
	}
	return ok
}

// Each transaction of a sequence has a number of its own, also after a restart; what was not sent takes none.
func TestSequence(t *testing.T) {
	o := newOffice(t, 1, nil)
	s := o.line()
	if waited, err := s.Wait(t.Context()); waited || err != nil {
		t.Errorf("before the first: %v, %v", waited, err)
	}
	broken := errors.New("nothing to be done")
	for word := range uint64(4) {
		if word == 2 {
			o.restart()
			s = o.line()
		}
		if err := s.Do(t.Context(), func(context.Context) (watch.Call, error) { return watch.Call{}, broken }); !errors.Is(err, broken) {
			t.Errorf("%v", err)
		}
		if r := o.until(o.next(s, word)); r.err != nil {
			t.Fatal(r.err)
		}
	}
	if got := o.emitted(); got[0] != 1 || got[1] != 1 || got[2] != 1 || got[3] != 1 {
		t.Errorf("%v", got)
	}
	if !o.known("claim/3") || o.known("claim/4") {
		t.Error("four transactions have other numbers than 0 to 3")
	}
}

// A process that begins waits for the transaction that is on its way, of whatever number, and for no other's.
func TestSequenceFindsWaiting(t *testing.T) {
	o := newOffice(t, 1, nil)
	o.do("claims/0", emits(7))
	o.do("claim/5", emits(5))
	o.restart()
	if got := o.waiting(); !slices.Equal(got, []string{"claim/5"}) {
		t.Errorf("%q wait", got)
	}
	s := o.line()
	ch := make(chan result, 1)
	go func() {
		waited, err := s.Wait(t.Context())
		if !waited {
			t.Error("it has waited for nothing")
		}
		ch <- result{err: err}
	}()
	if r := o.until(ch); r.err != nil || len(o.waiting()) != 0 {
		t.Errorf("%v, and %q wait", r.err, o.waiting())
	}
	if got := o.emitted(); got[5] != 1 {
		t.Errorf("%v", got)
	}
}

// What is kept of a sequence is dropped when no reorganization can bring it back. All else is kept for ever, for a name says what is not to be
// done again; and numbers that come again do no harm.
func TestSequenceIsForgotten(t *testing.T) {
	o := newOffice(t, 1, nil)
	s := o.line()
	for word := range uint64(2) {
		if r := o.until(o.next(s, word)); r.err != nil {
			t.Fatal(r.err)
		}
	}
	if r := o.until(o.do("deposit", emits(9))); r.err != nil {
		t.Fatal(r.err)
	}
	for _, step := range []struct {
		blocks int
		known  bool
	}{{1000, true}, {100, false}} {
		o.chain.Mine(step.blocks)
		o.look()
		if o.known("claim/0") != step.known || o.known("claim/1") != step.known || !o.known("deposit") {
			t.Errorf("%d blocks later: %v, %v; the deposit %v", step.blocks, o.known("claim/0"), o.known("claim/1"), o.known("deposit"))
		}
	}
	if r := o.until(o.next(s, 2)); r.err != nil || !o.known("claim/1") {
		t.Errorf("the next: %v", r.err)
	}
	o.restart()
	if r := o.until(o.next(o.line(), 3)); r.err != nil || !o.known("claim/0") {
		t.Errorf("the next of a process that begins: %v", r.err)
	}
	if got := o.emitted(); got[0] != 1 || got[1] != 1 || got[2] != 1 || got[3] != 1 {
		t.Errorf("%v", got)
	}
}
