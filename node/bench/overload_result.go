package bench

import "fmt"

// Phases are those that take turns in an overload.
type Phases struct {
	FreeAlone Phase `json:"freeAlone"`
	PaidAlone Phase `json:"paidAlone"`
	Together  Phase `json:"together"`
}

func newPhases() Phases {
	return Phases{Phase{Name: freeAsk.String()}, Phase{Name: paidAsk.String()}, Phase{Name: allAsk.String()}}
}

// of is the phase in which those ask.
func (p *Phases) of(k phaseKind) *Phase {
	switch k {
	case freeAsk:
		return &p.FreeAlone
	case paidAsk:
		return &p.PaidAlone
	default:
		return &p.Together
	}
}

// then adds what was measured in another round.
func (p *Phases) then(later *Phases) {
	for _, k := range [...]phaseKind{freeAsk, paidAsk, allAsk} {
		p.of(k).then(later.of(k))
	}
}

// Ratios are what phases come to.
type Ratios struct {
	PaidP99        float64 `json:"paidP99Ratio"` // together / alone
	PaidThroughput float64 `json:"paidThroughputRatio"`
	PaidHarmed     uint64  `json:"paidHarmed"` // paid requests refused, empty, wrong or worthless, and connections lost, together
	// PaidShare is what part of what the server serves free clients alone the paid ones take
	// together, a paid item counted as OverloadResult.Weight free ones.
	PaidShare float64 `json:"paidShare"`
	// FreeKept is what free clients are served together, as a part of what paid ones leave:
	// free together / (free alone · (1 − PaidShare)). 0 if paid ones leave nothing.
	FreeKept float64 `json:"freeKept"`
}

// ratios computes them, a paid item being worth so many free ones.
func (p *Phases) ratios(weight float64) Ratios {
	alone, together, all := p.PaidAlone.Paid, p.Together.Paid, p.FreeAlone.free()
	r := Ratios{
		PaidP99:        ratio(together.P99, alone.P99),
		PaidThroughput: ratio(together.Items, alone.Items),
		PaidHarmed:     together.Refused + together.Empty + together.Wrong + together.Ignored + together.Lost + together.Turned,
		PaidShare:      ratio(weight*together.Items, all),
	}
	if r.PaidShare < 1 {
		r.FreeKept = ratio(p.Together.free(), all*(1-r.PaidShare))
	}
	return r
}

// Round is one turn of each phase.
type Round struct {
	Phases
	Ratios
}

func newRound() Round { return Round{Phases: newPhases()} }

// OverloadResult is what an overload measured. Its phases are those of all rounds
// together, as if they were one: what was served is added up, and percentiles are of all
// requests. Its ratios are of these.
type OverloadResult struct {
	Target   string  `json:"target"`
	Paid     int     `json:"paidClients"`
	Free     int     `json:"freeClients"` // cheaters among them
	Cheaters int     `json:"cheaters"`
	Seconds  float64 `json:"seconds"` // of each phase in each round
	PaidLoad Load    `json:"paidLoad"`
	FreeLoad Load    `json:"freeLoad"`
	Where    string  `json:"where"` // on which processors the load ran

	One Phase `json:"oneFree"` // one honest free client, before the rounds
	Phases
	Ratios
	// FreeDemand is what the honest free clients would take if each were alone, as a
	// multiple of what the server serves all free ones without paid ones.
	FreeDemand float64 `json:"freeDemand"`
	// Weight is how many free items a paid one is worth; WeighedBy says how that is known.
	Weight    float64 `json:"weight"`
	WeighedBy string  `json:"weighedBy"`

	Rounds []Round `json:"rounds"`
}

func newOverloadResult(c *OverloadConfig) *OverloadResult {
	return &OverloadResult{
		Target: c.Target, Paid: c.Paid, Free: c.Free, Cheaters: c.cheaters(), Seconds: c.Duration.Seconds(),
		PaidLoad: c.PaidLoad, FreeLoad: c.FreeLoad,
		Where: fmt.Sprintf("paid on %v, free on %v", &c.PaidPlace, &c.FreePlace),
		One:   Phase{Name: oneAsks.String()}, Phases: newPhases(),
	}
}

// conclude puts the rounds together and computes the ratios.
func (r *OverloadResult) conclude() {
	for i := range r.Rounds {
		r.Phases.then(&r.Rounds[i].Phases)
	}
	r.Weight, r.WeighedBy = r.weigh()
	r.Ratios = r.ratios(r.Weight)
	for i := range r.Rounds {
		one := &r.Rounds[i]
		one.Ratios = one.ratios(r.Weight)
	}
	r.FreeDemand = ratio(r.One.Free.Items*float64(r.Free-r.Cheaters), r.FreeAlone.free())
}

// weigh says how many free items a paid one is worth: one if they are the same; by the
// server's processor time if it was watched; else by what the server announces that
// they cost at most.
func (r *OverloadResult) weigh() (weight float64, by string) {
	paid, free := r.PaidAlone.Paid, r.FreeAlone.Free
	perPaid, perFree := ratio(r.PaidAlone.ServerCPU, paid.Items), ratio(r.FreeAlone.ServerCPU, r.FreeAlone.free())
	switch {
	case r.PaidLoad.Kind == r.FreeLoad.Kind && r.PaidLoad.Batch == r.FreeLoad.Batch && r.PaidLoad.Version == r.FreeLoad.Version:
		return 1, "being the same"
	case perPaid > 0 && perFree > 0:
		return perPaid / perFree, "the server's processor time"
	default:
		return ratio(paid.price, free.price), "announced prices"
	}
}

func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}
