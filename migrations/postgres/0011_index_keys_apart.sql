-- Whoever bears the name of an older member has a key apart, which begins with a space: it is looked
-- for when the older one gives the name up.
CREATE INDEX users_key_apart ON users (id, nickname_key) WHERE substr(nickname_key, 1, 1) = ' ';
