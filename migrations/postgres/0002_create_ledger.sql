-- A member's account has their user id; system accounts are below zero and carry no balance,
-- so that no row is hot. Account 0 is the chain of transfers that concern no member.
-- Experience stands beside the balance because the same hands move both, under one lock.
CREATE TABLE accounts (
    id          BIGINT PRIMARY KEY,
    name        TEXT NOT NULL,
    balance     BIGINT,
    seq         BIGINT NOT NULL,
    head        BYTEA NOT NULL,
    experience  BIGINT NOT NULL,
    CONSTRAINT accounts_name_key UNIQUE (name),
    CONSTRAINT accounts_members_have_balances CHECK ((id > 0) = (balance IS NOT NULL)),
    CONSTRAINT accounts_balance_not_negative CHECK (balance >= 0),
    CONSTRAINT accounts_balance_not_too_large CHECK (balance <= 9007199254740991),
    CONSTRAINT accounts_experience_not_negative CHECK (experience >= 0)
);
INSERT INTO accounts (id, name, balance, seq, head, experience) VALUES
    (0, 'system', NULL, 0, decode(repeat('00', 32), 'hex'), 0),
    (-1, 'mint', NULL, 0, decode(repeat('00', 32), 'hex'), 0),
    (-2, 'house', NULL, 0, decode(repeat('00', 32), 'hex'), 0),
    (-3, 'escrow:crash', NULL, 0, decode(repeat('00', 32), 'hex'), 0),
    (-4, 'shop', NULL, 0, decode(repeat('00', 32), 'hex'), 0),
    (-5, 'promo', NULL, 0, decode(repeat('00', 32), 'hex'), 0);

CREATE TABLE transfers (
    chain          BIGINT NOT NULL REFERENCES accounts (id),
    seq            BIGINT NOT NULL,
    operation      TEXT   NOT NULL,
    leg            BIGINT NOT NULL,
    debit          BIGINT NOT NULL REFERENCES accounts (id),
    credit         BIGINT NOT NULL REFERENCES accounts (id),
    amount         BIGINT NOT NULL,
    kind           TEXT   NOT NULL,
    reference      TEXT   NOT NULL,
    balance_after  BIGINT NOT NULL,
    created_at     BIGINT NOT NULL,
    prev           BYTEA  NOT NULL,
    hash           BYTEA  NOT NULL,
    PRIMARY KEY (chain, seq),
    CONSTRAINT transfers_operation_leg_key UNIQUE (operation, leg),
    CONSTRAINT transfers_amount_positive CHECK (amount > 0),
    CONSTRAINT transfers_two_accounts CHECK (debit <> credit)
);

-- What a request with an idempotency key did: kept for ever, with the bytes it answered.
CREATE TABLE operations (
    user_id       BIGINT NOT NULL REFERENCES users (id),
    operation     TEXT   NOT NULL,
    key           TEXT   NOT NULL,
    request_hash  BYTEA  NOT NULL,
    status        BIGINT NOT NULL,
    answer        TEXT   NOT NULL,
    created_at    BIGINT NOT NULL,
    PRIMARY KEY (user_id, operation, key)
);

-- Append-only, held by the engine.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER transfers_no_update BEFORE UPDATE ON transfers FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER transfers_no_delete BEFORE DELETE ON transfers FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER transfers_no_truncate BEFORE TRUNCATE ON transfers FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
