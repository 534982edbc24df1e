-- When members asked for another phone number, which tells whether it is taken; a day of it is kept.
CREATE TABLE phone_tries (
    id          INTEGER PRIMARY KEY,
    user_id     INTEGER NOT NULL REFERENCES users (id),
    created_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX phone_tries_user ON phone_tries (user_id, created_at);
