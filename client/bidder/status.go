package bidder

import (
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

// DemandStatus says what is wanted, and whether it is had.
type DemandStatus struct {
	// Demand is what is wanted in words, as it was given; "free" if nothing was.
	Demand string `json:"demand"`
	Free   bool   `json:"free"`
	// Need is the least capacity that is of use, in cost per ms; Have what is allocated now.
	Need    unit.Cost `json:"need"`
	Have    unit.Cost `json:"have"`
	Servers int       `json:"servers"`
	// Price is the most that is bid for a standard unit an hour, in millionths of a base unit; Budget what may be
	// spent in a day, in base units.
	Price  unit.Price  `json:"price"`
	Budget unit.Amount `json:"budget"`
	// Short says why there is no paid service; empty if there is, or none is wanted.
	Short string `json:"short,omitempty"`
	// Account names this client's account at every server.
	Account string `json:"account"`
}

// SellerStatus is one server that sells.
type SellerStatus struct {
	ID        string   `json:"id"`
	Name      string   `json:"name,omitempty"`
	Address   string   `json:"address,omitempty"`
	Connected bool     `json:"connected"`
	Currency  string   `json:"currency"`
	Paid      Currency `json:"paidIn"`
	// Foreign: it sells for another currency than this client pays in.
	Foreign bool `json:"foreign,omitempty"`
	// Terms are null before they are known; likewise Book and Account.
	Terms   *TermsStatus   `json:"terms"`
	Book    *BookStatus    `json:"book"`
	Account *AccountStatus `json:"account"`
	// Bid is what stands or is to stand, for the first, second, … unit; Units what it has won, Rate what they
	// cost together.
	Bid   []unit.Price `json:"bid"`
	Units uint64       `json:"units"`
	Rate  unit.Price   `json:"rate"`
	// Quality is the permille of what was asked there that was answered well; Tried, whether enough was asked to
	// say so.
	Quality uint64 `json:"quality"`
	Tried   bool   `json:"tried"`
	// Refused is why it did not take the last bid; Left why nothing is bought there.
	Refused   string    `json:"refused,omitempty"`
	Left      string    `json:"left,omitempty"`
	LeftUntil time.Time `json:"leftUntil,omitzero"` // zero: for good, or it is not left
	Proven    bool      `json:"proven,omitempty"`   // it is proven to cheat
	// Offered: it was not met, and has said then over the discovery network that it sells. That is not signed.
	Offered time.Time `json:"offered,omitzero"`
}

// Offer is what a server that was found says it sells, without a connection.
type Offer struct {
	ID      buyer.ID
	Address string
	At      time.Time
	marketwire.Offer
}

// TermsStatus is by what terms a server sells. Spans are in milliseconds.
type TermsStatus struct {
	UnitRate   uint64      `json:"unitRate"`   // of a unit, cost per ms
	UnitBuffer uint64      `json:"unitBuffer"` // the same, cost
	MaxUnits   uint64      `json:"maxUnits"`
	BidFee     unit.Amount `json:"bidFee"`
	Cover      uint64      `json:"coverMs"`
	Refill     uint64      `json:"refillMs"`
	Prepaid    uint64      `json:"prepaidMs"`
	Least      unit.Amount `json:"leastAccount"`
	Methods    []string    `json:"methods"`
}

// BookStatus is the newest price curve that is known. Prices are for a unit and hour, in millionths of a base unit.
type BookStatus struct {
	Seq     uint64       `json:"seq"`
	Reserve unit.Price   `json:"reserve"`
	Units   uint64       `json:"units"`
	Free    uint64       `json:"free"`
	Losing  []unit.Price `json:"losing"`
	Winning []unit.Price `json:"winning"`
}

// AccountStatus is this client's account at a server, in base units.
type AccountStatus struct {
	Balance  unit.Amount `json:"balance"`
	Owed     unit.Amount `json:"owed"`
	Held     unit.Amount `json:"held"`
	Credited unit.Amount `json:"credited"`
	// Needs is what has to be credited before a bid is taken; 0 if nothing has.
	Needs unit.Amount `json:"needs"`
}

// SpendingStatus is what was paid.
type SpendingStatus struct {
	Day      time.Time   `json:"day"` // when today began
	Today    unit.Amount `json:"today"`
	Budget   unit.Amount `json:"budget"`
	Currency *Currency   `json:"currency"` // null before any server was met
	Servers  []Paid      `json:"servers"`
}

// Paid is what one server was paid.
type Paid struct {
	ID    string      `json:"id"`
	Today unit.Amount `json:"today"` // since this client was started, if that was today
	Units unit.Amount `json:"units"` // for units, ever
	Fees  unit.Amount `json:"fees"`  // for bids, ever
	// Served is what of both counts as served for: no more than bids there can have cost.
	Served unit.Amount `json:"served"`
	// Charges is how many charges there were, and Unchecked how many of them wait for the curves that they are
	// checked with.
	Charges   uint64   `json:"charges"`
	Unchecked int      `json:"unchecked"`
	Proofs    []string `json:"proofs"` // files that prove it a cheat
}

// Demand returns what is wanted and had.
func (b *Bidder) Demand() (s DemandStatus, err error) {
	err = b.do(func(unit.Instant) {
		d := b.demand
		s = DemandStatus{
			Demand: b.words, Free: d.Free, Need: d.Need, Servers: d.Servers, Price: d.MaxPrice, Budget: d.DailyBudget,
			Account: "0x" + hex.EncodeToString(b.address[:]),
		}
		if b.words == "" {
			s.Demand = "free"
		}
		if d.Free {
			s.Servers = 0
		} else {
			s.Price = d.Price()
		}
		if b.why != nil {
			s.Short = b.why.Error()
		}
		for _, v := range b.sellers {
			if seen, _ := b.buyer.View(v.id); v.terms != nil && v.joined {
				s.Have = s.Have.Add(unit.Cost(v.terms.Body.UnitRate).Mul(seen.Units))
			}
		}
	})
	return s, err
}

// Market returns what every server that was met since the start sells, and those of the offers that are of
// other servers, by ids.
func (b *Bidder) Market(offers ...Offer) (list []SellerStatus, err error) {
	err = b.do(func(now unit.Instant) {
		list = make([]SellerStatus, 0, len(b.sellers))
		for _, v := range b.sellers {
			list = append(list, b.sellerStatus(now, v))
		}
		for i := range offers {
			if b.find(offers[i].ID) == nil {
				list = append(list, b.offerStatus(&offers[i]))
			}
		}
	})
	slices.SortFunc(list, func(a, b SellerStatus) int { return strings.Compare(a.ID, b.ID) })
	return list, err
}

func (b *Bidder) offerStatus(o *Offer) SellerStatus {
	s := SellerStatus{
		ID: hex.EncodeToString(o.ID[:]), Address: o.Address, Currency: o.Market.Currency, Paid: currencyOf(&o.Market),
		Bid: []unit.Price{}, Offered: o.At,
		Terms: termsStatus(&marketwire.Terms{
			UnitRate: o.UnitRate, UnitBuffer: o.UnitBuffer, MaxUnits: o.MaxUnits, BidFee: o.BidFee,
			CoverMs: o.CoverMs, RefillMs: o.RefillMs, PrepaidMs: o.PrepaidMs, LeastAccount: o.LeastAccount,
		}),
		Book: &BookStatus{o.Seq, o.Reserve, o.Units, o.Free, []unit.Price{}, orEmpty(o.Winning)},
	}
	s.Terms.Methods = append(s.Terms.Methods, o.Methods...)
	s.Foreign = b.currency != nil && !b.currency.same(&s.Paid)
	return s
}

func (b *Bidder) sellerStatus(now unit.Instant, v *seller) SellerStatus {
	s := SellerStatus{
		ID: hex.EncodeToString(v.id[:]), Name: v.name, Address: v.addr, Connected: v.session != nil,
		Currency: v.market.Currency, Paid: currencyOf(&v.market), Foreign: v.foreign, Bid: v.want.prices, Proven: v.proven,
	}
	if s.Bid == nil {
		s.Bid = []unit.Price{}
	}
	if v.terms != nil {
		s.Terms = termsStatus(&v.terms.Body)
	}
	if c := v.curve; c != nil {
		s.Book = &BookStatus{c.Seq, c.Reserve, c.Units, c.Free, orEmpty(c.Losing), orEmpty(c.Winning)}
	}
	if v.known && !v.unknown || !v.needs.IsZero() {
		s.Account = &AccountStatus{Balance: v.balance, Credited: v.credited, Needs: v.needs}
		if v.said != nil && v.said.Number == v.through {
			s.Account.Owed, s.Account.Held = v.said.Owed, v.said.Held
		}
	}
	if v.stood && v.alloc != nil {
		s.Units, s.Rate = v.alloc.Body.Units, v.alloc.Body.Rate
	}
	if seen, ok := b.buyer.View(v.id); ok {
		s.Quality, s.Tried = seen.Quality, seen.Known
	}
	if v.refusal != nil {
		s.Refused = v.refusal.Reason.String()
	}
	if v.left != nil && now < v.shunned {
		s.Left = v.left.Error()
		if v.shunned < never {
			s.LeftUntil = time.Unix(0, int64(v.shunned)).UTC()
		}
	}
	return s
}

func orEmpty(prices []unit.Price) []unit.Price {
	if prices == nil {
		return []unit.Price{}
	}
	return prices
}

func termsStatus(t *marketwire.Terms) *TermsStatus {
	s := &TermsStatus{
		UnitRate: t.UnitRate, UnitBuffer: t.UnitBuffer, MaxUnits: t.MaxUnits, BidFee: t.BidFee,
		Cover: t.CoverMs, Refill: t.RefillMs, Prepaid: t.PrepaidMs, Least: t.LeastAccount, Methods: []string{},
	}
	for i := range t.Methods {
		s.Methods = append(s.Methods, t.Methods[i].Name)
	}
	return s
}

// Spending returns what was paid.
func (b *Bidder) Spending() (s SpendingStatus, err error) {
	err = b.do(func(now unit.Instant) {
		b.today(now)
		s = SpendingStatus{
			Day: time.Unix(0, int64(b.dayAt)).UTC(), Today: b.spent, Budget: b.demand.DailyBudget,
			Currency: b.currency, Servers: []Paid{},
		}
		for id, r := range b.records {
			if b.find(id) == nil {
				s.Servers = append(s.Servers, Paid{
					ID: hex.EncodeToString(id[:]), Units: r.Paid, Fees: r.Fees, Served: served(r.Paid, r.Fees, r.Undue), Charges: r.Charges,
					Proofs: append([]string{}, r.Proofs...),
				})
			}
		}
		for _, v := range b.sellers {
			s.Servers = append(s.Servers, b.paid(v))
		}
		sortPaid(s.Servers)
	})
	return s, err
}

func (b *Bidder) paid(v *seller) Paid {
	p := Paid{
		ID: hex.EncodeToString(v.id[:]), Today: v.today, Units: v.paid, Fees: v.paidFees, Served: served(v.paid, v.paidFees, v.undue),
		Charges: v.counted, Proofs: append([]string{}, v.proofs...),
	}
	if seen, ok := b.buyer.View(v.id); ok {
		p.Unchecked = seen.Unchecked + len(v.charges)
	}
	return p
}

// served is what was served for, of what was taken for units and bids.
func served(units, fees, undue unit.Amount) unit.Amount { return units.Plus(fees).Minus(undue) }

func sortPaid(list []Paid) {
	slices.SortFunc(list, func(a, b Paid) int { return strings.Compare(a.ID, b.ID) })
}
