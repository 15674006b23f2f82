package cheque

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"golang.org/x/sync/semaphore"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/pay/voucher"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// PayerConfig says who pays, and how the chain is seen. What may be zero says so.
type PayerConfig struct {
	Session eip712.Signer // signs cheques, and is the chequebook's issuer; the client's session key
	Sender  watch.Doer    // of the session key: nobody else can set aside and withdraw
	Funds   watch.Doer    // of the key whose tokens are paid with: it transfers them into the chequebook, and gets them back
	// Factories are those whose chequebooks are trusted with money. A provider may ask for one of them.
	Factories []pay.Address
	// Gas is how much of the chain's coin the funds give the session key when it has less than half of that, in wei; nil: nothing.
	Gas *big.Int
	// Dust is what is given up if a channel is closed and not more than that is free in its chequebook: anybody can transfer something there, and
	// what is not worth two transactions must not keep it from being closed.
	Dust unit.Amount

	Watcher *watch.Watcher
	Reader  watch.Reader
	Notes   pay.Notes

	Timeout     time.Duration // of hard deposits; 0: a day. A chequebook has one for ever
	MostTimeout time.Duration // the longest that a provider may ask for; 0: three days
}

// Payer pays by cheques, on one chain. Its methods may be called from many goroutines.
type Payer struct {
	cfg         PayerConfig
	types       *Types
	contract    *contract
	notes       *pay.Notebook[*noted]
	turns       pay.Turns           // who has a channel's may send transactions about it
	choosing    *semaphore.Weighted // who has it may give a channel a name
	withdrawing *semaphore.Weighted // who has it may withdraw from chequebooks
}

var _ pay.Payer = (*Payer)(nil)

// NewPayer returns a payer.
func NewPayer(cfg PayerConfig) (*Payer, error) {
	if cfg.Timeout == 0 {
		cfg.Timeout = day
	}
	if cfg.MostTimeout == 0 {
		cfg.MostTimeout = 3 * day
	}
	if cfg.Session == nil || cfg.Sender == nil || cfg.Funds == nil || cfg.Watcher == nil || cfg.Reader == nil || cfg.Notes == nil {
		return nil, errors.New("a payer by cheques needs a session key, senders of it and of the funds, a watcher, a reader and notes")
	}
	if cfg.Sender.Address() != cfg.Session.Address() {
		return nil, fmt.Errorf("cheques are signed by %v, and transactions by %v: a chequebook has one issuer", cfg.Session.Address(), cfg.Sender.Address())
	}
	p := &Payer{
		cfg: cfg, types: NewTypes(cfg.Watcher.ChainID()), contract: newContract(cfg.Reader),
		notes:    pay.NewNotebook(cfg.Notes, Method, decodeNote, encodeNote),
		choosing: semaphore.NewWeighted(1), withdrawing: semaphore.NewWeighted(1),
	}
	return p, nil
}

// Method implements pay.Payer.
func (p *Payer) Method() string { return Method }

// pair returns how a beneficiary stands in a chequebook, and when.
func (p *Payer) pair(ctx context.Context, o *Opening) (*pair, watch.View, error) {
	v, err := p.cfg.Watcher.Latest(ctx)
	if err != nil {
		return nil, v, err
	}
	now, err := p.contract.readPair(ctx, v, o.Book, o.Beneficiary)
	return now, v, err
}

// attempts are those to have a transaction mined.
type attempts struct {
	name  string      // of the one that counts: it is done, or waits, or is the next
	begun bool        // there is one of that name
	state watch.State // of it
	// unsure: one of those before was displaced, and may turn out to be mined.
	unsure bool
}

// on reports whether an attempt was made that may have done something.
func (a *attempts) on() bool { return a.begun || a.unsure }

// tried looks at what was done under a name.
func (p *Payer) tried(ctx context.Context, by watch.Doer, name string) (a attempts, err error) {
	for try := 0; ; try++ {
		a.name = fmt.Sprintf("%s/%s/%d", Method, name, try)
		if a.state, a.begun, err = by.Known(ctx, a.name); err != nil || !a.begun || a.state == watch.Done || a.state == watch.Waiting {
			return a, err
		}
		a.unsure = a.unsure || a.state == watch.Displaced
	}
}

// once has a transaction mined. One that has done what it should is not sent again under its name; one that could not is tried again with
// the next call, unless done, which may be nil, says that the chain has what one that was displaced should have done.
func (p *Payer) once(ctx context.Context, by watch.Doer, name string, call watch.Call, done func(context.Context) (bool, error)) error {
	a, err := p.tried(ctx, by, name)
	if err != nil || a.begun && a.state == watch.Done {
		return err
	}
	if !a.begun && a.unsure && done != nil {
		if is, err := done(ctx); err != nil || is {
			return err
		}
	}
	_, err = by.Do(ctx, a.name, func(context.Context) (watch.Call, error) { return call, nil })
	return err
}

// issue has a transaction of the issuer's mined, which may need gas first.
func (p *Payer) issue(ctx context.Context, name string, to pay.Address, data []byte) error {
	if err := p.giveGas(ctx); err != nil {
		return err
	}
	return p.once(ctx, p.cfg.Sender, name, callOf(to, data), nil)
}

// giveGas has the funds give the session key some of the chain's coin, when it has little. The session key's nonce tells one gift from the
// next.
func (p *Payer) giveGas(ctx context.Context) error {
	if p.cfg.Gas == nil {
		return nil
	}
	v, err := p.cfg.Watcher.Latest(ctx)
	if err != nil {
		return err
	}
	session := p.cfg.Sender.Address()
	has, err := p.cfg.Reader.BalanceAtHash(ctx, session, v.Head.Hash)
	if err != nil {
		return fmt.Errorf("what %v has for gas: %w", session, err)
	}
	if new(big.Int).Lsh(has, 1).Cmp(p.cfg.Gas) >= 0 {
		return nil
	}
	nonce, err := p.cfg.Reader.NonceAtHash(ctx, session, v.Head.Hash)
	if err != nil {
		return fmt.Errorf("what %v has sent: %w", session, err)
	}
	return p.once(ctx, p.cfg.Funds, fmt.Sprintf("gas/%x/%d", session, nonce), watch.Call{To: &session, Value: p.cfg.Gas, Passing: true}, nil)
}

func callOf(to pay.Address, data []byte) watch.Call {
	address := common.Address(to)
	return watch.Call{To: &address, Data: data}
}

// Promise implements pay.Payer.
func (p *Payer) Promise(ctx context.Context, id pay.Hash, cumulative unit.Amount) (promise []byte, comesTo unit.Amount, err error) {
	err = p.notes.Change(ctx, id, func(n *noted) error {
		err := p.cheques(&n.opening).Sign(&n.Note, p.cfg.Session, cumulative, n.Closing)
		promise, comesTo = n.Promise, n.Promised
		return err
	})
	if err != nil {
		return nil, unit.Amount{}, err
	}
	return promise, comesTo, nil
}

// cheques are what this client promises by over a channel.
func (p *Payer) cheques(o *Opening) voucher.Channel {
	return p.types.cheques(o, pay.Address(p.cfg.Session.Address()))
}

// Balance implements pay.Payer.
func (p *Payer) Balance(ctx context.Context, id pay.Hash) (pay.Balance, error) {
	n, err := p.notes.Load(ctx, id)
	if err != nil {
		return pay.Balance{}, err
	}
	now, _, err := p.pair(ctx, &n.opening)
	if err != nil {
		return pay.Balance{}, err
	}
	return pay.Balance{Deposit: now.deposit(), Promised: n.Promised, ClosingS: now.endsS(), Closed: n.Closed}, nil
}
