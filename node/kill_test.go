package node

import (
	"bufio"
	"context"
	"encoding/hex"
	"encoding/json"
	"io"
	"maps"
	"math/big"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/ethclient"
	gethrpc "github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/client/bidder"
	contracts "github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/ledger/sqlite"
	"github.com/candela-les/candela/node/admin"
	"github.com/candela-les/candela/node/devmoney"
	"github.com/candela-les/candela/pay/channel"
	"github.com/candela-les/candela/unit"
)

// killsVariable is how many processes are killed.
const killsVariable = "CANDELA_PAY_KILLS"

// killPatience is how long anything may take; reaching it is a failure.
const killPatience = 2 * time.Minute

// A server and a light client that pays it are killed at random, each a process of its own, while promises are made as fast as they are
// acknowledged, channels are topped up, left and opened, units are bid for and requests are answered. In the end the client leaves and the operator
// collects. What was promised, acknowledged, credited, charged, given back and collected agrees to the base unit, and what is still locked the client has asked back.
func TestKills(t *testing.T) {
	t.Parallel()
	kills := 6
	if text := os.Getenv(killsVariable); text != "" {
		var err error
		if kills, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	seed := rand.Uint64()
	t.Logf("seed %d, logs in %s", seed, t.ArtifactDir())
	w := newKillWorld(t, seed)
	began := time.Now()
	w.start(&w.server)
	w.start(&w.light)
	load := w.load()
	for n := range kills {
		w.kill(n, kills)
	}
	killing := time.Since(began)
	w.until("an acknowledgement after all", w.acknowledges())
	answers := load()
	w.light.leave()
	w.until("the client leaves", w.light.ended)
	w.ask()
	w.server.leave()
	w.until("the server ends", w.server.ended)
	w.agree()
	t.Logf("%d kills in %v: %d promises acknowledged over %d channels, %d questions answered, %d base units promised, %d collected",
		kills, killing.Round(time.Second), w.heard.count, len(w.left), answers, low(w.total.promised), low(w.total.collected))
}

// killWorld is what lives on while processes are killed.
type killWorld struct {
	t             *testing.T
	chain         *paychain
	rand          *rand.Rand
	server, light process
	minted        unit.Amount
	total         struct{ promised, collected unit.Amount }

	mu    sync.Mutex
	heard struct {
		server string // enode
		count  int    // acknowledgements
		most   map[string]unit.Amount
	}
	left map[string]leftChannel
}

// leftChannel is a channel that the client has left.
type leftChannel struct {
	promised unit.Amount
	locked   unit.Amount // from its beginning on, what was collected included; zero if it is closed
}

// process is one that is started again and again.
type process struct {
	w      *killWorld
	name   string
	part   part
	cmd    *exec.Cmd
	input  io.WriteCloser
	done   chan struct{}
	ending bool // it was told to
}

func newKillWorld(t *testing.T, seed uint64) *killWorld {
	t.Helper()
	c := openPaychain(t)
	rpc, err := c.RPC()
	if err != nil {
		t.Fatal(err)
	}
	ws := httptest.NewServer(rpc.WebsocketHandler([]string{"*"}))
	t.Cleanup(func() { // before the chain
		ws.Close()
		rpc.Stop()
	})
	file := filepath.Join(t.TempDir(), "genesis.json")
	genesis := embedded.DevGenesis(devmoney.Alloc())
	for who, a := range genesis.Alloc { // a file has to have it
		if a.Balance == nil {
			a.Balance = new(big.Int)
			genesis.Alloc[who] = a
		}
	}
	text, err := json.Marshal(genesis)
	if err == nil {
		err = os.WriteFile(file, text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	w := &killWorld{t: t, chain: c, rand: rand.New(rand.NewPCG(seed, 0)), minted: unit.NewAmount(5_000_000_000), left: make(map[string]leftChannel)}
	w.heard.most = make(map[string]unit.Amount)
	if err := c.Mint(t.Context(), embedded.DevAccounts()[2].Address, w.minted); err != nil {
		t.Fatal(err)
	}
	one := part{Chain: "ws" + strings.TrimPrefix(ws.URL, "http"), Genesis: file, Token: c.Token.Hex()}
	for name, p := range map[string]*process{"server": &w.server, "light": &w.light} {
		p.w, p.name, p.part = w, name, one
		p.part.Dir, p.part.Addr = t.TempDir(), freeAddr(t)
	}
	return w
}

// freeAddr is an address that nobody listens on.
func freeAddr(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close() //nolint:errcheck // it was only tried
	return l.Addr().String()
}

// start starts a process. The light client's is started when it is known where the server is.
func (w *killWorld) start(p *process) {
	w.t.Helper()
	p.part.Seed = w.rand.Uint64()
	if p == &w.light {
		w.until("the server is known", func() bool {
			w.mu.Lock()
			defer w.mu.Unlock()
			p.part.Server = w.heard.server
			return p.part.Server != ""
		})
	}
	text, err := json.Marshal(p.part)
	if err != nil {
		w.t.Fatal(err)
	}
	log, err := os.OpenFile(filepath.Join(w.t.ArtifactDir(), p.name+".log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		w.t.Fatal(err)
	}
	defer log.Close() //nolint:errcheck // the process has its own
	p.cmd = exec.Command(os.Args[0], "-test.run=^$")
	p.cmd.Env = append(os.Environ(), partVariable+"="+string(text))
	p.cmd.Stderr = log
	out, err := p.cmd.StdoutPipe()
	if err == nil {
		p.input, err = p.cmd.StdinPipe()
	}
	if err == nil {
		err = p.cmd.Start()
	}
	if err != nil {
		w.t.Fatal(err)
	}
	cmd, done := p.cmd, make(chan struct{})
	p.done = done
	go func() {
		defer close(done)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			w.hear(strings.Fields(lines.Text()))
		}
		cmd.Wait() //nolint:errcheck // ProcessState tells
	}()
	w.t.Cleanup(func() {
		cmd.Process.Kill() //nolint:errcheck // it may have ended
		<-done
	})
}

// hear takes in what a process says.
func (w *killWorld) hear(words []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(words) < 2 {
		return
	}
	switch words[0] {
	case "serving":
		w.heard.server = words[1]
	case "acknowledged":
		if a, err := unit.ParseAmount(words[len(words)-1]); err == nil && len(words) == 3 {
			w.heard.count++
			w.heard.most[words[1]] = w.heard.most[words[1]].Max(a)
		}
	case "left":
		promised, err := unit.ParseAmount(words[2])
		locked, bad := unit.ParseAmount(words[len(words)-1])
		if err == nil && bad == nil && len(words) == 4 {
			w.left[words[1]] = leftChannel{promised, locked}
		}
	}
}

func (p *process) ended() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}

// leave has a process end by itself.
func (p *process) leave() {
	p.ending = true
	if _, err := io.WriteString(p.input, "leave\n"); err != nil {
		p.w.t.Fatal(err)
	}
}

// until waits for something.
func (w *killWorld) until(what string, is func() bool) {
	w.t.Helper()
	for deadline := time.Now().Add(killPatience); !is(); time.Sleep(5 * time.Millisecond) {
		for _, p := range []*process{&w.server, &w.light} {
			if p.done != nil && !p.ending && p.ended() {
				w.t.Fatalf("%s: the %s has ended by itself:\n%s", what, p.name, w.tail(p.name))
			}
		}
		if time.Now().After(deadline) {
			w.t.Fatalf("%s: not in %v\n%s\nserver:\n%s\nlight:\n%s", what, killPatience, w.market(), w.tail("server"), w.tail("light"))
		}
	}
}

// tail is the end of a log.
func (w *killWorld) tail(name string) []byte {
	text, _ := os.ReadFile(filepath.Join(w.t.ArtifactDir(), name+".log"))
	return text[max(0, len(text)-4000):]
}

// acknowledges returns what tells that a promise was acknowledged since.
func (w *killWorld) acknowledges() func() bool {
	count := func() int {
		w.mu.Lock()
		defer w.mu.Unlock()
		return w.heard.count
	}
	before := count()
	return func() bool { return count() > before }
}

// rounds is how many kills a phase has.
const rounds = 5

// kill kills one of the two and starts it again: most often just after a promise was acknowledged that was made since the last one, else at any moment,
// also while one of them is being started. In the first half of the time units are bid for, and in every other phase of it only servers are killed, so
// that bids stand. In the second half channels are left now and then; where one was, nothing is bid for ten minutes.
func (w *killWorld) kill(n, kills int) {
	victim := []*process{&w.server, &w.light}[w.rand.IntN(2)]
	first, begins := n < kills/2, n%rounds == 0
	switch {
	case n == kills/2:
		w.until("units", w.serves)
		w.until("a charge", w.charged)
		w.light.part.Leaves, victim = true, &w.light
	case first && n/rounds%2 == 1:
		if begins {
			w.until("units", w.serves)
		}
		victim = &w.server
	}
	pause := time.Duration(w.rand.Int64N(int64(700 * time.Millisecond)))
	switch w.rand.IntN(4) {
	case 0:
	case 1:
		w.until("an acknowledgement", w.acknowledges())
	default:
		w.until("an acknowledgement", w.acknowledges())
		pause /= 20 // others are under way
	}
	time.Sleep(pause) // a random moment, and no proof of anything
	if err := victim.cmd.Process.Kill(); err != nil {
		w.t.Fatal(err)
	}
	<-victim.done
	w.start(victim)
}

// serves reports whether the light client has units.
func (w *killWorld) serves() bool {
	var list []bidder.SellerStatus
	err := w.call(func(ctx context.Context, c *gethrpc.Client) error { return c.CallContext(ctx, &list, "candela_market") })
	return err == nil && len(list) == 1 && list[0].Units > 0
}

// market is what the light client says of it.
func (w *killWorld) market() (text json.RawMessage) {
	if err := w.call(func(ctx context.Context, c *gethrpc.Client) error { return c.CallContext(ctx, &text, "candela_market") }); err != nil {
		return json.RawMessage(err.Error())
	}
	return text
}

// charged reports whether this run of the light client knows of a charge.
func (w *killWorld) charged() bool {
	var spent bidder.SpendingStatus
	err := w.call(func(ctx context.Context, c *gethrpc.Client) error {
		return c.CallContext(ctx, &spent, "candela_spending")
	})
	return err == nil && len(spent.Servers) == 1 && spent.Servers[0].Charges > 0
}

// call asks the light client something.
func (w *killWorld) call(ask func(context.Context, *gethrpc.Client) error) error {
	ctx, cancel := context.WithTimeout(w.t.Context(), 2*time.Second)
	defer cancel()
	c, err := gethrpc.DialOptions(ctx, "http://"+w.light.part.Addr, gethrpc.WithHTTPClient(http.DefaultClient))
	if err != nil {
		return err
	}
	defer c.Close()
	return ask(ctx, c)
}

// load has the light client asked all the time, until what it returns is called, which says how many answers there were.
func (w *killWorld) load() func() int {
	answers, stop, done := 0, make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			err := w.call(func(ctx context.Context, c *gethrpc.Client) error {
				_, err := ethclient.NewClient(c).BalanceAt(ctx, embedded.DevAccounts()[w.chainBlock()%8].Address, nil)
				return err
			})
			if err == nil {
				answers++
			}
			select {
			case <-stop:
				return
			case <-time.After(30 * time.Millisecond):
			}
		}
	}()
	return func() int {
		close(stop)
		<-done
		return answers
	}
}

func (w *killWorld) chainBlock() uint64 { return w.chain.Node.Chain().CurrentBlock().Number.Uint64() }

// ask has the operator collect, and look at what is at stake then.
func (w *killWorld) ask() {
	w.t.Helper()
	office, err := admin.Dial(w.t.Context(), admin.SocketIn(w.server.part.Dir))
	if err != nil {
		w.t.Fatal(err)
	}
	defer office.Close() //nolint:errcheck // the test is over
	if _, err := office.Collect(w.t.Context(), channel.Method); err != nil {
		w.t.Error(err)
	}
	after, err := office.Exposure(w.t.Context())
	if err != nil || len(after.Methods) != 1 || !after.Methods[0].Due.IsZero() {
		w.t.Errorf("after all was collected, at stake is %+v (%v)", after, err)
	}
}

// agree compares what everybody says.
func (w *killWorld) agree() {
	t := w.t
	books, err := sqlite.Open(t.Context(), filepath.Join(w.server.part.Dir, LedgerName), ledger.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer books.Close() //nolint:errcheck // it is only read
	if report, err := books.Audit(t.Context()); err != nil || len(report.Faults) > 0 {
		t.Errorf("audit: %v %v", report.Faults, err)
	}
	channels := w.channels(books)
	returned := w.statement(books, channels)
	for id, most := range w.heard.most {
		if c, ok := channels[id]; !ok || c.Cumulative.Cmp(most) < 0 {
			t.Errorf("channel %s: %s were acknowledged, and the ledger has %+v", id, most, c)
		}
	}
	var locked unit.Amount // and asked back
	for id, l := range w.left {
		c := channels[id]
		if c.Cumulative != l.promised {
			t.Errorf("channel %s: %s were promised, and the ledger has %s", id, l.promised, c.Cumulative)
		}
		w.total.promised = w.total.promised.Plus(l.promised)
		if !l.locked.IsZero() {
			t.Logf("channel %s is being taken back alone", id)
			locked = locked.Plus(l.locked.Minus(c.Collected))
		}
	}
	for id := range channels {
		if _, ok := w.left[id]; !ok {
			t.Errorf("channel %s: the client has forgotten it", id)
		}
	}
	w.total.collected = w.chain.has(common.HexToAddress(receiver))
	if want := w.total.promised.Minus(returned); w.total.collected != want || want.IsZero() {
		t.Errorf("the receiver has %s, of %s promised %s were given back", w.total.collected, w.total.promised, returned)
	}
	if has, want := w.chain.has(embedded.DevAccounts()[2].Address), w.minted.Minus(w.total.collected).Minus(locked); has != want {
		t.Errorf("the client has %s again, and should have %s", has, want)
	}
	if holds := w.chain.has(common.HexToAddress(contracts.SettlementAddress)); holds != locked {
		t.Errorf("%s are still locked on the chain, and the client knows of %s", holds, locked)
	}
}

// channels are all that the ledger has.
func (w *killWorld) channels(books ledger.Ledger) map[string]ledger.Channel {
	all := make(map[string]ledger.Channel)
	var page ledger.ChannelPage
	for page.Limit = 100; ; {
		list, err := books.Promises(w.t.Context(), channel.Method, page)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, c := range list {
			all[hex.EncodeToString(c.ID[:])] = c
			if due := c.Due(); !due.IsZero() || c.Collecting != c.Collected {
				w.t.Errorf("channel %x: %s are due, %s of %s collected", c.ID, due, c.Collected, c.Collecting)
			}
			page.After = c.ID
		}
		if len(list) < page.Limit {
			return all
		}
	}
}

// statement adds up what was posted to the client's account, and returns what was given back.
func (w *killWorld) statement(books ledger.Ledger, channels map[string]ledger.Channel) (returned unit.Amount) {
	t := w.t
	credited, given := make(map[string]unit.Amount), make(map[string]unit.Amount)
	var charged, fees unit.Amount
	var client ledger.Account
	for _, c := range channels {
		client = ledger.ClientAccount(c.Token, c.Client)
	}
	var last ledger.Signed
	for page := (ledger.Page{Limit: 100}); ; {
		lines, err := books.Statement(t.Context(), client, page)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range lines {
			page.After = line.Seq
			id := line.Ref[strings.IndexByte(line.Ref, ':')+1:]
			switch line.Why {
			case ledger.Promised:
				credited[id] = credited[id].Plus(line.Amount.Size())
			case ledger.Settling:
				given[id] = given[id].Plus(line.Amount.Size())
				returned = returned.Plus(line.Amount.Size())
			case ledger.Charging:
				charged = charged.Plus(line.Amount.Size())
			case ledger.Fee:
				fees = fees.Plus(line.Amount.Size())
			case ledger.Held, ledger.Returned:
			default:
				t.Errorf("%s: nobody did that", line.Why)
			}
			last = line.Balance
		}
		if len(lines) < page.Limit {
			break
		}
	}
	var promised unit.Amount
	for id, c := range channels {
		promised = promised.Plus(c.Cumulative)
		if credited[id] != c.Cumulative || given[id] != c.Returned {
			t.Errorf("channel %s: %s promised and %s credited, %s returned and %s given back", id, c.Cumulative, credited[id], c.Returned, given[id])
		}
	}
	if last.Sign() < 0 || promised != returned.Plus(charged).Plus(fees).Plus(last.Size()) {
		t.Errorf("%s promised, %s given back, %s charged and %s fees: %s are left", promised, returned, charged, fees, last)
	}
	if last.Sign() > 0 && !slices.ContainsFunc(slices.Collect(maps.Values(w.left)), func(l leftChannel) bool { return !l.locked.IsZero() }) {
		t.Errorf("%s were not given back", last) // as where a channel is taken back alone: the server collects all that it may
	}
	if charged.IsZero() || fees.IsZero() {
		t.Errorf("%s charged and %s fees: nothing was bought", charged, fees)
	}
	t.Logf("%s charged, %s fees and %s left to be spent", charged, fees, last)
	return returned
}

func low(a unit.Amount) uint64 {
	_, n := a.Words()
	return n
}
