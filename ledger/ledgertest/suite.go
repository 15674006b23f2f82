// Package ledgertest holds what every ledger must do, whatever store it stands on: Run for the
// rules, Crash for what is left when its process or database is killed at work, Bench for speed.
package ledgertest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/unit"
)

// Open opens one database. Opening it again, also beside the first, finds what was written.
type Open func(ctx context.Context, o ledger.Options) (ledger.Ledger, error)

// Run has a ledger pass all tests of the rules. Each call of fresh prepares an empty database.
func Run(t *testing.T, fresh func(t *testing.T) Open) {
	for _, test := range []struct {
		name string
		run  func(w *world)
	}{
		{"credits", credits},
		{"misuse", misuse},
		{"limits", limits},
		{"promises", promises},
		{"gaps", gaps},
		{"chances", chances},
		{"claims", claims},
		{"settlements", settlements},
		{"collections", collections},
		{"pages", pages},
		{"holds", holds},
		{"fencing", fencing},
		{"expiry", expiry},
		{"charges", charges},
		{"refused charges", refusedCharges},
		{"statements", statements},
		{"long statements", longStatements},
		{"numbers", numbers},
		{"accounts", accounts},
		{"reopened", reopened},
		{"closed", closed},
		{"cancelled", cancelled},
		{"same key at once", sameKey},
		{"many at once", manyAtOnce},
		{"two servers", twoServers},
		{"twin", twin},
		{"assets", assets},
		{"old assets", oldAssets},
		{"begun", begun},
		{"used", used},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := &world{T: t, openIt: fresh(t), clock: newClock()}
			w.l = w.open()
			test.run(w)
			w.audit()
		})
	}
}

// world is a ledger under test.
type world struct {
	*testing.T
	l      ledger.Ledger
	openIt Open
	clock  *clock
}

// open opens the database, until the test ends.
func (w *world) open() ledger.Ledger {
	w.Helper()
	l, err := w.openIt(w.Context(), ledger.Options{Now: w.clock.now})
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(func() {
		if err := l.Close(); err != nil {
			w.Error(err)
		}
	})
	return l
}

// audit wants the ledger to add up, if it is open still.
func (w *world) audit() ledger.Report {
	w.Helper()
	report, err := w.l.Audit(w.Context())
	if err != nil && !errors.Is(err, ledger.ErrClosed) {
		w.Error(err)
	}
	for _, fault := range report.Faults {
		w.Error(fault)
	}
	return report
}

// clock is a clock that tests set.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Unix(1_800_000_000, 0).UTC()} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
	return c.at
}

// Names that the tests use.
const (
	north = ledger.Owner("north")
	south = ledger.Owner("south")
)

func token() ledger.Address        { return ledger.Address{0: 0x70, 19: 1} }
func client(n byte) ledger.Address { return ledger.Address{0: 0xc1, 19: n} }
func of(n byte) ledger.Account     { return ledger.ClientAccount(token(), client(n)) }
func own(k ledger.Kind) ledger.Account {
	return ledger.Account{Kind: k, Token: token()}
}
func amount(n uint64) unit.Amount { return unit.NewAmount(n) }

// credit credits a client by a key made of both.
func (w *world) credit(key string, to byte, n uint64) {
	w.Helper()
	if _, err := w.l.Post(w.Context(), ledger.CreditOf(key, token(), client(to), amount(n))); err != nil {
		w.Fatal(err)
	}
}

func (w *world) raise(o ledger.Owner) ledger.Epoch {
	w.Helper()
	epoch, err := w.l.Raise(w.Context(), o)
	if err != nil {
		w.Fatal(err)
	}
	return epoch
}

// request asks for a hold of client 1 for a minute.
func (w *world) request(o ledger.Owner, e ledger.Epoch, n uint64) ledger.HoldRequest {
	return ledger.HoldRequest{
		Owner: o, Epoch: e, Token: token(), Client: client(1), Amount: amount(n), Until: w.clock.now().Add(time.Minute),
	}
}

func (w *world) hold(r ledger.HoldRequest) ledger.Hold {
	w.Helper()
	h, err := w.l.Hold(w.Context(), r)
	if err != nil {
		w.Fatal(err)
	}
	return h
}

// charge is a charge of client 1.
func charge(o ledger.Owner, e ledger.Epoch, number, n uint64) ledger.Charge {
	return ledger.Charge{Owner: o, Epoch: e, Token: token(), Client: client(1), Number: number, Amount: amount(n)}
}

// charge1 carries out one charge.
func (w *world) charge1(c ledger.Charge) ledger.Charged {
	w.Helper()
	charged, err := w.l.Charge(w.Context(), []ledger.Charge{c})
	if err != nil || len(charged) != 1 {
		w.Fatal(charged, err)
	}
	return charged[0]
}

// wants compares what accounts come to, as total/held.
func (w *world) wants(want map[ledger.Account]string) {
	w.Helper()
	for account, text := range want {
		b, err := w.l.Balance(w.Context(), account)
		if got := fmt.Sprintf("%s/%s", b.Total, b.Held); err != nil || got != text || b.Account != account {
			w.Errorf("%s comes to %s instead of %s, %v", b.Account, got, text, err)
		}
		if total, ok := b.Free.Add(ledger.Plus(b.Held)); !ok || total != b.Total {
			w.Errorf("%s: %s and %s are not %s", account, b.Free, b.Held, b.Total)
		}
	}
}

// fails wants an error of a kind.
func (w *world) fails(err, kind error) {
	w.Helper()
	if !errors.Is(err, kind) {
		w.Errorf("%v instead of %v", err, kind)
	}
}
