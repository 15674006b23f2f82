package server_test

import (
	"context"
	"math/big"
	"testing"
	"testing/synctest"
	"time"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/server"
	"github.com/candela-les/candela/server/servertest"
	"github.com/candela-les/candela/wire"
)

func TestAnnouncements4(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		src := servertest.NewFakeSource(5)
		srv := start(t, src, nil)
		listeners := make(map[wire.AnnounceType]*client)
		for kind := range wire.AnnounceType(3) {
			c := dialAs(t, srv, wire.LES4, [32]byte{1, byte(kind)})
			ours := hello(src, wire.LES4)
			ours.AnnounceType = kind
			c.shake(ours)
			listeners[kind] = c
		}
		synctest.Wait()
		key := testKey().PublicKey
		head := src.Extend(2)
		plain := listeners[wire.AnnounceSimple].announce4()
		if plain.Hash != head.Hash || plain.Number != 7 || plain.TD.Uint64() != 1070 || len(plain.Signature) != 0 {
			t.Errorf("announced %+v", plain)
		}
		if err := listeners[wire.AnnounceSigned].announce4().Verify(&key); err != nil {
			t.Error(err)
		}
		src.Reorg(3, 4)
		if a := listeners[wire.AnnounceSigned].announce4(); a.ReorgDepth != 3 || a.Number != 8 || a.Verify(&key) != nil {
			t.Errorf("announced %+v", a)
		}
		listeners[wire.AnnounceSimple].announce4()
		synctest.Wait()
		// Who asked for none gets none: the next message is the reply.
		listeners[wire.AnnounceNone].ask(&wire.GetHeaders{Max: 1})
	})
}

// A client of les/4 drops a server whose total difficulty does not grow.
func TestOnlyHeavierHeads4(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		src := servertest.NewFakeSource(5)
		c := connect(t, start(t, src, nil), src, wire.LES4)
		synctest.Wait()
		src.Change(func(h *chain.Head) { h.Safe = h.Block }) // means nothing in les/4
		synctest.Wait()
		src.Reorg(3, 2) // lighter
		synctest.Wait()
		src.Extend(1) // as heavy as at first, same number
		synctest.Wait()
		want := src.Extend(1)
		if a := c.announce4(); a.Hash != want.Hash {
			t.Errorf("announced %d", a.Number)
		}
		// After the merge difficulty stands still and the number decides.
		flat := src.Extend(1).TD
		c.announce4()
		src.Change(func(h *chain.Head) { h.TD = flat; h.Safe = h.Block })
		synctest.Wait()
		next := src.Extend(1)
		c.announce4()
		src.Change(func(h *chain.Head) { h.TD = new(big.Int).Set(next.TD) })
		synctest.Wait()
		c.ask(&wire.GetHeaders{Max: 1})
	})
}

func TestAnnouncements5(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		src := servertest.NewFakeSource(5)
		srv := start(t, src, nil)
		c := connect(t, srv, src, wire.LES5)
		synctest.Wait()
		key := testKey().PublicKey
		check := func(want chain.Head) *wire.Announce5 {
			t.Helper()
			a := c.announce5()
			if err := a.Verify(&key, c.status.Genesis, c.status.Config); err != nil {
				t.Fatal(err)
			}
			if a.Head.Hash != want.Hash || a.Head.Safe.Hash != want.Safe.Hash || a.Head.ReorgDepth != want.ReorgDepth || a.Header == nil {
				t.Errorf("announced %+v, want %+v", a.Head, want)
			}
			return a
		}
		before := check(src.Extend(1)).Head.Timestamp
		time.Sleep(3 * time.Second)
		if after := check(src.Change(func(h *chain.Head) { h.Safe = h.Block })).Head.Timestamp; after != before+3 {
			t.Errorf("signed at %d, then %d", before, after)
		}
		check(src.Reorg(4, 2)) // fewer blocks than before: fork choice decides, not length
		// A newcomer gets the head in its Status, signed now.
		time.Sleep(time.Minute)
		late := dialAs(t, srv, wire.LES5, [32]byte{7})
		late.shake(hello(src, wire.LES5))
		if h := late.status.Server.Head; h.Head.Timestamp != uint64(time.Now().Unix()) || h.Verify(&key, late.status.Genesis, late.status.Config) != nil {
			t.Errorf("status head %+v", h.Head)
		}
		late.ask(&wire.GetConfig{}) // and no announcement of what it knows
		deaf := dialAs(t, srv, wire.LES5, [32]byte{8})
		ours := hello(src, wire.LES5)
		ours.AnnounceType = wire.AnnounceNone
		deaf.shake(ours)
		src.Extend(1)
		late.announce5()
		synctest.Wait()
		deaf.ask(&wire.GetConfig{})
	})
}

func TestRangesAreKeptCurrent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		src := servertest.NewFakeSource(5)
		src.SetRanges(chain.Ranges{State: 1, Recent: 128})
		srv := start(t, src, nil)
		c := connect(t, srv, src, wire.LES5)
		old := dialAs(t, srv, wire.LES4, [32]byte{4})
		old.shake(hello(src, wire.LES4))
		src.SetRanges(chain.Ranges{State: 2, Recent: 128}) // moved with the head: known
		time.Sleep(11 * time.Second)
		src.SetRanges(chain.Ranges{Bodies: 3, State: 2, Recent: 64})
		begin := time.Now()
		a := c.announce5()
		if a.IsHead() || a.Update.Ranges == nil || a.Update.Ranges.Bodies != 3 || a.Update.Ranges.StateRecent != 64 {
			t.Errorf("update %+v", a.Update.Ranges)
		}
		if took := time.Since(begin); took > 10*time.Second {
			t.Errorf("after %v", took)
		}
		// With a head there is no waiting. The head comes first.
		src.SetRanges(chain.Ranges{State: chain.None})
		src.Extend(1)
		c.announce5()
		if a := c.announce5(); a.Update.Ranges == nil || a.Update.Ranges.State != wire.None {
			t.Errorf("update %+v", a.Update.Ranges)
		}
		if a := old.announce4(); !a.IsHead() {
			t.Errorf("les/4 was told of ranges: %+v", a)
		}
	})
}

func TestCapacityIsAnnounced(t *testing.T) {
	versions(t, func(t *testing.T, version uint) {
		synctest.Test(t, func(t *testing.T) {
			src := servertest.NewFakeSource(5)
			srv := start(t, src, func(cfg *server.Config) { cfg.MaxSessions = 10; cfg.Capacity = 10_000_000 })
			c := connect(t, srv, src, version)
			synctest.Wait()
			limit := c.status.Server.Flow.BL
			if c.status.Server.Flow.MRR != 100_000 { // a tenth of the capacity for ten places
				t.Errorf("at first %+v", c.status.Server.Flow)
			}
			told := func() *wire.Flow {
				if wire.Legacy(version) {
					return c.announce4().Update.Flow
				}
				return c.announce5().Update.Flow
			}
			srv.SetCapacity(9_999_000) // what was promised is what there is, less a little
			if f := told(); f.MRR != 74_991 || f.BL != limit {
				t.Errorf("with less %+v", f)
			}
			srv.SetCapacity(10_000_000) // still promised, no message
			srv.SetCapacity(30_000_000)
			if f := told(); f.MRR != 225_000 || f.BL != limit {
				t.Errorf("with more %+v", f)
			}
			srv.Apply(server.Settings{Grants: []server.Grant{{ID: srv.Clients()[0].ID, Units: 200}}})
			if f := told(); f.MRR != 2_000_000 || f.BL != 12_000_000_000 {
				t.Errorf("with units %+v", f)
			}
			// les/4 clients add the growth to their estimate, so it must be there; others earn it.
			want := limit
			if wire.Legacy(version) {
				want = 12_000_000_000
			}
			if bv := c.ask(&wire.GetHeaders{Max: 1}).Buffer(); bv > want || bv < want-1_000_000 {
				t.Errorf("buffer value %d, want about %d", bv, want)
			}
			srv.Apply(server.Settings{})
			if f := told(); f.MRR != 1 || f.BL != limit {
				t.Errorf("without units and free share %+v", f)
			}
		})
	})
}

func TestSlowReaderIsDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		src := servertest.NewFakeSource(5)
		srv := start(t, src, nil)
		c := connect(t, srv, src, wire.LES5)
		synctest.Wait()
		for range 300 {
			src.Extend(1)
			synctest.Wait()
		}
		c.wantEnd(server.ReasonSlow)
	})
}

// A reply that nobody reads ends the session too, and holds no worker slot.
func TestUnreadReply(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		src := servertest.NewFakeSource(5)
		srv := start(t, src, func(cfg *server.Config) { cfg.Workers = 1 })
		slow := connect(t, srv, src, wire.LES4)
		other := dialAs(t, srv, wire.LES4, [32]byte{2})
		other.shake(hello(src, wire.LES4))
		go func() {
			for slow.conn.WriteMsg(wire.CodeGetHeaders, (&wire.GetHeaders{Max: 1}).Append(nil)) == nil {
				synctest.Wait()
			}
		}()
		time.Sleep(5 * time.Second)
		other.ask(&wire.GetHeaders{Max: 1})
		slow.wantEnd(server.ReasonSlow)
	})
}

// A client that goes away while its request is served leaves nothing behind.
func TestCloseDuringRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		src := servertest.NewFakeSource(5)
		srv := start(t, src, nil)
		c := connect(t, srv, src, wire.LES5)
		entered := make(chan struct{})
		src.Work = func(ctx context.Context, _ string) error {
			close(entered)
			<-ctx.Done()
			return ctx.Err()
		}
		c.send(&wire.GetWitness{Block: src.Canonical()[1]})
		<-entered
		srv.Close()
		c.wantEnd(server.ReasonClosing)
	})
}
