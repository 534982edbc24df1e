-- What members are searched, filtered and sorted by, in the order in which they joined: a list reads this
-- and not their rows, which are several times as large. Balances are not in it, and have no index: each
-- hand would have to write it.
CREATE INDEX users_listed ON users (id, site_id_key, nickname_key, phone_number, rank, banned_at, banned_until,
    deleted_at, created_at, last_login_at);
CREATE INDEX users_last_login ON users (last_login_at, id);
-- What staff did to somebody by time.
CREATE INDEX audit_log_subject_time ON audit_log (subject, created_at, seq);
-- The sign-ins of a member by time.
CREATE INDEX login_attempts_user ON login_attempts (user_id, created_at, id) WHERE user_id IS NOT NULL;
