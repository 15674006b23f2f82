package server_test

import (
	"bytes"
	"errors"
	"math/big"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/server"
	"github.com/candela-les/candela/server/servertest"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/wiretest"
)

// Keys and order of geth 1.10.26, with what this chain has.
func TestLegacyStatusBytes(t *testing.T) {
	versions(t, func(t *testing.T, version uint) {
		if wire.Legacy(version) {
			testLegacyStatus(t, version)
		}
	})
}

func testLegacyStatus(t *testing.T, version uint) {
	src := servertest.NewFakeSource(10)
	src.SetRanges(chain.Ranges{Recent: 128})
	srv := start(t, src, nil)
	c := dial(t, srv, version)
	c.write(wire.CodeStatus, hello(src, version).Append(nil))
	payload := c.expect(wire.CodeStatus)

	head := src.Head()
	got, err := wire.DecodeStatus(version, payload)
	if err != nil {
		t.Fatal(err)
	}
	want := hello(src, version)
	want.Server = &wire.ServerStatus{
		Flow: got.Server.Flow, Costs: got.Server.Costs,
		Legacy: &wire.LegacyStatus{
			Head:        wire.Head4{Hash: head.Hash, Number: 10, TD: big.NewInt(1100)},
			RecentState: 124,
		},
	}
	if w := want.Append(nil); !bytes.Equal(payload, w) {
		t.Fatalf("got  %x\nwant %x", payload, w)
	}
	last := 0
	for _, key := range []string{
		"protocolVersion", "networkId", "headTd", "headHash", "headNum", "genesisHash", "forkID",
		"serveHeaders", "serveChainSince", "serveStateSince", "serveRecentState", "txRelay",
		"recentTxLookup", "flowControl/BL", "flowControl/MRR", "flowControl/MRC",
	} {
		at := bytes.Index(payload, []byte(key))
		if version < wire.LES4 && (key == "forkID" || key == "recentTxLookup") {
			if at >= 0 {
				t.Errorf("les/%d has %s", version, key)
			}
			continue
		}
		if at <= last {
			t.Errorf("%s at %d, after %d", key, at, last)
		}
		last = at
	}
	// geth's clients leave a server that lacks a price for any of these.
	for _, code := range []uint64{0x02, 0x04, 0x06, 0x0a, 0x0f, 0x11, 0x13, 0x14} {
		if _, ok := got.Server.Costs.Cost(code, 1); !ok {
			t.Errorf("no price for %#x", code)
		}
	}
}

func TestStatus5(t *testing.T) {
	src := servertest.NewFakeSource(10)
	src.SetRanges(chain.Ranges{Bodies: 3, State: 5, TxIndex: chain.None})
	safe := chain.Block{Number: 8, Hash: src.Canonical()[8]}
	src.Change(func(h *chain.Head) { h.Safe = safe })
	srv := start(t, src, nil)
	c := connect(t, srv, src, wire.LES5)
	s := c.status.Server
	if want := (wire.Ranges{Bodies: 3, State: 5, TxIndex: wire.None}); s.Ranges != want {
		t.Errorf("ranges %+v", s.Ranges)
	}
	// What is served at all does not depend on what is there at the moment: an index
	// that is being built when the client comes is there a moment later.
	if !s.Serves.Has(wire.ServesTxStatus | wire.ServesState | wire.ServesWitness | wire.ServesChain | wire.ServesConfig) {
		t.Errorf("serves %b", s.Serves)
	}
	key := testKey().PublicKey
	if err := s.Head.Verify(&key, c.status.Genesis, c.status.Config); err != nil {
		t.Errorf("head: %v", err)
	}
	if h := s.Head.Head; h.Number != 10 || h.Safe.Number != 8 || h.Finalized.Number != 0 || h.Timestamp == 0 {
		t.Errorf("head %+v", h)
	}
	if s.Limits != wire.DefaultLimits() {
		t.Errorf("limits %+v", s.Limits)
	}
}

// No request that the announced limits permit costs more than the buffer holds.
func TestAnnouncedCostsFit(t *testing.T) {
	versions(t, func(t *testing.T, version uint) {
		src := servertest.NewFakeSource(1)
		c := connect(t, start(t, src, nil), src, version)
		most := map[uint64]uint64{
			wire.CodeGetHeaders: wire.MaxHeaders, wire.CodeGetBodies: wire.MaxBodies,
			wire.CodeGetReceipts: wire.MaxReceipts, wire.CodeSendTx: wire.MaxTxs, wire.CodeGetTxStatus: wire.MaxTxStatus,
			wire.CodeGetHelperProofs: wire.MaxHelperProofs,
		}
		if wire.Legacy(version) {
			most[wire.CodeGetCode], most[wire.CodeGetProofs] = wire.MaxCodes, wire.MaxProofs
		} else {
			most[wire.CodeGetState], most[wire.CodeGetConfig] = wire.MaxState, 1
			most[wire.CodeGetWitness] = wire.MaxWitnessGas / wire.WitnessGasUnit
			most[wire.CodeGetLogRange] = wire.MaxLogRange / wire.LogRangeUnit
		}
		if len(most) != len(c.status.Server.Costs) {
			t.Errorf("%d prices, want %d", len(c.status.Server.Costs), len(most))
		}
		for code, amount := range most {
			cost, ok := c.status.Server.Costs.Cost(code, amount)
			if !ok || cost == 0 || cost > c.status.Server.Flow.BL {
				t.Errorf("%s: %d of %d", wire.CodeName(version, code), cost, c.status.Server.Flow.BL)
			}
		}
	})
}

func TestHandshakeRefusals(t *testing.T) {
	other := wire.Hash{1, 2, 3}
	for name, test := range map[string]struct {
		since uint // version
		want  server.Reason
		edit  func(s *wire.Status)
	}{
		"genesis": {2, server.ReasonGenesis, func(s *wire.Status) { s.Genesis = other }},
		"network": {2, server.ReasonNetwork, func(s *wire.Status) { s.NetworkID++ }},
		"fork id": {4, server.ReasonFork, func(s *wire.Status) { s.ForkID.Hash[0]++ }},
		"a server": {2, server.ReasonUseless, func(s *wire.Status) {
			s.Server = &wire.ServerStatus{OnlyAnnounce: true}
			s.Server.Head.Head.Genesis, s.Server.Head.Head.Config = s.Genesis, s.Config
		}},
	} {
		t.Run(name, func(t *testing.T) {
			versions(t, func(t *testing.T, version uint) {
				if version < test.since {
					return
				}
				src := servertest.NewFakeSource(3)
				c := dial(t, start(t, src, nil), version)
				ours := hello(src, version)
				test.edit(ours)
				c.write(wire.CodeStatus, ours.Append(nil))
				c.wantEnd(test.want)
			})
		})
	}
}

// les/2 and les/3 mean that every transaction can be looked up. Where that is not so,
// as geth does, their clients are sent away before anything untrue is said.
func TestOldVersionsNeedAllTransactions(t *testing.T) {
	versions(t, func(t *testing.T, version uint) {
		for name, edit := range map[string]func(*servertest.FakeSource, *server.Config){
			"no index":        func(src *servertest.FakeSource, _ *server.Config) { src.SetRanges(chain.Ranges{TxIndex: chain.None}) },
			"part of it":      func(src *servertest.FakeSource, _ *server.Config) { src.SetRanges(chain.Ranges{TxIndex: 5}) },
			"announcing only": func(_ *servertest.FakeSource, cfg *server.Config) { cfg.OnlyAnnounce = true },
		} {
			t.Run(name, func(t *testing.T) {
				src := servertest.NewFakeSource(10)
				c := dial(t, start(t, src, func(cfg *server.Config) { edit(src, cfg) }), version)
				if version >= wire.LES4 {
					c.shake(hello(src, version))
					return
				}
				c.wantEnd(server.ReasonUseless)
				if code, _, err := c.conn.ReadMsg(); err == nil {
					t.Errorf("told %s first", wire.CodeName(version, code))
				}
			})
		}
	})
}

func TestHandshakeNonsense(t *testing.T) {
	for name, test := range map[string]struct {
		want    server.Reason
		code    uint64
		payload []byte
	}{
		"another message": {server.ReasonMalformed, wire.CodeGetHeaders, []byte{0xc0}},
		"no list":         {server.ReasonMalformed, wire.CodeStatus, []byte{0x01}},
		"nothing":         {server.ReasonMalformed, wire.CodeStatus, nil},
		"no keys":         {server.ReasonMalformed, wire.CodeStatus, []byte{0xc0}},
		"too long":        {server.ReasonMalformed, wire.CodeStatus, append([]byte{0xfa, 2, 0, 0}, make([]byte, 2<<16)...)},
	} {
		t.Run(name, func(t *testing.T) {
			versions(t, func(t *testing.T, version uint) {
				c := dial(t, start(t, servertest.NewFakeSource(3), nil), version)
				c.write(test.code, test.payload)
				c.wantEnd(test.want)
			})
		})
	}
	t.Run("version in status", func(t *testing.T) {
		src := servertest.NewFakeSource(3)
		c := dial(t, start(t, src, nil), wire.LES4)
		ours := hello(src, wire.LES4)
		ours.Version = wire.LES5
		c.write(wire.CodeStatus, ours.Append(nil))
		c.wantEnd(server.ReasonVersion)
	})
	t.Run("version of transport", func(t *testing.T) {
		c := dial(t, start(t, servertest.NewFakeSource(3), nil), 6)
		c.wantEnd(server.ReasonVersion)
	})
}

// A version that is not wanted, or that the node cannot answer, is not offered.
func TestVersions(t *testing.T) {
	for _, test := range []struct {
		hashed       bool
		wanted, want []uint
	}{
		{true, nil, []uint{2, 3, 4, 5}},
		{true, []uint{4, 2}, []uint{2, 4}},
		{false, nil, []uint{5}},
		{false, []uint{4, 5}, []uint{5}},
		{false, []uint{2, 3, 4}, nil},
		{true, []uint{6}, nil},
	} {
		src := servertest.NewFakeSource(3)
		src.Caps.HashedKeys = test.hashed
		srv, err := server.New(t.Context(), server.Config{Source: src, Key: testKey(), Now: time.Now, Versions: test.wanted})
		if test.want == nil {
			if !errors.Is(err, server.ErrVersions) {
				t.Errorf("%+v: %v", test, err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if got := srv.Versions(); !slices.Equal(got, test.want) {
			t.Errorf("%+v: %v", test, got)
		}
		for version := uint(2); version <= 5; version++ {
			c := dial(t, srv, version)
			if slices.Contains(test.want, version) {
				c.shake(hello(src, version))
			} else {
				c.wantEnd(server.ReasonVersion)
			}
			c.conn.Close()
		}
		srv.Close()
	}
}

// A client is welcome without a configuration, and with that of an older or newer
// release.
func TestConfigOfTheClientDoesNotMatter(t *testing.T) {
	for _, config := range []wire.Hash{{}, {1, 2, 3}} {
		src := servertest.NewFakeSource(3)
		c := dial(t, start(t, src, nil), wire.LES5)
		ours := hello(src, wire.LES5)
		ours.Config = config
		c.shake(ours)
		reply, ok := c.ask(&wire.GetConfig{}).(*wire.Config)
		if !ok || !bytes.Equal(reply.Config, src.Info().Config) {
			t.Fatalf("config %+v", reply)
		}
	}
}

func TestHandshakeTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := dial(t, start(t, servertest.NewFakeSource(3), nil), wire.LES5)
		begin := time.Now()
		c.wantEnd(server.ReasonTimeout)
		if took := time.Since(begin); took != 5*time.Second {
			t.Fatalf("after %v", took)
		}
	})
}

// bareConn is a connection as some transports have it: without Close.
type bareConn struct{ wire.Conn }

// A session on it ends in time as well; what still waits in the transport ends
// with that.
func TestTransportWithoutClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		src := servertest.NewFakeSource(3)
		srv := start(t, src, nil)
		here, there := wiretest.Pipe()
		begin := time.Now()
		var d *server.Disconnect
		err := srv.Serve(t.Context(), wire.Peer{Version: wire.LES5}, bareConn{there})
		if !errors.As(err, &d) || d.Reason != server.ReasonTimeout || time.Since(begin) != 5*time.Second {
			t.Errorf("%v after %v", err, time.Since(begin))
		}
		here.Close()
	})
	src := servertest.NewFakeSource(3)
	srv := start(t, src, nil)
	here, there := wiretest.Pipe()
	c := &client{t: t, conn: here, version: wire.LES4, ended: make(chan error, 1)}
	go func() { c.ended <- srv.Serve(t.Context(), wire.Peer{Version: wire.LES4}, bareConn{there}) }()
	c.shake(hello(src, wire.LES4))
	c.ask(&wire.GetHeaders{Max: 1})
	here.Close()
	c.wantEnd(server.ReasonLeft)
}

func TestPlaces(t *testing.T) {
	src := servertest.NewFakeSource(3)
	srv := start(t, src, func(c *server.Config) { c.MaxSessions = 2 })
	one := connect(t, srv, src, wire.LES4)
	one.ask(&wire.GetHeaders{Max: 1}) // it has its place, not the twin
	twin := dial(t, srv, wire.LES4)
	twin.write(wire.CodeStatus, hello(src, wire.LES4).Append(nil))
	twin.wantEnd(server.ReasonDuplicate)

	two := dialAs(t, srv, wire.LES4, [32]byte{2})
	two.shake(hello(src, wire.LES4))
	two.ask(&wire.GetHeaders{Max: 1})
	three := dialAs(t, srv, wire.LES4, [32]byte{3})
	three.wantEnd(server.ReasonTooMany)

	one.conn.Close()
	one.wantEnd(server.ReasonLeft)
	four := dialAs(t, srv, wire.LES4, [32]byte{4})
	four.shake(hello(src, wire.LES4))
	four.ask(&wire.GetHeaders{Max: 1})

	stats := srv.Stats()
	if stats.Sessions != 2 || stats.Opened != 3 || stats.Disconnects["too many clients"] != 1 {
		t.Errorf("stats %+v", stats)
	}
}

func TestCloseEndsSessions(t *testing.T) {
	src := servertest.NewFakeSource(3)
	srv := start(t, src, nil)
	shaking := dialAs(t, srv, wire.LES5, [32]byte{9})
	idle := connect(t, srv, src, wire.LES5)
	srv.Close()
	idle.wantEnd(server.ReasonClosing)
	shaking.wantEnd(server.ReasonClosing)
	late := dialAs(t, srv, wire.LES5, [32]byte{8})
	late.wantEnd(server.ReasonClosing)
	srv.Close() // again is harmless
}

// A client that finds no place is told when to come again, and so is whoever asks
// from outside.
func TestFullServer(t *testing.T) {
	src := servertest.NewFakeSource(3)
	srv := start(t, src, func(c *server.Config) { c.MaxSessions, c.RetryAfter = 2, 20*time.Second })
	if c := srv.Conditions(); c.Free != 2 || c.Total != 2 || c.RetryAfterMs != 0 || c.Genesis != src.Info().Genesis ||
		!c.Serves.Has(wire.ServesState) || len(c.Protocols) == 0 {
		t.Errorf("empty: %+v", c)
	}
	one, two := dialAs(t, srv, wire.LES5, [32]byte{1}), dialAs(t, srv, wire.LES4, [32]byte{2})
	one.shake(hello(src, wire.LES5))
	two.shake(hello(src, wire.LES4))
	if c := srv.Conditions(); c.Free != 0 || c.Total != 2 || c.RetryAfterMs < 20_000 || c.RetryAfterMs > 30_000 {
		t.Errorf("full: %+v", c)
	}

	three := dialAs(t, srv, wire.LES5, [32]byte{3})
	refused := three.sentAway()
	if refused.ReqID != 0 || refused.BV != 0 || refused.Reason != wire.Busy || refused.RetryAfterMs < 20_000 || refused.RetryAfterMs > 30_000 {
		t.Errorf("refused with %+v", refused)
	}
	three.write(wire.CodeStatus, hello(src, wire.LES5).Append(nil))
	three.wantEnd(server.ReasonTooMany)
	// The next one is told to come after that one.
	four := dialAs(t, srv, wire.LES5, [32]byte{4})
	if later := four.sentAway(); later.RetryAfterMs < 40_000 {
		t.Errorf("the next one may come after %d ms", later.RetryAfterMs)
	}
	four.conn.Close()
	four.wantEnd(server.ReasonTooMany)

	one.conn.Close()
	one.wantEnd(server.ReasonLeft)
	if c := srv.Conditions(); c.Free != 1 || c.RetryAfterMs != 0 {
		t.Errorf("after one has left: %+v", c)
	}
	five := dialAs(t, srv, wire.LES5, [32]byte{5})
	five.shake(hello(src, wire.LES5))
	five.ask(&wire.GetConfig{}) // once this is answered, the session is counted
	if stats := srv.Stats(); stats.Refused["busy"] != 2 || stats.Disconnects["too many clients"] != 2 || stats.Opened != 3 {
		t.Errorf("stats %+v", stats)
	}
}

// Who neither reads nor says anything is gone after a moment all the same.
func TestFullServerSilentClient(t *testing.T) {
	src := servertest.NewFakeSource(3)
	srv := start(t, src, func(c *server.Config) { c.MaxSessions = 1 })
	one := dialAs(t, srv, wire.LES5, [32]byte{1})
	one.shake(hello(src, wire.LES5))
	dialAs(t, srv, wire.LES5, [32]byte{2}).wantEnd(server.ReasonTooMany)
}

// A server without data says so.
func TestConditionsOfAnnouncer(t *testing.T) {
	src := servertest.NewFakeSource(3)
	srv := start(t, src, func(c *server.Config) { c.OnlyAnnounce = true })
	if c := srv.Conditions(); c.Serves != 0 {
		t.Errorf("%+v", c)
	}
}
