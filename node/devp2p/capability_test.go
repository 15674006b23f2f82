package devp2p

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/p2p"

	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/marketwire"
)

// keep makes a handler that tells of its peer and stays until the connection ends.
func keep(peers chan<- wire.Peer) Handler {
	return func(_ context.Context, peer wire.Peer, conn wire.Conn) error {
		peers <- peer
		_, _, err := conn.ReadMsg()
		return err
	}
}

// Both ends know the same of what they speak, before the first message: the newest
// common version of les, and market/1 if both want it and that version is les/5.
func TestWhatIsSpoken(t *testing.T) {
	type end struct {
		versions []uint
		market   bool
	}
	var ends []end
	for _, versions := range [][]uint{{wire.LES4}, {wire.LES5}, {wire.LES4, wire.LES5}} {
		ends = append(ends, end{versions, false}, end{versions, true})
	}
	for _, dials := range ends {
		for _, accepts := range ends {
			t.Run(fmt.Sprintf("%v to %v", dials, accepts), func(t *testing.T) {
				var version uint
				for _, v := range dials.versions {
					if slices.Contains(accepts.versions, v) {
						version = v
					}
				}
				market := dials.market && accepts.market && version == wire.LES5
				client, server := make(chan wire.Peer, 1), make(chan wire.Peer, 1)
				there := newHost(t, true, Config{Versions: accepts.versions, Market: accepts.market, Handler: keep(server)})
				here := newHost(t, false, Config{Versions: dials.versions, Market: dials.market, Handler: keep(client)})
				if version == 0 {
					if _, err := here.Visit(t.Context(), there.Self(), nil); !errors.Is(err, p2p.DiscUselessPeer) {
						t.Errorf("ended with %v", err)
					}
					return
				}
				here.Keep(t.Context(), there.Self())
				for range 2 {
					var got wire.Peer
					side := "client"
					select {
					case got = <-client:
					case got = <-server:
						side = "server"
					}
					if got.Version != version || got.Market != market {
						t.Errorf("the %s speaks les/%d, market %v; want les/%d, %v", side, got.Version, got.Market, version, market)
					}
				}
			})
		}
	}
}

// mixed are messages of both capabilities, small and as large as they may be.
func mixed(seed byte) (messages []p2pMessage) {
	random := rand.NewChaCha8([32]byte{seed})
	r := rand.New(random)
	for i := range 400 {
		m := p2pMessage{code: r.Uint64N(wire.FirstMarket + marketwire.Length)}
		most := wire.MaxMessage
		if m.code >= wire.FirstMarket {
			most = marketwire.MaxMessage
		}
		size := r.IntN(300)
		switch {
		case i%100 == 0:
			m.code, size = wire.CodeHeaders, wire.MaxMessage
		case i%25 == 0:
			m.code, size = wire.FirstMarket+marketwire.CodeCurves, marketwire.MaxMessage
		case i%10 == 0:
			size = r.IntN(min(most, 1<<18))
		}
		m.payload = make([]byte, size)
		random.Read(m.payload)
		messages = append(messages, m)
	}
	return messages
}

type p2pMessage struct {
	code    uint64
	payload []byte
}

// sendAll writes messages in order.
func sendAll(conn wire.Conn, messages []p2pMessage) error {
	for _, m := range messages {
		if err := conn.WriteMsg(m.code, m.payload); err != nil {
			return err
		}
	}
	return nil
}

// receiveAll reads messages and wants them to be these.
func receiveAll(conn wire.Conn, messages []p2pMessage) error {
	for i, want := range messages {
		code, payload, err := conn.ReadMsg()
		if err != nil {
			return fmt.Errorf("message %d: %w", i, err)
		}
		if code != want.code || !bytes.Equal(payload, want.payload) {
			return fmt.Errorf("message %d: %d bytes of code %#x, sent were %d of %#x", i, len(payload), code, len(want.payload), want.code)
		}
	}
	return nil
}

// Messages of both capabilities come whole and in the order in which they were sent, whichever
// capability they are of, both ways at once.
func TestOrder(t *testing.T) {
	up, down := mixed(1), mixed(2)
	errs := make(chan error, 4)
	exchange := func(out, in []p2pMessage) Handler {
		return func(ctx context.Context, peer wire.Peer, conn wire.Conn) error {
			if !peer.Market {
				t.Error("market is not spoken")
			}
			sent := make(chan error, 1)
			go func() { sent <- sendAll(conn, out) }()
			errs <- receiveAll(conn, in)
			errs <- <-sent
			<-ctx.Done()
			return nil
		}
	}
	server := newHost(t, true, Config{Market: true, Handler: exchange(down, up)})
	client := newHost(t, false, Config{Market: true, Handler: exchange(up, down)})
	client.Keep(t.Context(), server.Self())
	for range cap(errs) {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

// Who does not read market's messages has the other end wait, and holds none of them.
func TestMarketBackPressure(t *testing.T) {
	const most = 1000 // messages, 64 MB
	waits, taken := make(chan struct{}, 1), make(chan struct{})
	server := newHost(t, true, Config{Market: true, Handler: func(_ context.Context, _ wire.Peer, conn wire.Conn) error {
		conn.(*peer).WhenWaiting(func() { //nolint:forcetypeassert // an accepted one
			select {
			case waits <- struct{}{}:
			default:
			}
		})
		noise := make([]byte, marketwire.MaxMessage)
		rand.NewChaCha8([32]byte{}).Read(noise)
		for range most {
			if err := conn.WriteMsg(wire.FirstMarket+marketwire.CodeNotice, noise); err != nil {
				return err
			}
		}
		close(taken)
		return nil
	}})
	client := newHost(t, false, Config{Market: true, Handler: func(ctx context.Context, _ wire.Peer, _ wire.Conn) error {
		<-ctx.Done()
		return nil
	}})
	client.Keep(t.Context(), server.Self())
	select {
	case <-waits:
	case <-taken:
		t.Errorf("%d messages were taken, and none read", most)
	}
}

// Codes that were not agreed upon, and messages that are too long, end a connection with
// devp2p's own reason, and the session is told which it was. They are never taken for les.
func TestNotAgreed(t *testing.T) {
	both := []p2p.Cap{{Name: "les", Version: 4}, {Name: "les", Version: 5}, {Name: "market", Version: 1}}
	const market5, market4 = offset + 0x19, offset + 0x18
	for name, tt := range map[string]struct {
		caps   []p2p.Cap
		market bool // of the server
		code   uint64
		size   int
		want   error
	}{
		"behind market":             {both, true, market5 + marketwire.Length, 0, wire.ErrUnknownCode},
		"far behind market":         {both, true, 1 << 40, 0, wire.ErrUnknownCode},
		"market too long":           {both, true, market5, marketwire.MaxMessage + 1, wire.ErrTooLarge},
		"les too long":              {both, true, offset, wire.MaxMessage + 1, wire.ErrTooLarge},
		"server without market":     {both, false, market5, 0, wire.ErrUnknownCode},
		"client without market":     {both[:2], true, market5, 0, wire.ErrUnknownCode},
		"beside les/4":              {[]p2p.Cap{both[2], both[0]}, true, market4, 0, wire.ErrUnknownCode},
		"beside les/4, the last":    {[]p2p.Cap{both[0], both[2]}, true, market4 + marketwire.Length - 1, 0, wire.ErrUnknownCode},
		"another version of market": {[]p2p.Cap{both[1], {Name: "market", Version: 2}}, true, market5, 0, wire.ErrUnknownCode},
	} {
		t.Run(name, func(t *testing.T) {
			ended := make(chan error, 1)
			server := newHost(t, true, Config{Market: tt.market, Handler: func(_ context.Context, _ wire.Peer, conn wire.Conn) error {
				_, _, err := conn.ReadMsg()
				ended <- err
				return err
			}})
			key, err := crypto.GenerateKey()
			if err != nil {
				t.Fatal(err)
			}
			c := agree(t, server, key)
			c.greets(key, func(h *hello) { h.Caps = tt.caps })
			c.send(tt.code, make([]byte, tt.size))
			if err := <-ended; !errors.Is(err, tt.want) {
				t.Errorf("the session ended with %v", err)
			}
			if got := c.parting(); !errors.Is(got, p2p.DiscProtocolError) {
				t.Errorf("the client was told %v", got)
			}
		})
	}
}

// What was not agreed upon is not sent either, by no end.
func TestNotSent(t *testing.T) {
	for _, version := range []uint{wire.LES4, wire.LES5} {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			errs := make(chan error, 2)
			handler := func(_ context.Context, peer wire.Peer, conn wire.Conn) error {
				code := wire.Length(peer.Version)
				if peer.Market {
					code += marketwire.Length
				}
				errs <- conn.WriteMsg(code, nil)
				_, _, err := conn.ReadMsg()
				return err
			}
			server := newHost(t, true, Config{Market: true, Versions: []uint{version}, Handler: handler})
			client := newHost(t, false, Config{Market: true, Handler: handler})
			client.Keep(t.Context(), server.Self())
			for range 2 {
				if err := <-errs; !errors.Is(err, wire.ErrUnknownCode) {
					t.Errorf("sent, with %v", err)
				}
			}
		})
	}
}

// A node with a market and no les is of no use, and the visit says so.
func TestMarketAlone(t *testing.T) {
	server := gethServer(t, marketProtocol(marketwire.Length, func(_ *p2p.Peer, rw p2p.MsgReadWriter) error {
		_, err := rw.ReadMsg()
		return err
	}))
	client := newHost(t, false, Config{Market: true, Handler: func(context.Context, wire.Peer, wire.Conn) error {
		t.Error("a session")
		return nil
	}})
	if _, err := client.Visit(t.Context(), server.Self(), nil); !errors.Is(err, p2p.DiscUselessPeer) {
		t.Errorf("ended with %v", err)
	}
	accepting := newHost(t, true, Config{Market: true, Handler: echo})
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	c := agree(t, accepting, key)
	c.greets(key, func(h *hello) { h.Caps = []p2p.Cap{marketCap()} })
	if got := c.parting(); !errors.Is(got, p2p.DiscUselessPeer) {
		t.Errorf("the client was told %v", got)
	}
}
