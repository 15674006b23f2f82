package watch

import (
	"context"
	"errors"
	"time"

	ethereum "github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rpc"
)

// newHeads tells of new heads where the transport can. What it carries is only taken as a reason to look.
type newHeads struct {
	sub     ethereum.Subscription
	ch      chan *types.Header
	refused bool // it is not asked for again
}

// renew subscribes if there is no subscription, and reports whether it has. Where that fails, polling has to do.
func (n *newHeads) renew(ctx context.Context, chain Chain, timeout time.Duration) bool {
	if n.sub != nil || n.refused {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	ch := make(chan *types.Header, 16)
	sub, err := chain.SubscribeNewHead(ctx, ch)
	if err != nil {
		_, answered := errors.AsType[rpc.Error](err)
		n.refused = answered || errors.Is(err, rpc.ErrNotificationsUnsupported)
		return false
	}
	n.sub, n.ch = sub, ch
	return true
}

func (n *newHeads) heads(want bool) <-chan *types.Header {
	if !want {
		return nil
	}
	return n.ch
}

func (n *newHeads) failed(want bool) <-chan error {
	if !want || n.sub == nil {
		return nil
	}
	return n.sub.Err()
}

// drain takes all that has been told, so that one look answers for it.
func (n *newHeads) drain() {
	for {
		select {
		case <-n.ch:
		default:
			return
		}
	}
}

func (n *newHeads) end() {
	if n.sub != nil {
		n.sub.Unsubscribe()
		n.sub, n.ch = nil, nil
	}
}
