-- Members, how they sign in, and who invited them.
CREATE TABLE users (
    id              INTEGER PRIMARY KEY,
    site_id         TEXT   NOT NULL,
    site_id_key     TEXT   NOT NULL,
    nickname        TEXT   NOT NULL,
    nickname_key    TEXT   NOT NULL,
    phone_number    TEXT   NOT NULL,
    password_hash   TEXT   NOT NULL,
    rank            TEXT   NOT NULL,
    is_admin        INTEGER NOT NULL,
    invite_code     TEXT   NOT NULL,
    banned_at       INTEGER,
    banned_until    INTEGER,
    ban_reason      TEXT,
    deleted_at      INTEGER,
    created_at      INTEGER NOT NULL,
    last_login_at   INTEGER,
    CONSTRAINT users_site_id_key_key UNIQUE (site_id_key),
    CONSTRAINT users_nickname_key_key UNIQUE (nickname_key),
    CONSTRAINT users_phone_number_key UNIQUE (phone_number),
    CONSTRAINT users_rank_known CHECK (rank IN ('STANDARD', 'PREMIUM', 'VIP')),
    CONSTRAINT users_is_admin_flag CHECK (is_admin IN (0, 1))
) STRICT;

CREATE TABLE auth_sessions (
    id            TEXT   PRIMARY KEY,
    user_id       INTEGER NOT NULL REFERENCES users (id),
    device        TEXT   NOT NULL,
    address       TEXT   NOT NULL,
    salt          BLOB   NOT NULL,
    generation    INTEGER NOT NULL,
    rotated_at    INTEGER,
    created_at    INTEGER NOT NULL,
    last_used_at  INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    ended_at      INTEGER,
    end_reason    TEXT
) STRICT;
CREATE INDEX auth_sessions_user ON auth_sessions (user_id, last_used_at);

-- Refresh tokens are stored hashed; the newest generation of a session is the one that counts.
CREATE TABLE refresh_tokens (
    token_hash  BLOB   PRIMARY KEY,
    session_id  TEXT   NOT NULL REFERENCES auth_sessions (id),
    generation  INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    CONSTRAINT refresh_tokens_generation_key UNIQUE (session_id, generation)
) STRICT;

-- Every sign-in, good and bad; ids tell their order. An IPv6 address stands as its /64.
CREATE TABLE login_attempts (
    id           INTEGER PRIMARY KEY,
    site_id_key  TEXT   NOT NULL,
    address      TEXT   NOT NULL,
    user_id      INTEGER,
    outcome      TEXT   NOT NULL,
    created_at   INTEGER NOT NULL,
    CONSTRAINT login_attempts_outcome_known CHECK (outcome IN ('success', 'failure', 'locked', 'refused'))
) STRICT;
CREATE INDEX login_attempts_site_id ON login_attempts (site_id_key, outcome, created_at);
CREATE INDEX login_attempts_address ON login_attempts (address, outcome, created_at);

CREATE TABLE invite_codes (
    code        TEXT   PRIMARY KEY,
    created_by  INTEGER REFERENCES users (id),
    max_uses    INTEGER,
    uses        INTEGER NOT NULL,
    is_active   INTEGER NOT NULL,
    expires_at  INTEGER,
    created_at  INTEGER NOT NULL,
    CONSTRAINT invite_codes_uses_within_max CHECK (uses >= 0 AND (max_uses IS NULL OR uses <= max_uses)),
    CONSTRAINT invite_codes_is_active_flag CHECK (is_active IN (0, 1))
) STRICT;
CREATE INDEX invite_codes_created_by ON invite_codes (created_by, created_at);

-- Values the club itself keeps, such as the signing secret of development.
CREATE TABLE club_values (
    name   TEXT PRIMARY KEY,
    value  TEXT NOT NULL
) STRICT;
