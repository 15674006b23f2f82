package wire_test

import (
	"bytes"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rlp"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// TestBuilderTwin builds replies of any size in one reused builder and compares
// them with what each reply type makes by itself.
func TestBuilderTwin(t *testing.T) {
	var b wire.ReplyBuilder
	item := rapid.SliceOfN(rapid.Byte(), 0, 400)
	rapid.Check(t, func(t *rapid.T) {
		h := wire.ReplyHead{ReqID: rapid.Uint64().Draw(t, "id"), BV: unit.Cost(rapid.Uint64().Draw(t, "BV"))}
		nodes := rapid.SliceOfN(item, 0, 300).Draw(t, "nodes")
		codes := rapid.SliceOfN(item, 0, 20).Draw(t, "codes")

		b.Reset(h.ReqID)
		for _, code := range codes {
			b.Bytes(code)
		}
		same(t, b.Finish(h.BV), &wire.Codes{ReplyHead: h, Codes: codes})

		raws := make([][]byte, len(nodes))
		b.Reset(h.ReqID)
		for i, node := range nodes {
			raws[i], _ = rlp.EncodeToBytes([][]byte{node})
			b.Raw(raws[i])
		}
		if b.Items() != len(nodes) {
			t.Fatalf("%d items, want %d", b.Items(), len(nodes))
		}
		same(t, b.Finish(h.BV), &wire.Proofs{ReplyHead: h, Nodes: raws})

		b.Reset(h.ReqID)
		b.Open()
		for _, node := range nodes {
			b.Bytes(node)
		}
		b.Close()
		b.Open()
		for _, code := range codes {
			b.Bytes(code)
		}
		b.Close()
		same(t, b.Finish(h.BV), &wire.State{ReplyHead: h, Nodes: nodes, Codes: codes})
	})
}

func same(t *rapid.T, got []byte, reply wire.Reply) {
	t.Helper()
	if want := reply.Append(nil); !bytes.Equal(got, want) {
		t.Fatalf("%T: built %d bytes, encoded %d", reply, len(got), len(want))
	}
}

// TestBuilderLargeLists crosses the sizes at which a list's header grows.
func TestBuilderLargeLists(t *testing.T) {
	var b wire.ReplyBuilder
	for _, size := range []int{0, 1, 53, 54, 55, 56, 253, 254, 255, 256, 65_530, 65_531, 65_532, 65_536, 1<<24 - 4, 1 << 24, 1<<24 + 9} {
		item := append([]byte{0xc0}, make([]byte, size)...)
		b.Reset(1)
		b.Open()
		b.Raw(item)
		payload := b.Finish(2)
		var got struct {
			ID, BV uint64
			Data   []rlp.RawValue
		}
		inner, _, err := rlp.SplitList(payload)
		if err == nil {
			err = rlp.DecodeBytes(payload, &got)
		}
		if err != nil || len(inner) < size || len(got.Data) != 1 {
			t.Fatalf("list of %d bytes: %v", size, err)
		}
		if content, _, err := rlp.SplitList(got.Data[0]); err != nil || !bytes.Equal(content, item) {
			t.Fatalf("list of %d bytes comes back with %d: %v", size, len(content), err)
		}
	}
}

func TestBuilderTxsAndBlocks(t *testing.T) {
	var b wire.ReplyBuilder
	status := wire.TxStatus{State: wire.TxIncluded, Lookup: &wire.TxLookup{Block: hash(1), Number: 2, Index: 3}}
	b.Reset(5)
	b.Tx(status)
	if want := (&wire.TxStatuses{ReplyHead: head(5, 6), Statuses: []wire.TxStatus{status}}).Append(nil); !bytes.Equal(b.Finish(6), want) {
		t.Errorf("transactions: %x, want %x", b.Finish(6), want)
	}
	b.Reset(5)
	b.Block(7, hash(8))
	if want := (&wire.LogRange{ReplyHead: head(5, 6), Blocks: []wire.BlockID{{Number: 7, Hash: hash(8)}}}).Append(nil); !bytes.Equal(b.Finish(6), want) {
		t.Errorf("blocks: %x, want %x", b.Finish(6), want)
	}
}

// TestBuilderShrink lets a grown buffer go and goes on.
func TestBuilderShrink(t *testing.T) {
	var b wire.ReplyBuilder
	b.Reset(1)
	b.Raw(make([]byte, 1<<20))
	b.Shrink(1 << 16)
	b.Reset(1)
	b.Raw([]byte{0xc0})
	if want := (&wire.Headers{ReplyHead: head(1, 2), Headers: [][]byte{{0xc0}}}).Append(nil); !bytes.Equal(b.Finish(2), want) {
		t.Errorf("%x, want %x", b.Finish(2), want)
	}
}

// TestRequestsTwin encodes requests with go-ethereum's reflection as well.
func TestRequestsTwin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.Uint64().Draw(t, "id")
		slots := make([]wire.Hash, rapid.IntRange(0, 60).Draw(t, "slots"))
		data := rapid.SliceOf(rapid.Byte()).Draw(t, "data")
		value := rapid.Uint64().Draw(t, "value")
		type tuple struct {
			Address wire.Address
			Slots   []wire.Hash
		}
		witness := &wire.GetWitness{Tag: tag(id), Block: hash(1), Call: wire.Call{
			Gas: 21000, Value: new(big.Int).SetUint64(value), Data: data,
			AccessList: []wire.AccessTuple{{Address: address(2), Slots: slots}},
		}}
		type call struct {
			From            wire.Address
			To              []byte
			Gas             uint64
			GasPrice, Value *big.Int
			Data            []byte
			AccessList      []tuple
			BlobHashes      []wire.Hash
			Authorizations  []rlp.RawValue
		}
		want := struct {
			ID    uint64
			Block wire.Hash
			Call  call
		}{id, hash(1), call{Gas: 21000, GasPrice: new(big.Int), Value: new(big.Int).SetUint64(value), Data: data, AccessList: []tuple{{address(2), slots}}}}
		twin(t, witness, &want)
		type query struct {
			Block   wire.Hash
			Address wire.Address
			Slots   []wire.Hash
			Code    bool
		}
		twin(t, &wire.GetState{Tag: tag(id), Queries: []wire.StateQuery{{Block: hash(3), Slots: slots, Code: true}}}, &struct {
			ID      uint64
			Queries []query
		}{id, []query{{Block: hash(3), Slots: slots, Code: true}}})
	})
}

func twin(t *rapid.T, req wire.Request, value any) {
	t.Helper()
	want, err := rlp.EncodeToBytes(value)
	if err != nil {
		t.Fatal(err)
	}
	if got := req.Append(nil); !bytes.Equal(got, want) {
		t.Fatalf("%T\n got %x\nwant %x", req, got, want)
	}
}

func TestPeekHeader(t *testing.T) {
	zero := uint64(0)
	for _, header := range []*types.Header{
		{ParentHash: hash(1), Root: hash(2), Number: big.NewInt(300), Time: 400, Difficulty: big.NewInt(5), Extra: []byte("x")},
		{ParentHash: hash(3), Root: hash(4), Number: big.NewInt(0), Difficulty: new(big.Int), BaseFee: big.NewInt(7), BlobGasUsed: &zero},
	} {
		enc, err := rlp.EncodeToBytes(header)
		if err != nil {
			t.Fatal(err)
		}
		got, err := wire.PeekHeader(enc)
		want := wire.HeaderInfo{
			Hash: header.Hash(), Parent: header.ParentHash, Root: header.Root,
			Number: header.Number.Uint64(), Time: header.Time,
		}
		if err != nil || got != want {
			t.Errorf("%+v, %v, want %+v", got, err, want)
		}
		if _, err := wire.PeekHeader(append(enc, 0)); err == nil {
			t.Error("a byte behind the header is accepted")
		}
	}
}
