package marketwire

import (
	"fmt"

	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/internal/codec"
)

const (
	// OfferVersion is what this code speaks.
	OfferVersion = 1
	// MaxOffer is how many bytes an offer has at most. With the rest of the answer it is
	// in, it fits into the longest answer there is (wire.MaxGetConditions), and that into
	// one packet.
	MaxOffer = 400
	// MaxOfferPrices is how many prices an offer has at most.
	MaxOfferPrices = 4

	maxOfferFields = 32 // known and unknown ones
)

// Offer is what a server says of its market before there is a connection: an entry of
// wire.Conditions.Market, which is asked for over the discovery protocol. It is not
// signed, binds nobody, and may grow at its end:
//
//	[version, market, epoch, seq, reserve, units, free, [price…], unitRate, unitBuffer,
//	 maxUnits, bidFee, coverMs, refillMs, prepaidMs, leastAccount, [method…], …]
type Offer struct {
	Version uint64
	Market  Market
	Epoch   uint64
	Seq     uint64 // number of the curve that the next four fields are from
	Reserve unit.Price
	Units   uint64
	Free    uint64
	Winning []unit.Price // the lowest ones, lowest first, at most MaxOfferPrices

	// The rest is as in Terms.
	UnitRate, UnitBuffer         uint64
	MaxUnits                     uint64
	BidFee                       unit.Amount
	CoverMs, RefillMs, PrepaidMs uint64
	LeastAccount                 unit.Amount
	Methods                      []string // names only
}

// NewOffer makes an offer of what a server would say over a connection.
func NewOffer(m *Market, t *Terms, c *Curve) Offer {
	o := Offer{
		Version: OfferVersion, Market: *m, Epoch: c.Epoch, Seq: c.Seq,
		Reserve: c.Reserve, Units: c.Units, Free: c.Free, Winning: c.Winning[:min(len(c.Winning), MaxOfferPrices)],
		UnitRate: t.UnitRate, UnitBuffer: t.UnitBuffer, MaxUnits: t.MaxUnits, BidFee: t.BidFee,
		CoverMs: t.CoverMs, RefillMs: t.RefillMs, PrepaidMs: t.PrepaidMs, LeastAccount: t.LeastAccount,
	}
	for i := range t.Methods {
		o.Methods = append(o.Methods, t.Methods[i].Name)
	}
	return o
}

// Append appends the offer, as an entry of wire.Conditions.Market. If it would be longer
// than MaxOffer, the prices are left out and then the methods, each from the last one.
func (o *Offer) Append(dst []byte) []byte {
	start := len(dst)
	dst = o.append(dst)
	for short := *o; len(dst)-start > MaxOffer; dst = short.append(dst[:start]) {
		switch {
		case len(short.Winning) > 0:
			short.Winning = short.Winning[:len(short.Winning)-1]
		case len(short.Methods) > 0:
			short.Methods = short.Methods[:len(short.Methods)-1]
		default:
			return dst
		}
	}
	return dst
}

func (o *Offer) append(dst []byte) []byte {
	dst, at := codec.OpenList(dst)
	dst = codec.AppendUint(dst, o.Version)
	dst = o.Market.append(dst)
	dst = codec.AppendUint(codec.AppendUint(dst, o.Epoch), o.Seq)
	dst = appendPrice(dst, o.Reserve)
	dst = codec.AppendUint(codec.AppendUint(dst, o.Units), o.Free)
	dst = appendPrices(dst, o.Winning)
	for _, x := range []uint64{o.UnitRate, o.UnitBuffer, o.MaxUnits} {
		dst = codec.AppendUint(dst, x)
	}
	dst = appendAmount(dst, o.BidFee)
	for _, x := range []uint64{o.CoverMs, o.RefillMs, o.PrepaidMs} {
		dst = codec.AppendUint(dst, x)
	}
	dst = appendAmount(dst, o.LeastAccount)
	dst, list := codec.OpenList(dst)
	for _, name := range o.Methods {
		dst = codec.AppendString(dst, name)
	}
	return codec.CloseList(codec.CloseList(dst, list), at)
}

// DecodeOffer reads one entry of wire.Conditions.Market. Its errors wrap
// wire.ErrOverLimit or wire.ErrMalformed; an entry that is no offer is ignored by who
// looks for one.
func DecodeOffer(entry []byte) (*Offer, error) {
	if len(entry) > MaxOffer {
		return nil, fmt.Errorf("offer of %d bytes: %w", len(entry), wire.ErrOverLimit)
	}
	outer := codec.Reader{Rest: entry}
	r := outer.List()
	r.Count("fields", maxOfferFields)
	o := &Offer{Version: r.Uint()}
	if r.Err == nil && o.Version == 0 {
		r.Fail(codec.Malformed("version 0"))
	}
	o.Market.read(&r)
	o.Epoch, o.Seq, o.Reserve = r.Uint(), r.Uint(), readPrice(&r)
	o.Units, o.Free = r.Uint(), r.Uint()
	o.Winning = readPrices(&r, "prices", MaxOfferPrices)
	o.UnitRate, o.UnitBuffer, o.MaxUnits = r.Uint(), r.Uint(), r.Uint()
	r.Some("units of a bid", o.MaxUnits, MaxUnits)
	o.BidFee = readAmount(&r)
	o.CoverMs, o.RefillMs, o.PrepaidMs = r.Uint(), r.Uint(), r.Uint()
	o.LeastAccount = readAmount(&r)
	l := r.List()
	for range l.Count("methods", MaxMethods) {
		o.Methods = append(o.Methods, readName(&l, "method", MaxMethodName))
	}
	r.Leave(&l)
	r.Rest = nil // of a later version
	outer.Leave(&r)
	outer.End()
	if outer.Err != nil {
		return nil, fmt.Errorf("offer: %w", outer.Err)
	}
	return o, nil
}
