package e2e

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/node/devmoney"
	"github.com/candela-les/candela/unit"
)

// devGeth is a go-ethereum of its own that makes a block each second, with a token and what is needed to pay by it.
type devGeth struct {
	t *testing.T
	*devmoney.Money
	url     string
	genesis string // file
}

func newDevGeth(t *testing.T) *devGeth {
	t.Helper()
	binary, err := gethBinary()
	if err != nil {
		t.Fatal(err)
	}
	genesis := core.DeveloperGenesisBlock(30_000_000, nil)
	maps.Copy(genesis.Alloc, devmoney.Alloc())
	raw, err := json.Marshal(genesis)
	if err != nil {
		t.Fatal(err)
	}
	dir, port := t.TempDir(), freePort(t)
	file := filepath.Join(dir, "genesis.json")
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(dir, "data")
	if out, err := exec.Command(binary, "init", "--datadir", data, file).CombinedOutput(); err != nil {
		t.Fatalf("geth init: %v\n%s", err, tail(string(out), 20))
	}
	startProgram(
		t, binary, "--dev", "--dev.period", "1", "--datadir", data, "--nodiscover", "--maxpeers", "0", "--port", "0", "--verbosity", "2",
		"--ipcdisable", "--authrpc.port", freePort(t), "--ws", "--ws.port", port, "--ws.api", "eth,net,web3,debug",
	)
	g := &devGeth{t: t, url: "ws://127.0.0.1:" + port, genesis: file}
	var client *rpc.Client
	eventually(t, func() bool { client, err = rpc.DialContext(t.Context(), g.url); return err == nil }, "geth does not answer")
	t.Cleanup(client.Close)
	if g.Money, err = devmoney.Open(t.Context(), ethclient.NewClient(client)); err != nil {
		t.Fatal(err)
	}
	return g
}

// person is somebody with an ether and tokens, and the flags that name the key.
func (g *devGeth) person(dir, name string, tokens uint64) (who common.Address, flags []string) {
	g.t.Helper()
	key, err := g.Person(g.t.Context(), name)
	if err != nil {
		g.t.Fatal(err)
	}
	if tokens > 0 {
		if err := g.Mint(g.t.Context(), key.Address(), unit.NewAmount(tokens)); err != nil {
			g.t.Fatal(err)
		}
	}
	const password = "open sesame"
	account, err := keystore.NewKeyStore(dir, 2, 1).ImportECDSA(devmoney.Key(name), password)
	if err != nil {
		g.t.Fatal(err)
	}
	word := filepath.Join(dir, "password.txt")
	if err := os.WriteFile(word, []byte(password+"\n"), 0o600); err != nil {
		g.t.Fatal(err)
	}
	return account.Address, []string{"--pay.keystore", account.URL.Path, "--pay.password", word}
}

// has is how many tokens somebody has.
func (g *devGeth) has(who common.Address) unit.Amount {
	g.t.Helper()
	amount, err := g.Has(g.t.Context(), who)
	if err != nil {
		g.t.Fatal(err)
	}
	return amount
}

// receiverOf is an address that nobody has the key of.
func receiverOf(name string) common.Address {
	return common.BytesToAddress(crypto.Keccak256([]byte("receiver " + name)))
}
