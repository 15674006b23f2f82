package node

import (
	"github.com/prometheus/client_golang/prometheus"

	"github.com/candela-les/candela/node/devp2p"
)

// gateCollector turns what a host counts of its connections into metrics.
type gateCollector struct {
	host *devp2p.Host

	pending, ready, groups  *prometheus.Desc
	accepted, begun, joined *prometheus.Desc
	failed, bytes           *prometheus.Desc
}

func newGateCollector(host *devp2p.Host) *gateCollector {
	desc := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc("candela_connections_"+name, help, labels, nil)
	}
	return &gateCollector{
		host:     host,
		pending:  desc("pending", "Connections that have not shaken hands yet."),
		ready:    desc("waiting", "Those of them that wait for their handshake."),
		groups:   desc("networks", "Networks that the pending ones come from."),
		accepted: desc("accepted_total", "Connections accepted."),
		begun:    desc("handshakes_total", "Handshakes begun."),
		joined:   desc("joined_total", "Connections that became devp2p peers."),
		failed:   desc("failed_total", "Connections that did not, refused ones among them.", "reason"),
		bytes:    desc("wire_bytes_total", "Bytes of accepted connections, compressed and encrypted.", "direction"),
	}
}

// Describe implements prometheus.Collector.
func (c *gateCollector) Describe(ch chan<- *prometheus.Desc) {
	prometheus.DescribeByCollect(c, ch)
}

// Collect implements prometheus.Collector.
func (c *gateCollector) Collect(ch chan<- prometheus.Metric) {
	s := c.host.Stats()
	gauge := func(desc *prometheus.Desc, value int) {
		ch <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, float64(value))
	}
	counter := func(desc *prometheus.Desc, value uint64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(desc, prometheus.CounterValue, float64(value), labels...)
	}
	gauge(c.pending, s.Pending)
	gauge(c.ready, s.Ready)
	gauge(c.groups, s.Groups)
	counter(c.accepted, s.Accepted)
	counter(c.begun, s.Begun)
	counter(c.joined, s.Joined)
	for reason, n := range s.Failed {
		counter(c.failed, n, reason)
	}
	counter(c.bytes, s.BytesIn, "in")
	counter(c.bytes, s.BytesOut, "out")
}
