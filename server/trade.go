package server

import (
	"errors"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/candela-les/candela/market"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/marketwire"
)

// Bounds of what a client's business may take: each answer is a signature or two.
const (
	maxAsked      = 16 // requests that wait for an answer
	maxTold       = 64 // notices that wait to be signed
	tradeBurst    = 64
	tradeEvery    = unit.Second / 16 // of a client
	quizBurst     = 200
	quizEvery     = unit.Second / 100 // of all who have no account here
	highestMarket = marketwire.Version
)

// trade is the market/1 side of a session. Its reader hands messages in; what they take, ledger and
// signatures, is done one after the other on a goroutine that is there only while there is
// something to do, but for payments, which wait for the chain and do not keep other requests waiting.
type trade struct {
	*session
	seller  *seller
	address wire.Address // of the client's account
	budget  budget
	lookups budget      // at the chain
	lane    lane        // of payments
	greeted atomic.Bool // the client has said Hello

	mu struct {
		sync.Mutex
		jobs     []func()
		asked    []uint64 // ids of requests that wait for an answer
		running  bool
		closed   bool
		channels channels
		telling  bool // one of jobs tells the client of its account
	}
}

// openTrade begins business with a client that speaks market/1.
func (s *session) openTrade() {
	if s.srv.seller == nil || !s.peer.Market {
		return
	}
	s.trade = &trade{
		session: s, seller: s.srv.seller, address: wire.AddressOf(s.peer.Key),
		budget: newBudget(tradeBurst, tradeEvery), lookups: newBudget(lookBurst, lookEvery),
		lane: lane{jobs: &s.jobs},
	}
}

// hello is the first message.
func (t *trade) hello() {
	t.tell(&marketwire.Hello{Version: uint64(highestMarket), Market: &t.seller.market, Epoch: t.seller.epoch})
	t.srv.desk.do(func(unit.Instant, *market.Market) {
		if c := t.seller.byID[t.peer.ID]; c != nil {
			c.at = t.session
		}
	})
}

// tell sends a message, without waiting for it.
func (t *trade) tell(m marketwire.Message) {
	t.push(wire.FirstMarket+m.Code(), marketwire.Append(nil, m))
}

// take handles a message of market/1. An error ends the session.
func (t *trade) take(code uint64, payload []byte) error {
	if len(payload) > marketwire.MaxMessage {
		return leavef(ReasonTooLarge, "market/1 %s of %d bytes", marketwire.CodeName(code), len(payload))
	}
	if !marketwire.FromBuyer(code) {
		return leavef(ReasonUnknownCode, "market/1 %s is nothing that a buyer sends", marketwire.CodeName(code))
	}
	m, err := marketwire.Decode(code, payload)
	if first := code == marketwire.CodeHello; err == nil && first == t.greeted.Load() {
		return leavef(ReasonMalformed, "market/1 %s, and Hello is what comes first, once", marketwire.CodeName(code))
	}
	if broken, ok := errors.AsType[*marketwire.DecodeError](err); ok && broken.ReqID != 0 {
		return t.refuseBroken(broken)
	}
	if err != nil {
		return leave(ReasonMalformed, err)
	}
	req, ok := m.(marketwire.Request)
	if !ok { // Hello
		t.greeted.Store(true)
		return nil
	}
	return t.ask(req)
}

func (t *trade) refuseBroken(broken *marketwire.DecodeError) error {
	reason := marketwire.Malformed
	if _, ok := errors.AsType[*wire.LimitError](broken); ok {
		reason = marketwire.OverLimit
	}
	t.tell(&marketwire.Refused{Tag: marketwire.Tag{ReqID: broken.ReqID}, Reason: reason, Text: brief(broken.Err.Error())})
	return nil
}

// brief is a text that fits into a refusal.
func brief(text string) string { return text[:min(len(text), marketwire.MaxText)] }

// ask takes in a request.
func (t *trade) ask(req marketwire.Request) error {
	id := req.ID()
	t.mu.Lock()
	known, full := slices.Contains(t.mu.asked, id), len(t.mu.asked) >= maxAsked
	if !known && !full {
		t.mu.asked = append(t.mu.asked, id)
	}
	t.mu.Unlock()
	if id == 0 || known {
		return leavef(ReasonMalformed, "market/1 request id %d is in use", id)
	}
	wait := unit.Second
	ok := !full
	if ok {
		if ok, wait = t.allowed(req); !ok {
			t.answered(id)
		}
	}
	if !ok {
		t.tell(&marketwire.Refused{
			Tag: marketwire.Tag{ReqID: id}, Reason: marketwire.Busy, RetryAfterMs: millis(wait), Text: "too many requests",
		})
		return nil
	}
	job := func() {
		reply := t.answer(req)
		t.answered(id)
		t.tell(reply)
		t.afterwards(reply)
	}
	if pays(req) {
		t.lane.do(job)
	} else {
		t.later(job)
	}
	return nil
}

// allowed says whether one more request may cost signatures. Those about payments cost none of the server's; what they
// cost is bounded elsewhere.
func (t *trade) allowed(req marketwire.Request) (ok bool, wait unit.Span) {
	now := t.srv.now()
	if ok, wait = t.budget.take(now); !ok {
		return false, wait
	}
	client := pays(req) || t.covered()
	t.srv.desk.do(func(unit.Instant, *market.Market) { client = client || t.seller.byID[t.peer.ID] != nil })
	if client {
		return true, 0
	}
	return t.seller.quiz.take(now)
}

func (t *trade) answered(id uint64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.mu.asked = slices.DeleteFunc(t.mu.asked, func(one uint64) bool { return one == id })
}

// later has a job done, after those before it. It never waits.
func (t *trade) later(job func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.mu.closed:
		return
	case len(t.mu.jobs) >= maxAsked+maxTold:
		t.kill(leavef(ReasonSlow, "%d messages of market/1 wait to be sent", len(t.mu.jobs)))
		return
	}
	t.mu.jobs = append(t.mu.jobs, job)
	if !t.mu.running {
		t.mu.running = true
		t.jobs.Go(t.work)
	}
}

// work does the jobs that there are.
func (t *trade) work() {
	for {
		t.mu.Lock()
		if len(t.mu.jobs) == 0 || t.mu.closed {
			t.mu.running, t.mu.jobs = false, nil
			t.mu.Unlock()
			return
		}
		job := t.mu.jobs[0]
		t.mu.jobs = t.mu.jobs[1:]
		t.mu.Unlock()
		job()
	}
}

// close ends business: what has not begun is not done any more.
func (t *trade) close() {
	t.mu.Lock()
	t.mu.closed = true
	t.mu.Unlock()
	t.lane.close()
	t.srv.desk.do(func(unit.Instant, *market.Market) {
		if c := t.seller.byID[t.peer.ID]; c != nil && c.at == t.session {
			c.at = nil
		}
	})
}
