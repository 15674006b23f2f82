package bench

import (
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/wire"
)

// next makes a request of the configured kind.
func (l *loader) next(batch int) wire.Request {
	switch l.load.Kind {
	case "headers":
		first := uint64(0)
		if batch := uint64(batch); l.head.number > batch { //nolint:gosec // checked positive
			first = l.rand.Uint64N(l.head.number - batch + 1)
		}
		return &wire.GetHeaders{Origin: wire.Origin{Number: first}, Max: uint64(batch)} //nolint:gosec // checked positive
	case "bodies":
		return &wire.GetBodies{Hashes: l.someBlocks(batch)}
	case "receipts":
		return &wire.GetReceipts{Hashes: l.someBlocks(batch)}
	case "code":
		return l.nextCode(batch)
	default:
		return l.nextProofs(batch)
	}
}

func (l *loader) someBlocks(batch int) []wire.Hash {
	hashes := make([]wire.Hash, batch)
	for i := range hashes {
		hashes[i] = l.hashes[l.rand.IntN(len(l.hashes))]
	}
	return hashes
}

func (l *loader) someAccount() common.Address {
	return Account(l.rand.Uint64N(uint64(l.load.Accounts))) //nolint:gosec // checked positive
}

func (l *loader) nextProofs(batch int) wire.Request {
	if wire.Legacy(l.load.Version) {
		queries := make([]wire.ProofQuery, batch)
		for i := range queries {
			queries[i] = wire.ProofQuery{Block: l.head.hash, Key: crypto.Keccak256(l.someAccount().Bytes())}
		}
		return &wire.GetProofs{Queries: queries}
	}
	queries := make([]wire.StateQuery, batch)
	for i := range queries {
		queries[i] = wire.StateQuery{Block: l.head.hash, Address: l.someAccount()}
	}
	return &wire.GetState{Queries: queries}
}

func (l *loader) nextCode(batch int) wire.Request {
	address := common.HexToAddress(l.load.Address)
	if wire.Legacy(l.load.Version) {
		queries := make([]wire.CodeQuery, batch)
		for i := range queries {
			queries[i] = wire.CodeQuery{Block: l.head.hash, Account: crypto.Keccak256(address.Bytes())}
		}
		return &wire.GetCode{Queries: queries}
	}
	queries := make([]wire.StateQuery, batch)
	for i := range queries {
		queries[i] = wire.StateQuery{Block: l.head.hash, Address: address, Code: true}
	}
	return &wire.GetState{Queries: queries}
}

// count counts a reply, and proves every checkEvery-th one.
func (l *loader) count(request sent, reply wire.Reply, took time.Duration) {
	l.replies++
	items, nodes := contents(reply)
	if state, ok := reply.(*wire.State); ok && l.load.Kind == "code" && len(state.Codes) == 0 {
		items = 0 // the account is proven, and has no code
	}
	refused := reply.Code() == wire.CodeRefused && l.load.Version == wire.LES5
	if nodes != nil && items > 0 {
		items = request.items // a proof is an item, however many nodes it takes
	}
	wrong := !refused && nodes != nil && items > 0 && l.replies%checkEvery == 1 && !proven(request, nodes)
	bytes := l.conn.wire - l.counted
	l.counted = l.conn.wire
	l.rec.note(func(t *Tally) {
		t.Requests++
		t.Bytes += bytes
		t.Latency.add(took)
		switch {
		case refused:
			t.Refused++
		case items == 0:
			t.Empty++
		default:
			t.Items += uint64(items) //nolint:gosec // a count
		}
		if wrong {
			t.Wrong++
		}
	})
}

// contents returns the number of items in a reply, and its trie nodes if it is
// one of proofs.
func contents(reply wire.Reply) (items int, nodes [][]byte) {
	switch r := reply.(type) {
	case *wire.Headers:
		return len(r.Headers), nil
	case *wire.Bodies:
		return len(r.Bodies), nil
	case *wire.Receipts:
		return len(r.Receipts), nil
	case *wire.Codes:
		return len(r.Codes), nil
	case *wire.Proofs:
		return len(r.Nodes), r.Nodes
	case *wire.State:
		return len(r.Nodes), r.Nodes
	default:
		return 0, nil
	}
}

// proven checks every account of a request against the state root.
func proven(request sent, nodes [][]byte) bool {
	set := proof.NewNodeSet(nodes...)
	switch r := request.request.(type) {
	case *wire.GetProofs:
		for _, q := range r.Queries {
			if _, err := proof.Lookup(request.root, q.Key, set); err != nil {
				return false
			}
		}
	case *wire.GetState:
		for _, q := range r.Queries {
			if _, err := proof.Account(request.root, q.Address, set); err != nil {
				return false
			}
		}
	}
	return true
}
