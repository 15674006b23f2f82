package bench

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/p2p/enode"

	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// checkEvery is how many replies share one full verification. Every reply is
// checked for being one: right type, right id, something in it.
const checkEvery = 64

// block is one block as the load needs it.
type block struct {
	number uint64
	hash   common.Hash
}

// loader is one light client that makes load.
type loader struct {
	cfg   *Config
	conn  *conn
	flow  *flow.Client
	costs wire.CostTable
	rand  *rand.Rand
	start time.Time

	head   block
	header *types.Header // of head
	hashes []common.Hash // of recent blocks, for bodies and receipts

	nextID  uint64
	pending map[uint64]sent
	buf     []byte
	stats   stats
}

// sent is a request under way.
type sent struct {
	request wire.Request
	at      time.Time
	block   block
	root    common.Hash
}

// stats is what one connection measured.
type stats struct {
	requests, items, bytes uint64
	empty, wrong, refused  uint64
	stops                  uint64
	latencies              []time.Duration
	lost                   error // why the connection ended early
}

func newLoader(ctx context.Context, cfg *Config, target *enode.Node, seed uint64) (*loader, error) {
	c, err := dial(ctx, target, cfg.Version)
	if err != nil {
		return nil, err
	}
	l := &loader{
		cfg: cfg, conn: c, rand: rand.New(rand.NewPCG(seed, cfg.Seed)), //nolint:gosec // which accounts are asked for is no secret
		start: cfg.Now(), pending: make(map[uint64]sent),
	}
	if err := l.prepare(); err != nil {
		c.tcp.Close()
		return nil, err
	}
	return l, nil
}

// prepare shakes hands and fetches what the requests will name.
func (l *loader) prepare() error {
	code, payload, err := l.conn.ReadMsg()
	if err != nil {
		return fmt.Errorf("wait for the server's status: %w", err)
	}
	if code != wire.CodeStatus {
		return fmt.Errorf("the server begins with message %#x, not a status", code)
	}
	status, err := wire.DecodeStatus(l.cfg.Version, payload)
	if err != nil {
		return err
	}
	if status.Server == nil || status.Server.OnlyAnnounce {
		return errors.New("the target serves no data")
	}
	// A load has no chain of its own: it is on whichever one the server is on.
	ours := wire.Status{
		Version: l.cfg.Version, NetworkID: status.NetworkID, Genesis: status.Genesis,
		ForkID: status.ForkID, Config: status.Config, AnnounceType: wire.AnnounceSimple,
	}
	if err := l.conn.WriteMsg(wire.CodeStatus, ours.Append(nil)); err != nil {
		return err
	}
	l.costs = status.Server.Costs
	l.flow = flow.NewClient(l.now(), flow.Params{Limit: status.Server.Flow.BL, Recharge: status.Server.Flow.MRR})
	if wire.Legacy(l.cfg.Version) {
		l.head = block{status.Server.Legacy.Head.Number, status.Server.Legacy.Head.Hash}
	} else {
		l.head = block{status.Server.Head.Head.Number, status.Server.Head.Head.Hash}
	}
	return l.fetchHeaders()
}

// fetchHeaders gets the newest headers: the head's state root to check proofs
// against, and hashes of blocks whose bodies and receipts can be asked for.
func (l *loader) fetchHeaders() error {
	for {
		// Not only at first: a server may say Stop to a newcomer, and then it drops this.
		if len(l.pending) == 0 && !l.flow.Frozen() {
			if err := l.send(l.cfg.Now(), &wire.GetHeaders{
				Origin: wire.Origin{Hash: l.head.hash}, Max: min(l.head.number+1, 64), Reverse: true,
			}); err != nil {
				return err
			}
		}
		reply, _, err := l.receive()
		if err != nil {
			return err
		}
		headers, ok := reply.(*wire.Headers)
		if !ok {
			if reply == nil {
				continue
			}
			return fmt.Errorf("asked for headers, got %s", wire.CodeName(l.cfg.Version, reply.Code()))
		}
		verified, err := proof.VerifyHeaders(l.head.hash, headers.Headers)
		if err != nil {
			return err
		}
		l.header = verified[0]
		for _, h := range verified {
			l.hashes = append(l.hashes, h.Hash())
		}
		l.stats = stats{} // what came before the load does not count
		l.conn.wire = 0
		return nil
	}
}

// load sends requests and reads replies until the time is over.
func (l *loader) load(ctx context.Context, until time.Time) {
	for {
		now := l.cfg.Now()
		if now.After(until) || ctx.Err() != nil {
			break
		}
		if err := l.step(ctx, now); err != nil {
			if ctx.Err() == nil {
				l.stats.lost = err
			}
			break
		}
	}
	l.stats.bytes = uint64(l.conn.wire) //nolint:gosec // a sum of sizes
}

// step sends one request if there is room for it, and otherwise waits: for a
// reply if one is due, for the buffer to refill if not.
func (l *loader) step(ctx context.Context, now time.Time) error {
	if len(l.pending) < l.cfg.Pipeline {
		request := l.next()
		cost, served := l.costs.Of(request)
		if !served {
			return errors.New("the target does not serve such requests")
		}
		ok, wait := l.flow.CanSend(l.instant(now), cost)
		if ok {
			return l.send(now, request)
		}
		if len(l.pending) == 0 && wait != flow.Never {
			return pause(ctx, time.Duration(wait))
		}
		if len(l.pending) == 0 && !l.flow.Frozen() {
			return fmt.Errorf("a batch of %d costs more than the whole buffer", l.cfg.Batch)
		}
	}
	reply, request, err := l.receive()
	if err == nil && reply != nil {
		l.count(request, reply)
	}
	return err
}

func (l *loader) now() unit.Instant { return l.instant(l.cfg.Now()) }

func (l *loader) instant(t time.Time) unit.Instant { return unit.Instant(t.Sub(l.start)) }

func (l *loader) send(now time.Time, request wire.Request) error {
	l.nextID++
	request.SetID(l.nextID)
	cost, _ := l.costs.Of(request)
	l.flow.Sent(l.instant(now), l.nextID, cost)
	s := sent{request: request, at: now, block: l.head}
	if l.header != nil {
		s.root = l.header.Root
	}
	l.pending[l.nextID] = s
	l.buf = request.Append(l.buf[:0])
	return l.conn.WriteMsg(request.Code(), l.buf)
}

// receive reads one message. The reply is nil if it was none.
func (l *loader) receive() (wire.Reply, sent, error) {
	code, payload, err := l.conn.ReadMsg()
	if err != nil {
		return nil, sent{}, err
	}
	switch code {
	case wire.CodeAnnounce:
		return nil, sent{}, nil // the load stays with the head it began with
	case wire.CodeStop:
		l.stats.stops++
		l.flow.Stop(l.now())
		return nil, sent{}, nil
	case wire.CodeResume:
		bv, err := wire.DecodeResume(l.cfg.Version, payload)
		if err != nil {
			return nil, sent{}, err
		}
		l.flow.Resume(l.now(), bv)
		clear(l.pending)
		return nil, sent{}, nil
	}
	reply, err := wire.DecodeReply(l.cfg.Version, code, payload)
	if err != nil {
		return nil, sent{}, err
	}
	request, ok := l.pending[reply.ID()]
	if !ok {
		return nil, sent{}, fmt.Errorf("reply to request %d, which is not under way", reply.ID())
	}
	delete(l.pending, reply.ID())
	now := l.cfg.Now()
	l.flow.Reply(l.instant(now), reply.ID(), reply.Buffer())
	l.stats.latencies = append(l.stats.latencies, now.Sub(request.at))
	return reply, request, nil
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
