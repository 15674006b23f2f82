// Package watchtest makes a chain in process for tests of what watches one: it mines when told to, can be
// reorganized, and its provider can be made to fail, to be slow and to lie.
package watchtest

import (
	"crypto/ecdsa"
	"maps"
	"math/big"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/txpool"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient/simulated"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/pay/watch"
)

// ChainID is that of all these chains.
const ChainID = 1337

// Emitter, when called with a word, emits an event whose only topic is that word, and keeps it in slot 0.
func Emitter() common.Address {
	return common.HexToAddress("0xe000000000000000000000000000000000000001")
}

// Twin does the same as Emitter.
func Twin() common.Address { return common.HexToAddress("0xe000000000000000000000000000000000000002") }

// Reverter reverts with the data that it is called with, and does nothing when called with none.
func Reverter() common.Address {
	return common.HexToAddress("0xe000000000000000000000000000000000000003")
}

// Chain is a chain that mines when told to.
type Chain struct {
	*simulated.Backend
	Key     *ecdsa.PrivateKey // has ether
	Address common.Address    // its
	t       testing.TB
}

// New starts a chain, which ends with the test. It begins with the contracts above, an account that has ether, and more.
func New(t testing.TB, more types.GenesisAlloc) *Chain {
	t.Helper()
	key, err := crypto.ToECDSA(crypto.Keccak256([]byte("who has ether on the chain of a test")))
	if err != nil {
		t.Fatal(err)
	}
	c := &Chain{Key: key, Address: crypto.PubkeyToAddress(key.PublicKey), t: t}
	emitter := common.FromHex("0x6000358060005560006000a100")
	alloc := types.GenesisAlloc{
		c.Address:  {Balance: new(big.Int).Mul(big.NewInt(1000), big.NewInt(params.Ether))},
		Emitter():  {Code: emitter, Balance: new(big.Int)},
		Twin():     {Code: emitter, Balance: new(big.Int)},
		Reverter(): {Code: common.FromHex("0x3615600f57366000600037366000fd5b00"), Balance: new(big.Int)},
	}
	maps.Copy(alloc, more)
	c.Backend = simulated.NewBackend(alloc)
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

// Node is the chain's provider.
func (c *Chain) Node() watch.Node { return c.Client().(watch.Node) }

// Mine mines so many blocks.
func (c *Chain) Mine(blocks int) {
	for range blocks {
		c.Commit()
	}
}

// Head returns the newest block.
func (c *Chain) Head() *types.Header {
	c.t.Helper()
	h, err := c.Client().HeaderByNumber(c.t.Context(), nil)
	if err != nil {
		c.t.Fatal(err)
	}
	return h
}

// Back goes so many blocks back. What was mined in them is forgotten, or mined again with the next block. The chain
// that is left is seen as the newest once another block was mined.
func (c *Chain) Back(blocks uint64, forget bool) {
	c.t.Helper()
	h, err := c.Client().HeaderByNumber(c.t.Context(), new(big.Int).SetUint64(c.Head().Number.Uint64()-blocks))
	if err != nil {
		c.t.Fatal(err)
	}
	// No transaction may wait when the chain is forked. One that is sent just then is forgotten, too.
	for tries := 0; ; tries++ {
		if forget {
			c.Rollback()
		}
		if err = c.Fork(h.Hash()); err == nil {
			break
		}
		if !forget || tries == 100 {
			c.t.Fatal(err)
		}
	}
	if forget {
		c.Rollback()
	}
}

// Call sends a transaction that calls a contract with data. It is not mined by that.
func (c *Chain) Call(to common.Address, data []byte) *types.Transaction {
	c.t.Helper()
	for tries := 0; ; tries++ {
		tx, err := c.tryCall(to, data)
		switch {
		case err == nil:
			return tx
		case tries == 1000 || !spent(err):
			c.t.Fatal(err)
		}
	}
}

// spent reports whether a nonce was that of a transaction which is in the pool: the pool counts one a moment after it was sent.
func spent(err error) bool {
	return strings.Contains(err.Error(), txpool.ErrReplaceUnderpriced.Error()) || strings.Contains(err.Error(), txpool.ErrAlreadyKnown.Error())
}

func (c *Chain) tryCall(to common.Address, data []byte) (*types.Transaction, error) {
	nonce, err := c.Client().PendingNonceAt(c.t.Context(), c.Address)
	if err != nil {
		return nil, err
	}
	tx, err := types.SignNewTx(c.Key, types.LatestSignerForChainID(big.NewInt(ChainID)), &types.DynamicFeeTx{
		ChainID: big.NewInt(ChainID), Nonce: nonce, To: &to, Data: data, Gas: 200_000,
		GasTipCap: big.NewInt(params.GWei), GasFeeCap: big.NewInt(100 * params.GWei),
	})
	if err != nil {
		return nil, err
	}
	return tx, c.Client().SendTransaction(c.t.Context(), tx)
}

// Emit sends a transaction that has a contract of Emitter's kind emit an event.
func (c *Chain) Emit(contract common.Address, word uint64) *types.Transaction {
	c.t.Helper()
	return c.Call(contract, Word(word).Bytes())
}

// Word is a number as a topic.
func Word(n uint64) common.Hash { return common.BigToHash(new(big.Int).SetUint64(n)) }
