// Package e2e runs the candela binary as its users do: real processes, real
// connections, real wallet libraries.
package e2e

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// candela is the binary under test, built once.
var candela string //nolint:gochecknoglobals // set by TestMain

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "candela-e2e")
	if err != nil {
		panic(err)
	}
	candela = filepath.Join(dir, "candela")
	build := exec.Command("go", "build", "-o", candela, "../../cmd/candela")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "building candela:", err)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// process is a running candela, or another program.
type process struct {
	t      testing.TB
	cmd    *exec.Cmd
	lines  chan string // of standard output; closed at its end
	stderr syncBuffer
	ended  bool
}

// patience is how long a test waits for what should take a second or less: these
// machines are shared. It decides only how a failing test ends.
const patience = 2 * time.Minute

// start runs candela with these arguments until the test ends.
func start(t testing.TB, args ...string) *process {
	t.Helper()
	return startProgram(t, candela, args...)
}

// startProgram runs any program until the test ends.
func startProgram(t testing.TB, program string, args ...string) *process {
	t.Helper()
	p := &process{t: t, cmd: exec.Command(program, args...), lines: make(chan string, 1000)}
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.cmd.Stderr = &p.stderr
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(p.lines)
		for scanner := bufio.NewScanner(stdout); scanner.Scan(); {
			p.lines <- scanner.Text()
		}
	}()
	t.Cleanup(func() {
		if !p.ended {
			p.cmd.Process.Kill() //nolint:errcheck // it may have ended by itself
			p.cmd.Wait()         //nolint:errcheck // killed
		}
		if t.Failed() {
			t.Logf("%v wrote to stderr:\n%s", args, tail(p.stderr.String(), 40))
		}
	})
	return p
}

// await returns the rest of the first output line that begins with the prefix.
func (p *process) await(prefix string) string {
	p.t.Helper()
	timeout := time.After(patience)
	for {
		select {
		case line, ok := <-p.lines:
			if !ok {
				p.t.Fatalf("ended without saying %q", prefix)
			}
			if rest, found := strings.CutPrefix(strings.TrimSpace(line), prefix); found {
				return rest
			}
		case <-timeout:
			p.t.Fatalf("does not say %q", prefix)
		}
	}
}

// stop asks the process to end as Ctrl-C does, and wants exit status 0.
func (p *process) stop() {
	p.t.Helper()
	p.cmd.Process.Signal(syscall.SIGINT) //nolint:errcheck // Wait tells
	p.ended = true
	if err := p.cmd.Wait(); err != nil {
		p.t.Errorf("after an interrupt: %v", err)
	}
}

// kill ends the process as a crash would.
func (p *process) kill() {
	p.cmd.Process.Kill() //nolint:errcheck // Wait tells
	p.ended = true
	p.cmd.Wait() //nolint:errcheck // killed
}

// call asks a JSON-RPC endpoint.
func call(url, method string, params ...any) (json.RawMessage, error) {
	if params == nil {
		params = []any{}
	}
	body, err := json.Marshal(map[string]any{"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	blob, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	var reply struct {
		Result json.RawMessage `json:"result"`
		Error  *rpcError       `json:"error"`
	}
	if err := json.Unmarshal(blob, &reply); err != nil {
		return nil, fmt.Errorf("%s: %w", blob, err)
	}
	if reply.Error != nil {
		return nil, reply.Error
	}
	return reply.Result, nil
}

// mustCall is call for answers that have to come.
func mustCall(t *testing.T, url, method string, params ...any) json.RawMessage {
	t.Helper()
	result, err := call(url, method, params...)
	if err != nil {
		t.Fatalf("%s: %v", method, err)
	}
	return result
}

type rpcError struct {
	Code    int             `json:"code"`
	Message string          `json:"message"`
	Data    json.RawMessage `json:"data"`
}

func (e *rpcError) Error() string { return fmt.Sprintf("%d %s %s", e.Code, e.Message, e.Data) }

// testdata returns the folder of third-party chain data, or skips the test.
func testdata(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("CANDELA_TESTDATA")
	if dir == "" {
		t.Skip("CANDELA_TESTDATA is not set: no chain data to test on")
	}
	return dir
}

// syncBuffer is a buffer that a process writes to while a test reads.
type syncBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// tail returns the last n lines.
func tail(s string, n int) string {
	lines := strings.Split(strings.TrimRight(s, "\n"), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}
