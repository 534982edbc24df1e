-- A round of crash from its bet on; when it ends it becomes the hand of the same id. The point is
-- secret until then. `due_at` is when it ends if nobody clicks.
CREATE TABLE crash_sessions (
    id                 TEXT    PRIMARY KEY,
    user_id            INTEGER NOT NULL REFERENCES users (id),
    status             TEXT    NOT NULL,
    stake              INTEGER NOT NULL,
    auto_hundredths    INTEGER,
    point_hundredths   INTEGER NOT NULL,
    rules_version      INTEGER NOT NULL,
    pair_id            TEXT    NOT NULL REFERENCES seed_pairs (id),
    client_seed        TEXT    NOT NULL,
    nonce              INTEGER NOT NULL,
    started_at         INTEGER NOT NULL,
    due_at             INTEGER NOT NULL,
    address            TEXT    NOT NULL,
    user_agent         TEXT    NOT NULL,
    arrival_at         INTEGER,
    cashed_hundredths  INTEGER,
    payout             INTEGER,
    settled_at         INTEGER,
    CONSTRAINT crash_sessions_pair_nonce_key UNIQUE (pair_id, nonce),
    CONSTRAINT crash_sessions_status_known CHECK (status IN ('active', 'cashed', 'crashed', 'refunded')),
    CONSTRAINT crash_sessions_stake_positive CHECK (stake > 0),
    CONSTRAINT crash_sessions_end_whole CHECK (
        (status = 'active') = (settled_at IS NULL)
        AND (status = 'active') = (payout IS NULL)
        AND (status = 'cashed') = (cashed_hundredths IS NOT NULL)
    )
) STRICT;
CREATE UNIQUE INDEX crash_sessions_one_active ON crash_sessions (user_id) WHERE status = 'active';
CREATE INDEX crash_sessions_due ON crash_sessions (due_at, id) WHERE status = 'active';
