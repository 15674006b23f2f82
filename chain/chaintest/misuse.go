package chaintest

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/candela-les/candela/chain"
)

// questions are all requests about one block, by name.
func (h *Harness) questions(block chain.Hash) map[string]func(context.Context) error {
	s := h.Source
	key := make([]byte, 32)
	q := map[string]func(context.Context) error{
		"Header":   func(ctx context.Context) error { _, err := s.Header(ctx, block); return err },
		"Body":     func(ctx context.Context) error { _, err := s.Body(ctx, block); return err },
		"Receipts": func(ctx context.Context) error { _, err := s.Receipts(ctx, block); return err },
	}
	if h.proves {
		q["Prove"] = func(ctx context.Context) error {
			_, err := s.Prove(ctx, []chain.StateQuery{{Block: block}})
			return err
		}
	}
	if s.Capabilities().HashedKeys {
		q["ProveHashed"] = func(ctx context.Context) error {
			return s.ProveHashed(ctx, chain.HashedQuery{Block: block, Key: key}, func([]byte) {})
		}
		q["CodeHashed"] = func(ctx context.Context) error { _, err := s.CodeHashed(ctx, block, key); return err }
	}
	if s.Capabilities().Witness {
		q["Witness"] = func(ctx context.Context) error {
			_, err := s.Witness(ctx, block, chain.Call{Gas: 100_000})
			return err
		}
	}
	return q
}

// others are the requests that name no block.
func (h *Harness) others() map[string]func(context.Context) error {
	s := h.Source
	q := map[string]func(context.Context) error{
		"CanonicalHash": func(ctx context.Context) error { _, err := s.CanonicalHash(ctx, 0); return err },
		"TxStatus":      func(ctx context.Context) error { _, err := s.TxStatus(ctx, []chain.Hash{{}}); return err },
	}
	if s.Capabilities().LogCandidates {
		q["LogCandidates"] = func(ctx context.Context) error {
			_, err := s.LogCandidates(ctx, chain.LogQuery{Last: h.head().NumberU64()})
			return err
		}
	}
	if roots := s.Head().Helper; roots != (chain.HelperRoots{}) {
		q["ProveHelper"] = func(ctx context.Context) error {
			return s.ProveHelper(ctx, chain.HelperQuery{Section: roots.Section, Key: make([]byte, 8)}, func([]byte) {})
		}
	}
	if s.Capabilities().TxRelay {
		q["SubmitTx"] = func(ctx context.Context) error { _, err := s.SubmitTx(ctx, []byte{0xc0}); return err }
	}
	return q
}

// testCancelled asks everything with a context that has ended.
func (h *Harness) testCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, questions := range []map[string]func(context.Context) error{h.questions(h.head().Hash()), h.others()} {
		for name, ask := range questions {
			if err := ask(ctx); !errors.Is(err, context.Canceled) {
				t.Errorf("%s with a cancelled context: %v", name, err)
			}
		}
	}
}

// testConcurrent asks everything at the same time from many goroutines, while the
// chain grows if it can.
func (h *Harness) testConcurrent(t *testing.T) {
	ctx := testContext(t)
	if h.Grow != nil {
		h.Grow(t)
	}
	var all sync.WaitGroup
	for range 4 {
		for _, questions := range []map[string]func(context.Context) error{h.questions(h.head().Hash()), h.others()} {
			for name, ask := range questions {
				if name == "CodeHashed" { // of an account that does not exist
					continue
				}
				all.Go(func() {
					for range 8 {
						if err := ask(ctx); err != nil {
							t.Errorf("%s: %v", name, err)
						}
					}
				})
			}
		}
		all.Go(func() {
			stop := h.Source.Heads(make(chan chain.Head))
			h.Source.Ranges()
			h.Source.Head()
			stop()
		})
	}
	if h.Grow != nil {
		h.Grow(t)
	}
	all.Wait()
}

// testClosed closes the source under load, then asks everything again.
func (h *Harness) testClosed(t *testing.T) {
	head := h.head().Hash()
	stop := h.Source.Heads(make(chan chain.Head))
	defer stop()
	var load sync.WaitGroup
	for name, ask := range h.questions(head) {
		load.Go(func() {
			for range 1000 {
				err := ask(t.Context())
				if errors.Is(err, chain.ErrUnavailable) {
					return
				}
				if err != nil && name != "CodeHashed" {
					t.Errorf("%s while closing: %v", name, err)
					return
				}
			}
		})
	}
	if err := h.Source.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
	load.Wait()
	for _, questions := range []map[string]func(context.Context) error{h.questions(head), h.others()} {
		for name, ask := range questions {
			if err := ask(t.Context()); !errors.Is(err, chain.ErrUnavailable) {
				t.Errorf("%s of a closed source: %v, want ErrUnavailable", name, err)
			}
		}
	}
	if err := h.Source.Close(); err != nil {
		t.Errorf("close a second time: %v", err)
	}
	if got := h.Source.Ranges(); got.State != chain.None {
		t.Errorf("a closed source announces %+v", got)
	}
	h.Source.Heads(make(chan chain.Head))()
}
