package payments

import (
	"encoding/hex"

	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/pay"
)

// Servers are those that a light client buys from.
type Servers interface {
	// Met returns those that were met since the start.
	Met() ([]Server, error)
	Spending() (bidder.SpendingStatus, error)
	Demand() (bidder.DemandStatus, error)
}

// Server is one that sells.
type Server struct {
	ID        [32]byte
	Connected bool
	// Place is where it is paid. Offers are nil before it has said its terms.
	Place pay.Place
}

// Buyer is what a client knows of servers: a *client.Client.
type Buyer interface {
	Met() ([]bidder.Met, error)
	Spending() (bidder.SpendingStatus, error)
	Demand() (bidder.DemandStatus, error)
}

// ServersOf are those of a client.
func ServersOf(b Buyer) Servers { return servers{b} }

type servers struct{ Buyer }

// Met implements Servers.
func (s servers) Met() ([]Server, error) {
	met, err := s.Buyer.Met()
	var list []Server
	for i := range met {
		list = append(list, Server{met[i].Server, met[i].Connected, PlaceOf(met[i].Counter)})
	}
	return list, err
}

// PlaceOf is a counter as a wallet wants it.
func PlaceOf(at bidder.Counter) pay.Place {
	place := pay.Place{
		Seller: pay.Address(at.Market.Seller), Asset: pay.Asset{ChainID: at.Market.ChainID, Token: pay.Address(at.Market.Token)},
		Line: at.Line, Spent: at.Spent,
	}
	for i := range at.Methods {
		place.Offers = append(place.Offers, pay.Offer{Method: at.Methods[i].Name, Info: at.Methods[i].Info})
	}
	return place
}

// meet says which server a channel pays.
func (c *Channel) meet(met []Server) {
	if m := metSeller(met, c.Seller); m != nil {
		c.Server, c.Connected = hex.EncodeToString(m.ID[:]), m.Connected
	}
}

// metSeller is the server whose market is signed by an address; nil if it was not met.
func metSeller(met []Server, seller pay.Address) *Server {
	for i := range met {
		if met[i].Place.Seller == seller {
			return &met[i]
		}
	}
	return nil
}
