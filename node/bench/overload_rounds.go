package bench

import (
	"slices"
	"time"
)

// phaseKind says who makes load.
type phaseKind uint8

const (
	nobodyAsks phaseKind = iota
	oneAsks              // the first free client
	freeAsk
	paidAsk
	allAsk
)

func (k phaseKind) String() string {
	return [...]string{"nobody", "one free", "free alone", "paid alone", "together"}[k]
}

func (k phaseKind) paid() bool { return k == paidAsk || k == allAsk }

// turnsOf is the order of the phases in a round: every other one goes backwards. So a
// machine that becomes faster or slower favours none of them, and what ends a round begins
// the next: paid clients cease and begin once in two rounds.
func turnsOf(round int) [3]phaseKind {
	if round%2 == 0 {
		return [...]phaseKind{freeAsk, paidAsk, allAsk}
	}
	return [...]phaseKind{allAsk, paidAsk, freeAsk}
}

// run goes through the rounds. All stay connected; who has no turn keeps silent.
func (o *overload) run() (*OverloadResult, error) {
	result := newOverloadResult(o.OverloadConfig)
	if err := o.learn(); err != nil {
		return nil, err
	}
	if err := o.phase(oneAsks, &result.One); err != nil {
		return nil, err
	}
	for i := range o.Rounds {
		r := newRound()
		for _, k := range turnsOf(i) {
			if err := o.phase(k, r.of(k)); err != nil {
				return nil, err
			}
		}
		result.Rounds = append(result.Rounds, r)
		o.Logger.Info("measured", "round", i+1, "of", o.Rounds)
	}
	result.conclude()
	return result, nil
}

// learn gives the server time to find out what requests cost while there is much to do.
func (o *overload) learn() error {
	if o.Learn == 0 {
		return nil
	}
	if err := o.turn(allAsk); err != nil {
		return err
	}
	return o.fleet.sleep(o.Learn)
}

// phase gives the turn to its clients, lets them warm up and takes their figures.
func (o *overload) phase(k phaseKind, into *Phase) error {
	if err := o.turn(k); err != nil {
		return err
	}
	if err := o.fleet.sleep(o.WarmUp); err != nil {
		return err
	}
	return o.measure(o.handsOf(k), into)
}

// handsOf are the workers that have something to report of a phase.
func (o *overload) handsOf(k phaseKind) []*hand {
	switch k {
	case oneAsks:
		return o.free[:1]
	case freeAsk:
		return slices.Concat(o.free, o.cheats)
	case paidAsk:
		return o.paid
	default:
		return o.fleet.hands
	}
}

// turn has those clients make load that are to, and the others cease to.
//
// A client that is silent saves: its buffer fills, at most up to its limit. A paid one that
// then goes on draws more than its allocation for seconds, and neither its own figures nor
// what is left for others say what they are to say. So whenever paid clients begin they first
// spend what they have saved, before the free ones begin, which is quickest; only then the
// warm-up starts. Between paid alone and together, either way, they go on without a pause.
//
// What free clients save meanwhile is of no account: what they are served does not go by
// their buffers, which fill faster than there is capacity.
func (o *overload) turn(k phaseKind) error {
	free := 0
	switch k {
	case oneAsks:
		free = 1
	case freeAsk, allAsk:
		free = o.Free
	case nobodyAsks, paidAsk:
	}
	if !k.paid() && o.asking.paid() {
		if _, err := o.fleet.all(o.paid, order{Do: orderOpen}); err != nil {
			return err
		}
	}
	if k.paid() && !o.asking.paid() {
		if err := o.setFree(0); err != nil {
			return err
		}
		if err := o.spendPaid(); err != nil {
			return err
		}
	}
	o.asking = k
	return o.setFree(free)
}

// setFree lets so many of the free clients make load: none, an honest one, or all.
func (o *overload) setFree(clients int) error {
	others := clients
	if clients == 1 {
		others = 0
	}
	if _, err := o.fleet.all(o.free[:1], order{Do: orderOpen, Clients: clients}); err != nil {
		return err
	}
	_, err := o.fleet.all(slices.Concat(o.free[1:], o.cheats), order{Do: orderOpen, Clients: others})
	return err
}

// spendPaid lets the paid clients begin, and waits until they have nothing saved.
func (o *overload) spendPaid() error {
	answers, err := o.fleet.all(o.paid, order{Do: orderSpend, Within: o.Spend})
	if err != nil {
		return err
	}
	if spent := answers[0].Clients; spent < o.Paid {
		o.Logger.Warn("paid clients have more than they could spend in time; what they are served is not their allocation",
			"clients", o.Paid, "at their limit", spent, "after", o.Spend)
	}
	return nil
}

// measure takes the figures of those workers' clients.
func (o *overload) measure(hands []*hand, into *Phase) error {
	before, _, err := usageOf(o.PID)
	if err != nil {
		return err
	}
	began := time.Now()
	if _, err := o.fleet.all(hands, order{Do: orderMeasure}); err != nil {
		return err
	}
	if err := o.fleet.sleep(o.Duration); err != nil {
		return err
	}
	answers, err := o.fleet.all(hands, order{Do: orderReport})
	if err != nil {
		return err
	}
	after, _, err := usageOf(o.PID)
	if err != nil {
		return err
	}
	into.Seconds = time.Since(began).Seconds()
	into.ServerCPU = (after - before).Seconds() / into.Seconds
	for i, h := range hands {
		switch h.job.Role {
		case rolePaid:
			into.Paid = into.Paid.with(&answers[i])
		case roleFree:
			into.Free = into.Free.with(&answers[i])
		case roleCheat:
			into.Cheaters = into.Cheaters.with(&answers[i])
		}
	}
	return nil
}
