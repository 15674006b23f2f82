package sqlite

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/unit"
)

// A batch that changes nothing, as of repeated promises or of calls that are refused, leaves the rows that are kept, and they are good.
func TestKeptThroughNothing(t *testing.T) {
	s, err := open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	l := ledger.New(s, ledger.Options{Now: time.Now})
	defer l.Close()
	who := ledger.Address{1}
	promise := func(id byte, n uint64) ledger.Promise {
		return ledger.Promise{Method: "m", ID: [32]byte{id}, Client: who, Cumulative: unit.NewAmount(n)}
	}
	for id := byte(1); id <= 2; id++ {
		if _, err := l.Advance(t.Context(), promise(id, 10)); err != nil {
			t.Fatal(err)
		}
	}
	kept := func() (accounts, promises int) {
		s.mu.Lock()
		defer s.mu.Unlock()
		return len(s.mu.kept.accounts), len(s.mu.kept.promises)
	}
	accounts, promises := kept()
	for what, do := range map[string]func() error{
		"a promise again": func() error {
			done, err := l.Advance(t.Context(), promise(1, 10))
			if done.Present != unit.NewAmount(10) {
				t.Errorf("%+v", done)
			}
			return err
		},
		"a gap": func() error {
			p := promise(1, 30)
			p.From = unit.NewAmount(20)
			_, err := l.Advance(t.Context(), p)
			if err == nil {
				t.Error("a gap is taken")
			}
			return nil
		},
	} {
		if err := do(); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if a, p := kept(); a != accounts || p != promises || a != 2 || p != 2 {
			t.Errorf("after %s %d accounts and %d promises are kept, and %d and %d were", what, a, p, accounts, promises)
		}
	}
	done, err := l.Advance(t.Context(), promise(1, 15))
	if err != nil || done.Credited != unit.NewAmount(5) {
		t.Errorf("%+v, %v", done, err)
	}
	if report, err := l.Audit(t.Context()); err != nil || len(report.Faults) > 0 {
		t.Errorf("%+v, %v", report, err)
	}
}
