package attacks

import (
	"crypto/ecdsa"
	"encoding/hex"
	"fmt"
	"iter"
	"log/slog"
	"math/big"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/crypto/kzg4844"
	"github.com/ethereum/go-ethereum/p2p/enode"

	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/node"
	"github.com/candela-les/candela/node/admin"
)

// Verbs of a scenario:
//
//	server clients=N                       starts a server
//	free|paid clients=N [batch=N] [every=D]   connects honest clients; paid: units=N each
//	attack STYLE clients=N [from=N] [every=D] [batch=N]   begins an attack, from so many addresses
//	measure NAME for=D                     looks at it for a while; the calm is called "calm"
//	stop                                   ends the attack
//	settle                                 waits until the server is as it was in the calm
//	expect                                 checks the lines below it
func TestScenarios(t *testing.T) {
	chain := newChain(t)
	var table []row
	datadriven.Walk(t, "testdata", func(t *testing.T, path string) {
		s := &scene{t: t, chain: chain, loads: map[string]*child{}, measured: map[string]figures{}}
		defer s.end()
		datadriven.RunTest(t, path, s.do)
		table = append(table, s.rows(filepath.Base(path))...)
	})
	if *tableFlag != "" {
		if err := writeTable(*tableFlag, table); err != nil {
			t.Fatal(err)
		}
	}
}

// newChain makes a chain with the accounts that are asked for, and a block each second.
func newChain(t *testing.T) *embedded.Dev {
	t.Helper()
	alloc := make(embedded.Alloc)
	for i := range uint64(accounts) {
		alloc[account(i)] = types.Account{Balance: new(big.Int).SetUint64(1_000_000 + i)}
	}
	chain, err := embedded.OpenDev(embedded.DevConfig{
		Config: embedded.Config{Logger: slog.New(slog.DiscardHandler)}, BlockTime: time.Second, Alloc: alloc,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := chain.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := chain.Commit(); err != nil {
		t.Fatal(err)
	}
	// A node prepares itself for blobs in the background for some seconds; whoever needs
	// that waits for it.
	if _, err := kzg4844.BlobToCommitment(new(kzg4844.Blob)); err != nil {
		t.Fatal(err)
	}
	return chain
}

// scene is one scenario while it is played.
type scene struct {
	t        *testing.T
	chain    *embedded.Dev
	server   *node.Server
	loads    map[string]*child // honest ones, by role
	attacker *child
	attack   string // style of the last attack
	measured map[string]figures
	order    []string // of the measurements
	dir      string   // of the operator's office
}

func (s *scene) do(t *testing.T, d *datadriven.TestData) string {
	s.t = t
	switch d.Cmd {
	case "server":
		return s.startServer(d)
	case "free", "paid":
		return s.connect(d)
	case "attack":
		return s.begin(d)
	case "measure":
		name := d.CmdArgs[0].Key
		s.measure(name, s.duration(d, "for", time.Second))
		t.Logf("%s:%s", name, s.measured[name].describe())
		return "done\n"
	case "stop":
		s.attacker.do(job{Do: "stop"})
		s.attacker.end()
		s.attacker = nil
		return "stopped\n"
	case "settle":
		return s.settle()
	case "expect":
		var out strings.Builder
		for line := range strings.Lines(d.Input) {
			line = strings.TrimSpace(line)
			fmt.Fprintf(&out, "%s: %s\n", line, s.check(line))
		}
		return out.String()
	default:
		t.Fatalf("%s: no such verb", d.Cmd)
		return ""
	}
}

func (s *scene) number(d *datadriven.TestData, name string, otherwise int) int {
	n := otherwise
	d.MaybeScanArgs(s.t, name, &n)
	return n
}

func (s *scene) duration(d *datadriven.TestData, name string, otherwise time.Duration) time.Duration {
	var text string
	if !d.MaybeScanArgs(s.t, name, &text) {
		return otherwise
	}
	span, err := time.ParseDuration(text)
	if err != nil {
		d.Fatalf(s.t, "%s: %v", name, err)
	}
	return span
}

func (s *scene) startServer(d *datadriven.TestData) string {
	key, err := crypto.GenerateKey()
	if err != nil {
		s.t.Fatal(err)
	}
	s.server, err = node.StartServer(s.t.Context(), node.Env{Logger: slog.New(slog.DiscardHandler), Now: time.Now}, node.ServerConfig{
		Source: s.chain, Key: key, ListenAddr: "127.0.0.1:0", MaxClients: s.number(d, "clients", 100),
		AdminDir: s.office(),
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return "serving\n"
}

// office is where the operator decides.
func (s *scene) office() string {
	if s.dir == "" {
		s.dir = s.t.TempDir()
	}
	return s.dir
}

// grant has the operator give units to clients that will come.
func (s *scene) grant(keys []*ecdsa.PrivateKey, units int) {
	s.t.Helper()
	operator, err := admin.Dial(s.t.Context(), filepath.Join(s.office(), "admin.ipc"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer operator.Close()
	for _, key := range keys {
		id := admin.ID(enode.PubkeyToIDV4(&key.PublicKey))
		if _, err := operator.Grant(s.t.Context(), id, uint64(units)); err != nil { //nolint:gosec // of a scenario
			s.t.Fatal(err)
		}
	}
}

// connect starts honest clients and waits until all of them are connected and have
// been answered.
func (s *scene) connect(d *datadriven.TestData) string {
	c := newChild(s.t, false)
	s.loads[d.Cmd] = c
	c.count = s.number(d, "clients", 4)
	var keys []*ecdsa.PrivateKey
	var texts []string
	for range c.count {
		key, err := crypto.GenerateKey()
		if err != nil {
			s.t.Fatal(err)
		}
		keys = append(keys, key)
		texts = append(texts, hex.EncodeToString(crypto.FromECDSA(key)))
	}
	if d.Cmd == "paid" {
		s.grant(keys, s.number(d, "units", 10))
	}
	network := map[string]int{"free": 2, "paid": 3}[d.Cmd]
	c.do(job{
		Do: "start", Target: s.server.Enode(), Style: "honest", Count: c.count, Keys: texts,
		From: addresses(network, c.count), Batch: s.number(d, "batch", 8), Every: s.duration(d, "every", 20*time.Millisecond),
	})
	s.until(d.Cmd+" clients are connected", func() bool {
		r := c.do(job{Do: "report"})
		return r.Connected == c.count && r.Answers > 0
	})
	return fmt.Sprintf("%d connected\n", c.count)
}

// addresses are of this machine, of a network of their own.
func addresses(network, n int) (from []string) {
	for i := range n {
		from = append(from, fmt.Sprintf("127.0.%d.%d", network, i+1))
	}
	return from
}

func (s *scene) begin(d *datadriven.TestData) string {
	s.attack = d.CmdArgs[0].Key
	s.attacker = newChild(s.t, true)
	s.attacker.count = s.number(d, "clients", 10)
	s.attacker.do(job{
		Do: "start", Target: s.server.Enode(), Style: s.attack, Count: s.attacker.count,
		From: addresses(9, s.number(d, "from", 1)), Batch: s.number(d, "batch", 0), Every: s.duration(d, "every", 250*time.Millisecond),
	})
	s.until("the attack is under way", func() bool {
		r := s.attacker.do(job{Do: "report"})
		return r.Dials+r.Failed > 0
	})
	return "under way\n"
}

// settle waits until the server holds no more than in the calm.
func (s *scene) settle() string {
	calm := s.measured["calm"]
	s.until("the server is as it was", func() bool {
		return s.server.Connections().Pending == 0 &&
			s.server.Stats().Sessions == int64(calm["connections"]) &&
			runtime.NumGoroutine() <= int(calm["goroutines"])+2 // timers that have fired, blocks being made
	})
	return "as it was\n"
}

// until waits for something that has to come.
func (s *scene) until(what string, ok func() bool) {
	s.t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !ok(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			s.t.Fatalf("%s: not after half a minute; %d goroutines, %d sessions, %+v",
				what, runtime.NumGoroutine(), s.server.Stats().Sessions, s.server.Connections())
		}
	}
}

func (s *scene) children() []*child {
	var all []*child
	for _, c := range s.loads {
		all = append(all, c)
	}
	if s.attacker != nil {
		all = append(all, s.attacker)
	}
	return all
}

// end ends what is still running.
func (s *scene) end() {
	for _, c := range s.children() {
		c.do(job{Do: "stop"})
		c.end()
	}
	if s.server != nil {
		if err := s.server.Close(); err != nil {
			s.t.Error(err)
		}
	}
}

func sorted(names iter.Seq[string]) []string { return slices.Sorted(names) }
