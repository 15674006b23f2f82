package buyer

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"

	"github.com/candela-les/candela/unit"
)

// Verbs of a scenario. Prices are in millionths of a base unit an hour, servers are named by words. Each verb
// prints what the buyer did until it was over.
//
//	buyer demand="wallet budget=100" [price=MILLIONTHS]     begins anew
//	demand TEXT...                                          the demand changes
//	server NAME [units=4] [reserve=0] [fee=0] [size=10000] [others=(P,P,…)] [prepaid] [answers=20] [late=0] [failed=0]
//	                                                        appears; or changes, if it is there
//	gone NAME
//	lie NAME overcharge=BASEUNITS | silent | fees=N        from now on
//	twice NAME                                              another curve under the last number
//	pass for=5m
//	show                                                    who has what
func TestScenarios(t *testing.T) {
	datadriven.Walk(t, "testdata/buyer", func(t *testing.T, path string) {
		var w *world
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			if d.Cmd == "buyer" {
				w = newWorld(t, Config{Demand: demandOf(t, d), Seed: 1})
			}
			w.out.Reset()
			switch d.Cmd {
			case "buyer":
			case "demand":
				w.b.SetDemand(w.now, demandOf(t, d))
			case "server":
				w.appear(d)
			case "gone":
				s := w.seller(d.CmdArgs[0].Key)
				s.open, s.bid = false, nil
				s.changed(false)
				w.b.Gone(w.now, s.id)
			case "lie":
				w.lie(d)
			case "twice":
				s := w.seller(d.CmdArgs[0].Key)
				c := s.curve
				c.Reserve = add(c.Reserve, unit.NewPrice(1))
				w.b.Curve(w.now, s.id, c)
			case "pass":
				var text string
				d.ScanArgs(t, "for", &text)
				span, err := time.ParseDuration(text)
				if err != nil {
					t.Fatal(err)
				}
				w.run(unit.Span(span))
			case "show":
				w.show()
			default:
				t.Fatalf("%s: no verb %q", d.Pos, d.Cmd)
			}
			w.effects()
			if w.out.Len() == 0 {
				return "ok\n"
			}
			return w.out.String()
		})
	})
}

func demandOf(t *testing.T, d *datadriven.TestData) Demand {
	var words []string
	var price string
	for _, a := range d.CmdArgs {
		switch {
		case a.Key == "price":
			price = a.Vals[0]
		case len(a.Vals) == 1:
			words = append(words, a.Key+"="+a.Vals[0])
		default:
			words = append(words, a.Key)
		}
	}
	demand, err := ParseDemand(strings.Join(words, " "))
	if err != nil {
		t.Fatalf("%s: %v", d.Pos, err)
	}
	if price != "" {
		if demand.MaxPrice, err = unit.ParsePrice(price); err != nil {
			t.Fatalf("%s: %v", d.Pos, err)
		}
	}
	return demand
}

func (w *world) appear(d *datadriven.TestData) {
	s := w.seller(d.CmdArgs[0].Key)
	for _, a := range d.CmdArgs[1:] {
		if a.Key == "prepaid" {
			s.prepaid = true
			continue
		}
		var list []uint64
		for _, v := range a.Vals {
			n, err := strconv.ParseUint(v, 10, 64)
			if err != nil {
				w.t.Fatalf("%s: %v", d.Pos, err)
			}
			list = append(list, n)
		}
		switch n := list[0]; a.Key {
		case "units":
			s.units = int(n)
		case "reserve":
			s.reserve = n
		case "fee":
			s.fee = n
		case "size":
			s.size = unit.Cost(n)
		case "others":
			s.others = list
		case "answers":
			s.answers = n
		case "late":
			s.late = n
		case "failed":
			s.failed = n
		default:
			w.t.Fatalf("%s: what is %s?", d.Pos, a.Key)
		}
	}
	if s.open {
		s.changed(false)
	} else {
		s.join()
	}
}

func (w *world) lie(d *datadriven.TestData) {
	s := w.seller(d.CmdArgs[0].Key)
	s.accrue()
	switch {
	case d.HasArg("silent"):
		s.silent = true
	case d.HasArg("fees"):
		var n uint64
		d.ScanArgs(w.t.(*testing.T), "fees", &n) //nolint:forcetypeassert // scenarios are played by tests
		s.fees = s.fees.Plus(unit.NewAmount(n))
	default:
		d.ScanArgs(w.t.(*testing.T), "overcharge", &s.overcharge) //nolint:forcetypeassert // scenarios are played by tests
	}
}

func (w *world) show() {
	for _, s := range w.sellers {
		v := w.b.find(s.id)
		fmt.Fprintf(&w.out, "%s: %d of %d units for %v, quality %d, may have %d, account %v\n",
			s.name, s.have, len(s.bid), priceOf(s.rate), v.quality.value(), v.growth.limit(), s.balance)
	}
	fmt.Fprintf(&w.out, "paid %v, factor %d\n", w.paid, w.b.factor())
}

func TestDemands(t *testing.T) {
	for _, tt := range []struct {
		text        string
		need, want  unit.Cost
		servers     int
		price, word string // price, or the word that makes no sense
	}{
		{"wallet budget=2400", 10_000, 20_000, 2, "200000000", ""}, // 2400/24/2·4 = 200 an hour
		{"wallet budget=2400 price=7", 10_000, 20_000, 2, "7000000", ""},
		{"dapp,budget=24,price=1", 40_000, 60_000, 3, "1000000", ""},
		{"indexer budget=24 price=1", 240_000, 320_000, 4, "1000000", ""},
		{"indexer budget=24 price=1 servers=1", 240_000, 240_000, 1, "1000000", ""},
		{"requests=10 budget=24 price=1", 10_000, 20_000, 2, "1000000", ""},
		{"budget=24 price=1 capacity=3 servers=3", 3, 5, 3, "1000000", ""},
		{"budget=24 price=1 wallet", 10_000, 20_000, 2, "1000000", ""},
		{"", 0, 0, 0, "", "requests"},
		{"wallet", 0, 0, 0, "", "budget"},
		{"wallets budget=3", 0, 0, 0, "", "wallets"},
		{"wallet budget=0.5", 0, 0, 0, "", "budget"},
		{"wallet budget=-1", 0, 0, 0, "", "budget"},
		{"wallet budget=1 servers=0", 0, 0, 0, "", "servers"},
		{"wallet budget=1 servers=17", 0, 0, 0, "", "servers"},
		{"wallet budget=1 servers=99999999999999999999", 0, 0, 0, "", "servers"},
		{"requests=18446744073709551615 budget=1", 0, 0, 0, "", "requests"},
		{"capacity=18446744073709551615 budget=1", 0, 0, 0, "", "requests"},
		{"wallet budget=1 colour=3", 0, 0, 0, "", "colour"},
	} {
		d, err := ParseDemand(tt.text)
		if tt.word != "" {
			var wrong *DemandError
			if !errors.As(err, &wrong) || wrong.Word != tt.word || !errors.Is(err, ErrDemand) || wrong.Why == "" {
				t.Errorf("%q: %v, want an error about %s", tt.text, err, tt.word)
			}
			continue
		}
		if err != nil || d.Need != tt.need || d.Want() != tt.want || d.Servers != tt.servers || d.Price().String() != tt.price {
			t.Errorf("%q is %+v at %s, want %d, %v", tt.text, d, d.Price(), d.Want(), err)
		}
	}
	if d, err := ParseDemand("free"); err != nil || !d.Free {
		t.Errorf("free is %+v, %v", d, err)
	}
}
