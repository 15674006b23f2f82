package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// Errors of sending that make retrieval look for another server, or wait.
var (
	errEnded   = errors.New("session has ended")
	errNoPrice = errors.New("server announces no price for this request")
	errNoRoom  = errors.New("server's buffer has no room for this request")
	errFrozen  = errors.New("server has stopped serving for now")
	errHard    = errors.New("no reply within the hard time-out")
)

// hardExtra is how long after the soft time-out a reply is given up for good.
const hardExtra = 10 * time.Second

// maxSilence is how many requests in a row may go without a reply until the
// connection is taken for dead. A trusted server keeps it, and with it its vote.
const maxSilence = 3

// outboxSize bounds the messages that wait for the connection.
const outboxSize = 64

type message struct {
	code    uint64
	payload []byte
}

// session is one live devp2p session with a server, after the handshake. One
// goroutine (Serve's) handles what comes in, one writes what goes out.
type session struct {
	c    *Client
	srv  *server
	peer wire.Peer
	conn wire.Conn

	out  chan message
	quit chan struct{} // closed by end
	gate *gate
	// market is the business with this server; nil if there is none.
	market  *bidder.Session
	greeted chan error // of having sent the first message about business, once
	early   []message  // about business, that came before the handshake was done
	mu      struct {
		sync.Mutex
		status  *wire.ServerStatus
		flow    *flow.Client
		genesis [32]byte
		config  [32]byte     // hash of the chain configuration that the server goes by
		head    wire.BlockID // last announced, signed or not
		next    uint64       // id of the last request
		pending map[uint64]*pending
		rest    time.Time // busy: not before this
		silent  int       // replies in a row that did not come
		reason  error     // why it ended
		ended   bool
	}
}

// pending is a request that waits for its reply.
type pending struct {
	code  uint64 // of the reply
	sent  time.Time
	to    chan<- answer // has room for this answer
	timer *time.Timer   // hard time-out
	cost  unit.Cost     // as the server prices it
}

// answer is what came of a request at one server.
type answer struct {
	from  *session
	reply wire.Reply
	err   error
	took  time.Duration
	cost  unit.Cost
}

func (s *session) version() uint { return s.peer.Version }

// instant is the session's clock for flow control.
func (s *session) instant() unit.Instant { return unit.Instant(s.c.cfg.Clock().Sub(s.c.started)) }

// send sends a request if flow control allows it now. What comes of it goes to the
// channel, which must have room for it; exactly one answer comes if err is nil.
func (s *session) send(req wire.Request, to chan<- answer) error {
	hard := s.c.roster.soft() + hardExtra
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.mu.ended {
		return errEnded
	}
	cost, ok := s.mu.status.Costs.Of(req)
	if !ok {
		return errNoPrice
	}
	now := s.instant()
	if ok, _ := s.mu.flow.CanSend(now, cost); !ok {
		return errNoRoom
	}
	s.mu.next++
	id := s.mu.next
	req.SetID(id)
	// Queued under the lock: requests must leave in the order in which flow control
	// learned of them.
	select {
	case s.out <- message{req.Code(), req.Append(nil)}:
	default:
		return errNoRoom
	}
	s.mu.flow.Sent(now, id, cost)
	s.mu.pending[id] = &pending{
		code: req.ReplyCode(), sent: s.c.cfg.Clock(), to: to, cost: cost,
		timer: time.AfterFunc(hard, func() { s.expire(id) }),
	}
	return nil
}

// outboxWait is how long a connection is left alone that does not keep up.
const outboxWait = 10 * time.Millisecond

// room says whether a request of this kind and amount can be sent now. If not, possible
// says whether it ever can, and wait how long that takes at most if all goes well:
// flow.Never if it takes a reply or a Resume.
func (s *session) room(code, amount uint64) (ok, possible bool, wait unit.Span) {
	now := s.c.cfg.Clock()
	s.mu.Lock()
	defer s.mu.Unlock()
	cost, priced := s.mu.status.Costs.Cost(code, amount)
	switch {
	case s.mu.ended || !priced || cost > s.mu.flow.Params().Limit:
		return false, false, flow.Never
	case now.Before(s.mu.rest):
		return false, true, unit.Span(s.mu.rest.Sub(now))
	case len(s.out) == cap(s.out):
		return false, true, unit.Span(outboxWait)
	}
	ok, wait = s.mu.flow.CanSend(s.instant(), cost)
	return ok, true, wait
}

// serves says whether the session is one that data can be had from.
func (s *session) serves() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mu.status != nil && !s.mu.status.OnlyAnnounce && !s.mu.ended
}

// load returns the number of requests under way, and which share of the buffer is
// filled, 0 … 1.
func (s *session) load() (pending int, filled float64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	limit := s.mu.flow.Params().Limit
	return len(s.mu.pending), float64(s.mu.flow.Estimate(s.instant())) / float64(max(limit, 1))
}

// fits returns how many items of a request the whole buffer can pay for. A table
// may price a full batch above the buffer limit (geth's does).
func (s *session) fits(code uint64) uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range s.mu.status.Costs {
		if e.Code == code {
			return flow.Price{Base: e.Base, PerItem: e.PerItem}.Fits(s.mu.flow.Params().Limit)
		}
	}
	return 0
}

// most returns how many of want items may be asked for in one request.
func (s *session) most(code, want, limit uint64) uint64 {
	return min(want, limit, s.fits(code))
}

func (s *session) limits() wire.Limits {
	if s.version() == wire.LES4 {
		return wire.DefaultLimits()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mu.status.Limits
}

func (s *session) head() wire.BlockID {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mu.head
}

// pause keeps the session from being asked for a while, because it said so.
func (s *session) pause(d time.Duration) {
	until := s.c.cfg.Clock().Add(min(d, time.Minute))
	s.mu.Lock()
	defer s.mu.Unlock()
	if until.After(s.mu.rest) {
		s.mu.rest = until
	}
}

// rests is when the session may be asked again, a time in the past if it may be now.
func (s *session) rests() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mu.rest
}

// expire gives up on a reply.
func (s *session) expire(id uint64) {
	s.mu.Lock()
	p, ok := s.mu.pending[id]
	if ok {
		delete(s.mu.pending, id)
		s.mu.flow.Expire(s.instant(), id)
		s.mu.silent++
	}
	dead := s.mu.silent >= maxSilence && !s.srv.trusted
	s.mu.Unlock()
	if !ok {
		return
	}
	s.deliver(p, nil, errHard)
	s.c.fault(s, 2, errHard)
	s.c.line.look()
	if dead {
		s.end(errHard)
	}
}

func (s *session) deliver(p *pending, reply wire.Reply, err error) {
	p.timer.Stop()
	p.to <- answer{from: s, reply: reply, err: err, took: s.c.cfg.Clock().Sub(p.sent), cost: p.cost}
}

// end ends the session; only the first reason counts. Whoever waits for a reply is
// told at once.
func (s *session) end(reason error) {
	s.mu.Lock()
	if s.mu.ended {
		s.mu.Unlock()
		return
	}
	s.mu.ended, s.mu.reason = true, reason
	waiting := s.mu.pending
	s.mu.pending = make(map[uint64]*pending)
	s.mu.Unlock()
	close(s.quit)
	for _, p := range waiting {
		s.deliver(p, nil, errEnded)
	}
}

// run serves the session until its connection, the context or the client ends it,
// and returns why.
func (s *session) run(ctx context.Context, in <-chan incoming) error {
	var writer sync.WaitGroup
	writer.Go(s.write)
	defer func() {
		// A transport that cannot be closed from here ends when Serve returns; only
		// then does a blocked write.
		if closer, ok := s.conn.(io.Closer); ok {
			_ = closer.Close()
			writer.Wait()
		}
	}()
	for {
		select {
		case m, ok := <-in:
			if !ok {
				s.end(errEnded)
				continue
			}
			if m.err != nil {
				s.end(fmt.Errorf("reading: %w", m.err))
				continue
			}
			if err := s.handle(m.code, m.payload); err != nil {
				s.end(err)
			}
		case <-s.gate.wake.C:
			if err := s.gate.release(); err != nil {
				s.end(err)
			}
		case <-ctx.Done():
			s.end(context.Cause(ctx))
		case <-s.c.ctx.Done():
			s.end(ErrClosed)
		case <-s.quit:
			s.mu.Lock()
			defer s.mu.Unlock()
			return s.mu.reason
		}
	}
}

func (s *session) write() {
	for {
		select {
		case m := <-s.out:
			if err := s.conn.WriteMsg(m.code, m.payload); err != nil {
				s.end(fmt.Errorf("writing: %w", err))
				return
			}
		case <-s.quit:
			return
		}
	}
}

// incoming is what reading the connection gave.
type incoming struct {
	message
	err error
}

// read reads the connection until it fails or quit is closed.
func read(conn wire.Conn, in chan<- incoming, quit <-chan struct{}) {
	for {
		code, payload, err := conn.ReadMsg()
		select {
		case in <- incoming{message{code, payload}, err}:
		case <-quit:
			return
		}
		if err != nil {
			return
		}
	}
}
