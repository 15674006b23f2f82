package client

import (
	"context"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/client/election"
	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/wire"
)

// fetchHeaders gets the header with this hash and up to count−1 of its ancestors,
// newest first. At least one comes if err is nil.
func (c *Client) fetchHeaders(ctx context.Context, hash common.Hash, count int, signers []election.ID) ([]*types.Header, error) {
	headers, encs, err := c.askHeaders(ctx, hash, count, signers)
	if err != nil {
		return nil, err
	}
	traceOf(ctx).evidence(encs...)
	at := hash
	for _, h := range headers {
		c.caches.headers.Put(at, h, headerSize(h))
		at = h.ParentHash
	}
	return headers, nil
}

// askHeaders is fetchHeaders for who keeps them, and records them, in another way.
func (c *Client) askHeaders(ctx context.Context, hash common.Hash, count int, signers []election.ID) (headers []*types.Header, encs [][]byte, err error) {
	prefer := make(map[[32]byte]bool, len(signers))
	for _, id := range signers {
		prefer[id] = true
	}
	_, err = c.retrieve(ctx, query{
		what:   fmt.Sprintf("header %x", hash[:6]),
		prefer: prefer,
		// A server need not know a block that another one has announced.
		lenient: true,
		urgent:  len(signers) > 0, // it is a head that they announced
		can:     func(s *session) bool { return s.can(need{wire.ServesChain, anyBlock}) },
		request: func(s *session) wire.Request {
			n := s.most(wire.CodeGetHeaders, uint64(count), s.limits().Headers)
			if n == 0 {
				return nil
			}
			return &wire.GetHeaders{Origin: wire.Origin{Hash: hash}, Max: n, Reverse: true}
		},
		check: func(_ *session, reply wire.Reply) error {
			got := reply.(*wire.Headers).Headers //nolint:forcetypeassert // the session has checked the code
			if len(got) == 0 {
				return errLacks
			}
			if len(got) > count {
				return &lieError{fmt.Errorf("%d headers instead of %d", len(got), count)}
			}
			verified, err := proof.VerifyHeaders(hash, got)
			if err != nil {
				return &lieError{err}
			}
			headers, encs = verified, got
			return nil
		},
	})
	return headers, encs, err
}

// headerSize is roughly what a header takes in memory, in bytes.
func headerSize(h *types.Header) int { return 900 + len(h.Extra) }

// fetchConfig gets the chain configuration with a hash, from a server that goes by
// it. It need not be one that this program understands.
func (c *Client) fetchConfig(ctx context.Context, hash common.Hash) (enc []byte, err error) {
	_, err = c.retrieve(ctx, query{
		what: "chain configuration",
		can: func(s *session) bool {
			return s.version() != wire.LES4 && s.config() == hash && s.can(need{wire.ServesConfig, anyBlock})
		},
		request: func(*session) wire.Request { return &wire.GetConfig{} },
		check: func(_ *session, reply wire.Reply) error {
			got := reply.(*wire.Config).Config //nolint:forcetypeassert // the session has checked the code
			if h := wire.ConfigHash(got); h != hash {
				return &lieError{fmt.Errorf("configuration hashes to %x, elected is %x", h[:6], hash[:6])}
			}
			enc = slices.Clone(got)
			return nil
		},
	})
	return enc, err
}
