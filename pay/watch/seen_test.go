package watch_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/pay/watch"
)

// shelf is a chain on which things of eight keys have a version each, and a Seen of them. Its twin is a list.
type shelf struct {
	*rapid.T
	seen    *watch.Seen[byte, uint64]
	now     map[byte]uint64 // versions
	changed []byte          // since the last view that was seen
	asked   []byte          // keys that are to be known, the one that was asked for last in front
	most    int
	alarms  int
	fresh   error
	// meanwhile, unless nil, happens while something is read, once.
	meanwhile func()
	fail      error
}

var errNoNode = errors.New("the node is away")

func newShelf(t *rapid.T) *shelf {
	s := &shelf{T: t, now: map[byte]uint64{}, most: rapid.IntRange(1, 5).Draw(t, "most")}
	s.seen = watch.NewSeen(watch.SeenConfig[byte, uint64]{
		Most: s.most, Batch: rapid.IntRange(0, 3).Draw(t, "batch"),
		Named:   func(l types.Log) byte { return watch.Topic(l, 0)[0] },
		Fresh:   func() error { return s.fresh },
		Leaving: func(v *uint64) bool { return *v%2 == 1 },
		Alarm:   func() { s.alarms++ },
		Read: func(_ context.Context, _ watch.View, some []byte) (read []*uint64, err error) {
			for _, k := range some {
				v := s.now[k]
				read = append(read, &v)
			}
			fail := s.fail
			if do := s.meanwhile; do != nil {
				s.meanwhile = nil
				do()
			}
			return read, fail
		},
	})
	return s
}

func (s *shelf) key() byte { return rapid.ByteRange(0, 7).Draw(s.T, "key") }

// ask notes that a key was asked for.
func (s *shelf) ask(k byte) {
	s.asked = slices.DeleteFunc(s.asked, func(o byte) bool { return o == k })
	s.asked = slices.Insert(s.asked, 0, k)
	s.asked = s.asked[:min(len(s.asked), s.most)]
}

// change has something change on the chain.
func (s *shelf) change() {
	k := s.key()
	s.now[k]++
	s.changed = append(s.changed, k)
}

// look has a view seen, and reports whether it was.
func (s *shelf) look(again bool) bool {
	v := watch.View{Again: again, Logs: []types.Log{{}}} // a log without a topic names nothing
	for _, k := range s.changed {
		v.Logs = append(v.Logs, types.Log{Topics: []common.Hash{{k}}})
	}
	told := len(s.changed)
	if err := s.seen.See(s.Context(), v); err != nil {
		if !errors.Is(err, errNoNode) {
			s.Fatal(err)
		}
		return false
	}
	s.changed = s.changed[told:] // what has changed meanwhile is told with the next view
	return true
}

// A thing that was asked for and not forgotten is known after each view as it is then, whatever happened while it was read, and of more than can be
// known those are that were asked for last.
func TestSeen(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := newShelf(rt)
		rt.Repeat(map[string]func(*rapid.T){
			"change": func(*rapid.T) { s.change() },
			"ask": func(*rapid.T) {
				k := s.key()
				s.seen.At(k)
				s.ask(k)
			},
			"get": func(*rapid.T) {
				k := s.key()
				s.ask(k)
				if rapid.Bool().Draw(rt, "slow") {
					s.meanwhile = func() {
						s.change()
						s.look(false)
					}
				}
				if rapid.Bool().Draw(rt, "away") {
					s.fail = errNoNode
				}
				if v, err := s.seen.Get(rt.Context(), k); err != nil && !errors.Is(err, errNoNode) || err == nil && v == nil {
					rt.Fatalf("%v, %v", v, err)
				}
				s.fail, s.meanwhile = nil, nil
			},
			"forget": func(*rapid.T) {
				k := s.key()
				s.seen.Forget(k)
				s.asked = slices.DeleteFunc(s.asked, func(o byte) bool { return o == k })
			},
			"a view that is not seen": func(*rapid.T) {
				s.fail = errNoNode
				s.look(rapid.Bool().Draw(rt, "again"))
				s.fail = nil
			},
			"see": func(*rapid.T) {
				if !s.look(rapid.Bool().Draw(rt, "again")) {
					rt.Fatal("nothing is wrong, and it was not seen")
				}
				keys := s.seen.Keys()
				if len(keys) != len(s.asked) {
					rt.Fatalf("%v are known, and should be %v", keys, s.asked)
				}
				for _, k := range slices.Backward(s.asked) {
					if !slices.Contains(keys, k) {
						rt.Fatalf("%v are known, and should be %v", keys, s.asked)
					}
					if v, err := s.seen.Known(k); err != nil || *v != s.now[k] {
						rt.Fatalf("%d is %d, and known as %v (%v)", k, s.now[k], v, err)
					}
				}
			},
		})
	})
}

// What was read in an older view does not replace what is known of a newer one, though it comes later.
func TestSeenLate(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := newShelf(rt)
		s.look(true)
		s.meanwhile = func() {
			s.now[1], s.changed = 5, []byte{1}
			s.look(false)
		}
		if _, err := s.seen.Get(rt.Context(), 1); err != nil {
			rt.Fatal(err)
		}
		if v := s.seen.At(1); *v != 5 {
			rt.Errorf("it is known as %d", *v)
		}
	})
}

// A payer that takes money back is told of once, and nothing is accepted while the chain is not seen.
func TestSeenAlarm(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := newShelf(rt)
		if _, err := s.seen.Known(3); err == nil {
			rt.Error("what was not read is known")
		}
		for i, step := range []struct {
			version uint64
			alarms  int
		}{{0, 0}, {1, 1}, {3, 1}, {4, 1}, {5, 2}} {
			s.now[3], s.changed = step.version, []byte{3}
			s.look(false)
			if v, err := s.seen.Known(3); err != nil || *v != step.version || s.alarms != step.alarms {
				rt.Errorf("%d: %v, %v, %d alarms", i, v, err, s.alarms)
			}
		}
		s.fresh = errNoNode
		if _, err := s.seen.Known(3); !errors.Is(err, errNoNode) {
			rt.Errorf("%v", err)
		}
		if v := s.seen.At(3); v == nil || *v != 5 {
			rt.Errorf("%v", v)
		}
		if _, err := s.seen.Get(rt.Context(), 4); !errors.Is(err, errNoNode) {
			rt.Errorf("%v", err)
		}
	})
}

func TestEarliest(t *testing.T) {
	for _, c := range []struct {
		times []uint64
		first uint64
	}{{nil, 0}, {[]uint64{0, 0}, 0}, {[]uint64{0, 7}, 7}, {[]uint64{9, 0, 7}, 7}, {[]uint64{3, 9}, 3}} {
		if got := watch.Earliest(c.times...); got != c.first {
			t.Errorf("of %v: %d", c.times, got)
		}
	}
}
