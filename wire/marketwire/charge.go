package marketwire

import (
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/internal/codec"
)

// Line is a stretch of time in a charge in which nothing changed.
type Line struct {
	Seq    uint64     // number of the curve that held
	Units  uint64     // allocated, at most MaxUnits
	Rate   unit.Price // what they cost together, per hour
	SpanNs uint64
}

// Receipt says how a charge in an account came about. It is for one standing bid. Before
// and After are parts of a base unit that were owed and not charged yet, of which
// 3.6·10¹⁸ make one: Before + Σ Rate·SpanNs is not less than Amount and After together.
type Receipt struct {
	Market Hash
	Client Address
	Epoch  uint64 // of the book in which the bid stood, which need not be that of Hello
	Number uint64 // of the entry
	Order  Hash   // digest of the standing bid
	Before uint64
	After  uint64
	Amount unit.Amount
	Lines  []Line // at most MaxLines, in the order of time
}

func (c Receipt) frame() frame {
	return frame{domain: ReceiptDomain, market: c.Market, client: &c.Client}
}

func (c Receipt) fields(dst []byte) []byte {
	dst = codec.AppendHash(dst, c.Market)
	dst = codec.AppendAddress(dst, c.Client)
	dst = codec.AppendUint(codec.AppendUint(dst, c.Epoch), c.Number)
	dst = codec.AppendHash(dst, c.Order)
	dst = codec.AppendUint(codec.AppendUint(dst, c.Before), c.After)
	dst, list := codec.OpenList(appendAmount(dst, c.Amount))
	for i := range c.Lines {
		l := &c.Lines[i]
		var at int
		dst, at = codec.OpenList(dst)
		dst = codec.AppendUint(codec.AppendUint(dst, l.Seq), l.Units)
		dst = codec.CloseList(codec.AppendUint(appendPrice(dst, l.Rate), l.SpanNs), at)
	}
	return codec.CloseList(dst, list)
}

func (c *Receipt) read(r *codec.Reader) {
	*c = Receipt{
		Market: r.Hash(), Client: r.Address(), Epoch: r.Uint(), Number: r.Uint(), Order: r.Hash(),
		Before: r.Uint(), After: r.Uint(), Amount: readAmount(r),
	}
	l := r.List()
	if n := l.Count("lines", MaxLines); n > 0 {
		c.Lines = make([]Line, n)
	}
	for i := range c.Lines {
		item := l.List()
		c.Lines[i] = Line{Seq: item.Uint(), Units: item.Uint(), Rate: readPrice(&item), SpanNs: item.Uint()}
		item.Limit("units", c.Lines[i].Units, MaxUnits)
		l.Leave(&item)
	}
	r.Leave(&l)
}

// GetCharge asks how a charge in the client's own account came about: [reqID, number].
type GetCharge struct {
	Tag
	Number uint64 // of the entry
}

// Code implements Message.
func (*GetCharge) Code() uint64 { return CodeGetCharge }

func (q *GetCharge) fields(dst []byte) []byte { return codec.AppendUint(q.append(dst), q.Number) }

func (q *GetCharge) decode(r *codec.Reader) {
	q.read(r)
	q.Number = r.Uint()
}

// Charged answers GetCharge: [reqID, receipt].
type Charged struct {
	Tag
	Receipt Signed[Receipt]
}

// Code implements Message.
func (*Charged) Code() uint64 { return CodeCharged }

func (p *Charged) fields(dst []byte) []byte { return p.Receipt.append(p.append(dst)) }

func (p *Charged) decode(r *codec.Reader) {
	p.read(r)
	p.Receipt = readSigned[Receipt](r)
}
