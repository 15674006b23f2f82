-- What becomes of promises: given back, being collected, collected. due says whether something is left to
-- collect; whoever collects walks over those. Claims are what a later promise does not replace.

-- +goose Up
ALTER TABLE promises ADD COLUMN returned amount DEFAULT 0;
ALTER TABLE promises ADD COLUMN collecting amount DEFAULT 0;
ALTER TABLE promises ADD COLUMN collected amount DEFAULT 0;
ALTER TABLE promises ADD COLUMN settled amount DEFAULT 0;
ALTER TABLE promises ADD COLUMN settlements BIGINT NOT NULL DEFAULT 0;
ALTER TABLE promises ADD COLUMN handed BYTEA NOT NULL DEFAULT '';
ALTER TABLE promises ADD COLUMN due BOOLEAN NOT NULL DEFAULT TRUE;
CREATE INDEX promises_due ON promises (method, channel) WHERE due;

CREATE TABLE claims (
    method  TEXT COLLATE "C" NOT NULL,
    key     BYTEA NOT NULL,
    channel BYTEA NOT NULL,
    account BIGINT NOT NULL REFERENCES accounts (id),
    amount  amount,
    data    BYTEA NOT NULL,
    digest  BYTEA NOT NULL,
    settled BIGINT NOT NULL,
    PRIMARY KEY (method, key)
);
CREATE INDEX claims_open ON claims (method, key) WHERE settled = 0;
