package pay_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/paytest/fake"
	"github.com/candela-les/candela/unit"
)

// office is a world that collects.
type office struct {
	*world
	till   *fake.Till
	now    time.Time
	orders []string // what was asked for, as channel:total
	config pay.CollectorConfig
	*pay.Collector
}

// open makes an office in which gas costs 10 and 2 for each, of at most a tenth of what is collected.
func open(t *testing.T, change func(*office)) *office {
	o := &office{world: begin(t, nil), now: time.Unix(1_800_000_000, 0)}
	o.till = &fake.Till{Of: o.method, Once: 10, Each: 2}
	o.till.Asked = func(orders []pay.Order) error {
		for _, order := range orders {
			o.orders = append(o.orders, fmt.Sprint(order.ID[0], ":", order.Total))
		}
		return nil
	}
	o.config = pay.CollectorConfig{
		Dues: o.book, Methods: []pay.Collectable{o.till}, Now: func() time.Time { return o.now }, GasShare: 100_000,
	}
	if change != nil {
		change(o)
	}
	o.Collector = pay.NewCollector(o.config)
	for n := byte(1); n <= 9; n++ {
		o.establish(n)
	}
	return o
}

// owes has a client promise, and spend some of it.
func (o *office) owes(n byte, promised, spent uint64) {
	o.Helper()
	if _, err := o.Promise(o.Context(), client(n), channel(n), to(n, promised).Sign()); err != nil {
		o.Fatal(err)
	}
	o.book.Spend(client(n), amount(spent))
}

// pass wants a pass to ask for this.
func (o *office) pass(all bool, want string) pay.Passed {
	o.Helper()
	o.orders = nil
	done, err := o.Pass(o.Context(), "fake", all)
	if got := strings.Join(o.orders, " "); err != nil || got != want {
		o.Errorf("asked for %q instead of %q, %v", got, want, err)
	}
	return done
}

// spent wants the operator's word to ask for this.
func (o *office) spent(want string) pay.Passed {
	o.Helper()
	o.orders = nil
	done, err := o.Spent(o.Context(), "fake")
	if got := strings.Join(o.orders, " "); err != nil || got != want {
		o.Errorf("asked for %q instead of %q, %v", got, want, err)
	}
	return done
}

// By the operator's word all is collected that was spent and pays more than its gas. What a client has not spent it can still have back, to the last base
// unit, and what was begun before is not less for it.
func TestSpent(t *testing.T) {
	o := open(t, nil)
	o.owes(1, 100, 40)
	o.owes(2, 100, 12) // as much as its gas
	o.owes(3, 100, 13)
	o.owes(4, 100, 0)
	if done := o.spent("1:40 3:13"); done.Asked != 2 || done.Amount != amount(53) {
		t.Errorf("%+v", done)
	}
	for n, kept := range map[byte]uint64{1: 40, 2: 12, 3: 13, 4: 0} {
		out, err := o.Settle(t.Context(), client(n), channel(n))
		if err != nil || out.Unspent != amount(100-kept) || out.Spent != amount(kept) {
			t.Errorf("client %d, who has spent %d of 100: %+v, %v", n, kept, out, err)
		}
	}
	o.owes(5, 100, 30)
	if _, ok, err := o.book.Collect(t.Context(), "fake", channel(5), amount(60), amount(0)); err != nil || !ok {
		t.Fatal(ok, err)
	}
	o.spent("5:60")
	// As long as nothing is at risk: then it is as without a word.
	o.chain.Close(channel(5), 1)
	o.spent("5:100")
}

// What is collected is worth its gas, and what clients have not spent stays.
func TestWorthIt(t *testing.T) {
	o := open(t, nil)
	o.owes(1, 60, 50)
	o.owes(2, 100, 19) // less than ten times what it costs for itself
	o.owes(3, 40, 40)
	o.pass(false, "") // 90 do not pay for 14
	o.owes(4, 50, 50)
	o.owes(5, 25, 25)
	if done := o.pass(false, ""); done.Asked != 0 { // 165 for 18
		t.Errorf("%+v", done)
	}
	o.owes(6, 25, 25) // 190 for 20
	o.pass(false, "")
	o.owes(3, 50, 10) // 200
	if done := o.pass(false, "1:50 3:50 4:50 5:25 6:25"); done.Asked != 5 || done.Amount != amount(200) {
		t.Errorf("%+v", done)
	}
	o.pass(false, "")
	// The rest is worth its gas at least: what was spent by the operator's word, and what was not if that is at risk.
	if done := o.spent("2:19"); done.Asked != 1 || done.Amount != amount(19) {
		t.Errorf("%+v", done)
	}
	o.spent("")
	if done := o.pass(true, "2:100"); done.Amount != amount(81) {
		t.Errorf("%+v", done)
	}
	if x, err := o.Exposure(t.Context(), "fake"); err != nil || x.Due != amount(10) || x.Unspent != amount(10) || !x.Worst.IsZero() || x.Channels != 1 {
		t.Errorf("%+v, %v", x, err)
	}
	if _, err := o.Pass(t.Context(), "other", true); err == nil {
		t.Error("a method that is not there")
	}
	if _, err := o.Exposure(t.Context(), "other"); err == nil {
		t.Error("a method that is not there")
	}
}

// From a client that takes its deposit back everything is collected at once, also what it has not spent, unless the gas is more.
func TestClosing(t *testing.T) {
	o := open(t, nil)
	o.owes(1, 13, 1)
	o.owes(2, 12, 12)
	o.owes(3, 13, 13)
	o.chain.Close(channel(1), 1)
	o.chain.Close(channel(2), 1)
	if done := o.pass(false, "1:13"); done.Forgone != 1 || done.Asked != 1 {
		t.Errorf("%+v", done)
	}
	x, err := o.Exposure(t.Context(), "fake")
	if err != nil || x.Closing != 1 || x.Due != amount(25) || x.Covered != amount(25) || x.Worst != amount(25) {
		t.Errorf("%+v, %v", x, err)
	}
	// It is given back no more.
	out, err := o.Settle(t.Context(), client(1), channel(1))
	if err != nil || out.Spent != amount(13) || !out.Unspent.IsZero() {
		t.Errorf("%+v, %v", out, err)
	}
}

// When the chain was not seen for long everything is collected, for nobody knows who began to close.
func TestStaleLong(t *testing.T) {
	o := open(t, func(o *office) { o.config.StaleFor = time.Minute })
	o.owes(1, 20, 15)
	o.pass(false, "")
	for _, after := range []struct {
		stale time.Duration
		want  string
	}{{30 * time.Second, ""}, {time.Minute, "1:20"}} {
		o.chain.See(false)
		for range 2 {
			_, err := o.Pass(t.Context(), "fake", false)
			refused(t, err, pay.Stale, 0)
		}
		x, err := o.Exposure(t.Context(), "fake")
		if err != nil || x.Due != amount(20) || !x.Covered.IsZero() || x.Uncovered != amount(20) || !x.Since.Equal(o.now) {
			t.Errorf("%+v, %v", x, err)
		}
		o.now = o.now.Add(after.stale)
		o.chain.See(true)
		o.pass(false, after.want)
	}
}

// More than what the operator allows to be at stake is collected.
func TestAtStake(t *testing.T) {
	o := open(t, func(o *office) { o.config.MostAtStake = amount(50) })
	o.owes(1, 30, 0)
	o.owes(2, 20, 0)
	o.pass(false, "")
	o.pass(false, "")
	o.owes(3, 12, 0) // which pays for nothing but its gas
	o.pass(false, "")
	o.pass(false, "")
	o.owes(3, 13, 0)
	o.pass(false, "")
	o.pass(false, "1:30 2:20 3:13")
	o.owes(4, 30, 0)
	o.pass(false, "")
	o.pass(false, "")
}

// What cannot be collected, now and for ever, is told, and keeps nothing else from being weighed: what is at stake is as much as without it, and
// what was collected at any gas because the chain was not seen is weighed again. What the chain has not is neither ordered nor at stake.
func TestFailsForGood(t *testing.T) {
	stuck := errors.New("the token has it in its list of the bad")
	for name, lost := range map[string]bool{"it is refused": false, "its deposit is gone": true} {
		t.Run(name, func(t *testing.T) {
			o := open(t, func(o *office) { o.config.MostAtStake, o.config.StaleFor, o.till.Once = amount(50), time.Minute, 5 })
			o.owes(1, 100, 100)
			o.till.Refuses = func(order pay.Order) error {
				if order.ID == channel(1) {
					return stuck
				}
				return nil
			}
			mine := "1:100 "
			pass := func(want string) {
				t.Helper()
				o.orders = nil
				_, err := o.Pass(t.Context(), "fake", false)
				if want = strings.TrimSpace(mine + want); strings.Join(o.orders, " ") != want || errors.Is(err, stuck) != (mine != "") {
					t.Errorf("asked for %q instead of %q, %v", o.orders, want, err)
				}
			}
			pass("")
			if lost {
				mine = ""
				o.chain.Lose(channel(1))
			}
			o.owes(2, 40, 0)
			o.chain.See(false)
			_, err := o.Pass(t.Context(), "fake", false)
			refused(t, err, pay.Stale, 0)
			o.now = o.now.Add(time.Minute)
			o.chain.See(true)
			pass("2:40")
			o.owes(3, 30, 0)
			pass("") // the chain is seen
			o.owes(4, 30, 0)
			pass("") // now they are more than 50
			pass("3:30 4:30")
			pass("")
		})
	}
}

// What was begun is asked for until it is there, whatever happens between the steps.
func TestCrashesOfCollector(t *testing.T) {
	crash := errors.New("a crash")
	for _, where := range []string{"before Collect 1", "after Collect 1", "asked", "before Collect 2", "after Collect 2"} {
		o := open(t, func(o *office) { o.till.Once = 5 }) // each is worth it by itself
		o.owes(1, 100, 100)
		o.owes(2, 100, 100)
		asked := o.till.Asked
		calls := 0
		at := func(when string) func(string) error {
			return func(call string) error {
				if call != "Collect" {
					return nil
				}
				if when == "before" {
					calls++
				}
				if where == fmt.Sprint(when, " Collect ", (calls+1)/2) { // each of two channels
					return crash
				}
				return nil
			}
		}
		o.book.Before, o.book.After = at("before"), at("after")
		o.till.Asked = func(orders []pay.Order) error {
			if where == "asked" {
				return crash
			}
			return asked(orders)
		}
		if _, err := o.Pass(t.Context(), "fake", false); !errors.Is(err, crash) {
			t.Errorf("%s: %v", where, err)
		}
		o.book.Before, o.book.After, o.till.Asked = nil, nil, asked
		// What may be on its way is not given back.
		e, _, _ := o.book.Entry(t.Context(), "fake", channel(1))
		if o.chain.Collected(channel(1)).Cmp(e.Collecting) > 0 {
			t.Errorf("%s: %s were collected of %s", where, o.chain.Collected(channel(1)), e.Collecting)
		}
		o.Collector = pay.NewCollector(o.config)
		if _, err := o.Pass(t.Context(), "fake", false); err != nil {
			t.Errorf("%s: %v", where, err)
		}
		o.Collector = pay.NewCollector(o.config)
		o.pass(false, "")
		for n := byte(1); n <= 2; n++ {
			e, _, err := o.book.Entry(t.Context(), "fake", channel(n))
			if err != nil || e.Collected != amount(100) || o.chain.Collected(channel(n)) != amount(100) {
				t.Errorf("%s: %+v, %v", where, e, err)
			}
		}
	}
}

// What is given back while it is decided to collect it is not collected.
func TestGivenBackMeanwhile(t *testing.T) {
	o := open(t, nil)
	o.owes(1, 100, 0)
	given := false
	o.book.Before = func(call string) error {
		if call == "Collect" && !given {
			given = true
			if _, err := o.Settle(t.Context(), client(1), channel(1)); err != nil {
				t.Error(err)
			}
		}
		return nil
	}
	o.pass(true, "")
	if !given {
		t.Error("nothing was given back")
	}
}

// More than fits into one batch is collected in several, and those that pay most come first.
func TestBatches(t *testing.T) {
	o := open(t, func(o *office) { o.config.Batch = 4 })
	for n := byte(1); n <= 9; n++ {
		o.owes(n, 20+uint64(n), 100)
	}
	// Four are 22+23+24+25, which do not pay for 18: the better half stays, and so on.
	o.pass(false, "")
	for n := byte(1); n <= 9; n++ {
		o.owes(n, 45+uint64(n), 100)
	}
	o.pass(false, "1:46 2:47 3:48 4:49 5:50 6:51 7:52 8:53")
	o.pass(true, "9:54")
}

// Claims are drawn, also to nothing, when their method says that it is time.
func TestDrawing(t *testing.T) {
	o := open(t, func(o *office) { o.config.Batch = 2 })
	p := to(1, 10)
	p.Wins = []uint64{100, 2, 300, 400}
	if _, err := o.Promise(t.Context(), client(1), p.ID, p.Sign()); err != nil {
		t.Fatal(err)
	}
	round := 0
	o.till.Drawing = func(claims []pay.OpenClaim, gas unit.Amount) (drawn []pay.Drawn, err error) {
		for _, c := range claims {
			d := pay.Drawn{}
			switch {
			case c.Client != client(1) || c.Channel != channel(1) || gas != amount(2):
				t.Errorf("%+v, gas %s", c, gas)
			case c.Amount == gas: // worth nothing, and then gone
				d.Done = round > 1
			case c.Amount == amount(100):
				d = pay.Drawn{Done: true, Paid: c.Amount}
			case c.Amount == amount(300):
				d.Done = true
			case round > 0:
				d = pay.Drawn{Done: true, Paid: amount(399)}
			}
			drawn = append(drawn, d)
		}
		return drawn, nil
	}
	if done := o.pass(false, ""); done.Drawn != 2 || o.book.Drawn() != amount(100) {
		t.Errorf("%+v, %s", done, o.book.Drawn())
	}
	if x, err := o.Exposure(t.Context(), "fake"); err != nil || x.Claims != 2 || x.Claimed != amount(402) {
		t.Errorf("%+v, %v", x, err)
	}
	round++
	if done := o.pass(false, ""); done.Drawn != 1 || o.book.Drawn() != amount(499) {
		t.Errorf("%+v, %s", done, o.book.Drawn())
	}
	round++
	if done := o.pass(false, ""); done.Drawn != 1 || o.book.Drawn() != amount(499) {
		t.Errorf("%+v, %s", done, o.book.Drawn())
	}
	if x, err := o.Exposure(t.Context(), "fake"); err != nil || x.Claims != 0 {
		t.Errorf("what is worth less than its gas stays open for ever: %+v, %v", x, err)
	}
}

// Run looks by itself, and at once when it is woken; it ends with its context.
func TestRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := open(t, nil)
		o.owes(1, 20, 0)
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			o.Run(ctx)
		}()
		synctest.Wait()
		o.chain.Close(channel(1), 1)
		begun := time.Now()
		o.Wake("fake")
		o.Wake("other")
		synctest.Wait()
		if o.chain.Collected(channel(1)) != amount(20) || time.Since(begun) != 0 {
			t.Errorf("%s were collected", o.chain.Collected(channel(1)))
		}
		o.owes(2, 20, 0)
		o.chain.Close(channel(2), 1)
		time.Sleep(time.Minute)
		synctest.Wait()
		if o.chain.Collected(channel(2)) != amount(20) {
			t.Errorf("%s were collected", o.chain.Collected(channel(2)))
		}
		cancel()
		<-ended
	})
}

// slow is a till whose chain confirms what is asked of it after a time: it goes on by itself if nobody waits for that.
type slow struct {
	*fake.Till
	takes func(orders []pay.Order) time.Duration
	asked func(orders []pay.Order)
}

func (s *slow) Collect(ctx context.Context, orders []pay.Order) error {
	s.asked(orders)
	select {
	case <-time.After(s.takes(orders)):
		return s.Till.Collect(ctx, orders)
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *slow) Draw(ctx context.Context, claims []pay.OpenClaim, _ unit.Amount) ([]pay.Drawn, error) {
	s.asked(nil)
	<-ctx.Done()
	return make([]pay.Drawn, len(claims)), ctx.Err()
}

// Who takes its deposit back does not wait for what is collected or drawn for another reason, however many batches that is and however long each takes:
// by the collector itself or by the operator's word. Of several, who is done soonest comes first.
func TestClosingFirst(t *testing.T) {
	for name, byHand := range map[string]bool{"by itself": false, "by hand": true} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				begun := time.Now()
				var asked []string
				o := open(t, func(o *office) {
					takes := func(orders []pay.Order) time.Duration {
						if orders[0].ID[0] <= 5 {
							return 24 * time.Hour // the gas price is too high for it
						}
						return 5 * time.Minute
					}
					say := func(orders []pay.Order) {
						what := "draw"
						if len(orders) > 0 {
							what = fmt.Sprint(orders[0].ID[0])
						}
						asked = append(asked, fmt.Sprint(what, " at ", time.Since(begun)))
					}
					o.config.Methods, o.config.Batch, o.till.Once = []pay.Collectable{&slow{o.till, takes, say}}, 1, 1
				})
				for n := byte(1); n <= 5; n++ {
					o.owes(n, 100, 100)
				}
				for n := byte(6); n <= 9; n++ {
					o.owes(n, 20, 0)
				}
				win := to(1, 101)
				win.Wins = []uint64{50}
				o.chain.Deposit(channel(1), client(1), 1)
				if _, err := o.Promise(t.Context(), client(1), win.ID, win.Sign()); err != nil {
					t.Fatal(err)
				}
				ctx, cancel := context.WithCancel(t.Context())
				var over sync.WaitGroup
				over.Go(func() {
					if !byHand {
						o.Run(ctx)
					} else if _, err := o.Pass(ctx, "fake", true); err != nil && !errors.Is(err, context.DeadlineExceeded) { // its patience
						t.Error(err)
					}
				})
				time.Sleep(15 * time.Minute) // in the second batch
				o.chain.Close(channel(7), 100)
				o.chain.Close(channel(6), 200)
				o.chain.Close(channel(8), 300)
				o.Wake("fake")
				time.Sleep(7 * time.Minute) // in the second batch of those
				o.chain.Close(channel(9), 50)
				o.Wake("fake")
				time.Sleep(time.Hour)
				cancel()
				over.Wait()
				want := "1 at 0s; 2 at 10m0s; 7 at 15m0s; 6 at 20m0s; 9 at 25m0s; 8 at 30m0s; 3 at 35m0s; 4 at 45m0s"
				if got := strings.Join(asked, "; "); !strings.HasPrefix(got, want) {
					t.Errorf("asked for %s\n   and not %s", got, want)
				}
				for n := byte(6); n <= 9; n++ {
					if got := o.chain.Collected(channel(n)); got != amount(20) {
						t.Errorf("of client %d %s were collected", n, got)
					}
				}
			})
		})
	}
}

// Drawing makes way, too.
func TestClosingWhileDrawing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := open(t, func(o *office) {
			none := func([]pay.Order) time.Duration { return 0 }
			o.config.Methods = []pay.Collectable{&slow{o.till, none, func([]pay.Order) {}}}
		})
		win := to(1, 10)
		win.Wins = []uint64{50}
		if _, err := o.Promise(t.Context(), client(1), win.ID, win.Sign()); err != nil {
			t.Fatal(err)
		}
		o.owes(2, 20, 0)
		ctx, cancel := context.WithCancel(t.Context())
		var over sync.WaitGroup
		over.Go(func() { o.Run(ctx) })
		time.Sleep(time.Minute + time.Second)
		o.chain.Close(channel(2), 100)
		begun := time.Now()
		o.Wake("fake")
		synctest.Wait()
		if got := o.chain.Collected(channel(2)); got != amount(20) || time.Since(begun) != 0 {
			t.Errorf("%s were collected at once", got)
		}
		cancel()
		over.Wait()
	})
}

// stuck is a till whose node does not answer once.
type stuck struct {
	*fake.Till
	gas, look sync.Once
}

func (s *stuck) Gas(ctx context.Context) (once, each unit.Amount, err error) {
	s.gas.Do(func() { <-ctx.Done() })
	if ctx.Err() != nil {
		return once, each, ctx.Err()
	}
	return s.Till.Gas(ctx)
}

func (s *stuck) Look(ctx context.Context, e pay.Entry) (pay.OnChain, error) {
	s.look.Do(func() { <-ctx.Done() })
	if ctx.Err() != nil {
		return pay.OnChain{}, ctx.Err()
	}
	return s.Till.Look(ctx, e)
}

// A node that does not answer once, whatever it was asked, keeps nobody who closes from being answered for longer than the collector's patience.
func TestClosingWhileStuck(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := open(t, func(o *office) { o.config.Methods = []pay.Collectable{&stuck{Till: o.till}} })
		o.owes(1, 20, 0)
		ctx, cancel := context.WithCancel(t.Context())
		var over sync.WaitGroup
		over.Go(func() { o.Run(ctx) })
		time.Sleep(time.Minute)
		o.chain.Close(channel(1), 100)
		o.Wake("fake")
		time.Sleep(20 * time.Minute) // for gas, and then for a look
		synctest.Wait()
		if got := o.chain.Collected(channel(1)); got != amount(20) {
			t.Errorf("%s were collected", got)
		}
		cancel()
		over.Wait()
	})
}

// Whatever clients promise, spend, settle and begin to close, what was collected and what was given back are never more than what
// was promised, and when everything was collected nobody has lost anything but what its gas is worth.
func TestCollectorOverTime(t *testing.T) {
	rapid.Check(t, func(t2 *rapid.T) {
		o := open(t, func(o *office) {
			o.config.Batch = rapid.IntRange(1, 4).Draw(t2, "batch")
			o.till.Once = rapid.Uint64Range(0, 5).Draw(t2, "once")
		})
		var promised, spent [4]uint64
		for range rapid.IntRange(1, 30).Draw(t2, "steps") {
			n := byte(rapid.IntRange(1, 3).Draw(t2, "channel"))
			switch rapid.IntRange(0, 5).Draw(t2, "call") {
			case 0, 1:
				more := promised[n] + rapid.Uint64Range(1, 30).Draw(t2, "more")
				if _, err := o.Promise(t.Context(), client(n), channel(n), to(n, more).Sign()); err == nil {
					promised[n] = more
				}
				_, low := o.book.Spend(client(n), amount(rapid.Uint64Range(0, 40).Draw(t2, "spent"))).Words()
				spent[n] += low
			case 2:
				if _, err := o.Settle(t.Context(), client(n), channel(n)); err != nil {
					t2.Fatal(err)
				}
			case 3:
				o.chain.Deposit(channel(n), client(n), 20)
			default:
				if _, err := o.Pass(t.Context(), "fake", rapid.Bool().Draw(t2, "all")); err != nil {
					t2.Fatal(err)
				}
			}
		}
		for n := byte(1); n <= 3; n++ {
			e, _, _ := o.book.Entry(t.Context(), "fake", channel(n))
			has, _ := o.book.Unspent(t.Context(), client(n))
			if rest, ok := amount(promised[n]).Sub(has); !ok || e.Collecting.Cmp(e.Keep()) > 0 {
				t2.Fatalf("%+v, %s, %s", e, rest, has)
			}
			// What it has spent was promised and not given back.
			if _, ok := e.Keep().Sub(amount(spent[n])); !ok {
				t2.Fatalf("%d were spent of %s", spent[n], e.Keep())
			}
			o.chain.Close(channel(n), 1)
		}
		if _, err := o.Pass(t.Context(), "fake", true); err != nil {
			t2.Fatal(err)
		}
		gas := unit.NewAmount(o.till.Once + o.till.Each)
		for n := byte(1); n <= 3; n++ {
			e, known, _ := o.book.Entry(t.Context(), "fake", channel(n))
			if known && e.Due().Cmp(gas) > 0 || o.chain.Collected(channel(n)) != e.Collected && known {
				t2.Fatalf("%+v is left, and %s on the chain", e, o.chain.Collected(channel(n)))
			}
		}
	})
}
