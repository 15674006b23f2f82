package e2e

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/node/admin"
	"github.com/candela-les/candela/node/payments"
	"github.com/candela-les/candela/unit"
)

// A client that nobody knows is served by a server that nobody told it of money: free at first, then as it wins by auction and pays on a real
// chain. It tops up, is outbid, comes back, and takes what is left with it. In the end chain, ledger, statement and the client's own
// books agree to the last base unit.
func TestPays(t *testing.T) {
	g := newDevGeth(t)
	for _, method := range []string{"channel", "cheque", "lottery"} {
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
	left           payments.Result
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
	switch method {
	case "cheque":
		serve = append(serve, "--pay.factory", g.Factory.Hex())
		pay = append(pay, "--pay.factory", g.Factory.Hex(), "--pay.gas", "0.1")
	case "lottery": // of four tickets one wins
		serve = append(serve, "--pay.lottery", g.Lottery.Hex(), "--pay.revenue", "1000", "--pay.ticket", "0.001", "--pay.prize", "0.004")
		pay = append(pay, "--pay.lottery", g.Lottery.Hex())
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
	url := rival.Await("rpc ")
	r.admin(nil, "credit", r.accountOf(url).Hex(), "5")
	r.wait("being outbid", func() bool { r.busy(url); return r.seller().Units == 0 })
	r.wait("being answered all the same", func() bool { return r.asks() })
	rival.Stop()
	r.wait("units again", func() bool { return r.seller().Units > 0 })
	r.leaves()
	r.agrees()
}

// leaves takes back what can be had at once, and ends.
func (r *payRun) leaves() {
	r.Helper()
	var left payments.Job
	code := r.command(&left, "pay", "--datadir", r.store, "close", "--all")
	if want := map[string]int{"channel": 0, "cheque": 7, "lottery": 7}[r.method]; code != want || len(left.Results) != 1 {
		r.Fatalf("candela pay close ends with %d, and not with %d: %+v", code, want, left)
	}
	r.left = left.Results[0]
	r.light.Stop()
}

// agrees compares what everybody has in the end, all to the last base unit.
func (r *payRun) agrees() {
	r.Helper()
	var statement admin.Statement
	r.admin(&statement, "statement", r.account.Hex())
	var credited, charged, fees, refunded, balance unit.Amount
	for _, e := range statement.Entries {
		balance = e.Balance
		switch e.Kind {
		case "deposit":
			credited = credited.Plus(e.Amount)
		case "charge":
			charged = charged.Plus(e.Amount)
		case "fee":
			fees = fees.Plus(e.Amount)
		case "refund":
			refunded = refunded.Plus(e.Amount)
		}
	}
	spent := charged.Plus(fees)
	if spent.Plus(refunded).Plus(balance) != credited || charged.IsZero() {
		r.Errorf("%s were credited, and there are %s of charges, %s of fees, %s given back and %s left", credited, charged, fees, refunded, balance)
	}

	// The client's own books. They are read by a client that was started again, which buys nothing.
	var status payments.Status
	if code := r.command(&status, "pay", "--datadir", r.store, "status"); code != 0 || len(status.Channels) != 1 {
		r.Fatalf("candela pay status: %d, %+v", code, status)
	}
	c := status.Channels[0]
	if status.Spent != spent || c.Promised != credited || r.left.Acknowledged != credited {
		r.Errorf("the server has charged %s of %s credited, and the client says %s of %s promised, of which were acknowledged %s",
			spent, credited, status.Spent, c.Promised, r.left.Acknowledged)
	}

	// The chain, once the operator has collected what is due.
	r.admin(nil, "collect", r.method)
	paid, due := r.chain.has(r.receiver), credited.Minus(refunded)
	luck := new(big.Int).Sub(paid.Big(), due.Big())
	if r.method != "lottery" && luck.Sign() != 0 {
		r.Errorf("%s were promised and not given back, and the receiver has %s", due, paid)
	}
	funds := r.chain.has(r.funds)
	switch want := unit.NewAmount(payFunds).Minus(paid); r.method {
	case "channel": // all that was not spent came back
		if !balance.IsZero() || funds != want || c.State != payments.Closed {
			r.Errorf("%s are left in the account, the client has %s of %s, and the channel is %+v", balance, funds, want, c)
		}
	case "lottery": // what did not win waits
		if locked := r.chain.has(r.chain.Lottery); c.State != payments.Closing || c.Back == nil || locked.IsZero() || funds.Plus(locked) != want {
			r.Errorf("the client has %s of %s, %s are still locked, and the channel is %+v", funds, want, locked, c)
		}
	default: // what was not promised waits
		if locked := want.Minus(funds); c.State != payments.Closing || c.Back == nil || locked != c.Left || funds.Plus(locked) != want {
			r.Errorf("the client has %s of %s, %s are still locked, and the channel is %+v", funds, want, locked, c)
		}
	}
	var accounts admin.Accounts
	r.admin(&accounts, "accounts")
	sum, lucky := new(big.Int), false
	for _, a := range accounts.Accounts {
		total, ok := new(big.Int).SetString(a.Total.String(), 10)
		if !ok {
			r.Fatalf("%+v", a)
		}
		sum.Add(sum, total)
		if a.Kind == "client" && common.Address(*a.Account) == r.account && a.Total.String() != balance.String() {
			r.Errorf("the account has %s, and its statement ends with %s", a.Total, balance)
		}
		if a.Kind != "luck" {
			continue
		}
		if lucky = true; total.Cmp(luck) != 0 {
			r.Errorf("luck has %s, %s were drawn and %s credited", a.Total, paid, due)
		}
	}
	if luck.Sign() != 0 && !lucky {
		r.Errorf("luck has nothing, %s were drawn and %s credited", paid, due)
	}
	if sum.Sign() != 0 {
		r.Errorf("all accounts together are %s", sum)
	}
	r.Logf("%s credited, %s charged, %s of fees, %s given back, %s left, %s collected, luck %s", credited, charged, fees, refunded, balance, paid, luck)
}

// command runs candela, reads what it prints as JSON, and returns how it has ended.
func (r *payRun) command(to any, args ...string) int {
	r.Helper()
	var complaint strings.Builder
	run := exec.Command(candela, append(args, "--json")...)
	run.Stderr = &complaint
	out, err := run.Output()
	if err != nil {
		if _, ended := errors.AsType[*exec.ExitError](err); !ended {
			r.Fatalf("candela %v: %v", args, err)
		}
		r.Logf("candela %v: %v: %s", args, err, complaint.String())
	}
	if to == nil {
		return run.ProcessState.ExitCode()
	}
	if err := json.Unmarshal(out, to); err != nil {
		r.Fatalf("candela %v: %v: %s\n%s", args, err, out, complaint.String())
	}
	return run.ProcessState.ExitCode()
}

// wait waits for what takes its time, and asks for something all the while: who asks nothing needs nothing, and tries a server for a minute.
func (r *payRun) wait(what string, until func() bool) {
	r.Helper()
	began := time.Now()
	for deadline := began.Add(4 * time.Minute); !until(); time.Sleep(100 * time.Millisecond) {
		r.asks()
		r.busy(r.url)
		if time.Now().After(deadline) {
			r.Fatalf("%s: not in time: %+v", what, r.seller())
		}
	}
	r.Logf("%s after %v", what, time.Since(began).Round(time.Second/10))
}

// busy has a light client ask its server for much after each block, so that it knows what to think of the server after seconds and not after a minute.
func (r *payRun) busy(url string) {
	r.Helper()
	for i := range byte(16) {
		if _, err := call(url, "eth_getBalance", common.Address{i}, "latest"); err != nil {
			r.Logf("no answer: %v", err)
			return
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
	if code := r.command(to, append([]string{"admin", "--datadir", r.serving}, args...)...); code != 0 {
		r.Fatalf("candela admin %v ends with %d", args, code)
	}
}
