package client

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/txpool"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/client/store"
	"github.com/candela-les/candela/proof/evm"
	"github.com/candela-les/candela/wire"
)

// relays is to how many servers a transaction is sent beside the trusted ones.
const relays = 3

// RefusedTxError is what servers' transaction pools said about a transaction that
// none of them took. Its message is the pool's own.
type RefusedTxError struct {
	Server string
	Text   string
}

// Error implements error with nothing but the pool's words: wallets match on them.
func (e *RefusedTxError) Error() string { return e.Text }

// SendTransaction checks a transaction against its sender's proven nonce and
// balance, stores it durably, and hands it to all trusted servers and a few others.
// It has succeeded when a trusted one took it or knows it already (any one if no
// trusted server relays); it is then followed until it is mined, and sent again as
// long as it is not. Errors of the check are those of go-ethereum's pool, word for
// word.
func (c *Client) SendTransaction(ctx context.Context, tx *types.Transaction) error {
	ctx, done := c.begin(ctx, "SendTransaction")
	heads, err := c.Heads()
	if err != nil {
		return err
	}
	config, err := c.ConfigAt(ctx, heads.Latest)
	if err != nil {
		return err
	}
	sender, err := types.Sender(types.LatestSigner(config), tx)
	if err != nil {
		return fmt.Errorf("%w: %w", txpool.ErrInvalidSender, err)
	}
	account, err := c.Account(ctx, heads.Latest, sender)
	if err != nil {
		return err
	}
	if err := evm.CheckTransaction(heads.Latest, config, account, tx); err != nil {
		return err
	}
	c.txs.counted(sender, account.Nonce)
	if err := c.txs.mayReplace(tx, sender); err != nil {
		return err
	}
	// Before it leaves: after a crash it is still known to be the owner's.
	fresh, err := c.txs.add(ctx, tx, sender)
	if err != nil {
		return err
	}
	taken, err := c.relay(ctx, tx, 0)
	var refused *RefusedTxError
	switch {
	case err == nil:
	case errors.As(err, &refused) || errors.Is(err, ErrNoServers) && !taken:
		if fresh {
			c.txs.drop(tx.Hash())
		}
		return err
	default:
		// It may have arrived: it is followed and sent again until that is clear.
		return err
	}
	c.txs.accepted(tx.Hash())
	if fresh {
		c.txs.subscribers.publish(tx)
	}
	done(heads.Latest, heads.Latest.Root, nil)
	return nil
}

// relay hands a transaction to servers, all at once; turn counts how often that was
// done before. Err is nil if one whose word counts took it: a trusted server, or
// anyone if no trusted one relays, for whoever is not trusted can say so and drop
// it. Taken is true if anybody at all says so.
func (c *Client) relay(ctx context.Context, tx *types.Transaction, turn int) (taken bool, err error) {
	enc, err := tx.MarshalBinary()
	if err != nil {
		return false, fmt.Errorf("encoding transaction: %w", err)
	}
	counting, others := c.relaySessions(turn)
	if len(counting) == 0 {
		return false, &UnavailableError{What: "sending a transaction"}
	}
	// The first one to take it is enough for the caller, but the others go on: more
	// servers make it likelier that it is mined.
	detached := context.WithoutCancel(ctx)
	errs, rest := make(chan error, len(counting)), make(chan error, len(others))
	send := func(s *session, to chan<- error) bool {
		if !c.enter() {
			return false
		}
		go func() {
			defer c.work.Done()
			to <- c.relayTo(detached, s, enc)
		}()
		return true
	}
	for _, s := range others {
		send(s, rest)
	}
	for _, s := range counting {
		if !send(s, errs) {
			return false, ErrClosed
		}
	}
	var refused, failed error
	for range counting {
		var err error
		select {
		case err = <-errs:
		case <-ctx.Done():
			return false, fmt.Errorf("sending a transaction: %w: %w", ErrTimeout, context.Cause(ctx))
		}
		var pool *RefusedTxError
		switch {
		case err == nil:
			return true, nil
		case errors.As(err, &pool):
			refused = err
		case failed == nil || errors.Is(err, ErrTimeout):
			failed = err
		}
	}
	for range len(rest) {
		taken = taken || <-rest == nil
	}
	if refused == nil || errors.Is(failed, ErrTimeout) {
		return taken, failed
	}
	return taken, refused
}

// offer hands the own transactions that are not mined to a trusted server that has
// just connected: it may have restarted and lost them, and on a chain that stands
// still no head would bring them back.
func (c *Client) offer(s *session) {
	pending := c.txs.pending()
	if len(pending) == 0 || !s.srv.trusted || !s.can(need{wire.ServesTxRelay, anyBlock}) || !c.enter() {
		return
	}
	go func() {
		defer c.work.Done()
		ctx, cancel := context.WithTimeout(c.ctx, RequestLimit)
		defer cancel()
		for _, tx := range pending {
			enc, err := tx.MarshalBinary()
			if err == nil {
				err = c.relayTo(ctx, s, enc)
			}
			if err != nil {
				c.log.Debug("own transaction not handed to a new server", "hash", tx.Hash(), "server", s.srv.short(), "err", err)
			}
			if ctx.Err() != nil || errors.Is(err, errEnded) {
				return
			}
		}
	}()
}

// relayTo hands an encoded transaction to one server.
func (c *Client) relayTo(ctx context.Context, s *session, enc []byte) error {
	status, err := c.txStatus(ctx, "sending a transaction", s, func() wire.Request {
		return &wire.SendTx{Txs: [][]byte{enc}}
	})
	if err != nil {
		return err
	}
	return poolError(s, status)
}

// poolError is a pool's refusal; nil if it holds the transaction, for whatever
// reason.
func poolError(s *session, status wire.TxStatus) error {
	if status.Err == "" && status.State == wire.TxUnknown {
		return &RefusedTxError{s.srv.short(), "transaction was not accepted"}
	}
	if status.Err == "" || status.State != wire.TxUnknown || strings.Contains(status.Err, txpool.ErrAlreadyKnown.Error()) {
		return nil
	}
	return &RefusedTxError{s.srv.short(), status.Err}
}

// relaySessions picks servers to send to: those whose word that they took it counts,
// and some others beside. With each turn the others are different ones.
func (c *Client) relaySessions(turn int) (counting, others []*session) {
	var strangers []candidate
	for _, cand := range c.roster.sessions() {
		switch {
		case !cand.session.can(need{wire.ServesTxRelay, anyBlock}):
		case cand.session.srv.trusted && !cand.banned:
			counting = append(counting, cand.session)
		case cand.session.srv.trusted:
			others = append(others, cand.session)
		case !cand.banned:
			strangers = append(strangers, cand)
		}
	}
	slices.SortStableFunc(strangers, func(a, b candidate) int { return cmp.Compare(a.expected, b.expected) })
	var few []*session
	for i := range min(relays, len(strangers)) {
		few = append(few, strangers[(turn*relays+i)%len(strangers)].session)
	}
	if len(counting) == 0 {
		return append(others, few...), nil
	}
	return counting, append(others, few...)
}

// PendingTransactions returns the client's own transactions that can be mined now,
// in the order in which they were sent: of each account those that follow its nonce
// without a gap, and for each nonce only the one that replaced the others.
func (c *Client) PendingTransactions() []*types.Transaction { return c.txs.pending() }

// PendingNonce returns the next nonce of an account, its own unmined transactions
// counted as far as they follow each other without a gap.
func (c *Client) PendingNonce(ctx context.Context, addr common.Address) (nonce uint64, err error) {
	ctx, done := c.begin(ctx, "PendingNonce")
	heads, err := c.Heads()
	if err != nil {
		return 0, err
	}
	defer func() { done(heads.Latest, heads.Latest.Root, err) }()
	account, err := c.Account(ctx, heads.Latest, addr)
	if err != nil {
		return 0, err
	}
	return c.txs.nextNonce(addr, account.Nonce), nil
}

// SubscribePendingTransactions delivers every transaction that this client sends
// from now on.
func (c *Client) SubscribePendingTransactions(ch chan<- *types.Transaction) (unsubscribe func()) {
	return c.txs.subscribers.subscribe(ch)
}

// store makes a transaction durable.
func (c *Client) storeTx(ctx context.Context, tx *types.Transaction) error {
	return c.db.PutTx(ctx, store.OwnTx{Tx: tx, Sent: c.now()})
}
