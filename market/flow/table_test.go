package flow_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
)

func drawOffers(t *rapid.T) []flow.Offer {
	cost := rapid.OneOf(rapid.Uint64Range(0, 1<<22), rapid.Uint64())
	var offers []flow.Offer
	for code := range uint64(rapid.IntRange(1, 12).Draw(t, "kinds")) {
		offers = append(offers, flow.Offer{
			Entry: flow.Entry{Code: code, Price: flow.Price{
				Base:    unit.Cost(cost.Draw(t, "base")),
				PerItem: unit.Cost(cost.Draw(t, "per item")),
			}},
			MaxAmount: rapid.Uint64Range(0, 8192).Draw(t, "max amount"),
		})
	}
	return offers
}

// No permitted request costs more than the buffer holds, and no price is lowered
// that need not be.
func TestNoBatchExceedsTheBuffer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		offers := drawOffers(t)
		limit := unit.Cost(rapid.OneOf(rapid.Uint64Range(1, 1<<30), rapid.Uint64Range(1, 1<<61)).Draw(t, "BL"))
		table, err := flow.NewTable(offers, limit)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range offers {
			price, ok := table.Price(o.Code)
			if !ok || price.Of(o.MaxAmount) > limit {
				t.Fatalf("%d items at %+v: %d of %d", o.MaxAmount, price, price.Of(o.MaxAmount), limit)
			}
			if price.Base > o.Base || price.PerItem > o.PerItem {
				t.Fatalf("price rose from %+v to %+v", o.Price, price)
			}
			if o.Of(o.MaxAmount) <= limit && price != o.Price {
				t.Fatalf("price %+v lowered to %+v without need", o.Price, price)
			}
		}
		if full := flow.FullCost(offers); full < flow.MaxLimit && full > 0 {
			table, err := flow.NewTable(offers, full)
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range offers {
				if price, _ := table.Price(o.Code); price != o.Price {
					t.Fatalf("FullCost lowered %+v to %+v", o.Price, price)
				}
			}
		}
	})
}

func TestFitsIsTheInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		price := drawOffers(t)[0].Price
		budget := unit.Cost(rapid.Uint64().Draw(t, "budget"))
		n := price.Fits(budget)
		if n > 0 && price.Of(n) > budget {
			t.Fatalf("%d items cost %d of %d", n, price.Of(n), budget)
		}
		if n < 1<<64-1 && price.Of(n+1) <= budget && price.Of(n+1) != unit.MaxCost {
			t.Fatalf("%d items would fit too", n+1)
		}
	})
}

// The figures of geth 1.10.26 at factor 1, where full batches of receipts, helper
// proofs and transaction status cost more than its buffer limit of 96,000,000.
func TestTheFaultOfGeth(t *testing.T) {
	const limit = 96_000_000
	offers := []flow.Offer{
		{Entry: flow.Entry{Code: 0x06, Price: flow.Price{PerItem: 2_000_000}}, MaxAmount: 128},
		{Entry: flow.Entry{Code: 0x11, Price: flow.Price{PerItem: 2_000_000}}, MaxAmount: 64},
		{Entry: flow.Entry{Code: 0x14, Price: flow.Price{PerItem: 500_000}}, MaxAmount: 256},
	}
	table, err := flow.NewTable(offers, limit)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range offers {
		s := flow.NewServer(0, flow.Params{Limit: limit, Recharge: limit / 6000})
		price, _ := table.Price(o.Code)
		if _, verdict := s.Accept(0, price.Of(o.MaxAmount)); verdict != flow.Accepted {
			t.Errorf("full batch of %#x: verdict %d", o.Code, verdict)
		}
	}
}

func TestTableRefusals(t *testing.T) {
	one := flow.Offer{Entry: flow.Entry{Code: 2, Price: flow.Price{Base: 5}}, MaxAmount: 1}
	if _, err := flow.NewTable([]flow.Offer{one, one}, 10); !errors.Is(err, flow.ErrCode) {
		t.Errorf("repeated code: %v", err)
	}
	high := one
	high.Code = flow.MaxCode
	if _, err := flow.NewTable([]flow.Offer{high}, 10); !errors.Is(err, flow.ErrCode) {
		t.Errorf("code out of range: %v", err)
	}
	if _, err := flow.NewTable([]flow.Offer{one}, 0); !errors.Is(err, flow.ErrLimit) {
		t.Errorf("no buffer: %v", err)
	}
}
