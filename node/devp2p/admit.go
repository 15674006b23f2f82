package devp2p

import (
	"context"
	"errors"
	"net"
	"os"
	"runtime"
	"time"

	"github.com/candela-les/candela/internal/pause"
	"github.com/candela-les/candela/node/devp2p/link"
)

// Admission bounds what strangers can make a host do. The zero value takes the
// defaults.
type Admission struct {
	// Permille of the machine's processors (GOMAXPROCS) that new connections may take,
	// in the long run; a second's worth of it may be taken at once. 0: 100, which is
	// some 200 connections per second on two cores.
	Permille int
	// MaxPending is how many connections may be on their way to becoming peers; 0: 1024.
	MaxPending int
}

// Defaults of Admission.
const (
	DefaultAdmissionPermille = 100
	DefaultMaxPending        = 1024
)

const (
	// authPatience is how long the first message of a connection may take. A client sends
	// it at once; what remains is the network.
	authPatience = 5 * time.Second
	// turnPatience is after how long since it came a connection is not worth its handshake
	// any more: go-ethereum's clients, and ours, wait 5 s for the answer.
	turnPatience = 4500 * time.Millisecond
	// helloPatience bounds the rest, up to Hello.
	helloPatience = 6 * time.Second

	// acceptCost is what it takes to accept a connection and to close it, and acceptShare
	// how much of the whole budget, in tenths, is for that: it bounds connections that
	// come faster than they could ever be shaken hands with.
	acceptCost  = 60 * time.Microsecond
	acceptShare = 3
	// acceptPause is the shortest wait when more come than that: it makes one timer
	// do for many.
	acceptPause = 5 * time.Millisecond

	// A client's share of the system's memory for what it does not read, and for what
	// the server does not. Without, either may grow to megabytes for each connection.
	writeBuffer = 256 << 10
	readBuffer  = 128 << 10
)

func (a Admission) withDefaults() Admission {
	if a.Permille <= 0 {
		a.Permille = DefaultAdmissionPermille
	}
	if a.MaxPending <= 0 {
		a.MaxPending = DefaultMaxPending
	}
	return a
}

// rates are the processor time in a second for handshakes and for accepting.
func (a Admission) rates() (handshakes, accepts time.Duration) {
	all := time.Second * time.Duration(runtime.GOMAXPROCS(0)) * time.Duration(a.Permille) / 1000
	accepts = all * acceptShare / 10
	return all - accepts, accepts
}

// startGate prepares what the accept loop needs.
func (h *Host) startGate() error {
	cost, err := measureHandshake(h.cfg.Key)
	if err != nil {
		return err
	}
	admission := h.cfg.Admission.withDefaults()
	if h.hello, err = h.greeting(); err != nil {
		return err
	}
	h.gate = newGate(admission.MaxPending)
	h.price = cost * connectionCost / 100
	handshakes, accepts := admission.rates()
	h.cfg.Logger.Debug("admission of light clients", "handshake", cost, "perSecond", int64(handshakes/h.price), "pending", admission.MaxPending)
	h.loops.Go(func() { h.accept(newBucket(time.Now(), accepts)) })
	h.loops.Go(func() { h.giveTurns(newBucket(time.Now(), handshakes)) })
	return nil
}

// accept takes connections until the listener is closed. It is quick to take them,
// because only what has been taken can be told apart: in the system's queue of
// connections the one who sends most would have most of it.
func (h *Host) accept(budget bucket) {
	for {
		if wait := budget.take(time.Now(), acceptCost); wait > 0 {
			if pause.For(h.ctx, max(wait, acceptPause), nil) != nil {
				return
			}
			continue
		}
		conn, err := h.listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			// Out of file descriptors, most likely: wait for some to be given back.
			h.cfg.Logger.Warn("accepting a light client failed", "err", err)
			if pause.For(h.ctx, 100*time.Millisecond, nil) != nil {
				return
			}
			continue
		}
		h.stats.accepted.Add(1)
		e, evicted := h.gate.enter(conn, time.Now())
		if evicted != nil {
			h.turnOut(evicted.conn, failedCrowded)
		}
		if evicted != e {
			h.loops.Go(func() { h.admit(e) })
		}
	}
}

// turnOut closes a connection without a word, and so that the system keeps nothing
// of it.
func (h *Host) turnOut(conn net.Conn, why failure) {
	h.stats.failed[why].Add(1)
	if tcp, ok := conn.(*net.TCPConn); ok {
		tcp.SetLinger(0) //nolint:errcheck // closed next
	}
	conn.Close()
}

// admit leads one connection to where it is a peer, or ends it.
func (h *Host) admit(e *entry) {
	defer h.gate.leave(e)
	// Close and an eviction close the connection, which ends whatever waits for it.
	defer context.AfterFunc(h.ctx, func() { e.conn.Close() })()
	auth, why := h.firstMessage(e)
	if why == failedNone {
		why = h.await(e)
	}
	if why == failedNone {
		why = h.shake(e, auth)
	}
	select {
	case <-e.out: // is counted, and closed
		return
	default:
	}
	switch why {
	case failedNone:
		h.stats.joined.Add(1)
	case failedKeys, failedHello, failedFull, failedTwice, failedUseless:
		h.stats.failed[why].Add(1)
		e.conn.Close() // what was said in parting is sent first
	default:
		h.turnOut(e.conn, why)
	}
}

// firstMessage waits for what a handshake begins with.
func (h *Host) firstMessage(e *entry) ([]byte, failure) {
	if tcp, ok := e.conn.(*net.TCPConn); ok {
		tcp.SetWriteBuffer(writeBuffer) //nolint:errcheck // the system's own sizes do as well
		tcp.SetReadBuffer(readBuffer)   //nolint:errcheck // as above
	}
	if err := e.conn.SetReadDeadline(e.arrived.Add(authPatience)); err != nil {
		return nil, failedLeft
	}
	auth, err := readAuth(e.conn)
	switch {
	case err == nil:
		return auth, failedNone
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil, failedSilent
	case errors.Is(err, errAuthTooLong):
		return nil, failedLong
	default:
		return nil, failedLeft
	}
}

// await waits for the connection's turn.
func (h *Host) await(e *entry) failure {
	h.gate.ready(e)
	select {
	case <-e.turn:
	case <-e.out:
		select {
		case <-e.turn: // it was its turn, and then it had to go
			<-h.slots
		default:
		}
		return failedCrowded
	case <-h.ctx.Done():
		return failedLeft
	}
	if time.Since(e.arrived) > turnPatience {
		<-h.slots
		return failedLate
	}
	return failedNone
}

// shake shakes hands on a connection whose turn it is. If that comes to something, it
// belongs to a session of its own from then on.
func (h *Host) shake(e *entry, auth []byte) failure {
	h.stats.begun.Add(1)
	out := newSocket(e.conn, h.cfg.Precedence)
	conn := &countedConn{Conn: out, stats: &h.stats}
	// The answer fits what the system sends without anybody reading.
	e.conn.SetDeadline(time.Now().Add(helloPatience)) //nolint:errcheck // the write fails then
	keyed, err := link.Accept(conn, auth, h.cfg.Key)
	<-h.slots
	why := failedKeys
	if err == nil {
		why, err = h.greet(conn, out, keyed)
	}
	if err != nil {
		h.cfg.Logger.Debug("handshake failed", "addr", conn.RemoteAddr(), "err", err)
	}
	return why
}

// giveTurns has waiting connections shaken hands with, as fast as the budget permits
// and one at a time for every few processors.
func (h *Host) giveTurns(budget bucket) {
	for {
		if !h.gate.waits() {
			select {
			case <-h.gate.mu.work:
			case <-h.ctx.Done():
				return
			}
			continue
		}
		select {
		case h.slots <- struct{}{}:
		case <-h.ctx.Done():
			return
		}
		for {
			wait := budget.take(time.Now(), h.price)
			if wait == 0 {
				break
			}
			if pause.For(h.ctx, wait, nil) != nil {
				return
			}
		}
		// Chosen only now, so that it is among all that are here.
		if _, ok := h.gate.next(); !ok {
			<-h.slots
		}
	}
}
