package node

import (
	"github.com/prometheus/client_golang/prometheus"

	"github.com/candela-les/candela/chain/attached"
)

// nodeCollector turns the counters of a source on other nodes into metrics.
type nodeCollector struct {
	node *attached.Node

	requests, trips, hits, misses, merged, failovers, lies, cache *prometheus.Desc
	ready, chosen, head, nodeLies                                 *prometheus.Desc
}

func newNodeCollector(n *attached.Node) *nodeCollector {
	desc := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc("candela_node_"+name, help, labels, nil)
	}
	return &nodeCollector{
		node:      n,
		requests:  desc("requests_total", "Requests sent to nodes; each element of a batch is one.", "method"),
		trips:     desc("trips_total", "Messages that carried them."),
		hits:      desc("cache_hits_total", "Questions answered from what is kept."),
		misses:    desc("cache_misses_total", "Questions that a node had to be asked for."),
		merged:    desc("merged_total", "Questions that waited for the same one, asked by somebody else."),
		failovers: desc("failovers_total", "Questions that another node was asked again."),
		lies:      desc("lies_total", "Answers that were proven wrong."),
		cache:     desc("cache_bytes", "Size of what is kept."),
		ready:     desc("ready", "1 if the node can be asked.", "node"),
		chosen:    desc("chosen", "1 if the node says what the head is.", "node"),
		head:      desc("head", "The node's head when it was last looked at.", "node"),
		nodeLies:  desc("upstream_lies_total", "Answers of the node that were proven wrong.", "node"),
	}
}

// Describe implements prometheus.Collector.
func (c *nodeCollector) Describe(ch chan<- *prometheus.Desc) {
	prometheus.DescribeByCollect(c, ch)
}

// Collect implements prometheus.Collector. Nodes with the same name, which differ in
// what is left out of it, are numbered.
func (c *nodeCollector) Collect(ch chan<- prometheus.Metric) {
	s := c.node.Stats()
	counter := func(desc *prometheus.Desc, value uint64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(desc, prometheus.CounterValue, float64(value), labels...)
	}
	gauge := func(desc *prometheus.Desc, value float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, value, labels...)
	}
	for method, n := range s.Requests {
		counter(c.requests, n, method)
	}
	counter(c.trips, s.Trips)
	counter(c.hits, s.Hits)
	counter(c.misses, s.Misses)
	counter(c.merged, s.Merged)
	counter(c.failovers, s.Failovers)
	counter(c.lies, s.Lies)
	gauge(c.cache, float64(s.CacheBytes))
	for _, u := range s.Upstreams {
		gauge(c.ready, oneIf(u.Ready), u.Name)
		gauge(c.chosen, oneIf(u.Chosen), u.Name)
		gauge(c.head, float64(u.Head), u.Name)
		counter(c.nodeLies, u.Lies, u.Name)
	}
}

func oneIf(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
