package node

import (
	"context"
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/pay/watch"
)

// checkDecimals compares what is said of the token with what its contract says: with others every price and amount would be meant otherwise. A contract
// that does not say it, as ERC-20 lets it, is believed to have what is said. Errors: one of usage, or errUnchecked, wrapped.
func (t *takings) checkDecimals(ctx context.Context) error {
	head, err := t.node.HeaderByNumber(ctx, nil)
	if err != nil {
		return fmt.Errorf("%w: %w", errUnchecked, err)
	}
	token, erc := common.Address(t.sale.Token), bind.NewTestToken()
	says, err := watch.Read(ctx, t.node, head.Hash(), token, erc.PackDecimals(), erc.UnpackDecimals)
	switch {
	case watch.IsReverted(err), err == nil && uint64(says) == t.sale.Decimals: // it does not say it, or the same
		return nil
	case err != nil:
		return fmt.Errorf("%w: %w", errUnchecked, err)
	}
	return usage.Errorf("--sell.decimals %d: the contract of token %s says that it has %d", t.sale.Decimals, token, says)
}
