package market

import (
	"fmt"
	"testing"

	"github.com/candela-les/candela/unit"
)

// The same inputs have the same effects: nothing hangs on where things are in memory or
// on the order of a map.
func TestSameInputsSameEffects(t *testing.T) {
	play := func() (uint64, int) {
		c := newCrowd(t, 3, 200)
		c.run(20 * unit.Second)
		c.m.SetCapacity(c.now, crowdCapacity/2)
		c.run(10 * unit.Second)
		return c.all, c.steps
	}
	all, steps := play()
	for range 2 {
		if again, n := play(); again != all || n != steps {
			t.Fatalf("%d steps with effects %x, then %d with %x", steps, all, n, again)
		}
	}
}

// A request and its end, among so many clients that ask in turn.
func BenchmarkRequest(b *testing.B) {
	for _, n := range []int{10, 1_000, 10_000} {
		for _, kind := range []string{"free", "paid"} {
			b.Run(fmt.Sprintf("%s/%d", kind, n), func(b *testing.B) { benchmarkRequest(b, n, kind == "paid") })
		}
	}
}

func benchmarkRequest(b *testing.B, n int, paid bool) {
	cfg := Config{Capacity: 1 << 30, Workers: 4, Places: n, Settings: DefaultSettings()}
	if paid {
		for i := range n {
			cfg.Settings.Grants = append(cfg.Settings.Grants, Grant{idOf(fmt.Sprint(i)), 1})
		}
	}
	m, now := mustNew(0, cfg), unit.Instant(10*unit.Second) // long enough to have earned a buffer
	var list, serves []*Session
	for i := range n {
		s, _ := m.Connect(now, Join{ID: idOf(fmt.Sprint(i)), Group: Group(fmt.Sprint(i / 4)), Least: 1000 * ms})
		m.Open(now, s)
		list = append(list, s)
	}
	m.Effects()
	for now < unit.Instant(20*unit.Second) {
		now = m.Next(now)
		m.Tick(now)
		m.Effects()
	}
	take := func() {
		for _, e := range m.Effects() {
			if e.Action == Serve {
				serves = append(serves, e.Session)
			}
		}
	}
	next, steps, done := 0, 0, 0
	b.ReportAllocs()
	for b.Loop() {
		now += 100_000 // ten thousand requests in a second
		steps++
		if s := list[next]; s.state == idle && !s.account.Frozen() {
			m.Request(now, s, ms/100)
			take()
		}
		next = (next + 1) % n
		m.Next(now)
		if len(serves) >= cfg.Workers || len(serves) == n {
			s := serves[0]
			serves = serves[:copy(serves, serves[1:])]
			m.Done(now, s, ms/200)
			take()
			done++
		}
	}
	if steps > 100 && done < steps*9/10 {
		b.Fatalf("%d of %d requests were served", done, steps)
	}
}
