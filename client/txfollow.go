package client

import (
	"context"
	"errors"
	"maps"
	"math/big"
	"slices"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/txpool"
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
	// lookEvery is how many blocks pass between look-ups of a transaction whose nonce
	// another one seems to have used, after the first few.
	lookEvery = 16
	// priceBump is by how many per cent a replacement must pay more, as go-ethereum's
	// pools want it; blobBump is theirs for transactions with blobs.
	priceBump = 10
	blobBump  = 100
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
		// nonces are those of the accounts, as they were proven last.
		nonces map[common.Address]uint64
	}
}

type ownTx struct {
	tx     *types.Transaction
	sender common.Address
	sent   time.Time     // last
	turns  int           // how often it was sent again
	mined  *types.Header // nil while it is not
	// replaced: a later one of the same nonce was accepted. It may still be mined in
	// that one's place, but nobody is shown it as pending.
	replaced bool
	// passed is the number of the first head at which its nonce was used though it was
	// agreed not to be mined; 0 while that is not so. It is looked up again at look.
	passed, look uint64
}

func (t *ownTx) rival(o *ownTx) bool {
	return t.sender == o.sender && t.tx.Nonce() == o.tx.Nonce() && t.tx.Hash() != o.tx.Hash()
}

// loadOwnTxs takes over what the database holds.
func loadOwnTxs(c *Client) (*ownTxs, error) {
	o := &ownTxs{c: c}
	o.mu.nonces = make(map[common.Address]uint64)
	stored, err := c.db.Txs(c.ctx)
	if err != nil {
		return nil, err
	}
	for _, s := range stored {
		sender, err := types.Sender(types.LatestSignerForChainID(s.Tx.ChainId()), s.Tx)
		if err != nil {
			continue
		}
		t := &ownTx{tx: s.Tx, sender: sender}
		for _, earlier := range o.mu.list {
			earlier.replaced = earlier.replaced || earlier.rival(t)
		}
		o.mu.list = append(o.mu.list, t)
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

// get returns an own transaction that may become part of the chain, nil if it is
// none.
func (o *ownTxs) get(hash common.Hash) *types.Transaction {
	o.mu.Lock()
	defer o.mu.Unlock()
	if t := o.find(hash); t != nil && !t.replaced && t.passed == 0 {
		return t.tx
	}
	return nil
}

// counted takes over an account's proven nonce.
func (o *ownTxs) counted(sender common.Address, nonce uint64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.mu.nonces[sender] = nonce
}

// accepted notes that a server's pool has taken the transaction, in place of
// earlier ones of the same nonce.
func (o *ownTxs) accepted(hash common.Hash) {
	o.mu.Lock()
	defer o.mu.Unlock()
	last := o.find(hash)
	if last == nil || last.replaced {
		return
	}
	for _, t := range o.mu.list {
		if t == last {
			break
		}
		t.replaced = t.replaced || t.rival(last)
	}
}

// mayReplace says as a pool would whether the transaction pays enough to take the
// place of an earlier one.
func (o *ownTxs) mayReplace(tx *types.Transaction, sender common.Address) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, t := range o.mu.list {
		if t.sender == sender && t.tx.Nonce() == tx.Nonce() && t.tx.Hash() != tx.Hash() &&
			t.mined == nil && !t.replaced && !paysMore(tx, t.tx) {
			return txpool.ErrReplaceUnderpriced
		}
	}
	return nil
}

// paysMore compares as go-ethereum's pools do: both prices must be higher, and by
// the bump, rounded down.
func paysMore(tx, old *types.Transaction) bool {
	bump := int64(priceBump)
	if tx.Type() == types.BlobTxType {
		bump = blobBump
	}
	more := func(price, than *big.Int) bool {
		least := new(big.Int).Mul(than, big.NewInt(100+bump))
		return price.Cmp(than) > 0 && price.Cmp(least.Div(least, big.NewInt(100))) >= 0
	}
	return more(tx.GasFeeCap(), old.GasFeeCap()) && more(tx.GasTipCap(), old.GasTipCap())
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

// pending returns what can be mined now, in the order in which it was sent.
func (o *ownTxs) pending() []*types.Transaction {
	o.mu.Lock()
	defer o.mu.Unlock()
	type place struct {
		sender common.Address
		nonce  uint64
	}
	own := make(map[place]bool)
	first := make(map[common.Address]uint64)
	for _, t := range o.mu.list {
		nonce := t.tx.Nonce()
		own[place{t.sender, nonce}] = true
		if lowest, known := first[t.sender]; !known || nonce < lowest {
			first[t.sender] = nonce // as long as no head has told
		}
	}
	maps.Copy(first, o.mu.nonces)
	end := make(map[common.Address]uint64)
	for sender, nonce := range first {
		for own[place{sender, nonce}] {
			nonce++
		}
		end[sender] = nonce
	}
	out := []*types.Transaction{}
	for _, t := range o.mu.list {
		nonce := t.tx.Nonce()
		if t.mined == nil && !t.replaced && nonce >= first[t.sender] && nonce < end[t.sender] {
			out = append(out, t.tx)
		}
	}
	return out
}

// count is how many are not mined, those behind a gap included.
func (o *ownTxs) count() (n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, t := range o.mu.list {
		if t.mined == nil && !t.replaced && t.passed == 0 {
			n++
		}
	}
	return n
}

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
				c.txs.settle(&t)
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
			c.txs.counted(t.sender, nonce)
		}
		switch {
		case t.tx.Nonce() < nonce:
			c.passed(ctx, t, heads)
		case t.passed != 0: // a reorg has undone that
			c.txs.update(t.tx.Hash(), func(t *ownTx) { t.passed = 0 })
		case !t.replaced && c.now().Sub(t.sent) >= resendAfter:
			c.resend(ctx, t)
		}
	}
}

// passed deals with a transaction whose nonce has been used: by itself, or by one
// that replaced it, which is only believed when it is old news: in the finalized
// block, or settledDepth blocks after it was noticed.
func (c *Client) passed(ctx context.Context, t ownTx, heads Heads) {
	hash, top := t.tx.Hash(), heads.Latest.Number.Uint64()
	if c.txs.rivalMined(&t) {
		return // both go when that is settled
	}
	if t.passed != 0 && top < t.look {
		return
	}
	since := top - min(t.passed, top)
	found, err := c.findTx(ctx, hash)
	switch {
	case err == nil:
		c.txs.update(hash, func(t *ownTx) { t.mined, t.passed = found.Header, 0 })
	case errors.Is(err, ErrTxUnknown):
		c.txs.update(hash, func(t *ownTx) {
			if t.passed == 0 {
				t.passed, since = top, 0
			}
			if t.look = top + 1; since > 4 {
				t.look = top + lookEvery
			}
		})
		if t.passed != 0 && since >= settledDepth || c.finallyPassed(ctx, &t, heads) {
			c.log.Info("own transaction was replaced", "hash", hash)
			c.txs.drop(hash)
		}
	default:
		c.log.Debug("own transaction not looked up", "hash", hash, "err", err)
	}
}

func (c *Client) finallyPassed(ctx context.Context, t *ownTx, heads Heads) bool {
	if heads.Finalized == nil {
		return false
	}
	account, err := c.Account(ctx, heads.Finalized, t.sender)
	return err == nil && account.Nonce > t.tx.Nonce()
}

// rivalMined reports whether another own transaction of the same nonce is mined.
func (o *ownTxs) rivalMined(t *ownTx) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.ContainsFunc(o.mu.list, func(other *ownTx) bool { return other.mined != nil && other.rival(t) })
}

// settle forgets a transaction that is mined for good, and those that it replaced.
func (o *ownTxs) settle(t *ownTx) {
	for _, other := range o.snapshot() {
		if other.rival(t) {
			o.drop(other.tx.Hash())
		}
	}
	o.drop(t.tx.Hash())
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
	c.txs.update(hash, func(t *ownTx) { t.sent, t.turns = c.now(), t.turns+1 })
	if _, err := c.relay(ctx, t.tx, t.turns+1); err != nil {
		c.log.Debug("own transaction not sent again", "hash", hash, "err", err)
		return
	}
	c.txs.accepted(hash)
}
