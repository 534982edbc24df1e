-- A member always has one active pair of seeds and one that comes next. `running` counts hands
-- that have begun and are not settled; such a pair is not revealed.
CREATE TABLE seed_pairs (
    id                TEXT   PRIMARY KEY,
    user_id           BIGINT NOT NULL REFERENCES users (id),
    status            TEXT   NOT NULL,
    server_seed       BYTEA  NOT NULL,
    server_seed_hash  TEXT   NOT NULL,
    client_seed       TEXT   NOT NULL,
    nonce             BIGINT NOT NULL,
    running           BIGINT NOT NULL,
    created_at        BIGINT NOT NULL,
    revealed_at       BIGINT,
    CONSTRAINT seed_pairs_status_known CHECK (status IN ('next', 'active', 'revealed')),
    CONSTRAINT seed_pairs_nonce_not_negative CHECK (nonce >= 0),
    CONSTRAINT seed_pairs_running_within_nonce CHECK (running BETWEEN 0 AND nonce)
);
CREATE UNIQUE INDEX seed_pairs_one_active ON seed_pairs (user_id) WHERE status = 'active';
CREATE UNIQUE INDEX seed_pairs_one_next ON seed_pairs (user_id) WHERE status = 'next';
CREATE INDEX seed_pairs_user ON seed_pairs (user_id, id);

CREATE TABLE play_sessions (
    id             TEXT   PRIMARY KEY,
    user_id        BIGINT NOT NULL REFERENCES users (id),
    game           TEXT   NOT NULL,
    variant        TEXT   NOT NULL,
    status         TEXT   NOT NULL,
    started_at     BIGINT NOT NULL,
    last_hand_at   BIGINT NOT NULL,
    ended_at       BIGINT,
    balance_start  BIGINT NOT NULL,
    balance_end    BIGINT,
    staked         BIGINT NOT NULL,
    won            BIGINT NOT NULL,
    stake_max      BIGINT NOT NULL,
    hands          BIGINT NOT NULL,
    wins           BIGINT NOT NULL,
    address        TEXT   NOT NULL,
    user_agent     TEXT   NOT NULL,
    data           TEXT   NOT NULL,
    CONSTRAINT play_sessions_status_known CHECK (status IN ('active', 'completed', 'disconnected'))
);
CREATE UNIQUE INDEX play_sessions_one_active ON play_sessions (user_id, game) WHERE status = 'active';

CREATE TABLE hands (
    id             TEXT   PRIMARY KEY,
    user_id        BIGINT NOT NULL REFERENCES users (id),
    game           TEXT   NOT NULL,
    rules_version  BIGINT NOT NULL,
    session_id     TEXT   NOT NULL REFERENCES play_sessions (id),
    number         BIGINT NOT NULL,
    pair_id        TEXT   NOT NULL REFERENCES seed_pairs (id),
    client_seed    TEXT   NOT NULL,
    nonce          BIGINT NOT NULL,
    stake          BIGINT NOT NULL,
    payout         BIGINT NOT NULL,
    result         TEXT   NOT NULL,
    play           TEXT   NOT NULL,
    created_at     BIGINT NOT NULL,
    CONSTRAINT hands_pair_nonce_key UNIQUE (pair_id, nonce),
    CONSTRAINT hands_session_number_key UNIQUE (session_id, number),
    CONSTRAINT hands_result_known CHECK (result IN ('win', 'lose', 'push', 'bonus')),
    CONSTRAINT hands_amounts_not_negative CHECK (stake >= 0 AND payout >= 0)
);
-- Ids are time-ordered, so they page and sort.
CREATE INDEX hands_user ON hands (user_id, id);

-- Statistics per member, game and UTC day (days since the epoch), written with each hand.
-- A streak runs on over midnight.
CREATE TABLE play_days (
    user_id                    BIGINT NOT NULL REFERENCES users (id),
    game                       TEXT   NOT NULL,
    day                        BIGINT NOT NULL,
    hands                      BIGINT NOT NULL,
    wins                       BIGINT NOT NULL,
    staked                     BIGINT NOT NULL,
    won                        BIGINT NOT NULL,
    largest_win                BIGINT NOT NULL,
    multiplier_max_hundredths  BIGINT NOT NULL,
    streak                     BIGINT NOT NULL,
    streak_max                 BIGINT NOT NULL,
    millis_played              BIGINT NOT NULL,
    last_hand_at               BIGINT NOT NULL,
    PRIMARY KEY (user_id, game, day)
);

CREATE TRIGGER hands_no_update BEFORE UPDATE ON hands FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER hands_no_delete BEFORE DELETE ON hands FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER hands_no_truncate BEFORE TRUNCATE ON hands FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
