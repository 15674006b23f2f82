package lottery

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// An honest payer overspends only if something is not as it was: its deposit has left the chain again, somebody else signs by its session key, or its notes
// were lost. Then a payee protests, and the escrow is burned a day later. So a payer with an open pot watches for protests, and makes good.

// accusation is a protest about this payer.
type accusation struct {
	Digest pay.Hash // of the ticket
	Face   unit.Amount
	UntilS uint64 // until when it may be paid or enforced, at most; Unix seconds
}

// watches has the payer see protests from now on, also after a restart.
func (p *Payer) watches() {
	p.news = make(chan struct{}, 1)
	p.cfg.Watcher.Watch(fmt.Sprintf("%s payer %x", Method, p.cfg.Session.Address()), 0, p)
}

// Filter implements watch.Subject: protests.
func (p *Payer) Filter() watch.Filter {
	abi := bind.NewLottery().GetABI()
	f := watch.Filter{Events: []common.Hash{abi.Events[bind.LotteryProtested{}.ContractEventName()].ID}}
	for _, at := range p.cfg.Contracts {
		f.Addresses = append(f.Addresses, common.Address(at))
	}
	return f
}

// See implements watch.Subject. What is seen is noted before it is taken for seen, so it is not forgotten.
func (p *Payer) See(ctx context.Context, v watch.View) error {
	for i := range v.Logs {
		if l := &v.Logs[i]; !l.Removed {
			if err := p.accused(ctx, l, v.Head.TimeS); err != nil {
				return err
			}
		}
	}
	return nil
}

// accused notes a protest, at the channel of its payee.
func (p *Payer) accused(ctx context.Context, l *types.Log, nowS uint64) error {
	said, err := bind.NewLottery().UnpackProtestedEvent(l)
	if err != nil || said.Payer != p.cfg.Session.Address() {
		return nil //nolint:nilerr // it is about somebody else
	}
	a := accusation{Digest: said.Digest, Face: unit.NearestAmount(said.Face), UntilS: nowS + uint64((Grace+Window)/time.Second)}
	channels, err := p.openChannels(ctx)
	if err != nil {
		return err
	}
	of := slices.IndexFunc(channels, func(n *noted) bool {
		return n.opening.Payee == pay.Address(said.Payee) && n.opening.Contract == pay.Address(l.Address) && n.signedFor(a.Face)
	})
	if of < 0 {
		p.cfg.Logger.Error("a payee protests about a ticket that is not noted here: the session key is somebody else's, too, or notes were lost. The escrow will be burned, unless more is deposited",
			"payee", said.Payee, "prize", a.Face, "until", time.Unix(int64(nowS), 0).Add(Grace)) //nolint:gosec // a block's time
		return nil
	}
	p.cfg.Logger.Warn("a payee protests that a winner cannot be paid from the open pot; it is made good", "payee", said.Payee, "prize", a.Face)
	select {
	case p.news <- struct{}{}:
	default:
	}
	return p.notes.Change(ctx, channels[of].ID, func(n *noted) error {
		if slices.ContainsFunc(n.Accused, func(known accusation) bool { return known.Digest == a.Digest }) {
			return pay.ErrSame
		}
		n.Accused = append(n.Accused, a)
		// Which series it is the log does not say. None of such a face is forgotten before the protest is over, or what it needs would be given to others.
		for i := range n.Signed {
			if n.Signed[i].Face == a.Face {
				n.Signed[i].ExpiryS = max(n.Signed[i].ExpiryS, a.UntilS)
			}
		}
		return nil
	})
}

// signedFor reports whether tickets were signed that may have such a winner.
func (n *noted) signedFor(face unit.Amount) bool {
	return slices.ContainsFunc(n.Signed, func(s signed) bool { return s.Face == face })
}

// openChannels are all that are paid from an open pot, and not closed.
func (p *Payer) openChannels(ctx context.Context) (list []*noted, err error) {
	all, err := p.notes.All(ctx)
	return slices.DeleteFunc(all, func(n *noted) bool { return n.Closed || !n.Open }), err
}

// guardSpan is how often Guard looks without that there is news: what could not be made good is tried again.
const guardSpan = time.Minute

// Guard makes good what payees protest about, until the context ends.
func (p *Payer) Guard(ctx context.Context) {
	ticker := time.NewTicker(guardSpan)
	defer ticker.Stop()
	for {
		if err := p.MakeGood(ctx); err != nil && ctx.Err() == nil {
			p.cfg.Logger.Error("what a payee protests about is not made good yet", "why", err)
		}
		select {
		case <-p.news:
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}

// MakeGood deposits what is missing in the open pots about which payees protest, so that their winners are paid. It pays in all no more than the escrow
// that it saves: who has stolen the session key could else have any amount made good.
func (p *Payer) MakeGood(ctx context.Context) error {
	channels, err := p.openChannels(ctx)
	if err != nil || !slices.ContainsFunc(channels, func(n *noted) bool { return len(n.Accused) > 0 }) {
		return err
	}
	if err := p.turn.Acquire(ctx, 1); err != nil {
		return err
	}
	defer p.turn.Release(1)
	var errs []error
	for _, n := range channels {
		if len(n.Accused) > 0 {
			errs = append(errs, p.makeGood(ctx, n.ID))
		}
	}
	return errors.Join(errs...)
}

// makeGood is MakeGood for a channel.
func (p *Payer) makeGood(ctx context.Context, id pay.Hash) error {
	for {
		n, err := p.notes.Load(ctx, id)
		if err != nil {
			return err
		}
		if err := p.waitPot(ctx, n); err != nil {
			return err
		}
		now, err := p.read(ctx, n)
		if err != nil {
			return err
		}
		if left, err := p.acquit(ctx, n, now); err != nil || left == 0 {
			return err
		}
		pot, err := p.openPot(ctx, n, p.read)
		if err != nil {
			return err
		}
		missing := pot.needed.Minus(pot.most)
		switch {
		case missing.IsZero():
			return nil
		case pot.warned:
			err = p.unwarn(ctx, n)
		default:
			if err = p.mayMakeGood(ctx, n, missing, pot.escrow); err != nil {
				break
			}
			if err = p.deposit(ctx, n, missing, missing, missing, unit.Amount{}); err != nil && !errors.Is(err, errUnseen) {
				err = errors.Join(err, p.notMadeGood(ctx, n, missing))
			}
		}
		if err != nil {
			return err
		}
	}
}

// mayMakeGood notes that so much is deposited to make good, unless that is more than what it saves.
func (p *Payer) mayMakeGood(ctx context.Context, n *noted, missing, escrow unit.Amount) error {
	channels, err := p.openChannels(ctx)
	if err != nil {
		return err
	}
	sum := missing
	for _, other := range channels {
		if other.opening.potKey() == n.opening.potKey() {
			sum = sum.Plus(other.MadeGood)
		}
	}
	if sum.Cmp(escrow) > 0 {
		return fmt.Errorf("%s in all would be more than the escrow of %s that it saves", sum, escrow)
	}
	return p.notes.Change(ctx, n.ID, func(n *noted) error {
		n.MadeGood = n.MadeGood.Plus(missing)
		return nil
	})
}

// notMadeGood notes that so much was not deposited after all, unless it is on its way: who has too few tokens, or no coin for gas, tries it again.
func (p *Payer) notMadeGood(ctx context.Context, n *noted, missing unit.Amount) error {
	waiting, err := p.cfg.Sender.Waiting(ctx, p.transactions(n).Kind+"/")
	if err != nil || len(waiting) > 0 {
		return err
	}
	return p.notes.Change(ctx, n.ID, func(n *noted) error {
		n.MadeGood = n.MadeGood.Minus(missing)
		return nil
	})
}

// acquit forgets protests that are over, and returns how many are not.
func (p *Payer) acquit(ctx context.Context, n *noted, now *pair) (left int, err error) {
	c := newContract(n.opening.Contract, p.cfg.Reader)
	over := map[pay.Hash]bool{}
	v, ok := p.cfg.Watcher.View()
	if !ok {
		return 0, errors.New("the chain is not seen")
	}
	for _, a := range n.Accused {
		over[a.Digest] = now.sure.timeS > a.UntilS
		at, err := c.protested(ctx, v.Sure.Hash, a.Digest)
		if err != nil {
			return 0, err
		}
		if at == punished {
			over[a.Digest] = true
			p.cfg.Logger.Error("the escrow of the open pot was burned", "payee", common.Address(n.opening.Payee), "prize", a.Face)
		}
	}
	err = p.notes.Change(ctx, n.ID, func(n *noted) error {
		before := len(n.Accused)
		n.Accused = slices.DeleteFunc(n.Accused, func(a accusation) bool { return over[a.Digest] })
		if left = len(n.Accused); left == before {
			return pay.ErrSame
		}
		return nil
	})
	return left, err
}

// PotState is how an open pot stands.
type PotState struct {
	Contract pay.Address
	Amount   unit.Amount // in it, by the newest block
	Allotted unit.Amount // of it, to payees: what their winners may need
	Free     unit.Amount // what is neither that nor warned of, for sure
	Escrow   unit.Amount
	LeavesS  uint64 // when what was warned of can be taken back, Unix seconds; 0: nothing was
	HeldS    uint64 // until when a protest keeps the escrow; it may be past
	Accused  int    // winners that payees protest about, and which may be enforced still
}

// Pots returns how open pots stand that hold, or have held, something of an asset.
func (p *Payer) Pots(ctx context.Context, of pay.Asset) (list []PotState, err error) {
	channels, err := p.openChannels(ctx)
	if err != nil {
		return nil, err
	}
	for _, at := range p.cfg.Contracts {
		n := &noted{opening: Opening{
			ChainID: of.ChainID, Contract: at, Funder: pay.Address(p.cfg.Sender.Address()), Payer: pay.Address(p.cfg.Session.Address()), Token: of.Token,
		}}
		n.ID = n.opening.ID()
		pot, err := p.openPot(ctx, n, p.read)
		if err != nil {
			return nil, err
		}
		now, err := p.read(ctx, n)
		if err != nil {
			return nil, err
		}
		open := now.head.open
		s := PotState{
			Contract: at, Amount: open.amount, Allotted: pot.allotted, Free: pot.free(), Escrow: open.escrow, LeavesS: open.leavesS(), HeldS: open.heldUntilS,
		}
		for _, c := range channels {
			if c.opening.potKey() == n.ID {
				s.Accused += len(c.Accused)
			}
		}
		if len(pot.channels) > 0 || !open.amount.IsZero() || !open.escrow.IsZero() {
			list = append(list, s)
		}
	}
	return list, nil
}
