package payments

import (
	"context"
	"fmt"
	"strings"

	ethereum "github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/client/store"
	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// Bounds of what a token's contract may say of itself.
const (
	maxDecimals = 30
	maxSymbol   = 12
)

// money says what amounts are in; what only the contract knows is left out before it was asked.
func (d *Desk) money() Money {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.mu.money != nil {
		return *d.mu.money
	}
	return Money{ChainID: d.cfg.Asset.ChainID, Token: d.cfg.Asset.Token}
}

// amount is an amount in words.
func (d *Desk) amount(a unit.Amount) string {
	m := d.money()
	return m.Say(a)
}

// recall takes over what was read of the token before: with the chain out of sight amounts are in the same unit as ever.
func (d *Desk) recall(ctx context.Context) {
	t, ok, err := d.cfg.Record.Token(ctx, d.cfg.Asset)
	if err != nil {
		d.cfg.Logger.Warn("it cannot be read how many decimals the token has", "why", err)
	}
	if !ok || t.Decimals > maxDecimals {
		return
	}
	m := d.money()
	m.Decimals, m.Currency = &t.Decimals, plain(t.Symbol)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mu.money = &m
}

// call asks a contract at a block.
func call[T any](ctx context.Context, r watch.Reader, at common.Hash, to pay.Address, data []byte, unpack func([]byte) (T, error)) (out T, err error) {
	contract := common.Address(to)
	raw, err := r.CallContractAtHash(ctx, ethereum.CallMsg{To: &contract, Data: data}, at)
	if err != nil {
		return out, err
	}
	return unpack(raw)
}

// learn asks the token what it is, once.
func (d *Desk) learn(ctx context.Context, at common.Hash) error {
	if d.money().Decimals != nil {
		return nil
	}
	erc, m := bind.NewTestToken(), d.money()
	decimals, err := call(ctx, d.cfg.Reader, at, m.Token, erc.PackDecimals(), erc.UnpackDecimals)
	switch {
	case err != nil:
		return fmt.Errorf("asking token 0x%x for its decimals: %w", m.Token, err)
	case decimals > maxDecimals:
		return fmt.Errorf("token 0x%x has %d decimals", m.Token, decimals)
	}
	known := uint64(decimals)
	m.Decimals = &known
	symbol, nameless := call(ctx, d.cfg.Reader, at, m.Token, erc.PackSymbol(), erc.UnpackSymbol)
	if nameless == nil {
		m.Currency = plain(symbol)
	}
	d.mu.Lock()
	d.mu.money = &m
	d.mu.Unlock()
	if nameless != nil && ctx.Err() != nil { // it may have a name, which is asked for at the next start
		return nil
	}
	return d.cfg.Record.PutToken(ctx, d.cfg.Asset, store.Token{Decimals: known, Symbol: m.Currency})
}

// plain is a symbol as far as a terminal can be trusted with it.
func plain(symbol string) string {
	symbol = strings.Map(func(r rune) rune {
		if r <= ' ' || r > '~' {
			return -1
		}
		return r
	}, symbol)
	return symbol[:min(len(symbol), maxSymbol)]
}

// has fills in what a key has.
func (d *Desk) has(ctx context.Context, at common.Hash, a *Account) error {
	erc := bind.NewTestToken()
	tokens, err := call(ctx, d.cfg.Reader, at, d.cfg.Asset.Token, erc.PackBalanceOf(common.Address(a.Address)), erc.UnpackBalanceOf)
	if err != nil {
		return fmt.Errorf("asking what 0x%x has: %w", a.Address, err)
	}
	coin, err := d.cfg.Reader.BalanceAtHash(ctx, common.Address(a.Address), at)
	if err != nil {
		return fmt.Errorf("asking what 0x%x has: %w", a.Address, err)
	}
	amount := unit.NearestAmount(tokens)
	a.Tokens, a.CoinWei = &amount, coin.String()
	return nil
}
