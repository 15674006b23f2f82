package sim

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// read reads a scenario of the repository and makes it so much smaller that a test can play it.
func read(t testing.TB, path string, part int) *Scenario {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sc, err := ReadScenario(f)
	if err != nil {
		t.Fatal(err)
	}
	servers := 0
	for i := range sc.Servers {
		sc.Servers[i].Count = max(sc.Servers[i].Count/part, 2)
		servers += sc.Servers[i].Count
	}
	for i := range sc.Clients {
		sc.Clients[i].Count = max(sc.Clients[i].Count/part, 5)
		sc.Clients[i].Knows = min(sc.Clients[i].Knows, servers)
	}
	return sc
}

// series plays a scenario and returns what it would write.
func series(t *testing.T, sc *Scenario, cfg Config) []byte {
	t.Helper()
	r, err := Run(t.Context(), sc, cfg)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := errors.Join(r.WriteSeries(&b), r.WriteServers(&b)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The same scenario and seed give the same bytes, whatever the number of goroutines; another seed does not.
func TestSameSeedSameBytes(t *testing.T) {
	sc := read(t, "scenarios/small.yaml", 5)
	sc.Span, sc.WarmUp, sc.Expect.Welfare = 30*time.Minute, 10*time.Minute, 0
	one := series(t, sc, Config{Seed: 7, Workers: 1})
	if four := series(t, sc, Config{Seed: 7, Workers: 4}); !bytes.Equal(one, four) {
		t.Errorf("one goroutine:\n%s\nfour:\n%s", one, four)
	}
	if other := series(t, sc, Config{Seed: 8}); bytes.Equal(one, other) {
		t.Error("two seeds have come to the same")
	}
}

// Every scenario of the repository is played, smaller, with all checkers.
func TestScenarios(t *testing.T) {
	paths, err := filepath.Glob("scenarios/*.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatal(paths, err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			part := 1
			for sc := read(t, path, 1); clients(sc)/part > 300; {
				part++
			}
			sc := read(t, path, part)
			sc.Span, sc.WarmUp = 70*time.Minute, 30*time.Minute
			sc.Twins = 1000
			sc.Expect.Welfare = min(sc.Expect.Welfare, 0.95) // few clients: a single one weighs more
			series(t, sc, Config{Seed: 3})
		})
	}
}

func clients(sc *Scenario) (n int) {
	for i := range sc.Clients {
		n += sc.Clients[i].Count
	}
	return n
}

// A run that is worse than it should be says so.
func TestWelfareIsExpected(t *testing.T) {
	sc := read(t, "scenarios/small.yaml", 10)
	sc.Span, sc.WarmUp, sc.Expect.Welfare = 20*time.Minute, 10*time.Minute, 1.01
	if _, err := Run(t.Context(), sc, Config{Seed: 1}); !errors.Is(err, ErrWelfare) {
		t.Error(err)
	}
}
