package bench

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/crypto"
	"go.uber.org/goleak"
)

// nobody is the URL of a server that is not there: a sound key, and a port on which
// nothing listens.
const nobody = "enode://79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798" +
	"483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8@127.0.0.1:1"

// asWorker makes the test's own executable a worker.
const asWorker = "CANDELA_BENCH_TEST_WORKER"

func TestMain(m *testing.M) {
	if os.Getenv(asWorker) != "" {
		if err := RunWorker(context.Background(), os.Stdin, os.Stdout); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	goleak.VerifyTestMain(m)
}

func TestWorkerRefusesNonsense(t *testing.T) {
	for orders, want := range map[string]string{
		`{"do":"open"}`:                      `before there is a job`,
		`{"do":"job"}`:                       `has one job`,
		`{"do":"job","job":{"role":"paid"}}`: `--target`,
		`{"do":"job","job":{"role":"guest","target":"` + nobody + `"}}`:               `no such role`,
		`{"do":"job","job":{"role":"paid","target":"` + nobody + `"}} {"do":"dance"}`: `no such order`,
	} {
		var out strings.Builder
		in, feed := io.Pipe()
		done := make(chan error)
		go func() { done <- RunWorker(t.Context(), in, &out) }()
		io.WriteString(feed, orders) //nolint:errcheck // read below
		feed.Close()
		if err := <-done; err != nil {
			t.Errorf("%s: %v", orders, err)
		}
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s: answered %s", orders, &out)
		}
	}
	if err := RunWorker(t.Context(), strings.NewReader("hello"), io.Discard); err == nil {
		t.Error("obeys what is no order")
	}
}

// fake makes a fleet of workers that are shell scripts.
func fake(t *testing.T, script string) *fleet {
	t.Helper()
	f, err := newFleet(t.Context(), []string{"/bin/sh", "-c", script})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.close)
	return f
}

func TestWorkerThatDiesIsNamed(t *testing.T) {
	is := func(err error, words ...string) {
		t.Helper()
		if _, ok := errors.AsType[*WorkerError](err); !ok {
			t.Fatalf("%v is no WorkerError", err)
		}
		for _, want := range append(words, "worker free 1 (process ") {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("no %q in %q", want, err)
			}
		}
	}
	j := job{Role: roleFree}
	_, err := fake(t, `echo "candela: no memory" >&2; exit 3`).enlist(j, 1, 1)
	is(err, "exit status 3", "no memory")
	_, err = fake(t, `read job; echo '{"error":"no such processor"}'; read more`).enlist(j, 1, 1)
	is(err, "no such processor")
	_, err = fake(t, `echo nonsense`).enlist(j, 1, 1)
	is(err, "left early")

	// While nobody is waiting for it.
	f := fake(t, `read job; echo '{}'; echo "panic: oh no" >&2; echo "goroutine 1" >&2; kill -9 $$`)
	if _, err := f.enlist(j, 1, 1); err != nil {
		t.Fatal(err)
	}
	is(f.sleep(time.Minute), "signal: killed", "panic: oh no")
	// At the next order.
	f = fake(t, `read job; echo '{}'; read order; exit 4`)
	hands, err := f.enlist(j, 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.all(hands, order{Do: orderMeasure})
	is(err, "exit status 4")

	if _, err := newFleet(t.Context(), nil); err == nil {
		t.Error("a fleet without a command")
	}
	f, err = newFleet(t.Context(), []string{filepath.Join(t.TempDir(), "nothing")})
	if err != nil {
		t.Fatal(err)
	}
	defer f.close()
	if _, err := f.enlist(j, 1, 1); err == nil || !strings.Contains(err.Error(), "start worker free 1") {
		t.Error(err)
	}
}

// Workers end with the measurement, however it ends, and also when their parent is
// killed: the end of their orders is all that they are told.
func TestWorkersLeave(t *testing.T) {
	t.Setenv(asWorker, "yes")
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	f, err := newFleet(ctx, []string{program})
	if err != nil {
		t.Fatal(err)
	}
	hands, err := f.enlist(job{Role: roleFree, Target: nobody, Hosts: 1}, 5, 2)
	if err != nil {
		t.Fatal(err)
	}
	if hands[0].job.Clients != 3 || hands[1].job.Clients != 2 || hands[1].job.First != 3 {
		t.Errorf("%+v, %+v", hands[0].job, hands[1].job)
	}
	_, err = f.all(hands, order{Do: orderConnect, Within: time.Minute})
	if err == nil || !strings.Contains(err.Error(), "connections failed, the first one") {
		t.Errorf("connecting to nobody: %v", err)
	}
	cancel()
	f.close()
	for _, h := range hands {
		if !h.cmd.ProcessState.Success() {
			t.Errorf("%s ended with %v", h.name, h.cmd.ProcessState)
		}
		if err := syscall.Kill(h.cmd.Process.Pid, 0); err == nil {
			t.Errorf("%s is still there", h.name)
		}
	}
}

func TestOverloadOfNobody(t *testing.T) {
	t.Setenv(asWorker, "yes")
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	load := Load{Kind: "proofs", Version: 5, Batch: 1, Pipeline: 1, Accounts: 1, Address: DefaultAddress}
	_, err = Crowd(t.Context(), CrowdConfig{
		Target: nobody, Clients: 2, Duration: time.Second, Every: time.Second, Connect: 100 * time.Millisecond,
		Version: 5, Accounts: 1, Command: []string{program}, Logger: slog.New(slog.DiscardHandler),
	})
	if err == nil || !strings.Contains(err.Error(), "worker crowd 1 (process ") || !strings.Contains(err.Error(), "connection refused") {
		t.Error(err)
	}
	_, err = Overload(t.Context(), OverloadConfig{
		Target: nobody, Paid: 1, Free: 1, Rounds: 1, Duration: time.Second, PaidLoad: load, FreeLoad: load, Workers: 1, CheatRate: 1,
		PaidPlace: Place{CPUs: []int{1000}}, Command: []string{program}, Logger: slog.New(slog.DiscardHandler),
	})
	if err == nil || !strings.Contains(err.Error(), "run on processors [1000]") {
		t.Error(err)
	}
}

func TestParseCPUs(t *testing.T) {
	for list, want := range map[string]string{
		"": "all processors, nice 0", "1": "processor 1, nice 0", "0,2-4": "processor 0,2,3,4, nice 0",
	} {
		cpus, err := ParseCPUs(list)
		if place := (&Place{CPUs: cpus}); err != nil || place.String() != want {
			t.Errorf("%q: %v, %v", list, place, err)
		}
	}
	for _, list := range []string{"x", "1-", "-1", "3-1", ",", "99999"} {
		if cpus, err := ParseCPUs(list); err == nil {
			t.Errorf("%q: %v", list, cpus)
		}
	}
}

func TestSourcesAreDifferent(t *testing.T) {
	seen := make(map[string]bool)
	for i := range 200_000 {
		a := source(i)
		if !a.IsLoopback() || seen[a.String()] || a.As4()[3] == 0 || a.As4()[3] == 255 {
			t.Fatalf("%d: %v", i, a)
		}
		seen[a.String()] = true
	}
	if a := source(maxHosts - 1); !a.IsLoopback() {
		t.Error(a)
	}
}

func TestIdentitiesAreDerived(t *testing.T) {
	seen := make(map[string]bool)
	for _, role := range []string{rolePaid, roleFree} {
		for seed := range uint64(3) {
			for i := range uint64(3) {
				k := string(crypto.FromECDSA(key(seed, role, i)))
				if seen[k] || k != string(crypto.FromECDSA(key(seed, role, i))) {
					t.Errorf("%s %d %d", role, seed, i)
				}
				seen[k] = true
			}
		}
	}
	if a, b := PaidIDs(1, 2), PaidIDs(1, 3); a[0] != b[0] || a[1] != b[1] || b[1] == b[2] {
		t.Error("ids depend on how many there are")
	}
}

func TestSplit(t *testing.T) {
	for _, c := range []struct{ clients, workers int }{{10, 3}, {1, 1}, {9, 9}, {0, 1}} {
		parts, sum := split(c.clients, c.workers), 0
		for _, p := range parts {
			sum += p
		}
		if sum != c.clients || len(parts) != c.workers || parts[0]-parts[len(parts)-1] > 1 {
			t.Errorf("%v: %v", c, parts)
		}
	}
}

func TestReasons(t *testing.T) {
	for want, err := range map[string]error{
		"told to come again later": &LaterError{After: time.Second},
		"closed without a word":    io.ErrUnexpectedEOF,
		"no answer in time":        os.ErrDeadlineExceeded,
		"connection refused":       &os.SyscallError{Err: syscall.ECONNREFUSED},
		"out of file descriptors":  &os.SyscallError{Err: syscall.EMFILE},
	} {
		if got := reasonOf(err); got != want {
			t.Errorf("%v: %s, want %s", err, got, want)
		}
	}
}

func TestTailOfAWorker(t *testing.T) {
	var said tail
	if said.last() != "" {
		t.Error("silence")
	}
	for i := range 10_000 {
		io.WriteString(&said, "line "+strconv.Itoa(i)+"\n") //nolint:errcheck // memory
	}
	if len(said.mu.text) > tailBytes || said.last() != "line 9999" {
		t.Errorf("%d bytes, last %s", len(said.mu.text), said.last())
	}
}
