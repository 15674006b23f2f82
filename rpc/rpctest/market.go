package rpctest

import (
	"context"
	"errors"
	"time"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/unit"
)

// Status implements rpc.Backend.
func (d *Double) Status() client.Status {
	h := d.chain.CurrentBlock()
	return client.Status{
		NetworkID: d.NetworkID(),
		Genesis:   d.Genesis(),
		Head:      &client.HeadStatus{Number: h.Number.Uint64(), Hash: h.Hash(), Time: h.Time},
		Servers:   []client.ServerStatus{{ID: "one", Connected: true}, {ID: "two"}, {ID: "three", Connected: true}},
	}
}

// Demand implements rpc.Backend: what SetDemand has set, free service before.
func (d *Double) Demand() (bidder.DemandStatus, error) {
	if err := d.enter(context.Background(), "Demand"); err != nil {
		return bidder.DemandStatus{}, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.mu.words == "" {
		return bidder.DemandStatus{Demand: "free", Free: true}, nil
	}
	return bidder.DemandStatus{
		Demand: d.mu.words, Free: d.mu.demand.Free, Need: d.mu.demand.Need, Servers: d.mu.demand.Servers,
		Price: d.mu.demand.Price(), Budget: d.mu.demand.DailyBudget, Short: buyer.ErrNoServer.Error(),
	}, nil
}

// SetDemand implements rpc.Backend.
func (d *Double) SetDemand(words string) error {
	if err := d.enter(context.Background(), "SetDemand"); err != nil {
		return err
	}
	demand, err := buyer.ParseDemand(words)
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mu.words, d.mu.demand = words, demand
	return nil
}

// Market implements rpc.Backend: one server sells.
func (d *Double) Market() ([]bidder.SellerStatus, error) {
	if err := d.enter(context.Background(), "Market"); err != nil {
		return nil, err
	}
	return []bidder.SellerStatus{{
		ID: "one", Currency: "TST", Paid: bidder.Currency{ChainID: 1, Decimals: 6}, Bid: []unit.Price{unit.PricePerHour(5)}, Units: 1,
		Rate: unit.PricePerHour(3), Quality: 990, Tried: true,
		Book: &bidder.BookStatus{Seq: 7, Reserve: unit.PricePerHour(3), Units: 2, Losing: []unit.Price{}, Winning: []unit.Price{unit.PricePerHour(5)}},
	}}, nil
}

// Spending implements rpc.Backend: one server was paid.
func (d *Double) Spending() (bidder.SpendingStatus, error) {
	if err := d.enter(context.Background(), "Spending"); err != nil {
		return bidder.SpendingStatus{}, err
	}
	return bidder.SpendingStatus{
		Day: time.Unix(86_400, 0).UTC(), Today: unit.AmountOfWords(1, 0), Budget: unit.NewAmount(9),
		Servers: []bidder.Paid{{ID: "one", Units: unit.NewAmount(5), Fees: unit.NewAmount(1), Charges: 3, Proofs: []string{}}},
	}, nil
}

// LastProof implements rpc.Backend.
func (d *Double) LastProof() *client.ProofRecord {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.mu.lastProof
}

// ErrInjected is for tests that only need some error.
var ErrInjected = errors.New("injected")
