package paytest

import (
	"context"
	"maps"
	"math/big"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	ethereum "github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/pay/watch/watchtest"
	"github.com/candela-les/candela/unit"
)

// Confirmations is how deep a block is for server and clients to be sure of it.
const Confirmations = 3

// Stale is for how long they rely on what they have seen of the chain.
const Stale = time.Hour

// World is a chain, a token, and who pays and is paid on it.
type World struct {
	T      testing.TB
	Method Method
	Chain  *watchtest.Chain
	Token  common.Address
	Server *Server
	// Minted is how many tokens there are: whatever happens, they are somewhere.
	Minted  unit.Amount
	clients int

	mu    sync.Mutex   // held by who mines
	clock atomic.Int64 // the time, Unix nanoseconds
}

// NewWorld makes a world with a server.
func NewWorld(t testing.TB, m Method) *World {
	t.Helper()
	watchtest.NoLeaks(t)
	w := &World{T: t, Method: m}
	alloc := types.GenesisAlloc{}
	maps.Copy(alloc, m.Alloc)
	w.Chain = watchtest.New(t, alloc)
	w.deployToken()
	if m.Deploy != nil {
		m.Deploy(w)
	}
	gas := w.Key("gas of the server").Address()
	w.send(&gas, nil, 100)
	w.Mine(Confirmations + 1)
	w.Server = newServer(w)
	return w
}

// deployToken deploys the token that is paid with. Its owner is who has the chain's ether.
func (w *World) deployToken() {
	w.T.Helper()
	token := bind.NewTestToken()
	data := append(common.FromHex(bind.TestTokenMetaData.Bin), token.PackConstructor(w.Chain.Address)...)
	w.Token = w.Deploy(data)
}

// Deploy has a contract deployed by code, and returns where it is.
func (w *World) Deploy(code []byte) common.Address {
	w.T.Helper()
	nonce, err := w.Chain.Client().PendingNonceAt(w.T.Context(), w.Chain.Address)
	if err != nil {
		w.T.Fatal(err)
	}
	w.send(nil, code, 0)
	return crypto.CreateAddress(w.Chain.Address, nonce)
}

// Call has who has the chain's ether call a contract, and mines that.
func (w *World) Call(to common.Address, data []byte) {
	w.T.Helper()
	w.send(&to, data, 0)
}

func (w *World) send(to *common.Address, data []byte, ether int64) {
	w.T.Helper()
	ctx, client := w.T.Context(), w.Chain.Client()
	nonce, err := client.PendingNonceAt(ctx, w.Chain.Address)
	if err != nil {
		w.T.Fatal(err)
	}
	tx, err := types.SignNewTx(w.Chain.Key, types.LatestSignerForChainID(big.NewInt(watchtest.ChainID)), &types.DynamicFeeTx{
		ChainID: big.NewInt(watchtest.ChainID), Nonce: nonce, To: to, Data: data, Gas: 8_000_000, Value: new(big.Int).Mul(big.NewInt(ether), big.NewInt(params.Ether)),
		GasTipCap: big.NewInt(params.GWei), GasFeeCap: big.NewInt(100 * params.GWei),
	})
	if err != nil {
		w.T.Fatal(err)
	}
	if err := client.SendTransaction(ctx, tx); err != nil {
		w.T.Fatal(err)
	}
	w.Mine(1)
	receipt, err := client.TransactionReceipt(ctx, tx.Hash())
	if err != nil || receipt.Status != types.ReceiptStatusSuccessful {
		w.T.Fatalf("a transaction of the world's: %+v, %v", receipt, err)
	}
}

// Key is somebody's key; everybody has a name.
func (w *World) Key(name string) *watch.Key {
	key, err := crypto.ToECDSA(crypto.Keccak256([]byte("somebody in a test of payments: " + name)))
	if err != nil {
		w.T.Fatal(err)
	}
	return watch.NewKey(key)
}

// Asset is what is paid with.
func (w *World) Asset() pay.Asset {
	return pay.Asset{ChainID: watchtest.ChainID, Token: pay.Address(w.Token)}
}

// Mint gives somebody tokens.
func (w *World) Mint(to common.Address, n uint64) {
	w.T.Helper()
	w.Call(w.Token, bind.NewTestToken().PackMint(to, new(big.Int).SetUint64(n)))
	w.Minted, _ = w.Minted.Add(unit.NewAmount(n))
}

// Read calls a contract at the newest block, without a transaction.
func (w *World) Read(contract common.Address, data []byte) []byte {
	w.T.Helper()
	out, err := w.Chain.Client().CallContract(w.T.Context(), ethereum.CallMsg{To: &contract, Data: data}, nil)
	if err != nil {
		w.T.Fatal(err)
	}
	return out
}

// Fund gives somebody ether, which pays for gas.
func (w *World) Fund(to common.Address) {
	w.T.Helper()
	w.send(&to, nil, 10)
}

// Has returns how many tokens somebody has.
func (w *World) Has(who common.Address) unit.Amount {
	w.T.Helper()
	token := bind.NewTestToken()
	n, err := token.UnpackBalanceOf(w.Read(w.Token, token.PackBalanceOf(who)))
	if err != nil {
		w.T.Fatal(err)
	}
	return unit.AmountOfBytes([16]byte(n.FillBytes(make([]byte, 16))))
}

// Now is the time: that of the newest block, unless the chain stands still (Wait).
func (w *World) Now() time.Time { return time.Unix(0, w.clock.Load()) }

// Wait lets time go by in which no block is mined.
func (w *World) Wait(d time.Duration) { w.clock.Add(int64(d)) }

// Mine mines so many blocks.
func (w *World) Mine(blocks int) {
	w.T.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.Chain.Mine(blocks)
	w.mined()
}

// mined takes over the newest block's time.
func (w *World) mined() {
	w.clock.Store(time.Unix(int64(w.Chain.Head().Time), 0).UnixNano()) //nolint:gosec // a block's time
}

// Later mines blocks of a time that is so much later. It is that late before they are seen, or who sees them at once would think that
// it has seen nothing since.
func (w *World) Later(d time.Duration) {
	w.T.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.Chain.Commit() // what waits, for an adjusted block is empty
	w.Wait(d)
	err := w.Chain.AdjustTime(d)
	for range 10 {
		if err != nil { // somebody has sent something meanwhile
			w.Chain.Commit()
			err = w.Chain.AdjustTime(d)
		}
	}
	if err != nil {
		w.T.Fatal(err)
	}
	w.mined() // before the next blocks: who sees those notes when, and must not do that by a clock from before
	w.Chain.Mine(Confirmations)
	w.mined()
}

// Height is the newest block's number.
func (w *World) Height() uint64 {
	w.T.Helper()
	return w.Chain.Head().Number.Uint64()
}

// Back has the chain's last blocks replaced by others, one more: what was in them is gone for good, unless who has sent it sends
// it again.
func (w *World) Back(blocks uint64) {
	w.T.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.Chain.Back(blocks, true)
	w.Chain.Mine(int(blocks) + 1) //nolint:gosec // a few
	w.mined()
}

// BackTo has all blocks above a number replaced.
func (w *World) BackTo(number uint64) {
	w.T.Helper()
	w.Back(w.Height() - number)
}

// pace is how long a block waits for transactions, when it is mined while something else goes on.
const pace = 3 * time.Millisecond

// going is something that goes on beside the test.
type going struct {
	w    *World
	done chan error
	stop context.CancelFunc
}

// begin has something go on. No block is mined by that.
func (w *World) begin(do func(ctx context.Context) error) *going {
	ctx, cancel := context.WithTimeout(w.T.Context(), time.Minute)
	g := &going{w: w, done: make(chan error, 1), stop: cancel}
	go func() { g.done <- do(ctx) }()
	return g
}

// end mines until it is over, and returns its error.
func (g *going) end() error {
	g.w.T.Helper()
	return g.endUnless(func() bool { return false })
}

// endUnless is end, but gives up when something is so.
func (g *going) endUnless(given func() bool) error {
	g.w.T.Helper()
	defer g.stop()
	tick := time.NewTicker(pace)
	defer tick.Stop()
	for {
		select {
		case err := <-g.done:
			return err
		case <-tick.C:
			if given() {
				g.stop()
				return <-g.done
			}
			g.w.Mine(1)
		}
	}
}

// While mines until something is over, and returns its error.
func (w *World) While(do func(ctx context.Context) error) error {
	w.T.Helper()
	return w.begin(do).end()
}

// until mines block by block until something is so.
func (w *World) until(what string, is func() bool) {
	w.T.Helper()
	for range 1000 {
		if is() {
			return
		}
		time.Sleep(pace)
		w.Mine(1)
	}
	w.T.Fatalf("it never comes to this: %s", what)
}

// Must fails the test if something fails.
func (w *World) Must(what string, do func(ctx context.Context) error) {
	w.T.Helper()
	if err := w.While(do); err != nil {
		w.T.Fatalf("%s: %v", what, err)
	}
}
