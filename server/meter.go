package server

import (
	"sync"
	"sync/atomic"

	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// meter says what requests cost: it prices them before they come, counts what they
// took when they are done, and learns from that what the next session is to be told.
//
// book is called for every request and takes no lock; all else happens once a second
// or when somebody asks.
type meter struct {
	message, kib unit.Cost // of the transport, by calibration
	// scales correct times in slots and the transport's, in thousandths, by what the process
	// was seen to use.
	scales struct{ serving, overhead atomic.Uint64 }

	counts [2][flow.MaxCode]kindMeter           // of les/2 to les/4, and of les/5
	prices [2]atomic.Pointer[pricing]           // for the next session
	booked [2]bookedLoad                        // of free clients, and of paid ones
	waits  struct{ count, nanos atomic.Uint64 } // of paid requests, for a slot

	mu struct {
		sync.Mutex
		estimates [2][]estimate // in the order of kinds
		capacity  capacityMeter
	}
}

// kindMeter counts one kind of request.
type kindMeter struct{ count, amount, cost atomic.Uint64 }

// bookedLoad sums up what was booked: time in a worker slot, the transport's work
// before it is scaled, and both together after it was.
type bookedLoad struct{ serving, overhead, cost atomic.Uint64 }

// newMeter returns a meter that begins with what requests were measured to cost on
// this machine, by code and for an amount of one.
func newMeter(cfg *Config, measured [2]map[uint64]unit.Cost) (*meter, error) {
	m := &meter{message: cfg.MessageCost, kib: cfg.KiBCost}
	m.scales.serving.Store(1000)
	m.scales.overhead.Store(1000)
	m.mu.capacity = newCapacityMeter(cfg)
	for i := range m.prices {
		for _, k := range kinds(versionOf(i)) {
			m.mu.estimates[i] = append(m.mu.estimates[i], newEstimate(k, measured[i][k.code]))
		}
		if err := m.price(i); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// classOf is where a version's requests are counted; versionOf names a version of a
// class.
func classOf(version uint) int {
	if wire.Legacy(version) {
		return 0
	}
	return 1
}

func versionOf(class int) uint {
	if class == 0 {
		return wire.LES4
	}
	return wire.LES5
}

// pricing returns what a version's next session is charged by. It does not change.
func (m *meter) pricing(version uint) *pricing { return m.prices[classOf(version)].Load() }

// book returns what a request has cost that took so long in its worker slot, with the
// bytes of its message and of the reply, and counts it. Any goroutine may call it.
func (m *meter) book(version uint, code, amount uint64, paid bool, spent unit.Span, in, out int) unit.Cost {
	serving, overhead := unit.Cost(max(spent, 0)), m.transport(2, in+out)
	cost := m.add(paid, serving, overhead)
	k := &m.counts[classOf(version)][code]
	k.count.Add(1)
	k.amount.Add(amount)
	k.cost.Add(uint64(cost))
	return cost
}

// bookRefused returns and counts the cost of a message that asked for nothing that can
// be served: it came while its sender was frozen, or asks for too much.
func (m *meter) bookRefused(paid bool, spent unit.Span, in int) unit.Cost {
	serving, overhead := unit.Cost(max(spent, 0)), m.transport(1, in)
	return m.add(paid, serving, overhead)
}

// add counts and returns the cost of something.
func (m *meter) add(paid bool, serving, overhead unit.Cost) unit.Cost {
	load := &m.booked[0]
	if paid {
		load = &m.booked[1]
	}
	load.serving.Add(uint64(serving))
	load.overhead.Add(uint64(overhead))
	cost := (serving.Mul(m.scales.serving.Load()) / 1000).Add(overhead.Mul(m.scales.overhead.Load()) / 1000)
	load.cost.Add(uint64(cost))
	return cost
}

// total is all that was ever booked.
func (m *meter) total() unit.Cost {
	return unit.Cost(m.booked[0].cost.Load()).Add(unit.Cost(m.booked[1].cost.Load()))
}

// waited counts how long a request waited for a worker slot.
func (m *meter) waited(paid bool, span unit.Span) {
	if paid {
		m.waits.count.Add(1)
		m.waits.nanos.Add(uint64(max(span, 0)))
	}
}

// transport is the cost of so many messages of together so many bytes, unscaled.
func (m *meter) transport(messages uint64, bytes int) unit.Cost {
	return m.message.Mul(messages).Add(m.kib.Mul(uint64(max(bytes, 0))) / 1024)
}

// second is called once a second. It prices anew where requests turned out to cost
// something else, and returns the capacity if that is measured and has changed.
func (m *meter) second(now unit.Instant) (capacity unit.Cost, changed bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.reprice()
	return m.measure(now)
}

// reprice prices anew where it has to. mu is locked.
func (m *meter) reprice() {
	for class := range m.mu.estimates {
		changed := false
		for i := range m.mu.estimates[class] {
			e := &m.mu.estimates[class][i]
			k := &m.counts[class][e.kind.code]
			changed = e.second(k.count.Load(), k.amount.Load(), k.cost.Load()) || changed
		}
		if changed {
			m.price(class) //nolint:errcheck // not of kinds that have made a table before
		}
	}
}

// price makes a class's prices of its estimates. mu is locked, but in newMeter.
func (m *meter) price(class int) error {
	offers := make([]flow.Offer, 0, len(m.mu.estimates[class]))
	for i := range m.mu.estimates[class] {
		offers = append(offers, m.mu.estimates[class][i].offer())
	}
	p, err := newPricing(offers)
	if err != nil {
		return err
	}
	m.prices[class].Store(p)
	return nil
}

// KindCost is what one kind of request is priced at and what it really costs.
type KindCost struct {
	Version   uint   // of les; 4 stands for the older ones too
	Name      string // of the request, such as GetProofs
	Announced flow.Price
	// Measured is the recent mean for one item, 0 while it is not known.
	Measured unit.Cost
}

// kinds returns what is known of every kind of request, by version and code.
func (m *meter) kinds() (out []KindCost) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for class := range m.mu.estimates {
		version := versionOf(class)
		table := m.prices[class].Load().table
		for _, e := range m.mu.estimates[class] {
			price, _ := table.Price(e.kind.code)
			out = append(out, KindCost{
				Version: version, Name: wire.CodeName(version, e.kind.code),
				Announced: price, Measured: e.perItem(),
			})
		}
	}
	return out
}
