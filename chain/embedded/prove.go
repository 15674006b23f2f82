package embedded

import (
	"context"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/triedb/database"

	"github.com/candela-les/candela/chain"
)

// stateAt is the state after one block, opened for reading nodes.
type stateAt struct {
	n      *Node
	header *types.Header
	reader database.NodeReader
}

// stateOf opens the state after a block.
func (n *Node) stateOf(block chain.Hash) (stateAt, error) {
	header := n.bc.GetHeaderByHash(block)
	if header == nil {
		return stateAt{}, fmt.Errorf("block %x: %w", block, chain.ErrUnknown)
	}
	reader, err := n.bc.TrieDB().NodeReader(header.Root)
	if err != nil {
		return stateAt{}, fmt.Errorf("state after block %d: %w", header.Number, chain.ErrPruned)
	}
	return stateAt{n: n, header: header, reader: reader}, nil
}

// failed turns an error of a walk into the right kind: a state that was there
// when the request began may have been merged away during it.
func (s stateAt) failed(err error) error {
	if !s.n.bc.HasState(s.header.Root) {
		return fmt.Errorf("state after block %d: %w", s.header.Number, chain.ErrPruned)
	}
	return fmt.Errorf("state after block %d: %w: %w", s.header.Number, chain.ErrUnavailable, err)
}

// account walks to an account and returns it, nil if there is none.
func (s stateAt) account(hash common.Hash, add func(common.Hash, []byte)) (*types.StateAccount, error) {
	w := trieWalker{reader: s.reader, cache: s.n.nodes, root: s.header.Root}
	value, err := w.walk(hash[:], add)
	if err != nil {
		return nil, s.failed(err)
	}
	if value == nil {
		return nil, nil
	}
	account := new(types.StateAccount)
	if err := rlp.DecodeBytes(value, account); err != nil {
		return nil, s.failed(fmt.Errorf("account %x: %w", hash, err))
	}
	return account, nil
}

// slot walks to a storage slot of an account.
func (s stateAt) slot(owner, root, hash common.Hash, add func(common.Hash, []byte)) error {
	w := trieWalker{reader: s.reader, cache: s.n.nodes, owner: owner, root: root}
	if _, err := w.walk(hash[:], add); err != nil {
		return s.failed(err)
	}
	return nil
}

// code returns the code of an account, nil if it has none.
func (s stateAt) code(account *types.StateAccount) ([]byte, error) {
	hash := common.BytesToHash(account.CodeHash)
	if hash == types.EmptyCodeHash {
		return nil, nil
	}
	code := s.n.bc.CodeDB().Reader().Code(common.Address{}, hash)
	if len(code) == 0 {
		return nil, s.failed(fmt.Errorf("code %x is missing", hash))
	}
	return code, nil
}

// collector gathers a witness and keeps each node and code once, up to what a
// witness may hold.
type collector struct {
	seen    map[common.Hash]struct{}
	witness chain.Witness
	size    int // bytes gathered
}

func newCollector() *collector { return &collector{seen: make(map[common.Hash]struct{})} }

func (c *collector) fresh(hash common.Hash) bool {
	if _, ok := c.seen[hash]; ok {
		return false
	}
	c.seen[hash] = struct{}{}
	return true
}

func (c *collector) node(hash common.Hash, blob []byte) {
	if c.fresh(hash) {
		c.size += len(blob)
		c.witness.Nodes = append(c.witness.Nodes, blob)
	}
}

func (c *collector) code(hash common.Hash, code []byte) {
	if len(code) > 0 && c.fresh(hash) {
		c.size += len(code)
		c.witness.Codes = append(c.witness.Codes, code)
	}
}

// header adds a header that BLOCKHASH reached.
func (c *collector) header(header *types.Header) error {
	blob, err := rlp.EncodeToBytes(header)
	if err != nil {
		return fmt.Errorf("encode header %d: %w", header.Number, err)
	}
	c.size += len(blob)
	c.witness.Headers = append(c.witness.Headers, blob)
	return nil
}

// open fails when the collector is to gather no more: there is too much already, or
// nobody waits for it.
func (c *collector) open(ctx context.Context, n *Node) error {
	if c.size > chain.MaxWitness {
		return tooLarge()
	}
	return n.alive(ctx)
}

func tooLarge() error {
	return fmt.Errorf("witness of more than %d bytes: %w", chain.MaxWitness, chain.ErrTooMuch)
}

// prove adds all that answers one query about an account.
func (c *collector) prove(
	ctx context.Context, s stateAt, address common.Address, slots []chain.Hash, code bool,
) error {
	if err := c.open(ctx, s.n); err != nil {
		return err
	}
	owner := crypto.Keccak256Hash(address[:])
	account, err := s.account(owner, c.node)
	if err != nil || account == nil {
		return err
	}
	for _, slot := range slots {
		if err := c.open(ctx, s.n); err != nil {
			return err
		}
		if err := s.slot(owner, account.Root, crypto.Keccak256Hash(slot[:]), c.node); err != nil {
			return err
		}
	}
	if !code {
		return nil
	}
	blob, err := s.code(account)
	if err != nil {
		return err
	}
	c.code(common.BytesToHash(account.CodeHash), blob)
	return nil
}

// Prove proves accounts, slots and codes by plain keys; see chain.Source.
func (n *Node) Prove(ctx context.Context, queries []chain.StateQuery) (chain.Witness, error) {
	if err := n.gate.enter(ctx); err != nil {
		return chain.Witness{}, err
	}
	defer n.gate.leave()
	c := newCollector()
	var (
		s    stateAt
		last chain.Hash
	)
	for i, q := range queries {
		if i == 0 || q.Block != last {
			var err error
			if s, err = n.stateOf(q.Block); err != nil {
				return chain.Witness{}, err
			}
			last = q.Block
		}
		if err := c.prove(ctx, s, q.Address, q.Slots, q.Code); err != nil {
			return chain.Witness{}, err
		}
	}
	if err := c.open(ctx, n); err != nil {
		return chain.Witness{}, err
	}
	return c.witness, nil
}

// ProveHashed proves one account or slot by its hashed key; see chain.Source. A
// slot of an account that does not exist is ErrUnknown.
func (n *Node) ProveHashed(ctx context.Context, q chain.HashedQuery, add func(node []byte)) error {
	if err := n.gate.enter(ctx); err != nil {
		return err
	}
	defer n.gate.leave()
	if len(q.Key) != common.HashLength || (len(q.Account) != 0 && len(q.Account) != common.HashLength) {
		return fmt.Errorf("hashed key of %d bytes: %w", len(q.Key), chain.ErrUnknown)
	}
	s, err := n.stateOf(q.Block)
	if err != nil {
		return err
	}
	level := uint(0)
	pass := func(_ common.Hash, blob []byte) {
		if level >= q.FromLevel {
			add(blob)
		}
		level++
	}
	if len(q.Account) == 0 {
		w := trieWalker{reader: s.reader, cache: n.nodes, root: s.header.Root}
		if _, err := w.walk(q.Key, pass); err != nil {
			return s.failed(err)
		}
		return nil
	}
	owner := common.Hash(q.Account)
	account, err := s.known(owner)
	if err != nil {
		return err
	}
	return s.slot(owner, account.Root, common.Hash(q.Key), pass)
}

// CodeHashed returns the code of an account by its hashed address. An account
// without code has an empty one; no account is ErrUnknown.
func (n *Node) CodeHashed(ctx context.Context, block chain.Hash, account []byte) ([]byte, error) {
	if err := n.gate.enter(ctx); err != nil {
		return nil, err
	}
	defer n.gate.leave()
	if len(account) != common.HashLength {
		return nil, fmt.Errorf("hashed address of %d bytes: %w", len(account), chain.ErrUnknown)
	}
	s, err := n.stateOf(block)
	if err != nil {
		return nil, err
	}
	found, err := s.known(common.Hash(account))
	if err != nil {
		return nil, err
	}
	return s.code(found)
}

// known returns an account that has to exist.
func (s stateAt) known(hash common.Hash) (*types.StateAccount, error) {
	account, err := s.account(hash, func(common.Hash, []byte) {})
	if err == nil && account == nil {
		err = fmt.Errorf("account %x: %w", hash, chain.ErrUnknown)
	}
	return account, err
}
