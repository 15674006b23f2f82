package channel

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// state is a channel in the contract at one block.
type state struct {
	balance     unit.Amount // what was deposited, less what went back
	claimed     unit.Amount // of it, what belongs to the receiver for good
	withdrawing unit.Amount // what the payer asks for
	sinceS      uint64      // when it has, Unix seconds; 0 if it has not
	refunds     uint64      // how many refunds there were: the nonce of the next
}

// free is what nobody has claimed.
func (s *state) free() unit.Amount { return s.balance.Minus(s.claimed) }

// collectible is up to what the receiver can claim, from the channel's beginning on, if what the payer asks for goes to it.
// What is claimed while that waits goes first; but nothing is accepted that relies on winning a race.
func (s *state) collectible() unit.Amount {
	return s.claimed.Max(s.balance.Minus(s.withdrawing))
}

// endsS is when the payer gets what it has asked for, Unix seconds; 0 if it has not asked.
func (s *state) endsS(delayS uint64) uint64 {
	if s.sinceS == 0 {
		return 0
	}
	return s.sinceS + delayS
}

// perCall is how many channels are read by one call.
const perCall = 100

// contract reads and calls the settlement contract.
type contract struct {
	*bind.BatchSettlement
	reader watch.Reader
}

// Errors of Check: what was configured does not fit the chain. ErrNoContract says that it has no such contract at x402's address, ErrNoToken that the
// token is no contract that takes signed transfers.
var (
	ErrNoContract = errors.New("there is no settlement contract at its address on this chain")
	ErrNoToken    = errors.New("it is no token with signed transfers (ERC-3009) on this chain")
)

// check looks whether contract and token are what they have to be. Errors: ErrNoContract, ErrNoToken, or why it is not known.
func (c *contract) check(ctx context.Context, w *watch.Watcher, types *Types, token pay.Address) error {
	v, err := w.Look(ctx)
	if err != nil {
		return err
	}
	if err := c.checkSettlement(ctx, v, types); err != nil {
		return err
	}
	return c.checkToken(ctx, v, token)
}

// checkToken asks a token for what only one that takes signed transfers can answer.
func (c *contract) checkToken(ctx context.Context, v watch.View, token pay.Address) error {
	at, erc := common.Address(token), bind.NewTestToken()
	_, err := watch.Read(ctx, c.reader, v.Head.Hash, at, erc.PackAuthorizationState(at, pay.Hash{}), erc.UnpackAuthorizationState)
	if watch.IsReverted(err) {
		return fmt.Errorf("token %v: %w", at, ErrNoToken)
	}
	return err
}

// checkSettlement has the contract make the ID of a channel, which has its address and its chain in it, and compares.
func (c *contract) checkSettlement(ctx context.Context, v watch.View, types *Types) error {
	some := Config{Payer: Settlement, Receiver: Collector, WithdrawDelayS: LeastDelayS}
	id, err := watch.Read(ctx, c.reader, v.Head.Hash, common.Address(Settlement), c.PackGetChannelId(some.bound()), c.UnpackGetChannelId)
	if watch.IsReverted(err) || err == nil && pay.Hash(id) != types.ChannelID(&some) {
		return ErrNoContract
	}
	return err
}

// read returns channels as they were at a block, in the order of their IDs: perCall at most, by one call, which the contract makes of several calls of
// itself.
func (c *contract) read(ctx context.Context, block common.Hash, ids []pay.Hash) ([]state, error) {
	var calls [][]byte
	for _, id := range ids {
		calls = append(calls, c.PackChannels(id), c.PackPendingWithdrawals(id), c.PackRefundNonce(id))
	}
	results, err := watch.Read(ctx, c.reader, block, common.Address(Settlement), c.PackMulticall(calls), c.UnpackMulticall)
	switch {
	case errors.Is(err, watch.ErrNoContract):
		return nil, ErrNoContract
	case err != nil:
		return nil, err
	case len(results) != len(calls):
		return nil, fmt.Errorf("reading channels at block %v: %d answers to %d calls", block, len(results), len(calls))
	}
	states := make([]state, len(ids))
	for i := range ids {
		if states[i], err = c.unpack(results[3*i : 3*i+3]); err != nil {
			return nil, fmt.Errorf("reading channel %x at block %v: %w", ids[i], block, err)
		}
	}
	return states, nil
}

func (c *contract) unpack(results [][]byte) (s state, err error) {
	money, err := c.UnpackChannels(results[0])
	if err != nil {
		return state{}, err
	}
	pending, err := c.UnpackPendingWithdrawals(results[1])
	if err != nil {
		return state{}, err
	}
	nonce, err := c.UnpackRefundNonce(results[2])
	if err != nil {
		return state{}, err
	}
	return state{
		balance: unit.NearestAmount(money.Balance), claimed: unit.NearestAmount(money.TotalClaimed),
		withdrawing: unit.NearestAmount(pending.Amount), sinceS: pending.InitiatedAt.Uint64(), refunds: nonce.Uint64(),
	}, nil
}

// bound returns a config as the contract's binding has it.
func (c *Config) bound() bind.ChannelConfig {
	return bind.ChannelConfig{
		Payer: common.Address(c.Payer), PayerAuthorizer: common.Address(c.PayerAuthorizer),
		Receiver: common.Address(c.Receiver), ReceiverAuthorizer: common.Address(c.ReceiverAuthorizer),
		Token: common.Address(c.Token), WithdrawDelay: number(c.WithdrawDelayS), Salt: c.Salt,
	}
}

func number(n uint64) *big.Int { return new(big.Int).SetUint64(n) }
