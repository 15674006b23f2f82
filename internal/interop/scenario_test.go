package interop

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"

	"github.com/candela-les/candela/internal/proctest"
)

// field returns a text field of a JSON object, empty if it is not there.
func field(t testing.TB, object json.RawMessage, name string) string {
	t.Helper()
	var fields map[string]any
	if err := json.Unmarshal(object, &fields); err != nil {
		t.Fatalf("%s: %v", object, err)
	}
	text, _ := fields[name].(string)
	return text
}

// traffic makes the counter count, and returns the hashes of transactions that are
// in different blocks.
func (g *geth) traffic(transactions int) (hashes []string) {
	g.w.Helper()
	for range transactions {
		hash := proctest.Ask[string](g.w, g.url, "eth_sendTransaction", map[string]any{"from": signer, "to": counter, "gas": "0x186a0"})
		awaitReceipt(g.w, g.url, hash)
		hashes = append(hashes, hash)
	}
	return hashes
}

// awaitReceipt waits until a node knows that a transaction is mined.
func awaitReceipt(t testing.TB, url, hash string) json.RawMessage {
	t.Helper()
	var receipt json.RawMessage
	proctest.Eventually(t, url+" never has the receipt of "+hash, func() bool {
		var err error
		receipt, err = proctest.Call(url, "eth_getTransactionReceipt", hash)
		return err == nil && string(receipt) != "null"
	})
	return receipt
}

// awaitBlock waits until a node has this block.
func awaitBlock(t testing.TB, url string, number uint64, hash string) {
	t.Helper()
	last := ""
	proctest.Eventually(t, fmt.Sprintf("%s does not come to block %d %s", url, number, hash), func() bool {
		last = blockHash(t, url, number)
		return last == hash && height(t, url) >= number
	})
}

// awaitHead waits until a client has the newest block of the chain.
func awaitHead(t testing.TB, client, miner string) uint64 {
	t.Helper()
	number := height(t, miner)
	awaitBlock(t, client, number, blockHash(t, miner, number))
	return number
}

// follow waits until the client has taken three further blocks as they came.
func follow(t testing.TB, client, miner string) {
	t.Helper()
	for range 3 {
		next := height(t, client) + 1
		proctest.Eventually(t, client+" does not follow", func() bool { return height(t, client) >= next })
		awaitBlock(t, client, next, blockHash(t, miner, next))
	}
}

// sameAnswers asks both about the state after a block, and about transactions, and
// wants the same from both.
func sameAnswers(t testing.TB, client, miner string, block uint64, transactions []string) {
	t.Helper()
	at := fmt.Sprintf("%#x", block)
	type question struct {
		method string
		params []any
	}
	questions := []question{
		{"eth_getBalance", []any{signer, at}},
		{"eth_getBalance", []any{parent, at}},
		{"eth_getBalance", []any{stranger, at}},
		{"eth_getTransactionCount", []any{signer, at}},
		{"eth_getCode", []any{counter, at}},
		{"eth_getCode", []any{stranger, at}},
		{"eth_getStorageAt", []any{counter, "0x0", at}},
		{"eth_getStorageAt", []any{counter, "0x1", at}},
		{"eth_getStorageAt", []any{counter, "0x7", at}},
		{"eth_call", []any{map[string]any{"to": counter}, at}},
		{"eth_call", []any{map[string]any{"to": parent}, at}},
		{"eth_getLogs", []any{map[string]any{"fromBlock": "0x0", "toBlock": at}}},
		{"eth_getLogs", []any{map[string]any{"fromBlock": "0x0", "toBlock": at, "address": counter, "topics": []string{topic}}}},
		{"eth_getLogs", []any{map[string]any{"fromBlock": "0x0", "toBlock": at, "address": stranger}}},
		{"eth_getBlockByNumber", []any{at, true}},
	}
	for _, hash := range transactions {
		questions = append(questions, question{"eth_getTransactionReceipt", []any{hash}})
	}
	for _, q := range questions {
		want := timeless(t, proctest.MustCall(t, miner, q.method, q.params...))
		got, err := proctest.Call(client, q.method, q.params...)
		if err != nil {
			t.Errorf("%s %v: %v", q.method, q.params, err)
			continue
		}
		if have := timeless(t, got); !reflect.DeepEqual(have, want) {
			t.Errorf("%s %v:\n got %v\nwant %v", q.method, q.params, have, want)
		}
	}
	if logs := proctest.Ask[[]any](t, client, "eth_getLogs", map[string]any{"fromBlock": "0x0", "toBlock": at, "address": counter}); len(logs) < len(transactions) {
		t.Errorf("%d logs of %d transactions", len(logs), len(transactions))
	}
}

// timeless takes out of an answer what only releases after 2022 say (when a log's
// block was made) and what they, and light clients, no longer do (a block's total
// difficulty, which no proof reaches).
func timeless(t testing.TB, answer json.RawMessage) any {
	t.Helper()
	var value any
	if err := json.Unmarshal(answer, &value); err != nil {
		t.Fatalf("%s: %v", answer, err)
	}
	return without(value, "blockTimestamp", "totalDifficulty")
}

func without(value any, keys ...string) any {
	switch v := value.(type) {
	case map[string]any:
		for _, key := range keys {
			delete(v, key)
		}
		for k := range v {
			v[k] = without(v[k], keys...)
		}
	case []any:
		for i := range v {
			v[i] = without(v[i], keys...)
		}
	}
	return value
}

// sendThrough signs a transaction with the miner's key, sends it through the client,
// and waits until the client knows that it is mined, as the miner does.
func sendThrough(t testing.TB, client string, miner *geth) string {
	t.Helper()
	nonce := proctest.Ask[string](t, miner.url, "eth_getTransactionCount", signer, "latest")
	signed := proctest.Ask[struct{ Raw string }](t, miner.url, "eth_signTransaction", map[string]any{
		"from": signer, "to": counter, "gas": "0x186a0", "gasPrice": "0x77359400", "nonce": nonce,
	})
	hash := proctest.Ask[string](t, client, "eth_sendRawTransaction", signed.Raw)
	got := awaitReceipt(t, client, hash)
	want := proctest.MustCall(t, miner.url, "eth_getTransactionReceipt", hash)
	if field(t, got, "status") != "0x1" || !reflect.DeepEqual(timeless(t, got), timeless(t, want)) {
		t.Errorf("receipt of %s:\n got %s\nwant %s", hash, got, want)
	}
	return hash
}
