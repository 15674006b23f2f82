package payments

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/candela-les/candela/client/store"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// each does something for each of several, at once: most of it is waiting for blocks.
func each[T any](list []T, do func(T) Result) []Result {
	results := make([]Result, len(list))
	var work sync.WaitGroup
	for i := range list {
		work.Go(func() { results[i] = do(list[i]) })
	}
	work.Wait()
	return results
}

// failed is the result of an order that names nothing that there is.
func (d *Desk) failed(err error) []Result { return []Result{{Error: d.explain(err)}} }

// open opens a channel to each server that is meant.
func (d *Desk) open(ctx context.Context, j *job, o Order) []Result {
	at, err := d.sellers(ctx, j, o.Which)
	if err != nil {
		return d.failed(err)
	}
	return each(at, func(m Server) Result {
		place := m.Place
		r := Result{Channel: Channel{Seller: place.Seller, State: Opening, Locking: &o.Amount}}
		r.meet([]Server{m})
		method, err := d.method(&place, o.Method)
		if err != nil {
			r.Error = d.explain(err)
			return r
		}
		r.Method = method
		if r.Error = d.ownedByOther(method, place.Seller); r.Error != nil {
			return r
		}
		j.begin(d.cfg.Now(), "opening a channel to server 0x%x, by %s, with %s locked", place.Seller, method, d.amount(o.Amount))
		id, err := d.cfg.Wallet.Open(ctx, place, method, o.Amount)
		if err != nil {
			return d.notOpened(r, o.Amount, err)
		}
		j.say(d.cfg.Now(), "channel 0x%x is open", id)
		return d.result(method, id, nil)
	})
}

// ownedByOther is an error if the channel that is open to a seller was opened by a session key that is not here any more.
func (d *Desk) ownedByOther(method string, seller pay.Address) *Error {
	stake := d.cfg.Wallet.Stake()
	for i := range stake.Tabs {
		if t := &stake.Tabs[i]; t.Method == method && t.To.Seller == seller && !t.Closed && !t.Closing && !unlocked(t) {
			if err := d.keyed(t); err != nil {
				return d.explain(err)
			}
		}
	}
	return nil
}

// notOpened says what has become of a channel that is not open as it was wanted: what was noted of it goes on by itself.
func (d *Desk) notOpened(r Result, wanted unit.Amount, err error) Result {
	r.Error = d.explain(err)
	stake := d.cfg.Wallet.Stake()
	for _, b := range stake.Begun {
		if b.Method == r.Method && b.Seller == r.Seller && b.Deposit.Cmp(wanted) >= 0 {
			r.Locking, r.Error = &b.Deposit, d.begun(err)
		}
	}
	for i := range stake.Tabs {
		t := &stake.Tabs[i]
		if t.Method != r.Method || t.To.Seller != r.Seller || t.Closed || t.Closing || unlocked(t) {
			continue
		}
		if r = d.result(t.Method, t.ID, err); t.Locking.Max(t.Deposit).Cmp(wanted) >= 0 {
			r.Error = d.begun(err) // if all is there, the server is told with the next payment
		}
	}
	return r
}

// method is the one that is wanted, or the first that this client has and the server takes.
func (d *Desk) method(at *pay.Place, wanted string) (string, error) {
	for _, m := range d.cfg.Methods {
		for _, o := range at.Offers {
			if o.Method == m && (wanted == m || wanted == "" && !d.cfg.Wallet.Nets(m)) {
				return m, nil
			}
		}
	}
	var taken []string
	for _, o := range at.Offers {
		taken = append(taken, o.Method)
	}
	text := fmt.Sprintf("server 0x%x takes %s, and this client pays by %s", at.Seller, anyOf(taken), anyOf(d.cfg.Methods))
	if wanted != "" {
		text = fmt.Sprintf("not by %q: %s", wanted, text)
	}
	return "", fmt.Errorf("%w: %s", pay.ErrNoWay, text)
}

// anyOf lists methods.
func anyOf(methods []string) string {
	if len(methods) == 0 {
		return "none"
	}
	return strings.Join(methods, ", ")
}

// topUp locks more in each channel that is meant.
func (d *Desk) topUp(ctx context.Context, j *job, o Order) []Result {
	tabs, err := d.channels(o.Which)
	if err != nil {
		return d.failed(err)
	}
	if o.All { // but those in which nothing ever is
		tabs = slices.DeleteFunc(tabs, func(t pay.Tab) bool { return d.cfg.Wallet.Nets(t.Method) })
	}
	return each(tabs, func(t pay.Tab) Result {
		if way := t.Locking.Minus(t.Deposit); !way.IsZero() { // it may be the same order, whose answer was not seen
			return d.result(t.Method, t.ID, fail(CodeBegun, "%s are on the way into this channel already, and go on by themselves: nothing was added. Call again when they are there",
				d.amount(way)))
		}
		if err := d.keyed(&t); err != nil {
			return d.result(t.Method, t.ID, err)
		}
		total := t.Deposit.Plus(o.Amount)
		j.begin(d.cfg.Now(), "locking %s more in channel 0x%x", d.amount(o.Amount), t.ID)
		err := d.cfg.Wallet.TopUp(ctx, t.Method, t.ID, total)
		if err == nil {
			j.say(d.cfg.Now(), "it is locked in channel 0x%x", t.ID)
		}
		r := d.result(t.Method, t.ID, err)
		if err != nil && r.Locking != nil && r.Locking.Cmp(total) >= 0 {
			r.Error = d.begun(err)
		}
		return r
	})
}

// close closes each channel that is meant.
func (d *Desk) close(ctx context.Context, j *job, o Order) []Result {
	tabs, err := d.channels(o.Which)
	if err != nil {
		return d.failed(err)
	}
	return each(tabs, func(t pay.Tab) Result { return d.closeOne(ctx, j, &t, o.Alone) })
}

// closeOne closes a channel: with the consent of a server that is connected, or alone.
func (d *Desk) closeOne(ctx context.Context, j *job, t *pay.Tab, alone bool) Result {
	if err := d.keyed(t); err != nil && !alone && !t.Settled {
		return d.result(t.Method, t.ID, err)
	}
	line, err := d.consent(ctx, j, t, alone)
	if err != nil {
		return d.result(t.Method, t.ID, err)
	}
	j.begin(d.cfg.Now(), "closing channel 0x%x", t.ID)
	began := d.cfg.Now()
	b, err := d.cfg.Wallet.Leave(ctx, t.Method, t.ID, line)
	r := d.result(t.Method, t.ID, err)
	switch {
	case err != nil && r.Asking:
		r.Error = fail(r.Error.Code, "%s; nothing is promised over the channel any more, and it is not closed: call close again, with the server connected or with --force",
			r.Error.Message)
	case err != nil && r.State == Closing:
		r.Error = d.begun(err)
	case err != nil:
	case b.Closed:
		r.Returned = d.returned(ctx, t.ID, began)
		j.say(d.cfg.Now(), "channel 0x%x is closed", t.ID)
	case b.ClosingS != 0:
		at := seconds(b.ClosingS)
		r.Back = &at
		j.say(d.cfg.Now(), "what is left in channel 0x%x can be taken back from %s on", t.ID, at.Format(time.RFC3339))
	}
	return r
}

// returned is what has come back out of a channel since then, by the history; nil if it does not say so.
func (d *Desk) returned(ctx context.Context, id pay.Hash, since time.Time) *unit.Amount {
	events, err := d.cfg.Record.Events(ctx, mostEvents)
	if err != nil {
		d.cfg.Logger.Warn("the history cannot be read", "why", err)
		return nil
	}
	var sum unit.Amount
	for _, e := range events {
		if back := e.Kind == store.Returned || e.Kind == store.Ended; !back || e.Channel != id || e.At.Before(since) {
			continue
		}
		if e.Vague {
			return nil
		}
		sum = sum.Plus(e.Amount)
	}
	return &sum
}

// consent is the line by which a server is asked to close a channel; nil if it is not to be asked, or need not be. One that is being closed
// alone already does not wait for a server that is gone; one whose server has not agreed does, for it would lose what was not spent.
func (d *Desk) consent(ctx context.Context, j *job, t *pay.Tab, alone bool) (pay.Line, error) {
	if alone || t.Settled {
		return nil, nil
	}
	m, err := d.connected(ctx, j, t.To.Seller)
	switch {
	case err == nil:
	case t.Closing && !t.Asking && d.explain(err).Code == CodeAway:
		return nil, nil
	default:
		return nil, err
	}
	j.say(d.cfg.Now(), "asking server 0x%x to agree to close channel 0x%x", t.To.Seller, t.ID)
	return &recorded{Line: m.Place.Line, d: d, t: t, j: j}, nil
}

// result says how a channel stands after something was done about it.
func (d *Desk) result(method string, id pay.Hash, err error) Result {
	r := Result{Channel: Channel{Method: method, ID: &id}}
	met, _ := d.cfg.Servers.Met() //nolint:errcheck // only a name is missing then
	stake := d.cfg.Wallet.Stake()
	for i := range stake.Tabs {
		if t := &stake.Tabs[i]; t.Method == method && t.ID == id {
			r.Channel = d.channelOf(t, met)
		}
	}
	if err != nil {
		r.Error = d.explain(err)
	}
	return r
}

// recorded is a line to a server whose last word on a channel is kept in the history.
type recorded struct {
	pay.Line
	d *Desk
	t *pay.Tab
	j *job
}

// Settle implements pay.Line.
func (r *recorded) Settle(ctx context.Context, id pay.Hash) (pay.Settled, error) {
	s, err := r.Line.Settle(ctx, id)
	if err != nil {
		return s, err
	}
	r.j.say(r.d.cfg.Now(), "server 0x%x gives back what is not spent", r.t.To.Seller)
	kept := r.d.cfg.Record.Settled(context.WithoutCancel(ctx), r.t.Method, id, r.t.To.Seller, r.t.To.Asset, s)
	return s, kept
}
