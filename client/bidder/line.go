package bidder

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/candela-les/candela/internal/pause"
	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

// Line is how payments are talked over with one server, whatever connection there is. Its methods wait for the
// answer and may be called from many goroutines. A call that a connection did not survive is made again on the next one, and a channel
// that the server does not know any more is established again, once for each call.
//
// Errors are a *pay.Refusal where the server refuses a payment or a channel, ErrBidStands, another *marketwire.Refused,
// ErrAway, ErrUnanswered, ErrOther, ErrClosed, or the context's. After all but the first three it is not known whether the server
// has done what was asked.
type Line struct {
	b      *Bidder
	server buyer.ID
	market marketwire.Hash

	mu struct {
		sync.Mutex
		opened map[pay.Hash]opened
	}
}

// opened is a channel that was established here.
type opened struct {
	method   string
	opening  []byte
	accepted unit.Amount // cumulative, the most that the server has acknowledged
}

// keptChannels is how many of them a line remembers, more than a session may have.
const keptChannels = 64

// ErrBidStands: the server settles an account only when no bid stands.
var ErrBidStands = errors.New("a bid stands")

func newLine(b *Bidder, v *seller) *Line {
	l := &Line{b: b, server: v.id, market: v.hash}
	l.mu.opened = make(map[pay.Hash]opened)
	return l
}

// Establish makes a channel known to the server, and returns how the two stand.
func (l *Line) Establish(ctx context.Context, method string, opening []byte) (pay.Standing, error) {
	s, err := l.establish(ctx, method, opening)
	if err == nil {
		l.note(s, opening)
	}
	return s, err
}

func (l *Line) establish(ctx context.Context, method string, opening []byte) (pay.Standing, error) {
	answer, err := l.ask(ctx, &marketwire.Establish{Method: method, Opening: opening})
	if err != nil {
		return pay.Standing{}, err
	}
	return standingOf(answer), nil
}

// standingOf is what the server says of a channel.
func standingOf(m marketwire.Message) pay.Standing {
	s, _ := m.(*marketwire.Standing)
	return pay.Standing{
		Method: s.Method, ID: pay.Hash(s.Channel), Cumulative: s.Cumulative, Cover: s.Cover, Last: s.Last, State: s.State,
	}
}

// Promise hands a promise to the server, which has it on disk when this returns.
func (l *Line) Promise(ctx context.Context, id pay.Hash, promise []byte) (pay.Accepted, error) {
	answer, err := l.about(ctx, id, func() marketwire.Request {
		return &marketwire.Promise{Channel: marketwire.Hash(id), Promise: promise}
	})
	if err != nil {
		return pay.Accepted{}, err
	}
	a, _ := answer.(*marketwire.Accepted)
	l.noteAccepted(id, a.Cumulative)
	return pay.Accepted{Cumulative: a.Cumulative, Credited: a.Credited}, nil
}

// Increase has the server look at what more is locked.
func (l *Line) Increase(ctx context.Context, id pay.Hash) (pay.Standing, error) {
	answer, err := l.about(ctx, id, func() marketwire.Request { return &marketwire.Increase{Channel: marketwire.Hash(id)} })
	if err != nil {
		return pay.Standing{}, err
	}
	return standingOf(answer), nil
}

// Settle ends business with the server and has it give back what is not spent: what is bid there is taken back, and nothing is
// bid there for the next ten minutes.
func (l *Line) Settle(ctx context.Context, id pay.Hash) (pay.Settled, error) {
	answer, err := l.settle(ctx, id)
	for tries := 1; tries < mostStands && errors.Is(err, ErrBidStands); tries++ { // it came back with a bid that lingered
		answer, err = l.settle(ctx, id)
	}
	if err != nil {
		return pay.Settled{}, err
	}
	s, _ := answer.(*marketwire.Settled)
	return pay.Settled{Spent: s.Spent, Unspent: s.Unspent, Data: s.Data}, nil
}

// mostStands is how often a bid may be found standing that was taken back.
const mostStands = 3

func (l *Line) settle(ctx context.Context, id pay.Hash) (marketwire.Message, error) {
	if !l.b.post(func(now unit.Instant) { l.b.withdraw(now, l.server) }) {
		return nil, ErrClosed
	}
	return l.about(ctx, id, func() marketwire.Request { return &marketwire.Settle{Channel: marketwire.Hash(id)} })
}

// about asks about a channel, which is established again if the server does not know it.
func (l *Line) about(ctx context.Context, id pay.Hash, request func() marketwire.Request) (marketwire.Message, error) {
	answer, err := l.ask(ctx, request())
	refusal, ok := errors.AsType[*pay.Refusal](err)
	if !ok || refusal.Reason != pay.NoChannel {
		return answer, err
	}
	known, ok := l.known(id)
	if !ok {
		return nil, err
	}
	switch s, again := l.establish(ctx, known.method, known.opening); {
	case again != nil:
		return nil, again
	case s.ID != id || s.Cumulative.Cmp(known.accepted) < 0:
		return nil, err // who pays must look at that
	}
	return l.ask(ctx, request())
}

func (l *Line) note(s pay.Standing, opening []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, ok := l.mu.opened[s.ID]; !ok && len(l.mu.opened) >= keptChannels {
		return // it is not established again by itself
	}
	l.mu.opened[s.ID] = opened{s.Method, opening, s.Cumulative}
}

func (l *Line) noteAccepted(id pay.Hash, cumulative unit.Amount) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if o, ok := l.mu.opened[id]; ok && o.accepted.Cmp(cumulative) < 0 {
		o.accepted = cumulative
		l.mu.opened[id] = o
	}
}

func (l *Line) known(id pay.Hash) (opened, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	o, ok := l.mu.opened[id]
	return o, ok
}

// mostBusy is how often a server may be too busy for a call.
const mostBusy = 30

// ask sends a request, again after a pause if the server is busy, and returns its answer.
func (l *Line) ask(ctx context.Context, request marketwire.Request) (marketwire.Message, error) {
	for tries := 1; ; tries++ {
		answer, err := l.once(ctx, request)
		if err != nil {
			return nil, err
		}
		refused, ok := answer.(*marketwire.Refused)
		if !ok {
			return answer, nil
		}
		if refused.Reason != marketwire.Busy || tries == mostBusy {
			return nil, refusalOf(refused)
		}
		span := max(min(spanOf(refused.RetryAfterMs), refusedSpan), unit.Second)
		if err := l.rest(ctx, time.Duration(span)); err != nil {
			return nil, err
		}
	}
}

// refusalOf puts what the server says into package pay's words.
func refusalOf(r *marketwire.Refused) error {
	switch reason := r.Reason - marketwire.Payments; {
	case r.Reason == marketwire.BidStands:
		return ErrBidStands
	case r.Reason > marketwire.Payments && reason <= 0xff:
		return &pay.Refusal{Reason: pay.Reason(reason), Most: r.Need, Text: r.Text}
	default:
		return r
	}
}

// once sends a request and waits for what becomes of it.
func (l *Line) once(ctx context.Context, request marketwire.Request) (marketwire.Message, error) {
	c := &call{request: request, done: make(chan called, 1)}
	if !l.b.post(func(now unit.Instant) { l.b.call(now, l, c) }) {
		return nil, ErrClosed
	}
	select {
	case got := <-c.done:
		return got.answer, got.err
	case <-ctx.Done():
		l.b.post(func(now unit.Instant) { l.b.forget(now, l, c) })
		return nil, ctx.Err()
	case <-l.b.quit:
		return nil, ErrClosed
	}
}

// rest waits.
func (l *Line) rest(ctx context.Context, span time.Duration) error {
	err := pause.For(ctx, span, l.b.quit)
	if errors.Is(err, pause.ErrQuit) {
		return ErrClosed
	}
	return err
}
