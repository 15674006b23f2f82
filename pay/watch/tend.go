package watch

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"

	ethereum "github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

// offerEvery is after how many blocks a transaction that is not mined is offered again: a pool may have lost it.
const offerEvery = 2

// See implements Subject: it looks after what is not sure yet.
func (s *Sender) See(ctx context.Context, v View) error {
	if len(s.live()) == 0 {
		s.seen = true
		return nil
	}
	if err := s.take(ctx); err != nil {
		return err
	}
	defer s.release()
	if v.Again && s.seen {
		if err := s.doubt(ctx); err != nil {
			return err
		}
	}
	s.seen = true
	at, err := s.nonceAt(ctx, v.Head)
	if err != nil {
		return err
	}
	sure := at
	if v.Sure != v.Head {
		if sure, err = s.nonceAt(ctx, v.Sure); err != nil {
			return err
		}
	}
	for _, e := range s.live() {
		if err := s.tend(ctx, e, v, at, sure); err != nil {
			return err
		}
	}
	return nil
}

func (s *Sender) nonceAt(ctx context.Context, b Block) (uint64, error) {
	n, err := ask(ctx, s.w, func(ctx context.Context) (uint64, error) { return s.cfg.Node.NonceAtHash(ctx, s.Address(), b.Hash) })
	if err != nil {
		return 0, fmt.Errorf("asking for the nonce of %v: %w", s.Address(), err)
	}
	return n, nil
}

// doubt looks for everything that is not buried: a block that was sure is gone.
func (s *Sender) doubt(ctx context.Context) error {
	for _, e := range s.live() {
		if e.State == Waiting || e.State == Displaced {
			continue
		}
		_, err := s.receipt(ctx, e, e.Mined.Hash)
		if errors.Is(err, ethereum.NotFound) {
			err = s.reopen(ctx, e)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// reopen has a transaction waited for that was sure and is not in the chain any more.
func (s *Sender) reopen(ctx context.Context, e *entry) error {
	s.log.Error("a reorganization has taken a transaction out of the chain that was sure; it is sent again",
		"name", s.short(e.Name), "nonce", e.Nonce, "block", e.Mined.Block)
	next := e.Sent
	next.State, next.Mined, next.Why, next.Data = Waiting, Mined{}, "", nil
	e.mined, e.sentAt, e.lost = false, 0, 0
	return s.put(ctx, e, next)
}

func (s *Sender) receipt(ctx context.Context, e *entry, hash common.Hash) (*types.Receipt, error) {
	r, err := ask(ctx, s.w, func(ctx context.Context) (*types.Receipt, error) { return s.cfg.Node.TransactionReceipt(ctx, hash) })
	if err != nil {
		return nil, fmt.Errorf("asking for the receipt of transaction %q: %w", s.short(e.Name), err)
	}
	return r, nil
}

// tend looks after one transaction, given the account's nonce at the head and at the block that is sure.
func (s *Sender) tend(ctx context.Context, e *entry, v View, at, sure uint64) error {
	switch {
	case e.State == Displaced:
		return s.doubtDisplaced(ctx, e, v, sure)
	case e.State != Waiting && e.Nonce < sure:
		return s.bury(ctx, e, v, e.Mined.Block)
	case e.State != Waiting:
		if err := s.reopen(ctx, e); err != nil {
			return err
		}
	}
	switch {
	case e.Nonce < sure:
		e.mined = true
		return s.settle(ctx, e, v)
	case e.Nonce < at:
		e.mined = true
		return nil
	}
	if e.mined {
		s.log.Warn("a reorganization has taken a transaction out of the chain", "name", s.short(e.Name), "nonce", e.Nonce)
		e.mined, e.sentAt = false, 0
	}
	if e.born == 0 || e.born > v.Head.Number { // of before a restart, or of a chain that was longer
		e.born = v.Head.Number
	}
	var err error
	switch head := v.Head.Number; {
	case e.Nonce == at && head-e.born >= s.cfg.StuckBlocks:
		err = s.replace(ctx, e, v.Head)
	case e.sentAt == 0 || head >= e.sentAt+offerEvery || head < e.sentAt:
		err = s.offer(ctx, e, head)
	}
	if err == nil && e.Nonce > at && e.Nonce == s.lowest() && v.Head.Number-e.born >= s.cfg.StuckBlocks {
		err = fmt.Errorf("its nonce is %d, and nothing has nonce %d: was the key used elsewhere?", e.Nonce, at)
	}
	if err != nil && err.Error() != e.said {
		e.said = err.Error()
		s.log.Warn("a transaction is not mined yet", "name", s.short(e.Name), "err", err)
	}
	return nil
}

// lowest is the lowest nonce that waits.
func (s *Sender) lowest() uint64 {
	for _, e := range s.live() {
		if e.State == Waiting {
			return e.Nonce
		}
	}
	return 0
}

// settle says what became of a transaction whose nonce is used up for sure.
func (s *Sender) settle(ctx context.Context, e *entry, v View) error {
	if found, err := s.settled(ctx, e, v); found || err != nil {
		return err
	}
	if e.lost++; e.lost < lostViews {
		return nil
	}
	next := e.Sent
	next.State, next.DisplacedAt = Displaced, v.Sure.Number
	s.log.Error("a transaction will not be mined: another one of the same key has its nonce. Is the key used elsewhere?",
		"name", s.short(e.Name), "nonce", e.Nonce)
	return s.put(ctx, e, next)
}

// settled looks for a transaction whose nonce is used up for sure, and keeps its outcome if that is sure. found is false if no version of it is
// known to the provider.
func (s *Sender) settled(ctx context.Context, e *entry, v View) (found bool, err error) {
	for _, raw := range slices.Backward(e.Raw) {
		tx := new(types.Transaction)
		if err := tx.UnmarshalBinary(raw); err != nil {
			return false, fmt.Errorf("transaction %q is kept damaged: %w", s.short(e.Name), err)
		}
		r, err := s.receipt(ctx, e, tx.Hash())
		switch {
		case errors.Is(err, ethereum.NotFound):
			continue
		case err != nil:
			return false, err
		case r.BlockNumber.Uint64() > v.Sure.Number:
			return true, nil // the provider has gone on, or back
		}
		return true, s.finish(ctx, e, tx, r)
	}
	return false, nil
}

// doubtDisplaced looks for a transaction that is taken to be displaced. All that speaks for that is that a provider does not know it, and
// that may have been the provider's fault. It is not offered any more, whatever becomes of its nonce: others have been told that it is over.
func (s *Sender) doubtDisplaced(ctx context.Context, e *entry, v View, sure uint64) error {
	if e.Nonce >= sure {
		return nil
	}
	if found, err := s.settled(ctx, e, v); found || err != nil {
		return err
	}
	return s.bury(ctx, e, v, e.DisplacedAt)
}

// finish keeps the outcome of a transaction that is mined for sure.
func (s *Sender) finish(ctx context.Context, e *entry, tx *types.Transaction, r *types.Receipt) error {
	next := e.Sent
	next.DisplacedAt = 0
	next.State, next.Mined = Done, Mined{Hash: tx.Hash(), Block: r.BlockNumber.Uint64(), GasUsed: r.GasUsed}
	if r.EffectiveGasPrice != nil {
		next.Mined.FeeWei = new(big.Int).Mul(r.EffectiveGasPrice, new(big.Int).SetUint64(r.GasUsed)).String()
	}
	if r.Status != types.ReceiptStatusSuccessful {
		next.State = Reverted
		next.Why, next.Data = s.why(ctx, tx, r)
		s.log.Error("a transaction was reverted", "name", s.short(e.Name), "hash", tx.Hash(), "why", next.Why)
	} else {
		s.log.Info("a transaction is mined", "name", s.short(e.Name), "hash", tx.Hash(), "block", next.Mined.Block, "gas", r.GasUsed)
	}
	return s.put(ctx, e, next)
}

// why finds out why a transaction was reverted, by running it again before its block. What else was in the block may
// have mattered, so this is as good as can be known, and no error if it fails.
func (s *Sender) why(ctx context.Context, tx *types.Transaction, r *types.Receipt) (string, []byte) {
	h, err := ask(ctx, s.w, func(ctx context.Context) (*types.Header, error) { return s.cfg.Node.HeaderByHash(ctx, r.BlockHash) })
	if err != nil {
		return "", nil
	}
	msg := ethereum.CallMsg{From: s.Address(), To: tx.To(), Gas: tx.Gas(), Value: tx.Value(), Data: tx.Data()}
	for _, block := range []common.Hash{h.ParentHash, r.BlockHash} {
		_, err = ask(ctx, s.w, func(ctx context.Context) ([]byte, error) { return s.cfg.Node.CallContractAtHash(ctx, msg, block) })
		if bad := reverted(s.short(s.prefix), err); bad != nil {
			return bad.Why, bad.Data
		}
	}
	if r.GasUsed == tx.Gas() {
		return "it ran out of gas", nil
	}
	return "", nil
}

// bury drops what was signed once it cannot be needed any more: long after the block that has decided on it.
func (s *Sender) bury(ctx context.Context, e *entry, v View, block uint64) error {
	if v.Sure.Number < block+buriedBlocks {
		return nil
	}
	next := e.Sent
	next.Raw = nil
	return s.put(ctx, e, next)
}
