package admin

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/candela-les/candela/market"
	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/server"
	"github.com/candela-les/candela/unit"
)

// fakeMarket is a server of a fixed capacity that serves nobody. What real servers do
// is tested in node.
type fakeMarket struct {
	mu struct {
		sync.Mutex
		settings server.Settings
		applied  int
	}
	total   unit.Cost
	clients []server.ClientInfo
	gone    []string // what Freeze and Drop were asked for
}

const unitRecharge = 10_000

func (m *fakeMarket) units(s server.Settings) uint64 {
	return uint64(m.total) * (1000 - s.ReservePermille - s.FreePermille) / 1000 / unitRecharge
}

func (m *fakeMarket) Settings() server.Settings {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.mu.settings
}

func (m *fakeMarket) Check(s server.Settings) error {
	if s.ReservePermille+s.FreePermille > 1000 {
		return server.ErrSettings
	}
	now, units := m.Settings(), m.units(s)
	if want := total(s); want > units && (want > total(now) || units < m.units(now)) {
		return &market.OversoldError{Granted: want, Units: units}
	}
	return nil
}

// total is how many units settings grant.
func total(s server.Settings) uint64 {
	var grants []Grant
	for _, g := range s.Grants {
		grants = append(grants, Grant{Units: g.Units})
	}
	return sum(grants)
}

func (m *fakeMarket) Apply(s server.Settings) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.mu.settings, m.mu.applied = s, m.mu.applied+1
}

func (m *fakeMarket) Capacity() server.Capacity {
	return server.Capacity{
		Total: m.total, Nominal: 2 * m.total, Units: m.units(m.Settings()),
		Unit: flow.Params{Limit: 60_000_000, Recharge: unitRecharge},
	}
}

func (m *fakeMarket) Clients() []server.ClientInfo { return m.clients }

func (m *fakeMarket) find(id [32]byte) error {
	for _, c := range m.clients {
		if c.ID == market.ID(id) {
			return nil
		}
	}
	return fmt.Errorf("%w: %x", server.ErrNoClient, id)
}

func (m *fakeMarket) Freeze(id [32]byte) error {
	m.gone = append(m.gone, fmt.Sprintf("freeze %x", id[:1]))
	return m.find(id)
}

func (m *fakeMarket) Drop(id [32]byte, retryAfter time.Duration) error {
	m.gone = append(m.gone, fmt.Sprintf("drop %x %v", id[:1], retryAfter))
	return m.find(id)
}

func testConfig(t *testing.T, dir string) Config {
	return Config{
		Dir: dir, Shares: Shares{ReservePermille: 200, FreePermille: 100},
		Now:    func() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) },
		Logger: slog.New(slog.NewTextHandler(t.Output(), nil)),
	}
}

// open opens an office, and a market of 2 threads that begins with what it says.
func open(t *testing.T, dir string) (*Office, *api, *fakeMarket) {
	t.Helper()
	d, err := Open(testConfig(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	m := &fakeMarket{total: 2_000_000}
	m.Apply(d.Settings())
	m.mu.applied = 0
	return d, &api{office: d, market: m}, m
}

func client(n byte) ID { return ID{n} }

func mustGrant(t *testing.T, a *api, n byte, units uint64) Granted {
	t.Helper()
	got, err := a.Grant(client(n), units)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// want checks which grants hold: at the market, and for who opens the directory next.
func wantGrants(t *testing.T, a *api, m *fakeMarket, want string) {
	t.Helper()
	if got := show(m.Settings()); got != want {
		t.Errorf("the server has %s, want %s", got, want)
	}
	doc, _, err := load(a.office.disk)
	if err != nil {
		t.Fatal(err)
	}
	if got := show(doc.settings(a.office.cfg.Shares)); got != want {
		t.Errorf("the file has %s, want %s", got, want)
	}
}

func show(s server.Settings) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d+%d", s.ReservePermille, s.FreePermille)
	for _, g := range s.Grants {
		fmt.Fprintf(&b, " %x:%d", g.ID[:1], g.Units)
	}
	return b.String()
}

func TestGrants(t *testing.T) {
	dir := t.TempDir()
	_, a, m := open(t, dir)
	if got := mustGrant(t, a, 1, 100); got.Left != 40 || got.ForSale != 140 {
		t.Errorf("granted: %+v", got)
	}
	mustGrant(t, a, 2, 30)
	wantGrants(t, a, m, "200+100 01:100 02:30")
	// A changed grant keeps its age; one that was taken back begins anew.
	mustGrant(t, a, 1, 50)
	wantGrants(t, a, m, "200+100 01:50 02:30")
	mustGrant(t, a, 1, 0)
	mustGrant(t, a, 1, 7)
	wantGrants(t, a, m, "200+100 02:30 01:7")
}

func TestOversold(t *testing.T) {
	_, a, m := open(t, t.TempDir())
	mustGrant(t, a, 1, 100)
	mustGrant(t, a, 2, 30)
	for _, tt := range []struct {
		name string
		call func() error
		left uint64
	}{
		{"a new client", func() error { _, err := a.Grant(client(3), 11); return err }, 10},
		{"the same client", func() error { _, err := a.Grant(client(1), 111); return err }, 110},
		{"absurdly many", func() error { _, err := a.Grant(client(3), 1<<64-1); return err }, 10},
		{"shares", func() error { _, err := a.SetShares(new(uint64(300)), nil); return err }, 120},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e, ok := errors.AsType[*Error](tt.call())
			if !ok || e.Code != CodeOversold || *e.Data.Left != tt.left {
				t.Errorf("got %+v, want %d left", e, tt.left)
			}
			wantGrants(t, a, m, "200+100 01:100 02:30")
		})
	}
	// Capacity falls. Nothing more is promised, but the operator can promise less.
	m.total = 1_000_000
	if _, err := a.Grant(client(3), 1); err == nil {
		t.Error("a unit that is not there was granted")
	}
	mustGrant(t, a, 1, 90)
	mustGrant(t, a, 2, 0)
	if _, err := a.SetShares(new(uint64(150)), nil); err != nil {
		t.Error(err)
	}
	wantGrants(t, a, m, "150+100 01:90")
}

func TestShares(t *testing.T) {
	dir := t.TempDir()
	d, a, m := open(t, dir)
	mustGrant(t, a, 1, 5)
	// Who grants units has not decided about shares: those of the flags go on to hold.
	if raw, err := os.ReadFile(filepath.Join(dir, FileName)); err != nil || strings.Contains(string(raw), "ermille") {
		t.Errorf("file: %s, %v", raw, err)
	}
	if _, err := a.SetShares(nil, new(uint64(250))); err != nil {
		t.Fatal(err)
	}
	wantGrants(t, a, m, "200+250 01:5")
	for _, bad := range [][2]*uint64{{nil, nil}, {new(uint64(800)), new(uint64(201))}, {new(uint64(900)), nil}, {new(uint64(1001)), new(uint64(0))}, {new(uint64(1<<64 - 1)), new(uint64(2))}} {
		if e, ok := errors.AsType[*Error](second(a.SetShares(bad[0], bad[1]))); !ok || e.Code != CodeInvalid {
			t.Errorf("shares %v: %v", bad, e)
		}
	}
	wantGrants(t, a, m, "200+250 01:5")
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	// Other flags: they hold for what the operator has not decided.
	cfg := testConfig(t, dir)
	cfg.Shares = Shares{ReservePermille: 300, FreePermille: 300}
	again, err := Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	if got := show(again.Settings()); got != "300+250 01:5" {
		t.Errorf("with other flags: %s", got)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	cfg.Shares.ReservePermille = 800
	if _, err := Open(cfg); !isFileError(err) {
		t.Errorf("shares of flags and file that are more than all: %v", err)
	}
}

func second[T any](_ T, err error) error { return err }

func isFileError(err error) bool {
	_, ok := errors.AsType[*FileError](err)
	return ok
}

func TestFileThatCannotBeRead(t *testing.T) {
	const grant = `{"client":"0100000000000000000000000000000000000000000000000000000000000000","units":1,"since":"2026-11-22T12:00:00Z"}`
	for _, tt := range []struct{ name, content, want string }{
		{"empty", "", "empty"},
		{"blank", " \n", "empty"},
		{"truncated", `{"format":1,"grants":[`, "unexpected end"},
		{"no JSON", "hello", "invalid character"},
		{"null", "null", "format is 0"},
		{"newer", `{"format":2,"everything":"else"}`, "format is 2"},
		{"unknown key", `{"format":1,"grants":[],"freepromille":5}`, "unknown field"},
		{"something behind", `{"format":1,"grants":[]}{}`, "after top-level value"},
		{"granted twice", `{"format":1,"grants":[` + grant + `,` + grant + `]}`, "twice"},
		{"granted nothing", `{"format":1,"grants":[` + strings.Replace(grant, ":1,", ":0,", 1) + `]}`, "0 units"},
		{"negative", `{"format":1,"grants":[` + strings.Replace(grant, ":1,", ":-1,", 1) + `]}`, "number -1"},
		{"bad client", `{"format":1,"grants":[{"client":"x","units":1}]}`, "node id"},
		{"shares", `{"format":1,"reservePermille":900,"freePermille":101,"grants":[]}`, "more than all"},
		{"shares that wrap", `{"format":1,"reservePermille":18446744073709551615,"freePermille":1,"grants":[]}`, "more than all"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, FileName), []byte(tt.content), 0o600); err != nil {
				t.Fatal(err)
			}
			// Twice: the first one must not keep the directory.
			for range 2 {
				_, err := Open(testConfig(t, dir))
				if !isFileError(err) || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), "move it away") {
					t.Errorf("error %v, want one about %s", err, tt.want)
				}
			}
			if raw, err := os.ReadFile(filepath.Join(dir, FileName)); err != nil || string(raw) != tt.content {
				t.Errorf("the file is now %q, %v", raw, err)
			}
		})
	}
}

// after is an office on this disk, with the market that a server would have there.
func after(t *testing.T, disk *fakeDisk) (*api, *fakeMarket) {
	t.Helper()
	d := &Office{cfg: testConfig(t, ""), disk: disk}
	var err error
	if d.mu.doc, d.deciding.raw, err = load(disk); err != nil {
		t.Fatalf("the file is broken: %v: %+v", err, disk.inodes)
	}
	m := &fakeMarket{total: 2_000_000}
	m.Apply(d.Settings())
	return &api{office: d, market: m}, m
}

// The process, or the machine, ends at every step of a decision. What is found then is
// what was before, or all that was decided; and that for sure once it was answered.
func TestCrashAtEveryStep(t *testing.T) {
	for _, first := range []bool{true, false} {
		content, before := map[string]string{}, "200+100"
		if !first {
			disk := newFakeDisk(nil)
			a, _ := after(t, disk)
			mustGrant(t, a, 1, 5)
			content[FileName], before = string(disk.inodes[FileName].data), "200+100 01:5"
		}
		answered := false
		for step := 1; !answered; step++ {
			for _, lucky := range []bool{false, true} {
				for _, partial := range []int{0, 1, 40, 1 << 20} {
					disk := newFakeDisk(content)
					disk.failAt, disk.err, disk.partial = step, errCrash, partial
					a, _ := after(t, disk)
					_, err := a.Grant(client(2), 9)
					answered = err == nil
					again, m := after(t, disk.reboot(lucky))
					switch got := show(m.Settings()); {
					case got == before+" 02:9":
					case answered || got != before:
						t.Errorf("step %d, lucky %v: found %s (answered: %v)", step, lucky, got, answered)
					}
					// And it goes on from there.
					mustGrant(t, again, 3, 1)
				}
			}
		}
	}
}

// The disk fails at every step of a decision: whoever asked is told, nothing has changed,
// and later decisions hold.
func TestDiskFullAtEveryStep(t *testing.T) {
	for _, before := range []string{"200+100", "200+100 01:5"} {
		for step := 1; ; step++ {
			disk := newFakeDisk(nil)
			a, m := after(t, disk)
			if before != "200+100" {
				mustGrant(t, a, 1, 5)
			}
			disk.steps, disk.failAt, disk.err, disk.partial = 0, step, syscall.ENOSPC, 10
			m.mu.applied = 0
			_, err := a.Grant(client(2), 9)
			if err == nil {
				break // step is behind the last one
			}
			e, ok := errors.AsType[*Error](err)
			if !ok || e.Code != CodeNotSaved || !strings.Contains(e.Message, "no space left") {
				t.Errorf("step %d: %v", step, err)
			}
			if m.mu.applied != 0 {
				t.Errorf("step %d: applied all the same", step)
			}
			wantGrants(t, a, m, before)
			mustGrant(t, a, 3, 1)
			wantGrants(t, a, m, before+" 03:1")
		}
	}
}

// Every decision that was answered is found by who opens the directory later.
func TestDecisionsAreKept(t *testing.T) {
	dir := t.TempDir()
	want := ""
	for i := range byte(5) {
		d, err := Open(testConfig(t, dir))
		if err != nil {
			t.Fatal(err)
		}
		if got := show(d.Settings()); i > 0 && got != want {
			t.Errorf("round %d: found %s, want %s", i, got, want)
		}
		m := &fakeMarket{total: 2_000_000}
		m.Apply(d.Settings())
		mustGrant(t, &api{office: d, market: m}, i+1, uint64(i)+3)
		want = show(m.Settings())
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
	info, err := os.Stat(filepath.Join(dir, FileName))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("file: %v, %v", info.Mode(), err)
	}
}

// Decisions that are made at one time are all kept, and none takes another's units.
func TestDecisionsAtOneTime(t *testing.T) {
	dir := t.TempDir()
	_, a, m := open(t, dir)
	var wg sync.WaitGroup
	granted := make([]bool, 40)
	for i := range granted {
		wg.Go(func() {
			_, err := a.Grant(client(byte(i+1)), 7) // 20 of them fit
			granted[i] = err == nil
		})
	}
	wg.Wait()
	n := 0
	for _, ok := range granted {
		if ok {
			n++
		}
	}
	if n != 20 || total(m.Settings()) != 140 {
		t.Errorf("%d were granted units, %d in all", n, total(m.Settings()))
	}
	wantGrants(t, a, m, show(m.Settings()))
}

func TestEncodeDecode(t *testing.T) {
	_, a, _ := open(t, t.TempDir())
	mustGrant(t, a, 1, 5)
	if _, err := a.SetShares(new(uint64(0)), new(uint64(0))); err != nil {
		t.Fatal(err)
	}
	doc, _, err := load(a.office.disk)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(a.office.mu.doc, doc); diff != "" {
		t.Error(diff)
	}
}
