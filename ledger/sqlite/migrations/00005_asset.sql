-- What all accounts are in, which an amount alone does not say. There is no row if nobody has said.

-- +goose Up
CREATE TABLE asset (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    chain    TEXT NOT NULL,
    token    BLOB NOT NULL CHECK (length(token) = 20),
    decimals INTEGER NOT NULL
) STRICT;
