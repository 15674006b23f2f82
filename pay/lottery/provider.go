package lottery

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/lru"
	"github.com/ethereum/go-ethereum/core/types"
	"golang.org/x/sync/semaphore"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// Method is the name of this method of payment.
const Method = "lottery"

// Delay is how long the contract lets what was warned of wait.
const Delay = 24 * time.Hour

// ProviderConfig says who is paid, and how the chain is seen. What may be zero says so.
//
// That a series is retired is in the ledger, which a cashier reads before it has a ticket looked at. Two processes must not do that for one channel at the
// same moment: each would draw tickets of a series without knowing of the other's.
type ProviderConfig struct {
	Asset    pay.Asset
	Contract pay.Address
	Payee    pay.Address // gets the money; its key is needed for nothing here
	Secret   Secret      // decides all draws; it must stay the same for as long as any series has not expired
	Odds     func() Odds // of series that are announced now; it must not wait

	// Valid is for how long a series is announced; at most a day, which is 0. React is how long it takes at worst from the time of the newest
	// block that is seen, when a winner is drawn or a warning comes, until the redemption that answers it is in the chain: the watcher's limit
	// for what is stale is part of it. It is at most half of Valid.
	Valid, React time.Duration
	// Credit is how many winners may be unpaid at once that only an open pot with an escrow secures; 0: a lock is wanted. So much
	// times the face value can be lost to one client.
	Credit uint8
	// CreditAll is the most that can be lost so to all clients together at a time: a winner that has expired unpaid is lost, and counts no more. Nothing: there
	// is no limit.
	CreditAll unit.Amount

	Watcher *watch.Watcher
	Reader  watch.Reader
	Sender  watch.Doer // nil: nothing is redeemed by this process
	// GasCost returns what so much gas costs at present, in base units of the asset; nil: nothing.
	GasCost func(ctx context.Context, gas uint64) (unit.Amount, error)
	// Alarm, unless nil, is called when a payer is seen to take its money back: it is time to redeem. It must not wait.
	Alarm func()
	Now   func() time.Time // the watcher's clock
	Most  int              // channels to be kept in view; 0: 131072
}

// Provider is paid by lottery, in one asset. Its methods may be called from many goroutines.
type Provider struct {
	cfg         ProviderConfig
	types       *Types
	contract    *contract
	seen        *seen
	watched     *watch.Watched
	redeeming   *semaphore.Weighted // who has it may redeem
	redemptions watch.Sequence      // and protests; belongs to who has it
	doubtful    doubtful
	credit      *credit
}

var (
	_ pay.Provider  = (*Provider)(nil)
	_ pay.Drawer    = (*Provider)(nil)
	_ pay.Doubter   = (*Provider)(nil)
	_ pay.Lender    = (*Provider)(nil)
	_ watch.Subject = (*Provider)(nil)
)

// NewProvider returns a provider, which begins to watch the chain.
func NewProvider(cfg ProviderConfig) (*Provider, error) {
	if cfg.Valid == 0 {
		cfg.Valid = Delay
	}
	if cfg.Most == 0 {
		cfg.Most = 1 << 17
	}
	switch {
	case cfg.Watcher == nil || cfg.Reader == nil || cfg.Now == nil || cfg.Odds == nil:
		return nil, errors.New("a provider of lotteries needs odds, a watcher, a reader and a clock")
	case cfg.Payee == pay.Address{} || cfg.Asset.Token == pay.Address{} || cfg.Contract == pay.Address{}:
		return nil, errors.New("a provider of lotteries needs a payee, a token and a contract")
	case cfg.Secret == Secret{}:
		return nil, errors.New("a provider of lotteries needs a secret")
	case cfg.Asset.ChainID != cfg.Watcher.ChainID():
		return nil, fmt.Errorf("the token is of chain %d, and chain %d is watched", cfg.Asset.ChainID, cfg.Watcher.ChainID())
	case cfg.Valid > Delay || cfg.React <= 0 || 2*cfg.React > cfg.Valid:
		return nil, fmt.Errorf("series are announced for %v, which has to be at most %v and twice the %v that a redemption takes", cfg.Valid, Delay, cfg.React)
	}
	p := &Provider{
		cfg: cfg, types: NewTypes(cfg.Asset.ChainID, cfg.Contract),
		contract: newContract(cfg.Contract, cfg.Reader), redeeming: semaphore.NewWeighted(1), doubtful: doubtful{claims: map[pay.Hash]unit.Amount{}},
		credit:      newCredit(cfg.CreditAll),
		redemptions: watch.Sequence{By: cfg.Sender, Kind: fmt.Sprintf("%s/%x/redeem", Method, cfg.Asset.Token)},
	}
	p.seen = &seen{asked: lru.NewBasicLRU[Opening, map[Unpaid]struct{}](cfg.Most), Seen: watch.NewSeen(watch.SeenConfig[Opening, pair]{
		Most: cfg.Most, Read: p.read, Fresh: p.fresh, Leaving: (*pair).leaving, Alarm: cfg.Alarm, Named: p.named,
	})}
	p.watched = cfg.Watcher.Watch(fmt.Sprintf("%s %x", Method, cfg.Asset.Token), 0, p)
	return p, nil
}

// Method implements pay.Provider.
func (p *Provider) Method() string { return Method }

// Info implements pay.Provider.
func (p *Provider) Info() []byte {
	i := Info{Contract: p.cfg.Contract, Payee: p.cfg.Payee, Face: p.cfg.Odds().Face, Credit: p.cfg.Credit}
	return i.Encode()
}

// Check makes sure that the chain has the contract and the token. Errors: ErrNoContract, ErrNoToken, and those of the chain.
func (p *Provider) Check(ctx context.Context) error {
	v, err := p.cfg.Watcher.Look(ctx)
	if err != nil {
		return err
	}
	return p.contract.check(ctx, v.Head.Hash, p.types, p.cfg.Asset.Token)
}

// Filter implements watch.Subject: whatever changes a pot, which a winner that is paid does as well.
func (p *Provider) Filter() watch.Filter {
	changed := p.contract.GetABI().Events[bind.LotteryPotChanged{}.ContractEventName()].ID
	return watch.Filter{Addresses: []common.Address{p.contract.at}, Events: []common.Hash{changed}}
}

// named is the channel that may be paid from a pot that has changed: funder and payer are in the first two topics behind the event's.
func (p *Provider) named(l types.Log) Opening {
	funder, payer := watch.Topic(l, 1), watch.Topic(l, 2)
	return Opening{
		ChainID: p.cfg.Asset.ChainID, Contract: p.cfg.Contract, Payee: p.cfg.Payee, Token: p.cfg.Asset.Token,
		Funder: pay.Address(common.BytesToAddress(funder[:])), Payer: pay.Address(common.BytesToAddress(payer[:])),
	}
}

// See implements watch.Subject.
func (p *Provider) See(ctx context.Context, v watch.View) error { return p.seen.See(ctx, v) }

// read reads channels, with the series that were asked for.
func (p *Provider) read(ctx context.Context, v watch.View, some []Opening) (pairs []*pair, err error) {
	pairs = make([]*pair, len(some))
	for i := range some {
		if pairs[i], err = p.contract.readPair(ctx, v, &some[i], p.seen.series(some[i], v.Sure.TimeS)); err != nil {
			return nil, err
		}
	}
	return pairs, nil
}

// Open implements pay.Provider. Pots that are empty are looked for once more at the chain's very end, for a client may have
// seen its deposit there first.
func (p *Provider) Open(ctx context.Context, client pay.Address, opening []byte) (pay.Channel, error) {
	c, err := p.channel(client, opening)
	if err != nil {
		return nil, err
	}
	err = p.locks(ctx, c)
	var refused *pay.Refusal
	if errors.As(err, &refused) && (refused.Reason == pay.NoChannel || refused.Reason == pay.Unconfirmed) {
		if err := c.Look(ctx); err != nil {
			return nil, err
		}
		err = p.locks(ctx, c)
	}
	if err != nil {
		p.seen.Forget(c.opening)
		return nil, err
	}
	c.begin()
	return c, nil
}

// locks is nil if the chain has something in the client's pots, for sure.
func (p *Provider) locks(ctx context.Context, c *Channel) error {
	now, err := p.pair(ctx, c)
	if err != nil {
		return err
	}
	has := func(s *state) bool { return !s.lock.amount.IsZero() || p.cfg.Credit > 0 && !s.open.amount.IsZero() }
	switch {
	case has(&now.sure):
		return nil
	case has(&now.head):
		return pay.Refuse(pay.Unconfirmed, "the deposit for channel %x is not confirmed yet", c.id)
	}
	return pay.Refuse(pay.NoChannel, "nothing is locked for channel %x", c.id)
}

// Restore implements pay.Provider. It does not fail because the chain is not seen: the channel covers nothing until it is.
func (p *Provider) Restore(ctx context.Context, client pay.Address, evidence []byte) (pay.Channel, []byte, error) {
	e, err := DecodeEvidence(evidence)
	if err != nil {
		return nil, nil, pay.Refuse(pay.Malformed, "%v", err)
	}
	c, err := p.channel(client, evidence[:openingSize])
	if err != nil {
		return nil, nil, err
	}
	if err := c.restore(&e); err != nil {
		return nil, nil, err
	}
	if _, err := p.pair(ctx, c); err != nil && ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	return c, e.Promise.Encode(), nil
}

// channel makes a channel of its opening, if that is one of ours.
func (p *Provider) channel(client pay.Address, opening []byte) (*Channel, error) {
	o, err := DecodeOpening(opening)
	switch {
	case err != nil:
		return nil, pay.Refuse(pay.Malformed, "%v", err)
	case o.ChainID != p.cfg.Asset.ChainID:
		return nil, pay.Refuse(pay.WrongChain, "the tickets are of chain %d, and this server is paid on chain %d", o.ChainID, p.cfg.Asset.ChainID)
	case o.Contract != p.cfg.Contract:
		return nil, pay.Refuse(pay.WrongChain, "the tickets are of contract %x, and this server is paid by %x", o.Contract, p.cfg.Contract)
	case o.Token != p.cfg.Asset.Token:
		return nil, pay.Refuse(pay.WrongChain, "the tickets are of token %x, and this server is paid in %x", o.Token, p.cfg.Asset.Token)
	case o.Payee != p.cfg.Payee:
		return nil, pay.Refuse(pay.WrongPayee, "the tickets pay %x, and this server is %x", o.Payee, p.cfg.Payee)
	case o.Payer != client || client == pay.Address{}:
		return nil, pay.Refuse(pay.WrongClient, "the tickets are signed by %x, not by %x", o.Payer, client)
	}
	return &Channel{p: p, id: o.ID(), opening: o}, nil
}

// fresh is nil while the chain is seen; otherwise a *pay.Refusal.
func (p *Provider) fresh() error { return p.watched.Fresh(p.cfg.Now()) }

// pair returns how a channel stands, and reads it if it has not been yet, with all its series.
func (p *Provider) pair(ctx context.Context, c *Channel) (*pair, error) {
	series := c.unpaid()
	p.seen.ask(c.opening, series...)
	now, err := p.seen.Get(ctx, c.opening)
	if err != nil || now.has(series) {
		return now, err
	}
	return p.seen.Read(ctx, c.opening)
}

// known returns how a channel stands, without waiting. Errors: a *pay.Refusal.
func (p *Provider) known(c *Channel) (*pair, error) {
	p.seen.ask(c.opening, c.unpaid()...)
	return p.seen.Known(c.opening)
}
