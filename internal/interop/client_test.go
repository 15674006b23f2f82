package interop

import (
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/candela-les/candela/internal/proctest"
)

// candelaServer is a running candela serve.
type candelaServer struct {
	*proctest.Process
	enode   string
	metrics string  // URL
	ended   float64 // sessions, before those that must not end
}

// serve starts candela serve on the chain that the miner makes.
func (w *world) serve(name string, miner *geth, args ...string) *candelaServer {
	w.Helper()
	metrics := "127.0.0.1:" + proctest.FreePort(w)
	s := &candelaServer{metrics: "http://" + metrics + "/metrics"}
	s.Process = w.start(name, w.candela, append([]string{
		"serve", "--datadir", w.path(name), "--genesis", genesisFile, "--follow", miner.url,
		"--addr", "127.0.0.1", "--port", "0", "--metrics.addr", metrics,
	}, args...)...)
	s.enode = s.Await("serving ")
	return s
}

// metric returns the sum of a metric's samples whose labels match.
func metric(t testing.TB, url, name, labels string) (sum float64) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, sample := range regexp.MustCompile(`(?m)^`+name+`(\{.*\})? (\S+)$`).FindAllStringSubmatch(string(text), -1) {
		var value float64
		if _, err := fmt.Sscan(sample[2], &value); err != nil {
			t.Fatalf("%s: %v", sample[0], err)
		}
		if strings.Contains(sample[1], labels) {
			sum += value
		}
	}
	return sum
}

// await waits until the server takes clients of a version in. les/2 and les/3 have
// to wait until the index of transactions is complete.
func (s *candelaServer) await(w *world, version uint) {
	w.Helper()
	proctest.Eventually(w, fmt.Sprintf("les/%d is not served", version), func() bool {
		_, err := w.load(s.enode, version, "headers", "--duration", "100ms", "--connections", "1")
		return err == nil
	})
	s.ended = metric(w, s.metrics, disconnects, "")
}

const disconnects = "candela_server_disconnects_total"

// undisturbed wants a server that never told anybody to stop, and never hung up
// since await.
func (s *candelaServer) undisturbed(t testing.TB) {
	t.Helper()
	if n := metric(t, s.metrics, "candela_server_stops_total", ""); n != 0 {
		t.Errorf("%v stops", n)
	}
	if n := metric(t, s.metrics, disconnects, "") - s.ended; n != 0 {
		t.Errorf("%v sessions ended", n)
	}
}

// TestGethClient is go-ethereum's light client on candela serve, which follows the
// chain of a go-ethereum that mines: as an ultra light client that goes by signed
// heads and as a plain one, and over the older versions of the protocol that a client
// falls back to when nothing newer is offered.
func TestGethClient(t *testing.T) {
	w := newWorld(t)
	miner := w.newMiner("--syncmode", "full")
	transactions := miner.traffic(2)
	newest := w.serve("serve", miner)
	type client struct {
		*geth
		server  *candelaServer
		version uint
	}
	clients := map[string]*client{
		"plain": {nil, newest, 4},
		"ultra": {nil, newest, 4},
		"les3":  {nil, w.serve("serve3", miner, "--les", "3"), 3},
		"les2":  {nil, w.serve("serve2", miner, "--les", "2"), 2},
	}
	for _, c := range clients {
		c.server.await(w, c.version)
	}
	for name, c := range clients {
		if name == "ultra" {
			c.geth = w.newLight(name, "--ulc.servers", c.server.enode)
		} else {
			c.geth = w.newLight(name)
			c.connect(c.server.enode)
		}
	}
	// each runs a step for all clients, which are ahead or behind by themselves.
	each := func(step string, do func(t *testing.T, c *client)) {
		t.Helper()
		t.Run(step, func(t *testing.T) {
			for name, c := range clients {
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					do(t, c)
				})
			}
		})
		if t.Failed() {
			t.FailNow()
		}
	}
	each("sync", func(t *testing.T, c *client) {
		block := awaitHead(t, c.url, miner.url)
		if v := c.spoken(); v != c.version {
			t.Errorf("les/%d is spoken", v)
		}
		sameAnswers(t, c.url, miner.url, block, transactions)
	})
	each("follow", func(t *testing.T, c *client) {
		follow(t, c.url, miner.url)
	})
	t.Run("send", func(t *testing.T) { // one after the other: they share an account
		for name, c := range clients {
			t.Run(name, func(t *testing.T) { transactions = append(transactions, sendThrough(t, c.url, miner)) })
		}
	})
	changed, hash := miner.rewind(3)
	each("reorg", func(t *testing.T, c *client) {
		awaitBlock(t, c.url, changed, hash)
		sameAnswers(t, c.url, miner.url, awaitHead(t, c.url, miner.url), transactions)
	})
	for _, c := range clients {
		c.server.undisturbed(t)
	}
}
