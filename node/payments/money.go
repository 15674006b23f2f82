package payments

import (
	"context"
	"fmt"
	"strings"

	ethereum "github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"

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
	if symbol, err := call(ctx, d.cfg.Reader, at, m.Token, erc.PackSymbol(), erc.UnpackSymbol); err == nil {
		m.Currency = plain(symbol)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mu.money = &m
	return nil
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
