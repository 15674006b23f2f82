package bench

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/common"
)

// CrowdResult is what a crowd measured.
type CrowdResult struct {
	Target  string  `json:"target"`
	Clients int     `json:"clients"`   // wanted
	Workers int     `json:"processes"` // they were in
	Version uint    `json:"les"`
	Every   float64 `json:"everySeconds"` // one question of each client
	Hosts   int     `json:"hosts"`        // source addresses; 0: the system's choice

	ConnectSeconds float64           `json:"connectSeconds"` // until all were connected, or time was up
	Arrived        int               `json:"arrived"`        // connected by then
	TurnedAway     uint64            `json:"turnedAway"`     // attempts until then that were not let in
	WhyTurned      map[string]uint64 `json:"whyTurned,omitempty"`

	Seconds   float64           `json:"seconds"`   // of the measurement
	Connected int               `json:"connected"` // at its end
	Lost      uint64            `json:"lost"`      // connections in its course
	WhyLost   map[string]uint64 `json:"whyLost,omitempty"`

	Answers float64 `json:"answersPerSecond"`
	P50     float64 `json:"p50Ms"` // from asking to the answer
	P99     float64 `json:"p99Ms"`
	Longest float64 `json:"longestMs"`
	Errors  uint64  `json:"errors"` // answers refused, empty or wrong; all are proven
	Stops   uint64  `json:"stops"`
	Skipped uint64  `json:"skipped"` // turns to ask that had to be let pass

	// The delay of an announcement is the time from the first client that was told of a
	// head, in whichever process, to this one, by a clock that they share.
	Heads       int     `json:"heads"`
	Told        uint64  `json:"told"`      // announcements received
	LeastTold   int     `json:"leastTold"` // how many were told of the head that fewest were told of; first and last not counted
	AnnounceP50 float64 `json:"announceP50Ms"`
	AnnounceP99 float64 `json:"announceP99Ms"`
	AnnounceMax float64 `json:"announceMaxMs"`

	RSS       [3]uint64 `json:"serverRss"` // bytes: before, when all were connected, at the end; 0: not watched
	PerClient uint64    `json:"rssPerClient"`
	ServerCPU float64   `json:"serverCpu"` // processors that the server used
	CPU       float64   `json:"cpu"`       // processors that the clients used
}

// arrived takes in how connecting went.
func (r *CrowdResult) arrived(answers []answer) {
	var t Tally
	for i := range answers {
		t.add(answers[i].Tally)
		r.Arrived += answers[i].Clients
	}
	r.Connected, r.TurnedAway, r.WhyTurned = r.Arrived, t.Turned+t.Lost, t.Why
}

// conclude takes in what was measured.
func (r *CrowdResult) conclude(answers []answer) {
	var t Tally
	r.Connected, r.CPU = 0, 0
	for i := range answers {
		t.add(answers[i].Tally)
		r.Connected += answers[i].Clients
		r.CPU += answers[i].CPU / answers[i].Seconds
	}
	r.Lost, r.WhyLost = t.Lost, t.Why
	r.Answers = float64(t.Requests) / r.Seconds
	r.P50, r.P99, r.Longest = t.Latency.percentile(50), t.Latency.percentile(99), milliseconds(t.Latency.most)
	r.Errors, r.Stops, r.Skipped = t.Refused+t.Empty+t.Wrong, t.Stops, t.Skipped
	r.spread(answers)
	if r.RSS[1] > r.RSS[0] && r.Connected > 0 {
		r.PerClient = (max(r.RSS[1], r.RSS[2]) - r.RSS[0]) / uint64(r.Connected) //nolint:gosec // positive
	}
}

// spread puts together when the clients of all workers were told of each head.
func (r *CrowdResult) spread(answers []answer) {
	first, told := make(map[common.Hash]int64), make(map[common.Hash]int)
	var order []common.Hash
	for _, a := range answers {
		for _, s := range a.Heads {
			at, known := first[s.Hash]
			if !known {
				order = append(order, s.Hash)
			}
			if !known || s.First < at {
				first[s.Hash] = s.First
			}
			told[s.Hash] += len(s.After)
		}
	}
	var delays histogram
	for _, a := range answers {
		for _, s := range a.Heads {
			later := time.Duration(s.First - first[s.Hash])
			for _, us := range s.After {
				delays.add(later + time.Duration(us)*time.Microsecond)
			}
		}
	}
	r.Heads, r.Told = len(order), delays.total
	r.AnnounceP50, r.AnnounceP99, r.AnnounceMax = delays.percentile(50), delays.percentile(99), milliseconds(delays.most)
	// The first head may have been announced in part before counting began, the last one
	// may still be on its way.
	slices.SortFunc(order, func(a, b common.Hash) int { return int(first[a] - first[b]) })
	if len(order) > 2 {
		r.LeastTold = told[order[1]]
		for _, hash := range order[1 : len(order)-1] {
			r.LeastTold = min(r.LeastTold, told[hash])
		}
	}
}

// String is the result for people.
func (r *CrowdResult) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d light clients in %d processes over les/%d, one question each %.0f s, %.1f s\n", r.Clients, r.Workers, r.Version, r.Every, r.Seconds)
	fmt.Fprintf(&b, "  connected  %10d    after %.1f s, %d attempts turned away until then; %d at the end, %d lost\n",
		r.Arrived, r.ConnectSeconds, r.TurnedAway, r.Connected, r.Lost)
	for _, why := range reasons(r.WhyTurned) {
		fmt.Fprintf(&b, "      %s\n", why)
	}
	for _, why := range reasons(r.WhyLost) {
		fmt.Fprintf(&b, "      later: %s\n", why)
	}
	fmt.Fprintf(&b, "  heads      %10d    told %d times, to %d or more; p50 %.1f ms, p99 %.1f ms, longest %.1f ms after the first one that was told\n",
		r.Heads, r.Told, r.LeastTold, r.AnnounceP50, r.AnnounceP99, r.AnnounceMax)
	fmt.Fprintf(&b, "  answers    %10.1f /s  p50 %.2f ms, p99 %.2f ms, longest %.1f ms; %d errors, %d stops, %d turns let pass\n",
		r.Answers, r.P50, r.P99, r.Longest, r.Errors, r.Stops, r.Skipped)
	if r.RSS[0] > 0 {
		const mb = 1e6
		fmt.Fprintf(&b, "  server     %10.2f processors; memory %.0f MB before, %.0f MB with all connected, %.0f MB at the end: %.1f kB a client\n",
			r.ServerCPU, float64(r.RSS[0])/mb, float64(r.RSS[1])/mb, float64(r.RSS[2])/mb, float64(r.PerClient)/1e3)
	}
	fmt.Fprintf(&b, "  clients    %10.2f processors", r.CPU)
	return b.String()
}
