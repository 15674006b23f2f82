package server

import (
	"context"
	"errors"
	"slices"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/market"
	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/marketwire"
)

// ErrNothingSold: the server sells nothing for money.
var ErrNothingSold = errors.New("nothing is sold here")

// Book is the auction as its operator sees it.
type Book struct {
	Market marketwire.Market
	Terms  marketwire.Terms
	Curve  auction.Curve
	Bids   []BookEntry // the highest first price first
}

// BookEntry is a client's standing bid.
type BookEntry struct {
	ID        market.ID
	Address   wire.Address
	Connected bool
	Prices    []unit.Price
	Units     uint64      // won
	Rate      unit.Price  // for all of them, an hour
	Owed      unit.Amount // not entered yet
	Limit     unit.Amount // of what may be owed
}

// Book returns what is for sale and who bids for it. It fails with ErrNothingSold.
func (s *Server) Book() (b Book, err error) {
	if s.seller == nil {
		return b, ErrNothingSold
	}
	e := s.seller
	b.Market = e.market
	s.desk.do(func(now unit.Instant, m *market.Market) {
		b.Terms, b.Curve = e.termsNow(now, m), m.Curve()
		for _, c := range e.byID {
			st, ok := m.Standing(now, c.id)
			if !ok || len(st.Prices) == 0 {
				continue
			}
			b.Bids = append(b.Bids, BookEntry{
				ID: c.id, Address: c.address, Connected: c.at != nil, Prices: slices.Clone(st.Prices),
				Units: st.Units, Rate: st.Rate, Owed: st.Owed, Limit: st.Limit,
			})
		}
	})
	slices.SortFunc(b.Bids, func(x, y BookEntry) int {
		if c := y.Prices[0].Cmp(x.Prices[0]); c != 0 {
			return c
		}
		return slices.Compare(x.ID[:], y.ID[:])
	})
	return b, nil
}

// Accounts returns accounts of the ledger in the market's token, clients' and the operator's own, behind the
// given one, at most limit of them. It fails with ErrNothingSold and the ledger's errors.
func (s *Server) Accounts(ctx context.Context, after ledger.Account, limit int) ([]ledger.Balance, error) {
	if s.seller == nil {
		return nil, ErrNothingSold
	}
	return s.seller.cfg.Ledger.Accounts(ctx, after, limit)
}

// Statement returns at most limit entries of a client's account, from number first on, and the number of the
// newest. It fails with ErrNothingSold and the ledger's errors.
func (s *Server) Statement(ctx context.Context, client wire.Address, first uint64, limit int) ([]marketwire.Entry, uint64, error) {
	if s.seller == nil {
		return nil, 0, ErrNothingSold
	}
	return s.seller.till.Statement(ctx, ledger.Address(client), first, limit)
}

// Credit enters money that a client has given to the operator, once for each key. It fails with ErrNothingSold
// and the ledger's errors.
func (s *Server) Credit(ctx context.Context, key string, client wire.Address, amount unit.Amount) (repeated bool, err error) {
	if s.seller == nil {
		return false, ErrNothingSold
	}
	posted, err := s.seller.till.Credit(ctx, key, ledger.Address(client), amount)
	if err == nil && !posted.Repeated {
		s.seller.credited(client)
	}
	return posted.Repeated, err
}

// credited tells a client that its account has grown, also one that has not bid yet.
func (e *seller) credited(client wire.Address) {
	for _, one := range e.srv.all() {
		if t := one.trade; t != nil && t.address == client && t.greeted.Load() {
			t.later(t.credited)
		}
	}
}
