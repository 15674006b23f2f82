package node

import (
	"math/big"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/candela-les/candela/server"
	"github.com/candela-les/candela/unit"
)

// saleCollector turns the auction's book into metrics when they are asked for. Money is in whole tokens, as nearly as
// a float says it.
type saleCollector struct {
	book func() (server.Book, error)

	units, bids, bidders, price, income *prometheus.Desc
}

func newSaleCollector(book func() (server.Book, error)) *saleCollector {
	desc := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc("candela_server_sale_"+name, help, labels, nil)
	}
	return &saleCollector{
		book:    book,
		units:   desc("units", "Units for sale by auction, by what has become of them.", "state"),
		bids:    desc("bids", "Unit prices that clients bid."),
		bidders: desc("bidders", "Clients that bid, by whether they have units.", "state"),
		price: desc("price", "Price of a unit for an hour: the least (reserve), what one more costs (lowest winning), and the best that loses."+
			" Without such a bid it is the reserve.", "currency", "of"),
		income: desc("income_per_hour", "What all who have units pay for an hour.", "currency"),
	}
}

// Describe implements prometheus.Collector.
func (c *saleCollector) Describe(ch chan<- *prometheus.Desc) { prometheus.DescribeByCollect(c, ch) }

// Collect implements prometheus.Collector.
func (c *saleCollector) Collect(ch chan<- prometheus.Metric) {
	b, err := c.book()
	if err != nil {
		return // nothing is sold
	}
	gauge := func(desc *prometheus.Desc, value float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, value, labels...)
	}
	prices, winners, income := 0, 0, 0.0
	for _, bid := range b.Bids {
		prices += len(bid.Prices)
		if bid.Units > 0 {
			winners++
		}
		income += tokens(bid.Rate, b.Market.Decimals)
	}
	gauge(c.units, float64(b.Terms.Units-b.Terms.Free), "sold")
	gauge(c.units, float64(b.Terms.Free), "unsold")
	gauge(c.bids, float64(prices))
	gauge(c.bidders, float64(winners), "winning")
	gauge(c.bidders, float64(len(b.Bids)-winners), "losing")
	for _, one := range []struct {
		of   string
		list []unit.Price
	}{{"reserve", nil}, {"lowest winning", b.Curve.Winning}, {"best losing", b.Curve.Losing}} {
		price := b.Curve.Reserve
		if len(one.list) > 0 {
			price = one.list[0]
		}
		gauge(c.price, tokens(price, b.Market.Decimals), b.Market.Currency, one.of)
	}
	gauge(c.income, income, b.Market.Currency)
}

// tokens is a price in whole tokens.
func tokens(p unit.Price, decimals uint64) float64 {
	f, _ := new(big.Rat).SetString(p.Tokens(decimals))
	out, _ := f.Float64()
	return out
}
