package till

import (
	"context"
	"errors"
	"fmt"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// Book is a ledger as package pay sees it, in one token.
type Book struct {
	Ledger ledger.Ledger
	Token  ledger.Address
}

var (
	_ pay.Book = Book{}
	_ pay.Dues = Book{}
)

// Entry implements pay.Book.
func (b Book) Entry(ctx context.Context, method string, id pay.Hash) (pay.Entry, bool, error) {
	c, ok, err := b.Ledger.Promised(ctx, method, id)
	if err != nil || !ok {
		return pay.Entry{}, false, err
	}
	if c.Token != b.Token {
		return pay.Entry{}, false, pay.Refuse(pay.WrongChain, "channel %x pays in another token", id)
	}
	return entryOfChannel(c), true, nil
}

func entryOfChannel(c ledger.Channel) pay.Entry {
	return pay.Entry{
		Method: c.Method, ID: c.ID, Client: pay.Address(c.Client), Cumulative: c.Cumulative, Evidence: c.Evidence,
		Returned: c.Returned, Collecting: c.Collecting, Collected: c.Collected,
		Settled: c.Settled, Settlements: c.Settlements, Handed: c.Handed,
	}
}

// Advance implements pay.Book.
func (b Book) Advance(ctx context.Context, c pay.Claimant, settlements uint64, p pay.Promised) (present, credited unit.Amount, err error) {
	promise := ledger.Promise{
		Method: c.Method, ID: c.ID, Token: b.Token, Client: ledger.Address(c.Client), From: p.From, Cumulative: p.Cumulative,
		Evidence: p.Evidence, Chance: p.Chance, Settlements: settlements,
	}
	for _, claim := range p.Claims {
		promise.Claims = append(promise.Claims, ledger.Claim{Key: claim.Key, Amount: claim.Amount, Data: claim.Data})
	}
	done, err := b.Ledger.Advance(ctx, promise)
	if err != nil {
		return done.Present, done.Credited, b.refusal(ctx, c, err)
	}
	return done.Present, done.Credited, nil
}

// refusal makes of the ledger's errors what the client is told.
func (b Book) refusal(ctx context.Context, c pay.Claimant, err error) error {
	gap, isGap := errors.AsType[*ledger.GapError](err)
	switch {
	case isGap:
		return &pay.Refusal{Reason: pay.Gap, Most: gap.Present, Text: "promises are missing after " + gap.Present.String()}
	case errors.Is(err, ledger.ErrSettled):
		return fmt.Errorf("%w (%w)", pay.ErrSettled, err)
	case errors.Is(err, ledger.ErrOverflow):
		return pay.Refuse(pay.TooMuch, "more than an account can have")
	case !errors.Is(err, ledger.ErrConflict):
		return err
	}
	e, known, err2 := b.Entry(ctx, c.Method, c.ID)
	switch {
	case err2 != nil:
		return err2
	case known && e.Client != c.Client:
		return pay.Refuse(pay.WrongClient, "channel %x is another client's", c.ID)
	}
	return pay.Refuse(pay.Contradicts, "a claim is not what it was before")
}

// GiveBack implements pay.Book.
func (b Book) GiveBack(ctx context.Context, c pay.Claimant) (pay.Entry, error) {
	given, err := b.Ledger.GiveBack(ctx, ledger.Settlement{Method: c.Method, ID: c.ID, Token: b.Token, Client: ledger.Address(c.Client)})
	if err != nil {
		return pay.Entry{}, b.refusal(ctx, c, err)
	}
	return entryOfChannel(given.Channel), nil
}

// HandOut implements pay.Book.
func (b Book) HandOut(ctx context.Context, c pay.Claimant, settlements uint64, data []byte) (pay.Entry, error) {
	channel, err := b.Ledger.HandOut(ctx, ledger.Handout{Method: c.Method, ID: c.ID, Settlements: settlements, Data: data})
	if err != nil {
		return pay.Entry{}, b.refusal(ctx, c, err)
	}
	return entryOfChannel(channel), nil
}

// Due implements pay.Dues.
func (b Book) Due(ctx context.Context, method string, after pay.Hash, limit int) (entries []pay.Entry, err error) {
	for {
		page, err := b.Ledger.Promises(ctx, method, ledger.ChannelPage{After: after, Limit: limit, Due: true})
		if err != nil {
			return nil, err
		}
		for _, c := range page {
			after = c.ID
			if c.Token == b.Token && len(entries) < limit {
				entries = append(entries, entryOfChannel(c))
			}
		}
		if len(entries) >= limit || len(page) < min(limit, ledger.MaxPage) { // else some were of other tokens
			return entries, nil
		}
	}
}

// Collect implements pay.Dues.
func (b Book) Collect(ctx context.Context, method string, id pay.Hash, collecting, collected unit.Amount) (pay.Entry, bool, error) {
	c, err := b.Ledger.Collect(ctx, ledger.Collection{Method: method, ID: id, Collecting: collecting, Collected: collected})
	switch {
	case errors.Is(err, ledger.ErrInsufficient), errors.Is(err, ledger.ErrNoChannel):
		return pay.Entry{}, false, nil
	case err != nil:
		return pay.Entry{}, false, err
	}
	return entryOfChannel(c), true, nil
}

// Claims implements pay.Dues.
func (b Book) Claims(ctx context.Context, method string, after pay.Hash, limit int) (claims []pay.OpenClaim, err error) {
	for {
		page, err := b.Ledger.Claims(ctx, method, after, limit)
		if err != nil {
			return nil, err
		}
		for _, c := range page {
			after = c.Key
			if c.Token == b.Token && len(claims) < limit {
				claims = append(claims, pay.OpenClaim{
					Claim: pay.Claim{Key: c.Key, Amount: c.Amount, Data: c.Data}, Method: c.Method, Channel: c.Channel, Client: pay.Address(c.Client),
				})
			}
		}
		if len(claims) >= limit || len(page) < min(limit, ledger.MaxPage) {
			return claims, nil
		}
	}
}

// Draw implements pay.Dues: what is drawn comes from outside, and its promise was credited at the expense of luck.
func (b Book) Draw(ctx context.Context, c pay.OpenClaim, paid unit.Amount) error {
	p := ledger.Posting{Key: fmt.Sprintf("draw %s:%x", c.Method, c.Key), Why: ledger.LuckDrawn}
	if !paid.IsZero() {
		p.Legs = []ledger.Leg{
			{Account: ledger.Account{Kind: ledger.Luck, Token: b.Token}, Amount: ledger.Plus(paid)},
			{Account: ledger.Account{Kind: ledger.External, Token: b.Token}, Amount: ledger.Minus(paid)},
		}
	}
	_, err := b.Ledger.SettleClaim(ctx, c.Method, c.Key, p)
	return err
}

// Unspent implements pay.Dues. What is charged and not posted yet counts as unspent.
func (b Book) Unspent(ctx context.Context, client pay.Address) (unit.Amount, error) {
	balance, err := b.Ledger.Balance(ctx, ledger.ClientAccount(b.Token, ledger.Address(client)))
	return balance.Total.Size(), err
}
