package devp2p

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/p2p"
	"go.uber.org/goleak"

	"github.com/candela-les/candela/wire"
)

func TestMain(m *testing.M) {
	// The node database of p2p gives its buffers back half a minute after Close.
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("github.com/syndtr/goleveldb/leveldb.(*DB).mpoolDrain"))
}

// newHost starts a host that listens on loopback if listen is set.
func newHost(t *testing.T, listen bool, cfg Config) *Host {
	t.Helper()
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	cfg.Key, cfg.Name = key, "test"
	if cfg.MaxPeers == 0 {
		cfg.MaxPeers = 100
	}
	if cfg.Versions == nil {
		cfg.Versions = []uint{wire.LES4, wire.LES5}
	}
	if listen {
		cfg.ListenAddr = "127.0.0.1:0"
	}
	h, err := NewHost(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.Close)
	return h
}

// echo answers every message with itself until the connection ends.
func echo(_ context.Context, _ wire.Peer, conn wire.Conn) error {
	for {
		code, payload, err := conn.ReadMsg()
		if err != nil {
			return err
		}
		if err := conn.WriteMsg(code, payload); err != nil {
			return err
		}
	}
}

func TestMessagesAndPeers(t *testing.T) {
	server := newHost(t, true, Config{Handler: echo})
	got := make(chan wire.Peer, 1)
	client := newHost(t, false, Config{
		Versions: []uint{wire.LES5},
		Handler: func(_ context.Context, peer wire.Peer, conn wire.Conn) error {
			for size := range 200 {
				if err := conn.WriteMsg(wire.CodeAnnounce, make([]byte, size*101)); err != nil {
					return err
				}
				code, payload, err := conn.ReadMsg()
				if err != nil {
					return err
				}
				if code != wire.CodeAnnounce || len(payload) != size*101 {
					t.Errorf("sent %d bytes, got code %#x with %d", size*101, code, len(payload))
				}
			}
			got <- peer
			return nil
		},
	})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	client.Keep(ctx, server.Self())
	peer := <-got
	if peer.ID != server.Self().ID() || !peer.Key.Equal(server.Self().Pubkey()) {
		t.Errorf("peer %x, want %x", peer.ID, server.Self().ID())
	}
	if peer.Version != wire.LES5 {
		t.Errorf("version %d negotiated, want 5", peer.Version)
	}
}

// A server must take many clients from one address at once: go-ethereum's own
// listener would not. The flag of dialed connections is pinned by this as well: with
// a wrong one p2p takes its own side for the wrong end of the handshake.
func TestManyFromOneAddress(t *testing.T) {
	const clients = 40
	joined := make(chan struct{}, clients)
	server := newHost(t, true, Config{Handler: func(ctx context.Context, _ wire.Peer, _ wire.Conn) error {
		joined <- struct{}{}
		<-ctx.Done()
		return nil
	}})
	for range clients {
		client := newHost(t, false, Config{Handler: echo})
		client.Keep(t.Context(), server.Self())
	}
	for range clients {
		<-joined
	}
	if n := server.PeerCount(); n != clients {
		t.Errorf("%d peers, want %d", n, clients)
	}
}

// Keep comes back to a server that was lost, at the same address.
func TestKeepRedials(t *testing.T) {
	server := newHost(t, true, Config{Handler: echo})
	addr, key := server.listener.Addr().String(), server.cfg.Key
	self := server.Self()

	sessions := make(chan struct{}, 10)
	client := newHost(t, false, Config{Handler: func(_ context.Context, _ wire.Peer, conn wire.Conn) error {
		sessions <- struct{}{}
		_, _, err := conn.ReadMsg()
		return err
	}})
	client.Keep(t.Context(), self)
	<-sessions
	server.Close()

	again, err := NewHost(Config{
		Key: key, Name: "test", MaxPeers: 10, Versions: []uint{wire.LES5}, ListenAddr: addr, Handler: echo,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	<-sessions
}

// When the context of Keep ends the connection ends with it.
func TestKeepEnds(t *testing.T) {
	ended := make(chan struct{})
	server := newHost(t, true, Config{Handler: func(_ context.Context, _ wire.Peer, conn wire.Conn) error {
		_, _, err := conn.ReadMsg()
		close(ended)
		return err
	}})
	started := make(chan struct{})
	client := newHost(t, false, Config{Handler: func(ctx context.Context, _ wire.Peer, conn wire.Conn) error {
		close(started)
		_, _, err := conn.ReadMsg()
		return err
	}})
	ctx, cancel := context.WithCancel(t.Context())
	client.Keep(ctx, server.Self())
	<-started
	cancel()
	<-ended
}

func TestDisconnectReason(t *testing.T) {
	errFull := errors.New("full")
	server := newHost(t, true, Config{
		Handler: func(context.Context, wire.Peer, wire.Conn) error { return errFull },
		Disconnect: func(err error) p2p.DiscReason {
			if errors.Is(err, errFull) {
				return p2p.DiscTooManyPeers
			}
			return p2p.DiscSubprotocolError
		},
	})
	client := newHost(t, false, Config{Handler: echo})
	events := make(chan *p2p.PeerEvent, 10)
	defer client.srv.SubscribeEvents(events).Unsubscribe()
	client.Keep(t.Context(), server.Self())
	for {
		select {
		case ev := <-events:
			if ev.Type != p2p.PeerEventTypeDrop {
				continue
			}
			if ev.Error != p2p.DiscTooManyPeers.Error() {
				t.Errorf("client was told %q", ev.Error)
			}
			return
		case <-time.After(20 * time.Second):
			t.Fatal("not disconnected")
		}
	}
}

func TestPortInUse(t *testing.T) {
	server := newHost(t, true, Config{Handler: echo})
	_, err := NewHost(Config{
		Key: server.cfg.Key, Name: "test", MaxPeers: 1, Versions: []uint{5},
		ListenAddr: server.listener.Addr().String(), Handler: echo,
	})
	if err == nil {
		t.Fatal("two hosts listen on one port")
	}
}
