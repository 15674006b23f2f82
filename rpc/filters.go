package rpc

import (
	"context"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	gethrpc "github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/client"
)

// filterLife is how long a filter lives without being asked, as in go-ethereum.
const filterLife = 5 * time.Minute

// filterAPI serves the filters that are polled. A filter only collects what happened; the logs of blocks are fetched
// when they are asked for, so that a forgotten filter costs nothing.
type filterAPI struct {
	s     *logSearch
	hub   *hub
	now   func() time.Time
	limit int // filters at the same time

	mu struct {
		sync.Mutex
		filters map[gethrpc.ID]*filter
	}
}

// filter is one filter. Whoever holds its token may use its feed.
type filter struct {
	box      *mailbox
	feed     *logFeed      // nil unless it is a log filter
	fullTxs  bool          // transactions rather than hashes
	token    chan struct{} // polls wait for each other
	deadline time.Time     // guarded by filterAPI.mu
}

func newFilterAPI(s *logSearch, h *hub, now func() time.Time, limit int) *filterAPI {
	api := &filterAPI{s: s, hub: h, now: now, limit: limit}
	api.mu.filters = make(map[gethrpc.ID]*filter)
	return api
}

// NewFilter serves eth_newFilter.
func (api *filterAPI) NewFilter(criteria FilterCriteria) (gethrpc.ID, error) {
	if err := criteria.checkSubscribable(); err != nil {
		return "", err
	}
	return api.install(&filter{feed: &logFeed{criteria: &criteria}}, true, false)
}

// NewBlockFilter serves eth_newBlockFilter.
func (api *filterAPI) NewBlockFilter() (gethrpc.ID, error) {
	return api.install(&filter{}, true, false)
}

// NewPendingTransactionFilter serves eth_newPendingTransactionFilter, for transactions sent through this endpoint.
func (api *filterAPI) NewPendingTransactionFilter(full *bool) (gethrpc.ID, error) {
	return api.install(&filter{fullTxs: full != nil && *full}, false, true)
}

// checkSubscribable refuses the ranges that go-ethereum takes no filter or subscription for.
func (c *FilterCriteria) checkSubscribable() error {
	if err := c.checkSize(); err != nil {
		return err
	}
	from, to := c.bounds()
	if from == gethrpc.PendingBlockNumber || to == gethrpc.PendingBlockNumber {
		return errPendingLogs
	}
	if from == gethrpc.EarliestBlockNumber {
		from = 0
	}
	latest := gethrpc.LatestBlockNumber
	if from == latest && to == latest || from >= 0 && to >= from || from >= 0 && to == latest {
		return nil
	}
	return errInvalidRange
}

func (api *filterAPI) install(f *filter, heads, txs bool) (gethrpc.ID, error) {
	f.token = make(chan struct{}, 1)
	api.mu.Lock()
	defer api.mu.Unlock()
	api.expire()
	if len(api.mu.filters) >= api.limit {
		return "", errTooManyFilters
	}
	f.box = api.hub.open(heads, txs)
	f.deadline = api.now().Add(filterLife)
	id := gethrpc.NewID()
	api.mu.filters[id] = f
	return id, nil
}

// expire drops the filters that nobody asked for too long. The caller holds api.mu.
func (api *filterAPI) expire() {
	now := api.now()
	for id, f := range api.mu.filters {
		if now.After(f.deadline) {
			api.uninstall(id)
		}
	}
}

func (api *filterAPI) uninstall(id gethrpc.ID) bool {
	f, ok := api.mu.filters[id]
	if ok {
		delete(api.mu.filters, id)
		api.hub.drop(f.box)
	}
	return ok
}

// sweep expires filters now and then until ctx ends.
func (api *filterAPI) sweep(ctx context.Context) {
	ticker := time.NewTicker(filterLife / 5)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			api.mu.Lock()
			api.expire()
			api.mu.Unlock()
		case <-ctx.Done():
			return
		}
	}
}

// UninstallFilter serves eth_uninstallFilter.
func (api *filterAPI) UninstallFilter(id gethrpc.ID) bool {
	api.mu.Lock()
	defer api.mu.Unlock()
	return api.uninstall(id)
}

// find returns a living filter and prolongs its life.
func (api *filterAPI) find(id gethrpc.ID) (*filter, error) {
	api.mu.Lock()
	defer api.mu.Unlock()
	api.expire()
	f, ok := api.mu.filters[id]
	if !ok {
		return nil, errFilterNotFound
	}
	f.deadline = api.now().Add(filterLife)
	return f, nil
}

// GetFilterLogs serves eth_getFilterLogs: all logs that the filter selects, not only the new ones.
func (api *filterAPI) GetFilterLogs(ctx context.Context, id gethrpc.ID) ([]*types.Log, error) {
	f, err := api.find(id)
	if err != nil {
		return nil, err
	}
	if f.feed == nil {
		return nil, errFilterNotFound
	}
	return api.s.search(ctx, f.feed.criteria)
}

// GetLogs serves eth_getLogs.
func (api *filterAPI) GetLogs(ctx context.Context, criteria FilterCriteria) ([]*types.Log, error) {
	return api.s.search(ctx, &criteria)
}

// GetFilterChanges serves eth_getFilterChanges. Where the logs of a block cannot be had now, it fails and nothing is
// lost: the next poll goes on from there.
func (api *filterAPI) GetFilterChanges(ctx context.Context, id gethrpc.ID) (any, error) {
	f, err := api.find(id)
	if err != nil {
		return nil, err
	}
	select {
	case f.token <- struct{}{}:
		defer func() { <-f.token }()
	case <-ctx.Done():
		return nil, asFailure(ctx.Err())
	}
	heads, txs, ok := f.box.fetch()
	if !ok {
		api.UninstallFilter(id)
		return nil, errFilterNotFound
	}
	switch {
	case f.feed != nil:
		return api.logChanges(ctx, f.feed, heads)
	case f.box.wantTxs:
		return api.txChanges(txs, f.fullTxs)
	}
	hashes := []common.Hash{}
	for _, event := range heads {
		for _, h := range event.Added {
			hashes = append(hashes, h.Hash())
		}
	}
	return hashes, nil
}

func (api *filterAPI) logChanges(ctx context.Context, feed *logFeed, heads []client.HeadEvent) ([]*types.Log, error) {
	for _, event := range heads {
		feed.push(event)
	}
	if err := api.s.fill(ctx, feed); err != nil {
		return nil, err
	}
	return logList(feed.take()), nil
}

// fill fetches the logs that a feed waits for.
func (s *logSearch) fill(ctx context.Context, feed *logFeed) error {
	for h := feed.next(); h != nil; h = feed.next() {
		hash := h.Hash()
		logs, err := s.Logs(ctx, client.LogFilter{BlockHash: &hash, Addresses: feed.criteria.Addresses, Topics: feed.criteria.Topics})
		if err != nil {
			return err
		}
		feed.fetched(logs)
	}
	return nil
}

func (api *filterAPI) txChanges(txs []*types.Transaction, full bool) (any, error) {
	if !full {
		hashes := make([]common.Hash, len(txs))
		for i, tx := range txs {
			hashes[i] = tx.Hash()
		}
		return hashes, nil
	}
	cfg, err := api.s.config()
	if err != nil {
		return nil, err
	}
	list := make([]*Transaction, len(txs))
	for i, tx := range txs {
		list[i] = newTransaction(tx, latestSigner(cfg))
	}
	return list, nil
}
