package watch

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

// errNoBaseFee: the chain is older than EIP-1559.
var errNoBaseFee = errors.New("the chain's blocks have no base fee (EIP-1559)")

// fees are those of EIP-1559, in wei a gas.
type fees struct{ tip, most *big.Int }

// fees returns what is paid now: the tip that the provider suggests, above twice the base fee, so that it is enough
// for some blocks even if they are full; never more than the cap. Errors: *FeeCapError.
func (s *Sender) fees(ctx context.Context, head common.Hash) (fees, error) {
	h, err := ask(ctx, s.w, func(ctx context.Context) (*types.Header, error) { return s.cfg.Node.HeaderByHash(ctx, head) })
	if err != nil {
		return fees{}, fmt.Errorf("asking for the base fee: %w", err)
	}
	if h.BaseFee == nil {
		return fees{}, errNoBaseFee
	}
	tip, err := ask(ctx, s.w, s.cfg.Node.SuggestGasTipCap)
	if err != nil {
		return fees{}, fmt.Errorf("asking for the usual tip: %w", err)
	}
	return capped(h.BaseFee, tip, s.cfg.MaxFee)
}

// capped limits fees to a cap. The tip gives way first: a transaction with a small one is late, one below the base
// fee is not mined.
func capped(base, tip, most *big.Int) (fees, error) {
	room := new(big.Int).Sub(most, base)
	if room.Sign() < 0 {
		return fees{}, &FeeCapError{Needs: new(big.Int).Set(base), Cap: most}
	}
	f := fees{tip: smaller(tip, room), most: new(big.Int).Lsh(base, 1)}
	f.most = smaller(f.most.Add(f.most, f.tip), most)
	return f, nil
}

// above returns fees that a pool takes in place of others: both an eighth more, where pools ask for a
// tenth. ok is false if the cap does not let them.
func (f fees) above(old fees, limit *big.Int) (fees, bool) {
	up := func(now, was *big.Int) *big.Int {
		least := new(big.Int).Add(was, new(big.Int).Rsh(was, 3))
		return larger(now, least.Add(least, big.NewInt(1)))
	}
	next := fees{tip: up(f.tip, old.tip), most: up(f.most, old.most)}
	return next, next.most.Cmp(limit) <= 0 && next.tip.Cmp(next.most) <= 0
}

func feesOf(tx *types.Transaction) fees { return fees{tx.GasTipCap(), tx.GasFeeCap()} }

func smaller(a, b *big.Int) *big.Int {
	if a.Cmp(b) < 0 {
		return new(big.Int).Set(a)
	}
	return new(big.Int).Set(b)
}

func larger(a, b *big.Int) *big.Int {
	if a.Cmp(b) > 0 {
		return new(big.Int).Set(a)
	}
	return new(big.Int).Set(b)
}
