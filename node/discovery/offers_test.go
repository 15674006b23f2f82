package discovery

import (
	"bytes"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/p2p/enode"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/node/devp2p"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/marketwire"
)

// offerOf is what a node may offer.
func offerOf(n *enode.Node) marketwire.Offer {
	return marketwire.Offer{
		Version: marketwire.OfferVersion, Market: marketwire.Market{Currency: "USDC", Node: n.ID()}, Epoch: 7, Seq: 3,
		Reserve: unit.PriceOfWords(0, 5), Units: 8, Free: 2, Winning: []unit.Price{unit.PriceOfWords(0, 9)},
		UnitRate: 1, UnitBuffer: 2, MaxUnits: 4, Methods: []string{"channel"},
	}
}

// An answer fits, and has as many entries as do, in their order; an offer of any length has
// room in the largest answer, whatever else is in it.
func TestFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := wire.Conditions{
			Version: wire.ConditionsVersion, Protocols: rapid.SliceOfN(rapid.Uint64(), 0, 5).Draw(t, "protocols"),
			ForkID: wire.ForkID{Next: rapid.Uint64().Draw(t, "next")}, Serves: wire.Capability(rapid.Uint64().Draw(t, "serves")),
			RetryAfterMs: rapid.Uint64().Draw(t, "retry"),
		}
		c.Total = rapid.Uint64().Draw(t, "total")
		c.Free = rapid.Uint64Range(0, c.Total).Draw(t, "free")
		for _, size := range rapid.SliceOfN(rapid.IntRange(56, marketwire.MaxOffer-2), 0, 5).Draw(t, "entries") {
			if size > 255 {
				size--
				c.Market = append(c.Market, append([]byte{0xb9, byte(size >> 8), byte(size)}, make([]byte, size)...))
				continue
			}
			c.Market = append(c.Market, append([]byte{0xb8, byte(size)}, make([]byte, size)...))
		}
		room := rapid.IntRange(wire.MinGetConditions, wire.MaxGetConditions).Draw(t, "room")
		answer := fit(&c, room)
		got, err := wire.DecodeConditions(answer, room)
		if err != nil {
			t.Fatalf("%d bytes for %d: %v", len(answer), room, err)
		}
		kept := len(got.Market)
		if !slices.EqualFunc(c.Market[:kept], got.Market, bytes.Equal) {
			t.Errorf("entries %x of %x", got.Market, c.Market)
		}
		if kept < len(c.Market) {
			more := c
			more.Market = c.Market[:kept+1]
			if n := len(more.Append(nil)); n <= room {
				t.Errorf("entry %d was left out, and would have come to %d bytes of %d", kept, n, room)
			}
		}
		if room == wire.MaxGetConditions && len(c.Market) > 0 && kept == 0 {
			t.Errorf("no room for an entry of %d bytes", len(c.Market[0]))
		}
	})
}

// What does not even fit without entries gets no answer.
func TestFitNever(t *testing.T) {
	c := wire.Conditions{Version: 1, Market: [][]byte{make([]byte, 10)}}
	if answer := fit(&c, 20); answer != nil {
		t.Errorf("%d bytes", len(answer))
	}
	if len(c.Market) != 1 {
		t.Error("the conditions were changed")
	}
}

// questions notes how long questions are.
type questions struct {
	Host
	mu    sync.Mutex
	rooms map[int]bool
}

func (q *questions) Ask(n *enode.Node, protocol string, request []byte) ([]byte, error) {
	q.mu.Lock()
	q.rooms[len(request)] = true
	q.mu.Unlock()
	return q.Host.Ask(n, protocol, request)
}

// same compares offers.
func same(a, b marketwire.Offer) bool { return bytes.Equal(a.Append(nil), b.Append(nil)) }

// A client that wants offers asks for them and gets those of its servers, also of a full one;
// an entry that is no offer, or another node's, is as good as none.
func TestOffers(t *testing.T) {
	for _, wants := range []bool{true, false} {
		servers := make(map[string]*devp2p.Host)
		var list []*enode.Node
		add := func(name string, change func(*wire.Conditions, *marketwire.Offer)) {
			h := newHost(t, new(door).serve)
			o, c := offerOf(h.Self()), conditions(1)
			change(&c, &o)
			c.Market = append(c.Market, o.Append(nil))
			announce(t, h, func() wire.Conditions { return c })
			servers[name] = h
			list = append(list, h.Self())
		}
		add("good", func(*wire.Conditions, *marketwire.Offer) {})
		add("full", func(c *wire.Conditions, _ *marketwire.Offer) { c.Free, c.RetryAfterMs = 0, 3_600_000 })
		add("behind what is not known", func(c *wire.Conditions, _ *marketwire.Offer) {
			other := offerOf(list[0])
			other.Winning, other.Methods = nil, nil // there is room for both
			c.Market = [][]byte{{0x83, 1, 2, 3}, other.Append(nil)}
		})
		add("of another node", func(_ *wire.Conditions, o *marketwire.Offer) { o.Market.Node[0]++ })
		q := &questions{Host: newHost(t, new(door).serve), rooms: make(map[int]bool)}
		f := Find(Config{
			Host: q, Client: new(fakeClient), Versions: []uint{wire.LES5}, Max: 2 * len(list), Offers: wants,
			Lists: []enode.Iterator{enode.IterNodes(list)}, Now: time.Now, Logger: slog.New(slog.DiscardHandler),
		})
		// Each is visited or known as full when its answer was taken in.
		eventually(t, "not all servers have answered", func() bool { s := f.Stats(); return s.Visited == 3 && s.Full == 1 })
		if err := f.Close(); err != nil {
			t.Error(err)
		}
		got := make(map[enode.ID]Offer)
		for _, o := range f.Offers() {
			got[o.Server.ID()] = o
		}
		for name, h := range servers {
			o, ok := got[h.Self().ID()]
			if want := wants && name != "of another node"; ok != want {
				t.Errorf("offers wanted: %v, %s: has one: %v", wants, name, ok)
			}
			if ok && (!same(o.Offer, offerOf(h.Self())) || o.At.IsZero()) {
				t.Errorf("%s: %+v", name, o)
			}
		}
		room := wire.MinGetConditions
		if wants {
			room = wire.MaxGetConditions
		}
		if !q.rooms[room] || len(q.rooms) != 1 {
			t.Errorf("questions of %v bytes, want %d", q.rooms, room)
		}
	}
}

// The latest word of a server counts, and none is kept of one that is of no use or not known
// any more.
func TestLatestOffer(t *testing.T) {
	var o offers
	n := newHost(t, nil).Self()
	now := time.Unix(1_800_000_000, 0)
	offer := offerOf(n)
	selling, silent := wire.Conditions{Market: [][]byte{offer.Append(nil)}}, wire.Conditions{}
	note := func(c *wire.Conditions, useful bool, want int) {
		t.Helper()
		now = now.Add(time.Second)
		o.note(n, now, c, useful)
		all := o.all()
		if len(all) != want {
			t.Fatalf("%d offers, want %d", len(all), want)
		}
		if want == 1 && (!all[0].At.Equal(now) || all[0].Server.ID() != n.ID()) {
			t.Errorf("%+v", all[0])
		}
	}
	note(&silent, true, 0)
	note(&selling, true, 1)
	note(&selling, true, 1)
	note(&silent, true, 0)
	note(&selling, true, 1)
	note(&selling, false, 0)
	note(&selling, true, 1)
	o.keep(func(id [32]byte) bool { return id == n.ID() })
	if len(o.all()) != 1 {
		t.Error("a known server's was forgotten")
	}
	o.keep(func([32]byte) bool { return false })
	if len(o.all()) != 0 {
		t.Error("a forgotten server's was kept")
	}
}
