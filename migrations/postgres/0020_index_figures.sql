-- What the desk reads. Of a day: who joined on it, and which purchases were paid for or undone on it.
CREATE INDEX users_day ON users ((created_at / 86400000));
CREATE INDEX purchase_history_status_time ON purchase_history (status, at);
-- What somebody who runs the club did lately.
CREATE INDEX audit_log_actor_time ON audit_log (actor, created_at);
-- What lists of purchases are filtered by, in their order.
DROP INDEX purchases_pending;
CREATE INDEX purchases_status ON purchases (status, number);
CREATE INDEX purchases_product ON purchases (product_id, number);
CREATE INDEX purchases_promo ON purchases (lower(promo_code), number);
CREATE INDEX purchases_time ON purchases (created_at, number);
