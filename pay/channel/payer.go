package channel

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/pay/voucher"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// PayerConfig says who pays, and how the chain is seen. What may be zero says so.
type PayerConfig struct {
	Funds   eip712.Signer // whose tokens are paid with; signs deposits only
	Session eip712.Signer // signs promises; the client's session key
	// Sender pays for gas. By a key that is neither of the two no channel can be closed without the provider's consent.
	Sender  watch.Doer
	Watcher *watch.Watcher
	Reader  watch.Reader
	Notes   pay.Notes

	MostDelay time.Duration // the longest that a provider may have a withdrawal wait; 0: three days
	Valid     time.Duration // how long a signed deposit is good for; 0: an hour
}

// Payer pays by channels, on one chain. Its methods may be called from many goroutines.
type Payer struct {
	cfg      PayerConfig
	types    *Types
	contract *contract
	notes    *pay.Notebook[*noted]
	turns    pay.Turns // who has a channel's may send transactions about it
	mu       struct {
		sync.Mutex
		domains map[pay.Address]eip712.Domain // of tokens
		good    map[pay.Address]bool          // tokens that were looked at
	}
}

var _ pay.Payer = (*Payer)(nil)

// NewPayer returns a payer.
func NewPayer(cfg PayerConfig) (*Payer, error) {
	if cfg.MostDelay == 0 {
		cfg.MostDelay = 3 * day
	}
	if cfg.Valid == 0 {
		cfg.Valid = time.Hour
	}
	if cfg.Funds == nil || cfg.Session == nil || cfg.Sender == nil || cfg.Watcher == nil || cfg.Reader == nil || cfg.Notes == nil {
		return nil, errors.New("a payer by channels needs keys for funds and session, a sender, a watcher, a reader and notes")
	}
	p := &Payer{
		cfg: cfg, types: NewTypes(cfg.Watcher.ChainID()), contract: &contract{bind.NewBatchSettlement(), cfg.Reader},
		notes: pay.NewNotebook(cfg.Notes, Method, decodeNote, encodeNote),
	}
	p.mu.domains, p.mu.good = map[pay.Address]eip712.Domain{}, map[pay.Address]bool{}
	return p, nil
}

// Method implements pay.Payer.
func (p *Payer) Method() string { return Method }

// check makes sure, once for each token, that the chain has the token and the contract whose typed data is signed here, at its address. Errors: a
// *pay.Refusal if it has not.
func (p *Payer) check(ctx context.Context, token pay.Address) error {
	p.mu.Lock()
	known := p.mu.good[token]
	p.mu.Unlock()
	if known {
		return nil
	}
	err := p.contract.check(ctx, p.cfg.Watcher, p.types, token)
	switch {
	case errors.Is(err, ErrNoContract), errors.Is(err, ErrNoToken):
		return fmt.Errorf("%w: %w", pay.Refuse(pay.WrongChain, "chain %d", p.cfg.Watcher.ChainID()), err)
	case err != nil:
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.mu.good[token] = true
	return nil
}

// pair returns how a channel stands on the chain, and when.
func (p *Payer) pair(ctx context.Context, id pay.Hash) (*pair, watch.View, error) {
	v, err := p.cfg.Watcher.Latest(ctx)
	if err != nil {
		return nil, v, err
	}
	pairs, err := p.contract.readPairs(ctx, v, []pay.Hash{id})
	if err != nil {
		return nil, v, err
	}
	return pairs[0], v, nil
}

// Open implements pay.Payer. The name is the channel's salt: so the same name gives the same channel, also if
// all notes were lost.
func (p *Payer) Open(ctx context.Context, name string, to pay.Payee, deposit unit.Amount) (pay.Hash, []byte, error) {
	o, err := p.opening(name, to)
	if err != nil {
		return pay.Hash{}, nil, err
	}
	if err := p.check(ctx, o.Config.Token); err != nil {
		return pay.Hash{}, nil, err
	}
	id := p.types.ChannelID(&o.Config)
	if err := p.begin(ctx, id, name, to, o.Encode()); err != nil {
		return pay.Hash{}, nil, err
	}
	if err := p.Increase(ctx, id, deposit); err != nil {
		return pay.Hash{}, nil, err
	}
	return id, o.Encode(), nil
}

// opening makes the channel that pays a payee, under a name.
func (p *Payer) opening(name string, to pay.Payee) (Opening, error) {
	if to.Asset.ChainID != p.cfg.Watcher.ChainID() {
		return Opening{}, pay.Refuse(pay.WrongChain, "%x is paid on chain %d, and this is chain %d", to.Seller, to.Asset.ChainID, p.cfg.Watcher.ChainID())
	}
	info, err := DecodeInfo(to.Info)
	switch {
	case err != nil:
		return Opening{}, pay.Refuse(pay.Malformed, "%v", err)
	case info.Receiver == pay.Address{} || info.ReceiverAuthorizer == pay.Address{}:
		return Opening{}, pay.Refuse(pay.Malformed, "%x does not say who is to be paid", to.Seller)
	case info.DelayS > uint64(p.cfg.MostDelay/time.Second):
		return Opening{}, pay.Refuse(pay.TooMuch, "%x wants deposits to be locked for %d seconds, and the most that is allowed is %v", to.Seller, info.DelayS, p.cfg.MostDelay)
	}
	return Opening{ChainID: to.Asset.ChainID, Config: Config{
		Payer: pay.Address(p.cfg.Funds.Address()), PayerAuthorizer: pay.Address(p.cfg.Session.Address()),
		Receiver: info.Receiver, ReceiverAuthorizer: info.ReceiverAuthorizer, Token: to.Asset.Token,
		WithdrawDelayS: max(info.DelayS, LeastDelayS), Salt: pay.Hash(crypto.Keccak256Hash([]byte("candela channel\x00"), []byte(name))),
	}}, nil
}

// begin notes a channel that is to be opened.
func (p *Payer) begin(ctx context.Context, id pay.Hash, name string, to pay.Payee, opening []byte) error {
	return p.notes.Edit(ctx, id, func(n *noted, known bool) (*noted, error) {
		switch {
		case !known:
			return &noted{Note: pay.Note{Method: Method, ID: id, Name: name, To: to, Opening: opening}}, nil
		case n.Name == "": // made when notes were lost
			n.Name, n.To = name, to
			return n, nil
		case n.Name != name || n.To.Asset != to.Asset || !bytes.Equal(n.Opening, opening):
			return nil, fmt.Errorf("channel %x was opened under another name, %q", id, n.Name)
		}
		return nil, pay.ErrSame
	})
}

// Promise implements pay.Payer.
func (p *Payer) Promise(ctx context.Context, id pay.Hash, cumulative unit.Amount) (promise []byte, comesTo unit.Amount, err error) {
	err = p.notes.Change(ctx, id, func(n *noted) error {
		err := p.vouchers(id).Sign(&n.Note, p.cfg.Session, cumulative, n.Closing)
		promise, comesTo = n.Promise, n.Promised
		return err
	})
	if err != nil {
		return nil, unit.Amount{}, err
	}
	return promise, comesTo, nil
}

// vouchers are what this client promises by over a channel.
func (p *Payer) vouchers(id pay.Hash) voucher.Channel {
	return p.types.vouchers(id, pay.Address(p.cfg.Session.Address()))
}

// Balance implements pay.Payer.
func (p *Payer) Balance(ctx context.Context, id pay.Hash) (pay.Balance, error) {
	n, err := p.notes.Load(ctx, id)
	if err != nil {
		return pay.Balance{}, err
	}
	now, _, err := p.pair(ctx, id)
	if err != nil {
		return pay.Balance{}, err
	}
	return pay.Balance{
		Deposit: now.balance(), Promised: n.Promised, ClosingS: now.endsS(n.config.WithdrawDelayS), Closed: n.Closed,
	}, nil
}
