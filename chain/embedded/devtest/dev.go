package devtest

import (
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/chain/chaintest"
	"github.com/candela-les/candela/chain/embedded"
)

// Open opens a dev chain that has the contracts and only grows by Commit. An empty
// dir keeps it in memory.
func Open(t *testing.T, dir string) *embedded.Dev {
	t.Helper()
	dev, err := embedded.OpenDev(embedded.DevConfig{
		Config: embedded.Config{DataDir: dir, CacheMB: 32},
		Alloc:  Alloc(),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := dev.Close(); err != nil {
			t.Error(err)
		}
	})
	return dev
}

// Commit makes a block.
func Commit(t *testing.T, dev *embedded.Dev) chain.Block {
	t.Helper()
	block, err := dev.Commit()
	if err != nil {
		t.Fatal(err)
	}
	return block
}

// NewSender returns the sender of a dev account that has sent nothing yet.
func NewSender(account int) *Sender {
	return &Sender{Account: embedded.DevAccounts()[account], Signer: types.LatestSignerForChainID(big.NewInt(1337))}
}

// Populate makes blocks with transactions of several kinds.
func Populate(t *testing.T, dev *embedded.Dev, s *Sender, blocks int) {
	t.Helper()
	for i := range blocks {
		Submit(t, dev, s.Next(t, Writer, 0, append(Word(uint64(i)), Word(uint64(i)+1000)...)))
		Submit(t, dev, s.Next(t, Nobody, 1, nil))
		s.Legacy = !s.Legacy
		Commit(t, dev)
	}
}

// Harness describes a dev chain and how to move it. Its Source is the chain itself.
func Harness(t *testing.T, dev *embedded.Dev, s *Sender) *chaintest.Harness {
	t.Helper()
	client := dev.Attach()
	defer client.Close()
	h := Known(t, dev.Node, 0)
	h.Source = dev
	head := dev.Chain().CurrentBlock()
	h.Accounts = Accounts(t, dev.Chain(), head)
	h.Calls = Calls(t, client, head)
	h.Grow = func(t *testing.T) { Commit(t, dev) }
	h.NewTx = func(t *testing.T) *types.Transaction { return s.Next(t, Nobody, 5, nil) }
	h.BadTx = func(t *testing.T) (*types.Transaction, string) {
		return overdraft(t), "insufficient funds for gas * price + value"
	}
	h.Reorg = func(t *testing.T) chain.Hash {
		Commit(t, dev)
		left := dev.Head()
		parent := dev.Chain().GetHeaderByNumber(left.Number - 2).Hash()
		if err := dev.Fork(chain.Hash(parent)); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			Commit(t, dev)
		}
		return left.Hash
	}
	return h
}

// overdraft sends more than its sender has.
func overdraft(t *testing.T) *types.Transaction {
	t.Helper()
	broke := NewSender(9)
	to, huge := Nobody, new(big.Int).Mul(big.NewInt(1_000_000), big.NewInt(params.Ether))
	tx, err := types.SignNewTx(broke.Account.Key, broke.Signer, &types.DynamicFeeTx{
		ChainID: big.NewInt(1337), To: &to, Value: huge, Gas: 21000,
		GasFeeCap: big.NewInt(100 * params.GWei), GasTipCap: big.NewInt(params.GWei),
	})
	if err != nil {
		t.Fatal(err)
	}
	return tx
}
