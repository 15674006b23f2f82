package sim

import (
	"cmp"
	"slices"

	"github.com/candela-les/candela/unit"
)

// act is what an order asks for.
type act uint8

const (
	fill    act = iota + 1 // the account, by Amount
	bid                    // Prices, or none
	load                   // from now on, so much is asked for
	hello                  // what was charged, and what does the account hold?
	goodbye                // the bid falls, and what is left is paid back
)

// order is what a client asks of a server.
type order struct {
	at         unit.Instant
	client     int32
	slot       uint32 // its account there
	act        act
	number     uint64
	prices     []unit.Price
	amount     uint64
	paid, free uint32 // cost per ms
}

// byTime sorts orders by when they were sent. Those of one client stay in their order.
func byTime(list []order) {
	slices.SortStableFunc(list, func(a, b order) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.client, b.client))
	})
}

// news is what a notice is about.
type news uint8

const (
	allocated news = iota + 1
	account
	charged
	gone     // the connection is lost
	refunded // of what is left
	refused  // a bid, for want of cover
	unfilled // nobody was there to fill the account
)

// notice is what a server tells a client.
type notice struct {
	client int32
	link   uint8
	news   news
	fell   bool         // allocated
	units  uint8        // allocated
	at     unit.Instant // since when it is so; of a charge, until when
	since  unit.Instant // charged
	seq    uint64       // allocated: of the curve
	number uint64       // allocated: of the bid
	rate   unit.Price   // allocated
	amount uint64       // charged; refunded; account: the balance
	more   uint64       // charged: fees; account: all that was ever credited
}
