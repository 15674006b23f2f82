package pay_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/paytest/fake"
	"github.com/candela-les/candela/unit"
)

// shop is a server that is paid: a real cashier over a fake ledger and a fake chain.
type shop struct {
	seller pay.Address
	book   *fake.Book
	config pay.CashierConfig
	line   *fake.Line
	offers []pay.Offer
	spent  unit.Amount
}

// street is a client's wallet and the servers that it pays.
type street struct {
	t      *testing.T
	chain  *fake.Chain
	disk   *fake.Disk
	shops  []*shop
	config pay.WalletConfig
	payers []*fake.Payer
	wallet *pay.Wallet

	mu  sync.Mutex
	now time.Time
}

func (s *street) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

func (s *street) later(span time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(span)
}

func asset() pay.Asset { return pay.Asset{ChainID: 5, Token: pay.Address{1}} }

// newStreet opens a wallet that pays by methods "a" and "b", which it prefers in this order, and so many servers that take both.
func newStreet(t *testing.T, shops int, change func(*street)) *street {
	t.Helper()
	s := &street{t: t, chain: fake.NewChain(), disk: fake.NewDisk(), now: time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC)}
	s.config = pay.WalletConfig{
		Asset: asset(), Notes: s.disk, Purse: s.disk, Now: s.Now, Pause: time.Millisecond, Looks: 3, Every: time.Millisecond,
		Limits: pay.Limits{Prepaid: amount(100), Daily: amount(1000), Locked: amount(500), Deposit: amount(80)},
	}
	for _, name := range []string{"a", "b"} {
		p := &fake.Payer{Name: name, Chain: s.chain, Client: client(1), Notes: s.disk, Now: s.Now, Delay: time.Hour}
		s.payers = append(s.payers, p)
		s.config.Payers = append(s.config.Payers, p)
	}
	for n := range shops {
		o := &shop{seller: pay.Address{7, byte(n)}, book: fake.NewBook()}
		for _, name := range []string{"a", "b"} {
			o.config.Providers = append(o.config.Providers, &fake.Method{Name: name, Chain: s.chain})
			o.offers = append(o.offers, pay.Offer{Method: name, Info: []byte("fake")})
		}
		o.config.Book = o.book
		o.line = &fake.Line{Cashier: pay.NewCashier(o.config), Client: client(1)}
		s.shops = append(s.shops, o)
	}
	if change != nil {
		change(s)
	}
	s.open()
	t.Cleanup(func() { s.wallet.Close() })
	return s
}

// open opens the wallet with what is on disk.
func (s *street) open() {
	s.t.Helper()
	w, err := pay.NewWallet(s.t.Context(), s.config)
	if err != nil {
		s.t.Fatal(err)
	}
	s.wallet = w
}

func (s *street) restart() {
	s.t.Helper()
	s.wallet.Close()
	s.open()
}

func (s *street) place(n int) pay.Place {
	o := s.shops[n]
	return pay.Place{Seller: o.seller, Asset: asset(), Offers: o.offers, Line: o.line, Spent: o.spent}
}

func (s *street) fund(n int, more uint64) error {
	ctx, cancel := context.WithTimeout(s.t.Context(), 20*time.Second)
	defer cancel()
	return s.wallet.Fund(ctx, s.place(n), amount(more))
}

// pays funds, which has to succeed.
func (s *street) pays(n int, more uint64) {
	s.t.Helper()
	if err := s.fund(n, more); err != nil {
		s.t.Fatal(err)
	}
	s.settle()
}

// beyond funds, which has to be beyond a limit.
func (s *street) beyond(n int, more uint64, limit string) {
	s.t.Helper()
	var e *pay.LimitError
	if err := s.fund(n, more); !errors.As(err, &e) || !strings.Contains(err.Error(), limit) {
		s.t.Fatalf("%v", err)
	}
}

// spend has a server serve for so much.
func (s *street) spend(n int, most uint64) {
	o := s.shops[n]
	o.spent, _ = o.spent.Add(o.book.Spend(client(1), amount(most)))
}

// has checks what a server holds for the client.
func (s *street) has(n int, want uint64) {
	s.t.Helper()
	got, err := s.shops[n].book.Unspent(s.t.Context(), client(1))
	if err != nil || got != amount(want) {
		s.t.Errorf("server %d holds %s, not %d, %v", n, got, want, err)
	}
}

// tabs are the channels, as "method deposit/promised" each.
func (s *street) tabs() string {
	s.settle()
	var all []string
	for _, t := range s.wallet.Stake().Tabs {
		text := fmt.Sprintf("%s %s/%s", t.Method, t.Deposit, t.Promised)
		switch {
		case t.Closed:
			text += " closed"
		case t.Closing:
			text += " closing"
		}
		all = append(all, text)
	}
	return strings.Join(all, ", ")
}

// settle waits for what the wallet does by itself.
func (s *street) settle() { s.wallet.Wait() }

func (s *street) tabsAre(want string) {
	s.t.Helper()
	if got := s.tabs(); got != want {
		s.t.Errorf("tabs are %q, not %q", got, want)
	}
}

// A wallet opens a channel, promises what is asked, locks more before it is needed, and shows what is at stake.
func TestWalletFund(t *testing.T) {
	s := newStreet(t, 2, nil)
	s.pays(0, 30)
	s.has(0, 30)
	s.tabsAre("a 80/30")
	s.spend(0, 30)
	s.pays(0, 35) // leaves 15 of 80: more is locked before it is needed
	s.has(0, 35)
	s.tabsAre("a 145/65")
	s.pays(0, 1)
	s.tabsAre("a 145/66")
	s.pays(1, 90) // more than a channel is opened with
	s.tabsAre("a 145/66, a 170/90")
	stake := s.wallet.Stake()
	if stake.Locked != amount(79+80) || stake.Prepaid != amount(36+90) || stake.Today != amount(156) {
		t.Errorf("%+v", stake)
	}
	s.restart()
	s.spend(0, 36)
	s.pays(0, 10)
	s.has(0, 10)
	s.tabsAre("a 145/76, a 170/90")
	if err := s.wallet.Fund(t.Context(), pay.Place{Asset: pay.Asset{ChainID: 6}}, amount(1)); !errors.Is(err, pay.ErrAsset) {
		t.Error(err)
	}
}

// No limit is exceeded, and each says which it is; a limit of a day holds over a restart, and until midnight.
func TestWalletLimits(t *testing.T) {
	s := newStreet(t, 3, func(s *street) {
		s.config.Limits = pay.Limits{Prepaid: amount(100), Daily: amount(150), Locked: amount(400), Deposit: amount(50)}
	})
	s.beyond(0, 101, "has not served for")
	s.tabsAre("")
	s.pays(0, 100)
	s.beyond(0, 1, "has not served for")
	s.spend(0, 60)
	s.beyond(0, 61, "has not served for")
	s.beyond(1, 51, "promised today")
	s.restart()
	s.beyond(1, 51, "promised today")
	s.pays(1, 50)
	s.beyond(0, 1, "promised today")
	s.later(11 * time.Hour)
	s.restart()
	s.beyond(0, 1, "promised today")
	s.later(2 * time.Hour)
	s.pays(0, 60)
	s.has(0, 100)
	s.restart()
	s.later(-24 * time.Hour) // a clock that was set back begins no day
	s.spend(0, 100)
	s.beyond(0, 91, "promised today")
	s.pays(0, 90)
}

// What an operator has granted and charges is no reason to promise more, also after a restart.
func TestWalletGranted(t *testing.T) {
	s := newStreet(t, 1, func(s *street) { s.config.Payers = s.config.Payers[:1] })
	s.shops[0].spent = amount(700)
	s.beyond(0, 101, "has not served for")
	s.pays(0, 100)
	s.restart()
	s.beyond(0, 1, "has not served for")
	s.spend(0, 60)
	s.pays(0, 60)
	s.shops[0].spent = amount(700 + 60 + 100 + 30) // all was spent, and 30 more of a gift
	s.beyond(0, 101, "has not served for")
	s.restart()
	s.pays(0, 100)
	s.beyond(0, 1, "has not served for")
}

// What is prepaid is told by what sellers have charged until now, also since they were paid last, and after a restart before anybody is paid.
func TestWalletPrepaid(t *testing.T) {
	s := newStreet(t, 2, nil)
	prepaid := func(want uint64, spent map[pay.Address]unit.Amount) {
		t.Helper()
		if got := s.wallet.StakeAfter(spent).Prepaid; got != amount(want) {
			t.Errorf("%s instead of %d are prepaid after %v", got, want, spent)
		}
	}
	s.pays(0, 60)
	s.shops[0].spent = amount(20)
	s.pays(0, 10)
	spent := map[pay.Address]unit.Amount{s.shops[0].seller: amount(45), s.shops[1].seller: amount(700)}
	prepaid(50, nil)
	prepaid(25, spent)
	prepaid(50, map[pay.Address]unit.Amount{s.shops[0].seller: amount(10)}) // it knows better
	s.shops[1].spent = amount(700)                                          // others have paid that
	s.pays(1, 30)
	prepaid(55, spent)
	s.restart()
	prepaid(55, spent)
	prepaid(100, nil)
	spent[s.shops[1].seller] = amount(720)
	prepaid(35, spent)
	s.pays(1, 5)
	prepaid(40, spent)
}

// What sellers charge that were never promised anything, who may be anybody, is not kept for ever; of those that were it is.
func TestWalletForgets(t *testing.T) {
	s := newStreet(t, 30, nil)
	s.pays(0, 10)
	s.shops[0].spent = amount(700)
	for n := range s.shops[1:] {
		s.shops[n+1].spent = amount(700)
		s.pays(n+1, 0)
	}
	s.pays(0, 0)
	s.restart()
	s.later(25 * time.Hour)
	s.pays(0, 10) // begins a day, which is kept
	purse, err := s.disk.LoadPurse(t.Context(), asset())
	if err != nil || strings.Count(string(purse), "seller") != 1 {
		t.Errorf("what is kept: %s, %v", purse, err)
	}
	s.pays(1, 100) // what it has charged is still no reason to promise more
	s.beyond(1, 1, "has not served for")
	s.pays(0, 90)
	s.beyond(0, 1, "has not served for")
}

func TestWalletLocked(t *testing.T) {
	s := newStreet(t, 3, func(s *street) {
		s.config.Limits = pay.Limits{Prepaid: amount(100), Daily: amount(1000), Locked: amount(100), Deposit: amount(80)}
	})
	s.pays(0, 10)
	s.tabsAre("a 80/10") // 70 are locked
	s.pays(1, 10)
	s.tabsAre("a 80/10, a 30/10")
	s.beyond(2, 11, "locked in channels")
	s.pays(2, 10)
	s.tabsAre("a 80/10, a 30/10, a 10/10")
	if got := s.wallet.Stake().Locked; got != amount(90) {
		t.Errorf("%s", got)
	}
	s.pays(0, 60) // makes room, which this channel takes ahead of its use
	s.tabsAre("a 150/70, a 30/10, a 10/10")
	s.beyond(2, 1, "locked in channels")
}

// Wallets of two assets on one disk know nothing of each other's channels, limits and what they have begun.
func TestWalletOtherAsset(t *testing.T) {
	s := newStreet(t, 2, func(s *street) { s.config.Limits.Daily = amount(150) })
	s.pays(0, 100)
	id := s.wallet.Stake().Tabs[0].ID
	s.payers[0].Step = once("deposit", errLost)
	if err := s.fund(1, 50); !errors.Is(err, errLost) { // an opening that was begun
		t.Error(err)
	}
	mine := s.wallet.Stake()

	s.config.Asset.Token[5]++
	s.restart()
	if got := s.wallet.Stake(); got.Locked != amount(0) || got.Today != amount(0) || len(got.Tabs) != 0 {
		t.Errorf("%+v", got)
	}
	if _, err := s.wallet.Leave(t.Context(), "a", id, nil); !errors.Is(err, pay.ErrNoTab) {
		t.Error(err)
	}
	if err := s.wallet.Resume(t.Context()); err != nil || len(s.chain.Locked()) != 1 {
		t.Errorf("%d channels, %v", len(s.chain.Locked()), err)
	}
	at := s.place(0)
	at.Asset = s.config.Asset
	if err := s.wallet.Fund(t.Context(), at, amount(100)); err != nil {
		t.Error(err)
	}
	if got := s.wallet.Stake().Today; got != amount(100) {
		t.Errorf("%s were promised today", got)
	}

	s.config.Asset = asset()
	s.restart()
	if got := s.wallet.Stake(); got.Locked != mine.Locked || got.Today != mine.Today || got.Prepaid != mine.Prepaid {
		t.Errorf("%+v, and it was %+v", got, mine)
	}
	s.pays(1, 50)
}

// Methods are tried in the owner's order, as far as the server takes them, and one by which a channel is open first.
func TestWalletMethods(t *testing.T) {
	s := newStreet(t, 3, nil)
	s.shops[0].offers = s.shops[0].offers[1:]
	s.pays(0, 10)
	s.shops[0].offers = []pay.Offer{{Method: "a"}, {Method: "b"}}
	s.pays(0, 10)
	s.tabsAre("b 80/20")
	s.shops[1].offers = []pay.Offer{{Method: "c"}}
	if err := s.fund(1, 1); !errors.Is(err, pay.ErrNoWay) {
		t.Error(err)
	}
	s.shops[2].config.Providers = s.shops[2].config.Providers[1:] // it says that it takes "a", and does not
	s.shops[2].line.Cashier = pay.NewCashier(s.shops[2].config)
	s.pays(2, 10)
	s.has(2, 10)
	s.tabsAre("a 80/0, b 80/20, b 80/10")
}

// Methods that cannot promise any amount promise more, and nothing is sent that is beyond a limit by that.
func TestWalletRoundsUp(t *testing.T) {
	s := newStreet(t, 1, func(s *street) { s.payers[0].Grain = 30 })
	s.pays(0, 20)
	s.has(0, 30)
	s.beyond(0, 65, "has not served for") // 95 in all, which come to 120
	s.has(0, 30)
	s.spend(0, 30)
	s.pays(0, 20) // what is signed is sent first, and is enough
	s.has(0, 90)
	if got := s.wallet.Stake().Today; got != amount(120) {
		t.Errorf("%s", got)
	}
}

// By hand exactly what its owner says is locked, within his limits.
func TestWalletByHand(t *testing.T) {
	s := newStreet(t, 2, nil)
	id, err := s.wallet.Open(t.Context(), s.place(0), "b", amount(30))
	if err != nil {
		t.Fatal(err)
	}
	if again, err := s.wallet.Open(t.Context(), s.place(0), "b", amount(20)); err != nil || again != id {
		t.Error(err)
	}
	s.tabsAre("b 30/0")
	s.pays(0, 5)
	if err := s.wallet.TopUp(t.Context(), "b", id, amount(200)); err != nil {
		t.Error(err)
	}
	s.tabsAre("b 200/5")
	s.pays(0, 95)
	s.tabsAre("b 200/100")
	var limit *pay.LimitError
	if err := s.wallet.TopUp(t.Context(), "b", id, amount(601)); !errors.As(err, &limit) {
		t.Error(err)
	}
	if _, err := s.wallet.Open(t.Context(), s.place(1), "a", amount(401)); !errors.As(err, &limit) {
		t.Error(err)
	}
	if _, err := s.wallet.Open(t.Context(), s.place(1), "c", amount(1)); !errors.Is(err, pay.ErrNoWay) {
		t.Error(err)
	}
	if err := s.wallet.TopUp(t.Context(), "b", pay.Hash{1}, amount(1)); !errors.Is(err, pay.ErrNoTab) {
		t.Error(err)
	}
	s.tabsAre("b 200/100")
}

// What is about to be promised to one server counts for the day already, when another one is paid beside it.
func TestWalletTogether(t *testing.T) {
	s := newStreet(t, 2, func(s *street) { s.config.Limits.Daily = amount(50) })
	s.pays(0, 10)
	s.pays(1, 10)
	noting, go1 := make(chan struct{}), make(chan struct{})
	var once sync.Once
	s.disk.Step = func(what string) error {
		if what == "note" {
			once.Do(func() {
				close(noting)
				<-go1
			})
		}
		return nil
	}
	done := make(chan error)
	go func() { done <- s.fund(0, 20) }()
	<-noting
	s.beyond(1, 20, "promised today")
	close(go1)
	if err := <-done; err != nil {
		t.Error(err)
	}
	s.beyond(1, 11, "promised today")
	s.pays(1, 10)
}

// However many servers are paid at once, no more is locked than may be.
func TestWalletLockedTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStreet(t, 6, func(s *street) {
			s.config.Limits = pay.Limits{Prepaid: amount(100), Daily: amount(1000), Locked: amount(100), Deposit: amount(80)}
		})
		s.beyond(0, 101, "has not served for") // begins the day
		slow := make(chan struct{})
		s.disk.Step = func(string) error {
			<-slow
			return nil
		}
		var all sync.WaitGroup
		for n := range s.shops {
			all.Go(func() {
				if err := s.fund(n, 10); err != nil && !strings.Contains(err.Error(), "locked in channels") {
					t.Error(err)
				}
			})
		}
		synctest.Wait() // the first one writes, and the others wait for it
		close(slow)
		all.Wait()
		s.settle()
		locked := uint64(0)
		for id, deposit := range s.chain.Locked() {
			note, _, _ := s.disk.Load(t.Context(), "a", id)
			locked += small(deposit) - small(note.Promised)
		}
		if got := s.wallet.Stake().Locked; locked > 100 || got != amount(locked) {
			t.Errorf("%d are locked, %s by the wallet's own reckoning, and 100 may be: %s", locked, got, s.tabs())
		}
		s.wallet.Close()
	})
}

// What is on its way into a channel is counted once, before it is noted and after.
func TestWalletStakeWhileOpening(t *testing.T) {
	for at := 1; ; at++ {
		f := &fuse{at: at}
		s := newStreet(t, 1, func(s *street) { s.wire(f) })
		err := s.fund(0, 80) // all that the channel has
		s.settle()
		blown := f.blown
		f.mend()
		s.restart()
		var locked unit.Amount
		for id, deposit := range s.chain.Locked() {
			note, _, _ := s.disk.Load(t.Context(), "a", id)
			locked, _ = deposit.Sub(note.Promised)
		}
		// All that was opened with is promised in the end, and as much again is locked ahead of its use.
		got := s.wallet.Stake().Locked
		if got.Cmp(locked) < 0 || got != amount(0) && got != amount(80) || !blown && (err != nil || got != amount(80)) {
			t.Errorf("killed at step %d: %s are said to be locked, and are %s; %v", at, got, locked, err)
		}
		s.wallet.Close()
		if !blown {
			return
		}
	}
}

// What a server has acknowledged is shown after a crash too, if it was some time before.
func TestWalletHeardBeforeCrash(t *testing.T) {
	s := newStreet(t, 1, nil)
	s.pays(0, 30)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { s.wallet.Run(ctx); close(done) }()
	for {
		kept, err := s.disk.LoadPurse(t.Context(), asset())
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(kept), `"heard"`) {
			break
		}
		time.Sleep(time.Millisecond)
	}
	cancel()
	<-done
	crashed := s.wallet
	defer crashed.Close()
	s.open()
	if tab := s.wallet.Stake().Tabs[0]; tab.Acknowledged != amount(30) || tab.Agreed {
		t.Errorf("%+v", tab)
	}
}
