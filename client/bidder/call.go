package bidder

import (
	"errors"
	"fmt"
	"slices"

	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

// Why a call has no answer; match with errors.Is.
var (
	// ErrAway: the server is not connected, and has not come back in time.
	ErrAway = errors.New("server is not connected")
	// ErrUnanswered: the server has not answered in time. What was asked may have been done.
	ErrUnanswered = errors.New("server does not answer about a payment")
	// ErrOther: the server sells in another market than the line was made for.
	ErrOther = errors.New("server has other keys or another token now")
)

const (
	// callSpan is how long an answer about a payment is waited for, which may take a look at the chain. Servers give up before.
	callSpan = 30 * unit.Second
	// maxCalls is how many of them wait at a server at once: with one of each question there are never more than
	// the protocol allows.
	maxCalls = 16 - int(questions)
	// maxTries is on how many connections a call is tried: it may be what they end for.
	maxTries = 4
)

// call is a request about payments. It is answered once, and sent again on the next connection if one ends before it was answered:
// the same request twice does what one does.
type call struct {
	request marketwire.Request
	until   unit.Instant // given up then
	sent    bool         // in the session that there is
	tries   int          // in how many it was sent
	done    chan called  // has room for one
}

// called is what becomes of a call.
type called struct {
	answer marketwire.Message
	err    error
}

// call has a request sent.
func (b *Bidder) call(now unit.Instant, l *Line, c *call) {
	v := b.find(l.server)
	switch {
	case v == nil:
		c.done <- called{err: ErrAway}
	case v.hash != l.market:
		c.done <- called{err: ErrOther}
	default:
		c.until = now.Add(patience(v))
		v.calls = append(v.calls, c)
		b.pump(now, v)
	}
}

// patience is how long a call may wait to be sent.
func patience(v *seller) unit.Span {
	if v.session == nil {
		return returnSpan
	}
	return 2 * callSpan // behind those that wait for answers
}

// pump sends what waits to be sent.
func (b *Bidder) pump(now unit.Instant, v *seller) {
	s := v.session
	if s == nil {
		return
	}
	for _, c := range v.calls {
		if c.sent || len(s.calls) >= maxCalls {
			continue
		}
		s.last++
		c.request.SetID(s.last)
		c.sent, c.until = true, now.Add(callSpan)
		c.tries++
		s.calls[s.last] = c
		if err := s.conn.Send(c.request.Code(), marketwire.Append(nil, c.request)); err != nil {
			b.log.Debug("cannot ask about a payment", "server", short(v.id), "err", err) // the time-out says so
		}
	}
}

// called takes in the answer to a call; false if the id is of none.
func (b *Bidder) called(now unit.Instant, s *Session, v *seller, id uint64, m marketwire.Message) bool {
	c := s.calls[id]
	if c == nil {
		return false
	}
	delete(s.calls, id)
	if err := c.fits(m); err != nil {
		b.fail(now, s, err) // and is asked again in the next session
		return true
	}
	v.calls = slices.DeleteFunc(v.calls, func(one *call) bool { return one == c })
	c.done <- called{answer: m}
	b.pump(now, v)
	return true
}

// fits checks that an answer is about what was asked.
func (c *call) fits(m marketwire.Message) error {
	if m.Code() == marketwire.CodeRefused {
		return nil
	}
	ok := false
	switch q := c.request.(type) {
	case *marketwire.Establish:
		a, is := m.(*marketwire.Standing)
		ok = is && a.Method == q.Method
	case *marketwire.Increase:
		a, is := m.(*marketwire.Standing)
		ok = is && a.Channel == q.Channel
	case *marketwire.Promise:
		a, is := m.(*marketwire.Accepted)
		ok = is && a.Channel == q.Channel && a.Credited.Cmp(a.Cumulative) <= 0
	case *marketwire.Settle:
		a, is := m.(*marketwire.Settled)
		ok = is && a.Channel == q.Channel
	}
	if !ok {
		return broken("%s is no answer to %s", marketwire.CodeName(m.Code()), marketwire.CodeName(c.request.Code()))
	}
	return nil
}

// interrupted has calls sent again when there is another connection.
func (v *seller) interrupted(now unit.Instant) {
	for _, c := range v.calls {
		switch {
		case !c.sent:
		case c.tries >= maxTries:
			c.until = now // at once, and unanswered
		default:
			c.sent, c.until = false, now.Add(returnSpan)
		}
	}
}

// overdue gives up on calls.
func (b *Bidder) overdue(now unit.Instant, v *seller) {
	late := func(c *call) bool { return now >= c.until }
	if !slices.ContainsFunc(v.calls, late) {
		return
	}
	if s := v.session; s != nil {
		for id, c := range s.calls {
			if late(c) {
				delete(s.calls, id)
				s.late(id)
			}
		}
	}
	for _, c := range v.calls {
		if !late(c) {
			continue
		}
		err := ErrUnanswered
		if v.session == nil && !c.sent {
			err = ErrAway
		}
		c.done <- called{err: fmt.Errorf("%s: %w", marketwire.CodeName(c.request.Code()), err)}
	}
	v.calls = slices.DeleteFunc(v.calls, late)
	b.pump(now, v)
}

// forget gives up on a call whose caller does not wait for it any more.
func (b *Bidder) forget(now unit.Instant, l *Line, c *call) {
	if v := b.find(l.server); v != nil && slices.Contains(v.calls, c) {
		c.until = 0
		b.overdue(now, v)
	}
}

// nextCall is when the first call is given up.
func (v *seller) nextCall() unit.Instant {
	next := never
	for _, c := range v.calls {
		next = min(next, c.until)
	}
	return next
}

// hangUp ends all calls: the server has become another one.
func (v *seller) hangUp(err error) {
	for _, c := range v.calls {
		c.done <- called{err: err}
	}
	v.calls = nil
}
