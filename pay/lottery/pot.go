package lottery

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// OpenPot says what a payer deposits for servers that are paid from an open pot, without a transaction for each.
type OpenPot struct {
	// Escrow pays nobody. It is burned if the payer overspends and does not make good. Nothing: there is no open pot, and each server gets a lock.
	Escrow unit.Amount
	// Amount is up to what the pot is filled whenever too little of it is free, so that one transaction lasts for several servers.
	Amount unit.Amount
}

// An honest payer cannot overspend its pot. What is "locked" for a payee is a part of the pot that no other payee is promised: an allotment. Tickets
// are signed only of series whose faces fit into the allotment together, and all allotments together fit into the pot. An allotment needs no
// transaction, and is free again when the channel is closed and none of its tickets can win any more.

// heldFor is for how long what was signed may win whose notes were lost: a series is good for a day, and clocks differ by some.
const heldFor = uint64((Delay + time.Hour) / time.Second)

// escrowFor is what an escrow has to be for a payee that lets so many winners be unpaid: more than it can lose, so that it is a loss for who cheats it.
func escrowFor(winners int, face unit.Amount) unit.Amount {
	least, ok := unit.AmountOfBig(new(big.Int).Mul(face.Big(), big.NewInt(int64(winners)+1)))
	if !ok {
		return unit.MaxAmount()
	}
	return least
}

// takesOpen reports whether a payee is paid from the open pot. Of one whose terms are not known, because notes were lost, that is not known either.
func (p *Payer) takesOpen(to *pay.Payee) bool {
	info, err := DecodeInfo(to.Info)
	return !p.cfg.Pot.Escrow.IsZero() && err == nil && info.Credit > 0 && p.cfg.Pot.Escrow.Cmp(escrowFor(int(info.Credit), info.Face)) >= 0
}

// knowsNone reports whether no channel is noted that is paid from the open pot: then what is in it may be promised by notes that were lost.
func (p *Payer) knowsNone(ctx context.Context, of *noted) (bool, error) {
	all, err := p.notes.All(ctx)
	return !slices.ContainsFunc(all, func(n *noted) bool { return n.Open && n.opening.potKey() == of.opening.potKey() }), err
}

// find notes what the chain has for a channel of which nothing was noted. What is in a lock is its; of an open pot nothing is, and if no other
// channel is known to be paid from it, its content stays for what was signed before.
func (n *noted) find(now *pair, pot OpenPot, open, alone bool) {
	n.Locked = now.sure.lock.amount
	if n.Open = open && !pot.Escrow.IsZero() && now.head.lock.amount.IsZero() && n.Locked.IsZero(); !n.Open {
		n.Found = !n.Locked.IsZero()
		return
	}
	if held := now.head.open.amount.Max(now.sure.open.amount); alone && !held.IsZero() {
		n.Held, n.HeldS = held, now.head.timeS+heldFor
	}
}

// potKey is what an open pot is known by in the names of its transactions.
func (o *Opening) potKey() pay.Hash {
	open := *o
	open.Payee = pay.Address{}
	return open.ID()
}

// allotted is what of the pot is a channel's, by the state of the chain: less what its winners were paid.
func (n *noted) allotted(s *state) unit.Amount {
	left := n.Locked.Minus(n.Drawn)
	for _, u := range n.Signed {
		if s.paid[u.Unpaid] {
			left = left.Minus(u.Face)
		}
	}
	return left
}

// mayBePaid is what could still be paid of a channel's series.
func (n *noted) mayBePaid(s *state) (sum unit.Amount) {
	for _, u := range n.Signed {
		if !s.paid[u.Unpaid] {
			sum = sum.Plus(u.Face)
		}
	}
	return sum
}

// openPot is an open pot as it was seen, by the worse of the newest block and the newest that is sure.
type openPot struct {
	left     unit.Amount // in it, and not warned of
	most     unit.Amount // the same, by the better of both
	escrow   unit.Amount // not warned of, by the better of both
	warned   bool
	allotted unit.Amount // to all channels
	needed   unit.Amount // of that, what their series may come to
	held     unit.Amount // for what was signed before notes were lost
	channels []*noted    // that are not closed
	timeS    uint64
}

func (o *openPot) free() unit.Amount { return o.left.Minus(o.allotted.Plus(o.held)) }

// openPot reads the pot, with all channels that are paid from it. The pot is seen no earlier than any of their payments, or a payment would count twice:
// it is the least that is seen with any of them.
func (p *Payer) openPot(
	ctx context.Context, of *noted, read func(context.Context, *noted) (*pair, error),
) (*openPot, error) {
	all, err := p.notes.All(ctx)
	if err != nil {
		return nil, err
	}
	pot := &openPot{left: unit.MaxAmount()}
	add := func(n *noted) error {
		now, err := read(ctx, n)
		if err != nil {
			return err
		}
		pot.timeS = max(pot.timeS, now.head.timeS)
		pot.left = pot.left.Min(now.head.open.left()).Min(now.sure.open.left())
		pot.most = pot.most.Max(now.head.open.left()).Max(now.sure.open.left())
		for _, s := range []*state{&now.head, &now.sure} {
			pot.escrow = pot.escrow.Max(s.open.escrow.Minus(s.open.warnedEscrow))
		}
		pot.warned = pot.warned || now.head.open.warned()
		if n.Open && !n.Closed {
			pot.allotted = pot.allotted.Plus(n.allotted(&now.head).Max(n.allotted(&now.sure)))
			pot.needed = pot.needed.Plus(n.mayBePaid(&now.head).Max(n.mayBePaid(&now.sure)))
			pot.channels = append(pot.channels, n)
		}
		if now.head.timeS <= n.HeldS {
			pot.held = pot.held.Max(n.Held)
		}
		return nil
	}
	for _, n := range all {
		if n.opening.potKey() == of.opening.potKey() && (n.Open || n.HeldS > 0) && n.ID != of.ID {
			if err := add(n); err != nil {
				return nil, err
			}
		}
	}
	if err := add(of); err != nil {
		return nil, err
	}
	pot.held = pot.held.Min(pot.left.Minus(pot.allotted)) // the rest of it was paid to winners
	return pot, nil
}

// allot gives more of the pot to a channel. What is not free in it is deposited. Called with the turn: nobody else takes of what is free.
func (p *Payer) allot(ctx context.Context, id pay.Hash, total unit.Amount) error {
	for {
		n, err := p.notes.Load(ctx, id)
		if err != nil {
			return err
		}
		if begins, err := n.begins(total); err != nil || !begins {
			return err
		}
		if err := p.waitPot(ctx, n); err != nil {
			return err
		}
		pot, err := p.openPot(ctx, n, p.read)
		if err != nil {
			return err
		}
		need := total.Minus(n.Deposit)
		if pot.free().Cmp(need) < 0 || pot.warned {
			if err := p.fill(ctx, n, pot, need); err != nil {
				return err
			}
			continue
		}
		err = p.notes.Change(ctx, id, func(n *noted) error {
			if begins, err := n.begins(total); err != nil || !begins {
				return cmp.Or(err, pay.ErrSame)
			}
			n.Locked = n.Locked.Plus(need.Min(total.Minus(n.Deposit)))
			return nil
		})
		if err != nil {
			return err
		}
	}
}

// fill deposits what is missing in the pot so that so much is free, and as much as its owner wants in it. A warning is taken back.
func (p *Payer) fill(ctx context.Context, n *noted, pot *openPot, need unit.Amount) error {
	if pot.warned {
		return p.unwarn(ctx, n)
	}
	taken := pot.allotted.Plus(pot.held)
	if pot.most.Minus(taken).Cmp(need) >= 0 {
		return errUnsure
	}
	if pot.most.Cmp(pot.allotted) < 0 {
		return errRobbed
	}
	amount, escrow := need.Minus(pot.most.Minus(taken)), p.cfg.Pot.Escrow.Minus(pot.escrow)
	return p.deposit(ctx, n, need, amount, p.cfg.Pot.Amount.Minus(pot.most), escrow)
}

// unwarn takes a warning back.
func (p *Payer) unwarn(ctx context.Context, n *noted) error {
	c, zero := newContract(n.opening.Contract, p.cfg.Reader), new(big.Int)
	return p.doPot(ctx, n, c.call(c.PackWarn(common.Address(n.opening.Token), common.Address(n.opening.Payer), common.Address{}, zero, zero)))
}

// deposit deposits so much, or what is wanted if that is more and there is as much, and an escrow. need is what it is for.
func (p *Payer) deposit(ctx context.Context, n *noted, need, amount, want, escrow unit.Amount) error {
	c, o := newContract(n.opening.Contract, p.cfg.Reader), &n.opening
	has, allowed, err := p.tokens(ctx, n, c)
	if err != nil {
		return err
	}
	if has.Cmp(amount.Plus(escrow)) < 0 {
		return &pay.Refusal{
			Reason: pay.Uncovered, Most: n.Deposit.Plus(need).Minus(amount.Plus(escrow).Minus(has)),
			Text: fmt.Sprintf("the open pot is to have %s more, and %s in escrow, and %x has %s", amount, escrow, o.Funder, has),
		}
	}
	amount = amount.Max(want.Min(has.Minus(escrow)))
	if err := p.allowed(ctx, n, c, allowed, amount.Plus(escrow)); err != nil {
		return err
	}
	return p.doPot(ctx, n, c.call(c.PackDeposit(common.Address(o.Token), common.Address(o.Funder), common.Address(o.Payer), amount.Big(), escrow.Big())))
}

// transactions are those of the pot, one after the other.
func (p *Payer) transactions(n *noted) watch.Sequence {
	return watch.Sequence{By: p.cfg.Sender, Kind: fmt.Sprintf("%s/%x/pot", Method, n.opening.potKey())}
}

// doPot has a transaction of the pot mined, and seen.
func (p *Payer) doPot(ctx context.Context, n *noted, call watch.Call) error {
	of := p.transactions(n)
	if err := of.Do(ctx, func(context.Context) (watch.Call, error) { return call, nil }); err != nil {
		return err
	}
	if _, err := p.cfg.Watcher.Look(ctx); err != nil {
		return fmt.Errorf("%w: %w", errUnseen, err)
	}
	return nil
}

// errUnseen: a transaction of the pot is mined, and the chain was not seen since.
var errUnseen = errors.New("what it has done is not seen yet")

// waitPot waits for the transaction of the pot that is on its way, if there is one. What has become of it is looked at then.
func (p *Payer) waitPot(ctx context.Context, n *noted) error {
	of := p.transactions(n)
	waited, err := of.Wait(ctx)
	if err != nil && !watch.IsOver(err) || !waited {
		return err
	}
	_, err = p.cfg.Watcher.Look(ctx)
	return err
}

// errRobbed says that somebody else has taken something out of the pot. It is not filled again by itself, or he would take that, too.
var errRobbed = errors.New("less is in the open pot than payees were given of it: somebody else signs by the session key, or notes were lost; close all channels that are paid from it")

// errUnsure says that there is enough in the pot, and that a part of it is not sure yet.
var errUnsure = errors.New("what was deposited in the open pot is not confirmed yet")

// covers is nil if all that may be paid from the pot is in it. It can be less only if somebody else signs by the session key, or the deposit has left the
// chain again.
func (p *Payer) covers(ctx context.Context, n *noted) error {
	if !n.Open {
		return nil
	}
	pot, err := p.openPot(ctx, n, p.pair)
	if err != nil {
		return err
	}
	if pot.left.Cmp(pot.allotted) < 0 {
		return &pay.Refusal{
			Reason: pay.Uncovered, Most: n.Promised,
			Text: fmt.Sprintf("%s of the open pot are given to payees, and %s are in it", pot.allotted, pot.left),
		}
	}
	return nil
}

// closeOpen closes a channel that is paid from the open pot. Its allotment is free once none of its tickets can be paid any more. With the last channel the
// pot is taken back: it is warned of, and what is signed by then has expired when it can be withdrawn. done: nothing is to be done now.
func (p *Payer) closeOpen(ctx context.Context, n *noted) (done bool, err error) {
	if err := p.waitPot(ctx, n); err != nil {
		return true, err
	}
	pot, err := p.openPot(ctx, n, p.read)
	if err != nil {
		return true, err
	}
	now, err := p.pair(ctx, n)
	if err != nil {
		return true, err
	}
	gone := func() (bool, error) {
		return true, p.notes.Change(ctx, n.ID, func(n *noted) error {
			n.seen(now)
			n.Closed, n.Locked, n.Signed = true, n.Drawn, nil
			return nil
		})
	}
	if slices.ContainsFunc(pot.channels, func(other *noted) bool { return other.ID != n.ID && other.stays() }) {
		if n.openUntilS(now) >= now.sure.timeS {
			return true, nil
		}
		return gone()
	}
	c, o, open := newContract(n.opening.Contract, p.cfg.Reader), &n.opening, now.head.open
	token, session, nobody := common.Address(o.Token), common.Address(o.Payer), common.Address{}
	isDust := func(s *state) bool { return s.open.amount.Plus(s.open.escrow).Cmp(p.cfg.Dust) <= 0 }
	switch {
	case isDust(&now.head) && isDust(&now.sure):
		return gone()
	case isDust(&now.head):
		return true, nil // it is not sure yet
	case !open.warned():
		return false, p.doPot(ctx, n, c.call(c.PackWarn(token, session, nobody, open.amount.Big(), open.escrow.Big())))
	case slices.ContainsFunc(pot.channels, func(n *noted) bool { return n.openUntilS(now) >= now.head.timeS }):
		return true, nil // a ticket may be paid still, because somebody protests, or by another's clock
	case now.head.timeS >= open.unlockS && (!open.warnedAmount.IsZero() || now.head.timeS > open.heldUntilS):
		return false, p.doPot(ctx, n, c.call(c.PackWithdraw(token, session, nobody, p.cfg.Sender.Address())))
	}
	return true, nil
}

// stays reports whether a channel needs something of the pot, now and later. One that nothing was allotted to, or that has used it up, does not.
func (n *noted) stays() bool {
	return !n.Closing && (!n.Locked.Minus(n.Drawn).IsZero() || len(n.Signed) > 0)
}

// openUntilS is the last second in which a ticket of the channel may be paid, Unix seconds; 0 if there is none.
func (n *noted) openUntilS(now *pair) (last uint64) {
	for _, u := range n.Signed {
		if !now.sure.paid[u.Unpaid] || !now.head.paid[u.Unpaid] {
			last = max(last, u.ExpiryS)
		}
	}
	return last
}

// backS is when a channel's part of the open pot is back, Unix seconds; 0 if that was not asked for.
func (n *noted) backS(now *pair) uint64 {
	if at := now.head.open.leavesS(); at != 0 {
		return max(at, n.openUntilS(now)+1)
	}
	if !n.Closing {
		return 0
	}
	return n.openUntilS(now) + 1
}

// allowed makes sure that the contract may take so much. The allowance lasts for several transactions, so that most of them are one. It is made of nothing
// always, for some tokens take no other change.
func (p *Payer) allowed(ctx context.Context, n *noted, c *contract, allowed, amount unit.Amount) error {
	if allowed.Cmp(amount) >= 0 {
		return nil
	}
	token, erc := common.Address(n.opening.Token), bind.NewTestToken()
	if !allowed.IsZero() {
		none := watch.Call{To: &token, Data: erc.PackApprove(c.at, new(big.Int))}
		if err := p.doNext(ctx, n, "approve none", none); err != nil {
			return err
		}
	}
	several := new(big.Int).Lsh(amount.Big(), 3)
	return p.doNext(ctx, n, "approve", watch.Call{To: &token, Data: erc.PackApprove(c.at, several)})
}
