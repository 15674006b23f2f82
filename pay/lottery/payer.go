package lottery

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"golang.org/x/sync/semaphore"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// PayerConfig says who pays, and how the chain is seen. What may be zero says so.
type PayerConfig struct {
	Session eip712.Signer // signs tickets; the client's session key
	// Sender is of the key that has the funds, for only who funds a lock can take it back.
	Sender  watch.Doer
	Watcher *watch.Watcher
	Reader  watch.Reader
	Notes   pay.Notes
	// Contracts are those that are trusted with money, whatever a seller names. Nothing is locked in another.
	Contracts []pay.Address
	// Random is where the tickets' seeds come from. Whoever foresees it decides the draws: crypto/rand.Reader.
	Random io.Reader
	// Dust is what is given up if a channel is closed and not more than that is left in its lock: anybody can add to a lock, and what is not worth
	// two transactions must not keep it from being closed.
	Dust unit.Amount
	// MostFace is the largest face value of which tickets are signed; nothing: any that is locked.
	MostFace unit.Amount
	// Pot is what is deposited for payees that are paid from an open pot; nothing: all get locks.
	Pot    OpenPot
	Logger *slog.Logger // nil: no logs
}

// Payer pays by lottery: from an open pot payees that take that, and others by a lock for each. Its methods may be called from many goroutines.
type Payer struct {
	cfg   PayerConfig
	notes *pay.Notebook[*noted] // what one is changed by was read before: nobody waits for the chain while others wait for a note
	turn  *semaphore.Weighted   // who has it may send transactions
	news  chan struct{}         // has one element while there is a protest that Guard has not looked at

	mu struct {
		sync.Mutex
		pairs map[pay.Hash]*lastPair // as they were read last
	}
}

// lastPair is a pair, and where it was read.
type lastPair struct {
	pair
	headHash, sureHash common.Hash
}

var _ pay.Payer = (*Payer)(nil)

// NewPayer returns a payer.
func NewPayer(cfg PayerConfig) (*Payer, error) {
	if cfg.Session == nil || cfg.Sender == nil || cfg.Watcher == nil || cfg.Reader == nil || cfg.Notes == nil || cfg.Random == nil || len(cfg.Contracts) == 0 {
		return nil, errors.New("a payer by lottery needs a session key, a sender, a watcher, a reader, notes, randomness and contracts that it trusts")
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	p := &Payer{cfg: cfg, notes: pay.NewNotebook(cfg.Notes, Method, decodeNote, encodeNote), turn: semaphore.NewWeighted(1)}
	p.mu.pairs = make(map[pay.Hash]*lastPair)
	p.watches()
	return p, nil
}

// Method implements pay.Payer.
func (p *Payer) Method() string { return Method }

// pair returns how a channel stands on the chain, or stood when that was seen last: nobody but this client takes anything out of its lock that
// it has not signed, so that what was locked then is. It may wait for the chain, so it is called before a note is changed, and not meanwhile.
func (p *Payer) pair(ctx context.Context, n *noted) (*pair, error) {
	now, err := p.read(ctx, n)
	if err == nil {
		return now, nil
	}
	if was := p.lastPair(n.ID); was != nil && ctx.Err() == nil {
		return &was.pair, nil
	}
	return nil, err
}

func (p *Payer) lastPair(id pay.Hash) *lastPair {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.mu.pairs[id]
}

// read is pair as the chain is seen now. What was read in the same two blocks is not read again.
func (p *Payer) read(ctx context.Context, n *noted) (*pair, error) {
	v, err := p.cfg.Watcher.Latest(ctx)
	if err != nil {
		return nil, err
	}
	asked := n.asked()
	if was := p.lastPair(n.ID); was != nil && was.headHash == v.Head.Hash && was.sureHash == v.Sure.Hash && was.has(asked) {
		return &was.pair, nil
	}
	read, err := newContract(n.opening.Contract, p.cfg.Reader).readPair(ctx, v, &n.opening, asked)
	if err != nil {
		return nil, err
	}
	now := &lastPair{*read, v.Head.Hash, v.Sure.Hash}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.mu.pairs[n.ID] = now
	return &now.pair, nil
}

// look is pair for a channel by its ID.
func (p *Payer) look(ctx context.Context, id pay.Hash) (*pair, error) {
	n, err := p.notes.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	return p.pair(ctx, n)
}

// Open implements pay.Payer. There is one channel to a payee, so that all names give the same; one that was closed is opened again, and its amounts go
// on. If it is not noted what is locked in it, the chain says.
func (p *Payer) Open(ctx context.Context, name string, to pay.Payee, deposit unit.Amount) (pay.Hash, []byte, error) {
	info, err := DecodeInfo(to.Info)
	switch {
	case err != nil:
		return pay.Hash{}, nil, pay.Refuse(pay.Malformed, "%v", err)
	case to.Asset.ChainID != p.cfg.Watcher.ChainID():
		return pay.Hash{}, nil, pay.Refuse(pay.WrongChain, "%x is paid on chain %d, and this is chain %d", to.Seller, to.Asset.ChainID, p.cfg.Watcher.ChainID())
	case !slices.Contains(p.cfg.Contracts, info.Contract):
		return pay.Hash{}, nil, pay.Refuse(pay.WrongChain, "%x is paid by lottery %x, which is not trusted here", to.Seller, info.Contract)
	}
	o := Opening{
		ChainID: to.Asset.ChainID, Contract: info.Contract, Funder: pay.Address(p.cfg.Sender.Address()),
		Payer: pay.Address(p.cfg.Session.Address()), Payee: info.Payee, Token: to.Asset.Token,
	}
	base, err := p.begin(ctx, pay.Note{Method: Method, ID: o.ID(), Name: name, To: to, Opening: o.Encode()})
	if err != nil {
		return pay.Hash{}, nil, err
	}
	if err := p.Increase(ctx, o.ID(), base.Plus(deposit)); err != nil {
		if refused, ok := errors.AsType[*pay.Refusal](err); ok && refused.Reason == pay.Uncovered {
			refused.Most = refused.Most.Minus(base)
		}
		return pay.Hash{}, nil, err
	}
	return o.ID(), o.Encode(), nil
}

// begin notes a channel that is opened, or agreed about, which gives it no name. One of which there is no note is noted with what is locked in it
// already, and one that is closed is open again when it gets a name. It returns what had been promised by then: what is locked comes on top of it.
func (p *Payer) begin(ctx context.Context, as pay.Note) (base unit.Amount, err error) {
	n, known, err := p.notes.Find(ctx, as.ID)
	switch {
	case err == nil && !known:
		n, err = decodeNote(as)
	case err == nil && !n.takes(&as):
		return n.Base, nil
	}
	if err != nil {
		return base, err
	}
	locks, err := p.locks(ctx, n) // those before are over, so that what they have locked is seen
	if err != nil {
		return base, err
	}
	now, err := p.read(ctx, n)
	if err != nil {
		return base, err
	}
	alone, err := p.knowsNone(ctx, n)
	if err != nil {
		return base, err
	}
	err = p.notes.Edit(ctx, as.ID, func(d *noted, known bool) (*noted, error) {
		if !known {
			n.Locks = locks
			n.find(now, p.cfg.Pot, p.takesOpen(&as.To) || len(as.To.Info) == 0, alone)
			return n, nil
		}
		if n = d; !n.takes(&as) { // somebody else was faster
			return n, pay.ErrSame
		}
		n.Name, n.To = as.Name, as.To
		if n.Closed {
			n.Open = p.takesOpen(&as.To)
		}
		n.reopen(now)
		return n, nil
	})
	return n.Base, err
}

// Promise implements pay.Payer. A promise carries all tickets that are not acknowledged: those that were signed before, as they were, and new ones
// with seeds that are drawn now. A ticket is signed only if everything could be paid that may win.
func (p *Payer) Promise(ctx context.Context, id pay.Hash, cumulative unit.Amount) (promise []byte, comesTo unit.Amount, err error) {
	before, err := p.notes.Load(ctx, id)
	if err != nil {
		return nil, unit.Amount{}, err
	}
	if before.promises(cumulative) {
		return before.Promise, before.Promised, nil
	}
	now, unseen := p.pair(ctx, before)
	if unseen == nil && before.Open {
		unseen = p.covers(ctx, before)
	}
	err = p.notes.Change(ctx, id, func(n *noted) error {
		switch {
		case n.promises(cumulative):
			promise, comesTo = n.Promise, n.Promised
			return pay.ErrSame
		case n.Closing || n.Closed:
			return pay.Refuse(pay.Closing, "channel %x is being closed", id)
		case len(n.Series) == 0:
			return pay.Refuse(pay.NoChannel, "nothing was announced for channel %x yet; establish it", id)
		case unseen != nil:
			return unseen
		}
		if err := mayWin(n, now); err != nil {
			return err
		}
		made, fresh, err := p.sign(n, cumulative)
		if err != nil {
			return err
		}
		_, n.Promised, err = made.Spans()
		n.Promise, n.Last = made.Encode(), max(n.Last, made.Last())
		n.Worth = n.Worth.Plus(n.series.worth(fresh))
		promise, comesTo = n.Promise, n.Promised
		return err
	})
	return promise, comesTo, err
}

// mayWin notes the series in use among those that may have a winner, if that could be paid beside the winners of the others.
func mayWin(n *noted, now *pair) error {
	u := n.series.unpaid()
	if now.head.timeS > u.ExpiryS || now.head.paid[u] {
		return pay.Refuse(pay.Expired, "series %d is over; the next one has to be announced", u.Series)
	}
	n.seen(now)
	n.mayWin(u)
	covered := func(s *state) bool {
		holds := s.lock.left()
		if n.Open {
			holds = n.allotted(s).Min(s.open.left())
		}
		return holds.Cmp(n.mayBePaid(s)) >= 0
	}
	if !covered(&now.head) || !covered(&now.sure) {
		return &pay.Refusal{
			Reason: pay.Uncovered, Most: n.Promised,
			Text: fmt.Sprintf("another winner of %s could not be paid by what is locked for channel %x", u.Face, n.ID),
		}
	}
	return nil
}

// sign makes a promise that comes to so much at least, of which so many tickets were not signed before.
func (p *Payer) sign(n *noted, cumulative unit.Amount) (made *Promise, fresh uint64, err error) {
	first := above(&n.series, n.Accepted) + 1
	made = &Promise{Series: n.series, First: first}
	if n.Promise != nil {
		before, err := DecodePromise(n.Promise)
		if err != nil {
			return nil, 0, err
		}
		if before.Series == n.series && before.First <= first && first <= before.Last()+1 {
			made.Tickets = before.Tickets[first-before.First:]
		}
	}
	types := NewTypes(n.opening.ChainID, n.opening.Contract)
	for {
		number := made.First + uint64(len(made.Tickets))
		if sum, ok := n.series.After(number - 1); !ok || len(made.Tickets) > 0 && sum.Cmp(cumulative) >= 0 {
			return made, fresh, nil
		} else if len(made.Tickets) == MaxTickets {
			return nil, 0, &pay.Refusal{Reason: pay.TooMuch, Most: sum, Text: fmt.Sprintf("a promise has at most %d tickets", MaxTickets)}
		}
		if number <= n.Last {
			return nil, 0, fmt.Errorf("ticket %d of series %d was signed before, and is not noted any more", number, n.series.Number)
		}
		var seed pay.Hash
		if _, err := io.ReadFull(p.cfg.Random, seed[:]); err != nil {
			return nil, 0, fmt.Errorf("drawing a ticket's seed: %w", err)
		}
		k := n.series.TicketOf(&n.opening, number, seed)
		signature, err := eip712.Sign(p.cfg.Session, types.Digest(&k))
		if err != nil {
			return nil, 0, err
		}
		made.Tickets = append(slices.Clip(made.Tickets), Signed{Seed: seed, Signature: signature})
		fresh++
	}
}

// above is how many tickets of a series an amount comes to, from its base on: whole ones.
func above(s *Series, amount unit.Amount) uint64 {
	low, high := uint64(0), uint64(1)<<62
	for low < high {
		middle := low + (high-low+1)/2
		if sum, ok := s.After(middle); ok && sum.Cmp(amount) <= 0 {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return low
}

// Balance implements pay.Payer.
func (p *Payer) Balance(ctx context.Context, id pay.Hash) (pay.Balance, error) {
	n, err := p.notes.Load(ctx, id)
	if err != nil {
		return pay.Balance{}, err
	}
	now, err := p.pair(ctx, n)
	if err != nil {
		return pay.Balance{}, err
	}
	b := pay.Balance{Deposit: n.Deposit, Promised: n.Promised, ClosingS: now.head.lock.leavesS(), Closed: n.Closed}
	if n.Open {
		b.ClosingS = n.backS(now)
	}
	return b, nil
}

// Close implements pay.Payer. There is no closing by consent: what is locked is warned of, and taken back a day later; all tickets have expired then,
// for none is valid for longer and none is signed after this was called. What comes into the lock meanwhile, which it does by others only, does not
// have it wait longer: it is warned of when the rest is back, unless it is dust.
func (p *Payer) Close(ctx context.Context, id pay.Hash, _ []byte) error {
	if err := p.turn.Acquire(ctx, 1); err != nil {
		return err
	}
	defer p.turn.Release(1)
	err := p.notes.Change(ctx, id, func(n *noted) error {
		n.Closing = true
		return nil
	})
	for err == nil {
		var n *noted
		var now *pair
		if n, err = p.notes.Load(ctx, id); err != nil || n.Closed {
			return err
		}
		if !n.Locking.IsZero() {
			err = p.endLock(ctx, n)
			continue
		}
		if n.Open {
			var done bool
			if done, err = p.closeOpen(ctx, n); done {
				return err
			}
			continue
		}
		if now, err = p.pair(ctx, n); err != nil {
			return err
		}
		c, o, lock := newContract(n.opening.Contract, p.cfg.Reader), &n.opening, now.head.lock
		token, session, payee := common.Address(o.Token), common.Address(o.Payer), common.Address(o.Payee)
		switch {
		case lock.amount.Max(now.sure.lock.amount).Cmp(p.cfg.Dust) <= 0:
			return p.notes.Change(ctx, id, func(n *noted) error {
				n.Closed, n.Locked = true, n.Drawn
				return nil
			})
		case lock.amount.Cmp(p.cfg.Dust) <= 0:
			return nil // it is not sure yet
		case lock.warnedAmount.IsZero():
			err = p.doNext(ctx, n, "warn", c.call(c.PackWarn(token, session, payee, lock.amount.Big(), unit.Amount{}.Big())))
		case now.head.timeS >= lock.unlockS:
			err = p.doNext(ctx, n, "withdraw", c.call(c.PackWithdraw(token, session, payee, p.cfg.Sender.Address())))
		default:
			return nil // it waits
		}
	}
	return err
}
