-- Amounts are blobs of 16 bytes, big-endian, of which a column before says whether they are
-- negative: SQLite's integers have 64 bits. They are added up in Go.

-- +goose Up
CREATE TABLE state (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    batch    INTEGER NOT NULL,
    seq      INTEGER NOT NULL,
    accounts INTEGER NOT NULL,
    at       INTEGER NOT NULL
) STRICT;
INSERT INTO state VALUES (1, 0, 0, 0, 0);

CREATE TABLE accounts (
    id     INTEGER PRIMARY KEY,
    kind   INTEGER NOT NULL,
    token  BLOB NOT NULL CHECK (length(token) = 20),
    client BLOB NOT NULL CHECK (length(client) = 20),
    debit  INTEGER NOT NULL CHECK (debit IN (0, 1)),
    free   BLOB NOT NULL CHECK (length(free) = 16),
    held   BLOB NOT NULL CHECK (length(held) = 16),
    CHECK (kind <> 1 OR debit = 0)
) STRICT;
CREATE UNIQUE INDEX accounts_name ON accounts (kind, token, client);

CREATE TABLE holds (
    account     INTEGER NOT NULL REFERENCES accounts (id),
    owner       TEXT NOT NULL,
    epoch       INTEGER NOT NULL,
    until       INTEGER NOT NULL,
    amount      BLOB NOT NULL CHECK (length(amount) = 16),
    charges     INTEGER NOT NULL,
    remainder   INTEGER NOT NULL,
    last_amount BLOB NOT NULL CHECK (length(last_amount) = 16),
    last_fee    BLOB NOT NULL CHECK (length(last_fee) = 16),
    PRIMARY KEY (account, owner)
) STRICT, WITHOUT ROWID;
CREATE INDEX holds_owner ON holds (owner) WHERE amount > x'00000000000000000000000000000000';
CREATE INDEX holds_until ON holds (until) WHERE amount > x'00000000000000000000000000000000';

CREATE TABLE owners (
    owner TEXT PRIMARY KEY,
    epoch INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE keys (
    key    TEXT PRIMARY KEY,
    digest BLOB NOT NULL,
    batch  INTEGER NOT NULL,
    at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE promises (
    method     TEXT NOT NULL,
    channel    BLOB NOT NULL,
    account    INTEGER NOT NULL REFERENCES accounts (id),
    cumulative BLOB NOT NULL CHECK (length(cumulative) = 16),
    evidence   BLOB NOT NULL,
    PRIMARY KEY (method, channel)
) STRICT, WITHOUT ROWID;

CREATE TABLE postings (
    seq         INTEGER PRIMARY KEY,
    batch       INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    account     INTEGER NOT NULL REFERENCES accounts (id),
    owner       TEXT NOT NULL,
    why         INTEGER NOT NULL,
    ref         TEXT NOT NULL,
    debit       INTEGER NOT NULL CHECK (debit IN (0, 1)),
    amount      BLOB NOT NULL CHECK (length(amount) = 16),
    total_debit INTEGER NOT NULL CHECK (total_debit IN (0, 1)),
    total       BLOB NOT NULL CHECK (length(total) = 16)
) STRICT;
CREATE INDEX postings_account ON postings (account);
