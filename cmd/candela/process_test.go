package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

var signals = map[string]os.Signal{ //nolint:gochecknoglobals // a table
	"interrupt": syscall.SIGINT, "terminate": syscall.SIGTERM, "kill": syscall.SIGKILL,
}

// processes are what a script has started, by the names it gave them.
type processes map[string]*process

type processesKey struct{}

// process is a running program.
type process struct {
	cmd    *exec.Cmd
	output syncBuffer // standard output and error, as they came
	done   chan struct{}
}

// launch starts a program in the script's directory and environment; it does not
// outlive the script.
func launch(ts *testscript.TestScript, args []string, stdout, stderr io.Writer) *process {
	path, err := exec.LookPath(args[0])
	ts.Check(err)
	p := &process{cmd: exec.Command(path, args[1:]...), done: make(chan struct{})}
	p.cmd.Dir = ts.MkAbs(".")
	p.cmd.Stdout, p.cmd.Stderr = tee(stdout, &p.output), tee(stderr, &p.output)
	ts.Check(p.cmd.Start())
	go func() {
		defer close(p.done)
		p.cmd.Wait() //nolint:errcheck // ProcessState tells
	}()
	ts.Defer(func() {
		p.cmd.Process.Kill() //nolint:errcheck // it may have ended
		<-p.done
	})
	return p
}

func tee(first, second io.Writer) io.Writer {
	if first == nil {
		return second
	}
	return io.MultiWriter(first, second)
}

func named(ts *testscript.TestScript, name string) *process {
	p := ts.Value(processesKey{}).(processes)[name]
	if p == nil {
		ts.Fatalf("nothing was started as %s", name)
	}
	return p
}

func (p *process) ended() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}

// wait returns the exit status, −1 after a signal.
func (p *process) wait(ts *testscript.TestScript) int {
	select {
	case <-p.done:
	case <-time.After(patience):
		p.cmd.Process.Signal(syscall.SIGQUIT) //nolint:errcheck // shows where it hangs
		<-p.done
		ts.Fatalf("%v does not end:\n%s", p.cmd.Args, &p.output)
	}
	return p.cmd.ProcessState.ExitCode()
}

// signal is the name of the signal that ended the program, empty for none.
func (p *process) signal() string {
	status, ok := p.cmd.ProcessState.Sys().(syscall.WaitStatus)
	if !ok || !status.Signaled() {
		return ""
	}
	for name, signal := range signals {
		if signal == status.Signal() {
			return name
		}
	}
	return status.Signal().String()
}

// syncBuffer is a buffer that a program writes to while a script reads.
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
