package bidder

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

// Bidder buys for one light client. Make one with New, end it with Close. Its methods may be called from many
// goroutines.
type Bidder struct {
	cfg     Config
	log     *slog.Logger
	address marketwire.Address

	inbox  chan func(now unit.Instant)
	quit   chan struct{} // closed when nothing is taken in any more
	idle   chan struct{} // closed when all business has ended
	ctx    context.Context
	cancel context.CancelFunc
	work   sync.WaitGroup // payments and files
	loop   sync.WaitGroup
	once   sync.Once

	// What follows belongs to the loop.
	clock    *clock
	buyer    *buyer.Buyer
	demand   buyer.Demand
	words    string       // of the demand
	why      error        // there is no paid service
	untold   bool         // the person was not told why
	meetBy   unit.Instant // servers may be met until then before it is said that there are none
	served   bool         // there has been
	currency *Currency
	sellers  []*seller // in the order of their ids
	sessions map[*Session]bool
	records  map[buyer.ID]Record // as kept
	dayAt    unit.Instant
	spent    unit.Amount // today
	dirty    dirty
	closeBy  unit.Instant // business ends; 0: it does not
}

// New starts a bidder. The error is one sentence for people: a demand that makes no sense, or what is kept cannot be
// read.
func New(ctx context.Context, cfg Config) (*Bidder, error) {
	if err := cfg.check(); err != nil {
		return nil, err
	}
	b := &Bidder{
		cfg: cfg, log: cfg.Logger, address: marketwire.Address(crypto.PubkeyToAddress(cfg.Key.PublicKey)),
		inbox: make(chan func(unit.Instant), inboxSize), quit: make(chan struct{}), idle: make(chan struct{}),
		clock: newClock(cfg.Clock), currency: cfg.Currency, sessions: make(map[*Session]bool),
	}
	b.dirty.sellers = make(map[buyer.ID]bool)
	now := b.clock.instant()
	b.meetBy = now.Add(meetSpan)
	if err := b.load(ctx, now); err != nil {
		return nil, err
	}
	if err := b.firstDemand(); err != nil {
		return nil, err
	}
	b.buyer = buyer.New(now, buyer.Config{Demand: b.demand, DayAt: b.dayAt, Spent: b.spent, Seed: cfg.Seed})
	b.ctx, b.cancel = context.WithCancel(context.WithoutCancel(ctx))
	b.loop.Go(b.run)
	return b, nil
}

// firstDemand is the one given, the one kept, or free service.
func (b *Bidder) firstDemand() error {
	kept := b.cfg.Demand == "" && b.words != ""
	if b.cfg.Demand != "" {
		b.dirty.demand = b.words != b.cfg.Demand
		b.words = b.cfg.Demand
	}
	if b.words == "" {
		b.demand = buyer.FreeDemand()
		return nil
	}
	d, err := buyer.ParseDemand(b.words)
	if err != nil {
		if kept {
			return fmt.Errorf("the demand %q that was kept: %w", b.words, err)
		}
		return err
	}
	b.demand = d
	if kept && !d.Free {
		b.log.Info("service is bought as it was demanded last time", "demand", b.words, "spentToday", b.spent)
	}
	return nil
}

// Address names this client's account at every server.
func (b *Bidder) Address() marketwire.Address { return b.address }

// SetDemand changes what is wanted, in the words of buyer.ParseDemand. It is kept.
func (b *Bidder) SetDemand(words string) error {
	d, err := buyer.ParseDemand(words)
	if err != nil {
		return err
	}
	return b.do(func(now unit.Instant) {
		if b.demand.Free {
			b.meetBy = now.Add(meetSpan)
		}
		b.demand, b.words, b.dirty.demand = d, words, true
		b.buyer.SetDemand(now, d)
		for _, v := range b.sellers {
			v.pollAt = min(v.pollAt, now)
		}
		b.log.Info("what is demanded has changed", "demand", words)
	})
}

// post has the loop do something; false after Close.
func (b *Bidder) post(f func(now unit.Instant)) bool {
	select {
	case b.inbox <- f:
		return true
	case <-b.quit:
		return false
	}
}

// do is post, and waits until it is done.
func (b *Bidder) do(f func(now unit.Instant)) error {
	done := make(chan struct{})
	if !b.post(func(now unit.Instant) { f(now); close(done) }) {
		return ErrClosed
	}
	select {
	case <-done:
		return nil
	case <-b.quit:
		return ErrClosed
	}
}

// Close ends all business, waiting for a moment for what the servers say at the end, and stores what was spent. The
// connections are the caller's.
func (b *Bidder) Close() error {
	b.once.Do(func() {
		b.post(func(now unit.Instant) {
			b.closeBy = now.Add(closeSpan)
			for _, v := range b.sellers {
				if v.session != nil && v.mayStand() || v.flight != nil {
					b.part(now, v)
				}
			}
		})
		<-b.idle
		b.cancel()
		close(b.quit)
		b.loop.Wait()
		b.work.Wait()
		if b.cfg.Keeper != nil {
			b.dirty.saving = false
			if b.dirty.any() {
				if err := b.cfg.Keeper.Save(context.WithoutCancel(b.ctx), b.takeDirty()); err != nil {
					b.log.Error("what was spent cannot be stored", "err", err)
				}
			}
		}
	})
	return nil
}

// run is the loop: the only goroutine that knows the buyer.
func (b *Bidder) run() {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case f := <-b.inbox:
			f(b.clock.instant())
		case <-timer.C:
		case <-b.quit:
			return
		}
		now := b.clock.instant()
		b.turn(now)
		timer.Reset(time.Duration(max(b.next().Since(now), unit.Millisecond)))
	}
}

// turn does everything that is due.
func (b *Bidder) turn(now unit.Instant) {
	b.today(now)
	for s := range b.sessions {
		if now >= s.greetBy {
			b.fail(now, s, fmt.Errorf("%w: no Hello", ErrSilent))
		}
	}
	for _, v := range b.sellers {
		b.attend(now, v)
	}
	if now >= b.buyer.Next() {
		b.buyer.Tick(now)
	}
	for list := b.buyer.Effects(); len(list) > 0; list = b.buyer.Effects() {
		for _, e := range list {
			if b.closeBy == 0 {
				b.carryOut(now, e)
			}
		}
	}
	for _, v := range b.sellers {
		b.reconcile(now, v)
	}
	b.remind(now)
	b.save(now)
	b.finish(now)
}

// attend does what is due about one server.
func (b *Bidder) attend(now unit.Instant, v *seller) {
	if v.goneAt <= now && v.session == nil && v.joined {
		b.gone(now, v)
	}
	if v.ending != nil && now >= v.endAt {
		b.ended(now, v)
	}
	b.overdue(now, v)
	s := v.session
	if s == nil {
		return
	}
	for _, q := range s.expire(now) {
		b.missed(now, v, q)
	}
	if slices.Max(s.silent[:]) >= maxSilent {
		b.fail(now, s, ErrSilent)
		b.shun(now, v, ErrSilent, now.Add(unfundedSpan), false)
		return
	}
	if v.left != nil && now >= v.shunned && b.closeBy == 0 {
		v.left = nil
		b.touched(v)
		b.again(now, v)
		s.ask(now, askTerms, new(marketwire.GetConditions))
	}
	if now >= v.pollAt {
		b.poll(now, v)
	}
	b.measure(now, v)
}

// missed: an answer did not come in time.
func (b *Bidder) missed(now unit.Instant, v *seller, q question) {
	switch q {
	case askBid:
		v.flight, v.unsure = nil, true // the same bytes again
	case askCharge:
		b.uncharged(now, v)
	case askClose:
		b.parted(now, v)
	case askCurves:
		v.wanted = max(v.wanted, v.asked)
		b.fetch(now, v)
	case askTerms:
		v.session.ask(now, askTerms, new(marketwire.GetConditions))
	case askNewest, askAccount, askStatement, questions:
	}
}

// poll looks at prices and the account.
func (b *Bidder) poll(now unit.Instant, v *seller) {
	v.pollAt = now.Add(idleSpan)
	if now < v.shunned || v.ending != nil {
		return
	}
	if !b.demand.Free && !v.foreign || v.mayStand() {
		v.pollAt = now.Add(pollSpan)
	}
	if v.terms == nil {
		v.session.ask(now, askTerms, new(marketwire.GetConditions))
	}
	v.session.ask(now, askNewest, &marketwire.GetCurves{Max: 1})
	if !v.foreign {
		v.session.ask(now, askAccount, new(marketwire.GetAccount))
	}
}

const (
	// measureSpan is how often what was measured is looked at; and measuredMost for how long too few answers
	// to say anything are gathered.
	measureSpan  = unit.Second
	measuredMost = 10 * unit.Second
	fewAnswers   = 10
)

// measure hands what was measured to the buyer.
func (b *Bidder) measure(now unit.Instant, v *seller) {
	span := now.Since(v.measures)
	if !v.joined || span < measureSpan {
		return
	}
	m := b.cfg.Client.Measured(v.id)
	sum := &v.measured
	sum.Served, sum.Answers, sum.Late = sum.Served.Add(m.Served), sum.Answers+m.Answers, sum.Late+m.Late
	sum.Failed, sum.Lies = sum.Failed+m.Failed, sum.Lies+m.Lies
	if sum.Answers+sum.Failed < fewAnswers && sum.Lies == 0 && span < measuredMost {
		return
	}
	sum.Span = span
	b.buyer.Measured(now, v.id, *sum)
	v.measured, v.measures = buyer.Measured{}, now
}

// finish says when all business has ended.
func (b *Bidder) finish(now unit.Instant) {
	if b.closeBy == 0 {
		return
	}
	for _, v := range b.sellers {
		if s := v.session; s != nil && now < b.closeBy && (s.asks(askClose) || s.asks(askStatement) || s.asks(askCharge)) {
			return
		}
	}
	select {
	case <-b.idle:
	default:
		close(b.idle)
	}
}

// next is when something is due.
func (b *Bidder) next() unit.Instant {
	next := b.buyer.Next()
	if b.closeBy != 0 {
		next = min(next, b.closeBy)
	}
	if b.untold {
		next = min(next, b.meetBy)
	}
	if b.dirty.any() && b.cfg.Keeper != nil && !b.dirty.saving {
		next = min(next, b.dirty.next)
	}
	for s := range b.sessions {
		next = min(next, s.greetBy)
	}
	for _, v := range b.sellers {
		next = min(next, b.nextOf(v))
	}
	return next
}

func (b *Bidder) nextOf(v *seller) unit.Instant {
	next := v.nextCall()
	if v.session == nil {
		if v.joined {
			next = min(next, v.goneAt)
		}
		return next
	}
	next = min(next, v.session.next(), v.pollAt)
	if v.joined {
		next = min(next, b.clock.now.Add(measureSpan))
	}
	if v.ending != nil {
		next = min(next, v.endAt)
	}
	if !v.settled && v.flight == nil && v.retryAt > b.clock.now {
		next = min(next, v.retryAt)
	}
	return next
}
