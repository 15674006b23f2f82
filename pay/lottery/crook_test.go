package lottery_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"testing"
	"time"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/pay/lottery/lotterytest"
	"github.com/candela-les/candela/unit"
)

// drawer is a server that draws what it is sent before it says anything, keeps all of it, and says what it likes.
type drawer struct {
	w    *walleted
	says swindle

	opening  lottery.Opening
	series   lottery.Series // announced last
	reveal   pay.Hash       // shown with it
	accepted unit.Amount    // as it says
	last     []byte         // the promise that it shows for that
	old      []byte         // the first one that it was ever sent
	signed   map[lottery.Series]*held
	span     uint64      // for which that series is good, if it is announced anew
	quiet    bool        // nothing was promised since it was asked how the two stand
	worth    unit.Amount // of all tickets that it was sent, but for those behind a winner that it has shown
	won      unit.Amount // the faces of winners that it has shown
}

// held is what it has of one series.
type held struct {
	lottery.Series
	last uint64 // the highest number
	won  bool   // it has shown that
}

// swindle is what such a server says.
type swindle struct {
	odds lottery.Odds
	// takes is how many of a promise's tickets are accepted, whether that ends their series, and whether the reveal is shown then. Winner is the
	// place of the first one that wins, from 1 on; 0 if none does.
	takes func(tickets, winner int) (accepted int, ends, shows bool)
	// stand changes what it says of the two, unless nil.
	stand func(k *drawer, s *pay.Standing)
	// serves is how much service there is for each payment that it has accepted as a whole.
	serves uint64
	// renews: what is announced next has the same number and expires later, as long as that goes.
	renews bool
	// days is for how long it is paid before it is left; 0: for long.
	days int
}

var drawers = lottery.Secret{7}

// next announces a series.
func (k *drawer) next() {
	s := lottery.Series{
		Number: k.series.Number + 1, Base: k.accepted, Face: k.says.odds.Face, Ratio: k.says.odds.Ratio, ExpiryS: k.now() + 86_000,
	}
	if k.says.renews {
		if k.span *= 2; k.span > 86_000 || k.span == 0 {
			k.span = 1000
		} else {
			s.Number--
		}
		s.ExpiryS = k.now() + k.span
	}
	k.series = drawers.Announce(&k.opening, s)
}

func (k *drawer) now() uint64 { return uint64(k.w.w.Now().Unix()) } //nolint:gosec // not negative

// Establish implements pay.Line.
func (k *drawer) Establish(_ context.Context, _ string, opening []byte) (pay.Standing, error) {
	var err error
	if k.opening, err = lottery.DecodeOpening(opening); err != nil {
		return pay.Standing{}, err
	}
	return k.Increase(context.Background(), k.opening.ID())
}

// Increase implements pay.Line.
func (k *drawer) Increase(context.Context, pay.Hash) (pay.Standing, error) {
	if k.series.Number == 0 || k.now() > k.series.ExpiryS {
		k.reveal = pay.Hash{}
		k.next()
	}
	state := lottery.State{Series: k.series, Reveal: k.reveal}
	s := pay.Standing{
		Method: lottery.Method, ID: k.opening.ID(), Cumulative: k.accepted, Cover: unit.MaxAmount(), Last: bytes.Clone(k.last), State: state.Encode(),
	}
	if k.says.stand != nil {
		k.says.stand(k, &s)
	}
	k.quiet = true
	return s, nil
}

// Promise implements pay.Line.
func (k *drawer) Promise(_ context.Context, id pay.Hash, promise []byte) (pay.Accepted, error) {
	p, err := lottery.DecodePromise(promise)
	if err != nil {
		return pay.Accepted{}, err
	}
	k.quiet = false
	if k.old == nil {
		k.old = bytes.Clone(promise)
	}
	if h := k.signed[p.Series]; h != nil && h.won { // so these are worth nothing
		return pay.Accepted{}, pay.Refuse(pay.Expired, "series %d has a winner", p.Series.Number)
	}
	accepted, ends, shows := k.says.takes(len(p.Tickets), k.keeps(&p))
	last := p.First + uint64(accepted) - 1 //nolint:gosec // not negative
	if accepted > 0 {
		k.accepted, _ = p.Series.After(last)
		k.last = bytes.Clone(promise)
	}
	if ends {
		if k.reveal = (pay.Hash{}); shows {
			k.reveal = drawers.Reveal(&k.opening, p.Series.Number)
			k.shown(&p, last)
		}
		k.next()
	}
	if accepted == 0 {
		return pay.Accepted{}, pay.Refuse(pay.Expired, "by a crook, channel %x", id)
	}
	return pay.Accepted{Cumulative: k.accepted}, nil
}

// Settle implements pay.Line.
func (k *drawer) Settle(context.Context, pay.Hash) (pay.Settled, error) {
	return pay.Settled{}, errors.New("nothing is given back")
}

// keeps draws a promise, and counts what it is worth as far as it is new.
func (k *drawer) keeps(p *lottery.Promise) (winner int) {
	types, reveal := lottery.NewTypes(k.opening.ChainID, k.opening.Contract), drawers.Reveal(&k.opening, p.Series.Number)
	h := k.signed[p.Series]
	if h == nil {
		h = &held{Series: p.Series}
		k.signed[p.Series] = h
	}
	for i := range p.Tickets {
		number := p.First + uint64(i) //nolint:gosec // not negative
		if number > h.last {
			h.last, k.worth = number, k.worth.Plus(p.Series.Credit())
		}
		ticket := p.Series.TicketOf(&k.opening, number, p.Tickets[i].Seed)
		if winner == 0 && lottery.Wins(types.Digest(&ticket), reveal, p.Series.Ratio) {
			winner = i + 1
		}
	}
	return winner
}

// shown counts what is void because a ticket is shown to have won. If it has not, nothing is.
func (k *drawer) shown(p *lottery.Promise, number uint64) {
	if number < p.First {
		return
	}
	ticket := p.Series.TicketOf(&k.opening, number, p.Tickets[number-p.First].Seed)
	if h := k.signed[p.Series]; !h.won &&
		lottery.Wins(lottery.NewTypes(k.opening.ChainID, k.opening.Contract).Digest(&ticket), k.reveal, p.Series.Ratio) {
		h.won, k.won = true, k.won.Plus(h.Face)
		for range h.last - number {
			k.worth = k.worth.Minus(h.Credit())
		}
	}
}

// faces is what it could have from the chain at most: one winner of each series that is not over.
func (k *drawer) faces() (sum unit.Amount) {
	type winner struct {
		series uint64
		face   unit.Amount
	}
	open := map[winner]bool{}
	for s := range k.signed {
		if w := (winner{s.Number, s.Face}); k.now() <= s.ExpiryS && !open[w] {
			open[w], sum = true, sum.Plus(s.Face)
		}
	}
	return sum
}

// none, all, wins: what is accepted.
func none(int, int) (accepted int, ends, shows bool)      { return 0, true, false }
func all(tickets, _ int) (accepted int, ends, shows bool) { return tickets, false, false }
func wins(tickets, winner int) (accepted int, ends, shows bool) {
	if winner > 0 {
		return winner, true, true
	}
	return tickets, false, false
}

// swindles are by name. All of them keep the tickets that they refuse.
var swindles = map[string]swindle{
	"accepts and never serves":  {takes: all},
	"honest, but never serves":  {takes: wins},
	"ends every series":         {takes: none},
	"renews every series":       {takes: none, renews: true},
	"shows winners that lost":   {takes: func(_, winner int) (int, bool, bool) { return 1, true, winner != 1 }},
	"accepts one, shows naught": {takes: func(int, int) (int, bool, bool) { return 1, true, false }},
	"accepts winners only":      {takes: func(_, winner int) (int, bool, bool) { return winner, true, winner > 0 }},
	"refuses winners": {serves: 30, takes: func(tickets, winner int) (int, bool, bool) {
		if winner > 0 {
			return 0, true, true
		}
		return tickets, false, false
	}},
	"serves, and refuses a third": {serves: 50, takes: func(tickets, winner int) (int, bool, bool) {
		if tickets%3 == 0 {
			return 0, true, false
		}
		return wins(tickets, winner)
	}},
	// When it has refused all, it says that it has accepted the first promise after all, as if notes had been lost.
	"remembers what it has refused": {takes: none, stand: func(k *drawer, s *pay.Standing) {
		if p, err := lottery.DecodePromise(k.old); err == nil && k.quiet {
			_, s.Cumulative, _ = p.Spans()
			s.Last, k.accepted = k.old, s.Cumulative
		}
	}},
	// One ticket is worth more than may be prepaid.
	// Under another reveal than that which it has committed to, what it has accepted has won.
	"shows another reveal": {
		takes: func(int, int) (int, bool, bool) { return 1, true, false },
		stand: func(k *drawer, s *pay.Standing) {
			p, err := lottery.DecodePromise(k.last)
			if err != nil || p.Series.Number == k.series.Number {
				return
			}
			state, ticket := lottery.State{Series: k.series}, p.Series.TicketOf(&k.opening, p.First, p.Tickets[0].Seed)
			digest := lottery.NewTypes(k.opening.ChainID, k.opening.Contract).Digest(&ticket)
			for i := byte(1); state.Reveal == (pay.Hash{}) || !lottery.Wins(digest, state.Reveal, p.Series.Ratio); i++ {
				state.Reveal[0] = i
			}
			s.State = state.Encode()
		},
	},
	"wants too much by a ticket": {days: 1, takes: none, odds: lottery.Odds{Face: unit.NewAmount(300), Ratio: 1<<64 - 1}},
}

// Whatever a server says of what it has drawn, the tickets that it has are worth no more in expectation than it has served for and may be prepaid, what
// it gets in a day is no more than may be promised in one, and no more can win than is locked, as the wallet knows.
func TestSwindles(t *testing.T) {
	n := unit.NewAmount
	for what, limits := range map[string]pay.Limits{
		"little prepaid": {Prepaid: n(100), Daily: n(130), Locked: n(1000), Deposit: n(500)},
		"little locked":  {Prepaid: n(1000), Daily: n(245), Locked: n(200), Deposit: n(200)},
	} {
		for name, says := range swindles {
			for by, way := range ways {
				t.Run(name+", "+what+by, func(t *testing.T) {
					if says.odds == (lottery.Odds{}) {
						says.odds = lotterytest.Odds
					}
					k := &drawer{w: newWalletedBy(t, way.method(), way.pot, limits), says: says, signed: map[lottery.Series]*held{}}
					k.robs(limits)
					if len(k.signed) == 0 && says.odds == lotterytest.Odds {
						t.Error("it was given nothing, so nothing was tried")
					}
					t.Logf("tickets worth %s in %d series, %s were served for", k.worth, len(k.signed), k.w.spent)
				})
			}
		}
	}
}

// robs has it paid for days, and left.
func (k *drawer) robs(limits pay.Limits) {
	p, t := k.w, k.w.w.T
	t.Helper()
	for day := range cmp.Or(k.says.days, 4) {
		before := k.worth
		for range 6 {
			if p.w.While(func(ctx context.Context) error { return p.wallet.Fund(ctx, p.from(k), unit.NewAmount(45)) }) == nil {
				p.spent = p.spent.Plus(unit.NewAmount(k.says.serves))
			}
			k.within(limits, k.worth.Minus(before))
		}
		if day == 1 {
			p.Start()
			p.begin(limits)
		}
		if k.says.days == 0 {
			p.w.Later(24 * time.Hour)
			p.Look()
		}
	}
	for _, tab := range p.wallet.Stake().Tabs {
		_ = p.w.While(func(ctx context.Context) error {
			_, err := p.wallet.Leave(ctx, lottery.Method, tab.ID, k)
			return err
		})
	}
	k.within(limits, unit.Amount{})
}

// within checks what it has, and was given today.
func (k *drawer) within(limits pay.Limits, today unit.Amount) {
	p, t, stake := k.w, k.w.w.T, k.w.wallet.Stake()
	t.Helper()
	if most := p.spent.Plus(limits.Prepaid); k.worth.Cmp(most) > 0 {
		t.Fatalf("it has tickets that are worth %s, has served for %s, and %s may be prepaid", k.worth, p.spent, limits.Prepaid)
	}
	if today.Cmp(limits.Daily) > 0 || stake.Today.Cmp(today) < 0 {
		t.Fatalf("it was given %s today, as the wallet has it %s, and may be %s", today, stake.Today, limits.Daily)
	}
	faces, holds := k.faces(), p.holds()
	if faces.Cmp(holds) > 0 || faces.Cmp(stake.Locked.Plus(k.won)) > 0 || holds.Cmp(limits.Locked.Plus(k.won)) > 0 {
		t.Fatalf("%s may win; %s are locked, as the wallet has it %s, and %s in winners that are known", faces, holds, stake.Locked, k.won)
	}
}

// from is where it is that is paid.
func (p *walleted) from(line pay.Line) pay.Place {
	at := p.place()
	at.Line = line
	return at
}

// A server that has once refused what it had been sent, because it was too late for that, is not mistrusted for ever.
func TestForgiven(t *testing.T) {
	n := unit.NewAmount
	p := newWalleted(t, pay.Limits{Prepaid: n(100), Daily: n(1000), Locked: n(1000), Deposit: n(500)})
	k := &drawer{w: p, says: swindle{odds: lotterytest.Odds, takes: none}, signed: map[lottery.Series]*held{}}
	pays := func() error {
		return p.w.While(func(ctx context.Context) error { return p.wallet.Fund(ctx, p.from(k), n(50)) })
	}
	if err := pays(); err == nil || k.worth != n(100) {
		t.Fatalf("tickets worth %s were refused: %v", k.worth, err)
	}
	k.says.takes = wins
	for _, c := range []struct {
		after time.Duration
		ok    bool
	}{{24 * time.Hour, false}, {lottery.Forgiven - 24*time.Hour, false}, {3 * 24 * time.Hour, true}} {
		p.w.Later(c.after)
		p.Look()
		if err := pays(); (err == nil) != c.ok {
			t.Errorf("%v later: %v", c.after, err)
		}
	}
}

// mute is a server whose answer is lost when a winner makes some of what it was sent void.
type mute struct {
	*drawer
	lost bool
}

// Promise implements pay.Line.
func (m *mute) Promise(ctx context.Context, id pay.Hash, promise []byte) (pay.Accepted, error) {
	before := m.worth
	a, err := m.drawer.Promise(ctx, id, promise)
	p, _ := lottery.DecodePromise(promise)
	if all, _ := unit.NewAmount(uint64(len(p.Tickets)) * lotterytest.Worth).Add(before); err == nil && !m.lost && m.worth.Cmp(all) < 0 {
		m.lost = true
		return pay.Accepted{}, errors.New("no answer")
	}
	return a, err
}

// What was on its way at midnight, and is void by a winner that is shown later, makes no room for as much more on the day after.
func TestVoidOverMidnight(t *testing.T) {
	n := unit.NewAmount
	p := newWalleted(t, pay.Limits{Prepaid: n(1000), Daily: n(5000), Locked: n(2000), Deposit: n(1000)})
	m := &mute{drawer: &drawer{w: p, says: swindle{odds: lotterytest.Odds, takes: wins}, signed: map[lottery.Series]*held{}}}
	fund := func(at pay.Place) error {
		return p.w.While(func(ctx context.Context) error { return p.wallet.Fund(ctx, at, n(50)) })
	}
	later := func(d time.Duration) {
		p.w.Later(d)
		p.Look()
	}
	if err := fund(p.from(m.drawer)); err != nil {
		t.Fatal(err)
	}
	midnight := p.w.Now().UTC().Truncate(24 * time.Hour).Add(24 * time.Hour)
	later(midnight.Add(-10 * time.Minute).Sub(p.w.Now()))
	for i := 0; !m.lost; i++ {
		if err := fund(p.from(m)); err == nil {
			p.spent = p.spent.Plus(n(50))
		} else if !m.lost || i == 100 {
			t.Fatal(err)
		}
	}
	if !p.w.Now().Before(midnight) {
		t.Fatal("it is past midnight already")
	}
	later(20 * time.Minute)
	before, other := m.worth, p.from(m)
	other.Seller, other.Offers = pay.Address{0x77}, []pay.Offer{{Method: lottery.Method, Info: []byte{1}}}
	if err := fund(other); err == nil { // by which the day begins
		t.Fatal("a channel was opened by terms that make no sense")
	}
	if err := fund(p.from(m)); err != nil {
		t.Fatal(err)
	}
	if today, stake := m.worth.Minus(before), p.wallet.Stake(); today.IsZero() || stake.Today.Cmp(today) < 0 {
		t.Errorf("it was given %s today, and the wallet says %s", today, stake.Today)
	}
}
