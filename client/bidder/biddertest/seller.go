// Package biddertest has a seller of market/1 for tests: a real auction behind the protocol, with
// accounts in memory, which is honest or cheats as it is told.
package biddertest

import (
	"crypto/ecdsa"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

// Cheats are ways in which a seller does not keep to the rules. The zero Cheats is honest.
type Cheats struct {
	// Overcharge is added to each charge in the account, LinesToo to its lines as well.
	Overcharge uint64
	LinesToo   bool
	// Backdate is how long before its end each charge is said to begin. Timeless: each is said to be for no time, before the client's
	// first bid. Seldom is how much later than it should each is entered.
	Backdate time.Duration
	Timeless bool
	Seldom   time.Duration
	// Cut is how many units less than were won are said to be allocated.
	Cut uint64
	// TwoCurves: a curve that is asked for again has another price in it.
	TwoCurves bool
	// WrongKey: statements are signed by somebody else; WrongNode: the market is that of another server.
	WrongKey, WrongNode bool
	// Mute lists what is not answered.
	Mute map[uint64]bool
	// Busy is how many payments more are answered with that.
	Busy int
	// Mangle changes what is sent; nil is nothing.
	Mangle func(m marketwire.Message) marketwire.Message
}

// Seller sells. Set its exported fields before Begin; change Cheats by Cheat.
type Seller struct {
	Key     *ecdsa.PrivateKey // its node key, which also signs
	Now     func() time.Time
	Units   uint64
	Reserve unit.Price
	Fee     uint64
	Prices  int // most in a bid
	Token   byte
	Rate    uint64 // of a unit

	mu struct {
		sync.Mutex
		cheats  Cheats
		auction *auction.Auction
		epoch   uint64
		curves  map[uint64]auction.Dated
		shown   map[uint64]int // how often
		clients map[marketwire.Address]*customer
		ids     map[auction.Client]*customer
		next    auction.Client
		got     map[uint64]int // messages by code
		charged unit.Instant

		channels map[marketwire.Hash]*channel
	}
}

// New returns an honest seller whose key is made from its number.
func New(number byte, now func() time.Time) *Seller {
	key, err := crypto.ToECDSA(crypto.Keccak256([]byte("seller"), []byte{number}))
	if err != nil {
		panic(err)
	}
	return &Seller{
		Key: key, Now: now, Units: 8, Reserve: unit.PricePerHour(3600), Fee: 1, Prices: 8, Rate: 10_000,
	}
}

// ID is the seller's devp2p node id.
func (s *Seller) ID() [32]byte {
	return crypto.Keccak256Hash(crypto.FromECDSAPub(&s.Key.PublicKey)[1:])
}

// Market is what it sells for.
func (s *Seller) Market() marketwire.Market {
	return marketwire.Market{
		ChainID: 1337, Token: marketwire.Address{s.Token, 0x11}, Decimals: 6, Currency: "TST",
		Seller: marketwire.Address(crypto.PubkeyToAddress(s.Key.PublicKey)), Node: s.ID(),
	}
}

func (s *Seller) now() unit.Instant { return unit.Instant(s.Now().UnixNano()) }

// Begin begins a book, or another one: all bids are gone. Accounts stay. It returns the epoch.
func (s *Seller) Begin() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	a, err := auction.New(now, auction.Config{
		Prices: s.Prices, Units: s.Units, Reserve: s.Reserve, FirstSeq: uint64(now) / 1000, Curves: true,
	})
	if err != nil {
		panic(err)
	}
	s.mu.auction, s.mu.epoch, s.mu.charged = a, uint64(now), now
	s.mu.curves, s.mu.shown = make(map[uint64]auction.Dated), make(map[uint64]int)
	s.mu.ids, s.mu.next = make(map[auction.Client]*customer), 0
	if s.mu.clients == nil {
		s.mu.clients, s.mu.got = make(map[marketwire.Address]*customer), make(map[uint64]int)
		s.mu.channels = make(map[marketwire.Hash]*channel)
	}
	for _, c := range s.mu.clients {
		*c = customer{address: c.address, entries: c.entries, balance: c.balance, rest: c.rest, receipts: c.receipts, lines: nil}
	}
	s.take()
	return s.mu.epoch
}

// Cheat says how it cheats from now on.
func (s *Seller) Cheat(c Cheats) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mu.cheats = c
}

// Got returns how many messages of a code have come.
func (s *Seller) Got(code uint64) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mu.got[code]
}

// Others has somebody bid, at these prices for one unit each.
func (s *Seller) Others(who byte, prices ...unit.Price) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.customer(marketwire.Address{0xff, who})
	c.balance = unit.AmountOfWords(1, 0)
	s.open(c)
	if err := s.mu.auction.Bid(s.now(), c.id, prices); err != nil {
		panic(err)
	}
	c.prices = prices
	s.after(nil)
}

// Has returns how many units a client has, what it bids, and its balance.
func (s *Seller) Has(client marketwire.Address) (units int, bid []unit.Price, balance unit.Amount) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, ok := s.mu.clients[client]
	if !ok {
		return 0, nil, unit.Amount{}
	}
	if c.open {
		if v, err := s.mu.auction.View(c.id); err == nil {
			return v.Units, append([]unit.Price(nil), v.Prices...), c.balance
		}
	}
	return 0, nil, c.balance
}

// Spent returns what a client was charged, fees included.
func (s *Seller) Spent(client marketwire.Address) unit.Amount {
	s.mu.Lock()
	defer s.mu.Unlock()
	var sum unit.Amount
	if c, ok := s.mu.clients[client]; ok {
		for _, e := range c.entries {
			if e.Debit {
				sum, _ = sum.Add(e.Amount)
			}
		}
	}
	return sum
}

// Credit fills a client's account, and tells it.
func (s *Seller) Credit(client marketwire.Address, amount unit.Amount) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.customer(client)
	s.enter(c, marketwire.Entry{Kind: marketwire.Deposit, Amount: amount})
	s.limit(c)
	if c.line != nil {
		c.line.send(&marketwire.Account{Balance: sign(s, s.said(c))})
	}
}

// ChargeSpan is how often charges are entered.
const ChargeSpan = 10 * unit.Second

// Tick lets time pass. It is to be called every second or so.
func (s *Seller) Tick() {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	s.mu.auction.Tick(now)
	s.after(nil)
	due := now.Since(s.mu.charged) >= ChargeSpan
	if due {
		s.mu.charged = now
	}
	for _, c := range s.mu.clients {
		if c.line == nil && c.open && len(c.prices) > 0 && !c.left.IsZero() && s.Now().Sub(c.left) >= Linger {
			s.fall(c)
		}
		if due {
			s.charge(c, false)
		}
	}
}

// Linger is for how long a bid stands without its client.
const Linger = 30 * time.Second

// Run ticks until stop is closed.
func (s *Seller) Run(stop <-chan struct{}) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			s.Tick()
		case <-stop:
			return
		}
	}
}

// Stop ends business with everybody.
func (s *Seller) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.mu.clients {
		if c.line != nil {
			s.fall(c)
			c.line.send(&marketwire.Closed{End: marketwire.Stopping})
		}
	}
}

func sign[B marketwire.Body](s *Seller, body B) marketwire.Signed[B] {
	key := s.Key
	if s.mu.cheats.WrongKey {
		key = New(255, nil).Key
	}
	signed, err := marketwire.Sign(body, key)
	if err != nil {
		panic(err)
	}
	return signed
}
