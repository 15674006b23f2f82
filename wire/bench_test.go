package wire_test

import (
	"testing"

	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/wire"
)

// BenchmarkReply assembles a proof of 8 nodes of 532 bytes, as mainnet has them,
// once with the builder and once as geth does it, by reflection.
func BenchmarkReply(b *testing.B) {
	node := make([]byte, 532)
	copy(node, []byte{0xf9, 0x02, 0x11})
	nodes := make([][]byte, 8)
	for i := range nodes {
		nodes[i] = node
	}
	b.Run("builder", func(b *testing.B) {
		var r wire.ReplyBuilder
		b.ReportAllocs()
		for b.Loop() {
			r.Reset(1 << 40)
			for _, n := range nodes {
				r.Raw(n)
			}
			r.Finish(96_000_000)
		}
	})
	b.Run("reflection", func(b *testing.B) {
		type reply struct {
			ReqID, BV uint64
			Data      rlp.RawValue
		}
		raws := make([]rlp.RawValue, len(nodes))
		b.ReportAllocs()
		for b.Loop() {
			for i, n := range nodes {
				raws[i] = n
			}
			data, err := rlp.EncodeToBytes(raws)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := rlp.EncodeToBytes(&reply{1 << 40, 96_000_000, data}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkDecodeRequest decodes one proof request, and 64 in one, beside the
// same by reflection.
func BenchmarkDecodeRequest(b *testing.B) {
	key := hash(0x33)
	for name, n := range map[string]int{"1": 1, "64": 64} {
		q := &wire.GetProofs{Tag: tag(1 << 40), Queries: make([]wire.ProofQuery, n)}
		for i := range q.Queries {
			q.Queries[i].Key = key[:]
		}
		payload := q.Append(nil)
		b.Run("wire/"+name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := wire.DecodeRequest(wire.LES4, wire.CodeGetProofs, payload); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("reflection/"+name, func(b *testing.B) {
			type query struct {
				Block        wire.Hash
				Account, Key []byte
				FromLevel    uint
			}
			b.ReportAllocs()
			for b.Loop() {
				var got struct {
					ID      uint64
					Queries []query
				}
				if err := rlp.DecodeBytes(payload, &got); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkDecodeReply decodes the proof that BenchmarkReply assembles.
func BenchmarkDecodeReply(b *testing.B) {
	node := append([]byte{0xf9, 0x02, 0x11}, make([]byte, 529)...)
	p := wire.Proofs{ReplyHead: head(1<<40, 96_000_000)}
	for range 8 {
		p.Nodes = append(p.Nodes, node)
	}
	payload := p.Append(nil)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := wire.DecodeReply(wire.LES4, wire.CodeProofs, payload); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkVerifyHead checks one signed head: nearly all of it is the recovery.
func BenchmarkVerifyHead(b *testing.B) {
	key := serverKey(b)
	a := wire.Announce5{Head: sampleHead()}
	if err := a.Sign(key); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := a.Verify(&key.PublicKey, a.Head.Genesis, a.Head.Config); err != nil {
			b.Fatal(err)
		}
	}
}
