package market

import (
	"fmt"
	"slices"
	"testing"

	"github.com/candela-les/candela/unit"
)

const ms = unit.Cost(unit.Millisecond)

// crowd is what the promises are kept under: a hundred clients that have bought all
// that there is to sell, and as many free ones that want ten times what is left.
type crowd struct {
	*world
	paid, free []*client
}

const (
	crowdCapacity = 2_000_000 // per ms: two threads
	crowdPaid     = 100
)

func newCrowd(t *testing.T, workers, free int) *crowd {
	settings := DefaultSettings()
	settings.FreePermille, settings.ReservePermille = 100, 200
	for i := range crowdPaid {
		units := uint64(1)
		if i%5 < 2 {
			units = 2 // 140 together
		}
		settings.Grants = append(settings.Grants, Grant{idOf(fmt.Sprintf("paid%d", i)), units})
	}
	c := &crowd{world: newWorld(t, Config{
		Capacity: crowdCapacity, Workers: workers, Places: 500, FirstGap: unit.Second, Seed: 7, Settings: settings,
	})}
	for i := range crowdPaid {
		one := &client{
			w: c.world, name: fmt.Sprintf("paid%d", i), least: 20 * ms, grow: i%3 == 0, pipeline: 32,
			want: priced(unit.Cost(1+i%7)*ms, 1+i%4, 300, 900),
		}
		if i%10 == 9 {
			one.want = priced(4*ms, 1, 900, 1060) // around its price, now and then above it
			one.dear = true
		}
		c.paid = append(c.paid, one)
	}
	for i := range free {
		c.free = append(c.free, &client{
			w: c.world, name: fmt.Sprintf("free%d", i), from: Group(fmt.Sprint("net", i%20)), least: 20 * ms,
			pipeline: 8, cheats: i%5 == 0, want: priced(8*ms, 4, 300, 900),
		})
	}
	for _, one := range append(slices.Clone(c.paid), c.free...) {
		c.after(c.random.span(unit.Second), one.connect)
	}
	return c
}

// held is what a client has in its buffer, with what is accepted and not yet done.
func held(c *client, now unit.Instant) int64 {
	sum := int64(c.s.account.Value(now))
	if c.s.state != idle {
		sum += int64(c.s.work.maxCost)
	}
	return sum
}

// What is promised is served, to a fiftieth, whatever the free clients do; what
// is left they get, and no more.
func TestPromisesAreKept(t *testing.T) {
	const span = 100 * unit.Second
	for _, workers := range []int{2, 3, 12} {
		t.Run(fmt.Sprint(workers, " workers"), func(t *testing.T) {
			c := newCrowd(t, workers, 100)
			c.run(30 * unit.Second) // until all have spent what they had
			var before []int64
			stopped := make(map[*client]int)
			for _, one := range c.paid {
				stopped[one] = one.stopped
				before = append(before, held(one, c.now)+int64(one.served))
			}
			freeBefore := sumServed(c.free)
			paidBefore := sumServed(c.paid)
			c.run(span)
			var promisedAll, servedAll float64
			for i, one := range c.paid {
				// What was held before and was served since, with what is still held, was recharged.
				recharged := float64(held(one, c.now) + int64(one.served) - before[i])
				promised := float64(one.s.Params().Recharge) * float64(span/unit.Millisecond)
				if r := recharged / promised; r < 0.98 || r > 1.02 {
					t.Errorf("%s got %.3f of what it was promised", one.name, r)
				}
				promisedAll += promised
				servedAll += recharged
				if one.evicted+one.expired+one.drops > 0 || one.stopped > stopped[one] {
					t.Errorf("%s: %d evicted, %d expired, %d drops, %d stops", one.name, one.evicted, one.expired, one.drops, one.stopped)
				}
			}
			total := crowdCapacity * float64(span/unit.Millisecond)
			paid, free := float64(sumServed(c.paid)-paidBefore), float64(sumServed(c.free)-freeBefore)
			t.Logf("paid %.4f of what was promised; free %.4f of what paid left; all %.4f of the capacity",
				servedAll/promisedAll, free/(total-paid), (paid+free)/total)
			if r := servedAll / promisedAll; r < 0.98 || r > 1.02 {
				t.Errorf("paid clients got %.4f of what they were promised", r)
			}
			if r := free / (total - paid); r < 0.98 || r > 1.002 {
				t.Errorf("free clients got %.4f of what paid ones left", r)
			}
		})
	}
}

func sumServed(list []*client) (sum unit.Cost) {
	for _, c := range list {
		sum += c.served
	}
	return sum
}

// What paid clients do not use goes to free ones within a second, and comes back as
// fast.
func TestIdleCapacityIsGivenAway(t *testing.T) {
	c := newCrowd(t, 3, 100)
	c.run(10 * unit.Second)
	during := func(span unit.Span) float64 {
		before := sumServed(c.free)
		c.run(span)
		return float64(sumServed(c.free)-before) / (crowdCapacity * float64(span/unit.Millisecond))
	}
	busy := during(5 * unit.Second)
	for _, one := range c.paid {
		one.idle = true
	}
	c.run(unit.Second)
	if got := during(2 * unit.Second); got < 0.98 || got > 1.01 {
		t.Errorf("with nobody else there free clients got %.4f of the capacity", got)
	}
	for _, one := range c.paid {
		one.idle = false
		one.pump()
	}
	c.run(10 * unit.Second) // they have full buffers to spend
	if got := during(5 * unit.Second); got > 1.05*busy {
		t.Errorf("free clients got %.4f of the capacity, %.4f before", got, busy)
	}
}

// Paid requests answer nearly as fast beside ten times as many free ones as alone, as
// those of a client do that draws at its limit.
func TestPaidWaitsAreShort(t *testing.T) {
	answers := func(free int) (p50, p99 unit.Span, served unit.Cost) {
		c := newCrowd(t, 3, free)
		c.run(30 * unit.Second)
		c.keep = true
		before := sumServed(c.paid)
		c.run(20 * unit.Second)
		slices.Sort(c.times)
		return c.times[len(c.times)/2], c.times[len(c.times)*99/100], sumServed(c.paid) - before
	}
	p50, p99, served := answers(0)
	t.Logf("alone: p50 %d µs, p99 %d µs", p50/1000, p99/1000)
	p50, crowded, beside := answers(100)
	t.Logf("beside free ones: p50 %d µs, p99 %d µs, served %.4f", p50/1000, crowded/1000, float64(beside)/float64(served))
	if 2*crowded > 3*p99 {
		t.Errorf("p99 %d µs beside free clients, %d alone", crowded/1000, p99/1000)
	}
	if beside < served/10*9 {
		t.Errorf("served %d beside free clients, %d alone", beside, served)
	}
}
