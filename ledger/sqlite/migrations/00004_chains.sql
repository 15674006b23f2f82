-- The numbered lines of an account are a chain: each says which one is before it, and the account which one is last. Of every
-- 32nd there is an index besides, from which a statement walks back. An index of all of them had most of the pages that an
-- update writes: a page for each client that has a new line.

-- +goose Up
DROP INDEX postings_account;
DROP INDEX postings_number;
ALTER TABLE postings ADD COLUMN before INTEGER NOT NULL DEFAULT 0;
UPDATE postings SET before = b.before
    FROM (SELECT seq, lag(seq, 1, 0) OVER (PARTITION BY account ORDER BY seq) AS before
        FROM postings WHERE number > 0) AS b
    WHERE b.seq = postings.seq;
CREATE UNIQUE INDEX postings_marked ON postings (account, number) WHERE number > 0 AND number % 32 = 0;
CREATE INDEX postings_moves ON postings (account) WHERE number = 0;

ALTER TABLE accounts ADD COLUMN last INTEGER NOT NULL DEFAULT 0;
UPDATE accounts SET last = l.last
    FROM (SELECT account, max(seq) AS last FROM postings WHERE number > 0 GROUP BY account) AS l
    WHERE l.account = accounts.id;
