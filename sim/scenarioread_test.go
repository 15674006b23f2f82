package sim

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
)

const least = `name: least
span: 1h
servers:
  - { kind: stall, count: 4, units: [2, 3] }
clients:
  - kind: wallet
    count: 5
    value: 7
`

// What is not said is as the documentation says.
func TestScenarioIsFilledIn(t *testing.T) {
	got, err := ReadScenario(strings.NewReader(least))
	if err != nil {
		t.Fatal(err)
	}
	want := &Scenario{
		Name: "least", Span: time.Hour, Round: 10 * time.Second, Sample: time.Minute, Prices: 8, Refill: 30 * time.Second,
		Prepaid: time.Minute,
		Servers: []ServerKind{{Kind: "stall", Count: 4, Units: Range{2, 3}, Share: 0.8, Serves: 1, Slow: 1, Free: 1}},
		Clients: []ClientKind{{
			Kind: "wallet", Count: 5, Knows: 4, Servers: 2, Need: Range{1, 1}, Use: 0.6, Value: 7, AtLeast: 10 * time.Minute,
			Change: 30 * time.Minute, Budget: 96, Greedy: 1, Exaggerate: 1,
		}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A zero that was said is one, and no default takes its place.
func TestScenarioTakesZeros(t *testing.T) {
	text := strings.Replace(least, "units: [2, 3]", "units: [2, 3], serves: 0, free: 0", 1)
	sc, err := ReadScenario(strings.NewReader(strings.Replace(text, "value: 7", "value: 7\n    use: 0", 1)))
	if err != nil {
		t.Fatal(err)
	}
	if k := sc.Servers[0]; k.Serves != 0 || k.Free != 0 || sc.Clients[0].Use != 0 {
		t.Errorf("%+v, %+v", k, sc.Clients[0])
	}
}

// Who has made a mistake is told what and where it is.
func TestScenarioMistakes(t *testing.T) {
	for _, tt := range []struct{ old, now, says string }{
		{"count: 5", "cuont: 5", "line 7: field cuont not found"},
		{"span: 1h", "span: 1h\nservants: 3", "line 3: field servants not found"},
		{"count: 5", "count: -5", "line 7: clients wallet: count is from 1 to 10000000, not -5"},
		{"value: 7", "value: -7", "line 8: cannot unmarshal !!int `-7` into uint64"},
		{"value: 7", "idle: 0.3", "line 6: clients wallet: value is from 1 to 1000000000, not 0"},
		{"value: 7", "value: 7\n    idle: -0.3", "line 9: clients wallet: idle is from 0 to 1, not -0.3"},
		{"value: 7", "value: 7\n    idle: .nan", "line 9: clients wallet: idle is from 0 to 1, not NaN"},
		{"value: 7", "value: 7\n    budget: .inf", "line 9: clients wallet: budget is from 0.01 to 10000, not +Inf"},
		{"value: 7", "value: 7\n    knows: 5", "line 9: clients wallet: knows is from 1 to 4, not 5"},
		{"value: 7", "value: 7\n    need: [3, 2]", "line 9: clients wallet: need is a range from 1 to 64, not 3 to 2"},
		{"value: 7", "value: 7\n    change: 5m", "line 9: clients wallet: change is from at-least, 10m0s, to 1000h0m0s, not 5m0s"},
		{"span: 1h", "span: -1h", "line 2: span is from 1m0s to 1000h0m0s, not -1h0m0s"},
		{"span: 1h", "span: 90", "line 2: cannot unmarshal !!int `90` into time.Duration"},
		{"span: 1h", "span: soon", "line 2: cannot unmarshal !!str `soon` into time.Duration"},
		{"span: 1h", "span: 1h\nwarm-up: 1h", "line 3: warm-up is from 0s to less than the span, 1h0m0s, not 1h0m0s"},
		{"span: 1h", "span: 1h\nsample: 25s", "line 3: sample is once or several times the round, 10s, not 25s"},
		{"span: 1h", "span: 1h\nrefill: 1s", "line 3: refill is from 20s to 24h0m0s, not 1s"},
		{"span: 1h", "span: 1h\nrefill: 2m", "line 1: prepaid is from more than refill, 2m0s, to 24h0m0s, not 1m0s"},
		{"span: 1h", "span: 1h\nday: { period: 1h, swing: -1 }", "line 3: day: swing is from 0 to 100, not -1"},
		{"span: 1h", "span: 1h\nshocks: [{ at: 1m, lasts: 1m, factor: -2 }]", "line 3: shocks: factor is from 0 to 100, not -2"},
		{"span: 1h", "span: 1h\nexpect: { welfare: 99 }", "line 3: expect: welfare is from 0 to 1, not 99"},
		{"span: 1h", "span: 1h\nspan: 2h", `line 3: mapping key "span" already defined at line 2`},
		{"[2, 3]", "[2]", "line 4: a range is two numbers, not 1"},
		{"[2, 3]", "[2, 3, 4]", "line 4: a range is two numbers, not 3"},
		{"[2, 3]", "[0, 3]", "line 4: servers stall: units is a range from 1 to 1000000, not 0 to 3"},
		{"[2, 3]", "[2, 3], share: 1.5", "line 4: servers stall: share is from 0.01 to 1, not 1.5"},
		{"[2, 3]", "[2, 3], up: 1h", "line 4: servers stall: up and down go together"},
		{"[2, 3]", "[2, 3], overload: { every: -1h, lasts: 1m }", "line 4: servers stall: every is from 1s to 1000h0m0s, not -1h0m0s"},
		{"kind: stall", "kind: a stall", `line 4: servers a stall: kind is a word in small letters, not "a stall"`},
		{"clients:", "  - { kind: stall, count: 1, units: [1, 1] }\nclients:", "line 5: servers stall: kind is there twice"},
		{least, "", "there is nothing in it"},
		{least, "name: x\n---\nname: y\n", "there is more than one in it"},
		{least, "name: x\nspan: 1h\n", "line 1: there have to be servers"},
		{least, "- x\n", "line 1: cannot unmarshal !!seq"},
		{least, "name: [x\n", "line 1: did not find expected ',' or ']'"},
	} {
		text := strings.Replace(least, tt.old, tt.now, 1)
		if text == least {
			t.Fatalf("%q is not there", tt.old)
		}
		_, err := ReadScenario(strings.NewReader(text))
		if !errors.Is(err, ErrScenario) || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%q: %v\nnot: %s", tt.now, err, tt.says)
		}
	}
	broken := errors.New("broken")
	if _, err := ReadScenario(iotest.ErrReader(broken)); !errors.Is(err, broken) || errors.Is(err, ErrScenario) {
		t.Errorf("a file that cannot be read: %v", err)
	}
}

// Whatever is in a file is read or refused.
func FuzzReadScenario(f *testing.F) {
	paths, err := filepath.Glob("scenarios/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Add(least)
	f.Fuzz(func(t *testing.T, text string) {
		sc, err := ReadScenario(strings.NewReader(text))
		switch {
		case err != nil && !errors.Is(err, ErrScenario):
			t.Errorf("%v", err)
		case err == nil && sc.validate() != nil:
			t.Errorf("%v", sc.validate())
		}
	})
}
