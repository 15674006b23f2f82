package wire_test

import (
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// keys builds a key list from keys and values that are RLP already.
func keys(pairs ...string) []byte {
	var items []string
	for i := 0; i < len(pairs); i += 2 {
		items = append(items, rlpList(rlpString(pairs[i]), pairs[i+1]))
	}
	return []byte(rlpList(items...))
}

// clientKeys are the keys that a les/5 client must send.
func clientKeys() []string {
	return []string{
		"protocolVersion", rlpUint(5), "networkId", rlpUint(1), "genesisHash", rlpHash(0xaa),
		"forkID", rlpList(rlpString("\x01\x02\x03\x04"), rlpUint(0)), "configHash", rlpHash(0xcc),
	}
}

// serverKeys are all keys that geth's les/4 server sends.
func serverKeys() []string {
	return []string{
		"protocolVersion", rlpUint(4), "networkId", rlpUint(1), "genesisHash", rlpHash(0xaa),
		"forkID", rlpList(rlpString("\x01\x02\x03\x04"), rlpUint(0)),
		"headTd", rlpUint(7), "headHash", rlpHash(1), "headNum", rlpUint(9),
		"serveHeaders", rlpUint(0), "serveChainSince", rlpUint(0), "serveStateSince", rlpUint(0),
		"serveRecentState", rlpUint(124), "txRelay", rlpUint(0), "recentTxLookup", rlpUint(0),
		"flowControl/BL", rlpUint(6000), "flowControl/MRR", rlpUint(1), "flowControl/MRC", rlpList(),
	}
}

func TestStatusKeys(t *testing.T) {
	status, err := wire.DecodeStatus(5, keys(append(clientKeys(), "announceType", rlpUint(2), "unheard of", rlpList(rlpUint(1), rlpList()))...))
	if err != nil {
		t.Fatal(err)
	}
	if status.AnnounceType != wire.AnnounceSigned || status.Server != nil || status.ForkID.Hash != [4]byte{1, 2, 3, 4} {
		t.Errorf("%+v", status)
	}
	if status, err = wire.DecodeStatus(5, keys(clientKeys()...)); err != nil || status.AnnounceType != wire.AnnounceSimple {
		t.Errorf("without announceType: %+v, %v", status, err)
	}
	for i := 0; i < len(clientKeys()); i += 2 {
		missing := append(clientKeys()[:i], clientKeys()[i+2:]...)
		if _, err := wire.DecodeStatus(5, keys(missing...)); !errors.Is(err, wire.ErrMissingKey) {
			t.Errorf("without %s: %v", clientKeys()[i], err)
		}
	}
	twice := keys(append(clientKeys(), "networkId", rlpUint(1))...)
	if _, err := wire.DecodeStatus(5, twice); !errors.Is(err, wire.ErrMalformed) {
		t.Errorf("a key twice: %v", err)
	}
	long := keys(append(clientKeys(), "x", rlpString(strings.Repeat("x", wire.MaxStatusBytes)))...)
	if _, err := wire.DecodeStatus(5, long); !errors.Is(err, wire.ErrOverLimit) {
		t.Errorf("100,000 bytes and more: %v", err)
	}
	var mismatch *wire.MismatchError
	if _, err := wire.DecodeStatus(4, keys(clientKeys()...)); !errors.As(err, &mismatch) || mismatch.Key != "protocolVersion" {
		t.Errorf("another version: %v", err)
	}
}

// TestGethServerKeys takes keys away from a les/4 server's Status.
func TestGethServerKeys(t *testing.T) {
	all := serverKeys()
	status, err := wire.DecodeStatus(4, keys(all...))
	if err != nil {
		t.Fatal(err)
	}
	want := &wire.ServerStatus{
		Flow: wire.Flow{BL: 6000, MRR: 1}, Costs: wire.CostTable{},
		Legacy: &wire.LegacyStatus{Head: wire.Head4{Hash: hash(1), Number: 9, TD: big.NewInt(7)}, RecentState: 124},
	}
	if diff := cmp.Diff(want, status.Server, cmp.Comparer(func(a, b *big.Int) bool { return a.Cmp(b) == 0 })); diff != "" {
		t.Error(diff)
	}
	needed := map[string]bool{"headTd": true, "headHash": true, "headNum": true, "recentTxLookup": true, "flowControl/BL": true, "flowControl/MRC": true}
	announces := map[string]bool{"serveChainSince": true, "serveStateSince": true, "txRelay": true}
	for i := 8; i < len(all); i += 2 {
		name := all[i]
		if name == "flowControl/MRR" {
			continue // without it this is a client
		}
		less := append(append([]string(nil), all[:i]...), all[i+2:]...)
		status, err := wire.DecodeStatus(4, keys(less...))
		if needed[name] != errors.Is(err, wire.ErrMissingKey) {
			t.Errorf("without %s: %v", name, err)
		}
		if err == nil && status.Server.OnlyAnnounce != announces[name] {
			t.Errorf("without %s: only announces %v", name, status.Server.OnlyAnnounce)
		}
	}
}

// TestStatusHeadOfOtherChain catches a server whose head is signed for another
// chain than the one that it claims.
func TestStatusHeadOfOtherChain(t *testing.T) {
	status := wire.Status{Version: 5, Genesis: hash(0xaa), Config: hash(0xcc), Server: &wire.ServerStatus{OnlyAnnounce: true, Head: wire.Announce5{Head: sampleHead()}}}
	if _, err := wire.DecodeStatus(5, status.Append(nil)); err != nil {
		t.Fatal(err)
	}
	status.Config = hash(0xcd)
	if _, err := wire.DecodeStatus(5, status.Append(nil)); !errors.Is(err, wire.ErrMalformed) {
		t.Errorf("another configuration: %v", err)
	}
}

func TestMatch(t *testing.T) {
	ours := wire.Status{Version: 5, NetworkID: 1, Genesis: hash(1)}
	if err := ours.Match(&wire.Status{Version: 5, NetworkID: 1, Genesis: hash(1)}); err != nil {
		t.Error(err)
	}
	for key, theirs := range map[string]wire.Status{
		"genesisHash":     {Version: 5, NetworkID: 1, Genesis: hash(2)},
		"networkId":       {Version: 5, NetworkID: 2, Genesis: hash(1)},
		"protocolVersion": {Version: 4, NetworkID: 1, Genesis: hash(1)},
	} {
		var mismatch *wire.MismatchError
		if err := ours.Match(&theirs); !errors.As(err, &mismatch) || mismatch.Key != key {
			t.Errorf("%s: %v", key, err)
		}
	}
}

// TestStatusRoundTrip sends any les/5 server's status over the wire.
func TestStatusRoundTrip(t *testing.T) {
	small := rapid.Uint64()
	rapid.Check(t, func(t *rapid.T) {
		limits := wire.DefaultLimits()
		limits.Headers = rapid.Uint64Range(0, wire.MaxHeaders).Draw(t, "headers")
		h := sampleHead()
		h.Number, h.Timestamp = small.Draw(t, "number"), small.Draw(t, "timestamp")
		want := &wire.Status{
			Version: 5, NetworkID: small.Draw(t, "network"), Genesis: h.Genesis, Config: h.Config, ForkID: sampleForkID(),
			Server: &wire.ServerStatus{
				Flow: wire.Flow{BL: unit.Cost(small.Draw(t, "BL")), MRR: unit.Cost(small.Draw(t, "MRR"))},
				Head: wire.Announce5{Head: h}, Limits: limits, Serves: wire.Capability(small.Draw(t, "serves")),
				Ranges: wire.Ranges{Headers: small.Draw(t, "from"), State: wire.None, StateRecent: small.Draw(t, "recent")},
				Costs:  wire.CostTable{{Code: small.Draw(t, "code") % 0x19, Base: 1, PerItem: unit.Cost(small.Draw(t, "item"))}},
			},
		}
		got, err := wire.DecodeStatus(5, want.Append(nil))
		if err != nil {
			t.Fatal(err)
		}
		want.Server.Head.Signature = []byte{}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestLimitsNeverAboveTheProtocols(t *testing.T) {
	limits := wire.DefaultLimits()
	limits.Headers, limits.ReplyBytes = 1<<40, 1000
	status := wire.Status{Version: 5, Server: &wire.ServerStatus{Limits: limits}}
	got, err := wire.DecodeStatus(5, status.Append(nil))
	if err != nil {
		t.Fatal(err)
	}
	limits.Headers = wire.MaxHeaders
	if diff := cmp.Diff(limits, got.Server.Limits); diff != "" {
		t.Error(diff)
	}
}

func TestUpdate(t *testing.T) {
	flow, ranges, limits := sampleFlow(), wire.Ranges{State: 7, TxIndex: wire.None}, wire.DefaultLimits()
	limits.Slots = 9
	status := wire.ServerStatus{Costs: wire.CostTable{{Code: 2, Base: 5}, {Code: 8, Base: 6}}}
	for version, want := range map[uint]wire.ServerStatus{
		4: {Flow: flow, Costs: wire.CostTable{{Code: 2, Base: 9}, {Code: 8, Base: 6}}},
		5: {Flow: flow, Costs: wire.CostTable{{Code: 2, Base: 9}, {Code: 8, Base: 6}}, Ranges: ranges, Limits: limits},
	} {
		update := wire.Update{Flow: &flow, Costs: wire.CostTable{{Code: 2, Base: 9}}, Ranges: &ranges, Limits: &limits}
		if version == 4 {
			a, err := wire.DecodeAnnounce4((&wire.Announce4{Update: update}).Append(nil))
			if err != nil || a.IsHead() {
				t.Fatal(a, err)
			}
			update = a.Update
		} else {
			a, err := wire.DecodeAnnounce5((&wire.Announce5{Update: update}).Append(nil))
			if err != nil || a.IsHead() {
				t.Fatal(a, err)
			}
			update = a.Update
		}
		got := status
		update.Apply(&got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("les/%d: %s", version, diff)
		}
		if diff := cmp.Diff(wire.CostTable{{Code: 2, Base: 5}, {Code: 8, Base: 6}}, status.Costs); diff != "" {
			t.Errorf("les/%d: the old table has changed: %s", version, diff)
		}
	}
}

func TestCosts(t *testing.T) {
	table := sampleCosts()
	for _, test := range []struct {
		req  wire.Request
		want unit.Cost
		ok   bool
	}{
		{&wire.GetHeaders{Max: 192}, 300_000 + 192*60_000, true},
		{&wire.GetBodies{Hashes: hashes(3)}, 3 * 1_400_000, true},
		{&wire.GetConfig{}, 0, false},
	} {
		if got, ok := table.Of(test.req); got != test.want || ok != test.ok {
			t.Errorf("%T: %d, %v", test.req, got, ok)
		}
	}
	huge := wire.CostTable{{Code: 2, Base: 1, PerItem: unit.MaxCost}}
	if got, _ := huge.Cost(2, 2); got != unit.MaxCost {
		t.Errorf("the sum wraps to %d", got)
	}
}

func TestAmounts(t *testing.T) {
	witness := func(gas uint64) wire.Request { return &wire.GetWitness{Call: wire.Call{Gas: gas}} }
	blocks := func(first, last uint64) wire.Request { return &wire.GetLogRange{First: first, Last: last} }
	for _, test := range []struct {
		req  wire.Request
		want uint64
	}{
		{witness(0), 1},
		{witness(1), 1},
		{witness(1_000_000), 1},
		{witness(1_000_001), 2},
		{witness(50_000_000), 50},
		{blocks(0, 0), 1},
		{blocks(0, 1023), 1},
		{blocks(0, 1024), 2},
		{blocks(5, 4), 0},
		{blocks(0, 1<<64-1), 1 << 54},
		{&wire.GetConfig{}, 1},
		{&wire.SendTx{Txs: [][]byte{make([]byte, 110), make([]byte, wire.TxUnit), make([]byte, 2*wire.TxUnit-1)}}, 5},
		{&wire.SendTx{Txs: [][]byte{make([]byte, wire.MaxTxBytes)}}, 1 + wire.MaxTxAmount - wire.MaxTxs},
		{&wire.GetState{Queries: []wire.StateQuery{{}, {Slots: hashes(3), Code: true}}}, 6},
	} {
		if got := test.req.Amount(); got != test.want {
			t.Errorf("%T %+v: %d, want %d", test.req, test.req, got, test.want)
		}
	}
}

func TestNames(t *testing.T) {
	seen := make(map[string]bool)
	for version := wire.LES4; version <= wire.LES5; version++ {
		for code := range wire.Length(version) {
			name := wire.CodeName(version, code)
			key := fmt.Sprint(version, name)
			if seen[key] {
				t.Errorf("%s twice", key)
			}
			seen[key] = true
			unused := map[uint]map[uint64]bool{4: {8: true, 9: true, 0xc: true, 0xd: true, 0xe: true}, 5: {0x10: true}}
			if strings.HasPrefix(name, "0x") != unused[version][code] {
				t.Errorf("les/%d code %#x is named %s", version, code, name)
			}
		}
	}
}
