package node

import (
	"cmp"
	"context"
	"crypto/ecdsa"
	"errors"
	"math/big"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/client/store"
	"github.com/candela-les/candela/node/payments"
	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// PayConfig is how a light client pays servers by itself. Amounts are in base units of the token, as budgets are.
type PayConfig struct {
	// Methods of payment, of methodNames, those that are preferred first. With none only operators fill accounts.
	Methods []string
	// RPC is a node of the token's chain: a URL or an IPC path. Empty is this light client itself, which proves what it
	// says, if the token is on its chain.
	RPC string
	// Keystore is a file of go-ethereum's with the key whose tokens are paid with, and whose coins the gas; Password a file whose first
	// line opens it. Signer is used instead if it is set.
	Keystore, Password string
	Signer             watch.Signer `json:"-"`
	Confirmations      uint64
	Stale              time.Duration // for how long what was seen of the chain is relied on
	Poll               time.Duration `json:",omitzero"` // how often it is looked at where it tells of no blocks by itself; 0: as package watch does
	MaxFee             uint64        // the most for a gas, in gwei

	// Prepaid is the most that one server may have been paid and not have served for, Daily the most that is promised in a day, Locked the
	// most that is locked in channels and not promised. Deposit is what is locked at a time; empty: Daily, and at most a quarter of Locked. Credit is
	// the most that is promised beyond what is locked; empty: nothing.
	Prepaid, Daily, Locked, Deposit, Credit string

	// Factories are the addresses that deploy chequebooks: those that are trusted with money. Gas is how much coin, in whole ones, the session
	// key is given at a time, for chequebooks are its own.
	Factories []string
	Gas       string
	// Lotteries are the contracts of lotteries that are trusted with money. MostPrize is the most that a winner of one may get; empty: a quarter of
	// Locked.
	Lotteries []string
	// Escrow is what is put in escrow with one open pot that pays all servers that take that; empty: each gets a lock. Pot is up to what it is filled at a
	// time; empty: Locked.
	Escrow, Pot string
	MostPrize   string `json:",omitempty"`

	// OwnServer is the data directory of this operator's own server, where partners take service in return for what this light client takes at theirs, and
	// Threshold the most that is owed to a partner.
	OwnServer, Threshold string
}

// payer opens what a client pays by; nil if it is to pay nothing by itself. url is its own endpoint.
func (c *LightConfig) payer(env Env, session *ecdsa.PrivateKey, currency *bidder.Currency, url string) (client.OpenPayer, error) {
	p := &c.Pay
	if len(p.Methods) == 0 {
		if p.Keystore+p.Password+p.RPC+p.Prepaid+p.Daily+p.Locked+p.Deposit+p.Credit+p.OwnServer+p.Threshold+p.MostPrize+p.Escrow+p.Pot != "" || p.Signer != nil || len(p.Factories)+len(p.Lotteries) > 0 {
			return nil, usage.Errorf("--pay.prepaid and the like need --pay METHOD")
		}
		return nil, nil
	}
	if err := checkMethods("--pay", p.Methods); err != nil {
		return nil, err
	}
	limits, err := p.limits()
	switch {
	case err != nil:
		return nil, err
	case c.Fund != nil:
		return nil, errors.New("accounts are filled otherwise")
	case c.DataDir == "":
		return nil, usage.Errorf("--pay needs --datadir: who forgets what was promised loses what is locked")
	case currency == nil || currency.Token == [20]byte{}:
		return nil, usage.Errorf("--pay needs --token CHAINID:ADDRESS: what is paid with")
	case p.MaxFee == 0 && onChain(p.Methods):
		return nil, usage.Errorf("--pay.max-fee 0 buys no gas")
	case p.Signer == nil && (p.Keystore == "" || p.Password == "") && onChain(p.Methods):
		return nil, usage.Errorf("--pay needs --pay.keystore and --pay.password: the key whose tokens are paid with")
	}
	gas, err := p.cheques()
	pot, bad := p.openPot(limits.Locked)
	if err := cmp.Or(err, p.lotteries(), bad); err != nil {
		return nil, err
	}
	threshold, err := p.offsets()
	if err != nil {
		return nil, err
	}
	prize, err := p.prize(&limits)
	if err != nil {
		return nil, err
	}
	funds := p.Signer
	switch {
	case funds != nil:
	case p.Keystore != "":
		if funds, err = watch.OpenKeystore(p.Keystore, p.Password); err != nil {
			return nil, err
		}
	default: // nothing is paid by the chain
		funds = watch.NewKey(session)
	}
	o := &opener{cfg: p, env: env, limits: limits, gas: gas, prize: prize, pot: pot, owed: threshold, funds: funds, session: session, url: p.RPC, asset: pay.Asset{
		ChainID: currency.ChainID, Token: pay.Address(currency.Token),
	}}
	if o.own = p.RPC == ""; o.own {
		o.url = url
	}
	return o.open, nil
}

// limits reads the owner's limits.
func (p *PayConfig) limits() (l pay.Limits, err error) {
	for _, one := range []struct {
		flag, text string
		to         *unit.Amount
		must       bool
	}{
		{"--pay.prepaid", p.Prepaid, &l.Prepaid, true},
		{"--pay.daily", p.Daily, &l.Daily, true},
		{"--pay.locked", p.Locked, &l.Locked, true},
		{"--pay.deposit", p.Deposit, &l.Deposit, false},
		{"--pay.credit", p.Credit, &l.Credit, false},
	} {
		if one.text == "" && !one.must {
			continue
		}
		if *one.to, err = unit.ParseAmount(one.text); err != nil || one.must && one.to.IsZero() {
			return l, usage.Errorf("%s %q: say the most in base units", one.flag, one.text)
		}
	}
	return l, nil
}

// opener opens a wallet.
type opener struct {
	cfg     *PayConfig
	env     Env
	limits  pay.Limits
	gas     *big.Int    // wei
	prize   unit.Amount // the largest
	owed    unit.Amount // to a partner, at most
	pot     lottery.OpenPot
	funds   watch.Signer
	session *ecdsa.PrivateKey
	url     string
	own     bool // it is this client's
	asset   pay.Asset
}

// payer is a wallet with all that it stands on.
type payer struct {
	*pay.Wallet
	*spender
	history  *store.History
	sessions *sessions
	demanded string // last, in words
	close    closers
}

// open implements client.OpenPayer.
func (o *opener) open(ctx context.Context, file *store.Store) (_ client.Payer, err error) {
	p := new(payer)
	defer func() {
		if err != nil {
			err = errors.Join(err, p.Close())
		}
	}()
	words, err := file.Meta(ctx, store.MetaDemand)
	if err != nil {
		return nil, err
	}
	p.demanded = string(words)
	dialed, err := dialNode(ctx, o.url)
	if err != nil {
		return nil, err
	}
	p.close.add(func() error { dialed.Close(); return nil })
	p.history = file.History(o.env.Now, lottery.Method)
	node, tables := watch.Node(ethclient.NewClient(dialed)), p.history.Chain()
	if o.own {
		node = patient{node}
	}
	watcher, err := watch.New(watch.Config{
		Chain: node, ChainID: o.asset.ChainID, Confirmations: o.cfg.Confirmations, Stale: o.cfg.Stale, Poll: o.cfg.Poll,
		Now: o.env.Now, Cursors: tables, Logger: o.env.Logger,
	})
	if err != nil {
		return nil, err
	}
	p.close.add(watcher.Close)
	p.spender = &spender{opener: o, node: node, watcher: watcher, tables: tables, notes: p.history.Notes()}
	if p.sessions, err = loadSessions(ctx, file, p.notes, pay.Address(crypto.PubkeyToAddress(o.session.PublicKey)), o.env.Logger); err != nil {
		return nil, err
	}
	payers, err := p.payers(ctx)
	if err != nil {
		return nil, err
	}
	p.Wallet, err = pay.NewWallet(ctx, pay.WalletConfig{
		Asset: o.asset, Payers: payers, Notes: p.notes, Purse: file.Purse(), Limits: o.limits, Now: o.env.Now,
		Logger: o.env.Logger,
	})
	if err != nil {
		return nil, err
	}
	p.close.add(p.Wallet.Close)
	running, end := context.WithCancel(context.WithoutCancel(ctx))
	var work sync.WaitGroup
	work.Go(func() { p.Wallet.Run(running) })
	if p.lottery != nil {
		work.Go(func() { p.lottery.Guard(running) })
	}
	p.close.add(func() error {
		end()
		work.Wait()
		return nil
	})
	return p, nil
}

// patient is this client itself as a node: it knows chain and head a moment after it was started, and that is no error.
type patient struct{ watch.Node }

// ChainID implements watch.Node.
func (p patient) ChainID(ctx context.Context) (id *big.Int, err error) {
	err = again(ctx, func() error { id, err = p.Node.ChainID(ctx); return err })
	return id, err
}

// HeaderByNumber implements watch.Node.
func (p patient) HeaderByNumber(ctx context.Context, number *big.Int) (h *types.Header, err error) {
	err = again(ctx, func() error { h, err = p.Node.HeaderByNumber(ctx, number); return err })
	return h, err
}

// again asks until there is an answer, or the context ends; then the error is why there was none before that.
func again(ctx context.Context, ask func() error) (why error) {
	ticker := time.NewTicker(time.Second / 4)
	defer ticker.Stop()
	for {
		err := ask()
		if err == nil {
			return nil
		}
		if why == nil || ctx.Err() == nil {
			why = err
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return why
		}
	}
}

// Fund implements client.Payer.
func (p *payer) Fund(ctx context.Context, at bidder.Counter, amount unit.Amount) error {
	return p.Wallet.Fund(ctx, payments.PlaceOf(at), amount)
}

// Close implements client.Payer.
func (p *payer) Close() error { return p.close.close() }
