package integration

import (
	"context"
	"testing"
	"time"

	"github.com/candela-les/candela/chain"
)

// still is a chain on which nothing happens, and on which a proof takes so long: slept
// for, so that in virtual time all of it is known. The chain itself lives outside of that
// time: it is asked by a goroutine there, and asking takes none.
type still struct {
	chain.Source
	work time.Duration
	jobs chan func()
	done chan struct{}
}

// hold makes a chain still, until the test ends. Call it outside of virtual time.
func hold(tb testing.TB, source chain.Source, work time.Duration) still {
	tb.Helper()
	s := still{source, work, make(chan func()), make(chan struct{})}
	go func() {
		for job := range s.jobs {
			job()
			s.done <- struct{}{}
		}
		close(s.done)
	}()
	tb.Cleanup(func() { close(s.jobs); <-s.done })
	return s
}

// outside has the chain asked, one question at a time. Contexts stay here.
func outside[T any](s still, ask func(context.Context) (T, error)) (got T, err error) {
	s.jobs <- func() { got, err = ask(context.Background()) }
	<-s.done
	return got, err
}

func (still) Heads(chan<- chain.Head) (stop func()) { return func() {} }

func (s still) Header(_ context.Context, hash chain.Hash) ([]byte, error) {
	return outside(s, func(ctx context.Context) ([]byte, error) { return s.Source.Header(ctx, hash) })
}

func (s still) Body(_ context.Context, hash chain.Hash) ([]byte, error) {
	return outside(s, func(ctx context.Context) ([]byte, error) { return s.Source.Body(ctx, hash) })
}

func (s still) Receipts(_ context.Context, hash chain.Hash) ([]byte, error) {
	return outside(s, func(ctx context.Context) ([]byte, error) { return s.Source.Receipts(ctx, hash) })
}

func (s still) CanonicalHash(_ context.Context, number uint64) (chain.Hash, error) {
	return outside(s, func(ctx context.Context) (chain.Hash, error) { return s.Source.CanonicalHash(ctx, number) })
}

func (s still) Prove(_ context.Context, queries []chain.StateQuery) (chain.Witness, error) {
	time.Sleep(s.work)
	return outside(s, func(ctx context.Context) (chain.Witness, error) { return s.Source.Prove(ctx, queries) })
}

func (s still) ProveHashed(_ context.Context, query chain.HashedQuery, add func([]byte)) error {
	_, err := outside(s, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, s.Source.ProveHashed(ctx, query, add)
	})
	return err
}

func (s still) CodeHashed(_ context.Context, block chain.Hash, account []byte) ([]byte, error) {
	return outside(s, func(ctx context.Context) ([]byte, error) { return s.Source.CodeHashed(ctx, block, account) })
}

func (s still) Witness(_ context.Context, block chain.Hash, call chain.Call) (chain.Witness, error) {
	return outside(s, func(ctx context.Context) (chain.Witness, error) { return s.Source.Witness(ctx, block, call) })
}

func (s still) LogCandidates(_ context.Context, query chain.LogQuery) ([]chain.Block, error) {
	return outside(s, func(ctx context.Context) ([]chain.Block, error) { return s.Source.LogCandidates(ctx, query) })
}

func (s still) ProveHelper(_ context.Context, query chain.HelperQuery, add func([]byte)) error {
	_, err := outside(s, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, s.Source.ProveHelper(ctx, query, add)
	})
	return err
}

func (s still) TxStatus(_ context.Context, hashes []chain.Hash) ([]chain.TxStatus, error) {
	return outside(s, func(ctx context.Context) ([]chain.TxStatus, error) { return s.Source.TxStatus(ctx, hashes) })
}

func (s still) SubmitTx(_ context.Context, tx []byte) (chain.TxStatus, error) {
	return outside(s, func(ctx context.Context) (chain.TxStatus, error) { return s.Source.SubmitTx(ctx, tx) })
}

func (s still) Ranges() chain.Ranges {
	got, _ := outside(s, func(context.Context) (chain.Ranges, error) { return s.Source.Ranges(), nil })
	return got
}

func (s still) Head() chain.Head {
	got, _ := outside(s, func(context.Context) (chain.Head, error) { return s.Source.Head(), nil })
	return got
}
