package rpctest

import (
	"crypto/ecdsa"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/consensus/beacon"
	"github.com/ethereum/go-ethereum/consensus/ethash"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/proof/prooftest"
)

// Emitter is a contract of a [Fork] chain that logs the first word of its calldata as its only topic.
var Emitter = common.HexToAddress("0xe317")

// Fork is a double over a chain that a test grows, in several directions if it likes.
type Fork struct {
	*Double
	genesis *core.Genesis
}

// NewFork returns a chain of only its genesis block.
func NewFork(tb testing.TB) *Fork {
	tb.Helper()
	config := *params.MergedTestChainConfig
	config.PragueTime, config.OsakaTime = nil, nil // they need system contracts
	genesis := &core.Genesis{
		Config:     &config,
		GasLimit:   30_000_000,
		BaseFee:    big.NewInt(params.InitialBaseFee),
		Difficulty: new(big.Int),
		Alloc: types.GenesisAlloc{
			crypto.PubkeyToAddress(forkKey(tb).PublicKey): {Balance: new(big.Int).Lsh(common.Big1, 100)},
			Emitter: {Code: common.FromHex("60003560006000a100")},
		},
	}
	return &Fork{New(prooftest.NewChain(tb, genesis, nil)), genesis}
}

// Grow adds blocks on top of parent, which become canonical, each with one log per topic.
func (f *Fork) Grow(tb testing.TB, parent *types.Header, blocks int, topics ...byte) []*types.Block {
	tb.Helper()
	made := f.Make(tb, parent, blocks, func(int) []Tx {
		var txs []Tx
		for _, t := range topics {
			txs = append(txs, Tx{Topic: t, Tip: 1})
		}
		return txs
	})
	f.Insert(tb, made)
	return made
}

// Tx is a transaction that calls the Emitter.
type Tx struct {
	Topic byte
	Tip   int64 // wei
}

// Make builds blocks on top of parent, without inserting them; txs says what goes into each.
func (f *Fork) Make(tb testing.TB, parent *types.Header, blocks int, txs func(block int) []Tx) []*types.Block {
	tb.Helper()
	engine := beacon.New(ethash.NewFaker())
	key, config := forkKey(tb), f.genesis.Config
	on := f.Chain().GetBlock(parent.Hash(), parent.Number.Uint64())
	made, _ := core.GenerateChain(config, on, engine, f.Chain().TrieDB().Disk(), blocks, func(i int, g *core.BlockGen) {
		for _, t := range txs(i) {
			g.AddTx(types.MustSignNewTx(key, g.Signer(), &types.DynamicFeeTx{
				ChainID:   config.ChainID,
				Nonce:     g.TxNonce(crypto.PubkeyToAddress(key.PublicKey)),
				To:        &Emitter,
				Gas:       100_000,
				GasFeeCap: big.NewInt(params.Ether / 1e6),
				GasTipCap: big.NewInt(t.Tip),
				Data:      common.BytesToHash([]byte{t.Topic}).Bytes(),
			}))
		}
	})
	return made
}

// forkKey is the key that sends every transaction of a Fork chain.
func forkKey(tb testing.TB) *ecdsa.PrivateKey {
	tb.Helper()
	key, err := crypto.ToECDSA(common.BytesToHash([]byte("fork")).Bytes())
	if err != nil {
		tb.Fatal(err)
	}
	return key
}

// Sign returns a transaction of the chain's only account with the given nonce, ready to be sent.
func (f *Fork) Sign(tb testing.TB, nonce uint64) *types.Transaction {
	tb.Helper()
	return types.MustSignNewTx(forkKey(tb), types.LatestSigner(f.genesis.Config), &types.DynamicFeeTx{
		ChainID:   f.genesis.Config.ChainID,
		Nonce:     nonce,
		To:        &Emitter,
		Gas:       100_000,
		GasFeeCap: big.NewInt(params.GWei),
		GasTipCap: common.Big1,
	})
}

// Sender is the chain's only account.
func (f *Fork) Sender(tb testing.TB) common.Address {
	tb.Helper()
	return crypto.PubkeyToAddress(forkKey(tb).PublicKey)
}
