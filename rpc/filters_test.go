package rpc_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/rpc"
	"github.com/candela-les/candela/rpc/rpctest"
)

// clock is a clock that only a test moves.
type clock struct{ atomic.Int64 }

func (c *clock) now() time.Time { return time.Unix(c.Load(), 0) }

// poll returns what a filter has to say as short strings: "+topic", "-topic" for removed logs, or hashes.
func poll(t *testing.T, addr, id string) []string {
	t.Helper()
	a := rpctest.Ask(t, addr, "eth_getFilterChanges", id)
	if a.Error != nil {
		return []string{a.Error.String()}
	}
	var logs []types.Log
	if json.Unmarshal(a.Result, &logs) == nil {
		var short []string
		for _, l := range logs {
			short = append(short, mark(&l))
		}
		return short
	}
	var hashes []string
	if err := json.Unmarshal(a.Result, &hashes); err != nil {
		t.Fatalf("%v: %s", err, a.Result)
	}
	return hashes
}

func mark(l *types.Log) string {
	sign := "+"
	if l.Removed {
		sign = "-"
	}
	return fmt.Sprintf("%s%d", sign, l.Topics[0][31])
}

func newFilter(t *testing.T, addr, method, params string) string {
	t.Helper()
	var id string
	rpctest.Result(t, addr, method, params, &id)
	return `"` + id + `"`
}

// eventually polls until the filter has said all that is wanted: events come on their own time.
func eventually(t *testing.T, addr, id string, want ...string) {
	t.Helper()
	var got []string
	for len(got) < len(want) {
		if t.Context().Err() != nil {
			t.Fatalf("got %v, want %v", got, want)
		}
		got = append(got, poll(t, addr, id)...)
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Fatalf("got %v, want %v", got, want)
	}
}

func hashes(blocks []*types.Block) (h []string) {
	for _, b := range blocks {
		h = append(h, b.Hash().Hex())
	}
	return h
}

func TestFilters(t *testing.T) {
	f := rpctest.NewFork(t)
	addr := rpctest.Serve(t, rpc.Config{Backend: f})
	root := f.Grow(t, f.Chain().CurrentBlock(), 1, 9)[0].Header()

	blocks := newFilter(t, addr, "eth_newBlockFilter", "")
	all := newFilter(t, addr, "eth_newFilter", `{}`)
	two := newFilter(t, addr, "eth_newFilter", fmt.Sprintf(`{"topics":[%q]}`, common.BytesToHash([]byte{2}).Hex()))
	elsewhere := newFilter(t, addr, "eth_newFilter", `{"address":"0x0000000000000000000000000000000000000001"}`)
	early := newFilter(t, addr, "eth_newFilter", `{"fromBlock":"0x0","toBlock":"0x2"}`)

	a := f.Grow(t, root, 2, 1, 2)
	eventually(t, addr, blocks, hashes(a)...)
	eventually(t, addr, all, "+1", "+2", "+1", "+2")
	eventually(t, addr, two, "+2", "+2")

	// A longer branch takes over: what was reported is taken back, newest block first.
	b := f.Grow(t, root, 3, 3)
	eventually(t, addr, blocks, hashes(b)...)
	eventually(t, addr, all, "-1", "-2", "-1", "-2", "+3", "+3", "+3")
	eventually(t, addr, two, "-2", "-2")

	// This filter was not asked in between, so it never reported the first branch.
	eventually(t, addr, early, "+3")
	for _, id := range []string{blocks, all, two, elsewhere, early} {
		if got := poll(t, addr, id); len(got) != 0 {
			t.Errorf("filter %s goes on: %v", id, got)
		}
	}

	// getFilterLogs gives all that the filter's range holds now.
	var logs []types.Log
	rpctest.Result(t, addr, "eth_getFilterLogs", early, &logs)
	if len(logs) != 2 || mark(&logs[0]) != "+9" || mark(&logs[1]) != "+3" {
		t.Errorf("getFilterLogs: %v", logs)
	}
	if a := rpctest.Ask(t, addr, "eth_getFilterLogs", blocks); a.Error == nil || a.Error.String() != "-32000 filter not found" {
		t.Errorf("getFilterLogs of a block filter: %s %v", a.Result, a.Error)
	}
	var gone bool
	if rpctest.Result(t, addr, "eth_uninstallFilter", all, &gone); !gone {
		t.Error("not uninstalled")
	}
	if rpctest.Result(t, addr, "eth_uninstallFilter", all, &gone); gone {
		t.Error("uninstalled twice")
	}
	if got := poll(t, addr, all); got[0] != "-32000 filter not found" {
		t.Error(got)
	}
}

func TestPendingTransactions(t *testing.T) {
	f := rpctest.NewFork(t)
	addr := rpctest.Serve(t, rpc.Config{Backend: f})
	f.Grow(t, f.Chain().CurrentBlock(), 1, 9)
	id := newFilter(t, addr, "eth_newPendingTransactionFilter", "")
	full := newFilter(t, addr, "eth_newPendingTransactionFilter", "true")

	tx := f.Sign(t, 1)
	raw, err := tx.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	var hash common.Hash
	rpctest.Result(t, addr, "eth_sendRawTransaction", `"`+hexutil.Encode(raw)+`"`, &hash)
	if hash != tx.Hash() {
		t.Fatalf("sent %v, got %v", tx.Hash(), hash)
	}
	if a := rpctest.Ask(t, addr, "eth_sendRawTransaction", `"`+hexutil.Encode(raw)+`"`); a.Error == nil || a.Error.String() != "-32000 already known" {
		t.Errorf("sent again: %s %v", a.Result, a.Error)
	}
	eventually(t, addr, id, hash.Hex())
	var txs []rpc.Transaction
	rpctest.Result(t, addr, "eth_getFilterChanges", full, &txs)
	if len(txs) != 1 || txs[0].Hash != hash || txs[0].From != f.Sender(t) || txs[0].BlockHash != nil {
		t.Errorf("full filter: %+v", txs)
	}

	sender := `"` + f.Sender(t).Hex() + `"`
	var pending struct {
		Hash, Miner, Nonce, StateRoot *string
		Number                        hexutil.Uint64
		ParentHash                    common.Hash
		BaseFeePerGas                 *hexutil.Big
		Transactions                  []rpc.Transaction
	}
	rpctest.Result(t, addr, "eth_getBlockByNumber", `"pending",true`, &pending)
	if pending.Hash != nil || pending.Miner != nil || pending.Nonce != nil || pending.StateRoot != nil ||
		pending.Number != 2 || pending.ParentHash != f.Chain().CurrentBlock().Hash() || pending.BaseFeePerGas == nil ||
		len(pending.Transactions) != 1 || pending.Transactions[0].Hash != hash {
		t.Errorf("pending block %+v", pending)
	}
	for _, c := range []struct{ method, params, want string }{
		{"eth_getTransactionCount", sender + `,"latest"`, `"0x1"`},
		{"eth_getTransactionCount", sender + `,"pending"`, `"0x2"`},
		{"eth_getBlockTransactionCountByNumber", `"pending"`, `"0x1"`},
		{"eth_getUncleCountByBlockNumber", `"pending"`, `"0x0"`},
		{"eth_getTransactionByBlockNumberAndIndex", `"pending","0x1"`, `null`},
		{"eth_getTransactionReceipt", `"` + hash.Hex() + `"`, `null`},
		{"debug_getRawTransaction", `"` + hash.Hex() + `"`, `"` + hexutil.Encode(raw) + `"`},
	} {
		if a := rpctest.Ask(t, addr, c.method, c.params); a.Error != nil || string(a.Result) != c.want {
			t.Errorf("%s(%s): %s %v, want %s", c.method, c.params, a.Result, a.Error, c.want)
		}
	}
	for _, c := range []struct{ method, params string }{
		{"eth_getTransactionByHash", `"` + hash.Hex() + `"`},
		{"eth_getTransactionByBlockNumberAndIndex", `"pending","0x0"`},
	} {
		var got rpc.Transaction
		if rpctest.Result(t, addr, c.method, c.params, &got); got.Hash != hash || got.BlockHash != nil || got.BlockNumber != nil || got.TransactionIndex != nil {
			t.Errorf("%s: %+v", c.method, got)
		}
	}
	for method, want := range map[string]string{
		"eth_getBlockReceipts": "-32000 pending receipts is not available",
		"debug_getRawBlock":    "-32000 pending block is not available",
	} {
		if a := rpctest.Ask(t, addr, method, `"pending"`); a.Error == nil || a.Error.String() != want {
			t.Errorf("%s: %s %v, want %s", method, a.Result, a.Error, want)
		}
	}
}

// TestFilterLife: a filter that nobody asks for goes after five minutes, one that is asked stays.
func TestFilterLife(t *testing.T) {
	f := rpctest.NewFork(t)
	var now clock
	addr := rpctest.Serve(t, rpc.Config{Backend: f, Clock: now.now, Filters: 2})
	kept := newFilter(t, addr, "eth_newBlockFilter", "")
	lost := newFilter(t, addr, "eth_newFilter", "{}")
	if a := rpctest.Ask(t, addr, "eth_newBlockFilter", ""); a.Error == nil || a.Error.String() != "-38026 too many filters" {
		t.Fatalf("third filter: %s %v", a.Result, a.Error)
	}
	now.Add(300)
	if got := poll(t, addr, kept); len(got) != 0 {
		t.Fatal(got)
	}
	now.Add(1)
	if got := poll(t, addr, lost); len(got) != 1 || got[0] != "-32000 filter not found" {
		t.Fatalf("forgotten filter: %v", got)
	}
	if got := poll(t, addr, kept); len(got) != 0 {
		t.Fatal(got)
	}
	newFilter(t, addr, "eth_newBlockFilter", "") // there is room again
}

// TestFilterFailure: while logs cannot be had the poll fails, and afterwards nothing is missing.
func TestFilterFailure(t *testing.T) {
	f := rpctest.NewFork(t)
	addr := rpctest.Serve(t, rpc.Config{Backend: f})
	id := newFilter(t, addr, "eth_newFilter", "{}")
	blocks := newFilter(t, addr, "eth_newBlockFilter", "")
	made := f.Grow(t, f.Chain().CurrentBlock(), 2, 1)
	eventually(t, addr, blocks, hashes(made)...) // the events have arrived
	f.Fail(client.ErrTimeout)
	for range 3 {
		if a := rpctest.Ask(t, addr, "eth_getFilterChanges", id); a.Error == nil || a.Error.Code != rpc.CodeTimeout {
			t.Fatalf("%s %v", a.Result, a.Error)
		}
	}
	f.Fail(nil)
	f.Grow(t, made[1].Header(), 1, 2)
	eventually(t, addr, id, "+1", "+1", "+2")
}

// TestFilterOverflow: a filter that is not asked while thousands of blocks pass is gone, not incomplete.
func TestFilterOverflow(t *testing.T) {
	f := rpctest.NewFork(t)
	addr := rpctest.Serve(t, rpc.Config{Backend: f})
	id := newFilter(t, addr, "eth_newBlockFilter", "")
	many := make([]*types.Header, 5000)
	for i := range many {
		many[i] = f.Chain().CurrentBlock()
	}
	f.Emit(client.HeadEvent{Added: many})
	for {
		got := poll(t, addr, id)
		if len(got) == 1 && got[0] == "-32000 filter not found" {
			return
		}
		if len(got) != 0 || t.Context().Err() != nil {
			t.Fatalf("got %d", len(got))
		}
	}
}
