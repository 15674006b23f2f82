package rpc_test

import (
	"encoding/json"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/candela-les/candela/rpc"
	"github.com/candela-les/candela/rpc/rpctest"
)

// TestGeth asks what go-ethereum v1.17.8 was asked over the same chain (record_test.go), and wants the same answers,
// down to the words of the errors.
func TestGeth(t *testing.T) {
	data, err := os.ReadFile("testdata/geth.io")
	if err != nil {
		t.Fatal(err)
	}
	addr := rpctest.Serve(t, rpc.Config{Backend: rpctest.Conformance(t)})
	var request string
	asked := 0
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if r, ok := strings.CutPrefix(line, ">> "); ok {
			request = r
		}
		want, ok := strings.CutPrefix(line, "<< ")
		if !ok {
			continue
		}
		got, err := rpctest.Post(t.Context(), addr, []byte(request))
		if err != nil {
			t.Fatal(err)
		}
		asked++
		if w, g := canonical(request, want), canonical(request, string(got)); !reflect.DeepEqual(w, g) {
			t.Errorf("asked %s\nwant  %s\ngot   %s", request, want, got)
		}
	}
	if asked < 800 {
		t.Errorf("only %d questions", asked)
	}
}

// Differences that are meant, each with what makes the two alike.
var (
	// Error messages of encoding/json name Go types, which are ours.
	packages = regexp.MustCompile(`\b(override|evm|ethapi|rpc|filters)\.`)
	structs  = strings.NewReplacer("OverrideAccount", "AccountOverride", "BlockOverrides.Number", "BlockOverrides.number")
	// go-ethereum adds the hash of a transaction that does not exist.
	madeUp = regexp.MustCompile(`(failed to apply transaction: )0x[0-9a-f]{64} err: `)
	// Unknown hashes are printed as lists of numbers.
	unknown = regexp.MustCompile(`^(block|header) (#\[.*\]|0x[0-9a-f]*) not found$`)
)

// canonical is an answer without the differences that are meant; nil where there is none.
func canonical(request, answer string) any {
	var v any
	if json.Unmarshal([]byte(answer), &v) != nil {
		return strings.TrimSpace(answer)
	}
	object, _ := v.(map[string]any)
	if problem, ok := object["error"].(map[string]any); ok {
		message, _ := problem["message"].(string)
		message = structs.Replace(packages.ReplaceAllString(message, ""))
		message = madeUp.ReplaceAllString(message, "$1")
		problem["message"] = unknown.ReplaceAllString(message, "not found")
	}
	if history, ok := object["result"].(map[string]any); ok && strings.Contains(request, "eth_feeHistory") {
		// Where blob fees begin go-ethereum tells one block's in an order that its workers decide; see TestFeeHistory.
		delete(history, "baseFeePerBlobGas")
	}
	if strings.Contains(request, "debug_getRawReceipts") && strings.Contains(request, strings.Repeat("0", 64)) {
		return nil // an empty list would say that there is such a block
	}
	return v
}
