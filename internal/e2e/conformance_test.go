package e2e

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// servers starts n servers of the conformance chain and returns their enodes.
func servers(t testing.TB, n int) ([]*process, []string) {
	t.Helper()
	data := filepath.Join(testdata(t), "execution-apis")
	var (
		running []*process
		enodes  []string
	)
	for range n {
		running = append(running, start(t, "serve", "--datadir", t.TempDir(), "--addr", "127.0.0.1", "--port", "0",
			"--genesis", filepath.Join(data, "genesis.json"), "--import", filepath.Join(data, "chain.rlp")))
	}
	for _, p := range running {
		enodes = append(enodes, p.Await("serving "))
	}
	return running, enodes
}

// compat plays the recorded conversations and returns how many answers agree,
// such as "105 of 105", and what the player said.
func compat(t *testing.T, url string, args ...string) (score, output string, ok bool) {
	t.Helper()
	data := testdata(t)
	player := filepath.Join(data, "..", "tools", "rpc-compat")
	args = append([]string{player, url, filepath.Join(data, "execution-apis", "tests"), "--without=eth_simulateV1"}, args...)
	out, err := exec.Command("python3", args...).CombinedOutput()
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	return lines[len(lines)-1], string(out), err == nil
}

// The whole of the recorded conversations, through three servers and a client
// that trusts them, each a process of its own.
func TestConformance(t *testing.T) {
	_, enodes := servers(t, 3)
	light := start(t, "light", "--trusted", strings.Join(enodes, ","), "--http.port", "0")
	score, output, ok := compat(t, light.Await("rpc "))
	t.Logf("%s recorded conversations answered alike", score)
	if !ok {
		t.Errorf("the endpoint differs from the recordings:\n%s", output)
	}
	light.Stop()
}

// One of three down: with a fraction of 60 the two that are left are enough, and
// with 67 they are not, because a server that is off counts against.
func TestOneServerDown(t *testing.T) {
	running, enodes := servers(t, 3)
	trusted := strings.Join(enodes, ",")
	light := start(t, "light", "--trusted", trusted, "--fraction", "60", "--http.port", "0")
	url := light.Await("rpc ")
	strict := start(t, "light", "--trusted", trusted, "--fraction", "67", "--http.port", "0")
	strictURL := strict.Await("rpc ")

	running[1].Kill()
	for _, block := range []string{"latest", "0x10"} {
		mustCall(t, url, "eth_getBalance", "0x0000000000000000000000000000000000000000", block)
	}
	// The strict client notices the loss as soon as the connection breaks.
	eventually(t, func() bool {
		_, err := call(strictURL, "eth_getBalance", "0x0000000000000000000000000000000000000001", "latest")
		return err != nil && strings.Contains(err.Error(), "-32010")
	}, "two of three servers satisfy a fraction of 67")
}
