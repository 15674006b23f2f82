package node

import (
	"errors"
	"net"
	"strconv"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/p2p"
	"github.com/ethereum/go-ethereum/p2p/enode"

	"github.com/candela-les/candela/chain/embedded"
)

// chainPeer dials a node as a chain's peer does, and says whether devp2p let it in
// and if not why.
func chainPeer(t *testing.T, target *enode.Node) string {
	t.Helper()
	events, status := make(chan *p2p.PeerEvent, 10), make(chan struct{})
	stay := make(chan struct{})
	srv := &p2p.Server{Config: p2p.Config{
		PrivateKey: newKey(t), Name: "chain peer", MaxPeers: 1, NoDiscovery: true, NoDial: true,
		Protocols: []p2p.Protocol{{Name: "eth", Version: 69, Length: 18, Run: func(_ *p2p.Peer, rw p2p.MsgReadWriter) error {
			if _, err := rw.ReadMsg(); err != nil {
				return err
			}
			close(status) // the node speaks to us
			<-stay
			return nil
		}}},
	}}
	if err := srv.Start(); err != nil {
		t.Fatal(err)
	}
	sub := srv.SubscribeEvents(events)
	t.Cleanup(func() {
		close(stay)
		srv.Stop()
		sub.Unsubscribe()
	})
	conn, err := net.Dial("tcp", net.JoinHostPort(target.IPAddr().String(), strconv.Itoa(target.TCP())))
	if err != nil {
		t.Fatal(err)
	}
	// The flag of a dialed connection, as devp2p.Host has it.
	if err := srv.SetupConn(conn, 2, target); err != nil {
		if errors.Is(err, p2p.DiscTooManyPeers) {
			return p2p.DiscTooManyPeers.Error()
		}
		return err.Error()
	}
	timeout := time.After(20 * time.Second)
	for {
		select {
		case <-status:
			return "in"
		case ev := <-events:
			if ev.Type == p2p.PeerEventTypeDrop {
				return ev.Error
			}
		case <-timeout:
			t.Fatal("neither in nor out")
		}
	}
}

// The node's own peers and light clients do not take each other's places.
func TestBudgetsAreSeparate(t *testing.T) {
	source, err := embedded.OpenNetwork(embedded.NetworkConfig{
		Config:  embedded.Config{Logger: quiet(t).Logger},
		Genesis: embedded.DevGenesis(nil),
		Auth:    embedded.AuthConfig{Addr: "127.0.0.1"},
		// Of two peers one may come from outside.
		P2P: embedded.P2PConfig{ListenAddr: "127.0.0.1:0", MaxPeers: 2, NoDiscovery: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := source.Close(); err != nil {
			t.Error(err)
		}
	})
	s := startServer(t, source, func(c *ServerConfig) { c.MaxClients = 1 })
	var info p2p.NodeInfo
	rpc := source.Attach()
	defer rpc.Close()
	if err := rpc.CallContext(t.Context(), &info, "admin_nodeInfo"); err != nil {
		t.Fatal(err)
	}
	chainNode, err := enode.ParseV4(info.Enode)
	if err != nil {
		t.Fatal(err)
	}

	guest := startLight(t, quiet(t), LightConfig{Trusted: []string{s.Enode()}})
	eventually(t, "no light client comes in", func() bool { return len(connected(guest)) == 1 })
	second := startLight(t, quiet(t), LightConfig{Trusted: []string{s.Enode()}})
	eventually(t, "a second light client is not refused", func() bool { return refusals(s) > 0 })
	// All places for light clients are taken, and a chain peer comes in. It says nothing
	// and is dropped after 5 s.
	began := time.Now()
	if got := chainPeer(t, chainNode); got != "in" {
		t.Errorf("with light clients: the first chain peer is told %q", got)
	}
	if got := chainPeer(t, chainNode); got != p2p.DiscTooManyPeers.Error() && time.Since(began) < 4*time.Second {
		t.Errorf("the second chain peer is told %q", got)
	}
	// All places for chain peers are taken, and a light client comes in.
	if err := second.Close(); err != nil {
		t.Error(err)
	}
	if err := guest.Close(); err != nil {
		t.Error(err)
	}
	third := startLight(t, quiet(t), LightConfig{Trusted: []string{s.Enode()}})
	eventually(t, "with chain peers, no light client comes in", func() bool { return len(connected(third)) == 1 })
	if got := chainPeer(t, chainNode); got != p2p.DiscTooManyPeers.Error() && time.Since(began) < 4*time.Second {
		t.Errorf("meanwhile a chain peer is told %q", got)
	}
}
