package server_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/server"
	"github.com/candela-les/candela/server/servertest"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/marketwire"
)

// payShop is a shop that takes promises of servertest.FakePayments, which are on a real ledger.
type payShop struct {
	*shop
	fake *servertest.FakePayments
}

func inPayShop(t *testing.T, sale server.Sale, test func(s *payShop)) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ledger.db")
	synctest.Test(t, func(t *testing.T) {
		fake := &servertest.FakePayments{Token: ledger.Address{0x70}}
		sale.Payments = fake
		sale.Methods = []marketwire.Method{{Name: "grant"}, {Name: servertest.FakeMethod, Info: []byte("whom to pay")}}
		s := &payShop{shop: openShop(t, path, sale), fake: fake}
		fake.Ledger = s.books
		test(s)
		synctest.Wait()
		s.audit()
		s.close()
	})
}

func channelOf(opening string) marketwire.Hash {
	return marketwire.Hash(servertest.FakeChannel(opening))
}

// A client that nobody knows opens a channel, has an account by its first promise, bids, is served as it pays, and
// gets back what it has not spent.
func TestPayingOverTheWire(t *testing.T) {
	sale := server.Sale{Units: 1, Reserve: unit.PricePerHour(36_000), LeastAccount: unit.NewAmount(100)} // 10 a second
	inPayShop(t, sale, func(s *payShop) {
		b := s.shopper("ann")
		terms := b.Ask(&marketwire.GetConditions{}).(*marketwire.Conditions).Terms.Body
		if m := terms.Methods; len(m) != 2 || m[0].Name != "grant" || m[1].Name != servertest.FakeMethod || string(m[1].Info) != "whom to pay" {
			t.Errorf("the terms list %v", m)
		}
		b.Refused(new(marketwire.GetAccount), marketwire.AccountUnknown)
		b.BidRefused(b.Order(36_000), marketwire.AccountUnknown)

		const a = "ann's channel"
		id := channelOf(a)
		b.Refused(&marketwire.Establish{Method: servertest.FakeMethod, Opening: []byte(a)}, marketwire.NoChannel)
		s.fake.Lock(a, 5000)
		if st := b.Establish(servertest.FakeMethod, a); st.Channel != id || !st.Cumulative.IsZero() || st.Cover != unit.NewAmount(5000) || st.Last != nil {
			t.Errorf("a new channel stands at %+v", st)
		}
		b.Refused(new(marketwire.GetAccount), marketwire.AccountUnknown) // that gave it none

		b.Tell(&marketwire.Promise{Tag: marketwire.Tag{ReqID: 100}, Channel: id, Promise: servertest.FakePromise(a, 400)})
		if m, ok := b.Read().(*marketwire.Accepted); !ok || m.Credited != unit.NewAmount(400) || m.Cumulative != unit.NewAmount(400) {
			t.Fatalf("the first promise is answered with %+v", m)
		}
		if m, ok := b.Read().(*marketwire.Account); !ok || m.ReqID != 0 || m.Balance.Body.Balance != unit.NewAmount(400) || m.Balance.Body.Number != 1 {
			t.Fatalf("after the first promise it is told %+v", m)
		}
		b.Pay(id, servertest.FakePromise(a, 400), 0) // the answer was lost, perhaps
		b.Pay(id, servertest.FakePromise(a, 300), 0)
		if got := b.Account(); got.Balance != unit.NewAmount(400) {
			t.Errorf("promises that are no higher make %+v", got)
		}
		e := b.Statement()
		if len(e) != 1 || e[0].Kind != marketwire.Deposit || marketwire.Hash(e[0].Reference) != id {
			t.Errorf("the account's entries are %+v", e)
		}

		// 10 a second: 40 s by 400, and what is promised meanwhile counts at once for the bid that stands.
		b.Bid(36_000)
		time.Sleep(39 * time.Second) // holds are looked at every 7.5 s
		b.Pay(id, servertest.FakePromise(a, 1000), 600)
		time.Sleep(36 * time.Second)
		b.CatchUp()
		if got := b.Account(); b.Demoted != 0 || got.Units != 1 {
			t.Errorf("it was demoted %d times and has %d units after 75 s that were paid for", b.Demoted, got.Units)
		}
		b.Refused(&marketwire.Promise{Channel: id, Promise: servertest.FakePromise(a, 5001)}, marketwire.Uncovered)
		s.fake.Lock(a, 9000)
		if st := b.Increase(id); st.Cover != unit.NewAmount(9000) || st.Cumulative != unit.NewAmount(1000) || string(st.Last) != string(servertest.FakePromise(a, 1000)) {
			t.Errorf("after more was locked: %+v", st)
		}
		b.Pay(id, servertest.FakePromise(a, 5001), 4001)

		b.Refused(&marketwire.Settle{Channel: id}, marketwire.BidStands)
		closed := b.Ask(new(marketwire.Close)).(*marketwire.Closed)
		left := closed.Balance.Body.Balance
		got := b.Settle(id)
		spent, _ := unit.NewAmount(5001).Sub(left)
		if got.Unspent != left || got.Spent != spent || left.IsZero() || string(got.Data) != "settled" {
			t.Errorf("of 5001, of which %s were left, it got %s back and has spent %s", left, got.Unspent, got.Spent)
		}
		synctest.Wait()
		b.CatchUp()
		if !b.Last.Balance.IsZero() {
			t.Errorf("after that it is told of an account of %s", b.Last.Balance)
		}
		if again := b.Settle(id); again.Unspent != got.Unspent || again.Spent != got.Spent {
			t.Errorf("asked again: %+v", again)
		}
		if e := b.Statement(); e[len(e)-1].Kind != marketwire.Refund || e[len(e)-1].Amount != left {
			t.Errorf("the last entry is %+v", e[len(e)-1])
		}
		b.leave()
	})
}

// Promises of one channel do not wait for each other, nor anything else for them; and what they credit adds up to the
// highest.
func TestPromisesAbreast(t *testing.T) {
	inPayShop(t, server.Sale{Units: 1}, func(s *payShop) {
		const a = "many"
		id := channelOf(a)
		b := s.shopper("ann")
		s.fake.Lock(a, 1_000_000)
		b.Establish(servertest.FakeMethod, a)
		s.fake.Delay = time.Second
		var reqs []marketwire.Request
		for _, n := range []uint64{500, 100, 1500, 900, 200, 1200, 700, 300, 1100, 1000, 800, 400} {
			reqs = append(reqs, &marketwire.Promise{Channel: id, Promise: servertest.FakePromise(a, n)})
		}
		reqs = append(reqs, &marketwire.GetConditions{}, &marketwire.GetCurves{Max: 1})
		began := time.Now()
		answers, of := b.SendAll(reqs...)
		if of[0] < 12 || of[1] < 12 {
			t.Errorf("answers come in the order %v: what is not paid for waits for promises", of)
		}
		if took := time.Since(began); took != 3*time.Second || s.fake.Most() != 4 {
			t.Errorf("12 promises of 1 s took %v, at most %d at once", took, s.fake.Most())
		}
		var sum, top unit.Amount
		for _, m := range answers {
			if a, ok := m.(*marketwire.Accepted); ok {
				sum, _ = sum.Add(a.Credited)
				if a.Cumulative.Cmp(top) > 0 {
					top = a.Cumulative
				}
			}
		}
		if want := unit.NewAmount(1500); sum != want || top != want {
			t.Errorf("credited %s, up to %s", sum, top)
		}
		if got := b.Account(); got.Balance != unit.NewAmount(1500) {
			t.Errorf("the account has %s", got.Balance)
		}
		// Settle comes behind what was promised before it.
		answers, of = b.SendAll(&marketwire.Promise{Channel: id, Promise: servertest.FakePromise(a, 2000)}, &marketwire.Settle{Channel: id})
		if settled, ok := answers[1].(*marketwire.Settled); !ok || of[1] != 1 || settled.Unspent != unit.NewAmount(2000) {
			t.Errorf("settled with %+v", answers)
		}
		// No bid comes in between.
		answers, of = b.SendAll(&marketwire.Settle{Channel: id}, &marketwire.Bid{Order: b.signed(b.Order(10))})
		if r, ok := answers[1].(*marketwire.Refused); !ok || of[1] != 1 || r.Reason != marketwire.NoCover {
			t.Errorf("a bid after that: %+v", answers)
		}
		b.leave()
	})
}

func (b *shopper) signed(order marketwire.Order) marketwire.Signed[marketwire.Order] {
	b.T.Helper()
	s, err := marketwire.Sign(order, b.Key)
	if err != nil {
		b.T.Fatal(err)
	}
	return s
}

// A channel belongs to a session and to a client; another session begins with Establish.
func TestChannelsOfASession(t *testing.T) {
	inPayShop(t, server.Sale{Units: 1}, func(s *payShop) {
		const a = "first"
		id := channelOf(a)
		s.fake.Lock(a, 1000)
		b := s.shopper("ann")
		for _, req := range []marketwire.Request{
			&marketwire.Promise{Channel: id, Promise: servertest.FakePromise(a, 1)}, &marketwire.Increase{Channel: id}, &marketwire.Settle{Channel: id},
		} {
			b.Refused(req, marketwire.NoChannel)
		}
		if n := s.fake.Lookups(); n != 0 {
			t.Errorf("the chain was looked at %d times for what was not established", n)
		}
		b.Refused(&marketwire.Establish{Method: "barter", Opening: []byte(a)}, marketwire.NoMethod)
		b.Establish(servertest.FakeMethod, a)
		b.Pay(id, servertest.FakePromise(a, 10), 10)
		b.leave()
		b.come(s.shop)
		b.Refused(&marketwire.Promise{Channel: id, Promise: servertest.FakePromise(a, 20)}, marketwire.NoChannel)
		if st := b.Establish(servertest.FakeMethod, a); st.Cumulative != unit.NewAmount(10) || string(st.Last) != string(servertest.FakePromise(a, 10)) {
			t.Errorf("it finds %+v", st)
		}
		b.Pay(id, servertest.FakePromise(a, 20), 10)

		thief := s.shopper("bob")
		thief.Refused(&marketwire.Establish{Method: servertest.FakeMethod, Opening: []byte(a)}, marketwire.AnothersChannel)
		thief.leave()

		for n := range 7 {
			s.fake.Lock(fmt.Sprint(n), 1)
			b.Establish(servertest.FakeMethod, fmt.Sprint(n))
		}
		s.fake.Lock("ninth", 1)
		b.Refused(&marketwire.Establish{Method: servertest.FakeMethod, Opening: []byte("ninth")}, marketwire.OverLimit)
		b.Establish(servertest.FakeMethod, a) // how the two stand may be asked all the same
		b.leave()
	})
}

// What every refusal of a payment is on the wire.
func TestPaymentReasons(t *testing.T) {
	inPayShop(t, server.Sale{Units: 1}, func(s *payShop) {
		s.fake.Lock("a", 1000)
		b := s.shopper("ann")
		b.Establish(servertest.FakeMethod, "a")
		for reason, want := range map[pay.Reason]marketwire.Reason{
			pay.Malformed: marketwire.PaymentMalformed, pay.NoMethod: marketwire.NoMethod, pay.NoChannel: marketwire.NoChannel,
			pay.WrongClient: marketwire.AnothersChannel, pay.WrongPayee: marketwire.AnotherPayee, pay.WrongChain: marketwire.AnotherChain,
			pay.BadSign: marketwire.PaymentBadSignature, pay.Uncovered: marketwire.Uncovered, pay.Stale: marketwire.ChainUnseen,
			pay.Closing: marketwire.ChannelClosing, pay.TooSmall: marketwire.TooSmall, pay.Gap: marketwire.Gap, pay.TooMuch: marketwire.TooMuch,
			pay.Unconfirmed: marketwire.Unconfirmed, pay.Expired: marketwire.PaymentExpired, pay.Contradicts: marketwire.Contradicted,
			pay.Busy: marketwire.PaymentBusy, pay.NoConsent: marketwire.NoConsent,
		} {
			s.fake.Fail(fmt.Errorf("wrapped: %w", &pay.Refusal{Reason: reason, Most: unit.NewAmount(uint64(reason)), Text: strings.Repeat("x", 300)}))
			r := b.Refused(&marketwire.Promise{Channel: channelOf("a"), Promise: servertest.FakePromise("a", 1)}, want)
			if r.Need != unit.NewAmount(uint64(reason)) || r.Seq == 0 {
				t.Errorf("%v: %+v", want, r)
			}
		}
		s.fake.Fail(errors.New("disk full"))
		if m, _ := b.SendAll(&marketwire.Settle{Channel: channelOf("a")}); m[0].(*marketwire.Refused).Reason != marketwire.Busy {
			t.Errorf("%+v", m)
		}
		b.leave()
	})
}

// A session, and all strangers together, have the chain looked at only so often. Who has something locked, and who
// is a customer, is not kept from it by strangers.
func TestLookups(t *testing.T) {
	inPayShop(t, server.Sale{Units: 1}, func(s *payShop) {
		s.fake.Lock("a", 1000)
		b := s.shopper("ann")
		b.Establish(servertest.FakeMethod, "a")
		var reqs []marketwire.Request
		for range 10 {
			reqs = append(reqs, &marketwire.Increase{Channel: channelOf("a")})
		}
		refused := func(answers []marketwire.Message) (n int) {
			for _, m := range answers {
				if r, ok := m.(*marketwire.Refused); ok && r.Reason == marketwire.Busy && r.RetryAfterMs > 0 {
					n++
				}
			}
			return n
		}
		answers, _ := b.SendAll(reqs...)
		if n := refused(answers); n != 3 || s.fake.Lookups() != 8 {
			t.Errorf("of 11 looks %d were refused, and the chain was looked at %d times", n, s.fake.Lookups())
		}
		// Strangers, eight looks each.
		before := s.fake.Lookups()
		lost := 0
		for n := range 6 {
			c := s.shopper(fmt.Sprint("stranger", n))
			var reqs []marketwire.Request
			for i := range 8 {
				reqs = append(reqs, &marketwire.Establish{Method: servertest.FakeMethod, Opening: fmt.Append(nil, "none", i)})
			}
			answers, _ := c.SendAll(reqs...)
			lost += refused(answers)
			c.leave()
		}
		if looked := s.fake.Lookups() - before; looked != 31 || lost != 6*8-31 {
			t.Errorf("strangers had the chain looked at %d times, and were refused it %d times", looked, lost)
		}
		time.Sleep(400 * time.Millisecond) // not enough for another stranger
		c := s.shopper("one more")
		if answers, _ := c.SendAll(&marketwire.Establish{Method: servertest.FakeMethod, Opening: []byte("a")}); refused(answers) != 1 {
			t.Errorf("a stranger's: %+v", answers)
		}
		c.leave()
		// Who has ever paid is none, also when it comes again.
		d := s.shopper("old customer")
		s.credit(d, 1)
		s.fake.Lock("d", 1)
		d.Establish(servertest.FakeMethod, "d")
		d.leave()
		time.Sleep(1600 * time.Millisecond)
		if st := b.Increase(channelOf("a")); st.Cover != unit.NewAmount(1000) {
			t.Errorf("a client's: %+v", st)
		}
		b.leave()
	})
}

// A chain that does not answer keeps nothing else waiting, and no session from ending.
func TestSlowChain(t *testing.T) {
	inPayShop(t, server.Sale{Units: 1}, func(s *payShop) {
		s.fake.Lock("a", 1000)
		b := s.shopper("ann")
		b.Establish(servertest.FakeMethod, "a")
		s.fake.Delay = time.Hour
		began := time.Now()
		answers, of := b.SendAll(&marketwire.Promise{Channel: channelOf("a"), Promise: servertest.FakePromise("a", 5)}, &marketwire.GetConditions{})
		r, ok := answers[1].(*marketwire.Refused)
		if of[0] != 1 || !ok || r.Reason != marketwire.Busy || time.Since(began) != 20*time.Second {
			t.Errorf("after %v: %+v", time.Since(began), answers)
		}
		b.Tell(&marketwire.Promise{Tag: marketwire.Tag{ReqID: 1000}, Channel: channelOf("a"), Promise: servertest.FakePromise("a", 5)})
		b.Tell(&marketwire.Settle{Tag: marketwire.Tag{ReqID: 1001}, Channel: channelOf("a")})
		synctest.Wait()
		began = time.Now()
		b.leave()
		if took := time.Since(began); took != 0 {
			t.Errorf("the session ended after %v", took)
		}
	})
}

// A shop without payments refuses them, and one whose methods fit into no terms does not open.
func TestNoPayments(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	synctest.Test(t, func(t *testing.T) {
		s := openShop(t, path, server.Sale{Units: 1})
		b := s.shopper("ann")
		b.Refused(&marketwire.Establish{Method: "channel"}, marketwire.NoMethod)
		b.Refused(&marketwire.Promise{Promise: []byte{1}}, marketwire.NoChannel)
		b.leave()
		b.come(s)
		if err := b.end.WriteMsg(wire.FirstMarket+marketwire.LastSpare, []byte{0xc1, 1}); err != nil {
			t.Fatal(err)
		}
		b.wantEnd(server.ReasonUnknownCode)
		b.come(s)
		b.Tell(&marketwire.Accepted{})
		b.wantEnd(server.ReasonUnknownCode)
		for _, methods := range [][]marketwire.Method{
			make([]marketwire.Method, 9), {{Name: ""}}, {{Name: "a"}, {Name: "a"}}, {{Name: "a", Info: make([]byte, 129)}},
		} {
			if _, err := server.New(context.WithoutCancel(t.Context()), server.Config{
				Source: s.src, Key: testKey(), Now: time.Now, Sale: &server.Sale{Ledger: s.books, Owner: "other", Currency: "TEST", Methods: methods},
			}); err == nil {
				t.Errorf("it opens with the methods %v", methods)
			}
		}
		synctest.Wait()
		s.close()
	})
}
