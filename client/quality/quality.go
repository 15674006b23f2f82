// Package quality measures servers: how fast they answer, how often they fail,
// and what is to be done with one that was caught lying.
//
// Record is one server's file. It is plain data that survives a restart, and its
// rules are functions of the time they are given.
//
// Faults are of two kinds. A lie, that is a reply which is proven wrong, is
// objective: it bans the server from being asked for data, for an hour the first
// time and twice as long each time after, up to a week. The number of lies is
// halved for each week without one, so that an operator who repaired a broken
// disk is not punished for ever. A failure (time-out, a reply cut short, a
// refusal) only lowers the server's rank, and is forgotten within minutes.
package quality

import (
	"math"
	"time"
)

const (
	// FirstBan is for a first lie; it doubles with each further one.
	FirstBan = time.Hour
	// LongestBan ends the doubling.
	LongestBan = 7 * 24 * time.Hour
	// Forgive is the time in which the weight of lies halves.
	Forgive = 7 * 24 * time.Hour
	// failureHalfLife is the time in which recent failures lose half their weight.
	failureHalfLife = 2 * time.Minute
	// assumed is the response time of a server that was never asked: better than
	// most, so that unknown servers are tried.
	assumed = 100 * time.Millisecond
)

// Record is what is known of one server. The zero Record is that of a server
// never seen before. Exported fields are those that are stored.
type Record struct {
	Answers  uint64    `json:"answers"`  // valid replies
	Failures uint64    `json:"failures"` // time-outs, refusals, cut replies
	Lies     uint64    `json:"lies"`     // replies proven wrong, ever
	Weight   float64   `json:"weight"`   // of lies, decaying
	Since    time.Time `json:"since"`    // when Weight was computed
	Banned   time.Time `json:"banned"`   // until then not asked for data
	Latency  float64   `json:"latency"`  // decaying mean response time, ms
	Reason   string    `json:"reason"`   // of the last fault

	recent   float64 // recent failures, decaying
	recentAt time.Time
}

// Answered takes in a valid reply that took this long.
func (r *Record) Answered(took time.Duration) {
	r.Answers++
	ms := float64(took) / float64(time.Millisecond)
	if r.Latency == 0 {
		r.Latency = ms
		return
	}
	r.Latency += (ms - r.Latency) / 8
}

// Failed takes in a failure of the given weight: 1 for one that cost a whole
// time-out, less for what was told at once.
func (r *Record) Failed(now time.Time, weight float64, reason error) {
	r.Failures++
	r.recent = r.failing(now) + weight
	r.recentAt = now
	if reason != nil {
		r.Reason = reason.Error()
	}
}

// Lied takes in a reply that is proven wrong and bans the server.
func (r *Record) Lied(now time.Time, reason error) {
	r.Weight = r.decayed(now) + 1
	r.Since = now
	r.Lies++
	if reason != nil {
		r.Reason = reason.Error()
	}
	ban := float64(FirstBan) * math.Exp2(r.Weight-1)
	r.Banned = now.Add(time.Duration(min(ban, float64(LongestBan))))
}

// IsBanned reports whether the server may not be asked for data now.
func (r *Record) IsBanned(now time.Time) bool { return now.Before(r.Banned) }

// Expected is the response time to reckon with, recent failures included: each
// makes the server look twice as slow.
func (r *Record) Expected(now time.Time) time.Duration {
	ms := r.Latency
	if ms == 0 {
		ms = float64(assumed) / float64(time.Millisecond)
	}
	ms = max(ms, 0.1) * math.Exp2(min(r.failing(now), 20))
	return time.Duration(ms * float64(time.Millisecond))
}

func (r *Record) decayed(now time.Time) float64 {
	return r.Weight * halving(now.Sub(r.Since), Forgive)
}

func (r *Record) failing(now time.Time) float64 {
	return r.recent * halving(now.Sub(r.recentAt), failureHalfLife)
}

// halving is 2^(−span/half). A clock that went backwards changes nothing.
func halving(span, half time.Duration) float64 {
	return math.Exp2(-float64(max(span, 0)) / float64(half))
}
