package market

import "github.com/candela-les/candela/unit"

// random is a source of jitter: what it returns depends on its seed alone.
// Source: Steele, Lea and Flood, Fast splittable pseudorandom number generators
// (SplitMix64), 2014.
type random uint64

func (r *random) next() uint64 {
	*r += 0x9e3779b97f4a7c15
	z := uint64(*r)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// span returns a span below d; 0 if d is not positive.
func (r *random) span(d unit.Span) unit.Span {
	if d <= 0 {
		return 0
	}
	return unit.Span(r.next() % uint64(d))
}
