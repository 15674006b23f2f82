package node

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	gethrpc "github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/node/admin"
	"github.com/candela-les/candela/server/servertest"
	"github.com/candela-les/candela/wire/marketwire"
)

// untaken is what the operator is told of a method: why nothing is taken by it.
func (s *stall) untaken(t *testing.T, method string) string {
	t.Helper()
	office, err := admin.Dial(t.Context(), admin.SocketIn(s.dir))
	if err != nil {
		t.Fatal(err)
	}
	defer office.Close()
	all, err := office.Methods(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all.Methods {
		if m.Name == method {
			return m.Untaken
		}
	}
	t.Fatalf("no method %s: %+v", method, all)
	return ""
}

// establishes is why a client is refused that establishes a channel that nobody has opened.
func establishes(t *testing.T, b *servertest.Shopper, method string) marketwire.Reason {
	t.Helper()
	r, ok := b.Ask(&marketwire.Establish{Method: method, Opening: []byte{1}}).(*marketwire.Refused)
	if !ok {
		t.Fatal("it is not refused")
	}
	return r.Reason
}

// A server that starts while the chain is away takes nothing before that is back and payments fit it: its clients are told to wait, and its operator what is
// waited for. If they do not fit, clients are told to pay otherwise, and the operator which flag is wrong.
func TestTakesOnceSeen(t *testing.T) {
	t.Parallel()
	c := openPaychain(t)
	chain, err := c.RPC()
	if err != nil {
		t.Fatal(err)
	}
	other := gethrpc.NewServer()
	defer other.Stop()
	if err := other.RegisterName("eth", elsewhere{}); err != nil {
		t.Fatal(err)
	}
	for _, try := range []struct {
		name   string
		back   http.Handler
		method string
		change func(cfg *ServerConfig)
		flag   string // nothing: it fits
		reason marketwire.Reason
	}{
		{"fits", chain, "channel", func(*ServerConfig) {}, "", marketwire.PaymentMalformed},
		{"another token", chain, "channel", func(cfg *ServerConfig) { cfg.Sell.Token = receiver }, "--sell.token", marketwire.NoMethod},
		{"no factory", chain, "cheque", func(cfg *ServerConfig) {
			cfg.Take.Methods, cfg.Take.Factory = []string{"cheque"}, c.Token.Hex()
		}, "--pay.factory", marketwire.NoMethod},
		{"other decimals", chain, "channel", func(cfg *ServerConfig) { cfg.Sell.Decimals = 18 }, "--sell.decimals", marketwire.NoMethod},
		{"another chain", other, "channel", func(*ServerConfig) {}, "--pay.rpc", marketwire.NoMethod},
	} {
		var back atomic.Bool
		node := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !back.Load() {
				http.Error(w, "away", http.StatusServiceUnavailable)
				return
			}
			try.back.ServeHTTP(w, r)
		}))
		s := openStall(t, c.Dev, try.name, taking(c), func(cfg *ServerConfig) { cfg.Take.RPC = node.URL }, try.change)
		b := s.visit(t, "who pays a server that "+try.name)
		if why := s.untaken(t, try.method); !strings.Contains(why, "has not been seen") {
			t.Errorf("%s: while the chain is away its operator is told %q", try.name, why)
		}
		if got := establishes(t, b, try.method); got != marketwire.ChainUnseen {
			t.Errorf("%s: while the chain is away a client is refused with %v", try.name, got)
		}
		back.Store(true)
		eventually(t, try.name+": nobody looks again", func() bool { return !strings.Contains(s.untaken(t, try.method), "has not been seen") })
		if why := s.untaken(t, try.method); (why == "") != (try.flag == "") || !strings.Contains(why, try.flag) {
			t.Errorf("%s: its operator is told %q", try.name, why)
		}
		if got := establishes(t, b, try.method); got != try.reason {
			t.Errorf("%s: a client is refused with %v, and not with %v", try.name, got, try.reason)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		node.Close()
	}
}
