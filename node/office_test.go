package node

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/candela-les/candela/node/admin"
)

// visit opens the office in a directory.
func visit(t *testing.T, dir string) *admin.Client {
	t.Helper()
	c, err := admin.Dial(t.Context(), admin.SocketIn(dir))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

// guest waits until exactly one client is connected and returns it.
func guest(t *testing.T, office *admin.Client) (one admin.ClientInfo) {
	t.Helper()
	eventually(t, "nobody comes", func() bool {
		clients, err := office.Clients(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(clients) != 1 {
			return false
		}
		one = clients[0]
		return true
	})
	return one
}

// A grant reaches the client that is connected, and is there for it after the server
// was started again.
func TestGrantIsKept(t *testing.T) {
	source, dir, home := devChain(t, nil), t.TempDir(), t.TempDir()
	serve := func() *Server {
		return startServer(t, source, func(c *ServerConfig) { c.DataDir = dir })
	}
	first := serve()
	office := visit(t, dir)
	light := startLight(t, quiet(t), LightConfig{Trusted: []string{first.Enode()}, DataDir: home})
	free := guest(t, office)
	if free.Class != "free" || free.Units != 0 || free.Version != 5 {
		t.Errorf("before: %+v", free)
	}
	if _, err := office.Grant(t.Context(), free.Client, 5); err != nil {
		t.Fatal(err)
	}
	capacity, err := office.Capacity(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	check := func(office *admin.Client, when string) {
		t.Helper()
		paid := guest(t, office)
		if paid.Client != free.Client || paid.Class != "paid" || paid.Units != 5 || paid.Granted != 5 || paid.Params.Recharge != 5*capacity.Unit.Recharge {
			t.Errorf("%s: %+v", when, paid)
		}
	}
	check(office, "granted")
	if c, err := office.Capacity(t.Context()); err != nil || c.Units.Allocated != 5 || c.Units.Granted != 5 || c.Units.ForSale == 0 || c.Total == 0 {
		t.Errorf("capacity: %+v, %v", c, err)
	}
	if err := light.Close(); err != nil {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}

	again := serve()
	startLight(t, quiet(t), LightConfig{Trusted: []string{again.Enode()}, DataDir: home})
	check(visit(t, dir), "after a restart")
}

// A client that is dropped heeds when it may come again.
func TestDropped(t *testing.T) {
	dir := t.TempDir()
	s := startServer(t, devChain(t, nil), func(c *ServerConfig) { c.DataDir = dir })
	office := visit(t, dir)
	light := startLight(t, quiet(t), LightConfig{Trusted: []string{s.Enode()}})
	one := guest(t, office)
	began := time.Now()
	if err := office.Drop(t.Context(), one.Client, 10*time.Minute); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the client does not know when to come again", func() bool {
		at := light.Client().Status().Servers[0].RetryAt
		return at.Sub(began) > 9*time.Minute && at.Sub(began) < 12*time.Minute
	})
	eventually(t, "it is still there", func() bool {
		clients, err := office.Clients(t.Context())
		return err == nil && len(clients) == 0
	})
}

// What was granted before is never forgotten, even if there is less now than then: what
// there is goes to the oldest, and no more than that.
func TestMoreGrantedThanThereIs(t *testing.T) {
	dir := t.TempDir()
	const grant = `{"client":"%02x%s","units":%d,"since":"2026-11-22T12:00:00Z"}`
	rest := strings.Repeat("0", 62)
	file := fmt.Sprintf(`{"format":1,"grants":[`+grant+","+grant+`]}`, 1, rest, 3, 2, rest, 1_000_000)
	if err := os.WriteFile(filepath.Join(dir, admin.FileName), []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	startServer(t, devChain(t, nil), func(c *ServerConfig) { c.DataDir = dir })
	office := visit(t, dir)
	c, err := office.Capacity(t.Context())
	if err != nil || c.Units.Granted != 1_000_003 || c.Units.Allocated <= 3 || c.Units.Allocated >= 1_000_003 {
		t.Errorf("%+v, %v", c.Units, err)
	}
	if _, err := office.Grant(t.Context(), admin.ID{3}, 1); err == nil {
		t.Error("a unit was granted that is not there")
	}
	// Less is possible, though it is still too much.
	if _, err := office.Grant(t.Context(), admin.ID{2}, 999_999); err != nil {
		t.Error(err)
	}
}

// Each server of a development chain has an office of its own; without a directory
// there is none.
func TestOffices(t *testing.T) {
	dir := t.TempDir()
	source := devChain(t, nil)
	startServer(t, source, nil)
	startServer(t, source, func(c *ServerConfig) { c.AdminDir = filepath.Join(dir, "one") })
	startServer(t, source, func(c *ServerConfig) { c.AdminDir = filepath.Join(dir, "two"); c.Reserve, c.Free = "50%", "0" })
	for name, want := range map[string]uint64{"one": 200, "two": 500} {
		if s, err := visit(t, filepath.Join(dir, name)).Settings(t.Context()); err != nil || s.ReservePermille != want {
			t.Errorf("%s: %+v, %v", name, s, err)
		}
	}
	_, err := StartServer(t.Context(), quiet(t), ServerConfig{
		Source: source, Key: newKey(t), ListenAddr: "127.0.0.1:0", AdminDir: filepath.Join(dir, "one"),
	})
	if err == nil || !strings.Contains(err.Error(), "in use by another") {
		t.Errorf("a second server in one directory: %v", err)
	}
}
