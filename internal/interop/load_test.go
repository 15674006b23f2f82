package interop

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/internal/proctest"
	"github.com/candela-les/candela/node/bench"
)

// loadSpan is how long each direction is loaded: INTEROP_LOAD, or what is enough for
// a buffer to run empty.
func loadSpan(t testing.TB) time.Duration {
	t.Helper()
	text := os.Getenv("INTEROP_LOAD")
	if text == "" {
		return 5 * time.Second
	}
	span, err := time.ParseDuration(text)
	if err != nil {
		t.Fatalf("INTEROP_LOAD: %v", err)
	}
	return span
}

// load runs candela bench les, which obeys the flow control that the server announces
// and spends all that it permits.
func (w *world) load(target string, version uint, requests string, args ...string) (bench.Result, error) {
	out, err := output(w.candela, append([]string{
		"bench", "les", "--target", target, "--les", fmt.Sprint(version), "--requests", requests,
		"--address", counter, "--json", "--log.level", "error",
	}, args...)...)
	if err != nil {
		return bench.Result{}, err
	}
	var result bench.Result
	return result, json.Unmarshal([]byte(out), &result)
}

// measured are the flags and the URL of a geth's metrics.
func (w *world) measured() (flags []string, url string) {
	w.Helper()
	port := proctest.FreePort(w)
	return []string{"--metrics", "--metrics.addr", "127.0.0.1", "--metrics.port", port},
		"http://127.0.0.1:" + port + "/debug/metrics/prometheus"
}

// undisturbed wants a LES server of geth that never stopped a client, and has lost
// none but those that left.
func (g *geth) undisturbed(t testing.TB, metrics string, left float64) {
	t.Helper()
	for name, want := range map[string]float64{
		"les_server_clientEvent_freeze":         0,
		"les_server_clientEvent_error":          0,
		"vflux_server_clientEvent_disconnected": left,
	} {
		if have := metric(t, metrics, name, ""); have != want {
			t.Errorf("%s %s: %v, want %v", g.name, name, have, want)
		}
	}
	if strings.Contains(g.Log(), "Request came too early") {
		t.Errorf("%s was asked too early", g.name)
	}
}

// TestLoadOnGeth spends all that a geth server's flow control permits, as the clients
// of its own three versions, with every kind of request.
func TestLoadOnGeth(t *testing.T) {
	w := newWorld(t)
	flags, metrics := w.measured()
	server := w.newMiner(append(serving(), flags...)...)
	server.traffic(2)
	loads := []struct {
		requests string
		version  uint
		batch    int
	}{{"headers", 4, 64}, {"bodies", 4, 16}, {"receipts", 4, 16}, {"proofs", 4, 16}, {"code", 4, 16}, {"proofs", 3, 1}, {"proofs", 2, 1}}
	const connections = 2
	var wg sync.WaitGroup
	for _, l := range loads {
		wg.Go(func() {
			r, err := w.load(server.enode, l.version, l.requests, "--duration", loadSpan(t).String(),
				"--connections", fmt.Sprint(connections), "--batch", fmt.Sprint(l.batch), "--pipeline", "4")
			switch {
			case err != nil:
				t.Errorf("%s: %v", l.requests, err)
			case r.Errors != 0 || r.Stops != 0 || r.RequestsPerSecond == 0:
				t.Errorf("%+v", r)
			default:
				t.Logf("les/%d %-8s in %2d: %6.0f requests/s for %.0f s, p50 %.1f ms, p99 %.1f ms; %d errors, %d stops",
					l.version, l.requests, l.batch, r.RequestsPerSecond, r.Seconds, r.P50, r.P99, r.Errors, r.Stops)
			}
		})
	}
	wg.Wait()
	proctest.Eventually(t, "connections remain", func() bool {
		return metric(t, metrics, "vflux_server_clientEvent_disconnected", "") >= float64(connections*len(loads))
	})
	server.undisturbed(t, metrics, float64(connections*len(loads)))
}

// TestLoadFromGeth has wallets ask geth light clients for what they do not know yet,
// faster than a candela server's flow control lets them.
func TestLoadFromGeth(t *testing.T) {
	w := newWorld(t)
	miner := w.newMiner("--syncmode", "full")
	transactions := miner.traffic(2)
	for name, version := range map[string]uint{"plain": 4, "les2": 2} {
		t.Run(name, func(t *testing.T) {
			server := w.serve("serve-"+name, miner, "--les", fmt.Sprint(version))
			server.await(w, version)
			light := w.newLight(name)
			light.connect(server.enode)
			awaitHead(t, light.url, miner.url)
			readALot(t, light.url, transactions)
			server.undisturbed(t)
		})
	}
}

// TestLoadFromCandela has wallets ask candela light, which asks two servers of geth.
func TestLoadFromCandela(t *testing.T) {
	w := newWorld(t)
	flags, minerMetrics := w.measured()
	miner := w.newMiner(append(serving(), flags...)...)
	flags, metrics := w.measured()
	second := w.newFollower("second", miner, flags...)
	transactions := miner.traffic(2)
	awaitHead(t, second.url, miner.url)
	light := w.start("light", w.candela, "light", "--trusted", miner.enode+","+second.enode, "--fraction", "100",
		"--genesis", genesisFile, "--http.port", "0").Await("rpc ")
	readALot(t, light, transactions)
	miner.undisturbed(t, minerMetrics, 0)
	second.undisturbed(t, metrics, 0)
}

// readALot asks a client from many connections at once, mostly for what it cannot
// know yet, and wants an answer to every question.
func readALot(t *testing.T, url string, transactions []string) {
	t.Helper()
	const workers = 16
	client, err := rpc.DialOptions(t.Context(), url, rpc.WithHTTPClient(&http.Client{
		Transport: &http.Transport{MaxIdleConnsPerHost: workers},
	}))
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	ctx, cancel := context.WithTimeout(t.Context(), loadSpan(t))
	defer cancel()
	var (
		wg   sync.WaitGroup
		mu   sync.Mutex
		took []time.Duration
	)
	known := height(t, url)
	for range workers {
		wg.Go(func() {
			for ctx.Err() == nil {
				method, params := anyQuestion(known, transactions)
				begin := time.Now()
				var answer json.RawMessage
				err := client.CallContext(t.Context(), &answer, method, params...)
				mu.Lock()
				took = append(took, time.Since(begin))
				mu.Unlock()
				if err != nil || len(answer) == 0 || string(answer) == "null" {
					t.Errorf("%s %v: %s, %v", method, params, answer, err)
					cancel()
				}
			}
		})
	}
	wg.Wait()
	slices.Sort(took)
	t.Logf("%.0f answers/s for %v, p50 %v, p99 %v, at most %v", float64(len(took))/loadSpan(t).Seconds(), loadSpan(t),
		took[len(took)/2], took[len(took)*99/100], took[len(took)-1])
}

// anyQuestion is one of those that wallets have, drawn at random.
func anyQuestion(known uint64, transactions []string) (method string, params []any) {
	account := fmt.Sprintf("0x%040x", rand.Uint64())
	switch n := rand.IntN(100); {
	case n < 40:
		return "eth_getBalance", []any{account, "latest"}
	case n < 70:
		return "eth_getStorageAt", []any{counter, fmt.Sprintf("%#x", rand.Uint64()), "latest"}
	case n < 85:
		return "eth_call", []any{map[string]any{"to": counter, "from": account}, "latest"}
	case n < 95:
		return "eth_getBlockByNumber", []any{fmt.Sprintf("%#x", 1+rand.Uint64N(known)), true}
	default:
		return "eth_getTransactionReceipt", []any{transactions[rand.IntN(len(transactions))]}
	}
}
