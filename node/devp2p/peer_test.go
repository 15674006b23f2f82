package devp2p

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"math/rand/v2"
	"net"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/p2p"
	"github.com/ethereum/go-ethereum/p2p/rlpx"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/wire"
)

// raw is a client that says what it is told to, in go-ethereum's RLPx.
type raw struct {
	*rlpx.Conn
	tcp net.Conn
	t   *testing.T
}

// agree connects and agrees on keys.
func agree(t *testing.T, server *Host, key *ecdsa.PrivateKey) *raw {
	t.Helper()
	tcp := open(t, server, "127.0.0.1")
	c := &raw{rlpx.NewConn(tcp, server.Self().Pubkey()), tcp, t}
	if _, err := c.Handshake(key); err != nil {
		t.Fatal(err)
	}
	return c
}

// greets says Hello in its own way, and reads the server's if it answers with one.
func (c *raw) greets(key *ecdsa.PrivateKey, change func(*hello)) {
	c.t.Helper()
	ours := hello{
		Version: baseVersion, Name: "raw", ID: crypto.FromECDSAPub(&key.PublicKey)[1:],
		Caps: []p2p.Cap{{Name: "eth", Version: 68}, {Name: wire.Protocol, Version: 4}, {Name: wire.Protocol, Version: 5}},
	}
	if change != nil {
		change(&ours)
	}
	payload, err := rlp.EncodeToBytes(&ours)
	if err != nil {
		c.t.Fatal(err)
	}
	c.send(helloMsg, payload)
	code, payload, _, err := c.Read()
	if err != nil {
		c.t.Fatal(err)
	}
	if code != helloMsg {
		c.t.Fatalf("message %d: %v", code, reasonOf(payload))
	}
	c.SetSnappy(ours.Version >= baseVersion)
}

func (c *raw) send(code uint64, payload []byte) {
	c.t.Helper()
	if _, err := c.Write(code, payload); err != nil {
		c.t.Fatal(err)
	}
}

// parting reads until the server says why it ends the connection.
func (c *raw) parting() error {
	c.tcp.SetReadDeadline(time.Now().Add(20 * time.Second)) //nolint:errcheck // the read fails then
	for {
		code, payload, _, err := c.Read()
		if err != nil {
			return err
		}
		if code == discMsg {
			return reasonOf(payload)
		}
	}
}

// What is wrong with a client is said to it in devp2p's words, and counted.
func TestRefusedHello(t *testing.T) {
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		change func(*hello)
		want   p2p.DiscReason
		failed failure
	}{
		"another's identity": {func(h *hello) { h.ID = make([]byte, 64) }, p2p.DiscUnexpectedIdentity, failedHello},
		"no common version":  {func(h *hello) { h.Caps = h.Caps[:1] }, p2p.DiscUselessPeer, failedUseless},
		"without compression": {func(h *hello) {
			h.Version, h.Caps = 4, nil
		}, p2p.DiscUselessPeer, failedUseless},
	} {
		t.Run(name, func(t *testing.T) {
			server := newHost(t, true, Config{Handler: echo})
			c := agree(t, server, key)
			c.greets(key, tt.change)
			if got := c.parting(); !errors.Is(got, tt.want) {
				t.Errorf("told %v, want %v", got, tt.want)
			}
			await(t, server, name, func(s Stats) bool { return s.Failed[tt.failed.String()] == 1 && s.Joined == 0 })
		})
	}
}

// One node has one connection, and the host itself none.
func TestOneConnectionEach(t *testing.T) {
	server := newHost(t, true, Config{Handler: echo})
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	agree(t, server, key).greets(key, nil)
	await(t, server, "the first one is in", func(s Stats) bool { return s.Joined == 1 })
	if got := agree(t, server, key).parting(); !errors.Is(got, p2p.DiscAlreadyConnected) {
		t.Errorf("the second one was told %v", got)
	}
	if got := agree(t, server, server.cfg.Key).parting(); !errors.Is(got, p2p.DiscSelf) {
		t.Errorf("the host's own key was told %v", got)
	}
}

// The newest common version is spoken, and messages go both ways, compressed or not.
func TestVersionsOfDevp2p(t *testing.T) {
	for _, version := range []uint64{4, 5} {
		peers := make(chan wire.Peer, 1)
		server := newHost(t, true, Config{Handler: func(ctx context.Context, peer wire.Peer, conn wire.Conn) error {
			peers <- peer
			return echo(ctx, peer, conn)
		}})
		key, err := crypto.GenerateKey()
		if err != nil {
			t.Fatal(err)
		}
		c := agree(t, server, key)
		c.greets(key, func(h *hello) { h.Version = version })
		if peer := <-peers; peer.Version != wire.LES5 || peer.Name != "raw" || !peer.Key.Equal(&key.PublicKey) {
			t.Errorf("devp2p %d: %+v", version, peer)
		}
		c.send(offset+3, []byte("hello"))
		if code, payload, _, err := c.Read(); err != nil || code != offset+3 || string(payload) != "hello" {
			t.Errorf("devp2p %d: code %d, %q, %v", version, code, payload, err)
		}
	}
}

// Pings are answered, and a flood of them ends the connection.
func TestChatter(t *testing.T) {
	server := newHost(t, true, Config{Handler: echo})
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	c := agree(t, server, key)
	c.greets(key, nil)
	for i := range chatterBurst {
		c.send(pingMsg, []byte{0xc0})
		if code, _, _, err := c.Read(); err != nil || code != pongMsg {
			t.Fatalf("ping %d: code %d, %v", i, code, err)
		}
	}
	// There may be one more by now. One at a time, because a connection that is closed on
	// unread messages may lose what was sent on it.
	for range 3 {
		c.send(pingMsg, []byte{0xc0})
		code, payload, _, err := c.Read()
		if err == nil && code == pongMsg {
			continue
		}
		if err != nil || code != discMsg || !errors.Is(reasonOf(payload), p2p.DiscProtocolError) {
			t.Errorf("a flood of pings: code %d, %x, %v", code, payload, err)
		}
		return
	}
	t.Error("pings are answered without end")
}

// A session whose client leaves ends, whichever way the client says so.
func TestClientLeaves(t *testing.T) {
	for name, leave := range map[string]func(*raw){
		"a list":       func(c *raw) { c.send(discMsg, []byte{0xc1, 8}) },
		"a number":     func(c *raw) { c.send(discMsg, []byte{8}) },
		"no reason":    func(c *raw) { c.send(discMsg, []byte{0xc0}) },
		"not a word":   func(c *raw) { c.tcp.Close() },
		"not a frame":  func(c *raw) { c.tcp.Write(make([]byte, 64)) }, //nolint:errcheck // ends it as well
		"out of range": func(c *raw) { c.send(1<<40, nil) },
	} {
		t.Run(name, func(t *testing.T) {
			ended := make(chan error, 1)
			server := newHost(t, true, Config{Handler: func(_ context.Context, _ wire.Peer, conn wire.Conn) error {
				code, _, err := conn.ReadMsg()
				if code != 0 {
					err = errors.New("a message of a code that nobody has")
				}
				ended <- err
				return err
			}})
			key, err := crypto.GenerateKey()
			if err != nil {
				t.Fatal(err)
			}
			c := agree(t, server, key)
			c.greets(key, nil)
			leave(c)
			if err := <-ended; err == nil {
				t.Error("the session goes on")
			}
			for deadline := time.Now().Add(10 * time.Second); server.PeerCount() > 0; time.Sleep(time.Millisecond) {
				if time.Now().After(deadline) {
					t.Fatal("its place is still taken")
				}
			}
		})
	}
}

// A handler that is told to close its connection returns at once from whatever waits
// for the client, and the client still hears why.
func TestCloseThenReason(t *testing.T) {
	errWhy := errors.New("why")
	server := newHost(t, true, Config{
		Handler: func(_ context.Context, _ wire.Peer, conn wire.Conn) error {
			time.AfterFunc(20*time.Millisecond, func() {
				conn.(*peer).Close() //nolint:errcheck,forcetypeassert // what server does, by its interface
			})
			if _, _, err := conn.ReadMsg(); !errors.Is(err, errConnectionLost) {
				t.Errorf("the read ended with %v", err)
			}
			if err := conn.WriteMsg(1, nil); !errors.Is(err, errConnectionLost) {
				t.Errorf("a write afterwards: %v", err)
			}
			return errWhy
		},
		Disconnect: func(err error) p2p.DiscReason {
			if errors.Is(err, errWhy) {
				return p2p.DiscTooManyPeers
			}
			return p2p.DiscSubprotocolError
		},
	})
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	c := agree(t, server, key)
	c.greets(key, nil)
	if got := c.parting(); !errors.Is(got, p2p.DiscTooManyPeers) {
		t.Errorf("the client was told %v", got)
	}
}

// A session is told when its client does not read, whether the write that waits is its own
// or another one that stands before it.
func TestWhenWaiting(t *testing.T) {
	for _, name := range []string{"its own", "another"} {
		t.Run(name, func(t *testing.T) {
			told := make(chan struct{}, 8)
			server := newHost(t, true, Config{Handler: func(_ context.Context, _ wire.Peer, conn wire.Conn) error {
				p := conn.(*peer) //nolint:forcetypeassert // an accepted one
				if !p.WhenWaiting(func() { told <- struct{}{} }) {
					t.Error("an accepted connection cannot tell")
				}
				if err := p.WriteMsg(1, nil); err != nil || len(told) != 0 {
					t.Errorf("a small message: %v, told %d times", err, len(told))
				}
				if name == "another" {
					p.pen.Lock()
					time.AfterFunc(20*time.Millisecond, p.pen.Unlock)
					return p.WriteMsg(1, nil)
				}
				noise := make([]byte, 8<<20)
				rand.NewChaCha8([32]byte{}).Read(noise)
				return p.WriteMsg(1, noise)
			}})
			key, err := crypto.GenerateKey()
			if err != nil {
				t.Fatal(err)
			}
			agree(t, server, key).greets(key, nil)
			select {
			case <-told:
			case <-time.After(10 * time.Second):
				t.Error("not told")
			}
		})
	}
}
