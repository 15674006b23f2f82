package wire_test

import (
	"bytes"
	"crypto/ecdsa"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// sample is one message with the values that the committed vectors show.
type sample struct {
	version uint // 0: the payload is the same in all that have it; 4: in 2 and 3 too, but for Status
	code    uint64
	name    string
	payload []byte
}

// in says whether the sample is a message of this version.
func (s sample) in(version uint) bool {
	switch {
	case s.code >= wire.Length(version):
		return false
	case s.version == 0 || s.version == version:
		return true
	default:
		return s.version == wire.LES4 && s.code != wire.CodeStatus && wire.Legacy(version)
	}
}

// hash returns 32 times the byte b.
func hash(b byte) (h wire.Hash) {
	copy(h[:], bytes.Repeat([]byte{b}, 32))
	return h
}

func address(b byte) (a wire.Address) {
	copy(a[:], bytes.Repeat([]byte{b}, 20))
	return a
}

// serverKey is the key that signs in all samples.
func serverKey(tb testing.TB) *ecdsa.PrivateKey {
	tb.Helper()
	key, err := crypto.HexToECDSA("b71c71a67e1177ad4e901695e1b4b9ee17ae16c6668d313eac2f96dbcda3f291")
	if err != nil {
		tb.Fatal(err)
	}
	return key
}

func totalDifficulty() *big.Int {
	td, _ := new(big.Int).SetString("58750003716598352816469", 10)
	return td
}

// Objects that the messages carry, made by geth 1.10.26 (see les4_test.go).
const (
	sampleHeader   = "f90200a07777777777777777777777777777777777777777777777777777777777777777a00000000000000000000000000000000000000000000000000000000000000000940000000000000000000000000000000000000000a08888888888888888888888888888888888888888888888888888888888888888a00000000000000000000000000000000000000000000000000000000000000000a00000000000000000000000000000000000000000000000000000000000000000b9010000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000830200008203e8837a1200808459682f008763616e64656c61a00000000000000000000000000000000000000000000000000000000000000000880000000000000000"
	sampleLegacyTx = "f8650384773594008252089455555555555555555555555555555555555555558203e8801ca06d27d6f16d98535c249a7957aaed4f1da11261f7778e3858c26fefd9850e7dc0a01ab2cbfc41e0bcbe3a3dc11a1032508aabcff7308674cd378b5c351888ca6637"
	sampleTypedTx  = "02f85501040184b2d05e00825208800783010203c080a0819965ac476e37a214e57dd9392b648a943b5ff54335550558420c85f6fb3554a010ab23594aa05fabd1f0a4f26b96b34c681144a8b87d01c968ddcefe642ff82b"
	sampleReceipts = "f9021af9010801825208b9010000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000c0b9010c02f901088082a410b9010000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000c0"
)

func sampleCosts() wire.CostTable {
	return wire.CostTable{
		{Code: wire.CodeGetHeaders, Base: 300_000, PerItem: 60_000},
		{Code: wire.CodeGetBodies, PerItem: 1_400_000},
	}
}

func sampleFlow() wire.Flow { return wire.Flow{BL: 96_000_000, MRR: 16_000} }

func sampleForkID() wire.ForkID {
	return wire.ForkID{Hash: [4]byte{0xf0, 0xaf, 0xd0, 0xe3}, Next: 1681338455}
}

func head(reqID uint64, bv unit.Cost) wire.ReplyHead { return wire.ReplyHead{ReqID: reqID, BV: bv} }

func tag(id uint64) wire.Tag { return wire.Tag{ReqID: id} }

// samples returns every message at least once.
func samples(tb testing.TB) []sample {
	tb.Helper()
	var out []sample
	request := func(version uint, name string, q wire.Request) {
		out = append(out, sample{version, q.Code(), name, q.Append(nil)})
	}
	reply := func(version uint, name string, p wire.Reply) {
		out = append(out, sample{version, p.Code(), name, p.Append(nil)})
	}
	sharedSamples(tb, request, reply)
	samples4(request, reply)
	samples5(request, reply)
	out = append(out,
		sample{0, wire.CodeStop, "stop", wire.AppendStop(nil)},
		sample{0, wire.CodeResume, "resume", wire.AppendResume(nil, 12_000_000)},
	)
	out = append(out, handshake4(tb)...)
	return append(out, handshake5(tb)...)
}

func sharedSamples(tb testing.TB, request func(uint, string, wire.Request), reply func(uint, string, wire.Reply)) {
	tb.Helper()
	header := unhex(tb, sampleHeader)
	request(0, "by hash, backwards", &wire.GetHeaders{
		Tag: tag(42), Origin: wire.Origin{Hash: hash(0x11)}, Max: 192, Skip: 3, Reverse: true,
	})
	request(0, "by number", &wire.GetHeaders{Tag: tag(1 << 40), Origin: wire.Origin{Number: 15537394}, Max: 1})
	request(0, "two", &wire.GetBodies{Tag: tag(7), Hashes: []wire.Hash{hash(0x11), hash(0x22)}})
	request(0, "two", &wire.GetReceipts{Tag: tag(7), Hashes: []wire.Hash{hash(0x11), hash(0x22)}})
	request(0, "legacy and typed", &wire.SendTx{Tag: tag(11), Txs: [][]byte{unhex(tb, sampleLegacyTx), unhex(tb, sampleTypedTx)}})
	request(0, "header", &wire.GetHelperProofs{Tag: tag(10), Queries: []wire.HelperQuery{
		{Type: wire.HelperCanonical, Section: 5, Key: []byte{0, 0, 0, 0, 0, 2, 0x80, 0}, Aux: wire.AuxHeader},
	}})
	request(0, "one", &wire.GetTxStatus{Tag: tag(12), Hashes: []wire.Hash{hash(0x66)}})

	reply(0, "one", &wire.Headers{ReplyHead: head(42, 96_000_000), Headers: [][]byte{header}})
	reply(0, "none", &wire.Headers{ReplyHead: head(42, 96_000_000)})
	reply(0, "one empty", &wire.Bodies{ReplyHead: head(7, 1), Bodies: [][]byte{{0xc2, 0xc0, 0xc0}}})
	reply(0, "one block", &wire.Receipts{ReplyHead: head(7, 0), Receipts: [][]byte{unhex(tb, sampleReceipts)}})
	reply(0, "one", &wire.HelperProofs{ReplyHead: head(10, 5), Nodes: [][]byte{{0xc2, 0x20, 0x01}}, Aux: [][]byte{{0xc0}}})
	reply(0, "refused, pending, included", &wire.TxStatuses{ReplyHead: head(12, 5), Statuses: []wire.TxStatus{
		{State: wire.TxUnknown, Err: "nonce too low"},
		{State: wire.TxPending},
		{State: wire.TxIncluded, Lookup: &wire.TxLookup{Block: hash(0x11), Number: 1000, Index: 2}},
	}})
}

func samples4(request func(uint, string, wire.Request), reply func(uint, string, wire.Reply)) {
	h33, h44 := hash(0x33), hash(0x44)
	request(4, "one", &wire.GetCode{Tag: tag(8), Queries: []wire.CodeQuery{{Block: hash(0x11), Account: h33[:]}}})
	request(4, "account and slot", &wire.GetProofs{Tag: tag(9), Queries: []wire.ProofQuery{
		{Block: hash(0x11), Key: h33[:]},
		{Block: hash(0x11), Account: h33[:], Key: h44[:], FromLevel: 2},
	}})
	h99 := hash(0x99)
	leaf := append([]byte{0xe1, 0xa0}, h99[:]...)
	reply(4, "one", &wire.Codes{ReplyHead: head(8, 5), Codes: [][]byte{{0x60, 0x00, 0x56}}})
	reply(4, "two nodes", &wire.Proofs{ReplyHead: head(9, 5), Nodes: [][]byte{{0xc2, 0x20, 0x01}, leaf}})
}

func samples5(request func(uint, string, wire.Request), reply func(uint, string, wire.Reply)) {
	request(5, "balance, and two slots with code", &wire.GetState{Tag: tag(20), Queries: []wire.StateQuery{
		{Block: hash(0x11), Address: address(0x33)},
		{Block: hash(0x11), Address: address(0x44), Slots: []wire.Hash{{}, hash(0x55)}, Code: true},
	}})
	to := address(0x44)
	request(5, "call", &wire.GetWitness{Tag: tag(21), Block: hash(0x11), Call: wire.Call{
		From: address(0x33), To: &to, Gas: 50_000_000, GasPrice: big.NewInt(1_000_000_000), Value: big.NewInt(1),
		Data:       []byte{0x70, 0xa0, 0x82, 0x31},
		AccessList: []wire.AccessTuple{{Address: address(0x55), Slots: []wire.Hash{hash(0x66)}}},
		BlobHashes: []wire.Hash{hash(0x01)}, Authorizations: [][]byte{{0xc3, 0x01, 0x02, 0x03}},
	}})
	request(5, "creation", &wire.GetWitness{Tag: tag(22), Block: hash(0x11), Call: wire.Call{Gas: 1_000_001, Data: []byte{0xfe}}})
	request(5, "config", &wire.GetConfig{Tag: tag(23)})
	request(5, "a contract's transfers", &wire.GetLogRange{
		Tag: tag(24), First: 1000, Last: 9191, Addresses: []wire.Address{address(0x44)},
		Topics: [][]wire.Hash{{hash(0xdd), hash(0xee)}, nil, {hash(0x33)}},
	})
	request(5, "everything", &wire.GetLogRange{Tag: tag(25), First: 0, Last: 0})

	node := []byte{0xc2, 0x20, 0x01}
	reply(5, "node and code", &wire.State{ReplyHead: head(20, 95_000_000), Nodes: [][]byte{node}, Codes: [][]byte{{0x60, 0x00, 0x56}}})
	reply(5, "node and header", &wire.Witness{ReplyHead: head(21, 1), Nodes: [][]byte{node}, Headers: [][]byte{{0xc1, 0x80}}})
	reply(5, "two blocks", &wire.LogRange{ReplyHead: head(24, 1), Blocks: []wire.BlockID{
		{Number: 1000, Hash: hash(0x11)}, {Number: 9191, Hash: hash(0x22)},
	}})
	reply(5, "busy", &wire.Refused{ReplyHead: head(21, 0), Reason: wire.Busy, RetryAfterMs: 1500, Text: "queue is full"})
	config, err := wire.EncodeConfig(params.MainnetChainConfig)
	if err != nil {
		panic(err)
	}
	reply(5, "mainnet, as this version of Candela knows it", &wire.Config{ReplyHead: head(23, 1), Config: config})
}

func handshake4(tb testing.TB) (out []sample) {
	tb.Helper()
	announce := wire.Announce4{Hash: hash(0x11), Number: 15537393, TD: totalDifficulty(), ReorgDepth: 2}
	add := func(code uint64, name string, payload []byte) { out = append(out, sample{4, code, name, payload}) }
	add(wire.CodeAnnounce, "simple", announce.Append(nil))
	if err := announce.Sign(serverKey(tb)); err != nil {
		tb.Fatal(err)
	}
	add(wire.CodeAnnounce, "signed", announce.Append(nil))
	flow := sampleFlow()
	add(wire.CodeAnnounce, "parameters only", (&wire.Announce4{Update: wire.Update{Flow: &flow}}).Append(nil))

	status := wire.Status{Version: 4, NetworkID: 1, Genesis: hash(0xaa), ForkID: sampleForkID(), AnnounceType: wire.AnnounceSigned}
	add(wire.CodeStatus, "client", status.Append(nil))
	status.Server = &wire.ServerStatus{Flow: sampleFlow(), Costs: sampleCosts(), Legacy: &wire.LegacyStatus{
		Head:        wire.Head4{Hash: hash(0x11), Number: 15537393, TD: totalDifficulty()},
		RecentState: 124, TxLookup: 2_350_000,
	}}
	add(wire.CodeStatus, "server", status.Append(nil))
	status.Server.OnlyAnnounce, status.Server.Legacy.TxLookup = true, 1
	add(wire.CodeStatus, "server that only announces", status.Append(nil))
	return append(append(out, statusBefore4(2)...), statusBefore4(3)...)
}

// statusBefore4 is the one message that differs between les/2, les/3 and les/4.
func statusBefore4(version uint) (out []sample) {
	status := wire.Status{Version: version, NetworkID: 1, Genesis: hash(0xaa), AnnounceType: wire.AnnounceSigned}
	out = append(out, sample{version, wire.CodeStatus, "client", status.Append(nil)})
	status.Server = &wire.ServerStatus{Flow: sampleFlow(), Costs: sampleCosts(), Legacy: &wire.LegacyStatus{
		Head:        wire.Head4{Hash: hash(0x11), Number: 15537393, TD: totalDifficulty()},
		RecentState: 124,
	}}
	return append(out, sample{version, wire.CodeStatus, "server", status.Append(nil)})
}

// sampleHead is signed in the vectors and in the specification's example.
func sampleHead() wire.Head {
	return wire.Head{
		Genesis: hash(0xaa), Config: hash(0xcc), Number: 20_000_000, Hash: hash(0x11),
		Safe: wire.BlockID{Number: 19_999_968, Hash: hash(0x22)}, Finalized: wire.BlockID{Number: 19_999_936, Hash: hash(0x33)},
		ReorgDepth: 1, Timestamp: 1_717_200_000,
	}
}

func handshake5(tb testing.TB) (out []sample) {
	tb.Helper()
	add := func(code uint64, name string, payload []byte) { out = append(out, sample{5, code, name, payload}) }
	announce := wire.Announce5{Head: sampleHead()}
	add(wire.CodeAnnounce, "unsigned, without header", announce.Append(nil))
	if err := announce.Sign(serverKey(tb)); err != nil {
		tb.Fatal(err)
	}
	add(wire.CodeAnnounce, "signed", announce.Append(nil))
	withHeader := wire.Announce5{Head: sampleHead(), Header: unhex(tb, sampleHeader)}
	withHeader.Head.Hash = wire.Hash(crypto.Keccak256Hash(withHeader.Header))
	withHeader.Head.Number = 1000
	if err := withHeader.Sign(serverKey(tb)); err != nil {
		tb.Fatal(err)
	}
	add(wire.CodeAnnounce, "signed, with header", withHeader.Append(nil))
	helper := &wire.HelperRoots{Section: 609, Last: hash(0x44), CHT: hash(0x55), Bloom: hash(0x66)}
	named := sampleHead()
	named.HelperRoot = helper.Hash()
	withHelper := wire.Announce5{Head: named, Update: wire.Update{Helper: helper}}
	if err := withHelper.Sign(serverKey(tb)); err != nil {
		tb.Fatal(err)
	}
	add(wire.CodeAnnounce, "signed, with a helper section", withHelper.Append(nil))
	flow, limits := sampleFlow(), wire.DefaultLimits()
	ranges := wire.Ranges{Headers: 0, Bodies: 15537394, Receipts: wire.None, State: 19_999_872, StateRecent: 128, TxIndex: 17_650_000}
	update := wire.Update{Flow: &flow, Costs: sampleCosts(), Ranges: &ranges, Limits: &limits}
	add(wire.CodeAnnounce, "parameters only", (&wire.Announce5{Update: update}).Append(nil))

	status := wire.Status{Version: 5, NetworkID: 1, Genesis: hash(0xaa), ForkID: sampleForkID(), Config: hash(0xcc), AnnounceType: wire.AnnounceSigned}
	add(wire.CodeStatus, "client", status.Append(nil))
	withHelper.Update = wire.Update{}
	status.Server = &wire.ServerStatus{
		Flow: sampleFlow(), Costs: sampleCosts(), Head: withHelper, Ranges: ranges, Limits: limits,
		Serves: wire.ServesChain | wire.ServesState | wire.ServesWitness | wire.ServesConfig | wire.ServesHelper,
		Helper: helper,
	}
	add(wire.CodeStatus, "server", status.Append(nil))
	status.Server.OnlyAnnounce, status.Server.Costs = true, nil
	add(wire.CodeStatus, "server that only announces", status.Append(nil))
	return out
}
