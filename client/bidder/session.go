package bidder

import (
	"errors"
	"sync/atomic"

	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/marketwire"
)

// Session is one connection to a server that speaks market/1. Receive and End belong to the goroutine
// that reads the connection.
type Session struct {
	b    *Bidder
	peer wire.Peer
	conn Conn
	over atomic.Bool // nothing is taken in any more

	// What follows belongs to who reads.
	hello *marketwire.Hello
	hash  marketwire.Hash // of the market
	room  float64         // messages that may come unasked
	at    unit.Instant
	clock *clock

	// What follows belongs to the bidder's goroutine.
	seller  *seller // nil before its Hello
	greetBy unit.Instant
	requests
}

// Hello is the payload of the first message that this end sends. Whoever owns the connection sends it at
// once, before anything is known of the other end.
func Hello() []byte {
	return marketwire.Append(nil, &marketwire.Hello{Version: uint64(marketwire.Version)})
}

// Attach takes a connection in, on which Hello is sent by the caller.
func (b *Bidder) Attach(peer wire.Peer, conn Conn) *Session {
	s := &Session{b: b, peer: peer, conn: conn, room: unaskedBurst, clock: newClock(b.cfg.Clock)}
	s.requests.expired, s.requests.calls = make(map[uint64]bool), make(map[uint64]*call)
	b.post(func(now unit.Instant) {
		s.greetBy = now.Add(helloSpan)
		b.sessions[s] = true
	})
	return s
}

// End says that the connection has ended.
func (s *Session) End() {
	s.over.Store(true)
	s.b.post(func(now unit.Instant) { s.b.detach(now, s) })
}

// Receive takes a message in. An error ends business on this connection; it wraps ErrLie or ErrBroken.
// What comes after that is ignored.
func (s *Session) Receive(code uint64, payload []byte) error {
	if s.over.Load() {
		return nil
	}
	err := s.receive(code, payload)
	if err != nil {
		s.over.Store(true)
		s.b.post(func(now unit.Instant) { s.b.failed(now, s, err) })
	}
	return err
}

func (s *Session) receive(code uint64, payload []byte) error {
	if !marketwire.FromSeller(code) {
		return broken("a server sends no %s", marketwire.CodeName(code))
	}
	m, err := marketwire.Decode(code, payload)
	if err != nil {
		return broken("%w", err)
	}
	if hello, ok := m.(*marketwire.Hello); ok {
		return s.greeted(hello)
	}
	switch {
	case s.hello == nil:
		return broken("%s before Hello", marketwire.CodeName(code))
	case s.hello.Market == nil:
		return broken("%s without a market", marketwire.CodeName(code))
	}
	if unasked(m) && !s.passes() {
		return broken("more messages than any book has news")
	}
	if err := s.verify(m); errors.Is(err, marketwire.ErrSenseless) {
		s.b.post(func(now unit.Instant) { s.b.senseless(now, s, m, err) })
		return nil
	} else if err != nil {
		return err
	}
	s.b.post(func(now unit.Instant) { s.b.received(now, s, m) })
	return nil
}

func (s *Session) greeted(hello *marketwire.Hello) error {
	if s.hello != nil {
		return broken("a second Hello")
	}
	s.hello = hello
	if m := hello.Market; m != nil {
		if m.Node != s.peer.ID {
			return lie("its market is that of node %x", m.Node[:8])
		}
		s.hash = m.ID()
	}
	s.b.post(func(now unit.Instant) { s.b.greeted(now, s) })
	return nil
}

// unasked reports whether a message came by itself.
func unasked(m marketwire.Message) bool {
	tagged, ok := m.(interface{ ID() uint64 })
	return !ok || tagged.ID() == 0
}

// passes lets messages through at a bounded rate.
func (s *Session) passes() bool {
	now := s.clock.instant()
	s.room = min(s.room+unaskedRate*float64(now.Since(s.at))/float64(unit.Second), unaskedBurst)
	s.at = now
	if s.room < 1 {
		return false
	}
	s.room--
	return true
}

// verify checks everything signed in a message. Its error wraps ErrLie, or marketwire.ErrSenseless if it is signed
// as it should be and contradicts itself.
func (s *Session) verify(m marketwire.Message) error {
	switch m := m.(type) {
	case *marketwire.Conditions:
		return first(verified(s, &m.Terms), s.ofBook(m.Terms.Body.Epoch), m.Terms.Body.Check())
	case *marketwire.Curves:
		for i := range m.Curves {
			c := &m.Curves[i]
			if err := first(verified(s, c), s.ofBook(c.Body.Epoch), c.Body.Check()); err != nil {
				return err
			}
		}
	case *marketwire.BidAccepted:
		return s.allocation(&m.Allocation)
	case *marketwire.Notice:
		return s.allocation(&m.Allocation)
	case *marketwire.Demoted:
		return first(s.allocation(&m.Allocation), s.balance(&m.Balance))
	case *marketwire.Account:
		return s.balance(&m.Balance)
	case *marketwire.BalanceLow:
		return s.balance(&m.Balance)
	case *marketwire.Closed:
		if m.Balance != nil {
			return s.balance(m.Balance)
		}
	case *marketwire.Statement:
		return first(verified(s, &m.Page), m.Page.Body.Check())
	case *marketwire.Charged:
		return verified(s, &m.Receipt)
	}
	return nil
}

// verified checks who signed a statement, for which market and about whom.
func verified[B marketwire.Body](s *Session, statement *marketwire.Signed[B]) error {
	if err := statement.Verify(s.hello.Market, s.b.address); err != nil {
		return lie("%w", err)
	}
	return nil
}

func (s *Session) allocation(a *marketwire.Signed[marketwire.Allocation]) error {
	return first(verified(s, a), s.ofBook(a.Body.Epoch))
}

func (s *Session) balance(a *marketwire.Signed[marketwire.Balance]) error {
	return first(verified(s, a), s.ofBook(a.Body.Epoch))
}

// ofBook: all statements of a session are of the book that its Hello names.
func (s *Session) ofBook(epoch uint64) error {
	if epoch != s.hello.Epoch {
		return lie("a statement of book %d in book %d", epoch, s.hello.Epoch)
	}
	return nil
}

// first returns the first error.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Session) id() buyer.ID { return s.peer.ID }
