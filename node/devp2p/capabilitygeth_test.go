package devp2p

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/p2p"

	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/marketwire"
)

// This file has go-ethereum's own devp2p at the other end, with a protocol for each
// capability, as any program on it would have.

// gethServer starts one. Its peers are the test's own hosts.
func gethServer(t *testing.T, protocols ...p2p.Protocol) *p2p.Server {
	t.Helper()
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	srv := &p2p.Server{Config: p2p.Config{
		PrivateKey: key, Name: "geth", MaxPeers: 10, NoDiscovery: true, ListenAddr: "127.0.0.1:0", Protocols: protocols,
	}}
	if err := srv.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(srv.Stop)
	return srv
}

type runner = func(*p2p.Peer, p2p.MsgReadWriter) error

func lesProtocol(version uint, run runner) p2p.Protocol {
	return p2p.Protocol{Name: wire.Protocol, Version: version, Length: wire.Length(version), Run: run}
}

// marketProtocol may have more codes than there are, so that they can be sent.
func marketProtocol(length uint64, run runner) p2p.Protocol {
	return p2p.Protocol{Name: marketwire.Protocol, Version: marketwire.Version, Length: length, Run: run}
}

// echoing answers the messages of one capability with themselves.
func echoing(_ *p2p.Peer, rw p2p.MsgReadWriter) error {
	for {
		msg, err := rw.ReadMsg()
		if err != nil {
			return err
		}
		if err := rw.WriteMsg(msg); err != nil {
			return err
		}
	}
}

// Both capabilities reach go-ethereum's protocols of the same name and come back, whoever
// has dialed. Its protocols have a goroutine each, so the order is kept in each of them.
func TestGethWithBoth(t *testing.T) {
	messages := mixed(3)
	var les, market []p2pMessage
	for _, m := range messages {
		if m.code < wire.FirstMarket {
			les = append(les, m)
		} else {
			market = append(market, m)
		}
	}
	for _, dials := range []bool{true, false} {
		t.Run(fmt.Sprintf("we dial: %v", dials), func(t *testing.T) {
			done := make(chan error, 2)
			handler := func(ctx context.Context, peer wire.Peer, conn wire.Conn) error {
				if !peer.Market {
					t.Error("market is not spoken")
				}
				go func() { done <- sendAll(conn, messages) }()
				lesLeft, marketLeft := les, market
				for range messages {
					code, payload, err := conn.ReadMsg()
					if err != nil {
						done <- err
						return err
					}
					left := &lesLeft
					if _, ok := peer.MarketCode(code); ok {
						left = &marketLeft
					}
					if err := receiveAll(&read{code: code, payload: payload}, (*left)[:1]); err != nil {
						done <- err
						return err
					}
					*left = (*left)[1:]
				}
				done <- nil
				<-ctx.Done()
				return nil
			}
			protocols := []p2p.Protocol{
				lesProtocol(wire.LES4, echoing), lesProtocol(wire.LES5, echoing), marketProtocol(marketwire.Length, echoing),
			}
			geth := gethServer(t, protocols...)
			host := newHost(t, !dials, Config{Market: true, Handler: handler})
			if dials {
				host.Keep(t.Context(), geth.Self())
			} else {
				geth.AddPeer(host.Self())
			}
			for range 2 {
				if err := <-done; err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// read is a connection with one message.
type read struct {
	wire.Conn
	code    uint64
	payload []byte
}

func (r *read) ReadMsg() (uint64, []byte, error) { return r.code, r.payload, nil }

// A program that has market and les/4 may not use it, whoever dials; one that has les/5
// alone is served as ever.
func TestGethWithOther(t *testing.T) {
	sends := func(code uint64, size int) runner {
		return func(_ *p2p.Peer, rw p2p.MsgReadWriter) error {
			if err := p2p.Send(rw, code, make([]byte, size)); err != nil {
				return err
			}
			_, err := rw.ReadMsg()
			return err
		}
	}
	waits := func(_ *p2p.Peer, rw p2p.MsgReadWriter) error { _, err := rw.ReadMsg(); return err }
	for name, tt := range map[string]struct {
		protocols []p2p.Protocol
		want      error // nil: a message of les comes
	}{
		"les/5 alone":         {[]p2p.Protocol{lesProtocol(wire.LES5, sends(3, 3))}, nil},
		"les/4 alone":         {[]p2p.Protocol{lesProtocol(wire.LES4, sends(3, 3))}, nil},
		"silent beside les/4": {[]p2p.Protocol{lesProtocol(wire.LES4, sends(3, 3)), marketProtocol(marketwire.Length, waits)}, nil},
		"beside les/4": {
			[]p2p.Protocol{lesProtocol(wire.LES4, waits), marketProtocol(marketwire.Length, sends(0, 3))}, wire.ErrUnknownCode,
		},
		"beside les/4, the last": {
			[]p2p.Protocol{lesProtocol(wire.LES4, waits), marketProtocol(marketwire.Length, sends(marketwire.Length-1, 3))}, wire.ErrUnknownCode,
		},
		"market is too long": {
			[]p2p.Protocol{lesProtocol(wire.LES5, waits), marketProtocol(marketwire.Length, sends(0, marketwire.MaxMessage))}, wire.ErrTooLarge,
		},
		"les is too long": {
			[]p2p.Protocol{lesProtocol(wire.LES5, sends(0, wire.MaxMessage))}, wire.ErrTooLarge,
		},
	} {
		for _, dials := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, we dial: %v", name, dials), func(t *testing.T) {
				ended := make(chan error, 1)
				handler := func(_ context.Context, peer wire.Peer, conn wire.Conn) error {
					code, payload, err := conn.ReadMsg()
					if err == nil && (code != 3 || len(payload) != 4) {
						t.Errorf("%d bytes of code %#x", len(payload), code)
					}
					if peer.Market != (tt.want == wire.ErrTooLarge && len(tt.protocols) == 2) { //nolint:errorlint // the table's own
						t.Errorf("les/%d, market: %v", peer.Version, peer.Market)
					}
					select {
					case ended <- err:
					default: // connected again
					}
					return err
				}
				geth := gethServer(t, tt.protocols...)
				events := make(chan *p2p.PeerEvent, 10)
				defer geth.SubscribeEvents(events).Unsubscribe()
				host := newHost(t, !dials, Config{Market: true, Handler: handler})
				if dials {
					host.Keep(t.Context(), geth.Self())
				} else {
					geth.AddPeer(host.Self())
				}
				if err := <-ended; !errors.Is(err, tt.want) {
					t.Errorf("ended with %v", err)
				}
				for tt.want != nil {
					if ev := <-events; ev.Type == p2p.PeerEventTypeDrop {
						if ev.Error != p2p.DiscProtocolError.Error() {
							t.Errorf("geth was told %q", ev.Error)
						}
						return
					}
				}
			})
		}
	}
}

// A code behind market's last one ends a connection that we have dialed.
func TestGethWithMoreCodes(t *testing.T) {
	ended := make(chan error, 1)
	geth := gethServer(t,
		lesProtocol(wire.LES5, echoing),
		marketProtocol(marketwire.Length+1, func(_ *p2p.Peer, rw p2p.MsgReadWriter) error {
			if err := p2p.Send(rw, marketwire.Length, "more"); err != nil {
				return err
			}
			_, err := rw.ReadMsg()
			return err
		}))
	host := newHost(t, false, Config{Market: true, Handler: func(_ context.Context, _ wire.Peer, conn wire.Conn) error {
		_, _, err := conn.ReadMsg()
		ended <- err
		return err
	}})
	_, err := host.Visit(t.Context(), geth.Self(), nil)
	if err == nil || <-ended == nil {
		t.Errorf("a code that nobody has was taken; the visit ended with %v", err)
	}
}
