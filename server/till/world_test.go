package till_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/ledger/sqlite"
	"github.com/candela-les/candela/server/till"
	"github.com/candela-les/candela/unit"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func amount(n uint64) unit.Amount { return unit.NewAmount(n) }

func number(a unit.Amount) uint64 {
	_, low := a.Words()
	return low
}

func token() ledger.Address        { return ledger.Address{0: 0x70} }
func client(n byte) ledger.Address { return ledger.Address{0: 0xc1, 19: n} }
func bid(n byte) [32]byte          { return [32]byte{0: 0xb1, 31: n} }

// clock is a clock that tests set.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// fault is what becomes of a call of the ledger.
type fault int

const (
	fine        fault = iota
	unavailable       // it is not carried out
	full              // neither, for another reason
	answerLost        // it is carried out, and nobody hears of it
	callLost          // it is not, and nobody knows
)

// flaky is a ledger that fails as it is told.
type flaky struct {
	ledger.Ledger
	mu   sync.Mutex
	next func() fault
}

func (f *flaky) fail(next func() fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.next = next
}

func always(f fault) func() fault { return func() fault { return f } }

// run makes a call, or not.
func (f *flaky) run(call func() error) error {
	f.mu.Lock()
	kind := fine
	if f.next != nil {
		kind = f.next()
	}
	f.mu.Unlock()
	switch kind {
	case unavailable:
		return ledger.ErrUnavailable
	case full:
		return ledger.ErrFull
	case callLost:
		return ledger.ErrUnknown
	case answerLost:
		if err := call(); err != nil {
			return err
		}
		return ledger.ErrUnknown
	default:
		return call()
	}
}

func (f *flaky) Hold(ctx context.Context, r ledger.HoldRequest) (h ledger.Hold, err error) {
	if err := f.run(func() error { h, err = f.Ledger.Hold(ctx, r); return err }); err != nil {
		return ledger.Hold{}, err
	}
	return h, nil
}

func (f *flaky) Charge(ctx context.Context, charges []ledger.Charge) (done []ledger.Charged, err error) {
	if err := f.run(func() error { done, err = f.Ledger.Charge(ctx, charges); return err }); err != nil {
		return nil, err
	}
	return done, nil
}

func (f *flaky) Balance(ctx context.Context, a ledger.Account) (ledger.Balance, error) {
	f.mu.Lock()
	broken := f.next != nil && f.next() == unavailable
	f.mu.Unlock()
	if broken {
		return ledger.Balance{}, ledger.ErrUnavailable
	}
	return f.Ledger.Balance(ctx, a)
}

// ear keeps what a till tells, as text and in numbers.
type ear struct {
	mu     sync.Mutex
	told   []string
	posted map[ledger.Address]unit.Amount
}

func newEar() *ear {
	return &ear{posted: map[ledger.Address]unit.Amount{}}
}

func (e *ear) Posted(c ledger.Address, p till.Posted) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.told = append(e.told, fmt.Sprintf("client %d: posted %s and %s as %d and %d", c[19], p.Amount, p.Fee, p.Entry, p.FeeEntry))
	sum, _ := e.posted[c].Add(p.Amount)
	e.posted[c], _ = sum.Add(p.Fee)
}

func (e *ear) Changed(c ledger.Address, p till.Purse) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.told = append(e.told, fmt.Sprintf("client %d: limit %s of %s", c[19], p.Limit, p.Balance))
}

func (e *ear) Lost(c ledger.Address, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	why := "?"
	for _, kind := range []error{ledger.ErrExpired, ledger.ErrNoHold, ledger.ErrFenced} {
		if errors.Is(err, kind) {
			why = kind.Error()
		}
	}
	e.told = append(e.told, fmt.Sprintf("client %d: lost, %s", c[19], why))
}

// heard returns what was told since it was last called.
func (e *ear) heard() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	told := e.told
	e.told = nil
	return told
}

func (e *ear) sum(c ledger.Address) uint64 {
	e.mu.Lock()
	defer e.mu.Unlock()
	return number(e.posted[c])
}

// world is a ledger with tills on it.
type world struct {
	*testing.T
	clock  *clock
	ledger ledger.Ledger
}

// newWorld opens a ledger in a file, until the test ends. It has to add up then.
func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{T: t, clock: &clock{at: time.Unix(1_800_000_000, 0)}}
	l, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"), ledger.Options{Now: w.clock.now})
	if err != nil {
		t.Fatal(err)
	}
	w.own(l)
	return w
}

func (w *world) own(l ledger.Ledger) {
	w.ledger = l
	w.Cleanup(func() {
		report, err := l.Audit(context.WithoutCancel(w.Context()))
		if err != nil || len(report.Faults) > 0 {
			w.Errorf("%+v, %v", report, err)
		}
		if err := l.Close(); err != nil {
			w.Error(err)
		}
	})
}

// till is a till under test, with what it stands on and who listens.
type testTill struct {
	*till.Till
	*ear
	flaky *flaky
	w     *world
}

// till opens a till. It ends with the test.
func (w *world) till(owner ledger.Owner) *testTill {
	w.Helper()
	return w.tillOn(owner, w.ledger)
}

// tillOn opens one on a ledger.
func (w *world) tillOn(owner ledger.Owner, l ledger.Ledger) *testTill {
	w.Helper()
	tt := &testTill{ear: newEar(), flaky: &flaky{Ledger: l}, w: w}
	var err error
	tt.Till, err = till.Open(w.Context(), till.Config{
		Ledger: tt.flaky, Owner: owner, Token: token(), Now: w.clock.now, Listener: tt.ear, Pause: time.Millisecond, Logger: w.logger(),
	})
	if err != nil {
		w.Fatal(err)
	}
	tt.Manual()
	w.Cleanup(tt.Crash)
	return tt
}

// credit has somebody else credit a client.
func (w *world) credit(key string, c byte, n uint64) {
	w.Helper()
	if _, err := w.ledger.Post(w.Context(), ledger.CreditOf(key, token(), client(c), amount(n))); err != nil {
		w.Fatal(err)
	}
}

// total is what a client has.
func (w *world) total(a ledger.Account) ledger.Balance {
	w.Helper()
	b, err := w.ledger.Balance(w.Context(), a)
	if err != nil {
		w.Fatal(err)
	}
	return b
}

func (w *world) earned() uint64 {
	sum := uint64(0)
	for _, kind := range []ledger.Kind{ledger.Revenue, ledger.Fees} {
		sum += number(w.total(ledger.Account{Kind: kind, Token: token()}).Total.Size())
	}
	return sum
}

func (tt *testTill) reserve(c byte, want, atLeast uint64) till.Purse {
	tt.w.Helper()
	p, err := tt.Reserve(tt.w.Context(), client(c), amount(want), amount(atLeast))
	if err != nil {
		tt.w.Fatal(err)
	}
	return p
}

// charge charges a client, and wants the limit to be what it is then.
func (tt *testTill) charge(c byte, n, fee, limit uint64) {
	tt.w.Helper()
	got := tt.Charge(client(c), till.Charge{Amount: amount(n), Fee: amount(fee), Remainder: n, SinceNs: 5, AtNs: 9, Bid: bid(byte(n))})
	if got != amount(limit) || tt.Limit(client(c)) != got {
		tt.w.Errorf("a limit of %s behind a charge of %d and %d, instead of %d", got, n, fee, limit)
	}
}

// settled waits until nothing of a client waits.
func (tt *testTill) settled(c byte) till.Purse {
	tt.w.Helper()
	return tt.until(c, func(p till.Purse) bool { return p.Unposted.IsZero() })
}

// until waits for an account to be as it shall.
func (tt *testTill) until(c byte, ok func(till.Purse) bool) till.Purse {
	tt.w.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		p, err := tt.Account(tt.w.Context(), client(c))
		if err == nil && ok(p) {
			return p
		}
		if time.Now().After(deadline) {
			tt.w.Fatalf("%+v, %v", p, err)
		}
	}
}

func (tt *testTill) renew() {
	tt.w.Helper()
	if err := tt.Renew(tt.w.Context()); err != nil {
		tt.w.Error(err)
	}
}

// hears wants exactly this to have been told.
func (tt *testTill) hears(want ...string) {
	tt.w.Helper()
	if got := tt.heard(); fmt.Sprint(got) != fmt.Sprint(want) {
		tt.w.Errorf("told %q instead of %q", got, want)
	}
}

// logger writes what the till logs where the test does.
func (w *world) logger() *slog.Logger { return slog.New(slog.NewTextHandler(w.Output(), nil)) }
