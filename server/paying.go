package server

import (
	"context"
	"time"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/market"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/marketwire"
)

// Bounds of how often the chain is looked at because a client says so: of one session, and of all sessions that are
// strangers' together. Whoever has locked or paid something, ever, is no stranger.
const (
	lookBurst     = 8
	lookEvery     = 2 * unit.Second
	strangerBurst = 32
	strangerEvery = unit.Second / 2
)

// payPatience is how long the disk and the chain may take for one payment.
const payPatience = 20 * time.Second

// pays reports whether a request is answered beside the others. Settle is not: no bid may come meanwhile.
func pays(req marketwire.Request) bool {
	switch req.(type) {
	case *marketwire.Establish, *marketwire.Promise, *marketwire.Increase:
		return true
	}
	return false
}

// mayLook refuses more looks at the chain than one client, or all strangers, may have.
func (t *trade) mayLook(ctx context.Context) error {
	now := t.srv.now()
	ok, wait := t.lookups.take(now)
	if ok && !t.covered() {
		state, err := t.seller.till.Account(ctx, ledger.Address(t.client()))
		if err != nil {
			return err
		}
		if state.Entries == 0 {
			ok, wait = t.seller.lookups.take(now)
		}
	}
	if !ok {
		return &marketwire.Refused{Reason: marketwire.Busy, RetryAfterMs: millis(wait), Text: "the chain is not looked at so often"}
	}
	return nil
}

// covered reports whether something is locked for a channel that was established here.
func (t *trade) covered() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.mu.channels.covered
}

func (t *trade) client() pay.Address { return pay.Address(wire.AddressOf(t.peer.Key)) }

// payment answers what payments are about.
func (t *trade) payment(ctx context.Context, req marketwire.Request) (marketwire.Message, error) {
	ctx, cancel := context.WithTimeout(ctx, payPatience)
	defer cancel()
	tag := marketwire.Tag{ReqID: req.ID()}
	switch req := req.(type) {
	case *marketwire.Establish:
		return t.establish(ctx, tag, req)
	case *marketwire.Promise:
		return t.promise(ctx, tag, req)
	case *marketwire.Increase:
		return t.increase(ctx, tag, req.Channel)
	case *marketwire.Settle:
		return t.settle(ctx, tag, req.Channel)
	default:
		return nil, refusef(marketwire.Unknown, "%s is not answered here", marketwire.CodeName(req.Code()))
	}
}

// establish makes a channel known in this session.
func (t *trade) establish(ctx context.Context, tag marketwire.Tag, req *marketwire.Establish) (marketwire.Message, error) {
	if t.seller.cfg.Payments == nil {
		return nil, refusef(marketwire.NoMethod, "accounts are filled by the operator's hand")
	}
	if !t.room(req) {
		return nil, refusef(marketwire.OverLimit, "at most %d channels in a session", maxChannels)
	}
	if err := t.mayLook(ctx); err != nil {
		return nil, err
	}
	s, err := t.seller.cfg.Payments.Establish(ctx, t.client(), req.Method, req.Opening)
	if err != nil {
		return nil, inWords(err)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.mu.channels.add(channel{req.Method, string(req.Opening), marketwire.Hash(s.ID)}, s.Cover) { // others came first
		return nil, refusef(marketwire.OverLimit, "at most %d channels in a session", maxChannels)
	}
	return standingOf(tag, &s)
}

// room reports whether one more channel may be established.
func (t *trade) room(req *marketwire.Establish) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.mu.channels.room(req.Method, req.Opening)
}

// established refuses what is about other channels.
func (t *trade) established(id marketwire.Hash) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.mu.channels.has(id) {
		return refusef(marketwire.NoChannel, "establish it first")
	}
	return nil
}

// promise takes a promise in.
func (t *trade) promise(ctx context.Context, tag marketwire.Tag, req *marketwire.Promise) (marketwire.Message, error) {
	if err := t.established(req.Channel); err != nil {
		return nil, err
	}
	got, err := t.seller.cfg.Payments.Promise(ctx, t.client(), pay.Hash(req.Channel), req.Promise)
	if err != nil {
		return nil, inWords(err)
	}
	return &marketwire.Accepted{Tag: tag, Channel: req.Channel, Cumulative: got.Cumulative, Credited: got.Credited}, nil
}

// increase looks at the chain for what more is locked.
func (t *trade) increase(ctx context.Context, tag marketwire.Tag, id marketwire.Hash) (marketwire.Message, error) {
	if err := t.established(id); err != nil {
		return nil, err
	}
	if err := t.mayLook(ctx); err != nil {
		return nil, err
	}
	s, err := t.seller.cfg.Payments.Increase(ctx, t.client(), pay.Hash(id))
	if err != nil {
		return nil, inWords(err)
	}
	t.mu.Lock()
	t.mu.channels.covered = t.mu.channels.covered || !s.Cover.IsZero()
	t.mu.Unlock()
	return standingOf(tag, &s)
}

// settle gives back what is left of the account. It is one of the jobs that are done one after the other, so no bid is
// taken meanwhile.
func (t *trade) settle(ctx context.Context, tag marketwire.Tag, id marketwire.Hash) (marketwire.Message, error) {
	if err := t.established(id); err != nil {
		return nil, err
	}
	if err := t.lane.drain(ctx); err != nil { // promises that came before
		return nil, err
	}
	if err := t.noBid(); err != nil {
		return nil, err
	}
	if err := t.seller.till.Release(ctx, ledger.Address(t.client())); err != nil { // all is posted then
		return nil, err
	}
	got, err := t.seller.cfg.Payments.Settle(ctx, t.client(), pay.Hash(id))
	if err != nil {
		return nil, inWords(err)
	}
	return &marketwire.Settled{Tag: tag, Channel: id, Spent: got.Spent, Unspent: got.Unspent, Data: got.Data}, nil
}

// noBid refuses what is for clients without a bid.
func (t *trade) noBid() (err error) {
	t.srv.desk.do(func(unit.Instant, *market.Market) {
		switch c := t.seller.byID[t.peer.ID]; {
		case c == nil:
		case c.fell: // the teller is about to charge it
			err = &marketwire.Refused{Reason: marketwire.Busy, RetryAfterMs: millis(unit.Second), Text: "a bid is being charged"}
		case len(c.prices) > 0:
			err = refusef(marketwire.BidStands, "Close comes before that")
		}
	})
	return err
}

// afterwards does what follows an answer about payments: what was credited counts for a standing bid, and the client is told of
// its account.
func (t *trade) afterwards(reply marketwire.Message) {
	switch reply := reply.(type) {
	case *marketwire.Accepted:
		if reply.Credited.IsZero() {
			return
		}
	case *marketwire.Settled:
		if reply.Unspent.IsZero() {
			return
		}
	default:
		return
	}
	if err := t.seller.till.Look(t.ctx, ledger.Address(t.client())); err != nil { // it will be looked at again
		t.srv.cfg.Logger.Debug("an account has changed and cannot be read", "peer", t.peer.Addr, "err", err)
	}
	t.mu.Lock()
	told := t.mu.telling
	t.mu.telling = true
	t.mu.Unlock()
	if !told {
		t.later(t.tellChanged)
	}
}

// tellChanged tells the client its account, once for all that has changed until now.
func (t *trade) tellChanged() {
	t.mu.Lock()
	t.mu.telling = false
	t.mu.Unlock()
	t.credited()
}
