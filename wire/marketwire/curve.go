package marketwire

import (
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/internal/codec"
)

// Curve is what is the same for everybody in a seller's book from one moment on. A
// client with k units pays per hour the sum of the k best of Losing that are not its
// own, each missing one counting as Reserve; one that comes anew pays for k units the
// unsold ones at Reserve first, then the lowest of Winning.
type Curve struct {
	Market  Hash // Market.ID
	Epoch   uint64
	Seq     uint64 // at least 1, one more with each curve of the epoch, never going back
	AtNs    uint64 // since when it holds; it does until the next one does
	Reserve unit.Price
	Units   uint64       // for sale
	Free    uint64       // of these, unsold
	Losing  []unit.Price // the best losing ones at or above the reserve, highest first
	Winning []unit.Price // the lowest winning ones, lowest first
}

// SignedCurve is a curve by its seller.
type SignedCurve = Signed[Curve]

func (c Curve) frame() frame { return frame{domain: CurveDomain, market: c.Market} }

func (c Curve) fields(dst []byte) []byte {
	dst = codec.AppendHash(dst, c.Market)
	dst = codec.AppendUint(dst, c.Epoch)
	dst = codec.AppendUint(dst, c.Seq)
	dst = codec.AppendUint(dst, c.AtNs)
	dst = appendPrice(dst, c.Reserve)
	dst = codec.AppendUint(dst, c.Units)
	dst = codec.AppendUint(dst, c.Free)
	dst = appendPrices(dst, c.Losing)
	return appendPrices(dst, c.Winning)
}

func (c *Curve) read(r *codec.Reader) {
	*c = Curve{Market: r.Hash(), Epoch: r.Uint(), Seq: r.Uint(), AtNs: r.Uint(), Reserve: readPrice(r)}
	c.Units, c.Free = r.Uint(), r.Uint()
	c.Losing = readPrices(r, "losing prices", MaxUnits)
	c.Winning = readPrices(r, "winning prices", MaxUnits)
}

// Check returns an error that wraps ErrSenseless if no honest book looks like this.
// Decode lets such a curve pass: signed, it is evidence.
func (c *Curve) Check() error {
	switch {
	case c.Seq == 0:
		return senseless("curve without a number")
	case c.AtNs < c.Epoch:
		return senseless("curve %d is older than its book", c.Seq)
	case c.Free > c.Units:
		return senseless("%d units unsold of %d", c.Free, c.Units)
	case uint64(len(c.Winning)) > c.Units-c.Free:
		return senseless("%d winning prices for %d units", len(c.Winning), c.Units-c.Free)
	case c.Units > c.Free && len(c.Winning) == 0:
		return senseless("%d units are sold and nobody wins", c.Units-c.Free)
	case c.Free > 0 && len(c.Losing) > 0:
		return senseless("prices at or above the reserve lose while units are unsold")
	}
	// From the lowest loser up to the highest winner no price is below the one before.
	last := c.Reserve
	for i := range c.Losing {
		p := c.Losing[len(c.Losing)-1-i]
		if p.Cmp(last) < 0 {
			return senseless("losing prices are out of order or below the reserve")
		}
		last = p
	}
	for _, p := range c.Winning {
		if p.Cmp(last) < 0 {
			return senseless("winning prices are out of order or below losing ones")
		}
		last = p
	}
	if last.Cmp(MaxPrice()) > 0 {
		return senseless("price %v is too high", last)
	}
	return nil
}

// VerifyCurve says whether this is a curve that the market's seller has signed and
// that makes sense. Its errors wrap ErrMarket, wire.ErrSignature or ErrSenseless.
func VerifyCurve(m *Market, c *SignedCurve) error {
	if err := c.Verify(m, Address{}); err != nil {
		return err
	}
	return c.Body.Check()
}

// GetCurves asks for curves of the current book: [reqID, first, max].
type GetCurves struct {
	Tag
	First uint64 // number of the first one; 0 asks for the newest only
	Max   uint64 // how many at most, 1 to MaxCurves
}

// Code implements Message.
func (*GetCurves) Code() uint64 { return CodeGetCurves }

func (q *GetCurves) fields(dst []byte) []byte {
	return codec.AppendUint(codec.AppendUint(q.append(dst), q.First), q.Max)
}

func (q *GetCurves) decode(r *codec.Reader) {
	q.read(r)
	q.First, q.Max = r.Uint(), r.Uint()
	r.Some("curves", q.Max, MaxCurves)
}

// Curves answers GetCurves: [reqID, [curve…]], the numbers ascending without a gap. It
// has fewer curves than were asked for where there are no more yet, and none if First
// is the number that comes next.
type Curves struct {
	Tag
	Curves []SignedCurve
}

// Code implements Message.
func (*Curves) Code() uint64 { return CodeCurves }

func (p *Curves) fields(dst []byte) []byte {
	dst, at := codec.OpenList(p.append(dst))
	for i := range p.Curves {
		dst = p.Curves[i].append(dst)
	}
	return codec.CloseList(dst, at)
}

func (p *Curves) decode(r *codec.Reader) {
	p.read(r)
	l := r.List()
	if n := l.Count("curves", MaxCurves); n > 0 {
		p.Curves = make([]SignedCurve, n)
		for i := range p.Curves {
			p.Curves[i] = readSigned[Curve](&l)
		}
	}
	r.Leave(&l)
	for i := 1; i < len(p.Curves) && r.Err == nil; i++ {
		if p.Curves[i].Body.Seq != p.Curves[i-1].Body.Seq+1 {
			r.Fail(codec.Malformed("curve %d after %d", p.Curves[i].Body.Seq, p.Curves[i-1].Body.Seq))
		}
	}
}
