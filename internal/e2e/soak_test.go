package e2e

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"fmt"
	"math/big"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/node"
)

// soakTime is how long TestSoak runs; CANDELA_SOAK=2h for the real thing.
func soakTime(t *testing.T) time.Duration {
	text := os.Getenv("CANDELA_SOAK")
	if text == "" {
		return 90 * time.Second
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		t.Fatalf("CANDELA_SOAK: %v", err)
	}
	return d
}

// laggard is a source that learns of every head a while after the others: servers
// that stand on different nodes never quite agree on the newest block.
type laggard struct {
	chain.Source
	delay time.Duration

	mu   sync.Mutex
	head chain.Head
}

func newLaggard(source chain.Source, delay time.Duration) *laggard {
	return &laggard{Source: source, delay: delay, head: source.Head()}
}

func (l *laggard) Head() chain.Head {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.head
}

func (l *laggard) Heads(out chan<- chain.Head) (stop func()) {
	in, done, ended := make(chan chain.Head, 100), make(chan struct{}), make(chan struct{})
	stopSource := l.Source.Heads(in)
	go func() {
		defer close(ended)
		for {
			select {
			case head := <-in:
				select {
				case <-time.After(l.delay):
				case <-done:
					return
				}
				l.mu.Lock()
				l.head = head
				l.mu.Unlock()
				select {
				case out <- head:
				case <-done:
					return
				}
			case <-done:
				return
			}
		}
	}()
	return func() {
		stopSource()
		close(done)
		<-ended
	}
}

// soak is a chain with a block a second, three servers that restart one at a time,
// one of them always late, and a light client in a process of its own.
type soak struct {
	t       *testing.T
	chain   *embedded.Dev
	keys    []*ecdsa.PrivateKey
	addrs   []string
	sources []chain.Source
	servers []*node.Server
	url     string
	metrics string
	truth   *ethclient.Client // the full node itself
	wallet  *ethclient.Client // through the light client, over a WebSocket
	nonce   uint64
}

// TestSoak lets it all run: every number must come in newHeads, every answer must
// be the full node's own, and neither memory nor goroutines may grow.
func TestSoak(t *testing.T) {
	s := newSoak(t)
	end := time.Now().Add(soakTime(t))
	heads := make(chan *types.Header, 100)
	sub, err := s.wallet.SubscribeNewHead(t.Context(), heads)
	if err != nil {
		t.Fatal(err)
	}
	defer sub.Unsubscribe()

	var (
		last     uint64
		polls    int
		restarts int
		light    []sample
		ours     []sample
		restart  = time.NewTicker(10 * time.Second)
		measure  = time.NewTicker(max(time.Until(end)/100, time.Second))
		report   = time.NewTicker(5 * time.Minute)
	)
	defer restart.Stop()
	defer measure.Stop()
	defer report.Stop()
	for time.Now().Before(end) && !t.Failed() {
		select {
		case head := <-heads:
			if number := head.Number.Uint64(); last != 0 && number != last+1 {
				t.Errorf("newHeads went from %d to %d", last, number)
			}
			last = head.Number.Uint64()
			s.poll(head)
			polls++
		case err := <-sub.Err():
			t.Errorf("the subscription ended: %v", err)
		case <-restart.C:
			s.restart(restarts % len(s.servers))
			restarts++
		case <-measure.C:
			light = append(light, s.lightSample())
			ours = append(ours, ownSample())
		case <-report.C:
			t.Logf("%d heads, %d restarts; light client %v; servers and chain %v", polls, restarts, light[len(light)-1], ours[len(ours)-1])
		}
	}
	t.Logf("%d heads followed and polled, %d restarts, head %d", polls, restarts, last)
	if seconds := int(soakTime(t).Seconds()); polls < seconds/2 {
		t.Errorf("only %d blocks in %d s", polls, seconds)
	}
	noGrowth(t, "light client", light)
	noGrowth(t, "servers and chain", ours)
}

func newSoak(t *testing.T) *soak {
	t.Helper()
	s := &soak{t: t}
	var err error
	// On disk: a chain that is kept in memory grows there, and rightly so.
	if s.chain, err = embedded.OpenDev(embedded.DevConfig{Config: embedded.Config{DataDir: t.TempDir()}, BlockTime: time.Second}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeAll(t, s.chain.Close) })
	var enodes []string
	s.sources = []chain.Source{s.chain, s.chain, newLaggard(s.chain, 700*time.Millisecond)}
	for _, source := range s.sources {
		key, err := crypto.GenerateKey()
		if err != nil {
			t.Fatal(err)
		}
		server := s.serve(source, key, "127.0.0.1:0")
		enodes = append(enodes, server.Enode())
		s.keys, s.servers = append(s.keys, key), append(s.servers, server)
		s.addrs = append(s.addrs, strings.SplitAfter(server.Enode(), "@")[1])
	}
	t.Cleanup(func() {
		for _, server := range s.servers {
			closeAll(t, server.Close)
		}
	})
	light := start(t, "light", "--trusted", strings.Join(enodes, ","), "--fraction", "60",
		"--http.port", "0", "--datadir", t.TempDir(), "--metrics.addr", "127.0.0.1:0")
	s.url = light.Await("rpc ")
	_, rest, _ := strings.Cut(light.Log(), "msg=metrics url=")
	s.metrics = strings.Fields(rest)[0]
	s.truth = ethclient.NewClient(s.chain.Attach())
	t.Cleanup(s.truth.Close)
	if s.wallet, err = ethclient.Dial(strings.Replace(s.url, "http", "ws", 1)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.wallet.Close)
	return s
}

func (s *soak) serve(source chain.Source, key *ecdsa.PrivateKey, addr string) *node.Server {
	s.t.Helper()
	server, err := node.StartServer(s.t.Context(), quietEnv(), node.ServerConfig{Source: source, Key: key, ListenAddr: addr})
	if err != nil {
		s.t.Fatal(err)
	}
	return server
}

// restart ends a server and starts it again at its old place. The last one must be
// back before the next one goes: two of three are what it takes.
func (s *soak) restart(i int) {
	connected := 0
	var status struct{ Servers []struct{ Connected bool } }
	if err := s.wallet.Client().CallContext(s.t.Context(), &status, "candela_status"); err != nil {
		s.t.Errorf("candela_status: %v", err)
	}
	for _, server := range status.Servers {
		if server.Connected {
			connected++
		}
	}
	if connected < len(s.servers) {
		return
	}
	closeAll(s.t, s.servers[i].Close)
	s.servers[i] = s.serve(s.sources[i], s.keys[i], s.addrs[i])
}

// poll asks what a wallet asks at a new head, and wants what the full node says.
func (s *soak) poll(head *types.Header) {
	ctx, cancel := context.WithTimeout(s.t.Context(), patience)
	defer cancel()
	number, account := head.Number, embedded.DevAccounts()[0]
	to := common.Address{0xca, 0x4d, 0xe1}
	got, err := s.wallet.BalanceAt(ctx, account.Address, number)
	want, err2 := s.truth.BalanceAt(ctx, account.Address, number)
	if err != nil || err2 != nil || got.Cmp(want) != 0 {
		s.t.Errorf("balance at %v: %v, %v; the full node says %v, %v", number, got, err, want, err2)
	}
	block, err := s.wallet.BlockByNumber(ctx, number)
	if err != nil || block.Hash() != head.Hash() {
		s.t.Errorf("block %v: %v", number, err)
	}
	if hash, err := s.truth.HeaderByNumber(ctx, number); err != nil || hash.Hash() != head.Hash() {
		s.t.Errorf("head %v is not the full node's: %v", number, err)
	}
	if number.Uint64()%5 == 0 {
		s.send(ctx, account, to)
	}
	if older := number.Uint64(); older > 50 {
		at := new(big.Int).SetUint64(older - 50)
		got, err := s.wallet.BalanceAt(ctx, to, at)
		if want, err2 := s.truth.BalanceAt(ctx, to, at); err != nil || err2 != nil || got.Cmp(want) != 0 {
			s.t.Errorf("balance 50 blocks ago: %v, %v; the full node says %v, %v", got, err, want, err2)
		}
	}
}

// send sends a transaction, of which every later poll sees the effect.
func (s *soak) send(ctx context.Context, from embedded.DevAccount, to common.Address) {
	tx := types.MustSignNewTx(from.Key, types.LatestSignerForChainID(s.chain.Info().ChainID), &types.DynamicFeeTx{
		ChainID: s.chain.Info().ChainID, Nonce: s.nonce, To: &to, Value: big.NewInt(1), Gas: params.TxGas,
		GasTipCap: big.NewInt(params.GWei), GasFeeCap: big.NewInt(10 * params.GWei),
	})
	if err := s.wallet.SendTransaction(ctx, tx); err != nil {
		s.t.Errorf("transaction %d: %v", s.nonce, err)
		return
	}
	s.nonce++
}

// sample is what must not grow.
type sample struct {
	goroutines int
	heap       uint64 // bytes in use
}

func (s sample) String() string {
	return fmt.Sprintf("%d goroutines, %.1f MB heap", s.goroutines, float64(s.heap)/1e6)
}

func ownSample() sample {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return sample{runtime.NumGoroutine(), m.HeapAlloc}
}

// lightSample reads the light client's metrics.
func (s *soak) lightSample() sample {
	response, err := http.Get(s.metrics)
	if err != nil {
		s.t.Errorf("metrics: %v", err)
		return sample{}
	}
	defer response.Body.Close()
	var out sample
	for lines := bufio.NewScanner(response.Body); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), " ")
		number, _ := strconv.ParseFloat(value, 64)
		switch name {
		case "go_goroutines":
			out.goroutines = int(number)
		case "go_memstats_heap_alloc_bytes":
			out.heap = uint64(number)
		}
	}
	return out
}

// noGrowth compares the second quarter of the samples, when caches have warmed up
// for a while, with the last one, each by its median.
func noGrowth(t *testing.T, who string, samples []sample) {
	t.Helper()
	if len(samples) < 8 {
		t.Fatalf("%s: only %d samples", who, len(samples))
	}
	quarter := len(samples) / 4
	early, late := median(samples[quarter:2*quarter]), median(samples[3*quarter:])
	t.Logf("%s: early %v, late %v", who, early, late)
	if late.goroutines > early.goroutines+10 {
		t.Errorf("%s: from %d goroutines to %d", who, early.goroutines, late.goroutines)
	}
	const slack = 24 << 20 // caches have limits above what a short run fills
	if late.heap > early.heap*3/2+slack {
		t.Errorf("%s: from %d bytes of heap to %d", who, early.heap, late.heap)
	}
}

func median(samples []sample) sample {
	goroutines, heaps := make([]int, 0, len(samples)), make([]uint64, 0, len(samples))
	for _, s := range samples {
		goroutines, heaps = append(goroutines, s.goroutines), append(heaps, s.heap)
	}
	slices.Sort(goroutines)
	slices.Sort(heaps)
	return sample{goroutines[len(goroutines)/2], heaps[len(heaps)/2]}
}
