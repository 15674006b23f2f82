package rpc_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/rpc"
	"github.com/candela-les/candela/rpc/rpctest"
)

// A demand is shown, changed, and told to make no sense.
func TestDemand(t *testing.T) {
	addr := rpctest.Serve(t, rpc.Config{Backend: rpctest.Conformance(t)})
	var got bidder.DemandStatus
	rpctest.Result(t, addr, "candela_demand", "", &got)
	if !got.Free || got.Demand != "free" {
		t.Errorf("before: %+v", got)
	}
	rpctest.Result(t, addr, "candela_demand", `"wallet price=10 budget=2000"`, &got)
	if got.Free || got.Need != 10_000 || got.Servers != 2 || got.Short == "" {
		t.Errorf("after: %+v", got)
	}
	// Money is in decimal strings, for it need not fit into a number of JavaScript's.
	a := rpctest.Ask(t, addr, "candela_demand", "")
	for _, want := range []string{`"price":"10000000"`, `"budget":"2000"`, `"demand":"wallet price=10 budget=2000"`} {
		if !strings.Contains(string(a.Result), want) {
			t.Errorf("%s is not in %s", want, a.Result)
		}
	}
	for _, bad := range []string{`"wallet"`, `"wallet price=much"`, `7`} {
		if a := rpctest.Ask(t, addr, "candela_demand", bad); a.Error == nil || a.Error.Code != -32602 {
			t.Errorf("%s: %s %v", bad, a.Result, a.Error)
		}
	}
	rpctest.Result(t, addr, "candela_demand", "", &got)
	if got.Demand != "wallet price=10 budget=2000" {
		t.Errorf("what makes no sense was taken: %+v", got)
	}
}

func TestMarketAndSpending(t *testing.T) {
	addr := rpctest.Serve(t, rpc.Config{Backend: rpctest.Conformance(t)})
	for method, wants := range map[string][]string{
		"candela_market": {
			`"currency":"TST"`, `"bid":["5000000"]`, `"rate":"3000000"`, `"terms":null`, `"account":null`,
			`"token":"0x0000000000000000000000000000000000000000"`, `"losing":[]`,
		},
		"candela_spending": {`"today":"18446744073709551616"`, `"day":"1970-01-02T00:00:00Z"`, `"proofs":[]`, `"currency":null`},
	} {
		a := rpctest.Ask(t, addr, method, "")
		for _, want := range wants {
			if !strings.Contains(string(a.Result), want) {
				t.Errorf("%s: %s is not in %s %v", method, want, a.Result, a.Error)
			}
		}
	}
}

// Where nothing can be bought, that is said by a code of its own.
func TestNotBuying(t *testing.T) {
	d := rpctest.Conformance(t)
	addr := rpctest.Serve(t, rpc.Config{Backend: d})
	for err, code := range map[error]int{client.ErrNotBuying: rpc.CodeNotBuying, bidder.ErrClosed: rpc.CodeNoServer} {
		d.Fail(err)
		for _, ask := range [][2]string{
			{"candela_demand", ""},
			{"candela_demand", `"free"`},
			{"candela_market", ""},
			{"candela_spending", ""},
		} {
			if a := rpctest.Ask(t, addr, ask[0], ask[1]); a.Error == nil || a.Error.Code != code {
				t.Errorf("%v, %v: %s %v", err, ask, a.Result, a.Error)
			}
		}
	}
	d.Fail(errors.New("something else"))
	if a := rpctest.Ask(t, addr, "candela_market", ""); a.Error == nil || a.Error.Code != -32000 {
		t.Errorf("%v", a.Error)
	}
}
