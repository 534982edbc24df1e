-- Who runs the club, and as what: several roles, as words with a blank between. `users.is_admin` is kept
-- for earlier builds that run beside this one; this one does not read it.
CREATE TABLE staff (
    user_id     INTEGER PRIMARY KEY REFERENCES users (id),
    roles       TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL
) STRICT;
INSERT INTO staff (user_id, roles, version, updated_at)
SELECT id, 'owner', 1, created_at FROM users WHERE is_admin = 1 AND deleted_at IS NULL;

-- Held by whoever changes who may act: roles, and bans of those who have any.
INSERT INTO club_values (name, value) VALUES ('staff', 'held by one at a time');
