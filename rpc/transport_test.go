package rpc_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	gethrpc "github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/rpc"
	"github.com/candela-les/candela/rpc/rpctest"
)

// response is what came back over HTTP.
type response struct {
	status int
	header http.Header
	body   string
}

func request(t *testing.T, method, addr, body string, header ...string) response {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, "http://"+addr, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	if host := req.Header.Get("Host"); host != "" {
		req.Host = host
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response{resp.StatusCode, resp.Header, string(data)}
}

const chainID = `{"jsonrpc":"2.0","id":1,"method":"eth_chainId"}`

// TestHost: a page that made its own name resolve to this endpoint gets nothing.
func TestHost(t *testing.T) {
	d := rpctest.Conformance(t)
	local := rpctest.Serve(t, rpc.Config{Backend: d})
	named := rpctest.Serve(t, rpc.Config{Backend: d, Hosts: []string{"Node.example"}})
	open := rpctest.Serve(t, rpc.Config{Backend: d, Hosts: []string{"*"}})
	for _, c := range []struct {
		addr, host string
		status     int
	}{
		{local, "localhost:8545", 200},
		{local, "LOCALHOST", 200},
		{local, "127.0.0.1:8545", 200},
		{local, "192.168.1.2", 200},
		{local, "[::1]:8545", 200},
		{local, "[::1]", 200},
		{local, "evil.example:8545", 403},
		{local, "localhost.evil.example", 403},
		{local, "127.0.0.1.evil.example", 403},
		{named, "node.example:1", 200},
		{named, "localhost", 403},
		{open, "anything.example", 200},
	} {
		for _, socket := range []bool{false, true} {
			header := []string{"Host", c.host}
			want, method := c.status, http.MethodPost
			if socket {
				method, header = http.MethodGet, append(header, "Connection", "Upgrade", "Upgrade", "websocket")
				if want == 200 {
					want = 400 // let through to the WebSocket handshake, which this is not
				}
			}
			if r := request(t, method, c.addr, chainID, header...); r.status != want {
				t.Errorf("host %s (websocket %v): %d %s, want %d", c.host, socket, r.status, r.body, want)
			}
		}
	}
}

func TestCORS(t *testing.T) {
	d := rpctest.Conformance(t)
	closed := rpctest.Serve(t, rpc.Config{Backend: d})
	one := rpctest.Serve(t, rpc.Config{Backend: d, CORS: []string{"https://wallet.example"}})
	all := rpctest.Serve(t, rpc.Config{Backend: d, CORS: []string{"*"}})
	for _, c := range []struct{ addr, origin, allowed string }{
		{closed, "https://wallet.example", ""},
		{one, "https://wallet.example", "https://wallet.example"},
		{one, "https://evil.example", ""},
		{all, "https://any.example", "*"},
	} {
		r := request(t, http.MethodPost, c.addr, chainID, "Origin", c.origin)
		if got := r.header.Get("Access-Control-Allow-Origin"); got != c.allowed || r.status != 200 || !strings.Contains(r.body, "0xc72dd9d5e883e") {
			t.Errorf("%s: %q, want %q (%d %s)", c.origin, got, c.allowed, r.status, r.body)
		}
		r = request(t, http.MethodOptions, c.addr, "", "Origin", c.origin,
			"Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "content-type")
		if got := r.header.Get("Access-Control-Allow-Origin"); got != c.allowed {
			t.Errorf("preflight of %s: %q, want %q", c.origin, got, c.allowed)
		}
	}
}

func TestWebSocketOrigin(t *testing.T) {
	d := rpctest.Conformance(t)
	closed := rpctest.Serve(t, rpc.Config{Backend: d})
	one := rpctest.Serve(t, rpc.Config{Backend: d, CORS: []string{"https://wallet.example"}})
	wild := rpctest.Serve(t, rpc.Config{Backend: d, CORS: []string{"https://*.wallet.example"}})
	all := rpctest.Serve(t, rpc.Config{Backend: d, CORS: []string{"*"}})
	for _, c := range []struct {
		addr, origin string
		ok           bool
	}{
		{closed, "", true}, // not a browser
		{closed, "http://localhost", true},
		{closed, "https://wallet.example", false},
		{one, "https://wallet.example", true},
		{one, "HTTPS://Wallet.example", true},
		{one, "https://evil.example", false},
		{one, "https://wallet.example.evil.example", false},
		{one, "http://localhost", false},
		{wild, "https://a.wallet.example", true},
		{wild, "https://wallet.example", false},
		{wild, "http://a.wallet.example", false},
		{all, "https://any.example", true},
	} {
		conn, err := gethrpc.DialWebsocket(t.Context(), "ws://"+c.addr, c.origin)
		if (err == nil) != c.ok {
			t.Errorf("origin %q: %v, want ok %v", c.origin, err, c.ok)
		}
		if err != nil {
			continue
		}
		var id string
		if err := conn.CallContext(t.Context(), &id, "eth_chainId"); err != nil || id != "0xc72dd9d5e883e" {
			t.Errorf("origin %q: %s %v", c.origin, id, err)
		}
		conn.Close()
	}
}

func TestHTTPRequests(t *testing.T) {
	addr := rpctest.Serve(t, rpc.Config{Backend: rpctest.Conformance(t), BodyBytes: 1000})
	long := `{"jsonrpc":"2.0","id":1,"method":"web3_sha3","params":["0x` + strings.Repeat("00", 500) + `"]}`
	for _, c := range []struct {
		name, method, body string
		header             []string
		status             int
		want               string
	}{
		{"numeric id", "POST", chainID, nil, 200, `{"jsonrpc":"2.0","id":1,"result":"0xc72dd9d5e883e"}`},
		{"string id", "POST", `{"jsonrpc":"2.0","id":"a b","method":"eth_chainId"}`, nil, 200, `{"jsonrpc":"2.0","id":"a b","result":"0xc72dd9d5e883e"}`},
		{"health check", "GET", "", nil, 200, ""},
		{"put", "PUT", chainID, nil, 405, "method not allowed"},
		{"form", "POST", chainID, []string{"Content-Type", "text/plain"}, 415, "invalid content type, only application/json is supported"},
		{"form batch", "POST", "[" + chainID + "," + chainID + "]", []string{"Content-Type", "text/plain"}, 415, "invalid content type, only application/json is supported"},
		{"too long", "POST", long, nil, 413, fmt.Sprintf("content length too large (%d>1000)", len(long))},
		{"broken", "POST", `{"jsonrpc"`, nil, 200, `{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"parse error"}}`},
		{"broken batch", "POST", `[{"jsonrpc"`, nil, 200, `{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"parse error"}}`},
		{"subscription", "POST", `{"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["newHeads"]}`, nil, 200, `{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"notifications not supported"}}`},
		{"unknown", "POST", `{"jsonrpc":"2.0","id":1,"method":"eth_fillTransaction","params":[{}]}`, nil, 200, `{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"the method eth_fillTransaction does not exist/is not available"}}`},
	} {
		if r := request(t, c.method, addr, c.body, c.header...); r.status != c.status || strings.TrimSpace(r.body) != c.want {
			t.Errorf("%s: %d %s, want %d %s", c.name, r.status, r.body, c.status, c.want)
		}
	}
	// The limit holds for a body that does not say its length, too.
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+addr, io.MultiReader(strings.NewReader(long)))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("long body in chunks: %s", resp.Status)
	}
}

func TestBatch(t *testing.T) {
	addr := rpctest.Serve(t, rpc.Config{Backend: rpctest.Conformance(t), BatchItems: 5, BatchBytes: 300})
	hash := func(id string, size int) string {
		return fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"method":"debug_getRawHeader","params":["0x%x"]}`, id, size)
	}
	id := func(id string) string { return `{"jsonrpc":"2.0","id":` + id + `,"result":"0xc72dd9d5e883e"}` }
	ask := func(id string) string { return `{"jsonrpc":"2.0","id":` + id + `,"method":"eth_chainId"}` }
	invalid := `{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"invalid request"}}`
	for _, c := range []struct {
		name string
		in   []string
		want string
	}{
		{"one", []string{ask("1")}, "[" + id("1") + "]"},
		{"in order", []string{ask("3"), ask(`"x"`), ask("1")}, "[" + id("3") + "," + id(`"x"`) + "," + id("1") + "]"},
		{"empty", nil, `{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"empty batch"}}`},
		{"notification", []string{`{"jsonrpc":"2.0","method":"eth_chainId"}`, ask("1")}, "[" + id("1") + "]"},
		{"only notifications", []string{`{"jsonrpc":"2.0","method":"eth_chainId"}`, `{"jsonrpc":"2.0","method":"eth_chainId"}`}, ""},
		{"responses", []string{`{"jsonrpc":"2.0","id":1,"result":1}`, `{"jsonrpc":"2.0","id":1,"result":1}`}, ""},
		{"nonsense", []string{"1", ask("1"), "null", "[]", "[" + ask("2") + "]"}, "[" + invalid + "," + id("1") + "," + invalid + "," + invalid + "," + invalid + "]"},
		{"too many", []string{ask("9"), ask("2"), ask("3"), ask("4"), ask("5"), ask("6")}, `[{"jsonrpc":"2.0","id":9,"error":{"code":-32600,"message":"batch too large"}}]`},
	} {
		body := request(t, http.MethodPost, addr, "["+strings.Join(c.in, ",")+"]").body
		if strings.TrimSpace(body) != c.want {
			t.Errorf("%s: %s\nwant %s", c.name, body, c.want)
		}
	}
	// The first answer is over the limit by itself, so the rest of the batch is refused.
	body := request(t, http.MethodPost, addr, "["+strings.Join([]string{hash("1", 1), hash("2", 2), hash("3", 3)}, ",")+"]").body
	var answers []rpctest.Answer
	if err := json.Unmarshal([]byte(body), &answers); err != nil || len(answers) != 3 {
		t.Fatalf("%v: %s", err, body)
	}
	for i, a := range answers {
		tooLarge := a.Error != nil && a.Error.String() == "-32003 response too large"
		if string(a.ID) != fmt.Sprint(i+1) || i > 0 && !tooLarge || i == 0 && a.Error != nil && !tooLarge {
			t.Errorf("answer %d: %s %v", i, a.ID, a.Error)
		}
	}
}

// TestBatchInParallel: the requests of a batch do not wait for each other, or their round trips would add up.
func TestBatchInParallel(t *testing.T) {
	const n = 8
	d := rpctest.Conformance(t)
	var together sync.WaitGroup
	together.Add(n)
	d.Hook(func(_ context.Context, method string) error {
		if method == "Account" {
			together.Done()
			together.Wait() // for ever, if one of them waits to be asked until another is answered
		}
		return nil
	})
	addr := rpctest.Serve(t, rpc.Config{Backend: d})
	batch := make([]string, n)
	for i := range batch {
		batch[i] = fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"eth_getBalance","params":[%s]}`, i, someone)
	}
	body := request(t, http.MethodPost, addr, "["+strings.Join(batch, ",")+"]").body
	var answers []rpctest.Answer
	if err := json.Unmarshal([]byte(body), &answers); err != nil || len(answers) != n {
		t.Fatalf("%v: %s", err, body)
	}
	for i, a := range answers {
		if string(a.ID) != fmt.Sprint(i) || string(a.Result) != `"0x76"` {
			t.Errorf("answer %d: %s %s %v", i, a.ID, a.Result, a.Error)
		}
	}
}

// TestBatchInTime: a batch that cannot be answered in time is answered as far as it was, and the rest is told so.
func TestBatchInTime(t *testing.T) {
	const n = 100
	d := rpctest.Conformance(t)
	d.Hook(func(ctx context.Context, method string) error {
		if method == "Account" {
			<-ctx.Done()
			return ctx.Err()
		}
		return nil
	})
	addr := rpctest.Serve(t, rpc.Config{Backend: d, Timeout: 100 * time.Millisecond})
	batch := []string{`{"jsonrpc":"2.0","id":0,"method":"eth_chainId"}`}
	for i := 1; i < n; i++ {
		batch = append(batch, fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"eth_getBalance","params":[%s]}`, i, someone))
	}
	body := request(t, http.MethodPost, addr, "["+strings.Join(batch, ",")+"]").body
	var answers []rpctest.Answer
	if err := json.Unmarshal([]byte(body), &answers); err != nil || len(answers) != n {
		t.Fatalf("%v: %d answers in %s", err, len(answers), body)
	}
	if string(answers[0].Result) != `"0xc72dd9d5e883e"` {
		t.Errorf("what could be answered was not: %s %v", answers[0].Result, answers[0].Error)
	}
	for _, a := range answers[1:] {
		// go-ethereum's server says -32002 of those that were running, if it is first to notice.
		if a.Error == nil || a.Error.Code != rpc.CodeTimeout && a.Error.Code != -32002 {
			t.Fatalf("answer %s: %s %v", a.ID, a.Result, a.Error)
		}
	}
}

// TestBatchInOrder: what stands behind a transaction in a batch is asked when that has been sent.
func TestBatchInOrder(t *testing.T) {
	d := rpctest.Conformance(t)
	var asked []string // no lock: two at once would be a race
	d.Hook(func(_ context.Context, method string) error {
		if method == "SendTransaction" || method == "Storage" {
			asked = append(asked, method)
		}
		return nil
	})
	addr := rpctest.Serve(t, rpc.Config{Backend: d})
	var batch, want []string
	for i := range 20 {
		batch = append(
			batch,
			fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"eth_sendRawTransaction","params":[%s]}`, 2*i, rawTransaction),
			fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"eth_getStorageAt","params":[%s,"0x0"]}`, 2*i+1, someone),
		)
		want = append(want, "SendTransaction", "Storage")
	}
	request(t, http.MethodPost, addr, "["+strings.Join(batch, ",")+"]")
	if !slices.Equal(asked, want) {
		t.Errorf("asked in the order %v", asked)
	}
}

// TestConnectionLimit: connections beyond the limit wait, and are served when another ends.
func TestConnectionLimit(t *testing.T) {
	addr := rpctest.Serve(t, rpc.Config{Backend: rpctest.Conformance(t), Connections: 1})
	first, err := gethrpc.DialWebsocket(t.Context(), "ws://"+addr, "")
	if err != nil {
		t.Fatal(err)
	}
	second := make(chan error, 1)
	go func() {
		conn, err := gethrpc.DialWebsocket(t.Context(), "ws://"+addr, "")
		if err == nil {
			conn.Close()
		}
		second <- err
	}()
	var id string
	if err := first.CallContext(t.Context(), &id, "eth_chainId"); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-second:
		t.Fatalf("a second connection was served: %v", err)
	default:
	}
	first.Close()
	if err := <-second; err != nil {
		t.Fatal(err)
	}
}
