package till

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

// Account returns what a client has, read from the ledger: Unposted is exactly what is not in Balance yet.
func (t *Till) Account(ctx context.Context, client ledger.Address) (Purse, error) {
	c, err := t.enter(client)
	if err != nil {
		return Purse{}, err
	}
	defer t.leave(c)
	if err := c.take(ctx); err != nil {
		return Purse{}, err
	}
	defer t.give(c)
	if err := t.look(ctx, c); err != nil {
		return Purse{}, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return c.purse(), nil
}

// Statement returns a client's entries from number first (at least 1) on, at most limit and ledger.MaxPage of them, and the number of its
// last one.
func (t *Till) Statement(ctx context.Context, client ledger.Address, first uint64, limit int) (
	entries []marketwire.Entry, newest uint64, err error,
) {
	of := ledger.ClientAccount(t.Token, client)
	lines, err := t.Ledger.Statement(ctx, of, ledger.Page{From: max(first, 1), Limit: limit})
	if err != nil {
		return nil, 0, err
	}
	b, err := t.Ledger.Balance(ctx, of) // behind the lines, so that it is not older
	if err != nil {
		return nil, 0, err
	}
	for _, line := range lines {
		entries = append(entries, entryOf(line))
	}
	return entries, b.Entries, nil
}

// entryOf is a line as its client is shown it.
func entryOf(line ledger.Line) marketwire.Entry {
	at := uint64(max(line.At.UnixNano(), 0))
	e := marketwire.Entry{
		Number: line.Number, AtNs: at, SinceNs: at, Kind: marketwire.Correction,
		Debit: line.Amount.Sign() < 0, Amount: line.Amount.Size(), Balance: line.Balance.Size(),
	}
	ref, made := parseReference(line.Ref)
	switch {
	case line.Why == ledger.Charging:
		e.Kind = marketwire.Charge
		if made {
			e.SinceNs, e.AtNs = ref.sinceNs, ref.atNs
		}
	case line.Why == ledger.Fee:
		e.Kind = marketwire.Fee
		if made {
			e.SinceNs, e.AtNs, e.Reference = ref.atNs, ref.atNs, ref.bid[:]
		}
	case line.Why == ledger.Promised:
		e.Kind, e.Reference = marketwire.Deposit, channel(line.Ref)
	case line.Why == ledger.Credit && !e.Debit:
		e.Kind, e.Reference = marketwire.Deposit, short(line.Ref)
	case line.Why == ledger.Settling:
		e.Kind, e.Reference = marketwire.Refund, channel(line.Ref)
	case line.Why == ledger.Refund && e.Debit:
		e.Kind, e.Reference = marketwire.Refund, short(line.Ref)
	default:
		e.Reference = short(line.Ref)
	}
	return e
}

// channel is the channel of "method:channel in hex".
func channel(ref string) []byte {
	_, id, _ := strings.Cut(ref, ":")
	if b, err := hex.DecodeString(id); err == nil && len(b) <= marketwire.MaxReference {
		return b
	}
	return short(ref)
}

// short is a posting's key, or its SHA-256 if it is longer than a reference may be.
func short(key string) []byte {
	if len(key) <= marketwire.MaxReference {
		return []byte(key)
	}
	sum := sha256.Sum256([]byte(key))
	return sum[:]
}

// Credit credits a client with money from outside, once for each key. What the client may spend follows at once.
// Errors are those of ledger.Post.
func (t *Till) Credit(ctx context.Context, key string, client ledger.Address, amount unit.Amount) (ledger.Posted, error) {
	return t.book(ctx, client, ledger.CreditOf(key, t.Token, client, amount))
}

// Refund gives a client money back that is not set aside anywhere, once for each key. Errors are those of ledger.Post.
func (t *Till) Refund(ctx context.Context, key string, client ledger.Address, amount unit.Amount) (ledger.Posted, error) {
	return t.book(ctx, client, ledger.RefundOf(key, t.Token, client, amount))
}

func (t *Till) book(ctx context.Context, client ledger.Address, p ledger.Posting) (ledger.Posted, error) {
	posted, err := t.Ledger.Post(ctx, p)
	if err != nil {
		return posted, fmt.Errorf("%s of %s: %w", p.Why, client, err)
	}
	if err := t.Look(ctx, client); err != nil { // it will be looked at again
		t.Logger.Debug("an account has changed and cannot be read", "client", client, "err", err)
	}
	return posted, nil
}

// Look has a client's account looked at now, because somebody has changed it: the hold grows if it was too small, and the listener
// is told. Without it that happens at the next renewal.
func (t *Till) Look(ctx context.Context, client ledger.Address) error {
	c, err := t.enter(client)
	if err != nil {
		return err
	}
	defer t.leave(c)
	if err := c.take(ctx); err != nil {
		return err
	}
	defer t.give(c)
	return t.tend(ctx, c)
}
