package rpc_test

import (
	"context"
	"net"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	gethrpc "github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/rpc"
	"github.com/candela-les/candela/rpc/rpctest"
)

func dial(t *testing.T, addr string) *gethrpc.Client {
	t.Helper()
	conn, err := gethrpc.DialWebsocket(t.Context(), "ws://"+addr, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	return conn
}

func subscribe[T any](t *testing.T, conn *gethrpc.Client, args ...any) (chan T, *gethrpc.ClientSubscription) {
	t.Helper()
	ch := make(chan T, 100)
	sub, err := conn.EthSubscribe(t.Context(), ch, args...)
	if err != nil {
		t.Fatal(err)
	}
	return ch, sub
}

func next[T any](t *testing.T, ch <-chan T) T {
	t.Helper()
	select {
	case v := <-ch:
		return v
	case <-t.Context().Done():
		t.Fatal("no notification")
		panic("unreachable")
	}
}

func TestSubscribeHeads(t *testing.T) {
	f := rpctest.NewFork(t)
	addr := rpctest.Serve(t, rpc.Config{Backend: f})
	conn := dial(t, addr)
	heads, sub := subscribe[*types.Header](t, conn, "newHeads")
	root := f.Chain().CurrentBlock()
	want := append(f.Grow(t, root, 3, 1), f.Grow(t, root, 5, 2)...)
	for _, b := range want {
		if h := next(t, heads); h.Hash() != b.Hash() {
			t.Fatalf("head %d %v, want %d %v", h.Number, h.Hash(), b.Number(), b.Hash())
		}
	}
	sub.Unsubscribe()
	// The endpoint goes on serving calls on this connection.
	var number string
	if err := conn.CallContext(t.Context(), &number, "eth_blockNumber"); err != nil || number != "0x5" {
		t.Fatal(number, err)
	}
	if _, err := conn.EthSubscribe(t.Context(), heads, "nonsense"); err == nil || !strings.Contains(err.Error(), `no "nonsense" subscription in eth namespace`) {
		t.Error(err)
	}
}

func TestSubscribeLogs(t *testing.T) {
	f := rpctest.NewFork(t)
	addr := rpctest.Serve(t, rpc.Config{Backend: f})
	conn := dial(t, addr)
	all, _ := subscribe[types.Log](t, conn, "logs", map[string]any{})
	two, _ := subscribe[types.Log](t, conn, "logs", map[string]any{"topics": []any{common.BytesToHash([]byte{2})}, "address": rpctest.Emitter})
	expect := func(ch <-chan types.Log, want string) {
		t.Helper()
		var got []string
		for range strings.FieldsSeq(want) {
			l := next(t, ch)
			got = append(got, mark(&l))
		}
		if strings.Join(got, " ") != want {
			t.Fatalf("got %v, want %s", got, want)
		}
	}
	root := f.Chain().CurrentBlock()
	f.Grow(t, root, 2, 1, 2)
	expect(all, "+1 +2 +1 +2")
	expect(two, "+2 +2")
	f.Grow(t, root, 3, 3, 2)
	expect(all, "-1 -2 -1 -2 +3 +2 +3 +2 +3 +2")
	expect(two, "-2 -2 +2 +2 +2")
	bad := make(chan types.Log)
	for _, c := range []struct {
		criteria map[string]any
		want     string
	}{
		{map[string]any{"fromBlock": "pending"}, "pending logs are not supported"},
		{map[string]any{"fromBlock": "0x5", "toBlock": "0x3"}, "invalid block range params"},
		{map[string]any{"topics": []any{nil, nil, nil, nil, nil}}, "exceed max topics"},
	} {
		if _, err := conn.EthSubscribe(t.Context(), bad, "logs", c.criteria); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v, want %s", c.criteria, err, c.want)
		}
	}
}

// TestSubscribeLogsLate: logs that cannot be had at first come later, in order.
func TestSubscribeLogsLate(t *testing.T) {
	f := rpctest.NewFork(t)
	addr := rpctest.Serve(t, rpc.Config{Backend: f})
	logs, _ := subscribe[types.Log](t, dial(t, addr), "logs", map[string]any{})
	var asked atomic.Int32
	refused := make(chan struct{})
	f.Hook(func(_ context.Context, method string) error {
		if method == "Logs" && asked.Add(1) == 1 {
			close(refused)
			return client.ErrTimeout
		}
		return nil
	})
	made := f.Grow(t, f.Chain().CurrentBlock(), 1, 1)
	next(t, refused)
	f.Grow(t, made[0].Header(), 1, 2)
	for _, want := range []string{"+1", "+2"} {
		if l := next(t, logs); mark(&l) != want {
			t.Fatalf("got %s, want %s", mark(&l), want)
		}
	}
}

func TestSubscribePending(t *testing.T) {
	f := rpctest.NewFork(t)
	addr := rpctest.Serve(t, rpc.Config{Backend: f})
	conn := dial(t, addr)
	short, _ := subscribe[common.Hash](t, conn, "newPendingTransactions")
	full, _ := subscribe[rpc.Transaction](t, conn, "newPendingTransactions", true)
	tx := f.Sign(t, 0)
	if err := f.SendTransaction(t.Context(), tx); err != nil {
		t.Fatal(err)
	}
	if got := next(t, short); got != tx.Hash() {
		t.Errorf("hash %v", got)
	}
	if got := next(t, full); got.Hash != tx.Hash() || got.From != f.Sender(t) || got.BlockHash != nil {
		t.Errorf("transaction %+v", got)
	}
}

// TestSlowSubscriber: one that does not read is cut off rather than left with a gap; others notice nothing.
func TestSlowSubscriber(t *testing.T) {
	f := rpctest.NewFork(t)
	addr := rpctest.Serve(t, rpc.Config{Backend: f})
	fast, _ := subscribe[*types.Header](t, dial(t, addr), "newHeads")

	slow, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = slow.Close() }()
	handshake := "GET / HTTP/1.1\r\nHost: " + addr + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
	if _, err := slow.Write([]byte(handshake)); err != nil {
		t.Fatal(err)
	}
	answer := make([]byte, 4096)
	if n, err := slow.Read(answer); err != nil || !strings.Contains(string(answer[:n]), "101") {
		t.Fatal(string(answer[:n]), err)
	}
	if _, err := slow.Write(maskedText(`{"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["newHeads"]}`)); err != nil {
		t.Fatal(err)
	}
	if n, err := slow.Read(answer); err != nil || !strings.Contains(string(answer[:n]), `"result":"0x`) {
		t.Fatal(string(answer[:n]), err)
	}
	// From here on it reads nothing. More events follow than its mailbox and the kernel's buffers hold.
	h := f.Chain().CurrentBlock()
	const burst = 1000
	for range 14 {
		f.Emit(client.HeadEvent{Added: repeat(h, burst)})
		for range burst {
			next(t, fast)
		}
	}
	// What was on the way still arrives; then the connection ends.
	for {
		if _, err := slow.Read(answer); err != nil {
			return
		}
		if t.Context().Err() != nil {
			t.Fatal("still connected")
		}
	}
}

func repeat(h *types.Header, n int) []*types.Header {
	list := make([]*types.Header, n)
	for i := range list {
		list[i] = h
	}
	return list
}

// maskedText is a WebSocket text frame with a mask of zero, for less than 126 bytes.
func maskedText(s string) []byte {
	return append([]byte{0x81, 0x80 | byte(len(s)), 0, 0, 0, 0}, s...)
}

func TestSubscriptionLimit(t *testing.T) {
	f := rpctest.NewFork(t)
	addr := rpctest.Serve(t, rpc.Config{Backend: f, Subscriptions: 1})
	conn := dial(t, addr)
	_, sub := subscribe[*types.Header](t, conn, "newHeads")
	more := make(chan *types.Header)
	if _, err := conn.EthSubscribe(t.Context(), more, "newHeads"); err == nil || err.Error() != "too many subscriptions" {
		t.Fatal(err)
	}
	sub.Unsubscribe()
	for {
		sub, err := conn.EthSubscribe(t.Context(), more, "newHeads")
		if err == nil {
			sub.Unsubscribe()
			return
		}
		if t.Context().Err() != nil {
			t.Fatal(err)
		}
	}
}
