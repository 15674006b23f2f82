package server

import (
	"sync"

	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

// keepCurves is how many price curves can be asked for. A charge can be explained as long as the curves
// of its time are among them.
const keepCurves = 1 << 14

// curves are the newest price curves, numbered without a gap. They are signed when somebody asks.
type curves struct {
	mu   sync.Mutex
	ring []published // in the order of numbers, beginning at first
	head int         // of the oldest
}

type published struct {
	auction.Dated
	signature *marketwire.Signature // once somebody has asked
}

// add takes in the next curve.
func (c *curves) add(d auction.Dated) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.ring) < keepCurves {
		c.ring = append(c.ring, published{Dated: d})
		return
	}
	c.ring[c.head] = published{Dated: d}
	c.head = (c.head + 1) % keepCurves
}

// at returns the i-th of the curves, the oldest being the first. mu is locked.
func (c *curves) at(i int) *published { return &c.ring[(c.head+i)%len(c.ring)] }

// index returns where a curve is; ok is false if it is not kept, or not there yet. mu is locked.
func (c *curves) index(seq uint64) (i int, ok bool) {
	if len(c.ring) == 0 || seq < c.at(0).Curve.Seq || seq-c.at(0).Curve.Seq >= uint64(len(c.ring)) {
		return 0, false
	}
	return int(seq - c.at(0).Curve.Seq), true //nolint:gosec // below the ring's length
}

// newest returns the curve that holds.
func (c *curves) newest() (d auction.Dated, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.ring) == 0 {
		return d, false
	}
	return c.at(len(c.ring) - 1).Dated, true
}

// from returns at most max curves from number first on; ok is false if that one is gone or far ahead.
// The number that comes next has none.
func (c *curves) from(first uint64, most int) (list []published, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.ring) == 0 {
		return nil, false
	}
	if next := c.at(len(c.ring)-1).Curve.Seq + 1; first == next {
		return nil, true
	}
	i, ok := c.index(first)
	for ; ok && i < len(c.ring) && len(list) < most; i++ {
		list = append(list, *c.at(i))
	}
	return list, ok
}

// keep notes a signature.
func (c *curves) keep(seq uint64, s marketwire.Signature) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if i, ok := c.index(seq); ok {
		c.at(i).signature = &s
	}
}

// during calls f with each curve that held in a span of time, and for how long in it. ok is false if not
// all are there any more.
func (c *curves) during(since, until unit.Instant, f func(curve auction.Curve, span unit.Span)) (ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := len(c.ring)
	if n == 0 || c.at(0).At > since {
		return false
	}
	lo, hi := 0, n // the last one that held at since is in [lo, hi)
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; c.at(mid).At <= since {
			lo = mid
		} else {
			hi = mid
		}
	}
	for i := lo; i < n && c.at(i).At < until; i++ {
		end := until
		if i+1 < n {
			end = min(end, c.at(i+1).At)
		}
		if span := end.Since(max(since, c.at(i).At)); span > 0 {
			f(c.at(i).Curve, span)
		}
	}
	return true
}

// signedCurves signs those that are not signed yet.
func (e *seller) signedCurves(list []published) ([]marketwire.SignedCurve, error) {
	out := make([]marketwire.SignedCurve, 0, len(list))
	for _, p := range list {
		body := e.curveOf(p.Dated)
		if p.signature != nil {
			out = append(out, marketwire.SignedCurve{Body: body, Signature: *p.signature})
			continue
		}
		one, err := signed(e, body)
		if err != nil {
			return nil, err
		}
		e.curves.keep(body.Seq, one.Signature)
		out = append(out, one)
	}
	return out, nil
}
