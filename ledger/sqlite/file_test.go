package sqlite

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/unit"
)

// filled makes a ledger with a credit, a hold, a charge and a promise in it, and closes it.
func filled(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ledger.db")
	l, err := Open(t.Context(), path, ledger.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	who := ledger.Address{1}
	_, err1 := l.Post(t.Context(), ledger.CreditOf("a", ledger.Address{}, who, unit.NewAmount(100)))
	epoch, err2 := l.Raise(t.Context(), "north")
	_, err3 := l.Hold(t.Context(), ledger.HoldRequest{
		Owner: "north", Epoch: epoch, Client: who, Amount: unit.NewAmount(50), Until: time.Now().Add(time.Hour),
	})
	charged, err4 := l.Charge(t.Context(), []ledger.Charge{{Owner: "north", Epoch: epoch, Client: who, Number: 1, Amount: unit.NewAmount(7)}})
	_, err5 := l.Advance(t.Context(), ledger.Promise{
		Method: "m", Client: who, Cumulative: unit.NewAmount(5), Claims: []ledger.Claim{{Key: [32]byte{1}}, {Key: [32]byte{2}}},
	})
	_, err6 := l.Collect(t.Context(), ledger.Collection{Method: "m", Collecting: unit.NewAmount(3), Collected: unit.NewAmount(2)})
	_, err7 := l.GiveBack(t.Context(), ledger.Settlement{Method: "m", Client: who})
	_, err9 := l.HandOut(t.Context(), ledger.Handout{Method: "m", Data: []byte{1}})
	_, err8 := l.SettleClaim(t.Context(), "m", [32]byte{2}, ledger.Posting{Key: "b", Why: ledger.LuckDrawn})
	if err := errors.Join(err1, err2, err3, err4, charged[0].Err, err5, err6, err7, err8, err9, l.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestFullDisk lets SQLite run out of pages, which it reports as it does a full disk. What was
// acknowledged stays, what was not did not happen, and it goes on when there is room. Which statement of a
// transaction finds the disk full depends on how many pages there are.
func TestFullDisk(t *testing.T) {
	for pages := 36; pages < 46; pages++ {
		t.Run(fmt.Sprint(pages), func(t *testing.T) { fullDisk(t, pages) })
	}
}

func fullDisk(t *testing.T, pages int) {
	s, err := open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	l := ledger.New(s, ledger.Options{Now: time.Now})
	defer l.Close()
	credit := func(key string) error {
		_, err := l.Post(t.Context(), ledger.CreditOf(key, ledger.Address{}, ledger.Address{1}, unit.NewAmount(1)))
		return err
	}
	if err := credit("first"); err != nil {
		t.Fatal(err)
	}
	limit := func(pages int) {
		s.mu.Lock()
		defer s.mu.Unlock()
		w, err := s.writer()
		if err != nil {
			t.Fatal(err)
		}
		if err := w.pragma(fmt.Sprintf("max_page_count = %d", pages)); err != nil {
			t.Fatal(err)
		}
	}
	limit(pages)
	n := 1
	for err = nil; err == nil; n++ {
		err = credit(fmt.Sprint("key ", n))
	}
	if !errors.Is(err, ledger.ErrFull) || errors.Is(err, ledger.ErrUnknown) {
		t.Errorf("after %d credits: %v", n, err)
	}
	acknowledged := ledger.Plus(unit.NewAmount(uint64(n - 1)))
	if b, err := l.Balance(t.Context(), ledger.ClientAccount(ledger.Address{}, ledger.Address{1})); err != nil || b.Total != acknowledged {
		t.Errorf("%s of %s are there, %v", b.Total, acknowledged, err)
	}
	limit(1 << 30)
	if err := credit(fmt.Sprint("key ", n-1)); err != nil {
		t.Error(err)
	}
	if report, err := l.Audit(t.Context()); err != nil || len(report.Faults) > 0 || report.Batches != uint64(n) {
		t.Errorf("%+v, %v", report, err)
	}
}

// TestAudit changes the file behind the ledger's back. Whatever is changed is noticed.
func TestAudit(t *testing.T) {
	const seven = "x'00000000000000000000000000000007'"
	for _, change := range []string{
		"UPDATE accounts SET free = " + seven + " WHERE kind = 1",
		"UPDATE accounts SET held = " + seven + " WHERE kind = 1",
		"UPDATE accounts SET debit = 1 WHERE kind = 3",
		"DELETE FROM accounts WHERE kind = 3",
		"INSERT INTO accounts SELECT 9, 4, token, client, 0, free, held, 0, 0 FROM accounts WHERE id = 1",
		"UPDATE holds SET amount = " + seven,
		"UPDATE holds SET owner = 'south'",
		"DELETE FROM holds",
		"UPDATE promises SET cumulative = " + seven,
		"DELETE FROM promises",
		"UPDATE promises SET returned = x'00000000000000000000000000000001'",
		"UPDATE promises SET collecting = " + seven,
		"UPDATE promises SET collected = " + seven,
		"UPDATE promises SET settlements = 0",
		"UPDATE promises SET settled = x'00000000000000000000000000000000'",
		"UPDATE promises SET settled = " + seven,
		"UPDATE promises SET account = 2",
		"UPDATE claims SET amount = " + seven + " WHERE settled = 0",
		"UPDATE claims SET data = x'01'",
		"UPDATE claims SET channel = " + "x'" + strings.Repeat("07", 32) + "'",
		"UPDATE claims SET account = 2",
		"UPDATE claims SET settled = 99",
		"UPDATE postings SET why = 2 WHERE why = 9",
		"UPDATE postings SET amount = " + seven + " WHERE seq = 1",
		"UPDATE postings SET debit = 1 - debit WHERE seq = 2",
		"UPDATE postings SET total = " + seven + " WHERE seq = 3",
		"UPDATE postings SET account = 2, number = 9 WHERE seq = 1",
		"UPDATE postings SET account = 99 WHERE seq = 1",
		"UPDATE postings SET owner = 'south' WHERE owner <> ''",
		"UPDATE postings SET batch = 9 WHERE seq = (SELECT max(seq) FROM postings)",
		"DELETE FROM postings WHERE seq = 3",
		"DELETE FROM postings WHERE seq = (SELECT max(seq) FROM postings)",
		"DELETE FROM postings WHERE batch = (SELECT max(batch) FROM postings)",
		"UPDATE state SET seq = seq + 1",
		"UPDATE accounts SET entries = entries + 1 WHERE kind = 1",
		"UPDATE postings SET number = number + 9 WHERE seq = 1",
		"UPDATE postings SET number = 9 WHERE seq = (SELECT min(seq) FROM postings WHERE number = 0)",
		"UPDATE postings SET before = before - 1 WHERE number = 2",
		"UPDATE accounts SET last = last - 1 WHERE kind = 1",
	} {
		t.Run(change, func(t *testing.T) {
			path := filled(t)
			tamper(t, path, change)
			l, err := Open(t.Context(), path, ledger.Options{Now: time.Now})
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			if report, err := l.Audit(t.Context()); err != nil || len(report.Faults) == 0 {
				t.Errorf("%+v, %v", report, err)
			}
		})
	}
}

func tamper(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	result, err := db.ExecContext(t.Context(), statement)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		t.Errorf("%d rows, %v", n, err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestDamagedFile(t *testing.T) {
	garbage := filepath.Join(t.TempDir(), "garbage.db")
	if err := os.WriteFile(garbage, bytes.Repeat([]byte("no database "), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	if l, err := Open(t.Context(), garbage, ledger.Options{Now: time.Now}); !errors.Is(err, ledger.ErrDamaged) {
		t.Errorf("garbage: %v, %v", l, err)
	}
	torn := filled(t)
	content, err := os.ReadFile(torn)
	if err != nil {
		t.Fatal(err)
	}
	for i := 4096; i < len(content); i++ {
		content[i] ^= 0x5a
	}
	if err := os.WriteFile(torn, content, 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := Open(t.Context(), torn, ledger.Options{Now: time.Now})
	if err == nil {
		_, err = l.Audit(t.Context())
		l.Close()
	}
	if !errors.Is(err, ledger.ErrDamaged) {
		t.Errorf("torn: %v", err)
	}
	missing := filepath.Join(t.TempDir(), "no", "such", "folder.db")
	if l, err := Open(t.Context(), missing, ledger.Options{Now: time.Now}); !errors.Is(err, ledger.ErrUnavailable) {
		t.Errorf("no folder: %v, %v", l, err)
	}
}

func TestNewerFileIsRefusedUntouched(t *testing.T) {
	path := filled(t)
	tamper(t, path, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if l, err := Open(t.Context(), path, ledger.Options{Now: time.Now}); !errors.Is(err, ledger.ErrNewer) {
		t.Errorf("%v, %v", l, err)
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("a refused file was changed (%v)", err)
	}
}

func TestNobodyElseReadsIt(t *testing.T) {
	info, err := os.Stat(filled(t))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

// TestLocked has another process keep the file for longer than a call's patience.
func TestLocked(t *testing.T) {
	path := filled(t)
	other, err := open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	w, err := other.writer()
	if err != nil {
		t.Fatal(err)
	}
	if err := w.exec(begin); err != nil {
		t.Fatal(err)
	}
	l, err := Open(t.Context(), path, ledger.Options{Now: time.Now, Patience: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := l.Raise(t.Context(), "north"); !errors.Is(err, ledger.ErrUnavailable) || errors.Is(err, ledger.ErrUnknown) {
		t.Errorf("%v", err)
	}
	// Who only asks does not wait.
	if b, err := l.Balance(t.Context(), ledger.Account{Kind: ledger.Revenue}); err != nil || b.Total != ledger.Plus(unit.NewAmount(7)) {
		t.Errorf("%+v, %v", b, err)
	}
	if err := w.exec(rollback); err != nil {
		t.Fatal(err)
	}
	l2, err := Open(t.Context(), path, ledger.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer l2.Close()
	if epoch, err := l2.Raise(t.Context(), "north"); err != nil || epoch != 2 {
		t.Errorf("epoch %d, %v: what was given up happened", epoch, err)
	}
}
