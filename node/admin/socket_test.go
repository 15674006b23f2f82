package admin

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/candela-les/candela/market"
	"github.com/candela-les/candela/server"
)

// serve opens an office in a directory and answers there.
func serve(t *testing.T, dir string) (*fakeMarket, func()) {
	t.Helper()
	d, err := Open(testConfig(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	m := &fakeMarket{total: 2_000_000, clients: []server.ClientInfo{
		{View: market.View{ID: market.ID(client(1)), Spent: 7}, Addr: "127.0.0.1:1", Name: "one", Version: 5},
		{View: market.View{ID: market.ID(client(2)), Paid: true, Granted: 3, Units: 2}, Addr: "127.0.0.1:2", Name: "two", Version: 4},
	}}
	m.Apply(d.Settings())
	stop, err := d.Serve(t.Context(), m, nil)
	if err != nil {
		t.Fatal(err)
	}
	end := sync.OnceFunc(func() {
		if err := errors.Join(stop(), d.Close()); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(end)
	return m, end
}

func dial(t *testing.T, dir string) *Client {
	t.Helper()
	c, err := Dial(t.Context(), SocketIn(dir))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() }) //nolint:errcheck // it may be closed
	return c
}

func TestAPI(t *testing.T) {
	dir := t.TempDir()
	m, _ := serve(t, dir)
	c, ctx := dial(t, dir), t.Context()

	granted, err := c.Grant(ctx, client(2), 3)
	if want := (Granted{Client: client(2), Units: 3, ForSale: 140, Left: 137}); err != nil || granted != want {
		t.Errorf("granted %+v, %v", granted, err)
	}
	settings, err := c.SetShares(ctx, nil, new(uint64(200)))
	since := testConfig(t, "").Now()
	want := Settings{ReservePermille: 200, FreePermille: 200, Grants: []GrantState{
		{Grant: Grant{Client: client(2), Units: 3, Since: since}, Connected: true, Allocated: 2},
	}}
	if diff := cmp.Diff(want, settings); err != nil || diff != "" {
		t.Error(err, diff)
	}
	again, err := c.Settings(ctx)
	if diff := cmp.Diff(want, again); err != nil || diff != "" {
		t.Error(err, diff)
	}
	capacity, err := c.Capacity(ctx)
	if err != nil || capacity.Total != 2_000_000 || capacity.Units.Granted != 3 || capacity.Units.ForSale != 120 || capacity.FreePermille != 200 {
		t.Errorf("capacity %+v, %v", capacity, err)
	}
	clients, err := c.Clients(ctx)
	if err != nil || len(clients) != 2 || clients[0].Client != client(2) || clients[0].Class != "paid" || clients[1].Class != "free" {
		t.Errorf("clients %+v, %v", clients, err)
	}
	if err := errors.Join(c.Freeze(ctx, client(1)), c.Drop(ctx, client(2), 90*time.Second)); err != nil {
		t.Error(err)
	}
	if got := strings.Join(m.gone, ", "); got != "freeze 01, drop 02 1m30s" {
		t.Errorf("the server was asked to %s", got)
	}
}

func TestAPIErrors(t *testing.T) {
	dir := t.TempDir()
	serve(t, dir)
	c, ctx := dial(t, dir), t.Context()
	for _, tt := range []struct {
		name string
		err  error
		code int
		kind string
	}{
		{"oversold", second(c.Grant(ctx, client(1), 141)), CodeOversold, "oversold"},
		{"nothing to take back", second(c.Grant(ctx, client(1), 0)), CodeNoGrant, "noGrant"},
		{"freeze a stranger", c.Freeze(ctx, client(9)), CodeUnknownClient, "unknownClient"},
		{"drop a stranger", c.Drop(ctx, client(9), 0), CodeUnknownClient, "unknownClient"},
		{"drop for ever", c.Drop(ctx, client(1), MaxRetryAfter+time.Second), CodeInvalid, "invalid"},
		{"too much", second(c.SetShares(ctx, new(uint64(999)), new(uint64(2)))), CodeInvalid, "invalid"},
		{"no share", second(c.SetShares(ctx, nil, nil)), CodeInvalid, "invalid"},
		{"bad client", c.call(ctx, nil, "freeze", "bob"), CodeInvalid, ""},
		{"no client", c.call(ctx, nil, "freeze"), CodeInvalid, ""},
		{"negative units", c.call(ctx, nil, "grant", client(1), -1), CodeInvalid, ""},
		{"a part of a unit", c.call(ctx, nil, "grant", client(1), 1.5), CodeInvalid, ""},
		{"no units", c.call(ctx, nil, "grant", client(1)), CodeInvalid, ""},
		{"no such method", c.call(ctx, nil, "steal"), -32601, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e, ok := errors.AsType[*Error](tt.err)
			if !ok || e.Code != tt.code || e.Data.Kind != tt.kind {
				t.Errorf("got %#v", tt.err)
			}
		})
	}
	if e, _ := errors.AsType[*Error](second(c.Grant(ctx, client(1), 141))); e.Data.Left == nil || *e.Data.Left != 140 {
		t.Errorf("left: %+v", e.Data)
	}
}

// The names on the wire are those of docs/spec/admin.md.
func TestNames(t *testing.T) {
	dir := t.TempDir()
	serve(t, dir)
	conn, err := net.Dial("unix", SocketIn(dir))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	const id = "0100000000000000000000000000000000000000000000000000000000000000"
	dec := json.NewDecoder(conn)
	for _, tt := range []struct{ method, params, want string }{
		{"candela_grant", `["0x` + id + `", 12]`, `{"jsonrpc":"2.0","id":1,"result":{"client":"` + id + `","units":12,"forSale":140,"left":128}}`},
		{"candela_grant", `["` + id + `", 150]`, `{"jsonrpc":"2.0","id":1,"error":{"code":-32020,"message":"150 units are more than are left: 140 of the 140 for sale can be granted to this client","data":{"kind":"oversold","left":140}}}`},
		{"candela_setShares", `[null, 50]`, `{"jsonrpc":"2.0","id":1,"result":{"reservePermille":200,"freePermille":50,"grants":[{"client":"` + id + `","units":12,"since":"2026-11-22T12:00:00Z","connected":true,"allocated":0}]}}`},
		{"candela_freeze", `["` + id + `"]`, `{"jsonrpc":"2.0","id":1,"result":null}`},
		{"candela_drop", `["` + id + `"]`, `{"jsonrpc":"2.0","id":1,"result":null}`},
	} {
		if _, err := conn.Write([]byte(`{"jsonrpc":"2.0","id":1,"method":"` + tt.method + `","params":` + tt.params + "}\n")); err != nil {
			t.Fatal(err)
		}
		var got json.RawMessage
		if err := dec.Decode(&got); err != nil || string(got) != tt.want {
			t.Errorf("%s answers %s, %v", tt.method, got, err)
		}
	}
}

func TestSocketIsPrivate(t *testing.T) {
	dir := t.TempDir()
	serve(t, dir)
	info, err := os.Stat(SocketIn(dir))
	if err != nil || info.Mode() != os.ModeSocket|0o600 {
		t.Errorf("socket: %v, %v", info, err)
	}
}

func TestNotRunning(t *testing.T) {
	dir := t.TempDir()
	if _, err := Dial(t.Context(), SocketIn(dir)); !errors.Is(err, ErrNotRunning) {
		t.Errorf("no socket: %v", err)
	}
	if _, err := Dial(t.Context(), SocketIn(filepath.Join(dir, "missing"))); !errors.Is(err, ErrNotRunning) {
		t.Errorf("no directory: %v", err)
	}
	_, stop := serve(t, dir)
	c := dial(t, dir)
	stop()
	if _, err := os.Stat(SocketIn(dir)); err == nil {
		t.Error("the socket is left behind")
	}
	if err := second(c.Capacity(t.Context())); err == nil || !strings.Contains(err.Error(), "went away") {
		t.Errorf("after the end: %v", err)
	}
	leftBehind(t, dir)
	if _, err := Dial(t.Context(), SocketIn(dir)); !errors.Is(err, ErrNotRunning) {
		t.Errorf("socket of a killed process: %v", err)
	}
	serve(t, dir)
	dial(t, dir)
}

// leftBehind makes the socket that a killed process leaves.
func leftBehind(t *testing.T, dir string) {
	t.Helper()
	listener, err := net.Listen("unix", SocketIn(dir))
	if err != nil {
		t.Fatal(err)
	}
	listener.(*net.UnixListener).SetUnlinkOnClose(false)
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestOneOfficeInADirectory(t *testing.T) {
	dir := t.TempDir()
	serve(t, dir)
	if _, err := Open(testConfig(t, dir)); err == nil || !strings.Contains(err.Error(), "in use by another process") {
		t.Errorf("a second office: %v", err)
	}
	dial(t, dir) // the first one's socket is as it was
}

func TestSomethingInTheWay(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(SocketIn(dir), []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	d, _, m := open(t, dir)
	if _, err := d.Serve(t.Context(), m, nil); err == nil || !strings.Contains(err.Error(), "is in the way") {
		t.Errorf("a file: %v", err)
	}
	if raw, err := os.ReadFile(SocketIn(dir)); err != nil || string(raw) != "precious" {
		t.Errorf("the file is now %q, %v", raw, err)
	}
}

func TestLongPath(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("long", 40))
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "linux" {
		d, _, m := open(t, dir)
		if _, err := d.Serve(t.Context(), m, nil); err == nil || !strings.Contains(err.Error(), "shorter path") {
			t.Errorf("error %v", err)
		}
		return
	}
	_, stop := serve(t, dir)
	if _, err := dial(t, dir).Capacity(t.Context()); err != nil {
		t.Error(err)
	}
	stop()
	if _, err := Dial(t.Context(), SocketIn(dir)); !errors.Is(err, ErrNotRunning) {
		t.Errorf("after the end: %v", err)
	}
}

// Who comes and says nothing, or nonsense, keeps nobody else from the office, nor the
// office from closing.
func TestBadNeighbours(t *testing.T) {
	dir := t.TempDir()
	_, stop := serve(t, dir)
	for _, say := range []string{"", "GET / HTTP/1.1\r\n\r\n", "[]", "[[[[", `{"jsonrpc":"2.0","id":1,"method":"candela_grant","params":["` + strings.Repeat("0", 1<<20) + `",1]}`} {
		conn, err := net.Dial("unix", SocketIn(dir))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		go conn.Write([]byte(say)) //nolint:errcheck // it may be hung up on
	}
	if _, err := dial(t, dir).Settings(t.Context()); err != nil {
		t.Error(err)
	}
	stop()
}

// Nobody waits for ever for a server that hangs.
func TestServerThatHangs(t *testing.T) {
	dir := t.TempDir()
	listener, err := net.Listen("unix", SocketIn(dir))
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	c := dial(t, dir)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := c.Capacity(ctx); !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "does not answer") {
		t.Errorf("error %v", err)
	}
}
