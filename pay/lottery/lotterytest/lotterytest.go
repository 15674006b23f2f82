// Package lotterytest has lotteries as the suite of all methods of payment knows them (pay/paytest), for tests that run it over other parts than
// package lottery's own do.
package lotterytest

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"math/big"
	"math/rand/v2"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/pay/paytest"
	"github.com/candela-les/candela/pay/watch/watchtest"
	"github.com/candela-les/candela/unit"
)

// ContractAt is where the tests' chain has the lottery, and Secret what the servers' reveals are made of.
var (
	ContractAt = pay.Address{0x10, 0x77}
	Secret     = lottery.Secret{1, 2, 3}
)

// Alloc has the contract at its address.
func Alloc() types.GenesisAlloc {
	return types.GenesisAlloc{common.Address(ContractAt): {Code: common.FromHex(bind.LotteryRuntime), Balance: new(big.Int)}}
}

// ProvidingBy makes servers by their odds, and by how many tickets they take on credit.
func ProvidingBy(odds lottery.Odds, onCredit uint8) func(s *paytest.Server) (paytest.Provider, error) {
	return func(s *paytest.Server) (paytest.Provider, error) {
		return lottery.NewProvider(lottery.ProviderConfig{
			Asset: s.Asset(), Contract: ContractAt, Payee: s.Receiver, Secret: Secret, Odds: func() lottery.Odds { return odds },
			React: 2 * paytest.Stale, Credit: onCredit,
			Watcher: s.Watcher, Reader: s.Node, Sender: s.Sender, Alarm: func() { s.Alarms.Add(1) }, Now: s.Now,
		})
	}
}

// The suite's amounts are multiples of what a ticket is worth, and most of what a winner gets. Every fifth ticket wins.
const (
	Face  = 50
	Worth = 10
)

// Odds are those of the servers.
var Odds = lottery.Odds{Face: unit.NewAmount(Face), Ratio: (1<<64-1)/5 + 1}

// fair are draws that are as even as can be: what was drawn is what was expected whenever that is a multiple of the face value. A test that knows
// the payee's secret can have that, by trying seeds, and nobody else.
type fair struct {
	seeds *rand.ChaCha8
}

// seed finds one for the n-th ticket of a series.
func (f *fair) seed(o *lottery.Opening, s *lottery.Series, n uint64) (seed pay.Hash) {
	mine, reveal := lottery.NewTypes(o.ChainID, o.Contract), Secret.Reveal(o, s.Number)
	sum, ok := s.After(n)
	if !ok {
		panic("a ticket of more than there can be")
	}
	_, low := sum.Words()
	wins := low%Face == 0
	for {
		_, _ = f.seeds.Read(seed[:])
		k := s.TicketOf(o, n, seed)
		if lottery.Wins(mine.Digest(&k), reveal, s.Ratio) == wins {
			return seed
		}
	}
}

// fairPayer is a payer whose randomness is fair.
type fairPayer struct {
	*lottery.Payer
	fair
	client *paytest.Client

	mu     sync.Mutex // held while promises are made
	id     pay.Hash
	signed uint64 // tickets since
}

// Promise implements pay.Payer.
func (p *fairPayer) Promise(ctx context.Context, id pay.Hash, cumulative unit.Amount) ([]byte, unit.Amount, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.id, p.signed = id, 0
	return p.Payer.Promise(ctx, id, cumulative)
}

// Read draws the seed of the next ticket.
func (p *fairPayer) Read(b []byte) (int, error) {
	opening, series, last, err := p.at()
	if err != nil {
		return 0, err
	}
	p.signed++
	seed := p.seed(&opening, &series, last+p.signed)
	return copy(b, seed[:]), nil
}

// at returns how far the channel is, by its note: the series in use, and the last ticket that was signed in it.
func (p *fairPayer) at() (o lottery.Opening, s lottery.Series, last uint64, err error) {
	note, ok, err := p.client.Notes.Load(context.Background(), lottery.Method, p.id)
	if err != nil || !ok {
		return o, s, last, errors.New("no such note")
	}
	var memo struct {
		Series []byte
		Last   uint64
	}
	if err := json.Unmarshal(note.Data, &memo); err != nil {
		return o, s, last, err
	}
	if o, err = lottery.DecodeOpening(note.Opening); err != nil {
		return o, s, last, err
	}
	s, err = lottery.DecodeSeries(memo.Series)
	return o, s, memo.Last, err
}

// fairlyBy makes payers by what they have in open pots.
func fairlyBy(pot lottery.OpenPot) func(c *paytest.Client) (pay.Payer, error) {
	return func(c *paytest.Client) (pay.Payer, error) {
		p := &fairPayer{client: c, fair: fair{rand.NewChaCha8([32]byte{1})}}
		var err error
		p.Payer, err = lottery.NewPayer(lottery.PayerConfig{
			Session: c.Session, Sender: c.Sender, Watcher: c.Watcher, Reader: c.Node, Notes: c.NotesOf(), Random: p,
			Contracts: []pay.Address{ContractAt}, Pot: pot,
		})
		return p, err
	}
}

// forge signs tickets of the series that the server has announced, from what it has accepted on: as many as come to an amount, or as a
// promise can have.
func (f *fair) forge(c *paytest.Client, ch paytest.Channel, cumulative unit.Amount) []byte {
	o, err := lottery.DecodeOpening(ch.Opening)
	if err != nil {
		panic(err)
	}
	series := Secret.Announce(&o, lottery.Series{Number: 1, Face: Odds.Face, Ratio: Odds.Ratio, ExpiryS: 1 << 62})
	first := uint64(1)
	if s, err := c.Line.Establish(context.Background(), lottery.Method, ch.Opening); err == nil {
		state, err := lottery.DecodeState(s.State)
		if err != nil {
			panic(err)
		}
		series = state.Series
		_, above := s.Cumulative.Minus(series.Base).Words()
		first += above / Worth
	}
	p, mine := lottery.Promise{Series: series, First: first}, lottery.NewTypes(watchtest.ChainID, ContractAt)
	for len(p.Tickets) < lottery.MaxTickets {
		n := first + uint64(len(p.Tickets))
		if sum, _ := series.After(n - 1); len(p.Tickets) > 0 && sum.Cmp(cumulative) >= 0 {
			break
		}
		seed := f.seed(&o, &series, n)
		k := series.TicketOf(&o, n, seed)
		signature, err := eip712.Sign(c.Session, mine.Digest(&k))
		if err != nil {
			panic(err)
		}
		p.Tickets = append(p.Tickets, lottery.Signed{Seed: seed, Signature: signature})
	}
	return p.Encode()
}

func wrong(ch paytest.Channel, how paytest.Wrong) []byte {
	o, err := lottery.DecodeOpening(ch.Opening)
	if err != nil {
		panic(err)
	}
	switch how {
	case paytest.WrongChain:
		o.ChainID++
	case paytest.WrongToken:
		o.Token[0]++
	case paytest.WrongPayee:
		o.Payee[0]++
	case paytest.WrongClient:
		o.Payer[0]++
	}
	return o.Encode()
}

// spoil changes a claim so that it must not be paid.
func spoil(data []byte) map[string][]byte {
	with := func(change func(*lottery.Claim)) []byte {
		c, err := lottery.DecodeClaim(data)
		if err != nil {
			panic(err)
		}
		change(&c)
		return c.Encode()
	}
	return map[string][]byte{
		"more":                with(func(c *lottery.Claim) { c.Series.Face = c.Series.Face.Plus(unit.NewAmount(1)) }),
		"better odds":         with(func(c *lottery.Claim) { c.Series.Ratio = 1<<64 - 1 }),
		"another payee":       with(func(c *lottery.Claim) { c.Opening.Payee[3]++ }),
		"another's money":     with(func(c *lottery.Claim) { c.Opening.Funder[3]++ }),
		"another series":      with(func(c *lottery.Claim) { c.Series.Number += 100 }),
		"another number":      with(func(c *lottery.Claim) { c.Number++ }),
		"longer":              with(func(c *lottery.Claim) { c.Series.ExpiryS += 1000 }),
		"another seed":        with(func(c *lottery.Claim) { binary.BigEndian.PutUint64(c.Ticket.Seed[:], 7) }),
		"a mangled signature": with(func(c *lottery.Claim) { c.Ticket.Signature[10]++ }),
	}
}

// Method is what the suite knows of lotteries, by locks.
func Method() paytest.Method {
	f := &fair{rand.NewChaCha8([32]byte{2})}
	return paytest.Method{
		Alloc: Alloc(), Provider: ProvidingBy(Odds, 0), Payer: fairlyBy(lottery.OpenPot{}), Forge: f.forge, Wrong: wrong, Spoil: spoil,
		Whole: true, Delay: lottery.Delay, Once: Face, Luck: unit.NewAmount(Face - Worth),
		Skip: map[string]string{
			"several at once": "tickets of a series are taken one after the other, for the first winner ends it: TestDrawnAtOnce sends them at once",
		},
	}
}
