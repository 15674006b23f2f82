package e2e

import (
	"encoding/json"
	"fmt"
	"os/exec"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/candela-les/candela/client/bidder"
)

// A client that nobody knows is served by a server that nobody told it of money: free at first, then as it wins by auction and pays on a real
// chain. It tops up, is outbid, comes back, and takes what is left with it. In the end chain, ledger, statement and the client's own
// books agree to the last base unit.
func TestPays(t *testing.T) {
	g := newDevGeth(t)
	for _, method := range []string{"channel", "cheque"} {
		t.Run(method, func(t *testing.T) {
			r := newPayRun(t, g, method) // one after the other: all people get their ether from the same key
			t.Parallel()
			r.run()
		})
	}
}

// payRun is one client that pays one server by one method.
type payRun struct {
	*testing.T
	chain  *devGeth
	method string

	server, light  *process
	enode, url     string
	serving, store string // data directories
	funds          common.Address
	receiver       common.Address
	account        common.Address // the client's, at the server
}

// payFunds is what a client has in the beginning.
const payFunds = 5_000_000

func newPayRun(t *testing.T, g *devGeth, method string) *payRun {
	t.Helper()
	r := &payRun{T: t, chain: g, method: method, serving: t.TempDir(), store: t.TempDir(), receiver: receiverOf(method)}
	_, operator := g.person(t.TempDir(), "operator "+method, 0)
	var funds []string
	r.funds, funds = g.person(t.TempDir(), "client "+method, payFunds)

	serve := []string{
		"serve", "--datadir", r.serving, "--genesis", g.genesis, "--node", g.url, "--addr", "127.0.0.1", "--port", "0",
		"--sell.price", "0.36", "--sell.decimals", "6", "--sell.currency", "CTT", "--sell.units", "1", "--sell.token", g.Token.Hex(),
		"--pay.methods", method, "--pay.receiver", r.receiver.Hex(), "--pay.coin-price", "0.000001", "--pay.confirmations", "1",
	}
	pay := []string{
		"--pay", method, "--pay.prepaid", "1000000", "--pay.daily", "4000000", "--pay.locked", "4000000", "--pay.deposit", "10000",
		"--pay.confirmations", "1",
	}
	if method == "cheque" {
		serve = append(serve, "--pay.factory", g.Factory.Hex())
		pay = append(pay, "--pay.factory", g.Factory.Hex(), "--pay.gas", "0.1")
	}
	r.server = start(t, append(serve, operator...)...)
	r.enode = r.server.Await("serving ")
	r.light = r.client(r.store, 900_000, append(pay, funds...)...)
	r.url = r.light.Await("rpc ")
	r.account = r.accountOf(r.url)
	return r
}

// client starts a light client that bids up to a price.
func (r *payRun) client(dir string, price uint64, args ...string) *process {
	r.Helper()
	return start(r.T, append([]string{
		"light", "--trusted", r.enode, "--fraction", "100", "--datadir", dir, "--http.port", "0",
		"--demand", fmt.Sprintf("requests=10 servers=1 price=%d budget=100000000", price),
		"--token", fmt.Sprintf("%v:%v", r.chain.ChainID, r.chain.Token),
	}, args...)...)
}

func (r *payRun) run() {
	r.wait("being served for nothing", func() bool { return r.asks() })
	r.wait("units", func() bool { return r.seller().Units > 0 })
	first := r.chain.has(r.funds)
	r.wait("a top-up", func() bool { return r.chain.has(r.funds).Cmp(first) < 0 })

	rival := r.client(r.TempDir(), 1_800_000)
	account := r.accountOf(rival.Await("rpc "))
	r.admin(nil, "credit", account.Hex(), "5")
	r.wait("being outbid", func() bool { return r.seller().Units == 0 })
	r.wait("being answered all the same", func() bool { return r.asks() })
	rival.Stop()
	r.wait("units again", func() bool { return r.seller().Units > 0 })
}

// wait waits for what takes a minute, as trying servers for nothing does, and asks for something all the while: who asks nothing needs nothing.
func (r *payRun) wait(what string, until func() bool) {
	r.Helper()
	for deadline := time.Now().Add(4 * time.Minute); !until(); time.Sleep(100 * time.Millisecond) {
		r.asks()
		if time.Now().After(deadline) {
			r.Fatalf("%s: not in time: %+v", what, r.seller())
		}
	}
}

// asks asks for a proven balance.
func (r *payRun) asks() bool {
	r.Helper()
	got, err := call(r.url, "eth_getBalance", r.funds, "latest")
	if err != nil {
		r.Logf("no answer: %v", err)
		return false
	}
	var wei hexutil.Big
	if err := json.Unmarshal(got, &wei); err != nil || wei.ToInt().Sign() == 0 {
		r.Errorf("%s: %s (%v)", r.funds, got, err)
	}
	return true
}

// seller is the server as the client sees it.
func (r *payRun) seller() (one bidder.SellerStatus) {
	r.Helper()
	var list []bidder.SellerStatus
	if err := json.Unmarshal(mustCall(r.T, r.url, "candela_market"), &list); err != nil || len(list) > 1 {
		r.Fatalf("%v, %v", list, err)
	}
	if len(list) == 1 {
		one = list[0]
	}
	return one
}

// accountOf is by which a light client is known to servers.
func (r *payRun) accountOf(url string) common.Address {
	r.Helper()
	var demand bidder.DemandStatus
	if err := json.Unmarshal(mustCall(r.T, url, "candela_demand"), &demand); err != nil {
		r.Fatal(err)
	}
	return common.HexToAddress(demand.Account)
}

// admin runs candela admin at the server.
func (r *payRun) admin(to any, args ...string) {
	r.Helper()
	out, err := exec.Command(candela, append([]string{"admin", "--datadir", r.serving, "--json"}, args...)...).CombinedOutput()
	if err != nil {
		r.Fatalf("candela admin %v: %v: %s", args, err, out)
	}
	if to == nil {
		return
	}
	if err := json.Unmarshal(out, to); err != nil {
		r.Fatalf("candela admin %v: %v: %s", args, err, out)
	}
}
