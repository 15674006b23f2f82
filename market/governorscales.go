package market

// How scales are learned, in thousandths.
const (
	servingLeast        = 250
	overheadLeast       = 500
	overheadMost        = 3000
	servingStep         = 50 // at most so much in a decision
	overheadStep        = 10
	overheadHaste       = 10  // times that at most, when it is off in the same direction again and again
	learnLoad           = 150 // booked, of the threads, from which it can be told
	learnBusy           = 600 // of the threads, used: what a request costs that wakes an idle thread says little
	learnShare          = 550 // of what is used, booked: else it is more likely other work that is new
	learnPart           = 50  // of the threads, of what is scaled
	idleLoad            = 100 // booked, below which the rest is not the clients'
	stolenMuch          = 300 // of the processor time: times on the clock are too long
	stolenLittle        = stolenMuch / 2
	vacantMuch          = 200 // of the threads, left unused: nobody takes any away
	scaleOne      int64 = 1000
)

// governorScales makes what is booked for clients sum up to the processor time that
// they use.
//
// The transport's work is calibrated in a quiet moment; under load there are caches to
// miss, garbage to collect and goroutines to switch, which belong to the requests that
// caused them. Without a scale they would be found as other work, but only
// when the load is there: units would be sold that turn out not to exist. So the scale is
// learned whenever the threads are nearly busy and clients are much of that, by steps that do not
// depend on how wrong it is, only on for how long it has been: so it tends to the median, and
// the import of a block that comes in between counts for one step.
//
// Time in a worker slot is read off the clock, and counts in full even while the
// request waits for a disk, for its slot is taken. But when the system gives the
// processor to other processes, everybody's requests seem dear, and clients would pay
// for what they did not get. Where the system says how long threads were kept waiting, and that
// is much, serving is scaled down to what the processor time leaves for it.
type governorScales struct {
	serving, overhead int64 // thousandths
	quiet             int64 // processor time per ms when no client asks
	run               int64 // decisions in a row in which overhead was too low; negative: too high
}

func newGovernorScales() governorScales { return governorScales{serving: scaleOne, overhead: scaleOne} }

// booked is what clients have paid for, in cost per ms.
func (s *governorScales) booked(r governorRates) int64 {
	return r.serving*s.serving/1000 + r.overhead*s.overhead/1000
}

// waking is how much more than they were booked for messages may have cost because they
// came while threads were idle. A message that wakes a thread costs up to twice
// as much as one that comes while it works: 9,000 requests a second, which kept a thread
// busy for 0.32 beside others, took 0.37 to 0.48 of it alone. That is gone when there is more
// to do, unlike other work, so it takes nothing from what there is.
func (s *governorScales) waking(r governorRates, threads int64) int64 {
	if (r.cpu-r.idle)*1000/threads >= learnBusy {
		return 0
	}
	return r.overhead * s.overhead / 1000
}

// learn adjusts the scales. Elsewhere says that requests wait for another machine: then
// nothing can be told from processor time.
func (s *governorScales) learn(r governorRates, threads int64, elsewhere bool) {
	if elsewhere || r.cpu == 0 && s.booked(r) > 0 { // or the system does not say
		return
	}
	of := func(rate int64) int64 { return rate * 1000 / threads }
	used, booked := r.cpu-r.idle, s.booked(r)
	if of(booked) < idleLoad {
		s.quiet = decay(s.quiet, max(used-booked-s.waking(r, threads), 0), r.ms, quietTau)
	}
	missing := used - s.quiet - booked // negative: too much is booked
	stolen := r.stolen * 1000 / max(r.cpu, 1)
	switch {
	case stolen >= stolenMuch && of(r.vacant) < vacantMuch && missing < 0 && of(r.serving) >= learnPart:
		want := (used - s.quiet - r.overhead*s.overhead/1000) * 1000 / r.serving
		s.serving = toward(s.serving, within(want, servingLeast, s.serving), servingStep)
		return
	case s.serving < scaleOne && (stolen < stolenLittle || of(r.vacant) >= vacantMuch || missing > 0):
		s.serving = toward(s.serving, scaleOne, servingStep)
		return
	}
	if stolen >= stolenLittle && missing < 0 {
		return // not to be told from what was stolen
	}
	if of(booked) < learnLoad || of(r.overhead) < learnPart {
		return
	}
	want := (used - s.quiet - r.serving*s.serving/1000) * 1000 / r.overhead
	switch {
	case booked >= used*learnShare/1000 && of(used) >= learnBusy:
		s.overhead = toward(s.overhead, within(want, overheadLeast, overheadMost), s.step(want-s.overhead))
	case missing < 0 && s.overhead > scaleOne:
		// On a machine with time to spare a message costs more, not less. So it is too much,
		// or serving waits for a disk: back to what was calibrated, at most.
		s.overhead = toward(s.overhead, max(want, scaleOne), s.step(want-s.overhead))
	}
}

// step is by how much the transport's scale moves: more, the longer it has been off in
// the same direction.
func (s *governorScales) step(off int64) int64 {
	if off*s.run < 0 {
		s.run = 0
	}
	if off < 0 {
		s.run--
	} else {
		s.run++
	}
	return overheadStep * min(max(s.run, -s.run), overheadHaste)
}
