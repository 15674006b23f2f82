package attached

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/proof"
)

// listed is a block as the node lists it: its header is proven, the rest is not.
type listed struct {
	header   *types.Header
	txHashes []common.Hash
}

// blockAt reads a block without its transactions by number.
func (u *upstream) blockAt(ctx context.Context, number uint64) (*listed, error) {
	r := askNumber(number)
	if err := u.do(ctx, r); err != nil {
		return nil, err
	}
	header, _, err := u.header(r, nil, &number)
	if err != nil {
		return nil, err
	}
	list, err := read[struct {
		Transactions []common.Hash `json:"transactions"`
	}](u, r)
	return &listed{header, list.Transactions}, err
}

// block is a block with all that hangs on its header proven.
type block struct {
	header, body []byte
}

// blockOf reads a block by its hash.
func (u *upstream) blockOf(ctx context.Context, hash common.Hash) (*block, error) {
	if u.profile().rawBlock {
		b, err := u.rawBlock(ctx, hash)
		if f := faultOf(err); f != faultRefused && f != faultMethod {
			return b, err
		}
	}
	return u.jsonBlock(ctx, hash)
}

func (u *upstream) rawBlock(ctx context.Context, hash common.Hash) (*block, error) {
	const method = "debug_getRawBlock"
	raw, err := one[hexutil.Bytes](ctx, u, method, hash)
	if err != nil {
		return nil, err
	}
	content, _, err := rlp.SplitList(raw)
	if err != nil {
		return nil, u.lie(method, "%w", err)
	}
	_, rest, err := rlp.SplitList(content)
	if err != nil {
		return nil, u.lie(method, "%w", err)
	}
	// A body is what follows the header, as a list of its own.
	w := rlp.NewEncoderBuffer(nil)
	list := w.List()
	w.Write(rest)
	w.ListEnd(list)
	return u.checkBlock(method, hash, content[:len(content)-len(rest)], w.ToBytes())
}

func (u *upstream) checkBlock(method string, hash common.Hash, enc, body []byte) (*block, error) {
	header, err := proof.VerifyHeader(enc, hash)
	if err != nil {
		return nil, u.lie(method, "%w", err)
	}
	if _, err := proof.VerifyBody(header, body); err != nil {
		return nil, u.lie(method, "%w", err)
	}
	return &block{header: enc, body: body}, nil
}

func (u *upstream) jsonBlock(ctx context.Context, hash common.Hash) (*block, error) {
	const method = "eth_getBlockByHash"
	r := ask(method, hash, true)
	if err := u.do(ctx, r); err != nil {
		return nil, err
	}
	header, enc, err := u.header(r, &hash, nil)
	if err != nil {
		return nil, err
	}
	form, err := read[struct {
		Transactions []*types.Transaction `json:"transactions"`
		Withdrawals  []*types.Withdrawal  `json:"withdrawals"`
	}](u, r)
	if err != nil {
		return nil, err
	}
	body := &types.Body{Transactions: form.Transactions, Withdrawals: form.Withdrawals}
	if header.WithdrawalsHash != nil && body.Withdrawals == nil {
		body.Withdrawals = []*types.Withdrawal{}
	}
	if header.UncleHash != types.EmptyUncleHash {
		if body.Uncles, err = u.uncles(ctx, hash); err != nil {
			return nil, err
		}
	}
	blob, err := rlp.EncodeToBytes(body)
	if err != nil {
		return nil, u.lie(method, "%w", err)
	}
	return u.checkBlock(method, hash, enc, blob)
}

// maxUncles is how many a block can have (yellow paper, section 11.1).
const maxUncles = 2

func (u *upstream) uncles(ctx context.Context, hash common.Hash) ([]*types.Header, error) {
	var (
		requests [maxUncles]*request
		uncles   []*types.Header
	)
	for i := range requests {
		requests[i] = ask("eth_getUncleByBlockHashAndIndex", hash, hexutil.Uint64(uint64(i)))
	}
	if err := u.do(ctx, requests[:]...); err != nil {
		return nil, err
	}
	for _, r := range requests {
		raw, err := read[json.RawMessage](u, r)
		if faultOf(err) == faultUnknown {
			break
		}
		if err != nil {
			return nil, err
		}
		uncle := new(types.Header)
		if err := json.Unmarshal(raw, uncle); err != nil {
			return nil, u.lie(r.method, "%w", err)
		}
		uncles = append(uncles, uncle)
	}
	return uncles, nil
}

// Body returns a body's RLP by block hash.
func (n *Node) Body(ctx context.Context, hash chain.Hash) ([]byte, error) {
	if err := n.gate.enter(ctx); err != nil {
		return nil, err
	}
	defer n.gate.leave()
	return n.body(ctx, hash)
}

func (n *Node) body(ctx context.Context, hash common.Hash) ([]byte, error) {
	if blob, ok := n.cache.look(kindBody, hash); ok {
		return blob, nil
	}
	if blob := emptyBody(n.cache.header(hash)); blob != nil {
		return blob, nil
	}
	blob, err := share(ctx, n.flights, key("body", hash[:]), func(ctx context.Context) ([]byte, error) {
		if blob, ok := n.cache.get(kindBody, hash); ok {
			return blob, nil // it came since
		}
		b, err := tell(ctx, n, anyNode(), func(ctx context.Context, u *upstream) (*block, error) {
			return u.blockOf(ctx, hash)
		})
		if err != nil {
			return nil, n.whyNot(ctx, hash, err, func(p *profile) *uint64 { return &p.bodies })
		}
		n.cache.put(kindHeader, hash, b.header)
		n.cache.put(kindBody, hash, b.body)
		return b.body, nil
	})
	if err != nil {
		return nil, fmt.Errorf("body of block %x: %w", hash, err)
	}
	return blob, nil
}

// whyNot tells what is gone from what never was: a block whose header is there lost
// its body or receipts. It also takes note of that for the nodes' ranges.
func (n *Node) whyNot(ctx context.Context, hash common.Hash, err error, first func(*profile) *uint64) error {
	f := faultOf(err)
	if f != faultUnknown && f != faultPruned {
		return err
	}
	header, headerErr := n.headerOf(ctx, hash)
	if headerErr != nil {
		return headerErr
	}
	number := header.Number.Uint64()
	if f == faultUnknown && number+keptBranches > n.Head().Number {
		return fmt.Errorf("block %d is not complete here: %w", number, chain.ErrUnavailable)
	}
	// Only blocks of the chain say anything about a range.
	if canonical, err := n.canonical(ctx, number); err == nil && canonical == hash {
		for _, u := range n.ups {
			if !u.isReady(n.cfg.Now()) {
				continue
			}
			u.narrow(func(p *profile) {
				if at := first(p); *at != chain.None && *at <= number {
					*at = number + 1
				}
			})
		}
	}
	return fmt.Errorf("block %d: %w", number, chain.ErrPruned)
}

// keptBranches is how near to the head a block may be one that a node has only the
// header of for a moment, or that was left in a reorganization.
const keptBranches = 64

// emptyBody is the body of a block whose header says that there is nothing in it.
func emptyBody(header *types.Header) []byte {
	if header == nil || header.TxHash != types.EmptyTxsHash || header.UncleHash != types.EmptyUncleHash {
		return nil
	}
	switch {
	case header.WithdrawalsHash == nil:
		return []byte{0xc2, 0xc0, 0xc0}
	case *header.WithdrawalsHash == types.EmptyWithdrawalsHash:
		return []byte{0xc3, 0xc0, 0xc0, 0xc0}
	default:
		return nil
	}
}

// Receipts returns a block's receipts as the receipt trie holds them.
func (n *Node) Receipts(ctx context.Context, hash chain.Hash) ([]byte, error) {
	if err := n.gate.enter(ctx); err != nil {
		return nil, err
	}
	defer n.gate.leave()
	if blob, ok := n.cache.look(kindReceipts, hash); ok {
		return blob, nil
	}
	blob, err := share(ctx, n.flights, key("receipts", hash[:]), func(ctx context.Context) ([]byte, error) {
		if blob, ok := n.cache.get(kindReceipts, hash); ok {
			return blob, nil
		}
		header, err := n.headerOf(ctx, hash)
		if err != nil {
			return nil, err
		}
		return n.fetchReceipts(ctx, hash, header)
	})
	if err != nil {
		return nil, fmt.Errorf("receipts of block %x: %w", hash, err)
	}
	return blob, nil
}

func (n *Node) fetchReceipts(ctx context.Context, hash common.Hash, header *types.Header) ([]byte, error) {
	if header.ReceiptHash == types.EmptyReceiptsHash {
		return []byte{0xc0}, nil
	}
	var hashes []common.Hash
	blob, err := tell(ctx, n, anyNode(), func(ctx context.Context, u *upstream) ([]byte, error) {
		has := u.profile()
		if !has.rawReceipts && !has.blockReceipts && hashes == nil { // one by one
			var err error
			if hashes, err = n.txHashes(ctx, hash, header); err != nil {
				return nil, err
			}
		}
		return u.receipts(ctx, &has, header, hashes)
	})
	if err != nil {
		return nil, n.whyNot(ctx, hash, err, func(p *profile) *uint64 { return &p.receipts })
	}
	n.cache.put(kindReceipts, hash, blob)
	return blob, nil
}

func (n *Node) txHashes(ctx context.Context, hash common.Hash, header *types.Header) ([]common.Hash, error) {
	blob, err := n.body(ctx, hash)
	if err != nil {
		return nil, err
	}
	body, err := proof.VerifyBody(header, blob)
	if err != nil {
		return nil, err
	}
	hashes := make([]common.Hash, len(body.Transactions))
	for i, tx := range body.Transactions {
		hashes[i] = tx.Hash()
	}
	return hashes, nil
}

// receipts reads a block's receipts in the best form that the node has: raw, all as
// JSON, or one by one.
func (u *upstream) receipts(ctx context.Context, has *profile, header *types.Header, txs []common.Hash) ([]byte, error) {
	hash := header.Hash()
	var (
		method string
		enc    []byte
		err    error
	)
	switch {
	case has.rawReceipts:
		method = "debug_getRawReceipts"
		enc, err = u.rawReceipts(ctx, method, hash)
	case has.blockReceipts:
		method = "eth_getBlockReceipts"
		var list types.Receipts
		if list, err = one[types.Receipts](ctx, u, method, hash); err == nil {
			if !whole(list) {
				return nil, u.lie(method, "one of the receipts is null")
			}
			enc, err = rlp.EncodeToBytes(list)
		}
	default:
		method = "eth_getTransactionReceipt"
		enc, err = u.receiptsOneByOne(ctx, method, txs)
	}
	if err != nil {
		return nil, err
	}
	if len(enc) == 1 && header.ReceiptHash != types.EmptyReceiptsHash {
		return nil, u.failed(fmt.Errorf("%s: %w", method, errNull)) // no receipts is what some say who dropped them
	}
	if _, err := proof.VerifyReceiptRoot(header, enc); err != nil {
		return nil, u.lie(method, "%w", err)
	}
	return enc, nil
}

// whole reports whether no receipt is null.
func whole(list types.Receipts) bool { return !slices.Contains(list, nil) }

// rawReceipts wraps typed receipts in strings, as they stand in the list.
func (u *upstream) rawReceipts(ctx context.Context, method string, hash common.Hash) ([]byte, error) {
	raw, err := one[[]hexutil.Bytes](ctx, u, method, hash)
	if err != nil {
		return nil, err
	}
	w := rlp.NewEncoderBuffer(nil)
	list := w.List()
	for _, receipt := range raw {
		if len(receipt) > 0 && receipt[0] >= 0xc0 { // an untyped one is a list
			w.Write(receipt)
		} else {
			w.WriteBytes(receipt)
		}
	}
	w.ListEnd(list)
	return w.ToBytes(), nil
}

func (u *upstream) receiptsOneByOne(ctx context.Context, method string, txs []common.Hash) ([]byte, error) {
	if len(txs) == 0 {
		return []byte{0xc0}, nil
	}
	requests := make([]*request, len(txs))
	for i, tx := range txs {
		requests[i] = ask(method, tx)
	}
	if err := u.do(ctx, requests...); err != nil {
		return nil, err
	}
	list := make(types.Receipts, len(txs))
	for i, r := range requests {
		var err error
		if list[i], err = read[*types.Receipt](u, r); err != nil {
			return nil, err
		}
	}
	var buf bytes.Buffer
	err := rlp.Encode(&buf, list)
	return buf.Bytes(), err
}
