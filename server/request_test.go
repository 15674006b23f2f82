package server_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"testing"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/server"
	"github.com/candela-les/candela/server/servertest"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/wiretest"
)

func TestRequestsOfBothVersions(t *testing.T) {
	versions(t, func(t *testing.T, version uint) {
		src := servertest.NewFakeSource(20)
		c := connect(t, start(t, src, nil), src, version)
		canonical := src.Canonical()
		missing := wire.Hash{0xff}

		headers := c.ask(&wire.GetHeaders{Origin: wire.Origin{Number: 7}, Max: 3, Skip: 1}).(*wire.Headers)
		for i, h := range headers.Headers {
			if info, err := wire.PeekHeader(h); err != nil || info.Number != 7+2*uint64(i) {
				t.Errorf("header %d: %+v %v", i, info, err)
			}
		}
		if len(headers.Headers) != 3 {
			t.Errorf("%d headers", len(headers.Headers))
		}
		bodies := c.ask(&wire.GetBodies{Hashes: []wire.Hash{canonical[1], missing, canonical[2]}}).(*wire.Bodies)
		if len(bodies.Bodies) != 2 {
			t.Errorf("%d bodies", len(bodies.Bodies))
		}
		receipts := c.ask(&wire.GetReceipts{Hashes: []wire.Hash{missing, canonical[2]}}).(*wire.Receipts)
		if len(receipts.Receipts) != 1 || !bytes.Equal(receipts.Receipts[0], []byte{0xc0}) {
			t.Errorf("receipts %x", receipts.Receipts)
		}
		good, bad := []byte{0x02, 0xc1, 7}, []byte{0x02, 0xc1, 0}
		sent := c.ask(&wire.SendTx{Txs: [][]byte{good, bad, good}}).(*wire.TxStatuses).Statuses
		if sent[0].State != wire.TxPending || sent[1].Err != "nonce too low" || sent[2] != sent[0] {
			t.Errorf("sent %+v", sent)
		}
		if got := src.Submitted(); len(got) != 2 {
			t.Errorf("%d transactions submitted, want each once", len(got))
		}
		status := c.ask(&wire.GetTxStatus{Hashes: []wire.Hash{{1}, {2}, {9}}}).(*wire.TxStatuses).Statuses
		if l := status[0].Lookup; l == nil || l.Block != canonical[1] || l.Number != 1 || l.Index != 3 {
			t.Errorf("included: %+v", status[0])
		}
		if status[1].State != wire.TxPending || status[2].State != wire.TxUnknown || status[2].Lookup != nil {
			t.Errorf("status %+v", status)
		}
	})
}

func TestRequestsOf4(t *testing.T) {
	src := servertest.NewFakeSource(5)
	c := connect(t, start(t, src, nil), src, wire.LES4)
	block, missing := src.Canonical()[4], wire.Hash{0xff}
	a, b := bytes.Repeat([]byte{1}, 32), bytes.Repeat([]byte{2}, 32)

	one := c.ask(&wire.GetProofs{Queries: []wire.ProofQuery{{Block: block, Key: a}}}).(*wire.Proofs)
	if len(one.Nodes) != src.Nodes {
		t.Errorf("one proof: %d nodes", len(one.Nodes))
	}
	// The root is shared, and a proof that is not to be had is left out.
	two := c.ask(&wire.GetProofs{Queries: []wire.ProofQuery{
		{Block: block, Key: a}, {Block: missing, Key: a}, {Block: block, Key: b}, {Block: block, Key: a, FromLevel: 3},
	}}).(*wire.Proofs)
	if want := 2*src.Nodes - 1; len(two.Nodes) != want {
		t.Errorf("two proofs: %d nodes, want %d", len(two.Nodes), want)
	}
	deep := c.ask(&wire.GetProofs{Queries: []wire.ProofQuery{{Block: block, Key: a, FromLevel: 1 << 62}}}).(*wire.Proofs)
	if len(deep.Nodes) != 0 {
		t.Errorf("%d nodes from beyond the leaves", len(deep.Nodes))
	}
	codes := c.ask(&wire.GetCode{Queries: []wire.CodeQuery{{Block: missing, Account: a}, {Block: block, Account: b}}}).(*wire.Codes)
	if len(codes.Codes) != 1 || !bytes.Equal(codes.Codes[0], b) {
		t.Errorf("codes %x", codes.Codes)
	}
	helper := c.ask(&wire.GetHelperProofs{Queries: []wire.HelperQuery{{Key: a}}}).(*wire.HelperProofs)
	if len(helper.Nodes)+len(helper.Aux) != 0 {
		t.Errorf("helper proofs %+v", helper)
	}
}

// What is not available is left out in les/4, so everything may be.
func TestUnavailableIn4(t *testing.T) {
	src := servertest.NewFakeSource(5)
	c := connect(t, start(t, src, nil), src, wire.LES4)
	src.Work = func(context.Context, string) error { return chain.ErrPruned }
	h := []wire.Hash{src.Canonical()[1]}
	for _, req := range []wire.Request{
		&wire.GetHeaders{Max: 5}, &wire.GetBodies{Hashes: h}, &wire.GetReceipts{Hashes: h},
		&wire.GetProofs{Queries: []wire.ProofQuery{{Block: h[0]}}}, &wire.GetCode{Queries: []wire.CodeQuery{{Block: h[0]}}},
	} {
		payload := c.ask(req).Append(nil)
		if last := payload[len(payload)-1]; last != 0xc0 {
			t.Errorf("%T: reply %x does not end in an empty list", req, payload)
		}
	}
	status := c.ask(&wire.GetTxStatus{Hashes: h}).(*wire.TxStatuses).Statuses
	if len(status) != 1 || status[0].State != wire.TxUnknown {
		t.Errorf("status %+v", status)
	}
	sent := c.ask(&wire.SendTx{Txs: [][]byte{{2, 3}}}).(*wire.TxStatuses).Statuses
	if len(sent) != 1 || sent[0].State != wire.TxUnknown || sent[0].Err == "" {
		t.Errorf("sent %+v", sent)
	}
}

func TestRequestsOf5(t *testing.T) {
	src := servertest.NewFakeSource(30)
	c := connect(t, start(t, src, nil), src, wire.LES5)
	block := src.Canonical()[4]

	state := c.ask(&wire.GetState{Queries: []wire.StateQuery{
		{Block: block, Address: wire.Address{1}, Slots: []wire.Hash{{1}, {2}}, Code: true},
		{Block: block, Address: wire.Address{2}},
	}}).(*wire.State)
	if len(state.Nodes) != 4 || len(state.Codes) != 1 || state.Codes[0][0] != 1 {
		t.Errorf("state: %d nodes, codes %x", len(state.Nodes), state.Codes)
	}
	to := wire.Address{3}
	witness := c.ask(&wire.GetWitness{Block: block, Call: wire.Call{
		From: wire.Address{7}, To: &to, Gas: 1, Data: []byte("data"),
		AccessList: []wire.AccessTuple{{Address: to, Slots: []wire.Hash{{1}}}},
	}}).(*wire.Witness)
	if len(witness.Nodes) != 1 || string(witness.Codes[0]) != "data" || len(witness.Headers) != 1 {
		t.Errorf("witness %+v", witness)
	}
	logs := c.ask(&wire.GetLogRange{First: 3, Last: 8}).(*wire.LogRange)
	if len(logs.Blocks) != 3 || logs.Blocks[0].Number != 4 || logs.Blocks[0].Hash != block {
		t.Errorf("log range %+v", logs.Blocks)
	}
	config := c.ask(&wire.GetConfig{}).(*wire.Config)
	if wire.ConfigHash(config.Config) != c.status.Config {
		t.Errorf("config %x", config.Config)
	}
	if empty := c.ask(&wire.GetHeaders{Origin: wire.Origin{Number: 99}, Max: 1}).(*wire.Headers); len(empty.Headers) != 0 {
		t.Errorf("a header above the head")
	}
}

// In les/5 a source's error becomes a reason, and never its own words.
func TestRefusalsIn5(t *testing.T) {
	src := servertest.NewFakeSource(5)
	c := connect(t, start(t, src, nil), src, wire.LES5)
	h := []wire.Hash{src.Canonical()[1]}
	for err, want := range map[error]wire.Reason{
		fmt.Errorf("secret path: %w", chain.ErrPruned): wire.Pruned,
		chain.ErrUnsupported:                           wire.Unsupported,
		chain.ErrUnavailable:                           wire.Unavailable,
		chain.ErrTooMuch:                               wire.OverLimit,
		context.DeadlineExceeded:                       wire.OverLimit,
		fmt.Errorf("secret path"):                      wire.Unavailable,
	} {
		src.Work = func(context.Context, string) error { return err }
		for _, req := range []wire.Request{
			&wire.GetHeaders{Max: 5}, &wire.GetBodies{Hashes: h}, &wire.GetReceipts{Hashes: h},
			&wire.GetState{Queries: []wire.StateQuery{{Block: h[0]}}}, &wire.GetWitness{Block: h[0]},
			&wire.GetLogRange{Last: 1}, &wire.GetTxStatus{Hashes: h},
		} {
			if r := c.refused(req, want); bytes.Contains([]byte(r.Text), []byte("secret")) {
				t.Errorf("%T: text %q", req, r.Text)
			}
		}
	}
	src.Work = nil
	c.refused(&wire.GetState{Queries: []wire.StateQuery{{Block: wire.Hash{9}}}}, wire.Unavailable)
	c.refused(&wire.GetBodies{Hashes: []wire.Hash{{9}}}, wire.Unavailable)
}

func TestCapabilitiesThatAreMissing(t *testing.T) {
	src := servertest.NewFakeSource(5)
	src.Caps = chain.Capabilities{}
	srv := start(t, src, nil)
	c := connect(t, srv, src, wire.LES5)
	if got := c.status.Server.Serves; got.Has(wire.ServesWitness) || got.Has(wire.ServesLogRange) || got.Has(wire.ServesTxRelay) {
		t.Errorf("serves %b", got)
	}
	c.refused(&wire.GetWitness{}, wire.Unsupported)
	c.refused(&wire.GetLogRange{}, wire.Unsupported)
	c.refused(&wire.SendTx{Txs: [][]byte{{2, 3}}}, wire.Unsupported)
	c.refused(&wire.GetHelperProofs{Queries: make([]wire.HelperQuery, 1)}, wire.Unsupported)

	// Without proofs by hash les/4 is not spoken at all.
	dial(t, srv, wire.LES4).wantEnd(server.ReasonVersion)
	src.Caps.HashedKeys = true
	c = connect(t, start(t, src, nil), src, wire.LES4)
	if s := c.ask(&wire.SendTx{Txs: [][]byte{{2, 3}}}).(*wire.TxStatuses).Statuses; len(s) != 1 || s[0].Err == "" {
		t.Errorf("sent %+v", s)
	}
	if len(src.Submitted()) != 0 {
		t.Error("a transaction was relayed")
	}
}

// A full reply ends early; the next request can ask for the rest.
func TestSoftReplyLimit(t *testing.T) {
	src := servertest.NewFakeSource(5)
	src.NodeSize = 100_000
	c := connect(t, start(t, src, nil), src, wire.LES4)
	q := &wire.GetProofs{}
	for i := range byte(20) {
		q.Queries = append(q.Queries, wire.ProofQuery{Block: src.Canonical()[0], Key: bytes.Repeat([]byte{i}, 32)})
	}
	reply := c.ask(q).(*wire.Proofs)
	if n := len(reply.Nodes) * src.NodeSize; n < wire.SoftReply || n > wire.SoftReply+(src.Nodes+1)*src.NodeSize {
		t.Fatalf("%d bytes", n)
	}
}

func TestTooLargeToCarry(t *testing.T) {
	src := servertest.NewFakeSource(5)
	src.NodeSize = 11 << 20
	c := connect(t, start(t, src, nil), src, wire.LES5)
	c.refused(&wire.GetState{Queries: []wire.StateQuery{{Block: src.Canonical()[0]}}}, wire.OverLimit)
}

// Asking for nothing or too much: les/5 says so, les/4 says nothing, and the
// session goes on.
func TestOverLimit(t *testing.T) {
	src := servertest.NewFakeSource(5)
	srv := start(t, src, nil)
	hashes := make([]wire.Hash, 100*wire.MaxBodies)
	t.Run("les4", func(t *testing.T) {
		c := connect(t, srv, src, wire.LES4)
		c.send(&wire.GetBodies{Hashes: hashes})
		c.send(&wire.GetBodies{})
		c.send(&wire.GetHeaders{Max: wire.MaxHeaders + 1})
		c.ask(&wire.GetHeaders{Max: 1}) // the first reply is to this one
	})
	t.Run("les5", func(t *testing.T) {
		c := connect(t, srv, src, wire.LES5)
		for _, req := range []wire.Request{
			&wire.GetBodies{Hashes: hashes}, &wire.GetBodies{}, &wire.GetHeaders{},
			&wire.GetLogRange{Last: wire.MaxLogRange}, &wire.GetLogRange{First: 2, Last: 1},
			&wire.GetWitness{Call: wire.Call{Gas: wire.MaxWitnessGas + 1}},
			&wire.GetState{Queries: []wire.StateQuery{{Slots: make([]wire.Hash, 255), Code: true}}},
		} {
			c.refused(req, wire.OverLimit)
		}
		c.ask(&wire.GetHeaders{Max: 1})
	})
}

func TestProtocolBreaches(t *testing.T) {
	for name, test := range map[string]struct {
		want    server.Reason
		code    uint64
		payload []byte
	}{
		"a reply":        {server.ReasonUnknownCode, wire.CodeHeaders, []byte{0xc0}},
		"second status":  {server.ReasonUnknownCode, wire.CodeStatus, []byte{0xc0}},
		"dead code":      {server.ReasonUnknownCode, wire.CodeTxStatus, []byte{0xc0}},
		"no such code":   {server.ReasonUnknownCode, 1 << 60, nil},
		"not a list":     {server.ReasonMalformed, wire.CodeGetBodies, []byte{1, 2, 3}},
		"empty":          {server.ReasonMalformed, wire.CodeGetHeaders, nil},
		"trailing bytes": {server.ReasonMalformed, wire.CodeGetHeaders, append((&wire.GetHeaders{Max: 1}).Append(nil), 0)},
		"too long":       {server.ReasonTooLarge, wire.CodeSendTx, make([]byte, wire.MaxMessage+1)},
	} {
		t.Run(name, func(t *testing.T) {
			versions(t, func(t *testing.T, version uint) {
				src := servertest.NewFakeSource(5)
				srv := start(t, src, nil)
				c := connect(t, srv, src, version)
				c.write(test.code, test.payload)
				c.wantEnd(test.want)
				if n := srv.Stats().Disconnects[test.want.String()]; n != 1 {
					t.Errorf("counted %d times", n)
				}
			})
		})
	}
}

// strict is a connection that refuses what comes, as one over a network does.
type strict struct {
	*wiretest.End
	refused map[uint64]error // by code
}

func (s *strict) ReadMsg() (uint64, []byte, error) {
	code, payload, err := s.End.ReadMsg()
	if refused := s.refused[code]; err == nil && refused != nil {
		return 0, nil, fmt.Errorf("read: %w", refused)
	}
	return code, payload, err
}

// What a transport refuses to hand over is told by the rule that it breaks, and counted as that, before
// a Status as after it.
func TestTransportRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		err  error
		want server.Reason
	}{
		"too long":     {wire.ErrTooLarge, server.ReasonTooLarge},
		"unknown code": {wire.ErrUnknownCode, server.ReasonUnknownCode},
		"gone":         {io.ErrUnexpectedEOF, server.ReasonLeft},
	} {
		for _, code := range []uint64{wire.CodeStatus, wire.CodeGetHeaders} {
			t.Run(fmt.Sprintf("%s, %s", name, wire.CodeName(wire.LES5, code)), func(t *testing.T) {
				src := servertest.NewFakeSource(5)
				srv := start(t, src, nil)
				c := dialOver(t, srv, wire.LES5, idOf(t, wire.LES5), func(end *wiretest.End) wire.Conn {
					return &strict{end, map[uint64]error{code: test.err}}
				})
				if code != wire.CodeStatus {
					c.shake(hello(src, wire.LES5))
				}
				c.write(code, (&wire.GetHeaders{Max: 1}).Append(nil))
				c.wantEnd(test.want)
				if n := srv.Stats().Disconnects[test.want.String()]; n != 1 {
					t.Errorf("counted %d times", n)
				}
			})
		}
	}
}

func TestOnlyAnnounceServesNothing(t *testing.T) {
	src := servertest.NewFakeSource(5)
	srv := start(t, src, func(c *server.Config) { c.OnlyAnnounce = true })
	touched := ""
	src.Work = func(_ context.Context, method string) error {
		touched = method
		return nil
	}
	t.Run("les4", func(t *testing.T) {
		c := connect(t, srv, src, wire.LES4)
		if s := c.status.Server; !s.OnlyAnnounce || s.Flow != (wire.Flow{}) || s.Legacy.TxLookup != 1 {
			t.Errorf("status %+v", s)
		}
		src.Extend(1)
		c.announce4()
		c.send(&wire.GetHeaders{Max: 1})
		c.wantEnd(server.ReasonUseless)
	})
	t.Run("les5", func(t *testing.T) {
		c := connect(t, srv, src, wire.LES5)
		if s := c.status.Server; !s.OnlyAnnounce || s.Flow != (wire.Flow{}) {
			t.Errorf("status %+v", s)
		}
		for range 16 {
			c.refused(&wire.GetConfig{}, wire.Unsupported)
		}
		c.send(&wire.GetConfig{})
		c.wantEnd(server.ReasonUseless)
	})
	if touched != "" {
		t.Errorf("%s was called", touched)
	}
}

func TestStats(t *testing.T) {
	src := servertest.NewFakeSource(5)
	srv := start(t, src, nil)
	c := connect(t, srv, src, wire.LES5)
	c.ask(&wire.GetHeaders{Max: 3})
	c.refused(&wire.GetBodies{Hashes: []wire.Hash{{9}}}, wire.Unavailable)
	s := srv.Stats()
	if r := s.Requests["les/5 GetHeaders"]; r.Count != 1 || r.Amount != 3 {
		t.Errorf("headers %+v", r)
	}
	if s.Sessions != 1 || s.Refused["unavailable"] != 1 || s.BytesIn == 0 || s.BytesOut == 0 {
		t.Errorf("stats %+v", s)
	}
}

// What blobs cost is charged by size, or not done at all.
func TestBlobTransactions(t *testing.T) {
	src := servertest.NewFakeSource(1)
	srv := start(t, src, nil)
	blob := append([]byte{3}, bytes.Repeat([]byte{7}, 800<<10)...)

	four := connect(t, srv, src, wire.LES4)
	reply, ok := four.ask(&wire.SendTx{Txs: [][]byte{blob, {2, 3, 4}}}).(*wire.TxStatuses)
	if !ok || len(reply.Statuses) != 2 || reply.Statuses[0].Err == "" || reply.Statuses[1].Err != "" {
		t.Errorf("les/4: %+v", reply)
	}
	five := connect(t, srv, src, wire.LES5)
	send := &wire.SendTx{Txs: [][]byte{blob}}
	if cost, plain := five.maxCost(send), five.maxCost(&wire.SendTx{Txs: [][]byte{{2, 3}}}); cost < 300*plain {
		t.Errorf("les/5: %d for 800 KiB, %d for a plain transaction", cost, plain)
	}
	if reply, ok := five.ask(send).(*wire.TxStatuses); !ok || reply.Statuses[0].Err != "" {
		t.Errorf("les/5: %+v", reply)
	}
	five.refused(&wire.SendTx{Txs: [][]byte{blob, blob}}, wire.OverLimit)
	if n := len(src.Submitted()); n != 2 {
		t.Errorf("%d transactions came to the node", n)
	}
}
