-- A round of crash from its bet on; when it ends it becomes the hand of the same id. The point is
-- secret until then. `due_at` is when it ends if nobody clicks.
CREATE TABLE crash_sessions (
    id                 TEXT   PRIMARY KEY,
    user_id            BIGINT NOT NULL REFERENCES users (id),
    status             TEXT   NOT NULL,
    stake              BIGINT NOT NULL,
    auto_hundredths    BIGINT,
    point_hundredths   BIGINT NOT NULL,
    rules_version      BIGINT NOT NULL,
    pair_id            TEXT   NOT NULL REFERENCES seed_pairs (id),
    client_seed        TEXT   NOT NULL,
    nonce              BIGINT NOT NULL,
    started_at         BIGINT NOT NULL,
    due_at             BIGINT NOT NULL,
    address            TEXT   NOT NULL,
    user_agent         TEXT   NOT NULL,
    arrival_at         BIGINT,
    cashed_hundredths  BIGINT,
    payout             BIGINT,
    settled_at         BIGINT,
    CONSTRAINT crash_sessions_pair_nonce_key UNIQUE (pair_id, nonce),
    CONSTRAINT crash_sessions_status_known CHECK (status IN ('active', 'cashed', 'crashed', 'refunded')),
    CONSTRAINT crash_sessions_stake_positive CHECK (stake > 0),
    CONSTRAINT crash_sessions_end_whole CHECK (
        (status = 'active') = (settled_at IS NULL)
        AND (status = 'active') = (payout IS NULL)
        AND (status = 'cashed') = (cashed_hundredths IS NOT NULL)
    )
);
CREATE UNIQUE INDEX crash_sessions_one_active ON crash_sessions (user_id) WHERE status = 'active';
CREATE INDEX crash_sessions_due ON crash_sessions (due_at, id) WHERE status = 'active';
