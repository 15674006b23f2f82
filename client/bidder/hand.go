package bidder

import "github.com/candela-les/candela/unit"

// Met is a server that sells, for who looks after payments by hand.
type Met struct {
	// Counter is where money is paid in. Methods and Least are not known before the server has said its terms.
	Counter
	Connected bool
}

// Met returns the servers that were met since the start. Errors: ErrClosed.
func (b *Bidder) Met() (list []Met, err error) {
	err = b.do(func(unit.Instant) {
		for _, v := range b.sellers {
			at := Counter{Server: v.id, Market: v.market, Line: b.line(v)}
			if v.terms != nil {
				at = b.counter(v)
			}
			list = append(list, Met{at, v.session != nil})
		}
	})
	return list, err
}
