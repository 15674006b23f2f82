package bidder_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/client/bidder/biddertest"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

const opening = "this client's channel"

func channelID() pay.Hash { return pay.Hash(biddertest.ChannelOf(opening)) }

// inLine runs a test with the line to a server that is connected and has said its terms, and that locks a million for the
// test's channel. The client buys nothing by itself.
func inLine(t *testing.T, test func(w *world, s *biddertest.Seller, at bidder.Counter)) {
	t.Helper()
	inWorld(t, "free", func(w *world) {
		w.start()
		defer w.close()
		s := w.seller(1)
		w.connect(s)
		time.Sleep(time.Second)
		s.Lock(opening, 1_000_000)
		at, err := w.b.Counter(s.ID())
		if err != nil {
			w.t.Fatal(err)
		}
		test(w, s, at)
	})
}

func (w *world) established(at bidder.Counter) pay.Standing {
	w.t.Helper()
	st, err := at.Line.Establish(w.t.Context(), biddertest.Method, []byte(opening))
	if err != nil || st.ID != channelID() {
		w.t.Fatalf("%+v, %v", st, err)
	}
	return st
}

// paid promises, which must credit so much.
func (w *world) promised(at bidder.Counter, cumulative, credited uint64) {
	w.t.Helper()
	a, err := at.Line.Promise(w.t.Context(), channelID(), biddertest.Promise(opening, cumulative))
	if err != nil || a.Credited != unit.NewAmount(credited) {
		w.t.Fatalf("promising %d: %+v, %v; want %d credited", cumulative, a, err, credited)
	}
}

// What goes over the line is what the server says.
func TestLine(t *testing.T) {
	inLine(t, func(w *world, s *biddertest.Seller, at bidder.Counter) {
		market := s.Market()
		to, ok := at.Payee(biddertest.Method)
		if !ok || to.Seller != pay.Address(market.Seller) || to.Asset != (pay.Asset{ChainID: 1337, Token: pay.Address(market.Token)}) || string(to.Info) != biddertest.Info {
			w.t.Errorf("who is paid: %+v, %v", to, ok)
		}
		if _, ok := at.Payee("barter"); ok || at.Least != unit.NewAmount(1) {
			w.t.Errorf("%+v", at)
		}
		var refusal *pay.Refusal
		if _, err := at.Line.Establish(w.t.Context(), biddertest.Method, []byte("nothing")); !errors.As(err, &refusal) || refusal.Reason != pay.NoChannel {
			w.t.Errorf("no channel: %v", err)
		}
		if _, err := at.Line.Promise(w.t.Context(), channelID(), biddertest.Promise(opening, 7)); !errors.As(err, &refusal) || refusal.Reason != pay.NoChannel {
			w.t.Errorf("not established: %v", err)
		}
		if st := w.established(at); st.Cover != unit.NewAmount(1_000_000) || !st.Cumulative.IsZero() || string(st.State) != "state" || st.Method != biddertest.Method {
			w.t.Errorf("%+v", st)
		}
		w.promised(at, 1000, 1000)
		w.promised(at, 900, 0)
		if _, err := at.Line.Promise(w.t.Context(), channelID(), biddertest.Promise(opening, 1_000_001)); !errors.As(err, &refusal) ||
			refusal.Reason != pay.Uncovered || refusal.Most != unit.NewAmount(1_000_000) || refusal.Text != "as it is" {
			w.t.Errorf("too much: %v", err)
		}
		s.Lock(opening, 2_000_000)
		st, err := at.Line.Increase(w.t.Context(), channelID())
		if err != nil || st.Cover != unit.NewAmount(2_000_000) || st.Cumulative != unit.NewAmount(1000) || string(st.Last) != string(biddertest.Promise(opening, 1000)) {
			w.t.Errorf("%+v, %v", st, err)
		}
		settled, err := at.Line.Settle(w.t.Context(), channelID())
		if err != nil || settled.Unspent != unit.NewAmount(1000) || !settled.Spent.IsZero() || string(settled.Data) != "closed" {
			w.t.Errorf("%+v, %v", settled, err)
		}
		if _, err := w.b.Counter([32]byte{7}); !errors.Is(err, bidder.ErrNoSeller) {
			w.t.Error(err)
		}
	})
}

// A busy server is asked again when it says; one that is always busy, only so often.
func TestLineBusy(t *testing.T) {
	inLine(t, func(w *world, s *biddertest.Seller, at bidder.Counter) {
		s.Cheat(biddertest.Cheats{Busy: 4})
		began := time.Now()
		w.established(at)
		if took := time.Since(began); took != 4*1500*time.Millisecond {
			w.t.Errorf("answered after %v", took)
		}
		s.Cheat(biddertest.Cheats{Busy: 1000})
		var refused *marketwire.Refused
		if _, err := at.Line.Increase(w.t.Context(), channelID()); !errors.As(err, &refused) || refused.Reason != marketwire.Busy || s.Got(marketwire.CodeIncrease) != 30 {
			w.t.Errorf("%v after %d times", err, s.Got(marketwire.CodeIncrease))
		}
		ctx, cancel := context.WithTimeout(w.t.Context(), time.Second)
		defer cancel()
		if _, err := at.Line.Increase(ctx, channelID()); !errors.Is(err, context.DeadlineExceeded) {
			w.t.Error(err)
		}
	})
}

// A server that does not answer about payments does not hold up who pays for ever, nor anything else. Answers that come too late do
// no harm.
func TestLineUnanswered(t *testing.T) {
	inLine(t, func(w *world, s *biddertest.Seller, at bidder.Counter) {
		w.established(at)
		s.Cheat(biddertest.Cheats{Mute: map[uint64]bool{marketwire.CodePromise: true}})
		began := time.Now()
		if _, err := at.Line.Promise(w.t.Context(), channelID(), biddertest.Promise(opening, 5)); !errors.Is(err, bidder.ErrUnanswered) || time.Since(began) != 30*time.Second {
			w.t.Errorf("%v after %v", err, time.Since(began))
		}
		ctx, cancel := context.WithTimeout(w.t.Context(), time.Second)
		defer cancel()
		if _, err := at.Line.Promise(ctx, channelID(), biddertest.Promise(opening, 5)); !errors.Is(err, context.DeadlineExceeded) {
			w.t.Error(err)
		}
		if err := w.links[0].why(); err != nil {
			w.t.Fatal(err)
		}
		// Many at once: not more than eight wait at the server.
		before := s.Got(marketwire.CodePromise)
		var calls sync.WaitGroup
		failed := make(chan error, 20)
		for range cap(failed) {
			calls.Go(func() {
				_, err := at.Line.Promise(w.t.Context(), channelID(), biddertest.Promise(opening, 6))
				failed <- err
			})
		}
		synctest.Wait()
		if n := s.Got(marketwire.CodePromise) - before; n != 8 {
			w.t.Errorf("%d promises wait for an answer at once", n)
		}
		time.Sleep(29 * time.Second)
		s.Cheat(biddertest.Cheats{})
		calls.Wait()
		close(failed)
		lost := 0
		for err := range failed {
			if errors.Is(err, bidder.ErrUnanswered) {
				lost++
			} else if err != nil {
				w.t.Error(err)
			}
		}
		if lost != 8 {
			w.t.Errorf("%d of %d were given up", lost, cap(failed))
		}
		w.promised(at, 7, 1)
	})
}

// What was asked when a connection ended is asked on the next one, where the channel is established first; it counts
// once. A server that does not come back is not waited for.
func TestLineReconnects(t *testing.T) {
	inLine(t, func(w *world, s *biddertest.Seller, at bidder.Counter) {
		w.established(at)
		w.promised(at, 100, 100)
		// One is not answered, one is accepted and its answer is lost.
		for _, cheat := range []biddertest.Cheats{
			{Mute: map[uint64]bool{marketwire.CodePromise: true}},
			{Mangle: func(m marketwire.Message) marketwire.Message {
				if m.Code() == marketwire.CodeAccepted {
					return nil
				}
				return m
			}},
		} {
			s.Cheat(cheat)
			_, _, before := s.Has(w.b.Address())
			_, was := before.Words()
			done := make(chan error, 1)
			go func() {
				_, err := at.Line.Promise(w.t.Context(), channelID(), biddertest.Promise(opening, was+50))
				done <- err
			}()
			time.Sleep(time.Second)
			w.links[len(w.links)-1].cut()
			time.Sleep(5 * time.Second)
			select {
			case err := <-done:
				w.t.Fatalf("before the server is back: %v", err)
			default:
			}
			s.Cheat(biddertest.Cheats{})
			w.connect(s)
			if err := <-done; err != nil {
				w.t.Fatal(err)
			}
			if _, _, after := s.Has(w.b.Address()); after != unit.NewAmount(was+50) {
				w.t.Errorf("credited %v after %v", after, before)
			}
		}
		s.Evict() // a server may forget channels in the midst of a session
		w.promised(at, 250, 50)
		// One that has forgotten what it accepted is for who pays to judge.
		s.Forget(opening)
		s.Evict()
		var refusal *pay.Refusal
		if _, err := at.Line.Promise(w.t.Context(), channelID(), biddertest.Promise(opening, 260)); !errors.As(err, &refusal) || refusal.Reason != pay.NoChannel {
			w.t.Errorf("after it has forgotten: %v", err)
		}
		w.established(at)
		w.promised(at, 260, 260)

		w.links[len(w.links)-1].cut()
		began := time.Now()
		if _, err := at.Line.Increase(w.t.Context(), channelID()); !errors.Is(err, bidder.ErrAway) || time.Since(began) != 10*time.Second {
			w.t.Errorf("%v after %v", err, time.Since(began))
		}
		// With another token it is another market, and nothing is paid into it by mistake.
		s.Token++
		s.Begin()
		w.connect(s)
		time.Sleep(time.Second)
		if _, err := at.Line.Increase(w.t.Context(), channelID()); !errors.Is(err, bidder.ErrOther) {
			w.t.Error(err)
		}
		w.honest()
	})
}

// An answer about something else ends the connection; what was asked is asked on the next one.
func TestLineAnswersOfOthers(t *testing.T) {
	for name, mangle := range map[string]func(m marketwire.Message) marketwire.Message{
		"another channel": func(m marketwire.Message) marketwire.Message {
			if a, ok := m.(*marketwire.Accepted); ok {
				a.Channel[0]++
			}
			return m
		},
		"credited more than was promised": func(m marketwire.Message) marketwire.Message {
			if a, ok := m.(*marketwire.Accepted); ok {
				a.Credited = unit.NewAmount(1 << 40)
			}
			return m
		},
		"another kind": func(m marketwire.Message) marketwire.Message {
			if a, ok := m.(*marketwire.Accepted); ok {
				return &marketwire.Standing{Tag: a.Tag, Method: biddertest.Method, Channel: a.Channel}
			}
			return m
		},
		"a market's answer": func(m marketwire.Message) marketwire.Message {
			if a, ok := m.(*marketwire.Accepted); ok {
				return &marketwire.Curves{Tag: a.Tag}
			}
			return m
		},
	} {
		t.Run(name, func(t *testing.T) {
			inLine(t, func(w *world, s *biddertest.Seller, at bidder.Counter) {
				w.established(at)
				s.Cheat(biddertest.Cheats{Mangle: mangle})
				done := make(chan error, 1)
				go func() {
					_, err := at.Line.Promise(w.t.Context(), channelID(), biddertest.Promise(opening, 70))
					done <- err
				}()
				time.Sleep(time.Second)
				if err := w.links[0].why(); !errors.Is(err, bidder.ErrBroken) {
					w.t.Errorf("the connection ended with %v", err)
				}
				s.Cheat(biddertest.Cheats{})
				w.connect(s)
				if err := <-done; err != nil {
					w.t.Error(err)
				}
				if _, _, got := s.Has(w.b.Address()); got != unit.NewAmount(70) {
					w.t.Errorf("credited %v", got)
				}
			})
		})
	}
}

// A call that connections end for is not made for ever.
func TestLineGivesUp(t *testing.T) {
	inLine(t, func(w *world, s *biddertest.Seller, at bidder.Counter) {
		w.established(at)
		s.Cheat(biddertest.Cheats{Mute: map[uint64]bool{marketwire.CodePromise: true}})
		done := make(chan error, 1)
		go func() {
			_, err := at.Line.Promise(w.t.Context(), channelID(), biddertest.Promise(opening, 70))
			done <- err
		}()
		for range 3 {
			time.Sleep(time.Second)
			w.links[len(w.links)-1].cut()
			w.connect(s)
		}
		time.Sleep(time.Second)
		w.links[len(w.links)-1].cut()
		if err := <-done; !errors.Is(err, bidder.ErrUnanswered) || s.Got(marketwire.CodePromise) != 4 {
			w.t.Errorf("%v after %d times", err, s.Got(marketwire.CodePromise))
		}
	})
}

// paying has the bidder fill accounts by promises over one channel, as a wallet would.
func (w *world) paying(before func(ctx context.Context) error) {
	promised := uint64(0)
	w.cfg.Fund = func(ctx context.Context, at bidder.Counter, amount unit.Amount) error {
		if before != nil {
			if err := before(ctx); err != nil {
				return err
			}
		}
		if promised == 0 {
			if _, err := at.Line.Establish(ctx, biddertest.Method, []byte(opening)); err != nil {
				return err
			}
		}
		_, more := amount.Words()
		promised += more
		_, err := at.Line.Promise(ctx, channelID(), biddertest.Promise(opening, promised))
		return err
	}
}

// A client without an account at a server has one by its first promise, bids at once, goes on as it pays, and gets back what it has
// not spent when it ends business.
func TestBuysByPromises(t *testing.T) {
	inWorld(t, wallet+" servers=1", func(w *world) {
		w.paying(nil)
		w.start()
		defer w.close()
		s := w.seller(1)
		s.Lock(opening, 1_000_000_000)
		w.connect(s)
		time.Sleep(2 * time.Minute)
		if w.units(s) == 0 {
			w.t.Fatalf("nothing is won: %+v", w.market())
		}
		began := time.Now()
		time.Sleep(30 * time.Minute)
		if w.units(s) == 0 || s.Got(marketwire.CodePromise) < 5 {
			w.t.Errorf("after %v there are %d units, and %d promises were made", time.Since(began), w.units(s), s.Got(marketwire.CodePromise))
		}
		if list := w.market(); list[0].Account == nil || list[0].Account.Credited.IsZero() {
			w.t.Errorf("%+v", list[0].Account)
		}
		at, err := w.b.Counter(s.ID())
		if err != nil {
			w.t.Fatal(err)
		}
		if spent := s.Spent(w.b.Address()); at.Spent.IsZero() || minus(spent, at.Spent) > 30 {
			w.t.Errorf("%v are spent by its word, and %v as is known here", spent, at.Spent)
		}
		settled, err := at.Line.Settle(w.t.Context(), channelID())
		if err != nil {
			w.t.Fatal(err)
		}
		_, bid, balance := s.Has(w.b.Address())
		if settled.Unspent.IsZero() || !balance.IsZero() || len(bid) > 0 {
			w.t.Errorf("settled with %+v, there are %v left and the bid %v", settled, balance, bid)
		}
		time.Sleep(9 * time.Minute)
		if list := w.market(); w.units(s) != 0 || list[0].Left == "" {
			w.t.Errorf("it is bid again: %+v", list[0])
		}
		s.Lock(opening, 2_000_000_000)
		time.Sleep(5 * time.Minute)
		if w.units(s) == 0 {
			w.t.Errorf("ten minutes later it is not bid again: %+v", w.market())
		}
		if list := w.market(); list[0].Left != "" || w.client.lies() > 0 {
			w.t.Errorf("%+v", list[0])
		}
	})
}

// The first account does not wait for anybody to look: units are there seconds after the promise.
func TestFirstAccountSoon(t *testing.T) {
	inWorld(t, wallet+" servers=1", func(w *world) {
		var promised atomic.Int64
		w.paying(func(context.Context) error { promised.CompareAndSwap(0, time.Now().UnixNano()); return nil })
		w.start()
		defer w.close()
		s := w.seller(1)
		s.Lock(opening, 1_000_000_000)
		w.connect(s)
		for range 120 {
			time.Sleep(time.Second)
			if w.units(s) > 0 {
				break
			}
		}
		if took := time.Since(time.Unix(0, promised.Load())); w.units(s) == 0 || took > 2*time.Second {
			w.t.Errorf("%d units %v after the first promise", w.units(s), took)
		}
	})
}

// Opening a channel takes as long as a chain takes. The bid is kept back meanwhile, not given up; and what was changed or is not
// wanted any more does not wait for a payment.
func TestSlowFund(t *testing.T) {
	inWorld(t, wallet+" servers=1", func(w *world) {
		var slow, paying atomic.Int64
		slow.Store(int64(5 * time.Minute))
		w.paying(func(ctx context.Context) error {
			paying.Add(1)
			defer paying.Add(-1)
			select {
			case <-time.After(time.Duration(slow.Load())):
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
		w.start()
		defer w.close()
		s := w.seller(1)
		s.Lock(opening, 1_000_000_000)
		w.connect(s)
		time.Sleep(5 * time.Minute)
		if n := s.Got(marketwire.CodeBid); n != 0 {
			w.t.Errorf("%d bids before there was money", n)
		}
		time.Sleep(time.Minute)
		if w.units(s) == 0 {
			w.t.Fatalf("nothing is won when the money is there: %+v", w.market())
		}
		slow.Store(int64(time.Hour)) // the next payment hangs
		for range 300 {
			time.Sleep(time.Second)
			if paying.Load() > 0 {
				break
			}
		}
		if paying.Load() == 0 || w.units(s) == 0 {
			w.t.Fatalf("%d payments are under way while there are %d units", paying.Load(), w.units(s))
		}
		before := s.Got(marketwire.CodeBid)
		if err := w.b.SetDemand("wallet servers=1 price=20000 budget=1000000"); err != nil {
			w.t.Fatal(err)
		}
		time.Sleep(10 * time.Second)
		if s.Got(marketwire.CodeBid) == before {
			w.t.Error("a bid that stands is not changed while a payment is under way")
		}
		if err := w.b.SetDemand("free"); err != nil {
			w.t.Fatal(err)
		}
		time.Sleep(2 * time.Second)
		if _, bid, _ := s.Has(w.b.Address()); len(bid) > 0 {
			w.t.Errorf("%v still stands", bid)
		}
		w.honest()
	})
}

// The end of business at a server ends the payment that is under way there, and holds back what waits behind it: either would lock money again where its
// owner has just taken it back.
func TestSettleEndsPayments(t *testing.T) {
	inWorld(t, wallet+" servers=1", func(w *world) {
		var hang atomic.Bool
		var begun, ended atomic.Int64
		w.paying(func(ctx context.Context) error {
			if !hang.Load() {
				return nil
			}
			begun.Add(1)
			<-ctx.Done()
			ended.Add(1)
			return ctx.Err()
		})
		w.start()
		defer w.close()
		s := w.seller(1)
		s.Lock(opening, 1_000_000_000)
		w.connect(s)
		time.Sleep(2 * time.Minute)
		hang.Store(true)
		for range 600 {
			if time.Sleep(time.Second); begun.Load() > 0 {
				break
			}
		}
		at, err := w.b.Counter(s.ID())
		if err != nil || begun.Load() != 1 {
			w.t.Fatalf("%d payments are under way, %v", begun.Load(), err)
		}
		if _, err := at.Line.Settle(w.t.Context(), channelID()); err != nil {
			w.t.Fatal(err)
		}
		synctest.Wait()
		if ended.Load() != 1 {
			w.t.Error("the payment goes on")
		}
		if time.Sleep(9 * time.Minute); begun.Load() != 1 {
			w.t.Errorf("%d payments were begun", begun.Load())
		}
		hang.Store(false)
		s.Lock(opening, 2_000_000_000)
		if time.Sleep(6 * time.Minute); w.units(s) == 0 {
			w.t.Errorf("ten minutes later it is not paid again: %+v", w.market())
		}
	})
}

// What an owner takes back is told as that, and what the operator takes is a warning.
func TestTellsOfMoneyBack(t *testing.T) {
	inWorld(t, wallet+" servers=1", func(w *world) {
		var log bytes.Buffer // read when nobody writes any more
		w.cfg.Logger = slog.New(slog.NewTextHandler(&log, nil))
		w.paying(nil)
		w.start()
		s := w.seller(1)
		s.Lock(opening, 1_000_000_000)
		w.connect(s)
		time.Sleep(2 * time.Minute)
		at, err := w.b.Counter(s.ID())
		if err != nil {
			w.t.Fatal(err)
		}
		if _, err := at.Line.Settle(w.t.Context(), channelID()); err != nil {
			w.t.Fatal(err)
		}
		time.Sleep(time.Minute)
		w.close()
		if text := log.String(); !strings.Contains(text, `level=INFO msg="money that was not spent has come back`) || strings.Contains(text, "has taken money") {
			w.t.Error(text)
		}
	})
}
