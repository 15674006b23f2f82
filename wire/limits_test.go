package wire_test

import (
	"errors"
	"math/big"
	"runtime"
	"slices"
	"testing"

	"github.com/candela-les/candela/wire"
)

func hashes(n int) []wire.Hash { return make([]wire.Hash, n) }

// TestRequestLimits asks for as much as is permitted, and for one more.
func TestRequestLimits(t *testing.T) {
	call := func(change func(*wire.Call)) *wire.GetWitness {
		q := new(wire.GetWitness)
		change(&q.Call)
		return q
	}
	tests := []struct {
		version uint
		what    string
		ask     func(n int) wire.Request
		most    int
		none    bool // asking for nothing is permitted
	}{
		{4, "headers", func(n int) wire.Request { return &wire.GetHeaders{Max: uint64(n)} }, wire.MaxHeaders, false},
		{4, "bodies", func(n int) wire.Request { return &wire.GetBodies{Hashes: hashes(n)} }, wire.MaxBodies, false},
		{5, "receipts", func(n int) wire.Request { return &wire.GetReceipts{Hashes: hashes(n)} }, wire.MaxReceipts, false},
		{5, "txStatus", func(n int) wire.Request { return &wire.GetTxStatus{Hashes: hashes(n)} }, wire.MaxTxStatus, false},
		{4, "txs", func(n int) wire.Request {
			q := new(wire.SendTx)
			for range n {
				q.Txs = append(q.Txs, []byte{2, 0xc0})
			}
			return q
		}, wire.MaxTxs, false},
		{4, "code", func(n int) wire.Request { return &wire.GetCode{Queries: make([]wire.CodeQuery, n)} }, wire.MaxCodes, false},
		{4, "proofs", func(n int) wire.Request { return &wire.GetProofs{Queries: make([]wire.ProofQuery, n)} }, wire.MaxProofs, false},
		{4, "key", func(n int) wire.Request {
			return &wire.GetProofs{Queries: []wire.ProofQuery{{Key: make([]byte, n)}}}
		}, wire.MaxKey, true},
		{5, "helper", func(n int) wire.Request {
			return &wire.GetHelperProofs{Queries: make([]wire.HelperQuery, n)}
		}, wire.MaxHelperProofs, false},
		{5, "state", func(n int) wire.Request { return &wire.GetState{Queries: make([]wire.StateQuery, n)} }, wire.MaxState, false},
		{5, "state", func(n int) wire.Request { // 250 slots and n-251 more accounts, the last with code
			q := &wire.GetState{Queries: []wire.StateQuery{{Slots: hashes(250)}}}
			for range n - 252 {
				q.Queries = append(q.Queries, wire.StateQuery{})
			}
			q.Queries[0].Code = true
			return q
		}, wire.MaxState, true},
		{5, "slots", func(n int) wire.Request {
			return &wire.GetState{Queries: []wire.StateQuery{{Slots: hashes(n)}}}
		}, wire.MaxSlots, true},
		{5, "witnessGas", func(n int) wire.Request { return call(func(c *wire.Call) { c.Gas = uint64(n) }) }, wire.MaxWitnessGas, true},
		{5, "call data", func(n int) wire.Request { return call(func(c *wire.Call) { c.Data = make([]byte, n) }) }, wire.MaxCallData, true},
		{5, "access list", func(n int) wire.Request {
			return call(func(c *wire.Call) { c.AccessList = make([]wire.AccessTuple, n) })
		}, wire.MaxAccessList, true},
		{5, "access list", func(n int) wire.Request {
			return call(func(c *wire.Call) {
				c.AccessList = []wire.AccessTuple{{Slots: hashes(n / 2)}, {Slots: hashes(n - n/2 - min(n, 2))}}
			})
		}, wire.MaxAccessList, true},
		{5, "blob hashes", func(n int) wire.Request {
			return call(func(c *wire.Call) { c.BlobHashes = hashes(n) })
		}, wire.MaxBlobHashes, true},
		{5, "authorizations", func(n int) wire.Request {
			return call(func(c *wire.Call) {
				for range n {
					c.Authorizations = append(c.Authorizations, []byte{0xc0})
				}
			})
		}, wire.MaxAuthorizations, true},
		{5, "logRange", func(n int) wire.Request {
			return &wire.GetLogRange{First: 1, Last: uint64(n)}
		}, wire.MaxLogRange, false},
		{5, "addresses", func(n int) wire.Request {
			return &wire.GetLogRange{Addresses: make([]wire.Address, n)}
		}, wire.MaxLogAddresses, true},
		{5, "topic positions", func(n int) wire.Request {
			return &wire.GetLogRange{Topics: make([][]wire.Hash, n)}
		}, wire.MaxTopicPositions, true},
		{5, "topics", func(n int) wire.Request {
			return &wire.GetLogRange{Topics: [][]wire.Hash{hashes(n)}}
		}, wire.MaxLogTopics, true},
	}
	for _, test := range tests {
		ask := func(n int) error {
			q := test.ask(n)
			q.SetID(77)
			_, err := wire.DecodeRequest(test.version, q.Code(), q.Append(nil))
			return err
		}
		if err := ask(test.most); err != nil {
			t.Errorf("%s %d: %v", test.what, test.most, err)
		}
		wantLimit(t, ask(test.most+1), test.what, test.most)
		if !test.none {
			wantLimit(t, ask(0), test.what, test.most)
		}
	}
}

func wantLimit(t *testing.T, err error, what string, most int) {
	t.Helper()
	var limit *wire.LimitError
	if !errors.As(err, &limit) || !errors.Is(err, wire.ErrOverLimit) {
		t.Errorf("%s over %d: %v", what, most, err)
		return
	}
	if limit.What != what || limit.Max != uint64(most) || limit.ReqID != 77 {
		t.Errorf("%s over %d: %+v", what, most, limit)
	}
}

// TestLimitsCheck asks a server that permits less than the protocol does.
func TestLimitsCheck(t *testing.T) {
	small := wire.Limits{Headers: 2, Bodies: 2, Receipts: 2, State: 2, Slots: 1, LogRange: 2, Txs: 2, TxStatus: 2, WitnessGas: 2}
	ask := func(n int) []wire.Request {
		return []wire.Request{
			&wire.GetHeaders{Max: uint64(n)},
			&wire.GetBodies{Hashes: hashes(n)},
			&wire.GetReceipts{Hashes: hashes(n)},
			&wire.GetState{Queries: make([]wire.StateQuery, n)},
			&wire.GetState{Queries: []wire.StateQuery{{Slots: hashes(n - 1)}}},
			&wire.GetLogRange{First: 5, Last: uint64(n) + 4},
			&wire.SendTx{Txs: make([][]byte, n)},
			&wire.GetTxStatus{Hashes: hashes(n)},
			&wire.GetWitness{Call: wire.Call{Gas: uint64(n)}},
		}
	}
	for _, q := range ask(2) {
		if err := small.Check(q); err != nil {
			t.Errorf("%T of 2: %v", q, err)
		}
	}
	for _, q := range ask(3) {
		if err := small.Check(q); !errors.Is(err, wire.ErrOverLimit) {
			t.Errorf("%T of 3: %v", q, err)
		}
		if err := wire.DefaultLimits().Check(q); err != nil {
			t.Errorf("%T of 3 under the protocol's limits: %v", q, err)
		}
	}
}

// TestMalformed feeds every decoder what only looks like a message.
func TestMalformed(t *testing.T) {
	for _, s := range samples(t) {
		version := max(s.version, 4)
		name := wire.CodeName(version, s.code) + " " + s.name
		if _, err := recode(version, s.code, append(slices.Clip(s.payload), 0)); !errors.Is(err, wire.ErrMalformed) {
			t.Errorf("%s with a byte behind it: %v", name, err)
		}
		for cut := range s.payload {
			if _, err := recode(version, s.code, s.payload[:cut]); err == nil {
				t.Errorf("%s cut to %d bytes is accepted", name, cut)
			}
		}
	}
}

// TestHugeSizes declares far more than is there. Whatever comes of it, no
// decoder may allocate more than what was really sent and a constant.
func TestHugeSizes(t *testing.T) {
	huge := [][]byte{
		{0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},       // a list of 2^63-1 bytes
		{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},       // of 2^64-1
		{0xbf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},       // a string of that
		{0xca, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, // [1, list of 2^64-1 … ]
		{0xcb, 0x01, 0x01, 0xfb, 0xff, 0xff, 0xff, 0xff},             // [1, 1, list of 4 GiB]
	}
	empties := make([]byte, 1<<20) // a list of a million empty lists
	for i := range empties {
		empties[i] = 0xc0
	}
	list := append([]byte{0xfa, 0x10, 0x00, 0x00}, empties...)
	request := append([]byte{0xfa, 0x10, 0x00, 0x05, 0x01}, list...)
	reply := append([]byte{0xfa, 0x10, 0x00, 0x06, 0x01, 0x01}, list...)
	huge = append(huge, list, request, reply)

	for version := wire.LES4; version <= wire.LES5; version++ {
		for code := range wire.Length(version) {
			for i, payload := range huge {
				var err error
				bytes := allocated(func() { _, err = recode(version, code, payload) })
				if err == nil {
					t.Errorf("%s: payload %d is accepted", wire.CodeName(version, code), i)
				}
				if most := uint64(1<<16 + len(payload)); bytes > most {
					t.Errorf("%s: %d bytes allocated for %d received", wire.CodeName(version, code), bytes, len(payload))
				}
			}
		}
	}
}

// allocated returns how many bytes f allocates: the least of several runs, since
// the runtime allocates now and then as well.
func allocated(f func()) uint64 {
	least := uint64(1 << 62)
	for range 3 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		f()
		runtime.ReadMemStats(&after)
		least = min(least, after.TotalAlloc-before.TotalAlloc)
	}
	return least
}

func TestTooLarge(t *testing.T) {
	payload := make([]byte, wire.MaxMessage+1)
	if _, err := wire.DecodeRequest(5, wire.CodeGetBodies, payload); !errors.Is(err, wire.ErrTooLarge) {
		t.Errorf("request: %v", err)
	}
	if _, err := wire.DecodeReply(5, wire.CodeBodies, payload); !errors.Is(err, wire.ErrTooLarge) {
		t.Errorf("reply: %v", err)
	}
}

func TestUnknownCodes(t *testing.T) {
	requests := map[uint]map[uint64]bool{
		4: {2: true, 4: true, 6: true, 0x0a: true, 0x0f: true, 0x11: true, 0x13: true, 0x14: true},
		5: {2: true, 4: true, 6: true, 0x08: true, 0x0a: true, 0x0c: true, 0x0e: true, 0x11: true, 0x13: true, 0x14: true},
	}
	replies := map[uint]map[uint64]bool{
		4: {3: true, 5: true, 7: true, 0x0b: true, 0x10: true, 0x12: true, 0x15: true},
		5: {3: true, 5: true, 7: true, 0x09: true, 0x0b: true, 0x0d: true, 0x0f: true, 0x12: true, 0x15: true, 0x18: true},
	}
	for _, same := range []uint{2, 3} {
		requests[same], replies[same] = requests[4], replies[4]
	}
	for version := uint(1); version <= 6; version++ {
		for code := range uint64(0x20) {
			_, err := wire.DecodeRequest(version, code, nil)
			if got := !errors.Is(err, wire.ErrUnknownCode); got != requests[version][code] {
				t.Errorf("les/%d request %#x: known %v", version, code, got)
			}
			_, err = wire.DecodeReply(version, code, nil)
			if got := !errors.Is(err, wire.ErrUnknownCode); got != replies[version][code] {
				t.Errorf("les/%d reply %#x: known %v", version, code, got)
			}
		}
	}
}

// Codes of market/1 begin where those of les/5 end, and there are none without it.
func TestMarketCode(t *testing.T) {
	if wire.FirstMarket != wire.Length(wire.LES5) {
		t.Errorf("codes of market/1 begin at %#x, those of les/5 end at %#x", wire.FirstMarket, wire.Length(wire.LES5))
	}
	with, without := wire.Peer{Version: wire.LES5, Market: true}, wire.Peer{Version: wire.LES5}
	for code := range uint64(0x40) {
		market, ok := with.MarketCode(code)
		if ok != (code >= wire.Length(wire.LES5)) || ok && market+wire.FirstMarket != code || !ok && market != 0 {
			t.Errorf("code %#x is %#x of market/1: %v", code, market, ok)
		}
		if _, ok := without.MarketCode(code); ok {
			t.Errorf("code %#x is of a capability that was not agreed upon", code)
		}
	}
}

func TestTotalDifficultyLimit(t *testing.T) {
	most := new(big.Int).Lsh(big.NewInt(1), wire.MaxTDBits)
	most.Sub(most, big.NewInt(1))
	a := wire.Announce4{Hash: hash(1), TD: most}
	if _, err := wire.DecodeAnnounce4(a.Append(nil)); err != nil {
		t.Errorf("100 bits: %v", err)
	}
	a.TD = new(big.Int).Add(most, big.NewInt(1))
	if _, err := wire.DecodeAnnounce4(a.Append(nil)); !errors.Is(err, wire.ErrOverLimit) {
		t.Errorf("101 bits: %v", err)
	}
	s := wire.Status{Version: 4, Server: &wire.ServerStatus{Legacy: &wire.LegacyStatus{Head: wire.Head4{TD: a.TD}}}}
	if _, err := wire.DecodeStatus(4, s.Append(nil)); !errors.Is(err, wire.ErrOverLimit) {
		t.Errorf("101 bits in Status: %v", err)
	}
}
