package bench

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/candela-les/candela/node/usage"
)

// WorkerError says that a worker process failed: what it said, or how it ended.
type WorkerError struct {
	Name string // its role and number
	PID  int
	Err  error
}

func (e *WorkerError) Error() string {
	return fmt.Sprintf("worker %s (process %d): %v", e.Name, e.PID, e.Err)
}

// Unwrap returns what went wrong.
func (e *WorkerError) Unwrap() error { return e.Err }

// parting is how long a worker has to leave when it is asked to.
const parting = 5 * time.Second

// hand is a worker process as its parent sees it. Orders are given to it by one
// goroutine at a time.
type hand struct {
	name    string
	job     *job
	cmd     *exec.Cmd
	stdin   io.WriteCloser
	says    tail
	answers chan answer
	done    chan struct{} // closed when the process has ended, and why is in err
	err     error
}

// fleet are the workers of one measurement.
type fleet struct {
	command []string // starts a worker
	ctx     context.Context
	cancel  context.CancelFunc
	hands   []*hand
	died    chan *hand // that ended without being asked
}

func newFleet(ctx context.Context, command []string) (*fleet, error) {
	if len(command) == 0 {
		return nil, errors.New("no command to start workers with")
	}
	f := &fleet{command: command, died: make(chan *hand, 1)}
	f.ctx, f.cancel = context.WithCancel(ctx)
	return f, nil
}

// calm is a variable of the environment for workers. Go's runtime has a thread that looks
// after the others; it goes to sleep when all of these wait, and begins anew, every 20 µs,
// when one is woken. A load that waits thousands of times a second used half of its
// processor time for that. With a trace of the scheduler to write, once in 24 days, the thread
// only looks less and less often.
func calm() string {
	const setting = "schedtrace=2147483647"
	if others := os.Getenv("GODEBUG"); others != "" {
		return "GODEBUG=" + others + "," + setting
	}
	return "GODEBUG=" + setting
}

// start starts a worker and gives it its job.
func (f *fleet) start(name string, j *job) (*hand, error) {
	h := &hand{name: name, job: j, answers: make(chan answer), done: make(chan struct{})}
	h.cmd = exec.CommandContext(f.ctx, f.command[0], f.command[1:]...) //nolint:gosec // this program itself
	h.cmd.Args[0] = os.Args[0]                                         // the same program under the same name
	h.cmd.Env = append(os.Environ(), calm())
	detach(h.cmd)
	h.cmd.Stderr = &h.says
	stdin, err := h.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	h.stdin = stdin
	// The end of its orders tells it to leave; who does not is killed.
	h.cmd.Cancel, h.cmd.WaitDelay = stdin.Close, parting
	stdout, err := h.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := h.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start worker %s: %w", name, err)
	}
	f.hands = append(f.hands, h)
	go h.watch(f, stdout)
	_, err = h.do(f.ctx, order{Do: orderJob, Job: j})
	return h, err
}

// watch passes the worker's answers on until it ends. close waits for it.
func (h *hand) watch(f *fleet, stdout io.Reader) {
	defer close(h.done)
	decoder := json.NewDecoder(stdout)
	for {
		var a answer
		if decoder.Decode(&a) != nil {
			break // it has ended, or says what is no answer
		}
		select {
		case h.answers <- a:
			continue
		case <-f.ctx.Done():
		}
		break
	}
	h.stdin.Close()
	io.Copy(io.Discard, stdout) //nolint:errcheck // until the process closes it
	err := h.cmd.Wait()
	if err == nil {
		err = errors.New("left early")
	}
	if said := h.says.last(); said != "" {
		err = fmt.Errorf("%w: %s", err, said)
	}
	h.err = &WorkerError{Name: h.name, PID: h.cmd.Process.Pid, Err: err}
	if f.ctx.Err() == nil {
		select {
		case f.died <- h:
		default: // one is enough to end it all
		}
	}
}

// do gives an order and waits for the answer.
func (h *hand) do(ctx context.Context, o order) (answer, error) {
	if err := json.NewEncoder(h.stdin).Encode(o); err != nil {
		return answer{}, h.ended(ctx)
	}
	select {
	case a := <-h.answers:
		if a.Error != "" {
			return answer{}, &WorkerError{Name: h.name, PID: h.cmd.Process.Pid, Err: errors.New(a.Error)}
		}
		return a, nil
	case <-h.done:
		return answer{}, h.ended(ctx)
	case <-ctx.Done():
		return answer{}, ctx.Err()
	}
}

// ended waits for the end of a worker that does not listen, and says why it ended.
func (h *hand) ended(ctx context.Context) error {
	select {
	case <-h.done:
	case <-ctx.Done():
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return h.err
}

// all gives the same order to several workers at once.
func (f *fleet) all(hands []*hand, o order) ([]answer, error) {
	answers, errs := make([]answer, len(hands)), make([]error, len(hands))
	var wg sync.WaitGroup
	for i, h := range hands {
		wg.Go(func() { answers[i], errs[i] = h.do(f.ctx, o) })
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return answers, nil
}

// orders gives several orders to several workers, one after the other.
func (f *fleet) orders(hands []*hand, orders ...order) error {
	for _, o := range orders {
		if _, err := f.all(hands, o); err != nil {
			return err
		}
	}
	return nil
}

// sleep lets time pass, and ends early when a worker has died.
func (f *fleet) sleep(d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case h := <-f.died:
		<-h.done
		return h.err
	case <-f.ctx.Done():
		return f.ctx.Err()
	}
}

// close ends all workers and waits until they have ended.
func (f *fleet) close() {
	f.cancel()
	for _, h := range f.hands {
		<-h.done
	}
}

// tail keeps the beginning of what a worker says on standard error, and its end.
type tail struct {
	mu struct {
		sync.Mutex
		text []byte
	}
}

const tailBytes = 16 << 10

// Write implements io.Writer.
func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.mu.text = append(t.mu.text, p...)
	if over := len(t.mu.text) - tailBytes; over > 0 {
		t.mu.text = append(t.mu.text[:tailBytes/2], t.mu.text[tailBytes/2+over:]...)
	}
	return len(p), nil
}

// last is the line that says most: what a panic begins with, or the last one.
func (t *tail) last() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	text := ""
	for line := range bytes.Lines(t.mu.text) {
		if text = strings.TrimSpace(string(line)); strings.HasPrefix(text, "panic:") || strings.HasPrefix(text, "fatal error:") {
			break
		}
	}
	return strings.TrimPrefix(text, "candela: ")
}

// split gives each of several workers its part of the clients.
func split(clients, workers int) []int {
	parts := make([]int, workers)
	for i := range parts {
		parts[i] = clients / workers
		if i < clients%workers {
			parts[i]++
		}
	}
	return parts
}

// MaxPerWorker is how many connections one worker makes: each is a file, and
// processes are commonly allowed 20,000 or fewer.
const MaxPerWorker = 9000

func checkWorkers(flag string, clients, workers int) error {
	if workers < 1 || clients > workers*MaxPerWorker {
		return usage.Errorf("%s %d: %d clients need %d, with up to %d in each",
			flag, workers, clients, max((clients+MaxPerWorker-1)/MaxPerWorker, 1), MaxPerWorker)
	}
	return nil
}

// enlist starts workers for some clients, each with its part of them.
func (f *fleet) enlist(j job, clients, workers int) ([]*hand, error) {
	var hands []*hand
	for i, part := range split(clients, workers) {
		one := j
		one.Clients = part
		h, err := f.start(fmt.Sprintf("%s %d", j.Role, i+1), &one)
		if err != nil {
			return nil, err
		}
		hands = append(hands, h)
		j.First += part
	}
	return hands, nil
}

// reasons lists why connections ended, the most frequent first.
func reasons(why map[string]uint64) []string {
	names := slices.SortedFunc(maps.Keys(why), func(a, b string) int {
		return cmp.Or(cmp.Compare(why[b], why[a]), strings.Compare(a, b))
	})
	for i, name := range names {
		names[i] = fmt.Sprintf("%d × %s", why[name], name)
	}
	return names
}
