-- A member's account has their user id; system accounts are below zero and carry no balance,
-- so that no row is hot. Account 0 is the chain of transfers that concern no member.
-- Experience stands beside the balance because the same hands move both, under one lock.
CREATE TABLE accounts (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL,
    balance     INTEGER,
    seq         INTEGER NOT NULL,
    head        BLOB NOT NULL,
    experience  INTEGER NOT NULL,
    CONSTRAINT accounts_name_key UNIQUE (name),
    CONSTRAINT accounts_members_have_balances CHECK ((id > 0) = (balance IS NOT NULL)),
    CONSTRAINT accounts_balance_not_negative CHECK (balance >= 0),
    CONSTRAINT accounts_balance_not_too_large CHECK (balance <= 9007199254740991),
    CONSTRAINT accounts_experience_not_negative CHECK (experience >= 0)
) STRICT;
INSERT INTO accounts (id, name, balance, seq, head, experience) VALUES
    (0, 'system', NULL, 0, zeroblob(32), 0),
    (-1, 'mint', NULL, 0, zeroblob(32), 0),
    (-2, 'house', NULL, 0, zeroblob(32), 0),
    (-3, 'escrow:crash', NULL, 0, zeroblob(32), 0),
    (-4, 'shop', NULL, 0, zeroblob(32), 0),
    (-5, 'promo', NULL, 0, zeroblob(32), 0);

CREATE TABLE transfers (
    chain          INTEGER NOT NULL REFERENCES accounts (id),
    seq            INTEGER NOT NULL,
    operation      TEXT   NOT NULL,
    leg            INTEGER NOT NULL,
    debit          INTEGER NOT NULL REFERENCES accounts (id),
    credit         INTEGER NOT NULL REFERENCES accounts (id),
    amount         INTEGER NOT NULL,
    kind           TEXT   NOT NULL,
    reference      TEXT   NOT NULL,
    balance_after  INTEGER NOT NULL,
    created_at     INTEGER NOT NULL,
    prev           BLOB   NOT NULL,
    hash           BLOB   NOT NULL,
    PRIMARY KEY (chain, seq),
    CONSTRAINT transfers_operation_leg_key UNIQUE (operation, leg),
    CONSTRAINT transfers_amount_positive CHECK (amount > 0),
    CONSTRAINT transfers_two_accounts CHECK (debit <> credit)
) STRICT;

-- What a request with an idempotency key did: kept for ever, with the bytes it answered.
CREATE TABLE operations (
    user_id       INTEGER NOT NULL REFERENCES users (id),
    operation     TEXT   NOT NULL,
    key           TEXT   NOT NULL,
    request_hash  BLOB   NOT NULL,
    status        INTEGER NOT NULL,
    answer        TEXT   NOT NULL,
    created_at    INTEGER NOT NULL,
    PRIMARY KEY (user_id, operation, key)
) STRICT;

-- Append-only, held by the engine; `recursive_triggers` makes REPLACE run into them too.
CREATE TRIGGER transfers_no_update BEFORE UPDATE ON transfers BEGIN SELECT RAISE(ABORT, 'transfers is append-only'); END;
CREATE TRIGGER transfers_no_delete BEFORE DELETE ON transfers BEGIN SELECT RAISE(ABORT, 'transfers is append-only'); END;
