package ledger

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"

	"github.com/candela-les/candela/unit"
)

// Settlement names a channel that is to be settled.
type Settlement struct {
	Method string
	ID     [32]byte
	Token  Address
	Client Address
}

// GivenBack says what was given back.
type GivenBack struct {
	Amount  unit.Amount // that was given back now
	Channel Channel     // as it is now
}

// Collection says what is collected of a channel, from its beginning on. What is less than what was noted before changes nothing.
type Collection struct {
	Method     string
	ID         [32]byte
	Collecting unit.Amount // will be brought to the chain, if it is not there yet
	Collected  unit.Amount // is there, for good; at most Collecting
}

// GiveBack implements Ledger.
func (j *Journal) GiveBack(ctx context.Context, s Settlement) (GivenBack, error) {
	if err := checkMethod(s.Method); err != nil {
		return GivenBack{}, err
	}
	op := &giveBack{Settlement: s}
	if err := j.do(ctx, op); err != nil {
		return GivenBack{}, err
	}
	return op.given, nil
}

type giveBack struct {
	Settlement
	given GivenBack
}

func (o *giveBack) key() PromiseKey   { return PromiseKey{o.Method, o.ID} }
func (o *giveBack) external() Account { return Account{Kind: External, Token: o.Token} }

func (o *giveBack) needs(n *Needs) {
	n.Promises[o.key()] = struct{}{}
	n.account(ClientAccount(o.Token, o.Client), false)
	n.account(o.external(), false)
}

func (o *giveBack) apply(v *view) error {
	account := v.account(ClientAccount(o.Token, o.Client))
	row, err := v.promise(o.key(), account)
	if err != nil {
		return err
	}
	back := due(row.Cumulative, row.Returned, row.Collecting)
	if free := account.Free.Size(); free.Cmp(back) < 0 {
		back = free
	}
	if back.IsZero() && row.AccountID != 0 && row.Settled == row.Cumulative {
		o.given = GivenBack{Channel: row.public()}
		return nil
	}
	if !back.IsZero() {
		err := v.post(
			leg{account: account, amount: Minus(back), why: Settling, ref: o.key().ref()},
			leg{account: v.account(o.external()), amount: Plus(back), why: Settling},
		)
		if err != nil {
			return err
		}
	}
	v.number(account) // nothing may have been promised yet
	row.Returned, _ = row.Returned.Add(back)
	row.AccountID, row.Settled = account.ID, row.Cumulative
	v.writePromise(row)
	o.given = GivenBack{Amount: back, Channel: row.public()}
	return nil
}

// Handout is what a client is handed out to settle a channel.
type Handout struct {
	Method      string
	ID          [32]byte
	Settlements uint64 // that the caller knows, as Channel has it
	Data        []byte // at most MaxEvidence bytes
}

// HandOut implements Ledger.
func (j *Journal) HandOut(ctx context.Context, h Handout) (Channel, error) {
	if err := checkMethod(h.Method); err != nil {
		return Channel{}, err
	}
	if len(h.Data) > MaxEvidence {
		return Channel{}, fmt.Errorf("%w: what is handed out has at most %d bytes", ErrInvalid, MaxEvidence)
	}
	op := &handOut{Handout: h}
	if err := j.do(ctx, op); err != nil {
		return Channel{}, err
	}
	return op.channel, nil
}

type handOut struct {
	Handout
	channel Channel
}

func (o *handOut) key() PromiseKey { return PromiseKey{o.Method, o.ID} }

func (o *handOut) needs(n *Needs) { n.Promises[o.key()] = struct{}{} }

func (o *handOut) apply(v *view) error {
	row := v.rows.Promises[o.key()]
	switch {
	case row == nil:
		return ErrNoChannel
	case row.Settled != row.Cumulative:
		return ErrSettled
	case row.Settlements > 0 && bytes.Equal(row.Handed, o.Data): // repeated, whatever is known of others
	case row.Settlements != o.Settlements:
		return ErrSettled
	default:
		row.Settlements, row.Handed = row.Settlements+1, o.Data
		v.writePromise(row)
	}
	o.channel = row.public()
	return nil
}

// Collect implements Ledger.
func (j *Journal) Collect(ctx context.Context, c Collection) (Channel, error) {
	if err := checkMethod(c.Method); err != nil {
		return Channel{}, err
	}
	if c.Collected.Cmp(c.Collecting) > 0 {
		return Channel{}, fmt.Errorf("%w: %s collected of %s to collect", ErrInvalid, c.Collected, c.Collecting)
	}
	op := &collect{Collection: c}
	if err := j.do(ctx, op); err != nil {
		return Channel{}, err
	}
	return op.channel, nil
}

type collect struct {
	Collection
	channel Channel
}

func (o *collect) key() PromiseKey { return PromiseKey{o.Method, o.ID} }

func (o *collect) needs(n *Needs) { n.Promises[o.key()] = struct{}{} }

func (o *collect) apply(v *view) error {
	row := v.rows.Promises[o.key()]
	if row == nil {
		return ErrNoChannel
	}
	if most := due(row.Cumulative, row.Returned, unit.Amount{}); o.Collecting.Cmp(most) > 0 {
		return &InsufficientError{Have: most, Need: o.Collecting}
	}
	before := *row
	row.Collecting = row.Collecting.Max(o.Collecting)
	row.Collected = row.Collected.Max(o.Collected)
	if row.Collecting != before.Collecting || row.Collected != before.Collected {
		v.writePromise(row)
	}
	o.channel = row.public()
	return nil
}

// SettleClaim implements Ledger.
func (j *Journal) SettleClaim(ctx context.Context, method string, key [32]byte, p Posting) (Posted, error) {
	if err := checkMethod(method); err != nil {
		return Posted{}, err
	}
	if len(p.Legs) > 0 || !named(p.Key, MaxKey) {
		if err := p.check(); err != nil {
			return Posted{}, err
		}
	}
	op := &settleClaim{post: post{Posting: p}, claim: ClaimKey{method, key}}
	digest := p.digest()
	op.digest = sha256.Sum256(append(append([]byte(method), key[:]...), digest[:]...))
	if err := j.do(ctx, op); err != nil {
		return Posted{}, err
	}
	return op.posted, nil
}

// settleClaim is a posting that ends a claim.
type settleClaim struct {
	post
	claim ClaimKey
}

func (o *settleClaim) needs(n *Needs) {
	o.post.needs(n)
	n.Claims[o.claim] = struct{}{}
}

func (o *settleClaim) apply(v *view) error {
	row := v.rows.Claims[o.claim]
	switch {
	case v.rows.Keys[o.Key] != nil: // repeated, or in conflict
	case row == nil:
		return ErrNoClaim
	case row.Settled != 0:
		return fmt.Errorf("claim %s:%x %w", o.claim.Method, o.claim.Key, ErrConflict)
	}
	if err := o.post.apply(v); err != nil || o.posted.Repeated {
		return err
	}
	row.Settled, row.Data = v.batch, nil
	v.writeClaim(row)
	return nil
}

func (v *view) writeClaim(row *ClaimRow) {
	v.rows.Claims[row.ClaimKey] = row
	if !v.written[row] {
		v.written[row] = true
		v.out.Claims = append(v.out.Claims, row)
	}
}

// digest tells claims apart that use one key.
func (c *ClaimRow) digest() [32]byte {
	amount := c.Amount.Bytes()
	text := append([]byte(nil), c.Channel[:]...)
	text = append(text, c.Account.Token[:]...)
	text = append(text, c.Account.Client[:]...)
	text = append(text, amount[:]...)
	return sha256.Sum256(append(text, c.Data...))
}

func (c *ClaimRow) public() OpenClaim {
	return OpenClaim{
		Claim:  Claim{Key: c.Key, Amount: c.Amount, Data: c.Data},
		Method: c.Method, Channel: c.Channel, Token: c.Account.Token, Client: c.Account.Client,
	}
}
