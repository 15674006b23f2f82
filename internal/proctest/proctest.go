// Package proctest runs programs for whole-program tests: real processes that end
// with the test, what they say, and JSON-RPC to ask them.
//
// Every process writes its standard error to a file in the folder that the test
// names, so that a test that fails leaves its logs behind. Processes are ended one
// by one, each by its own handle.
package proctest

import (
	"bufio"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Patience is how long a test waits for what should take a second or less: the
// machines that tests run on are shared. It decides only how a failing test ends.
const Patience = 2 * time.Minute

// pause is how long to wait before looking again.
const pause = 50 * time.Millisecond

// Process is a running program. Its methods are for the test's goroutine.
type Process struct {
	t       testing.TB
	name    string
	cmd     *exec.Cmd
	lines   chan string // of standard output; closed at its end
	log     *os.File
	began   int64         // where its own part of the log begins
	waited  chan struct{} // closed when the process has ended
	err     error         // of Wait; read after waited
	expects bool          // the test has ended it
}

// Start runs a program until the test ends. Its standard error goes to the file
// LOGS/NAME.log, behind what an earlier process of that name wrote there.
func Start(t testing.TB, logs, name, program string, args ...string) *Process {
	t.Helper()
	log, err := os.OpenFile(filepath.Join(logs, name+".log"), os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	began, err := log.Seek(0, io.SeekEnd)
	if err != nil {
		t.Fatal(err)
	}
	p := &Process{
		began: began, t: t, name: name, cmd: exec.Command(program, args...), log: log,
		lines: make(chan string, 1000), waited: make(chan struct{}),
	}
	p.cmd.Stderr = log
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		for scanner := bufio.NewScanner(stdout); scanner.Scan(); {
			p.lines <- scanner.Text()
		}
		close(p.lines)
		p.err = p.cmd.Wait()
		close(p.waited)
	}()
	t.Cleanup(p.end)
	return p
}

// end ends the process with the test, and tells of one that ended before it should.
func (p *Process) end() {
	if unasked := p.Ended() && !p.expects; unasked {
		p.t.Errorf("%s ended by itself: %v", p.name, p.err)
	}
	p.Kill()
	if p.t.Failed() {
		p.t.Logf("%s wrote to %s, at last:\n%s", p.name, p.log.Name(), tail(p.Log(), 40))
	}
	p.log.Close()
}

// Ended reports whether the process has ended.
func (p *Process) Ended() bool {
	select {
	case <-p.waited:
		return true
	default:
		return false
	}
}

// PID is the process's id.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Log returns all that the process has written to standard error.
func (p *Process) Log() string {
	text, err := os.ReadFile(p.log.Name())
	if err != nil {
		p.t.Error(err)
	}
	return string(text[min(p.began, int64(len(text))):])
}

// Await returns the rest of the first line on standard output that begins with the
// prefix.
func (p *Process) Await(prefix string) string {
	p.t.Helper()
	timeout := time.After(Patience)
	for {
		select {
		case line, ok := <-p.lines:
			if !ok {
				p.t.Fatalf("%s ended without saying %q", p.name, prefix)
			}
			if rest, found := strings.CutPrefix(strings.TrimSpace(line), prefix); found {
				return rest
			}
		case <-timeout:
			p.t.Fatalf("%s does not say %q", p.name, prefix)
		}
	}
}

// AwaitLog waits until standard error matches the pattern, and returns the last
// match of its first group.
func (p *Process) AwaitLog(pattern string) string {
	p.t.Helper()
	wanted, found := regexp.MustCompile(pattern), ""
	Eventually(p.t, p.name+" does not log "+pattern, func() bool {
		all := wanted.FindAllStringSubmatch(p.Log(), -1)
		if len(all) == 0 {
			return false
		}
		found = all[len(all)-1][1]
		return true
	})
	return found
}

// Signal sends the process a signal.
func (p *Process) Signal(s os.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		p.t.Fatal(err)
	}
}

// Stop asks the process to end as Ctrl-C does, and wants exit status 0.
func (p *Process) Stop() {
	p.t.Helper()
	p.expects = true
	p.cmd.Process.Signal(syscall.SIGINT) //nolint:errcheck // waited tells
	select {
	case <-p.waited:
	case <-time.After(Patience):
		p.t.Errorf("%s does not end", p.name)
		p.Kill()
	}
	if p.err != nil {
		p.t.Errorf("%s after an interrupt: %v", p.name, p.err)
	}
}

// Kill ends the process as a crash would.
func (p *Process) Kill() {
	p.expects = true
	p.cmd.Process.Kill() //nolint:errcheck // it may have ended by itself
	for {
		select {
		case <-p.lines: // nobody else reads them
		case <-p.waited:
			return
		}
	}
}

// Eventually waits until the condition holds; wrong says what is wrong if it never
// does.
func Eventually(t testing.TB, wrong string, condition func() bool) {
	t.Helper()
	for deadline := time.Now().Add(Patience); ; time.Sleep(pause) {
		if condition() {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal(wrong)
		}
	}
}

// FreePort returns a TCP port of the loopback interface that is free now.
func FreePort(t testing.TB) string {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// tail returns the last n lines.
func tail(s string, n int) string {
	lines := strings.Split(strings.TrimRight(s, "\n"), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}
