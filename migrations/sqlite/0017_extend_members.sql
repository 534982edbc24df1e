-- Another number whenever staff or the member change what staff may edit: a form is sent back with the one
-- that it was filled in from.
ALTER TABLE users ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
-- Failures that staff forgave lock the site id no more.
ALTER TABLE login_attempts ADD COLUMN forgiven_at INTEGER;
-- What staff note of a member.
CREATE TABLE member_notes (
    id          INTEGER PRIMARY KEY,
    user_id     INTEGER NOT NULL REFERENCES users (id),
    author      INTEGER NOT NULL REFERENCES users (id),
    note        TEXT    NOT NULL,
    created_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX member_notes_user ON member_notes (user_id, created_at, id);
