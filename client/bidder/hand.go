package bidder

import (
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

// Met is a server that sells, for who looks after payments by hand.
type Met struct {
	// Counter is where money is paid in. Methods and Least are not known before the server has said its terms.
	Counter
	Connected bool
}

// Met returns the servers that were met since the start. Those that have not said their terms because nothing is bought there for a
// while are asked for them. Errors: ErrClosed.
func (b *Bidder) Met() (list []Met, err error) {
	err = b.do(func(now unit.Instant) {
		for _, v := range b.sellers {
			at := Counter{Server: v.id, Market: v.market, Line: b.line(v)}
			switch {
			case v.terms != nil:
				at = b.counter(v)
			case v.session != nil && v.ending == nil:
				v.session.ask(now, askTerms, new(marketwire.GetConditions))
			}
			list = append(list, Met{at, v.session != nil})
		}
	})
	return list, err
}
