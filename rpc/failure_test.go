package rpc_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/rpc"
	"github.com/candela-les/candela/rpc/rpctest"
)

// rawTransaction is a signed transaction as a parameter.
const rawTransaction = `"0xf86c808401a213988261a894aa000000000000000000000000000000000000000a8255448718e5bb3abd109fa073fbe7ff7e74339e7cc61fb3cb3f7630cd3f1d5fef653d7297654b2d22894daea042a188d30f35f19408c73c803bc1e9e17ce129c457e31fd2a368b54507af2f4c"`

const someone = `"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df"`

// calls are one call per backend method that can fail.
func calls() map[string]string {
	tx := `"0x205405746564cbcf1dd53fb5ac92c7622d3792d82f03c59d9baddf2443d91864"`
	return map[string]string{
		"eth_blockNumber":           "",
		"eth_getBalance":            someone,
		"eth_getTransactionCount":   someone + `,"pending"`,
		"eth_getCode":               someone,
		"eth_getStorageAt":          someone + `,"0x0"`,
		"eth_getProof":              someone + `,["0x0"]`,
		"eth_getBlockByNumber":      `"0x3",true`,
		"eth_getBlockByHash":        `"0x80e911b62f552f563a2544dfef5eb39ec8863d9082c998ca6b657f76e19de38e",true`,
		"eth_getBlockReceipts":      `"0x3"`,
		"eth_call":                  `{"to":` + someone + `}`,
		"eth_estimateGas":           `{"to":` + someone + `}`,
		"eth_createAccessList":      `{"to":` + someone + `}`,
		"eth_getLogs":               `{"fromBlock":"0x0"}`,
		"eth_getTransactionByHash":  tx,
		"eth_getTransactionReceipt": tx,
		"eth_gasPrice":              "",
		"eth_feeHistory":            `"0x5","latest",[50]`,
		"eth_sendRawTransaction":    rawTransaction,
		"debug_getRawTransaction":   tx,
		"debug_getRawReceipts":      `"0x3"`,
		"eth_config":                "",
	}
}

// TestFailures: whatever keeps the client from answering, each method says so with the code and the data for it.
func TestFailures(t *testing.T) {
	d := rpctest.Conformance(t)
	addr := rpctest.Serve(t, rpc.Config{Backend: d})
	for _, c := range []struct {
		err    error
		code   int
		kind   string
		failed string // empty: not compared
		server string
	}{
		{&client.NoHeadError{Configured: 3, Percent: 67, Votes: []client.Vote{{Server: "ab", Number: 3}}}, rpc.CodeNoHead, "noHead", "electing a head", ""},
		{client.ErrNoConfig, rpc.CodeNoHead, "noHead", "", ""},
		{&client.ConfigError{Number: 5}, rpc.CodeNoHead, "configOutdated", "", ""},
		{&client.UnavailableError{What: "account", Refused: []client.Refusal{{Server: "cd", Reason: "pruned"}}}, rpc.CodeNoServer, "noServer", "account", "cd"},
		{&client.UnavailableError{What: "account", Silent: 1, RetryAfter: time.Second}, rpc.CodeTimeout, "timeout", "account", ""},
		{&client.UnavailableError{What: "account", Short: 2, RetryAfter: time.Second}, rpc.CodeNoServer, "noRoom", "account", ""},
		{client.ErrUnreachable, rpc.CodeNoServer, "noServer", "", ""},
		{client.ErrClosed, rpc.CodeNoServer, "noServer", "", ""},
		{&client.UnprovenError{What: "slot", Server: "ef", Reason: errors.New("wrong root")}, rpc.CodeUnproven, "unproven", "slot", "ef"},
		// What was wrong with an answer may itself look like another kind of failure.
		{&client.UnprovenError{What: "slot", Server: "ef", Reason: client.ErrTimeout}, rpc.CodeUnproven, "unproven", "slot", "ef"},
		{&client.OutOfReachError{Number: 5, Oldest: 10}, rpc.CodeOutOfReach, "outOfReach", "block 5", ""},
		{&client.TxError{Hash: common.Hash{1}, Err: client.ErrTxUnindexed}, rpc.CodeNotIndexed, "notIndexed", "", ""},
		{fmt.Errorf("asking: %w", context.DeadlineExceeded), rpc.CodeTimeout, "timeout", "", ""},
		{rpctest.ErrInjected, -32000, "", "", ""},
	} {
		d.Fail(c.err)
		for method, params := range calls() {
			a := rpctest.Ask(t, addr, method, params)
			if a.Error == nil || a.Error.Code != c.code {
				t.Errorf("%s with %v: %s %v, want code %d", method, c.err, a.Result, a.Error, c.code)
				continue
			}
			var f rpc.Failure
			if c.kind == "" {
				if a.Error.Data != nil {
					t.Errorf("%s with %v: data %s", method, c.err, a.Error.Data)
				}
				continue
			}
			if err := json.Unmarshal(a.Error.Data, &f); err != nil {
				t.Fatalf("%s with %v: %v in %s", method, c.err, err, a.Error.Data)
			}
			if f.Kind != c.kind || f.Remedy == "" || f.Failed == "" || c.failed != "" && f.Failed != c.failed || f.Server != c.server {
				t.Errorf("%s with %v: %s", method, c.err, a.Error.Data)
			}
		}
	}
}

// TestUnknown: what does not exist is null, and never mistaken for what could not be had.
func TestUnknown(t *testing.T) {
	d := rpctest.Conformance(t)
	addr := rpctest.Serve(t, rpc.Config{Backend: d})
	nothing := `"0x00000000000000000000000000000000000000000000000000000000deadbeef"`
	for _, c := range [][2]string{
		{"eth_getBlockByNumber", `"0x37",true`},
		{"eth_getBlockByHash", nothing + `,true`},
		{"eth_getBlockReceipts", nothing},
		{"eth_getBlockReceipts", `"0x37"`},
		{"eth_getTransactionByHash", nothing},
		{"eth_getTransactionReceipt", nothing},
		{"eth_getTransactionByBlockNumberAndIndex", `"0x37","0x0"`},
		{"eth_getTransactionByBlockNumberAndIndex", `"0x1","0x99"`},
		{"eth_getUncleByBlockNumberAndIndex", `"0x1","0x0"`},
		{"eth_getBlockTransactionCountByHash", nothing},
		{"eth_getUncleCountByBlockNumber", `"0x37"`},
		{"eth_getHeaderByHash", nothing},
		{"eth_getHeaderByNumber", `"pending"`},
		{"candela_lastProof", ""},
	} {
		if a := rpctest.Ask(t, addr, c[0], c[1]); a.Error != nil || string(a.Result) != "null" {
			t.Errorf("%s(%s): %s %v, want null", c[0], c[1], a.Result, a.Error)
		}
	}
	for _, c := range [][3]string{
		{"eth_getBalance", someone + `,"0x37"`, "-32000 header not found"},
		{"eth_getBalance", someone + `,` + nothing, "-32000 header for hash not found"},
		{"eth_getLogs", `{"blockHash":` + nothing + `}`, "-32000 unknown block"},
	} {
		if a := rpctest.Ask(t, addr, c[0], c[1]); a.Error == nil || a.Error.String() != c[2] {
			t.Errorf("%s(%s): %s %v, want %s", c[0], c[1], a.Result, a.Error, c[2])
		}
	}
	d.SetUnsafe(true)
	for _, tag := range []string{"safe", "finalized"} {
		want := fmt.Sprintf("-32000 %s block not found", tag)
		for _, c := range [][2]string{{"eth_getBlockByNumber", `"` + tag + `",false`}, {"eth_getBalance", someone + `,"` + tag + `"`}} {
			if a := rpctest.Ask(t, addr, c[0], c[1]); a.Error == nil || a.Error.String() != want {
				t.Errorf("%s(%s): %s %v, want %s", c[0], c[1], a.Result, a.Error, want)
			}
		}
	}
}

// TestWithoutConfig: before a client has learned the chain's configuration, what needs it fails, the rest does not.
func TestWithoutConfig(t *testing.T) {
	d := rpctest.Conformance(t)
	d.HideConfig(true)
	addr := rpctest.Serve(t, rpc.Config{Backend: d})
	for _, c := range [][2]string{
		{"eth_chainId", ""},
		{"eth_baseFee", ""},
		{"eth_gasPrice", ""},
		{"eth_config", ""},
		{"eth_call", `{"to":` + someone + `}`},
		{"eth_getBlockByNumber", `"latest",true`},
		{"eth_getBlockByNumber", `"pending",true`},
		{"eth_getTransactionReceipt", `"0x205405746564cbcf1dd53fb5ac92c7622d3792d82f03c59d9baddf2443d91864"`},
	} {
		if a := rpctest.Ask(t, addr, c[0], c[1]); a.Error == nil || a.Error.Code != rpc.CodeNoHead {
			t.Errorf("%s(%s): %s %v", c[0], c[1], a.Result, a.Error)
		}
	}
	for _, c := range [][2]string{{"eth_blockNumber", ""}, {"net_version", ""}, {"eth_getBalance", someone}} {
		if a := rpctest.Ask(t, addr, c[0], c[1]); a.Error != nil {
			t.Errorf("%s(%s): %v", c[0], c[1], a.Error)
		}
	}
}

// TestTimeout: a backend that never answers does not make the endpoint hang.
func TestTimeout(t *testing.T) {
	d := rpctest.Conformance(t)
	d.Hook(func(ctx context.Context, method string) error {
		if method == "Heads" {
			return nil // answers from memory
		}
		<-ctx.Done()
		return ctx.Err()
	})
	addr := rpctest.Serve(t, rpc.Config{Backend: d, Timeout: time.Millisecond})
	for _, c := range [][2]string{{"eth_getBalance", someone}, {"eth_call", `{"to":` + someone + `}`}, {"eth_gasPrice", ""}} {
		if a := rpctest.Ask(t, addr, c[0], c[1]); a.Error == nil || a.Error.Code != rpc.CodeTimeout {
			t.Errorf("%s: %s %v", c[0], a.Result, a.Error)
		}
	}
}
