package ledgertest

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/candela-les/candela/ledger"
)

// The environment of a process that works on a ledger until it is killed, and the number of kills.
const (
	jobVariable   = "CANDELA_LEDGER_JOB"
	killsVariable = "CANDELA_LEDGER_KILLS"
)

// workers is how many work at a time, each for a client of its own, for one of two owners. What they
// give away goes to a client that they have in common.
const (
	workers = 8
	common  = 9
)

// job is what a child process is to do.
type job struct {
	Database string
	Seed     uint64
	Done     [workers]int // each worker's acknowledged steps
	Told     [workers]sum // and what they come to
	Mortal   bool         // the database may be killed, and then a step fails
}

// Crashes says how a ledger is killed.
type Crashes struct {
	Database string // handed to Open, also in other processes
	Open     func(database string) Open
	Kills    int           // unless the environment says otherwise
	Within   time.Duration // after its first acknowledgement a process is killed at most so much later
	// Kill, unless nil, kills more than the process: it is called with the process still at work, and what it
	// has killed works again when it returns.
	Kill func(t *testing.T)
}

// Child does what Crash wants of a test binary that it has started as another process, and does
// not return then. It belongs at the beginning of TestMain.
func Child(open func(database string) Open) {
	text := os.Getenv(jobVariable)
	if text == "" {
		return
	}
	var j job
	if err := json.Unmarshal([]byte(text), &j); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	if err := j.work(open(j.Database)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// Crash kills a process at random moments while it works on a ledger, many times over. Each time it opens
// what is left and compares it with what the process had been told, to the last base unit.
//
// A worker's steps follow from the seed, so a next process takes up each where the last
// acknowledgement was: it repeats the one step whose answer may have got lost. What is there
// must be what the acknowledged steps come to, or one step more; never less, never anything twice.
func Crash(t *testing.T, c Crashes) {
	kills := c.Kills
	if raced { // which is slow, and looks for something else
		kills /= 5
	}
	if text := os.Getenv(killsVariable); text != "" {
		var err error
		if kills, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	j, read := job{Database: c.Database, Seed: seed, Mortal: c.Kill != nil}, &reading{}
	lost := 0 // steps that were done and not acknowledged
	for n := 1; n <= kills; n++ {
		j.run(t, time.Duration(random.Int64N(int64(c.Within))), c.Kill)
		lost += j.check(t, c.Open, read, n%20 == 0 || n == kills)
		if t.Failed() {
			t.Fatalf("after %d kills", n)
		}
	}
	steps := 0
	for _, done := range j.Done {
		steps += done
	}
	t.Logf("%d kills, %d steps acknowledged, %d times one more had been done", kills, steps, lost)
	if steps < kills {
		t.Errorf("%d steps in %d processes are not work", steps, kills)
	}
}

// run starts a process, kills it, and notes what it had been told.
func (j *job) run(t *testing.T, after time.Duration, kill func(*testing.T)) {
	text, err := json.Marshal(j)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), jobVariable+"="+string(text))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	speaks, silent := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(silent)
		j.hear(t, out, speaks)
	}()
	select {
	case <-speaks:
		time.Sleep(after) // a random moment, and no proof of anything
	case <-silent:
	case <-time.After(time.Minute):
		t.Error("a process says nothing")
	}
	select {
	case <-silent:
		t.Error("a process has ended by itself")
	default:
	}
	if kill != nil {
		kill(t)
	}
	cmd.Process.Kill() //nolint:errcheck // it may have ended by itself, which was told
	<-silent
	cmd.Wait() //nolint:errcheck // it was killed
}

// hear notes what a process has been told, until it ends.
func (j *job) hear(t *testing.T, out io.Reader, speaks chan<- struct{}) {
	lines := bufio.NewReader(out)
	for first := true; ; first = false {
		line, err := lines.ReadString('\n')
		if err != nil { // what was being said when it was killed was not said
			return
		}
		var worker, step int
		if _, err := fmt.Sscanf(line, "%d %d\n", &worker, &step); err != nil || step != j.Done[worker]+1 {
			t.Errorf("%q after step %d: %v", line, j.Done[worker], err)
			return
		}
		j.Done[worker] = step
		j.Told[worker].add(plan(j.Seed, worker, step))
		if first {
			close(speaks)
		}
	}
}

// work carries out steps until the process is killed, and says each when it was acknowledged.
func (j *job) work(open Open) error {
	l, err := open(context.Background(), ledger.Options{Now: time.Now})
	if err != nil {
		return err
	}
	// A server that starts raises its epoch.
	var epochs [2]ledger.Epoch
	for i, owner := range []ledger.Owner{north, south} {
		if epochs[i], err = l.Raise(context.Background(), owner); err != nil {
			return err
		}
	}
	var out sync.Mutex
	failed := make(chan error, workers)
	for i := range workers {
		go func() {
			w := worker{ledger: l, number: i, seed: j.Seed, owner: []ledger.Owner{north, south}[i%2], epoch: epochs[i%2], done: j.Told[i]}
			for step := j.Done[i] + 1; ; step++ {
				if err := w.step(context.Background(), step); err != nil {
					failed <- fmt.Errorf("worker %d, step %d: %w", i, step, err)
					return
				}
				out.Lock()
				fmt.Fprintf(os.Stdout, "%d %d\n", i, step)
				out.Unlock()
			}
		}()
	}
	err = <-failed
	if j.Mortal {
		select {} // who has killed the database ends us, too
	}
	return err
}

// worker does the steps of one client.
type worker struct {
	ledger ledger.Ledger
	number int
	seed   uint64
	owner  ledger.Owner
	epoch  ledger.Epoch
	done   sum
}

// deed is what one step does; each in a way of its own.
type deed struct {
	credit, gift, promise, charge, fee uint64 // amounts
	remainder                          uint64
	claim                              bool // with the promise
	settle, hand, collect, draw        bool
}

// plan is what the worker's step will be, the same in every process.
func plan(seed uint64, worker, step int) (d deed) {
	random := rand.New(rand.NewPCG(seed, uint64(worker)<<40|uint64(step)))
	switch n := random.Uint64N(1000) + 1; random.IntN(10) {
	case 0:
		d.credit = 10 * n
	case 1, 2:
		d.promise, d.claim = 5*n, n%2 == 0
	case 3:
		d.gift = n
	case 4:
		d.settle = true
	case 5:
		d.collect = true
	case 6:
		d.draw = true
	case 7:
		d.hand = true
	default:
		d.charge, d.fee, d.remainder = n, n%3, n
	}
	if step == 1 {
		d = deed{credit: 1_000_000_000} // enough for all that follows
	}
	return d
}

// draw is what each claim comes to.
const draw = 3

// sum is what steps come to.
type sum struct {
	In, Given, Promised, Earned, Fees, Charges, Remainder uint64
	Returned, Collecting, Settlements, Settled            uint64 // of the channel, as ledger.Channel has them
	Claims, Drawn                                         uint64 // how many there were, and were settled
	Known                                                 bool   // the channel is in the ledger
}

func (s *sum) add(d deed) {
	s.In += d.credit
	s.Given += d.gift
	s.Promised += d.promise
	s.Earned += d.charge
	s.Fees += d.fee
	switch {
	case d.charge > 0:
		s.Charges++
		s.Remainder = d.remainder
	case d.promise > 0:
		s.Known = true
		if d.claim {
			s.Claims++
		}
	case d.settle:
		back := s.Promised - s.Returned - s.Collecting
		s.Returned, s.Settled, s.Known = s.Returned+back, s.Promised, true
	case d.hand && s.Known && s.Settled == s.Promised:
		s.Settlements++
	case d.collect && s.Known:
		s.Collecting = s.Promised - s.Returned
	case d.draw && s.Drawn < s.Claims:
		s.Drawn++
	}
}

func workerClient(number int) ledger.Address { return client(byte(10 + number)) }

func workerChannel(number int) [32]byte { return [32]byte{byte(number)} }

func workerClaim(number int, n uint64) [32]byte {
	return [32]byte{byte(number), byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}
}

// step carries out one step. If it was done already, nobody notices.
func (w *worker) step(ctx context.Context, step int) error {
	d := plan(w.seed, w.number, step)
	key, to := fmt.Sprintf("worker %d step %d", w.number, step), workerClient(w.number)
	before := w.done
	w.done.add(d)
	var err error
	switch {
	case d.credit > 0:
		_, err = w.ledger.Post(ctx, ledger.CreditOf(key, token(), to, amount(d.credit)))
	case d.gift > 0:
		_, err = w.ledger.Post(ctx, ledger.Posting{Key: key, Why: ledger.Refund, Legs: []ledger.Leg{
			{Account: ledger.ClientAccount(token(), to), Amount: ledger.Minus(amount(d.gift))},
			{Account: of(common), Amount: ledger.Plus(amount(d.gift))},
		}})
	case d.charge > 0:
		err = w.charge(ctx, d, w.done.Charges)
	default:
		err = w.pay(ctx, d, before, key)
	}
	return err
}

// pay does what is about the worker's channel.
func (w *worker) pay(ctx context.Context, d deed, before sum, key string) error {
	const method = "crash"
	id, to := workerChannel(w.number), workerClient(w.number)
	var err error
	switch {
	case d.promise > 0:
		p := ledger.Promise{
			Method: method, ID: id, Token: token(), Client: to, From: amount(before.Promised),
			Cumulative: amount(w.done.Promised), Evidence: []byte(key), Settlements: before.Settlements,
		}
		if d.claim {
			p.Claims = []ledger.Claim{{Key: workerClaim(w.number, w.done.Claims), Amount: amount(draw), Data: []byte(key)}}
		}
		_, err = w.ledger.Advance(ctx, p)
	case d.settle:
		_, err = w.ledger.GiveBack(ctx, ledger.Settlement{Method: method, ID: id, Token: token(), Client: to})
	case w.done.Settlements > before.Settlements:
		h := ledger.Handout{Method: method, ID: id, Settlements: before.Settlements, Data: []byte(key)}
		_, err = w.ledger.HandOut(ctx, h)
	case d.collect && w.done.Known:
		c := ledger.Collection{Method: method, ID: id, Collecting: amount(w.done.Collecting), Collected: amount(w.done.Collecting)}
		_, err = w.ledger.Collect(ctx, c)
	case w.done.Drawn > before.Drawn:
		_, err = w.ledger.SettleClaim(ctx, method, workerClaim(w.number, w.done.Drawn), drawn(key, draw))
	}
	return err
}

// charge charges the worker's hold, and asks for more of it first.
func (w *worker) charge(ctx context.Context, d deed, number uint64) error {
	h, err := w.ledger.Hold(ctx, ledger.HoldRequest{
		Owner: w.owner, Epoch: w.epoch, Token: token(), Client: workerClient(w.number),
		Amount: amount(5000), AtLeast: amount(d.charge + d.fee), Until: time.Now().Add(time.Hour),
	})
	if err != nil {
		return err
	}
	// A process before this one may have charged it and not lived to say so.
	if h.Charges == number && h.Remainder == d.remainder {
		return nil
	}
	charged, err := w.ledger.Charge(ctx, []ledger.Charge{{
		Owner: w.owner, Epoch: w.epoch, Token: token(), Client: workerClient(w.number), Number: number,
		Amount: amount(d.charge), Fee: amount(d.fee), Remainder: d.remainder,
	}})
	if err != nil {
		return err
	}
	return charged[0].Err
}
