// Package attacks plays attacks on a server and says what they cost: the server in
// processor time, memory, goroutines and handshakes, and its honest clients in
// answers, waiting, stops and lost connections.
//
// A scenario is a text file in testdata, with one verb for each thing that happens.
// The server runs in the test's own process, so that what it takes can be read;
// attackers and honest clients run in processes of their own and have nothing but
// real connections to it. What a file expects is said in counts and ratios that hold
// on a busy machine too. The figures themselves are logged (go test -v), and
// `make attacks` puts them into docs/bench/attacks.md.
package attacks

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"testing"
)

// childEnv tells a process that it is not the test but a load.
const childEnv = "CANDELA_ATTACKS_CHILD"

var tableFlag = flag.String("table", "", "put the figures into this Markdown file") //nolint:gochecknoglobals // a flag

func TestMain(m *testing.M) {
	if os.Getenv(childEnv) != "" {
		if err := serveJobs(bufio.NewReader(os.Stdin), json.NewEncoder(os.Stdout)); err != nil {
			fmt.Fprintln(os.Stderr, "load:", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}
