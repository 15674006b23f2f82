package pool_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/client/pool"
	"github.com/candela-les/candela/wire"
)

// bench is a pool with a clock and servers whose standing can be set.
type bench struct {
	*pool.Pool
	now      time.Time
	expected map[pool.ID]time.Duration
	banned   map[pool.ID]time.Time
}

func newBench(servers int) *bench {
	b := &bench{
		now:      time.Unix(1_800_000_000, 0),
		expected: make(map[pool.ID]time.Duration), banned: make(map[pool.ID]time.Time),
	}
	b.Pool = pool.New(pool.Config{
		Max: servers,
		Standing: func(id pool.ID) (time.Duration, time.Time) {
			if d, ok := b.expected[id]; ok {
				return d, b.banned[id]
			}
			return 100 * time.Millisecond, b.banned[id]
		},
		Jitter: func(time.Duration) time.Duration { return 0 },
	})
	return b
}

// next returns whom to ask and whom to visit now.
func (b *bench) next() (ask, visit []byte) {
	actions, _ := b.Next(b.now)
	for _, a := range actions {
		if a.Kind == pool.Ask {
			ask = append(ask, a.ID[0])
		} else {
			visit = append(visit, a.ID[0])
		}
	}
	return ask, visit
}

// want fails unless this is what is to be done now.
func (b *bench) want(t *testing.T, ask, visit []byte) {
	t.Helper()
	gotAsk, gotVisit := b.next()
	if !slices.Equal(gotAsk, ask) || !slices.Equal(gotVisit, visit) {
		t.Errorf("ask %v and visit %v, want %v and %v", gotAsk, gotVisit, ask, visit)
	}
}

func (b *bench) pass(d time.Duration) { b.now = b.now.Add(d) }

func free() *wire.Conditions { return &wire.Conditions{Total: 10, Free: 3} }

func full(retry time.Duration) *wire.Conditions {
	return &wire.Conditions{Total: 10, RetryAfterMs: uint64(retry / time.Millisecond)}
}

func id(i byte) pool.ID { return pool.ID{i} }

// Servers are asked first, and the one with a free place that answers fastest wins.
func TestOrder(t *testing.T) {
	b := newBench(2)
	for i := range byte(4) {
		b.Found(b.now, id(i), true)
	}
	b.Found(b.now, id(4), false) // a server that cannot be asked
	b.expected[id(2)] = 10 * time.Millisecond
	b.want(t, []byte{0, 1, 2, 3}, nil)
	b.Answered(b.now, id(0), free(), true)
	b.want(t, nil, nil) // the others may be better
	b.Answered(b.now, id(1), full(time.Minute), true)
	b.Answered(b.now, id(2), free(), true)
	b.Answered(b.now, id(3), free(), false)
	b.want(t, nil, []byte{2, 0})
	b.Ended(b.now, id(2), pool.End{})
	b.want(t, nil, []byte{4}) // better than nothing
	b.want(t, nil, nil)
	if st := b.Stats(b.now); st != (pool.Stats{Known: 5, Full: 1, Visited: 2, Retry: b.now.Add(time.Minute)}) {
		t.Errorf("%+v", st)
	}
}

// A server that is full is neither asked nor visited before its time.
func TestFull(t *testing.T) {
	b := newBench(1)
	b.Found(b.now, id(0), true)
	b.want(t, []byte{0}, nil)
	b.Answered(b.now, id(0), full(30*time.Second), true)
	b.pass(30*time.Second - 1)
	b.want(t, nil, nil)
	if _, wait := b.Next(b.now); wait > time.Millisecond {
		t.Errorf("next look in %v", wait)
	}
	b.pass(1)
	b.want(t, []byte{0}, nil)
	b.Answered(b.now, id(0), free(), true)
	b.want(t, nil, []byte{0})
	// Another one was faster; now it is told in the session.
	b.Ended(b.now, id(0), pool.End{Full: true, Retry: time.Minute})
	if at, is := b.RetryAt(id(0)); !is || at != b.now.Add(time.Minute) {
		t.Errorf("full %v, until %v", is, at)
	}
	b.pass(time.Minute - 1)
	b.want(t, nil, nil)
	b.pass(1)
	b.want(t, []byte{0}, nil)
}

// A server that says nothing of when it has a place is left alone ever longer.
func TestFullWithoutWords(t *testing.T) {
	b := newBench(1)
	b.Found(b.now, id(0), false)
	last := time.Duration(0)
	for range 10 {
		_, wait := b.Next(b.now)
		_ = wait
		b.Ended(b.now, id(0), pool.End{Full: true})
		at, is := b.RetryAt(id(0))
		if !is || at.Sub(b.now) < last || at.Sub(b.now) < 30*time.Second {
			t.Fatalf("full %v, for %v after %v", is, at.Sub(b.now), last)
		}
		last = at.Sub(b.now)
		b.pass(last)
	}
}

// One that never answers is tried without having been asked, after the others.
func TestSilent(t *testing.T) {
	b := newBench(1)
	b.Found(b.now, id(0), true)
	asked := 0
	for range 20 {
		ask, visit := b.next()
		if len(visit) > 0 {
			break
		}
		if len(ask) > 0 {
			asked++
			b.Unanswered(b.now, id(0))
		}
		b.pass(time.Second)
	}
	if asked != 2 || b.Visited() != 1 {
		t.Errorf("asked %d times, visited %d", asked, b.Visited())
	}
}

// One that cannot be reached is tried ever more seldom, also if the network goes on
// naming it, and is the first to make room.
func TestDead(t *testing.T) {
	b := newBench(1)
	visits := func(span time.Duration) (n int) {
		for range span / time.Second {
			b.Found(b.now, id(0), false)
			if _, visit := b.next(); len(visit) > 0 {
				n++
				b.Ended(b.now, id(0), pool.End{})
			}
			b.pass(time.Second)
		}
		return n
	}
	if n := visits(2 * time.Minute); n != 5 {
		t.Errorf("%d visits in the first two minutes", n)
	}
	if n := visits(4 * time.Hour); n != 8 {
		t.Errorf("%d visits in the next four hours", n)
	}
	for i := range pool.MaxKnown {
		b.Found(b.now, pool.ID{byte(i), byte(i >> 8), 1}, true)
	}
	if b.Knows(id(0)) {
		t.Error("a dead server is kept instead of a new one")
	}
}

// A connection that held was a good one: the server is tried again soon, as often
// as it is lost.
func TestLost(t *testing.T) {
	b := newBench(1)
	b.Found(b.now, id(0), true)
	for range 20 {
		b.want(t, []byte{0}, nil)
		b.Answered(b.now, id(0), free(), true)
		b.want(t, nil, []byte{0})
		b.pass(time.Minute)
		b.Ended(b.now, id(0), pool.End{Held: time.Minute})
		b.pass(2 * time.Second)
	}
}

func TestBanned(t *testing.T) {
	b := newBench(1)
	b.Found(b.now, id(0), false)
	b.banned[id(0)] = b.now.Add(time.Hour)
	b.want(t, nil, nil)
	b.pass(time.Hour)
	b.want(t, nil, []byte{0})
}

// An old answer is not acted upon.
func TestStaleAnswer(t *testing.T) {
	b := newBench(1)
	b.Found(b.now, id(0), true)
	b.Found(b.now, id(1), true)
	b.want(t, []byte{0, 1}, nil)
	b.Answered(b.now, id(0), free(), true)
	b.Answered(b.now, id(1), free(), true)
	b.want(t, nil, []byte{0})
	b.pass(time.Hour)
	b.Ended(b.now, id(0), pool.End{Held: time.Hour})
	b.want(t, []byte{1}, nil)
}

// The list is bounded, and what is of no use goes first.
func TestBounded(t *testing.T) {
	b := newBench(1)
	many := func(i int) pool.ID { return pool.ID{byte(i), byte(i >> 8), 1} }
	for i := range 10 * pool.MaxKnown {
		b.Found(b.now, many(i), true)
	}
	if n := b.Stats(b.now).Known; n != pool.MaxKnown {
		t.Fatalf("%d known", n)
	}
	actions, _ := b.Next(b.now)
	if len(actions) != pool.MaxAsking {
		t.Fatalf("%d asked at once", len(actions))
	}
	b.Answered(b.now, actions[0].ID, free(), false) // of another chain
	if !b.Found(b.now, pool.ID{2, 2, 2}, true) || b.Knows(actions[0].ID) {
		t.Error("a server of no use is kept, and a new one not taken in")
	}
}

// Whatever happens: never more visits than wanted; nobody is asked or visited twice
// at a time, before the time that it named, or while it is banned; everybody whom
// the pool knows is looked at again some day.
func TestRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.IntRange(0, 4).Draw(t, "max")
		b := newBench(most)
		asking, visiting := map[pool.ID]bool{}, map[pool.ID]bool{}
		notBefore := map[pool.ID]time.Time{}
		ids := rapid.Map(rapid.ByteMax(12), id)
		pick := func(set map[pool.ID]bool) (pool.ID, bool) {
			var list []pool.ID
			for i := range set {
				list = append(list, i)
			}
			if len(list) == 0 {
				return pool.ID{}, false
			}
			slices.SortFunc(list, func(a, b pool.ID) int { return int(a[0]) - int(b[0]) })
			return rapid.SampledFrom(list).Draw(t, "id"), true
		}
		retry := rapid.Map(rapid.IntRange(1, 600), func(s int) time.Duration { return time.Duration(s) * time.Second })
		t.Repeat(map[string]func(*rapid.T){
			"found": func(t *rapid.T) { b.Found(b.now, ids.Draw(t, "id"), rapid.Bool().Draw(t, "talks")) },
			"pass":  func(t *rapid.T) { b.pass(time.Duration(rapid.IntRange(1, 90_000).Draw(t, "ms")) * time.Millisecond) },
			"ban": func(t *rapid.T) {
				i := ids.Draw(t, "id")
				b.banned[i] = b.now.Add(retry.Draw(t, "ban"))
			},
			"answer": func(t *rapid.T) {
				i, ok := pick(asking)
				if !ok {
					t.Skip("nobody is asked")
				}
				delete(asking, i)
				switch rapid.IntRange(0, 3).Draw(t, "answer") {
				case 0:
					b.Unanswered(b.now, i)
				case 1:
					d := retry.Draw(t, "retry")
					b.Answered(b.now, i, full(d), true)
					notBefore[i] = b.now.Add(d)
				case 2:
					b.Answered(b.now, i, free(), false)
				default:
					b.Answered(b.now, i, free(), true)
				}
			},
			"end": func(t *rapid.T) {
				i, ok := pick(visiting)
				if !ok {
					t.Skip("nobody is visited")
				}
				delete(visiting, i)
				e := pool.End{Held: time.Duration(rapid.IntRange(0, 30).Draw(t, "held")) * time.Second}
				if e.Full = rapid.Bool().Draw(t, "full"); e.Full {
					e.Retry = retry.Draw(t, "retry")
					notBefore[i] = b.now.Add(e.Retry)
				}
				b.Ended(b.now, i, e)
			},
			"": func(t *rapid.T) {
				actions, wait := b.Next(b.now)
				for _, a := range actions {
					if asking[a.ID] || visiting[a.ID] {
						t.Fatalf("%x is busy", a.ID[0])
					}
					if b.now.Before(notBefore[a.ID]) || b.now.Before(b.banned[a.ID]) {
						t.Fatalf("%x is to be left alone", a.ID[0])
					}
					if a.Kind == pool.Ask {
						asking[a.ID] = true
					} else {
						visiting[a.ID] = true
					}
				}
				if len(visiting) > most || len(visiting) != b.Visited() || len(asking) > pool.MaxAsking {
					t.Fatalf("%d visits, %d said, of %d; %d asked", len(visiting), b.Visited(), most, len(asking))
				}
				if wait <= 0 || wait > time.Minute {
					t.Fatalf("next look in %v", wait)
				}
			},
		})
	})
}
