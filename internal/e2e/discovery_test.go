package e2e

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/p2p/enode"
)

// A light client that is told one trusted server, which has no data, and one node to
// begin with finds servers that have, and others when those are killed.
func TestDiscovery(t *testing.T) {
	dir := t.TempDir()
	genesis := func(name, accounts string) string {
		out, err := exec.Command(candela, "bench", "genesis", "--accounts", accounts).Output()
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, out, 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	ours, other := genesis("ours.json", "3000"), genesis("other.json", "4")
	serve := func(genesis string, args ...string) *process {
		return start(t, append([]string{"serve", "--datadir", t.TempDir(), "--genesis", genesis, "--addr", "127.0.0.1", "--port", "0"}, args...)...)
	}
	trusted := serve(ours, "--onlyannounce").Await("serving ")
	boot := serve(other, "--discovery").Await("serving ")
	data := make(map[string]*process) // by node id
	add := func() {
		p := serve(ours, "--discovery", "--bootnodes", boot)
		n, err := enode.ParseV4(p.Await("serving "))
		if err != nil {
			t.Fatal(err)
		}
		data[hex.EncodeToString(n.ID().Bytes())] = p
	}
	add()
	add()

	began := time.Now()
	light := start(t, "light", "--trusted", trusted, "--discovery", "--bootnodes", boot, "--udp.addr", "127.0.0.1",
		"--maxservers", "1", "--http.port", "0")
	url := light.Await("rpc ")
	t.Logf("first proven answer after %v", time.Since(began).Round(time.Millisecond))
	// Whichever server it is, another one takes over, three times.
	for round := range byte(3) {
		var using []string
		eventually(t, func() bool {
			using = discovered(t, url)
			return len(using) > 0 && data[using[0]] != nil // and not the one that was killed
		}, "no server is discovered")
		if len(using) != 1 {
			t.Fatalf("connected to %v", using)
		}
		for i := range byte(10) {
			// An account that was not asked for: nothing of its proof's end is known yet.
			mustCall(t, url, "eth_getBalance", fmt.Sprintf("0x%040x", 1000*int(round)+int(i)), "latest")
		}
		data[using[0]].Kill()
		delete(data, using[0])
		add()
	}
	light.Stop()
}

// discovered are the connected servers that the client was not told.
func discovered(t *testing.T, url string) (ids []string) {
	t.Helper()
	var status struct {
		Servers []struct {
			ID                 string
			Connected, Trusted bool
		}
	}
	if err := json.Unmarshal(mustCall(t, url, "candela_status"), &status); err != nil {
		t.Fatal(err)
	}
	for _, s := range status.Servers {
		if s.Connected && !s.Trusted {
			ids = append(ids, s.ID)
		}
	}
	return ids
}
