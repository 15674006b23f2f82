package market

import "github.com/candela-les/candela/unit"

// How a Governor decides. Shares are in thousandths of what the threads can do.
const (
	// GovernorTarget is the share of the threads that clients and all else together
	// may keep busy. Beyond it response times climb steeply: of a thread that is busy
	// 87 % of the time, work that comes at random waits three times as long as it takes.
	GovernorTarget = 870
	// GovernorFloor is the share that is announced however bad things are: less would
	// not serve anybody, and what is wrong then will not be made right by it.
	GovernorFloor = 100

	governorPeriod  = 900 * unit.Millisecond // between two decisions
	governorLongest = 10 * unit.Second       // a sample of more counts as one of this
	governorWindow  = 5                      // decisions that show whether something lasts

	otherTau = 30_000 // ms, of the mean of other work
	quietTau = 60_000 // ms, of what other work is when no client asks

	latencyBound       = 20 * unit.Millisecond // of scheduling: two turns of a busy goroutine
	waitBound          = 5 * unit.Millisecond  // of paid requests for a slot, where few ask
	congestionPatience = 3                     // decisions of congestion until something is done
	backOff            = 900                   // thousandths of the level that remain
	levelRise          = 10                    // thousandths in a second
	levelProbe         = 4                     // the same where others want the processor, too
	hadAtMost          = 950                   // thousandths of what was had, to go on with
	robbedMuch         = 200                   // thousandths of the processor time, stolen
	robbedOf           = 800                   // thousandths of what is announced: less was had. (Free service keeps a little below it.)

	lowerBand = 30     // thousandths: a smaller fall is not announced
	raiseBand = 50     // a smaller rise only after raiseSlow
	raiseSoon = 10_000 // ms that a rise has to last
	raiseSlow = 60_000 // and a small one
)

// GovernorConfig is what a Governor knows of its machine.
type GovernorConfig struct {
	Threads uint64 // processor threads that the process may use, at most; 0: 1
	// Nominal is the cost per ms that could be served if nothing else ran; 0: 1,000,000
	// for each thread. It is more where requests wait for another machine.
	Nominal unit.Cost
}

// GovernorSample is what was seen in an interval. All but Latency and Waited are sums.
type GovernorSample struct {
	Span unit.Span // how long it was
	// Threads is how many the process may use now, which a system may change; 0: no change.
	Threads uint64
	// Serving and Overhead are what requests that were done in it have taken: time in
	// worker slots, and the transport's work, both as measured, before any scale.
	Serving, Overhead unit.Cost
	// Paid is the cost that was booked for paid clients.
	Paid unit.Cost
	// CPU is the processor time that the process has used, for whatever.
	CPU unit.Span
	// IdleGC is the part of it that the garbage collector used because nobody else did.
	IdleGC unit.Span
	// Stolen is how long threads of the process were ready to run while the system ran
	// others; 0 where it does not say.
	Stolen unit.Span
	// Vacant is how long the processors that the process may use had nothing to do, summed
	// up; 0 where the system does not say.
	Vacant unit.Span
	// Latency is what nearly all goroutines waited less than for a thread of the process.
	Latency unit.Span
	// Waited is how long paid requests waited for a worker slot, on average.
	Waited unit.Span
}

// GovernorView is what a Governor has decided.
type GovernorView struct {
	// Recharge is TR: the cost per ms that all clients together may take. Best is what
	// it is on a machine that does nothing else.
	Recharge, Best unit.Cost
	Other          unit.Cost // what the process does besides, per ms
	// Level is the share of the machine that there is, in thousandths: less than 1000
	// while others take processor time away.
	Level uint64
	// ServingScale and OverheadScale are what to multiply measured times with, in
	// thousandths, for them to sum up to the processor time that is used.
	ServingScale, OverheadScale uint64
}

// Governor says how much a server can do, from what it is seen to do.
//
// Three things take capacity away. Work of the same process (importing blocks,
// compaction, collecting garbage) is the processor time that was used and not booked for
// clients. Other processes are seen only by how long work that is ready waits; then
// the level is cut to what was really had, and rises again slowly. And what is booked may
// be wrong: see governorScales.
//
// What is announced falls at once and rises late, so that clients are not told of
// every breath of the machine: a fall of less than lowerBand never, a rise only when
// it has lasted. Make one with NewGovernor.
type Governor struct {
	cfg    GovernorConfig
	now    uint64 // threads
	scales governorScales
	sum    governorSum // since the last decision

	mean   int64                 // of other work, signed: requests are booked when they end
	last   [governorWindow]int64 // other work of each decision
	used   [governorWindow]int64 // thousandths of the threads that were busy
	count  int                   // decisions
	level  int64
	streak int // decisions of congestion in a row

	announced  int64 // TR
	soon, slow rise  // of what could be announced: worth telling soon, and at all
}

// NewGovernor returns a Governor that has not seen anything go wrong.
func NewGovernor(cfg GovernorConfig) *Governor {
	cfg.Threads = min(max(cfg.Threads, 1), 1<<16)
	if cfg.Nominal == 0 {
		cfg.Nominal = unit.Cost(cfg.Threads).Mul(uint64(unit.Millisecond))
	}
	cfg.Nominal = min(cfg.Nominal, maxRate)
	g := &Governor{cfg: cfg, now: cfg.Threads, level: 1000, scales: newGovernorScales()}
	g.announced = g.best()
	return g
}

// threads is what the threads can do that there are now, in cost per ms.
func (g *Governor) threads() int64 { return int64(g.now) * int64(unit.Millisecond) }

// best is TR when nothing is in the way.
func (g *Governor) best() int64 { return int64(g.cfg.Nominal) * GovernorTarget / 1000 }

// View returns what is decided now.
func (g *Governor) View() GovernorView {
	return GovernorView{
		Recharge: unit.Cost(g.announced), Best: unit.Cost(g.best()), Other: unit.Cost(g.other()),
		Level:        uint64(g.level),
		ServingScale: uint64(g.scales.serving), OverheadScale: uint64(g.scales.overhead),
	}
}

// Step takes in what was seen since the last call. Samples may be as short as one
// likes: a decision is made when there is a second's worth of them.
func (g *Governor) Step(s GovernorSample) GovernorView {
	if s.Threads > 0 {
		g.now = min(s.Threads, g.cfg.Threads)
	}
	g.sum.add(s)
	if g.sum.span < governorPeriod {
		return g.View()
	}
	r := g.sum.rates()
	g.sum = governorSum{}
	g.scales.learn(r, g.threads(), g.cfg.Nominal > unit.Cost(g.cfg.Threads).Mul(uint64(unit.Millisecond)))
	g.seeOther(r)
	g.seeCongestion(r)
	g.announce(r.ms)
	g.count++
	return g.View()
}

// seeOther finds the work that is none of the clients'. What may be theirs does not count,
// but for what there is when none asks.
func (g *Governor) seeOther(r governorRates) {
	other := r.cpu - r.idle - g.scales.booked(r)
	other = min(other, max(other-g.scales.waking(r, g.threads()), g.scales.quiet))
	g.mean = decay(g.mean, other, r.ms, otherTau)
	g.last[g.index(0)] = other
}

// other is the work that is none of the clients', in cost per ms: its mean, so that
// the import of a block now and then is counted as what it comes to, or what it was
// at the least in each of the last seconds, so that work which has come to stay
// is counted at once.
func (g *Governor) other() int64 { return max(g.mean, g.lasting(governorWindow), 0) }

// lasting is the least that other work was in so many decisions.
func (g *Governor) lasting(decisions int) int64 {
	least := int64(maxRate)
	for i := range decisions {
		least = min(least, g.last[g.index(i)])
	}
	return least
}

// index is where the window holds what was seen so many decisions before this one.
func (g *Governor) index(before int) int {
	return (g.count - before + governorWindow) % governorWindow
}

// seeCongestion cuts the level while work that is ready has to wait, and lets it rise
// while nothing does.
func (g *Governor) seeCongestion(r governorRates) {
	g.used[g.index(0)] = r.cpu * 1000 / g.threads()
	// Paid requests that wait though few are asked: something holds up the slots. When
	// many ask at once they wait for each other, which is no lack of capacity.
	stuck := r.waited > waitBound && r.paid < g.announced/2
	// Others took so much that what clients may take could not be had, though it was wanted.
	// Waiting alone says little: threads of one process wait for each other, too, and the more
	// the more often they have nothing to do. What others leave unused could be had.
	contended := r.stolen > r.cpu*robbedMuch/1000
	had := r.cpu - r.idle - g.other()
	robbed := contended && had+r.vacant < g.announced*robbedOf/1000 && had+r.stolen >= min(g.announced, g.threads())
	switch {
	case robbed || stuck || r.latency > latencyBound:
		if g.streak++; g.streak >= congestionPatience {
			g.mean = max(g.mean, g.lasting(congestionPatience)) // it is known well enough
			g.cut(r, robbed)
		}
	case r.latency > latencyBound/2:
		g.streak = 0
	case contended: // it may be that no more can be had
		g.streak = 0
		g.level = min(g.level+levelProbe*r.ms/1000, 1000)
	default:
		g.streak = 0
		g.level = min(g.level+levelRise*r.ms/1000, 1000)
	}
}

// cut lowers the level by one step, not much below what the process really had: that
// much there is. What others rob it of is no reason to go below that at all.
func (g *Governor) cut(r governorRates, robbed bool) {
	if g.scales.booked(r) > g.wanted()+g.wanted()*lowerBand/1000 {
		return // clients were served more than that: less has not been tried yet
	}
	had := int64(0)
	for i := range congestionPatience {
		had = max(had, g.used[g.index(i)])
	}
	had = had * 1000 / GovernorTarget
	if !robbed {
		had = had * hadAtMost / 1000
	}
	g.level = max(g.level*backOff/1000, min(g.level, had), GovernorFloor)
}

// wanted is what TR would be if every change were announced.
func (g *Governor) wanted() int64 {
	share := GovernorTarget*g.level/1000 - g.other()*1000/g.threads()
	now := int64(g.cfg.Nominal) / int64(g.cfg.Threads) * int64(g.now)
	return max(now*max(share, 0), int64(g.cfg.Nominal)*GovernorFloor) / 1000
}

// announce moves what is announced to what is wanted, if it is worth it.
func (g *Governor) announce(ms int64) {
	wanted := g.wanted()
	if wanted < g.announced-g.announced*lowerBand/1000 {
		g.announced = wanted
	}
	soon := g.soon.lasts(wanted, g.announced+g.announced*raiseBand/1000, ms) >= raiseSoon
	slow := g.slow.lasts(wanted, g.announced+1, ms) >= raiseSlow
	switch {
	case soon:
		g.announced = g.soon.least
	case slow:
		g.announced = g.slow.least
	default:
		return
	}
	g.soon, g.slow = rise{}, rise{}
}

// rise is how long something has been at least so high, and the least that it was.
type rise struct{ ms, least int64 }

// lasts takes in what it was for ms, and returns for how long it was enough.
func (r *rise) lasts(value, enough, ms int64) int64 {
	if value < enough {
		*r = rise{}
		return 0
	}
	if r.ms == 0 {
		r.least = value
	}
	r.ms, r.least = r.ms+ms, min(r.least, value)
	return r.ms
}
