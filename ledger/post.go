package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"
)

// Post implements Ledger.
func (j *Journal) Post(ctx context.Context, p Posting) (Posted, error) {
	if err := p.check(); err != nil {
		return Posted{}, err
	}
	op := &post{Posting: p, digest: p.digest()}
	if err := j.do(ctx, op); err != nil {
		return Posted{}, err
	}
	return op.posted, nil
}

func (p Posting) check() error {
	switch {
	case !named(p.Key, MaxKey):
		return fmt.Errorf("%w: a key has 1 to %d bytes of text", ErrInvalid, MaxKey)
	case p.Why != Credit && p.Why != Refund && p.Why != LuckDrawn:
		return fmt.Errorf("%w: %s cannot be posted", ErrInvalid, p.Why)
	case len(p.Legs) < 2 || len(p.Legs) > MaxLegs:
		return fmt.Errorf("%w: a posting has 2 to %d legs", ErrInvalid, MaxLegs)
	}
	seen, sums := map[Account]bool{}, sums{}
	for _, l := range p.Legs {
		if err := l.Account.check(); err != nil {
			return err
		}
		if seen[l.Account] || l.Amount.Sign() == 0 {
			return fmt.Errorf("%w: a leg of nothing, or two of one account", ErrInvalid)
		}
		seen[l.Account] = true
		sums.add(l.Account.Token, l.Amount)
	}
	return sums.check()
}

// digest tells postings apart that use one key.
func (p Posting) digest() [32]byte {
	text := []byte{byte(p.Why)}
	for _, l := range p.Legs {
		size := l.Amount.Size().Bytes()
		text = append(text, byte(l.Account.Kind), byte(1+l.Amount.Sign()))
		text = append(text, l.Account.Token[:]...)
		text = append(text, l.Account.Client[:]...)
		text = append(text, size[:]...)
	}
	return sha256.Sum256(text)
}

type post struct {
	Posting
	digest [32]byte
	posted Posted
}

func (o *post) needs(n *Needs) {
	n.Keys[o.Key] = struct{}{}
	for _, l := range o.Legs {
		n.account(l.Account, false)
	}
}

func (o *post) apply(v *view) error {
	if row := v.rows.Keys[o.Key]; row != nil {
		if row.Digest != o.digest {
			return fmt.Errorf("key %q %w", o.Key, ErrConflict)
		}
		o.posted = Posted{Batch: row.Batch, At: instant(row.At), Repeated: true}
		return nil
	}
	legs := make([]leg, len(o.Legs))
	for i, l := range o.Legs {
		legs[i] = leg{account: v.account(l.Account), amount: l.Amount, why: o.Why, ref: o.Key}
	}
	if err := v.post(legs...); err != nil {
		return err
	}
	row := &KeyRow{Key: o.Key, Digest: o.digest, Batch: v.batch, At: v.at}
	v.rows.Keys[o.Key] = row
	v.out.Keys = append(v.out.Keys, row)
	o.posted = Posted{Batch: v.batch, At: instant(v.at)}
	return nil
}

// Advance implements Ledger.
func (j *Journal) Advance(ctx context.Context, p Promise) (Advanced, error) {
	switch {
	case !named(p.Method, MaxMethod):
		return Advanced{}, fmt.Errorf("%w: a method has 1 to %d bytes of text", ErrInvalid, MaxMethod)
	case len(p.Evidence) > MaxEvidence:
		return Advanced{}, fmt.Errorf("%w: evidence has at most %d bytes", ErrInvalid, MaxEvidence)
	}
	op := &advance{Promise: p}
	if err := j.do(ctx, op); err != nil {
		return Advanced{}, err
	}
	return op.advanced, nil
}

type advance struct {
	Promise
	advanced Advanced
}

func (o *advance) key() PromiseKey   { return PromiseKey{o.Method, o.ID} }
func (o *advance) external() Account { return Account{Kind: External, Token: o.Token} }

func (o *advance) needs(n *Needs) {
	n.Promises[o.key()] = struct{}{}
	n.account(ClientAccount(o.Token, o.Client), false)
	n.account(o.external(), false)
}

func (o *advance) apply(v *view) error {
	row := v.rows.Promises[o.key()]
	account := v.account(ClientAccount(o.Token, o.Client))
	if row == nil {
		row = &PromiseRow{PromiseKey: o.key(), Account: account.Account}
	}
	if row.Account != account.Account {
		return fmt.Errorf("channel %s:%x %w", o.Method, o.ID, ErrConflict)
	}
	before := row.Cumulative
	credited, ok := o.Cumulative.Sub(before)
	if !ok || credited.IsZero() {
		o.advanced = Advanced{Before: before, Present: before}
		return nil
	}
	ref := o.Method + ":" + hex.EncodeToString(o.ID[:])
	err := v.post(
		leg{account: account, amount: Plus(credited), why: Promised, ref: ref},
		leg{account: v.account(o.external()), amount: Minus(credited), why: Promised},
	)
	if err != nil {
		return err
	}
	row.AccountID, row.Cumulative, row.Evidence = account.ID, o.Cumulative, o.Evidence
	v.rows.Promises[o.key()] = row
	if !v.written[row] {
		v.written[row] = true
		v.out.Promises = append(v.out.Promises, row)
	}
	o.advanced = Advanced{Before: before, Present: o.Cumulative, Credited: credited}
	return nil
}

// instant is a stored time as callers see it.
func instant(nanoseconds int64) time.Time { return time.Unix(0, nanoseconds).UTC() }

// reference is the number of a charge as statements show it.
func reference(number uint64) string { return fmt.Sprint(number) }
