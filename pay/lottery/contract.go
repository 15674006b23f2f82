package lottery

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

// ErrNoContract says that the chain has no such contract at the address that is configured.
var ErrNoContract = errors.New("there is no lottery contract at its address on this chain")

// ErrNoToken says that what is paid with is no token on the chain.
var ErrNoToken = errors.New("there is no token at its address on this chain")

// pot is a pot of the contract at one block.
type pot struct {
	amount, escrow             unit.Amount
	warnedAmount, warnedEscrow unit.Amount
	unlockS                    uint64
	heldUntilS                 uint64 // until then a protest keeps the escrow
}

// left is what of the amount has not been warned of.
func (p *pot) left() unit.Amount { return p.amount.Minus(p.warnedAmount) }

// warned reports whether something can be taken back, now or later. A warning whose money was paid to winners since is none.
func (p *pot) warned() bool {
	return p.unlockS != 0 && !(p.warnedAmount.IsZero() && p.warnedEscrow.IsZero())
}

// leavesS is from when on it can be, Unix seconds; 0 if nothing was warned of.
func (p *pot) leavesS() uint64 {
	if !p.warned() {
		return 0
	}
	return p.unlockS
}

// state is a channel in the contract at one block.
type state struct {
	timeS uint64
	lock  pot // from which only this payee is paid
	open  pot
	paid  map[Unpaid]bool // of the series that were asked for
}

// contract reads and calls the lottery.
type contract struct {
	*bind.Lottery
	at     common.Address
	reader watch.Reader
}

func newContract(at pay.Address, reader watch.Reader) *contract {
	return &contract{bind.NewLottery(), common.Address(at), reader}
}

func (c *contract) call(data []byte) watch.Call { return watch.Call{To: &c.at, Data: data} }

// read returns how a channel stood at a block, and which of some series were paid.
func (c *contract) read(ctx context.Context, block watch.Block, o *Opening, series []Unpaid) (s state, err error) {
	s.timeS = block.TimeS
	if s.lock, err = c.pot(ctx, block.Hash, o, o.Payee); err != nil {
		return state{}, err
	}
	if s.open, err = c.pot(ctx, block.Hash, o, pay.Address{}); err != nil {
		return state{}, err
	}
	s.paid = make(map[Unpaid]bool, len(series))
	for _, u := range series {
		if s.paid[u], err = c.paid(ctx, block.Hash, o, u); err != nil {
			return state{}, err
		}
	}
	return s, nil
}

func (c *contract) pot(ctx context.Context, block common.Hash, o *Opening, payee pay.Address) (pot, error) {
	data := c.PackPotOf(common.Address(o.Token), common.Address(o.Funder), common.Address(o.Payer), common.Address(payee))
	p, err := watch.Read(ctx, c.reader, block, c.at, data, c.UnpackPotOf)
	if err != nil {
		return pot{}, err
	}
	return pot{
		amount: unit.NearestAmount(p.Amount), escrow: unit.NearestAmount(p.Escrow),
		warnedAmount: unit.NearestAmount(p.WarnedAmount), warnedEscrow: unit.NearestAmount(p.WarnedEscrow), unlockS: p.UnlockAt,
		heldUntilS: p.HeldUntil,
	}, nil
}

// paid reports whether a series has had its winner.
func (c *contract) paid(ctx context.Context, block common.Hash, o *Opening, u Unpaid) (bool, error) {
	k := Ticket{Funder: o.Funder, Payer: o.Payer, Payee: o.Payee, Token: o.Token, Series: u.Series, Face: u.Face}
	return watch.Read(ctx, c.reader, block, c.at, c.PackPaid(k.bound()), c.UnpackPaid)
}

// check has the contract make the digest of a ticket, which has its address and its chain in it, and compares; and asks the token what somebody has.
func (c *contract) check(ctx context.Context, block common.Hash, types *Types, token pay.Address) error {
	some := Ticket{Series: 1, Number: 2, Face: unit.NewAmount(3), Token: token}
	digest, err := watch.Read(ctx, c.reader, block, c.at, c.PackDigestOf(some.bound()), c.UnpackDigestOf)
	switch {
	case watch.IsReverted(err) || err == nil && digest != types.Digest(&some):
		return fmt.Errorf("contract %v: %w", c.at, ErrNoContract)
	case err != nil:
		return err
	}
	_, err = c.balance(ctx, block, common.Address(token), c.at)
	return err
}

// balance is what somebody has of a token. Errors: ErrNoToken, and those of the chain.
func (c *contract) balance(ctx context.Context, block common.Hash, token, who common.Address) (unit.Amount, error) {
	erc := bind.NewTestToken()
	return c.token(ctx, block, token, erc.PackBalanceOf(who), erc.UnpackBalanceOf)
}

// allowance is what of that the contract may take.
func (c *contract) allowance(ctx context.Context, block common.Hash, token, who common.Address) (unit.Amount, error) {
	erc := bind.NewTestToken()
	return c.token(ctx, block, token, erc.PackAllowance(who, c.at), erc.UnpackAllowance)
}

func (c *contract) token(
	ctx context.Context, block common.Hash, token common.Address, data []byte, unpack func([]byte) (*big.Int, error),
) (unit.Amount, error) {
	n, err := watch.Read(ctx, c.reader, block, token, data, unpack)
	switch {
	case watch.IsReverted(err):
		return unit.Amount{}, fmt.Errorf("token %v: %w", token, ErrNoToken)
	case err != nil:
		return unit.Amount{}, err
	}
	return unit.NearestAmount(n), nil
}

// bound returns a ticket as the contract's binding has it.
func (k *Ticket) bound() bind.LotteryTicket {
	return bind.LotteryTicket{
		Funder: common.Address(k.Funder), Payer: common.Address(k.Payer), Payee: common.Address(k.Payee), Token: common.Address(k.Token),
		Series: k.Series, Number: k.Number, Face: k.Face.Big(), Ratio: k.Ratio, Commitment: k.Commitment, Expiry: k.ExpiryS, Seed: k.Seed,
	}
}
