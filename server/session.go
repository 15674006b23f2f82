package server

import (
	"context"
	"errors"
	"io"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/candela-les/candela/market"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// session is one client. Its reader goroutine, the one that called Serve, does all
// the serving; announcements and Resume come from elsewhere through push.
type session struct {
	srv     *Server
	peer    wire.Peer
	conn    wire.Conn
	version uint
	pricing *pricing

	ctx  context.Context
	kill context.CancelCauseFunc
	pen  chan struct{} // held while writing to conn
	// writing is since when a write has been going on, 0 for not. The sweep looks at
	// it, so that no write needs a timer of its own.
	writing atomic.Int64

	// unwelcome is when a client may come again for which there is no place; else 0.
	unwelcome unit.Span
	seat      *market.Session   // nil without a place
	announces wire.AnnounceType // the kind of announcement that the client asked for
	stopped   atomic.Bool       // the client was told Stop, and not yet Resume
	// thawed gets the end of each freeze, turn what becomes of each request.
	thawed chan struct{}
	turn   chan turn
	holds  atomic.Bool // a worker, for a request that is settled
	waits  patient     // conn, if it is one
	goes   preferable  // conn, if it is one

	out struct {
		sync.Mutex
		queue   []message
		flowing bool // a goroutine is emptying the queue
		closed  bool
		sent    *news // latest announced
	}
	jobs sync.WaitGroup // interrupt, flush, dismiss and trade

	trade *trade // business; nil where there is none

	// What follows belongs to the reader goroutine.
	service service  // of the request that is served
	nodes   [][]byte // of the proof being made
	collect func(node []byte)
	useless int // requests to a server that has no data
	// dropped is how many messages came since Stop, droppedBytes how long they were;
	// flood is how many came that cannot have been under way, ever.
	dropped, droppedBytes, flood int
}

type message struct {
	code    uint64
	payload []byte
}

// oldest is the oldest version that is served.
const oldest = wire.LES2

// Serve runs one session to its end and returns why it ended, a *Disconnect. If
// conn has a method Close() error, it is called when the session has to end, and
// nothing uses conn after Serve has returned. If it has none, a ReadMsg or WriteMsg
// may still be waiting then: the transport, which Serve's return tells to hang up,
// has to fail it.
func (s *Server) Serve(ctx context.Context, peer wire.Peer, conn wire.Conn) error {
	err := s.serve(ctx, peer, conn)
	var d *Disconnect
	if !errors.As(err, &d) {
		d = leave(ReasonLeft, err)
	}
	s.stats.disconnects[d.Reason].Add(1)
	s.cfg.Logger.Debug("light client left", "peer", peer.Addr, "version", peer.Version, "reason", d)
	return d
}

func (s *Server) serve(ctx context.Context, peer wire.Peer, conn wire.Conn) error {
	if !slices.Contains(s.protocols, uint64(peer.Version)) {
		return leavef(ReasonVersion, "les/%d is not spoken here", peer.Version)
	}
	one := &session{
		srv: s, peer: peer, conn: conn, version: peer.Version,
		pricing: s.pricing(peer.Version), pen: make(chan struct{}, 1),
		thawed: make(chan struct{}, 1), turn: make(chan turn, 1), service: service{turn: turn{yields: true}},
	}
	if err := s.reserve(one); err != nil {
		return err
	}
	one.openTrade()
	one.waits, _ = conn.(patient)
	one.goes, _ = conn.(preferable)
	one.collect = func(node []byte) { one.nodes = append(one.nodes, node) }
	one.ctx, one.kill = context.WithCancelCause(ctx)
	stop := context.AfterFunc(s.ctx, func() { one.kill(leave(ReasonClosing, ErrClosed)) })
	one.jobs.Add(1)
	context.AfterFunc(one.ctx, one.interrupt) // end sees to it that this runs
	run := func() {
		defer s.release(one)
		defer stop()
		one.end(one.run())
	}
	if _, ok := conn.(io.Closer); ok {
		run()
	} else {
		go run()
		<-one.ctx.Done()
	}
	return one.why()
}

// run is the session, from its handshake on.
func (s *session) run() error {
	if s.unwelcome != 0 {
		return s.turnAway()
	}
	if err := s.handshake(); err != nil {
		return err
	}
	latest := s.srv.register(s)
	defer s.srv.unregister(s)
	if s.trade != nil {
		s.trade.hello()
	}
	// What is new since the handshake began.
	s.tell(latest)
	return s.loop()
}

// why is the first reason for which the session ended.
func (s *session) why() error {
	var d *Disconnect
	if cause := context.Cause(s.ctx); !errors.As(cause, &d) {
		d = leave(ReasonClosing, cause) // the caller's context
	}
	return d
}

// interrupt unblocks whoever reads or writes.
func (s *session) interrupt() {
	defer s.jobs.Done()
	if c, ok := s.conn.(io.Closer); ok {
		c.Close() //nolint:errcheck // there is nothing left to do about it
	}
}

// end ends the session, for err if for nothing before, and waits for all that it
// started.
func (s *session) end(err error) {
	s.kill(err)
	if s.trade != nil {
		s.trade.close()
	}
	s.out.Lock()
	s.out.closed = true
	s.out.queue = nil
	s.out.Unlock()
	s.jobs.Wait()
}

// write sends one message, after those that others are sending.
func (s *session) write(code uint64, payload []byte) error {
	select {
	case s.pen <- struct{}{}:
	default:
		s.letGo() // another goroutine is writing, perhaps for long
		select {
		case s.pen <- struct{}{}:
		case <-s.ctx.Done():
			return context.Cause(s.ctx)
		}
	}
	s.writing.Store(int64(max(s.srv.now(), 1)))
	err := s.conn.WriteMsg(code, payload)
	s.writing.Store(0)
	<-s.pen
	if err != nil {
		return leave(ReasonLeft, err)
	}
	s.srv.stats.bytesOut.Add(uint64(len(payload)))
	return nil
}

// maxQueue is how many messages may wait for a client that does not read.
const maxQueue = 32

// push sends a message without waiting for it. The payload must not be changed.
func (s *session) push(code uint64, payload []byte) {
	s.out.Lock()
	defer s.out.Unlock()
	s.pushLocked(code, payload)
}

// pushLocked is push for who holds out.
func (s *session) pushLocked(code uint64, payload []byte) {
	switch {
	case s.out.closed:
	case len(s.out.queue) >= maxQueue:
		s.kill(leavef(ReasonSlow, "%d messages unread", maxQueue))
	default:
		s.out.queue = append(s.out.queue, message{code, payload})
		if !s.out.flowing {
			s.out.flowing = true
			s.jobs.Add(1)
			go s.flush()
		}
	}
}

// flush sends what is queued and ends. An idle session has no goroutine for it.
func (s *session) flush() {
	defer s.jobs.Done()
	for {
		s.out.Lock()
		if len(s.out.queue) == 0 {
			s.out.flowing, s.out.queue = false, nil
			s.out.Unlock()
			return
		}
		next := s.out.queue[0]
		s.out.queue = s.out.queue[1:]
		s.out.Unlock()
		if err := s.write(next.code, next.payload); err != nil {
			s.kill(err)
			s.out.Lock()
			s.out.closed, s.out.queue = true, nil
			s.out.Unlock()
			return
		}
	}
}

// writeTimeout is how long a client may take to read one message.
const writeTimeout = 10 * unit.Second

// sweep ends the session if it has been writing for too long.
func (s *session) sweep(now unit.Instant) {
	since := s.writing.Load()
	if since == 0 {
		return
	}
	s.letGo()
	if now.Since(unit.Instant(since)) > writeTimeout {
		s.kill(leavef(ReasonSlow, "one message unread for %v", time.Duration(writeTimeout)))
	}
}
