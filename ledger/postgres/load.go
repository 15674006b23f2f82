package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/candela-les/candela/ledger"
)

// load reads what is needed, in one round trip. The transaction has the lock already.
func load(ctx context.Context, tx pgx.Tx, needs *ledger.Needs, rows *ledger.Rows) error {
	l := loader{rows: rows}
	l.owners(needs)
	l.accounts(needs)
	l.names(needs)
	if l.batch.Len() == 0 {
		return nil
	}
	return tx.SendBatch(ctx, &l.batch).Close()
}

// loader collects questions, and puts the answers where they belong.
type loader struct {
	rows  *ledger.Rows
	batch pgx.Batch
}

// ask adds a question.
func (l *loader) ask(query string, args []any, scan func(pgx.Row) error) {
	l.batch.Queue(query, args...).Query(func(rows pgx.Rows) error { return each(rows, nil, scan) })
}

func (l *loader) owners(needs *ledger.Needs) {
	var names, withHolds []string
	for owner, all := range needs.Owners {
		names = append(names, string(owner))
		if all {
			withHolds = append(withHolds, string(owner))
		}
	}
	if len(names) > 0 {
		l.ask("SELECT owner, epoch FROM owners WHERE owner = ANY($1)", []any{names}, func(row pgx.Row) error {
			found := &ledger.OwnerRow{}
			err := row.Scan((*string)(&found.Owner), (*uint64)(&found.Epoch))
			l.rows.Owners[found.Owner] = found
			return err
		})
	}
	if len(withHolds) > 0 {
		l.ask("SELECT "+holdColumns+holdTables+"WHERE h.owner = ANY($1) AND h.amount > 0", []any{withHolds}, l.hold)
	}
	if needs.Expired != 0 {
		l.ask("SELECT "+holdColumns+holdTables+"WHERE h.until <= $1 AND h.amount > 0", []any{needs.Expired}, l.hold)
	}
}

// hold takes in a hold and its account, if they are not there already.
func (l *loader) hold(row pgx.Row) error {
	account, hold := &ledger.AccountRow{}, &ledger.HoldRow{}
	if err := scanHold(row, account, hold); err != nil {
		return err
	}
	l.account(account)
	if l.rows.Holds[hold.HoldKey] == nil {
		l.rows.Holds[hold.HoldKey] = hold
	}
	return nil
}

func (l *loader) account(a *ledger.AccountRow) {
	if l.rows.Accounts[a.Account] == nil {
		l.rows.Accounts[a.Account] = a
	}
}

// named are accounts' names, column by column.
type named struct {
	kinds           []int16
	tokens, clients [][]byte
}

func (n *named) add(a ledger.Account) {
	n.kinds = append(n.kinds, int16(a.Kind))
	n.tokens = append(n.tokens, append([]byte(nil), a.Token[:]...))
	n.clients = append(n.clients, append([]byte(nil), a.Client[:]...))
}

func (l *loader) accounts(needs *ledger.Needs) {
	var all, withHolds named
	for account, holds := range needs.Accounts {
		all.add(account)
		if holds {
			withHolds.add(account)
		}
	}
	const which = "JOIN unnest($1::smallint[], $2::bytea[], $3::bytea[]) AS w (kind, token, client)" +
		" ON a.kind = w.kind AND a.token = w.token AND a.client = w.client"
	if len(all.kinds) > 0 {
		l.ask("SELECT "+accountColumns+" FROM accounts a "+which, []any{all.kinds, all.tokens, all.clients}, func(row pgx.Row) error {
			found := &ledger.AccountRow{}
			err := scanAccount(row, found)
			l.account(found)
			return err
		})
	}
	if len(withHolds.kinds) > 0 {
		l.ask("SELECT "+holdColumns+holdTables+which, []any{withHolds.kinds, withHolds.tokens, withHolds.clients}, l.hold)
	}
}

// names asks for what goes by a name of the caller's.
func (l *loader) names(needs *ledger.Needs) {
	var keys []string
	var promises, claims methodical
	for key := range needs.Keys {
		keys = append(keys, key)
	}
	for key := range needs.Promises {
		promises.add(key.Method, key.ID)
	}
	for key := range needs.Claims {
		claims.add(key.Method, key.Key)
	}
	if len(keys) > 0 {
		l.ask("SELECT key, digest, batch, at FROM keys WHERE key = ANY($1)", []any{keys}, func(row pgx.Row) error {
			found := &ledger.KeyRow{}
			err := row.Scan(&found.Key, fixed(found.Digest[:]), &found.Batch, &found.At)
			l.rows.Keys[found.Key] = found
			return err
		})
	}
	if len(promises.methods) > 0 {
		l.ask("SELECT "+promiseColumns+promiseTables+`JOIN unnest($1::text[], $2::bytea[]) AS w (method, channel)
			ON p.method = w.method AND p.channel = w.channel`, []any{promises.methods, promises.ids}, func(row pgx.Row) error {
			found := &ledger.PromiseRow{}
			err := scanPromise(row, found)
			l.rows.Promises[found.PromiseKey] = found
			return err
		})
	}
	if len(claims.methods) > 0 {
		l.ask("SELECT "+claimColumns+claimTables+`JOIN unnest($1::text[], $2::bytea[]) AS w (method, key)
			ON c.method = w.method AND c.key = w.key`, []any{claims.methods, claims.ids}, func(row pgx.Row) error {
			found := &ledger.ClaimRow{}
			err := scanClaim(row, found)
			l.rows.Claims[found.ClaimKey] = found
			return err
		})
	}
}

// methodical are names within methods, column by column.
type methodical struct {
	methods []string
	ids     [][]byte
}

func (m *methodical) add(method string, id [32]byte) {
	m.methods, m.ids = append(m.methods, method), append(m.ids, append([]byte(nil), id[:]...))
}
