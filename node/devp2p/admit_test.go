package devp2p

import (
	"context"
	"net"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/p2p/rlpx"

	"github.com/candela-les/candela/wire"
)

// open dials a host and says nothing.
func open(t *testing.T, h *Host, local string) net.Conn {
	t.Helper()
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(local)}}
	conn, err := dialer.DialContext(t.Context(), "tcp", h.listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// await waits until the host's counters are as they should be.
func await(t *testing.T, h *Host, what string, ok func(Stats) bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !ok(h.Stats()); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s: never, but %+v", what, h.Stats())
		}
	}
}

// join connects one client and waits until its session runs.
func join(t *testing.T, server *Host) {
	t.Helper()
	joined := make(chan struct{}, 1)
	client := newHost(t, false, Config{Handler: func(ctx context.Context, _ wire.Peer, _ wire.Conn) error {
		joined <- struct{}{}
		<-ctx.Done()
		return nil
	}})
	client.Keep(t.Context(), server.Self())
	select {
	case <-joined:
	case <-time.After(30 * time.Second):
		t.Fatalf("not connected: %+v", server.Stats())
	}
}

// Connections that say nothing take places only until somebody else wants them, and
// never all of them from a network that has one.
func TestHalfOpen(t *testing.T) {
	server := newHost(t, true, Config{Handler: echo, Admission: Admission{MaxPending: 20}})
	first := open(t, server, "127.0.0.2")
	await(t, server, "the first one is in", func(s Stats) bool { return s.Pending == 1 })
	var crowd []net.Conn
	for range 50 {
		crowd = append(crowd, open(t, server, "127.0.0.3"))
	}
	await(t, server, "the crowd's oldest are turned out", func(s Stats) bool { return s.Failed["crowded"] == 31 })
	if s := server.Stats(); s.Pending != 20 || s.Groups != 2 {
		t.Errorf("%+v, want 20 connections of 2 networks", s)
	}
	// Who was turned out is told by a reset; the other network's is still there.
	crowd[0].SetReadDeadline(time.Now().Add(10 * time.Second)) //nolint:errcheck // a read fails then too
	if _, err := crowd[0].Read(make([]byte, 1)); err == nil {
		t.Error("the oldest of the crowd is still connected")
	}
	if _, err := first.Write([]byte{1}); err != nil {
		t.Errorf("the only one of its network was turned out: %v", err)
	}
	join(t, server)
	await(t, server, "one is shaken hands with", func(s Stats) bool { return s.Joined == 1 })
}

// What is no first message ends a connection, and costs a handshake only if it could
// have been one.
func TestBadFirstMessage(t *testing.T) {
	server := newHost(t, true, Config{Handler: echo})
	long := open(t, server, "127.0.0.1")
	long.Write([]byte{0xff, 0xff}) //nolint:errcheck // seen by what follows
	await(t, server, "too long", func(s Stats) bool { return s.Failed["too long"] == 1 })

	hangsUp := open(t, server, "127.0.0.1")
	hangsUp.Write([]byte{1}) //nolint:errcheck // as above
	hangsUp.Close()
	await(t, server, "left", func(s Stats) bool { return s.Failed["left"] == 1 })
	if s := server.Stats(); s.Begun != 0 {
		t.Errorf("%d handshakes begun", s.Begun)
	}

	nonsense := open(t, server, "127.0.0.1")
	nonsense.Write(append([]byte{1, 0}, make([]byte, 256)...)) //nolint:errcheck // as above
	await(t, server, "nonsense", func(s Stats) bool { return s.Failed["keys"] == 1 && s.Begun == 1 })
	await(t, server, "all are gone", func(s Stats) bool { return s.Pending == 0 })
}

// dribble hands on what is written byte by byte.
type dribble struct{ net.Conn }

func (d dribble) Write(p []byte) (int, error) {
	for i := range p {
		if _, err := d.Conn.Write(p[i : i+1]); err != nil {
			return i, err
		}
	}
	return len(p), nil
}

// A client whose first message comes in pieces is not turned away for it.
func TestSlowFirstMessage(t *testing.T) {
	server := newHost(t, true, Config{Handler: echo})
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	conn := rlpx.NewConn(dribble{open(t, server, "127.0.0.1")}, server.Self().Pubkey())
	if _, err := conn.Handshake(key); err != nil {
		t.Fatal(err)
	}
	// It never says Hello, and does not keep others from it.
	join(t, server)
}

// More connections than the budget is for are shaken hands with one after the other.
func TestBudgetLetsAllIn(t *testing.T) {
	const clients = 20
	// So little that a bucket holds not even one: the rest come by time alone.
	server := newHost(t, true, Config{Handler: echo, Admission: Admission{Permille: 5}})
	for range clients {
		newHost(t, false, Config{Handler: echo}).Keep(t.Context(), server.Self())
	}
	await(t, server, "all are in", func(s Stats) bool { return s.Joined == clients })
}

// Close ends connections at every stage.
func TestCloseWhileShakingHands(t *testing.T) {
	server := newHost(t, true, Config{Handler: echo, Admission: Admission{Permille: 1}})
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	for range 10 {
		open(t, server, "127.0.0.1")
		conn := open(t, server, "127.0.0.2")
		var auth recorded
		rlpx.NewConn(&auth, server.Self().Pubkey()).Handshake(key) //nolint:errcheck // for its first message
		conn.Write(auth.out.Bytes())                               //nolint:errcheck // seen by what follows
	}
	await(t, server, "all are pending", func(s Stats) bool { return s.Accepted == 20 })
	server.Close()
	if s := server.Stats(); s.Pending != 0 {
		t.Errorf("%d are left", s.Pending)
	}
}

func BenchmarkHandshake(b *testing.B) {
	key, err := crypto.GenerateKey()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := measureHandshake(key); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/calibrations, "ns/handshake")
}
