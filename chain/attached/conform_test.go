package attached_test

import (
	"testing"

	"github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/chain/attached/attachedtest"
	"github.com/candela-les/candela/chain/chaintest"
	"github.com/candela-les/candela/chain/embedded/devtest"
)

// TestConforms runs the whole suite over each transport, and over nodes that lack one
// thing or another.
func TestConforms(t *testing.T) {
	transports := map[string]func(*testing.T, *rpc.Server) string{
		"http": func(t *testing.T, s *rpc.Server) string { t.Helper(); return serveHTTP(t, s) },
		"ws":   serveWS,
		"ipc":  serveIPC,
	}
	for name, serve := range transports {
		t.Run(name, func(t *testing.T) {
			noLeaks(t)
			dev, s := devtest.Open(t, ""), devtest.NewSender(2)
			devtest.Populate(t, dev, s, 12)
			source := open(t, config(t, serve(t, serverOf(t, dev.Node))))
			want := chain.Capabilities{Witness: true, LogCandidates: true, TxRelay: true}
			if got := source.Capabilities(); got != want {
				t.Errorf("capabilities %+v, want %+v", got, want)
			}
			chaintest.Run(t, harness(t, dev, s, source))
		})
	}
	raw := []string{"debug_getRawHeader", "debug_getRawBlock", "debug_getRawReceipts"}
	for name, without := range map[string][]string{
		"json":           raw,
		"one by one":     append([]string{"eth_getBlockReceipts"}, raw...),
		"access list":    {"debug_traceCall"},
		"no foretelling": {"debug_traceCall", "eth_createAccessList"},
		"no logs":        {"eth_getLogs"},
		"no config":      {"debug_chainConfig"},
	} {
		t.Run(name, func(t *testing.T) {
			noLeaks(t)
			dev, s := devtest.Open(t, ""), devtest.NewSender(2)
			devtest.Populate(t, dev, s, 12)
			proxy := attachedtest.NewProxy(t, serverOf(t, dev.Node))
			proxy.Without(without...)
			source := open(t, config(t, proxy.URL()))
			chaintest.Run(t, harness(t, dev, s, source))
		})
	}
}
