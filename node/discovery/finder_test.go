package discovery

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/p2p/dnsdisc"
	"github.com/ethereum/go-ethereum/p2p/enode"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/node/devp2p"
	"github.com/candela-les/candela/wire"
)

// fakeClient is a fake of the light client: it is on the chain whose genesis hash
// and fork id begin with 1.
type fakeClient struct {
	unknown atomic.Bool // the chain is not known yet
	mu      sync.Mutex
	retries map[[32]byte]time.Time
	useless map[[32]byte]bool
}

func (c *fakeClient) Genesis() common.Hash {
	if c.unknown.Load() {
		return common.Hash{}
	}
	return common.Hash{1}
}

func (c *fakeClient) Fits(genesis common.Hash, fork wire.ForkID) error {
	if genesis != (common.Hash{1}) {
		return wire.ErrWrongChain
	}
	return c.FitsFork(fork)
}

func (c *fakeClient) FitsFork(fork wire.ForkID) error {
	if fork.Hash != [4]byte{1} {
		return wire.ErrForkMismatch
	}
	return nil
}

func (*fakeClient) Standing([32]byte) (time.Duration, time.Time) {
	return 100 * time.Millisecond, time.Time{}
}

func (c *fakeClient) Useless(id [32]byte) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.useless[id]
}

func (c *fakeClient) SetRetry(id [32]byte, at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.retries == nil {
		c.retries = make(map[[32]byte]time.Time)
	}
	c.retries[id] = at
}

func (c *fakeClient) retry(n *enode.Node) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.retries[[32]byte(n.ID())]
}

// door counts the sessions at a server.
type door struct {
	came atomic.Int32
	in   atomic.Int32
}

// serve keeps a session open until its connection ends.
func (d *door) serve(_ context.Context, _ wire.Peer, conn wire.Conn) error {
	d.came.Add(1)
	d.in.Add(1)
	defer d.in.Add(-1)
	_, _, err := conn.ReadMsg()
	return err
}

func find(t *testing.T, c Client, lists []enode.Iterator, except []*enode.Node, boot ...*enode.Node) *Finder {
	t.Helper()
	idle := func(_ context.Context, _ wire.Peer, conn wire.Conn) error {
		_, _, err := conn.ReadMsg()
		return err
	}
	f := Find(Config{
		Host: newHost(t, idle, boot...), Client: c, Versions: []uint{wire.LES5}, Max: 2, Bootnodes: boot, Lists: lists, Except: except,
		Now: time.Now, Logger: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

// A server that is the network's bootnode is found by nothing but its address.
func TestBootnodeIsServer(t *testing.T) {
	var d door
	server := newHost(t, d.serve)
	announce(t, server, func() wire.Conditions { return conditions(1) })
	url, err := enode.ParseV4(server.URL())
	if err != nil {
		t.Fatal(err)
	}
	find(t, new(fakeClient), nil, nil, url)
	eventually(t, "not connected", func() bool { return d.in.Load() == 1 })
}

// Nobody is bothered before the client knows its chain.
func TestChainUnknown(t *testing.T) {
	var d door
	var asked atomic.Int32
	server := newHost(t, d.serve)
	announce(t, server, func() wire.Conditions { asked.Add(1); return conditions(1) })
	before := asked.Load()
	c := new(fakeClient)
	c.unknown.Store(true)
	find(t, c, nil, nil, server.Self())
	time.Sleep(3 * chainPoll) // gives it time to do what it must not
	if asked.Load() != before || d.came.Load() != 0 {
		t.Errorf("asked %d times, visited %d times", asked.Load()-before, d.came.Load())
	}
	c.unknown.Store(false)
	eventually(t, "not connected", func() bool { return d.in.Load() == 1 })
}

// Of many kinds of nodes only the good ones are visited.
func TestOnlyGoodOnes(t *testing.T) {
	boot := newHost(t, nil)
	type kind struct {
		door
		host *devp2p.Host
	}
	kinds := make(map[string]*kind)
	add := func(name string, c func() wire.Conditions) *kind {
		k := new(kind)
		kinds[name] = k
		k.host = newHost(t, k.serve, boot.Self())
		if c != nil {
			announce(t, k.host, c)
		}
		return k
	}
	change := func(f func(*wire.Conditions)) func() wire.Conditions {
		return func() wire.Conditions { c := conditions(1); f(&c); return c }
	}
	add("good", change(func(*wire.Conditions) {}))
	add("plain", nil)
	add("record of another chain", change(func(c *wire.Conditions) { c.ForkID.Hash[0] = 2 }))
	add("another chain with our fork id", change(func(c *wire.Conditions) { c.Genesis[0] = 2 }))
	add("only announces", change(func(c *wire.Conditions) { c.Serves = 0 }))
	add("speaks nothing that we do", change(func(c *wire.Conditions) { c.Protocols = []uint64{2, 99} }))
	full := add("full", change(func(c *wire.Conditions) { c.Free, c.RetryAfterMs = 0, 3_600_000 }))
	configured := add("configured", change(func(*wire.Conditions) {}))
	c := new(fakeClient)
	var nodes []*enode.Node
	for _, k := range kinds {
		nodes = append(nodes, k.host.Self())
	}
	// From a list, so that all of them are met, and on the network besides.
	find(t, c, []enode.Iterator{enode.IterNodes(nodes)}, []*enode.Node{configured.host.Self()}, boot.Self())
	eventually(t, "the good one is not connected", func() bool { return kinds["good"].in.Load() == 1 })
	eventually(t, "the full one is not noted", func() bool { return !c.retry(full.host.Self()).IsZero() })
	for name, k := range kinds {
		if name != "good" && k.came.Load() != 0 {
			t.Errorf("%s: visited", name)
		}
	}
	if wait := time.Until(c.retry(full.host.Self())); wait < 59*time.Minute {
		t.Errorf("tried again in %v", wait)
	}
}

// Servers that say nothing, nonsense, or too much, do not keep others from being
// found, and are tried in the end.
func TestBadAnswers(t *testing.T) {
	type handler = func(*enode.Node, *net.UDPAddr, []byte) []byte
	for name, build := range map[string]func(t *testing.T) handler{
		"nonsense": func(*testing.T) handler {
			return func(*enode.Node, *net.UDPAddr, []byte) []byte { return []byte("nonsense") }
		},
		"too much": func(*testing.T) handler {
			return func(*enode.Node, *net.UDPAddr, []byte) []byte { return make([]byte, 1000) }
		},
		"nothing": func(*testing.T) handler {
			return func(*enode.Node, *net.UDPAddr, []byte) []byte { return nil }
		},
		"too late": func(t *testing.T) handler {
			release := make(chan struct{})
			t.Cleanup(func() { close(release) })
			return func(*enode.Node, *net.UDPAddr, []byte) []byte { <-release; return nil }
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var bad, good door
			host, other := newHost(t, bad.serve), newHost(t, good.serve)
			host.SetEntry(lesEntry{Conditions: 1})
			host.SetEntry(ethEntry{ForkID: forkID{Hash: [4]byte{1}}})
			host.Answer(wire.TalkConditions, build(t))
			announce(t, other, func() wire.Conditions { return conditions(1) })
			find(t, new(fakeClient), []enode.Iterator{enode.IterNodes([]*enode.Node{host.Self(), other.Self()})}, nil)
			eventually(t, "the good one is not connected", func() bool { return good.in.Load() == 1 })
			if bad.came.Load() != 0 {
				t.Error("the bad one was taken first")
			}
			eventually(t, "the bad one is not tried", func() bool { return bad.in.Load() == 1 })
		})
	}
}

// lists is a fake of DNS with records for one zone.
type lists map[string]string

func (l lists) LookupTXT(_ context.Context, name string) ([]string, error) {
	if txt, ok := l[name]; ok {
		return []string{txt}, nil
	}
	return nil, errors.New("no such name")
}

// Servers are found in a signed DNS list (EIP-1459).
func TestDNSList(t *testing.T) {
	var d door
	server := newHost(t, d.serve)
	announce(t, server, func() wire.Conditions { return conditions(1) })
	plain := newHost(t, nil)
	tree, err := dnsdisc.MakeTree(1, []*enode.Node{server.Self(), plain.Self()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	url, err := tree.Sign(newKey(t), "les.example.org")
	if err != nil {
		t.Fatal(err)
	}
	dns := dnsdisc.NewClient(dnsdisc.Config{Resolver: lists(tree.ToTXT("les.example.org")), RateLimit: 1000})
	it, err := dns.NewIterator(url)
	if err != nil {
		t.Fatal(err)
	}
	find(t, new(fakeClient), []enode.Iterator{it}, nil)
	eventually(t, "not connected", func() bool { return d.in.Load() == 1 })
}

// A server that cannot be asked and turns out to be of no use gives its place to
// another one, and is left alone.
func TestUseless(t *testing.T) {
	var idle, good door
	announcer, other := newHost(t, idle.serve), newHost(t, good.serve)
	for _, h := range []*devp2p.Host{announcer, other} {
		h.SetEntry(lesEntry{}) // as a geth's
		h.SetEntry(ethEntry{ForkID: forkID{Hash: [4]byte{1}}})
	}
	c := &fakeClient{useless: map[[32]byte]bool{announcer.Self().ID(): true}}
	f := find(t, c, []enode.Iterator{enode.IterNodes([]*enode.Node{announcer.Self(), other.Self()})}, nil)
	eventually(t, "the good one is not connected", func() bool { return good.in.Load() == 1 })
	eventually(t, "the useless one stays", func() bool { return idle.came.Load() == 1 && idle.in.Load() == 0 })
	eventually(t, "its place is not given back", func() bool { return f.Stats().Visited == 1 })
}

// Reasons for which there is no point in coming again.
func TestForeign(t *testing.T) {
	for err, want := range map[error]bool{
		nil: false, devp2p.ErrTooMany: false, client.ErrHandshake: false, errors.New("reset"): false,
		client.ErrNotServer: true, wire.ErrForkMismatch: true, wire.ErrRemoteStale: true,
		fmt.Errorf("handshake: %w", &wire.MismatchError{Key: "genesisHash"}): true,
	} {
		if foreign(err) != want {
			t.Errorf("%v: foreign is %v", err, !want)
		}
	}
}
