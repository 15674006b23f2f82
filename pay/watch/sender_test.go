package watch_test

import (
	"context"
	"errors"
	"log/slog"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	ethereum "github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/pay/watch/watchtest"
)

// office is a world with a sender.
type office struct {
	*world
	disk   *watchtest.Memory
	scfg   watch.SenderConfig
	sender *watch.Sender
}

func newOffice(t *testing.T, confirmations uint64, change func(*watch.SenderConfig)) *office {
	t.Helper()
	return officeIn(t, newWorld, confirmations, change)
}

func officeIn(t *testing.T, in func(*testing.T, uint64, func(*watch.Config)) *world, confirmations uint64, change func(*watch.SenderConfig)) *office {
	t.Helper()
	disk := watchtest.NewMemory()
	o := &office{disk: disk, world: in(t, confirmations, func(c *watch.Config) { c.Cursors = disk })}
	o.scfg = watch.SenderConfig{
		Node: o.node, Signer: watch.NewKey(o.chain.Key), Outbox: disk, MaxFee: big.NewInt(100 * params.GWei),
		Logger: slog.New(slog.DiscardHandler),
	}
	if change != nil {
		change(&o.scfg)
	}
	o.hire()
	return o
}

func (o *office) hire() {
	o.t.Helper()
	var err error
	if o.sender, err = o.w.NewSender(o.t.Context(), o.scfg); err != nil {
		o.t.Fatal(err)
	}
	o.look()
}

// restart begins again with what is on disk.
func (o *office) restart() {
	o.t.Helper()
	o.w.Close()
	o.open()
	o.hire()
}

// result is what Do returned.
type result struct {
	mined watch.Mined
	err   error
}

// emits builds a call that has Emitter emit a word.
func emits(word uint64) watch.Build {
	return func(context.Context) (watch.Call, error) {
		to := watchtest.Emitter()
		return watch.Call{To: &to, Data: watchtest.Word(word).Bytes()}, nil
	}
}

// do calls Do elsewhere, and returns when the transaction was kept.
func (o *office) do(name string, build watch.Build) <-chan result {
	o.t.Helper()
	ch := make(chan result, 1)
	go func() {
		m, err := o.sender.Do(o.t.Context(), name, build)
		ch <- result{m, err}
	}()
	for {
		_, ok, err := o.sender.Known(o.t.Context(), name)
		if err != nil {
			o.t.Fatal(err)
		}
		if ok {
			return ch
		}
		select {
		case r := <-ch:
			ch <- r
			return ch
		default:
		}
	}
}

// pooled waits until a first transaction is in the pool: it is on disk before it is sent.
func (o *office) pooled() {
	o.t.Helper()
	for nonce := uint64(0); nonce == 0; {
		var err error
		if nonce, err = o.chain.Client().PendingNonceAt(o.t.Context(), o.sender.Address()); err != nil {
			o.t.Fatal(err)
		}
	}
}

// waits fails if there is a result already.
func (o *office) waits(ch <-chan result) {
	o.t.Helper()
	select {
	case r := <-ch:
		o.t.Fatalf("%+v", r)
	default:
	}
}

// until mines until there is a result.
func (o *office) until(ch <-chan result) result {
	o.t.Helper()
	for range 200 {
		o.chain.Mine(1)
		o.look()
		select {
		case r := <-ch:
			return r
		default:
		}
	}
	o.t.Fatal("nothing is mined in 200 blocks")
	return result{}
}

// emitted counts how often each word was emitted on the chain.
func (o *office) emitted() map[int64]int {
	o.t.Helper()
	logs, err := o.chain.Node().FilterLogs(o.t.Context(), ethereum.FilterQuery{Addresses: []common.Address{watchtest.Emitter()}})
	if err != nil {
		o.t.Fatal(err)
	}
	count := map[int64]int{}
	for _, n := range words(logs) {
		count[n]++
	}
	return count
}

// A transaction is done when it is sure, and its name does not send again: not at once, not later, not after a restart.
func TestSenderOnce(t *testing.T) {
	o := newOffice(t, 2, nil)
	a := o.do("a", emits(1))
	again := o.do("a", emits(1))
	b := o.do("b", emits(2))
	o.chain.Mine(1)
	o.look()
	o.waits(a)
	o.chain.Mine(1)
	o.look()
	o.waits(a)
	first := o.until(a)
	if first.err != nil || first.mined.Block != 1 || first.mined.GasUsed == 0 || first.mined.FeeWei == "" {
		t.Fatalf("%+v", first)
	}
	if r := <-again; r != first {
		t.Errorf("%+v", r)
	}
	if r := <-b; r.err != nil {
		t.Error(r.err)
	}
	never := func(context.Context) (watch.Call, error) {
		t.Error("it is built again")
		return watch.Call{}, errors.New("again")
	}
	for range 2 {
		if m, err := o.sender.Do(t.Context(), "a", never); err != nil || m != first.mined {
			t.Errorf("%+v, %v", m, err)
		}
		o.restart()
	}
	if got := o.emitted(); got[1] != 1 || got[2] != 1 {
		t.Errorf("%v", got)
	}
}

// What was signed before a crash is sent after it, whether or not anybody asks for it.
func TestSenderAfterCrash(t *testing.T) {
	for _, sent := range []bool{true, false} {
		o := newOffice(t, 2, nil)
		if !sent {
			o.node.Set(func(_ context.Context, method string) error {
				if method == "SendTransaction" {
					return errors.New("the line is dead")
				}
				return nil
			})
		}
		ch := o.do("a", emits(1))
		for len(o.sender.Pending()) == 0 {
			o.look()
		}
		o.w.Close()
		if r := <-ch; !errors.Is(r.err, watch.ErrClosed) {
			t.Errorf("%+v", r)
		}
		o.chain.Rollback() // what was in the pool is lost as well
		o.node.Set(nil)
		o.open()
		o.hire()
		o.chain.Mine(1)
		o.look()
		if got := o.emitted(); got[1] != 1 {
			t.Errorf("sent %v: %v", sent, got)
		}
		if r := o.until(o.do("a", emits(9))); r.err != nil {
			t.Error(r.err)
		}
	}
}

// A reorganization that takes a transaction out of the chain is noticed, before it is sure and after.
func TestSenderReorganized(t *testing.T) {
	for _, c := range []struct {
		name   string
		mine   int
		back   uint64
		isSure bool
	}{{"before it is sure", 2, 2, false}, {"after", 6, 6, true}} {
		t.Run(c.name, func(t *testing.T) {
			o := newOffice(t, 3, nil)
			o.chain.Mine(3)
			ch := o.do("a", emits(1))
			for range c.mine {
				o.chain.Mine(1)
				o.look()
			}
			if c.isSure {
				if r := <-ch; r.err != nil {
					t.Fatal(r.err)
				}
			} else {
				o.waits(ch)
			}
			o.chain.Back(c.back, true)
			o.chain.Mine(c.mine + 1)
			o.look()
			if got := o.emitted(); got[1] != 0 {
				t.Fatalf("%v", got)
			}
			if state, _, _ := o.sender.Known(t.Context(), "a"); state != watch.Waiting {
				t.Errorf("%v", state)
			}
			o.chain.Mine(1)
			o.look()
			if got := o.emitted(); got[1] != 1 {
				t.Errorf("%v", got)
			}
			if !c.isSure {
				if r := o.until(ch); r.err != nil || r.mined.Block < 5 {
					t.Errorf("%+v", r)
				}
			}
			if r := o.until(o.do("a", emits(1))); r.err != nil {
				t.Error(r.err)
			}
		})
	}
}

// What is not mined is replaced by what pays more, never by more than the cap; the nonce stays.
func TestSenderStuck(t *testing.T) {
	o := newOffice(t, 1, func(c *watch.SenderConfig) { c.StuckBlocks, c.MaxFee = 3, big.NewInt(5*params.GWei) })
	o.chain.Mine(1)
	o.look()
	ch := o.do("a", emits(1))
	o.pooled()
	before := o.sender.Pending()
	for range 30 { // blocks that it is not in
		o.chain.Rollback()
		o.chain.Mine(1)
		o.look()
	}
	after := o.sender.Pending()
	if len(before) != 1 || len(after) != 1 || after[0].Nonce != before[0].Nonce || len(after[0].Raw) < 3 {
		t.Fatalf("%d and %d, %+v", len(before), len(after), after)
	}
	var last *types.Transaction
	for _, raw := range after[0].Raw {
		tx := new(types.Transaction)
		if err := tx.UnmarshalBinary(raw); err != nil {
			t.Fatal(err)
		}
		if last != nil && tx.GasFeeCap().Cmp(last.GasFeeCap()) <= 0 || tx.GasFeeCap().Cmp(o.scfg.MaxFee) > 0 {
			t.Errorf("pays %v", tx.GasFeeCap())
		}
		last = tx
	}
	if r := o.until(ch); r.err != nil {
		t.Error(r.err)
	}
	if got := o.emitted(); got[1] != 1 {
		t.Errorf("%v", got)
	}
}

// What a contract does not do is told with its reason: before it is sent if that is known, and after it was mined.
func TestSenderReverted(t *testing.T) {
	o := newOffice(t, 1, nil)
	to := watchtest.Reverter()
	// Error(string) with "no such channel"
	reason := append(common.FromHex("0x08c379a0"), common.LeftPadBytes([]byte{32}, 32)...)
	reason = append(append(reason, common.LeftPadBytes([]byte{15}, 32)...), common.RightPadBytes([]byte("no such channel"), 32)...)
	for _, mined := range []bool{false, true} {
		var gas uint64
		if mined {
			gas = 100_000 // no estimate is made
		}
		ch := o.do("a", func(context.Context) (watch.Call, error) { return watch.Call{To: &to, Data: reason, Gas: gas}, nil })
		var r result
		if mined {
			r = o.until(ch)
		} else {
			r = <-ch
		}
		var bad *watch.RevertError
		if !errors.As(r.err, &bad) || bad.Mined != mined || bad.Why != "no such channel" || string(bad.Data) != string(reason) {
			t.Errorf("mined %v: %v", mined, r.err)
		}
	}
	if _, err := o.sender.Do(t.Context(), "a", emits(1)); err == nil || !strings.Contains(err.Error(), "no such channel") {
		t.Errorf("%v", err)
	}
}

// Without money, and with gas dearer than allowed, nothing is sent and the error says what is missing.
func TestSenderRefuses(t *testing.T) {
	poor, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	o := newOffice(t, 1, func(c *watch.SenderConfig) { c.Signer = watch.NewKey(poor) })
	var broke *watch.NoFundsError
	if _, err := o.sender.Do(t.Context(), "a", emits(1)); !errors.As(err, &broke) || broke.Has.Sign() != 0 ||
		broke.Address != crypto.PubkeyToAddress(poor.PublicKey) || !strings.Contains(err.Error(), "send it some") {
		t.Errorf("%v", err)
	}
	o.scfg.Signer, o.scfg.MaxFee = watch.NewKey(o.chain.Key), big.NewInt(1000)
	o.hire()
	var dear *watch.FeeCapError
	if _, err := o.sender.Do(t.Context(), "a", emits(1)); !errors.As(err, &dear) || dear.Cap.Int64() != 1000 || !strings.Contains(err.Error(), "0.000001 gwei") {
		t.Errorf("%v", err)
	}
	o.scfg.MaxFee = big.NewInt(100 * params.GWei)
	o.hire()
	full := errors.New("the disk is full")
	o.disk.Set(func() error { return full })
	if _, err := o.sender.Do(t.Context(), "a", emits(1)); !errors.Is(err, full) {
		t.Errorf("%v", err)
	}
	o.disk.Set(nil)
	if n := o.node.Count("SendTransaction"); n != 0 {
		t.Errorf("%d transactions were sent", n)
	}
	o.node.Set(func(_ context.Context, method string) error {
		if method == "SendTransaction" {
			return watchtest.RPCError{Code: -32000, Text: "exceeds block gas limit"}
		}
		return nil
	})
	var rejected *watch.RejectedError
	for range 2 {
		if _, err := o.sender.Do(t.Context(), "a", emits(1)); !errors.As(err, &rejected) {
			t.Errorf("%v", err)
		}
	}
	o.node.Set(nil)
	if r := o.until(o.do("a", emits(1))); r.err != nil {
		t.Error(r.err)
	}
}

// If somebody else uses the key, what can not be mined any more is said to be so, and is not sent a second time.
func TestSenderDisplaced(t *testing.T) {
	o := newOffice(t, 1, nil)
	ch := o.do("a", emits(1))
	o.pooled()
	o.chain.Rollback()
	o.chain.Emit(watchtest.Emitter(), 5) // has its nonce
	r := o.until(ch)
	var displaced *watch.DisplacedError
	if !errors.As(r.err, &displaced) || displaced.Nonce != 0 {
		t.Fatalf("%v", r.err)
	}
	o.restart()
	if _, err := o.sender.Do(t.Context(), "a", emits(1)); !errors.As(err, &displaced) {
		t.Errorf("%v", err)
	}
	if r := o.until(o.do("b", emits(2))); r.err != nil {
		t.Error(r.err)
	}
	if got := o.emitted(); got[1] != 0 || got[2] != 1 {
		t.Errorf("%v", got)
	}
}

// A provider that does not know a transaction, though it is mined, makes it be taken for displaced. When that turns out it is done: also after
// a restart, and nothing is sent twice.
func TestSenderDisplacedInError(t *testing.T) {
	for _, restart := range []bool{false, true} {
		o := newOffice(t, 1, nil)
		ch := o.do("a", emits(1))
		o.node.Set(func(_ context.Context, method string) error {
			if method == "TransactionReceipt" {
				return ethereum.NotFound
			}
			return nil
		})
		var displaced *watch.DisplacedError
		if r := o.until(ch); !errors.As(r.err, &displaced) {
			t.Fatalf("%v", r.err)
		}
		if restart {
			o.restart()
		}
		if _, err := o.sender.Do(t.Context(), "a", emits(1)); !errors.As(err, &displaced) {
			t.Errorf("%v", err)
		}
		o.node.Set(nil)
		o.chain.Mine(1)
		o.look()
		if m, err := o.sender.Do(t.Context(), "a", emits(1)); err != nil || m.Block == 0 {
			t.Errorf("%+v, %v", m, err)
		}
		if got := o.emitted(); got[1] != 1 {
			t.Errorf("%v", got)
		}
	}
}

// What was signed and displaced is kept until that cannot change any more.
func TestSenderBuriesDisplaced(t *testing.T) {
	o := newOffice(t, 1, nil)
	ch := o.do("a", emits(1))
	o.node.Set(func(_ context.Context, method string) error {
		if method == "TransactionReceipt" {
			return ethereum.NotFound
		}
		return nil
	})
	o.until(ch)
	for _, step := range []struct{ blocks, live int }{{1000, 1}, {100, 0}} {
		o.chain.Mine(step.blocks)
		o.look()
		live, err := o.disk.LiveSent(t.Context(), "")
		state, ok, bad := o.sender.Known(t.Context(), "a")
		if err != nil || len(live) != step.live || bad != nil || !ok || state != watch.Displaced {
			t.Errorf("%d blocks later: %v live, %v; it is %v %v, %v", step.blocks, live, err, state, ok, bad)
		}
	}
}

func TestMemory(t *testing.T) {
	m := watchtest.NewMemory()
	watchtest.Kept(t, func(*testing.T) watchtest.Keeper { return m })
}

func TestKeystore(t *testing.T) {
	dir := t.TempDir()
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	account, err := keystore.NewKeyStore(dir, keystore.LightScryptN, keystore.LightScryptP).ImportECDSA(key, "open sesame")
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := write("good", "open sesame\r\nwhat follows is not read\n")
	k, err := watch.OpenKeystore(account.URL.Path, good)
	if err != nil || k.Address() != account.Address {
		t.Fatal(k, err)
	}
	digest := crypto.Keccak256Hash([]byte("x"))
	sig, err := k.SignDigest(digest)
	if err != nil || len(sig) != 65 || sig[64] < 27 {
		t.Fatalf("%x, %v", sig, err)
	}
	sig[64] -= 27
	if by, err := crypto.SigToPub(digest[:], sig); err != nil || crypto.PubkeyToAddress(*by) != account.Address {
		t.Errorf("%v", err)
	}
	for _, c := range []struct{ key, password, says string }{
		{account.URL.Path, write("bad", "sesame"), "is not that of key file"},
		{account.URL.Path, filepath.Join(dir, "none"), "password file"},
		{filepath.Join(dir, "none"), good, "cannot be read: no such file"},
		{good, good, "no key file of go-ethereum's"},
	} {
		if _, err := watch.OpenKeystore(c.key, c.password); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v", err)
		}
	}
}
