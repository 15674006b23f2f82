package e2e

import (
	"bytes"
	"encoding/json"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// falseNode is a fake: an endpoint that hands requests on to a real node and changes
// one hex digit in some of the answers that carry chain data.
type falseNode struct {
	*httptest.Server
	target string
	mu     struct {
		sync.Mutex
		rng   *rand.Rand
		oneOf int // 0: honest
		lies  int
	}
}

// newFalseNode lies in one of so many answers; 0 makes it honest for now.
func newFalseNode(t *testing.T, target string, seed uint64, oneOf int) *falseNode {
	f := &falseNode{target: target}
	f.mu.rng, f.mu.oneOf = rand.New(rand.NewPCG(seed, 0)), oneOf
	f.Server = httptest.NewServer(http.HandlerFunc(f.relay))
	t.Cleanup(f.Close)
	return f
}

// lieFrom changes how often it lies from now on.
func (f *falseNode) lieFrom(oneOf int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.mu.oneOf = oneOf
}

func (f *falseNode) relay(w http.ResponseWriter, r *http.Request) {
	asked, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	request, err := http.NewRequestWithContext(r.Context(), r.Method, f.target, bytes.NewReader(asked))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	request.Header = r.Header.Clone()
	request.Header.Del("Accept-Encoding")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(f.change(asked, answer))
}

// lying are the methods whose answers are changed: all that carry what a hash in a
// header commits to.
func lying(method string) bool {
	for _, prefix := range []string{"debug_", "eth_getProof", "eth_getCode", "eth_getBlockReceipts", "eth_getBlockByHash", "eth_getTransactionReceipt", "eth_getUncle"} {
		if strings.HasPrefix(method, prefix) {
			return true
		}
	}
	return false
}

type message struct {
	Version string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"`
	Method  string          `json:"method,omitempty"`
	Result  json.RawMessage `json:"result,omitempty"`
	Error   json.RawMessage `json:"error,omitempty"`
}

// change changes the answers to one request or to a batch.
func (f *falseNode) change(asked, answer []byte) []byte {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(answer) == 0 || answer[0] != '[' {
		var q, a message
		if json.Unmarshal(asked, &q) != nil || json.Unmarshal(answer, &a) != nil {
			return answer
		}
		f.lie(q.Method, &a)
		return encode(a)
	}
	var qs, as []message
	if json.Unmarshal(asked, &qs) != nil || json.Unmarshal(answer, &as) != nil {
		return answer
	}
	methods := make(map[string]string)
	for _, q := range qs {
		methods[string(q.ID)] = q.Method
	}
	for i := range as {
		f.lie(methods[string(as[i].ID)], &as[i])
	}
	return encode(as)
}

func encode(v any) []byte {
	blob, err := json.Marshal(v)
	if err != nil {
		panic(err) // it was JSON before
	}
	return blob
}

// lie changes one hex digit of a result, somewhere.
func (f *falseNode) lie(method string, a *message) {
	if f.mu.oneOf == 0 || !lying(method) || f.mu.rng.IntN(f.mu.oneOf) > 0 {
		return
	}
	digits := hexDigits(a.Result)
	if len(digits) == 0 {
		return
	}
	at := digits[f.mu.rng.IntN(len(digits))]
	changed := bytes.Clone(a.Result)
	if changed[at] == '1' {
		changed[at] = '2'
	} else {
		changed[at] = '1'
	}
	a.Result = changed
	f.mu.lies++
}

// hexDigits returns where the digits of 0x strings stand in a JSON text.
func hexDigits(text []byte) (at []int) {
	for i := 0; i+2 < len(text); i++ {
		if text[i] != '"' || text[i+1] != '0' || text[i+2] != 'x' {
			continue
		}
		for i += 3; i < len(text) && text[i] != '"'; i++ {
			at = append(at, i)
		}
	}
	return at
}

func (f *falseNode) lies() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.mu.lies
}
