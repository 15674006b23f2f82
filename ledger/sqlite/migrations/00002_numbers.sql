-- Lines that change what an account comes to are numbered, from 1 on without a gap. Moves between the
-- account and its holds (5, 6) are not.

-- +goose Up
ALTER TABLE postings ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
UPDATE postings SET number = n.number
    FROM (SELECT seq, row_number() OVER (PARTITION BY account ORDER BY seq) AS number
        FROM postings WHERE why NOT IN (5, 6)) AS n
    WHERE n.seq = postings.seq;
CREATE UNIQUE INDEX postings_number ON postings (account, number) WHERE number > 0;

ALTER TABLE accounts ADD COLUMN entries INTEGER NOT NULL DEFAULT 0;
UPDATE accounts SET entries = coalesce((SELECT max(number) FROM postings WHERE account = accounts.id AND number > 0), 0);

-- Of the last charge, as it may be repeated.
ALTER TABLE holds ADD COLUMN last_entry INTEGER NOT NULL DEFAULT 0;
ALTER TABLE holds ADD COLUMN last_fee_entry INTEGER NOT NULL DEFAULT 0;
UPDATE holds SET last_entry = p.number FROM postings AS p
    WHERE p.account = holds.account AND p.owner = holds.owner AND p.why = 7 AND p.ref = CAST(holds.charges AS TEXT);
UPDATE holds SET last_fee_entry = p.number FROM postings AS p
    WHERE p.account = holds.account AND p.owner = holds.owner AND p.why = 8 AND p.ref = CAST(holds.charges AS TEXT);
