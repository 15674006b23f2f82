package bidder

import (
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

// question is what is asked of a server. One of each kind waits at most, so there are never
// more than the protocol allows.
type question uint8

const (
	askTerms question = iota
	askNewest
	askCurves
	askBid
	askAccount
	askStatement
	askCharge
	askClose
	questions
)

// waiting is a request without an answer yet.
type waiting struct {
	id    uint64 // 0: none
	since unit.Instant
	until unit.Instant
}

// requests are those of one session.
type requests struct {
	last    uint64 // id of the last one
	waits   [questions]waiting
	expired map[uint64]bool  // ids whose answer may still come
	silent  [questions]int   // answers in a row that did not come
	calls   map[uint64]*call // about payments, by their ids
}

// asks reports whether an answer of that kind is waited for.
func (r *requests) asks(q question) bool { return r.waits[q].id != 0 }

// ask sends a request, unless one of its kind waits already.
func (s *Session) ask(now unit.Instant, q question, m marketwire.Request) bool {
	if s.asks(q) {
		return false
	}
	s.last++
	m.SetID(s.last)
	s.waits[q] = waiting{s.last, now, now.Add(answerSpan)}
	if err := s.conn.Send(m.Code(), marketwire.Append(nil, m)); err != nil {
		// It is over, or does not keep up: then the time-out says so.
		s.b.log.Debug("cannot ask about the market", "server", short(s.id()), "err", err)
	}
	return true
}

// answered finds out what an id is the answer to. Late says that nobody waits for it any more.
func (r *requests) answered(id uint64) (q question, since unit.Instant, late bool, err error) {
	for q := range r.waits {
		if w := r.waits[q]; w.id == id && id != 0 {
			r.waits[q] = waiting{}
			r.silent[q] = 0
			return question(q), w.since, false, nil //nolint:gosec // below questions
		}
	}
	if r.expired[id] {
		delete(r.expired, id)
		return 0, 0, true, nil
	}
	return 0, 0, false, broken("answer %d to nothing that was asked", id)
}

// late notes that an answer may still come that nobody waits for.
func (r *requests) late(id uint64) {
	if len(r.expired) > 64 {
		clear(r.expired) // it is as good as silent
	}
	r.expired[id] = true
}

// next is when the first of them is given up.
func (r *requests) next() unit.Instant {
	next := never
	for _, w := range r.waits {
		if w.id != 0 {
			next = min(next, w.until)
		}
	}
	return next
}

const never unit.Instant = 1<<63 - 1

// expire gives up on answers, and returns which.
func (r *requests) expire(now unit.Instant) (missing []question) {
	for q := range r.waits {
		w := &r.waits[q]
		if w.id == 0 || now < w.until {
			continue
		}
		missing = append(missing, question(q)) //nolint:gosec // below questions
		r.late(w.id)
		*w = waiting{}
		r.silent[q]++
	}
	return missing
}
