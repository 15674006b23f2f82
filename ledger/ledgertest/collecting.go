package ledgertest

import (
	"errors"
	"fmt"
	"testing"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/unit"
)

func channelID(n byte) [32]byte { return [32]byte{0: n, 31: 1} }
func claimKey(n byte) [32]byte  { return [32]byte{0: n, 31: 2} }

// promise is a promise of a client over the channel of its number.
func promise(of byte, cumulative uint64) ledger.Promise {
	return ledger.Promise{
		Method: "m", ID: channelID(of), Token: token(), Client: client(of), Cumulative: amount(cumulative),
		Evidence: fmt.Append(nil, "to ", cumulative),
	}
}

func (w *world) advance(p ledger.Promise) ledger.Advanced {
	w.Helper()
	got, err := w.l.Advance(w.Context(), p)
	if err != nil {
		w.Fatal(err)
	}
	return got
}

func (w *world) giveBack(of byte) (given string) {
	w.Helper()
	got, err := w.l.GiveBack(w.Context(), ledger.Settlement{Method: "m", ID: channelID(of), Token: token(), Client: client(of)})
	if err != nil {
		w.Fatal(err)
	}
	return fmt.Sprint(got.Amount, " ", got.Channel.Returned, "/", got.Channel.Cumulative, " ", got.Channel.Settlements)
}

func (w *world) handOut(of byte, settlements uint64, data string) {
	w.Helper()
	h := ledger.Handout{Method: "m", ID: channelID(of), Settlements: settlements, Data: []byte(data)}
	got, err := w.l.HandOut(w.Context(), h)
	if err != nil || string(got.Handed) != data || got.Settlements == 0 {
		w.Errorf("%+v, %v", got, err)
	}
}

// stands compares a channel, as cumulative, returned, collecting and collected, and by its page.
func (w *world) stands(of byte, want string) {
	w.Helper()
	c, ok, err := w.l.Promised(w.Context(), "m", channelID(of))
	got := fmt.Sprint(c.Cumulative, " ", c.Returned, " ", c.Collecting, " ", c.Collected)
	if err != nil || !ok || got != want || c.Client != client(of) || c.Token != token() {
		w.Errorf("channel %d stands at %s instead of %s, %v %v", of, got, want, ok, err)
	}
	for _, due := range []bool{false, true} {
		found := 0
		for _, listed := range w.channels(ledger.ChannelPage{Limit: 100, Due: due}) {
			if listed.ID == c.ID {
				found++
				if fmt.Sprintf("%+v", listed) != fmt.Sprintf("%+v", c) {
					w.Errorf("%+v is listed as %+v", c, listed)
				}
			}
		}
		if wanted := !due || !c.Due().IsZero(); (found == 1) != wanted || found > 1 {
			w.Errorf("channel %d is listed %d times, with due %v and %s due", of, found, due, c.Due())
		}
	}
}

func (w *world) channels(p ledger.ChannelPage) []ledger.Channel {
	w.Helper()
	found, err := w.l.Promises(w.Context(), "m", p)
	if err != nil {
		w.Fatal(err)
	}
	return found
}

// gaps wants promises that go on from others to be taken in their order.
func gaps(w *world) {
	step := func(from, to uint64) (ledger.Advanced, error) {
		p := promise(1, to)
		p.From = amount(from)
		return w.l.Advance(w.Context(), p)
	}
	_, err := step(10, 20)
	gap := new(ledger.GapError)
	if !errors.As(err, &gap) || !errors.Is(err, ledger.ErrGap) || !gap.Present.IsZero() || gap.From != amount(10) {
		w.Errorf("%v", err)
	}
	for _, ok := range [][2]uint64{{0, 10}, {10, 20}, {5, 25}} {
		if got, err := step(ok[0], ok[1]); err != nil || got.Present != amount(ok[1]) || got.Credited.IsZero() {
			w.Errorf("%d: %+v, %v", ok, got, err)
		}
	}
	_, err = step(26, 30)
	w.fails(err, ledger.ErrGap)
	// What is no more than was promised is acknowledged, wherever it goes on from.
	if got, err := step(24, 25); err != nil || got.Present != amount(25) || !got.Credited.IsZero() {
		w.Errorf("%+v, %v", got, err)
	}
	_, err = step(31, 30)
	w.fails(err, ledger.ErrInvalid)
	w.stands(1, "25 0 0 0")
}

// chances wants promises that are expectations to stand against luck.
func chances(w *world) {
	p := promise(1, 30)
	p.Chance, p.Claims = true, []ledger.Claim{{Key: claimKey(1), Amount: amount(1000)}}
	w.advance(p)
	w.wants(map[ledger.Account]string{of(1): "30/0", own(ledger.Luck): "-30/0", own(ledger.External): "0/0"})
	w.settleClaim(1, drawn("a", 1000))
	w.wants(map[ledger.Account]string{of(1): "30/0", own(ledger.Luck): "970/0", own(ledger.External): "-1000/0"})
}

// drawn is what a lottery has paid, or nothing.
func drawn(key string, n uint64) ledger.Posting {
	p := ledger.Posting{Key: key, Why: ledger.LuckDrawn}
	if n > 0 {
		p.Legs = []ledger.Leg{
			{Account: own(ledger.Luck), Amount: ledger.Plus(amount(n))},
			{Account: own(ledger.External), Amount: ledger.Minus(amount(n))},
		}
	}
	return p
}

func (w *world) settleClaim(key byte, p ledger.Posting) ledger.Posted {
	w.Helper()
	posted, err := w.l.SettleClaim(w.Context(), "m", claimKey(key), p)
	if err != nil {
		w.Fatal(err)
	}
	return posted
}

// claims wants claims to be kept with their promise, once, and until they are settled, once.
func claims(w *world) {
	claim := func(key byte, n uint64) ledger.Claim {
		return ledger.Claim{Key: claimKey(key), Amount: amount(n), Data: []byte{key, 7}}
	}
	first := promise(1, 10)
	first.Claims = []ledger.Claim{claim(3, 100), claim(1, 200)}
	w.advance(first)
	w.advance(first) // acknowledged
	listed := func(want ...byte) {
		w.Helper()
		for size := 1; size <= 3; size++ {
			var got []byte
			var after [32]byte
			for {
				page, err := w.l.Claims(w.Context(), "m", after, size)
				if err != nil {
					w.Fatal(err)
				}
				for _, c := range page {
					if c.Client != client(1) || c.Channel != channelID(1) || c.Token != token() || c.Method != "m" ||
						string(c.Data) != string([]byte{c.Key[0], 7}) {
						w.Errorf("%+v", c)
					}
					got, after = append(got, c.Key[0]), c.Key
				}
				if len(page) < size {
					break
				}
			}
			if string(got) != string(want) {
				w.Errorf("pages of %d: claims %d instead of %d", size, got, want)
			}
		}
	}
	listed(1, 3)
	// A promise that is no higher brings no claims, and one that is refused neither.
	low, gap, other := promise(1, 9), promise(1, 30), promise(1, 30)
	low.Claims = []ledger.Claim{claim(4, 1)}
	gap.From, gap.Claims = amount(29), []ledger.Claim{claim(5, 1)}
	other.Claims = []ledger.Claim{claim(6, 1), claim(3, 101)}
	w.advance(low)
	_, err := w.l.Advance(w.Context(), gap)
	w.fails(err, ledger.ErrGap)
	_, err = w.l.Advance(w.Context(), other)
	w.fails(err, ledger.ErrConflict)
	elsewhere := promise(2, 30)
	elsewhere.Claims = first.Claims[:1]
	_, err = w.l.Advance(w.Context(), elsewhere)
	w.fails(err, ledger.ErrConflict)
	listed(1, 3)
	second := promise(1, 20)
	second.Claims = []ledger.Claim{claim(3, 100), claim(2, 300)} // one is there already
	w.advance(second)
	listed(1, 2, 3)
	if r := w.audit(); r.Claims != 3 || r.Promises != 1 {
		w.Errorf("%+v", r)
	}
	w.settled(claim)
	listed(2)
	w.wants(map[ledger.Account]string{of(1): "20/0", own(ledger.Luck): "100/0", own(ledger.External): "-120/0"})
	w.misclaimed()
}

// settled settles claims 1 and 3, and tries to do so again.
func (w *world) settled(claim func(byte, uint64) ledger.Claim) {
	w.credit("taken", 9, 1)
	for _, bad := range []ledger.Posting{drawn("taken", 100), ledger.CreditOf("taken", token(), client(9), amount(1))} {
		_, err := w.l.SettleClaim(w.Context(), "m", claimKey(3), bad)
		w.fails(err, ledger.ErrConflict)
	}
	if _, err := w.l.Post(w.Context(), ledger.RefundOf("back", token(), client(9), amount(1))); err != nil {
		w.Error(err)
	}
	if posted := w.settleClaim(3, drawn("draw 3", 100)); posted.Repeated {
		w.Errorf("%+v", posted)
	}
	if posted := w.settleClaim(3, drawn("draw 3", 100)); !posted.Repeated {
		w.Errorf("%+v", posted)
	}
	for _, again := range []ledger.Posting{drawn("draw 3", 101), drawn("draw 3", 0), drawn("draw 3 again", 100)} {
		_, err := w.l.SettleClaim(w.Context(), "m", claimKey(3), again)
		w.fails(err, ledger.ErrConflict)
	}
	_, err := w.l.SettleClaim(w.Context(), "m", claimKey(2), drawn("draw 3", 100))
	w.fails(err, ledger.ErrConflict)
	for range 2 { // came to nothing
		w.settleClaim(1, drawn("draw 1", 0))
	}
	// A settled claim does not come back.
	third := promise(1, 20)
	third.Cumulative, third.Claims = amount(20), []ledger.Claim{claim(3, 100)}
	w.advance(third)
	third.Cumulative, third.Claims = amount(21), []ledger.Claim{claim(3, 99)}
	_, err = w.l.Advance(w.Context(), third)
	w.fails(err, ledger.ErrConflict)
}

// misclaimed tries what cannot be.
func (w *world) misclaimed() {
	for name, change := range map[string]func(*ledger.Promise){
		"many":     func(p *ledger.Promise) { p.Claims = make([]ledger.Claim, ledger.MaxClaims+1) },
		"two of a": func(p *ledger.Promise) { p.Claims = make([]ledger.Claim, 2) },
		"long":     func(p *ledger.Promise) { p.Claims = []ledger.Claim{{Data: make([]byte, ledger.MaxEvidence+1)}} },
	} {
		p := promise(1, 99)
		change(&p)
		if _, err := w.l.Advance(w.Context(), p); !errors.Is(err, ledger.ErrInvalid) {
			w.Errorf("%s: %v", name, err)
		}
	}
	_, err := w.l.SettleClaim(w.Context(), "m", claimKey(8), drawn("draw 8", 1))
	w.fails(err, ledger.ErrNoClaim)
	_, err = w.l.SettleClaim(w.Context(), "other", claimKey(2), drawn("draw 8", 1))
	w.fails(err, ledger.ErrNoClaim)
	_, err = w.l.SettleClaim(w.Context(), "m", claimKey(2), drawn("", 0))
	w.fails(err, ledger.ErrInvalid)
	uneven := drawn("uneven", 5)
	uneven.Legs[0].Amount = ledger.Plus(amount(4))
	_, err = w.l.SettleClaim(w.Context(), "m", claimKey(2), uneven)
	w.fails(err, ledger.ErrUnbalanced)
	_, err = w.l.Claims(w.Context(), "m", [32]byte{}, 0)
	w.fails(err, ledger.ErrInvalid)
	_, err = w.l.Promises(w.Context(), "m", ledger.ChannelPage{})
	w.fails(err, ledger.ErrInvalid)
}

// settlements wants what is unspent to go back by the channel that had promised it, and no more.
func settlements(w *world) {
	given := func(of byte, want string) {
		w.Helper()
		if got := w.giveBack(of); got != want {
			w.Errorf("channel %d gave back %q instead of %q", of, got, want)
		}
	}
	w.advance(promise(1, 80))
	epoch := w.raise(north)
	w.hold(w.request(north, epoch, 30)) // is not free
	given(1, "50 50/80 0")
	w.wants(map[ledger.Account]string{of(1): "30/30", own(ledger.External): "-30/0"})
	given(1, "0 50/80 0") // repeated
	w.stands(1, "80 50 0 0")
	w.handOut(1, 0, "50")
	w.handOut(1, 0, "50") // repeated
	given(1, "0 50/80 1")
	// Whoever does not know of it may not go on.
	next := promise(1, 90)
	_, err := w.l.Advance(w.Context(), next)
	w.fails(err, ledger.ErrSettled)
	w.advance(promise(1, 80)) // acknowledged
	next.Settlements = 1
	if got := w.advance(next); got.Credited != amount(10) {
		w.Errorf("%+v", got)
	}
	// Money that came otherwise goes back by this channel only up to what it has promised.
	w.credit("a", 1, 100)
	late := ledger.Handout{Method: "m", ID: channelID(1), Settlements: 1, Data: []byte("40")}
	_, err = w.l.HandOut(w.Context(), late) // something was promised since
	w.fails(err, ledger.ErrSettled)
	given(1, "40 90/90 1")
	w.wants(map[ledger.Account]string{of(1): "100/30"})
	given(1, "0 90/90 1")
	late.Settlements = 0
	_, err = w.l.HandOut(w.Context(), late)
	w.fails(err, ledger.ErrSettled)
	w.handOut(1, 1, "40")
	w.handOut(1, 2, "40 more")
	w.handOut(1, 0, "40 more")
	given(1, "0 90/90 3")
	// What is being collected stays.
	w.advance(promise(2, 70))
	if _, err := w.l.Collect(w.Context(), ledger.Collection{Method: "m", ID: channelID(2), Collecting: amount(45)}); err != nil {
		w.Error(err)
	}
	given(2, "25 25/70 0")
	w.stands(2, "70 25 45 0")
	_, err = w.l.HandOut(w.Context(), ledger.Handout{Method: "m", ID: channelID(3)})
	w.fails(err, ledger.ErrNoChannel)
	given(3, "0 0/0 0") // nothing was promised yet
	given(3, "0 0/0 0")
	w.handOut(3, 0, "")
	first := promise(3, 5)
	_, err = w.l.Advance(w.Context(), first)
	w.fails(err, ledger.ErrSettled)
	first.Settlements = 1
	w.advance(first)
	_, err = w.l.GiveBack(w.Context(), ledger.Settlement{Method: "m", ID: channelID(2), Token: token(), Client: client(1)})
	w.fails(err, ledger.ErrConflict)
	_, err = w.l.GiveBack(w.Context(), ledger.Settlement{ID: channelID(2), Token: token(), Client: client(2)})
	w.fails(err, ledger.ErrInvalid)
	_, err = w.l.HandOut(w.Context(), ledger.Handout{Method: "m", ID: channelID(1), Data: make([]byte, ledger.MaxEvidence+1)})
	w.fails(err, ledger.ErrInvalid)
	_, err = w.l.HandOut(w.Context(), ledger.Handout{ID: channelID(1)})
	w.fails(err, ledger.ErrInvalid)
	lines, err := w.l.Statement(w.Context(), of(2), ledger.Page{From: 2, Limit: 9})
	if err != nil || len(lines) != 1 || lines[0].Why != ledger.Settling || lines[0].Amount != ledger.Minus(amount(25)) {
		w.Errorf("%+v, %v", lines, err)
	}
}

// collections wants what is collected to go up only, and not beyond what was promised and kept.
func collections(w *world) {
	collect := func(collecting, collected uint64) error {
		_, err := w.l.Collect(w.Context(), ledger.Collection{
			Method: "m", ID: channelID(1), Collecting: amount(collecting), Collected: amount(collected),
		})
		return err
	}
	w.fails(collect(0, 0), ledger.ErrNoChannel)
	w.advance(promise(1, 50))
	w.stands(1, "50 0 0 0")
	for _, step := range []struct {
		collecting, collected uint64
		want                  string
	}{
		{20, 0, "50 0 20 0"},
		{10, 0, "50 0 20 0"},
		{20, 20, "50 0 20 20"},
		{30, 10, "50 0 30 20"},
		{50, 50, "50 0 50 50"},
		{0, 0, "50 0 50 50"},
	} {
		if err := collect(step.collecting, step.collected); err != nil {
			w.Error(err)
		}
		w.stands(1, step.want)
	}
	w.fails(collect(10, 11), ledger.ErrInvalid)
	short := new(ledger.InsufficientError)
	if err := collect(51, 0); !errors.As(err, &short) || short.Have != amount(50) || short.Need != amount(51) {
		w.Errorf("%v", err)
	}
	w.advance(promise(1, 60))
	w.stands(1, "60 0 50 50")
	if got := w.giveBack(1); got != "10 10/60 0" {
		w.Error(got)
	}
	w.stands(1, "60 10 50 50")
	w.fails(collect(51, 0), ledger.ErrInsufficient)
	_, err := w.l.Collect(w.Context(), ledger.Collection{Method: ""})
	w.fails(err, ledger.ErrInvalid)
}

// pages lists channels page by page.
func pages(w *world) {
	for n := byte(5); n > 0; n-- {
		w.advance(promise(n, uint64(n)))
	}
	other := promise(9, 1)
	other.Method = "other"
	w.advance(other)
	collected := ledger.Collection{Method: "m", ID: channelID(2), Collecting: amount(2), Collected: amount(2)}
	if _, err := w.l.Collect(w.Context(), collected); err != nil {
		w.Error(err)
	}
	w.giveBack(4)
	for due, want := range map[bool]string{false: "\x01\x02\x03\x04\x05", true: "\x01\x03\x05"} {
		for size := 1; size <= 6; size++ {
			got, p := "", ledger.ChannelPage{Limit: size, Due: due}
			for {
				page := w.channels(p)
				for _, c := range page {
					got += string(c.ID[:1])
					p.After = c.ID
				}
				if len(page) < size {
					break
				}
			}
			if got != want {
				w.Errorf("pages of %d, due %v: %q instead of %q", size, due, got, want)
			}
		}
	}
}

// Collecting checks a ledger that was written before promises were collected, and is opened now: client 1, of no token, has promised
// 8 over channel 5 of method m, with "evidence".
func Collecting(t *testing.T, l ledger.Ledger) {
	t.Helper()
	who, id := ledger.Address{1}, [32]byte{5}
	due, err := l.Promises(t.Context(), "m", ledger.ChannelPage{Limit: 9, Due: true})
	want := ledger.Channel{Method: "m", ID: id, Client: who, Cumulative: amount(8), Evidence: []byte("evidence")}
	if err != nil || len(due) != 1 || fmt.Sprintf("%+v", due[0]) != fmt.Sprintf("%+v", want) || due[0].Due() != amount(8) {
		t.Fatalf("%+v, %v", due, err)
	}
	next := ledger.Promise{
		Method: "m", ID: id, Client: who, From: amount(8), Cumulative: amount(10), Claims: []ledger.Claim{{Amount: amount(1)}},
	}
	_, err1 := l.Advance(t.Context(), next)
	c, err2 := l.Collect(t.Context(), ledger.Collection{Method: "m", ID: id, Collecting: amount(4), Collected: amount(3)})
	given, err3 := l.GiveBack(t.Context(), ledger.Settlement{Method: "m", ID: id, Client: who})
	if err := errors.Join(err1, err2, err3); err != nil || c.Collected != amount(3) || given.Amount != amount(6) {
		t.Errorf("%+v, %+v, %v", c, given, err)
	}
	b, err := l.Balance(t.Context(), ledger.ClientAccount(ledger.Address{}, who))
	if err != nil || b.Total != ledger.Plus(amount(4)) {
		t.Errorf("%+v, %v", b, err)
	}
	if report, err := l.Audit(t.Context()); err != nil || len(report.Faults) > 0 || report.Claims != 1 {
		t.Errorf("%+v, %v", report, err)
	}
	if unit.NewAmount(1) != given.Channel.Due() {
		t.Errorf("%+v", given.Channel)
	}
}
