package offset

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// Method is the name of this method of payment.
const Method = "offset"

// ProviderConfig says whose service is set off against whose.
type ProviderConfig struct {
	Asset pay.Asset // what totals are counted in
	// Own is the operator's own light client: what it has taken at partners' servers is what theirs may take here.
	Own pay.Address
	// Partners are the light clients that may take service on account, each up to Threshold. What is owed can be lost.
	Partners  []pay.Address
	Threshold unit.Amount
}

// Provider takes statements as payment, in one asset. Its methods may be called from many goroutines.
type Provider struct {
	cfg   ProviderConfig
	types *types
	mu    struct {
		sync.Mutex
		// shown is the highest statement of the operator's own light client that was shown for each channel. Channels are those of partners, and of those that
		// were: there are no others to show anything for.
		shown map[pay.Hash]*Statement
	}
}

var (
	_ pay.Provider = (*Provider)(nil)
	_ pay.Lender   = (*Provider)(nil)
)

// NewProvider returns a provider.
func NewProvider(cfg ProviderConfig) (*Provider, error) {
	switch {
	case cfg.Own == pay.Address{} || cfg.Asset.Token == pay.Address{}:
		return nil, errors.New("service is set off in a token, and against what the operator's own light client takes")
	case slices.Contains(cfg.Partners, cfg.Own):
		return nil, fmt.Errorf("%x is this operator's own light client, and no partner", cfg.Own)
	case cfg.Threshold.IsZero():
		return nil, errors.New("with a threshold of nothing no service is ever set off")
	}
	p := &Provider{cfg: cfg, types: newTypes(cfg.Asset)}
	p.mu.shown = map[pay.Hash]*Statement{}
	return p, nil
}

// Method implements pay.Provider.
func (p *Provider) Method() string { return Method }

// Info implements pay.Provider.
func (p *Provider) Info() []byte {
	i := Info{Partner: p.cfg.Own, Threshold: p.cfg.Threshold}
	return i.Encode()
}

// Open implements pay.Provider. It does not wait.
func (p *Provider) Open(_ context.Context, client pay.Address, opening []byte) (pay.Channel, error) {
	o, err := DecodeOpening(opening)
	if err != nil {
		return nil, pay.Refuse(pay.Malformed, "%v", err)
	}
	c, err := p.channel(client, &o)
	if err == nil {
		err = c.allowed()
	}
	if err == nil {
		err = c.show(o.Shown)
	}
	if err != nil {
		return nil, err
	}
	return c, nil
}

// Restore implements pay.Provider. It does not fail because of what is configured now: the channel takes nothing then.
func (p *Provider) Restore(_ context.Context, client pay.Address, evidence []byte) (pay.Channel, []byte, error) {
	e, err := DecodeEvidence(evidence)
	if err != nil {
		return nil, nil, pay.Refuse(pay.Malformed, "%v", err)
	}
	c, err := p.channel(client, &e.Opening)
	if err == nil {
		err = c.show(e.Opening.Shown)
	}
	if err != nil {
		return nil, nil, err
	}
	return c, e.Promise.Encode(), nil
}

// channel makes a channel of an opening, if it is the client's and in this asset.
func (p *Provider) channel(client pay.Address, o *Opening) (*Channel, error) {
	switch {
	case o.Asset != p.cfg.Asset:
		return nil, pay.Refuse(pay.WrongChain, "totals are in token %x of chain %d, and here in token %x of chain %d",
			o.Asset.Token, o.Asset.ChainID, p.cfg.Asset.Token, p.cfg.Asset.ChainID)
	case o.Client != client || client == pay.Address{}:
		return nil, pay.Refuse(pay.WrongClient, "it is %x that takes service by this channel, not %x", o.Client, client)
	}
	core := Opening{Asset: o.Asset, Client: o.Client, Partner: o.Partner}
	return &Channel{p: p, id: core.ID(), opening: core}, nil
}

// Newest returns the newest statement that a partner has given for service here, as a ledger has it: what the operator's own light client shows at the partner's
// servers. It is nil if there is none. Errors: the ledger's.
func (p *Provider) Newest(ctx context.Context, book pay.Book, partner pay.Address) ([]byte, error) {
	o := Opening{Asset: p.cfg.Asset, Client: partner, Partner: p.cfg.Own}
	entry, ok, err := book.Entry(ctx, Method, o.ID())
	if err != nil || !ok || len(entry.Evidence) == 0 {
		return nil, err
	}
	e, err := DecodeEvidence(entry.Evidence)
	if err != nil {
		return nil, fmt.Errorf("the evidence of channel %x: %w", o.ID(), err)
	}
	return e.Promise.Encode(), nil
}
