package watch

import (
	"context"
	"errors"
	"fmt"

	ethereum "github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
)

// ErrNoContract says that there was no contract where one was read.
var ErrNoContract = errors.New("there is no contract at the address")

// errAnswer says that a contract answers what one of the kind that was meant does not.
var errAnswer = errors.New("it is another contract")

// Read calls a contract as it was at a block, with what its binding has packed, and unpacks the answer. Errors: those of the way to it, ErrNoContract, and
// whatever else IsReverted knows.
func Read[T any](
	ctx context.Context, r Reader, block common.Hash, at common.Address, data []byte, unpack func([]byte) (T, error),
) (v T, err error) {
	out, err := r.CallContractAtHash(ctx, ethereum.CallMsg{To: &at, Data: data}, block)
	switch {
	case err != nil:
	case len(out) == 0:
		err = ErrNoContract
	default:
		if v, err = unpack(out); err != nil {
			err = fmt.Errorf("%w: %w", errAnswer, err)
		}
	}
	if err != nil {
		return v, fmt.Errorf("reading contract %v at block %v: %w", at, block, err)
	}
	return v, nil
}

// IsReverted reports whether an error of a call of a contract is the contract's, or that there is none, or another one, and not one of the way to it.
func IsReverted(err error) bool {
	return errors.Is(err, ErrNoContract) || errors.Is(err, errAnswer) || reverted("", err) != nil
}
