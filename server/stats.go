package server

import (
	"fmt"
	"sync/atomic"
	"time"

	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// Stats is a copy of a server's counters, for metrics. All but Sessions only grow.
type Stats struct {
	Sessions int64 // connected now, past their handshake
	Opened   uint64
	Requests map[string]RequestStats // by name, such as "les/4 GetProofs"
	// BytesIn and BytesOut count payloads, before the transport compresses them.
	BytesIn, BytesOut uint64
	// Booked is what all that was asked has cost: serving and transport.
	Booked      unit.Cost
	Stops       uint64            // Stop messages sent
	Dropped     uint64            // requests that came while frozen
	Announced   uint64            // head announcements sent
	Refused     map[string]uint64 // les/5, by reason
	Disconnects map[string]uint64 // by reason
}

// RequestStats counts one kind of request.
type RequestStats struct {
	Count  uint64        // served or refused
	Amount uint64        // items asked for
	Time   time.Duration // of serving, summed over worker slots
}

// counters is Stats while it is counted.
type counters struct {
	sessions                  atomic.Int64
	opened, bytesIn, bytesOut atomic.Uint64
	stops, dropped, announced atomic.Uint64
	requests                  [wire.LES5 - oldest + 1][wire.CodeRefused + 1]requestCounters
	refused                   [wire.Unsupported + 1]atomic.Uint64
	disconnects               [reasonCount]atomic.Uint64
}

type requestCounters struct {
	count, amount, nanos atomic.Uint64
}

// served counts a request. Codes are in range: only priced ones get here.
func (c *counters) served(version uint, code, amount, nanos uint64) {
	r := &c.requests[version-oldest][code]
	r.count.Add(1)
	r.amount.Add(amount)
	r.nanos.Add(nanos)
}

func (c *counters) snapshot() Stats {
	s := Stats{
		Sessions: c.sessions.Load(), Opened: c.opened.Load(),
		BytesIn: c.bytesIn.Load(), BytesOut: c.bytesOut.Load(),
		Stops: c.stops.Load(), Dropped: c.dropped.Load(), Announced: c.announced.Load(),
		Requests:    make(map[string]RequestStats),
		Refused:     make(map[string]uint64),
		Disconnects: make(map[string]uint64),
	}
	for v := range c.requests {
		version := uint(v) + oldest
		for _, k := range kinds(version) {
			r := &c.requests[v][k.code]
			s.Requests[kindName(version, k.code)] = RequestStats{
				Count: r.count.Load(), Amount: r.amount.Load(),
				Time: time.Duration(r.nanos.Load()),
			}
		}
	}
	for r := range c.refused {
		if r > 0 {
			s.Refused[wire.Reason(r).String()] = c.refused[r].Load()
		}
	}
	for r := range c.disconnects {
		s.Disconnects[Reason(r).String()] = c.disconnects[r].Load()
	}
	return s
}

func kindName(version uint, code uint64) string {
	return fmt.Sprintf("les/%d %s", version, wire.CodeName(version, code))
}
