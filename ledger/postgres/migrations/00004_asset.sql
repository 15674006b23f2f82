-- What all accounts are in, which an amount alone does not say. There is no row if nobody has said.

-- +goose Up
CREATE TABLE asset (
    id       SMALLINT PRIMARY KEY CHECK (id = 1),
    chain    TEXT NOT NULL,
    token    address,
    decimals SMALLINT NOT NULL
);
