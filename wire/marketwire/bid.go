package marketwire

import (
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/internal/codec"
)

// Order is what a client bids. It replaces the client's standing bid as a whole.
type Order struct {
	Market    Hash
	Client    Address // whose account pays, and whose key signs
	Epoch     uint64  // of the book: the order means nothing in any other
	Nonce     uint64  // above that of the client's last order in this epoch
	Seq       uint64  // number of the curve that it was made on
	ExpiresNs uint64  // it is not to be accepted after this; it stands as long as it stands
	// Most is the highest price of all units together at which it is to be accepted: if it
	// would cost more at once, it is refused. 2¹²⁸ − 1 is no limit.
	Most unit.Price
	// Prices are those of the first, second, … unit, none higher than the one before. No
	// price at all takes the standing bid back.
	Prices []unit.Price
}

func (o Order) frame() frame {
	return frame{domain: OrderDomain, market: o.Market, client: &o.Client, byClient: true}
}

func (o Order) fields(dst []byte) []byte {
	dst = codec.AppendHash(dst, o.Market)
	dst = codec.AppendAddress(dst, o.Client)
	for _, x := range []uint64{o.Epoch, o.Nonce, o.Seq, o.ExpiresNs} {
		dst = codec.AppendUint(dst, x)
	}
	return appendPrices(appendPrice(dst, o.Most), o.Prices)
}

func (o *Order) read(r *codec.Reader) {
	*o = Order{Market: r.Hash(), Client: r.Address()}
	for _, to := range []*uint64{&o.Epoch, &o.Nonce, &o.Seq, &o.ExpiresNs} {
		*to = r.Uint()
	}
	o.Most = readPrice(r)
	o.Prices = readPrices(r, "prices", MaxUnits)
	if len(o.Prices) > 0 && o.Prices[0].Cmp(MaxPrice()) > 0 {
		r.Fail(codec.Malformed("price %v is too high", o.Prices[0]))
		return
	}
	for i := 1; i < len(o.Prices); i++ {
		if o.Prices[i].Cmp(o.Prices[i-1]) > 0 {
			r.Fail(codec.Malformed("price %d is higher than the one before", i+1))
			return
		}
	}
}

// Bid makes, changes or takes back the client's standing bid: [reqID, order].
type Bid struct {
	Tag
	Order Signed[Order]
}

// Code implements Message.
func (*Bid) Code() uint64 { return CodeBid }

func (q *Bid) fields(dst []byte) []byte { return q.Order.append(q.append(dst)) }

func (q *Bid) decode(r *codec.Reader) {
	q.read(r)
	q.Order = readSigned[Order](r)
}

// BidAccepted answers a bid that stands from now on: [reqID, allocation].
type BidAccepted struct {
	Tag
	Allocation Signed[Allocation]
}

// Code implements Message.
func (*BidAccepted) Code() uint64 { return CodeBidAccepted }

func (p *BidAccepted) fields(dst []byte) []byte { return p.Allocation.append(p.append(dst)) }

func (p *BidAccepted) decode(r *codec.Reader) {
	p.read(r)
	p.Allocation = readSigned[Allocation](r)
}
