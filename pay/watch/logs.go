package watch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	ethereum "github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rpc"
)

// growAfter is after how many answers in a row a range that had to be halved is doubled again.
const growAfter = 32

// only returns the logs that a filter lets through.
func (f Filter) only(logs []types.Log) []types.Log {
	var some []types.Log
	for _, l := range logs {
		if slices.Contains(f.Addresses, l.Address) &&
			(len(f.Events) == 0 || len(l.Topics) > 0 && slices.Contains(f.Events, l.Topics[0])) {
			some = append(some, l)
		}
	}
	return some
}

// sameFilter reports whether two filters let the same through.
func sameFilter(f, g Filter) bool {
	return slices.Equal(f.Addresses, g.Addresses) && slices.Equal(f.Events, g.Events)
}

// union is a filter that lets through at least what each of them does.
func union(filters []Filter) Filter {
	var all Filter
	every := false // some want all events
	for _, f := range filters {
		if len(f.Addresses) == 0 {
			continue
		}
		all.Addresses = append(all.Addresses, f.Addresses...)
		all.Events = append(all.Events, f.Events...)
		every = every || len(f.Events) == 0
	}
	slices.SortFunc(all.Addresses, common.Address.Cmp)
	slices.SortFunc(all.Events, common.Hash.Cmp)
	all.Addresses, all.Events = slices.Compact(all.Addresses), slices.Compact(all.Events)
	if every {
		all.Events = nil
	}
	return all
}

// logs reads the logs of blocks from to to, both included, ascending, in as many requests as the provider
// wants it.
func (w *Watcher) logs(ctx context.Context, f Filter, from, to uint64) ([]types.Log, error) {
	var all []types.Log
	if len(f.Addresses) == 0 {
		return nil, nil
	}
	for from <= to {
		end := to
		if to-from >= w.span {
			end = from + w.span - 1
		}
		some, err := w.ranged(ctx, f, from, end)
		if err != nil {
			if end > from && ctx.Err() == nil && tooMuch(err) {
				w.span, w.grown = (end-from+1)/2, 0
				continue
			}
			return nil, fmt.Errorf("asking for logs of blocks %d to %d: %w", from, end, err)
		}
		if w.grown++; w.grown >= growAfter {
			w.span, w.grown = min(2*w.span, w.cfg.MaxRange), 0
		}
		all = append(all, some...)
		from = end + 1
	}
	return all, nil
}

// ranged makes one request.
func (w *Watcher) ranged(ctx context.Context, f Filter, from, to uint64) ([]types.Log, error) {
	q := ethereum.FilterQuery{FromBlock: numbered(from), ToBlock: numbered(to), Addresses: f.Addresses}
	if len(f.Events) > 0 {
		q.Topics = [][]common.Hash{f.Events}
	}
	logs, err := ask(ctx, w, func(ctx context.Context) ([]types.Log, error) { return w.cfg.Chain.FilterLogs(ctx, q) })
	if err != nil {
		return nil, err
	}
	for i := range logs {
		if n := logs[i].BlockNumber; n < from || n > to || logs[i].Removed {
			return nil, fmt.Errorf("the provider answers with a log of block %d", n)
		}
	}
	slices.SortStableFunc(logs, func(a, b types.Log) int {
		return cmp.Or(cmp.Compare(a.BlockNumber, b.BlockNumber), cmp.Compare(a.Index, b.Index))
	})
	return logs, nil
}

// tooMuch reports whether less might be answered. Providers word it in many ways, so whatever they answer is
// taken for it, and silence too: a range of one block is not halved, and then it is an error.
func tooMuch(err error) bool {
	var (
		answered rpc.Error
		status   rpc.HTTPError
	)
	switch {
	case errors.As(err, &status):
		return status.StatusCode != http.StatusTooManyRequests && status.StatusCode != http.StatusUnauthorized &&
			status.StatusCode != http.StatusForbidden && status.StatusCode != http.StatusNotFound
	case errors.As(err, &answered):
		return true
	default:
		return errors.Is(err, context.DeadlineExceeded)
	}
}
