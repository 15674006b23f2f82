package client

import (
	"context"
	"encoding/binary"
	"errors"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/client/election"
	"github.com/candela-les/candela/client/schedule"
	"github.com/candela-les/candela/client/store"
	"github.com/candela-les/candela/proof/evm"
	"github.com/candela-les/candela/wire"
)

// chainConfig is a configuration with its canonical encoding and hash.
type chainConfig struct {
	params *params.ChainConfig
	enc    []byte
	hash   [32]byte
}

// rules is the chain configuration in use, and what the elected fraction signs
// against it. Client.mu guards it.
type rules struct {
	chain   *chainConfig // nil until known
	elected common.Hash  // the last one that the fraction signed; zero before that
	rival   *rival       // nil while elected is the one in use

	// agreed is the newest head that was elected together with the configuration in
	// use: up to there it was right. It is stored while there is a rival, because the
	// headers that are stored then go on past it.
	agreed       blockTime
	agreedStored bool
}

// blockTime is a block as fork schedules see it.
type blockTime struct{ number, time uint64 }

// rival is an elected configuration that is not the one in use.
type rival struct {
	hash  common.Hash
	from  schedule.Point // from where the two may disagree
	final bool           // from has been worked out; before, it is a guess
	known chan struct{}  // closed when final, or when the rival is none any more
	head  blockTime      // newest head that was elected together with it

	fetching bool
	warned   bool
	retry    failedFetch
}

// Config returns the chain configuration in use, nil while none is known. It must
// not be changed. What depends on a block's rules asks ConfigAt.
func (c *Client) Config() *params.ChainConfig {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.mu.rules.chain == nil {
		return nil
	}
	return c.mu.rules.chain.params
}

// ConfigAt returns the configuration for what depends on the rules of header's
// block: ErrNoConfig while none is known, a *ConfigError if the trusted servers go
// by other rules there. It must not be changed.
func (c *Client) ConfigAt(ctx context.Context, header *types.Header) (*params.ChainConfig, error) {
	return c.rulesAt(ctx, header.Number.Uint64(), header.Time)
}

// rulesAt is ConfigAt for a number and time. While an elected configuration is being
// fetched nobody knows whether it matters, so that is waited for.
func (c *Client) rulesAt(ctx context.Context, number, at uint64) (*params.ChainConfig, error) {
	var limit <-chan time.Time
	for {
		config, wait, err := c.rulesNow(number, at)
		if wait == nil {
			return config, err
		}
		if limit == nil {
			timer := time.NewTimer(c.cfg.ServerWait)
			defer timer.Stop()
			limit = timer.C
		}
		select {
		case <-wait:
		case <-limit:
			return nil, err
		case <-ctx.Done():
			return nil, errors.Join(err, context.Cause(ctx))
		case <-c.ctx.Done():
			return nil, ErrClosed
		}
	}
}

// rulesNow answers at once. Where wait is not nil, err may turn out differently once
// that is closed.
func (c *Client) rulesNow(number, at uint64) (config *params.ChainConfig, wait <-chan struct{}, err error) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	r := &c.mu.rules
	switch {
	case r.chain == nil && (r.rival == nil || !r.rival.final):
		return nil, nil, ErrNoConfig
	case r.chain != nil && (r.rival == nil || !r.rival.from.Reached(number, at)):
		return r.chain.params, nil, nil
	}
	e := &ConfigError{Number: number, Time: at, Elected: r.rival.hash}
	if r.chain != nil {
		e.InUse = r.chain.hash
	}
	if !r.rival.final {
		wait = r.rival.known
	}
	return nil, wait, e
}

// rulesOf returns the configuration for a call, which may pretend to be in another
// block than that of its header.
func (c *Client) rulesOf(ctx context.Context, call *evm.Call) (*params.ChainConfig, error) {
	number, at := call.Header.Number.Uint64(), call.Header.Time
	config, err := c.rulesAt(ctx, number, at)
	o := call.BlockOverrides
	if err != nil || o == nil {
		return config, err
	}
	if o.Number != nil && o.Number.ToInt().IsUint64() {
		number = o.Number.ToInt().Uint64()
	}
	if o.Time != nil {
		at = uint64(*o.Time)
	}
	return c.rulesAt(ctx, number, at)
}

// weigh compares the configuration in use with the one that the fraction has signed.
// Only the follower's loop calls it, after each election. Head is nil while there
// is none.
func (c *Client) weigh(r election.Result, head *types.Header) {
	if r.Chain == ([32]byte{}) {
		return // the fraction is of several minds, which is not for anything
	}
	var agreed *blockTime // to be stored; a zero one is to be forgotten
	c.mu.Lock()
	k := &c.mu.rules
	k.elected = r.Chain
	if k.chain != nil && k.chain.hash == r.Chain {
		c.endRival()
		if head != nil {
			k.agreed = blockTime{head.Number.Uint64(), head.Time}
		}
		if k.agreedStored {
			k.agreedStored, agreed = false, new(blockTime)
		}
		c.mu.Unlock()
		c.storeAgreed(agreed)
		return
	}
	if k.rival == nil || k.rival.hash != r.Chain {
		c.endRival()
		k.rival = &rival{hash: r.Chain, known: make(chan struct{})}
		if k.chain != nil {
			k.rival.from = schedule.After(k.agreed.number, k.agreed.time)
			if !k.agreedStored && c.cfg.Chain == nil {
				at := k.agreed
				k.agreedStored, agreed = true, &at
			}
		}
	}
	rv := k.rival
	if head != nil {
		rv.head = blockTime{head.Number.Uint64(), head.Time}
	}
	start := !rv.final && !rv.fetching && !c.now().Before(rv.retry.until)
	rv.fetching = rv.fetching || start
	c.mu.Unlock()
	c.storeAgreed(agreed)
	if !start || !c.enter() {
		return
	}
	go func() {
		defer c.work.Done()
		enc, err := c.fetchConfig(c.ctx, rv.hash)
		if err != nil {
			c.missed(rv, err)
			return
		}
		c.adopt(rv, enc, r.Genesis)
	}()
}

// endRival forgets the rival. Client.mu must be held.
func (c *Client) endRival() {
	if rv := c.mu.rules.rival; rv != nil && !rv.final {
		close(rv.known)
	}
	c.mu.rules.rival = nil
}

// missed: nobody gave the elected configuration. It is asked for again later.
func (c *Client) missed(rv *rival, err error) {
	c.mu.Lock()
	rv.fetching = false
	rv.retry.delay = min(max(2*rv.retry.delay, retryFetch), retryLongest)
	rv.retry.until = c.now().Add(rv.retry.delay)
	// Whoever has it may only not be connected yet.
	warn := !rv.warned && rv.retry.delay > 4*retryFetch && c.mu.rules.chain != nil
	rv.warned = rv.warned || warn
	c.mu.Unlock()
	if warn && c.ctx.Err() == nil {
		c.log.Warn("the trusted servers sign a chain configuration that nobody serves; what depends on it waits", "hash", rv.hash, "err", err)
	}
	time.AfterFunc(rv.retry.delay, c.follow.poke)
}

// adopt takes the elected configuration into use, or finds out from where on it
// disagrees with the one in use. A given configuration is never replaced, a learned
// one only by one that has the same past: it is what the headers so far were
// executed by, whatever anybody signs today.
func (c *Client) adopt(rv *rival, enc []byte, genesis common.Hash) {
	decoded, err := wire.DecodeConfig(enc)
	c.mu.RLock()
	old, agreed := c.mu.rules.chain, c.mu.rules.agreed
	c.mu.RUnlock()
	if old == nil && err == nil {
		c.take(rv, &chainConfig{decoded, enc, rv.hash}, genesis)
		c.log.Info("chain configuration learned from the trusted servers", "chainId", decoded.ChainID, "hash", rv.hash)
		return
	}
	from := schedule.Point{}
	if old != nil {
		from = diverge(old.enc, enc)
	}
	if err == nil && c.cfg.Chain == nil && !from.Reached(agreed.number, agreed.time) {
		c.take(rv, &chainConfig{decoded, enc, rv.hash}, genesis)
		c.log.Info("chain configuration replaced by the one that the trusted servers sign now", "hash", rv.hash, "differsFrom", from)
		return
	}
	c.mu.Lock()
	if c.mu.rules.rival != rv {
		c.mu.Unlock()
		return
	}
	rv.from, rv.final = from, true
	close(rv.known)
	c.mu.Unlock()
	c.log.Warn("the trusted servers sign another chain configuration; calls, fees and receipts fail from where it differs: update candela",
		"elected", rv.hash, "differsFrom", from, "err", err)
}

// take stores a configuration and uses it from now on.
func (c *Client) take(rv *rival, chain *chainConfig, genesis common.Hash) {
	// Kept before it is used, also when the client is just being closed.
	keep := context.WithoutCancel(c.ctx)
	err := errors.Join(
		c.db.PutMeta(keep, store.MetaConfig, chain.enc),
		c.db.PutMeta(keep, store.MetaGenesis, genesis[:]),
		c.db.PutMeta(keep, store.MetaAgreed, nil),
	)
	if err != nil {
		c.log.Error("cannot store the chain configuration", "err", err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.mu.rules.rival != rv {
		return // the fraction signs yet another one by now
	}
	c.endRival()
	c.mu.rules.chain, c.mu.rules.agreedStored = chain, false
	if rv.head != (blockTime{}) {
		c.mu.rules.agreed = rv.head
	}
	c.caches.receipts.Clear() // derived by the old one
}

// diverge says from where on two encoded configurations may disagree.
func diverge(a, b []byte) schedule.Point {
	one, err := schedule.Parse(a)
	if err != nil {
		return schedule.Point{}
	}
	other, err := schedule.Parse(b)
	if err != nil {
		return schedule.Point{}
	}
	return schedule.Diverge(one, other)
}

// storeAgreed keeps the block up to which the configuration in use was right.
func (c *Client) storeAgreed(at *blockTime) {
	if at == nil {
		return
	}
	var enc []byte
	if *at != (blockTime{}) {
		enc = binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, at.number), at.time)
	}
	if err := c.db.PutMeta(context.WithoutCancel(c.ctx), store.MetaAgreed, enc); err != nil {
		c.log.Error("cannot store up to where the chain configuration was agreed on", "err", err)
	}
}

// loadRules takes over the given configuration, or the one that was learned before.
// Headers are the stored ones, ascending.
func (c *Client) loadRules(headers []*types.Header) error {
	if c.cfg.Chain != nil {
		return nil // loaded before
	}
	enc, err := c.db.Meta(c.ctx, store.MetaConfig)
	if err != nil || enc == nil {
		return err
	}
	decoded, err := wire.DecodeConfig(enc)
	if err != nil {
		c.log.Warn("stored chain configuration is not usable, it will be learned again", "err", err)
		return nil
	}
	k := &c.mu.rules
	k.chain = &chainConfig{params: decoded, enc: enc, hash: wire.ConfigHash(enc)}
	at, err := c.db.Meta(c.ctx, store.MetaAgreed)
	if err != nil {
		return err
	}
	switch {
	case len(at) == 16:
		k.agreed = blockTime{binary.BigEndian.Uint64(at), binary.BigEndian.Uint64(at[8:])}
		k.agreedStored = true
	case len(headers) > 0:
		top := headers[len(headers)-1]
		k.agreed = blockTime{top.Number.Uint64(), top.Time}
	}
	return nil
}

// configStatus describes it for people.
func (c *Client) configStatus() ConfigStatus {
	c.mu.RLock()
	defer c.mu.RUnlock()
	k := &c.mu.rules
	s := ConfigStatus{Elected: k.elected, Given: c.cfg.Chain != nil}
	if k.chain != nil {
		s.Hash = k.chain.hash
	}
	if k.rival != nil && k.chain != nil {
		if n := k.rival.from.Number; n != schedule.Never {
			s.DiffersFromBlock = &n
		}
		if t := k.rival.from.Time; t != schedule.Never {
			s.DiffersFromTime = &t
		}
	}
	return s
}
