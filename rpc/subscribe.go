package rpc

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/core/types"
	gethrpc "github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/client"
)

// Waits between attempts to get the logs of a block for a subscription.
const (
	firstRetry = 500 * time.Millisecond
	lastRetry  = 15 * time.Second
)

// subscribeAPI serves eth_subscribe, on connections that allow it.
type subscribeAPI struct {
	s      *logSearch
	hub    *hub
	log    *slog.Logger
	hangUp func(remote string) // ends a connection
	slots  chan struct{}       // one token per subscription

	ctx context.Context // the lifetime of all subscriptions; a request's ends with its answer
	wg  sync.WaitGroup
}

// NewHeads serves eth_subscribe newHeads: every header that becomes canonical, no number skipped.
func (api *subscribeAPI) NewHeads(ctx context.Context) (*gethrpc.Subscription, error) {
	return api.subscribe(ctx, api.hub.open(true, false), func(_ context.Context, heads []client.HeadEvent, _ []*types.Transaction, notify func(any) error) error {
		for _, event := range heads {
			for _, h := range event.Added {
				if err := notify(h); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// NewPendingTransactions serves eth_subscribe newPendingTransactions, for transactions sent through this endpoint.
func (api *subscribeAPI) NewPendingTransactions(ctx context.Context, full *bool) (*gethrpc.Subscription, error) {
	return api.subscribe(ctx, api.hub.open(false, true), func(_ context.Context, _ []client.HeadEvent, txs []*types.Transaction, notify func(any) error) error {
		for _, tx := range txs {
			var message any = tx.Hash()
			if cfg := api.s.Config(); full != nil && *full && cfg != nil {
				message = newTransaction(tx, latestSigner(cfg))
			}
			if err := notify(message); err != nil {
				return err
			}
		}
		return nil
	})
}

// Logs serves eth_subscribe logs: those of new blocks, and again with removed set when their block is reorganised away.
func (api *subscribeAPI) Logs(ctx context.Context, criteria FilterCriteria) (*gethrpc.Subscription, error) {
	if err := criteria.checkSubscribable(); err != nil {
		return nil, err
	}
	feed := &logFeed{criteria: &criteria}
	return api.subscribe(ctx, api.hub.open(true, false), func(ctx context.Context, heads []client.HeadEvent, _ []*types.Transaction, notify func(any) error) error {
		for _, event := range heads {
			feed.push(event)
		}
		if feed.pending() > mailboxLimit {
			return errTooSlow
		}
		err := api.s.fill(ctx, feed)
		for _, l := range feed.take() {
			if err := notify(l); err != nil {
				return err
			}
		}
		if err != nil {
			return &retryable{err}
		}
		return nil
	})
}

// deliver passes events on to the subscriber. It is called with nothing new after it failed with a retryable error.
type deliver func(ctx context.Context, heads []client.HeadEvent, txs []*types.Transaction, notify func(any) error) error

// retryable says that delivery was held up, and nothing is lost if it is tried again.
type retryable struct{ error }

var errTooSlow = &codedError{code: codeServer, message: "subscriber too slow"}

func (api *subscribeAPI) subscribe(ctx context.Context, box *mailbox, fn deliver) (*gethrpc.Subscription, error) {
	notifier, ok := gethrpc.NotifierFromContext(ctx)
	if !ok {
		api.hub.drop(box)
		return nil, gethrpc.ErrNotificationsUnsupported
	}
	select {
	case api.slots <- struct{}{}:
	default:
		api.hub.drop(box)
		return nil, errTooManySubs
	}
	sub := notifier.CreateSubscription()
	remote := gethrpc.PeerInfoFromContext(ctx).RemoteAddr
	api.wg.Go(func() {
		defer func() { <-api.slots }()
		defer api.hub.drop(box)
		// The protocol has no way to end a subscription from this side; a subscriber that has missed something must
		// notice it.
		if err := api.serve(sub, box, fn, func(v any) error { return notifier.Notify(sub.ID, v) }, remote); err != nil {
			api.log.Warn("ending the connection of a subscriber", "remote", remote, "err", err)
			api.hangUp(remote)
		}
	})
	return sub, nil
}

// serve delivers until the subscription ends, which is no error.
func (api *subscribeAPI) serve(sub *gethrpc.Subscription, box *mailbox, fn deliver, notify func(any) error, remote string) error {
	ctx, cancel := context.WithCancel(api.ctx)
	defer cancel()
	api.wg.Go(func() {
		select {
		case <-sub.Err(): // nobody waits for what is being fetched any more
			cancel()
		case <-box.full: // do not wait until writing to somebody who does not read gives up
			api.hangUp(remote)
		case <-ctx.Done():
		}
	})
	var retry <-chan time.Time
	for wait := firstRetry; ; {
		select {
		case <-ctx.Done():
			return nil
		case <-box.wake:
		case <-retry:
		}
		heads, txs, ok := box.fetch()
		if !ok {
			return errTooSlow
		}
		err := fn(ctx, heads, txs, notify)
		retry = nil
		var held *retryable
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.As(err, &held):
			api.log.Warn("logs for a subscription are late", "err", held.error, "retry", wait)
			retry, wait = time.After(wait), min(2*wait, lastRetry)
		case err != nil:
			return err
		default:
			wait = firstRetry
		}
	}
}
