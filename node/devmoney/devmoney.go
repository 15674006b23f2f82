// Package devmoney makes the money of a development chain: a token, the contracts by which is paid, and people who have some. Everybody has
// the keys.
package devmoney

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/params"

	contracts "github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// Money is the money of a dev chain: its token, who makes it, the factory of chequebooks and the lottery.
type Money struct {
	Token, Factory, Lottery common.Address
	ChainID                 *big.Int

	eth *ethclient.Client
	key *ecdsa.PrivateKey
}

// Key is the key of somebody on a dev chain: keccak256("candela dev " and the name). Everybody has it.
func Key(name string) *ecdsa.PrivateKey {
	key, err := crypto.ToECDSA(crypto.Keccak256([]byte("candela dev " + name)))
	if err != nil {
		panic(err) // one of 2¹²⁸ names has no key
	}
	return key
}

// Alloc are the accounts that payments need in a dev chain's first block, beside those with ether: the contracts of
// channels at the addresses that they have everywhere, and ether for who makes the money.
func Alloc() types.GenesisAlloc {
	alloc := contracts.GenesisAlloc()
	ether := new(big.Int).Mul(big.NewInt(10_000), big.NewInt(params.Ether))
	alloc[crypto.PubkeyToAddress(Key("mint").PublicKey)] = types.Account{Balance: ether}
	return alloc
}

// Open deploys the token and what belongs to it, unless the chain has them from an earlier run. It returns when they are in a block.
func Open(ctx context.Context, eth *ethclient.Client) (*Money, error) {
	m := &Money{eth: eth, key: Key("mint")}
	owner := crypto.PubkeyToAddress(m.key.PublicKey)
	var err error
	if m.ChainID, err = eth.ChainID(ctx); err != nil {
		return nil, err
	}
	if m.Token, err = m.deployed(ctx, 0, contracts.TestTokenMetaData.Bin, contracts.NewTestToken().PackConstructor(owner)); err != nil {
		return nil, fmt.Errorf("deploying the dev chain's token: %w", err)
	}
	code, input := contracts.ChequebookFactoryMetaData.Bin, contracts.NewChequebookFactory().PackConstructor(m.Token)
	if m.Factory, err = m.deployed(ctx, 1, code, input); err != nil {
		return nil, fmt.Errorf("deploying the dev chain's factory of chequebooks: %w", err)
	}
	if m.Lottery, err = m.deployed(ctx, 2, contracts.LotteryMetaData.Bin, nil); err != nil {
		return nil, fmt.Errorf("deploying the dev chain's lottery: %w", err)
	}
	return m, nil
}

// deployed has the mint's transaction of a nonce make a contract, unless it has done so, and returns its address.
func (m *Money) deployed(ctx context.Context, nonce uint64, code string, input []byte) (at common.Address, err error) {
	at = crypto.CreateAddress(crypto.PubkeyToAddress(m.key.PublicKey), nonce)
	there, err := m.eth.CodeAt(ctx, at, nil)
	if err != nil || len(there) > 0 {
		return at, err
	}
	return at, m.mined(ctx, func(opts *bind.TransactOpts) (*types.Transaction, error) {
		opts.Nonce = new(big.Int).SetUint64(nonce)
		_, tx, err := bind.DeployContract(opts, common.FromHex(code), m.eth, input)
		return tx, err
	})
}

// Mint makes tokens for somebody. It returns when they are in a block.
func (m *Money) Mint(ctx context.Context, to common.Address, amount unit.Amount) error {
	token := contracts.NewTestToken()
	err := m.mined(ctx, func(opts *bind.TransactOpts) (*types.Transaction, error) {
		return bind.Transact(token.Instance(m.eth, m.Token), opts, token.PackMint(to, amount.Big()))
	})
	if err != nil {
		return fmt.Errorf("making tokens for %s: %w", to, err)
	}
	return nil
}

// Person makes somebody with an ether to pay gas with, and returns the key.
func (m *Money) Person(ctx context.Context, name string) (*watch.Key, error) {
	who := watch.NewKey(Key(name))
	err := m.mined(ctx, func(opts *bind.TransactOpts) (*types.Transaction, error) {
		opts.Value, opts.GasLimit = big.NewInt(params.Ether), params.TxGas
		return contracts.NewTestToken().Instance(m.eth, who.Address()).RawTransact(opts, nil)
	})
	if err != nil {
		return nil, fmt.Errorf("sending ether to %s: %w", name, err)
	}
	return who, nil
}

// Has is how many tokens somebody has.
func (m *Money) Has(ctx context.Context, who common.Address) (has unit.Amount, err error) {
	token := contracts.NewTestToken()
	raw, err := bind.Call(token.Instance(m.eth, m.Token), &bind.CallOpts{Context: ctx}, token.PackBalanceOf(who), token.UnpackBalanceOf)
	if err != nil {
		return has, err
	}
	has, exact := unit.AmountOfBig(raw)
	if !exact {
		return has, fmt.Errorf("%s has %v tokens", who, raw)
	}
	return has, nil
}

// mined has one transaction of the mint mined. Nobody else sends any with its key.
func (m *Money) mined(ctx context.Context, send func(*bind.TransactOpts) (*types.Transaction, error)) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	opts := bind.NewKeyedTransactor(m.key, m.ChainID)
	opts.Context = ctx
	tx, err := send(opts)
	if err != nil {
		return err
	}
	receipt, err := bind.WaitMined(ctx, m.eth, tx.Hash())
	switch {
	case err != nil:
		return err
	case receipt.Status != types.ReceiptStatusSuccessful:
		return errors.New("the transaction has failed")
	}
	return nil
}
