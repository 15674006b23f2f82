package schedule_test

import (
	"errors"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/rlp"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/client/schedule"
	"github.com/candela-les/candela/wire"
)

func encode(t interface{ Fatal(...any) }, c *params.ChainConfig) []byte {
	enc, err := wire.EncodeConfig(c)
	if err != nil {
		t.Fatal(err)
	}
	return enc
}

func parse(t interface{ Fatal(...any) }, enc []byte) *schedule.Schedule {
	s, err := schedule.Parse(enc)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestDiverge(t *testing.T) {
	base := func() *params.ChainConfig {
		c := *params.MainnetChainConfig
		blobs := *c.BlobScheduleConfig
		c.BlobScheduleConfig = &blobs
		return &c
	}
	main := params.MainnetChainConfig
	for _, test := range []struct {
		name   string
		change func(*params.ChainConfig)
		want   schedule.Point
	}{
		{"the same", func(*params.ChainConfig) {}, schedule.Nowhere()},
		{"a fork to come", func(c *params.ChainConfig) { c.AmsterdamTime = new(uint64(9e9)) }, schedule.Point{Number: schedule.Never, Time: 9e9}},
		{"two forks to come", func(c *params.ChainConfig) { c.AmsterdamTime, c.BogotaTime = new(uint64(9e9)), new(uint64(8e9)) }, schedule.Point{Number: schedule.Never, Time: 8e9}},
		{"a fork moved back", func(c *params.ChainConfig) { c.OsakaTime = new(*main.OsakaTime + 5) }, schedule.Point{Number: schedule.Never, Time: *main.OsakaTime}},
		{"a fork moved forward", func(c *params.ChainConfig) { c.OsakaTime = new(*main.OsakaTime - 5) }, schedule.Point{Number: schedule.Never, Time: *main.OsakaTime - 5}},
		{"a fork called off", func(c *params.ChainConfig) { c.OsakaTime = nil }, schedule.Point{Number: schedule.Never, Time: *main.OsakaTime}},
		{"another block", func(c *params.ChainConfig) { c.LondonBlock = big.NewInt(7) }, schedule.Point{Number: 7, Time: schedule.Never}},
		{"the other side of the DAO", func(c *params.ChainConfig) { c.DAOForkSupport = false }, schedule.Point{Number: 1_920_000, Time: schedule.Never}},
		{"other blobs", func(c *params.ChainConfig) {
			c.BlobScheduleConfig.Prague = &params.BlobConfig{Target: 1, Max: 2, UpdateFraction: 3}
		}, schedule.Point{Number: schedule.Never, Time: *main.PragueTime}},
		{"blobs of a fork that is not scheduled", func(c *params.ChainConfig) {
			c.BlobScheduleConfig.BPO5 = &params.BlobConfig{Target: 1, Max: 2, UpdateFraction: 3}
		}, schedule.Nowhere()},
		{"another chain", func(c *params.ChainConfig) { c.ChainID = big.NewInt(5) }, schedule.Point{}},
		{"another author", func(c *params.ChainConfig) { c.Clique = new(params.CliqueConfig) }, schedule.Point{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := base()
			test.change(c)
			a, b := parse(t, encode(t, main)), parse(t, encode(t, c))
			if got := schedule.Diverge(a, b); got != test.want {
				t.Errorf("from %v, want %v", got, test.want)
			}
			if schedule.Diverge(a, b) != schedule.Diverge(b, a) {
				t.Error("not symmetric")
			}
		})
	}
}

// Forks, kinds and elements that come after this version.
func TestUnknownForks(t *testing.T) {
	type item struct {
		Name     string
		Kind, At uint64
	}
	config := func(extra []any, forks ...item) []byte {
		list := append([]any{uint64(1), []uint64{}, make([]byte, 20), append([]item{{"london", 0, 5}}, forks...), []item{}, uint64(0)}, extra...)
		enc, err := rlp.EncodeToBytes(list)
		if err != nil {
			t.Fatal(err)
		}
		return enc
	}
	old := parse(t, config(nil))
	for _, test := range []struct {
		name string
		enc  []byte
		want schedule.Point
	}{
		{"by time", config(nil, item{"zanzibar", 1, 99}), schedule.Point{Number: schedule.Never, Time: 99}},
		{"by number", config(nil, item{"zanzibar", 0, 99}), schedule.Point{Number: 99, Time: schedule.Never}},
		{"by something else", config(nil, item{"zanzibar", 2, 99}), schedule.Point{}},
		{"another element", config([]any{uint64(7)}), schedule.Point{}},
	} {
		if got := schedule.Diverge(old, parse(t, test.enc)); got != test.want {
			t.Errorf("%s: from %v, want %v", test.name, got, test.want)
		}
	}
	for _, bad := range [][]byte{nil, {0xc0}, {1, 2, 3}, append(config(nil), 1)} {
		if _, err := schedule.Parse(bad); !errors.Is(err, schedule.ErrMalformed) {
			t.Errorf("%x: %v", bad, err)
		}
	}
}

// Up to the divergence two configurations give the same rules, by go-ethereum's own
// reckoning.
func TestRulesAgreeBefore(t *testing.T) {
	seen := false
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) *params.ChainConfig {
			c := *params.MergedTestChainConfig
			for i, to := range []**uint64{&c.ShanghaiTime, &c.CancunTime, &c.PragueTime, &c.OsakaTime, &c.BPO1Time, &c.AmsterdamTime} {
				*to = nil
				if x := rapid.Uint64Range(0, 5).Draw(t, label); x > 0 {
					*to = new(10*x + uint64(i))
				}
			}
			c.LondonBlock = new(big.Int).SetUint64(rapid.Uint64Range(0, 3).Draw(t, label))
			return &c
		}
		a, b := draw("a"), draw("b")
		p := schedule.Diverge(parse(t, encode(t, a)), parse(t, encode(t, b)))
		for number := range uint64(5) {
			for time := range uint64(70) {
				n := new(big.Int).SetUint64(number)
				seen = seen || !p.Reached(number, time)
				if !p.Reached(number, time) && a.Rules(n, true, time) != b.Rules(n, true, time) {
					t.Fatalf("other rules at block %d, time %d, before %v", number, time, p)
				}
			}
		}
	})
	if !seen {
		t.Error("nothing was compared")
	}
}

func TestPoints(t *testing.T) {
	if p := schedule.After(5, 50); p.Reached(5, 50) || !p.Reached(6, 50) || !p.Reached(5, 51) {
		t.Errorf("after: %v", p)
	}
	if p := schedule.After(schedule.Never, schedule.Never); p.Reached(schedule.Never, schedule.Never) {
		t.Errorf("after the last: %v", p)
	}
	if !(schedule.Point{}).Reached(0, 0) || schedule.Nowhere().Reached(schedule.Never, schedule.Never) {
		t.Error("ends")
	}
}

func FuzzParse(f *testing.F) {
	enc := encode(f, params.MainnetChainConfig)
	f.Add(enc)
	f.Add([]byte{0xc0})
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := schedule.Parse(data)
		if err != nil {
			return
		}
		if p := schedule.Diverge(s, s); p != schedule.Nowhere() {
			t.Errorf("differs from itself from %v", p)
		}
	})
}
