package rpc_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/rpc"
	"github.com/candela-les/candela/rpc/rpctest"
)

// served is every method that is served, by name.
const served = `eth_accounts eth_baseFee eth_blobBaseFee eth_blockNumber eth_call eth_chainId eth_config
	eth_createAccessList eth_estimateGas eth_feeHistory eth_gasPrice eth_getBalance eth_getBlockByHash
	eth_getBlockByNumber eth_getBlockReceipts eth_getBlockTransactionCountByHash eth_getBlockTransactionCountByNumber
	eth_getCode eth_getHeaderByHash eth_getHeaderByNumber eth_getLogs eth_getProof eth_getStorageAt
	eth_getStorageValues eth_getTransactionByBlockHashAndIndex eth_getTransactionByBlockNumberAndIndex
	eth_getTransactionByHash eth_getTransactionCount eth_getTransactionReceipt eth_getUncleByBlockHashAndIndex
	eth_getUncleByBlockNumberAndIndex eth_getUncleCountByBlockHash eth_getUncleCountByBlockNumber
	eth_maxPriorityFeePerGas eth_newBlockFilter eth_newFilter eth_newPendingTransactionFilter eth_getFilterChanges
	eth_getFilterLogs eth_uninstallFilter eth_sendRawTransaction eth_syncing eth_unsubscribe
	debug_getRawBlock debug_getRawHeader debug_getRawReceipts debug_getRawTransaction
	net_listening net_peerCount net_version web3_clientVersion web3_sha3 candela_status candela_lastProof
	candela_demand candela_market candela_spending`

func TestMethodsServed(t *testing.T) {
	addr := rpctest.Serve(t, rpc.Config{Backend: rpctest.Conformance(t)})
	for method := range strings.FieldsSeq(served) {
		if a := rpctest.Ask(t, addr, method, ""); a.Error != nil && a.Error.Code == -32601 {
			t.Errorf("%s: %v", method, a.Error)
		}
	}
}

// The backend has exported methods too; none of them may be reachable by being embedded.
func TestMethodsNotServed(t *testing.T) {
	addr := rpctest.Serve(t, rpc.Config{Backend: rpctest.Conformance(t)})
	known := strings.Fields(served)
	names := []string{"fillTransaction", "sendTransaction", "sign", "simulateV1", "search", "close"}
	for m := range reflect.TypeFor[rpc.Backend]().Methods() {
		names = append(names, string(unicode.ToLower(rune(m.Name[0])))+m.Name[1:])
	}
	for _, namespace := range []string{"eth", "net", "web3", "debug", "candela"} {
		for _, name := range names {
			method := namespace + "_" + name
			if slices.Contains(known, method) {
				continue
			}
			if a := rpctest.Ask(t, addr, method, ""); a.Error == nil || a.Error.Code != -32601 {
				t.Errorf("%s is served: %s %v", method, a.Result, a.Error)
			}
		}
	}
}

// TestSimpleMethods are those that are answered from memory or not about the chain at all.
func TestSimpleMethods(t *testing.T) {
	d := rpctest.Conformance(t)
	d.SetLastProof(&client.ProofRecord{Method: "Account", Block: 54, RoundTrips: 1})
	addr := rpctest.Serve(t, rpc.Config{Backend: d, Version: "candela/test"})
	for _, c := range []struct{ method, params, want string }{
		{"eth_accounts", "", `[]`},
		{"eth_blockNumber", "", `"0x36"`},
		{"eth_chainId", "", `"0xc72dd9d5e883e"`},
		{"eth_syncing", "", `false`},
		{"net_version", "", `"3503995874084926"`},
		{"net_listening", "", `true`},
		{"net_peerCount", "", `"0x2"`},
		{"web3_clientVersion", "", `"candela/test"`},
		{"web3_sha3", `"0x68656c6c6f20776f726c64"`, `"0x47173285a8d7341e5e972fc677286384f802f8ef42a5ec5f03bbfa254cb01fad"`},
	} {
		if a := rpctest.Ask(t, addr, c.method, c.params); a.Error != nil || string(a.Result) != c.want {
			t.Errorf("%s: %s %v, want %s", c.method, a.Result, a.Error, c.want)
		}
	}
	var proof client.ProofRecord
	rpctest.Result(t, addr, "candela_lastProof", "", &proof)
	var status client.Status
	rpctest.Result(t, addr, "candela_status", "", &status)
	if proof.Block != 54 || status.Head.Number != 54 || len(status.Servers) != 3 {
		t.Errorf("proof %+v, status %+v", proof, status)
	}
	d.SetSyncing(true)
	a := rpctest.Ask(t, addr, "eth_syncing", "")
	if want := `{"currentBlock":"0x36","highestBlock":"0x40","startingBlock":"0x1"}`; string(a.Result) != want {
		t.Errorf("eth_syncing: %s %v, want %s", a.Result, a.Error, want)
	}
}
