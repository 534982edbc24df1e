-- What the desk counts of a day: who joined on it, and which purchases were paid for or undone on it.
CREATE INDEX users_day ON users ((created_at / 86400000));
CREATE INDEX purchase_history_status_time ON purchase_history (status, at);
