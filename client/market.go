package client

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/client/store"
	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/wire"
)

// ErrNotBuying: the client was not made to buy anything.
var ErrNotBuying = errors.New("this client buys nothing")

const (
	// trialQuestions is how many questions a server is asked for its own sake that nobody knows yet, and
	// trialShare one of how many questions that may be.
	trialQuestions = 24
	trialShare     = 4
	// maxEarly is how many messages about business may come before a Status.
	maxEarly = 8
)

// openMarket starts what buys.
func (c *Client) openMarket() error {
	buy := c.cfg.Buy
	if buy == nil {
		return nil
	}
	var seed [8]byte
	if _, err := rand.Read(seed[:]); err != nil {
		return fmt.Errorf("no randomness: %w", err)
	}
	fund := buy.Fund
	if buy.OpenPayer != nil {
		p, err := buy.OpenPayer(c.ctx, c.db)
		if err != nil {
			return err
		}
		c.payer, fund = p, p.Fund
	}
	var err error
	c.bidder, err = bidder.New(c.ctx, bidder.Config{
		Key: buy.Key, Clock: c.cfg.Clock, Logger: c.log, Client: customer{c}, Demand: buy.Demand, Currency: buy.Currency,
		Fund: fund, Keeper: keeper{c.db, buy.Idle}, Folder: buy.Folder, Seed: binary.LittleEndian.Uint64(seed[:]),
	})
	if err != nil {
		return errors.Join(err, c.stopPaying())
	}
	return nil
}

// StopBuying takes all bids back, waiting for a moment for what servers say at the end, and pays nothing any more. It is to be
// called while they are connected, and is the first thing that Close does.
func (c *Client) StopBuying() error {
	if c.bidder == nil {
		return nil
	}
	return errors.Join(c.bidder.Close(), c.stopPaying())
}

// stopPaying closes the payer, once.
func (c *Client) stopPaying() (err error) {
	c.unpaid.Do(func() {
		if c.payer != nil {
			err = c.payer.Close()
		}
	})
	return err
}

// customer is the client as its bidder sees it.
type customer struct{ c *Client }

// Measured implements bidder.Client.
func (m customer) Measured(id buyer.ID) buyer.Measured {
	r := m.c.roster
	r.mu.Lock()
	defer r.mu.Unlock()
	s, ok := r.mu.servers[id]
	if !ok {
		return buyer.Measured{}
	}
	measured := s.measured
	s.measured = buyer.Measured{}
	return measured
}

// Try implements bidder.Client.
func (m customer) Try(id buyer.ID) {
	r := m.c.roster
	r.mu.Lock()
	defer r.mu.Unlock()
	if s, ok := r.mu.servers[id]; ok {
		s.trial = trialQuestions
	}
}

// Lied implements bidder.Client.
func (m customer) Lied(id buyer.ID, reason error) {
	r := m.c.roster
	r.mu.Lock()
	var live *session
	if s, ok := r.mu.servers[id]; ok {
		live = s.session
	}
	r.mu.Unlock()
	if live != nil {
		m.c.lie(live, reason)
		return
	}
	r.lied(r.get(id), reason)
	m.c.saveServers()
}

// asked notes that a server was asked something.
func (r *roster) asked(s *server) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s.trial = max(s.trial-1, 0)
}

// greet sends the first message about business, beside whatever else happens. Nothing else is written before it.
func (s *session) greet() {
	s.greeted = make(chan error, 1)
	if s.c.bidder == nil || !s.peer.Market {
		s.greeted <- nil
		return
	}
	go func() { s.greeted <- s.conn.WriteMsg(wire.FirstMarket, bidder.Hello()) }()
}

// keepTraded keeps a message about business until the handshake is done.
func (s *session) keepTraded(code uint64, payload []byte) error {
	if len(s.early) == maxEarly {
		return fmt.Errorf("%w: more than %d messages about business before it", ErrHandshake, maxEarly)
	}
	s.early = append(s.early, message{code, payload})
	return nil
}

// openMarket begins business with a server that speaks market/1. What has come already is taken in by run.
func (s *session) openMarket() {
	if s.c.bidder != nil && s.peer.Market {
		s.market = s.c.bidder.Attach(s.peer, business{s})
	}
}

func (s *session) closeMarket() {
	if s.market != nil {
		s.market.End()
	}
}

// tradedEarly takes in what came before the handshake was done.
func (s *session) tradedEarly() error {
	for _, m := range s.early {
		if err := s.traded(m.code, m.payload); err != nil {
			return err
		}
	}
	s.early = nil
	return nil
}

// traded takes a message of market/1 in. An error ends the session.
func (s *session) traded(code uint64, payload []byte) error {
	if s.market == nil {
		return nil // nothing is bought
	}
	if err := s.market.Receive(code, payload); err != nil {
		return s.swindled(err)
	}
	return nil
}

// swindled deals with the end of business with a server that is to blame. A trusted one keeps its session, because
// its vote is a matter of its own.
func (s *session) swindled(err error) error {
	if errors.Is(err, bidder.ErrLie) {
		s.c.lie(s, err)
	} else {
		s.c.fault(s, 2, err)
	}
	if s.srv.trusted {
		return nil
	}
	return err
}

// business is a session as its bidder sees it.
type business struct{ *session }

// Send implements bidder.Conn.
func (b business) Send(code uint64, payload []byte) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.mu.ended {
		return errEnded
	}
	select {
	case b.out <- message{wire.FirstMarket + code, payload}:
		return nil
	default:
		return errNoRoom
	}
}

// End implements bidder.Conn.
func (b business) End(reason error) {
	if err := b.swindled(reason); err != nil {
		b.end(err)
	}
}

// keeper keeps in the client's database what is bought.
type keeper struct {
	db   *store.Store
	idle bool
}

// Load implements bidder.Keeper. Who is idle does not see what was demanded, and so does not change it either.
func (k keeper) Load(ctx context.Context) (bidder.Saved, error) {
	saved, err := k.db.Bought(ctx)
	if k.idle {
		saved.Demand = ""
	}
	return saved, err
}

// Save implements bidder.Keeper.
func (k keeper) Save(ctx context.Context, s bidder.Saved) error { return k.db.PutBought(ctx, s) }

// Demand says what is wanted, and whether it is had.
func (c *Client) Demand() (bidder.DemandStatus, error) {
	if c.bidder == nil {
		return bidder.DemandStatus{}, ErrNotBuying
	}
	return c.bidder.Demand()
}

// SetDemand changes what is wanted, in the words of buyer.ParseDemand. A *buyer.DemandError says what makes no sense.
func (c *Client) SetDemand(words string) error {
	if c.bidder == nil {
		return ErrNotBuying
	}
	return c.bidder.SetDemand(words)
}

// ReportOffers has Market call this function for what servers offer that were found. It must not wait.
func (c *Client) ReportOffers(offers func() []bidder.Offer) { c.offers.Store(&offers) }

// Market says what the servers sell that were met, or found and asked.
func (c *Client) Market() ([]bidder.SellerStatus, error) {
	if c.bidder == nil {
		return nil, ErrNotBuying
	}
	if offers := c.offers.Load(); offers != nil {
		return c.bidder.Market((*offers)()...)
	}
	return c.bidder.Market()
}

// Met says where money is paid in at the servers that were met.
func (c *Client) Met() ([]bidder.Met, error) {
	if c.bidder == nil {
		return nil, ErrNotBuying
	}
	return c.bidder.Met()
}

// Spending says what was paid.
func (c *Client) Spending() (bidder.SpendingStatus, error) {
	if c.bidder == nil {
		return bidder.SpendingStatus{}, ErrNotBuying
	}
	return c.bidder.Spending()
}
