package channel

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"golang.org/x/sync/semaphore"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// Method is the name of this method of payment.
const Method = "channel"

// ProviderConfig says who is paid, and how the chain is seen. What may be zero says so.
type ProviderConfig struct {
	Asset      pay.Asset
	Receiver   pay.Address   // gets the money; its key is needed for nothing here
	Authorizer eip712.Signer // signs claims and refunds: the operator's hot key

	// Delay is the shortest time that a payer's withdrawal has to wait; 0: a day. React is how long it takes at worst from when
	// a withdrawal is in the chain until the claim that answers it is: the time for which a view of
	// the chain is relied on, and that a claim takes. It must be less than Delay.
	Delay, React time.Duration

	Watcher *watch.Watcher
	Reader  watch.Reader
	Sender  watch.Doer // nil: nothing is collected by this process
	// GasCost returns what so much gas costs at present, in base units of the asset; nil: nothing.
	GasCost func(ctx context.Context, gas uint64) (unit.Amount, error)
	// Alarm, unless nil, is called when a payer is seen to take its money back: it is time to collect. It must not wait.
	Alarm func()
	Now   func() time.Time // the watcher's clock
	Most  int              // channels to be kept in view; 0: 131072
}

// Provider is paid by channels, in one asset. Its methods may be called from many goroutines.
type Provider struct {
	cfg      ProviderConfig
	types    *Types
	contract *contract
	seen     *watch.Seen[pay.Hash, pair]
	watched  *watch.Watched
	claiming *semaphore.Weighted // who has it may claim
	claims   watch.Sequence      // belongs to who has it
}

var (
	_ pay.Provider    = (*Provider)(nil)
	_ pay.Collectable = (*Provider)(nil)
	_ watch.Subject   = (*Provider)(nil)
)

// day is the shortest delay that is taken, if nothing else is said.
const day = 24 * time.Hour

// NewProvider returns a provider, which begins to watch the chain.
func NewProvider(cfg ProviderConfig) (*Provider, error) {
	if cfg.Delay == 0 {
		cfg.Delay = day
	}
	if cfg.Most == 0 {
		cfg.Most = 1 << 17
	}
	switch {
	case cfg.Authorizer == nil || cfg.Watcher == nil || cfg.Reader == nil || cfg.Now == nil:
		return nil, errors.New("a provider of channels needs an authorizer's key, a watcher, a reader and a clock")
	case cfg.Receiver == pay.Address{} || cfg.Asset.Token == pay.Address{}:
		return nil, errors.New("a provider of channels needs a receiver and a token")
	case cfg.Asset.ChainID != cfg.Watcher.ChainID():
		return nil, fmt.Errorf("the token is of chain %d, and chain %d is watched", cfg.Asset.ChainID, cfg.Watcher.ChainID())
	case cfg.Delay < LeastDelayS*time.Second || cfg.Delay > MostDelayS*time.Second || cfg.Delay%time.Second != 0:
		return nil, fmt.Errorf("withdrawals can be made to wait between %d and %d whole seconds, not %v", LeastDelayS, MostDelayS, cfg.Delay)
	case cfg.React <= 0 || cfg.React >= cfg.Delay:
		return nil, fmt.Errorf("a withdrawal is answered by a claim within %v, which is not well within the %v that it waits", cfg.React, cfg.Delay)
	}
	p := &Provider{
		cfg: cfg, types: NewTypes(cfg.Asset.ChainID),
		contract: &contract{bind.NewBatchSettlement(), cfg.Reader}, claiming: semaphore.NewWeighted(1),
		claims: watch.Sequence{By: cfg.Sender, Kind: fmt.Sprintf("%s/%x/claim", Method, cfg.Asset.Token)},
	}
	p.seen = watch.NewSeen(watch.SeenConfig[pay.Hash, pair]{
		Most: cfg.Most, Read: p.contract.readPairs, Batch: perCall, Fresh: p.fresh, Leaving: (*pair).leaving, Alarm: cfg.Alarm,
		Named: func(l types.Log) pay.Hash { return pay.Hash(watch.Topic(l, 1)) }, // of all events that are watched
	})
	p.watched = cfg.Watcher.Watch(fmt.Sprintf("%s %x", Method, cfg.Asset.Token), 0, p)
	return p, nil
}

// Method implements pay.Provider.
func (p *Provider) Method() string { return Method }

// Info implements pay.Provider.
func (p *Provider) Info() []byte {
	i := Info{Receiver: p.cfg.Receiver, ReceiverAuthorizer: pay.Address(p.cfg.Authorizer.Address()), DelayS: p.delayS()}
	return i.Encode()
}

func (p *Provider) delayS() uint64 { return uint64(p.cfg.Delay / time.Second) }

// Check makes sure that the chain has the contract whose typed data is signed here, at its address, and the token. Errors: ErrNoContract, ErrNoToken,
// or why that is not known.
func (p *Provider) Check(ctx context.Context) error {
	return p.contract.check(ctx, p.cfg.Watcher, p.types, p.cfg.Asset.Token)
}

// Filter implements watch.Subject: all events that name a channel.
func (p *Provider) Filter() watch.Filter {
	abi := p.contract.GetABI()
	var events []common.Hash
	for _, name := range []string{
		bind.BatchSettlementDepositedEventName, bind.BatchSettlementClaimedEventName, bind.BatchSettlementRefundedEventName,
		bind.BatchSettlementWithdrawInitiatedEventName, bind.BatchSettlementWithdrawFinalizedEventName,
	} {
		events = append(events, abi.Events[name].ID)
	}
	return watch.Filter{Addresses: []common.Address{common.Address(Settlement)}, Events: events}
}

// See implements watch.Subject.
func (p *Provider) See(ctx context.Context, v watch.View) error { return p.seen.See(ctx, v) }

// Open implements pay.Provider. A channel that is not found is looked for once more at the chain's very end, for a
// client may have seen it there first.
func (p *Provider) Open(ctx context.Context, client pay.Address, opening []byte) (pay.Channel, error) {
	c, err := p.channel(client, opening)
	if err == nil {
		err = c.wanted()
	}
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
		p.seen.Forget(c.id) // or whoever asks for channels that do not exist has those forgotten that do
		return nil, err
	}
	return c, nil
}

// locks is nil if the chain locks something in a channel, for sure.
func (p *Provider) locks(ctx context.Context, c *Channel) error {
	now, err := p.seen.Get(ctx, c.id)
	switch {
	case err != nil:
		return err
	case !now.sure.balance.IsZero():
		return nil
	case !now.head.balance.IsZero():
		return pay.Refuse(pay.Unconfirmed, "the deposit of channel %x is not confirmed yet", c.id)
	}
	return pay.Refuse(pay.NoChannel, "there is nothing in channel %x", c.id)
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
	if _, err := p.seen.Get(ctx, c.id); err != nil && ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	return c, e.Promise.Encode(), nil
}

// wanted is nil if a channel is as channels that are opened now have to be.
func (c *Channel) wanted() error {
	switch config := &c.opening.Config; {
	case config.Receiver != c.p.cfg.Receiver:
		return c.wrongPayee()
	case config.WithdrawDelayS < c.p.delayS():
		return c.tooShort(c.p.delayS())
	case config.WithdrawDelayS > MostDelayS:
		return pay.Refuse(pay.Malformed, "a withdrawal from the channel waits for %d seconds, and can for %d at most", config.WithdrawDelayS, MostDelayS)
	}
	return nil
}

// safe is nil if what is promised over a channel can still be claimed in time, and for who is paid now.
func (c *Channel) safe() error {
	reactS := uint64(c.p.cfg.React / time.Second)
	switch config := &c.opening.Config; {
	case config.Receiver != c.p.cfg.Receiver:
		return c.wrongPayee()
	case config.WithdrawDelayS <= reactS:
		return c.tooShort(reactS + 1)
	}
	return nil
}

func (c *Channel) wrongPayee() error {
	return pay.Refuse(pay.WrongPayee, "channel %x pays %x, and this server is %x", c.id, c.opening.Config.Receiver, c.p.cfg.Receiver)
}

func (c *Channel) tooShort(leastS uint64) error {
	return pay.Refuse(pay.Expired, "a withdrawal from channel %x waits for %d seconds only, and not for the %d that are wanted now; open another one",
		c.id, c.opening.Config.WithdrawDelayS, leastS)
}

// channel makes a channel of its opening, if it is on this chain, of this token, and of who may claim from it here. What is wanted of new
// channels beside that may change, and must not keep from being collected what was promised before.
func (p *Provider) channel(client pay.Address, opening []byte) (*Channel, error) {
	o, err := DecodeOpening(opening)
	c := &o.Config
	switch {
	case err != nil:
		return nil, pay.Refuse(pay.Malformed, "%v", err)
	case o.ChainID != p.cfg.Asset.ChainID:
		return nil, pay.Refuse(pay.WrongChain, "the channel is on chain %d, and this server is paid on chain %d", o.ChainID, p.cfg.Asset.ChainID)
	case c.Token != p.cfg.Asset.Token:
		return nil, pay.Refuse(pay.WrongChain, "the channel is of token %x, and this server is paid in %x", c.Token, p.cfg.Asset.Token)
	case c.ReceiverAuthorizer != pay.Address(p.cfg.Authorizer.Address()):
		return nil, pay.Refuse(pay.WrongPayee, "claims are signed by %x for the channel, and by %x at this server", c.ReceiverAuthorizer, p.cfg.Authorizer.Address())
	case c.PayerAuthorizer != client || client == pay.Address{}:
		return nil, pay.Refuse(pay.WrongClient, "the channel's promises are signed by %x, not by %x", c.PayerAuthorizer, client)
	}
	return &Channel{p: p, id: p.types.ChannelID(c), opening: o}, nil
}

// fresh is nil while the chain is seen; otherwise a *pay.Refusal.
func (p *Provider) fresh() error { return p.watched.Fresh(p.cfg.Now()) }
