package rpc

import (
	"bytes"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	gethrpc "github.com/ethereum/go-ethereum/rpc"
)

// FuzzFilterCriteria: whatever is accepted is within the limits, and a filter that matches a log also lets its bloom
// pass.
func FuzzFilterCriteria(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"fromBlock":"0x1","toBlock":"latest"}`, `{"blockHash":"0x` + strings.Repeat("0", 64) + `"}`,
		`{"address":"0x0000000000000000000000000000000000000001"}`, `{"address":["0x0000000000000000000000000000000000000001"]}`,
		`{"topics":[null,["0x` + strings.Repeat("0", 64) + `",null],[],"0x` + strings.Repeat("1", 64) + `"]}`,
		`{"topics":[1]}`, `{"address":5}`, `[]`, `{"fromBlock":5,"toBlock":"pending"}`,
	} {
		f.Add([]byte(seed), []byte{1})
	}
	f.Fuzz(func(t *testing.T, data, seed []byte) {
		c := new(FilterCriteria)
		if json.Unmarshal(data, c) != nil {
			return
		}
		if len(c.Topics) > maxTopics {
			t.Fatalf("%d topic positions", len(c.Topics))
		}
		_ = c.checkSize()
		_ = c.checkSubscribable()
		l := &types.Log{Address: common.BytesToAddress(seed), Topics: []common.Hash{common.BytesToHash(seed), {}}}
		bloom := types.CreateBloom(&types.Receipt{Logs: []*types.Log{l}})
		if c.matches(l) && !c.mayMatch(bloom) {
			t.Fatalf("%s matches a log that its bloom check leaves out", data)
		}
	})
}

// FuzzTransactionArgs: whatever decodes either becomes a message within the cap or is refused.
func FuzzTransactionArgs(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"gas":"0xffffffffffffffff"}`, `{"gasPrice":"0x1","maxFeePerGas":"0x1"}`,
		`{"maxFeePerGas":"0x` + strings.Repeat("f", 64) + `","maxPriorityFeePerGas":"0x` + strings.Repeat("f", 64) + `"}`,
		`{"blobVersionedHashes":[],"to":"0x0000000000000000000000000000000000000001"}`, `{"authorizationList":[]}`,
		`{"chainId":"0x1","value":"0x5","nonce":"0x1","data":"0x01","input":"0x02","accessList":[]}`,
	} {
		f.Add([]byte(seed), uint64(50_000_000), uint64(7))
	}
	f.Fuzz(func(t *testing.T, data []byte, gasCap, baseFee uint64) {
		args := new(TransactionArgs)
		if json.Unmarshal(data, args) != nil {
			return
		}
		fee := new(big.Int).SetUint64(baseFee)
		if baseFee == 0 {
			fee = nil
		}
		msg, err := args.message(gasCap, fee, common.Big1)
		if err != nil {
			return
		}
		if gasCap != 0 && msg.GasLimit > gasCap {
			t.Fatalf("gas %d above the cap %d", msg.GasLimit, gasCap)
		}
		if msg.Value == nil || msg.GasPrice == nil || msg.GasFeeCap == nil || msg.GasTipCap == nil {
			t.Fatalf("incomplete message %+v", msg)
		}
		if msg.GasPrice.Gt(msg.GasFeeCap) {
			t.Fatalf("pays %v above its cap %v", msg.GasPrice, msg.GasFeeCap)
		}
	})
}

// FuzzStorageKey compares with the plain reading: hex digits of at most 32 bytes, padded on the left.
func FuzzStorageKey(f *testing.F) {
	for _, seed := range []string{"", "0x", "0x0", "0X1", "1", "zz", "0x" + strings.Repeat("f", 64), "0x" + strings.Repeat("0", 65)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		key, length, err := parseStorageKey(s)
		digits := strings.TrimPrefix(strings.TrimPrefix(s, "0x"), "0X")
		if strings.HasPrefix(s, "0x0X") {
			return // the twin is too plain for this one
		}
		plain := digits != "" && strings.Trim(digits, "0123456789abcdefABCDEF") == "" || digits == ""
		if (err == nil) != (plain && len(digits) <= 64) {
			t.Fatalf("%q: %v", s, err)
		}
		if err != nil {
			return
		}
		want, _ := new(big.Int).SetString("0"+digits, 16)
		if key.Big().Cmp(want) != 0 || length != (len(digits)+1)/2 {
			t.Fatalf("%q: %v, %d bytes", s, key, length)
		}
	})
}

type echo struct{}

func (echo) Say(s string) string { return s }

// FuzzBatch: a batch gets the answers that go-ethereum's server gives to it, in the same order.
func FuzzBatch(f *testing.F) {
	for _, seed := range []string{
		`[]`, `[1]`, `[1,2]`, `[null,[],{}]`, `{"jsonrpc":"2.0","id":1,"method":"test_say","params":["x"]}`,
		`[{"jsonrpc":"2.0","id":1,"method":"test_say","params":["x"]},{"jsonrpc":"2.0","id":"2","method":"test_say","params":["y"]}]`,
		`[{"jsonrpc":"2.0","method":"test_say","params":["x"]},{"jsonrpc":"2.0","id":[],"method":"test_say"}]`,
		` [{"id":1,"result":5},{"jsonrpc":"2.0","id":1,"method":"rpc_modules"}] `, `[`, `[[[]],"x"]`,
	} {
		f.Add([]byte(seed))
	}
	server := gethrpc.NewServer()
	server.SetBatchLimits(10, 1000)
	if err := server.RegisterName("test", echo{}); err != nil {
		f.Fatal(err)
	}
	parallel := &batches{next: server, items: 10, bytes: 1000, body: 5 << 20, timeout: time.Minute}
	post := func(h http.Handler, body []byte) (int, any) {
		r := httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		var v any
		_ = json.Unmarshal(w.Body.Bytes(), &v) // nil where there is no answer
		return w.Code, v
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		wantStatus, want := post(server, body)
		gotStatus, got := post(parallel, body)
		if bytes.Contains(body, []byte("too large")) || len(body) > 500 {
			return // limits are counted a little differently
		}
		if gotStatus != wantStatus || !reflect.DeepEqual(got, want) {
			t.Fatalf("%s: %d %v, want %d %v", body, gotStatus, got, wantStatus, want)
		}
	})
}

// matches says whether a log is of a selected contract and has the selected topics.
func (c *FilterCriteria) matches(l *types.Log) bool {
	if len(c.Addresses) > 0 && !slices.Contains(c.Addresses, l.Address) {
		return false
	}
	if len(c.Topics) > len(l.Topics) {
		return false
	}
	for i, alternatives := range c.Topics {
		if len(alternatives) > 0 && !slices.Contains(alternatives, l.Topics[i]) {
			return false
		}
	}
	return true
}
