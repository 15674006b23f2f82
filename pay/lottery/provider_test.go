package lottery_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/pay/lottery/lotterytest"
	"github.com/candela-les/candela/pay/paytest"
	"github.com/candela-les/candela/pay/paytest/fake"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/pay/watch/watchtest"
	"github.com/candela-les/candela/unit"
)

// contractAt is where the tests' chain has the lottery.
var contractAt = lotterytest.ContractAt

const (
	face   = 1000
	credit = 100
)

// A ticket is worth a tenth of its face value.
var odds = lottery.Odds{Face: unit.NewAmount(face), Ratio: uint64(1<<63)/5 + 1}

var secret = lotterytest.Secret

func alloc() types.GenesisAlloc { return lotterytest.Alloc() }

func providing(onCredit uint8) func(s *paytest.Server) (paytest.Provider, error) {
	return lotterytest.ProvidingBy(odds, onCredit)
}

// payer is somebody that signs tickets as the test wants them. Its funder is who has the chain's ether.
type payer struct {
	*paytest.World
	key     *watch.Key
	opening lottery.Opening
	series  lottery.Series // as it was announced last
	first   uint64         // number of the first one
	next    uint64         // number of the next ticket
	seeds   uint64
}

func newPayer(t *testing.T, onCredit uint8) *payer {
	t.Helper()
	w := paytest.NewWorld(t, paytest.Method{Alloc: alloc(), Provider: providing(onCredit)})
	p := &payer{World: w, key: w.Key("payer"), next: 1}
	p.opening = lottery.Opening{
		ChainID: watchtest.ChainID, Contract: contractAt, Funder: pay.Address(w.Chain.Address), Payer: pay.Address(p.key.Address()),
		Payee: w.Server.Receiver, Token: pay.Address(w.Token),
	}
	w.Mint(w.Chain.Address, 100_000)
	w.Call(w.Token, bind.NewTestToken().PackApprove(common.Address(contractAt), big.NewInt(100_000)))
	return p
}

// funds has the funder call the lottery, and that is sure and seen.
func (p *payer) funds(data []byte) {
	p.T.Helper()
	p.Call(common.Address(contractAt), data)
	p.Mine(paytest.Confirmations + 1)
	p.Server.Look()
}

func (p *payer) lock(n int64) {
	p.T.Helper()
	p.funds(bind.NewLottery().PackLockFor(p.Token, p.Chain.Address, p.key.Address(), common.Address(p.opening.Payee), big.NewInt(n)))
}

// establish has the server announce its series.
func (p *payer) establish() pay.Standing {
	p.T.Helper()
	s, err := p.Server.Cashier.Establish(p.T.Context(), pay.Address(p.key.Address()), lottery.Method, p.opening.Encode())
	if err != nil {
		p.T.Fatalf("establishing: %v", err)
	}
	state, err := lottery.DecodeState(s.State)
	if err != nil {
		p.T.Fatal(err)
	}
	series := state.Series
	p.series = series
	if p.first == 0 {
		p.first = series.Number
	}
	above, _ := s.Cumulative.Sub(series.Base)
	_, low := above.Words()
	p.next = low/credit + 1
	return s
}

// ticket signs a ticket that wins or not, as is wanted: it tries seeds, which only who knows the reveal can.
func (p *payer) ticket(s lottery.Series, number uint64, wins bool) lottery.Signed {
	mine, reveal := lottery.NewTypes(watchtest.ChainID, contractAt), secret.Reveal(&p.opening, s.Number)
	for {
		p.seeds++
		seed := pay.Hash(crypto.Keccak256Hash(binary.BigEndian.AppendUint64(nil, p.seeds)))
		k := s.TicketOf(&p.opening, number, seed)
		if digest := mine.Digest(&k); lottery.Wins(digest, reveal, s.Ratio) == wins {
			signature, err := eip712.Sign(p.key, digest)
			if err != nil {
				p.T.Fatal(err)
			}
			return lottery.Signed{Seed: seed, Signature: signature}
		}
	}
}

// tickets makes a promise of tickets that follow those before; each wins or not.
func (p *payer) tickets(wins ...bool) []byte {
	out := lottery.Promise{Series: p.series, First: p.next}
	for _, win := range wins {
		out.Tickets = append(out.Tickets, p.ticket(p.series, p.next, win))
		p.next++
	}
	return out.Encode()
}

func (p *payer) send(promise []byte) (pay.Accepted, error) {
	return p.Server.Cashier.Promise(p.T.Context(), pay.Address(p.key.Address()), p.opening.ID(), promise)
}

// accepted sends a promise that has to be credited so much.
func (p *payer) accepted(promise []byte, credited uint64) {
	p.T.Helper()
	if a, err := p.send(promise); err != nil || a.Credited != unit.NewAmount(credited) {
		p.T.Fatalf("accepted as %+v (%v), and %d were to be credited", a, err, credited)
	}
}

// refused sends a promise that has to be refused.
func (p *payer) refused(promise []byte, why pay.Reason) {
	p.T.Helper()
	a, err := p.send(promise)
	var r *pay.Refusal
	if !errors.As(err, &r) || r.Reason != why {
		p.T.Fatalf("accepted as %+v (%v), and was to be refused for reason %d", a, err, why)
	}
}

// collect has the server redeem, and what it has then.
func (p *payer) collect(want uint64) {
	p.T.Helper()
	if _, err := p.Server.Collect(true); err != nil {
		p.T.Fatalf("collecting: %v", err)
	}
	if got := p.Server.Got(); got != unit.NewAmount(want) {
		p.T.Fatalf("the payee has got %s, not %d", got, want)
	}
}

func (p *payer) open() int {
	p.T.Helper()
	claims, err := p.Server.Book.Claims(p.T.Context(), lottery.Method, pay.Hash{}, 100)
	if err != nil {
		p.T.Fatal(err)
	}
	return len(claims)
}

// Losers are credited, a winner ends its series and is paid, and the client's account has what the tickets were expected to earn.
func TestWinner(t *testing.T) {
	p := newPayer(t, 0)
	p.lock(2 * face)
	p.establish()
	p.accepted(p.tickets(false), credit)
	p.accepted(p.tickets(false, false), 2*credit)
	p.accepted(p.tickets(true), credit)
	if n := p.open(); n != 1 {
		t.Fatalf("%d claims, of one winner", n)
	}
	p.refused(p.tickets(false), pay.Expired)
	s := p.establish()
	if p.series.Number != p.first+1 || p.series.Base != unit.NewAmount(4*credit) || s.Cumulative != unit.NewAmount(4*credit) {
		t.Fatalf("after the winner: %+v, %+v", p.series, s)
	}
	p.accepted(p.tickets(false), credit) // before the winner is redeemed, for the lock has two
	p.collect(face)
	if n := p.open(); n != 0 {
		t.Errorf("%d claims are open, and the winner is paid", n)
	}
	p.accepted(p.tickets(false), credit)
	book, _ := p.Server.Book.(*fake.Book)
	if got := book.Drawn(); got != unit.NewAmount(face) {
		t.Errorf("%s were drawn", got)
	}
	p.collect(face)
}

// Of tickets behind a winner, in one promise, none counts.
func TestWinnerAmongTickets(t *testing.T) {
	p := newPayer(t, 0)
	p.lock(2 * face)
	p.establish()
	promise := p.tickets(false, true, false, true)
	p.accepted(promise, 2*credit)
	p.accepted(promise, 0) // its answer was lost
	if s := p.establish(); s.Cumulative != unit.NewAmount(2*credit) || p.series.Base != s.Cumulative || p.open() != 1 {
		t.Errorf("after a winner at the second place: %+v, %+v", s, p.series)
	}
	p.collect(face)
}

// channel is the server's side of the channel.
func (p *payer) channel() pay.Channel {
	p.T.Helper()
	c, err := p.Server.Provider.Open(p.T.Context(), p.opening.Payer, p.opening.Encode())
	if err != nil {
		p.T.Fatal(err)
	}
	return c
}

// Nothing can be seen of a draw before a ticket is signed: neither in what a promise says of itself, which decides in what order promises are
// looked at, nor in why it is refused.
func TestNothingDrawnUnsigned(t *testing.T) {
	p := newPayer(t, 0)
	p.lock(2 * face)
	p.establish()
	c := p.channel()
	for _, wins := range [][]bool{{false, false, false}, {true, false, false}, {false, true, true}, {false, false, true}} {
		p.next = 1
		promise := p.tickets(wins...)
		if n, err := c.Read(promise); err != nil || n != unit.NewAmount(3*credit) {
			t.Errorf("three tickets of which %v win say %s of themselves (%v)", wins, n, err)
		}
		for ticket := range wins { // also of those behind a winner
			unsigned := append([]byte(nil), promise...)
			unsigned[len(promise)-97*(len(wins)-ticket)+40]++
			p.refused(unsigned, pay.BadSign)
		}
	}
	if p.establish(); p.series.Number != p.first || p.open() != 0 {
		t.Errorf("tickets that are not signed ended a series: %+v", p.series)
	}
}

// Replayed loser: a ticket earns once, whatever comes between, also after a restart; and who has seen a reveal can make losers at will,
// which earn nothing.
func TestReplayedLoser(t *testing.T) {
	p := newPayer(t, 0)
	p.lock(3 * face)
	p.establish()
	loser := p.tickets(false)
	p.accepted(loser, credit)
	p.accepted(loser, 0)
	p.accepted(p.tickets(false), credit)
	p.accepted(loser, 0)
	p.Server.Start()
	p.establish()
	p.accepted(loser, 0)
	p.accepted(p.tickets(true), credit)
	retired := p.series
	p.collect(face) // now everybody knows the reveal
	made := func(first uint64) []byte {
		out := lottery.Promise{Series: retired, First: first}
		for n := first; n < first+3; n++ {
			out.Tickets = append(out.Tickets, p.ticket(retired, n, false))
		}
		return out.Encode()
	}
	for range 2 {
		p.refused(made(4), pay.Expired)
		p.refused(made(3), pay.Expired)
		p.Server.Start() // it does not forget
		p.establish()
	}
	if s := p.establish(); s.Cumulative != unit.NewAmount(3*credit) {
		t.Errorf("%s were credited in all", s.Cumulative)
	}
}

// A series is the same after a restart, also if none of its tickets was accepted: none that is signed in it is lost, and no reveal is
// used for two. Only of a channel of which the ledger knows nothing it is another one.
func TestRestart(t *testing.T) {
	p := newPayer(t, 0)
	p.lock(4 * face)
	p.establish()
	never := p.tickets(false)
	p.Later(time.Minute)
	p.Server.Start()
	p.establish()
	if p.series.Number <= p.first {
		t.Fatalf("series %d was announced, and of another ledger series %d", p.first, p.series.Number)
	}
	p.refused(never, pay.Expired)
	p.accepted(p.tickets(true), credit)
	p.establish()

	first := p.tickets(false)
	p.Later(time.Minute) // or it would be announced with the same expiry
	p.Server.Start()
	announced := p.series
	p.establish()
	if p.series.Number != announced.Number || p.series.Commitment != announced.Commitment {
		t.Fatalf("%+v was announced, and after a restart %+v", announced, p.series)
	}
	p.accepted(first, credit)
	p.series, p.next = announced, 2
	winner := p.tickets(true)
	p.once(pay.Refuse(pay.TooMuch, "full"), nil)
	p.refused(winner, pay.TooMuch)
	p.Server.Start()
	if p.establish(); p.series != announced {
		t.Fatalf("a winner was refused before the restart, and after it %+v is announced", p.series)
	}
	p.accepted(winner, credit)
	p.Server.Start()
	p.establish()
	if p.series.Number != announced.Number+1 || p.series.Base != unit.NewAmount(3*credit) {
		t.Fatalf("a winner was accepted before the restart, and after it %+v is announced", p.series)
	}
	p.accepted(p.tickets(true), credit)
	p.collect(3 * face)
}

// A server whose ledger is an old copy does not use a series whose reveal everybody knows, or its payer would send losers for nothing.
func TestOldLedger(t *testing.T) {
	p := newPayer(t, 0)
	p.lock(3 * face)
	p.establish()
	p.accepted(p.tickets(false), credit)
	old, _, err := p.Server.Book.Entry(t.Context(), lottery.Method, p.opening.ID())
	if err != nil {
		t.Fatal(err)
	}
	known := p.series
	p.accepted(p.tickets(true), credit)
	p.collect(face)
	p.Server.Book = fake.NewBook()
	claimant := pay.Claimant{Method: lottery.Method, ID: old.ID, Client: old.Client}
	if _, _, err := p.Server.Book.Advance(t.Context(), claimant, 0, pay.Promised{Cumulative: old.Cumulative, Evidence: old.Evidence}); err != nil {
		t.Fatal(err)
	}
	p.Later(time.Minute)
	p.Server.Start()
	p.series, p.next = known, 2
	p.refused(p.tickets(false), pay.Expired)
	p.establish()
	if p.series.Number <= known.Number+1 || p.series.Base != unit.NewAmount(credit) {
		t.Fatalf("of a ledger as it was during series %d, %+v is announced", known.Number, p.series)
	}
	p.accepted(p.tickets(true), credit)
	p.collect(2 * face)
}

// A winner that is not paid yet is counted: no more is accepted than could be paid if it won. It is so after a restart, too.
func TestNothingUncovered(t *testing.T) {
	p := newPayer(t, 0)
	p.lock(face + face/2)
	p.establish()
	p.accepted(p.tickets(true), credit)
	for range 2 {
		p.establish()
		p.refused(p.tickets(false), pay.Uncovered)
		p.Server.Start()
	}
	p.collect(face)
	p.establish()
	p.refused(p.tickets(false), pay.Uncovered)
	p.establish()
	p.lock(face)
	p.accepted(p.tickets(true), credit)
	p.collect(2 * face)
}

// What is warned of counts no more as soon as it is seen, though it is not confirmed; what was accepted before is redeemed in time.
func TestWarned(t *testing.T) {
	p := newPayer(t, 0)
	p.lock(2 * face)
	p.establish()
	p.accepted(p.tickets(true), credit)
	p.establish()
	p.Call(common.Address(contractAt), bind.NewLottery().PackWarn(p.Token, p.key.Address(), common.Address(p.opening.Payee), big.NewInt(2*face), new(big.Int)))
	p.Server.Look()
	if p.Server.Alarms.Load() == 0 {
		t.Error("nobody is told that the payer takes its money back")
	}
	p.refused(p.tickets(false), pay.Closing)
	p.collect(face)
}

// While the chain is not seen no ticket is taken.
func TestStale(t *testing.T) {
	p := newPayer(t, 0)
	p.lock(2 * face)
	p.establish()
	p.accepted(p.tickets(false), credit)
	p.Wait(paytest.Stale + time.Minute)
	p.refused(p.tickets(false), pay.Stale)
}

// A series is not used until it expires, for its winner has to be redeemed before that. What was announced instead goes on from it.
func TestExpiry(t *testing.T) {
	p := newPayer(t, 0)
	p.lock(face)
	p.establish()
	p.accepted(p.tickets(false), credit)
	late, announced := p.tickets(false), p.series
	p.Later(lottery.Delay - 2*paytest.Stale + time.Minute)
	p.Server.Look()
	p.refused(late, pay.Expired)
	p.series, p.next = announced, 2
	p.refused(p.tickets(true), pay.Expired)
	if p.open() != 0 {
		t.Fatal("a winner that can not be redeemed any more left a claim")
	}
	p.establish()
	if p.series.Number != p.first+1 || p.series.Base != unit.NewAmount(credit) || p.next != 1 {
		t.Fatalf("%+v is announced instead", p.series)
	}
	p.accepted(p.tickets(true), credit)
	p.collect(face)
}

// A series that was announced and never used is announced anew after a restart, with another expiry. Tickets that were signed before then go on
// with theirs, as long as that is not over.
func TestExpiryOverRestart(t *testing.T) {
	for _, late := range []bool{false, true} {
		t.Run(fmt.Sprintf("late %t", late), func(t *testing.T) {
			p := newPayer(t, 0)
			p.lock(2 * face)
			p.establish()
			p.accepted(p.tickets(true), credit)
			p.collect(face)
			p.establish()
			announced, signed := p.series, p.tickets(false, false, true)
			span := lottery.Delay - 2*paytest.Stale - time.Minute
			if late {
				span += 2 * time.Minute
			}
			p.Later(span)
			p.Server.Start()
			p.establish()
			if p.series.Number != announced.Number || p.series.ExpiryS <= announced.ExpiryS {
				t.Fatalf("%+v was announced, and after a restart %+v", announced, p.series)
			}
			if !late {
				p.accepted(signed, 3*credit)
				return
			}
			p.refused(signed, pay.Expired)
			if p.open() != 0 {
				t.Error("a ticket that can not be redeemed any more left a claim")
			}
			p.accepted(p.tickets(true), credit)
			p.collect(2 * face)
		})
	}
}

// Self-paying payer: it empties its open pot by a payee of its own, in front of the server's redemption. Who gave credit loses a face value at
// most; a lock can not be emptied so.
func TestSelfPayingPayer(t *testing.T) {
	for _, locked := range []bool{false, true} {
		t.Run(fmt.Sprintf("locked %t", locked), func(t *testing.T) {
			p := newPayer(t, 1)
			p.funds(bind.NewLottery().PackDeposit(p.Token, p.Chain.Address, p.key.Address(), big.NewInt(face), big.NewInt(2*face)))
			if locked {
				p.lock(face)
			}
			p.establish()
			p.accepted(p.tickets(true), credit)
			p.establish()
			another := p.tickets(false)
			if !locked {
				p.refused(another, pay.Uncovered) // one at a time on credit
			}
			own := lottery.Ticket{
				Funder: p.opening.Funder, Payer: p.opening.Payer, Payee: pay.Address{0xee}, Token: p.opening.Token, Series: 1, Number: 1,
				Face: odds.Face, Ratio: 1<<64 - 1, Commitment: lottery.CommitmentTo(pay.Hash{1}), ExpiryS: uint64(p.Now().Add(time.Hour).Unix()),
			}
			signature, err := eip712.Sign(p.key, lottery.NewTypes(watchtest.ChainID, contractAt).Digest(&own))
			if err != nil {
				t.Fatal(err)
			}
			p.funds(bind.NewLottery().PackRedeem(bound(&own), pay.Hash{1}, signature[:]))
			if locked {
				p.collect(face)
				return
			}
			if _, err := p.Server.Collect(true); err == nil {
				t.Error("nobody is told that a winner is not covered")
			}
			p.refused(another, pay.Uncovered)
			if p.open() != 1 {
				t.Error("the claim on who overspent is given up")
			}
			// It is paid once the payer makes good.
			p.funds(bind.NewLottery().PackDeposit(p.Token, p.Chain.Address, p.key.Address(), big.NewInt(face), new(big.Int)))
			p.collect(face)
		})
	}
}

// refusedWinner sends a winner that is refused for what is wrong with it, which ends nothing; then as it should be, which is the one draw of it.
func (p *payer) refusedWinner() {
	p.T.Helper()
	announced := p.series
	winner := lottery.Promise{Series: p.series, First: p.next, Tickets: []lottery.Signed{p.ticket(p.series, p.next, true)}}
	signature := winner.Tickets[0].Signature
	for _, other := range otherEncodings(signature) {
		winner.Tickets[0].Signature = other
		p.refused(winner.Encode(), pay.BadSign)
	}
	winner.Tickets[0].Signature = signature
	twice := winner
	twice.Tickets = []lottery.Signed{winner.Tickets[0], winner.Tickets[0]} // it is signed as the first one only
	p.refused(twice.Encode(), pay.BadSign)
	if p.establish(); p.series != announced || p.open() != 0 {
		p.T.Fatalf("a winner that is refused has ended its series: %+v is announced", p.series)
	}
	p.accepted(winner.Encode(), credit)
	for _, other := range otherEncodings(signature) {
		winner.Tickets[0].Signature = other
		p.refused(winner.Encode(), pay.BadSign)
	}
	if p.open() != 1 {
		p.T.Errorf("%d claims of one winner", p.open())
	}
}

// What is not of the channel, or not signed by the payer, is refused for its reason.
func TestRefused(t *testing.T) {
	p := newPayer(t, 0)
	p.lock(2 * face)
	p.establish()
	good := p.tickets(false)
	with := func(at int) []byte {
		b := append([]byte(nil), good...)
		b[at]++
		return b
	}
	p.refused(with(8+15), pay.BadSign) // another base, that was not announced
	p.refused(good[:len(good)-1], pay.Malformed)
	p.refused(with(len(good)-40), pay.BadSign)
	gap, err := lottery.DecodePromise(good)
	if err != nil {
		t.Fatal(err)
	}
	gap.First, gap.Tickets[0] = 3, p.ticket(p.series, 3, false)
	p.refused(gap.Encode(), pay.Gap)
	p.accepted(good, credit)
	p.refusedWinner()
	for name, change := range map[string]struct {
		change func(*lottery.Opening)
		why    pay.Reason
	}{
		"chain":    {func(o *lottery.Opening) { o.ChainID++ }, pay.WrongChain},
		"contract": {func(o *lottery.Opening) { o.Contract[0]++ }, pay.WrongChain},
		"token":    {func(o *lottery.Opening) { o.Token[0]++ }, pay.WrongChain},
		"payee":    {func(o *lottery.Opening) { o.Payee[0]++ }, pay.WrongPayee},
		"payer":    {func(o *lottery.Opening) { o.Payer[0]++ }, pay.WrongClient},
		"funder":   {func(o *lottery.Opening) { o.Funder[0]++ }, pay.NoChannel},
	} {
		o := p.opening
		change.change(&o)
		_, err := p.Server.Cashier.Establish(context.WithoutCancel(t.Context()), p.opening.Payer, lottery.Method, o.Encode())
		var r *pay.Refusal
		if !errors.As(err, &r) || r.Reason != change.why {
			t.Errorf("another %s: %v", name, err)
		}
	}
}
