package client_test

import (
	"errors"
	"math/big"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/client/clienttest"
	"github.com/candela-les/candela/wire"
)

// grow adds blocks on top of the head and lets all servers announce the last one.
func (w *world) grow(t *testing.T, n int, txs ...*types.Transaction) {
	t.Helper()
	w.blocks = append(w.blocks, w.chain.GrowWith(w.head(), n, 0, txs)...)
	for _, s := range w.servers {
		s.SetHead(w.head(), nil, nil)
	}
	w.waitHead(t, w.head())
}

func TestTransactionLookup(t *testing.T) {
	w := build(9, 3)
	w.start(t)
	w.waitHead(t, w.head())
	tx := w.blocks[3].Transactions()[1]
	got, err := w.client.Transaction(t.Context(), tx.Hash())
	if err != nil || got.Tx.Hash() != tx.Hash() || got.Header.Number.Uint64() != 3 || got.Index != 1 {
		t.Fatalf("%+v, %v", got, err)
	}
	var missing *client.TxError
	_, err = w.client.Transaction(t.Context(), word(1))
	if !errors.Is(err, client.ErrTxUnknown) || !errors.As(err, &missing) || missing.Agreed < missing.Needed {
		t.Errorf("unknown: %v", err)
	}
}

func TestUnknownIsToldFromUnindexedAndUnreachable(t *testing.T) {
	for _, c := range []struct {
		name             string
		unindexed, quiet int // of three servers
		want             error
	}{
		{"agreed", 1, 0, client.ErrTxUnknown},
		{"unindexed", 2, 0, client.ErrTxUnindexed},
		{"unreachable", 0, 2, client.ErrUnreachable},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := build(5, 3)
			for i, s := range w.servers {
				if i < c.unindexed {
					s.Ranges.TxIndex = 3
				}
				if i < c.quiet {
					s.Serves &^= wire.ServesTxStatus
				}
			}
			w.start(t)
			w.waitHead(t, w.head())
			eventually(t, func() bool { return connected(w.client) == 3 })
			if _, err := w.client.Transaction(t.Context(), word(1)); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

// go-ethereum never says that it indexes all unless it is told to: it keeps the last
// 2,350,000 blocks.
func TestIndexAsLES4ToldOfIt(t *testing.T) {
	for lookup, want := range map[uint64]error{
		0:         client.ErrTxUnknown,
		1:         client.ErrTxUnindexed, // none
		1 + 4:     client.ErrTxUnindexed, // not block 1
		1 + 5:     client.ErrTxUnknown,
		2_350_001: client.ErrTxUnknown,
	} {
		w := build(5, 1)
		w.servers[0].Version, w.servers[0].TxLookup = wire.LES4, lookup
		w.start(t)
		w.waitHead(t, w.head())
		if _, err := w.client.Transaction(t.Context(), word(1)); !errors.Is(err, want) {
			t.Errorf("recentTxLookup %d: got %v, want %v", lookup, err, want)
		}
	}
}

func connected(c *client.Client) (n int) {
	for _, s := range c.Status().Servers {
		if s.Connected {
			n++
		}
	}
	return n
}

func TestSendAndFollowATransaction(t *testing.T) {
	w := build(5, 3)
	w.config.DB = filepath.Join(t.TempDir(), "client.db")
	w.start(t)
	w.waitHead(t, w.head())
	eventually(t, func() bool { return connected(w.client) == 3 })
	seen := make(chan *types.Transaction, 4)
	defer w.client.SubscribePendingTransactions(seen)()

	tx := w.chain.Transfer(1, 0, big.NewInt(7))
	if err := w.client.SendTransaction(t.Context(), tx); err != nil {
		t.Fatal(err)
	}
	if got := <-seen; got.Hash() != tx.Hash() {
		t.Error("another transaction was announced")
	}
	for _, s := range w.servers {
		eventually(t, func() bool { return s.Pool(tx.Hash()) })
	}
	next := w.chain.Transfer(1, 1, big.NewInt(8))
	gap := w.chain.Transfer(1, 3, big.NewInt(8))
	for _, tx := range []*types.Transaction{next, gap} {
		if err := w.client.SendTransaction(t.Context(), tx); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := w.client.PendingNonce(t.Context(), w.chain.Address(1)); n != 2 || err != nil {
		t.Errorf("pending nonce %d, %v", n, err)
	}
	if got, err := w.client.Transaction(t.Context(), tx.Hash()); err != nil || got.Header != nil || got.Tx.Hash() != tx.Hash() {
		t.Errorf("pending transaction: %+v, %v", got, err)
	}
	// Still known after a restart.
	if err := w.client.Close(); err != nil {
		t.Fatal(err)
	}
	w.start(t)
	w.waitHead(t, w.head())
	if got := w.client.PendingTransactions(); len(got) != 3 {
		t.Fatalf("%d pending after a restart", len(got))
	}
	w.grow(t, 1, tx)
	eventually(t, func() bool { return len(w.client.PendingTransactions()) == 2 })
	if got, err := w.client.Transaction(t.Context(), tx.Hash()); err != nil || got.Header == nil {
		t.Errorf("mined transaction: %+v, %v", got, err)
	}
}

func TestReorgSendsAgain(t *testing.T) {
	w := build(5, 2)
	w.start(t)
	w.waitHead(t, w.head())
	tx := w.chain.Transfer(1, 0, big.NewInt(7))
	if err := w.client.SendTransaction(t.Context(), tx); err != nil {
		t.Fatal(err)
	}
	fork := w.head()
	w.grow(t, 1, tx)
	eventually(t, func() bool { return len(w.client.PendingTransactions()) == 0 })
	// A branch without it, and pools that have forgotten it.
	w.blocks = append(w.blocks[:fork.NumberU64()+1], w.chain.Grow(fork, 2, 1)...)
	for _, s := range w.servers {
		s.ForgetTxs()
		s.SetHead(w.head(), nil, nil)
	}
	w.waitHead(t, w.head())
	eventually(t, func() bool { return w.servers[0].Pool(tx.Hash()) && w.servers[1].Pool(tx.Hash()) })
	if got := w.client.PendingTransactions(); len(got) != 1 {
		t.Errorf("%d pending", len(got))
	}
}

func TestSendRefusals(t *testing.T) {
	w := build(3, 3)
	w.start(t)
	w.waitHead(t, w.head())
	eventually(t, func() bool { return connected(w.client) == 3 })
	for _, c := range []struct {
		name string
		tx   *types.Transaction
		want string
	}{
		{"nonce too low", w.chain.Transfer(0, 0, big.NewInt(1)), "nonce too low"},
		{"no money", w.chain.Transfer(1, 0, new(big.Int).Lsh(big.NewInt(1), 100)), "insufficient funds for gas * price + value"},
	} {
		if err := w.client.SendTransaction(t.Context(), c.tx); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	good := w.chain.Transfer(1, 0, big.NewInt(1))
	for _, s := range w.servers {
		s.RefuseTxs("replacement transaction underpriced")
	}
	if err := w.client.SendTransaction(t.Context(), good); err == nil || err.Error() != "replacement transaction underpriced" {
		t.Errorf("all refuse: %v", err)
	}
	if len(w.client.PendingTransactions()) != 0 {
		t.Error("a refused transaction is followed")
	}
	w.servers[1].RefuseTxs("already known")
	if err := w.client.SendTransaction(t.Context(), good); err != nil {
		t.Errorf("one knows it already: %v", err)
	}
	for _, s := range w.servers {
		s.RefuseTxs("")
		s.Forge(func(wire.Request, wire.Reply) wire.Reply { return nil })
	}
}

var _ clienttest.Client = (*client.Client)(nil)
