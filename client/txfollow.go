package client

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

const (
	// settledDepth is how deep a mined transaction must lie to be forgotten, if no
	// finalized block says so earlier.
	settledDepth = 128
	// resendAfter is how long a transaction stays unmined before it is sent again.
	resendAfter = time.Minute
	// maxOwn bounds the own transactions that are followed.
	maxOwn = 4096
)

// ErrTooManyTxs: the client follows too many of its own transactions already.
var ErrTooManyTxs = errors.New("too many own transactions are waiting to be mined")

// ownTxs are the transactions that were sent through this client, until they are
// mined for good.
type ownTxs struct {
	c           *Client
	subscribers feed[*types.Transaction]
	mu          struct {
		sync.Mutex
		list []*ownTx // in the order in which they were sent
	}
}

type ownTx struct {
	tx     *types.Transaction
	sender common.Address
	sent   time.Time     // last
	mined  *types.Header // nil while it is not
}

// loadOwnTxs takes over what the database holds.
func loadOwnTxs(c *Client) (*ownTxs, error) {
	o := &ownTxs{c: c}
	stored, err := c.db.Txs(c.ctx)
	if err != nil {
		return nil, err
	}
	for _, s := range stored {
		sender, err := types.Sender(types.LatestSignerForChainID(s.Tx.ChainId()), s.Tx)
		if err != nil {
			continue
		}
		o.mu.list = append(o.mu.list, &ownTx{tx: s.Tx, sender: sender})
	}
	return o, nil
}

// add stores a transaction durably; fresh is false if it was there already.
func (o *ownTxs) add(ctx context.Context, tx *types.Transaction, sender common.Address) (fresh bool, err error) {
	o.mu.Lock()
	known, full := o.find(tx.Hash()) != nil, len(o.mu.list) >= maxOwn
	o.mu.Unlock()
	switch {
	case known:
		return false, nil
	case full:
		return false, ErrTooManyTxs
	}
	if err := o.c.storeTx(ctx, tx); err != nil {
		return false, err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.find(tx.Hash()) != nil {
		return false, nil
	}
	o.mu.list = append(o.mu.list, &ownTx{tx: tx, sender: sender, sent: o.c.now()})
	return true, nil
}

func (o *ownTxs) find(hash common.Hash) *ownTx {
	for _, t := range o.mu.list {
		if t.tx.Hash() == hash {
			return t
		}
	}
	return nil
}

// get returns an own transaction, nil if it is none.
func (o *ownTxs) get(hash common.Hash) *types.Transaction {
	o.mu.Lock()
	defer o.mu.Unlock()
	if t := o.find(hash); t != nil {
		return t.tx
	}
	return nil
}

// drop forgets a transaction.
func (o *ownTxs) drop(hash common.Hash) {
	o.mu.Lock()
	o.mu.list = slices.DeleteFunc(o.mu.list, func(t *ownTx) bool { return t.tx.Hash() == hash })
	o.mu.Unlock()
	if err := o.c.db.DeleteTx(context.WithoutCancel(o.c.ctx), hash); err != nil {
		o.c.log.Error("cannot delete a transaction from the database", "err", err)
	}
}

func (o *ownTxs) pending() []*types.Transaction {
	o.mu.Lock()
	defer o.mu.Unlock()
	out := []*types.Transaction{}
	for _, t := range o.mu.list {
		if t.mined == nil {
			out = append(out, t.tx)
		}
	}
	return out
}

func (o *ownTxs) count() int { return len(o.pending()) }

// nextNonce counts on from the account's nonce over own transactions.
func (o *ownTxs) nextNonce(addr common.Address, nonce uint64) uint64 {
	o.mu.Lock()
	defer o.mu.Unlock()
	own := make(map[uint64]bool)
	for _, t := range o.mu.list {
		if t.sender == addr {
			own[t.tx.Nonce()] = true
		}
	}
	for own[nonce] {
		nonce++
	}
	return nonce
}

// snapshot returns copies, so that nothing is locked while servers are asked.
func (o *ownTxs) snapshot() []ownTx {
	o.mu.Lock()
	defer o.mu.Unlock()
	out := make([]ownTx, len(o.mu.list))
	for i, t := range o.mu.list {
		out[i] = *t
	}
	return out
}

func (o *ownTxs) update(hash common.Hash, change func(*ownTx)) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if t := o.find(hash); t != nil {
		change(t)
	}
}

// followTxs looks after the own transactions at every new head. It runs until the
// client is closed.
func (c *Client) followTxs() {
	defer c.work.Done()
	events := make(chan HeadEvent)
	unsubscribe := c.SubscribeHeads(events)
	defer unsubscribe()
	for {
		select {
		case e := <-events:
			c.reorged(e)
			c.followHead()
		case <-c.ctx.Done():
			return
		}
	}
}

// reorged turns transactions that were mined in a removed block into pending ones,
// to be sent again at once.
func (c *Client) reorged(e HeadEvent) {
	if len(e.Removed) == 0 {
		return
	}
	removed := make(map[common.Hash]bool)
	for _, h := range e.Removed {
		removed[h.Hash()] = true
	}
	c.txs.mu.Lock()
	defer c.txs.mu.Unlock()
	for _, t := range c.txs.mu.list {
		if t.mined != nil && removed[t.mined.Hash()] {
			t.mined, t.sent = nil, time.Time{}
		}
	}
}

// followHead checks each own transaction against the head: mined, settled, replaced
// by another one of the same nonce, or to be sent again.
func (c *Client) followHead() {
	list := c.txs.snapshot()
	if len(list) == 0 {
		return
	}
	heads, err := c.Heads()
	if err != nil {
		return
	}
	ctx, cancel := context.WithTimeout(c.ctx, RequestLimit)
	defer cancel()
	nonces := make(map[common.Address]uint64)
	for _, t := range list {
		if t.mined != nil {
			if settled(t.mined, heads) {
				c.txs.drop(t.tx.Hash())
			}
			continue
		}
		nonce, known := nonces[t.sender]
		if !known {
			account, err := c.Account(ctx, heads.Latest, t.sender)
			if err != nil {
				c.log.Debug("own transactions not checked", "err", err)
				return
			}
			nonce = account.Nonce
			nonces[t.sender] = nonce
		}
		if t.tx.Nonce() < nonce {
			c.passed(ctx, t, heads)
		} else if c.now().Sub(t.sent) >= resendAfter {
			c.resend(ctx, t)
		}
	}
}

// passed deals with a transaction whose nonce has been used: by itself, or by one
// that replaced it, which is only believed when it is old news.
func (c *Client) passed(ctx context.Context, t ownTx, heads Heads) {
	hash := t.tx.Hash()
	found, err := c.findTx(ctx, hash)
	switch {
	case err == nil:
		c.txs.update(hash, func(t *ownTx) { t.mined = found.Header })
	case errors.Is(err, ErrTxUnknown):
		if heads.Finalized == nil {
			return
		}
		account, err := c.Account(ctx, heads.Finalized, t.sender)
		if err == nil && account.Nonce > t.tx.Nonce() {
			c.log.Info("own transaction was replaced", "hash", hash)
			c.txs.drop(hash)
		}
	default:
		c.log.Debug("own transaction not looked up", "hash", hash, "err", err)
	}
}

func settled(mined *types.Header, heads Heads) bool {
	number := mined.Number.Uint64()
	if heads.Finalized != nil && number <= heads.Finalized.Number.Uint64() {
		return true
	}
	return heads.Latest.Number.Uint64() >= number+settledDepth
}

func (c *Client) resend(ctx context.Context, t ownTx) {
	hash := t.tx.Hash()
	c.txs.update(hash, func(t *ownTx) { t.sent = c.now() })
	if err := c.relay(ctx, t.tx); err != nil {
		c.log.Debug("own transaction not sent again", "hash", hash, "err", err)
	}
}
