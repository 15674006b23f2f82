package cheque

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
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
const Method = "cheque"

// ProviderConfig says who is paid, and how the chain is seen. What may be zero says so.
type ProviderConfig struct {
	Asset pay.Asset
	// Factory has deployed the chequebooks that are taken. It is of the asset's token.
	Factory pay.Address
	// Beneficiary is whom cheques are made out to: the operator's hot key. If it is the sender's as well, cashing takes no signature of it.
	Beneficiary eip712.Signer
	Recipient   pay.Address // gets the money; its key is needed for nothing here

	// Timeout is the shortest one of a hard deposit; 0: a day. React is how long it takes at worst from when
	// a decrease is prepared in the chain until the cheque that answers it is cashed: the time for which a view of
	// the chain is relied on, and that cashing takes. It must be less than Timeout.
	Timeout, React time.Duration
	// Credit is how much of each client's cheques is taken beyond what the chain locks: what can be lost to each client that
	// lies, of which there may be many. 0: none. A client has it for one of its chequebooks only, see Provider.trusted.
	Credit unit.Amount

	Watcher *watch.Watcher
	Reader  watch.Reader
	Sender  watch.Doer // nil: nothing is collected by this process
	// GasCost returns what so much gas costs at present, in base units of the asset; nil: nothing.
	GasCost func(ctx context.Context, gas uint64) (unit.Amount, error)
	// Alarm, unless nil, is called when an issuer is seen to take its deposit back: it is time to collect. It must not wait.
	Alarm func()
	Now   func() time.Time // the watcher's clock
	Most  int              // chequebooks to be kept in view; 0: 1024. Each is an address that the node is asked for logs of
}

// Provider is paid by cheques, in one asset. Its methods may be called from many goroutines.
type Provider struct {
	cfg      ProviderConfig
	types    *Types
	contract *contract
	seen     *watch.Seen[pay.Address, pair] // by chequebook
	watched  *watch.Watched
	cashing  *semaphore.Weighted         // who has it may cash
	master   atomic.Pointer[pay.Address] // the factory's; nil before the first view, and as long as there is no factory
}

var (
	_ pay.Provider    = (*Provider)(nil)
	_ pay.Collectable = (*Provider)(nil)
	_ watch.Subject   = (*Provider)(nil)
)

// day is the shortest timeout that is taken, if nothing else is said.
const day = 24 * time.Hour

// NewProvider returns a provider, which begins to watch the chain.
func NewProvider(cfg ProviderConfig) (*Provider, error) {
	if cfg.Timeout == 0 {
		cfg.Timeout = day
	}
	if cfg.Most == 0 {
		cfg.Most = 1024
	}
	switch {
	case cfg.Beneficiary == nil || cfg.Watcher == nil || cfg.Reader == nil || cfg.Now == nil:
		return nil, errors.New("a provider of cheques needs a beneficiary's key, a watcher, a reader and a clock")
	case cfg.Recipient == pay.Address{} || cfg.Asset.Token == pay.Address{} || cfg.Factory == pay.Address{}:
		return nil, errors.New("a provider of cheques needs a recipient, a token and a factory")
	case cfg.Asset.ChainID != cfg.Watcher.ChainID():
		return nil, fmt.Errorf("the token is of chain %d, and chain %d is watched", cfg.Asset.ChainID, cfg.Watcher.ChainID())
	case cfg.Timeout < time.Second || cfg.Timeout > MostTimeoutS*time.Second || cfg.Timeout%time.Second != 0:
		return nil, fmt.Errorf("a hard deposit can have a timeout of up to %d whole seconds, not of %v", MostTimeoutS, cfg.Timeout)
	case cfg.React <= 0 || cfg.React >= cfg.Timeout:
		return nil, fmt.Errorf("a prepared decrease is answered within %v, which is not well within the %v that it waits", cfg.React, cfg.Timeout)
	}
	p := &Provider{
		cfg: cfg, types: NewTypes(cfg.Asset.ChainID), contract: newContract(cfg.Reader), cashing: semaphore.NewWeighted(1),
	}
	p.seen = watch.NewSeen(watch.SeenConfig[pay.Address, pair]{
		Most: cfg.Most, Read: p.read, Fresh: p.fresh, Leaving: (*pair).leaving, Alarm: cfg.Alarm,
		Named: func(l types.Log) pay.Address { return pay.Address(l.Address) },
	})
	p.watched = cfg.Watcher.Watch(fmt.Sprintf("%s %x", Method, cfg.Asset.Token), 0, p)
	return p, nil
}

// Method implements pay.Provider.
func (p *Provider) Method() string { return Method }

// Info implements pay.Provider.
func (p *Provider) Info() []byte {
	i := Info{Beneficiary: p.beneficiary(), Factory: p.cfg.Factory, TimeoutS: p.timeoutS()}
	return i.Encode()
}

func (p *Provider) timeoutS() uint64         { return uint64(p.cfg.Timeout / time.Second) }
func (p *Provider) beneficiary() pay.Address { return pay.Address(p.cfg.Beneficiary.Address()) }

// Errors of Check: what was configured does not fit the chain.
var (
	ErrNoFactory = errors.New("it is no factory of chequebooks on this chain")
	ErrToken     = errors.New("its chequebooks are of another token")
)

// Check makes sure that the chain has the factory, and that its chequebooks are of the token. Errors: ErrNoFactory, ErrToken, or why that is not known.
func (p *Provider) Check(ctx context.Context) error {
	v, err := p.cfg.Watcher.Look(ctx)
	if err != nil {
		return err
	}
	factory, at := p.contract.factory, p.cfg.Factory
	_, err = ask(ctx, p.contract, v.Head.Hash, at, factory.PackMaster(), factory.UnpackMaster)
	token := common.Address{}
	if err == nil {
		token, err = ask(ctx, p.contract, v.Head.Hash, at, factory.PackERC20Address(), factory.UnpackERC20Address)
	}
	switch {
	case watch.IsReverted(err):
		return fmt.Errorf("factory %v: %w", common.Address(at), ErrNoFactory)
	case err != nil:
		return err
	case pay.Address(token) != p.cfg.Asset.Token:
		return fmt.Errorf("factory %v is of token %v, not %v: %w", common.Address(at), token, common.Address(p.cfg.Asset.Token), ErrToken)
	}
	return nil
}

// Filter implements watch.Subject: what changes how anybody stands in a chequebook that is known.
func (p *Provider) Filter() watch.Filter {
	abi := p.contract.book.GetABI()
	var events []common.Hash
	for _, name := range []string{
		bind.ChequebookChequeCashedEventName, bind.ChequebookChequeBouncedEventName, bind.ChequebookHardDepositAmountChangedEventName,
		bind.ChequebookHardDepositDecreasePreparedEventName, bind.ChequebookHardDepositTimeoutChangedEventName,
	} {
		events = append(events, abi.Events[name].ID)
	}
	var books []common.Address
	for _, book := range p.seen.Keys() {
		books = append(books, common.Address(book))
	}
	slices.SortFunc(books, common.Address.Cmp)
	return watch.Filter{Addresses: books, Events: events}
}

// See implements watch.Subject.
func (p *Provider) See(ctx context.Context, v watch.View) error {
	if err := p.meet(ctx, v); err != nil {
		return err
	}
	return p.seen.See(ctx, v)
}

// read reads how we stand in chequebooks.
func (p *Provider) read(ctx context.Context, v watch.View, books []pay.Address) (pairs []*pair, err error) {
	pairs = make([]*pair, len(books))
	for i := range books {
		if pairs[i], err = p.contract.readPair(ctx, v, books[i], p.beneficiary()); err != nil {
			return nil, err
		}
	}
	return pairs, nil
}

// meet asks the factory, once, what its chequebooks are clones of.
func (p *Provider) meet(ctx context.Context, v watch.View) error {
	if p.cfg.Credit.IsZero() || p.master.Load() != nil {
		return nil
	}
	master, err := ask(ctx, p.contract, v.Sure.Hash, p.cfg.Factory, p.contract.factory.PackMaster(), p.contract.factory.UnpackMaster)
	if errors.Is(err, watch.ErrNoContract) {
		return nil
	}
	if err == nil {
		p.master.Store((*pay.Address)(&master))
	}
	return err
}

// trusted reports whether a channel is the one of its client's that has credit. A client may have any number of chequebooks, which do not know of each
// other, here or at other servers on the same ledger. So it is the one whose address says that it is the first with just the timeout that is wanted here:
// there is one such address for each client.
func (p *Provider) trusted(c *Channel) bool {
	master := p.master.Load()
	if master == nil {
		return false
	}
	first := deployment{factory: p.cfg.Factory, master: *master, issuer: c.client, timeoutS: p.timeoutS()}
	return c.opening.Book == first.book()
}

// Open implements pay.Provider. A chequebook that is not found, or nothing in it, is looked for once more at the chain's very end, for a
// client may have seen it there first.
func (p *Provider) Open(ctx context.Context, client pay.Address, opening []byte) (pay.Channel, error) {
	c, err := p.channel(client, opening)
	if err != nil {
		return nil, err
	}
	err = p.found(ctx, c)
	var refused *pay.Refusal
	if errors.As(err, &refused) && (refused.Reason == pay.NoChannel || refused.Reason == pay.Unconfirmed) || err == nil && p.usedUp(c) {
		if err := c.Look(ctx); err != nil {
			return nil, err
		}
		err = p.found(ctx, c)
	}
	if err != nil {
		return nil, err
	}
	return c, nil
}

// found is nil if a channel's chequebook is one that can be relied on, is its client's, and has something in it for us, for sure.
// One that is not the client's is not looked at further, and one with nothing in it is forgotten: so nobody can have others' chequebooks
// be forgotten.
func (p *Provider) found(ctx context.Context, c *Channel) error {
	if err := p.fresh(); err != nil {
		return err
	}
	v := p.seen.View()
	if err := p.genuine(ctx, v, c); err != nil {
		return err
	}
	now, err := p.seen.Get(ctx, c.opening.Book)
	switch {
	case err != nil:
		return err
	case now.sure.deposit().IsZero() && now.head.deposit().IsZero():
		p.seen.Forget(c.opening.Book)
		return pay.Refuse(pay.NoChannel, "nothing is set aside in channel %x", c.id)
	case now.sure.deposit().IsZero():
		p.seen.Forget(c.opening.Book)
		return pay.Refuse(pay.Unconfirmed, "the hard deposit of channel %x is not confirmed yet", c.id)
	case !now.waits(p.timeoutS()):
		return p.tooShort(c.id, now)
	}
	return nil
}

// usedUp reports whether nothing is left in a channel, as far as is known: so it is when one that was closed has just been opened again.
func (p *Provider) usedUp(c *Channel) bool {
	now := p.seen.At(c.opening.Book)
	return now != nil && now.locked().Cmp(now.sure.paid) <= 0
}

// genuine is nil if the factory has deployed a chequebook, so that its code is known, and the client is its issuer, for ever.
func (p *Provider) genuine(ctx context.Context, v watch.View, c *Channel) error {
	is := func(block common.Hash) (bool, error) {
		return ask(ctx, p.contract, block, p.cfg.Factory,
			p.contract.factory.PackDeployedContracts(common.Address(c.opening.Book)), p.contract.factory.UnpackDeployedContracts)
	}
	sure, err := is(v.Sure.Hash)
	switch {
	case err != nil:
		return err
	case !sure:
		if head, err := is(v.Head.Hash); err != nil || head {
			return errors.Join(err, pay.Refuse(pay.Unconfirmed, "chequebook %x is not confirmed yet", c.opening.Book))
		}
		return pay.Refuse(pay.NoChannel, "chequebook %x was not deployed by factory %x", c.opening.Book, p.cfg.Factory)
	}
	token, err := ask(ctx, p.contract, v.Sure.Hash, c.opening.Book, p.contract.book.PackToken(), p.contract.book.UnpackToken)
	switch {
	case err != nil:
		return err
	case pay.Address(token) != p.cfg.Asset.Token:
		return pay.Refuse(pay.WrongChain, "chequebook %x is of token %v, and this server is paid in %x", c.opening.Book, token, p.cfg.Asset.Token)
	}
	issuer, err := ask(ctx, p.contract, v.Sure.Hash, c.opening.Book, p.contract.book.PackIssuer(), p.contract.book.UnpackIssuer)
	switch {
	case err != nil:
		return err
	case pay.Address(issuer) != c.client:
		return pay.Refuse(pay.WrongClient, "chequebook %x is %v's, not %x's", c.opening.Book, issuer, c.client)
	}
	return nil
}

func (p *Provider) tooShort(id pay.Hash, now *pair) *pay.Refusal {
	return pay.Refuse(pay.Expired, "the hard deposit of channel %x has a timeout of %d seconds, and needs one of %d to %d",
		id, min(now.head.timeoutS, now.sure.timeoutS), p.timeoutS(), MostTimeoutS)
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
	if _, err := p.seen.Get(ctx, c.opening.Book); err != nil && ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	return c, e.Promise.Encode(), nil
}

// channel makes a channel of its opening, if it pays us.
func (p *Provider) channel(client pay.Address, opening []byte) (*Channel, error) {
	o, err := DecodeOpening(opening)
	switch {
	case err != nil:
		return nil, pay.Refuse(pay.Malformed, "%v", err)
	case o.ChainID != p.cfg.Asset.ChainID:
		return nil, pay.Refuse(pay.WrongChain, "the chequebook is on chain %d, and this server is paid on chain %d", o.ChainID, p.cfg.Asset.ChainID)
	case o.Beneficiary != p.beneficiary():
		return nil, pay.Refuse(pay.WrongPayee, "the cheques are made out to %x, and this server is %x", o.Beneficiary, p.beneficiary())
	case client == pay.Address{}:
		return nil, pay.Refuse(pay.WrongClient, "nobody signs the cheques")
	}
	return &Channel{p: p, id: o.ID(), client: client, opening: o}, nil
}

// fresh is nil while the chain is seen; otherwise a *pay.Refusal.
func (p *Provider) fresh() error { return p.watched.Fresh(p.cfg.Now()) }
