package sim

import "math"

// What the model of a server's queue assumes: requests come at random (Poisson) and take random
// times (exponential), the same on average for all; some threads serve them; paid ones go first,
// but a free one that was begun is finished (M/M/c with two priorities). Of a part of a thread there is not a queue
// of its own: less than one serves as one does that is as busy, which flatters small servers, and what is beyond
// whole ones makes the queue drain faster.
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
	service := meanService * slow
	// Who waits, waits for the queue to drain, of which a paid request only sees what is paid.
	paidTime := delay{service, erlangC(threads, rho), meanService / threads / (1 - rhoPaid)}
	q.PaidMean = math.Min(paidTime.mean(), timeout)
	q.Paid99 = math.Min(paidTime.within(0.99), timeout)
	q.PaidLate = paidTime.beyond(promised) * (1 - q.PaidFailed)
	freeTime := paidTime
	freeTime.queue /= 1 - rho
	q.FreeMean = math.Min(freeTime.mean(), timeout)
	q.FreeLate = freeTime.beyond(lateFree) * (1 - q.FreeFailed)
	return q
}

// delay is the time from a question to its answer, in seconds: a service time, and with the probability of waits a time in
// a queue, both exponential with the mean that is given. For paid requests that is exact, for free ones their mean is.
type delay struct{ service, waits, queue float64 }

func (d delay) mean() float64 { return d.service + d.waits*d.queue }

// beyond is the part that takes longer than t.
func (d delay) beyond(t float64) float64 {
	served, queued := math.Exp(-t/d.service), math.Exp(-t/d.queue)
	both := (1 + t/d.service) * served // of those that wait: where both means are the same, and else
	if apart := d.queue - d.service; math.Abs(apart) > 1e-6*d.service {
		both = (d.queue*queued - d.service*served) / apart
	}
	return (1-d.waits)*served + d.waits*both
}

// within is the time that is enough for such a part.
func (d delay) within(part float64) float64 {
	low, high := 0.0, 20*(d.service+d.queue)
	for range 60 {
		if middle := (low + high) / 2; d.beyond(middle) > 1-part {
			low = middle
		} else {
			high = middle
		}
	}
	return high
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
