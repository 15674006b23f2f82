package server_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/server"
	"github.com/candela-les/candela/server/servertest"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/wiretest"
)

// benchSource answers proofs from memory, so that what is measured is the server.
type benchSource struct {
	*servertest.FakeSource
	proof [][]byte
}

func (s benchSource) ProveHashed(_ context.Context, _ chain.HashedQuery, add func([]byte)) error {
	for _, node := range s.proof {
		add(node)
	}
	return nil
}

// BenchmarkProofs is the way of a les/4 proof of one key through a session: decode,
// flow control, proof, reply. Each session has depth requests under way.
func BenchmarkProofs(b *testing.B) {
	for _, sessions := range []int{1, 8, 64} {
		b.Run(fmt.Sprintf("sessions=%d", sessions), func(b *testing.B) { benchProofs(b, sessions) })
	}
}

func benchProofs(b *testing.B, sessions int) {
	src := servertest.NewFakeSource(1)
	bench := benchSource{FakeSource: src}
	if err := src.ProveHashed(b.Context(), chain.HashedQuery{Block: src.Head().Hash, Key: make([]byte, 32)}, func(node []byte) {
		bench.proof = append(bench.proof, node)
	}); err != nil {
		b.Fatal(err)
	}
	srv := start(b, src, func(c *server.Config) {
		c.Source = bench
		c.Capacity, c.MaxSessions = 1<<40, 1000 // the buffer is not what is measured
	})
	request := (&wire.GetProofs{Queries: []wire.ProofQuery{{
		Block: src.Head().Hash, Key: bytes.Repeat([]byte{5}, 32),
	}}}).Append(nil)
	const depth = 16
	work := make(chan struct{}, sessions*depth)
	done := make(chan struct{})
	for i := range sessions {
		c := dialAs(b, srv, wire.LES4, [32]byte{byte(i), byte(i >> 8), 1})
		c.shake(hello(src, wire.LES4))
		go load(c.conn, request, work, done)
	}
	b.ReportAllocs()
	b.SetBytes(int64(src.Nodes * src.NodeSize))
	go func() {
		for range b.N {
			work <- struct{}{}
		}
		close(work)
	}()
	b.ResetTimer()
	for range b.N {
		<-done
	}
}

// load sends a request for each token of work and reports each reply.
func load(conn *wiretest.End, request []byte, work <-chan struct{}, done chan<- struct{}) {
	go func() {
		for range work {
			if conn.WriteMsg(wire.CodeGetProofs, request) != nil {
				return
			}
		}
	}()
	for {
		code, _, err := conn.ReadMsg()
		if err != nil {
			return
		}
		if code != wire.CodeProofs {
			panic(wire.CodeName(wire.LES4, code))
		}
		done <- struct{}{}
	}
}
