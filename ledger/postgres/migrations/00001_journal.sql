-- Amounts are NUMERIC(39), which holds 2¹²⁸ − 1. They are added up in Go.

-- +goose Up
CREATE DOMAIN amount AS NUMERIC(39) NOT NULL CHECK (VALUE >= 0 AND VALUE < 340282366920938463463374607431768211456);
CREATE DOMAIN signed AS NUMERIC(39) NOT NULL CHECK (abs(VALUE) < 340282366920938463463374607431768211456);
CREATE DOMAIN address AS BYTEA NOT NULL CHECK (length(VALUE) = 20);

CREATE TABLE state (
    id       SMALLINT PRIMARY KEY CHECK (id = 1),
    batch    BIGINT NOT NULL,
    seq      BIGINT NOT NULL,
    accounts BIGINT NOT NULL,
    at       BIGINT NOT NULL
);
INSERT INTO state VALUES (1, 0, 0, 0, 0);

CREATE TABLE accounts (
    id     BIGINT PRIMARY KEY,
    kind   SMALLINT NOT NULL,
    token  address,
    client address,
    free   signed,
    held   amount,
    CHECK (kind <> 1 OR free >= 0)
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX accounts_name ON accounts (kind, token, client);

CREATE TABLE holds (
    account     BIGINT NOT NULL REFERENCES accounts (id),
    owner       TEXT COLLATE "C" NOT NULL,
    epoch       BIGINT NOT NULL,
    until       BIGINT NOT NULL,
    amount      amount,
    charges     BIGINT NOT NULL,
    remainder   BIGINT NOT NULL,
    last_amount amount,
    last_fee    amount,
    PRIMARY KEY (account, owner)
) WITH (fillfactor = 80);
CREATE INDEX holds_owner ON holds (owner) WHERE amount > 0;
CREATE INDEX holds_until ON holds (until) WHERE amount > 0;

CREATE TABLE owners (
    owner TEXT COLLATE "C" PRIMARY KEY,
    epoch BIGINT NOT NULL
);

CREATE TABLE keys (
    key    TEXT COLLATE "C" PRIMARY KEY,
    digest BYTEA NOT NULL,
    batch  BIGINT NOT NULL,
    at     BIGINT NOT NULL
);

CREATE TABLE promises (
    method     TEXT COLLATE "C" NOT NULL,
    channel    BYTEA NOT NULL,
    account    BIGINT NOT NULL REFERENCES accounts (id),
    cumulative amount,
    evidence   BYTEA NOT NULL,
    PRIMARY KEY (method, channel)
);

CREATE TABLE postings (
    seq     BIGINT PRIMARY KEY,
    batch   BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    account BIGINT NOT NULL REFERENCES accounts (id),
    owner   TEXT COLLATE "C" NOT NULL,
    why     SMALLINT NOT NULL,
    ref     TEXT COLLATE "C" NOT NULL,
    amount  signed,
    total   signed
);
CREATE INDEX postings_account ON postings (account, seq);
