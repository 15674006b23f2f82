package client_test

import (
	"testing"

	"github.com/candela-les/candela/client/clienttest"
	"github.com/candela-les/candela/wire"
)

// FuzzServerMessages sends a client any message after an honest handshake. Whatever
// it is, the head stays that of the trusted server, and questions are answered.
func FuzzServerMessages(f *testing.F) {
	world := sharedChain()
	s := clienttest.NewServer(world.chain, 0, world.head())
	f.Add(uint8(wire.CodeAnnounce), s.Announcement())
	f.Add(uint8(wire.CodeStop), wire.AppendStop(nil))
	f.Add(uint8(wire.CodeResume), wire.AppendResume(nil, 5))
	f.Add(uint8(wire.CodeHeaders), (&wire.Headers{}).Append(nil))
	f.Add(uint8(wire.CodeState), (&wire.State{ReplyHead: wire.ReplyHead{ReqID: 1}}).Append(nil))
	f.Add(uint8(wire.CodeRefused), (&wire.Refused{Reason: wire.Busy, RetryAfterMs: 1 << 60}).Append(nil))
	f.Add(uint8(0x77), []byte{0x80})
	f.Fuzz(func(t *testing.T, code uint8, payload []byte) {
		stranger := clienttest.NewServer(world.chain, 0, world.head())
		honest := clienttest.NewServer(world.chain, 1, world.head())
		w := stage(t, wire.LES5, false, stranger, honest)
		eventually(t, func() bool { return stranger.Connections() == 1 && honest.Connections() == 1 })
		stranger.Send(uint64(code), payload)
		account, err := w.client.Account(t.Context(), w.head().Header(), w.chain.Address(1))
		if err != nil || account.Nonce != 0 {
			t.Errorf("account %+v, %v", account, err)
		}
		if heads, err := w.client.Heads(); err != nil || heads.Latest.Hash() != w.head().Hash() {
			t.Errorf("head: %v", err)
		}
	})
}
