-- Sittings that somebody left while their live channel was open, and the stake on the table.
ALTER TABLE play_sessions ADD COLUMN left_at BIGINT;
ALTER TABLE play_sessions ADD COLUMN stake_last BIGINT NOT NULL DEFAULT 0;
UPDATE play_sessions SET stake_last = COALESCE(
    (SELECT stake FROM hands WHERE hands.session_id = play_sessions.id AND hands.number = play_sessions.hands), 0);

-- History is read by time, of all games or of one.
DROP INDEX hands_user;
CREATE INDEX hands_user_time ON hands (user_id, created_at, id);
CREATE INDEX hands_user_game_time ON hands (user_id, game, created_at, id);
-- The leaderboards of a period, and the balance at the end of a day.
CREATE INDEX play_days_day ON play_days (day, game);
CREATE INDEX transfers_chain_time ON transfers (chain, created_at, seq);

-- All that a member ever played of a game, and of all of them in the row of 'all', which also says
-- which achievements are unlocked: so one statement a hand tells whether it met another one.
-- `games` has a bit for each game played.
CREATE TABLE play_totals (
    user_id                    BIGINT NOT NULL REFERENCES users (id),
    game                       TEXT    NOT NULL,
    hands                      BIGINT NOT NULL,
    wins                       BIGINT NOT NULL,
    staked                     BIGINT NOT NULL,
    won                        BIGINT NOT NULL,
    largest_win                BIGINT NOT NULL,
    multiplier_max_hundredths  BIGINT NOT NULL,
    streak_max                 BIGINT NOT NULL,
    games                      BIGINT NOT NULL,
    items                      BIGINT NOT NULL,
    legendaries                BIGINT NOT NULL,
    unlocked                   TEXT    NOT NULL,
    PRIMARY KEY (user_id, game)
);
CREATE INDEX play_totals_game ON play_totals (game);
INSERT INTO play_totals (user_id, game, hands, wins, staked, won, largest_win, multiplier_max_hundredths, streak_max,
    games, items, legendaries, unlocked)
SELECT user_id, game, SUM(hands), SUM(wins), SUM(staked), SUM(won), MAX(largest_win), MAX(multiplier_max_hundredths),
    MAX(streak_max), MAX(CASE game WHEN 'slot' THEN 1 WHEN 'rps' THEN 2 WHEN 'gacha' THEN 4 ELSE 8 END), 0, 0, ''
FROM play_days GROUP BY user_id, game;
UPDATE play_totals SET items = (SELECT COUNT(*) FROM inventory i WHERE i.user_id = play_totals.user_id),
    legendaries = (SELECT COALESCE(SUM(count), 0) FROM inventory i WHERE i.user_id = play_totals.user_id
        AND i.item IN ('frame_sun_and_moon', 'title_keeper_of_dawn', 'badge_golden_haetae', 'felt_dragon'))
WHERE game = 'gacha';
INSERT INTO play_totals (user_id, game, hands, wins, staked, won, largest_win, multiplier_max_hundredths, streak_max,
    games, items, legendaries, unlocked)
SELECT user_id, 'all', SUM(hands), SUM(wins), SUM(staked), SUM(won), MAX(largest_win), MAX(multiplier_max_hundredths),
    MAX(streak_max), SUM(games), SUM(items), SUM(legendaries), ''
FROM play_totals GROUP BY user_id;

-- What can be achieved: `kind` counts up to `threshold`, in one game or in all. A multiplier is in
-- hundredths. `place` is the order of the list.
CREATE TABLE achievements (
    code       TEXT    PRIMARY KEY,
    kind       TEXT    NOT NULL,
    game       TEXT,
    threshold  BIGINT NOT NULL,
    reward     BIGINT NOT NULL,
    place      BIGINT NOT NULL,
    CONSTRAINT achievements_threshold_positive CHECK (threshold > 0),
    CONSTRAINT achievements_reward_not_negative CHECK (reward >= 0)
);
INSERT INTO achievements (code, kind, game, threshold, reward, place) VALUES
    ('first_hand', 'hands', NULL, 1, 50, 1),
    ('first_win', 'wins', NULL, 1, 50, 2),
    ('hundred_hands', 'hands', NULL, 100, 200, 3),
    ('thousand_hands', 'hands', NULL, 1000, 1000, 4),
    ('all_games', 'games', NULL, 4, 400, 5),
    ('five_in_a_row', 'streak', NULL, 5, 250, 6),
    ('tenfold', 'multiplier', NULL, 1000, 300, 7),
    ('fiftyfold', 'multiplier', NULL, 5000, 1000, 8),
    ('big_night', 'largest_win', NULL, 10000, 500, 9),
    ('slot_regular', 'hands', 'slot', 200, 200, 10),
    ('mind_reader', 'streak', 'rps', 3, 150, 11),
    ('high_flyer', 'multiplier', 'crash', 1000, 500, 12),
    ('collector', 'items', NULL, 10, 200, 13),
    ('curator', 'items', NULL, 28, 2000, 14),
    ('legend', 'legendaries', NULL, 1, 500, 15);

CREATE TABLE achievement_unlocks (
    user_id      BIGINT NOT NULL REFERENCES users (id),
    code         TEXT    NOT NULL REFERENCES achievements (code),
    unlocked_at  BIGINT NOT NULL,
    claimed_at   BIGINT,
    PRIMARY KEY (user_id, code)
);
