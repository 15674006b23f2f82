package market

import (
	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
)

// UnitRecharge is what a unit promises: cost per millisecond, one hundredth of a
// thread. A wallet that asks ten times a second, a call that runs for a millisecond
// each time, needs one.
const UnitRecharge unit.Cost = 10_000

// Config is what a market is made of.
type Config struct {
	// Capacity is what all serving together may cost, per millisecond.
	Capacity unit.Cost
	// Workers is how many requests are served at once, at least 1.
	Workers int
	// Places is how many clients may be connected at once.
	Places int
	// FirstGap is how long it is taken to last until a client leaves while none has
	// left yet.
	FirstGap unit.Span
	// Seed of the jitter of waits.
	Seed uint64
	// Settings as the operator last decided them.
	Settings Settings
	// Sale is what is sold, besides what is granted; nil: nothing.
	Sale *Sale
}

// Market is the state of one server's market. Make one with New.
type Market struct {
	cfg      Config
	settings Settings
	capacity unit.Cost
	random   random
	effects  []Effect

	sessions []*Session // all that have a place
	groups   groups
	holders  []*holder // of grants, oldest first
	byID     map[ID]*holder
	leaving  []leaving // units that were taken back and count for a little longer
	used     uint64    // Σ of them
	sale     sale
	// freeRecharge is MRR of clients without units.
	freeRecharge unit.Cost
	places       places

	idle       int // workers
	freeBusy   int // workers that serve free clients
	paid, free queue
	worst      queue // the free ones again
	frozen     queue
	queued     unit.Cost // Σ what waiting free requests will cost, as far as is known
	room       pace
	ratio      ratio
	seq        uint64
	activity   activity
	nextSecond unit.Instant
}

// Session is one client's connection. Its Owner is the caller's, all else the
// market's.
type Session struct {
	Owner any

	id     ID
	index  int // in Market.sessions
	group  *group
	holder *holder   // nil without a grant
	least  unit.Cost // BL is never less: what the dearest request costs
	grow   bool      // BV grows with BL
	joined unit.Instant

	account *flow.Server // nil until Open
	params  flow.Params  // as the client was last told
	honour  unit.Instant // served as paid until then, after its last unit was taken back
	penalty float64      // inflated, see groups
	strikes strikes
	busy    bool // has asked in the current second
	dropped bool // was told to go

	state state
	work  work
	at    [slots]int
	thaw  unit.Instant

	requests uint64
	spent    unit.Cost
}

type state uint8

const (
	idle state = iota
	waiting
	serving
)

// work is a session's request.
type work struct {
	ticket  flow.Ticket
	maxCost unit.Cost
	guess   unit.Cost // what it is taken to cost while it waits, if free
	since   unit.Instant
	key     float64      // free: rank when it came
	ripe    unit.Instant // free: when its client has earned it; 0 if that is not to be expected
	purse   *holder      // paid: by what this one had earned
	refill  unit.Instant // paid: when its client's buffer would be full again
	seq     uint64
	free    bool         // how it was queued
	cost    unit.Cost    // once it is settled
	begun   unit.Instant // being served since then, and
	served  unit.Span    // so long before
}

// New returns a market without clients. It fails only if cfg.Sale makes no sense.
func New(now unit.Instant, cfg Config) (*Market, error) {
	cfg.Workers = max(cfg.Workers, 1)
	m := &Market{
		cfg: cfg, capacity: cfg.Capacity, idle: cfg.Workers, random: random(cfg.Seed),
		groups: newGroups(now, cfg.Places), byID: make(map[ID]*holder),
		places: places{first: cfg.FirstGap, last: now},
		room:   pace{rate: max(cfg.Capacity, 1), level: int64(paceBurst), last: now}, nextSecond: now.Add(unit.Second),
	}
	m.paid = queue{slot: inWaiting, less: func(a, b *Session) bool {
		if a.work.refill != b.work.refill {
			return a.work.refill < b.work.refill
		}
		return a.work.seq < b.work.seq
	}}
	m.free = queue{slot: inWaiting, less: lighter}
	m.worst = queue{slot: inWorst, less: func(a, b *Session) bool { return lighter(b, a) }}
	m.frozen = queue{slot: inFrozen, less: func(a, b *Session) bool { return a.thaw < b.thaw }}
	m.activity.alone = 1000
	if err := m.openSale(now, cfg.Sale); err != nil {
		return nil, err
	}
	m.Apply(now, cfg.Settings)
	return m, nil
}

// lighter orders free requests: the smaller penalty first, then the older.
func lighter(a, b *Session) bool {
	if a.work.key != b.work.key {
		return a.work.key < b.work.key
	}
	return a.work.seq < b.work.seq
}

// paid reports whether the session's client is one that pays. What it asks for need not be
// paid, see classify.
func (s *Session) paid(now unit.Instant) bool {
	return s.holder != nil && (s.holder.have > 0 || s.holder.spends(now)) || now < s.honour
}

// Params are what the client was last told.
func (s *Session) Params() flow.Params { return s.params }

// Frozen reports whether what the client sends is to be dropped.
func (s *Session) Frozen() bool { return s.account.Frozen() }

// SetCapacity takes in what all serving together may cost from now on, per
// millisecond.
func (m *Market) SetCapacity(now unit.Instant, capacity unit.Cost) {
	m.advance(now)
	if capacity == m.capacity {
		return
	}
	m.capacity = capacity
	m.room.setRate(now, capacity)
	m.allocate(now)
	m.dispatch(now)
}

// Capacity returns what was last set.
func (m *Market) Capacity() unit.Cost { return m.capacity }

// advance does what has become due.
func (m *Market) advance(now unit.Instant) {
	if len(m.leaving) > 0 && m.leaving[0].until <= now {
		m.expireLeaving(now)
		m.allocate(now)
		m.deliverShort(now)
		m.dispatch(now) // whoever has units now may have a request waiting
	}
	m.saleDue(now)
	m.ripen(now)
	for m.nextSecond <= now {
		m.second(now)
	}
	m.thawDue(now)
}

// second looks after what goes by the second.
func (m *Market) second(now unit.Instant) {
	m.nextSecond = max(m.nextSecond, now).Add(unit.Second)
	m.recount()
	if m.groups.sweep(now, m.sessions) {
		for _, s := range m.sessions { // those that are served too: they may yield
			s.work.key = s.rank()
		}
		m.free.reorder()
		m.worst.reorder()
	}
	m.expire(now)
}

// Tick lets time pass. It is to be called at Next.
func (m *Market) Tick(now unit.Instant) {
	m.advance(now)
	m.dispatch(now)
}

// Next returns when Tick is to be called at the latest.
func (m *Market) Next(now unit.Instant) unit.Instant {
	next := m.nextSecond
	if s := m.frozen.top(); s != nil {
		next = min(next, s.thaw)
	}
	if len(m.leaving) > 0 {
		next = min(next, m.leaving[0].until)
	}
	if m.idle > 0 && m.freeBusy < m.freeWorkers() && m.free.Len() > 0 && m.paid.Len() == 0 {
		next = min(next, now.Add(m.room.wait(now)))
	}
	return m.saleNext(next)
}
