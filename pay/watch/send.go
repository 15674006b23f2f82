package watch

import (
	"context"
	"fmt"
	"math/big"
	"slices"

	ethereum "github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/core/types"
)

// begin makes a transaction, keeps it, and offers it; unless somebody else has begun it meanwhile.
func (s *Sender) begin(ctx context.Context, name string, build Build) (*entry, *Sent, error) {
	call, err := build(ctx)
	if err != nil {
		return nil, nil, err
	}
	if call.Value == nil {
		call.Value = new(big.Int)
	}
	v, err := s.w.Latest(ctx)
	if err != nil {
		return nil, nil, err
	}
	if err := s.take(ctx); err != nil {
		return nil, nil, err
	}
	defer s.release()
	if e, finished, err := s.find(ctx, name); err != nil || e != nil || finished != nil {
		return e, finished, err
	}
	tx, err := s.prepare(ctx, name, call, v.Head)
	if err != nil {
		return nil, nil, err
	}
	raw, err := s.sign(tx)
	if err != nil {
		return nil, nil, err
	}
	kept := Sent{Name: name, Nonce: tx.Nonce, Raw: [][]byte{raw}, Passing: call.Passing}
	// From here on it may be sent at any time, whatever becomes of this call.
	if err := s.cfg.Outbox.PutSent(context.WithoutCancel(ctx), kept, true); err != nil {
		return nil, nil, fmt.Errorf("keeping transaction %q: %w", s.short(name), err)
	}
	e := s.add(kept)
	e.born = v.Head.Number
	s.log.Info("a transaction is sent", "name", s.short(name), "nonce", e.Nonce, "gas", tx.Gas, "maxFeeGwei", gwei(tx.GasFeeCap))
	return e, nil, s.offer(ctx, e, v.Head.Number)
}

func (s *Sender) short(name string) string { return name[len(s.prefix):] }

// prepare fills in what a call does not say.
func (s *Sender) prepare(ctx context.Context, name string, call Call, head Block) (*types.DynamicFeeTx, error) {
	from := s.Address()
	f, err := s.fees(ctx, head.Hash)
	if err != nil {
		return nil, err
	}
	gas := call.Gas
	if gas == 0 {
		msg := ethereum.CallMsg{From: from, To: call.To, Data: call.Data, Value: call.Value}
		gas, err = ask(ctx, s.w, func(ctx context.Context) (uint64, error) { return s.cfg.Node.EstimateGas(ctx, msg) })
		if err != nil {
			if bad := reverted(s.short(name), err); bad != nil {
				return nil, bad
			}
			return nil, fmt.Errorf("estimating the gas of transaction %q: %w", s.short(name), err)
		}
		gas += gas * s.cfg.GasMargin / 1000
	}
	needs := new(big.Int).Mul(f.most, new(big.Int).SetUint64(gas))
	needs.Add(needs, call.Value)
	if err := s.afford(ctx, head, needs); err != nil {
		return nil, err
	}
	nonce, err := s.nextNonce(ctx, head)
	if err != nil {
		return nil, err
	}
	return &types.DynamicFeeTx{
		ChainID: new(big.Int).SetUint64(s.w.cfg.ChainID), Nonce: nonce, GasTipCap: f.tip, GasFeeCap: f.most,
		Gas: gas, To: call.To, Value: call.Value, Data: call.Data,
	}, nil
}

// afford makes sure that the account has enough for one more transaction beside those that wait.
func (s *Sender) afford(ctx context.Context, head Block, needs *big.Int) error {
	has, err := ask(ctx, s.w, func(ctx context.Context) (*big.Int, error) {
		return s.cfg.Node.BalanceAtHash(ctx, s.Address(), head.Hash)
	})
	if err != nil {
		return fmt.Errorf("asking for the balance of %v: %w", s.Address(), err)
	}
	for _, e := range s.live() {
		if e.State == Waiting && !e.mined {
			if tx, err := e.newest(); err == nil {
				needs = new(big.Int).Add(needs, tx.Cost())
			}
		}
	}
	if has.Cmp(needs) < 0 {
		return &NoFundsError{s.Address(), has, needs}
	}
	return nil
}

// nextNonce is the first nonce that neither the chain, nor its pool, nor a transaction that is kept here has.
func (s *Sender) nextNonce(ctx context.Context, head Block) (uint64, error) {
	nonce, err := ask(ctx, s.w, func(ctx context.Context) (uint64, error) {
		return s.cfg.Node.NonceAtHash(ctx, s.Address(), head.Hash)
	})
	if err != nil {
		return 0, fmt.Errorf("asking for the nonce of %v: %w", s.Address(), err)
	}
	pending, err := ask(ctx, s.w, func(ctx context.Context) (uint64, error) { return s.cfg.Node.PendingNonceAt(ctx, s.Address()) })
	if err != nil {
		return 0, fmt.Errorf("asking for the nonce of %v: %w", s.Address(), err)
	}
	nonce = max(nonce, pending)
	for _, e := range s.live() {
		if e.State != Displaced {
			nonce = max(nonce, e.Nonce+1)
		}
	}
	return nonce, nil
}

func (s *Sender) sign(tx *types.DynamicFeeTx) ([]byte, error) {
	signed, err := s.cfg.Signer.SignTx(types.NewTx(tx), tx.ChainID)
	if err != nil {
		return nil, fmt.Errorf("signing: %w", err)
	}
	return signed.MarshalBinary()
}

// offer hands an entry's newest version to the provider. An error is one that its caller should know of; the
// entry is kept all the same.
func (s *Sender) offer(ctx context.Context, e *entry, head uint64) error {
	tx, err := e.newest()
	if err != nil {
		return err
	}
	_, err = ask(ctx, s.w, func(ctx context.Context) (struct{}, error) { return struct{}{}, s.cfg.Node.SendTransaction(ctx, tx) })
	e.sentAt = head
	switch judge(err) {
	case taken, tooLow, underpaid:
		return nil
	case unheard:
		s.log.Warn("a transaction could not be handed over, and is tried again", "name", s.short(e.Name), "err", err)
		return nil
	case broke:
		return &NoFundsError{Address: s.Address()}
	case refused:
	}
	return &RejectedError{s.short(e.Name), err}
}

// offerAgain is offer, for somebody who asks for a transaction that was begun before.
func (s *Sender) offerAgain(ctx context.Context, e *entry) error {
	if err := s.take(ctx); err != nil {
		return err
	}
	defer s.release()
	if e.State != Waiting || e.mined {
		return nil
	}
	v, _ := s.w.View()
	return s.offer(ctx, e, v.Head.Number)
}

// replace signs another version of an entry, one that pays more, if the cap lets it.
func (s *Sender) replace(ctx context.Context, e *entry, head Block) error {
	old, err := e.newest()
	if err != nil {
		return err
	}
	now, err := s.fees(ctx, head.Hash)
	if err != nil {
		return err
	}
	f, ok := now.above(feesOf(old), s.cfg.MaxFee)
	if !ok {
		if err := s.offer(ctx, e, head.Number); err != nil {
			return err
		}
		return &FeeCapError{Needs: f.most, Cap: s.cfg.MaxFee}
	}
	raw, err := s.sign(&types.DynamicFeeTx{
		ChainID: old.ChainId(), Nonce: old.Nonce(), GasTipCap: f.tip, GasFeeCap: f.most,
		Gas: old.Gas(), To: old.To(), Value: old.Value(), Data: old.Data(), AccessList: old.AccessList(),
	})
	if err != nil {
		return err
	}
	next := e.Sent
	next.Raw = append(slices.Clip(next.Raw), raw)
	if err := s.put(ctx, e, next); err != nil {
		return err
	}
	e.born = head.Number
	s.log.Info("a transaction is not mined, and is sent again for more", "name", s.short(e.Name), "nonce", e.Nonce, "maxFeeGwei", gwei(f.most))
	return s.offer(ctx, e, head.Number)
}

// put keeps what has changed of an entry, first on disk.
func (s *Sender) put(ctx context.Context, e *entry, next Sent) error {
	ctx = context.WithoutCancel(ctx)
	keep := func() error { return s.cfg.Outbox.PutSent(ctx, next, next.live()) }
	if next.Passing && !next.live() {
		keep = func() error { return s.cfg.Outbox.DeleteSent(ctx, e.Name) }
	}
	if err := keep(); err != nil {
		return fmt.Errorf("keeping transaction %q: %w", s.short(e.Name), err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	was := e.State
	e.Sent = next
	switch {
	case was == Waiting && next.State != Waiting:
		close(e.done)
	case was != Waiting && next.State == Waiting:
		e.done = make(chan struct{})
	}
	if !next.live() {
		delete(s.mu.entries, e.Name)
	}
	return nil
}
