-- A member always has one active pair of seeds and one that comes next. `running` counts hands
-- that have begun and are not settled; such a pair is not revealed.
CREATE TABLE seed_pairs (
    id                TEXT   PRIMARY KEY,
    user_id           INTEGER NOT NULL REFERENCES users (id),
    status            TEXT   NOT NULL,
    server_seed       BLOB   NOT NULL,
    server_seed_hash  TEXT   NOT NULL,
    client_seed       TEXT   NOT NULL,
    nonce             INTEGER NOT NULL,
    running           INTEGER NOT NULL,
    created_at        INTEGER NOT NULL,
    revealed_at       INTEGER,
    CONSTRAINT seed_pairs_status_known CHECK (status IN ('next', 'active', 'revealed')),
    CONSTRAINT seed_pairs_nonce_not_negative CHECK (nonce >= 0),
    CONSTRAINT seed_pairs_running_within_nonce CHECK (running BETWEEN 0 AND nonce)
) STRICT;
CREATE UNIQUE INDEX seed_pairs_one_active ON seed_pairs (user_id) WHERE status = 'active';
CREATE UNIQUE INDEX seed_pairs_one_next ON seed_pairs (user_id) WHERE status = 'next';
CREATE INDEX seed_pairs_user ON seed_pairs (user_id, id);

CREATE TABLE play_sessions (
    id             TEXT   PRIMARY KEY,
    user_id        INTEGER NOT NULL REFERENCES users (id),
    game           TEXT   NOT NULL,
    variant        TEXT   NOT NULL,
    status         TEXT   NOT NULL,
    started_at     INTEGER NOT NULL,
    last_hand_at   INTEGER NOT NULL,
    ended_at       INTEGER,
    balance_start  INTEGER NOT NULL,
    balance_end    INTEGER,
    staked         INTEGER NOT NULL,
    won            INTEGER NOT NULL,
    stake_max      INTEGER NOT NULL,
    hands          INTEGER NOT NULL,
    wins           INTEGER NOT NULL,
    address        TEXT   NOT NULL,
    user_agent     TEXT   NOT NULL,
    data           TEXT   NOT NULL,
    CONSTRAINT play_sessions_status_known CHECK (status IN ('active', 'completed', 'disconnected'))
) STRICT;
CREATE UNIQUE INDEX play_sessions_one_active ON play_sessions (user_id, game) WHERE status = 'active';

CREATE TABLE hands (
    id             TEXT   PRIMARY KEY,
    user_id        INTEGER NOT NULL REFERENCES users (id),
    game           TEXT   NOT NULL,
    rules_version  INTEGER NOT NULL,
    session_id     TEXT   NOT NULL REFERENCES play_sessions (id),
    number         INTEGER NOT NULL,
    pair_id        TEXT   NOT NULL REFERENCES seed_pairs (id),
    client_seed    TEXT   NOT NULL,
    nonce          INTEGER NOT NULL,
    stake          INTEGER NOT NULL,
    payout         INTEGER NOT NULL,
    result         TEXT   NOT NULL,
    play           TEXT   NOT NULL,
    created_at     INTEGER NOT NULL,
    CONSTRAINT hands_pair_nonce_key UNIQUE (pair_id, nonce),
    CONSTRAINT hands_session_number_key UNIQUE (session_id, number),
    CONSTRAINT hands_result_known CHECK (result IN ('win', 'lose', 'push', 'bonus')),
    CONSTRAINT hands_amounts_not_negative CHECK (stake >= 0 AND payout >= 0)
) STRICT;
-- Ids are time-ordered, so they page and sort.
CREATE INDEX hands_user ON hands (user_id, id);

-- Statistics per member, game and UTC day (days since the epoch), written with each hand.
-- A streak runs on over midnight.
CREATE TABLE play_days (
    user_id                    INTEGER NOT NULL REFERENCES users (id),
    game                       TEXT    NOT NULL,
    day                        INTEGER NOT NULL,
    hands                      INTEGER NOT NULL,
    wins                       INTEGER NOT NULL,
    staked                     INTEGER NOT NULL,
    won                        INTEGER NOT NULL,
    largest_win                INTEGER NOT NULL,
    multiplier_max_hundredths  INTEGER NOT NULL,
    streak                     INTEGER NOT NULL,
    streak_max                 INTEGER NOT NULL,
    millis_played              INTEGER NOT NULL,
    last_hand_at               INTEGER NOT NULL,
    PRIMARY KEY (user_id, game, day)
) STRICT;

CREATE TRIGGER hands_no_update BEFORE UPDATE ON hands BEGIN SELECT RAISE(ABORT, 'hands is append-only'); END;
CREATE TRIGGER hands_no_delete BEFORE DELETE ON hands BEGIN SELECT RAISE(ABORT, 'hands is append-only'); END;
