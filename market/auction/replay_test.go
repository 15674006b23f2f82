package auction

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/candela-les/candela/unit"
)

// dump writes down all that an auction knows.
func dump(a *Auction) string {
	var b strings.Builder
	fmt.Fprintln(&b, a.now, a.units, a.reserve, a.age, a.edge, a.won, a.losers, a.corrected, a.meter)
	for id, c := range a.clients {
		c.touched = 0
		fmt.Fprintf(&b, "%d %+v\n", id, c)
	}
	for k := range a.waits.heaps {
		fmt.Fprintln(&b, a.waits.heaps[k].list)
	}
	fmt.Fprintln(&b, a.book.beyond(first, a.book.size), a.Curve())
	return b.String()
}

// replayed plays the log of a pair again, through its text, and looks whether it
// comes to the same.
func replayed(t *testing.T, cfg Config, p *pair) {
	t.Helper()
	again, err := New(0, cfg)
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range p.log {
		text, err := in.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		var read Input
		if err := read.UnmarshalText(text); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if _, err := again.Do(read); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
	if got, want := dump(again), dump(p.a); got != want {
		t.Fatalf("replayed:\n%s\nwas:\n%s", got, want)
	}
}

func TestInputText(t *testing.T) {
	for _, text := range []string{
		"17 open 3 1000 0", "18 bid 3 70 70 10", "18 bid 3", "19 limit 3 2000", "20 units 5", "21 reserve 12",
		"22 debit 3", "23 close 3", "-24 tick",
	} {
		var in Input
		if err := in.UnmarshalText([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if back, err := in.MarshalText(); err != nil || string(back) != text {
			t.Errorf("%q becomes %q, %v", text, back, err)
		}
	}
	for _, text := range []string{
		"", "17", "x tick", "17 tock", "17 tick 3", "17 open 3 1000", "17 bid", "17 bid 4294967296 5", "17 bid 3 -5",
		"17 units", "17 reserve 0x5", "17 limit 3", "9223372036854775808 tick",
	} {
		var in Input
		if err := in.UnmarshalText([]byte(text)); !errors.Is(err, ErrInput) {
			t.Errorf("%q: %+v, %v", text, in, err)
		}
	}
	if _, err := (Input{}).MarshalText(); !errors.Is(err, ErrInput) {
		t.Error(err)
	}
}

func FuzzInput(f *testing.F) {
	f.Add("17 open 3 1000 0")
	f.Add("18 bid 3 70 70 10")
	f.Add("20 units 5")
	f.Fuzz(func(t *testing.T, text string) {
		var in, again Input
		if in.UnmarshalText([]byte(text)) != nil {
			return
		}
		back, err := in.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		if err := again.UnmarshalText(back); err != nil || fmt.Sprint(again) != fmt.Sprint(in) {
			t.Fatalf("%q, written %q, is %+v, not %+v: %v", text, back, again, in, err)
		}
		a, err := New(0, Config{Prices: 4, Units: 2, Reserve: unit.NewPrice(1)})
		if err != nil {
			t.Fatal(err)
		}
		if in.Verb == Open && in.Client > 1000 {
			return // memory goes with the largest number
		}
		if _, err := a.Do(in); err == nil {
			if err := broken(a); err != nil {
				t.Fatal(err)
			}
		}
	})
}
