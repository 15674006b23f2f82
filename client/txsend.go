package client

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/txpool"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/client/store"
	"github.com/candela-les/candela/proof/evm"
	"github.com/candela-les/candela/wire"
)

// relays is to how many servers a transaction is sent.
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
// balance, stores it durably, and hands it to several servers. It has succeeded when
// one of them took it or knows it already; it is then followed until it is mined.
// Errors of the check are those of go-ethereum's pool, word for word.
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
	// Before it leaves: after a crash it is still known to be the owner's.
	fresh, err := c.txs.add(ctx, tx, sender)
	if err != nil {
		return err
	}
	err = c.relay(ctx, tx)
	var refused *RefusedTxError
	switch {
	case err == nil:
	case errors.Is(err, ErrTimeout):
		// It may have arrived: it is followed and sent again until that is clear.
		return err
	case fresh && (errors.As(err, &refused) || errors.Is(err, ErrNoServers)):
		c.txs.drop(tx.Hash())
		return err
	default:
		return err
	}
	if fresh {
		c.txs.subscribers.publish(tx)
	}
	done(heads.Latest, heads.Latest.Root, nil)
	return nil
}

// relay hands a transaction to several servers at once; nil if one took it.
func (c *Client) relay(ctx context.Context, tx *types.Transaction) error {
	enc, err := tx.MarshalBinary()
	if err != nil {
		return fmt.Errorf("encoding transaction: %w", err)
	}
	sessions := c.relaySessions()
	if len(sessions) == 0 {
		return &UnavailableError{What: "sending a transaction"}
	}
	// The first one to take it is enough for the caller, but the others go on: more
	// servers make it likelier that it is mined.
	detached := context.WithoutCancel(ctx)
	errs := make(chan error, len(sessions))
	for _, s := range sessions {
		if !c.enter() {
			return ErrClosed
		}
		go func() {
			defer c.work.Done()
			errs <- c.relayTo(detached, s, enc)
		}()
	}
	var refused, failed error
	for range sessions {
		var err error
		select {
		case err = <-errs:
		case <-ctx.Done():
			return fmt.Errorf("sending a transaction: %w: %w", ErrTimeout, context.Cause(ctx))
		}
		var pool *RefusedTxError
		switch {
		case err == nil:
			return nil
		case errors.As(err, &pool):
			refused = err
		default:
			failed = err
		}
	}
	if refused == nil || errors.Is(failed, ErrTimeout) {
		return failed
	}
	return refused
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

// relaySessions picks servers to send to: the fastest ones that relay at all.
func (c *Client) relaySessions() []*session {
	var out []*session
	cands := c.roster.sessions()
	for len(out) < relays {
		best := -1
		for i, cand := range cands {
			if cand.session == nil || cand.banned || !cand.session.can(need{wire.ServesTxRelay, anyBlock}) {
				continue
			}
			if best < 0 || cand.expected < cands[best].expected {
				best = i
			}
		}
		if best < 0 {
			break
		}
		out = append(out, cands[best].session)
		cands[best].session = nil
	}
	return out
}

// PendingTransactions returns the client's own transactions that are not mined,
// the oldest first.
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
