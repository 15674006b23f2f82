package client_test

import (
	"encoding/binary"
	"math/big"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/client/clienttest"
	"github.com/candela-les/candela/wire"
)

// invented is a signed announcement of a block that does not exist.
func (w *world) invented(t *testing.T, s *clienttest.Server, i uint32, extra int) []byte {
	t.Helper()
	h := types.CopyHeader(w.head().Header())
	h.Number = new(big.Int).Add(h.Number, big.NewInt(int64(i%100)))
	h.ParentHash = word(int64(i) + 1_000_000)
	h.Extra = binary.BigEndian.AppendUint32(make([]byte, extra), i)
	enc, err := rlp.EncodeToBytes(h)
	if err != nil {
		t.Fatal(err)
	}
	config, err := wire.EncodeConfig(w.chain.Config)
	if err != nil {
		t.Fatal(err)
	}
	a := wire.Announce5{Head: wire.Head{
		Genesis: w.chain.Genesis.Hash(), Config: wire.ConfigHash(config),
		Number: h.Number.Uint64(), Hash: h.Hash(), Timestamp: s.Now(),
	}, Header: enc}
	if err := a.Sign(s.Key); err != nil {
		t.Fatal(err)
	}
	return a.Append(nil)
}

// One lying trusted server must not cost much memory, nor the others' buffers.
func TestFloodOfInventedHeads(t *testing.T) {
	w := build(10, 3)
	w.start(t)
	w.waitHead(t, w.head())
	eventually(t, func() bool { return connected(w.client) == 3 })
	liar := w.servers[0]
	liar.Forge(silence)
	for _, s := range w.servers[1:] {
		s.Requests()
	}
	before := runtime.NumGoroutine()
	const announcements = 1000
	for i := range uint32(announcements) {
		liar.Send(wire.CodeAnnounce, w.invented(t, liar, i, 7000))
	}
	liar.Send(wire.CodeResume, wire.AppendResume(nil, clienttest.BufferLimit)) // when this is read, all are
	if grown := runtime.NumGoroutine() - before; grown > 20 {
		t.Errorf("%d goroutines more", grown)
	}
	head := w.head().Header()
	if _, err := w.client.Account(t.Context(), head, w.chain.Address(1)); err != nil {
		t.Error(err)
	}
	for i, s := range w.servers[1:] {
		if n := len(s.Requests()); n > 50 {
			t.Errorf("honest server %d was sent %d requests", i, n)
		}
	}
	st := w.client.Status().Servers
	if st[0].Failures < announcements/2 {
		t.Errorf("%d failures for %d announcements", st[0].Failures, announcements)
	}
	for _, s := range st[1:] {
		if s.Failures+s.Lies != 0 {
			t.Errorf("an honest server has %d failures, %d lies: %s", s.Failures, s.Lies, s.LastError)
		}
	}
	if heads, err := w.client.Heads(); err != nil || heads.Latest.Hash() != head.Hash() {
		t.Errorf("head %v, %v", heads.Latest, err)
	}
}

func TestOversizedHeaderEndsTheSession(t *testing.T) {
	w := build(3, 1)
	w.open(t)
	session := w.servers[0].Connect(t, w.client)
	w.waitHead(t, w.head())
	eventually(t, func() bool { return w.servers[0].Connections() == 1 })
	w.servers[0].Send(wire.CodeAnnounce, w.invented(t, w.servers[0], 1, 60_000))
	if err := session.Wait(t); err == nil {
		t.Error("no error")
	}
}

// What is announced too fast is taken in late, the newest of it, and blocks every
// second are not too fast.
func TestFastChain(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := clienttest.NewServer(sharedChain().chain, 0, sharedChain().head())
		w := stage(t, wire.LES5, false, s)
		synctest.Wait()
		blocks := w.chain.Grow(w.head(), 300, 9)
		for i, b := range blocks[:60] {
			w.announcer.SetHead(b, nil, nil)
			s.SetHead(b, nil, nil)
			time.Sleep(time.Second)
			if heads, err := w.client.Heads(); err != nil || heads.Latest.Hash() != b.Hash() {
				t.Fatalf("after %d blocks: %v", i+1, err)
			}
		}
		if st := w.client.Status().Servers; st[0].Failures+st[1].Failures != 0 {
			t.Errorf("failures: %s %s", st[0].LastError, st[1].LastError)
		}
		events := make(chan client.HeadEvent, 300)
		defer w.client.SubscribeHeads(events)()
		for _, b := range blocks[60:] { // a burst
			w.announcer.SetHead(b, nil, nil)
			s.SetHead(b, nil, nil)
		}
		time.Sleep(2 * time.Second)
		if heads, err := w.client.Heads(); err != nil || heads.Latest.Hash() != blocks[299].Hash() {
			t.Errorf("after the burst: %v", err)
		}
		if st := w.client.Status().Servers; st[0].Failures == 0 {
			t.Error("the burst was not noticed")
		}
		w.client.Close()
	})
}
