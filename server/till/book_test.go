package till_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/ledger/sqlite"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/paytest/fake"
	"github.com/candela-les/candela/server/till"
	"github.com/candela-les/candela/unit"
)

func channelOf(n byte) pay.Hash { return pay.Hash{0: n, 31: 0xcc} }

// The ledger's errors become what a client is told, and channels of other tokens are none of this book's business.
func TestBook(t *testing.T) {
	w := newWorld(t)
	book, other := till.Book{Ledger: w.ledger, Token: token()}, till.Book{Ledger: w.ledger, Token: ledger.Address{0: 0x71}}
	claimant := func(n, c byte) pay.Claimant {
		return pay.Claimant{Method: "m", ID: channelOf(n), Client: pay.Address(client(c))}
	}
	promised := func(n uint64, claims ...pay.Claim) pay.Promised {
		return pay.Promised{Cumulative: amount(n), Evidence: []byte{byte(n)}, Claims: claims}
	}
	claim := pay.Claim{Key: pay.Hash{7}, Amount: amount(9), Data: []byte{1}}
	present, credited, err := book.Advance(t.Context(), claimant(1, 1), 0, promised(10, claim))
	if err != nil || present != amount(10) || credited != amount(10) {
		t.Fatal(present, credited, err)
	}
	if _, _, err := other.Advance(t.Context(), claimant(2, 1), 0, promised(5, pay.Claim{Key: pay.Hash{5}})); err != nil {
		t.Fatal(err)
	}
	if _, _, err := book.Advance(t.Context(), claimant(3, 1), 0, promised(5)); err != nil {
		t.Fatal(err)
	}
	changed := claim
	changed.Amount = amount(8)
	for name, c := range map[string]struct {
		err  error
		why  pay.Reason
		most uint64
	}{
		"another client's": {second(book.Advance(t.Context(), claimant(1, 2), 0, promised(20))), pay.WrongClient, 0},
		"another claim":    {second(book.Advance(t.Context(), claimant(1, 1), 0, promised(20, changed))), pay.Contradicts, 0},
		"a gap":            {second(book.Advance(t.Context(), claimant(1, 1), 0, pay.Promised{From: amount(11), Cumulative: amount(20)})), pay.Gap, 10},
		"too much":         {second(book.Advance(t.Context(), claimant(1, 1), 0, pay.Promised{Cumulative: unit.MaxAmount()})), pay.TooMuch, 0},
		"another token":    {second(other.Advance(t.Context(), claimant(1, 1), 0, promised(20))), pay.WrongChain, 0},
		"given to another": {first(book.GiveBack(t.Context(), claimant(1, 2))), pay.WrongClient, 0},
	} {
		if r, ok := errors.AsType[*pay.Refusal](c.err); !ok || r.Reason != c.why || r.Most != amount(c.most) {
			t.Errorf("%s: %v", name, c.err)
		}
	}
	if _, _, err := book.Advance(t.Context(), claimant(1, 1), 1, promised(20)); !errors.Is(err, pay.ErrSettled) {
		t.Error(err)
	}
	if _, err := book.HandOut(t.Context(), claimant(1, 1), 0, nil); !errors.Is(err, pay.ErrSettled) {
		t.Error(err)
	}
	for size := 1; size <= 3; size++ {
		due, err := book.Due(t.Context(), "m", pay.Hash{}, size)
		var got string
		for _, e := range due {
			got += string(e.ID[:1])
		}
		if want := "\x01\x03"[:min(size, 2)]; err != nil || got != want {
			t.Errorf("%q instead of %q, %v", got, want, err)
		}
		claims, err := book.Claims(t.Context(), "m", pay.Hash{}, size)
		if err != nil || len(claims) != 1 || claims[0].Key != claim.Key || claims[0].Client != pay.Address(client(1)) {
			t.Errorf("%+v, %v", claims, err)
		}
	}
	if _, ok, err := book.Collect(t.Context(), "m", channelOf(1), amount(11), amount(0)); ok || err != nil {
		t.Error(ok, err)
	}
	if _, ok, err := book.Collect(t.Context(), "m", channelOf(9), amount(1), amount(0)); ok || err != nil {
		t.Error(ok, err)
	}
	if n, err := book.Unspent(t.Context(), pay.Address(client(1))); err != nil || n != amount(15) {
		t.Error(n, err)
	}
}

func first[T any](_ T, err error) error          { return err }
func second[T, U any](_ T, _ U, err error) error { return err }

// crashing is a ledger of a process that crashes at one of its calls.
type crashing struct {
	ledger.Ledger
	at    int // the call at which it does; 0 for none
	after bool
	calls []string
}

var errCrash = errors.New("the process has crashed")

func (c *crashing) run(name string, call func() error) error {
	c.calls = append(c.calls, name)
	now := len(c.calls) == c.at
	if now && !c.after || c.at != 0 && len(c.calls) > c.at {
		return errCrash
	}
	err := call()
	if now {
		return errCrash
	}
	return err
}

func (c *crashing) Advance(ctx context.Context, p ledger.Promise) (out ledger.Advanced, err error) {
	err = c.run("Advance", func() error { out, err = c.Ledger.Advance(ctx, p); return err })
	return out, err
}

func (c *crashing) GiveBack(ctx context.Context, s ledger.Settlement) (out ledger.GivenBack, err error) {
	err = c.run("GiveBack", func() error { out, err = c.Ledger.GiveBack(ctx, s); return err })
	return out, err
}

func (c *crashing) HandOut(ctx context.Context, h ledger.Handout) (out ledger.Channel, err error) {
	err = c.run("HandOut", func() error { out, err = c.Ledger.HandOut(ctx, h); return err })
	return out, err
}

func (c *crashing) Collect(ctx context.Context, l ledger.Collection) (out ledger.Channel, err error) {
	err = c.run("Collect", func() error { out, err = c.Ledger.Collect(ctx, l); return err })
	return out, err
}

func (c *crashing) SettleClaim(ctx context.Context, method string, key [32]byte, p ledger.Posting) (out ledger.Posted, err error) {
	err = c.run("SettleClaim", func() error { out, err = c.Ledger.SettleClaim(ctx, method, key, p); return err })
	return out, err
}

func (c *crashing) Promised(ctx context.Context, method string, id [32]byte) (out ledger.Channel, ok bool, err error) {
	err = c.run("Promised", func() error { out, ok, err = c.Ledger.Promised(ctx, method, id); return err })
	return out, ok, err
}

// life is a client and a server that crashes, on a real file.
type life struct {
	*testing.T
	path   string
	chain  *fake.Chain
	ledger *crashing
	*pay.Cashier
	collector *pay.Collector
	handed    [][]byte // what the client was handed out, settlement by settlement
	spends    int
}

// start opens the file, as a process does that begins.
func (l *life) start(at int, after bool) {
	l.Helper()
	now := func() time.Time { return time.Unix(1_800_000_000, 0) }
	opened, err := sqlite.Open(l.Context(), l.path, ledger.Options{Now: now})
	if err != nil {
		l.Fatal(err)
	}
	l.ledger = &crashing{Ledger: opened, at: at, after: after}
	book := till.Book{Ledger: l.ledger, Token: token()}
	method := &fake.Method{Name: "fake", Chain: l.chain}
	l.Cashier = pay.NewCashier(pay.CashierConfig{Book: book, Providers: []pay.Provider{method}})
	l.collector = pay.NewCollector(pay.CollectorConfig{
		Dues: book, Methods: []pay.Collectable{&fake.Till{Of: method}}, Now: now,
	})
}

func (l *life) stop() {
	l.Helper()
	if err := l.ledger.Close(); err != nil {
		l.Error(err)
	}
}

// restart is a crash and what comes after it.
func (l *life) restart() {
	l.Helper()
	l.stop()
	l.start(0, false)
	l.establish()
}

func (l *life) establish() {
	l.Helper()
	if _, err := l.Establish(l.Context(), pay.Address(client(1)), "fake", fake.Opening(channelOf(1))); err != nil && !errors.Is(err, errCrash) {
		l.Error(err)
	}
}

// steps are what the client and its server do. Each is repeated until it has an answer.
func (l *life) steps() []func() error {
	promise := func(cumulative uint64, wins ...uint64) func() error {
		return func() error {
			p := fake.Promise{ID: channelOf(1), Cumulative: cumulative, Wins: wins}
			a, err := l.Promise(l.Context(), pay.Address(client(1)), p.ID, p.Sign())
			if err == nil && a.Cumulative != amount(cumulative) {
				l.Errorf("%s are promised instead of %d", a.Cumulative, cumulative)
			}
			return err
		}
	}
	settle := func() error {
		out, err := l.Settle(l.Context(), pay.Address(client(1)), channelOf(1))
		if err == nil {
			l.handed = append(l.handed, out.Data)
		}
		return err
	}
	collect := func() error {
		_, err := l.collector.Pass(l.Context(), "fake", true)
		return err
	}
	spend := func(n uint64) func() error { // which is not what is tested here
		return func() error {
			l.spends++
			p := ledger.RefundOf(fmt.Sprint("spent ", l.spends), token(), client(1), amount(n))
			_, err := l.ledger.Ledger.Post(l.Context(), p)
			return err
		}
	}
	locks := func(n uint64) func() error {
		return func() error {
			l.chain.Deposit(channelOf(1), pay.Address(client(1)), n)
			return nil
		}
	}
	return []func() error{
		promise(10), promise(40, 7, 8), spend(25), settle, locks(30), promise(50), promise(60, 9), spend(10), collect, locks(20), promise(70), settle,
	}
}

// live goes through a life, and says what is left of it.
func live(t *testing.T, at int, after bool) (calls []string, end string) {
	l := &life{T: t, path: filepath.Join(t.TempDir(), "ledger.db"), chain: fake.NewChain()}
	l.chain.Deposit(channelOf(1), pay.Address(client(1)), 100)
	l.start(at, after)
	l.establish()
	if at == 1 {
		l.restart()
	}
	for i, step := range l.steps() {
		err := step()
		calls = l.ledger.calls
		if errors.Is(err, errCrash) {
			l.restart()
			err = step()
		}
		if err != nil {
			t.Errorf("step %d: %v", i, err)
		}
	}
	for _, data := range l.handed { // the client tries all it has
		l.chain.Refund(data)
	}
	l.restart()
	for range 2 {
		if _, err := l.collector.Pass(t.Context(), "fake", true); err != nil {
			t.Error(err)
		}
	}
	book := till.Book{Ledger: l.ledger.Ledger, Token: token()}
	e, _, err1 := book.Entry(t.Context(), "fake", channelOf(1))
	claims, err2 := book.Claims(t.Context(), "fake", pay.Hash{}, 9)
	lines, err3 := l.ledger.Statement(t.Context(), ledger.ClientAccount(token(), client(1)), ledger.Page{From: 1, Limit: 99})
	report, err4 := l.ledger.Audit(t.Context())
	luck, err5 := l.ledger.Balance(t.Context(), ledger.Account{Kind: ledger.Luck, Token: token()})
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil || len(report.Faults) > 0 {
		t.Errorf("%+v, %v", report, err)
	}
	var text strings.Builder
	for _, line := range lines {
		fmt.Fprintf(&text, "%s %s=%s; ", line.Why, line.Amount, line.Balance)
	}
	fmt.Fprintf(&text, "returned %s collecting %s collected %s of %s, on chain %s of %s; %d claims, luck %s", e.Returned, e.Collecting, e.Collected,
		e.Cumulative, l.chain.Collected(channelOf(1)), l.chain.Left(channelOf(1)), len(claims), luck.Total)
	if !bytes.Equal(l.handed[len(l.handed)-1], e.Handed) {
		t.Error("the client was handed out something else than what is kept")
	}
	l.stop()
	return calls, text.String()
}

// TestCrashAnywhere has the server crash before and after each call of a real ledger. A client that repeats what had no answer ends where it
// would have ended, to the last base unit.
func TestCrashAnywhere(t *testing.T) {
	calls, want := live(t, 0, false)
	t.Logf("%d calls: %v", len(calls), calls)
	t.Log(want)
	for at := 1; at <= len(calls); at++ {
		for _, after := range []bool{false, true} {
			if _, got := live(t, at, after); got != want {
				t.Errorf("with a crash at call %d, %s (done: %v): %s", at, calls[at-1], after, got)
			}
		}
	}
}
