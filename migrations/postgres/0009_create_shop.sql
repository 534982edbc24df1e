-- Everything that can be owned, by code. `experience` is what using one up gives; what is worn gives none.
CREATE TABLE items (
    code        TEXT    PRIMARY KEY,
    kind        TEXT    NOT NULL,
    rarity      TEXT    NOT NULL,
    experience  BIGINT  NOT NULL,
    CONSTRAINT items_kind_known CHECK (kind IN ('frame', 'title', 'badge', 'felt', 'consumable')),
    CONSTRAINT items_rarity_known CHECK (rarity IN ('common', 'rare', 'epic', 'legendary')),
    CONSTRAINT items_only_consumables_work CHECK (experience >= 0 AND (kind = 'consumable' OR experience = 0))
);
INSERT INTO items (code, kind, rarity, experience) VALUES
    ('frame_walnut', 'frame', 'common', 0),
    ('frame_brass', 'frame', 'common', 0),
    ('frame_slate', 'frame', 'common', 0),
    ('title_newcomer', 'title', 'common', 0),
    ('title_regular', 'title', 'common', 0),
    ('title_night_owl', 'title', 'common', 0),
    ('badge_clover', 'badge', 'common', 0),
    ('badge_paper_crane', 'badge', 'common', 0),
    ('felt_moss', 'felt', 'common', 0),
    ('felt_navy', 'felt', 'common', 0),
    ('frame_moonlit', 'frame', 'rare', 0),
    ('frame_coral', 'frame', 'rare', 0),
    ('title_lamplighter', 'title', 'rare', 0),
    ('title_quick_wit', 'title', 'rare', 0),
    ('badge_fox', 'badge', 'rare', 0),
    ('badge_comet', 'badge', 'rare', 0),
    ('felt_plum_velvet', 'felt', 'rare', 0),
    ('felt_rainy_night', 'felt', 'rare', 0),
    ('frame_aurora', 'frame', 'epic', 0),
    ('frame_clockwork', 'frame', 'epic', 0),
    ('title_star_reader', 'title', 'epic', 0),
    ('title_moon_rabbit', 'title', 'epic', 0),
    ('badge_phoenix', 'badge', 'epic', 0),
    ('felt_milky_way', 'felt', 'epic', 0),
    ('frame_sun_and_moon', 'frame', 'legendary', 0),
    ('title_keeper_of_dawn', 'title', 'legendary', 0),
    ('badge_golden_haetae', 'badge', 'legendary', 0),
    ('felt_dragon', 'felt', 'legendary', 0),
    ('frame_neon', 'frame', 'rare', 0),
    ('frame_cherry_blossom', 'frame', 'epic', 0),
    ('title_high_roller', 'title', 'rare', 0),
    ('title_lucky_star', 'title', 'common', 0),
    ('badge_diamond', 'badge', 'epic', 0),
    ('badge_rocket', 'badge', 'rare', 0),
    ('felt_midnight', 'felt', 'common', 0),
    ('felt_ruby', 'felt', 'rare', 0),
    ('consumable_fortune_cookie', 'consumable', 'common', 100),
    ('consumable_training_scroll', 'consumable', 'rare', 500),
    ('frame_founder', 'frame', 'epic', 0),
    ('badge_lantern_festival', 'badge', 'epic', 0),
    ('title_grand_opening', 'title', 'legendary', 0);

-- What a member wears: one item of each kind.
CREATE TABLE equipment (
    user_id  BIGINT  NOT NULL REFERENCES users (id),
    kind     TEXT    NOT NULL,
    item     TEXT    NOT NULL REFERENCES items (code),
    PRIMARY KEY (user_id, kind),
    CONSTRAINT equipment_kind_worn CHECK (kind IN ('frame', 'title', 'badge', 'felt'))
);

-- What is always sold: tokens for money, items for tokens. Amounts are in minor units.
CREATE TABLE products (
    id            TEXT    PRIMARY KEY,
    kind          TEXT    NOT NULL,
    tokens        BIGINT  NOT NULL,
    item          TEXT    REFERENCES items (code),
    price_krw     BIGINT,
    price_usd     BIGINT,
    price_tokens  BIGINT,
    place         BIGINT  NOT NULL,
    is_active     BIGINT  NOT NULL,
    CONSTRAINT products_kind_whole CHECK (
        (kind = 'tokens' AND tokens > 0 AND item IS NULL AND price_tokens IS NULL
            AND (price_krw IS NOT NULL OR price_usd IS NOT NULL))
        OR (kind = 'item' AND tokens = 0 AND item IS NOT NULL AND price_tokens IS NOT NULL
            AND price_krw IS NULL AND price_usd IS NULL)
    ),
    CONSTRAINT products_prices_not_negative CHECK (
        COALESCE(price_krw, 0) >= 0 AND COALESCE(price_usd, 0) >= 0 AND COALESCE(price_tokens, 0) >= 0
    ),
    CONSTRAINT products_is_active_flag CHECK (is_active IN (0, 1))
);

-- A reduction is a part in a hundred, or an amount of a currency.
CREATE TABLE discounts (
    code           TEXT    PRIMARY KEY,
    product_id     TEXT    NOT NULL REFERENCES products (id),
    percent        BIGINT,
    flat_amount    BIGINT,
    flat_currency  TEXT,
    starts_at      BIGINT,
    ends_at        BIGINT,
    is_active      BIGINT  NOT NULL,
    CONSTRAINT discounts_reduction_whole CHECK (
        (percent IS NOT NULL AND percent BETWEEN 1 AND 100 AND flat_amount IS NULL AND flat_currency IS NULL)
        OR (percent IS NULL AND flat_amount IS NOT NULL AND flat_amount > 0 AND flat_currency IS NOT NULL
            AND flat_currency IN ('KRW', 'USD', 'TOKENS'))
    ),
    CONSTRAINT discounts_is_active_flag CHECK (is_active IN (0, 1))
);
CREATE INDEX discounts_product ON discounts (product_id, code);

-- What there is only so much of. `items` is a list of codes and counts.
CREATE TABLE limited_packages (
    id            TEXT    PRIMARY KEY,
    price         BIGINT  NOT NULL,
    tokens        BIGINT  NOT NULL,
    items         TEXT    NOT NULL,
    stock         BIGINT  NOT NULL,
    remaining     BIGINT  NOT NULL,
    member_limit  BIGINT  NOT NULL,
    starts_at     BIGINT,
    ends_at       BIGINT,
    place         BIGINT  NOT NULL,
    is_active     BIGINT  NOT NULL,
    CONSTRAINT limited_packages_price_not_negative CHECK (price >= 0),
    CONSTRAINT limited_packages_tokens_not_negative CHECK (tokens >= 0),
    CONSTRAINT limited_packages_remaining_within_stock CHECK (remaining >= 0 AND remaining <= stock),
    CONSTRAINT limited_packages_member_limit_positive CHECK (member_limit > 0),
    CONSTRAINT limited_packages_is_active_flag CHECK (is_active IN (0, 1))
);

-- How many of a package a member has; `allowed` is the limit under which the last one was bought.
CREATE TABLE package_counts (
    user_id     BIGINT  NOT NULL REFERENCES users (id),
    package_id  TEXT    NOT NULL REFERENCES limited_packages (id),
    count       BIGINT  NOT NULL,
    allowed     BIGINT  NOT NULL,
    PRIMARY KEY (user_id, package_id),
    CONSTRAINT package_counts_within_allowed CHECK (count >= 0 AND count <= allowed)
);

CREATE TABLE promo_codes (
    code           TEXT    PRIMARY KEY,
    percent        BIGINT,
    flat_amount    BIGINT,
    flat_currency  TEXT,
    package_id     TEXT    REFERENCES limited_packages (id),
    starts_at      BIGINT,
    ends_at        BIGINT,
    max_uses       BIGINT,
    uses           BIGINT  NOT NULL,
    is_active      BIGINT  NOT NULL,
    CONSTRAINT promo_codes_reduction_whole CHECK (
        (percent IS NOT NULL AND percent BETWEEN 1 AND 100 AND flat_amount IS NULL AND flat_currency IS NULL)
        OR (percent IS NULL AND flat_amount IS NOT NULL AND flat_amount > 0 AND flat_currency IS NOT NULL
            AND flat_currency IN ('KRW', 'USD', 'TOKENS'))
    ),
    CONSTRAINT promo_codes_uses_within_max CHECK (uses >= 0 AND (max_uses IS NULL OR uses <= max_uses)),
    CONSTRAINT promo_codes_is_active_flag CHECK (is_active IN (0, 1))
);

-- A purchase and its receipt, whose number is the row's. `id` is the reference at the gateway;
-- `refund_due` says that the gateway still has to give money back.
CREATE TABLE purchases (
    number          BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    id              TEXT    NOT NULL,
    user_id         BIGINT  NOT NULL REFERENCES users (id),
    kind            TEXT    NOT NULL,
    product_id      TEXT    NOT NULL,
    quantity        BIGINT  NOT NULL,
    tokens          BIGINT  NOT NULL,
    items           TEXT    NOT NULL,
    currency        TEXT    NOT NULL,
    list_total      BIGINT  NOT NULL,
    applied         TEXT    NOT NULL,
    total           BIGINT  NOT NULL,
    promo_code      TEXT,
    payment_method  TEXT,
    operation_key   TEXT,
    status          TEXT    NOT NULL,
    created_at      BIGINT  NOT NULL,
    settled_at      BIGINT,
    refund_due      BIGINT  NOT NULL,
    CONSTRAINT purchases_id_key UNIQUE (id),
    CONSTRAINT purchases_kind_known CHECK (kind IN ('tokens', 'item', 'package')),
    CONSTRAINT purchases_status_known CHECK (status IN ('pending', 'captured', 'declined', 'voided', 'refunded')),
    CONSTRAINT purchases_currency_known CHECK (currency IN ('KRW', 'USD', 'TOKENS')),
    CONSTRAINT purchases_quantity_in_range CHECK (quantity BETWEEN 1 AND 99),
    CONSTRAINT purchases_total_in_range CHECK (total >= 0 AND total <= list_total),
    CONSTRAINT purchases_pending_is_unsettled CHECK ((status = 'pending') = (settled_at IS NULL)),
    CONSTRAINT purchases_refund_due_flag CHECK (refund_due IN (0, 1))
);
CREATE INDEX purchases_user ON purchases (user_id, number);
CREATE INDEX purchases_user_time ON purchases (user_id, created_at);
CREATE INDEX purchases_user_declined ON purchases (user_id, settled_at) WHERE status = 'declined';
CREATE INDEX purchases_pending ON purchases (number) WHERE status = 'pending';
CREATE INDEX purchases_refund_due ON purchases (number) WHERE refund_due = 1;

-- How a purchase stood from when on, each time signed as a whole.
CREATE TABLE purchase_history (
    purchase   BIGINT  NOT NULL REFERENCES purchases (number),
    seq        BIGINT  NOT NULL,
    status     TEXT    NOT NULL,
    at         BIGINT  NOT NULL,
    signature  BYTEA   NOT NULL,
    PRIMARY KEY (purchase, seq)
);

-- What the gateway told: a nonce is kept for as long as a message may be old, an event for 30 days.
CREATE TABLE webhook_nonces (
    nonce    TEXT    PRIMARY KEY,
    seen_at  BIGINT  NOT NULL
);
CREATE INDEX webhook_nonces_seen ON webhook_nonces (seen_at);
CREATE TABLE webhook_events (
    event_id  TEXT    PRIMARY KEY,
    seen_at   BIGINT  NOT NULL
);
CREATE INDEX webhook_events_seen ON webhook_events (seen_at);

-- What staff did, and what they were refused.
CREATE TABLE audit (
    id            BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    actor         BIGINT  NOT NULL REFERENCES users (id),
    action        TEXT    NOT NULL,
    subject       TEXT    NOT NULL,
    state_before  TEXT,
    state_after   TEXT,
    outcome       TEXT    NOT NULL,
    created_at    BIGINT  NOT NULL
);
CREATE INDEX audit_time ON audit (created_at);

INSERT INTO products (id, kind, tokens, item, price_krw, price_usd, price_tokens, place, is_active) VALUES
    ('tokens_1000', 'tokens', 1000, NULL, 1200, 99, NULL, 1, 1),
    ('tokens_5500', 'tokens', 5500, NULL, 5900, 499, NULL, 2, 1),
    ('tokens_12000', 'tokens', 12000, NULL, 12000, 999, NULL, 3, 1),
    ('tokens_65000', 'tokens', 65000, NULL, 59000, 4999, NULL, 4, 1),
    ('title_lucky_star', 'item', 0, 'title_lucky_star', NULL, NULL, 300, 10, 1),
    ('title_high_roller', 'item', 0, 'title_high_roller', NULL, NULL, 900, 11, 1),
    ('frame_neon', 'item', 0, 'frame_neon', NULL, NULL, 1200, 12, 1),
    ('frame_cherry_blossom', 'item', 0, 'frame_cherry_blossom', NULL, NULL, 4000, 13, 1),
    ('badge_rocket', 'item', 0, 'badge_rocket', NULL, NULL, 800, 14, 1),
    ('badge_diamond', 'item', 0, 'badge_diamond', NULL, NULL, 5000, 15, 1),
    ('felt_midnight', 'item', 0, 'felt_midnight', NULL, NULL, 500, 16, 1),
    ('felt_ruby', 'item', 0, 'felt_ruby', NULL, NULL, 1500, 17, 1),
    ('consumable_fortune_cookie', 'item', 0, 'consumable_fortune_cookie', NULL, NULL, 100, 20, 1),
    ('consumable_training_scroll', 'item', 0, 'consumable_training_scroll', NULL, NULL, 400, 21, 1);

INSERT INTO discounts (code, product_id, percent, flat_amount, flat_currency, starts_at, ends_at, is_active) VALUES
    ('opening_neon', 'frame_neon', 20, NULL, NULL, NULL, NULL, 1),
    ('opening_felt', 'felt_ruby', NULL, 300, 'TOKENS', NULL, NULL, 1),
    ('first_pack', 'tokens_5500', 10, NULL, NULL, NULL, NULL, 1);

-- 1893456000000 is the first instant of 2030.
INSERT INTO limited_packages (id, price, tokens, items, stock, remaining, member_limit, starts_at, ends_at, place, is_active) VALUES
    ('welcome_bundle', 500, 200,
        '[{"code":"frame_founder","count":1},{"code":"consumable_fortune_cookie","count":3}]', 1000, 1000, 1, NULL, NULL, 1, 1),
    ('lantern_festival', 800, 0,
        '[{"code":"badge_lantern_festival","count":1},{"code":"consumable_training_scroll","count":1}]', 200, 200, 2, NULL, 1893456000000, 2, 1),
    ('grand_opening', 3000, 500,
        '[{"code":"title_grand_opening","count":1},{"code":"felt_ruby","count":1}]', 50, 50, 1, NULL, 1893456000000, 3, 1);

INSERT INTO promo_codes (code, percent, flat_amount, flat_currency, package_id, starts_at, ends_at, max_uses, uses, is_active) VALUES
    ('WELCOME10', 10, NULL, NULL, NULL, NULL, NULL, NULL, 0, 1),
    ('LANTERN300', NULL, 300, 'TOKENS', 'lantern_festival', NULL, NULL, 100, 0, 1),
    ('WON1000', NULL, 1000, 'KRW', NULL, NULL, NULL, 1000, 0, 1);

-- Append-only, held by the engine.
CREATE TRIGGER purchase_history_no_update BEFORE UPDATE ON purchase_history FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER purchase_history_no_delete BEFORE DELETE ON purchase_history FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER purchase_history_no_truncate BEFORE TRUNCATE ON purchase_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
