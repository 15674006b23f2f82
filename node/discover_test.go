package node

import (
	"crypto/ecdsa"
	"fmt"
	"log/slog"
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/node/devp2p"
)

// devChain opens a chain of its own. Extra accounts make it another chain.
func devChain(t testing.TB, extra types.GenesisAlloc) *embedded.Dev {
	t.Helper()
	d, err := embedded.OpenDev(embedded.DevConfig{Alloc: extra})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func newKey(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// quiet logs warnings to the test.
func quiet(t testing.TB) Env {
	return Env{Logger: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})), Now: time.Now}
}

// network is a private discovery network on loopback.
type network struct {
	t    testing.TB
	boot *devp2p.Host // a plain node, no server
}

func newNetwork(t testing.TB) *network {
	n := &network{t: t}
	n.boot = n.plain()
	return n
}

// bootnodes are where the others begin: none for the bootnode itself.
func (n *network) bootnodes() []string {
	if n.boot == nil {
		return nil
	}
	return []string{n.boot.URL()}
}

// plain adds a node that is no LES server.
func (n *network) plain() *devp2p.Host {
	n.t.Helper()
	boot, err := bootnodes(n.bootnodes(), "")
	if err != nil {
		n.t.Fatal(err)
	}
	h, err := devp2p.NewHost(devp2p.Config{
		Key: newKey(n.t), Name: "plain", ListenAddr: "127.0.0.1:0", MaxPeers: 1,
		Discovery: &devp2p.Discovery{Bootnodes: boot},
	})
	if err != nil {
		n.t.Fatal(err)
	}
	n.t.Cleanup(h.Close)
	return h
}

// server adds an LES server.
func (n *network) server(source chain.Source, change func(*ServerConfig)) *Server {
	n.t.Helper()
	return startServer(n.t, source, func(c *ServerConfig) {
		c.Discovery, c.Bootnodes = true, n.bootnodes()
		if change != nil {
			change(c)
		}
	})
}

func startServer(t testing.TB, source chain.Source, change func(*ServerConfig)) *Server {
	t.Helper()
	cfg := ServerConfig{Source: source, Key: newKey(t), ListenAddr: "127.0.0.1:0"}
	if change != nil {
		change(&cfg)
	}
	s, err := StartServer(t.Context(), quiet(t), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func startLight(t testing.TB, env Env, cfg LightConfig) *Light {
	t.Helper()
	cfg.Fraction, cfg.HTTPAddr, cfg.UDPAddr = 100, "127.0.0.1:0", "127.0.0.1:0"
	l, err := StartLight(t.Context(), env, cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// connected are the addresses of servers that the client is connected to.
func connected(l *Light) map[string]bool {
	found := make(map[string]bool)
	for _, s := range l.Client().Status().Servers {
		if s.Connected {
			found[s.ID] = true
		}
	}
	return found
}

func serverID(s *Server) string { return fmt.Sprintf("%x", s.host.Self().ID().Bytes()) }

func eventually(t testing.TB, what string, condition func() bool) {
	t.Helper()
	for range 3000 {
		if condition() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal(what)
}

// twenty is a private network: of twenty nodes six are good servers.
type twenty struct {
	*network
	trusted *Server   // only announces, and is not part of it
	useless []*Server // of another chain, without data, or full
}

func newTwenty(t testing.TB) *twenty {
	ours := devChain(t, nil)
	other := devChain(t, types.GenesisAlloc{{1}: {Balance: big.NewInt(1)}})
	n := &twenty{network: newNetwork(t)} // 1
	n.trusted = startServer(t, ours, func(c *ServerConfig) { c.OnlyAnnounce = true })
	for range 4 {
		n.plain() // 5
	}
	for range 4 {
		n.useless = append(n.useless, n.server(other, nil)) // 9
	}
	n.useless = append(n.useless, n.server(ours, func(c *ServerConfig) { c.OnlyAnnounce = true })) // 10
	for range 4 {                                                                                  // 14
		s := n.server(ours, func(c *ServerConfig) { c.MaxClients = 1 })
		n.useless = append(n.useless, s)
		guest := startLight(t, quiet(t), LightConfig{Trusted: []string{s.Enode()}})
		eventually(t, "the guest does not come in", func() bool { return len(connected(guest)) == 1 })
	}
	for range 6 {
		n.server(ours, nil) // 20
	}
	return n
}

// light starts a light client that is told the trusted server and the bootnode.
func (n *twenty) light(servers int) *Light {
	return startLight(n.t, quiet(n.t), LightConfig{
		Trusted: []string{n.trusted.Enode()}, Discovery: true, Bootnodes: n.bootnodes(), MaxServers: servers,
	})
}

// A light client that knows one bootnode, and trusts one server that has no data,
// finds servers among twenty nodes that have all just started, and is served by them.
func TestTwentyNodes(t *testing.T) {
	t.Parallel()
	const most = 3
	n := newTwenty(t)
	began := time.Now()
	light := n.light(most)
	if err := light.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Logf("first proven answer after %v", time.Since(began))
	eventually(t, "too few servers found", func() bool { return len(connected(light)) == 1+most })
	t.Logf("%d servers after %v, %+v", most, time.Since(began), light.finder.Stats())

	heads, err := light.Client().Heads()
	if err != nil {
		t.Fatal(err)
	}
	for i := range byte(20) {
		if _, err := light.Client().Account(t.Context(), heads.Latest, common.Address{i, 0xff}); err != nil {
			t.Error(err)
		}
	}
	names := connected(light)
	for _, s := range n.useless {
		if names[serverID(s)] {
			t.Errorf("connected to %s", s.Enode())
		}
	}
}

// BenchmarkFind measures how long a light client takes on that network once it has
// settled: a node tells of another only after it has pinged it.
func BenchmarkFind(b *testing.B) {
	n := newTwenty(b)
	time.Sleep(20 * time.Second)
	var first, three time.Duration
	for b.Loop() {
		began := time.Now()
		light := n.light(3)
		if err := light.Ready(b.Context()); err != nil {
			b.Fatal(err)
		}
		first += time.Since(began)
		eventually(b, "too few servers found", func() bool { return len(connected(light)) == 4 })
		three += time.Since(began)
		if err := light.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(first.Seconds()/float64(b.N), "s/first-answer")
	b.ReportMetric(three.Seconds()/float64(b.N), "s/three-servers")
}

// refusals counts the clients that found no place.
func refusals(s *Server) uint64 { return s.Stats().Disconnects["too many clients"] }

// Of three clients of a server with two places the third is told when to come
// again, does not come before, and is in by itself when a place is free. One that
// has discovered the server asks first, and so does not even come.
func TestFullServer(t *testing.T) {
	t.Parallel()
	const told = 2 * time.Second
	source := devChain(t, nil)
	n := newNetwork(t)
	s := n.server(source, func(c *ServerConfig) { c.MaxClients, c.RetryAfter = 2, told })
	guest := func() *Light { return startLight(t, quiet(t), LightConfig{Trusted: []string{s.Enode()}}) }
	one, two := guest(), guest()
	for _, l := range []*Light{one, two} {
		eventually(t, "the guest does not come in", func() bool { return len(connected(l)) == 1 })
	}

	began := time.Now()
	three := guest()
	announcer := startServer(t, source, func(c *ServerConfig) { c.OnlyAnnounce = true })
	finder := startLight(t, quiet(t), LightConfig{
		Trusted: []string{announcer.Enode()}, Discovery: true, Bootnodes: []string{s.Enode()}, MaxServers: 1,
	})
	eventually(t, "the third is not told to wait", func() bool {
		return len(three.Client().Status().Servers) == 1 && !three.Client().Status().Servers[0].RetryAt.IsZero()
	})
	eventually(t, "the finder does not know that it is full", func() bool { return finder.finder.Stats().Full == 1 })
	// Several times as long as it is told to wait.
	for time.Since(began) < 3*told {
		if len(connected(three)) != 0 || len(connected(finder)) != 1 {
			t.Fatal("in, with all places taken")
		}
		time.Sleep(20 * time.Millisecond)
	}
	// The first visit, and one each time that it was told to come.
	if came, most := refusals(s), uint64(time.Since(began)/told)+1; came == 0 || came > most {
		t.Errorf("came %d times in %v", came, time.Since(began))
	}

	if err := one.Close(); err != nil {
		t.Error(err)
	}
	eventually(t, "nobody takes the free place", func() bool { return len(connected(three)) == 1 || len(connected(finder)) == 2 })
	if err := two.Close(); err != nil {
		t.Error(err)
	}
	eventually(t, "the third does not come back", func() bool { return len(connected(three)) == 1 })
	eventually(t, "the finder does not come in", func() bool { return len(connected(finder)) == 2 })
	if err := finder.Ready(t.Context()); err != nil {
		t.Error(err)
	}
}
