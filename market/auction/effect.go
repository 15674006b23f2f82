package auction

import "github.com/candela-les/candela/unit"

// Reason is why an allocation changed.
type Reason uint8

// The reasons, as the client concerned sees them.
const (
	// BidChanged: by its own bid.
	BidChanged Reason = iota + 1
	// Depleted: it owed what it may owe, and its whole bid fell.
	Depleted
	// Outbid: others bid more.
	Outbid
	// UnitsFell: there are fewer units for sale.
	UnitsFell
	// ReserveRose: its prices are below the reserve now.
	ReserveRose
	// Won: a bid that stood before wins more than it did, because others left or bid
	// less, there are more units, or the reserve fell.
	Won
)

// String names the reason in words.
func (r Reason) String() string {
	switch r {
	case BidChanged:
		return "bid changed"
	case Depleted:
		return "depleted"
	case Outbid:
		return "outbid"
	case UnitsFell:
		return "units fell"
	case ReserveRose:
		return "reserve rose"
	case Won:
		return "won"
	default:
		return "no reason"
	}
}

// Effect is one client whose allocation has changed, and is to be told.
type Effect struct {
	At     unit.Instant
	Client Client
	Reason Reason
	Was    int    // units before
	Units  int    // and now
	Seq    uint64 // of the curve that it pays by from then on
}

// cause is what began a change.
type cause struct {
	kind   kind
	client Client // of a bid
}

type kind uint8

const (
	byBid kind = iota + 1
	byUnits
	byReserve
	byDepletion
)

// Effects returns which allocations have changed since it was last called, in the order of
// the changes. The list is good until the next input.
func (a *Auction) Effects() []Effect {
	list := a.effects
	a.effects = a.effects[:0]
	return list
}

// report notes the effects of a change.
func (a *Auction) report(why cause) {
	for _, id := range a.change.touched {
		c := &a.clients[id]
		if c.units == c.was {
			continue
		}
		a.effects = append(a.effects, Effect{
			At: a.now, Client: id, Reason: why.reason(id, c), Was: c.was, Units: c.units, Seq: a.shown.seq,
		})
	}
}

func (w cause) reason(id Client, c *client) Reason {
	switch {
	case w.kind == byBid && w.client == id:
		return BidChanged
	case w.kind == byDepletion && len(c.prices) == 0:
		return Depleted
	case c.units > c.was:
		return Won
	case w.kind == byUnits:
		return UnitsFell
	case w.kind == byReserve:
		return ReserveRose
	default:
		return Outbid
	}
}
