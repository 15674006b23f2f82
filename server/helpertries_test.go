package server_test

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/server"
	"github.com/candela-les/candela/server/servertest"
	"github.com/candela-les/candela/wire"
)

// helperRoots are of some section; the fake source's proofs prove nothing.
func helperRoots(section uint64) chain.HelperRoots {
	return chain.HelperRoots{Section: section, Last: chain.Hash{1}, CHT: chain.Hash{2}, Bloom: chain.Hash{byte(section)}}
}

func chtQuery(section, number uint64) wire.HelperQuery {
	return wire.HelperQuery{
		Type: wire.HelperCanonical, Section: section,
		Key: binary.BigEndian.AppendUint64(nil, number), Aux: wire.AuxHeader,
	}
}

func bloomQuery(section uint64, bit uint16) wire.HelperQuery {
	key := binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint16(nil, bit), section)
	return wire.HelperQuery{Type: wire.HelperBloom, Section: section, Key: key}
}

// Both versions answer alike what they can answer whole.
func TestHelperProofs(t *testing.T) {
	versions(t, func(t *testing.T, version uint) {
		src := servertest.NewFakeSource(9)
		src.SetHelper(helperRoots(3))
		c := connect(t, start(t, src, nil), src, version)
		one := c.ask(&wire.GetHelperProofs{Queries: []wire.HelperQuery{chtQuery(2, 5)}}).(*wire.HelperProofs)
		if len(one.Nodes) != src.Nodes || len(one.Aux) != 1 {
			t.Fatalf("%d nodes and %d headers", len(one.Nodes), len(one.Aux))
		}
		if info, err := wire.PeekHeader(one.Aux[0]); err != nil || info.Hash != src.Canonical()[5] {
			t.Errorf("header %x (%v)", info.Hash, err)
		}
		// Four proofs that share a root, the last one without it, and two headers.
		part := bloomQuery(3, 9)
		part.FromLevel = 1
		bare := chtQuery(0, 1)
		bare.Aux = 1
		some := c.ask(&wire.GetHelperProofs{Queries: []wire.HelperQuery{chtQuery(3, 4), bloomQuery(1, 7), bare, part, chtQuery(3, 9)}})
		got := some.(*wire.HelperProofs)
		if want := 1 + 5*(src.Nodes-1); len(got.Nodes) != want || len(got.Aux) != 2 {
			t.Errorf("%d nodes and %d headers, want %d and 2", len(got.Nodes), len(got.Aux), want)
		}
		for i, number := range []int{4, 9} {
			if info, err := wire.PeekHeader(got.Aux[i]); err != nil || info.Hash != src.Canonical()[number] {
				t.Errorf("header %d is not that of block %d (%v)", i, number, err)
			}
		}
	})
}

// What is not there is left out in les/4, and refused in les/5.
func TestHelperProofsThatAreMissing(t *testing.T) {
	src := servertest.NewFakeSource(9)
	src.SetHelper(helperRoots(3))
	srv := start(t, src, nil)
	missing := []wire.HelperQuery{
		chtQuery(4, 5),                           // a section that is not complete
		chtQuery(3, 10),                          // a header that does not exist
		{Section: 3, Key: []byte{1, 2, 3}},       // no block's number
		{Type: 2, Section: 3, Key: []byte{1, 2}}, // no trie
	}
	c4, c5 := connect(t, srv, src, wire.LES4), connect(t, srv, src, wire.LES5)
	for i, q := range missing {
		want := wire.Unavailable
		if q.Type == 2 {
			want = wire.Unsupported
		}
		c5.refused(&wire.GetHelperProofs{Queries: []wire.HelperQuery{chtQuery(1, 1), q}}, want)
		got := c4.ask(&wire.GetHelperProofs{Queries: []wire.HelperQuery{q, chtQuery(1, 1)}}).(*wire.HelperProofs)
		if len(got.Aux) != 1 || len(got.Nodes) != src.Nodes {
			t.Errorf("query %d: %d nodes, %d headers beside it", i, len(got.Nodes), len(got.Aux))
		}
	}
	src.NodeSize = wire.SoftReply / 3
	c5.refused(&wire.GetHelperProofs{Queries: []wire.HelperQuery{bloomQuery(1, 1), bloomQuery(1, 2)}}, wire.OverLimit)
	got := c4.ask(&wire.GetHelperProofs{Queries: []wire.HelperQuery{bloomQuery(1, 1), bloomQuery(1, 2)}}).(*wire.HelperProofs)
	if len(got.Nodes) != src.Nodes {
		t.Errorf("%d nodes in a full reply", len(got.Nodes))
	}
}

// The section that a head names stands beside it, in the Status and in each
// announcement; a new section is announced like a new head.
func TestHelperIsAnnounced(t *testing.T) {
	src := servertest.NewFakeSource(9)
	srv := start(t, src, nil)
	c := connect(t, srv, src, wire.LES5)
	if s := c.status.Server; s.Helper != nil || s.Head.Head.HelperRoot != (wire.Hash{}) {
		t.Fatalf("helper %+v", s.Helper)
	}
	if !c.status.Server.Serves.Has(wire.ServesHelper) {
		t.Errorf("serves %b", c.status.Server.Serves)
	}
	four := connect(t, srv, src, wire.LES4)
	for i := range uint64(2) {
		roots := helperRoots(i)
		if i == 0 {
			src.SetHelper(roots)
		} else {
			src.Extend(1) // a new head goes on naming it
			roots = helperRoots(0)
		}
		a := c.announce5()
		if a.Update.Helper == nil || *a.Update.Helper != (wire.HelperRoots{Section: 0, Last: roots.Last, CHT: roots.CHT, Bloom: roots.Bloom}) {
			t.Fatalf("helper %+v", a.Update.Helper)
		}
		if a.Head.HelperRoot != a.Update.Helper.Hash() || len(a.Signature) == 0 {
			t.Errorf("head names %x", a.Head.HelperRoot)
		}
	}
	// In les/4, which knows nothing of it, the section is no news.
	if a := four.announce4(); a.Number != 10 {
		t.Errorf("les/4 is announced block %d", a.Number)
	}
	again := dialAs(t, srv, wire.LES5, [32]byte{7})
	again.shake(hello(src, wire.LES5))
	if s := again.status.Server; s.Helper == nil || s.Helper.Hash() != s.Head.Head.HelperRoot {
		t.Errorf("a later Status has %+v", s.Helper)
	}
	if u := again.status.Server.Head.Update; u.Helper != nil || u.Ranges != nil {
		t.Errorf("a head in a Status has an update: %+v", u)
	}
}

// A server that only announces names its section too: it has a vote on it.
func TestHelperOfAnnouncer(t *testing.T) {
	src := servertest.NewFakeSource(9)
	src.SetHelper(helperRoots(3))
	srv := start(t, src, func(c *server.Config) { c.OnlyAnnounce = true })
	c := connect(t, srv, src, wire.LES5)
	if s := c.status.Server; s.Helper == nil || s.Helper.Section != 3 || !bytes.Equal(s.Helper.Bloom[:1], []byte{3}) {
		t.Errorf("helper %+v", s.Helper)
	}
}
