package cheque

import (
	"context"
	"errors"
	"math/big"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// MostTimeoutS is the longest timeout of a hard deposit, in seconds: the contract's, and a longer one of an original is none
// at all, for it may wrap around.
const MostTimeoutS = 365 * 24 * 60 * 60

// state is how a beneficiary stands in a chequebook at one block.
type state struct {
	hard     unit.Amount // set aside for it
	decrease unit.Amount // of it, what the issuer has prepared to take back
	atS      uint64      // when it can, Unix seconds; 0 if it has prepared nothing
	timeoutS uint64      // between preparing and taking back
	paid     unit.Amount // was cashed
	bounced  bool        // a cheque was once worth more than what was there
}

// left is what is set aside and stays. What is prepared counts as taken back: the issuer can do it at any time from then on.
func (s *state) left() unit.Amount {
	if s.atS == 0 {
		return s.hard
	}
	return s.hard.Minus(s.decrease)
}

// locked is up to what can be cashed, from the beginning on, out of what is set aside now.
func (s *state) locked() unit.Amount { return s.paid.Plus(s.left()) }

// deposit is what was set aside from the beginning on, as far as it was cashed or is still there.
func (s *state) deposit() unit.Amount { return s.paid.Plus(s.hard) }

// leaving reports whether the issuer has prepared to take something back.
func (s *state) leaving() bool { return s.atS != 0 && !s.decrease.IsZero() }

// contract reads and calls chequebooks and their factories.
type contract struct {
	book    *bind.Chequebook
	factory *bind.ChequebookFactory
	token   *bind.TestToken
	reader  watch.Reader
}

func newContract(r watch.Reader) *contract {
	return &contract{bind.NewChequebook(), bind.NewChequebookFactory(), bind.NewTestToken(), r}
}

// ask calls a contract as it was at a block.
func ask[T any](ctx context.Context, c *contract, block common.Hash, at pay.Address, data []byte, unpack func([]byte) (T, error)) (T, error) {
	return watch.Read(ctx, c.reader, block, common.Address(at), data, unpack)
}

// read returns how a beneficiary stands in a chequebook at a block. Before it was deployed nothing is in it.
func (c *contract) read(ctx context.Context, block common.Hash, book, beneficiary pay.Address) (s state, err error) {
	who := common.Address(beneficiary)
	deposit, err := ask(ctx, c, block, book, c.book.PackHardDeposits(who), c.book.UnpackHardDeposits)
	if errors.Is(err, watch.ErrNoContract) {
		return state{}, nil
	}
	if err != nil {
		return state{}, err
	}
	paid, err := ask(ctx, c, block, book, c.book.PackPaidOut(who), c.book.UnpackPaidOut)
	if err != nil {
		return state{}, err
	}
	if s.bounced, err = ask(ctx, c, block, book, c.book.PackBounced(), c.book.UnpackBounced); err != nil {
		return state{}, err
	}
	timeout := deposit.Timeout
	if timeout.Sign() == 0 {
		if timeout, err = ask(ctx, c, block, book, c.book.PackDefaultHardDepositTimeout(), c.book.UnpackDefaultHardDepositTimeout); err != nil {
			return state{}, err
		}
	}
	s.hard, s.decrease, s.paid = unit.NearestAmount(deposit.Amount), unit.NearestAmount(deposit.DecreaseAmount), unit.NearestAmount(paid)
	s.atS, s.timeoutS = secondsOf(deposit.CanBeDecreasedAt), secondsOf(timeout)
	return s, nil
}

// pair is how a beneficiary stands at the newest block and at the newest one that is sure. What counts is the less favourable of both:
// so a hard deposit counts once it is sure, and its decrease as soon as it is prepared.
type pair struct {
	head, sure state
}

func (p *pair) locked() unit.Amount  { return p.head.locked().Min(p.sure.locked()) }
func (p *pair) deposit() unit.Amount { return p.head.deposit().Min(p.sure.deposit()) }
func (p *pair) leaving() bool        { return p.head.leaving() || p.sure.leaving() }
func (p *pair) bounced() bool        { return p.head.bounced || p.sure.bounced }

// emptied reports whether the issuer has prepared to take back all that is set aside.
func (p *pair) emptied() bool {
	all := func(s *state) bool { return s.leaving() && s.left().IsZero() }
	return all(&p.head) || all(&p.sure)
}

// endsS is when the issuer can take back what it has prepared to, Unix seconds; 0 if it has prepared nothing.
func (p *pair) endsS() uint64 {
	ends := func(s *state) uint64 {
		if !s.leaving() {
			return 0
		}
		return s.atS
	}
	return watch.Earliest(ends(&p.head), ends(&p.sure))
}

// waits reports whether the timeout of what is set aside is long enough at both blocks, and no longer than what is taken for one.
func (p *pair) waits(leastS uint64) bool {
	long := func(s *state) bool { return s.hard.IsZero() || s.timeoutS >= leastS && s.timeoutS <= MostTimeoutS }
	return long(&p.head) && long(&p.sure)
}

// readPair reads a beneficiary's standing at both blocks of a view.
func (c *contract) readPair(ctx context.Context, v watch.View, book, beneficiary pay.Address) (*pair, error) {
	head, sure, err := watch.Both(v, func(b watch.Block) (state, error) { return c.read(ctx, b.Hash, book, beneficiary) })
	return &pair{head, sure}, err
}

// secondsOf returns a number, or the largest one there is.
func secondsOf(n *big.Int) uint64 {
	if !n.IsUint64() {
		return 1<<64 - 1
	}
	return n.Uint64()
}

func number(n uint64) *big.Int { return new(big.Int).SetUint64(n) }
