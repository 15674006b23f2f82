package rpc

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// batchWorkers is how many requests of one batch run at the same time. Each may wait for a server far away, so one after
// the other would add their round trips up.
const batchWorkers = 16

// batches runs the requests of an HTTP batch side by side, each as a request of its own through next, and answers in the
// order asked. From the first transaction that is sent on they run one after the other instead: what follows it may
// count on it. What is no proper batch, or too large a one, goes to next as it is: it has the right error for it.
type batches struct {
	next    http.Handler
	items   int           // most requests in a batch
	bytes   int           // most bytes of answers; the requests beyond get an error
	body    int64         // most bytes of a request
	timeout time.Duration // of the whole batch; the requests beyond get an error
}

// ServeHTTP implements http.Handler.
func (b *batches) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost || r.ContentLength > b.body {
		b.next.ServeHTTP(w, r)
		return
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, b.body+1))
	if err != nil {
		http.Error(w, "read error", http.StatusBadRequest)
		return
	}
	var requests []json.RawMessage
	if !startsArray(body) || json.Unmarshal(body, &requests) != nil || len(requests) < 2 || len(requests) > b.items {
		b.next.ServeHTTP(w, withBody(r, body))
		return
	}
	answers := b.run(r, requests)
	for _, a := range answers {
		if a.status != 0 && a.status != http.StatusOK { // the same for all: a header that next does not accept
			a.replay(w)
			return
		}
	}
	write(w, b.assemble(requests, answers))
}

func (b *batches) run(r *http.Request, requests []json.RawMessage) []answer {
	ctx, cancel := context.WithTimeout(r.Context(), b.timeout)
	defer cancel()
	r = r.WithContext(ctx)
	run := batchRun{batches: b, request: r, requests: requests, answers: make([]answer, len(requests))}
	ordered := slices.IndexFunc(requests, sends)
	if ordered < 0 {
		ordered = len(requests)
	}
	var (
		next atomic.Int64
		wg   sync.WaitGroup
	)
	for range min(batchWorkers, ordered) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= ordered || !run.one(i) {
					return
				}
			}
		})
	}
	wg.Wait()
	for i := ordered; i < len(requests) && run.one(i); i++ {
	}
	return run.answers
}

// sends says whether a request is to send a transaction. One that hides its method's name behind JSON escapes only
// loses its place in the order.
func sends(request json.RawMessage) bool {
	return bytes.Contains(request, []byte(`"eth_sendRawTransaction"`))
}

// batchRun is a batch that is being answered.
type batchRun struct {
	*batches
	request  *http.Request
	requests []json.RawMessage
	answers  []answer
	total    atomic.Int64 // bytes
}

// one answers a request, unless there is no room or no time left for it.
func (b *batchRun) one(i int) bool {
	if b.total.Load() > int64(b.bytes) {
		return false
	}
	if b.request.Context().Err() != nil {
		b.answers[i].late = true
		return true // so that the others are marked too
	}
	request := b.requests[i]
	if startsArray(request) {
		request = []byte("null") // a batch in a batch is an invalid request, not a batch
	}
	b.answers[i].done = true
	b.next.ServeHTTP(&b.answers[i], withBody(b.request, request))
	b.total.Add(int64(b.answers[i].body.Len()))
	return true
}

// assemble joins the answers in order. Notifications have none.
func (b *batches) assemble(requests []json.RawMessage, answers []answer) []byte {
	out, size := []byte{'['}, 0
	for i := range answers {
		body := bytes.TrimSpace(answers[i].body.Bytes())
		switch {
		case answers[i].late:
			body = failed(requests[i], CodeTimeout, "the batch took too long: ask for less at once")
		case !answers[i].done || size > b.bytes:
			body = failed(requests[i], codeTooLarge, "response too large")
		}
		size += len(body)
		if len(body) == 0 {
			continue
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(out, body...)
	}
	if len(out) == 1 {
		return nil
	}
	return append(out, ']')
}

// codeTooLarge is go-ethereum's code for a batch whose answers there is no room for.
const codeTooLarge = -32003

// failed is the answer to a request that was not run, nothing for a notification.
func failed(request json.RawMessage, code int, message string) []byte {
	var call struct {
		ID json.RawMessage `json:"id"`
	}
	if json.Unmarshal(request, &call) != nil || len(call.ID) == 0 {
		return nil
	}
	return fmt.Appendf(nil, `{"jsonrpc":"2.0","id":%s,"error":{"code":%d,"message":%q}}`, call.ID, code, message)
}

func write(w http.ResponseWriter, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(body) // the client is gone if it fails
}

func startsArray(raw []byte) bool {
	raw = bytes.TrimLeft(raw, " \t\r\n")
	return len(raw) > 0 && raw[0] == '['
}

// withBody is r with another body.
func withBody(r *http.Request, body []byte) *http.Request {
	c := r.WithContext(r.Context())
	c.Body = io.NopCloser(bytes.NewReader(body))
	c.ContentLength = int64(len(body))
	return c
}

// answer is the response to one request of a batch, kept.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
	done   bool // it was run
	late   bool // it was not, for want of time
}

// Header implements http.ResponseWriter.
func (a *answer) Header() http.Header {
	if a.header == nil {
		a.header = make(http.Header)
	}
	return a.header
}

// WriteHeader implements http.ResponseWriter.
func (a *answer) WriteHeader(status int) { a.status = status }

// Write implements http.ResponseWriter.
func (a *answer) Write(p []byte) (int, error) { return a.body.Write(p) }

func (a *answer) replay(w http.ResponseWriter) {
	maps.Copy(w.Header(), a.header)
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body.Bytes())
}
