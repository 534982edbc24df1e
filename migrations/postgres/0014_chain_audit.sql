-- What staff did, and what they were refused, in one hash chain. Personal values and free text stand
-- apart, each under a salt, so that they can be taken away and the chain still holds. Rows of `audit`,
-- which earlier builds write, are sealed into it at the next start.
CREATE TABLE audit_log (
    seq           BIGINT  PRIMARY KEY,
    actor         BIGINT  REFERENCES users (id),
    roles         TEXT    NOT NULL,
    action        TEXT    NOT NULL,
    subject       TEXT    NOT NULL,
    outcome       TEXT    NOT NULL,
    request_id    TEXT    NOT NULL,
    created_at    BIGINT  NOT NULL,
    reason        BYTEA,
    state_before  BYTEA,
    state_after   BYTEA,
    address       BYTEA,
    prev          BYTEA   NOT NULL,
    hash          BYTEA   NOT NULL,
    CONSTRAINT audit_log_seq_counts CHECK (seq > 0)
);
CREATE INDEX audit_log_actor ON audit_log (actor, seq);
CREATE INDEX audit_log_action ON audit_log (action, seq);
CREATE INDEX audit_log_subject ON audit_log (subject, seq);
CREATE INDEX audit_log_outcome ON audit_log (outcome, seq);

CREATE TABLE audit_personal (
    seq    BIGINT  NOT NULL REFERENCES audit_log (seq),
    field  TEXT    NOT NULL,
    salt   BYTEA   NOT NULL,
    value  TEXT    NOT NULL,
    PRIMARY KEY (seq, field),
    CONSTRAINT audit_personal_field_known CHECK (field IN ('reason', 'state_before', 'state_after', 'address')),
    CONSTRAINT audit_personal_salt_whole CHECK (length(salt) = 32)
);

-- Where the chain stands: one row.
CREATE TABLE audit_head (
    id    BIGINT  PRIMARY KEY,
    seq   BIGINT  NOT NULL,
    hash  BYTEA   NOT NULL,
    CONSTRAINT audit_head_alone CHECK (id = 1)
);
INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, decode(repeat('00', 32), 'hex'));

-- Calls of staff's that members made: one row a member, path and minute, in no chain.
CREATE TABLE audit_strangers (
    user_id  BIGINT  NOT NULL REFERENCES users (id),
    path     TEXT    NOT NULL,
    minute   BIGINT  NOT NULL,
    calls    BIGINT  NOT NULL,
    PRIMARY KEY (minute, user_id, path)
);

CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_personal_no_update BEFORE UPDATE ON audit_personal FOR EACH ROW EXECUTE FUNCTION refuse_change();
