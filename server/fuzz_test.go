package server_test

import (
	"encoding/binary"
	"errors"
	"testing"

	"github.com/candela-les/candela/server"
	"github.com/candela-les/candela/server/servertest"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/wiretest"
)

// FuzzSession sends a session whatever bytes there are, cut into messages by code
// and length. The server must neither panic nor hang, must end the session itself
// only for a stated reason, and must answer no more than it was asked.
func FuzzSession(f *testing.F) {
	src := servertest.NewFakeSource(20)
	block := src.Canonical()[3]
	script := func(reqs ...wire.Request) (out []byte) {
		for i, req := range reqs {
			req.SetID(uint64(i))
			p := req.Append(nil)
			out = append(out, byte(req.Code()))
			out = binary.BigEndian.AppendUint16(out, uint16(len(p)))
			out = append(out, p...)
		}
		return out
	}
	hashes := []wire.Hash{block, {1}}
	f.Add(false, script(
		&wire.GetHeaders{Max: 3}, &wire.GetBodies{Hashes: hashes}, &wire.GetReceipts{Hashes: hashes},
		&wire.GetProofs{Queries: []wire.ProofQuery{{Block: block, Key: block[:]}}},
		&wire.GetCode{Queries: []wire.CodeQuery{{Block: block, Account: block[:]}}},
		&wire.GetHelperProofs{Queries: []wire.HelperQuery{{}}},
		&wire.SendTx{Txs: [][]byte{{2, 3}}}, &wire.GetTxStatus{Hashes: hashes},
	))
	f.Add(true, script(
		&wire.GetState{Queries: []wire.StateQuery{{Block: block, Slots: hashes, Code: true}}},
		&wire.GetWitness{Block: block, Call: wire.Call{Gas: 5}}, &wire.GetConfig{},
		&wire.GetLogRange{Last: 9, Topics: [][]wire.Hash{hashes}}, &wire.GetBodies{},
	))
	f.Add(true, []byte{0, 0, 0, 24, 0, 1, 0xc0})
	srv := start(f, src, nil)
	f.Fuzz(func(t *testing.T, five bool, data []byte) {
		version := wire.LES4
		if five {
			version = wire.LES5
		}
		here, there := wiretest.Pipe()
		ended := make(chan error, 1)
		go func() { ended <- srv.Serve(t.Context(), wire.Peer{Version: version}, there) }()
		sent := make(chan int, 1)
		go func() {
			n := 0
			err := here.WriteMsg(wire.CodeStatus, hello(src, version).Append(nil))
			for ; len(data) >= 3 && err == nil; n++ {
				size := min(int(binary.BigEndian.Uint16(data[1:])), len(data)-3)
				err = here.WriteMsg(uint64(data[0]), data[3:3+size])
				data = data[3+size:]
			}
			// A last message that ends every session.
			if err == nil {
				_ = here.WriteMsg(wire.CodeStatus, nil)
			}
			sent <- n
		}()
		replies := 0
		for {
			code, payload, err := here.ReadMsg()
			if err != nil {
				break
			}
			if code == wire.CodeStatus || code == wire.CodeStop || code == wire.CodeResume || code == wire.CodeAnnounce {
				continue
			}
			replies++
			if _, err := wire.DecodeReply(version, code, payload); err != nil {
				t.Fatal(err)
			}
		}
		var d *server.Disconnect
		if err := <-ended; !errors.As(err, &d) {
			t.Fatal(err)
		}
		if n := <-sent; replies > n {
			t.Fatalf("%d replies to %d messages", replies, n)
		}
	})
}
