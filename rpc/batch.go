package rpc

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"sync"
	"sync/atomic"
)

// batchWorkers is how many requests of one batch run at the same time. Each may wait for a server far away, so one after
// the other would add their round trips up.
const batchWorkers = 16

// batches runs the requests of an HTTP batch side by side, each as a request of its own through next, and answers in the
// order asked. What is no proper batch, or too large a one, goes to next as it is: it has the right error for it.
type batches struct {
	next  http.Handler
	items int   // most requests in a batch
	bytes int   // most bytes of answers; the requests beyond get an error
	body  int64 // most bytes of a request
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
	var (
		answers = make([]answer, len(requests))
		next    atomic.Int64
		total   atomic.Int64
		wg      sync.WaitGroup
	)
	for range min(batchWorkers, len(requests)) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(requests) || total.Load() > int64(b.bytes) || r.Context().Err() != nil {
					return
				}
				request := requests[i]
				if startsArray(request) {
					request = []byte("null") // a batch in a batch is an invalid request, not a batch
				}
				answers[i].done = true
				b.next.ServeHTTP(&answers[i], withBody(r, request))
				total.Add(int64(answers[i].body.Len()))
			}
		})
	}
	wg.Wait()
	return answers
}

// assemble joins the answers in order. Notifications have none.
func (b *batches) assemble(requests []json.RawMessage, answers []answer) []byte {
	out, size := []byte{'['}, 0
	for i := range answers {
		body := bytes.TrimSpace(answers[i].body.Bytes())
		if !answers[i].done || size > b.bytes {
			body = tooLarge(requests[i])
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

// tooLarge is the answer to a request that there was no room to answer, in go-ethereum's words.
func tooLarge(request json.RawMessage) []byte {
	var call struct {
		ID json.RawMessage `json:"id"`
	}
	if json.Unmarshal(request, &call) != nil || len(call.ID) == 0 {
		return nil
	}
	return []byte(`{"jsonrpc":"2.0","id":` + string(call.ID) + `,"error":{"code":-32003,"message":"response too large"}}`)
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
	done   bool
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
