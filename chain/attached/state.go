package attached

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/proof"
)

// want is what is asked of one account.
type want struct {
	address common.Address
	slots   []common.Hash // sorted, each once
	code    bool
}

// wants are what is asked of one state, one entry for each account, in the order of
// their addresses.
type wants []*want

// add merges one more wish into the list.
func (w *wants) add(address common.Address, code bool, slots ...common.Hash) {
	at, found := slices.BinarySearchFunc(*w, address, func(one *want, address common.Address) int {
		return one.address.Cmp(address)
	})
	if !found {
		*w = slices.Insert(*w, at, &want{address: address})
	}
	one := (*w)[at]
	one.code = one.code || code
	for _, slot := range slots {
		if i, found := slices.BinarySearchFunc(one.slots, slot, common.Hash.Cmp); !found {
			one.slots = slices.Insert(one.slots, i, slot)
		}
	}
}

// size is how many accounts and slots are wished for.
func (w wants) size() int {
	size := len(w)
	for _, one := range w {
		size += len(one.slots)
	}
	return size
}

// key names the wishes in one state.
func (w wants) key(root common.Hash) string {
	var b bytes.Buffer
	b.WriteString("state")
	b.Write(root[:])
	for _, one := range w {
		b.Write(one.address[:])
		if one.code {
			b.WriteByte(1)
		}
		b.WriteByte(0)
		for _, slot := range one.slots {
			b.Write(slot[:])
		}
	}
	return b.String()
}

// evidence is what answers wishes: nodes and codes, each once.
type evidence struct {
	seen  map[common.Hash]struct{}
	nodes [][]byte
	codes [][]byte
	size  int // bytes
}

func newEvidence() *evidence { return &evidence{seen: make(map[common.Hash]struct{})} }

func (e *evidence) addNodes(nodes [][]byte) {
	for _, node := range nodes {
		if e.fresh(crypto.Keccak256Hash(node)) {
			e.nodes, e.size = append(e.nodes, node), e.size+len(node)
		}
	}
}

func (e *evidence) addCode(hash common.Hash, code []byte) {
	if len(code) > 0 && e.fresh(hash) {
		e.codes, e.size = append(e.codes, code), e.size+len(code)
	}
}

func (e *evidence) fresh(hash common.Hash) bool {
	_, ok := e.seen[hash]
	e.seen[hash] = struct{}{}
	return !ok
}

func (e *evidence) tooLarge() error {
	if e.size <= chain.MaxWitness {
		return nil
	}
	return fmt.Errorf("witness of more than %d bytes: %w", chain.MaxWitness, chain.ErrTooMuch)
}

// Prove proves accounts, slots and codes by plain keys; see chain.Source.
func (n *Node) Prove(ctx context.Context, queries []chain.StateQuery) (chain.Witness, error) {
	if err := n.gate.enter(ctx); err != nil {
		return chain.Witness{}, err
	}
	defer n.gate.leave()
	// All that is asked of one block is asked of the node at once.
	blocks := make(map[common.Hash]*wants)
	var order []common.Hash
	for _, q := range queries {
		w := blocks[q.Block]
		if w == nil {
			w = new(wants)
			blocks[q.Block], order = w, append(order, q.Block)
		}
		slots := make([]common.Hash, len(q.Slots))
		for i, slot := range q.Slots {
			slots[i] = slot
		}
		w.add(q.Address, q.Code, slots...)
	}
	e := newEvidence()
	for _, block := range order {
		header, err := n.headerOf(ctx, block)
		if err != nil {
			return chain.Witness{}, err
		}
		if err := n.prove(ctx, header, *blocks[block], e); err != nil {
			return chain.Witness{}, fmt.Errorf("state after block %d: %w", header.Number, err)
		}
	}
	if err := ctx.Err(); err != nil {
		return chain.Witness{}, err
	}
	return chain.Witness{Nodes: e.nodes, Codes: e.codes}, nil
}

// prove adds what answers the wishes, asking for what is not kept.
func (n *Node) prove(ctx context.Context, header *types.Header, list wants, e *evidence) error {
	missing := n.gather(header.Root, list, e)
	n.cache.counted(len(missing) == 0)
	if len(missing) > 0 {
		got, err := n.fetchState(ctx, header, missing)
		if err != nil {
			return err
		}
		e.addNodes(got.nodes)
		for _, code := range got.codes {
			e.addCode(crypto.Keccak256Hash(code), code)
		}
	}
	return e.tooLarge()
}

// gather adds what is kept and returns what is not.
func (n *Node) gather(root common.Hash, list wants, e *evidence) (missing wants) {
	for _, w := range list {
		account, nodes, err := n.cache.account(root, w.address)
		if err != nil {
			missing = append(missing, w)
			continue
		}
		e.addNodes(nodes)
		if account == nil {
			continue
		}
		rest := &want{address: w.address}
		for _, slot := range w.slots {
			nodes, err := n.cache.slot(account.Root, slot)
			if err != nil {
				rest.slots = append(rest.slots, slot)
				continue
			}
			e.addNodes(nodes)
		}
		if hash := common.BytesToHash(account.CodeHash); w.code {
			code, ok := n.cache.code(hash)
			rest.code = !ok
			e.addCode(hash, code)
		}
		if rest.code || len(rest.slots) > 0 {
			missing = append(missing, rest)
		}
	}
	return missing
}

// fetchState asks a node for what is not kept, and keeps it. Identical questions are
// merged.
func (n *Node) fetchState(ctx context.Context, header *types.Header, list wants) (*evidence, error) {
	return share(ctx, n.flights, list.key(header.Root), func(ctx context.Context) (*evidence, error) {
		// Somebody else's question may have been answered since this one found nothing.
		if e := newEvidence(); len(n.gather(header.Root, list, e)) == 0 {
			return e, nil
		}
		return tell(ctx, n, n.stateOf(header), func(ctx context.Context, u *upstream) (*evidence, error) {
			e, err := n.stateFrom(ctx, u, header, list)
			return e, n.stateFault(u, header, err)
		})
	})
}

// stateOf is the need for the state after a block.
func (n *Node) stateOf(header *types.Header) need {
	number, head := header.Number.Uint64(), n.Head().Number
	none := chain.ErrUnsupported
	for _, u := range n.ups {
		if u.profile().proof {
			none = chain.ErrPruned
		}
	}
	return need{
		what: "state", none: none,
		can: func(p *profile) bool { return p.proof && p.state.has(number, head) },
	}
}

// stateFault says what a failure to read state means. A node that has lost a state
// says so in words of its own; if it refuses a block that it should have, the range
// is looked at again.
func (n *Node) stateFault(u *upstream, header *types.Header, err error) error {
	f := faultOf(err)
	if f != faultPruned && f != faultRefused && f != faultUnknown {
		return err
	}
	number, head := header.Number.Uint64(), u.headNumber()
	if f != faultPruned && number+1 >= head {
		return fmt.Errorf("%w: %w", chain.ErrUnavailable, err) // it may be about to have it
	}
	u.mu.Lock()
	expected := u.mu.has.state.from(head) <= number
	if expected {
		u.mu.recheck = true
	}
	u.mu.Unlock()
	if expected {
		u.look()
	}
	return fmt.Errorf("%w: %s", chain.ErrPruned, err.Error())
}

// stateFrom reads state from one node, in one message if its code is known or asked
// for at the same time.
func (n *Node) stateFrom(ctx context.Context, u *upstream, header *types.Header, list wants) (*evidence, error) {
	has := u.profile()
	block := stateBlock(&has, header)
	proofs, codes := make([]*request, len(list)), make([]*request, len(list))
	var all []*request
	for i, w := range list {
		slots := make([]string, len(w.slots))
		for j, slot := range w.slots {
			slots[j] = slot.Hex()
		}
		proofs[i] = ask("eth_getProof", w.address, slots, block)
		all = append(all, proofs[i])
		if w.code && !n.guessCode(w.address) {
			codes[i] = ask("eth_getCode", w.address, block)
			all = append(all, codes[i])
		}
	}
	if err := u.do(ctx, all...); err != nil {
		return nil, err
	}
	e := newEvidence()
	accounts := make([]*types.StateAccount, len(list))
	for i, w := range list {
		var err error
		if accounts[i], err = n.readProof(u, proofs[i], header, w, e); err != nil {
			return nil, n.moved(ctx, u, header, &has, err)
		}
	}
	return e, n.readCodes(ctx, u, block, list, accounts, codes, e)
}

// readProof verifies one answer to eth_getProof and keeps what it proves.
func (n *Node) readProof(u *upstream, r *request, header *types.Header, w *want, e *evidence) (*types.StateAccount, error) {
	answer, err := read[accountProof](u, r)
	if err != nil {
		return nil, err
	}
	set := proof.NewNodeSet(answer.nodes()...)
	account, nodes, err := proof.AccountPath(header.Root, w.address, set)
	if err != nil {
		return nil, u.lie(r.method, "%w", err)
	}
	for _, slot := range w.slots {
		if account == nil {
			break
		}
		_, path, err := proof.StoragePath(account.Root, slot, set)
		if err != nil {
			return nil, u.lie(r.method, "%w", err)
		}
		nodes = append(nodes, path...)
	}
	n.cache.putNodes(nodes)
	e.addNodes(nodes)
	return account, nil
}

// moved tells a lie from a reorganization where state can only be asked for by the
// number of a block.
func (n *Node) moved(ctx context.Context, u *upstream, header *types.Header, has *profile, err error) error {
	if !has.numbered || faultOf(err) != faultLie {
		return err
	}
	now, _, headerErr := u.headerAt(ctx, header.Number.Uint64())
	if headerErr == nil && now.Hash() == header.Hash() {
		return err
	}
	return u.failed(fmt.Errorf("block %d is no longer canonical: %w", header.Number, chain.ErrUnavailable))
}

// guessCode reports whether the code that an account was last seen with is kept, so
// that it is probably not worth asking for.
func (n *Node) guessCode(address common.Address) bool {
	hash, ok := n.cache.codeOf.Get(address)
	if !ok {
		return false
	}
	_, ok = n.cache.code(hash)
	return ok
}

// readCodes verifies codes that were asked for and asks for those where the guess was
// wrong.
func (n *Node) readCodes(
	ctx context.Context, u *upstream, block any, list wants, accounts []*types.StateAccount, codes []*request, e *evidence,
) error {
	var late []*request
	for i, w := range list {
		if !w.code || accounts[i] == nil {
			codes[i] = nil
			continue
		}
		hash := common.BytesToHash(accounts[i].CodeHash)
		n.cache.codeOf.Add(w.address, hash)
		if code, ok := n.cache.code(hash); ok {
			e.addCode(hash, code)
			codes[i] = nil
			continue
		}
		if codes[i] == nil {
			codes[i] = ask("eth_getCode", w.address, block)
			late = append(late, codes[i])
		}
	}
	if len(late) > 0 {
		if err := u.do(ctx, late...); err != nil {
			return err
		}
	}
	for i, r := range codes {
		if r == nil {
			continue
		}
		code, err := read[hexutil.Bytes](u, r)
		if err != nil {
			return err
		}
		hash := common.BytesToHash(accounts[i].CodeHash)
		if err := proof.VerifyCode(hash, code); err != nil {
			return u.lie(r.method, "%w", err)
		}
		n.cache.put(kindCode, hash, code)
		e.addCode(hash, code)
	}
	return nil
}

// asMissing returns the hash of the node that a proof lacks.
func asMissing(err error) (common.Hash, bool) {
	var missing *proof.MissingNodeError
	if !errors.As(err, &missing) {
		return common.Hash{}, false
	}
	return missing.Hash, true
}

// ProveHashed is not supported: eth_getProof takes plain keys only.
func (n *Node) ProveHashed(ctx context.Context, _ chain.HashedQuery, _ func([]byte)) error {
	return n.unsupported(ctx, "proofs by hashed keys")
}

// CodeHashed is not supported, for the same reason.
func (n *Node) CodeHashed(ctx context.Context, _ chain.Hash, _ []byte) ([]byte, error) {
	return nil, n.unsupported(ctx, "code by hashed address")
}

// ProveHelper is not supported: a node's JSON-RPC has no helper tries.
func (n *Node) ProveHelper(ctx context.Context, _ chain.HelperQuery, _ func([]byte)) error {
	return n.unsupported(ctx, "helper tries")
}

func (n *Node) unsupported(ctx context.Context, what string) error {
	if err := n.gate.enter(ctx); err != nil {
		return err
	}
	defer n.gate.leave()
	return fmt.Errorf("%s: %w", what, chain.ErrUnsupported)
}
