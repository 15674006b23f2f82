package paytest

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/paytest/fake"
	"github.com/candela-les/candela/unit"
)

// What a wallet may do that pays a crook.
const (
	crookTokens  = 1000 // that the client has
	crookPrepaid = 100
	crookLocked  = 300
	crookPays    = 50 // that is asked for at a time
	crookDays    = 3
)

// crook is a server that lies. It keeps every promise that it is sent, whatever it says to it, and brings the best to the chain.
type crook struct {
	w      *World
	client pay.Address
	says   lie

	channels map[pay.Hash]pay.Channel
	openings map[pay.Hash][]byte
	has      map[pay.Hash]pay.Promised // the best
	last     map[pay.Hash][]byte       // that, as it was sent
	won      []pay.OpenClaim           // by promises of chances
}

// lie is what a crook says. What is nil is true; but nothing is ever given back.
type lie struct {
	stand  func(k *crook, s *pay.Standing) error
	accept func(k *crook, a *pay.Accepted) error
	settle func(k *crook, id pay.Hash) (pay.Settled, error)
	// serves is how much service there is for each payment that it has said to accept, and charges for.
	serves uint64
	// late: nothing is collected before all channels are closed.
	late bool
	// takes is what it comes to have beyond what it was paid for by service.
	takes uint64
	// channels is how many the client opens for it at most.
	channels int
}

// nothing refuses to say anything.
func nothing[T any](*crook, *T) error { return errSilent }

// refuses refuses, for any reason.
func refuses[T any](why pay.Reason, most uint64) func(*crook, *T) error {
	return func(*crook, *T) error {
		return &pay.Refusal{Reason: why, Most: unit.NewAmount(most), Text: "by a crook"}
	}
}

// forgets has never been promised anything.
func forgets(_ *crook, s *pay.Standing) error {
	s.Cumulative, s.Last = unit.Amount{}, nil
	return nil
}

// beginsAnew refuses what it has taken as too late, and has the channel be as one that it sees for the first time, some time later.
func beginsAnew(k *crook, _ *pay.Accepted) error {
	k.w.Mine(1)
	k.w.Server.Look()
	for id, opening := range k.openings {
		c, err := k.w.Server.Provider.Open(context.Background(), k.client, opening)
		if err == nil {
			k.channels[id] = c
		}
	}
	return pay.Refuse(pay.Expired, "by a crook")
}

// settles hands out something that closes no channel.
func settles(spent, unspent uint64, data []byte) func(*crook, pay.Hash) (pay.Settled, error) {
	return func(*crook, pay.Hash) (pay.Settled, error) {
		return pay.Settled{Spent: unit.NewAmount(spent), Unspent: unit.NewAmount(unspent), Data: data}, nil
	}
}

// lies are those of crooks, and what each gets by it. None gets more than may be prepaid.
var lies = map[string]lie{
	// It credits nothing.
	"says nothing to promises":               {accept: nothing[pay.Accepted], takes: 100, channels: 1},
	"says nothing, and denies it":            {accept: nothing[pay.Accepted], stand: forgets, takes: 50, channels: 1},
	"accepts, and never serves":              {takes: 100, channels: 1},
	"accepts, and serves little":             {serves: 10, takes: 80, channels: 1},
	"accepts, serves, and gives back naught": {serves: 50, takes: 0, channels: 1},
	"accepts any amount":                     {stand: func(_ *crook, s *pay.Standing) error { s.Cover = unit.MaxAmount(); return nil }, takes: 100, channels: 1},
	// It credits less, or more.
	"acknowledges less": {accept: func(_ *crook, a *pay.Accepted) error {
		a.Cumulative = a.Cumulative.Minus(unit.NewAmount(20))
		return nil
	}, takes: 50, channels: 1},
	"acknowledges nothing, and denies it": {
		accept: func(_ *crook, a *pay.Accepted) error { a.Cumulative = unit.Amount{}; return nil }, stand: forgets, takes: 50, channels: 1,
	},
	"acknowledges more": {accept: func(_ *crook, a *pay.Accepted) error {
		a.Cumulative = a.Cumulative.Plus(unit.NewAmount(500))
		return nil
	}, takes: 50, channels: 1},
	// It wants more.
	"wants more at a time":    {accept: refuses[pay.Accepted](pay.TooSmall, 90), takes: 90, channels: 1},
	"wants all at a time":     {accept: refuses[pay.Accepted](pay.TooSmall, 900), takes: 100, channels: 1},
	"wants more to be locked": {accept: refuses[pay.Accepted](pay.Uncovered, 0), takes: 100, channels: 1},
	"misses promises":         {accept: refuses[pay.Accepted](pay.Gap, 0), takes: 100, channels: 1},
	// It claims more than was promised.
	"claims more than was promised": {stand: func(_ *crook, s *pay.Standing) error {
		s.Cumulative = s.Cumulative.Plus(unit.NewAmount(500))
		return nil
	}, channels: 1},
	"claims more, by a forgery": {stand: func(k *crook, s *pay.Standing) error {
		if s.Cumulative.IsZero() {
			return nil
		}
		s.Cumulative, s.Last[len(s.Last)-5] = unit.NewAmount(500), 7
		return nil
	}, takes: 100, channels: 1},
	"speaks of another channel": {stand: func(_ *crook, s *pay.Standing) error { s.ID[0]++; return nil }, channels: 1},
	// It has lost its memory, or says so.
	"forgets all": {stand: forgets, takes: 100, channels: 1},
	"forgets the channel": {accept: refuses[pay.Accepted](pay.NoChannel, 0), stand: func(k *crook, s *pay.Standing) error {
		if s.Cumulative.IsZero() {
			return nil
		}
		return pay.Refuse(pay.NoChannel, "by a crook")
	}, takes: 50, channels: 1},
	// It ends channels early.
	"is closing at once":             {stand: refuses[pay.Standing](pay.Closing, 0), channels: crookDays},
	"is closing when it was paid":    {accept: refuses[pay.Accepted](pay.Closing, 0), takes: 100, channels: crookPrepaid / crookPays},
	"expires, and collects too late": {accept: refuses[pay.Accepted](pay.Expired, 0), late: true, channels: crookDays},
	// It keeps what it is sent, says that it is too late for that, and asks for other promises instead, as one that knows of none may.
	"expires, and begins anew": {accept: beginsAnew, stand: forgets, takes: 100, channels: crookPrepaid / crookPays},
	// It settles with garbage.
	"settles with garbage":        {settle: settles(0, 100, []byte{1, 2, 3}), takes: 100, channels: 1},
	"settles with nothing":        {settle: settles(0, 100, nil), takes: 100, channels: 1},
	"settles for more":            {settle: settles(900, 0, nil), takes: 100, channels: 1},
	"says that all is given back": {settle: settles(0, 0, nil), takes: 100, channels: 1},
}

// Crooks has wallets pay servers that lie, and looks on the chain at what that has cost when all is over: no lie brings more than what the wallet's
// owner lets be prepaid, beside what was served. It tells of each lie how much it does bring: so one that is without effect is noticed.
func Crooks(t *testing.T, m Method) {
	for _, name := range slices.Sorted(maps.Keys(lies)) {
		says := lies[name]
		t.Run(name, func(t *testing.T) {
			v := newVictim(NewWorld(t, m), says)
			v.robbed()
			taken, channels := v.counts()
			takes := unit.NewAmount(says.takes)
			if m.Once != 0 { // what is promised in parts, and drawn in steps, is noticed sooner
				takes = taken.Min(takes)
			}
			if taken != takes || channels > says.channels {
				t.Errorf("it has taken %s over %d channels, and takes %d over at most %d", taken, channels, says.takes, says.channels)
			}
		})
	}
	for seed := range uint64(crookSeeds) {
		t.Run(fmt.Sprintf("at random %d", seed), func(t *testing.T) {
			v := newVictim(NewWorld(t, m), anything(rand.New(rand.NewPCG(seed, 0)))) //nolint:gosec // a test's
			v.robbed()
			v.counts()
		})
	}
}

// crookSeeds is how many crooks there are that say anything.
const crookSeeds = 8

// anything is a lie that is another one at each request, and sometimes none.
func anything(random *rand.Rand) lie {
	var all []lie
	for _, name := range slices.Sorted(maps.Keys(lies)) {
		all = append(all, lies[name])
	}
	some := func() lie { return all[random.IntN(len(all))] }
	return lie{
		serves: random.Uint64N(30),
		late:   random.IntN(4) == 0,
		stand: func(k *crook, s *pay.Standing) error {
			if says := some(); says.stand != nil && random.IntN(2) == 0 {
				return says.stand(k, s)
			}
			return nil
		},
		accept: func(k *crook, a *pay.Accepted) error {
			if says := some(); says.accept != nil {
				return says.accept(k, a)
			}
			return nil
		},
		settle: func(k *crook, id pay.Hash) (pay.Settled, error) {
			if says := some(); says.settle != nil {
				return says.settle(k, id)
			}
			return pay.Settled{}, errSilent
		},
	}
}

func newVictim(w *World, says lie) *victim {
	v := &victim{Client: w.NewClient(crookTokens), disk: fake.NewDisk()}
	v.crook = &crook{
		w: w, client: v.Address(), says: says, channels: map[pay.Hash]pay.Channel{}, openings: map[pay.Hash][]byte{},
		has: map[pay.Hash]pay.Promised{}, last: map[pay.Hash][]byte{},
	}
	return v
}

// robbed pays a crook for days, and then leaves it.
func (v *victim) robbed() {
	v.w.T.Helper()
	for range crookDays {
		v.pays()
	}
	v.leaves()
}

// victim is a client whose wallet pays a crook.
type victim struct {
	*Client
	crook *crook
	disk  *fake.Disk
	spent uint64
}

// open opens the wallet with what is on disk.
func (v *victim) open() (wallet *pay.Wallet, end func()) {
	v.w.T.Helper()
	n := unit.NewAmount
	wallet, err := pay.NewWallet(v.w.T.Context(), pay.WalletConfig{
		Asset: v.w.Asset(), Payers: []pay.Payer{v.Payer}, Notes: v.NotesOf(), Purse: v.disk,
		Limits: pay.Limits{Prepaid: n(crookPrepaid), Daily: n(crookTokens), Locked: n(crookLocked), Deposit: n(crookLocked / 2)},
		Now:    v.Now, Pause: time.Millisecond, Looks: 3,
	})
	if err != nil {
		v.w.T.Fatal(err)
	}
	return wallet, func() {
		if err := wallet.Close(); err != nil {
			v.w.T.Error(err)
		}
	}
}

func (v *victim) place() pay.Place {
	to := v.w.Server.Payee()
	return pay.Place{
		Seller: to.Seller, Asset: to.Asset, Offers: []pay.Offer{{Method: v.Payer.Method(), Info: to.Info}}, Line: v.crook, Spent: unit.NewAmount(v.spent),
	}
}

// pays pays for a day, as somebody does who is not served and tries again, and begins anew the next day.
func (v *victim) pays() {
	v.w.T.Helper()
	wallet, end := v.open()
	for range 3 {
		if v.w.While(func(ctx context.Context) error { return wallet.Fund(ctx, v.place(), unit.NewAmount(crookPays)) }) == nil {
			v.spent += v.crook.says.serves
		}
		if !v.crook.says.late {
			v.crook.collect()
		}
		if out := unit.NewAmount(crookTokens).Minus(v.Has()); out.Cmp(unit.NewAmount(crookLocked+crookPrepaid+v.spent)) > 0 {
			v.w.T.Errorf("%s are locked or gone, and %d were served for", out, v.spent)
		}
	}
	for _, tab := range wallet.Stake().Tabs {
		if tab.Closing {
			v.leave(wallet, tab, nil) //nolint:errcheck // it is tried again
		}
	}
	end()
	v.w.Later(24 * time.Hour)
	v.Look()
	v.w.Server.Look()
}

func (v *victim) leave(wallet *pay.Wallet, tab pay.Tab, line pay.Line) (b pay.Balance, err error) {
	err = v.w.While(func(ctx context.Context) (err error) {
		b, err = wallet.Leave(ctx, tab.Method, tab.ID, line)
		return err
	})
	return b, err
}

// leaves closes all channels: with the crook's help as far as that goes, and in the end without.
func (v *victim) leaves() {
	v.w.T.Helper()
	wallet, end := v.open()
	defer end()
	for _, tab := range wallet.Stake().Tabs {
		b, err := v.leave(wallet, tab, v.crook)
		for tries := 0; err != nil || !b.Closed; tries++ {
			if tries == 4 {
				v.w.T.Fatalf("a channel is not closed in the end: %+v, %v", b, err)
			}
			if !v.crook.says.late {
				v.crook.collect()
			}
			v.w.Later(v.w.Method.Delay)
			v.Look()
			b, err = v.leave(wallet, tab, nil)
		}
	}
	v.w.Server.Look()
	v.crook.collect()
}

// counts looks on the chain at what all of that has cost beyond what was served.
func (v *victim) counts() (taken unit.Amount, channels int) {
	v.w.T.Helper()
	gone := unit.NewAmount(crookTokens).Minus(v.Has())
	taken = gone.Minus(unit.NewAmount(v.spent))
	if taken.Cmp(unit.NewAmount(crookPrepaid)) > 0 {
		v.w.T.Errorf("%s are gone, of which %d were served for, and %d could be prepaid", gone, v.spent, crookPrepaid)
	}
	if got := v.w.Server.Got(); got != gone {
		v.w.T.Errorf("%s are gone, and the crook has got %s", gone, got)
	}
	notes, err := v.Notes.All(v.w.T.Context())
	if err != nil {
		v.w.T.Fatal(err)
	}
	return taken, len(notes)
}

// collect brings all that was ever promised to the chain, as far as the chain has it.
func (k *crook) collect() {
	k.w.T.Helper()
	if d, draws := k.w.Server.Provider.(pay.Drawer); draws && len(k.won) > 0 {
		err := k.w.While(func(ctx context.Context) error {
			_, err := d.Draw(ctx, k.won, unit.Amount{})
			return err
		})
		if err != nil {
			k.w.T.Logf("a crook draws: %v", err)
		}
		return
	}
	for id, p := range k.has {
		e := pay.Entry{Method: k.w.Server.Provider.Method(), ID: id, Client: k.client, Cumulative: p.Cumulative, Evidence: p.Evidence}
		err := k.w.While(func(ctx context.Context) error {
			return k.w.Server.Provider.Collect(ctx, []pay.Order{{Entry: e, Total: p.Cumulative}})
		})
		if err != nil {
			k.w.T.Logf("a crook collects: %v", err)
		}
	}
}

// stands says how the two stand.
func (k *crook) stands(id pay.Hash) (pay.Standing, error) {
	c := k.channels[id]
	cover, err := c.Cover()
	if err != nil {
		return pay.Standing{}, err
	}
	s := pay.Standing{
		Method: k.w.Server.Provider.Method(), ID: id, Cumulative: k.has[id].Cumulative, Cover: cover, Last: bytes.Clone(k.last[id]), State: c.State(),
	}
	if k.says.stand != nil {
		err = k.says.stand(k, &s)
	}
	return s, err
}

// Establish implements pay.Line.
func (k *crook) Establish(ctx context.Context, _ string, opening []byte) (pay.Standing, error) {
	c, err := k.w.Server.Provider.Open(ctx, k.client, opening)
	if err != nil {
		return pay.Standing{}, err
	}
	if _, follows := k.channels[c.ID()].(pay.Follower); !follows { // which knows what it has promised
		k.channels[c.ID()] = c
	}
	k.openings[c.ID()] = bytes.Clone(opening)
	return k.stands(c.ID())
}

// Promise implements pay.Line.
func (k *crook) Promise(_ context.Context, id pay.Hash, promise []byte) (pay.Accepted, error) {
	p, err := k.channels[id].Verify(promise)
	if err != nil {
		return pay.Accepted{}, err
	}
	a := pay.Accepted{Cumulative: p.Cumulative, Credited: p.Cumulative.Minus(k.has[id].Cumulative)}
	for _, won := range p.Claims {
		k.won = append(k.won, pay.OpenClaim{Claim: won, Method: k.w.Server.Provider.Method(), Channel: id, Client: k.client})
	}
	if p.Cumulative.Cmp(k.has[id].Cumulative) > 0 {
		k.has[id], k.last[id] = p, bytes.Clone(promise)
		if f, follows := k.channels[id].(pay.Follower); follows {
			if err := f.Follow(promise); err != nil {
				return a, err
			}
		}
	}
	if k.says.accept != nil {
		err = k.says.accept(k, &a)
	}
	return a, err
}

// Increase implements pay.Line.
func (k *crook) Increase(ctx context.Context, id pay.Hash) (pay.Standing, error) {
	if _, err := k.w.Server.Watcher.Look(ctx); err != nil {
		return pay.Standing{}, err
	}
	return k.stands(id)
}

// Settle implements pay.Line.
func (k *crook) Settle(_ context.Context, id pay.Hash) (pay.Settled, error) {
	if k.says.settle == nil {
		return pay.Settled{}, errSilent
	}
	return k.says.settle(k, id)
}
