package auction_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"

	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/unit"
)

// Verbs of a scenario. Prices are in base units a second, clients are numbers.
//
//	auction prices=2 units=2 [reserve=1]
//	do             inputs, one a line, as in a log, but with instants as in 1.5s
//	show           what each client has
//
// Inputs print what they make come true: whose units change, what is debited or refused,
// and the curve if it is another.
func TestScenarios(t *testing.T) {
	datadriven.Walk(t, "testdata/auction", func(t *testing.T, path string) {
		s := &scene{}
		datadriven.RunTest(t, path, s.do)
	})
}

type scene struct {
	a   *auction.Auction
	out strings.Builder
}

func (s *scene) do(t *testing.T, d *datadriven.TestData) string {
	s.out.Reset()
	switch d.Cmd {
	case "auction":
		var prices int
		var units, reserve uint64
		d.ScanArgs(t, "prices", &prices)
		d.ScanArgs(t, "units", &units)
		d.MaybeScanArgs(t, "reserve", &reserve)
		var err error
		s.a, err = auction.New(0, auction.Config{
			Prices: prices, Units: units, Reserve: perSecond(reserve), FirstSeq: 1, Curves: true,
		})
		if err != nil {
			return err.Error() + "\n"
		}
	case "do":
		for line := range strings.Lines(d.Input) {
			s.input(t, line)
		}
	case "show":
		for id := range auction.Client(10) {
			if v, err := s.a.View(id); err == nil {
				fmt.Fprintf(&s.out, "%d: %d of %s for %s, owes %s+%.3f of %s\n", id, v.Units, list(v.Prices), list([]unit.Price{v.Rate}),
					v.Owed, float64(v.Rest)/auction.Divisor, v.Limit)
			}
		}
		if at, ok := s.a.Next(); ok {
			fmt.Fprintf(&s.out, "next at %v\n", time.Duration(at))
		}
	default:
		t.Fatalf("%s: no verb %q", d.Pos, d.Cmd)
	}
	s.news()
	if s.out.Len() == 0 {
		return "ok\n"
	}
	return s.out.String()
}

// input makes one, with its prices and its instant as they are in a log.
func (s *scene) input(t *testing.T, line string) {
	words := strings.Fields(line)
	if len(words) < 2 {
		t.Fatalf("%q is no input", line)
	}
	at, err := time.ParseDuration(words[0])
	if err != nil {
		t.Fatal(err)
	}
	words[0] = strconv.FormatInt(int64(at), 10)
	from := map[string]int{"bid": 3, "reserve": 2}[words[1]]
	for i := from; from > 0 && i < len(words); i++ {
		n, err := strconv.ParseUint(words[i], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		words[i] = perSecond(n).String()
	}
	var in auction.Input
	if err := in.UnmarshalText([]byte(strings.Join(words, " "))); err != nil {
		t.Fatal(err)
	}
	debit, err := s.a.Do(in)
	s.news()
	switch {
	case err != nil:
		fmt.Fprintf(&s.out, "%v: %v\n", at, err)
	case in.Verb == auction.Debit || in.Verb == auction.Close:
		fmt.Fprintf(&s.out, "%v: %d is debited %s\n", at, in.Client, debit)
	}
}

// news prints whose units have changed, and the curves.
func (s *scene) news() {
	for _, e := range s.a.Effects() {
		fmt.Fprintf(&s.out, "%v: %d has %d, had %d: %s (curve %d)\n", time.Duration(e.At), e.Client, e.Units, e.Was, e.Reason, e.Seq)
	}
	for _, d := range s.a.Curves() {
		c := d.Curve
		fmt.Fprintf(&s.out, "%v: curve %d: %d of %d free, reserve %s, losing %s, winning %s\n", time.Duration(d.At), c.Seq, c.Free, c.Units,
			list([]unit.Price{c.Reserve}), list(c.Losing), list(c.Winning))
	}
}

// list writes prices in base units a second.
func list(prices []unit.Price) string {
	var words []string
	for _, p := range prices {
		_, lo := p.Words()
		words = append(words, strconv.FormatUint(lo/(auction.Divisor/1_000_000_000), 10))
	}
	if len(words) == 0 {
		return "-"
	}
	return strings.Join(words, " ")
}
