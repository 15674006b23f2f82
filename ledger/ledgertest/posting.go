package ledgertest

import (
	"errors"
	"strings"
	"time"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/unit"
)

func credits(w *world) {
	first, err := w.l.Post(w.Context(), ledger.CreditOf("a", token(), client(1), amount(100)))
	if err != nil || first.Repeated || first.Batch == 0 || !first.At.Equal(w.clock.now()) {
		w.Fatal(first, err)
	}
	w.clock.pass(time.Hour)
	again, err := w.l.Post(w.Context(), ledger.CreditOf("a", token(), client(1), amount(100)))
	if first.Repeated = true; err != nil || again != first {
		w.Errorf("repeated: %v instead of %v, %v", again, first, err)
	}
	w.credit("b", 1, 5)
	w.credit("c", 2, 7)
	w.wants(map[ledger.Account]string{of(1): "105/0", of(2): "7/0", of(3): "0/0", own(ledger.External): "-112/0"})

	for _, other := range []ledger.Posting{
		ledger.CreditOf("a", token(), client(1), amount(99)),
		ledger.CreditOf("a", token(), client(2), amount(100)),
		ledger.CreditOf("a", ledger.Address{}, client(1), amount(100)),
		ledger.RefundOf("a", token(), client(1), amount(100)),
	} {
		_, err := w.l.Post(w.Context(), other)
		w.fails(err, ledger.ErrConflict)
	}

	_, err = w.l.Post(w.Context(), ledger.RefundOf("d", token(), client(1), amount(106)))
	if short := new(ledger.InsufficientError); !errors.As(err, &short) || short.Have != amount(105) || short.Need != amount(106) {
		w.Errorf("more than there is: %v", err)
	}
	// A refused key is free.
	if _, err := w.l.Post(w.Context(), ledger.RefundOf("d", token(), client(1), amount(105))); err != nil {
		w.Error(err)
	}
	_, err = w.l.Post(w.Context(), ledger.Posting{Key: "e", Why: ledger.LuckDrawn, Legs: []ledger.Leg{
		{Account: own(ledger.Luck), Amount: ledger.Minus(amount(3))},
		{Account: own(ledger.External), Amount: ledger.Plus(amount(3))},
	}})
	if err != nil {
		w.Error(err)
	}
	w.wants(map[ledger.Account]string{of(1): "0/0", own(ledger.External): "-4/0", own(ledger.Luck): "-3/0", own(ledger.Revenue): "0/0"})
}

func misuse(w *world) {
	w.credit("a", 1, 100)
	good := func() ledger.Posting { return ledger.CreditOf("b", token(), client(1), amount(1)) }
	for name, change := range map[string]func(*ledger.Posting){
		"no key":            func(p *ledger.Posting) { p.Key = "" },
		"a long key":        func(p *ledger.Posting) { p.Key = strings.Repeat("k", ledger.MaxKey+1) },
		"a key of no text":  func(p *ledger.Posting) { p.Key = "\xff" },
		"a key with a zero": func(p *ledger.Posting) { p.Key = "a\x00b" },
		"a charge":          func(p *ledger.Posting) { p.Why = ledger.Charging },
		"no legs":           func(p *ledger.Posting) { p.Legs = nil },
		"many legs":         func(p *ledger.Posting) { p.Legs = make([]ledger.Leg, ledger.MaxLegs+1) },
		"a leg of nothing": func(p *ledger.Posting) {
			p.Legs = append(p.Legs, ledger.Leg{Account: own(ledger.Luck)})
		},
		"one account twice": func(p *ledger.Posting) { p.Legs[1].Account = p.Legs[0].Account },
		"no such account":   func(p *ledger.Posting) { p.Legs[1].Account.Kind = 99 },
		"fees of a client":  func(p *ledger.Posting) { p.Legs[1].Account = ledger.Account{Kind: ledger.Fees, Client: client(1)} },
	} {
		p := good()
		change(&p)
		_, err := w.l.Post(w.Context(), p)
		if !errors.Is(err, ledger.ErrInvalid) {
			w.Errorf("%s: %v", name, err)
		}
	}
	for name, change := range map[string]func(*ledger.Posting){
		"a unit too many":  func(p *ledger.Posting) { p.Legs[0].Amount = ledger.Plus(amount(2)) },
		"the wrong sign":   func(p *ledger.Posting) { p.Legs[1].Amount = ledger.Plus(amount(1)) },
		"of another token": func(p *ledger.Posting) { p.Legs[1].Account.Token = ledger.Address{} },
		"sums that wrap": func(p *ledger.Posting) {
			p.Legs = []ledger.Leg{
				{Account: of(1), Amount: ledger.Plus(unit.MaxAmount())}, {Account: of(2), Amount: ledger.Plus(amount(1))},
			}
		},
	} {
		p := good()
		change(&p)
		_, err := w.l.Post(w.Context(), p)
		if !errors.Is(err, ledger.ErrUnbalanced) {
			w.Errorf("%s: %v", name, err)
		}
	}
	for _, p := range []ledger.Promise{
		{Method: "", Token: token(), Client: client(1)},
		{Method: strings.Repeat("m", ledger.MaxMethod+1), Token: token(), Client: client(1)},
		{Method: "m", Token: token(), Client: client(1), Evidence: make([]byte, ledger.MaxEvidence+1)},
	} {
		_, err := w.l.Advance(w.Context(), p)
		w.fails(err, ledger.ErrInvalid)
	}
	_, err := w.l.Raise(w.Context(), "")
	w.fails(err, ledger.ErrInvalid)
	_, err = w.l.Balance(w.Context(), ledger.Account{})
	w.fails(err, ledger.ErrInvalid)
	_, err = w.l.Statement(w.Context(), of(1), ledger.Page{})
	w.fails(err, ledger.ErrInvalid)
	_, err = w.l.Accounts(w.Context(), ledger.Account{}, 0)
	w.fails(err, ledger.ErrInvalid)
	w.wants(map[ledger.Account]string{of(1): "100/0", own(ledger.External): "-100/0"})
}

// limits goes to the largest amounts there are.
func limits(w *world) {
	post := func(p ledger.Posting) error {
		_, err := w.l.Post(w.Context(), p)
		return err
	}
	least, _ := unit.MaxAmount().Sub(amount(1))
	all := unit.MaxAmount().String()
	if err := post(ledger.CreditOf("a", token(), client(1), least)); err != nil {
		w.Fatal(err)
	}
	w.credit("b", 1, 1)
	w.fails(post(ledger.CreditOf("c", token(), client(1), amount(1))), ledger.ErrOverflow)
	w.fails(post(ledger.CreditOf("c", token(), client(2), amount(1))), ledger.ErrOverflow) // what is outside does not fit
	w.wants(map[ledger.Account]string{of(1): all + "/0", of(2): "0/0", own(ledger.External): "-" + all + "/0"})

	epoch := w.raise(north)
	request := w.request(north, epoch, 0)
	request.Amount, request.AtLeast = unit.MaxAmount(), unit.MaxAmount()
	if h := w.hold(request); h.Amount != unit.MaxAmount() {
		w.Errorf("holds %s", h.Amount)
	}
	w.wants(map[ledger.Account]string{of(1): all + "/" + all})
	c := charge(north, epoch, 1, 0)
	c.Amount, c.Fee = unit.MaxAmount(), amount(1)
	w.fails(w.charge1(c).Err, ledger.ErrInsufficient)
	c.Amount, c.Remainder = least, ledger.RemainderParts-1
	if done := w.charge1(c); done.Err != nil || !done.Hold.Amount.IsZero() || done.Hold.Remainder != ledger.RemainderParts-1 {
		w.Errorf("%+v", done)
	}
	w.wants(map[ledger.Account]string{of(1): "0/0", own(ledger.Revenue): least.String() + "/0", own(ledger.Fees): "1/0"})
	// Another token has limits of its own.
	if err := post(ledger.CreditOf("d", ledger.Address{}, client(1), unit.MaxAmount())); err != nil {
		w.Error(err)
	}
	lines, err := w.l.Statement(w.Context(), of(1), ledger.Page{Limit: 10})
	if err != nil || len(lines) != 4 || lines[1].Balance != ledger.Plus(unit.MaxAmount()) || lines[3].Balance.Sign() != 0 {
		w.Errorf("%+v, %v", lines, err)
	}
}

func promises(w *world) {
	id := [32]byte{31: 9}
	promised := func(to byte, cumulative unit.Amount, evidence string) (ledger.Advanced, error) {
		return w.l.Advance(w.Context(), ledger.Promise{
			Method: "channel", ID: id, Token: token(), Client: client(to), Cumulative: cumulative, Evidence: []byte(evidence),
		})
	}
	for _, step := range []struct{ cumulative, before, present, credited uint64 }{
		{0, 0, 0, 0}, {10, 0, 10, 10}, {10, 10, 10, 0}, {4, 10, 10, 0}, {25, 10, 25, 15}, {24, 25, 25, 0},
	} {
		got, err := promised(1, amount(step.cumulative), "to "+amount(step.cumulative).String())
		want := ledger.Advanced{Before: amount(step.before), Present: amount(step.present), Credited: amount(step.credited)}
		if err != nil || got != want {
			w.Errorf("promise of %d: %v instead of %v, %v", step.cumulative, got, want, err)
		}
	}
	_, err := promised(2, amount(30), "")
	w.fails(err, ledger.ErrConflict)
	p, ok, err := w.l.Promised(w.Context(), "channel", id)
	if err != nil || !ok || p.Cumulative != amount(25) || string(p.Evidence) != "to 25" || p.Client != client(1) || p.Token != token() {
		w.Errorf("%+v %v %v", p, ok, err)
	}
	if p, ok, err := w.l.Promised(w.Context(), "cheque", id); ok || err != nil {
		w.Errorf("%+v %v %v", p, ok, err)
	}
	w.credit("a", 2, 1)
	_, err = promised(1, unit.MaxAmount(), "")
	w.fails(err, ledger.ErrOverflow)
	w.wants(map[ledger.Account]string{of(1): "25/0", of(2): "1/0", own(ledger.External): "-26/0"})
	if r := w.audit(); r.Promises != 1 {
		w.Errorf("%+v", r)
	}
}
