package node

import (
	"github.com/prometheus/client_golang/prometheus"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/server"
)

// serverCollector turns a server's counters into metrics when they are asked for.
type serverCollector struct {
	les *server.Server

	sessions, opened, bytes, stops, announced *prometheus.Desc
	requests, items, seconds, booked          *prometheus.Desc
	refused, disconnects                      *prometheus.Desc
	measured, level, scale, waiting           *prometheus.Desc
}

func newServerCollector(les *server.Server) *serverCollector {
	desc := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc("candela_server_"+name, help, labels, nil)
	}
	return &serverCollector{
		les:         les,
		sessions:    desc("sessions", "Light clients connected now."),
		opened:      desc("sessions_total", "Light clients that ever connected."),
		bytes:       desc("bytes_total", "Payload bytes before compression.", "direction"),
		stops:       desc("stops_total", "Times a client was told to stop asking."),
		announced:   desc("announcements_total", "Head announcements sent."),
		requests:    desc("requests_total", "Requests answered.", "kind"),
		items:       desc("items_total", "Items asked for.", "kind"),
		seconds:     desc("serving_seconds_total", "Time spent serving.", "kind"),
		booked:      desc("booked_seconds_total", "Cost booked for clients: serving and transport, as processor time."),
		refused:     desc("refused_total", "Requests refused.", "reason"),
		disconnects: desc("disconnects_total", "Sessions ended.", "reason"),
		measured:    desc("processor_threads", "Threads that were not the clients': with other work of the process, or waiting for a processor.", "for"),
		level:       desc("processor_share", "Part of the machine that other processes leave, as far as it was wanted."),
		scale:       desc("cost_scale", "What measured times are multiplied with for costs to add up to processor time.", "of"),
		waiting:     desc("scheduling_seconds", "What 95 in 100 goroutines waited less than for a thread, in the last second."),
	}
}

// Describe implements prometheus.Collector.
func (c *serverCollector) Describe(ch chan<- *prometheus.Desc) {
	prometheus.DescribeByCollect(c, ch)
}

// Collect implements prometheus.Collector.
func (c *serverCollector) Collect(ch chan<- prometheus.Metric) {
	s := c.les.Stats()
	counter := func(desc *prometheus.Desc, value float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(desc, prometheus.CounterValue, value, labels...)
	}
	ch <- prometheus.MustNewConstMetric(c.sessions, prometheus.GaugeValue, float64(s.Sessions))
	counter(c.opened, float64(s.Opened))
	counter(c.bytes, float64(s.BytesIn), "in")
	counter(c.bytes, float64(s.BytesOut), "out")
	counter(c.booked, float64(s.Booked)/1e9)
	gauge := func(desc *prometheus.Desc, value float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, value, labels...)
	}
	m := c.les.Measured()
	gauge(c.measured, float64(m.Other)/1e6, "other")
	gauge(c.measured, m.Stolen, "stolen")
	gauge(c.level, m.Level)
	gauge(c.scale, m.ServingScale, "serving")
	gauge(c.scale, m.OverheadScale, "overhead")
	gauge(c.waiting, m.Latency.Seconds())
	counter(c.stops, float64(s.Stops))
	counter(c.announced, float64(s.Announced))
	for kind, r := range s.Requests {
		counter(c.requests, float64(r.Count), kind)
		counter(c.items, float64(r.Amount), kind)
		counter(c.seconds, r.Time.Seconds(), kind)
	}
	for reason, n := range s.Refused {
		counter(c.refused, float64(n), reason)
	}
	for reason, n := range s.Disconnects {
		counter(c.disconnects, float64(n), reason)
	}
}

// clientCollector does the same for a light client.
type clientCollector struct {
	client *client.Client

	head, votes, connected, pending, cache *prometheus.Desc
	answers, failures, lies, latency       *prometheus.Desc
	discovered                             *prometheus.Desc
}

func newClientCollector(c *client.Client) *clientCollector {
	desc := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc("candela_light_"+name, help, labels, nil)
	}
	return &clientCollector{
		client:    c,
		head:      desc("head", "Number of the elected head."),
		votes:     desc("votes", "Trusted servers whose announcement counts."),
		connected: desc("servers", "Servers connected now."),
		pending:   desc("pending_transactions", "Own transactions that are not mined yet."),
		cache:     desc("cache_bytes", "Size of the verified objects that are kept."),
		answers:   desc("answers_total", "Replies that were proven.", "server"),
		failures:  desc("failures_total", "Time-outs and refusals.", "server"),
		lies:      desc("lies_total", "Replies that were proven wrong.", "server"),
		latency:   desc("latency_seconds", "Decaying mean response time.", "server"),

		discovered: desc("discovered", "Servers that were discovered, by what they are good for now.", "state"),
	}
}

// Describe implements prometheus.Collector.
func (c *clientCollector) Describe(ch chan<- *prometheus.Desc) {
	prometheus.DescribeByCollect(c, ch)
}

// Collect implements prometheus.Collector.
func (c *clientCollector) Collect(ch chan<- prometheus.Metric) {
	s := c.client.Status()
	gauge := func(desc *prometheus.Desc, value float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, value, labels...)
	}
	counter := func(desc *prometheus.Desc, value uint64, id string) {
		ch <- prometheus.MustNewConstMetric(desc, prometheus.CounterValue, float64(value), id)
	}
	if s.Head != nil {
		gauge(c.head, float64(s.Head.Number))
	}
	votes, connected := 0, 0
	for _, v := range s.Election.Votes {
		if v.Counts {
			votes++
		}
	}
	for _, one := range s.Servers {
		if one.Connected {
			connected++
		}
		counter(c.answers, one.Answers, one.ID)
		counter(c.failures, one.Failures, one.ID)
		counter(c.lies, one.Lies, one.ID)
		gauge(c.latency, one.Latency/1000, one.ID)
	}
	if d := s.Discovery; d != nil {
		for state, n := range map[string]int{"known": d.Known, "free": d.Free, "full": d.Full, "connected": d.Connected} {
			ch <- prometheus.MustNewConstMetric(c.discovered, prometheus.GaugeValue, float64(n), state)
		}
	}
	gauge(c.votes, float64(votes))
	gauge(c.connected, float64(connected))
	gauge(c.pending, float64(s.PendingTransactions))
	gauge(c.cache, float64(s.CacheBytes))
}
