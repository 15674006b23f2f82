package auction

import (
	"errors"

	"github.com/holiman/uint256"

	"github.com/candela-les/candela/unit"
)

// MaxPrices is the largest K: the most unit prices that any auction takes in one bid.
const MaxPrices = 64

// Errors of the inputs. One that fails has changed nothing but the time.
var (
	// ErrConfig: K is not from 1 to MaxPrices, or the reserve is above MaxPrice.
	ErrConfig = errors.New("no such auction")
	// ErrClient: the client was not opened, or is open already.
	ErrClient = errors.New("client is not open, or open already")
	// ErrTooMany: a bid has more than K prices.
	ErrTooMany = errors.New("bid has too many prices")
	// ErrIncreasing: a price of a bid is higher than the one before it.
	ErrIncreasing = errors.New("prices of a bid increase")
	// ErrPrice: a price is above MaxPrice.
	ErrPrice = errors.New("price is too high")
	// ErrOwed: a client owes more than the limit that was to be set.
	ErrOwed = errors.New("more than the limit is owed")
)

// MaxPrice is the highest price, 2¹²² − 1: the sum of MaxPrices such prices is a price too.
func MaxPrice() unit.Price { return unit.PriceOfWords(1<<58-1, 1<<64-1) }

// Client numbers a client. Numbers should be small and used again after Close: memory
// goes with the largest. They decide nothing.
type Client uint32

// Config is what an auction is made of.
type Config struct {
	// Prices is K: the most unit prices in a bid, and the length of a Curve's lists.
	Prices int
	// Units is N, how many units are for sale.
	Units uint64
	// Reserve is the price below which none is sold.
	Reserve unit.Price
	// FirstSeq numbers the first curve, 1 if it is 0. It has to be above every number that the
	// same seller has ever published, or it has published two curves under one.
	FirstSeq uint64
	// Curves keeps every curve until Curves takes it.
	Curves bool
}

// Auction is the state of one seller's auction. Make one with New.
type Auction struct {
	prices  int
	units   uint64
	reserve unit.Price
	now     unit.Instant
	age     uint64 // of the newest bid

	book    book
	edge    entry  // entries that do not come after it win
	won     uint64 // how many those are
	clients []client
	meter   meter
	losers  []entry // T: the best K losing entries that are not below the reserve

	change    change
	corrected []Client // those with corr > 0
	waits     waits
	due       deadline
	effects   []Effect
	shown     shown
}

// client is what is known of one client. Sums of money are in price·ns, of which a base
// unit is Divisor.
type client struct {
	open   bool
	queued uint8 // the heap that it waits in, 0: none
	units  int   // k: so many of its first prices win
	was    int   // k before the change that touched it last
	age    uint64
	prices []unit.Price

	touched uint64 // the number of that change
	since   unit.Instant
	owed    uint256.Int // as of since, not yet debited
	limit   uint256.Int
	base    uint256.Int // integral k as of since
	corr    uint256.Int // how much less it pays than rate k
}

// New returns an auction without bids. Its book begins now, which has to be later than any
// curve of the seller's books before.
func New(now unit.Instant, cfg Config) (*Auction, error) {
	if cfg.Prices < 1 || cfg.Prices > MaxPrices || cfg.Reserve.Cmp(MaxPrice()) > 0 {
		return nil, ErrConfig
	}
	a := &Auction{
		prices: cfg.Prices, units: cfg.Units, reserve: cfg.Reserve, now: now,
		book: book{tree: newTree()}, edge: first, meter: meter{asOf: now},
		shown: shown{epoch: now, seq: max(cfg.FirstSeq, 1), keep: cfg.Curves},
	}
	a.publish()
	return a, nil
}

// Open makes a client known. It may owe up to limit beyond rest, which is the remainder that
// Close returned for the same account, in parts of a base unit (Divisor of them).
func (a *Auction) Open(now unit.Instant, id Client, limit unit.Amount, rest uint64) error {
	a.advance(now)
	for int(id) >= len(a.clients) {
		a.clients = append(a.clients, client{})
		a.waits.grow()
	}
	c := &a.clients[id]
	if c.open {
		return ErrClient
	}
	owed, most := *uint256.NewInt(rest), parts(limit)
	if owed.Gt(&most) {
		return ErrOwed
	}
	*c = client{open: true, owed: owed, limit: most, since: a.now, prices: c.prices[:0]}
	return nil
}

// Close withdraws the client's bid, debits what it owes and forgets it. Effects may still name
// it; they are to be taken before its number is used again.
func (a *Auction) Close(now unit.Instant, id Client) (debit unit.Amount, rest uint64, err error) {
	if err := a.Bid(now, id, nil); err != nil {
		return unit.Amount{}, 0, err
	}
	debit, rest, err = a.Debit(now, id)
	a.clients[id].open = false
	return debit, rest, err
}

// Bid replaces the client's standing bid. Without prices it withdraws it. The same
// prices again change nothing, and the bid keeps its age.
func (a *Auction) Bid(now unit.Instant, id Client, prices []unit.Price) error {
	a.advance(now)
	c, err := a.client(id)
	if err != nil {
		return err
	}
	if err := a.checkBid(prices); err != nil {
		return err
	}
	if same(c.prices, prices) {
		return nil
	}
	a.begin()
	a.withdraw(id)
	a.place(id, prices)
	a.commit(cause{kind: byBid, client: id})
	a.deplete(a.now)
	return nil
}

func (a *Auction) checkBid(prices []unit.Price) error {
	if len(prices) > a.prices {
		return ErrTooMany
	}
	for i, p := range prices {
		if i > 0 && p.Cmp(prices[i-1]) > 0 {
			return ErrIncreasing
		}
	}
	if len(prices) > 0 && prices[0].Cmp(MaxPrice()) > 0 {
		return ErrPrice
	}
	return nil
}

// SetUnits changes how many units are for sale.
func (a *Auction) SetUnits(now unit.Instant, units uint64) {
	a.advance(now)
	a.begin()
	a.units = units
	a.change.stale = true
	a.commit(cause{kind: byUnits})
	a.deplete(a.now)
}

// SetReserve changes the price below which none is sold.
func (a *Auction) SetReserve(now unit.Instant, reserve unit.Price) error {
	a.advance(now)
	if reserve.Cmp(MaxPrice()) > 0 {
		return ErrPrice
	}
	a.begin()
	a.reserve = reserve
	a.change.stale = true
	for a.won > 0 && a.book.worst(a.edge).below(reserve) {
		a.pop()
	}
	if a.edge.below(reserve) { // where a winner was: the next one there would win too
		a.edge = lastAt(reserve)
	}
	a.commit(cause{kind: byReserve})
	a.deplete(a.now)
	return nil
}

// SetLimit changes how much the client may owe that was not debited yet: what it has
// prepaid, or its hold. Every Debit lowers it by what it returns.
func (a *Auction) SetLimit(now unit.Instant, id Client, limit unit.Amount) error {
	a.advance(now)
	c, err := a.client(id)
	if err != nil {
		return err
	}
	most := parts(limit)
	a.begin()
	a.touch(id)
	if c.owed.Gt(&most) {
		err = ErrOwed
	} else {
		c.limit = most
	}
	a.commit(cause{})
	a.deplete(a.now)
	return err
}

// Debit takes what the client owes in whole base units, to be posted to its account and to
// the seller's in one. The rest, in parts of a base unit, stays owed; an account that
// outlives this auction has to keep it.
func (a *Auction) Debit(now unit.Instant, id Client) (debit unit.Amount, rest uint64, err error) {
	a.advance(now)
	c, err := a.client(id)
	if err != nil {
		return unit.Amount{}, 0, err
	}
	a.settle(c)
	debit, rest = whole(&c.owed)
	taken := parts(debit)
	c.owed = *uint256.NewInt(rest)
	c.limit.Sub(&c.limit, &taken)
	return debit, rest, nil
}

// Tick lets time pass: bids whose balance is used up by now fall, each at its instant.
func (a *Auction) Tick(now unit.Instant) { a.advance(now) }

// Next returns when the next bid falls if nothing else happens; ok is false if none does.
func (a *Auction) Next() (at unit.Instant, ok bool) { return a.nextDepletion() }

func (a *Auction) client(id Client) (*client, error) {
	if int(id) >= len(a.clients) || !a.clients[id].open {
		return nil, ErrClient
	}
	return &a.clients[id], nil
}

func same(p, q []unit.Price) bool {
	if len(p) != len(q) {
		return false
	}
	for i := range p {
		if p[i] != q[i] {
			return false
		}
	}
	return true
}

// View is what one client has.
type View struct {
	Prices []unit.Price // its standing bid; must not be changed, and is good until the next input
	Units  int          // how many of them win
	Rate   unit.Price   // what it pays for those, altogether
	Owed   unit.Amount  // not yet debited, in whole base units
	Rest   uint64       // and in parts of one
	Limit  unit.Amount  // of what it may owe
}

// View returns what a client has as of the last input.
func (a *Auction) View(id Client) (View, error) {
	c, err := a.client(id)
	if err != nil {
		return View{}, err
	}
	debt, rate := a.debt(c), a.rate(c)
	v := View{Prices: c.prices, Units: c.units}
	v.Rate, _ = priceOf(&rate)
	v.Owed, v.Rest = whole(&debt)
	v.Limit, _ = whole(&c.limit)
	return v, nil
}

// Now returns the time of the last input.
func (a *Auction) Now() unit.Instant { return a.now }

// Bids returns how many unit prices stand, and how many of them win.
func (a *Auction) Bids() (prices, winning uint64) { return uint64(a.book.size), a.won }
