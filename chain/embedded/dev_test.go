package embedded_test

import (
	"errors"
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/chain/chaintest"
	"github.com/candela-les/candela/chain/embedded"
)

// devChain opens a dev chain that only grows by Commit.
func devChain(t *testing.T, dir string) *embedded.Dev {
	t.Helper()
	dev, err := embedded.OpenDev(embedded.DevConfig{
		Config: embedded.Config{DataDir: dir, CacheMB: 32},
		Alloc:  testAlloc(),
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

func commit(t *testing.T, dev *embedded.Dev) chain.Block {
	t.Helper()
	block, err := dev.Commit()
	if err != nil {
		t.Fatal(err)
	}
	return block
}

// populate makes blocks with transactions of several kinds.
func populate(t *testing.T, dev *embedded.Dev, s *sender, blocks int) {
	t.Helper()
	for i := range blocks {
		submit(t, dev, s.next(t, writer, 0, append(word(uint64(i)), word(uint64(i)+1000)...)))
		submit(t, dev, s.next(t, nobody, 1, nil))
		s.legacy = !s.legacy
		commit(t, dev)
	}
}

func devSender(account int) *sender {
	return &sender{account: embedded.DevAccounts()[account], signer: types.LatestSignerForChainID(big.NewInt(1337))}
}

// devHarness describes a dev chain and how to move it.
func devHarness(t *testing.T, dev *embedded.Dev, s *sender) *chaintest.Harness {
	t.Helper()
	client := dev.Attach()
	defer client.Close()
	h := known(t, dev.Node, 0)
	h.Source = dev
	head := dev.Chain().CurrentBlock()
	h.Accounts = testAccounts(t, dev.Chain(), head)
	h.Calls = testCalls(t, client, head)
	h.Grow = func(t *testing.T) { commit(t, dev) }
	h.NewTx = func(t *testing.T) *types.Transaction { return s.next(t, nobody, 5, nil) }
	h.BadTx = func(t *testing.T) (*types.Transaction, string) {
		broke := devSender(9)
		huge := new(big.Int).Mul(big.NewInt(1_000_000), big.NewInt(params.Ether))
		tx, err := types.SignNewTx(broke.account.Key, broke.signer, &types.DynamicFeeTx{
			ChainID: big.NewInt(1337), To: &nobody, Value: huge, Gas: 21000,
			GasFeeCap: big.NewInt(100 * params.GWei), GasTipCap: big.NewInt(params.GWei),
		})
		if err != nil {
			t.Fatal(err)
		}
		return tx, "insufficient funds for gas * price + value"
	}
	h.Reorg = func(t *testing.T) chain.Hash {
		commit(t, dev)
		left := dev.Head()
		parent := dev.Chain().GetHeaderByNumber(left.Number - 2).Hash()
		if err := dev.Fork(chain.Hash(parent)); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			commit(t, dev)
		}
		return left.Hash
	}
	return h
}

func TestDevConforms(t *testing.T) {
	noLeaks(t)
	dev := devChain(t, "")
	s := devSender(2)
	populate(t, dev, s, 12)
	chaintest.Run(t, devHarness(t, dev, s))
}

// TestDevReopened checks that a data directory keeps all that the chain had, and
// that what 140 blocks have pushed out is told as pruned.
func TestDevReopened(t *testing.T) {
	noLeaks(t)
	dir := t.TempDir()
	dev := devChain(t, dir)
	s := devSender(2)
	populate(t, dev, s, 4)
	for range 140 {
		commit(t, dev)
	}
	head, ranges := dev.Head(), dev.Ranges()
	if want := head.Number - 127; ranges.State != want || ranges.Recent != 127 {
		t.Errorf("state from block %d, want %d", ranges.State, want)
	}
	if err := dev.Close(); err != nil {
		t.Fatal(err)
	}

	dev = devChain(t, dir)
	again := dev.Head()
	if again.Block != head.Block || again.TD.Cmp(head.TD) != 0 || again.Finalized != head.Finalized {
		t.Errorf("head %+v after reopening, was %+v", again, head)
	}
	if got := dev.Ranges(); got != ranges {
		t.Errorf("ranges %+v after reopening, were %+v", got, ranges)
	}
	h := devHarness(t, dev, s)
	h.Gone = []chain.Hash{h.Blocks[3].Hash()}
	chaintest.Run(t, h)
}

// TestDevArchive checks that an archive keeps the first state.
func TestDevArchive(t *testing.T) {
	noLeaks(t)
	dir := t.TempDir()
	open := func() *embedded.Dev {
		dev, err := embedded.OpenDev(embedded.DevConfig{
			Config: embedded.Config{DataDir: dir, CacheMB: 32, Archive: true},
			Alloc:  testAlloc(),
		})
		if err != nil {
			t.Fatal(err)
		}
		return dev
	}
	dev := open()
	s := devSender(2)
	populate(t, dev, s, 2)
	for range 140 {
		commit(t, dev)
	}
	if err := dev.Close(); err != nil {
		t.Fatal(err)
	}
	dev = open()
	if r := dev.Ranges(); r.State != 0 || r.Recent != 0 {
		t.Errorf("an archive announces %+v", r)
	}
	h := devHarness(t, dev, s)
	h.Accounts = append(h.Accounts, testAccounts(t, dev.Chain(), h.Blocks[1].Header())...)
	chaintest.Run(t, h)
}

// TestDevMakesBlocks lets the clock make the blocks.
func TestDevMakesBlocks(t *testing.T) {
	noLeaks(t)
	dev, err := embedded.OpenDev(embedded.DevConfig{BlockTime: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	heads := make(chan chain.Head, 16)
	stop := dev.Heads(heads)
	for range 2 {
		head := <-heads
		if head.Safe != head.Block {
			t.Errorf("head %d came with safe %d %x, finalized %d %x", head.Number, head.Safe.Number, head.Safe.Hash, head.Finalized.Number, head.Finalized.Hash)
		}
	}
	stop()
	if err := dev.Close(); err != nil {
		t.Error(err)
	}
}

func TestDevRefusals(t *testing.T) {
	noLeaks(t)
	for _, period := range []time.Duration{-time.Second, time.Millisecond, 1500 * time.Millisecond} {
		if _, err := embedded.OpenDev(embedded.DevConfig{BlockTime: period}); err == nil {
			t.Errorf("block time %v was accepted", period)
		}
	}
	dir := t.TempDir()
	dev := devChain(t, dir)
	if _, err := embedded.OpenDev(embedded.DevConfig{Config: embedded.Config{DataDir: dir}}); !errors.Is(err, embedded.ErrInUse) {
		t.Errorf("a data directory in use: %v", err)
	}
	if err := dev.Close(); err != nil {
		t.Fatal(err)
	}
	var mismatch *embedded.GenesisMismatchError
	_, err := embedded.OpenDev(embedded.DevConfig{Config: embedded.Config{DataDir: dir}}) // without the contracts
	if !errors.As(err, &mismatch) || mismatch.DataDir != dir || mismatch.Have == mismatch.Want {
		t.Errorf("another genesis: %v", err)
	}
	if _, err := dev.Commit(); !errors.Is(err, chain.ErrUnavailable) {
		t.Errorf("commit on a closed chain: %v", err)
	}
}

// TestDevAccounts pins the derivation, which users may have written down.
func TestDevAccounts(t *testing.T) {
	accounts := embedded.DevAccounts()
	if len(accounts) != 10 {
		t.Fatalf("%d accounts", len(accounts))
	}
	if got, want := accounts[0].Address, common.HexToAddress("0x071C038F7da71c90BE86339F6E40e4123033a6E4"); got != want {
		t.Errorf("account 0 is %v, want %v", got, want)
	}
}
