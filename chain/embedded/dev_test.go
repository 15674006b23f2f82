package embedded_test

import (
	"errors"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/chain/chaintest"
	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/chain/embedded/devtest"
)

func TestDevConforms(t *testing.T) {
	noLeaks(t)
	dev := devtest.Open(t, "")
	s := devtest.NewSender(2)
	devtest.Populate(t, dev, s, 12)
	chaintest.Run(t, devtest.Harness(t, dev, s))
}

// TestDevReopened checks that a data directory keeps all that the chain had, and
// that what 140 blocks have pushed out is told as pruned.
func TestDevReopened(t *testing.T) {
	noLeaks(t)
	dir := t.TempDir()
	dev := devtest.Open(t, dir)
	s := devtest.NewSender(2)
	devtest.Populate(t, dev, s, 4)
	for range 140 {
		devtest.Commit(t, dev)
	}
	head, ranges := dev.Head(), dev.Ranges()
	if want := head.Number - 127; ranges.State != want || ranges.Recent != 127 {
		t.Errorf("state from block %d, want %d", ranges.State, want)
	}
	if err := dev.Close(); err != nil {
		t.Fatal(err)
	}

	dev = devtest.Open(t, dir)
	again := dev.Head()
	if again.Block != head.Block || again.TD.Cmp(head.TD) != 0 || again.Finalized != head.Finalized {
		t.Errorf("head %+v after reopening, was %+v", again, head)
	}
	if got := dev.Ranges(); got != ranges {
		t.Errorf("ranges %+v after reopening, were %+v", got, ranges)
	}
	h := devtest.Harness(t, dev, s)
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
			Alloc:  devtest.Alloc(),
		})
		if err != nil {
			t.Fatal(err)
		}
		return dev
	}
	dev := open()
	s := devtest.NewSender(2)
	devtest.Populate(t, dev, s, 2)
	for range 140 {
		devtest.Commit(t, dev)
	}
	if err := dev.Close(); err != nil {
		t.Fatal(err)
	}
	dev = open()
	if r := dev.Ranges(); r.State != 0 || r.Recent != 0 {
		t.Errorf("an archive announces %+v", r)
	}
	h := devtest.Harness(t, dev, s)
	h.Accounts = append(h.Accounts, devtest.Accounts(t, dev.Chain(), h.Blocks[1].Header())...)
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
	dev := devtest.Open(t, dir)
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
