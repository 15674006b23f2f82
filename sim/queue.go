package sim

import "math"

// What the model of a server's queue assumes: requests come at random (Poisson) and take random
// times (exponential), the same on average for all; some threads serve them; paid ones go first,
// but a free one that was begun is finished.
const (
	// meanService is how long a request takes a thread, in seconds: buyer.RequestCost.
	meanService = 0.001
	// promised is within what time an answer is promised to those who pay, free how late is late for others.
	promised  = 20 * meanService
	lateFree  = 100 * meanService
	threadTop = 1_000_000.0 // cost per ms of a thread
	// fullest is the part of its capacity up to which a server lets free requests in.
	fullest = 0.95
	// timeout is after what time nobody waits any more.
	timeout = 1.0
)

// quality is how a server serves at a time.
type quality struct {
	PaidMean, Paid99         float64 // seconds
	PaidLate, PaidFailed     float64 // parts of what is asked
	FreeMean                 float64
	FreeLate, FreeFailed     float64
	PaidServed, FreeServed   float64 // cost per ms
	PaidOffered, FreeOffered float64
}

// serve is what a server with that capacity, in cost per ms, does with what is asked. It gives so much of
// what nobody who pays uses to others, and takes slow times as long for each answer as it should.
func serve(capacity, slow, given, paid, free float64) quality {
	q := quality{PaidOffered: paid, FreeOffered: free}
	if capacity <= 0 {
		q.PaidMean, q.Paid99, q.PaidLate, q.PaidFailed = timeout, timeout, 0, 1
		q.FreeMean, q.FreeFailed = timeout, 1
		return q
	}
	q.PaidServed = math.Min(paid, capacity)
	room := math.Max(fullest*capacity-q.PaidServed, 0) * given
	q.FreeServed = math.Min(free, room)
	if paid > 0 {
		q.PaidFailed = 1 - q.PaidServed/paid
	}
	if free > 0 {
		q.FreeFailed = 1 - q.FreeServed/free
	}
	threads := math.Max(capacity/threadTop, 1)
	rhoPaid := math.Min(q.PaidServed/capacity, 0.9999)
	rho := math.Min((q.PaidServed+q.FreeServed)/capacity, 0.9999)
	waits := erlangC(threads, rho)
	service := meanService * slow
	drain := meanService / threads / (1 - rhoPaid) // of the queue that a paid request sees, exponential
	q.PaidMean = math.Min(service+waits*drain, timeout)
	q.Paid99 = math.Min(service*math.Log(100)+drain*math.Max(math.Log(100*waits), 0), timeout)
	q.PaidLate = math.Min(math.Exp(-promised/service)+waits*math.Exp(-promised/drain), 1) * (1 - q.PaidFailed)
	behind := drain / (1 - rho)
	q.FreeMean = math.Min(service+waits*behind, timeout)
	q.FreeLate = math.Min(math.Exp(-lateFree/service)+waits*math.Exp(-lateFree/behind), 1) * (1 - q.FreeFailed)
	return q
}

// erlangC is the probability that a request finds all threads busy. The number of threads is rounded
// down: from a few on it hardly matters, and more than 200 wait as rarely as 200.
func erlangC(threads, rho float64) float64 {
	n := math.Min(math.Floor(threads), 200)
	load := n * rho
	b := 1.0 // Erlang B, by its recursion
	for k := 1.0; k <= n; k++ {
		b = load * b / (k + load*b)
	}
	return b / (1 - rho*(1-b))
}
