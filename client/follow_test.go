package client_test

import (
	"errors"
	"math/big"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/client/clienttest"
	"github.com/candela-les/candela/wire"
)

// listener applies head events and complains about every gap.
type listener struct {
	t      *testing.T
	events chan client.HeadEvent
	seen   []*types.Header
}

func (l *listener) until(head *types.Block) {
	l.t.Helper()
	timeout := time.After(20 * time.Second)
	for len(l.seen) == 0 || l.seen[len(l.seen)-1].Hash() != head.Hash() {
		select {
		case e := <-l.events:
			for i := range e.Removed {
				top := l.seen[len(l.seen)-1]
				if want := e.Removed[len(e.Removed)-1-i]; top.Hash() != want.Hash() {
					l.t.Fatalf("removed %d, not the last one seen, %d", want.Number, top.Number)
				}
				l.seen = l.seen[:len(l.seen)-1]
			}
			for _, h := range e.Added {
				if n := len(l.seen); n > 0 && h.ParentHash != l.seen[n-1].Hash() {
					l.t.Fatalf("%d follows %d", h.Number, l.seen[n-1].Number)
				}
				l.seen = append(l.seen, h)
			}
		case <-timeout:
			l.t.Fatal("the head never came")
		}
	}
}

func TestEventsNeverSkipANumber(t *testing.T) {
	w := build(10, 3)
	w.open(t)
	l := &listener{t: t, events: make(chan client.HeadEvent)}
	defer w.client.SubscribeHeads(l.events)()
	for _, s := range w.servers {
		s.Connect(t, w.client)
	}
	l.until(w.head())
	announce := func(b *types.Block, servers ...*clienttest.Server) {
		for _, s := range servers {
			s.SetHead(b, w.blocks[5], w.blocks[3])
		}
	}
	a := w.chain.Grow(w.head(), 300, 1) // more than one request fetches
	announce(a[299], w.servers...)
	l.until(a[299])
	b := w.chain.Grow(a[280], 5, 2) // a reorg to a lower head
	announce(b[4], w.servers[:2]...)
	l.until(b[4])
	announce(a[299], w.servers...)
	l.until(a[299])
	heads, err := w.client.Heads()
	if err != nil || heads.Safe.Hash() != w.blocks[5].Hash() || heads.Finalized.Hash() != w.blocks[3].Hash() {
		t.Errorf("safe %v, finalized %v, %v", heads.Safe, heads.Finalized, err)
	}
	if s := w.client.Sync(); !s.Done || s.Current != 310 || s.Highest != 310 || s.Starting != 10 {
		t.Errorf("sync status %+v", s)
	}
}

// With les/4 the header of each new head has to be fetched. A wallet that asks in
// between is not told that the client is far behind.
func TestOneHeaderOnItsWayIsNotSyncing(t *testing.T) {
	w := build(5, 1)
	w.servers[0].Version = wire.LES4
	w.start(t)
	w.waitHead(t, w.head())
	w.servers[0].Forge(silence)
	next := w.chain.Grow(w.head(), 2, 1)
	for i, done := range []bool{true, false} {
		w.servers[0].SetHead(next[i], nil, nil)
		eventually(t, func() bool { return w.client.Sync().Highest == next[i].NumberU64() })
		if s := w.client.Sync(); s.Done != done || s.Current != 5 {
			t.Errorf("%d announced: %+v", i+1, s)
		}
	}
}

func TestQuorum(t *testing.T) {
	w := build(10, 3)
	evil := w.chain.Grow(w.blocks[7], 20, 66)
	for _, c := range []struct {
		name    string
		percent int
		liars   int
		down    int
		want    *types.Block // nil: no head
	}{
		{"one of three down, 60", 60, 0, 1, w.head()},
		{"two of three down, 60", 60, 0, 2, nil},
		{"one of three lies, 60", 60, 1, 0, w.head()},
		{"two of three lie, 67", 67, 2, 0, w.blocks[7]}, // the block on which all three agree
		{"one lies, one down, 60", 60, 1, 1, w.blocks[7]},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := &world{chain: w.chain, blocks: w.blocks, config: w.config}
			x.config.FractionPercent, x.config.Trusted = c.percent, nil
			for i := range 3 {
				head := w.head()
				if i < c.liars {
					head = evil[19]
				}
				s := clienttest.NewServer(w.chain, byte(i), head)
				s.Now = func() uint64 { return uint64(time.Now().Unix()) }
				x.servers = append(x.servers, s)
				x.config.Trusted = append(x.config.Trusted, s.Node())
			}
			x.open(t)
			for _, s := range x.servers[:3-c.down] {
				s.Connect(t, x.client)
			}
			if c.want != nil {
				x.waitHead(t, c.want)
				return
			}
			eventually(t, func() bool { return len(x.client.Status().Election.Votes) == 3-c.down })
			_, err := x.client.Heads()
			var none *client.NoHeadError
			if !errors.Is(err, client.ErrNoHead) || !errors.As(err, &none) || len(none.Votes) != 3-c.down {
				t.Errorf("heads: %v", err)
			}
		})
	}
}

func TestLosingTheQuorum(t *testing.T) {
	w := build(5, 2)
	w.config.FractionPercent = 100
	w.open(t)
	w.servers[0].Connect(t, w.client)
	other := w.servers[1].Connect(t, w.client)
	w.waitHead(t, w.head())
	other.Close()
	eventually(t, func() bool {
		_, err := w.client.Heads()
		return errors.Is(err, client.ErrNoHead)
	})
	w.servers[1].Connect(t, w.client)
	w.waitHead(t, w.head())
}

// One server leaves while another lags: what was signed stays signed, for a while.
func TestHeadIsKeptWhenASignerLeaves(t *testing.T) {
	for _, c := range []struct {
		name string
		then func(w *world, next []*types.Block) *types.Block // returns the head that follows
		kept time.Duration                                    // for how long 24 stays the head before that
	}{
		{"for good, as the last one follows", func(w *world, next []*types.Block) *types.Block {
			w.servers[2].SetHead(next[1], nil, nil)
			w.servers[1].SetHead(next[1], nil, nil)
			return next[1]
		}, 0},
		{"not for longer than two minutes", func(w *world, _ []*types.Block) *types.Block { return w.head() }, 2 * time.Minute},
		{"not against another branch", func(w *world, _ []*types.Block) *types.Block {
			other := w.chain.Grow(w.blocks[20], 6, 17)
			w.servers[1].SetHead(other[5], nil, nil)
			w.servers[2].SetHead(other[5], nil, nil)
			return other[5]
		}, 0},
		{"not if the signers withdraw", func(w *world, _ []*types.Block) *types.Block {
			w.servers[1].SetHead(w.head(), nil, nil)
			return w.head()
		}, 0},
		{"not without a quorum", func(w *world, _ []*types.Block) *types.Block {
			w.sessions[1].Close()
			return nil
		}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				w := &world{chain: sharedChain().chain, blocks: sharedChain().blocks, config: sharedChain().config}
				for i := range byte(3) {
					s := clienttest.NewServer(w.chain, i, w.head())
					s.Now = func() uint64 { return uint64(time.Now().Unix()) }
					w.servers = append(w.servers, s)
					w.config.Trusted = append(w.config.Trusted, s.Node())
				}
				w.open(t)
				events := make(chan client.HeadEvent, 100)
				defer w.client.SubscribeHeads(events)()
				for _, s := range w.servers {
					w.sessions = append(w.sessions, s.Connect(t, w.client))
				}
				w.waitHead(t, w.head())
				next := w.chain.Grow(w.head(), 2, 3)
				w.servers[0].SetHead(next[0], nil, nil)
				w.servers[1].SetHead(next[0], nil, nil)
				w.waitHead(t, next[0])
				w.sessions[0].Close()
				synctest.Wait()
				if heads, err := w.client.Heads(); err != nil || heads.Latest.Hash() != next[0].Hash() || !w.client.Sync().Done {
					t.Errorf("head %v, %v, %+v", heads.Latest, err, w.client.Sync())
				}
				for len(events) > 0 {
					if e := <-events; len(e.Removed) > 0 {
						t.Errorf("%d blocks removed", len(e.Removed))
					}
				}
				began := time.Now()
				switch want := c.then(w, next); want {
				case nil:
					synctest.Wait()
					if _, err := w.client.Heads(); !errors.Is(err, client.ErrNoHead) {
						t.Errorf("without a quorum: %v", err)
					}
				default:
					for {
						synctest.Wait()
						heads, err := w.client.Heads()
						if err != nil || heads.Latest.Hash() == want.Hash() || time.Since(began) > time.Hour {
							break
						}
						time.Sleep(time.Second)
					}
					w.waitHead(t, want)
					if took := time.Since(began); took < c.kept || took > c.kept+2*time.Second {
						t.Errorf("after %v", took)
					}
				}
				w.client.Close()
			})
		})
	}
}

// Of two servers that must agree one announces first, and over les/4 without a
// header: until that is fetched the two have no block in common that is known.
func TestHeadIsKeptWhileItsLinkIsFetched(t *testing.T) {
	for _, c := range []struct {
		name  string
		delay time.Duration // of headers
		then  func(w *world)
		kept  time.Duration // how long there is a head, at least; 0: it never goes away
	}{
		{"for as long as that takes", 4 * time.Second, func(*world) {}, 0},
		{"not for longer than ten seconds", time.Hour, func(*world) {}, 10 * time.Second},
		{"not without a quorum", time.Hour, func(w *world) { w.sessions[1].Close() }, time.Nanosecond},
	} {
		t.Run(c.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				w := &world{chain: sharedChain().chain, blocks: sharedChain().blocks, config: sharedChain().config}
				w.config.FractionPercent = 100
				for i := range byte(2) {
					s := clienttest.NewServer(w.chain, i, w.head())
					s.Version = wire.LES4
					w.servers = append(w.servers, s)
					w.config.Trusted = append(w.config.Trusted, s.Node())
				}
				w.open(t)
				for _, s := range w.servers {
					w.sessions = append(w.sessions, s.Connect(t, w.client))
				}
				w.waitHead(t, w.head())
				for _, s := range w.servers {
					s.Forge(func(req wire.Request, reply wire.Reply) wire.Reply {
						if _, headers := req.(*wire.GetHeaders); headers {
							time.Sleep(c.delay)
						}
						return reply
					})
				}
				began := time.Now()
				w.servers[0].SetHead(w.chain.Grow(w.head(), 1, 3)[0], nil, nil)
				c.then(w)
				kept := func() bool {
					synctest.Wait()
					heads, err := w.client.Heads()
					return err == nil && heads.Latest.Hash() == w.head().Hash()
				}
				for kept() && time.Since(began) < time.Minute {
					time.Sleep(100 * time.Millisecond)
				}
				took := time.Since(began)
				if want := c.kept; want == 0 && took < time.Minute || want > 0 && took > want+100*time.Millisecond {
					t.Errorf("there was a head for %v", took)
				}
				w.client.Close()
			})
		})
	}
}

func TestForeignAndForgedAnnouncements(t *testing.T) {
	w := build(5, 1)
	other := clienttest.NewServer(w.chain, 50, w.blocks[3])
	foreign := clienttest.NewChain()
	foreign.Config.ChainID = big.NewInt(99) // another configuration, the same genesis hash
	stranger := clienttest.NewServer(foreign, 0, w.blocks[3])
	for name, payload := range map[string]func() []byte{
		"signed by another key":  other.Announcement,
		"garbage":                func() []byte { return []byte{0xc1, 0xc0} },
		"of another chain":       stranger.Announcement,
		"signature cut off":      func() []byte { p := w.servers[0].Announcement(); return p[:len(p)-10] },
		"signature bit flipped":  func() []byte { return flipSignature(t, w.servers[0].Announcement()) },
		"an older one, replayed": nil,
	} {
		t.Run(name, func(t *testing.T) {
			s := clienttest.NewServer(w.chain, 0, w.head())
			now := uint64(time.Now().Unix())
			s.Now = func() uint64 { return now }
			x := &world{chain: w.chain, blocks: w.blocks, config: w.config}
			x.open(t)
			s.Connect(t, x.client)
			x.waitHead(t, w.head())
			if payload == nil {
				old := clienttest.NewServer(w.chain, 0, w.blocks[3])
				old.Now = func() uint64 { return now - 1 }
				payload = old.Announcement
			}
			eventually(t, func() bool { return s.Connections() == 1 })
			s.Send(wire.CodeAnnounce, payload())
			// Either it is ignored, or the server that sent it is dropped.
			eventually(t, func() bool {
				st := x.client.Status()
				return !st.Servers[0].Connected || st.Servers[0].Failures > 0
			})
			if heads, err := x.client.Heads(); err == nil && heads.Latest.Hash() != w.head().Hash() {
				t.Errorf("followed to %d", heads.Latest.Number)
			}
		})
	}
}

func flipSignature(t *testing.T, payload []byte) []byte {
	a, err := wire.DecodeAnnounce5(payload)
	if err != nil {
		t.Fatal(err)
	}
	a.Signature[40] ^= 1
	return a.Append(nil)
}

func TestHandshakeRefusals(t *testing.T) {
	w := build(3, 1)
	for name, change := range map[string]func(s *clienttest.Server){
		"network": func(s *clienttest.Server) { s.NetworkID = 5 },
	} {
		t.Run(name, func(t *testing.T) {
			x := &world{chain: w.chain, blocks: w.blocks, config: w.config}
			x.open(t)
			s := clienttest.NewServer(w.chain, 0, w.head())
			change(s)
			err := s.Connect(t, x.client).Wait(t)
			if _, ok := errors.AsType[*wire.MismatchError](err); !ok {
				t.Errorf("session ended with %v", err)
			}
		})
	}
}
