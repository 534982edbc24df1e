-- Where a member stands with the machine: pulls since the last epic or better, and the rarities of
-- the last ten pulls. Only the next pull asks; each hand keeps where it started from.
CREATE TABLE gacha_states (
    user_id      BIGINT PRIMARY KEY REFERENCES users (id),
    state        TEXT    NOT NULL,
    pulls        BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL,
    CONSTRAINT gacha_states_pulls_not_negative CHECK (pulls >= 0)
);

-- What a member owns, by item code.
CREATE TABLE inventory (
    user_id     BIGINT NOT NULL REFERENCES users (id),
    item        TEXT    NOT NULL,
    count       BIGINT NOT NULL,
    first_at    BIGINT NOT NULL,
    last_at     BIGINT NOT NULL,
    PRIMARY KEY (user_id, item),
    CONSTRAINT inventory_count_positive CHECK (count > 0)
);
