package sim

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// thread is its capacity in cost per ms.
const thread = threadTop

func near(t *testing.T, what string, got, want, part float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > part*math.Abs(want) {
		t.Errorf("%s: %.6g, not %.6g", what, got, want)
	}
}

// The probability of waiting is known where it can be worked out by hand, and in tables.
func TestErlangC(t *testing.T) {
	for _, tt := range []struct{ threads, rho, want float64 }{
		{1, 0.3, 0.3},             // one thread: as often as it is busy
		{1, 0.9999, 0.9999},       //
		{2, 0.5, 1.0 / 3},         // 2ρ²/(1+ρ)
		{2, 0.8, 2 * 0.64 / 1.8},  //
		{3, 2.0 / 3, 4.0 / 9},     // load of 2: 4/9
		{10, 0.8, 0.409180},       // load of 8
		{2.9, 0.5, 1.0 / 3},       // rounded down
		{5000, 0.3, 0}, {4, 0, 0}, // hardly anybody, nobody
	} {
		got := erlangC(tt.threads, tt.rho)
		if math.Abs(got-tt.want) > 1e-5 {
			t.Errorf("%v threads, %v: %v, not %v", tt.threads, tt.rho, got, tt.want)
		}
	}
}

// One thread: the formulas of M/M/1 with two priorities, for which a request that was begun is finished.
func TestOneThread(t *testing.T) {
	const s = meanService
	alone := serve(thread, 1, 1, 0.8*thread, 0)
	near(t, "alone", alone.PaidMean, s/(1-0.8), 1e-9)
	q := serve(thread, 1, 1, 0.4*thread, 0.4*thread)
	near(t, "paid", q.PaidMean, s+0.8*s/(1-0.4), 1e-9)
	near(t, "free", q.FreeMean, s+0.8*s/(1-0.4)/(1-0.8), 1e-9)
	idle := serve(thread, 1, 1, 0, 0)
	near(t, "idle", idle.PaidMean, s, 1e-9)
	near(t, "idle, 99 %", idle.Paid99, s*math.Log(100), 1e-9)
	near(t, "slow", serve(thread, 30, 1, 0, 0).PaidMean, 30*s, 1e-9)
	near(t, "alone, 99 %", alone.Paid99, s/(1-0.8)*math.Log(100), 1e-9) // M/M/1: exponential altogether
	near(t, "alone, late", alone.PaidLate, math.Exp(-promised/s*(1-0.8)), 1e-9)
	near(t, "slow, late", serve(thread, 30, 1, 0, 0).PaidLate, math.Exp(-20.0/30), 1e-9)
}

// replayed is what a queue came to that was played request by request.
type replayed struct{ paidMean, paid99, paidLate, freeMean float64 }

// replay serves Poisson arrivals with so many threads, one request at a time: paid ones first, each to its end.
func replay(threads int, paid, free float64, n int, r *rand.Rand) replayed {
	type request struct{ at, takes, done float64 }
	arrive := func(rate float64, n int) []request {
		list := make([]request, n)
		at := 0.0
		for i := range list {
			at += r.ExpFloat64() / rate
			list[i] = request{at: at, takes: r.ExpFloat64() * meanService}
		}
		return list
	}
	first := arrive(paid/meanService, n)
	var second []request
	if free > 0 {
		second = arrive(free/meanService, int(float64(n)*free/paid))
	}
	ends := make([]float64, threads) // when each thread is through
	i, j := 0, 0
	for i < len(first) || j < len(second) {
		k := 0
		for n := range ends {
			if ends[n] < ends[k] {
				k = n
			}
		}
		now := ends[k]
		if i < len(first) && first[i].at > now && (j == len(second) || second[j].at > now) { // nobody waits
			now = first[i].at
			if j < len(second) {
				now = min(now, second[j].at)
			}
		}
		var next *request
		switch {
		case i < len(first) && (first[i].at <= now || j == len(second)):
			next, i = &first[i], i+1
		default:
			next, j = &second[j], j+1
		}
		next.done = max(now, next.at) + next.takes
		ends[k] = next.done
	}
	var out replayed
	times := make([]float64, 0, n)
	for _, q := range first[n/10:] { // the queue has filled up until then
		times = append(times, q.done-q.at)
		out.paidMean += q.done - q.at
		if q.done-q.at > promised {
			out.paidLate++
		}
	}
	slices.SortFunc(times, cmp.Compare[float64])
	out.paid99 = times[len(times)*99/100]
	out.paidMean /= float64(len(times))
	out.paidLate /= float64(len(times))
	for _, q := range second[len(second)/10:] {
		out.freeMean += q.done - q.at
	}
	out.freeMean /= float64(len(second) - len(second)/10)
	return out
}

// The model agrees with a queue that is played.
func TestQueueAgreesWithOneThatIsPlayed(t *testing.T) {
	for _, tt := range []struct {
		threads    int
		paid, free float64 // parts of the capacity
	}{
		{1, 0.5, 0}, {1, 0.8, 0}, {1, 0.3, 0.6}, {1, 0.6, 0.3}, {2, 0.4, 0.4}, {4, 0.7, 0.2}, {16, 0.8, 0.1},
	} {
		all := float64(tt.threads)
		model := serve(all*thread, 1, 1, tt.paid*all*thread, tt.free*all*thread)
		played := replay(tt.threads, tt.paid*all, tt.free*all, 400_000, rand.New(rand.NewPCG(1, uint64(tt.threads))))
		near(t, "paid mean", model.PaidMean, played.paidMean, 0.03)
		near(t, "paid 99 %", model.Paid99, played.paid99, 0.05)
		if math.Abs(model.PaidLate-played.paidLate) > 0.001+0.05*played.paidLate {
			t.Errorf("paid, late: %v, not %v", model.PaidLate, played.paidLate)
		}
		if tt.free > 0 {
			near(t, "free mean", model.FreeMean, played.freeMean, 0.1)
		}
		if t.Failed() {
			t.Fatalf("%+v", tt)
		}
	}
}

// More is never served than there is or was asked for, parts are parts, and nobody is worse off when less is asked for.
func TestQueueKeepsItsBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		capacity := rapid.Float64Range(0, 50*thread).Draw(t, "capacity")
		slow, given := rapid.Float64Range(1, 100).Draw(t, "slow"), rapid.Float64Range(0, 1).Draw(t, "given")
		paid, free := rapid.Float64Range(0, 100*thread).Draw(t, "paid"), rapid.Float64Range(0, 100*thread).Draw(t, "free")
		q := serve(capacity, slow, given, paid, free)
		switch {
		case q.PaidServed+q.FreeServed > capacity*(1+1e-12), q.PaidServed > paid, q.FreeServed > free:
			t.Fatalf("more is served than there is: %+v", q)
		case q.FreeServed > 0 && q.PaidServed+q.FreeServed > fullest*capacity*(1+1e-12):
			t.Fatalf("free service fills it up: %+v", q)
		}
		for _, part := range []float64{q.PaidLate, q.PaidFailed, q.PaidLate + q.PaidFailed, q.FreeLate, q.FreeFailed} {
			if !(part >= 0 && part <= 1+1e-12) {
				t.Fatalf("no part of one: %+v", q)
			}
		}
		for _, time := range []float64{q.PaidMean, q.Paid99, q.FreeMean} {
			if !(time > 0 && time <= timeout) {
				t.Fatalf("no time: %+v", q)
			}
		}
		less := rapid.Float64Range(0, 1).Draw(t, "less")
		for _, p := range []quality{serve(capacity, slow, given, less*paid, free), serve(capacity, slow, given, paid, less*free)} {
			if p.PaidFailed > q.PaidFailed+1e-9 || p.FreeFailed > q.FreeFailed+1e-9 {
				t.Fatalf("less was asked for, and more failed: %+v, %+v", p, q)
			}
		}
		if p := serve(capacity, slow, given, paid, less*free); p.PaidMean > q.PaidMean+1e-12 {
			t.Fatalf("fewer free ones, and paid ones waited longer: %+v, %+v", p, q)
		}
	})
}

// A time that is enough for a part is exceeded by the rest, and the longer one waits the fewer are left.
func TestDelay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := delay{1, rapid.Float64Range(0, 1).Draw(t, "waits"), 1}
		if !rapid.Bool().Draw(t, "alike") {
			d.queue = math.Exp(rapid.Float64Range(-9, 9).Draw(t, "queue"))
		}
		part := rapid.Float64Range(0.01, 0.9999).Draw(t, "part")
		at := d.within(part)
		if rest := d.beyond(at); math.Abs(rest-(1-part)) > 1e-6 {
			t.Fatalf("%v within %v, and %v beyond", part, at, rest)
		}
		if before, after := d.beyond(0.9*at), d.beyond(1.1*at); before < d.beyond(at) || after > d.beyond(at) {
			t.Fatalf("%v, %v, %v", before, d.beyond(at), after)
		}
		beside := d
		beside.queue *= 1 + 3e-6 // the other formula
		if a, b := d.beyond(at), beside.beyond(at); math.Abs(a-b) > 1e-5 {
			t.Fatalf("%v and %v for nearly the same", a, b)
		}
	})
}
