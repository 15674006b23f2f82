package client_test

import (
	"errors"
	"math/big"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

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
	if got := w.client.PendingTransactions(); len(got) != 2 { // not the one behind the gap
		t.Fatalf("%d pending after a restart", len(got))
	}
	if got := w.client.Status().PendingTransactions; got != 3 {
		t.Errorf("%d not mined after a restart", got)
	}
	w.grow(t, 1, tx)
	eventually(t, func() bool { return len(w.client.PendingTransactions()) == 1 })
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

// A server that restarts on a chain that stands still has lost its pool, and no head
// comes that would make the client send again.
func TestReconnectedServerGetsOwnTransactions(t *testing.T) {
	w := build(5, 2)
	w.start(t)
	w.waitHead(t, w.head())
	var txs []*types.Transaction
	for nonce := range uint64(3) {
		tx := w.chain.Transfer(1, nonce, big.NewInt(7))
		if err := w.client.SendTransaction(t.Context(), tx); err != nil {
			t.Fatal(err)
		}
		txs = append(txs, tx)
	}
	has := func() bool {
		return !slices.ContainsFunc(txs, func(tx *types.Transaction) bool { return !w.servers[0].Pool(tx.Hash()) })
	}
	eventually(t, has)
	w.servers[0].ForgetTxs()
	w.servers[0].Connect(t, w.client) // takes the place of the first connection
	eventually(t, has)
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

// An untrusted server can say that it took a transaction and drop it, faster than
// anybody else.
func TestUntrustedServersCannotSwallowATransaction(t *testing.T) {
	w := build(5, 2)
	var swallowers []*clienttest.Server
	for i := range byte(5) {
		s := clienttest.NewServer(w.chain, 50+i, w.head())
		s.Now = w.servers[0].Now
		swallowers = append(swallowers, s)
	}
	for _, s := range w.servers {
		s.Forge(func(_ wire.Request, reply wire.Reply) wire.Reply {
			time.Sleep(30 * time.Millisecond)
			return reply
		})
	}
	w.start(t)
	for _, s := range swallowers {
		s.Connect(t, w.client)
	}
	w.waitHead(t, w.head())
	eventually(t, func() bool { return connected(w.client) == 7 })
	tx := w.chain.Transfer(1, 0, big.NewInt(7))
	if err := w.client.SendTransaction(t.Context(), tx); err != nil {
		t.Fatal(err)
	}
	for i, s := range w.servers {
		eventually(t, func() bool { return s.Pool(tx.Hash()) })
		s.RefuseTxs("txpool is full")
		if i == 0 {
			continue
		}
		// Whoever is trusted refuses: then it does not matter who else takes it.
		next := w.chain.Transfer(1, 1, big.NewInt(7))
		if err := w.client.SendTransaction(t.Context(), next); err == nil || err.Error() != "txpool is full" {
			t.Errorf("refused by all trusted servers: %v", err)
		}
	}
	eventually(t, func() bool {
		sent := 0
		for _, s := range swallowers {
			if s.Pool(tx.Hash()) {
				sent++
			}
		}
		return sent == 3
	})
}

func TestResendingGoesToOtherServers(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		var servers []*clienttest.Server
		for i := range byte(7) {
			servers = append(servers, clienttest.NewServer(sharedChain().chain, i, sharedChain().head()))
		}
		w := stage(t, wire.LES5, false, servers...)
		tx := w.chain.Transfer(1, 0, big.NewInt(7))
		if err := w.client.SendTransaction(t.Context(), tx); err != nil {
			t.Fatal(err)
		}
		have := func() (n int) {
			for _, s := range servers {
				if s.Pool(tx.Hash()) {
					n++
				}
			}
			return n
		}
		synctest.Wait()
		for i, next := range w.chain.Grow(w.head(), 3, 5) {
			if got, want := have(), min(3*(i+1), 7); got != want {
				t.Errorf("sent %d times: %d servers have it, want %d", i+1, got, want)
			}
			time.Sleep(2 * time.Minute)
			w.announcer.SetHead(next, nil, nil)
			for _, s := range servers {
				s.SetHead(next, nil, nil)
			}
			synctest.Wait()
		}
		w.client.Close()
	})
}

func TestReplacement(t *testing.T) {
	w := build(5, 3)
	w.config.DB = filepath.Join(t.TempDir(), "client.db")
	w.start(t)
	w.waitHead(t, w.head())
	eventually(t, func() bool { return connected(w.client) == 3 })
	price := func(percent int64) *types.Transaction {
		return w.chain.TransferAt(1, 0, big.NewInt(percent), big.NewInt(1e7*percent), big.NewInt(2e7*percent))
	}
	old, dear := price(100), price(110)
	if err := w.client.SendTransaction(t.Context(), old); err != nil {
		t.Fatal(err)
	}
	for _, percent := range []int64{90, 101, 109} {
		if err := w.client.SendTransaction(t.Context(), price(percent)); err == nil || err.Error() != "replacement transaction underpriced" {
			t.Errorf("at %d%%: %v", percent, err)
		}
	}
	shown := func() bool {
		got := w.client.PendingTransactions()
		return len(got) == 1 && got[0].Hash() == dear.Hash() && w.client.Status().PendingTransactions == 1
	}
	if err := w.client.SendTransaction(t.Context(), dear); err != nil {
		t.Fatal(err)
	}
	if !shown() {
		t.Errorf("pending: %v", w.client.PendingTransactions())
	}
	if _, err := w.client.Transaction(t.Context(), old.Hash()); !errors.Is(err, client.ErrTxUnknown) {
		t.Errorf("the replaced one: %v", err)
	}
	if err := w.client.Close(); err != nil {
		t.Fatal(err)
	}
	w.start(t)
	w.waitHead(t, w.head())
	if !shown() {
		t.Errorf("pending after a restart: %v", w.client.PendingTransactions())
	}
	// Whichever of the two is mined, nothing stays pending.
	w.grow(t, 1, old)
	eventually(t, func() bool { return len(w.client.PendingTransactions()) == 0 })
	w.grow(t, 130)
	eventually(t, func() bool { return w.client.Status().PendingTransactions == 0 })
	if _, err := w.client.Transaction(t.Context(), dear.Hash()); !errors.Is(err, client.ErrTxUnknown) {
		t.Errorf("the one that was not mined: %v", err)
	}
}

// Replaced from elsewhere, and no server of les/4 says what is final.
func TestReplacedElsewhereWithoutFinalizedBlocks(t *testing.T) {
	w := build(5, 1)
	w.servers[0].Version = wire.LES4
	w.start(t)
	w.waitHead(t, w.head())
	mine, other := w.chain.Transfer(1, 0, big.NewInt(7)), w.chain.Transfer(1, 0, big.NewInt(8))
	if err := w.client.SendTransaction(t.Context(), mine); err != nil {
		t.Fatal(err)
	}
	w.grow(t, 1, other)
	eventually(t, func() bool { return w.client.Status().PendingTransactions == 0 })
	if got := w.client.PendingTransactions(); len(got) != 0 {
		t.Errorf("pending: %v", got)
	}
	followed := func() bool {
		w.servers[0].Requests()
		w.grow(t, 1)
		time.Sleep(50 * time.Millisecond)
		return slices.ContainsFunc(w.servers[0].Requests(), func(r wire.Request) bool {
			_, ok := r.(*wire.GetProofs)
			return ok
		})
	}
	eventually(t, followed) // it may still come back
	for range 12 {
		w.grow(t, 16)
	}
	eventually(t, func() bool { return !followed() }) // old news by now
}

var _ clienttest.Client = (*client.Client)(nil)
