package node

import (
	"context"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	gethrpc "github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/node/usage"
)

// checkDecimals compares what is said of the token with what its contract says: with others every price and amount would be meant otherwise. A contract
// that does not say it, as ERC-20 lets it, is believed to have what is said. Errors: one of usage, or errUnchecked, wrapped.
func (t *takings) checkDecimals(ctx context.Context) error {
	head, err := t.node.HeaderByNumber(ctx, nil)
	if err != nil {
		return fmt.Errorf("%w: %w", errUnchecked, err)
	}
	token, erc := common.Address(t.sale.Token), bind.NewTestToken()
	out, err := t.node.CallContractAtHash(ctx, ethereum.CallMsg{To: &token, Data: erc.PackDecimals()}, head.Hash())
	if _, reverted := errors.AsType[gethrpc.DataError](err); reverted {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errUnchecked, err)
	}
	says, err := erc.UnpackDecimals(out)
	if err != nil || uint64(says) == t.sale.Decimals {
		return nil //nolint:nilerr // it does not say it
	}
	return usage.Errorf("--sell.decimals %d: the contract of token %s says that it has %d", t.sale.Decimals, token, says)
}
