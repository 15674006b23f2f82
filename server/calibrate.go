package server

import (
	"context"
	"encoding/binary"
	"slices"
	"time"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// How long and how often start-up measures each kind of request.
const (
	calibrateTimeout = 3 * time.Second // for all kinds together
	calibrateSpan    = 200 * unit.Millisecond
	calibrateTries   = 32
)

// calibrate measures on this machine and chain what requests cost, in ns per unit
// of their amount, for les/4 and les/5. It asks for what the head has, so it finds
// caches warm and little data: the result is a lower bound, which the long-run
// averages in costs.go make up for. A machine slower than those raises its prices.
func (s *Server) calibrate(ctx context.Context) (out [2]map[uint64]unit.Cost) {
	out = [2]map[uint64]unit.Cost{{}, {}}
	if s.cfg.OnlyAnnounce {
		return out
	}
	ctx, cancel := context.WithTimeout(ctx, calibrateTimeout)
	defer cancel()
	src, head := s.cfg.Source, s.cfg.Source.Head()
	both := func(code uint64, work func(i int) error) {
		cost := s.measure(ctx, work)
		out[0][code], out[1][code] = cost, cost
	}
	both(wire.CodeGetHeaders, func(int) error { return errOf(src.Header(ctx, head.Hash)) })
	both(wire.CodeGetBodies, func(int) error { return errOf(src.Body(ctx, head.Hash)) })
	both(wire.CodeGetReceipts, func(int) error { return errOf(src.Receipts(ctx, head.Hash)) })
	both(wire.CodeGetTxStatus, func(i int) error { return errOf(src.TxStatus(ctx, []chain.Hash{spread(i)})) })
	if head.Helper != (chain.HelperRoots{}) {
		both(wire.CodeGetHelperProofs, func(i int) error { return s.proveSpread(ctx, head.Helper.Section, i) })
	}
	if s.caps.HashedKeys {
		out[0][wire.CodeGetProofs] = s.measure(ctx, func(i int) error {
			key := spread(i)
			return src.ProveHashed(ctx, chain.HashedQuery{Block: head.Hash, Key: key[:]}, func([]byte) {})
		})
	}
	out[1][wire.CodeGetState] = s.measure(ctx, func(i int) error {
		return errOf(src.Prove(ctx, []chain.StateQuery{{Block: head.Hash, Address: address(i)}}))
	})
	if s.caps.Witness {
		out[1][wire.CodeGetWitness] = s.measure(ctx, func(i int) error {
			to := address(i)
			return errOf(src.Witness(ctx, head.Hash, chain.Call{To: &to, Gas: wire.WitnessGasUnit}))
		})
	}
	if s.caps.LogCandidates {
		first := head.Number - min(head.Number, wire.LogRangeUnit-1)
		out[1][wire.CodeGetLogRange] = s.measure(ctx, func(i int) error {
			return errOf(src.LogCandidates(ctx, chain.LogQuery{
				First: first, Last: head.Number, Addresses: []chain.Address{address(i)},
			}))
		})
	}
	return out
}

// proveSpread does what a client with old logs asks for: a bit of the blooms in some
// section, and a header.
func (s *Server) proveSpread(ctx context.Context, section uint64, i int) error {
	part := func(of uint64) uint64 { return of / calibrateTries * uint64(i) }
	q := chain.HelperQuery{Section: section}
	if i%2 == 0 {
		q.Key = binary.BigEndian.AppendUint64(nil, part((section+1)*chain.HelperBlocks))
	} else {
		q.Kind = chain.HelperBloom
		q.Key = binary.BigEndian.AppendUint16(nil, uint16(part(2048)))
		q.Key = binary.BigEndian.AppendUint64(q.Key, part(section))
	}
	return s.cfg.Source.ProveHelper(ctx, q, func([]byte) {})
}

// measure returns the time of one unit of work that four of five tries did not
// exceed, so that one pause of the machine does not set a price. It is zero if the
// work cannot be done at all.
func (s *Server) measure(ctx context.Context, work func(i int) error) unit.Cost {
	var spans []unit.Span
	begin := s.now()
	for i := range calibrateTries {
		from := s.now()
		if err := work(i); err != nil || ctx.Err() != nil {
			break
		}
		spans = append(spans, s.now().Since(from))
		if s.now().Since(begin) > calibrateSpan {
			break
		}
	}
	if len(spans) == 0 {
		return 0
	}
	slices.Sort(spans)
	return unit.Cost(spans[(len(spans)-1)*4/5])
}

// spread returns keys that lie far from each other in a trie.
func spread(i int) (key chain.Hash) {
	for b := range key {
		key[b] = byte(i*101 + b*53 + i*i)
	}
	return key
}

func address(i int) (a chain.Address) {
	key := spread(i)
	copy(a[:], key[:])
	return a
}

func errOf[T any](_ T, err error) error { return err }
