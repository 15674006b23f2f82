package attacks

import (
	"bufio"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/p2p/enode"

	"github.com/candela-les/candela/node/devp2p"
)

// job is what a process of load is told: once what it is, then what to do.
type job struct {
	Do string // start, report or stop

	// Of start:
	Target string
	Style  string   // honest, or how it attacks
	Count  int      // clients
	From   []string // addresses of this machine, taken in turn
	Keys   []string // of honest clients that are known to the server; hex
	Batch  int      // accounts in one request; 0: the most that is permitted
	Every  time.Duration
}

// report is what a process of load has seen since its last report.
type report struct {
	Error     string // the job could not be done
	Connected int
	Dials     uint64 // connections that worked
	Failed    uint64 // connections that did not
	Answers   uint64
	Refused   uint64
	Stops     uint64
	Lost      uint64 // connections that the other side ended
	Wrong     uint64 // answers that were none, or not proven
	P50, P99  time.Duration
	Why       string // the last loss
}

// tally is report while it is counted.
type tally struct {
	sync.Mutex
	now report
	all []time.Duration // waits for answers
}

func (t *tally) count(f func(r *report)) {
	t.Lock()
	defer t.Unlock()
	f(&t.now)
}

func (t *tally) answered(wait time.Duration, right bool) {
	t.Lock()
	defer t.Unlock()
	t.now.Answers++
	if !right {
		t.now.Wrong++
	}
	t.all = append(t.all, wait)
}

// take returns what was seen and begins anew.
func (t *tally) take() report {
	t.Lock()
	defer t.Unlock()
	r := t.now
	slices.Sort(t.all)
	r.P50, r.P99 = quantile(t.all, 50), quantile(t.all, 99)
	t.now = report{Connected: r.Connected}
	t.all = nil
	return r
}

func quantile(sorted []time.Duration, percent int) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[(len(sorted)*percent-1)/100]
}

// load is one process' clients.
type load struct {
	job    job
	target *enode.Node
	seen   tally
	cancel context.CancelFunc
	wg     sync.WaitGroup
}

// serveJobs is the child process: it does what it is told until its input ends.
func serveJobs(in *bufio.Reader, out *json.Encoder) error {
	var l load
	defer l.stop()
	for decoder := json.NewDecoder(in); ; {
		var j job
		if err := decoder.Decode(&j); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		var failed string
		switch j.Do {
		case "start":
			if err := l.begin(j); err != nil {
				failed = err.Error()
			}
		case "stop":
			l.stop()
		}
		r := l.seen.take()
		r.Error = failed
		if err := out.Encode(r); err != nil {
			return err
		}
	}
}

func (l *load) begin(j job) (err error) {
	l.job = j
	if l.target, err = devp2p.ParseURL(j.Target); err != nil {
		return err
	}
	style, ok := styles()[j.Style]
	if !ok {
		return fmt.Errorf("there is no style %q", j.Style)
	}
	ctx, cancel := context.WithCancel(context.Background())
	l.cancel = cancel
	for i := range j.Count {
		one := &actor{load: l, index: i, from: j.From[i%len(j.From)]}
		if i < len(j.Keys) {
			raw, err := hex.DecodeString(j.Keys[i])
			if err != nil {
				return err
			}
			if one.key, err = crypto.ToECDSA(raw); err != nil {
				return err
			}
		}
		l.wg.Go(func() { style(ctx, one) })
	}
	return nil
}

func (l *load) stop() {
	if l.cancel != nil {
		l.cancel()
	}
	l.wg.Wait()
	l.cancel = nil
}

// child is such a process, seen from the test.
type child struct {
	t     *testing.T
	cmd   *exec.Cmd
	in    io.WriteCloser
	out   *json.Decoder
	count int
}

// newChild starts a process of load. One that is not nice to others is told to be nice to
// the server: attackers have machines of their own, and here they share one.
func newChild(t *testing.T, attacks bool) *child {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	if nice, err := exec.LookPath("nice"); attacks && err == nil {
		cmd = exec.CommandContext(t.Context(), nice, "-n", "10", self)
	}
	cmd.Env = append(os.Environ(), childEnv+"=1")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return &child{t: t, cmd: cmd, in: in, out: json.NewDecoder(out)}
}

// do tells it something and returns what it has seen.
func (c *child) do(j job) report {
	c.t.Helper()
	if err := json.NewEncoder(c.in).Encode(j); err != nil {
		c.t.Fatal(err)
	}
	var r report
	if err := c.out.Decode(&r); err != nil {
		c.t.Fatal(err)
	}
	if r.Error != "" {
		c.t.Fatal(r.Error)
	}
	return r
}

// end waits until the process has ended.
func (c *child) end() {
	c.in.Close()
	if err := c.cmd.Wait(); err != nil && c.t.Context().Err() == nil {
		c.t.Error(err)
	}
}
