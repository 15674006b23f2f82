package embeddedtest

import (
	"fmt"
	"io"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/consensus"
	"github.com/ethereum/go-ethereum/consensus/beacon"
	"github.com/ethereum/go-ethereum/consensus/ethash"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/chain/embedded"
)

// LongBlocks is how many blocks the long chains have on top of their genesis: a
// section of helper tries, its confirmations, and some more.
const LongBlocks = 33_100

// Logger is a contract of the long chains, whose input becomes the topic of a log.
var Logger = common.HexToAddress("0x5000000000000000000000000000000000000005")

// Busy are the blocks of the long chains that are not empty. In each, the first dev
// account calls Logger with the block's number and moves some wei.
func Busy() []uint64 {
	return []uint64{3, 77, 1000, 20_000, 24_910, 32_767, 32_768, 33_000}
}

// LongPrague is from which block on the one long chain has the rules of Prague, by
// which the state knows recent blocks' hashes. All those before it are cheap to make.
const LongPrague = 32_900

// longPeriod is how many seconds lie between the blocks of generated chains.
const longPeriod = 10

// LongGenesis is the first block of a long chain: one from before the merge, whose
// proof of work nobody looks at, or one after it that comes to Prague.
func LongGenesis(prague bool) *core.Genesis {
	genesis := &core.Genesis{GasLimit: 30_000_000, BaseFee: big.NewInt(params.InitialBaseFee), Difficulty: new(big.Int)}
	if prague {
		config := *params.MergedTestChainConfig
		at := uint64(LongPrague * longPeriod)
		config.ChainID, config.CancunTime, config.PragueTime = big.NewInt(chainID+1), &at, &at
		config.OsakaTime, config.BPO1Time, config.BPO2Time = nil, nil, nil
		genesis.Config, genesis.Alloc = &config, core.SystemContractAllocs()
	} else {
		zero := new(big.Int)
		genesis.Config = &params.ChainConfig{
			ChainID: big.NewInt(chainID + 2), HomesteadBlock: zero, EIP150Block: zero, EIP155Block: zero, EIP158Block: zero,
			ByzantiumBlock: zero, ConstantinopleBlock: zero, PetersburgBlock: zero, IstanbulBlock: zero,
			MuirGlacierBlock: zero, BerlinBlock: zero, LondonBlock: zero, Ethash: new(params.EthashConfig),
		}
		genesis.Difficulty, genesis.Alloc = big.NewInt(131_072), make(types.GenesisAlloc)
	}
	genesis.Alloc[Logger] = types.Account{Balance: new(big.Int), Code: common.FromHex("6000358060005260206000a100")}
	genesis.Alloc[embedded.DevAccounts()[0].Address] = types.Account{
		Balance: new(big.Int).Mul(big.NewInt(1000), big.NewInt(params.Ether)),
	}
	return genesis
}

// WriteLong writes the blocks of a long chain as a file for candela serve --import
// and geth import. It takes some seconds.
func WriteLong(w io.Writer, genesis *core.Genesis) error {
	var engine consensus.Engine = ethash.NewFaker()
	if genesis.Config.TerminalTotalDifficulty != nil {
		engine = beacon.New(engine)
	}
	account, signer := embedded.DevAccounts()[0], types.LatestSigner(genesis.Config)
	_, blocks, _ := core.GenerateChainWithGenesis(genesis, engine, LongBlocks, func(_ int, b *core.BlockGen) {
		if !slices.Contains(Busy(), b.Number().Uint64()) {
			return
		}
		topic := common.BigToHash(b.Number())
		for _, to := range []common.Address{Logger, {0xaa}} {
			tx, err := types.SignNewTx(account.Key, signer, &types.DynamicFeeTx{
				ChainID: genesis.Config.ChainID, Nonce: b.TxNonce(account.Address), To: &to, Value: new(big.Int), Data: topic[:],
				Gas: 100_000, GasTipCap: big.NewInt(1), GasFeeCap: big.NewInt(params.GWei),
			})
			if err != nil {
				panic(err) // the key and the transaction are ours
			}
			b.AddTx(tx)
		}
	})
	for _, block := range blocks {
		if err := rlp.Encode(w, block); err != nil {
			return fmt.Errorf("write block %d: %w", block.NumberU64(), err)
		}
	}
	return nil
}

// BusyTx is the hash of the transaction of a busy block that calls Logger: the chains
// are the same wherever they are made.
func BusyTx(genesis *core.Genesis, number uint64) common.Hash {
	at := slices.Index(Busy(), number)
	topic := common.BigToHash(new(big.Int).SetUint64(number))
	to := Logger
	tx, err := types.SignNewTx(embedded.DevAccounts()[0].Key, types.LatestSigner(genesis.Config), &types.DynamicFeeTx{
		ChainID: genesis.Config.ChainID, Nonce: uint64(2 * at), To: &to, Value: new(big.Int), Data: topic[:], //nolint:gosec // a few
		Gas: 100_000, GasTipCap: big.NewInt(1), GasFeeCap: big.NewInt(params.GWei),
	})
	if err != nil {
		panic(err) // as above
	}
	return tx.Hash()
}
