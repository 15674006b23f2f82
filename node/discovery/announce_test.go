package discovery

import (
	"bytes"
	"net/netip"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/p2p/enode"
	"github.com/ethereum/go-ethereum/p2p/enr"
	"github.com/ethereum/go-ethereum/rlp"
	"go.uber.org/goleak"

	"github.com/candela-les/candela/node/devp2p"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/marketwire"
)

func TestMain(m *testing.M) {
	// The node database of p2p gives its buffers back half a minute after Close.
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("github.com/syndtr/goleveldb/leveldb.(*DB).mpoolDrain"))
}

// conditions are those of a server with three free places.
func conditions(genesis byte) wire.Conditions {
	return wire.Conditions{
		Version: 1, Protocols: []uint64{4, 5}, Genesis: wire.Hash{genesis}, ForkID: wire.ForkID{Hash: [4]byte{genesis}},
		Serves: wire.ServesChain | wire.ServesState, Total: 10, Free: 3,
	}
}

// newHost starts a node on loopback that knows the others' bootnode.
func newHost(t *testing.T, handler devp2p.Handler, boot ...*enode.Node) *devp2p.Host {
	t.Helper()
	h, err := devp2p.NewHost(devp2p.Config{
		Key: newKey(t), Name: "test", ListenAddr: "127.0.0.1:0", MaxPeers: 10, Versions: []uint{wire.LES5},
		Handler: handler, Discovery: &devp2p.Discovery{Bootnodes: boot},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.Close)
	return h
}

// announce makes a host a server, and returns its announcer.
func announce(t *testing.T, h RecordHost, c func() wire.Conditions) *Announcer {
	t.Helper()
	a := Announce(h, time.Now, c)
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

// The record is small, is what geth 1.10.26 looks for, and follows the chain's forks.
func TestRecord(t *testing.T) {
	h := newHost(t, nil)
	var next atomic.Uint64
	next.Store(1<<64 - 1)
	a := announce(t, h, func() wire.Conditions {
		c := conditions(1)
		c.ForkID.Next = next.Load()
		return c
	})
	n := h.Self()
	if size := n.Record().Size(); size > enr.SizeLimit*3/4 {
		t.Errorf("the record has %d bytes", size)
	}
	// These two are all that geth's light client reads: les/enr_entry.go of v1.10.26.
	var les struct {
		Vflux uint
		Rest  []rlp.RawValue `rlp:"tail"`
	}
	var eth struct {
		ForkID struct {
			Hash [4]byte
			Next uint64
		}
		Rest []rlp.RawValue `rlp:"tail"`
	}
	if err := n.Load(enr.WithEntry("les", &les)); err != nil || les.Vflux != 0 {
		t.Errorf("les: %+v, %v", les, err)
	}
	if err := n.Load(enr.WithEntry("eth", &eth)); err != nil || eth.ForkID.Hash != [4]byte{1} || eth.ForkID.Next != 1<<64-1 {
		t.Errorf("eth: %+v, %v", eth, err)
	}
	if r, err := readRecord(n); err != nil || !r.talks || r.fork != (wire.ForkID{Hash: [4]byte{1}, Next: 1<<64 - 1}) {
		t.Errorf("read as %+v, %v", r, err)
	}
	if n.TCP() == 0 || n.TCP() != n.UDP() {
		t.Errorf("TCP port %d, UDP port %d", n.TCP(), n.UDP())
	}
	next.Store(7)
	a.refresh()
	if r, err := readRecord(h.Self()); err != nil || r.fork.Next != 7 || h.Self().Seq() <= n.Seq() {
		t.Errorf("after a fork: %+v, %v", r, err)
	}
}

// Records of other nodes are no servers'.
func TestOtherRecords(t *testing.T) {
	h := newHost(t, nil)
	if _, err := readRecord(h.Self()); err == nil {
		t.Error("a node without entries is a server")
	}
	h.SetEntry(lesEntry{})
	if _, err := readRecord(h.Self()); err == nil {
		t.Error("a server without a fork id is of some chain")
	}
	h.SetEntry(ethEntry{})
	// A geth: it announces no conditions.
	if r, err := readRecord(h.Self()); err != nil || r.talks {
		t.Errorf("%+v, %v", r, err)
	}
	h.SetEntry(enr.WithEntry("les", "nonsense"))
	if _, err := readRecord(h.Self()); err == nil {
		t.Error("nonsense is an entry")
	}
	h.SetEntry(enr.WithEntry("les", []uint{0, 7, 8, 9}))
	if r, err := readRecord(h.Self()); err != nil || !r.talks {
		t.Errorf("a later version: %+v, %v", r, err)
	}
}

// Questions over the network are answered; nonsense is not.
func TestQuestions(t *testing.T) {
	server, client := newHost(t, nil), newHost(t, nil)
	announce(t, server, func() wire.Conditions { return conditions(1) })
	good := (&wire.GetConditions{Version: 1}).Append(nil)
	for name, tt := range map[string]struct {
		request []byte
		answers bool
	}{
		"good":            {good, true},
		"later version":   {(&wire.GetConditions{Version: 9, Room: 512}).Append(nil), true},
		"empty":           {nil, false},
		"too short":       {good[:100], false},
		"cut":             {append(good[:127:127], 0x80), true}, // the padding's content is anybody's
		"not a list":      {bytes.Repeat([]byte{0x7f}, 128), false},
		"bytes behind it": {append(bytes.Clone(good), 0), false},
		"long":            {make([]byte, wire.MaxGetConditions+1), false},
	} {
		reply, err := client.Ask(server.Self(), wire.TalkConditions, tt.request)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		c, err := wire.DecodeConditions(reply, len(tt.request))
		switch {
		case tt.answers && (err != nil || c.Free != 3):
			t.Errorf("%s: %+v, %v", name, c, err)
		case !tt.answers && len(reply) > 0:
			t.Errorf("%s: answered with %x", name, reply)
		}
		if len(reply) > len(tt.request) {
			t.Errorf("%s: %d bytes for %d", name, len(reply), len(tt.request))
		}
	}
	if reply, err := client.Ask(server.Self(), "les/other", good); err != nil || len(reply) > 0 {
		t.Errorf("another protocol: %x, %v", reply, err)
	}
}

// The largest offer that a market can make comes over the network in one packet, to who
// has room for it.
func TestOffer(t *testing.T) {
	top := unit.PriceOfWords(1<<64-1, 1<<64-1)
	offer := marketwire.Offer{
		Version: marketwire.OfferVersion, Market: marketwire.Market{Currency: "sixteen.letters."}, Epoch: 1 << 63, Seq: 1 << 63,
		Reserve: top, Units: 1 << 63, Free: 1 << 63, CoverMs: 1 << 63, Winning: []unit.Price{top, top, top, top}, UnitRate: 1 << 63, UnitBuffer: 1 << 63, MaxUnits: 64,
		Methods: slices.Repeat([]string{"sixteen.letters."}, marketwire.MaxMethods),
	}
	c := conditions(1)
	c.Market = [][]byte{offer.Append(nil)}
	server, client := newHost(t, nil), newHost(t, nil)
	announce(t, server, func() wire.Conditions { return c })
	for room, offers := range map[int]int{wire.MinGetConditions: 0, wire.MaxGetConditions: 1} {
		request := (&wire.GetConditions{Version: 1, Room: room}).Append(nil)
		reply, err := client.Ask(server.Self(), wire.TalkConditions, request)
		if err != nil {
			t.Fatal(err)
		}
		got, err := wire.DecodeConditions(reply, len(request))
		if err != nil || len(got.Market) != offers {
			t.Fatalf("room for %d bytes: %+v, %v", room, got, err)
		}
		for _, entry := range got.Market {
			o, err := marketwire.DecodeOffer(entry)
			if err != nil || o.Reserve != top || o.Market != offer.Market || len(entry) < marketwire.MaxOffer-20 {
				t.Errorf("%d bytes: %+v, %v", len(entry), o, err)
			}
		}
	}
}

// One that asks all the time is not answered all the time, and others still are; all
// together are not either.
func TestFlood(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	made := 0
	h := newHost(t, nil)
	a := Announce(h, func() time.Time { return now }, func() wire.Conditions { made++; return conditions(1) })
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	good := (&wire.GetConditions{Version: 1}).Append(nil)
	flooder, other := netip.MustParseAddr("203.0.113.1"), netip.MustParseAddr("203.0.113.2")
	count := func(from netip.Addr, n int) (answered int) {
		for range n {
			if a.answer(from, good) != nil {
				answered++
			}
		}
		return answered
	}
	made = 0
	if n := count(flooder, 10_000); n != addressBurst {
		t.Errorf("%d answers at once", n)
	}
	if made != addressBurst {
		t.Errorf("conditions put together %d times", made)
	}
	if n := count(other, 1); n != 1 {
		t.Error("somebody else is not answered")
	}
	now = now.Add(10 * time.Second)
	if n := count(flooder, 10_000); n != addressBurst {
		t.Errorf("%d answers after 10 s", n)
	}
	// IPv6: whoever has one address has 2^64.
	v6 := netip.MustParseAddr("2001:db8::1")
	for n := range 1000 {
		one := v6.As16()
		one[15], one[14] = byte(n), byte(n>>8)
		a.answer(netip.AddrFrom16(one), good)
	}
	if n := count(v6, 10); n != 0 {
		t.Errorf("%d answers to a network that asked 1000 times", n)
	}
	// From everywhere.
	now = now.Add(time.Minute)
	answered := 0
	for n := range 20_000 {
		answered += count(netip.AddrFrom4([4]byte{198, byte(n >> 16), byte(n >> 8), byte(n)}), 1)
	}
	if answered != answerBurst {
		t.Errorf("%d answers to all at once", answered)
	}
	if a.addresses.Len() > maxAddresses {
		t.Errorf("%d addresses kept", a.addresses.Len())
	}
}

// What does not fit into the room of the request is left out, from the last entry on.
func TestRoom(t *testing.T) {
	h := newHost(t, nil)
	c := conditions(1)
	for range 6 {
		c.Market = append(c.Market, append([]byte{0x94}, make([]byte, 20)...))
	}
	a := announce(t, h, func() wire.Conditions { return c })
	from := netip.MustParseAddr("203.0.113.1")
	for room, entries := range map[int]int{wire.MinGetConditions: 3, 160: 5, 512: 6} {
		request := (&wire.GetConditions{Version: 1, Room: room}).Append(nil)
		got, err := wire.DecodeConditions(a.answer(from, request), len(request))
		if err != nil || len(got.Market) != entries {
			t.Errorf("room for %d bytes: %+v, %v", room, got, err)
		}
	}
}
