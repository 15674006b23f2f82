package sqlite

// statement is a prepared statement of the writer.
type statement int

const (
	begin statement = iota
	commit
	rollback
	selectState
	selectOwner
	selectKey
	selectPromise
	selectClaim
	selectAccount
	selectHoldsOfAccount
	selectHoldsOfOwner
	selectExpired
	updateState
	addAccount
	putAccount
	putHold
	putOwner
	putPromise
	putDuePromise
	putClaim
	addKey
	addPosting
	statementCount
)

// Columns, in the order in which rows.go reads them.
const (
	accountColumns = "a.id, a.kind, a.token, a.client, a.debit, a.free, a.held, a.entries, a.last"
	holdColumns    = accountColumns + ", h.owner, h.epoch, h.until, h.amount, h.charges, h.remainder, " +
		"h.last_amount, h.last_fee, h.last_entry, h.last_fee_entry"
	holdTables     = " FROM holds h JOIN accounts a ON a.id = h.account "
	promiseColumns = accountColumns + ", p.method, p.channel, p.cumulative, p.evidence, p.returned, p.collecting, p.collected, " +
		"p.settled, p.settlements, p.handed, p.due"
	promiseTables  = " FROM promises p JOIN accounts a ON a.id = p.account "
	claimColumns   = accountColumns + ", c.method, c.key, c.channel, c.amount, c.data, c.digest, c.settled"
	claimTables    = " FROM claims c JOIN accounts a ON a.id = c.account "
	postingColumns = "p.seq, p.number, p.batch, p.at, p.account, p.owner, p.why, p.ref, p.debit, p.amount, p.total_debit, p.total, p.before"
	// notEmpty is written as in the partial indices, which are used for it.
	notEmpty = "h.amount > x'00000000000000000000000000000000'"
)

// texts are the statements' texts.
func texts() [statementCount]string {
	return [statementCount]string{
		begin:                "BEGIN IMMEDIATE",
		commit:               "COMMIT",
		rollback:             "ROLLBACK",
		selectState:          "SELECT batch, seq, accounts, at FROM state",
		selectOwner:          "SELECT epoch FROM owners WHERE owner = ?",
		selectKey:            "SELECT digest, batch, at FROM keys WHERE key = ?",
		selectPromise:        promiseByName,
		selectClaim:          "SELECT " + claimColumns + claimTables + "WHERE c.method = ? AND c.key = ?",
		selectAccount:        "SELECT " + accountColumns + " FROM accounts a WHERE kind = ? AND token = ? AND client = ?",
		selectHoldsOfAccount: "SELECT " + holdColumns + holdTables + "WHERE h.account = ?",
		selectHoldsOfOwner:   "SELECT " + holdColumns + holdTables + "WHERE h.owner = ? AND " + notEmpty,
		selectExpired:        "SELECT " + holdColumns + holdTables + "WHERE h.until <= ? AND " + notEmpty,
		updateState:          "UPDATE state SET batch = ?, seq = ?, accounts = ?, at = ? WHERE id = 1",
		addAccount:           `INSERT INTO accounts (id, debit, free, held, entries, last, kind, token, client) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		putAccount:           "UPDATE accounts SET debit = ?2, free = ?3, held = ?4, entries = ?5, last = ?6 WHERE id = ?1",
		putHold: `INSERT OR REPLACE INTO holds (account, owner, epoch, until, amount, charges, remainder, last_amount, last_fee, last_entry, last_fee_entry)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		putOwner: "INSERT OR REPLACE INTO owners (owner, epoch) VALUES (?, ?)",
		putPromise: `INSERT INTO promises (method, channel, account, cumulative, evidence, returned, collecting, collected, settled, settlements, handed, due)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (method, channel) DO UPDATE SET cumulative = excluded.cumulative, evidence = excluded.evidence,
				returned = excluded.returned, collecting = excluded.collecting, collected = excluded.collected,
				settled = excluded.settled, settlements = excluded.settlements, handed = excluded.handed, due = excluded.due`,
		putDuePromise: `UPDATE promises SET account = ?3, cumulative = ?4, evidence = ?5, returned = ?6, collecting = ?7, collected = ?8,
			settled = ?9, settlements = ?10, handed = ?11 WHERE method = ?1 AND channel = ?2`,
		putClaim: `INSERT INTO claims (method, key, channel, account, amount, data, digest, settled) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (method, key) DO UPDATE SET data = excluded.data, settled = excluded.settled`,
		addKey: "INSERT INTO keys (key, digest, batch, at) VALUES (?, ?, ?, ?)",
		addPosting: `INSERT INTO postings (seq, number, batch, at, account, owner, why, ref, debit, amount, total_debit, total, before)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
	}
}

// Texts that are read with, too.
const (
	promiseByName = "SELECT " + promiseColumns + promiseTables + "WHERE p.method = ? AND p.channel = ?"
)
