package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/candela-les/candela/internal/smallfile"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch/disk"
	"github.com/candela-les/candela/unit"
)

var _ pay.Notes = (*Notes)(nil)

// Notes are of the channels that this client pays by. Nobody else has them: what a server shows of them is believed only as far as
// it is signed.
type Notes struct {
	s *Store
	h *History // nil: none is kept
}

// Notes returns the notes of channels in the file.
func (s *Store) Notes() *Notes { return &Notes{s, nil} }

// Chain returns the tables of who watches the chain and sends transactions.
func (s *Store) Chain() *disk.Tables { return disk.In(s.file) }

// note is a pay.Note as it is stored. Its method and ID are columns of their own.
type note struct {
	Name     string      `json:"name"`
	Seller   []byte      `json:"seller"`
	ChainID  uint64      `json:"chainId"`
	Token    []byte      `json:"token"`
	Info     []byte      `json:"info"`
	Opening  []byte      `json:"opening"`
	Deposit  unit.Amount `json:"deposit"`
	Promised unit.Amount `json:"promised"`
	Promise  []byte      `json:"promise"`
	Void     unit.Amount `json:"void"`
	Accepted unit.Amount `json:"accepted"`
	Data     []byte      `json:"data"`
	Closed   bool        `json:"closed,omitempty"`
}

// Save implements pay.Notes.
func (n *Notes) Save(ctx context.Context, p pay.Note) error {
	enc, err := json.Marshal(note{
		Name: p.Name, Seller: p.To.Seller[:], ChainID: p.To.Asset.ChainID, Token: p.To.Asset.Token[:], Info: p.To.Info,
		Opening: p.Opening, Deposit: p.Deposit, Promised: p.Promised, Promise: p.Promise, Void: p.Void, Accepted: p.Accepted, Data: p.Data, Closed: p.Closed,
	})
	if err != nil {
		return fmt.Errorf("note of channel %x: %w", p.ID, err)
	}
	return n.s.transact(ctx, func(tx *sql.Tx) error {
		if n.h != nil {
			before, _, err := n.load(ctx, tx, p.Method, p.ID)
			if err != nil {
				return err
			}
			if err := n.h.noted(ctx, tx, &before, &p); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO notes VALUES (?, ?, ?)", p.Method, p.ID[:], enc)
		return err
	})
}

// Load implements pay.Notes. What does not decode is an error: to take it for nothing might pay twice.
func (n *Notes) Load(ctx context.Context, method string, id pay.Hash) (p pay.Note, ok bool, err error) {
	p, ok, err = n.load(ctx, n.s.db, method, id)
	return p, ok, n.s.explain(err)
}

// querier is a database, or a transaction in it.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func (n *Notes) load(ctx context.Context, db querier, method string, id pay.Hash) (p pay.Note, ok bool, err error) {
	var enc []byte
	err = db.QueryRowContext(ctx, "SELECT note FROM notes WHERE method = ? AND id = ?", method, id[:]).Scan(&enc)
	if errors.Is(err, sql.ErrNoRows) {
		return p, false, nil
	}
	if err == nil {
		p, err = decodeNote(method, id[:], enc)
	}
	return p, err == nil, err
}

// All implements pay.Notes.
func (n *Notes) All(ctx context.Context) ([]pay.Note, error) {
	rows, err := n.s.db.QueryContext(ctx, "SELECT method, id, note FROM notes ORDER BY method, id")
	if err != nil {
		return nil, n.s.explain(err)
	}
	defer rows.Close()
	var all []pay.Note
	for rows.Next() {
		var (
			method  string
			id, enc []byte
		)
		if err := rows.Scan(&method, &id, &enc); err != nil {
			return nil, n.s.explain(err)
		}
		p, err := decodeNote(method, id, enc)
		if err != nil {
			return nil, n.s.explain(err)
		}
		all = append(all, p)
	}
	return all, n.s.explain(rows.Err())
}

func decodeNote(method string, id, enc []byte) (pay.Note, error) {
	var (
		d note
		p pay.Note
	)
	if json.Unmarshal(enc, &d) != nil || len(id) != len(p.ID) || len(d.Seller) != len(p.To.Seller) || len(d.Token) != len(p.To.Asset.Token) {
		return p, fmt.Errorf("%w: a note of a channel does not decode", smallfile.ErrDamaged)
	}
	return pay.Note{
		Method: method, ID: pay.Hash(id), Name: d.Name,
		To:      pay.Payee{Seller: pay.Address(d.Seller), Asset: pay.Asset{ChainID: d.ChainID, Token: pay.Address(d.Token)}, Info: d.Info},
		Opening: d.Opening, Deposit: d.Deposit, Promised: d.Promised, Promise: d.Promise, Void: d.Void, Accepted: d.Accepted, Data: d.Data, Closed: d.Closed,
	}, nil
}
