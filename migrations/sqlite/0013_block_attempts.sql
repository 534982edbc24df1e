-- The IPv6 /48 of an attempt, which one customer may have whole; none of another address.
ALTER TABLE login_attempts ADD COLUMN block TEXT;
CREATE INDEX login_attempts_block ON login_attempts (block, outcome, created_at) WHERE block IS NOT NULL;
