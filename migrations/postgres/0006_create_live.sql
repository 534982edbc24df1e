-- The logs of the live channel: one a member, numbered without gaps. The row of a log is what a
-- transaction that writes to it locks, so that numbers become visible in their order.
CREATE TABLE live_logs (
    user_id     BIGINT  PRIMARY KEY REFERENCES users (id),
    last_id     BIGINT  NOT NULL,
    updated_at  BIGINT  NOT NULL,
    CONSTRAINT live_logs_last_id_not_negative CHECK (last_id >= 0)
);
-- Who grew of late; what one process wrote is found by the others here when nothing told them.
CREATE INDEX live_logs_updated ON live_logs (updated_at);

CREATE TABLE live_events (
    user_id     BIGINT  NOT NULL REFERENCES users (id),
    id          BIGINT  NOT NULL,
    topic       TEXT    NOT NULL,
    priority    TEXT    NOT NULL,
    notice      TEXT    NOT NULL,
    created_at  BIGINT  NOT NULL,
    read_at     BIGINT ,
    PRIMARY KEY (user_id, id)
);
CREATE INDEX live_events_unread ON live_events (user_id) WHERE read_at IS NULL;
CREATE INDEX live_events_created ON live_events (created_at);

-- What is said to everyone. A job writes it into the members' logs in the order of their ids;
-- those up to `told_until` have it, and those who joined after it do not.
CREATE TABLE broadcasts (
    id          TEXT    PRIMARY KEY,
    notice      TEXT    NOT NULL,
    created_at  BIGINT  NOT NULL,
    told_until  BIGINT  NOT NULL,
    done_at     BIGINT 
);
CREATE INDEX broadcasts_open ON broadcasts (id) WHERE done_at IS NULL;
-- Who was told before their turn, because they were connected.
CREATE TABLE broadcast_told (
    broadcast_id  TEXT    NOT NULL REFERENCES broadcasts (id),
    user_id       BIGINT  NOT NULL REFERENCES users (id),
    PRIMARY KEY (broadcast_id, user_id)
);
