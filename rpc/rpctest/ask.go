package rpctest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// Answer is a JSON-RPC response.
type Answer struct {
	ID     json.RawMessage `json:"id"`
	Result json.RawMessage `json:"result"`
	Error  *Problem        `json:"error"`
}

// Problem is the error of an Answer.
type Problem struct {
	Code    int             `json:"code"`
	Message string          `json:"message"`
	Data    json.RawMessage `json:"data"`
}

// String is CODE MESSAGE DATA.
func (p *Problem) String() string {
	return strings.TrimSpace(fmt.Sprintf("%d %s %s", p.Code, p.Message, p.Data))
}

// Ask calls a method whose parameters are given as JSON, and returns the answer.
func Ask(tb testing.TB, addr, method, params string) *Answer {
	tb.Helper()
	body, err := Post(tb.Context(), addr, fmt.Appendf(nil, `{"jsonrpc":"2.0","id":7,"method":%q,"params":[%s]}`, method, params))
	if err != nil {
		tb.Fatal(err)
	}
	a := new(Answer)
	if err := json.Unmarshal(body, a); err != nil {
		tb.Fatalf("%s: %v in %q", method, err, body)
	}
	return a
}

// Result is Ask for a call that must succeed; the result is decoded into v.
func Result(tb testing.TB, addr, method, params string, v any) {
	tb.Helper()
	a := Ask(tb, addr, method, params)
	if a.Error != nil {
		tb.Fatalf("%s(%s): %v", method, params, a.Error)
	}
	if err := json.Unmarshal(a.Result, v); err != nil {
		tb.Fatalf("%s(%s): %v in %s", method, params, err, a.Result)
	}
}
