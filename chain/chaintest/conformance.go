package chaintest

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"math/big"
	"os"
	"path/filepath"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/chain"
)

// ConformanceDir is the folder of the execution-apis chain: 54 blocks through every
// fork from Homestead to BPO2. Without it the test is skipped.
func ConformanceDir(t testing.TB) string {
	t.Helper()
	data := os.Getenv("CANDELA_TESTDATA")
	if data == "" {
		t.Skip("CANDELA_TESTDATA is not set: the execution-apis chain is not there")
	}
	return filepath.Join(data, "execution-apis")
}

// Conformance describes the execution-apis chain as its own files have it: all
// blocks, and what every account holds at the head. What its contracts return is
// asked of geth over its JSON-RPC. The source is for the caller to fill in.
func Conformance(t *testing.T, geth *rpc.Client, receipts func(block common.Hash) types.Receipts) *Harness {
	t.Helper()
	dir := ConformanceDir(t)
	genesis := new(core.Genesis)
	readJSON(t, filepath.Join(dir, "genesis.json"), genesis)
	blocks := append(types.Blocks{genesis.ToBlock()}, ReadBlocks(t, filepath.Join(dir, "chain.rlp"))...)
	h := &Harness{Config: genesis.Config}
	for _, block := range blocks {
		h.Blocks = append(h.Blocks, Block{Block: block, Receipts: receipts(block.Hash())})
	}
	h.Accounts = recordedAccounts(t, dir, h.head().Hash())
	h.Calls = conformanceCalls(t, geth, blocks)
	return h
}

// ReadBlocks reads a file of blocks as `geth export` writes it.
func ReadBlocks(t testing.TB, path string) types.Blocks {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var blocks types.Blocks
	for stream := rlp.NewStream(file, 0); ; {
		block := new(types.Block)
		if err := stream.Decode(block); errors.Is(err, io.EOF) {
			return blocks
		} else if err != nil {
			t.Fatal(err)
		}
		blocks = append(blocks, block)
	}
}

func readJSON(t testing.TB, path string, v any) {
	t.Helper()
	blob, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(blob, v)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// recordedAccounts reads what the accounts of the chain's head hold.
func recordedAccounts(t *testing.T, dir string, head chain.Hash) []Account {
	t.Helper()
	var dump struct {
		Accounts map[string]struct {
			Balance string
			Nonce   uint64
			Code    string
			Address common.Address
			Storage map[common.Hash]string
		}
	}
	readJSON(t, filepath.Join(dir, "headstate.json"), &dump)
	var accounts []Account
	for _, d := range dump.Accounts {
		a := Account{Block: head, Address: d.Address, Nonce: d.Nonce, Code: common.FromHex(d.Code)}
		a.Balance, _ = new(big.Int).SetString(d.Balance, 10)
		a.Slots = map[common.Hash]common.Hash{common.HexToHash("0xdead"): {}}
		for slot, value := range d.Storage {
			raw, err := hex.DecodeString(value)
			if err != nil {
				t.Fatal(err)
			}
			a.Slots[slot] = common.BytesToHash(raw)
		}
		accounts = append(accounts, a)
	}
	return accounts
}

// conformanceCalls calls the chain's contracts after every block that has them.
func conformanceCalls(t *testing.T, geth *rpc.Client, blocks types.Blocks) []Call {
	t.Helper()
	env := chain.Address(common.HexToAddress("0x9344b07175800259691961298ca11c824e65032d"))
	me := chain.Address(common.HexToAddress("0x17e7eedce4ac02ef114a7ed9fe6e2f33feba1667"))
	revert := chain.Address(common.HexToAddress("0x0ee3ab1371c93e7c0c281cc0c2107cdebc8b1930"))
	delegated := chain.Address(common.HexToAddress("0xeda8645ba6948855e3b3cd596bbb07596d59c603"))
	var calls []Call
	for _, block := range blocks[1:] {
		number, hash := block.NumberU64(), chain.Hash(block.Hash())
		calls = append(calls,
			// It reads CHAINID and BASEFEE, which came with Istanbul and London.
			Call{Name: "callenv", Block: hash, Call: chain.Call{To: &env}, Fails: number < 27},
			// It shifts, which came with Constantinople.
			Call{Name: "callme", Block: hash, Call: chain.Call{To: &me, Data: []byte{0xff, 1}}, Fails: number < 12})
		if number >= 9 { // REVERT came with Byzantium
			calls = append(calls, Call{Name: "callrevert", Block: hash, Call: chain.Call{To: &revert, Data: []byte{0}}, Fails: true})
		}
	}
	head := chain.Hash(blocks[len(blocks)-1].Hash())
	calls = append(calls, Call{Name: "delegated", Block: head, Call: chain.Call{To: &delegated}})
	for i := range calls {
		calls[i].Call.Gas = 1_000_000
		AskGeth(t, geth, &calls[i])
	}
	return calls
}

// AskGeth fills in what a call returns, as a node says by eth_call, and checks that
// it fails there where it is expected to.
func AskGeth(t *testing.T, client *rpc.Client, c *Call) {
	t.Helper()
	args := map[string]any{
		"from": common.Address(c.Call.From), "gas": hexutil.Uint64(c.Call.Gas), "data": hexutil.Bytes(c.Call.Data),
	}
	if c.Call.To != nil {
		args["to"] = common.Address(*c.Call.To)
	}
	if c.Call.Value != nil {
		args["value"] = (*hexutil.Big)(c.Call.Value)
	}
	if c.Call.GasPrice != nil {
		args["gasPrice"] = (*hexutil.Big)(c.Call.GasPrice)
	}
	var result hexutil.Bytes
	err := client.CallContext(t.Context(), &result, "eth_call", args, map[string]any{"blockHash": common.Hash(c.Block)})
	var revert rpc.DataError
	if errors.As(err, &revert) && revert.ErrorData() != nil {
		result = hexutil.MustDecode(revert.ErrorData().(string))
	}
	if (err != nil) != c.Fails {
		t.Fatalf("geth says of %s: %v", c.Name, err)
	}
	c.Return = result
}
