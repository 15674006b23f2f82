package attached

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/proof"
)

// decodeHeader makes a header of its JSON form, and of that its encoding. The hash
// that the node says it has must be the one that it has.
func decodeHeader(raw json.RawMessage) (*types.Header, []byte, error) {
	var named struct {
		Hash common.Hash `json:"hash"`
	}
	if err := json.Unmarshal(raw, &named); err != nil {
		return nil, nil, err
	}
	header := new(types.Header)
	if err := json.Unmarshal(raw, header); err != nil {
		return nil, nil, err
	}
	enc, err := rlp.EncodeToBytes(header)
	if err != nil {
		return nil, nil, err
	}
	// A header with a field that this version does not know has another hash too.
	if header, err = proof.VerifyHeader(enc, named.Hash); err != nil {
		return nil, nil, err
	}
	return header, enc, nil
}

// header reads the header in the answer to a request for a block, which must have
// this hash or, if that is nil, this number.
func (u *upstream) header(r *request, hash *common.Hash, number *uint64) (*types.Header, []byte, error) {
	raw, err := read[json.RawMessage](u, r)
	if err != nil {
		return nil, nil, err
	}
	header, enc, err := decodeHeader(raw)
	switch {
	case err != nil:
		return nil, nil, u.lie(r.method, "%w", err)
	case hash != nil && header.Hash() != *hash:
		return nil, nil, u.lie(r.method, "block %x instead of %x", header.Hash(), *hash)
	case number != nil && (!header.Number.IsUint64() || header.Number.Uint64() != *number):
		return nil, nil, u.lie(r.method, "block %d instead of %d", header.Number, *number)
	}
	return header, enc, nil
}

func askNumber(number uint64) *request {
	return ask("eth_getBlockByNumber", hexutil.Uint64(number), false)
}

// headerAt reads the header of the node's canonical block at number.
func (u *upstream) headerAt(ctx context.Context, number uint64) (*types.Header, []byte, error) {
	r := askNumber(number)
	if err := u.do(ctx, r); err != nil {
		return nil, nil, err
	}
	return u.header(r, nil, &number)
}

// headersAt reads several, in one message. Those that the node does not have are nil,
// unless it has none of them.
func (u *upstream) headersAt(ctx context.Context, numbers []uint64) ([]*types.Header, [][]byte, error) {
	requests := make([]*request, len(numbers))
	for i, number := range numbers {
		requests[i] = askNumber(number)
	}
	if err := u.do(ctx, requests...); err != nil {
		return nil, nil, err
	}
	headers, encs := make([]*types.Header, len(numbers)), make([][]byte, len(numbers))
	var failure error
	found := false
	for i, r := range requests {
		var err error
		headers[i], encs[i], err = u.header(r, nil, &numbers[i])
		switch {
		case faultOf(err) == faultLie:
			return nil, nil, err
		case err != nil:
			failure = err
		default:
			found = true
		}
	}
	if !found {
		return nil, nil, failure
	}
	return headers, encs, nil
}

// headerOf reads a header by its hash.
func (u *upstream) headerOf(ctx context.Context, hash common.Hash) ([]byte, error) {
	if u.profile().rawHeader {
		raw, err := one[hexutil.Bytes](ctx, u, "debug_getRawHeader", hash)
		if err == nil {
			if _, err := proof.VerifyHeader(raw, hash); err != nil {
				return nil, u.lie("debug_getRawHeader", "%w", err)
			}
			return raw, nil
		}
		if f := faultOf(err); f != faultRefused && f != faultMethod {
			return nil, err
		}
		// geth words "there is none" as any other error here; the other form is clear.
	}
	r := ask("eth_getBlockByHash", hash, false)
	if err := u.do(ctx, r); err != nil {
		return nil, err
	}
	_, enc, err := u.header(r, &hash, nil)
	return enc, err
}

// Header returns a header's RLP by hash.
func (n *Node) Header(ctx context.Context, hash chain.Hash) ([]byte, error) {
	if err := n.gate.enter(ctx); err != nil {
		return nil, err
	}
	defer n.gate.leave()
	return n.headerRLP(ctx, hash)
}

// headerRLP is Header inside the gate.
func (n *Node) headerRLP(ctx context.Context, hash common.Hash) ([]byte, error) {
	enc, ok := n.cache.look(kindHeader, hash)
	if !ok {
		var err error
		if enc, err = share(ctx, n.flights, key("header", hash[:]), func(ctx context.Context) ([]byte, error) {
			return n.fetchHeader(ctx, hash)
		}); err != nil {
			return nil, fmt.Errorf("header of block %x: %w", hash, err)
		}
	}
	if header, err := proof.VerifyHeader(enc, hash); err == nil {
		n.noteParent(header, hash)
	}
	return enc, nil
}

// fetchHeader asks for one header, or for a run of them down from it when somebody
// is walking down the chain.
func (n *Node) fetchHeader(ctx context.Context, hash common.Hash) ([]byte, error) {
	if enc, ok := n.cache.get(kindHeader, hash); ok {
		return enc, nil // it came since
	}
	if at, ok := n.cache.child.Get(hash); ok {
		if enc := n.readDown(ctx, hash, at); enc != nil {
			return enc, nil
		}
	}
	enc, err := tell(ctx, n, anyNode(), func(ctx context.Context, u *upstream) ([]byte, error) {
		return u.headerOf(ctx, hash)
	})
	if err == nil {
		n.cache.put(kindHeader, hash, enc)
	}
	return enc, err
}

// headerOf returns a verified header.
func (n *Node) headerOf(ctx context.Context, hash common.Hash) (*types.Header, error) {
	enc, err := n.headerRLP(ctx, hash)
	if err != nil {
		return nil, err
	}
	return proof.VerifyHeader(enc, hash)
}

// key names a question, for those who ask it at the same time.
func key(what string, parts ...[]byte) string {
	size := len(what)
	for _, p := range parts {
		size += len(p)
	}
	k := make([]byte, 0, size)
	k = append(k, what...)
	for _, p := range parts {
		k = append(k, p...)
	}
	return string(k)
}

// keyOf is key for a list of hashes.
func keyOf(what string, hashes []chain.Hash) string {
	k := make([]byte, 0, len(what)+len(hashes)*common.HashLength)
	k = append(k, what...)
	for i := range hashes {
		k = append(k, hashes[i][:]...)
	}
	return string(k)
}
