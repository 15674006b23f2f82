package watchtest

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/candela-les/candela/pay/watch"
)

// Keeper keeps what a watcher and a sender must not forget.
type Keeper interface {
	watch.Cursors
	watch.Outbox
	Close() error
}

// Kept is what every Keeper has to do. open opens the same one each time, after it was closed.
func Kept(t *testing.T, open func(t *testing.T) Keeper) {
	t.Helper()
	ctx := t.Context()
	k := open(t)
	defer func() { k.Close() }()
	if _, ok, err := k.Cursor(ctx, "a"); ok || err != nil {
		t.Errorf("of nothing: %v, %v", ok, err)
	}
	if _, ok, err := k.Sent(ctx, "a"); ok || err != nil {
		t.Errorf("of nothing: %v, %v", ok, err)
	}
	at := watch.Cursor{Since: 7, Block: watch.Block{Number: 1 << 40, Hash: Word(9), TimeS: 1 << 33}}
	waits := watch.Sent{Name: "1/a/x", Nonce: 1<<64 - 1, Raw: [][]byte{{1, 2}, {0xff, 0}}}
	done := watch.Sent{Name: "1/a/y", State: watch.Reverted, Why: "“no”\x01", Data: []byte{8}, Mined: watch.Mined{Hash: Word(3), Block: 5, GasUsed: 6, FeeWei: "7"}}
	other := watch.Sent{Name: "1/ab", Raw: [][]byte{{3}}}
	put := func() error {
		return errors.Join(
			k.PutCursor(ctx, "a", watch.Cursor{Since: 1}), k.PutCursor(ctx, "a", at), k.PutCursor(ctx, "b", watch.Cursor{}),
			k.PutSent(ctx, watch.Sent{Name: waits.Name, Raw: [][]byte{{1}}}, true), k.PutSent(ctx, waits, true),
			k.PutSent(ctx, watch.Sent{Name: done.Name, Raw: [][]byte{{1}}}, true), k.PutSent(ctx, done, false),
			k.PutSent(ctx, other, true), k.PutSent(ctx, watch.Sent{Name: "gone"}, true), k.DeleteSent(ctx, "gone"), k.DeleteSent(ctx, "gone"),
		)
	}
	for range 2 {
		if err := put(); err != nil {
			t.Fatal(err)
		}
		if err := k.Close(); err != nil {
			t.Fatal(err)
		}
		k = open(t)
		if got, ok, err := k.Cursor(ctx, "a"); got != at || !ok || err != nil {
			t.Errorf("%+v, %v, %v", got, ok, err)
		}
		for _, want := range []watch.Sent{waits, done, other} {
			if got, ok, err := k.Sent(ctx, want.Name); !ok || err != nil || !cmp.Equal(got, want) {
				t.Errorf("%+v, %v, %v", got, ok, err)
			}
		}
		if _, ok, err := k.Sent(ctx, "gone"); ok || err != nil {
			t.Errorf("%v, %v", ok, err)
		}
		if got, err := k.LiveSent(ctx, "1/a/"); err != nil || !cmp.Equal(got, []watch.Sent{waits}) {
			t.Errorf("%+v, %v", got, err)
		}
	}
}
