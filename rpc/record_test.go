//go:build record

package rpc_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/eth"
	"github.com/ethereum/go-ethereum/eth/ethconfig"
	"github.com/ethereum/go-ethereum/eth/filters"
	"github.com/ethereum/go-ethereum/node"
	"github.com/ethereum/go-ethereum/p2p"
	"github.com/ethereum/go-ethereum/rlp"
	gethrpc "github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/proof/prooftest"
	"github.com/candela-les/candela/rpc/rpctest"
)

// TestRecord writes testdata/geth.io anew: it asks a go-ethereum node over the conformance chain everything that
// gethRequests thinks of, and keeps a few of every kind of answer.
//
//	go test -tags record -run TestRecord ./rpc
func TestRecord(t *testing.T) {
	addr := startGeth(t)
	file, err := os.Create("testdata/geth.io")
	if err != nil {
		t.Fatal(err)
	}
	out := bufio.NewWriter(file)
	fmt.Fprintln(out, "// Recorded from go-ethereum v1.17.8 over the execution-apis chain by TestRecord; do not edit.")
	seen := map[string]int{}
	for _, request := range gethRequests(t) {
		answer, err := rpctest.Post(t.Context(), addr, []byte(request))
		if err != nil {
			t.Fatal(err)
		}
		answer = bytes.TrimSpace(answer)
		kind := kindOf(request, answer)
		if bytes.Contains(answer, []byte("crashed")) || strings.Contains(request, "newFilter") && bytes.Contains(answer, []byte("result")) {
			continue // not to be imitated, or different each time
		}
		if len(request)+len(answer) > 1500 || seen[kind] == 2 || bytes.ContainsAny([]byte(request), "\n") {
			continue
		}
		seen[kind]++
		fmt.Fprintf(out, ">> %s\n<< %s\n", request, answer)
	}
	if err := errors.Join(out.Flush(), file.Close()); err != nil {
		t.Fatal(err)
	}
}

var (
	numbers    = regexp.MustCompile(`0x[0-9a-f]*|[0-9.]+`)
	methodName = regexp.MustCompile(`"method":"([^"]*)"`)
)

// kindOf is the method and the shape of its answer.
func kindOf(request string, answer []byte) string {
	kind := numbers.ReplaceAllString(string(answer), "#")
	if m := methodName.FindStringSubmatch(request); m != nil {
		kind = m[1] + kind
	}
	return kind
}

func startGeth(t *testing.T) string {
	t.Helper()
	genesis := new(core.Genesis)
	prooftest.JSON(t, genesis, "execution-apis", "genesis.json")
	stack, err := node.New(&node.Config{
		Name:                 "geth",
		DataDir:              t.TempDir(),
		HTTPHost:             "127.0.0.1",
		HTTPModules:          []string{"eth", "net", "web3", "debug"},
		BatchRequestLimit:    1000,
		BatchResponseMaxSize: 25_000_000,
		P2P:                  p2p.Config{NoDiscovery: true, NoDial: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = stack.Close() })
	config := ethconfig.Defaults
	config.Genesis, config.NetworkId = genesis, genesis.Config.ChainID.Uint64()
	config.StateScheme, config.NoPruning, config.LogNoHistory = "hash", true, true
	config.TransactionHistory = 0
	backend, err := eth.New(stack, &config)
	if err != nil {
		t.Fatal(err)
	}
	stack.RegisterAPIs([]gethrpc.API{{
		Namespace: "eth",
		Service:   filters.NewFilterAPI(filters.NewFilterSystem(backend.APIBackend, filters.Config{LogQueryLimit: 1000})),
	}})
	if err := stack.Start(); err != nil {
		t.Fatal(err)
	}
	chain := backend.BlockChain()
	if _, err := chain.InsertChain(conformanceBlocks(t)); err != nil {
		t.Fatal(err)
	}
	chain.SetFinalized(chain.CurrentBlock())
	chain.SetSafe(chain.CurrentBlock())
	return strings.TrimPrefix(stack.HTTPEndpoint(), "http://")
}

func conformanceBlocks(t *testing.T) (blocks types.Blocks) {
	t.Helper()
	data, err := os.ReadFile(prooftest.Path(t, "execution-apis", "chain.rlp"))
	if err != nil {
		t.Fatal(err)
	}
	for stream := rlp.NewStream(bytes.NewReader(data), 0); ; {
		b := new(types.Block)
		if err := stream.Decode(b); errors.Is(err, io.EOF) {
			return blocks
		} else if err != nil {
			t.Fatal(err)
		}
		if b.NumberU64() > 0 {
			blocks = append(blocks, b)
		}
	}
}

// gethRequests are right and wrong calls of every method, over every block and argument that makes a difference.
func gethRequests(t *testing.T) []string {
	t.Helper()
	var r []string
	add := func(method string, params ...string) {
		r = append(r, fmt.Sprintf(`{"jsonrpc":"2.0","id":1,"method":"%s","params":[%s]}`, method, strings.Join(params, ",")))
	}
	q := func(s string) string { return `"` + s + `"` }
	zero := "0x0000000000000000000000000000000000000000000000000000000000000000"
	head := "0xd226371d0b1551adb03fb52b71f08e3e11247fe9b1af994768af8cdaa8e7dcd7"
	blk1 := "0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e"
	var blocks []string
	for i := 0; i <= 56; i++ {
		blocks = append(blocks, fmt.Sprintf(`"0x%x"`, i))
	}
	blocks = append(blocks, `"latest"`, `"safe"`, `"finalized"`, `"earliest"`, q(blk1), q(head), q(zero), `"0x01"`, `"54"`, `54`, `""`, `"foo"`, `null`, `"0xffffffffffffffff"`, `{"blockNumber":"0x3"}`, `{"blockHash":`+q(blk1)+`}`, `{"blockHash":`+q(blk1)+`,"requireCanonical":true}`, `{"blockHash":`+q(zero)+`,"requireCanonical":true}`, `{}`, `{"blockNumber":"0x3","blockHash":`+q(blk1)+`}`, `["latest"]`)
	for _, m := range []string{"eth_getBlockByNumber", "eth_getBlockByHash"} {
		for _, b := range blocks {
			add(m, b, "true")
			add(m, b, "false")
			add(m, b)
		}
	}
	for _, m := range []string{"eth_getHeaderByNumber", "eth_getHeaderByHash", "eth_getBlockReceipts", "eth_getBlockTransactionCountByNumber", "eth_getBlockTransactionCountByHash", "eth_getUncleCountByBlockNumber", "eth_getUncleCountByBlockHash", "debug_getRawHeader", "debug_getRawBlock", "debug_getRawReceipts"} {
		for _, b := range blocks {
			add(m, b)
		}
		add(m)
	}
	for _, m := range []string{"eth_getUncleByBlockNumberAndIndex", "eth_getUncleByBlockHashAndIndex", "eth_getTransactionByBlockNumberAndIndex", "eth_getTransactionByBlockHashAndIndex"} {
		for _, b := range blocks {
			add(m, b, `"0x0"`)
			add(m, b, `"0x1"`)
			add(m, b, `"0x7fffffff"`)
			add(m, b, `1`)
			add(m, b)
		}
	}
	addrs := []string{"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df", "0x7435ed30a8b4aeb0877cef0c6e8cffe834eb865f", "0xc1cadaffffffffffffffffffffffffffffffffff", "0xeda8645ba6948855e3b3cd596bbb07596d59c603", "0x0300100f529a704d19736a8714837adbc934db7f", "0x0000000000000000000000000000000000000001"}
	for _, a := range addrs {
		for _, b := range blocks {
			add("eth_getBalance", q(a), b)
			add("eth_getCode", q(a), b)
			add("eth_getTransactionCount", q(a), b)
			add("eth_getStorageAt", q(a), `"0x0"`, b)
			add("eth_getProof", q(a), `["0x0","`+zero+`","1","0x2"]`, b)
			add("eth_getProof", q(a), `[]`, b)
			add("eth_getStorageValues", `{`+q(a)+`:[`+q(zero)+`]}`, b)
		}
		for _, k := range []string{`"0x"`, `""`, `"0xzz"`, `"z"`, `"0x1"`, `"01"`, `"0x` + strings.Repeat("0", 65) + `"`, `"0x` + strings.Repeat("0", 66) + `"`, `"0x` + strings.Repeat("f", 63) + `"`, `1`, `null`, `"0X0"`} {
			add("eth_getStorageAt", q(a), k, `"latest"`)
			add("eth_getStorageAt", q(a), k)
			add("eth_getProof", q(a), "["+k+"]", `"latest"`)
			add("eth_getProof", q(a), k, `"latest"`)
			add("eth_getStorageValues", `{`+q(a)+`:[`+k+`]}`)
		}
		add("eth_getBalance", q(a))
		add("eth_getProof", q(a))
		add("eth_getCode", q(a))
		add("eth_getTransactionCount", q(a))
	}
	add("eth_getProof", q(addrs[0]), "["+strings.TrimSuffix(strings.Repeat(`"0x1",`, 1025), ",")+"]", `"latest"`)
	add("eth_getStorageValues", `{"`+addrs[0]+`":[`+strings.TrimSuffix(strings.Repeat(q(zero)+",", 1025), ",")+`]}`)
	add("eth_getStorageValues", `{}`)
	add("eth_getStorageValues")
	add("eth_getStorageValues", `{"`+addrs[0]+`":[],"`+addrs[1]+`":[`+q(zero)+`]}`)
	add("eth_getStorageValues", `{"`+addrs[0]+`":null,"`+addrs[1]+`":[`+q(zero)+`]}`)
	add("eth_getBalance", `"0x12"`)
	add("eth_getBalance", `12`)
	add("eth_getBalance")
	add("eth_getBalance", q(addrs[0]), `"latest"`, `1`)
	for _, m := range []string{"eth_chainId", "eth_blockNumber", "eth_gasPrice", "eth_maxPriorityFeePerGas", "eth_baseFee", "eth_blobBaseFee", "eth_syncing", "eth_accounts", "eth_config", "net_version", "net_listening", "eth_foo", "foo_bar", "foo", "eth_subscribe", "eth_unsubscribe", "eth_getFilterChanges", "eth_uninstallFilter"} {
		add(m)
		add(m, `"x"`)
	}
	add("eth_subscribe", `"newHeads"`)
	for _, s := range []string{`"0x"`, `"0x68656c6c6f"`, `"68"`, `"0x1"`, `5`} {
		add("web3_sha3", s)
	}
	// fee history
	for _, c := range []string{`"0x0"`, `"0x1"`, `"0x2"`, `5`, `"5"`, `"0x400"`, `"0x500"`, `"-1"`, `-1`, `"x"`} {
		for _, b := range []string{`"latest"`, `"safe"`, `"earliest"`, `"0x0"`, `"0x1a"`, `"0x1b"`, `"0x2a"`, `"0x36"`, `"0x37"`, `"pending"`} {
			for _, p := range []string{`[]`, `null`, `[0]`, `[10,50,90]`, `[0,25.5,100]`, `[50,50]`, `[50,40]`, `[-1]`, `[101]`} {
				add("eth_feeHistory", c, b, p)
			}
			add("eth_feeHistory", c, b)
		}
	}
	add("eth_feeHistory", `"0x1"`, `"latest"`, "["+strings.TrimSuffix(strings.Repeat(`1,`, 101), ",")+"]")
	// txs
	var raws []string
	for _, bl := range conformanceBlocks(t) {
		for _, tx := range bl.Transactions() {
			h := q(tx.Hash().Hex())
			add("eth_getTransactionByHash", h)
			add("eth_getTransactionReceipt", h)
			add("debug_getRawTransaction", h)
			raw, _ := tx.MarshalBinary()
			raws = append(raws, fmt.Sprintf("%x", raw))
		}
		add("eth_getBlockByHash", q(bl.Hash().Hex()), "true")
		add("eth_getLogs", `{"blockHash":`+q(bl.Hash().Hex())+`}`)
	}
	for _, h := range []string{q(zero), `"0x1"`, `1`, `null`, `""`, `"zz"`} {
		add("eth_getTransactionByHash", h)
		add("eth_getTransactionReceipt", h)
		add("debug_getRawTransaction", h)
	}
	add("eth_getTransactionByHash")
	for i, raw := range raws {
		if i%5 == 0 {
			add("eth_sendRawTransaction", q("0x"+raw))
		}
	}
	for _, raw := range []string{`"0x"`, `"0x01"`, `"0x00"`, `"0xc0"`, `"0x02c0"`, `"0x05c0"`, `"f8"`, `"0xf8"`, `1`, `null`, `""`, `"0x7f"`, `"0x03"`} {
		add("eth_sendRawTransaction", raw)
	}
	add("eth_sendRawTransaction")
	// logs
	num := []string{"", `"0x0"`, `"0x3"`, `"0x20"`, `"0x36"`, `"0x37"`, `"0x100"`, `"latest"`, `"earliest"`, `"safe"`, `"finalized"`, `"pending"`, `null`, `"x"`, `5`}
	for _, f := range num {
		for _, to := range num {
			var parts []string
			if f != "" {
				parts = append(parts, `"fromBlock":`+f)
			}
			if to != "" {
				parts = append(parts, `"toBlock":`+to)
			}
			add("eth_getLogs", "{"+strings.Join(parts, ",")+"}")
			add("eth_newFilter", "{"+strings.Join(parts, ",")+"}")
		}
	}
	emit := "0x00000000000000000000000000000000000000000000000000000000656d6974"
	for _, t := range []string{`[]`, `[null]`, `[null,null]`, `[[]]`, `[` + q(emit) + `]`, `[[` + q(emit) + `]]`, `[[` + q(emit) + `,null]]`, `[[` + q(emit) + `,` + q(zero) + `]]`, `["x"]`, `[1]`, `[[1]]`, `["0x12"]`, `[null,null,null,null]`, `[null,null,null,null,null]`, `"x"`, `[{}]`, `null`} {
		add("eth_getLogs", `{"fromBlock":"0x0","toBlock":"latest","topics":`+t+`}`)
	}
	for _, a := range []string{q(addrs[0]), `[` + q(addrs[0]) + `]`, `[` + q(addrs[0]) + `,` + q(addrs[1]) + `]`, `[]`, `null`, `"x"`, `"0x12"`, `[1]`, `1`, `["0x12"]`, `[null]`, `{}`} {
		add("eth_getLogs", `{"fromBlock":"0x0","toBlock":"latest","address":`+a+`}`)
	}
	add("eth_getLogs", `{"blockHash":`+q(zero)+`}`)
	add("eth_getLogs", `{"blockHash":`+q(blk1)+`,"fromBlock":"0x1"}`)
	add("eth_getLogs")
	add("eth_getLogs", `null`)
	add("eth_getLogs", `[]`)
	add("eth_getLogs", `"x"`)
	add("eth_getLogs", `{"blockHash":"0x1"}`)
	add("eth_getLogs", `{"fromBlock":"0x0","address":[`+strings.TrimSuffix(strings.Repeat(q(addrs[0])+",", 1001), ",")+`]}`)
	add("eth_getLogs", `{"fromBlock":"0x0","topics":[[`+strings.TrimSuffix(strings.Repeat(q(zero)+",", 1001), ",")+`]]}`)
	// calls
	froms := []string{"", `"from":"0x14e46043e63d0e3cdcf2530519f4cfaf35058cb2"`, `"from":"0xaa00000000000000000000000000000000000000"`}
	tos := []string{"", `"to":"0x9344b07175800259691961298ca11c824e65032d"`, `"to":"0x17e7eedce4ac02ef114a7ed9fe6e2f33feba1667"`, `"to":"0x0ee3ab1371c93e7c0c281cc0c2107cdebc8b1930"`, `"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df"`, `"to":"0x0100000000000000000000000000000000000000"`, `"to":"0xeda8645ba6948855e3b3cd596bbb07596d59c603"`, `"to":"0x0000000000000000000000000000000000000002"`}
	rest := []string{"", `"value":"0x1"`, `"value":"0xffffffffffffffffffffffffffffffff"`, `"gas":"0x0"`, `"gas":"0x100"`, `"gas":"0x5208"`, `"gas":"0xea60"`, `"gas":"0xffffffffffffffff"`, `"gasPrice":"0x1"`, `"gasPrice":"0x0"`, `"gasPrice":"0x1a21398"`, `"gasPrice":"0x1a21398","gas":"0xea60"`, `"maxFeePerGas":"0x1a21398"`, `"maxFeePerGas":"0x1","gas":"0xea60"`, `"maxFeePerGas":"0x1a21398","maxPriorityFeePerGas":"0xb","gas":"0xea60"`, `"maxFeePerGas":"0x1a21398","maxPriorityFeePerGas":"0xffffffffff","gas":"0xea60"`, `"maxPriorityFeePerGas":"0x1","gas":"0xea60"`, `"gasPrice":"0x1","maxFeePerGas":"0x1"`, `"nonce":"0x3e7"`, `"input":"0xff01"`, `"data":"0xff01"`, `"input":"0xff01","data":"0x01"`, `"input":"0x333435"`, `"input":"0x01"`, `"input":"0xff030405"`, `"input":"0x60006000fd"`, `"input":"0xfe"`, `"input":"0x60fe60005260016000f3"`, `"chainId":"0x1"`, `"chainId":"0xc72dd9d5e883e"`, `"accessList":[]`, `"accessList":[{"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","storageKeys":["` + zero + `"]}]`, `"blobVersionedHashes":[]`, `"blobVersionedHashes":["0x0100000000000000000000000000000000000000000000000000000000000000"]`, `"blobVersionedHashes":["0x0100000000000000000000000000000000000000000000000000000000000000"],"maxFeePerBlobGas":"0x5","gas":"0xea60"`, `"blobVersionedHashes":["0x0100000000000000000000000000000000000000000000000000000000000000"],"maxFeePerBlobGas":"0x0","maxFeePerGas":"0x1a21398"`, `"maxFeePerBlobGas":"0x0"`, `"blobVersionedHashes":["0x0200000000000000000000000000000000000000000000000000000000000000"],"maxFeePerBlobGas":"0x5"`, `"authorizationList":[]`, `"authorizationList":[{"address":"0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","chainId":"0x1","nonce":"0x0","r":"0x1111111111111111111111111111111111111111111111111111111111111111","s":"0x2222222222222222222222222222222222222222222222222222222222222222","yParity":"0x0"}]`, `"gas":"x"`, `"value":1`, `"value":"0x00"`, `"type":"0x2"`, `"from":"0x12"`, `"blobs":[]`, `"foo":1`}
	for _, f := range froms {
		for _, to := range tos {
			for _, x := range rest {
				var parts []string
				for _, p := range []string{f, to, x} {
					if p != "" {
						parts = append(parts, p)
					}
				}
				arg := "{" + strings.Join(parts, ",") + "}"
				add("eth_call", arg, `"latest"`)
				add("eth_estimateGas", arg)
				add("eth_createAccessList", arg, `"latest"`)
			}
		}
	}
	callenv := `{"to":"0x9344b07175800259691961298ca11c824e65032d"}`
	for _, b := range blocks {
		add("eth_call", callenv, b)
		add("eth_estimateGas", callenv, b)
		add("eth_createAccessList", callenv, b)
		add("eth_call", `{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506","gas":"0xfffff"}`, b)
		add("eth_createAccessList", `{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506","gas":"0xfffff","maxPriorityFeePerGas":"0x1"}`, b)
	}
	add("eth_call")
	add("eth_call", `null`)
	add("eth_call", `[]`)
	add("eth_call", `{}`)
	add("eth_call", callenv, `"latest"`, `{}`, `{}`, `{}`)
	for _, o := range []string{`{}`, `null`, `{"0x9344b07175800259691961298ca11c824e65032d":{"code":"0x60fe60005260206000f3"}}`, `{"0x9344b07175800259691961298ca11c824e65032d":{"state":{},"stateDiff":{}}}`, `{"0x9344b07175800259691961298ca11c824e65032d":{"movePrecompileToAddress":"0x1234000000000000000000000000000000000000"}}`, `{"0x0000000000000000000000000000000000000002":{"movePrecompileToAddress":"0x9344b07175800259691961298ca11c824e65032d"}}`, `{"0x0000000000000000000000000000000000000000":{"balance":"0x10000000000","nonce":"0x5"}}`, `{"0x12":{}}`, `[]`, `{"0x9344b07175800259691961298ca11c824e65032d":{"code":"zz"}}`, `{"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df":{"stateDiff":{"` + zero + `":"` + emit + `"}}}`} {
		for _, c := range []string{callenv, `{"to":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","input":"0x010203040506"}`, `{"value":"0x5","to":"0x9344b07175800259691961298ca11c824e65032d"}`, `{"input":"0x30600052596000f3"}`} {
			add("eth_call", c, `"latest"`, o)
			add("eth_estimateGas", c, `"latest"`, o)
			add("eth_createAccessList", c, `"latest"`, o)
			for _, bo := range []string{`{}`, `{"number":"0x100"}`, `{"time":"0x1"}`, `{"time":"0xffffffff"}`, `{"gasLimit":"0x5208"}`, `{"feeRecipient":"0x1234000000000000000000000000000000000000"}`, `{"prevRandao":"` + emit + `"}`, `{"baseFeePerGas":"0x7"}`, `{"blobBaseFee":"0x7"}`, `{"beaconRoot":"` + emit + `"}`, `{"withdrawals":[]}`, `{"difficulty":"0x5"}`, `{"foo":1}`, `{"number":"x"}`, `{"Number":"0x5"}`, `[]`} {
				add("eth_call", c, `"latest"`, o, bo)
				add("eth_estimateGas", c, `"latest"`, o, bo)
			}
		}
	}
	add("eth_call", `{"to":"0x9344b07175800259691961298ca11c824e65032d","gas":"0xea60","maxFeePerGas":"0x100","maxPriorityFeePerGas":"0x1","from":"0x14e46043e63d0e3cdcf2530519f4cfaf35058cb2"}`, `"latest"`, `{}`, `{"baseFeePerGas":"0x7"}`)
	// malformed
	r = append(r, `{"jsonrpc":"2.0","id":"abc","method":"eth_chainId"}`, `{"jsonrpc":"2.0","id":null,"method":"eth_chainId"}`, `{"jsonrpc":"2.0","method":"eth_chainId"}`, `{"id":1,"method":"eth_chainId"}`, `{"jsonrpc":"2.0","id":1}`, `{}`, `[]`, `null`, `1`, `"x"`, `{`, ``, `[1]`, `[1,2]`, `[null,[]]`, `[{"jsonrpc":"2.0","id":1,"method":"eth_chainId"},{"jsonrpc":"2.0","id":"2","method":"eth_chainId"}]`, `[{"jsonrpc":"2.0","method":"eth_chainId"},{"jsonrpc":"2.0","id":"2","method":"eth_foo"}]`, `[{"jsonrpc":"2.0","method":"eth_chainId"},{"jsonrpc":"2.0","method":"eth_foo"}]`, `[[],{"jsonrpc":"2.0","id":"2","method":"eth_foo"}]`, `{"jsonrpc":"2.0","id":{},"method":"eth_chainId"}`, `{"jsonrpc":"2.0","id":[1],"method":"eth_chainId"}`, `{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":{}}`, `{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":null}`, `[`+strings.TrimSuffix(strings.Repeat(`{"jsonrpc":"2.0","id":7,"method":"eth_chainId"},`, 1001), ",")+`]`, `{"jsonrpc":"2.0","id":1,"result":"x"}`, `[{"jsonrpc":"2.0","id":1,"result":"x"},{"jsonrpc":"2.0","id":1,"result":"x"}]`)
	return r
}
