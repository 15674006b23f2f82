package ledger

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"

	"github.com/candela-les/candela/unit"
)

// Promise is an off-chain payment, counted from the beginning of its channel.
type Promise struct {
	Method     string   // the payment method; 1 to MaxMethod bytes
	ID         [32]byte // the channel, as the method names it
	Token      Address
	Client     Address     // who is credited; a channel is bound to its first one
	From       unit.Amount // what must have been promised before; 0 where a promise replaces those before
	Cumulative unit.Amount
	Evidence   []byte  // what it is collected with; at most MaxEvidence bytes; kept of the highest only
	Claims     []Claim // at most MaxClaims; kept until they are settled
	// Chance: what it is worth is an expectation. It is credited at the expense of Luck instead of External; what is drawn
	// comes there with SettleClaim.
	Chance bool
	// Settlements is how many settlements of the channel the caller knows, as Channel has it.
	Settlements uint64
}

// Claim is something to collect that a later promise does not replace.
type Claim struct {
	Key    [32]byte // of its method; no two claims have the same
	Amount unit.Amount
	Data   []byte // what it is collected with; at most MaxEvidence bytes; kept until it is settled
}

// OpenClaim is a claim that is not settled.
type OpenClaim struct {
	Claim
	Method  string
	Channel [32]byte // that it came by
	Token   Address
	Client  Address
}

// Advanced says what a promise has changed.
type Advanced struct {
	Before   unit.Amount // the highest cumulative amount until now
	Present  unit.Amount // and from now on
	Credited unit.Amount // the difference
}

// Channel is how a channel stands: what it has promised, and what has become of that. Collecting + Returned ≤ Cumulative,
// and Collected ≤ Collecting.
type Channel struct {
	Method     string
	ID         [32]byte
	Token      Address
	Client     Address
	Cumulative unit.Amount
	Evidence   []byte // of the highest promise
	Returned   unit.Amount
	Collecting unit.Amount // was collected or is about to be
	Collected  unit.Amount

	Settled     unit.Amount // Cumulative when it was given back last
	Settlements uint64      // how often it was settled: something was handed out
	Handed      []byte      // what was, the last time
}

// Due is what was promised and neither given back nor collected.
func (c Channel) Due() unit.Amount { return due(c.Cumulative, c.Returned, c.Collected) }

func due(cumulative, returned, collected unit.Amount) unit.Amount {
	rest, _ := cumulative.Sub(returned)
	rest, _ = rest.Sub(collected)
	return rest
}

// ChannelPage says which channels are asked for.
type ChannelPage struct {
	After [32]byte // those behind this ID; the zero ID is before all others
	Limit int      // at most so many, and at most MaxPage
	Due   bool     // only those of which something is due
}

// Advance implements Ledger.
func (j *Journal) Advance(ctx context.Context, p Promise) (Advanced, error) {
	if err := p.check(); err != nil {
		return Advanced{}, err
	}
	op := &advance{Promise: p}
	if err := j.do(ctx, op); err != nil {
		return Advanced{}, err
	}
	return op.advanced, nil
}

func (p *Promise) check() error {
	if err := checkMethod(p.Method); err != nil {
		return err
	}
	switch {
	case len(p.Evidence) > MaxEvidence:
		return fmt.Errorf("%w: evidence has at most %d bytes", ErrInvalid, MaxEvidence)
	case p.From.Cmp(p.Cumulative) > 0:
		return fmt.Errorf("%w: a promise from %s to %s", ErrInvalid, p.From, p.Cumulative)
	case len(p.Claims) > MaxClaims:
		return fmt.Errorf("%w: a promise has at most %d claims", ErrInvalid, MaxClaims)
	}
	seen := make(map[[32]byte]bool, len(p.Claims))
	for _, c := range p.Claims {
		if seen[c.Key] || len(c.Data) > MaxEvidence {
			return fmt.Errorf("%w: two claims of one key, or more than %d bytes of data", ErrInvalid, MaxEvidence)
		}
		seen[c.Key] = true
	}
	return nil
}

func checkMethod(method string) error {
	if !named(method, MaxMethod) {
		return fmt.Errorf("%w: a method has 1 to %d bytes of text", ErrInvalid, MaxMethod)
	}
	return nil
}

type advance struct {
	Promise
	advanced Advanced
}

func (o *advance) key() PromiseKey { return PromiseKey{o.Method, o.ID} }

// against is who stands for what the client is credited.
func (o *advance) against() Account {
	if o.Chance {
		return Account{Kind: Luck, Token: o.Token}
	}
	return Account{Kind: External, Token: o.Token}
}

func (o *advance) needs(n *Needs) {
	n.Promises[o.key()] = struct{}{}
	n.account(ClientAccount(o.Token, o.Client), false)
	n.account(o.against(), false)
	for _, c := range o.Claims {
		n.Claims[ClaimKey{o.Method, c.Key}] = struct{}{}
	}
}

func (o *advance) apply(v *view) error {
	account := v.account(ClientAccount(o.Token, o.Client))
	row, err := v.promise(o.key(), account)
	if err != nil {
		return err
	}
	before := row.Cumulative
	credited, ok := o.Cumulative.Sub(before)
	switch {
	case !ok || credited.IsZero():
		o.advanced = Advanced{Before: before, Present: before}
		return nil
	case o.Settlements != row.Settlements:
		return ErrSettled
	case o.From.Cmp(before) > 0:
		return &GapError{Present: before, From: o.From}
	}
	claims, err := o.claims(v, account)
	if err != nil {
		return err
	}
	err = v.post(
		leg{account: account, amount: Plus(credited), why: Promised, ref: o.key().ref()},
		leg{account: v.account(o.against()), amount: Minus(credited), why: Promised},
	)
	if err != nil {
		return err
	}
	row.AccountID, row.Cumulative, row.Evidence = account.ID, o.Cumulative, o.Evidence
	v.writePromise(row)
	for _, c := range claims {
		c.AccountID = account.ID
		v.writeClaim(c)
	}
	o.advanced = Advanced{Before: before, Present: o.Cumulative, Credited: credited}
	return nil
}

// claims returns rows for those of the promise's claims that are not there yet.
func (o *advance) claims(v *view, account *AccountRow) (rows []*ClaimRow, err error) {
	for _, c := range o.Claims {
		row := &ClaimRow{
			ClaimKey: ClaimKey{o.Method, c.Key}, Channel: o.ID, Account: account.Account, Amount: c.Amount, Data: c.Data,
		}
		row.Digest = row.digest()
		known := v.rows.Claims[row.ClaimKey]
		if known == nil {
			rows = append(rows, row)
		} else if known.Digest != row.Digest {
			return nil, fmt.Errorf("claim %s:%x %w", o.Method, c.Key, ErrConflict)
		}
	}
	return rows, nil
}

// promise returns a channel's row, a new one if nothing was promised over it. A new one is only written when it is
// changed.
func (v *view) promise(key PromiseKey, account *AccountRow) (*PromiseRow, error) {
	row := v.rows.Promises[key]
	if row == nil {
		return &PromiseRow{PromiseKey: key, Account: account.Account}, nil
	}
	if row.Account != account.Account {
		return nil, fmt.Errorf("channel %s %w", key.ref(), ErrConflict)
	}
	return row, nil
}

func (v *view) writePromise(row *PromiseRow) {
	v.rows.Promises[row.PromiseKey] = row
	if !v.written[row] {
		v.written[row] = true
		v.out.Promises = append(v.out.Promises, row)
	}
}

// ref is how the journal's lines name a channel.
func (k PromiseKey) ref() string {
	text := make([]byte, 0, MaxMethod+1+2*len(k.ID)) // on the stack, for every promise has its line
	text = append(append(text, k.Method...), ':')
	return string(hex.AppendEncode(text, k.ID[:]))
}

func (p *PromiseRow) due() unit.Amount { return due(p.Cumulative, p.Returned, p.Collected) }

func (p *PromiseRow) public() Channel {
	return Channel{
		Method: p.Method, ID: p.ID, Token: p.Account.Token, Client: p.Account.Client,
		Cumulative: p.Cumulative, Evidence: bytes.Clone(p.Evidence), Returned: p.Returned, Collecting: p.Collecting,
		Collected: p.Collected, Settlements: p.Settlements, Settled: p.Settled, Handed: bytes.Clone(p.Handed),
	}
}
