package rpc

import (
	"errors"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/market/buyer"
)

// CodeNotBuying: this light client buys nothing.
const CodeNotBuying = -32016

// buying is what a Backend says of service that is bought.
type buying interface {
	// Demand, Market and Spending fail with client.ErrNotBuying where nothing is bought.
	Demand() (bidder.DemandStatus, error)
	// SetDemand fails with a *buyer.DemandError for words that make no sense.
	SetDemand(words string) error
	Market() ([]bidder.SellerStatus, error)
	Spending() (bidder.SpendingStatus, error)
}

// Demand serves candela_demand: what is wanted, and whether it is had. With words it changes what is wanted first, in
// the words of candela light --demand; that holds from then on, also after a restart.
func (api *candelaAPI) Demand(words *string) (bidder.DemandStatus, error) {
	if words != nil {
		if err := api.b.SetDemand(*words); err != nil {
			return bidder.DemandStatus{}, boughtNothing(err)
		}
	}
	s, err := api.b.Demand()
	return s, boughtNothing(err)
}

// Market serves candela_market: what the servers that were met sell, and what is bid and had there.
func (api *candelaAPI) Market() ([]bidder.SellerStatus, error) {
	list, err := api.b.Market()
	if list == nil {
		list = []bidder.SellerStatus{}
	}
	return list, boughtNothing(err)
}

// Spending serves candela_spending: what was paid today and to whom, and how it was checked.
func (api *candelaAPI) Spending() (bidder.SpendingStatus, error) {
	s, err := api.b.Spending()
	return s, boughtNothing(err)
}

// boughtNothing gives errors of buying their codes.
func boughtNothing(err error) error {
	switch {
	case errors.Is(err, client.ErrNotBuying):
		return &codedError{code: CodeNotBuying, message: err.Error(), cause: err}
	case errors.Is(err, buyer.ErrDemand):
		return invalidParams("%v", err)
	}
	return err
}
