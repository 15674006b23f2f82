// Package integration runs the server on go-ethereum in process: what its sessions
// answer is proven against the chain's own headers. It stands apart because it
// takes minutes to compile with the race detector.
package integration

import (
	"bytes"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/server"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/wiretest"
)

type client struct {
	t       *testing.T
	conn    *wiretest.End
	version uint
}

func connect(t *testing.T, srv *server.Server, src chain.Source, version uint) (*client, *wire.Status) {
	t.Helper()
	here, there := wiretest.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- srv.Serve(t.Context(), wire.Peer{ID: [32]byte{byte(version)}, Version: version}, there)
	}()
	t.Cleanup(func() { here.Close(); <-ended })

	info, head := src.Info(), src.Head()
	genesis, err := src.Header(t.Context(), info.Genesis)
	if err != nil {
		t.Fatal(err)
	}
	first, _ := wire.PeekHeader(genesis)
	latest, _ := wire.PeekHeader(head.Header)
	forks, err := wire.NewForks(info.Config, info.Genesis, first.Time)
	if err != nil {
		t.Fatal(err)
	}
	ours := &wire.Status{
		Version: version, NetworkID: info.NetworkID, Genesis: info.Genesis,
		ForkID: forks.ID(latest.Number, latest.Time), AnnounceType: wire.AnnounceSigned,
	}
	c := &client{t, here, version}
	if err := here.WriteMsg(wire.CodeStatus, ours.Append(nil)); err != nil {
		t.Fatal(err)
	}
	theirs, err := wire.DecodeStatus(version, c.read(wire.CodeStatus))
	if err != nil {
		t.Fatal(err)
	}
	return c, theirs
}

func (c *client) read(want uint64) []byte {
	c.t.Helper()
	code, payload, err := c.conn.ReadMsg()
	if err != nil || code != want {
		c.t.Fatalf("%s %v, want %s", wire.CodeName(c.version, code), err, wire.CodeName(c.version, want))
	}
	return payload
}

func ask[R wire.Reply](c *client, req wire.Request) R {
	c.t.Helper()
	if err := c.conn.WriteMsg(req.Code(), req.Append(nil)); err != nil {
		c.t.Fatal(err)
	}
	code, payload, err := c.conn.ReadMsg()
	if err != nil {
		c.t.Fatal(err)
	}
	reply, err := wire.DecodeReply(c.version, code, payload)
	if err != nil {
		c.t.Fatal(err)
	}
	out, ok := reply.(R)
	if !ok {
		c.t.Fatalf("%T: got %+v", req, reply)
	}
	return out
}

func TestProofsFromARealChain(t *testing.T) {
	dev, err := embedded.OpenDev(embedded.DevConfig{Config: embedded.Config{CacheMB: 32}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { dev.Close() })
	for range 3 {
		if _, err := dev.Commit(); err != nil {
			t.Fatal(err)
		}
	}
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	srv, err := server.New(t.Context(), server.Config{Source: dev, Key: key, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { srv.Close() })
	rich := embedded.DevAccounts()[0].Address
	poor := common.HexToAddress("0x00000000000000000000000000000000deadbeef")

	t.Run("les5", func(t *testing.T) {
		c, status := connect(t, srv, dev, wire.LES5)
		head := status.Server.Head
		if err := head.Verify(&key.PublicKey, status.Genesis, status.Config); err != nil {
			t.Fatal(err)
		}
		header := verifyHeader(t, head.Header, head.Head.Hash)
		state := ask[*wire.State](c, &wire.GetState{Queries: []wire.StateQuery{
			{Block: head.Head.Hash, Address: rich}, {Block: head.Head.Hash, Address: poor},
		}})
		nodes := proof.NewNodeSet(state.Nodes...)
		account, err := proof.Account(header.Root, rich, nodes)
		if err != nil || account == nil || account.Balance.IsZero() {
			t.Errorf("rich: %+v %v", account, err)
		}
		if account, err := proof.Account(header.Root, poor, nodes); err != nil || account != nil {
			t.Errorf("poor: %+v %v", account, err)
		}
		bodies := ask[*wire.Bodies](c, &wire.GetBodies{Hashes: []wire.Hash{head.Head.Hash}})
		body, err := proof.VerifyBody(header, bodies.Bodies[0])
		if err != nil {
			t.Fatal(err)
		}
		receipts := ask[*wire.Receipts](c, &wire.GetReceipts{Hashes: []wire.Hash{head.Head.Hash}})
		config, err := wire.DecodeConfig(ask[*wire.Config](c, &wire.GetConfig{}).Config)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := proof.VerifyReceipts(config, header, body, receipts.Receipts[0]); err != nil {
			t.Error(err)
		}
		if w := ask[*wire.Witness](c, &wire.GetWitness{
			Block: head.Head.Hash, Call: wire.Call{From: rich, To: (*wire.Address)(&poor), Gas: 50_000},
		}); len(w.Nodes) == 0 {
			t.Error("a witness without nodes")
		}
		made, err := dev.Commit()
		if err != nil {
			t.Fatal(err)
		}
		news, err := wire.DecodeAnnounce5(c.read(wire.CodeAnnounce))
		if err != nil || news.Head.Hash != made.Hash {
			t.Errorf("announced %+v, made %d: %v", news, made.Number, err)
		}
	})
	t.Run("les4", func(t *testing.T) {
		c, status := connect(t, srv, dev, wire.LES4)
		head := status.Server.Legacy.Head
		headers := ask[*wire.Headers](c, &wire.GetHeaders{Origin: wire.Origin{Hash: head.Hash}, Max: 3, Reverse: true})
		header := verifyHeader(t, headers.Headers[0], head.Hash)
		if len(headers.Headers) != 3 || wire.Hash(crypto.Keccak256Hash(headers.Headers[1])) != wire.Hash(header.ParentHash) {
			t.Errorf("%d headers", len(headers.Headers))
		}
		proofs := ask[*wire.Proofs](c, &wire.GetProofs{Queries: []wire.ProofQuery{
			{Block: head.Hash, Key: crypto.Keccak256(rich[:])}, {Block: head.Hash, Key: crypto.Keccak256(poor[:])},
		}})
		nodes := proof.NewNodeSet(proofs.Nodes...)
		if account, err := proof.Account(header.Root, rich, nodes); err != nil || account == nil {
			t.Errorf("rich: %+v %v", account, err)
		}
		if account, err := proof.Account(header.Root, poor, nodes); err != nil || account != nil {
			t.Errorf("poor: %+v %v", account, err)
		}
		if nodes.Len() != len(proofs.Nodes) {
			t.Errorf("%d nodes, %d of them different", len(proofs.Nodes), nodes.Len())
		}
	})
}

func verifyHeader(t *testing.T, enc []byte, hash wire.Hash) *types.Header {
	t.Helper()
	header, err := proof.VerifyHeader(enc, hash)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(header.Hash().Bytes(), hash[:]) {
		t.Fatal("another header")
	}
	return header
}
