// Package marketview looks at a server's market from outside: what it sells, for how much, and whether
// what it says is signed as it should be. It asks as anybody may who has no account there and bids nothing.
//
//	err := marketview.Run(ctx, marketview.Config{Target: url}, func(v marketview.View) error {
//		fmt.Println(v.Curve.Reserve.Tokens(v.Market.Decimals))
//		return nil
//	})
package marketview

import (
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

// View is what a server said at a moment, its signatures verified.
type View struct {
	At     time.Time // by this machine's clock
	Market marketwire.Market
	Epoch  uint64
	Terms  marketwire.Terms
	Curve  marketwire.Curve
}

// Quote is what a number of units would cost somebody who has none.
type Quote struct {
	Units   uint64     `json:"units"`
	PerHour unit.Price `json:"perHour"` // for all of them
}

// Quotes returns what one, two, … units would cost now, as far as the curve says it.
func (v *View) Quotes() []Quote {
	curve := auction.Curve{
		Seq: v.Curve.Seq, Reserve: v.Curve.Reserve, Units: v.Curve.Units, Free: v.Curve.Free,
		Losing: v.Curve.Losing, Winning: v.Curve.Winning,
	}
	list := []Quote{}
	for k := uint64(1); k <= min(v.Terms.MaxUnits, v.Curve.Units); k++ {
		price, ok := curve.Quote(nil, 0, int(k)) //nolint:gosec // at most marketwire.MaxUnits
		if !ok {
			break
		}
		list = append(list, Quote{k, price})
	}
	return list
}

// MarshalJSON writes what scripts may want: prices in millionths of a base unit, amounts in base units, times in ns
// since 1970.
func (v *View) MarshalJSON() ([]byte, error) {
	methods := []string{}
	for i := range v.Terms.Methods {
		methods = append(methods, v.Terms.Methods[i].Name)
	}
	falls := []map[string]uint64{}
	for _, f := range v.Terms.Falls {
		falls = append(falls, map[string]uint64{"at": f.AtNs, "units": f.Units})
	}
	prices := func(list []unit.Price) []unit.Price { return append([]unit.Price{}, list...) }
	return json.Marshal(map[string]any{
		"at": v.At.UTC(),
		"market": map[string]any{
			"chainId": v.Market.ChainID, "token": address(v.Market.Token), "decimals": v.Market.Decimals,
			"currency": v.Market.Currency, "seller": address(v.Market.Seller), "node": hex.EncodeToString(v.Market.Node[:]),
		},
		"epoch": v.Epoch,
		"terms": map[string]any{
			"seq": v.Terms.Seq, "unitRate": v.Terms.UnitRate, "unitBuffer": v.Terms.UnitBuffer, "maxUnits": v.Terms.MaxUnits,
			"bidFee": v.Terms.BidFee, "coverMs": v.Terms.CoverMs, "refillMs": v.Terms.RefillMs, "prepaidMs": v.Terms.PrepaidMs,
			"lingerMs": v.Terms.LingerMs, "graceMs": v.Terms.GraceMs, "leastAccount": v.Terms.LeastAccount,
			"methods": methods, "falls": falls,
		},
		"curve": map[string]any{
			"seq": v.Curve.Seq, "at": v.Curve.AtNs, "reserve": v.Curve.Reserve, "units": v.Curve.Units, "free": v.Curve.Free,
			"losing": prices(v.Curve.Losing), "winning": prices(v.Curve.Winning),
		},
		"quotes": v.Quotes(),
	})
}

func address(a marketwire.Address) string { return "0x" + hex.EncodeToString(a[:]) }
