package bench

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/wire"
)

// next makes the next request of the configured kind.
func (l *loader) next() wire.Request {
	switch l.cfg.Kind {
	case "headers":
		first := uint64(0)
		if batch := uint64(l.cfg.Batch); l.head.number > batch { //nolint:gosec // checked positive
			first = l.rand.Uint64N(l.head.number - batch + 1)
		}
		return &wire.GetHeaders{Origin: wire.Origin{Number: first}, Max: uint64(l.cfg.Batch)} //nolint:gosec // checked positive
	case "bodies":
		return &wire.GetBodies{Hashes: l.someBlocks()}
	case "receipts":
		return &wire.GetReceipts{Hashes: l.someBlocks()}
	case "code":
		return l.nextCode()
	default:
		return l.nextProofs()
	}
}

func (l *loader) someBlocks() []wire.Hash {
	hashes := make([]wire.Hash, l.cfg.Batch)
	for i := range hashes {
		hashes[i] = l.hashes[l.rand.IntN(len(l.hashes))]
	}
	return hashes
}

func (l *loader) someAccount() common.Address {
	return Account(l.rand.Uint64N(uint64(l.cfg.Accounts))) //nolint:gosec // checked positive
}

func (l *loader) nextProofs() wire.Request {
	if wire.Legacy(l.cfg.Version) {
		queries := make([]wire.ProofQuery, l.cfg.Batch)
		for i := range queries {
			queries[i] = wire.ProofQuery{Block: l.head.hash, Key: crypto.Keccak256(l.someAccount().Bytes())}
		}
		return &wire.GetProofs{Queries: queries}
	}
	queries := make([]wire.StateQuery, l.cfg.Batch)
	for i := range queries {
		queries[i] = wire.StateQuery{Block: l.head.hash, Address: l.someAccount()}
	}
	return &wire.GetState{Queries: queries}
}

func (l *loader) nextCode() wire.Request {
	address := common.HexToAddress(l.cfg.Address)
	if wire.Legacy(l.cfg.Version) {
		queries := make([]wire.CodeQuery, l.cfg.Batch)
		for i := range queries {
			queries[i] = wire.CodeQuery{Block: l.head.hash, Account: crypto.Keccak256(address.Bytes())}
		}
		return &wire.GetCode{Queries: queries}
	}
	queries := make([]wire.StateQuery, l.cfg.Batch)
	for i := range queries {
		queries[i] = wire.StateQuery{Block: l.head.hash, Address: address, Code: true}
	}
	return &wire.GetState{Queries: queries}
}

// count counts a reply, and proves every checkEvery-th one.
func (l *loader) count(request sent, reply wire.Reply) {
	l.stats.requests++
	items, nodes := contents(reply)
	if state, ok := reply.(*wire.State); ok && l.cfg.Kind == "code" && len(state.Codes) == 0 {
		items = 0 // the account is proven, and has no code
	}
	switch {
	case reply.Code() == wire.CodeRefused && l.cfg.Version == wire.LES5:
		l.stats.refused++
		return
	case items == 0:
		l.stats.empty++
		return
	}
	if nodes != nil {
		items = l.cfg.Batch // a proof is an item, however many nodes it takes
	}
	l.stats.items += uint64(items) //nolint:gosec // a count
	if nodes != nil && l.stats.requests%checkEvery == 1 && !proven(request, nodes) {
		l.stats.wrong++
	}
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
