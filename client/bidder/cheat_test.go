package bidder_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/client/bidder/biddertest"
	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/marketwire"
)

// resign signs a statement again that was changed.
func resign[B marketwire.Body](s *biddertest.Seller, statement *marketwire.Signed[B]) {
	signed, err := marketwire.Sign(statement.Body, s.Key)
	if err != nil {
		panic(err)
	}
	*statement = signed
}

// mangled changes messages of one type.
func mangled[M marketwire.Message](change func(m M)) func(marketwire.Message) marketwire.Message {
	return func(m marketwire.Message) marketwire.Message {
		if m, ok := m.(M); ok {
			change(m)
		}
		return m
	}
}

// cheat is a way to cheat, and what comes of it.
type cheat struct {
	name   string
	cheats func(s *biddertest.Seller) biddertest.Cheats
	late   bool  // begun when units have been won
	ends   error // what the connection ends with
	proven bool  // a proof is written: one of fraud, or
	holds  func(tb testing.TB, s *biddertest.Seller, e *bidder.Evidence)
}

func cheats() []cheat {
	return []cheat{
		{
			name: "two curves under one number", late: true, ends: bidder.ErrLie, proven: true,
			cheats: func(*biddertest.Seller) biddertest.Cheats { return biddertest.Cheats{TwoCurves: true} },
		},
		{
			name: "charges more than its lines", late: true, ends: bidder.ErrLie, proven: true, holds: offSum,
			cheats: func(*biddertest.Seller) biddertest.Cheats { return biddertest.Cheats{Overcharge: 3} },
		},
		{
			name: "charges off its curve", late: true, ends: bidder.ErrLie, proven: true, holds: offCurve,
			cheats: func(*biddertest.Seller) biddertest.Cheats { return biddertest.Cheats{Overcharge: 3, LinesToo: true} },
		},
		{
			name: "charges off its curve, for a time that is long over", late: true, ends: bidder.ErrLie, proven: true, holds: twice,
			cheats: func(*biddertest.Seller) biddertest.Cheats {
				return biddertest.Cheats{Overcharge: 30, LinesToo: true, Backdate: 601 * time.Second}
			},
		},
		{
			name: "charges off its curve, for a time before all bids", // no proof: nobody else knows when the first bid was made
			cheats: func(*biddertest.Seller) biddertest.Cheats {
				return biddertest.Cheats{Overcharge: 30, LinesToo: true, Timeless: true}
			},
		},
		{
			name: "allocates fewer units than were won", ends: bidder.ErrLie, proven: true, holds: fewerUnits,
			cheats: func(*biddertest.Seller) biddertest.Cheats { return biddertest.Cheats{Cut: 1} },
		},
		{
			name: "another one's key", ends: bidder.ErrLie,
			cheats: func(*biddertest.Seller) biddertest.Cheats { return biddertest.Cheats{WrongKey: true} },
		},
		{
			name: "another one's node", ends: bidder.ErrLie,
			cheats: func(*biddertest.Seller) biddertest.Cheats { return biddertest.Cheats{WrongNode: true} },
		},
		{
			name: "a signature that is wrong", late: true, ends: bidder.ErrLie,
			cheats: func(*biddertest.Seller) biddertest.Cheats {
				return biddertest.Cheats{Mangle: mangled(func(m *marketwire.Account) { m.Balance.Signature[7]++ })}
			},
		},
		{
			name: "an account of somebody else", late: true, ends: bidder.ErrLie,
			cheats: func(s *biddertest.Seller) biddertest.Cheats {
				return biddertest.Cheats{Mangle: mangled(func(m *marketwire.Account) {
					m.Balance.Body.Client[0]++
					resign(s, &m.Balance)
				})}
			},
		},
		{
			name: "a statement of another book", ends: bidder.ErrLie,
			cheats: func(s *biddertest.Seller) biddertest.Cheats {
				return biddertest.Cheats{Mangle: mangled(func(m *marketwire.Conditions) {
					m.Terms.Body.Epoch++
					m.Terms.Body.AtNs++
					resign(s, &m.Terms)
				})}
			},
		},
		{
			name: "a curve that makes no sense", late: true, ends: bidder.ErrLie, proven: true, holds: signed,
			cheats: func(s *biddertest.Seller) biddertest.Cheats {
				return biddertest.Cheats{Mangle: mangled(func(m *marketwire.Curves) {
					for i := range m.Curves {
						m.Curves[i].Body.Free = m.Curves[i].Body.Units + 1
						resign(s, &m.Curves[i])
					}
				})}
			},
		},
		{
			name: "an account that contradicts its entries", late: true, ends: bidder.ErrLie, proven: true, holds: signed,
			cheats: func(s *biddertest.Seller) biddertest.Cheats {
				return biddertest.Cheats{Mangle: mangled(func(m *marketwire.Account) {
					less, _ := m.Balance.Body.Balance.Sub(unit.NewAmount(1))
					m.Balance.Body.Balance = less
					resign(s, &m.Balance)
				})}
			},
		},
		{
			name: "entries that do not add up", late: true, ends: bidder.ErrLie, proven: true, holds: signed,
			cheats: func(s *biddertest.Seller) biddertest.Cheats {
				return biddertest.Cheats{Mangle: mangled(func(m *marketwire.Statement) {
					for i := range m.Page.Body.Entries {
						e := &m.Page.Body.Entries[i]
						e.Balance, _ = e.Balance.Sub(unit.NewAmount(1))
					}
					resign(s, &m.Page)
				})}
			},
		},
		{
			name: "a charge that is not the one in the account", late: true, ends: bidder.ErrLie, proven: true, holds: signed,
			cheats: func(s *biddertest.Seller) biddertest.Cheats {
				return biddertest.Cheats{Mangle: mangled(func(m *marketwire.Charged) {
					m.Receipt.Body.Amount, _ = m.Receipt.Body.Amount.Sub(unit.NewAmount(1))
					resign(s, &m.Receipt)
				})}
			},
		},
		{
			name: "two allocations with one number", late: true, ends: bidder.ErrLie, proven: true, holds: signed,
			cheats: func(s *biddertest.Seller) biddertest.Cheats {
				return biddertest.Cheats{Mangle: func(m marketwire.Message) marketwire.Message {
					if _, ok := m.(*marketwire.Account); !ok {
						return m
					}
					s := s
					market := s.Market()
					notice := &marketwire.Notice{Allocation: marketwire.Signed[marketwire.Allocation]{Body: marketwire.Allocation{
						Market: market.ID(), Client: m.(*marketwire.Account).Balance.Body.Client,
						Epoch: m.(*marketwire.Account).Balance.Body.Epoch, Number: 1, Units: 5, Cause: marketwire.Won,
					}}}
					resign(s, &notice.Allocation)
					return notice
				}}
			},
		},
		{
			name: "two conditions with one number", late: true, ends: bidder.ErrLie, proven: true, holds: signed,
			cheats: func(s *biddertest.Seller) biddertest.Cheats {
				return biddertest.Cheats{Mangle: func(m marketwire.Message) marketwire.Message {
					account, ok := m.(*marketwire.Account)
					if !ok {
						return m
					}
					market := s.Market()
					terms := &marketwire.Conditions{Terms: marketwire.Signed[marketwire.Terms]{Body: marketwire.Terms{
						Market: market.ID(), Epoch: account.Balance.Body.Epoch, Seq: 1, AtNs: account.Balance.Body.Epoch, UnitRate: 1,
						UnitBuffer: 1, MaxUnits: 1, CoverMs: 1, RefillMs: 2, PrepaidMs: 3,
					}}}
					resign(s, &terms.Terms)
					return terms
				}}
			},
		},
		{
			name: "an answer to nothing", late: true, ends: bidder.ErrBroken,
			cheats: func(*biddertest.Seller) biddertest.Cheats {
				return biddertest.Cheats{Mangle: mangled(func(m *marketwire.Account) { m.ReqID += 1000 })}
			},
		},
		{
			name: "another answer than was asked for", late: true, ends: bidder.ErrBroken,
			cheats: func(*biddertest.Seller) biddertest.Cheats {
				return biddertest.Cheats{Mangle: func(m marketwire.Message) marketwire.Message {
					if m, ok := m.(*marketwire.Account); ok {
						return &marketwire.Curves{Tag: m.Tag}
					}
					return m
				}}
			},
		},
		{
			name: "curves that nobody asked for", late: true, ends: bidder.ErrBroken,
			cheats: func(*biddertest.Seller) biddertest.Cheats {
				return biddertest.Cheats{Mangle: func(m marketwire.Message) marketwire.Message {
					if _, ok := m.(*marketwire.Account); ok {
						return &marketwire.Curves{}
					}
					return m
				}}
			},
		},
		{
			name: "a second Hello", late: true, ends: bidder.ErrBroken,
			cheats: func(s *biddertest.Seller) biddertest.Cheats {
				return biddertest.Cheats{Mangle: func(m marketwire.Message) marketwire.Message {
					if _, ok := m.(*marketwire.Account); ok {
						return &marketwire.Hello{Version: 1}
					}
					return m
				}}
			},
		},
		{
			name: "what only clients send", late: true, ends: bidder.ErrBroken,
			cheats: func(*biddertest.Seller) biddertest.Cheats {
				return biddertest.Cheats{Mangle: func(m marketwire.Message) marketwire.Message {
					if _, ok := m.(*marketwire.Account); ok {
						return &marketwire.Close{}
					}
					return m
				}}
			},
		},
		{
			name: "an allocation that was left out", late: true, ends: bidder.ErrBroken,
			cheats: func(s *biddertest.Seller) biddertest.Cheats {
				return biddertest.Cheats{Mangle: func(m marketwire.Message) marketwire.Message {
					if m, ok := m.(*marketwire.Account); ok {
						market := s.Market()
						notice := &marketwire.Notice{Allocation: marketwire.Signed[marketwire.Allocation]{Body: marketwire.Allocation{
							Market: market.ID(), Client: m.Balance.Body.Client, Epoch: m.Balance.Body.Epoch, Number: 77, Cause: marketwire.Won,
						}}}
						resign(s, &notice.Allocation)
						return notice
					}
					return m
				}}
			},
		},
	}
}

// Every way to cheat is seen, ends business with who does it, and is proven where that can be; what is
// wanted is bought elsewhere.
func TestCheats(t *testing.T) {
	for _, tt := range cheats() {
		t.Run(tt.name, func(t *testing.T) {
			inWorld(t, wallet, func(w *world) {
				w.start()
				defer w.close()
				a, b, c := w.seller(1), w.seller(2), w.seller(3)
				if !tt.late {
					a.Cheat(tt.cheats(a))
				}
				l := w.connect(a)
				w.connect(b)
				time.Sleep(100 * time.Second)
				if tt.late {
					if w.units(a) != 1 {
						w.t.Fatalf("%d units before it cheats", w.units(a))
					}
					a.Cheat(tt.cheats(a))
				}
				w.connect(c)
				time.Sleep(4 * time.Minute)
				if !errors.Is(l.why(), tt.ends) {
					w.t.Errorf("ended with %v", l.why())
				}
				if lie := tt.ends == bidder.ErrLie; lie != (w.client.lies() == 1) { //nolint:errorlint // which of the two
					w.t.Errorf("%d lies", w.client.lies())
				}
				if w.units(b) != 1 || w.units(c) != 1 || w.units(a) != 0 {
					w.t.Errorf("units %d, %d and %d", w.units(a), w.units(b), w.units(c))
				}
				w.proven(a, tt)
			})
		})
	}
}

// proven checks what is kept and shown of a cheat.
func (w *world) proven(a *biddertest.Seller, tt cheat) {
	id := a.ID()
	list := w.market()
	i := slices.IndexFunc(list, func(s bidder.SellerStatus) bool { return s.Proven })
	if (i >= 0) != tt.proven || tt.proven && (list[i].Left == "" || !list[i].LeftUntil.IsZero()) {
		w.t.Errorf("proven: %d of %+v", i, list)
	}
	if tt.proven && !w.keep.saved.Sellers[id].Proven {
		w.t.Errorf("kept of it: %+v", w.keep.saved.Sellers[id])
	}
	proofs := w.proofs()
	if !tt.proven {
		if len(proofs) > 0 {
			w.t.Errorf("%d proofs of what is none", len(proofs))
		}
		return
	}
	if len(proofs) != 1 {
		w.t.Fatalf("%d proofs", len(proofs))
	}
	if tt.holds == nil {
		fraud, err := marketwire.DecodeFraudProof(proofs[0])
		if err != nil {
			w.t.Fatal(err)
		}
		if kind, err := fraud.Verify(); err != nil || kind != marketwire.TwoCurves || fraud.Market.Node != id {
			w.t.Errorf("%v, %v", kind, err)
		}
		return
	}
	e, err := bidder.DecodeEvidence(proofs[0])
	if err != nil {
		w.t.Fatal(err)
	}
	if e.Reason == "" || e.Messages[0].Code != marketwire.CodeHello {
		w.t.Errorf("evidence %+v", e)
	}
	tt.holds(w.t, a, e)
}

// all decodes the messages of one type in evidence, whose signatures have to be right.
func all[M marketwire.Message](tb testing.TB, e *bidder.Evidence) (list []M) {
	tb.Helper()
	for _, m := range e.Messages {
		decoded, err := marketwire.Decode(m.Code, m.Payload)
		if err != nil {
			tb.Fatal(err)
		}
		if m, ok := decoded.(M); ok {
			list = append(list, m)
		}
	}
	return list
}

// signed: there is something in it besides the market, and it decodes.
func signed(tb testing.TB, _ *biddertest.Seller, e *bidder.Evidence) {
	if n := len(all[marketwire.Message](tb, e)); n < 2 {
		tb.Errorf("%d messages", n)
	}
}

func offSum(tb testing.TB, s *biddertest.Seller, e *bidder.Evidence) {
	list := all[*marketwire.Charged](tb, e)
	if len(list) != 1 {
		tb.Fatalf("%d charges", len(list))
	}
	verified(tb, s, list[0].Receipt.Verify, list[0].Receipt.Body.Client)
	if !(auction.OffSum{Charge: chargeOf(&list[0].Receipt.Body, nil)}).Holds() {
		tb.Error("its lines come to what was charged")
	}
}

// twice: two pages, and a charge of the second one begins before one of the first has ended.
func twice(tb testing.TB, s *biddertest.Seller, e *bidder.Evidence) {
	pages := all[*marketwire.Statement](tb, e)
	if len(pages) != 2 {
		tb.Fatalf("%d pages", len(pages))
	}
	var until, again uint64
	for i, m := range pages {
		verified(tb, s, m.Page.Verify, m.Page.Body.Client)
		for _, entry := range m.Page.Body.Entries {
			switch {
			case entry.Kind != marketwire.Charge:
			case i == 0:
				until = entry.AtNs
			case again == 0:
				again = entry.SinceNs
			}
		}
	}
	if until == 0 || again == 0 || again >= until {
		tb.Errorf("one until %d, another one from %d on", until, again)
	}
}

// offCurve: with curve and bid, a line of the charge is off.
func offCurve(tb testing.TB, s *biddertest.Seller, e *bidder.Evidence) {
	charges, curves, bids := all[*marketwire.Charged](tb, e), all[*marketwire.Curves](tb, e), all[*marketwire.Bid](tb, e)
	if len(charges) != 1 || len(curves) == 0 || len(bids) == 0 {
		tb.Fatalf("%d charges, %d curves, %d bids", len(charges), len(curves), len(bids))
	}
	verified(tb, s, charges[0].Receipt.Verify, charges[0].Receipt.Body.Client)
	records := new(auction.Records)
	for _, m := range curves {
		c := &m.Curves[0]
		verified(tb, s, c.Verify, marketwire.Address{})
		records.Saw(auction.Dated{At: unit.Instant(c.Body.AtNs), Curve: auction.Curve{
			Seq: c.Body.Seq, Reserve: c.Body.Reserve, Units: c.Body.Units, Free: c.Body.Free, Losing: c.Body.Losing, Winning: c.Body.Winning,
		}})
	}
	proof, err := records.Check(chargeOf(&charges[0].Receipt.Body, bids[0].Order.Body.Prices))
	if proof == nil || !proof.Holds() {
		tb.Errorf("nothing is proven: %v, %v", proof, err)
	}
}

func fewerUnits(tb testing.TB, s *biddertest.Seller, e *bidder.Evidence) {
	notices, curves, bids := all[*marketwire.Notice](tb, e), all[*marketwire.Curves](tb, e), all[*marketwire.Bid](tb, e)
	if len(notices) != 1 || len(curves) != 1 || len(bids) != 1 {
		tb.Fatalf("%d allocations, %d curves, %d bids", len(notices), len(curves), len(bids))
	}
	a, c := &notices[0].Allocation, &curves[0].Curves[0]
	verified(tb, s, a.Verify, a.Body.Client)
	verified(tb, s, c.Verify, marketwire.Address{})
	if a.Body.Seq != c.Body.Seq || a.Body.Order != marketwire.Digest(bids[0].Order.Body) || a.Body.Units != 0 {
		tb.Errorf("%+v by %+v", a.Body, c.Body)
	}
}

func verified(tb testing.TB, s *biddertest.Seller, verify func(*marketwire.Market, marketwire.Address) error, client marketwire.Address) {
	tb.Helper()
	market := s.Market()
	if err := verify(&market, client); err != nil {
		tb.Error(err)
	}
}

func chargeOf(r *marketwire.Receipt, bid []unit.Price) auction.Charge {
	c := auction.Charge{Bid: bid, Before: r.Before, After: r.After, Amount: r.Amount}
	for _, l := range r.Lines {
		c.Lines = append(c.Lines, auction.Line{Seq: l.Seq, Units: int(l.Units), Rate: l.Rate, Span: unit.Span(l.SpanNs)})
	}
	return c
}

// A proof is of no use that is not one.
func TestDecodeEvidence(t *testing.T) {
	for _, b := range [][]byte{nil, {0xc0}, {0xc3, 1, 2, 0xc0}} {
		if _, err := bidder.DecodeEvidence(b); !errors.Is(err, bidder.ErrNoEvidence) {
			t.Errorf("%x: %v", b, err)
		}
	}
}

// A seller that was left is remembered over a restart.
func TestLeftOverRestart(t *testing.T) {
	inWorld(t, wallet, func(w *world) {
		w.start()
		a := w.seller(1)
		w.connect(a)
		time.Sleep(2 * time.Minute)
		a.Cheat(biddertest.Cheats{Overcharge: 5})
		time.Sleep(time.Minute)
		for _, l := range w.links {
			l.cut()
		}
		if err := w.b.Close(); err != nil {
			w.t.Fatal(err)
		}
		a.Cheat(biddertest.Cheats{})
		w.start()
		defer w.close()
		bids := a.Got(marketwire.CodeBid)
		w.connect(a)
		time.Sleep(5 * time.Minute)
		if got := a.Got(marketwire.CodeBid); got != bids || !w.market()[0].Proven {
			w.t.Errorf("%d bids more: %+v", got-bids, w.market())
		}
	})
}

// A flood of what may come unasked ends.
func TestFlood(t *testing.T) {
	inWorld(t, wallet, func(w *world) {
		w.start()
		defer w.close()
		a := w.seller(1)
		conn := &recorder{}
		s := w.b.Attach(wire.Peer{ID: a.ID(), Market: true}, conn)
		defer s.End()
		var first []byte
		line := a.Open(w.b.Address(), func(_ uint64, payload []byte) { first = payload })
		defer line.Close()
		if err := s.Receive(marketwire.CodeHello, first); err != nil {
			w.t.Fatal(err)
		}
		closed := marketwire.Append(nil, &marketwire.Closed{End: marketwire.Stopping})
		n := 0
		for ; n < 1000; n++ {
			if err := s.Receive(marketwire.CodeClosed, closed); err != nil {
				if !errors.Is(err, bidder.ErrBroken) {
					w.t.Errorf("ended with %v", err)
				}
				break
			}
		}
		if n < 100 || n > 300 {
			w.t.Errorf("%d were taken", n)
		}
		if err := s.Receive(marketwire.CodeClosed, closed); err != nil {
			w.t.Errorf("after the end: %v", err)
		}
	})
}

// recorder is a connection that leads nowhere.
type recorder struct{}

func (*recorder) Send(uint64, []byte) error { return nil }
func (*recorder) End(error)                 {}
