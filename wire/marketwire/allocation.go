package marketwire

import (
	"fmt"

	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/internal/codec"
)

// Cause says why an allocation is what it is.
type Cause uint64

// The causes. A receiver takes one that it does not know as news without a cause.
const (
	BidChanged  Cause = 1 // the client's own bid was made, changed or taken back
	Won         Cause = 2 // others left, or bid less, or there are more units
	Outbid      Cause = 3 // others bid more
	UnitsFell   Cause = 4 // there are fewer units
	ReserveRose Cause = 5 // the reserve is above the bid
	Depleted    Cause = 6 // the balance is used up
	Left        Cause = 7 // the client was gone for too long, or has closed
)

func (c Cause) String() string {
	switch c {
	case BidChanged:
		return "bid changed"
	case Won:
		return "won"
	case Outbid:
		return "outbid"
	case UnitsFell:
		return "units fell"
	case ReserveRose:
		return "reserve rose"
	case Depleted:
		return "balance used up"
	case Left:
		return "left"
	}
	return fmt.Sprintf("cause %d", uint64(c))
}

// Allocation is what a seller promises one client from a moment on.
type Allocation struct {
	Market  Hash
	Client  Address
	Epoch   uint64
	Number  uint64     // from 1, one more with each allocation of this client in the epoch
	Order   Hash       // digest of the standing bid, zero if there is none
	Units   uint64     // at most MaxUnits
	SinceNs uint64     // since when all of this holds
	Cause   Cause      // why
	Rate    unit.Price // what all of them cost now
	Seq     uint64     // number of the curve by which they do
}

func (a Allocation) frame() frame {
	return frame{domain: AllocationDomain, market: a.Market, client: &a.Client}
}

func (a Allocation) fields(dst []byte) []byte {
	dst = codec.AppendHash(dst, a.Market)
	dst = codec.AppendAddress(dst, a.Client)
	dst = codec.AppendUint(dst, a.Epoch)
	dst = codec.AppendUint(dst, a.Number)
	dst = codec.AppendHash(dst, a.Order)
	dst = codec.AppendUint(dst, a.Units)
	dst = codec.AppendUint(dst, a.SinceNs)
	dst = codec.AppendUint(dst, uint64(a.Cause))
	dst = appendPrice(dst, a.Rate)
	return codec.AppendUint(dst, a.Seq)
}

func (a *Allocation) read(r *codec.Reader) {
	*a = Allocation{
		Market: r.Hash(), Client: r.Address(), Epoch: r.Uint(), Number: r.Uint(), Order: r.Hash(),
		Units: r.Uint(), SinceNs: r.Uint(), Cause: Cause(r.Uint()), Rate: readPrice(r), Seq: r.Uint(),
	}
	r.Limit("units", a.Units, MaxUnits)
	if r.Err == nil && a.Cause == 0 {
		r.Fail(codec.Malformed("allocation without a cause"))
	}
}

// Notice tells a client that its allocation has changed: [allocation].
type Notice struct {
	Allocation Signed[Allocation]
}

// Code implements Message.
func (*Notice) Code() uint64 { return CodeNotice }

func (p *Notice) fields(dst []byte) []byte { return p.Allocation.append(dst) }

func (p *Notice) decode(r *codec.Reader) { p.Allocation = readSigned[Allocation](r) }

// Demoted is sent in the place of a Notice when the standing bid fell because the
// balance was used up: [allocation, account]. The client is served for free from then
// on, and stays connected.
type Demoted struct {
	Allocation Signed[Allocation]
	Balance    Signed[Balance]
}

// Code implements Message.
func (*Demoted) Code() uint64 { return CodeDemoted }

func (p *Demoted) fields(dst []byte) []byte {
	return p.Balance.append(p.Allocation.append(dst))
}

func (p *Demoted) decode(r *codec.Reader) {
	p.Allocation = readSigned[Allocation](r)
	p.Balance = readSigned[Balance](r)
}
