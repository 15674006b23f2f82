package pay

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// left is a seller that is not paid by any method, for it has lied.
type left struct {
	Seller Address `json:"seller"`
	Until  int64   `json:"until"` // Unix seconds
	Why    string  `json:"why"`
}

func (l left) same(other left) bool { return l.Seller == other.Seller }

// spoiled is a seller for which no channel is opened by a method.
type spoiled struct {
	Method string  `json:"method"`
	Seller Address `json:"seller"`
	Until  int64   `json:"until"` // Unix seconds
}

func (s spoiled) same(other spoiled) bool {
	return s.Method == other.Method && s.Seller == other.Seller
}

const (
	// spoiledSpan is for how long a seller that has ended a channel gets no other one.
	spoiledSpan = 24 * time.Hour
	// leftSpan is for how long a seller that has lied is not paid. It takes up to what may be prepaid each time, so the times have to be few; and
	// who has lost the newest part of a ledger by mishap says the same as a liar, so they are not for ever.
	leftSpan = 30 * 24 * time.Hour
	// timeLayout is how times are told people.
	timeLayout = time.DateTime + " UTC"
)

// LeftError: a server has contradicted what it had acknowledged, or what was signed. It is not paid until then, unless its owner opens a channel
// there by hand; the channels that were open there are closed alone.
type LeftError struct {
	Until time.Time
	Why   error
}

func (e *LeftError) Error() string {
	return fmt.Sprintf("this server is left, and not paid before %s: %v", e.Until.UTC().Format(timeLayout), e.Why)
}

// Unwrap returns why.
func (e *LeftError) Unwrap() error { return e.Why }

// errLied: what a server says contradicts what it had acknowledged, or what this client has signed.
var errLied = errors.New("the server lies")

func lie(err error) error { return fmt.Errorf("%w: %w", errLied, err) }

// lied leaves a seller: whatever is open there is closed without asking, and nothing is paid there for a while. Others are paid on.
func (w *Wallet) lied(ctx context.Context, who Address, why error) error {
	until := w.Now().Add(leftSpan)
	w.Logger.Error("a server lies about what it was promised: it is left, and its channels are closed alone", "seller", who, "until", until.UTC(), "why", why)
	w.mu.Lock()
	var open []tabKey
	for key, t := range w.mu.tabs {
		if t.note.To.Seller == who && !t.note.Closed && !t.unlocked() {
			t.closing, t.agreed = true, false // even if it cannot be kept: promises end here
			open = append(open, key)
		}
	}
	w.mu.Unlock()
	bad := w.keep(ctx, func(k *kept) {
		l := left{who, until.Unix(), why.Error()}
		k.Left = with(k.Left, l, l.same)
		for _, key := range open {
			c, _ := k.closing(key)
			k.closeWith(key, c.Settled)
		}
	})
	return errors.Join(&LeftError{until, why}, bad)
}

// isLeft returns a *LeftError if a seller is left now.
func (w *Wallet) isLeft(who Address) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, l := range w.mu.kept.Left {
		if until := time.Unix(l.Until, 0); l.Seller == who && w.Now().Before(until) {
			return &LeftError{until, errors.New(l.Why)}
		}
	}
	return nil
}

// comeBack has a seller be paid again that was left.
func (w *Wallet) comeBack(ctx context.Context, who Address) error {
	if w.isLeft(who) == nil {
		return nil
	}
	l := left{Seller: who}
	return w.keep(ctx, func(k *kept) { k.Left = without(k.Left, l.same) })
}
