-- What becomes of promises: given back, being collected, collected. due says whether something is left to
-- collect; whoever collects walks over those. Claims are what a later promise does not replace.

-- +goose Up
ALTER TABLE promises ADD COLUMN returned BLOB NOT NULL DEFAULT x'00000000000000000000000000000000' CHECK (length(returned) = 16);
ALTER TABLE promises ADD COLUMN collecting BLOB NOT NULL DEFAULT x'00000000000000000000000000000000' CHECK (length(collecting) = 16);
ALTER TABLE promises ADD COLUMN collected BLOB NOT NULL DEFAULT x'00000000000000000000000000000000' CHECK (length(collected) = 16);
ALTER TABLE promises ADD COLUMN settled BLOB NOT NULL DEFAULT x'00000000000000000000000000000000' CHECK (length(settled) = 16);
ALTER TABLE promises ADD COLUMN settlements INTEGER NOT NULL DEFAULT 0;
ALTER TABLE promises ADD COLUMN handed BLOB NOT NULL DEFAULT x'';
ALTER TABLE promises ADD COLUMN due INTEGER NOT NULL DEFAULT 1 CHECK (due IN (0, 1));
CREATE INDEX promises_due ON promises (method, channel) WHERE due = 1;

CREATE TABLE claims (
    method  TEXT NOT NULL,
    key     BLOB NOT NULL CHECK (length(key) = 32),
    channel BLOB NOT NULL CHECK (length(channel) = 32),
    account INTEGER NOT NULL REFERENCES accounts (id),
    amount  BLOB NOT NULL CHECK (length(amount) = 16),
    data    BLOB NOT NULL,
    digest  BLOB NOT NULL CHECK (length(digest) = 32),
    settled INTEGER NOT NULL,
    PRIMARY KEY (method, key)
) STRICT;
CREATE INDEX claims_open ON claims (method, key) WHERE settled = 0;
