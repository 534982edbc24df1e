-- What staff asked for that goes beyond what one of them does alone in a day: it waits for somebody else to
-- grant it. What was asked is kept as it was parsed, with its key and what it was to do then.
CREATE TABLE approvals (
    id             INTEGER PRIMARY KEY,
    actor          INTEGER NOT NULL REFERENCES users (id),
    action         TEXT    NOT NULL,
    subject        TEXT    NOT NULL,
    reason         TEXT,
    request        TEXT    NOT NULL,
    operation_key  TEXT,
    preview        TEXT    NOT NULL,
    state          TEXT    NOT NULL,
    created_at     INTEGER NOT NULL,
    expires_at     INTEGER NOT NULL,
    decided_by     INTEGER REFERENCES users (id),
    decided_at     INTEGER,
    result         TEXT
) STRICT;
CREATE INDEX approvals_state ON approvals (state, id);
-- A key is bound to what it asked for until that is over.
CREATE UNIQUE INDEX approvals_key ON approvals (actor, action, operation_key) WHERE state IN ('waiting', 'granted');

-- What each member of staff did alone on the newest UTC day on which they did something that counts.
CREATE TABLE staff_days (
    actor    INTEGER PRIMARY KEY REFERENCES users (id),
    day      INTEGER NOT NULL,
    members  INTEGER NOT NULL,
    tokens   INTEGER NOT NULL
) STRICT;
