package servertest

import (
	"crypto/ecdsa"
	"maps"
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/marketwire"
)

// Shopper is a client that speaks market/1, checks every signature, and keeps what it was told.
type Shopper struct {
	T    testing.TB
	Name string
	Key  *ecdsa.PrivateKey

	Market marketwire.Market // of the server that it is connected to
	Epoch  uint64
	Nonce  uint64 // of the last order

	Allocation marketwire.Allocation // the newest
	Last       *marketwire.Balance   // as told in Demoted, BalanceLow or unasked
	// How often it was told so; Credited is accounts that came unasked.
	Demoted, Low, Credited int

	conn   wire.Conn
	nextID uint64
	bids   map[marketwire.Hash][]unit.Price // that were accepted, by their digests
}

// Address is that of its account.
func (b *Shopper) Address() wire.Address { return wire.AddressOf(&b.Key.PublicKey) }

// Peer is how a server sees it.
func (b *Shopper) Peer() wire.Peer {
	return wire.Peer{ID: wire.NodeOf(&b.Key.PublicKey), Key: &b.Key.PublicKey, Version: wire.LES5, Market: true}
}

// Come greets a server on a new connection: Hello comes before Status, which is the caller's.
func (b *Shopper) Come(conn wire.Conn, status *wire.Status) {
	b.T.Helper()
	b.conn = conn
	b.Tell(&marketwire.Hello{Version: 1})
	if err := b.conn.WriteMsg(wire.CodeStatus, status.Append(nil)); err != nil {
		b.T.Fatal(err)
	}
	greeting, ok := b.Read().(*marketwire.Hello)
	if !ok || greeting.Market == nil {
		b.T.Fatalf("%s is greeted with %+v", b.Name, greeting)
	}
	b.Market, b.Epoch = *greeting.Market, greeting.Epoch
}

// Tell sends a message.
func (b *Shopper) Tell(m marketwire.Message) {
	b.T.Helper()
	if err := b.conn.WriteMsg(wire.FirstMarket+m.Code(), marketwire.Append(nil, m)); err != nil {
		b.T.Fatal(err)
	}
}

// Read returns the next message of market/1.
func (b *Shopper) Read() marketwire.Message {
	b.T.Helper()
	for {
		code, payload, err := b.conn.ReadMsg()
		if err != nil {
			b.T.Fatalf("%s: the session has ended: %v", b.Name, err)
		}
		if code < wire.FirstMarket {
			continue // heads, flow control
		}
		m, err := marketwire.Decode(code-wire.FirstMarket, payload)
		if err != nil {
			b.T.Fatal(err)
		}
		return m
	}
}

// Ask sends a request and returns its answer; what comes before that is taken note of.
func (b *Shopper) Ask(req marketwire.Request) marketwire.Message {
	b.T.Helper()
	b.nextID++
	req.SetID(b.nextID)
	b.Tell(req)
	for {
		m := b.Read()
		if busy, ok := m.(*marketwire.Refused); ok && busy.Reason == marketwire.Busy {
			time.Sleep(time.Duration(busy.RetryAfterMs) * time.Millisecond)
			return b.Ask(req)
		}
		if answer, ok := m.(interface{ ID() uint64 }); ok && answer.ID() == b.nextID {
			return m
		}
		b.note(m)
	}
}

func (b *Shopper) note(m marketwire.Message) {
	b.T.Helper()
	switch m := m.(type) {
	case *marketwire.Notice:
		b.allocated(m.Allocation)
	case *marketwire.Demoted:
		b.allocated(m.Allocation)
		b.Demoted++
		b.Last = b.checked(m.Balance)
	case *marketwire.BalanceLow:
		b.Low++
		b.Last = b.checked(m.Balance)
	case *marketwire.Account:
		b.Credited++
		b.Last = b.checked(m.Balance)
	case *marketwire.Conditions:
		verify(b, m.Terms)
	default:
		b.T.Errorf("%s is told %T", b.Name, m)
	}
}

func verify[B marketwire.Body](b *Shopper, s marketwire.Signed[B]) B {
	b.T.Helper()
	if err := s.Verify(&b.Market, b.Address()); err != nil {
		b.T.Errorf("%s: %T: %v", b.Name, s.Body, err)
	}
	return s.Body
}

func (b *Shopper) checked(s marketwire.Signed[marketwire.Balance]) *marketwire.Balance {
	b.T.Helper()
	body := verify(b, s)
	return &body
}

func (b *Shopper) allocated(s marketwire.Signed[marketwire.Allocation]) {
	b.T.Helper()
	a := verify(b, s)
	if a.Number != b.Allocation.Number+1 && a != b.Allocation {
		b.T.Errorf("%s: allocation %d after %d", b.Name, a.Number, b.Allocation.Number)
	}
	b.Allocation = a
}

// Curve asks for the curve that holds.
func (b *Shopper) Curve() marketwire.Curve {
	b.T.Helper()
	return b.SignedCurve().Body
}

// SignedCurve is Curve with its signature.
func (b *Shopper) SignedCurve() marketwire.SignedCurve {
	b.T.Helper()
	m := b.Ask(&marketwire.GetCurves{Max: 1})
	curves, ok := m.(*marketwire.Curves)
	if !ok || len(curves.Curves) != 1 {
		b.T.Fatalf("%+v", m)
	}
	if err := marketwire.VerifyCurve(&b.Market, &curves.Curves[0]); err != nil {
		b.T.Error(err)
	}
	return curves.Curves[0]
}

// Order makes the next bid, of these prices an hour in base units.
func (b *Shopper) Order(prices ...uint64) marketwire.Order {
	b.Nonce++
	order := marketwire.Order{
		Market: b.Market.ID(), Client: b.Address(), Epoch: b.Epoch, Nonce: b.Nonce, Seq: 1,
		ExpiresNs: uint64(time.Now().Add(time.Minute).UnixNano()), Most: unit.PriceOfWords(1<<64-1, 1<<64-1),
	}
	for _, p := range prices {
		order.Prices = append(order.Prices, unit.PricePerHour(p))
	}
	return order
}

// Send sends a bid and returns what is answered.
func (b *Shopper) Send(order marketwire.Order) marketwire.Message {
	b.T.Helper()
	s, err := marketwire.Sign(order, b.Key)
	if err != nil {
		b.T.Fatal(err)
	}
	m := b.Ask(&marketwire.Bid{Order: s})
	if accepted, ok := m.(*marketwire.BidAccepted); ok {
		b.allocated(accepted.Allocation)
		if b.bids == nil {
			b.bids = make(map[marketwire.Hash][]unit.Price)
		}
		b.bids[marketwire.Digest(order)] = order.Prices
		if len(order.Prices) > 0 && b.Allocation.Order != marketwire.Digest(order) {
			b.T.Errorf("%s: the allocation is of another order", b.Name)
		}
	}
	return m
}

// Bid must be accepted.
func (b *Shopper) Bid(prices ...uint64) {
	b.T.Helper()
	if m := b.Send(b.Order(prices...)); m.Code() != marketwire.CodeBidAccepted {
		b.T.Fatalf("%s bids %v: %v", b.Name, prices, m)
	}
}

// Refused asks for something that must be refused for this reason.
func (b *Shopper) Refused(req marketwire.Request, want marketwire.Reason) *marketwire.Refused {
	b.T.Helper()
	m := b.Ask(req)
	r, ok := m.(*marketwire.Refused)
	if !ok || r.Reason != want {
		b.T.Fatalf("%s: %T is answered with %+v, not refused: %v", b.Name, req, m, want)
	}
	return r
}

// BidRefused sends a bid that must be refused for this reason.
func (b *Shopper) BidRefused(order marketwire.Order, want marketwire.Reason) *marketwire.Refused {
	b.T.Helper()
	s, err := marketwire.Sign(order, b.Key)
	if err != nil {
		b.T.Fatal(err)
	}
	return b.Refused(&marketwire.Bid{Order: s}, want)
}

// Account asks for the account.
func (b *Shopper) Account() marketwire.Balance {
	b.T.Helper()
	m := b.Ask(new(marketwire.GetAccount))
	a, ok := m.(*marketwire.Account)
	if !ok {
		b.T.Fatalf("%s: account: %v", b.Name, m)
	}
	return *b.checked(a.Balance)
}

// Statement asks for the account's entries.
func (b *Shopper) Statement() []marketwire.Entry {
	b.T.Helper()
	m := b.Ask(&marketwire.GetStatement{First: 1, Max: marketwire.MaxEntries})
	s, ok := m.(*marketwire.Statement)
	if !ok {
		b.T.Fatalf("%s: statement: %v", b.Name, m)
	}
	page := verify(b, s.Page)
	if err := page.Check(); err != nil {
		b.T.Error(err)
	}
	return page.Entries
}

// CatchUp takes note of all that was told meanwhile.
func (b *Shopper) CatchUp() {
	b.T.Helper()
	b.Ask(&marketwire.GetConditions{})
}

// Book is who has bid what, by name: what a naive seller would go by.
type Book map[string][]uint64

// VCG computes from scratch who wins and what each pays: what the others' bids would be worth to them without
// it, less what they are worth with it. The reserve is the seller's own bid for every unit.
func (b Book) VCG(units int, reserve uint64) (won map[string]uint64, pays map[string]uint64) {
	won, pays = map[string]uint64{}, map[string]uint64{}
	maps.Copy(won, b.winners(units, reserve, ""))
	for name, n := range won {
		with := b.value(units-int(n), reserve, name) // what is left for the others
		pays[name] = b.value(units, reserve, name) - with
	}
	return won, pays
}

type offer struct {
	price uint64
	name  string
}

func (b Book) sorted(reserve uint64, without string) (all []offer) {
	for name, prices := range b {
		for _, p := range prices {
			if name != without && p >= reserve {
				all = append(all, offer{p, name})
			}
		}
	}
	slices.SortFunc(all, func(x, y offer) int { return int(y.price) - int(x.price) })
	return all
}

func (b Book) winners(units int, reserve uint64, without string) map[string]uint64 {
	won := map[string]uint64{}
	for _, o := range b.sorted(reserve, without)[:min(units, len(b.sorted(reserve, without)))] {
		won[o.name]++
	}
	return won
}

func (b Book) value(units int, reserve uint64, without string) (sum uint64) {
	all := b.sorted(reserve, without)
	for i := range units {
		if i < len(all) {
			sum += all[i].price
		} else {
			sum += reserve
		}
	}
	return sum
}

// CheckCharges asks for the reasons of each charge, recomputes it from the curves, and adds up the account.
func (b *Shopper) CheckCharges() {
	b.T.Helper()
	entries := b.Statement()
	charges, paid := 0, new(big.Int)
	for _, e := range entries {
		if e.Kind != marketwire.Charge {
			continue
		}
		charges++
		m := b.Ask(&marketwire.GetCharge{Number: e.Number})
		charged, ok := m.(*marketwire.Charged)
		if !ok {
			if charges < len(entries)-64 {
				continue // too long ago
			}
			b.T.Fatalf("%s: entry %d: %v", b.Name, e.Number, m)
		}
		r := verify(b, charged.Receipt)
		if r.Amount != e.Amount || r.Number != e.Number || r.Epoch != b.Epoch {
			b.T.Errorf("%s: entry %d of %s is explained as %d of %s", b.Name, e.Number, e.Amount, r.Number, r.Amount)
		}
		// before + Σ rate·span = amount·3.6e18 + after
		left := new(big.Int).SetUint64(r.Before)
		for _, l := range r.Lines {
			rate := l.Rate.Bytes()
			left.Add(left, new(big.Int).Mul(new(big.Int).SetBytes(rate[:]), new(big.Int).SetUint64(l.SpanNs)))
			b.checkLine(&r, l)
		}
		amount := r.Amount.Bytes()
		left.Sub(left, new(big.Int).Mul(new(big.Int).SetBytes(amount[:]), new(big.Int).SetUint64(auction.Divisor)))
		if left.Cmp(new(big.Int).SetUint64(r.After)) != 0 {
			b.T.Errorf("%s: entry %d leaves %s, not %d", b.Name, e.Number, left, r.After)
		}
		paid.Add(paid, new(big.Int).SetBytes(amount[:]))
	}
	if charges == 0 {
		b.T.Errorf("%s was never charged", b.Name)
	}
	b.T.Logf("%s: %d entries, %d charges, %s paid", b.Name, len(entries), charges, paid)
}

// checkLine looks whether a line is what its curve comes to. Prices of different clients have to differ for that.
func (b *Shopper) checkLine(r *marketwire.Receipt, l marketwire.Line) {
	b.T.Helper()
	m := b.Ask(&marketwire.GetCurves{First: l.Seq, Max: 1})
	curves, ok := m.(*marketwire.Curves)
	if !ok || len(curves.Curves) != 1 {
		b.T.Fatalf("curve %d: %+v", l.Seq, m)
	}
	sum := new(big.Int) // of the best losing prices that are not the client's own
	c := curves.Curves[0].Body
	k := int(l.Units)
	for _, p := range c.Losing {
		own := false
		for _, mine := range b.bids[r.Order] {
			own = own || mine == p
		}
		if k > 0 && !own {
			raw := p.Bytes()
			sum.Add(sum, new(big.Int).SetBytes(raw[:]))
			k--
		}
	}
	raw := c.Reserve.Bytes()
	sum.Add(sum, new(big.Int).Mul(big.NewInt(int64(k)), new(big.Int).SetBytes(raw[:])))
	rate := l.Rate.Bytes()
	if sum.Cmp(new(big.Int).SetBytes(rate[:])) != 0 {
		b.T.Errorf("%s: by curve %d %d units cost %s, charged %s", b.Name, l.Seq, l.Units, sum, l.Rate)
	}
}
