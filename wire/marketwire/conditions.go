package marketwire

import (
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/internal/codec"
)

// Terms are what a seller sells, and how. They hold until the next ones do.
type Terms struct {
	Market  Hash
	Epoch   uint64
	Seq     uint64 // from 1, one more with each change in the epoch
	AtNs    uint64 // since when they hold
	Reserve unit.Price
	Units   uint64 // for sale now
	Free    uint64 // of these, unsold
	// UnitRate and UnitBuffer are what one unit is: capacity per millisecond, and how
	// much of it may be saved up. Over LES: MRR and BL, in cost.
	UnitRate, UnitBuffer uint64
	MaxUnits             uint64 // K: most prices of one bid, 1 to 64
	BidFee               unit.Amount
	CoverMs              uint64 // C: for how long the account must cover a bid
	RefillMs             uint64 // when the seller says that the balance is low
	PrepaidMs            uint64 // X: for how long at most it may be filled
	LingerMs             uint64 // for how long a bid stands after its client has gone
	GraceMs              uint64 // for how long lost units are still served
	LeastAccount         unit.Amount
	Methods              []Method
	Falls                []Fall
}

// Method is one way to pay.
type Method struct {
	Name string // "channel", "cheque", "lottery", "transfer"; "grant" is by the operator's hand
	Info []byte // what the method says of itself, RLP by its own text, or empty
}

// Fall is an announced change of the number of units for sale.
type Fall struct {
	AtNs  uint64
	Units uint64 // for sale from then on
}

func (t Terms) frame() frame { return frame{domain: TermsDomain, market: t.Market} }

func (t Terms) fields(dst []byte) []byte {
	dst = codec.AppendHash(dst, t.Market)
	dst = codec.AppendUint(dst, t.Epoch)
	dst = codec.AppendUint(dst, t.Seq)
	dst = codec.AppendUint(dst, t.AtNs)
	dst = appendPrice(dst, t.Reserve)
	for _, x := range []uint64{t.Units, t.Free, t.UnitRate, t.UnitBuffer, t.MaxUnits} {
		dst = codec.AppendUint(dst, x)
	}
	dst = appendAmount(dst, t.BidFee)
	for _, x := range []uint64{t.CoverMs, t.RefillMs, t.PrepaidMs, t.LingerMs, t.GraceMs} {
		dst = codec.AppendUint(dst, x)
	}
	dst = appendAmount(dst, t.LeastAccount)
	dst, list := codec.OpenList(dst)
	for i := range t.Methods {
		var at int
		dst, at = codec.OpenList(dst)
		dst = codec.AppendString(dst, t.Methods[i].Name)
		dst = codec.CloseList(codec.AppendString(dst, t.Methods[i].Info), at)
	}
	dst, list = codec.OpenList(codec.CloseList(dst, list))
	for _, f := range t.Falls {
		var at int
		dst, at = codec.OpenList(dst)
		dst = codec.CloseList(codec.AppendUint(codec.AppendUint(dst, f.AtNs), f.Units), at)
	}
	return codec.CloseList(dst, list)
}

func (t *Terms) read(r *codec.Reader) {
	*t = Terms{Market: r.Hash(), Epoch: r.Uint(), Seq: r.Uint(), AtNs: r.Uint(), Reserve: readPrice(r)}
	for _, to := range []*uint64{&t.Units, &t.Free, &t.UnitRate, &t.UnitBuffer, &t.MaxUnits} {
		*to = r.Uint()
	}
	r.Some("units of a bid", t.MaxUnits, MaxUnits)
	t.BidFee = readAmount(r)
	for _, to := range []*uint64{&t.CoverMs, &t.RefillMs, &t.PrepaidMs, &t.LingerMs, &t.GraceMs} {
		*to = r.Uint()
	}
	t.LeastAccount = readAmount(r)
	l := r.List()
	for range l.Count("methods", MaxMethods) {
		item := l.List()
		m := Method{Name: readName(&item, "method", MaxMethodName)}
		m.Info = readBytes(&item, "method information", MaxMethodInfo)
		t.Methods = append(t.Methods, m)
		l.Leave(&item)
	}
	r.Leave(&l)
	l = r.List()
	for range l.Count("falls", MaxFalls) {
		item := l.List()
		t.Falls = append(t.Falls, Fall{AtNs: item.Uint(), Units: item.Uint()})
		l.Leave(&item)
	}
	r.Leave(&l)
}

// Check returns an error that wraps ErrSenseless if nobody can trade by these terms.
func (t *Terms) Check() error {
	switch {
	case t.Seq == 0 || t.AtNs < t.Epoch:
		return senseless("terms %d are older than their book", t.Seq)
	case t.Free > t.Units:
		return senseless("%d units unsold of %d", t.Free, t.Units)
	case t.UnitRate == 0 || t.UnitBuffer == 0:
		return senseless("a unit is nothing")
	case t.CoverMs >= t.RefillMs || t.RefillMs >= t.PrepaidMs:
		return senseless("cover %d ms, refill %d ms and prepaid %d ms do not rise", t.CoverMs, t.RefillMs, t.PrepaidMs)
	}
	last := t.AtNs
	for _, f := range t.Falls {
		if f.AtNs <= last {
			return senseless("announced changes are out of order")
		}
		last = f.AtNs
	}
	return nil
}

// GetConditions asks for the terms: [reqID].
type GetConditions struct{ Tag }

// Code implements Message.
func (*GetConditions) Code() uint64 { return CodeGetConditions }

func (q *GetConditions) fields(dst []byte) []byte { return q.append(dst) }

func (q *GetConditions) decode(r *codec.Reader) { q.read(r) }

// Conditions answers GetConditions, and comes unasked, with id 0, when they change:
// [reqID, terms].
type Conditions struct {
	Tag
	Terms Signed[Terms]
}

// Code implements Message.
func (*Conditions) Code() uint64 { return CodeConditions }

func (p *Conditions) fields(dst []byte) []byte { return p.Terms.append(p.append(dst)) }

func (p *Conditions) decode(r *codec.Reader) {
	p.read(r)
	p.Terms = readSigned[Terms](r)
}
