// Package attachedtest stands between a source and the node that it is attached to,
// and spoils what passes: methods go missing, answers are changed, the node is slow,
// hangs, dies and comes back.
package attachedtest

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"
)

// Call is one JSON-RPC request on its way.
type Call struct {
	ID     json.RawMessage   `json:"id"`
	Method string            `json:"method"`
	Params []json.RawMessage `json:"params"`
}

// Reply is what is answered to it.
type Reply struct {
	Version string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"`
	Result  json.RawMessage `json:"result,omitempty"`
	Error   *Error          `json:"error,omitempty"`
}

// Error is a JSON-RPC error.
type Error struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// NoMethod is the error for a method that a node does not have.
func NoMethod(method string) *Error {
	return &Error{-32601, "the method " + method + " does not exist/is not available"}
}

// Proxy is an HTTP endpoint in front of a node. Its address stays the same when it is
// stopped and started again.
type Proxy struct {
	node http.Handler
	addr string

	mu      sync.Mutex
	server  *http.Server
	done    chan struct{}
	calls   map[string]int
	trips   int
	before  func(*http.Request, int) int // HTTP status to refuse a message with
	instead func(Call) *Reply
	rewrite func(*Call)
	change  func(Call, *Reply)
}

// NewProxy starts a proxy, which ends with the test.
func NewProxy(t testing.TB, node http.Handler) *Proxy {
	t.Helper()
	p := &Proxy{node: node, addr: "127.0.0.1:0", calls: make(map[string]int)}
	p.Start(t)
	t.Cleanup(p.Stop)
	return p
}

// URL is where the proxy is reached.
func (p *Proxy) URL() string { return "http://" + p.addr }

// Start listens again.
func (p *Proxy) Start(t testing.TB) {
	t.Helper()
	listener, err := net.Listen("tcp", p.addr)
	if err != nil {
		t.Fatal(err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.addr = listener.Addr().String()
	p.server, p.done = &http.Server{Handler: http.HandlerFunc(p.serve)}, make(chan struct{})
	go func(server *http.Server, done chan struct{}) {
		defer close(done)
		_ = server.Serve(listener)
	}(p.server, p.done)
}

// Stop ends all connections and listens no more.
func (p *Proxy) Stop() {
	p.mu.Lock()
	server, done := p.server, p.done
	p.server = nil
	p.mu.Unlock()
	if server != nil {
		_ = server.Close()
		<-done
	}
}

// Refuse lets f say with which HTTP status a message with so many requests is refused;
// 0 lets it pass. It may wait.
func (p *Proxy) Refuse(f func(r *http.Request, requests int) int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.before = f
}

// Answer lets f answer in the node's place; nil passes the request on.
func (p *Proxy) Answer(f func(Call) *Reply) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.instead = f
}

// Rewrite lets f change what the node is asked.
func (p *Proxy) Rewrite(f func(*Call)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.rewrite = f
}

// Change lets f change what the node answers.
func (p *Proxy) Change(f func(Call, *Reply)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.change = f
}

// Without takes methods away, as Answer.
func (p *Proxy) Without(methods ...string) {
	p.Answer(func(c Call) *Reply {
		for _, method := range methods {
			if c.Method == method {
				return &Reply{Error: NoMethod(method)}
			}
		}
		return nil
	})
}

// Calls returns how often a method was asked for, and Trips how many messages came.
func (p *Proxy) Calls(method string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.calls[method]
}

// Total returns how many requests there were.
func (p *Proxy) Total() (total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, n := range p.calls {
		total += n
	}
	return total
}

// Trips returns how many messages there were.
func (p *Proxy) Trips() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.trips
}

func (p *Proxy) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	var calls []Call
	batch := len(body) > 0 && body[0] == '['
	if batch {
		err = json.Unmarshal(body, &calls)
	} else {
		calls = make([]Call, 1)
		err = json.Unmarshal(body, &calls[0])
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	p.mu.Lock()
	p.trips++
	for _, c := range calls {
		p.calls[c.Method]++
	}
	before := p.before
	p.mu.Unlock()
	if before != nil {
		if status := before(r, len(calls)); status != 0 {
			http.Error(w, http.StatusText(status), status)
			return
		}
	}
	replies := make([]*Reply, len(calls))
	for i, c := range calls {
		replies[i] = p.reply(c)
	}
	w.Header().Set("Content-Type", "application/json")
	if batch {
		_ = json.NewEncoder(w).Encode(replies)
	} else {
		_ = json.NewEncoder(w).Encode(replies[0])
	}
}

// reply asks the node, unless a test answers in its place.
func (p *Proxy) reply(c Call) *Reply {
	p.mu.Lock()
	instead, rewrite, change := p.instead, p.rewrite, p.change
	p.mu.Unlock()
	if rewrite != nil {
		rewrite(&c)
	}
	if instead != nil {
		if reply := instead(c); reply != nil {
			reply.Version, reply.ID = "2.0", c.ID
			return reply
		}
	}
	body, err := json.Marshal(map[string]any{"jsonrpc": "2.0", "id": c.ID, "method": c.Method, "params": c.Params})
	if err != nil {
		panic(err) // it was decoded from JSON
	}
	request, err := http.NewRequest(http.MethodPost, "/", bytes.NewReader(body))
	if err != nil {
		panic(err) // the URL is good
	}
	request.Header.Set("Content-Type", "application/json")
	recorder := &recorder{header: make(http.Header)}
	p.node.ServeHTTP(recorder, request)
	reply := new(Reply)
	if err := json.Unmarshal(recorder.body.Bytes(), reply); err != nil {
		return &Reply{Version: "2.0", ID: c.ID, Error: &Error{-32603, err.Error()}}
	}
	if change != nil {
		change(c, reply)
	}
	return reply
}

// recorder takes down a response in memory.
type recorder struct {
	header http.Header
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header         { return r.header }
func (r *recorder) Write(b []byte) (int, error) { return r.body.Write(b) }
func (r *recorder) WriteHeader(int)             {}

// Handler is a node behind the proxy's reading of messages, without a socket.
func Handler(node http.Handler) http.Handler {
	p := &Proxy{node: node, calls: make(map[string]int)}
	return http.HandlerFunc(p.serve)
}

// RoundTripper is a transport that hands messages straight to a node, so that a test
// can have a clock of its own. It tells how many requests each message holds.
func RoundTripper(count func(requests int), node http.Handler) http.RoundTripper {
	return roundTripper(func(r *http.Request) (*http.Response, error) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		var calls []Call
		if json.Unmarshal(body, &calls) != nil {
			calls = make([]Call, 1)
		}
		count(len(calls))
		again := r.Clone(r.Context())
		again.Body = io.NopCloser(bytes.NewReader(body))
		recorder := &recorder{header: make(http.Header)}
		node.ServeHTTP(recorder, again)
		return &http.Response{
			StatusCode: http.StatusOK, Header: recorder.header, Body: io.NopCloser(&recorder.body), Request: r,
		}, nil
	})
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
