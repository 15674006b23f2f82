package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/candela-les/candela/internal/proctest"
)

// number is the newest block's at an endpoint.
func number(t testing.TB, url string) uint64 {
	t.Helper()
	return uint64(proctest.Ask[hexutil.Uint64](t, url, "eth_blockNumber"))
}

// dev starts a development setup and returns its endpoint and a funded key.
func dev(t testing.TB, args ...string) (p *process, url, key string) {
	t.Helper()
	p = start(t, append([]string{"dev", "--http.port", "0", "--block-time", "1s"}, args...)...)
	funded := p.Await("0x")
	fields := strings.Fields(funded)
	return p, p.Await("rpc "), fields[len(fields)-1]
}

// Wallet libraries as people use them, over HTTP and WebSocket.
func TestWallets(t *testing.T) {
	if _, err := os.Stat("wallet/node_modules/ethers"); err != nil {
		t.Fatalf("wallet libraries are not installed, make deps does it: %v", err)
	}
	p, url, key := dev(t)
	for _, script := range []string{"wallet-ethers.mjs", "wallet-viem.mjs"} {
		for _, endpoint := range []string{url, strings.Replace(url, "http", "ws", 1)} {
			t.Run(script+" "+endpoint[:4], func(t *testing.T) {
				cmd := exec.Command("node", script, endpoint, key)
				cmd.Dir = "wallet"
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Errorf("%v:\n%s", err, out)
				}
			})
		}
	}
	p.Stop()
}

// A light client in a process of its own, with nothing but its servers' addresses:
// the wallet sees no difference, and what it keeps is one small file and its key.
func TestWalletOnItsOwnProcess(t *testing.T) {
	servers := start(t, "dev", "--http.port", "0", "--block-time", "1s")
	fields := strings.Fields(servers.Await("0x"))
	key := fields[len(fields)-1]
	var enodes []string
	for range 3 {
		enodes = append(enodes, "enode://"+servers.Await("enode://"))
	}
	dir := t.TempDir()
	light := start(t, "light", "--trusted", strings.Join(enodes, ","), "--fraction", "60", "--http.port", "0", "--datadir", dir)
	cmd := exec.Command("node", "wallet-ethers.mjs", light.Await("rpc "), key)
	cmd.Dir = "wallet"
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v:\n%s", err, out)
	}
	light.Stop()
	servers.Stop()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		if e.IsDir() || info.Size() > 1<<20 {
			t.Errorf("%s: %d bytes are kept", e.Name(), info.Size())
		}
	}
}

// The line that is printed for pasting works as it stands.
func TestCurlLine(t *testing.T) {
	p := start(t, "dev", "--http.port", "0", "--block-time", "1s")
	line := "curl " + p.Await("curl ")
	out, err := exec.Command("sh", "-c", line).CombinedOutput()
	if err != nil || !strings.Contains(string(out), `"result":"0x`) {
		t.Errorf("%s\n%v: %s", line, err, out)
	}
	p.Stop()
}

// What is kept is kept: a chain and a light client that go on after a restart,
// and after a crash.
func TestDevKeepsData(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dev")
	p, url, _ := dev(t, "--datadir", dir)
	eventually(t, func() bool { return number(t, url) >= 5 }, "no fifth block")
	newest := mustCall(t, url, "eth_getBlockByNumber", "0x5", false)
	p.Kill()
	p, url, _ = dev(t, "--datadir", dir)
	if n := number(t, url); n < 5 {
		t.Errorf("the newest block is %d after a crash", n)
	}
	if again := mustCall(t, url, "eth_getBlockByNumber", "0x5", false); string(again) != string(newest) {
		t.Errorf("block 5 was %s and is %s after a crash", newest, again)
	}
	p.Stop()
}
