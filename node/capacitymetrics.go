package node

import (
	"github.com/prometheus/client_golang/prometheus"

	"github.com/candela-les/candela/node/admin"
	"github.com/candela-les/candela/unit"
)

// capacityCollector turns what a server can do, has promised and does into metrics
// when they are asked for. Capacity and load are in threads, costs in seconds of one.
type capacityCollector struct {
	market admin.Market

	capacity, share, units, load *prometheus.Desc
	queued, waiting              *prometheus.Desc
	announced, measured          *prometheus.Desc
	clients, frozen              *prometheus.Desc
}

func newCapacityCollector(market admin.Market) *capacityCollector {
	desc := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc("candela_server_"+name, help, labels, nil)
	}
	return &capacityCollector{
		market:    market,
		capacity:  desc("capacity", "Threads that serving may take, now (total) and at best (nominal).", "state"),
		share:     desc("capacity_share", "Part of the capacity that is not sold, by what it is for.", "for"),
		units:     desc("units", "Units of capacity, by what has become of them.", "state"),
		load:      desc("load", "Threads that serving took of late, by the class of clients; other is not for clients.", "class"),
		queued:    desc("queued_seconds", "Cost of the free requests that wait."),
		waiting:   desc("waiting", "Requests that wait to be served.", "class"),
		announced: desc("cost_announced_seconds", "The most that a request costs, as clients are told, for itself (request) and for each item.", "kind", "per"),
		measured:  desc("cost_measured_seconds", "What an item of a request takes, as measured.", "kind"),
		clients:   desc("clients", "Clients connected now.", "class"),
		frozen:    desc("clients_frozen", "Clients that were told to stop."),
	}
}

// Describe implements prometheus.Collector.
func (c *capacityCollector) Describe(ch chan<- *prometheus.Desc) {
	prometheus.DescribeByCollect(c, ch)
}

// Collect implements prometheus.Collector.
func (c *capacityCollector) Collect(ch chan<- prometheus.Metric) {
	gauge := func(desc *prometheus.Desc, value float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, value, labels...)
	}
	now, settings := c.market.Capacity(), c.market.Settings()
	gauge(c.capacity, threads(now.Total), "total")
	gauge(c.capacity, threads(now.Nominal), "nominal")
	gauge(c.share, float64(settings.ReservePermille)/1000, "reserve")
	gauge(c.share, float64(settings.FreePermille)/1000, "free")
	gauge(c.units, float64(now.Units), "for sale")
	gauge(c.units, float64(now.Allocated), "allocated")
	gauge(c.units, float64(now.Leaving), "leaving")
	var granted uint64
	for _, g := range settings.Grants {
		granted += g.Units
	}
	gauge(c.units, float64(granted), "granted")
	gauge(c.load, threads(now.PaidLoad), "paid")
	gauge(c.load, threads(now.FreeLoad), "free")
	gauge(c.load, threads(now.OtherLoad), "other")
	gauge(c.queued, seconds(now.Queued))
	gauge(c.waiting, float64(now.WaitingPaid), "paid")
	gauge(c.waiting, float64(now.WaitingFree), "free")
	for _, k := range now.Kinds {
		name := admin.KindName(k)
		gauge(c.announced, seconds(k.Announced.Base), name, "request")
		gauge(c.announced, seconds(k.Announced.PerItem), name, "item")
		if k.Measured > 0 {
			gauge(c.measured, seconds(k.Measured), name)
		}
	}
	paid, free, frozen := 0, 0, 0
	for _, one := range c.market.Clients() {
		if one.Paid {
			paid++
		} else {
			free++
		}
		if one.Frozen {
			frozen++
		}
	}
	gauge(c.clients, float64(paid), "paid")
	gauge(c.clients, float64(free), "free")
	gauge(c.frozen, float64(frozen))
}

// threads is a rate, cost per ms, as the threads that it keeps busy.
func threads(perMs unit.Cost) float64 { return float64(perMs) / float64(unit.Millisecond) }

// seconds is a cost as the time of one thread.
func seconds(c unit.Cost) float64 { return float64(c) / float64(unit.Second) }
