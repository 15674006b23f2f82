package server_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/server/servertest"
	"github.com/candela-les/candela/wire"
)

// A run of headers is what stepping over the chain one block at a time gives: the
// canonical chain by number, parent links towards the genesis block, and away from
// it only from canonical blocks.
func TestHeaderRunsAgainstNaiveTwin(t *testing.T) {
	src := servertest.NewFakeSource(60)
	side := src.Canonical()
	src.Reorg(20, 25) // now side[41:] are off the canonical chain
	canonical := src.Canonical()
	c := connect(t, start(t, src, nil), src, wire.LES4)

	rapid.Check(t, func(t *rapid.T) {
		q := &wire.GetHeaders{
			Max:     rapid.Uint64Range(1, wire.MaxHeaders).Draw(t, "max"),
			Reverse: rapid.Bool().Draw(t, "reverse"),
			Skip: rapid.OneOf(
				rapid.Uint64Range(0, 5), rapid.Uint64Range(0, 70), rapid.Uint64Range(1<<64-5, 1<<64-1),
			).Draw(t, "skip"),
		}
		number := rapid.Uint64Range(0, 70).Draw(t, "number")
		line := canonical // the blocks that the run walks over, by number
		switch rapid.IntRange(0, 2).Draw(t, "origin") {
		case 0:
			q.Origin.Number = number
		case 1:
			number = min(number, uint64(len(canonical)-1))
			q.Origin.Hash = canonical[number]
		default:
			number = min(number, uint64(len(side)-1))
			q.Origin.Hash, line = side[number], side
		}
		var want []wire.Hash
		for uint64(len(want)) < q.Max && number < uint64(len(line)) {
			want = append(want, line[number])
			onCanonical := number < uint64(len(canonical)) && canonical[number] == line[number]
			if q.Skip == 1<<64-1 {
				break
			}
			if q.Reverse {
				if number < q.Skip+1 {
					break
				}
				number -= q.Skip + 1
			} else {
				if !onCanonical || number+q.Skip+1 < number {
					break
				}
				line = canonical
				number += q.Skip + 1
			}
		}
		var got []wire.Hash
		for _, h := range c.ask(q).(*wire.Headers).Headers {
			info, err := wire.PeekHeader(h)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, info.Hash)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%d headers, want %d", len(got), len(want))
		}
	})
}

// Walking off the canonical chain costs a read a step, so it ends.
func TestSideStepsAreBounded(t *testing.T) {
	src := servertest.NewFakeSource(300)
	side := src.Canonical()
	src.Reorg(300, 310)
	c := connect(t, start(t, src, nil), src, wire.LES4)
	reply := c.ask(&wire.GetHeaders{Origin: wire.Origin{Hash: side[300]}, Max: 10, Skip: 60, Reverse: true}).(*wire.Headers)
	if len(reply.Headers) != 2 { // 61 steps are within the limit, 122 are not
		t.Errorf("%d headers", len(reply.Headers))
	}
}
