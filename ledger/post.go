package ledger

import (
	"context"
	"crypto/sha256"
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

// instant is a stored time as callers see it.
func instant(nanoseconds int64) time.Time { return time.Unix(0, nanoseconds).UTC() }

// reference is the number of a charge as statements show it.
func reference(number uint64) string { return fmt.Sprint(number) }
