// Package pool decides which discovered servers a light client asks for their
// conditions, and which it connects to.
//
// A Pool is a step function: it is told what was found, answered and ended, and
// Next says what is to be done now. It does no I/O, starts nothing, and reads no
// clock. What it promises: never more than Max visits at a time; no visit to a
// server before the time for which that said that it is full, nor to one that is
// banned; a server that cannot be reached is left alone for ever longer, and is the
// first to be forgotten; never more than MaxKnown servers are remembered.
//
// Trusted servers are none of its business: whom a client trusts is configured,
// never discovered.
package pool

import (
	"slices"
	"time"

	"github.com/candela-les/candela/wire"
)

// ID is a node id.
type ID = [32]byte

const (
	// MaxKnown is how many servers are remembered.
	MaxKnown = 256
	// MaxAsking is how many are asked at a time.
	MaxAsking = 8
	// fresh is how long an answer is good for.
	fresh = time.Minute
	// settle is how long the answers of others are waited for, so that the best server
	// is taken and not the first.
	settle = 250 * time.Millisecond
	// useful is how long a connection must hold to show that it works.
	useful = 15 * time.Second
	// maxSilent is how many questions go unanswered until it is tried without.
	maxSilent = 2
	// maxFails is how many visits in a row fail until a server is taken for dead, and
	// left alone for so long. (To forget it would mean to begin anew when the network,
	// which forgets more slowly, names it again.)
	maxFails = 5
	dead     = 30 * time.Minute
	// foreign is how long a server of no use to this client is left alone.
	foreign = time.Hour

	minRetry, maxRetry = time.Second, time.Hour
	minBackoff         = 2 * time.Second
)

// Config is what a Pool goes by.
type Config struct {
	// Max is how many servers to be connected to.
	Max int
	// Standing returns the expected response time of a server and until when it is
	// banned.
	Standing func(ID) (expected time.Duration, banned time.Time)
	// Jitter returns a random span below its argument.
	Jitter func(time.Duration) time.Duration
}

// Pool is the list of known servers. It is for one goroutine.
type Pool struct {
	cfg     Config
	known   map[ID]*server
	order   []ID // in which they were found, so that nothing depends on chance
	asking  int
	visited int
}

type state uint8

const (
	idle state = iota
	asking
	visited
)

type server struct {
	id     ID
	talks  bool // answers questions for its conditions
	state  state
	asked  time.Time        // last time
	answer *wire.Conditions // to that; nil if there was none
	until  time.Time        // to be left alone
	silent int              // questions in a row without an answer
	fails  int              // visits in a row that came to nothing
	full   bool             // is the reason of until
}

// Kind says what an Action is.
type Kind uint8

// The kinds of Action.
const (
	Ask   Kind = iota // for its conditions: Answered or Unanswered follows
	Visit             // connect: Ended follows
)

// Action is what is to be done.
type Action struct {
	Kind Kind
	ID   ID
}

// New makes an empty pool.
func New(cfg Config) *Pool {
	return &Pool{cfg: cfg, known: make(map[ID]*server)}
}

// Found takes in a server that was discovered; talks says whether it announces that
// it answers questions. It returns whether the server is a new one.
func (p *Pool) Found(now time.Time, id ID, talks bool) bool {
	if s, ok := p.known[id]; ok {
		s.talks = talks
		return false
	}
	if len(p.known) >= MaxKnown && !p.evict(now) {
		return false
	}
	p.known[id] = &server{id: id, talks: talks}
	p.order = append(p.order, id)
	return true
}

// evict forgets the server that will be of no use for longest.
func (p *Pool) evict(now time.Time) bool {
	var worst *server
	for _, id := range p.order {
		s := p.known[id]
		if s.state == idle && s.until.After(now) && (worst == nil || s.until.After(worst.until)) {
			worst = s
		}
	}
	if worst == nil {
		return false
	}
	p.forget(worst)
	return true
}

func (p *Pool) forget(s *server) {
	delete(p.known, s.id)
	p.order = slices.DeleteFunc(p.order, func(id ID) bool { return id == s.id })
}

// Answered takes in a server's conditions; fits is whether it is of use to this client.
func (p *Pool) Answered(now time.Time, id ID, c *wire.Conditions, fits bool) {
	s := p.end(id, asking)
	if s == nil {
		return
	}
	s.silent = 0
	switch {
	case !fits:
		s.leave(now, foreign)
	case c.Free == 0:
		retry := time.Duration(min(c.RetryAfterMs, uint64(maxRetry/time.Millisecond))) * time.Millisecond
		p.retry(now, s, retry)
	default:
		s.answer = c
	}
}

// Unanswered takes in that a server did not answer, or not in words that make sense.
func (p *Pool) Unanswered(now time.Time, id ID) {
	if s := p.end(id, asking); s != nil {
		s.silent++
		s.leave(now, time.Duration(s.silent)*minBackoff)
	}
}

// End is how a visit ended.
type End struct {
	Held  time.Duration // how long there was a connection
	Full  bool          // the server had no place
	Retry time.Duration // if Full: when it said that it will have one, 0 if it did not
	// Foreign: the server is of no use to this client.
	Foreign bool
}

// Ended takes in the end of a visit.
func (p *Pool) Ended(now time.Time, id ID, e End) {
	s := p.end(id, visited)
	if s == nil {
		return
	}
	s.answer = nil
	switch {
	case e.Foreign:
		s.leave(now, foreign)
	case e.Full:
		p.retry(now, s, e.Retry)
	case e.Held >= useful:
		s.fails = 0
		s.leave(now, minBackoff)
	default:
		wait := dead
		if s.fails++; s.fails < maxFails {
			wait = minBackoff << s.fails
		} else {
			s.fails = maxFails - 1
		}
		s.leave(now, wait)
	}
}

// end returns the server if it was in that state, and ends the state.
func (p *Pool) end(id ID, was state) *server {
	s, ok := p.known[id]
	if !ok || s.state != was {
		return nil
	}
	if was == asking {
		p.asking--
	} else {
		p.visited--
	}
	s.state = idle
	return s
}

func (s *server) leave(now time.Time, wait time.Duration) {
	s.until, s.full, s.answer = now.Add(wait), false, nil
}

// retry leaves a full server alone for as long as it said, and a little longer.
func (p *Pool) retry(now time.Time, s *server, told time.Duration) {
	if told <= 0 {
		told = 30 * time.Second << min(s.fails, maxFails)
		s.fails = min(s.fails+1, maxFails-1)
	}
	told = min(max(told, minRetry), maxRetry)
	s.leave(now, told+p.cfg.Jitter(told/8+1))
	s.full = true
}
