-- Second factors (RFC 6238). The secret is sealed under a key that is not in here; the step of the newest
-- code that was taken only grows, so that a code counts once. Until it is confirmed it is good for ten minutes
-- and in the session in which it was begun.
CREATE TABLE second_factors (
    user_id       BIGINT  PRIMARY KEY REFERENCES users (id),
    secret        BYTEA   NOT NULL,
    confirmed_at  BIGINT,
    last_step     BIGINT  NOT NULL,
    created_at    BIGINT  NOT NULL,
    session_id    TEXT    NOT NULL
);

-- For whoever lost theirs: each once.
CREATE TABLE recovery_codes (
    user_id  BIGINT  NOT NULL REFERENCES users (id),
    hash     BYTEA   NOT NULL,
    used_at  BIGINT,
    PRIMARY KEY (user_id, hash),
    CONSTRAINT recovery_codes_hash_whole CHECK (length(hash) = 32)
);

-- A session that was opened at the door of staff: since when it is one of theirs, when a call of staff's was
-- noted last, and when its member showed last who they are.
ALTER TABLE auth_sessions ADD COLUMN staff_since BIGINT;
ALTER TABLE auth_sessions ADD COLUMN staff_used_at BIGINT;
ALTER TABLE auth_sessions ADD COLUMN confirmed_at BIGINT;

-- 1 where the password was right and a code decided: what is wrong of those is cleared by a right code alone.
ALTER TABLE login_attempts ADD COLUMN with_code BIGINT NOT NULL DEFAULT 0
    CONSTRAINT login_attempts_with_code_flag CHECK (with_code IN (0, 1));
