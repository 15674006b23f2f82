package devp2p

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/p2p"

	"github.com/candela-les/candela/wire"
)

// wait is a session that lasts until its connection ends.
func wait(_ context.Context, _ wire.Peer, conn wire.Conn) error {
	_, _, err := conn.ReadMsg()
	return err
}

var errSession = errors.New("the session's own reason")

// A visit says why it ended: for the session's own reason, or because the server has
// too many, in the middle of the handshake or after it.
func TestWhyVisitsEnd(t *testing.T) {
	for name, tt := range map[string]struct {
		server, client Handler
		disconnect     p2p.DiscReason
		maxPeers       int
		want           error
	}{
		"too many, said by the session": {
			server:     func(context.Context, wire.Peer, wire.Conn) error { return errSession },
			disconnect: p2p.DiscTooManyPeers, client: wait, want: ErrTooMany,
		},
		"too many, said by devp2p": {server: wait, client: wait, maxPeers: -1, want: ErrTooMany},
		"the client's own reason": {
			server: wait, client: func(context.Context, wire.Peer, wire.Conn) error { return errSession }, want: errSession,
		},
		"thrown out": {
			server:     func(context.Context, wire.Peer, wire.Conn) error { return errSession },
			disconnect: p2p.DiscUselessPeer, client: wait, want: errConnectionLost,
		},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := Config{Handler: tt.server, Disconnect: func(error) p2p.DiscReason { return tt.disconnect }}
			if tt.maxPeers < 0 {
				cfg.MaxPeers = 1
			}
			server := newHost(t, true, cfg)
			if tt.maxPeers < 0 {
				first := newHost(t, false, Config{Handler: wait})
				first.Keep(t.Context(), server.Self())
				for server.PeerCount() == 0 {
					time.Sleep(time.Millisecond)
				}
			}
			client := newHost(t, false, Config{Handler: tt.client})
			held, err := client.Visit(t.Context(), server.Self(), nil)
			if !errors.Is(err, tt.want) {
				t.Errorf("ended with %v, want %v", err, tt.want)
			}
			if _, full := client.Full(err); full != errors.Is(tt.want, ErrTooMany) {
				t.Errorf("full: %v", full)
			}
			if held > 10*time.Second {
				t.Errorf("held for %v", held)
			}
		})
	}
}

// One node is visited once at a time, and again afterwards.
func TestOneVisitAtATime(t *testing.T) {
	server := newHost(t, true, Config{Handler: wait})
	client := newHost(t, false, Config{Handler: wait})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		_, err := client.Visit(ctx, server.Self(), nil)
		ended <- err
	}()
	for client.PeerCount() == 0 {
		time.Sleep(time.Millisecond)
	}
	if _, err := client.Visit(t.Context(), server.Self(), nil); err == nil || client.PeerCount() != 1 {
		t.Errorf("visited twice at a time: %v", err)
	}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
}

// Keep leaves a server alone that is full, for as long as that said.
func TestKeepWaits(t *testing.T) {
	const told = 1500 * time.Millisecond
	var came atomic.Int32
	server := newHost(t, true, Config{Handler: func(ctx context.Context, _ wire.Peer, _ wire.Conn) error {
		if came.Add(1) > 1 {
			<-ctx.Done() // this time there is a place
		}
		return nil
	}})
	waits := make(chan time.Duration, 10)
	client := newHost(t, false, Config{
		Handler:    func(context.Context, wire.Peer, wire.Conn) error { return errSession },
		RetryAfter: func(error) time.Duration { return told },
		Waiting: func(id [32]byte, wait time.Duration) {
			if id == server.Self().ID() {
				waits <- wait
			}
		},
	})
	began := time.Now()
	client.Keep(t.Context(), server.Self())
	if wait := <-waits; wait < told || wait > told*5/4 {
		t.Errorf("waits %v", wait)
	}
	for came.Load() < 2 {
		if time.Since(began) > 20*time.Second {
			t.Fatal("does not come back")
		}
		time.Sleep(time.Millisecond)
	}
	if passed := time.Since(began); passed < told {
		t.Errorf("came back after %v", passed)
	}
}

// One that does not say for how long it is full is left alone ever longer.
func TestBackoff(t *testing.T) {
	h := newHost(t, false, Config{Handler: wait})
	b := newBackoff()
	last := time.Duration(0)
	for range 10 {
		wait, full := b.next(h, time.Second, ErrTooMany)
		if !full || wait < fullMin || wait > fullMax*3/2 || wait < last/2 {
			t.Errorf("waits %v after %v", wait, last)
		}
		last = wait
	}
	for range 20 {
		if wait, full := b.next(h, 0, errSession); full || wait > redialMax {
			t.Errorf("waits %v for one that is not full", wait)
		}
	}
	if wait, _ := b.next(h, time.Hour, errSession); wait != redialMin {
		t.Errorf("waits %v after a good connection", wait)
	}
}
