package election_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/client/election"
)

func helper(section uint64, kind byte) election.Helper {
	return election.Helper{Section: section, Last: election.Hash{byte(section), kind}, CHT: election.Hash{kind, 1}, Bloom: election.Hash{kind, 2}}
}

func anyHelper(election.Helper) bool { return true }

func TestHelperElection(t *testing.T) {
	type signed struct {
		server byte
		helper election.Helper
	}
	for _, test := range []struct {
		name    string
		percent int
		servers int
		signed  []signed
		want    election.Helper
		signers int
	}{
		{"nobody", 67, 3, nil, election.Helper{}, 0},
		{"too few", 67, 3, []signed{{0, helper(5, 1)}, {1, helper(5, 1)}}, election.Helper{}, 0},
		{"enough", 66, 3, []signed{{0, helper(5, 1)}, {1, helper(5, 1)}}, helper(5, 1), 2},
		{"a minority's higher one", 66, 3, []signed{{0, helper(5, 1)}, {1, helper(5, 1)}, {2, helper(9, 2)}}, helper(5, 1), 2},
		{"one has gone on", 66, 3, []signed{{0, helper(5, 1)}, {1, helper(5, 1)}, {1, helper(6, 1)}}, helper(5, 1), 2},
		{"two have", 66, 3, []signed{{0, helper(5, 1)}, {1, helper(5, 1)}, {1, helper(6, 1)}, {0, helper(6, 1)}}, helper(6, 1), 2},
		{"one has taken it back", 66, 3, []signed{{0, helper(5, 1)}, {1, helper(5, 1)}, {1, helper(4, 1)}}, election.Helper{}, 0},
		{"one has none any more", 66, 3, []signed{{0, helper(5, 1)}, {1, helper(5, 1)}, {1, election.Helper{}}}, election.Helper{}, 0},
		{"one says something else of it", 66, 3, []signed{{0, helper(5, 1)}, {1, helper(5, 1)}, {1, helper(5, 2)}}, election.Helper{}, 0},
		{"two that are enough", 30, 5, []signed{{0, helper(5, 1)}, {1, helper(5, 1)}, {2, helper(5, 2)}, {3, helper(5, 2)}}, election.Helper{}, 0},
		{"the more of two that are enough", 30, 5, []signed{
			{0, helper(5, 1)}, {1, helper(5, 1)}, {2, helper(5, 2)}, {3, helper(5, 2)}, {4, helper(5, 1)},
		}, helper(5, 1), 3},
		{"who is not asked", 30, 3, []signed{{7, helper(5, 1)}, {8, helper(5, 1)}}, election.Helper{}, 0},
		{"forgotten for later ones", 66, 3, []signed{
			{0, helper(1, 1)}, {1, helper(1, 1)}, {1, helper(2, 1)}, {1, helper(3, 1)}, {1, helper(4, 1)}, {1, helper(5, 1)},
		}, election.Helper{}, 0},
	} {
		cfg := election.Config{Percent: test.percent}
		for i := range test.servers {
			cfg.Trusted = append(cfg.Trusted, election.ID{byte(i)}, election.ID{byte(i)})
		}
		votes := election.NewHelpers(cfg)
		for _, s := range test.signed {
			votes.Sign(election.ID{s.server}, s.helper)
		}
		if got, n := votes.Elect(anyHelper); got != test.want || n != test.signers {
			t.Errorf("%s: elected %+v by %d, want %+v by %d", test.name, got, n, test.want, test.signers)
		}
	}
}

// TestHelperElectionChoice: what may not be is passed over for the next best.
func TestHelperElectionChoice(t *testing.T) {
	votes := election.NewHelpers(election.Config{Percent: 100, Trusted: []election.ID{{1}}})
	for section := range uint64(3) {
		if !votes.Sign(election.ID{1}, helper(section, 1)) || votes.Sign(election.ID{1}, helper(section, 1)) {
			t.Errorf("section %d is news once", section)
		}
	}
	got, _ := votes.Elect(func(h election.Helper) bool { return h.Section < 2 })
	if got != helper(1, 1) {
		t.Errorf("elected %+v", got)
	}
	if votes.Signers(2) != 1 || votes.Signers(3) != 0 || votes.Needed() != 1 {
		t.Errorf("signers %d and %d", votes.Signers(2), votes.Signers(3))
	}
}

// TestHelperElectionSound: nothing is elected that fewer than the fraction have signed
// and not taken back, whatever the order.
func TestHelperElectionSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := election.Config{Percent: rapid.IntRange(51, 100).Draw(t, "percent")}
		for i := range rapid.IntRange(1, 5).Draw(t, "servers") {
			cfg.Trusted = append(cfg.Trusted, election.ID{byte(i)})
		}
		votes := election.NewHelpers(cfg)
		said := make(map[byte][]election.Helper)
		for range rapid.IntRange(0, 30).Draw(t, "statements") {
			server := byte(rapid.IntRange(0, len(cfg.Trusted)-1).Draw(t, "server"))
			last := helper(rapid.Uint64Range(0, 3).Draw(t, "section"), byte(rapid.IntRange(1, 2).Draw(t, "kind")))
			if rapid.IntRange(0, 9).Draw(t, "none") == 0 {
				last = election.Helper{}
			}
			votes.Sign(election.ID{server}, last)
			said[server] = append(said[server], last)
		}
		count := func(h election.Helper) (n int) {
			for _, list := range said {
				stands := false
				for _, one := range list {
					switch {
					case one == h:
						stands = true
					case one.IsZero() || one.Section <= h.Section:
						stands = false
					}
				}
				if stands {
					n++
				}
			}
			return n
		}
		elected, n := votes.Elect(anyHelper)
		if !elected.IsZero() && (count(elected) < cfg.Needed() || n != count(elected)) {
			t.Fatalf("elected %+v by %d, %d stand by it", elected, n, count(elected))
		}
		for section := range uint64(4) {
			for kind := byte(1); kind <= 2; kind++ {
				h := helper(section, kind)
				if count(h) >= cfg.Needed() && (elected.IsZero() || h.Section > elected.Section) {
					t.Fatalf("%+v has %d signers, elected is %+v", h, count(h), elected)
				}
			}
		}
	})
}
