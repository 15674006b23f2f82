package election_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/client/election"
)

const now = 1_700_000_000

// tree is a set of headers, known or not, for tests.
type tree map[election.Hash]node

type node struct {
	number uint64
	parent election.Hash
	known  bool
}

func (t tree) Parent(h election.Hash) (election.Hash, uint64, bool) {
	n, ok := t[h]
	return n.parent, n.number, ok && n.known
}

// block makes the block of a branch at a number; "a" forks off nothing.
func hash(branch string, number uint64) election.Hash {
	var h election.Hash
	copy(h[:], branch)
	h[31], h[30] = byte(number), byte(number>>8)
	return h
}

func at(branch string, number uint64) election.Block {
	return election.Block{Number: number, Hash: hash(branch, number)}
}

// chain adds the known headers first … last of a branch; the first one's parent is
// of branch from.
func (t tree) chain(branch, from string, first, last uint64) tree {
	for n := first; n <= last; n++ {
		parent := hash(branch, n-1)
		if n == first {
			parent = hash(from, n-1)
		}
		t[hash(branch, n)] = node{n, parent, true}
	}
	return t
}

func id(i byte) election.ID { return election.ID{31: i} }

var (
	genesis = election.Hash{1}
	config  = election.Hash{2}
)

func statement(head election.Block) election.Statement {
	return election.Statement{Genesis: genesis, Config: config, Head: head, Time: now}
}

func newState(t interface{ Fatal(...any) }, servers, percent int) *election.State {
	cfg := election.Config{Percent: percent, Genesis: genesis}
	for i := range servers {
		cfg.Trusted = append(cfg.Trusted, id(byte(i)))
	}
	s, err := election.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestElect(t *testing.T) {
	ab := tree{}.chain("a", "a", 1, 20).chain("b", "a", 10, 20) // b leaves a after block 9
	none := election.Block{}
	for _, c := range []struct {
		name    string
		percent int
		links   tree
		heads   []election.Block // the zero block: offline
		want    election.Block
		wanted  int
	}{
		{"all agree", 67, ab, []election.Block{at("a", 5), at("a", 5), at("a", 5)}, at("a", 5), 0},
		{"two of three meet 66", 66, ab, []election.Block{at("a", 5), at("a", 5), none}, at("a", 5), 0},
		{"two of three miss 67", 67, ab, []election.Block{at("a", 5), at("a", 5), none}, none, 0},
		{"offline counts against", 60, ab, []election.Block{at("a", 5), none, none}, none, 0},
		{"head counts for ancestors", 66, ab, []election.Block{at("a", 7), at("a", 5), none}, at("a", 5), 0},
		{"second highest of three", 60, ab, []election.Block{at("a", 9), at("a", 7), at("a", 5)}, at("a", 7), 0},
		{"lowest of three", 100, ab, []election.Block{at("a", 9), at("a", 7), at("a", 5)}, at("a", 5), 0},
		{"fork meets below", 100, ab, []election.Block{at("a", 12), at("b", 12), at("a", 9)}, at("a", 9), 0},
		{"fork, higher branch outvoted", 60, ab, []election.Block{at("b", 20), at("a", 12), at("a", 12)}, at("a", 12), 0},
		{"tie goes to higher hash", 33, ab, []election.Block{at("a", 12), at("b", 12)}, at("b", 12), 0},
		{"unknown header blocks the link", 66, tree{}, []election.Block{at("a", 7), at("a", 5), none}, none, 2},
		{"no link needed for equal hashes", 66, tree{}, []election.Block{at("x", 7), at("x", 7), none}, at("x", 7), 0},
		{"absurd number does not disturb", 66, ab, []election.Block{
			{Number: 1 << 60, Hash: election.Hash{9}}, at("a", 7), at("a", 5),
		}, at("a", 5), 1},
		{"false number is a lie", 66, ab, []election.Block{{Number: 19, Hash: hash("a", 5)}, at("a", 4), at("a", 5)}, at("a", 4), 0},
		{"fraction 100 of 1", 100, ab, []election.Block{at("a", 3)}, at("a", 3), 0},
		{"nobody", 67, ab, []election.Block{none, none, none}, none, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newState(t, len(c.heads), c.percent)
			for i, h := range c.heads {
				if h.IsZero() {
					continue
				}
				if err := s.Announce(id(byte(i)), statement(h), now); err != nil {
					t.Fatal(err)
				}
			}
			r := s.Elect(c.links)
			if r.Head != c.want || len(r.Wanted) != c.wanted {
				t.Errorf("elected %v, wanted %d headers; expected %v, %d", r.Head, len(r.Wanted), c.want, c.wanted)
			}
		})
	}
}

func TestSafeAndFinalized(t *testing.T) {
	links := tree{}.chain("a", "a", 1, 20)
	s := newState(t, 3, 60)
	for i, b := range []struct{ head, safe, final uint64 }{{20, 18, 8}, {19, 16, 8}, {18, 0, 0}} {
		st := statement(at("a", b.head))
		if b.safe > 0 {
			st.Safe, st.Finalized = at("a", b.safe), at("a", b.final)
		}
		if err := s.Announce(id(byte(i)), st, now); err != nil {
			t.Fatal(err)
		}
	}
	r := s.Elect(links)
	if r.Head != at("a", 19) || r.Safe != at("a", 16) || r.Finalized != at("a", 8) {
		t.Errorf("head %v safe %v finalized %v", r.Head, r.Safe, r.Finalized)
	}
	if diff := cmp.Diff([]election.ID{id(0), id(1)}, r.Signers); diff != "" {
		t.Error(diff)
	}
	s.Disconnect(id(1))
	if r = s.Elect(links); !r.Safe.IsZero() || r.Head != at("a", 18) {
		t.Errorf("one server's word became safe: %v, head %v", r.Safe, r.Head)
	}
}

func TestRefusedStatements(t *testing.T) {
	with := func(change func(*election.Statement)) election.Statement {
		st := statement(at("a", 5))
		change(&st)
		return st
	}
	for _, c := range []struct {
		name string
		from election.ID
		st   election.Statement
		want error
	}{
		{"stranger", id(99), statement(at("a", 5)), election.ErrNotTrusted},
		{"genesis", id(0), with(func(s *election.Statement) { s.Genesis[5] = 1 }), election.ErrGenesis},
		{"another configuration", id(0), with(func(s *election.Statement) { s.Config[5] = 1 }), nil},
		{"no block", id(0), with(func(s *election.Statement) { s.Head.Hash = election.Hash{} }), election.ErrNoBlock},
		{"safe above head", id(0), with(func(s *election.Statement) { s.Safe = at("a", 6) }), election.ErrSafeOrder},
		{"finalized above head", id(0), with(func(s *election.Statement) { s.Finalized = at("a", 6) }), election.ErrSafeOrder},
		{"replay", id(0), with(func(s *election.Statement) { s.Time = now - 1 }), election.ErrReplay},
		{"future", id(0), with(func(s *election.Statement) { s.Time = now + election.MaxAhead + 1 }), election.ErrFuture},
		{"endless future", id(0), with(func(s *election.Statement) { s.Time = ^uint64(0) }), election.ErrFuture},
		{"stale", id(1), with(func(s *election.Statement) { s.Time = now - election.MaxAge - 1 }), election.ErrStale},
		{"same second", id(0), statement(at("a", 6)), nil},
		{"edge of the future", id(0), with(func(s *election.Statement) { s.Time = now + election.MaxAhead }), nil},
		{"other server, older", id(1), with(func(s *election.Statement) { s.Time = now - 1 }), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newState(t, 2, 50)
			if err := s.Announce(id(0), statement(at("a", 4)), now); err != nil {
				t.Fatal(err)
			}
			if err := s.Announce(c.from, c.st, now); !errors.Is(err, c.want) || (c.want == nil && err != nil) {
				t.Errorf("got %v, want %v", err, c.want)
			}
			if st, _ := s.Statement(id(0)); c.want != nil && st.Head != at("a", 4) {
				t.Error("a refused statement replaced the accepted one")
			}
		})
	}
}

func TestReplayAcrossConnections(t *testing.T) {
	s := newState(t, 1, 100)
	if err := s.Announce(id(0), statement(at("a", 9)), now); err != nil {
		t.Fatal(err)
	}
	s.Disconnect(id(0))
	old := statement(at("a", 3))
	old.Time--
	if err := s.Announce(id(0), old, now); !errors.Is(err, election.ErrReplay) {
		t.Errorf("got %v, want ErrReplay", err)
	}
	if r := s.Elect(tree{}); !r.Head.IsZero() {
		t.Errorf("a disconnected server elected %v", r.Head)
	}
}

func TestConfiguration(t *testing.T) {
	other := election.Hash{3}
	for _, c := range []struct {
		name    string
		configs []election.Hash
		percent int
		want    election.Hash
	}{
		{"agreed", []election.Hash{config, config, other}, 60, config},
		{"a minority", []election.Hash{config, other, other}, 60, other},
		{"too few", []election.Hash{config, other, {}}, 60, election.Hash{}},
		{"tied", []election.Hash{config, other}, 50, election.Hash{}},
		{"none signs one", []election.Hash{{}, {}, {}}, 60, election.Hash{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := election.Config{Percent: c.percent}
			for i := range c.configs {
				cfg.Trusted = append(cfg.Trusted, id(byte(i)))
			}
			s, err := election.New(cfg)
			if err != nil {
				t.Fatal(err)
			}
			for i, chain := range c.configs {
				st := statement(at("a", 5))
				st.Config = chain
				if err := s.Announce(id(byte(i)), st, now); err != nil {
					t.Fatal(err)
				}
			}
			r := s.Elect(tree{})
			if r.Chain != c.want {
				t.Errorf("config %x", r.Chain)
			}
			// Whatever is signed next to it, all have signed this block.
			if want := at("a", 5); r.Head != want || len(r.Signers) != len(c.configs) {
				t.Errorf("head %v, signed by %d", r.Head, len(r.Signers))
			}
			if r.Genesis != genesis {
				t.Errorf("genesis %x", r.Genesis)
			}
		})
	}
}

func TestNewRefuses(t *testing.T) {
	for _, cfg := range []election.Config{
		{Percent: 67},
		{Percent: 0, Trusted: []election.ID{id(1)}},
		{Percent: 101, Trusted: []election.ID{id(1)}},
	} {
		if _, err := election.New(cfg); err == nil {
			t.Errorf("%+v accepted", cfg)
		}
	}
	s, err := election.New(election.Config{Percent: 100, Trusted: []election.ID{id(1), id(1)}})
	if err != nil || s.Config().Needed() != 1 {
		t.Errorf("a server listed twice has two votes: %v", err)
	}
}

// naive counts every block's signers on its own, straight from the definition.
func naive(t tree, heads []election.Block, needed int) election.Block {
	votes := make(map[election.Block]int)
	for _, b := range heads {
		for steps := 0; ; steps++ {
			votes[b]++
			n, ok := t[b.Hash]
			if !ok || !n.known || b.Number == 0 || steps == election.MaxDepth {
				break
			}
			b = election.Block{Number: b.Number - 1, Hash: n.parent}
		}
	}
	var best election.Block
	for b, n := range votes {
		if n >= needed && (best.IsZero() || b.After(best)) {
			best = b
		}
	}
	return best
}

// TestElectEqualsNaive grows random block trees, hides some headers, and compares.
func TestElectEqualsNaive(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		links, blocks := randomTree(rt)
		servers := rapid.IntRange(1, 7).Draw(rt, "servers")
		percent := rapid.IntRange(1, 100).Draw(rt, "percent")
		s := newState(rt, servers, percent)
		var heads []election.Block
		for i := range servers {
			if rapid.Bool().Draw(rt, "online") {
				b := rapid.SampledFrom(blocks).Draw(rt, "head")
				heads = append(heads, b)
				if err := s.Announce(id(byte(i)), statement(b), now); err != nil {
					rt.Fatal(err)
				}
			}
		}
		needed := s.Config().Needed()
		if 100*needed < percent*servers || 100*(needed-1) >= percent*servers && needed > 1 {
			rt.Fatalf("%d needed of %d at %d%%", needed, servers, percent)
		}
		got := s.Elect(links)
		if want := naive(links, heads, needed); got.Head != want {
			rt.Fatalf("elected %v, by definition %v", got.Head, want)
		}
		// Fetching what is wanted must never lower the head, and ends.
		for rounds := 0; len(got.Wanted) > 0; rounds++ {
			if rounds > len(blocks) {
				rt.Fatal("wanted headers never end")
			}
			for _, w := range got.Wanted {
				n := links[w.Hash]
				n.known = true
				links[w.Hash] = n
			}
			next := s.Elect(links)
			if got.Head.After(next.Head) {
				rt.Fatalf("more headers lowered the head from %v to %v", got.Head, next.Head)
			}
			got = next
		}
		if want := naive(links, heads, needed); got.Head != want {
			rt.Fatalf("with all headers wanted: elected %v, by definition %v", got.Head, want)
		}
	})
}

func randomTree(rt *rapid.T) (tree, []election.Block) {
	links, blocks := tree{}, []election.Block{at("r", 0)}
	links[hash("r", 0)] = node{known: true}
	for i := range rapid.IntRange(1, 30).Draw(rt, "blocks") {
		parent := rapid.SampledFrom(blocks).Draw(rt, "parent")
		h := election.Hash{0: rapid.Byte().Draw(rt, "hash"), 1: 1, 2: byte(i)}
		links[h] = node{parent.Number + 1, parent.Hash, rapid.IntRange(0, 3).Draw(rt, "hidden") > 0}
		blocks = append(blocks, election.Block{Number: parent.Number + 1, Hash: h})
	}
	return links, blocks[1:]
}

func TestStanding(t *testing.T) {
	links := tree{}.chain("a", "a", 1, 20).chain("b", "a", 10, 20)
	all := []election.ID{id(0), id(1), id(2)}
	for _, c := range []struct {
		name  string
		heads []election.Block // of signers of block 12 of a; the zero block: gone
		want  int
	}{
		{"none has moved", []election.Block{at("a", 12), at("a", 12), at("a", 12)}, 3},
		{"some have gone on, some away", []election.Block{at("a", 20), {}, at("a", 13)}, 3},
		{"one is back at an ancestor", []election.Block{at("a", 11), at("a", 12), {}}, 2},
		{"one is on another branch", []election.Block{at("b", 20), at("b", 12), at("a", 12)}, 1},
		{"where one is cannot be told", []election.Block{at("c", 20), {}, at("a", 12)}, 3},
		{"too far above", []election.Block{{Number: 1 << 40, Hash: hash("a", 20)}, {}, at("a", 12)}, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newState(t, 3, 60)
			gone := 0
			for i, h := range c.heads {
				if h.IsZero() {
					gone++
					continue
				}
				if err := s.Announce(id(byte(i)), statement(h), now); err != nil {
					t.Fatal(err)
				}
			}
			if got := s.Standing(links, all, at("a", 12)); got != c.want {
				t.Errorf("%d stand, want %d", got, c.want)
			}
			if got := s.Following(links, all, at("a", 12)); got != c.want-gone {
				t.Errorf("%d follow, want %d", got, c.want-gone)
			}
		})
	}
}
