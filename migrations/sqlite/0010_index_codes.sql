-- Codes are compared without case by whoever types them.
CREATE INDEX invite_codes_any_case ON invite_codes (lower(code));
CREATE INDEX promo_codes_any_case ON promo_codes (lower(code));
