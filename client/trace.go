package client

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
)

// maxRecorded bounds the evidence that a ProofRecord keeps alive, in bytes.
const maxRecorded = 1 << 20

// trace counts what one question costs and collects its evidence. A nil trace
// counts nothing. It travels in the context, so that a question made of several
// others is counted as one.
type trace struct {
	method  string
	started time.Time
	mu      struct {
		sync.Mutex
		requests, trips, cached int
		servers                 [][32]byte
		nodes                   [][]byte
		bytes                   int
		state                   *UnavailableError // of the server that is waited for
	}
}

type traceKey struct{}

func traceOf(ctx context.Context) *trace {
	t, _ := ctx.Value(traceKey{}).(*trace)
	return t
}

// begin starts counting a public method. The returned function, called when the
// method has answered, makes its record the last one. A method that runs inside
// another one counts there.
func (c *Client) begin(ctx context.Context, method string) (context.Context, func(header *types.Header, root common.Hash, err error)) {
	if traceOf(ctx) != nil {
		return ctx, func(*types.Header, common.Hash, error) {}
	}
	t := &trace{method: method, started: c.now()}
	return context.WithValue(ctx, traceKey{}, t), func(header *types.Header, root common.Hash, err error) {
		if err == nil {
			c.last.Store(t.record(header, root, c.now()))
		}
	}
}

func (t *trace) record(header *types.Header, root common.Hash, now time.Time) *ProofRecord {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := &ProofRecord{
		Method: t.method, Root: root, Cached: t.mu.cached,
		RoundTrips: t.mu.trips, Requests: t.mu.requests, Elapsed: now.Sub(t.started).Microseconds(),
	}
	if header != nil {
		r.Block, r.Hash = header.Number.Uint64(), header.Hash()
	}
	for _, node := range t.mu.nodes {
		r.Nodes = append(r.Nodes, hexutil.Bytes(node))
	}
	for _, id := range t.mu.servers {
		r.Servers = append(r.Servers, hex.EncodeToString(id[:]))
	}
	return r
}

// sent counts a request; state is what could be said if there were no time left.
func (t *trace) sent(state *UnavailableError) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.mu.requests++
	t.mu.state = state
}

// waits notes what could be said if there were no time left.
func (t *trace) waits(state *UnavailableError) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.mu.state = state
}

// interrupted says what a question was at when its time was up.
func (t *trace) interrupted(cause error) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.mu.state == nil || errors.Is(cause, context.Canceled) {
		return cause
	}
	return fmt.Errorf("%w: %w", t.mu.state, cause)
}

func (t *trace) answered(s *server) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.mu.trips++
	if !slices.Contains(t.mu.servers, s.id) {
		t.mu.servers = append(t.mu.servers, s.id)
	}
}

// evidence adds pieces of the proof that were fetched.
func (t *trace) evidence(pieces ...[]byte) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, p := range pieces {
		if t.mu.bytes += len(p); t.mu.bytes > maxRecorded {
			return
		}
		t.mu.nodes = append(t.mu.nodes, p)
	}
}

// hit counts pieces of the proof that were in a cache.
func (t *trace) hit(n int) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.mu.cached += n
}

// merge adds what another trace counted.
func (t *trace) merge(o *trace) {
	if t == nil || o == nil || t == o {
		return
	}
	o.mu.Lock()
	requests, trips, cached := o.mu.requests, o.mu.trips, o.mu.cached
	servers, nodes := slices.Clone(o.mu.servers), slices.Clone(o.mu.nodes)
	o.mu.Unlock()
	t.mu.Lock()
	t.mu.requests += requests
	t.mu.trips += trips
	t.mu.cached += cached
	for _, id := range servers {
		if !slices.Contains(t.mu.servers, id) {
			t.mu.servers = append(t.mu.servers, id)
		}
	}
	t.mu.Unlock()
	t.evidence(nodes...)
}
