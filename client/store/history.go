package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/pay/watch/disk"
	"github.com/candela-les/candela/unit"
)

// keepEvents is how many of the newest events are kept.
const keepEvents = 10_000

// historySchema makes the table of events. A key is of what happens again and is told once.
const historySchema = `CREATE TABLE history (seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, key TEXT UNIQUE, event BLOB NOT NULL) STRICT;`

// EventKind is what has happened.
type EventKind string

// Kinds of events. All but the last two come with the note that tells of it.
const (
	Opened   EventKind = "opened"   // the first that was locked in a channel
	Locked   EventKind = "locked"   // more was
	Returned EventKind = "returned" // came back, as far as the note tells, and the channel goes on
	Ended    EventKind = "closed"   // the channel is closed; Amount is what came back by that
	Promised EventKind = "promised" // all that was promised over a channel in a day
	Settled  EventKind = "settled"  // the server has said what was spent
	Mined    EventKind = "mined"    // a transaction that was sent is in the chain for sure, or never will be
)

// Event is something that has happened to the money that a client pays with.
type Event struct {
	At      time.Time   `json:"-"`
	Kind    EventKind   `json:"kind"`
	Method  string      `json:"method,omitempty"`
	Channel pay.Hash    `json:"channel,omitzero"`
	Seller  pay.Address `json:"seller,omitzero"`
	Asset   pay.Asset   `json:"asset,omitzero"`
	Amount  unit.Amount `json:"amount,omitzero"`
	// Vague: how much came back by the end is not known from notes.
	Vague bool `json:"vague,omitempty"`

	// Of Settled, from the channel's beginning on: what will be collected at most, and what was given back.
	Spent   unit.Amount `json:"spent,omitzero"`
	Unspent unit.Amount `json:"unspent,omitzero"`

	// Of Mined.
	Name  string      `json:"name,omitempty"` // under which it was sent
	State watch.State `json:"state,omitempty"`
	Tx    watch.Mined `json:"tx,omitzero"`
	// CoinWei is what it has sent of the chain's coin, decimal; empty if that is nothing, or not known any more.
	CoinWei string `json:"coinWei,omitempty"`
}

// History keeps what an owner is told of payments, in the transactions that store what it tells of. It loses the oldest.
type History struct {
	s     *Store
	now   func() time.Time
	vague []string
	keep  int // how many events
}

// History returns the history of payments in the file, which tells the time by this clock. The notes of vague methods do not say what was locked or came
// back, because luck moves it too: of their channels it tells what was promised, the end, and the transactions.
func (s *Store) History(now func() time.Time, vague ...string) *History {
	return &History{s, now, vague, keepEvents}
}

// Notes are those of the file. What they tell is kept in the history.
func (h *History) Notes() *Notes { return &Notes{h.s, h} }

// Chain are the tables of who watches the chain and sends transactions. What becomes of those is kept in the history.
func (h *History) Chain() *Outbox { return &Outbox{h.s.Chain(), h} }

// Settled says what a server has said of a channel at its end, once for the same amounts.
func (h *History) Settled(ctx context.Context, method string, id pay.Hash, seller pay.Address, asset pay.Asset, s pay.Settled) error {
	e := Event{Kind: Settled, Method: method, Channel: id, Seller: seller, Asset: asset, Spent: s.Spent, Unspent: s.Unspent}
	return h.s.transact(ctx, func(tx *sql.Tx) error {
		key := fmt.Sprintf("settled/%s/%x", method, id)
		before, ok, err := eventAt(ctx, tx, key)
		if err != nil || ok && before.Spent == e.Spent && before.Unspent == e.Unspent {
			return err
		}
		return h.put(ctx, tx, key, e)
	})
}

// Events returns the newest ones, the newest first.
func (h *History) Events(ctx context.Context, limit int) ([]Event, error) {
	rows, err := h.s.db.QueryContext(ctx, "SELECT at, event FROM history ORDER BY seq DESC LIMIT ?", limit)
	if err != nil {
		return nil, h.s.explain(err)
	}
	defer rows.Close()
	var list []Event
	for rows.Next() {
		var (
			at  int64
			enc []byte
			e   Event
		)
		if err := rows.Scan(&at, &enc); err != nil {
			return nil, h.s.explain(err)
		}
		if json.Unmarshal(enc, &e) == nil { // else it is of no use to anybody
			e.At = time.Unix(0, at).UTC()
			list = append(list, e)
		}
	}
	return list, h.s.explain(rows.Err())
}

// put stores an event, in place of what is there under the key; an empty key is none.
func (h *History) put(ctx context.Context, tx *sql.Tx, key string, e Event) error {
	enc, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("an event of channel %x: %w", e.Channel, err)
	}
	unique := sql.NullString{String: key, Valid: key != ""}
	if _, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO history (at, key, event) VALUES (?, ?, ?)", h.now().UnixNano(), unique, enc); err != nil {
		return err
	}
	// By count, and not by number: what is put in place of something gets the next number, so that a day of promises uses up many of them.
	_, err = tx.ExecContext(ctx, "DELETE FROM history WHERE seq <= (SELECT seq FROM history ORDER BY seq DESC LIMIT 1 OFFSET ?)", h.keep)
	return err
}

// eventAt is the event under a key.
func eventAt(ctx context.Context, tx *sql.Tx, key string) (e Event, ok bool, err error) {
	var enc []byte
	switch err := tx.QueryRowContext(ctx, "SELECT event FROM history WHERE key = ?", key).Scan(&enc); {
	case errors.Is(err, sql.ErrNoRows):
		return e, false, nil
	case err != nil:
		return e, false, err
	}
	return e, json.Unmarshal(enc, &e) == nil, nil
}

// noted keeps what a note tells that the one before did not.
func (h *History) noted(ctx context.Context, tx *sql.Tx, before, now *pay.Note) error {
	events := changes(before, now)
	if slices.Contains(h.vague, now.Method) {
		events = vaguely(events)
	}
	for _, e := range events {
		e.Method, e.Channel, e.Seller, e.Asset = now.Method, now.ID, now.To.Seller, now.To.Asset
		key := ""
		if e.Kind == Promised {
			key = fmt.Sprintf("promised/%s/%s/%x", h.now().UTC().Format(time.DateOnly), now.Method, now.ID)
			today, _, err := eventAt(ctx, tx, key)
			if err != nil {
				return err
			}
			e.Amount = e.Amount.Plus(today.Amount)
		}
		if err := h.put(ctx, tx, key, e); err != nil {
			return err
		}
	}
	return nil
}

// changes are the events that have made a note of the one before, which may be zero. A promise that was brought back by a server after the
// notes were lost counts as made now.
func changes(before, now *pay.Note) (list []Event) {
	if more := now.Promised.Minus(before.Promised); !more.IsZero() {
		list = append(list, Event{Kind: Promised, Amount: more})
	}
	if more := now.Deposit.Minus(before.Deposit); !more.IsZero() {
		kind := Locked
		if before.Deposit.IsZero() {
			kind = Opened
		}
		list = append(list, Event{Kind: kind, Amount: more})
	}
	back := before.Deposit.Minus(now.Deposit)
	switch {
	case now.Closed && !before.Closed:
		list = append(list, Event{Kind: Ended, Amount: back})
	case !back.IsZero():
		list = append(list, Event{Kind: Returned, Amount: back})
	}
	return list
}

// vaguely leaves out what luck may have done.
func vaguely(events []Event) (list []Event) {
	for _, e := range events {
		if e.Kind == Ended {
			e = Event{Kind: Ended, Vague: true}
		}
		if e.Kind == Ended || e.Kind == Promised {
			list = append(list, e)
		}
	}
	return list
}

// Outbox is a watch.Outbox whose transactions are in the history.
type Outbox struct {
	*disk.Tables
	h *History
}

var _ watch.Outbox = (*Outbox)(nil)

// PutSent implements watch.Outbox.
func (o *Outbox) PutSent(ctx context.Context, s watch.Sent, live bool) error {
	return o.PutSentAnd(ctx, s, live, func(tx *sql.Tx, before *watch.Sent) error {
		was := watch.Waiting
		if before != nil {
			was = before.State
		}
		key := "mined/" + s.Name
		switch {
		case was == s.State:
			return nil
		case s.State == watch.Waiting: // a reorganization has taken it out of the chain
			_, err := tx.ExecContext(ctx, "DELETE FROM history WHERE key = ?", key)
			return err
		}
		return o.h.put(ctx, tx, key, Event{Kind: Mined, Name: s.Name, State: s.State, Tx: s.Mined, CoinWei: coinIn(&s)})
	})
}

// coinIn is what a transaction sends of the chain's coin.
func coinIn(s *watch.Sent) string {
	tx := new(types.Transaction)
	if len(s.Raw) == 0 || tx.UnmarshalBinary(s.Raw[len(s.Raw)-1]) != nil || tx.Value().Sign() == 0 {
		return ""
	}
	return tx.Value().String()
}
