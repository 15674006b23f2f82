package bidder

import (
	"context"
	"errors"
	"maps"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

// Saved is what survives a restart. Exported fields are those that are stored.
type Saved struct {
	// Demand is in the words of buyer.ParseDemand; empty if none was ever given.
	Demand   string
	Spending Spending
	// Sellers are, from Load, all that are kept, and for Save those that have changed.
	Sellers map[buyer.ID]Record
}

// Spending is what was spent in a day.
type Spending struct {
	Day      int64       `json:"day"` // when it began, in Unix seconds
	Spent    unit.Amount `json:"spent"`
	Currency *Currency   `json:"currency,omitempty"` // nil before any server was met
}

// Record is what is kept of one server: up to which entry its account was counted, and why it was left.
type Record struct {
	Market   common.Hash `json:"market"`
	Through  uint64      `json:"through"` // number of the last entry
	Balance  unit.Amount `json:"balance"` // after it
	Credited unit.Amount `json:"credited"`
	Paid     unit.Amount `json:"paid"` // for units, ever
	Fees     unit.Amount `json:"fees"` // for bids, ever
	Charges  uint64      `json:"charges"`
	Until    uint64      `json:"until"`          // when the last of them ended, by the server's clock; 0: not known
	Undue    unit.Amount `json:"undue"`          // of paid and fees, what bids cannot have cost
	Bid      unit.Price  `json:"bid"`            // the most that one offers which may not have been charged for yet; 0: not known
	Owing    unit.Amount `json:"owing"`          // fees of bids that were not taken yet, should the bids have been
	Left     string      `json:"left,omitempty"` // why nothing is bought there
	LeftAt   int64       `json:"leftAt,omitempty"`
	Shunned  int64       `json:"shunned,omitempty"` // until then, in Unix nanoseconds
	Proven   bool        `json:"proven,omitempty"`
	Proofs   []string    `json:"proofs,omitempty"` // files
	Name     string      `json:"name,omitempty"`
	Address  string      `json:"address,omitempty"`
}

// saveSpan is how often the disk is written to, at most.
const saveSpan = unit.Second

// dirty is what is not on disk yet.
type dirty struct {
	demand, spending bool
	sellers          map[buyer.ID]bool
	saving           bool
	next             unit.Instant // not to be written before
}

// touched notes that a server's record is to be stored, if there is anything to tell of it.
func (b *Bidder) touched(v *seller) {
	if v.through > 0 || v.left != nil || b.records[v.id].Left != "" {
		b.dirty.sellers[v.id] = true
	}
}

func (d *dirty) any() bool { return d.demand || d.spending || len(d.sellers) > 0 }

// save writes what has changed, elsewhere. Entries of accounts and what they add up to are
// written together, so each is counted once.
func (b *Bidder) save(now unit.Instant) {
	if b.cfg.Keeper == nil || b.dirty.saving || now < b.dirty.next || !b.dirty.any() {
		return
	}
	saved := b.takeDirty()
	b.dirty.saving, b.dirty.next = true, now.Add(saveSpan)
	b.work.Go(func() {
		// Not cut short by Close: it is waited for.
		err := b.cfg.Keeper.Save(context.WithoutCancel(b.ctx), saved)
		b.post(func(unit.Instant) {
			b.dirty.saving = false
			if err != nil {
				b.log.Error("what was spent cannot be stored", "err", err)
				b.putBack(saved)
			}
		})
	})
}

// putBack has what could not be stored stored later.
func (b *Bidder) putBack(saved Saved) {
	b.dirty.demand, b.dirty.spending = b.dirty.demand || saved.Demand != "", true
	for id := range saved.Sellers {
		b.dirty.sellers[id] = true
	}
}

func (b *Bidder) takeDirty() Saved {
	saved := Saved{Spending: b.spending(), Sellers: make(map[buyer.ID]Record, len(b.dirty.sellers))}
	if b.dirty.demand {
		saved.Demand = b.words
	}
	for id := range b.dirty.sellers {
		if v := b.find(id); v != nil {
			saved.Sellers[id] = v.record()
			b.records[id] = saved.Sellers[id]
		}
	}
	b.dirty.demand, b.dirty.spending = false, false
	clear(b.dirty.sellers)
	return saved
}

func (b *Bidder) spending() Spending {
	return Spending{Day: int64(b.dayAt / unit.Instant(unit.Second)), Spent: b.spent, Currency: b.currency}
}

func (v *seller) record() Record {
	r := Record{
		Market: common.Hash(v.hash), Through: v.through, Balance: v.balance, Credited: v.credited,
		Paid: v.paid, Fees: v.paidFees, Charges: v.counted, Shunned: int64(v.shunned), Proven: v.proven, Proofs: v.proofs,
		LeftAt: int64(v.leftAt), Name: v.name, Address: v.addr,
		Until: v.until, Undue: v.undue, Bid: v.dearest(v.until), Owing: v.owing,
	}
	for _, o := range v.orders {
		r.Owing = r.Owing.Plus(o.fee)
	}
	if v.left != nil {
		r.Left = v.left.Error()
	}
	return r
}

// restore takes over what is kept of a server.
func (b *Bidder) restore(v *seller) {
	r, ok := b.records[v.id]
	if !ok {
		return
	}
	if r.Left != "" && v.left == nil {
		v.left, v.leftAt, v.shunned, v.proven, v.proofs = errors.New(r.Left), unit.Instant(r.LeftAt), unit.Instant(r.Shunned), r.Proven, r.Proofs
	}
	if marketwire.Hash(r.Market) != v.hash || v.known {
		return
	}
	v.known, v.through, v.balance = true, r.Through, r.Balance
	v.credited, v.paid, v.paidFees, v.counted = r.Credited, r.Paid, r.Fees, r.Charges
	v.until, v.undue, v.before, v.vague, v.owing = r.Until, r.Undue, r.Bid, r.Bid.IsZero(), r.Owing
}

// load takes over what was kept.
func (b *Bidder) load(ctx context.Context, now unit.Instant) error {
	b.dayAt = midnight(now)
	b.records = make(map[buyer.ID]Record)
	if b.cfg.Keeper == nil {
		return nil
	}
	saved, err := b.cfg.Keeper.Load(ctx)
	if err != nil {
		return err
	}
	maps.Copy(b.records, saved.Sellers)
	kept := saved.Spending.Currency
	same := kept == nil || b.currency == nil || kept.same(b.currency)
	if kept != nil && same {
		b.currency = kept
	}
	if began := unit.Instant(time.Unix(saved.Spending.Day, 0).UnixNano()); began >= b.dayAt && same {
		b.dayAt, b.spent = began, saved.Spending.Spent
	}
	b.words = saved.Demand
	return nil
}
