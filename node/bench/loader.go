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

	"github.com/candela-les/candela/internal/pause"
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
	load  *Load
	conn  *conn
	rec   *recorder
	flow  *flow.Client
	costs wire.CostTable
	rand  *rand.Rand
	now   func() time.Time
	start time.Time

	head   block
	header *types.Header // of head
	hashes []common.Hash // of recent blocks, for bodies and receipts

	// spending is the batch in which the client asks until its buffer is down, so that
	// from then on it lives on what it is given; 0 when it is. It begins as large as
	// permitted and is halved when there is not enough left for it.
	spending int

	nextID    uint64
	forgotten uint64 // up to this id nothing is waited for any more
	pending   map[uint64]sent
	buf       []byte
	replies   uint64
	counted   uint64 // bytes received that are in the counts
	stopped   time.Time
	drawn     drawn
}

// sent is a request under way.
type sent struct {
	request wire.Request
	items   int
	at      time.Time
	root    common.Hash
}

// drawn is the buffer value of the last reply, to see by the next one what it cost.
type drawn struct {
	known    bool
	value    unit.Cost
	at       time.Time
	recharge unit.Cost
}

// newLoader connects, shakes hands and fetches what the requests will name. Which
// accounts and blocks those are depends on the load's seed and the stream.
func newLoader(ctx context.Context, target *enode.Node, load *Load, who identity, stream uint64, rec *recorder) (*loader, error) {
	c, err := dial(ctx, target, load.Version, who)
	if err != nil {
		return nil, err
	}
	l := &loader{
		load: load, conn: c, rec: rec, now: time.Now, pending: make(map[uint64]sent),
		rand: rand.New(rand.NewPCG(stream, load.Seed)), //nolint:gosec // which accounts are asked for is no secret
	}
	l.start = l.now()
	// Cut off, a connection that waits for its server returns at once.
	defer context.AfterFunc(ctx, func() { c.tcp.Close() })()
	status, err := c.greet(load.Version, wire.AnnounceSimple)
	if err == nil {
		err = l.prepare(status)
	}
	if err != nil {
		c.tcp.Close()
		return nil, err
	}
	return l, nil
}

// greet exchanges Status messages. The error is a *LaterError if the server has no
// place and says when to come again.
func (c *conn) greet(version uint, announces wire.AnnounceType) (*wire.Status, error) {
	code, payload, err := c.ReadMsg()
	if err != nil {
		return nil, fmt.Errorf("wait for the server's status: %w", err)
	}
	if later := comeAgain(version, code, payload); later != nil {
		return nil, later
	}
	if code != wire.CodeStatus {
		return nil, fmt.Errorf("the server begins with message %#x, not a status", code)
	}
	status, err := wire.DecodeStatus(version, payload)
	if err != nil {
		return nil, err
	}
	if status.Server == nil || status.Server.OnlyAnnounce {
		return nil, errors.New("the target serves no data")
	}
	// A load has no chain of its own: it is on whichever one the server is on.
	ours := wire.Status{
		Version: version, NetworkID: status.NetworkID, Genesis: status.Genesis,
		ForkID: status.ForkID, Config: status.Config, AnnounceType: announces,
	}
	return status, c.WriteMsg(wire.CodeStatus, ours.Append(nil))
}

// comeAgain is what a les/5 server says that has no place, or none any more: a
// refusal of no request.
func comeAgain(version uint, code uint64, payload []byte) error {
	if version != wire.LES5 || code != wire.CodeRefused {
		return nil
	}
	reply, err := wire.DecodeReply(version, code, payload)
	if err != nil || reply.ID() != 0 {
		return nil
	}
	refused := reply.(*wire.Refused)
	return &LaterError{After: time.Duration(min(refused.RetryAfterMs, 1<<40)) * time.Millisecond, Text: refused.Text}
}

// headOf is the head that a server's status names.
func headOf(status *wire.Status) block {
	if wire.Legacy(status.Version) {
		return block{status.Server.Legacy.Head.Number, status.Server.Legacy.Head.Hash}
	}
	return block{status.Server.Head.Head.Number, status.Server.Head.Head.Hash}
}

// prepare fetches the newest headers: the head's state root to check proofs against,
// and hashes of blocks whose bodies and receipts can be asked for.
func (l *loader) prepare(status *wire.Status) error {
	l.costs = status.Server.Costs
	l.flow = flow.NewClient(l.time(), flow.Params{Limit: status.Server.Flow.BL, Recharge: status.Server.Flow.MRR})
	l.head = headOf(status)
	for {
		// Not only at first: a server may say Stop to a newcomer, and then it drops this.
		if len(l.pending) == 0 && !l.flow.Frozen() {
			if err := l.send(l.now(), &wire.GetHeaders{
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
			return fmt.Errorf("asked for headers, got %s", wire.CodeName(l.load.Version, reply.Code()))
		}
		verified, err := proof.VerifyHeaders(l.head.hash, headers.Headers)
		if err != nil {
			return err
		}
		l.header = verified[0]
		for _, h := range verified {
			l.hashes = append(l.hashes, h.Hash())
		}
		l.counted = l.conn.wire
		return nil
	}
}

// step sends one request if there is room for it, and otherwise waits: for a
// reply if one is due, for the buffer to refill if not.
func (l *loader) step(ctx context.Context) error {
	if now := l.now(); len(l.pending) < l.load.Pipeline {
		batch := max(l.load.Batch, l.spending)
		request := l.next(batch)
		cost, served := l.costs.Of(request)
		if !served {
			return errors.New("the target does not serve such requests")
		}
		ok, wait := l.flow.CanSend(l.instant(now), cost)
		switch {
		case ok:
			return l.send(now, request)
		case len(l.pending) > 0 || l.flow.Frozen():
		case l.spending > 0:
			if l.spending /= 2; l.spending < l.load.Batch {
				l.spending = 0
			}
			return nil
		case wait != flow.Never:
			l.rec.note(func(t *Tally) { t.Waited += time.Duration(wait) })
			return pause.For(ctx, time.Duration(wait), nil)
		default:
			return fmt.Errorf("a batch of %d costs more than the whole buffer", batch)
		}
	}
	reply, request, err := l.receive()
	if err == nil && reply != nil {
		l.count(request, reply, l.now().Sub(request.at))
	}
	return err
}

// settle reads the replies that are still due, without counting them, so that what
// was asked for in one phase does not show in the next. It gives up on a frozen client,
// which none are due to.
func (l *loader) settle() error {
	for len(l.pending) > 0 && !l.flow.Frozen() {
		if _, _, err := l.receive(); err != nil {
			return err
		}
	}
	l.drawn.known = false
	l.counted = l.conn.wire
	return nil
}

func (l *loader) time() unit.Instant { return l.instant(l.now()) }

func (l *loader) instant(t time.Time) unit.Instant { return unit.Instant(t.Sub(l.start)) }

func (l *loader) send(now time.Time, request wire.Request) error {
	l.nextID++
	request.SetID(l.nextID)
	cost, _ := l.costs.Of(request)
	l.flow.Sent(l.instant(now), l.nextID, cost)
	s := sent{request: request, items: int(request.Amount()), at: now} //nolint:gosec // within the protocol's limits
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
		return nil, sent{}, l.announced(payload)
	case wire.CodeStop:
		l.stop()
		return nil, sent{}, nil
	case wire.CodeResume:
		return nil, sent{}, l.resume(payload)
	}
	if later := comeAgain(l.load.Version, code, payload); later != nil {
		return nil, sent{}, later
	}
	reply, err := wire.DecodeReply(l.load.Version, code, payload)
	if err != nil {
		return nil, sent{}, err
	}
	request, ok := l.pending[reply.ID()]
	switch {
	case ok:
	case reply.ID() <= l.forgotten:
		return nil, sent{}, nil
	default:
		return nil, sent{}, fmt.Errorf("reply to request %d, which is not under way", reply.ID())
	}
	delete(l.pending, reply.ID())
	now := l.now()
	l.flow.Reply(l.instant(now), reply.ID(), reply.Buffer())
	l.draw(now, reply.Buffer())
	return reply, request, nil
}

// draw notes what the last request cost, as far as its reply's buffer value tells:
// what was recharged since the one before and is not there now. That is exact for a
// client that is below its limit and gets its recharge and no more.
func (l *loader) draw(now time.Time, value unit.Cost) {
	recharge := l.flow.Params().Recharge
	if d := l.drawn; d.known && d.recharge == recharge {
		promised := float64(recharge) * milliseconds(now.Sub(d.at))
		l.rec.note(func(t *Tally) {
			t.Promised += promised
			t.Drawn += promised + float64(d.value) - float64(value)
		})
	}
	l.drawn = drawn{true, value, now, recharge}
}

// announced takes in new parameters; the load stays with the head it began with.
func (l *loader) announced(payload []byte) error {
	update, err := updateOf(l.load.Version, payload)
	if err != nil {
		return err
	}
	if update.Flow != nil {
		l.flow.Update(l.time(), flow.Params{Limit: update.Flow.BL, Recharge: update.Flow.MRR})
	}
	if update.Costs != nil {
		l.costs = l.costs.Merge(update.Costs)
	}
	return nil
}

func updateOf(version uint, payload []byte) (wire.Update, error) {
	if wire.Legacy(version) {
		a, err := wire.DecodeAnnounce4(payload)
		if err != nil {
			return wire.Update{}, err
		}
		return a.Update, nil
	}
	a, err := wire.DecodeAnnounce5(payload)
	if err != nil {
		return wire.Update{}, err
	}
	return a.Update, nil
}

func (l *loader) stop() {
	l.stopped = l.now()
	l.flow.Stop(l.time())
	l.rec.note(func(t *Tally) { t.Stops++ })
}

func (l *loader) resume(payload []byte) error {
	value, err := wire.DecodeResume(l.load.Version, payload)
	if err != nil {
		return err
	}
	frozen, worthless := l.now().Sub(l.stopped), uint64(len(l.pending))
	l.rec.note(func(t *Tally) {
		t.Frozen += frozen
		t.Ignored += worthless
	})
	l.flow.Resume(l.time(), value)
	clear(l.pending)
	l.forgotten, l.drawn.known = l.nextID, false
	return nil
}
