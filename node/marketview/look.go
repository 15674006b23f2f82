package marketview

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/marketwire"
)

const (
	// patience is how long the server may take for an answer.
	patience = 10 * time.Second
	// helloPatience is how long a server may take that sells to say so.
	helloPatience = 5 * time.Second
	// lookEvery is how often prices are looked at while they are watched.
	lookEvery = time.Second
)

// incoming is a message, or why there is none.
type incoming struct {
	code    uint64
	payload []byte
	err     error
}

// looker is one connection.
type looker struct {
	cfg   *Config
	peer  wire.Peer
	conn  wire.Conn
	in    chan incoming
	quit  chan struct{}
	last  uint64 // id of the last request
	asked bool   // for a curve, and there is no answer yet

	market *marketwire.Market
	epoch  uint64
	terms  *marketwire.Terms
	curve  *marketwire.Curve
}

// look talks to a server until it has said what it sells, or for as long as it is watched.
func look(ctx context.Context, cfg *Config, peer wire.Peer, conn wire.Conn, show func(View) error) error {
	if !peer.Market {
		return fmt.Errorf("%w: it does not speak market/%d", ErrNothingSold, marketwire.Version)
	}
	l := &looker{cfg: cfg, peer: peer, conn: conn, in: make(chan incoming), quit: make(chan struct{})}
	defer close(l.quit)
	go l.read()
	if err := l.send(&marketwire.Hello{Version: uint64(marketwire.Version)}); err != nil {
		return err
	}
	if err := l.until(ctx, helloPatience, func() bool { return l.market != nil }); err != nil {
		if errors.Is(err, errSilent) {
			return fmt.Errorf("%w: it says nothing about a market", ErrNothingSold)
		}
		return err
	}
	return l.watch(ctx, show)
}

// watch asks and shows.
func (l *looker) watch(ctx context.Context, show func(View) error) error {
	if err := l.ask(&marketwire.GetConditions{}); err != nil {
		return err
	}
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	var shown, terms uint64
	for {
		l.asked = true
		if err := l.ask(&marketwire.GetCurves{Max: 1}); err != nil {
			return err
		}
		if err := l.until(ctx, patience, func() bool { return !l.asked && l.terms != nil }); err != nil {
			return err
		}
		if l.curve == nil {
			return fmt.Errorf("%w: there is no curve yet", ErrNothingSold)
		}
		if l.curve.Seq != shown || l.terms.Seq != terms {
			shown, terms = l.curve.Seq, l.terms.Seq
			if err := show(View{At: l.cfg.Now(), Market: *l.market, Epoch: l.epoch, Terms: *l.terms, Curve: *l.curve}); err != nil {
				return err
			}
		}
		if !l.cfg.Watch {
			return nil
		}
		if err := l.rest(ctx, tick.C); err != nil {
			return err
		}
	}
}

var errSilent = errors.New("the server does not answer")

// until takes messages in until something is so.
func (l *looker) until(ctx context.Context, within time.Duration, done func() bool) error {
	timer := time.NewTimer(within)
	defer timer.Stop()
	for !done() {
		select {
		case m := <-l.in:
			if err := l.take(m); err != nil {
				return err
			}
		case <-timer.C:
			return errSilent
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return nil
}

// rest takes messages in until it is time to look again.
func (l *looker) rest(ctx context.Context, tick <-chan time.Time) error {
	for {
		select {
		case m := <-l.in:
			if err := l.take(m); err != nil {
				return err
			}
		case <-tick:
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

func (l *looker) read() {
	for {
		code, payload, err := l.conn.ReadMsg()
		select {
		case l.in <- incoming{code, payload, err}:
		case <-l.quit:
			return
		}
		if err != nil {
			return
		}
	}
}

func (l *looker) send(m marketwire.Message) error {
	return l.conn.WriteMsg(wire.FirstMarket+m.Code(), marketwire.Append(nil, m))
}

// ask sends a request.
func (l *looker) ask(m marketwire.Request) error {
	l.last++
	m.SetID(l.last)
	return l.send(m)
}

// take takes a message in.
func (l *looker) take(m incoming) error {
	if m.err != nil {
		return m.err
	}
	code, business := l.peer.MarketCode(m.code)
	switch {
	case business:
		return l.said(code, m.payload)
	case m.code == wire.CodeStatus:
		return l.status(m.payload)
	case m.code == wire.CodeRefused:
		reply, err := wire.DecodeReply(wire.LES5, m.code, m.payload)
		if refused, ok := reply.(*wire.Refused); err == nil && ok && refused.ID() == 0 {
			return fmt.Errorf("the server is full: %w", refused)
		}
	}
	return nil // heads, and whatever else is said to light clients
}

// status answers the server's Status with one that says the same, so that it takes this for a light client.
func (l *looker) status(payload []byte) error {
	theirs, err := wire.DecodeStatus(wire.LES5, payload)
	if err != nil {
		return err
	}
	ours := &wire.Status{
		Version: wire.LES5, NetworkID: theirs.NetworkID, Genesis: theirs.Genesis, ForkID: theirs.ForkID, Config: theirs.Config,
		AnnounceType: wire.AnnounceNone,
	}
	return l.conn.WriteMsg(wire.CodeStatus, ours.Append(nil))
}

// said takes in what the server says of its market.
func (l *looker) said(code uint64, payload []byte) error {
	m, err := marketwire.Decode(code, payload)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDishonest, err)
	}
	if hello, ok := m.(*marketwire.Hello); ok {
		return l.greeted(hello)
	}
	if l.market == nil {
		return fmt.Errorf("%w: %s before Hello", ErrDishonest, marketwire.CodeName(code))
	}
	switch m := m.(type) {
	case *marketwire.Conditions:
		return l.conditions(&m.Terms)
	case *marketwire.Curves:
		l.asked = false
		return l.curves(m.Curves)
	case *marketwire.Refused:
		if m.Reason == marketwire.NotSold {
			return fmt.Errorf("%w: %w", ErrNothingSold, m)
		}
		return fmt.Errorf("the server refuses to say: %w", m)
	}
	return nil
}

func (l *looker) greeted(hello *marketwire.Hello) error {
	switch {
	case l.market != nil:
		return fmt.Errorf("%w: a second Hello", ErrDishonest)
	case hello.Market == nil:
		return ErrNothingSold
	case hello.Market.Node != l.peer.ID:
		return fmt.Errorf("%w: its market is that of node %x", ErrDishonest, hello.Market.Node[:8])
	}
	l.market, l.epoch = hello.Market, hello.Epoch
	return nil
}

func (l *looker) conditions(terms *marketwire.Signed[marketwire.Terms]) error {
	if err := errors.Join(terms.Verify(l.market, marketwire.Address{}), terms.Body.Check(), l.ofBook(terms.Body.Epoch)); err != nil {
		return fmt.Errorf("%w: conditions: %w", ErrDishonest, err)
	}
	l.terms = &terms.Body
	return nil
}

func (l *looker) curves(list []marketwire.SignedCurve) error {
	for i := range list {
		c := &list[i]
		if err := errors.Join(marketwire.VerifyCurve(l.market, c), l.ofBook(c.Body.Epoch)); err != nil {
			return fmt.Errorf("%w: curve %d: %w", ErrDishonest, c.Body.Seq, err)
		}
		if l.curve != nil && (c.Body.Seq < l.curve.Seq ||
			c.Body.Seq == l.curve.Seq && marketwire.Digest(c.Body) != marketwire.Digest(*l.curve)) {
			return fmt.Errorf("%w: curve %d after curve %d", ErrDishonest, c.Body.Seq, l.curve.Seq)
		}
		l.curve = &c.Body
	}
	return nil
}

func (l *looker) ofBook(epoch uint64) error {
	if epoch != l.epoch {
		return fmt.Errorf("it is of book %d, not of %d", epoch, l.epoch)
	}
	return nil
}
