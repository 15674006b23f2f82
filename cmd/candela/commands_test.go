package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// patience is how long a script waits for what should take a second or less. It
// decides only how a failing test ends.
const patience = time.Minute

// commands are the words that scripts have beside testscript's own.
func commands() map[string]func(*testscript.TestScript, bool, []string) {
	return map[string]func(*testscript.TestScript, bool, []string){
		"exits":     cmdExits,
		"start":     cmdStart,
		"await":     cmdAwait,
		"signal":    cmdSignal,
		"ends":      cmdEnds,
		"rpc":       cmdRPC,
		"get":       cmdGet,
		"take-port": cmdTakePort,
		"poke":      cmdPoke,
		"tmpfs":     cmdTmpfs,
		"sleep":     cmdSleep,
		"until":     cmdUntil,
		"hold-pipe": cmdHoldPipe,
		"measure":   cmdMeasure,
	}
}

// exits STATUS PROGRAM ARGS... runs a program that ends by itself. When it fails,
// it must say why in one sentence, and a panic is never one.
func cmdExits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS PROGRAM ARGS...")
	}
	var stdout, stderr bytes.Buffer
	p := launch(ts, args[1:], &stdout, &stderr)
	status := p.wait(ts)
	io.Copy(ts.Stdout(), &stdout)                         //nolint:errcheck // into memory
	io.Copy(ts.Stderr(), bytes.NewReader(stderr.Bytes())) //nolint:errcheck // into memory
	if strconv.Itoa(status) != args[0] {
		ts.Fatalf("exit status %d, want %s; it says:\n%s", status, args[0], &stderr)
	}
	if status != 0 {
		oneSentence(ts, stderr.String())
	}
}

// oneSentence fails unless standard error ends with one line of candela's, and
// perhaps a hint where to look.
func oneSentence(ts *testscript.TestScript, stderr string) {
	said := 0
	for line := range strings.Lines(stderr) {
		switch {
		case strings.HasPrefix(line, "candela: "):
			said++
		case strings.HasPrefix(line, "time="), strings.HasPrefix(line, "{"), strings.HasPrefix(line, "Try: candela "):
		default:
			ts.Fatalf("unexpected on standard error: %s", line)
		}
	}
	if said != 1 {
		ts.Fatalf("%d messages, want one:\n%s", said, stderr)
	}
}

// start NAME PROGRAM ARGS... starts a program that stays.
func cmdStart(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: start NAME PROGRAM ARGS...")
	}
	p := launch(ts, args[1:], nil, nil)
	ts.Defer(func() { ts.Logf("%s wrote:\n%s", args[0], &p.output) })
	ts.Value(processesKey{}).(processes)[args[0]] = p
}

// await NAME REGEXP [VAR...] waits until the program's output, of both kinds, has a
// line that matches, and sets the variables to the submatches.
func cmdAwait(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: await NAME REGEXP [VAR...]")
	}
	p, pattern := named(ts, args[0]), regexp.MustCompile("(?m)"+args[1])
	for deadline := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		ended := p.ended()
		if found := pattern.FindStringSubmatch(p.output.String()); found != nil {
			for i, name := range args[2:] {
				ts.Setenv(name, found[1+i])
			}
			return
		}
		if ended || time.Now().After(deadline) {
			ts.Fatalf("%s does not say %s", args[0], args[1])
		}
	}
}

// signal NAME interrupt|terminate|kill sends a signal.
func cmdSignal(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: signal NAME SIGNAL")
	}
	ts.Check(named(ts, args[0]).cmd.Process.Signal(signals[args[1]]))
}

// ends NAME STATUS waits until the program has ended. A status of a program that a
// signal has ended is the signal's name. What it wrote is there for stdout.
func cmdEnds(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: ends NAME STATUS")
	}
	p := named(ts, args[0])
	got := strconv.Itoa(p.wait(ts))
	if name := p.signal(); name != "" {
		got = name
	}
	io.WriteString(ts.Stdout(), p.output.String()) //nolint:errcheck // into memory
	if got != args[1] {
		ts.Fatalf("%s ends with %s, want %s", args[0], got, args[1])
	}
}

// rpc URL METHOD PARAMS asks a JSON-RPC endpoint; the reply is there for stdout.
func cmdRPC(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: rpc URL METHOD PARAMS")
	}
	ts.Stdout().Write(ask(ts, http.MethodPost, args[0], rpcBody(args[1], args[2]))) //nolint:errcheck // into memory
}

// get URL fetches a page; it is there for stdout.
func cmdGet(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: get URL")
	}
	ts.Stdout().Write(ask(ts, http.MethodGet, args[0], "")) //nolint:errcheck // into memory
}

func rpcBody(method, params string) string {
	return `{"jsonrpc":"2.0","id":1,"method":"` + method + `","params":` + params + `}`
}

func ask(ts *testscript.TestScript, method, url, body string) []byte {
	request, err := http.NewRequest(method, url, strings.NewReader(body))
	ts.Check(err)
	request.Header.Set("Content-Type", "application/json")
	response, err := (&http.Client{Timeout: patience}).Do(request)
	ts.Check(err)
	defer response.Body.Close()
	reply, err := io.ReadAll(response.Body)
	ts.Check(err)
	return reply
}

// take-port VAR listens on a port until the script ends, and sets VAR to it.
func cmdTakePort(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: take-port VAR")
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { listener.Close() })
	_, port, err := net.SplitHostPort(listener.Addr().String())
	ts.Check(err)
	ts.Setenv(args[0], port)
}

// poke FILE OFFSET HEX writes bytes into a file.
func cmdPoke(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: poke FILE OFFSET HEX")
	}
	blob, err := hex.DecodeString(args[2])
	ts.Check(err)
	offset, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	file, err := os.OpenFile(ts.MkAbs(args[0]), os.O_WRONLY, 0)
	ts.Check(err)
	_, err = file.WriteAt(blob, offset)
	ts.Check(errors.Join(err, file.Close()))
}

// tmpfs DIR SIZE mounts a disk of this size until the script ends.
func cmdTmpfs(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: tmpfs DIR SIZE")
	}
	dir := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(dir, 0o755))
	ts.Check(mountTmpfs(dir, args[1]))
	ts.Defer(func() { unmount(dir) })
}

func mountTmpfs(dir, size string) error {
	return exec.Command("mount", "-t", "tmpfs", "-o", "size="+size, "none", dir).Run()
}

func unmount(dir string) {
	exec.Command("umount", "-l", dir).Run() //nolint:errcheck // an empty disk in memory is all that could stay
}

// sleep DURATION gives a program time to get into the middle of something.
func cmdSleep(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: sleep DURATION")
	}
	d, err := time.ParseDuration(args[0])
	ts.Check(err)
	time.Sleep(d)
}

// until URL METHOD PARAMS REGEXP asks a JSON-RPC endpoint until its reply matches.
func cmdUntil(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: until URL METHOD PARAMS REGEXP")
	}
	pattern := regexp.MustCompile(args[3])
	for deadline := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		reply := ask(ts, http.MethodPost, args[0], rpcBody(args[1], args[2]))
		if pattern.Match(reply) {
			return
		}
		if time.Now().After(deadline) {
			ts.Fatalf("%s still answers %s", args[1], reply)
		}
	}
}

// hold-pipe FILE opens a pipe for writing, which waits for its reader, and keeps
// it open until the script ends.
func cmdHoldPipe(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: hold-pipe FILE")
	}
	pipe, err := os.OpenFile(ts.MkAbs(args[0]), os.O_WRONLY, 0)
	ts.Check(err)
	ts.Defer(func() { pipe.Close() })
}

// measure TARGET KIND VERSION loads a server for a moment and wants a result that is
// not zero, and no error.
func cmdMeasure(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: measure TARGET KIND VERSION")
	}
	var stdout, stderr bytes.Buffer
	p := launch(ts, []string{
		"candela", "bench", "les", "--target", args[0], "--requests", args[1], "--les", args[2],
		"--connections", "2", "--duration", "300ms", "--accounts", "1100", "--json",
	}, &stdout, &stderr)
	if status := p.wait(ts); status != 0 {
		ts.Fatalf("exit status %d: %s", status, &stderr)
	}
	var got struct {
		Requests                                       string
		LES                                            uint
		RequestsPerSecond, ItemsPerSecond, MBPerSecond float64
		P50Ms, P99Ms                                   float64
		Errors                                         *uint64
	}
	if err := json.Unmarshal(stdout.Bytes(), &got); err != nil {
		ts.Fatalf("no JSON: %v: %s", err, &stdout)
	}
	switch {
	case got.Requests != args[1] || strconv.Itoa(int(got.LES)) != args[2]: //nolint:gosec // 4 or 5
		ts.Fatalf("measured something else: %s", &stdout)
	case got.Errors == nil || *got.Errors != 0:
		ts.Fatalf("errors: %s", &stdout)
	case got.RequestsPerSecond <= 0 || got.ItemsPerSecond <= 0 || got.MBPerSecond <= 0 || got.P50Ms <= 0 || got.P99Ms < got.P50Ms:
		ts.Fatalf("rates: %s", &stdout)
	}
}
