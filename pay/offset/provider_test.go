package offset_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/offset"
	"github.com/candela-les/candela/pay/paytest/fake"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

func amount(n uint64) unit.Amount { return unit.NewAmount(n) }

func asset() pay.Asset { return pay.Asset{ChainID: 5, Token: pay.Address{1}} }

func addressOf(k *watch.Key) pay.Address { return pay.Address(k.Address()) }

// desk is a server that service is taken at: a real cashier over a fake ledger.
type desk struct {
	t         *testing.T
	book      *fake.Book
	config    offset.ProviderConfig
	provider  *offset.Provider
	cashier   *pay.Cashier
	collector *pay.Collector
}

// open opens the server with what is in its ledger.
func (d *desk) open() {
	d.t.Helper()
	p, err := offset.NewProvider(d.config)
	if err != nil {
		d.t.Fatal(err)
	}
	d.provider = p
	d.cashier = pay.NewCashier(pay.CashierConfig{Book: d.book, Providers: []pay.Provider{p}})
	d.collector = pay.NewCollector(pay.CollectorConfig{Dues: d.book, Methods: []pay.Collectable{p}, Now: func() time.Time { return time.Unix(1, 0) }})
}

// newDesk opens b's server, at which a may owe so much.
func newDesk(t *testing.T, a, b *watch.Key, threshold uint64) *desk {
	t.Helper()
	d := &desk{t: t, book: fake.NewBook(), config: offset.ProviderConfig{
		Asset: asset(), Own: addressOf(b), Partners: []pay.Address{addressOf(a)}, Threshold: amount(threshold),
	}}
	d.open()
	return d
}

// credit is what can be owed here at most.
func (d *desk) credit() (sum unit.Amount) {
	for range d.config.Partners {
		sum = sum.Plus(d.config.Threshold)
	}
	return sum
}

// opening shows so much that the partner has taken in return; 0 shows nothing.
func opening(t *testing.T, client, partner *watch.Key, returned uint64) *offset.Opening {
	t.Helper()
	o := &offset.Opening{Asset: asset(), Client: addressOf(client), Partner: addressOf(partner)}
	if returned > 0 {
		s := statement(t, partner, client, returned)
		o.Shown = &s
	}
	return o
}

func statement(t *testing.T, client, partner *watch.Key, total uint64) offset.Statement {
	t.Helper()
	s, err := offset.Sign(client, asset(), addressOf(partner), amount(total))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func reasonOf(err error) pay.Reason {
	if r, ok := errors.AsType[*pay.Refusal](err); ok {
		return r.Reason
	}
	return 0
}

// A partner may owe up to the threshold, and more as service is taken in return; what was accepted stays, over a restart, a lower threshold and the
// end of the partnership.
func TestThreshold(t *testing.T) {
	a, b := person(t, "a"), person(t, "b")
	d, client := newDesk(t, a, b, 100), addressOf(a)
	id := opening(t, a, b, 0).ID()
	establish := func(returned, cumulative, cover uint64) {
		t.Helper()
		s, err := d.cashier.Establish(t.Context(), client, offset.Method, opening(t, a, b, returned).Encode())
		if err != nil || s.ID != id || s.Cumulative != amount(cumulative) || s.Cover != amount(cover) {
			t.Fatalf("%+v, %v: not %d of %d", s, err, cumulative, cover)
		}
	}
	promise := func(total, credited uint64) {
		t.Helper()
		s := statement(t, a, b, total)
		got, err := d.cashier.Promise(t.Context(), client, id, s.Encode())
		if err != nil || got.Credited != amount(credited) {
			t.Fatalf("%+v, %v: not %d", got, err, credited)
		}
	}
	uncovered := func(total, most uint64) {
		t.Helper()
		s := statement(t, a, b, total)
		_, err := d.cashier.Promise(t.Context(), client, id, s.Encode())
		if r, ok := errors.AsType[*pay.Refusal](err); !ok || r.Reason != pay.Uncovered || r.Most != amount(most) {
			t.Fatalf("%v: not up to %d", err, most)
		}
	}
	owes := func(due, worst uint64) {
		t.Helper()
		if _, err := d.collector.Pass(t.Context(), offset.Method, false); err != nil {
			t.Fatal(err)
		}
		x, err := d.collector.Exposure(t.Context(), offset.Method)
		if err != nil || x.Due != amount(due) || x.Uncovered != amount(due) || !x.Covered.IsZero() || x.Worst != amount(worst) || x.Credit != d.credit() {
			t.Fatalf("%+v, %v: not %d, and %d at worst", x, err, due, worst)
		}
	}
	establish(0, 0, 100)
	promise(60, 60)
	promise(60, 0)
	promise(40, 0)
	owes(60, 0)
	d.book.Spend(client, amount(50))
	owes(60, 50)
	uncovered(101, 100)
	promise(100, 40)
	establish(30, 100, 130) // the partner has taken 30 in return
	uncovered(131, 130)
	promise(130, 30)
	establish(20, 130, 130) // an older one
	establish(0, 130, 130)
	owes(100, 20)

	d.open() // a restart
	establish(0, 130, 130)
	establish(50, 130, 150)
	promise(150, 20)
	d.config.Threshold = amount(10) // less than what is owed
	d.open()
	establish(0, 150, 60)
	uncovered(151, 60)
	promise(150, 0)
	owes(100, 0)
	establish(145, 150, 155)
	promise(155, 5)
	establish(200, 155, 210) // more than was taken here: the other side owes
	owes(0, 0)

	d.config.Partners = nil
	d.open()
	if _, err := d.cashier.Establish(t.Context(), client, offset.Method, opening(t, a, b, 0).Encode()); reasonOf(err) != pay.WrongClient {
		t.Errorf("who is no partner any more: %v", err)
	}
	s := statement(t, a, b, 160)
	if _, err := d.cashier.Promise(t.Context(), client, id, s.Encode()); reasonOf(err) != pay.WrongClient {
		t.Errorf("who is no partner any more: %v", err)
	}
	owes(0, 0)
	if _, err := d.cashier.Settle(t.Context(), client, id); reasonOf(err) != pay.NoConsent {
		t.Errorf("what is owed was settled: %v", err)
	}
}

// Whatever of an opening or a statement is not so is refused for its reason, and nothing of it counts.
func TestLies(t *testing.T) {
	a, b, c := person(t, "a"), person(t, "b"), person(t, "c")
	d := newDesk(t, a, b, 100)
	for what, try := range map[string]struct {
		who  *watch.Key
		lie  func(o *offset.Opening)
		want pay.Reason
	}{
		"another chain":    {a, func(o *offset.Opening) { o.Asset.ChainID++ }, pay.WrongChain},
		"another token":    {a, func(o *offset.Opening) { o.Asset.Token[9]++ }, pay.WrongChain},
		"another partner":  {a, func(o *offset.Opening) { o.Partner = addressOf(c) }, pay.WrongPayee},
		"itself":           {a, func(o *offset.Opening) { o.Partner = addressOf(a) }, pay.WrongPayee},
		"another client":   {c, func(*offset.Opening) {}, pay.WrongClient},
		"no partner":       {c, func(o *offset.Opening) { o.Client = addressOf(c) }, pay.WrongClient},
		"the own client":   {b, func(o *offset.Opening) { o.Client = addressOf(b) }, pay.WrongClient},
		"a higher amount":  {a, func(o *offset.Opening) { o.Shown.Cumulative = amount(31) }, pay.BadSign},
		"signed by itself": {a, func(o *offset.Opening) { *o.Shown = statement(t, a, b, 30) }, pay.BadSign},
		"shown for another": {a, func(o *offset.Opening) {
			*o.Shown = statement(t, b, c, 30) // what b has taken at c's
		}, pay.BadSign},
		"in another token": {a, func(o *offset.Opening) {
			s, err := offset.Sign(b, pay.Asset{ChainID: 5, Token: pay.Address{2}}, addressOf(a), amount(30))
			if err != nil {
				t.Fatal(err)
			}
			*o.Shown = s
		}, pay.BadSign},
		"no signature": {a, func(o *offset.Opening) { clear(o.Shown.Signature[:]) }, pay.BadSign},
	} {
		o := opening(t, a, b, 30)
		try.lie(o)
		_, err := d.cashier.Establish(t.Context(), addressOf(try.who), offset.Method, o.Encode())
		if reasonOf(err) != try.want {
			t.Errorf("%s: %v", what, err)
		}
	}
	s, err := d.cashier.Establish(t.Context(), addressOf(a), offset.Method, opening(t, a, b, 0).Encode())
	if err != nil || s.Cover != amount(100) {
		t.Fatalf("after lies only: %+v, %v", s, err)
	}
	for what, try := range map[string]struct {
		promise offset.Statement
		want    pay.Reason
	}{
		"another's":       {statement(t, c, b, 10), pay.BadSign},
		"to another":      {statement(t, a, c, 10), pay.BadSign},
		"the partner's":   {statement(t, b, a, 10), pay.BadSign},
		"beyond the most": {statement(t, a, b, 101), pay.Uncovered},
	} {
		if _, err := d.cashier.Promise(t.Context(), addressOf(a), s.ID, try.promise.Encode()); reasonOf(err) != try.want {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := d.cashier.Promise(t.Context(), addressOf(a), s.ID, []byte("ten")); reasonOf(err) != pay.Malformed {
		t.Errorf("what is none: %v", err)
	}
	if left, err := d.book.Unspent(t.Context(), addressOf(a)); err != nil || !left.IsZero() {
		t.Errorf("%s were credited for lies, %v", left, err)
	}
}

// What makes no sense is not opened.
func TestNonsense(t *testing.T) {
	a, b := addressOf(person(t, "a")), addressOf(person(t, "b"))
	for what, cfg := range map[string]offset.ProviderConfig{
		"nobody":       {Asset: asset(), Partners: []pay.Address{a}, Threshold: amount(1)},
		"no token":     {Own: b, Partners: []pay.Address{a}, Threshold: amount(1)},
		"itself":       {Asset: asset(), Own: b, Partners: []pay.Address{a, b}, Threshold: amount(1)},
		"no threshold": {Asset: asset(), Own: b, Partners: []pay.Address{a}},
	} {
		if _, err := offset.NewProvider(cfg); err == nil {
			t.Errorf("%s: is taken", what)
		}
	}
}

// An operator's light client finds in its own server's ledger what a partner has taken there.
func TestNewest(t *testing.T) {
	a, b := person(t, "a"), person(t, "b")
	d := newDesk(t, a, b, 100)
	if s, err := d.provider.Newest(t.Context(), d.book, addressOf(a)); err != nil || s != nil {
		t.Fatalf("%x, %v", s, err)
	}
	if _, err := d.cashier.Establish(t.Context(), addressOf(a), offset.Method, opening(t, a, b, 0).Encode()); err != nil {
		t.Fatal(err)
	}
	for _, total := range []uint64{40, 30} {
		s := statement(t, a, b, total)
		if _, err := d.cashier.Promise(t.Context(), addressOf(a), opening(t, a, b, 0).ID(), s.Encode()); err != nil {
			t.Fatal(err)
		}
	}
	enc, err := d.provider.Newest(t.Context(), d.book, addressOf(a))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := offset.DecodeStatement(enc); err != nil || got != statement(t, a, b, 40) {
		t.Errorf("%+v, %v", got, err)
	}
	d.book.Before = func(string) error { return errDisk }
	if _, err := d.provider.Newest(t.Context(), d.book, addressOf(a)); !errors.Is(err, errDisk) {
		t.Error(err)
	}
}

var errDisk = errors.New("the disk is gone")

// Promises that are on their way together, in any order, credit what the highest is worth, while more and more is shown.
func TestPromisesAtOnce(t *testing.T) {
	a, b := person(t, "a"), person(t, "b")
	d, client := newDesk(t, a, b, 10), addressOf(a)
	id := opening(t, a, b, 0).ID()
	show := func(returned uint64) {
		if _, err := d.cashier.Establish(t.Context(), client, offset.Method, opening(t, a, b, returned).Encode()); err != nil {
			t.Error(err)
		}
	}
	show(0)
	var all sync.WaitGroup
	var mu sync.Mutex
	var credited unit.Amount
	for n := range uint64(50) {
		all.Go(func() {
			show(n + 1)
			s := statement(t, a, b, n+11) // at most what has been shown by now, and 10
			got, err := d.cashier.Promise(t.Context(), client, id, s.Encode())
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			credited = credited.Plus(got.Credited)
		})
	}
	all.Wait()
	if left, err := d.book.Unspent(t.Context(), client); err != nil || credited != amount(60) || left != credited {
		t.Errorf("%s were credited, and %s are there, %v", credited, left, err)
	}
}
