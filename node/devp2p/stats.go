package devp2p

import "sync/atomic"

// failure is why an accepted connection did not become a peer.
type failure int

const (
	failedNone    failure = iota
	failedLeft            // hung up before its first message was complete
	failedSilent          // did not send its first message in time
	failedLong            // its first message is longer than any
	failedCrowded         // turned out: too many at once, most of them from its network
	failedLate            // its turn came when its client had given up
	failedKeys            // the first message is not for this node, or nonsense
	failedHello           // no Hello, or not in time
	failedFull            // too many peers
	failedTwice           // its node is connected already
	failedUseless         // no common version of les
	failures
)

// String names it as metrics do.
func (f failure) String() string {
	return [...]string{
		"none", "left", "silent", "too long", "crowded", "late", "keys", "hello", "full", "connected already", "no common version",
	}[f]
}

// Stats says what has become of the connections that a host accepted.
type Stats struct {
	Pending int // connections that are not peers yet
	Ready   int // those of them that wait for their handshake
	Groups  int // networks that the pending ones come from

	Accepted uint64            // connections taken
	Begun    uint64            // handshakes begun
	Joined   uint64            // connections that became peers
	Failed   map[string]uint64 // those that did not, by reason
	// BytesIn and BytesOut are of accepted connections, as they went over the wire after
	// their first message.
	BytesIn, BytesOut uint64
}

// counters is Stats while it is counted.
type counters struct {
	accepted, begun, joined atomic.Uint64
	bytesIn, bytesOut       atomic.Uint64
	failed                  [failures]atomic.Uint64
}

// Stats returns the host's counters. A host that does not listen has none.
func (h *Host) Stats() Stats {
	s := Stats{
		Accepted: h.stats.accepted.Load(), Begun: h.stats.begun.Load(), Joined: h.stats.joined.Load(),
		BytesIn: h.stats.bytesIn.Load(), BytesOut: h.stats.bytesOut.Load(),
		Failed: make(map[string]uint64),
	}
	for f := failedNone + 1; f < failures; f++ {
		s.Failed[f.String()] = h.stats.failed[f].Load()
	}
	if h.gate != nil {
		s.Pending, s.Groups, s.Ready = h.gate.size()
	}
	return s
}
