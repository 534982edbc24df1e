-- Second factors (RFC 6238). The secret is sealed under a key that is not in here; the step of the newest
-- code that was taken only grows, so that a code counts once. Until it is confirmed it is good for ten minutes
-- and in the session in which it was begun.
CREATE TABLE second_factors (
    user_id       INTEGER PRIMARY KEY REFERENCES users (id),
    secret        BLOB    NOT NULL,
    confirmed_at  INTEGER,
    last_step     INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    session_id    TEXT    NOT NULL
) STRICT;

-- For whoever lost theirs: each once.
CREATE TABLE recovery_codes (
    user_id  INTEGER NOT NULL REFERENCES users (id),
    hash     BLOB    NOT NULL,
    used_at  INTEGER,
    PRIMARY KEY (user_id, hash),
    CONSTRAINT recovery_codes_hash_whole CHECK (length(hash) = 32)
) STRICT;

-- A session that was opened at the door of staff: since when it is one of theirs, when a call of staff's was
-- noted last, and when its member showed last who they are.
ALTER TABLE auth_sessions ADD COLUMN staff_since INTEGER;
ALTER TABLE auth_sessions ADD COLUMN staff_used_at INTEGER;
ALTER TABLE auth_sessions ADD COLUMN confirmed_at INTEGER;

-- 1 where the password was right and a code decided: what is wrong of those is cleared by a right code alone.
ALTER TABLE login_attempts ADD COLUMN with_code INTEGER NOT NULL DEFAULT 0
    CONSTRAINT login_attempts_with_code_flag CHECK (with_code IN (0, 1));
