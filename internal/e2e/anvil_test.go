package e2e

import (
	"crypto/ecdsa"
	"math/big"
	"path/filepath"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/chain/chaintest"
)

// anvilBinary is Foundry's anvil, which `make deps` installs.
func anvilBinary(t *testing.T) string {
	t.Helper()
	found, err := filepath.Glob("../../tools/anvil/node_modules/@foundry-rs/anvil-*/bin/anvil")
	if err != nil || len(found) != 1 {
		t.Fatalf("anvil is not installed (make deps): %v, %v", found, err)
	}
	return found[0]
}

// anvil is a running anvil that makes a block when it is told to.
type anvil struct {
	t     *testing.T
	url   string
	rpc   *rpc.Client
	eth   *ethclient.Client
	key   *ecdsa.PrivateKey
	nonce uint64
}

// anvilKey is the first of the accounts that anvil always begins with.
const anvilKey = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"

func newAnvil(t *testing.T, args ...string) *anvil {
	t.Helper()
	port := freePort(t)
	startProgram(t, anvilBinary(t), append([]string{"--port", port, "--no-mining", "--silent"}, args...)...)
	a := &anvil{t: t, url: "http://127.0.0.1:" + port}
	eventually(t, func() bool { _, err := call(a.url, "eth_blockNumber"); return err == nil }, "anvil does not answer")
	var err error
	if a.rpc, err = rpc.DialContext(t.Context(), a.url); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.rpc.Close)
	a.eth = ethclient.NewClient(a.rpc)
	if a.key, err = crypto.HexToECDSA(anvilKey); err != nil {
		t.Fatal(err)
	}
	return a
}

func (a *anvil) sign(to *common.Address, data []byte) *types.Transaction {
	a.t.Helper()
	tx, err := types.SignNewTx(a.key, types.LatestSignerForChainID(big.NewInt(31337)), &types.DynamicFeeTx{
		ChainID: big.NewInt(31337), Nonce: a.nonce, To: to, Value: new(big.Int), Data: data, Gas: 200_000,
		GasFeeCap: big.NewInt(10 * params.GWei), GasTipCap: big.NewInt(params.GWei),
	})
	if err != nil {
		a.t.Fatal(err)
	}
	a.nonce++
	return tx
}

func (a *anvil) send(tx *types.Transaction) {
	a.t.Helper()
	if err := a.eth.SendTransaction(a.t.Context(), tx); err != nil {
		a.t.Fatal(err)
	}
}

func (a *anvil) mine() {
	a.t.Helper()
	if err := a.rpc.CallContext(a.t.Context(), nil, "evm_mine"); err != nil {
		a.t.Fatal(err)
	}
}

// describe tells a harness what anvil says of its chain, its genesis left out.
func (a *anvil) describe(h *chaintest.Harness, contract common.Address) {
	a.t.Helper()
	ctx := a.t.Context()
	top, err := a.eth.BlockNumber(ctx)
	if err != nil {
		a.t.Fatal(err)
	}
	sender := crypto.PubkeyToAddress(a.key.PublicKey)
	for n := uint64(1); n <= top; n++ {
		number := new(big.Int).SetUint64(n)
		block, err := a.eth.BlockByNumber(ctx, number)
		if err != nil {
			a.t.Fatal(err)
		}
		receipts, err := a.eth.BlockReceipts(ctx, rpc.BlockNumberOrHashWithHash(block.Hash(), false))
		if err != nil {
			a.t.Fatal(err)
		}
		h.Blocks = append(h.Blocks, chaintest.Block{Block: block, Receipts: receipts})
		for _, address := range []common.Address{sender, contract, {19: 0x99}} {
			account := chaintest.Account{Block: block.Hash(), Address: address, Absent: address == common.Address{19: 0x99}}
			if account.Balance, err = a.eth.BalanceAt(ctx, address, number); err == nil {
				account.Nonce, err = a.eth.NonceAt(ctx, address, number)
			}
			if err == nil {
				account.Code, err = a.eth.CodeAt(ctx, address, number)
			}
			if err != nil {
				a.t.Fatal(err)
			}
			if address == contract {
				account.Slots = map[common.Hash]common.Hash{{31: 1}: {31: 7}, {31: 2}: {}}
			}
			h.Accounts = append(h.Accounts, account)
		}
		call := chaintest.Call{Name: "contract", Block: block.Hash(), Call: chain.Call{To: (*chain.Address)(&contract), Gas: 200_000}}
		chaintest.AskGeth(a.t, a.rpc, &call)
		h.Calls = append(h.Calls, call)
	}
}

// The suite that every source passes, on a node that is not go-ethereum. Anvil has none
// of go-ethereum's raw forms, and its genesis block names a state root that is not
// its state's, so that states are served from block 1 on.
func TestSourceOnAnvil(t *testing.T) {
	a := newAnvil(t, "--hardfork", "prague")
	// The constructor stores 7 in slot 1; called, the contract logs that under the topic 0xaa
	// and returns it.
	deploy := a.sign(nil, common.FromHex("6007600155"+"60126011600039"+"60126000f3"+"600154600052"+"60aa60206000a1"+"60206000f3"))
	contract := crypto.CreateAddress(crypto.PubkeyToAddress(a.key.PublicKey), 0)
	a.send(deploy)
	a.mine()
	for range 3 {
		a.send(a.sign(&contract, nil))
		a.send(a.sign(&contract, []byte{1}))
		a.mine()
	}
	source := attach(t, nil, a.url)
	t.Logf("capabilities %+v, ranges %+v", source.Capabilities(), source.Ranges())
	if first := source.Ranges().State; first != 1 {
		t.Errorf("states from block %d on, want 1", first)
	}
	at := uint64(0)
	h := &chaintest.Harness{
		Source: source,
		Config: &params.ChainConfig{
			ChainID: big.NewInt(31337), HomesteadBlock: new(big.Int), EIP150Block: new(big.Int), EIP155Block: new(big.Int),
			EIP158Block: new(big.Int), ByzantiumBlock: new(big.Int), ConstantinopleBlock: new(big.Int), PetersburgBlock: new(big.Int),
			IstanbulBlock: new(big.Int), MuirGlacierBlock: new(big.Int), BerlinBlock: new(big.Int), LondonBlock: new(big.Int),
			TerminalTotalDifficulty: new(big.Int), ShanghaiTime: &at, CancunTime: &at, PragueTime: &at,
			BlobScheduleConfig: params.DefaultBlobSchedule,
		},
		Grow: func(t *testing.T) {
			before := source.Head().Number
			a.mine()
			eventually(t, func() bool { return source.Head().Number > before }, "a new head is not noticed")
		},
		NewTx: func(*testing.T) *types.Transaction { return a.sign(&contract, []byte{2}) },
	}
	a.describe(h, contract)
	chaintest.Run(t, h)
}

// An anvil as it comes, with its newest fork and no block yet, can be served.
func TestServeOnAnvil(t *testing.T) {
	a := newAnvil(t)
	a.mine()
	server := start(t, "serve", "--datadir", t.TempDir(), "--addr", "127.0.0.1", "--port", "0", "--node", a.url)
	light := start(t, "light", "--trusted", server.Await("serving "), "--http.port", "0")
	url := light.Await("rpc ")
	sender := crypto.PubkeyToAddress(a.key.PublicKey)
	if want, got := mustCall(t, a.url, "eth_getBalance", sender, "latest"), mustCall(t, url, "eth_getBalance", sender, "latest"); string(got) != string(want) {
		t.Errorf("balance %s, anvil says %s", got, want)
	}
	tx := a.sign(&common.Address{19: 0x77}, nil)
	raw, err := tx.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	mustCall(t, url, "eth_sendRawTransaction", hexutil.Encode(raw))
	a.mine()
	eventually(t, func() bool {
		receipt, err := call(url, "eth_getTransactionReceipt", tx.Hash())
		return err == nil && string(receipt) != "null"
	}, "the transaction is not mined")
}
