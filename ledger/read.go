package ledger

import (
	"context"
	"fmt"
)

// Balance implements Ledger.
func (j *Journal) Balance(ctx context.Context, a Account) (Balance, error) {
	if err := j.readable(a); err != nil {
		return Balance{}, err
	}
	row, ok, err := j.store.Account(ctx, a)
	if err != nil {
		return Balance{}, err
	}
	if !ok {
		row = AccountRow{Account: a}
	}
	return row.public(), nil
}

func (a *AccountRow) public() Balance {
	return Balance{Account: a.Account, Total: a.total(), Free: a.Free, Held: a.Held, Entries: a.Entries}
}

// readable says whether questions about the account can be answered.
func (j *Journal) readable(a Account) error {
	if err := a.check(); err != nil {
		return err
	}
	return j.open()
}

// Accounts implements Ledger.
func (j *Journal) Accounts(ctx context.Context, after Account, limit int) ([]Balance, error) {
	if err := j.open(); err != nil {
		return nil, err
	}
	if limit <= 0 {
		return nil, fmt.Errorf("%w: a page of %d accounts", ErrInvalid, limit)
	}
	rows, err := j.store.Accounts(ctx, after, min(limit, MaxPage))
	if err != nil {
		return nil, err
	}
	balances := make([]Balance, len(rows))
	for i := range rows {
		balances[i] = rows[i].public()
	}
	return balances, nil
}

// Holds implements Ledger.
func (j *Journal) Holds(ctx context.Context, a Account) ([]Hold, error) {
	if err := j.readable(a); err != nil {
		return nil, err
	}
	rows, err := j.store.Holds(ctx, a)
	if err != nil {
		return nil, err
	}
	holds := make([]Hold, len(rows))
	for i := range rows {
		holds[i] = rows[i].public()
	}
	return holds, nil
}

// Promised implements Ledger.
func (j *Journal) Promised(ctx context.Context, method string, id [32]byte) (c Channel, ok bool, err error) {
	if err := j.open(); err != nil {
		return Channel{}, false, err
	}
	row, ok, err := j.store.Promise(ctx, PromiseKey{method, id})
	if err != nil || !ok {
		return Channel{}, false, err
	}
	return row.public(), true, nil
}

// Promises implements Ledger.
func (j *Journal) Promises(ctx context.Context, method string, p ChannelPage) ([]Channel, error) {
	if err := j.open(); err != nil {
		return nil, err
	}
	if p.Limit <= 0 {
		return nil, fmt.Errorf("%w: a page of %d channels", ErrInvalid, p.Limit)
	}
	p.Limit = min(p.Limit, MaxPage)
	rows, err := j.store.Promises(ctx, method, p)
	if err != nil {
		return nil, err
	}
	channels := make([]Channel, len(rows))
	for i := range rows {
		channels[i] = rows[i].public()
	}
	return channels, nil
}

// Claims implements Ledger.
func (j *Journal) Claims(ctx context.Context, method string, after [32]byte, limit int) ([]OpenClaim, error) {
	if err := j.open(); err != nil {
		return nil, err
	}
	if limit <= 0 {
		return nil, fmt.Errorf("%w: a page of %d claims", ErrInvalid, limit)
	}
	rows, err := j.store.Claims(ctx, method, after, min(limit, MaxPage))
	if err != nil {
		return nil, err
	}
	claims := make([]OpenClaim, len(rows))
	for i := range rows {
		claims[i] = rows[i].public()
	}
	return claims, nil
}

// Statement implements Ledger.
func (j *Journal) Statement(ctx context.Context, a Account, p Page) ([]Line, error) {
	if err := j.readable(a); err != nil {
		return nil, err
	}
	if p.Limit <= 0 {
		return nil, fmt.Errorf("%w: a page of %d lines", ErrInvalid, p.Limit)
	}
	p.Limit = min(p.Limit, MaxPage)
	rows, err := j.store.Postings(ctx, a, p)
	if err != nil {
		return nil, err
	}
	lines := make([]Line, len(rows))
	for i, r := range rows {
		lines[i] = Line{
			Seq: r.Seq, Number: r.Number, Batch: r.Batch, At: instant(r.At), Why: r.Why, Ref: r.Ref,
			Owner: r.Owner, Amount: r.Amount, Balance: r.Total,
		}
	}
	return lines, nil
}
