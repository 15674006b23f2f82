package pay

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/candela-les/candela/unit"
)

// Place is where a wallet pays: this client's account at one server.
type Place struct {
	Seller Address
	Asset  Asset
	Offers []Offer // by the server's terms
	Line   Line
	// Spent is what the server has charged this client until now, as far as the client has checked that. What was promised beyond that and
	// not given back is prepaid.
	Spent unit.Amount
}

// Offer is a method that a server takes.
type Offer struct {
	Method string
	Info   []byte // Provider.Info
}

// mostTries is how often a payment begins again, without that anything was acknowledged since, because the server sees something otherwise.
const mostTries = 4

// Fund promises a server amount more than what it has acknowledged, and returns when it has acknowledged that. It opens a channel or
// locks more where that is needed, which takes as long as the chain does. What goes by a Netter is a part of it, and the next method pays the rest.
//
// What was promised before and is not acknowledged is part of the amount: so Fund can be called again after it has failed. With
// nothing as amount, that is all that is sent. Errors: *LeftError, *LimitError, ErrAsset, ErrNoWay, the server's *Refusal, the line's and the
// payer's, and the context's.
func (w *Wallet) Fund(ctx context.Context, at Place, amount unit.Amount) error {
	if at.Asset != w.Asset {
		return ErrAsset
	}
	leave, err := w.enter(ctx, at.Seller)
	if err != nil {
		return err
	}
	defer leave()
	if err := w.today(ctx); err != nil {
		return err
	}
	if err := w.isLeft(at.Seller); err != nil {
		return err
	}
	if err := w.charged(ctx, &at); err != nil {
		return err
	}
	failed := error(ErrNoWay)
	for _, p := range w.choices(&at) {
		if n, ok := p.(Netter); ok {
			left, err := w.net(ctx, n, &at, amount)
			switch {
			case err == nil && left.IsZero() && !amount.IsZero():
				return nil
			case err == nil:
				if !left.IsZero() {
					failed = errors.Join(failed, Refuse(Uncovered, "%s of %s are not set off by %s", left, amount, p.Method()))
				}
				amount = left
			case reasonOf(err) == 0 || reasonOf(err) == Contradicts:
				return err
			default:
				w.Logger.Warn("service is not set off at a server", "method", p.Method(), "seller", at.Seller, "why", err)
				failed = errors.Join(failed, err)
			}
			continue
		}
		if amount.IsZero() && w.open(p.Method(), at.Seller) == nil {
			return nil
		}
		err := w.fundBy(ctx, p, &at, amount)
		if err == nil || !nextMethod(err) {
			return err
		}
		w.Logger.Warn("a server is not paid by this method", "method", p.Method(), "seller", at.Seller, "why", err)
		failed = errors.Join(failed, err)
	}
	if amount.IsZero() {
		return nil
	}
	return failed
}

// nextMethod reports whether another method may succeed after an error, without that more is at stake than by one.
func nextMethod(err error) bool {
	switch reasonOf(err) {
	case NoMethod, WrongChain, WrongPayee:
		return true
	default:
		return errors.Is(err, errNotOpened)
	}
}

// choices are the payers for methods that a server takes: first those by which a channel is open, or for which none has to be, then as the owner
// prefers them.
func (w *Wallet) choices(at *Place) []Payer {
	var open, others []Payer
	for _, p := range w.Payers {
		switch {
		case at.offer(p.Method()) == nil:
		case w.open(p.Method(), at.Seller) != nil || isNetter(p):
			open = append(open, p)
		default:
			others = append(others, p)
		}
	}
	return append(open, others...)
}

func (at *Place) offer(method string) *Offer {
	i := slices.IndexFunc(at.Offers, func(o Offer) bool { return o.Method == method })
	if i < 0 {
		return nil
	}
	return &at.Offers[i]
}

func (at *Place) payee(method string) Payee {
	to := Payee{Seller: at.Seller, Asset: at.Asset}
	if o := at.offer(method); o != nil {
		to.Info = o.Info
	}
	return to
}

// fundBy pays by one method. If the channel is of no use any more, it pays by another one.
func (w *Wallet) fundBy(ctx context.Context, p Payer, at *Place, amount unit.Amount) error {
	err := w.fundOver(ctx, p, at, amount)
	if !errors.Is(err, errUseless) {
		return err
	}
	return w.fundOver(ctx, p, at, amount)
}

// errUseless: nothing can be paid over the channel any more. It is being closed.
var errUseless = errors.New("the channel is of no use any more")

// fundOver pays over the channel that there is, or a new one.
func (w *Wallet) fundOver(ctx context.Context, p Payer, at *Place, amount unit.Amount) error {
	t, err := w.tabFor(ctx, p, at, amount, false)
	if err != nil {
		return err
	}
	var goal, part, reached unit.Amount
	for tries := 0; ; tries++ {
		if err := w.agree(ctx, p, at, t); err != nil {
			return w.judge(ctx, at, t, err)
		}
		now := w.see(t)
		if goal.IsZero() {
			goal = now.accepted.Plus(amount).Max(now.note.Promised)
		}
		if now.accepted.Cmp(reached) > 0 { // a part of it
			reached, tries = now.accepted, 0
		}
		if tries == mostTries {
			return err
		}
		to := goal
		if !part.IsZero() {
			to = part
		}
		err = w.promise(ctx, p, at, t, to)
		switch refusal, _ := errors.AsType[*Refusal](err); {
		case err == nil && to == goal:
			w.ahead(p, at, t)
			return nil
		case err == nil || errors.Is(err, errFewer): // the payer has to know what was acknowledged
			part = unit.Amount{}
			w.change(t, func(t *tab) { t.agreed = false })
		case errors.Is(err, errParts) && refusal.Most.Cmp(now.accepted) > 0:
			part = refusal.Most
		case errors.Is(err, errParts): // all of that was acknowledged, which the payer does not know
			w.change(t, func(t *tab) { t.agreed = false })
		case refusal == nil:
			// It is not known what the server has: it is asked before anything else is promised.
			w.change(t, func(t *tab) { t.agreed = false })
			return err
		case refusal.Reason == TooSmall && refusal.Most.Cmp(amount) > 0:
			goal = goal.Max(w.see(t).accepted.Plus(refusal.Most))
		case errors.Is(err, errShort):
			if err := w.lock(ctx, p, t, w.see(t).note.Deposit.Plus(w.Limits.Deposit), false); err != nil {
				return err
			}
		case refusal.Reason == Uncovered || refusal.Reason == Unconfirmed:
			if err := w.lock(ctx, p, t, goal, false); err != nil {
				return err
			}
			if err := w.covered(ctx, p, at, t, goal); err != nil {
				return w.judge(ctx, at, t, err)
			}
		case refusal.Reason == NoChannel || refusal.Reason == Gap:
			w.change(t, func(t *tab) { t.agreed = false })
		case refusal.Reason == Expired:
			part = unit.Amount{}
			if newer, failed := w.newer(ctx, p, at, t); failed != nil || !newer {
				return w.judge(ctx, at, t, cmp.Or(failed, err))
			}
		default:
			return w.judge(ctx, at, t, err)
		}
	}
}

// newer agrees anew, and reports whether the payer has something newer to promise by since, as by a lottery of which a series is over.
func (w *Wallet) newer(ctx context.Context, p Payer, at *Place, t *tab) (bool, error) {
	before := w.see(t).note.Data
	w.change(t, func(t *tab) { t.agreed = false })
	if err := w.agree(ctx, p, at, t); err != nil {
		return false, err
	}
	return !bytes.Equal(before, w.see(t).note.Data), nil
}

// judge decides what a refusal means for a channel: if nothing can be paid over it any more, it is closed, and the error is errUseless. A
// seller that ends a channel of which less than half was used gets no other one for a while: each costs gas, and locks money. One that lies is left.
func (w *Wallet) judge(ctx context.Context, at *Place, t *tab, err error) error {
	if errors.Is(err, errLied) {
		return w.lied(ctx, at.Seller, err)
	}
	switch reasonOf(err) {
	case Closing, Expired, WrongPayee, WrongChain:
	default:
		w.change(t, func(t *tab) { t.agreed = false })
		return err
	}
	w.Logger.Warn("a channel is of no use any more, and is closed", "method", t.key.Method, "channel", t.key.ID, "why", err)
	now := w.see(t)
	used := now.accepted.Max(now.note.Accepted)
	spoils := used.IsZero() || twice(used).Cmp(now.note.Deposit) < 0
	if spoils {
		s := spoiled{t.key.Method, now.note.To.Seller, w.Now().Add(spoiledSpan).Unix()}
		if bad := w.keep(ctx, func(k *kept) { k.Spoiled = with(k.Spoiled, s, s.same) }); bad != nil {
			return errors.Join(err, bad)
		}
	}
	if bad := w.noteClosing(ctx, t, false); bad != nil {
		return errors.Join(err, bad)
	}
	if bad := w.settle(ctx, t, at.Line); bad != nil {
		w.Logger.Info("a server does not help to close a channel", "channel", t.key.ID, "why", bad)
	}
	if spoils {
		return err
	}
	return fmt.Errorf("%w: %w", errUseless, err)
}

// promise promises until it comes to goal, and has the server acknowledge it.
func (w *Wallet) promise(ctx context.Context, p Payer, at *Place, t *tab, goal unit.Amount) error {
	now := w.see(t)
	if err := w.prepaid(at, goal.Minus(now.note.Promised)); err != nil {
		return err
	}
	if goal != now.note.Promised && (now.note.Deposit.Plus(w.Limits.Credit).Cmp(goal) < 0 || now.cover.Cmp(goal) < 0) {
		if err := w.covered(ctx, p, at, t, goal); err != nil {
			return err
		}
	}
	promise, err := w.sign(ctx, p, at, t, goal)
	if err != nil {
		return err
	}
	return w.send(ctx, at, t, promise)
}

// send sends the promise that is noted, and has the server acknowledge it.
func (w *Wallet) send(ctx context.Context, at *Place, t *tab, promise []byte) error {
	before := w.see(t)
	signed := before.note.Promised
	a, err := at.Line.Promise(ctx, t.key.ID, promise)
	if err != nil {
		return err
	}
	said := Refuse(Contradicts, "the server was promised %s, and acknowledges %s", signed, a.Cumulative)
	switch {
	case a.Cumulative.Cmp(signed) > 0:
		return lie(said)
	case a.Cumulative.Cmp(before.accepted) < 0:
		return lie(Refuse(Contradicts, "the server had acknowledged %s, and acknowledges %s now", before.accepted, a.Cumulative))
	case a.Cumulative != signed:
		return fmt.Errorf("%w: %w", errFewer, said)
	}
	w.change(t, func(t *tab) { t.accepted = a.Cumulative })
	return nil
}

// sign has a promise made and noted, if the limits let it.
func (w *Wallet) sign(ctx context.Context, p Payer, at *Place, t *tab, goal unit.Amount) ([]byte, error) {
	before := w.see(t)
	extra := goal.Minus(before.note.Promised)
	if err := w.reserve(ctx, at, extra); err != nil {
		return nil, err
	}
	if before.accepted.Cmp(before.note.Promised) >= 0 { // nothing is on its way
		w.change(t, func(t *tab) { t.fresh = true })
	}
	promise, comesTo, err := p.Promise(ctx, t.key.ID, goal)
	_, noted := w.reload(context.WithoutCancel(ctx), t.key)
	w.mu.Lock()
	w.mu.flight = w.mu.flight.Minus(extra) // it is noted, or will not be promised
	w.mu.Unlock()
	switch {
	case reasonOf(err) == Uncovered && noted == nil:
		return nil, fmt.Errorf("%w: %w", errShort, err)
	case reasonOf(err) == TooMuch && noted == nil:
		return nil, fmt.Errorf("%w: %w", errParts, err)
	case err != nil || noted != nil:
		return nil, errors.Join(err, noted)
	case comesTo.Cmp(goal) < 0 || comesTo != w.see(t).note.Promised:
		return nil, fmt.Errorf("asked to promise %s, method %s has signed %s and noted %s", goal, p.Method(), comesTo, w.see(t).note.Promised)
	}
	// Methods round up. What that makes too much stays on disk, and is sent when it is not too much any more.
	return promise, w.reserve(ctx, at, unit.Amount{})
}

// errShort: what would be promised, rounded up by the method, is more than is locked.
var errShort = errors.New("too little is locked")

// errParts: one promise does not carry as much.
var errParts = errors.New("it takes several promises")

// errFewer: less is acknowledged than was promised. Of promises of chances those behind a winner do not count.
var errFewer = errors.New("not all of a promise is acknowledged")

// reserve checks the limits for so much more to be promised, and counts it until it is noted. Whoever has its turn at a server
// is alone there, and beside others for the day.
func (w *Wallet) reserve(ctx context.Context, at *Place, extra unit.Amount) error {
	if err := w.today(ctx); err != nil {
		return err
	}
	if err := w.prepaid(at, extra); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	today := w.promised().Minus(w.mu.kept.Before).Plus(w.mu.flight.Plus(extra))
	if today.Cmp(w.Limits.Daily) > 0 {
		return &LimitError{"what is promised today", w.Limits.Daily, today}
	}
	w.mu.flight = w.mu.flight.Plus(extra)
	return nil
}

// prepaid checks what a server would have been promised and not have spent.
func (w *Wallet) prepaid(at *Place, extra unit.Amount) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if would := w.prepaidAt(at.Seller).Plus(extra); would.Cmp(w.Limits.Prepaid) > 0 {
		return &LimitError{"what this server has been paid and has not served for", w.Limits.Prepaid, would}
	}
	return nil
}

// charged takes over what a server has charged.
func (w *Wallet) charged(ctx context.Context, by *Place) error {
	w.mu.Lock()
	s := w.mu.sellers[by.Seller]
	s.spent, s.told = by.Spent, true
	given, gone := w.reckon(by.Seller)
	w.mu.Unlock()
	if gone.Cmp(given) <= 0 {
		return nil
	}
	return w.keep(ctx, func(k *kept) {
		given, gone := w.reckon(by.Seller)
		k.Granted = plus(k.Granted, by.Seller, gone.Minus(given))
	})
}

// prepaidAt is what a seller was promised and has neither served for nor given back. Called with the lock.
func (w *Wallet) prepaidAt(who Address) unit.Amount {
	given, gone := w.reckon(who)
	return given.Minus(gone)
}

// reckon sums up what a seller was given for this client, and what of that is gone. Called with the lock.
func (w *Wallet) reckon(who Address) (given, gone unit.Amount) {
	k := &w.mu.kept
	given, gone = reckonedAt(k.Granted, who), reckonedAt(k.Off, who)
	for _, t := range w.mu.tabs {
		if t.note.To.Seller == who {
			given = given.Plus(t.note.Given())
		}
	}
	for _, r := range k.Returned {
		if t := w.mu.tabs[tabKey{r.Method, r.ID}]; t != nil && t.note.Closed && t.note.To.Seller == who {
			gone = gone.Plus(r.Amount)
		}
	}
	if s := w.mu.sellers[who]; s != nil {
		gone = gone.Plus(s.spent)
	}
	return given, gone
}
