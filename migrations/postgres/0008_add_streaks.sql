-- The wins in a row stand with the totals too, so that one statement a hand counts both.
ALTER TABLE play_totals ADD COLUMN streak BIGINT NOT NULL DEFAULT 0;
UPDATE play_totals SET streak = COALESCE((SELECT d.streak FROM play_days d
    WHERE d.user_id = play_totals.user_id AND d.game = play_totals.game ORDER BY d.day DESC LIMIT 1), 0);
