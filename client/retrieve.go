package client

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/wire"
)

const (
	// maxAttempts bounds how many servers are asked the same thing.
	maxAttempts = 16
	// maxBusy is how often a server that is busy is asked again.
	maxBusy = 3
	// firstBusy is how long one is left alone that does not say for how long it is
	// busy. It doubles with each time, whatever the server says.
	firstBusy = 100 * time.Millisecond
	// maxRefusalText bounds what is kept of a server's own words, in bytes.
	maxRefusalText = 120
)

// query is one thing to be asked of whichever server can answer it.
type query struct {
	what string // for errors, such as "receipts of block 7"
	// can says whether the server has it.
	can func(*session) bool
	// block is the number of the block that it belongs to, 0 if that does not matter.
	// Servers that have not announced it yet are asked last, and not blamed.
	block uint64
	// request makes the request as this server understands it; nil if it cannot.
	// Each call makes a new one.
	request func(*session) wire.Request
	// check decides about a reply. Nil accepts it; errLacks means that the server
	// does not have it; any other error that the server sent something wrong.
	check func(*session, wire.Reply) error
	// prefer are servers to be asked before others; lenient ones are not blamed for
	// not having it.
	prefer  map[[32]byte]bool
	lenient bool
	// optional: there is another way if nobody can answer at once.
	optional bool
	// urgent ones do not wait behind others: heads are followed whatever is asked.
	urgent bool
}

// errLacks: the reply leaves out what was asked for.
var errLacks = errors.New("server left out what was asked for")

// cutError is a reply that lacks part of a proof but holds nothing wrong.
type cutError struct{ err error }

func (e *cutError) Error() string { return "incomplete: " + e.err.Error() }
func (e *cutError) Unwrap() error { return e.err }

// retrieve asks servers until one gives an answer that check accepts, and returns
// who it was. It asks the server that can answer soonest; when a soft time-out
// passes it asks another one too, and takes whichever valid answer comes first. If none
// has room, it waits in line. It ends with a typed error when nobody is left, or when
// ctx or RequestLimit ends.
func (c *Client) retrieve(ctx context.Context, q query) (*session, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, RequestLimit, ErrTimeout)
	defer cancel()
	r := &retrieval{
		c: c, q: q, trace: traceOf(ctx),
		answers: make(chan answer, maxAttempts),
		news:    make(chan struct{}, 1),
		tried:   make(map[*session]bool),
		flying:  make(map[*session]bool),
		busy:    make(map[*session]int),
		ends:    c.now().Add(RequestLimit),
	}
	if at, ok := ctx.Deadline(); ok && at.Before(r.ends) {
		r.ends = at
	}
	c.line.draw(r)
	defer c.line.leave(r)
	return r.run(ctx)
}

// retrieval is the state of one retrieve. While it waits in line, the line calls the
// query's functions and changes what is below; at all other times its own goroutine
// does.
type retrieval struct {
	c       *Client
	q       query
	trace   *trace
	answers chan answer
	news    chan struct{} // it has been sent, or cannot be
	ticket  uint64
	ends    time.Time

	// Guarded by the line.
	waits   bool // in line
	looked  bool // since it entered
	stuck   bool // none of those who are connected can answer
	keptOut bool // one could that is kept for others

	tried   map[*session]bool
	flying  map[*session]bool
	busy    map[*session]int // how often each said that it is
	softAt  time.Time        // when another one is asked, if no answer comes
	short   int              // servers that could not be sent to when it was looked last
	roomIn  time.Duration    // until one of them can be, as far as it is known
	refused []Refusal
	retry   time.Duration
	silent  int
	wrong   *UnprovenError
}

// tell wakes the goroutine of the question.
func (r *retrieval) tell() {
	select {
	case r.news <- struct{}{}:
	default:
	}
}

func (r *retrieval) run(ctx context.Context) (*session, error) {
	timer := time.NewTimer(RequestLimit)
	defer timer.Stop()
	started := r.c.now()
	line := r.c.line
	line.enter(r)
	for {
		waits, vain, hopeless := line.state(r, started)
		wait := RequestLimit
		switch {
		case hopeless:
			line.leave(r)
			return nil, r.verdict()
		case vain:
			wait = r.c.cfg.ServerWait - r.c.now().Sub(started)
		case !waits:
			wait = r.softAt.Sub(r.c.now())
		}
		timer.Reset(max(wait, time.Millisecond))
		select {
		case a := <-r.answers:
			line.leave(r)
			delete(r.flying, a.from)
			if r.take(a) {
				return a.from, nil
			}
			line.enter(r)
		case <-timer.C:
			if !waits {
				r.slow()
				line.enter(r)
			}
		case <-r.news:
		case <-ctx.Done():
			line.leave(r)
			return nil, r.interrupted(ctx)
		case <-r.c.ctx.Done():
			return nil, ErrClosed
		}
	}
}

// seen takes in that it was looked for a server and none could be sent to; next will
// have room first.
func (r *retrieval) seen(next *session) {
	r.looked = true
	r.stuck = next == nil && !r.keptOut
	r.trace.waits(r.unavailable())
	if r.stuck {
		r.tell()
	}
}

// hopeless: nobody is left to ask. If nobody is connected at all, a server may be
// on its way, for a moment.
func (r *retrieval) hopeless(started time.Time) bool {
	if len(r.tried) > 0 || r.q.optional || r.c.now().Sub(started) >= r.c.cfg.ServerWait {
		return true
	}
	for _, cand := range r.c.roster.sessions() {
		if cand.session.can(need{wire.ServesChain, anyBlock}) {
			return true
		}
	}
	return false
}

// try sends the request to the best server that has not been asked, has room for it and
// is not kept for others. If there is none, next is the server that will have room
// first, and wait is how long that takes, as far as it is known.
func (r *retrieval) try(sessions []candidate, kept map[*session]bool) (sent bool, next *session, wait time.Duration) {
	for len(r.tried) < maxAttempts {
		best, next, wait := r.pick(sessions, kept)
		if best == nil {
			return false, next, wait
		}
		req := r.q.request(best)
		r.tried[best] = true
		if req == nil {
			continue
		}
		err := best.send(req, r.answers)
		if err == nil {
			r.c.roster.asked(best.srv)
			r.flying[best] = true
			r.softAt = r.c.now().Add(r.c.roster.soft())
			r.short, r.roomIn = 0, 0
			r.trace.sent(r.unavailable())
			return true, nil, 0
		}
		if errors.Is(err, errNoRoom) {
			// The connection does not keep up.
			delete(r.tried, best)
			return false, best, outboxWait
		}
	}
	return false, nil, 0
}

// pick chooses by expected response time, lengthened by what is under way there
// and by how empty the buffer is: that spreads requests before a buffer runs dry.
// A banned server that is still connected comes last: what it says is checked like
// all else, so it can only cost time, and may be all there is.
func (r *retrieval) pick(sessions []candidate, kept map[*session]bool) (best, next *session, wait time.Duration) {
	r.keptOut, r.short, r.roomIn = false, 0, 0
	var bestRank rank
	var nextBanned bool
	wait = time.Duration(flow.Never)
	for _, cand := range sessions {
		s := cand.session
		if r.tried[s] || !r.q.can(s) {
			continue
		}
		req := r.q.request(s)
		if req == nil {
			continue
		}
		if rests := s.rests(); rests.After(r.ends) {
			r.tried[s] = true
			r.refuse(s, wire.Busy.String(), "")
			r.retryAfter(rests.Sub(r.c.now()))
			continue
		}
		ok, possible, w := s.room(req.Code(), req.Amount())
		if !possible {
			continue
		}
		if !ok || kept[s] {
			r.shortOf(time.Duration(w))
		}
		if kept[s] {
			r.keptOut = true
			continue
		}
		if !ok {
			better := next == nil || time.Duration(w) < wait
			if cand.banned != nextBanned && next != nil {
				better = nextBanned
			}
			if better {
				next, nextBanned, wait = s, cand.banned, time.Duration(w)
			}
			continue
		}
		pending, filled := s.load()
		rk := rank{
			banned: cand.banned, preferred: r.q.prefer[s.srv.id] || cand.trial && r.ticket%trialShare == 0, behind: r.behind(s),
			score: float64(cand.expected) * float64(1+pending) / max(filled, 0.05),
		}
		if best == nil || rk.before(bestRank) {
			best, bestRank = s, rk
		}
	}
	if best != nil && bestRank.banned && (next != nil && !nextBanned || r.keptOut) {
		return nil, next, wait // somebody better has room soon
	}
	return best, next, wait
}

// shortOf counts a server that has no room for the question, and notes when it has.
func (r *retrieval) shortOf(wait time.Duration) {
	r.short++
	if wait > 0 && wait != time.Duration(flow.Never) && (r.roomIn == 0 || wait < r.roomIn) {
		r.roomIn = wait
	}
}

// behind: a majority may elect a block some time before the last server has it.
func (r *retrieval) behind(s *session) bool { return s.head().Number < r.q.block }

type rank struct {
	banned, preferred, behind bool
	score                     float64
}

func (a rank) before(b rank) bool {
	if a.banned != b.banned {
		return !a.banned
	}
	if a.preferred != b.preferred {
		return a.preferred
	}
	if a.behind != b.behind {
		return !a.behind
	}
	return a.score < b.score
}

// take judges one answer; true if it is accepted.
func (r *retrieval) take(a answer) bool {
	srv := a.from.srv
	err := a.err
	var refused *wire.Refused
	if reply, ok := a.reply.(*wire.Refused); ok {
		refused = reply
	} else if err == nil {
		err = r.q.check(a.from, a.reply)
	}
	var lie *lieError
	var cut *cutError
	switch {
	case refused != nil:
		r.refusedBy(a.from, refused)
	case err == nil:
		r.c.roster.answered(srv, a.took, a.cost)
		r.trace.answered(srv)
		return true
	case errors.Is(err, errHard):
		r.silent++
	case errors.Is(err, errFrozen):
		r.refuse(a.from, err.Error(), "")
		// It resumes sooner or later, and may be the only one that can be asked.
		if r.busy[a.from]++; r.busy[a.from] <= maxBusy {
			delete(r.tried, a.from)
		}
	case errors.Is(err, errEnded):
		r.refuse(a.from, err.Error(), "")
	case errors.Is(err, errLacks):
		r.refuse(a.from, err.Error(), "")
		if !r.q.lenient && !r.behind(a.from) {
			r.c.fault(a.from, 0.5, fmt.Errorf("%s: %w", r.q.what, err))
		}
	case errors.As(err, &cut) && !errors.As(err, &lie):
		r.unproven(srv, err)
		r.c.fault(a.from, 1, fmt.Errorf("%s: %w", r.q.what, err))
	default:
		r.unproven(srv, err)
		r.c.lie(a.from, fmt.Errorf("%s: %w", r.q.what, err))
	}
	return false
}

func (r *retrieval) unproven(srv *server, err error) {
	r.wrong = &UnprovenError{What: r.q.what, Server: srv.short(), Reason: err}
}

func (r *retrieval) refusedBy(s *session, reply *wire.Refused) {
	e := &refusedError{reason: reply.Reason, text: brief(reply.Text)}
	e.retry = time.Duration(min(reply.RetryAfterMs, 60_000)) * time.Millisecond
	r.refuse(s, e.reason.String(), e.text)
	if e.reason == wire.Busy {
		rest := max(e.retry, firstBusy) << r.busy[s]
		s.pause(rest)
		// It will answer later: it may be asked again, if nobody else can be, but not for
		// ever.
		if r.busy[s]++; r.busy[s] <= maxBusy {
			delete(r.tried, s)
		}
	}
	r.retryAfter(e.retry)
	r.c.roster.failed(s.srv, 0.25, e)
}

// refuse notes why a server gave no answer: the last reason of each.
func (r *retrieval) refuse(s *session, reason, text string) {
	refusal := Refusal{Server: s.srv.short(), Reason: reason, Text: text}
	i := slices.IndexFunc(r.refused, func(o Refusal) bool { return o.Server == refusal.Server })
	if i < 0 {
		r.refused = append(r.refused, refusal)
		return
	}
	r.refused[i] = refusal
}

func (r *retrieval) retryAfter(d time.Duration) {
	if d > 0 && (r.retry == 0 || d < r.retry) {
		r.retry = d
	}
}

// brief makes a server's words fit for an error message.
func brief(text string) string {
	return strings.ToValidUTF8(text[:min(len(text), maxRefusalText)], "")
}

// slow: the soft time-out has passed. The reply may still come and be used.
func (r *retrieval) slow() {
	for s := range r.flying {
		r.c.roster.failed(s.srv, 0.25, nil)
	}
}

// verdict says why nobody could answer.
func (r *retrieval) verdict() error {
	if r.wrong != nil {
		return r.wrong
	}
	return r.unavailable()
}

func (r *retrieval) unavailable() *UnavailableError {
	retry := r.retry
	if r.roomIn > 0 && (retry == 0 || r.roomIn < retry) {
		retry = r.roomIn
	}
	return &UnavailableError{
		What: r.q.what, Refused: slices.Clone(r.refused), Silent: r.silent + len(r.flying),
		Asked: len(r.refused) + r.silent + len(r.flying), Short: r.short, RetryAfter: retry,
	}
}

// interrupted says why a retrieval was cut short: the caller's reason is passed
// on, the client's own limit is a time-out.
func (r *retrieval) interrupted(ctx context.Context) error {
	cause := context.Cause(ctx)
	if errors.Is(cause, context.Canceled) {
		return fmt.Errorf("%s: %w", r.q.what, cause)
	}
	if r.wrong != nil {
		return r.wrong
	}
	return fmt.Errorf("%w: %w", r.unavailable(), cause)
}

// fault scores a server's failure.
func (c *Client) fault(s *session, weight float64, reason error) {
	c.log.Debug("server failed", "server", s.srv.short(), "err", reason)
	c.roster.failed(s.srv, weight, reason)
}

// lie scores a wrong answer: the server is asked for no data until its ban ends. A
// trusted one keeps its session, because its vote is a matter of its own.
func (c *Client) lie(s *session, reason error) {
	c.log.Warn("server gave a wrong answer", "server", s.srv.short(), "err", reason)
	c.roster.lied(s.srv, reason)
	if !s.srv.trusted {
		s.end(fmt.Errorf("%w: %w", ErrBanned, reason))
	}
	c.saveServers()
}
