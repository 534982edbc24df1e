//! What the services are told about paying.

use backend::settings::PaymentSettings;
use secrecy::SecretString;

use super::reader::Reader;
use super::services::long_enough;
use super::{Environment, table};
use crate::sandbox::Mode;

/// What the brakes' names say.
const FIVE_MINUTES_SECS: i64 = 5 * 60;
const HOUR_SECS: i64 = 60 * 60;
/// More than that is no brake.
const BRAKE_MAX: i64 = 1_000_000;

/// Who takes money, if anybody does.
pub(super) fn gateway_url(reader: &mut Reader<'_>) -> Option<Option<SecretString>> {
    reader.optional_url(&table::PAYMENT_GATEWAY_URL, &["https", "http"])
}

pub(super) fn payment(reader: &mut Reader<'_>) -> Option<PaymentSettings> {
    let purchases_max = reader.int(&table::PURCHASES_IN_FIVE_MINUTES, 0..=BRAKE_MAX);
    let declines_max = reader.int(&table::DECLINED_CARDS_IN_AN_HOUR, 0..=BRAKE_MAX);
    let webhook_secret = reader.secret(&table::PAYMENT_WEBHOOK_SECRET, long_enough);
    let is_alone = reader.is_given(&table::PAYMENT_GATEWAY_URL)
        && !reader.is_given(&table::PAYMENT_WEBHOOK_SECRET);
    if is_alone && reader.environment == Environment::Production {
        let what = "is required in production beside PAYMENT_GATEWAY_URL";
        reader.mistake(&table::PAYMENT_WEBHOOK_SECRET, what);
    }
    Some(PaymentSettings {
        webhook_secret,
        purchases_max: purchases_max?,
        purchases_window_secs: FIVE_MINUTES_SECS,
        declines_max: declines_max?,
        declines_window_secs: HOUR_SECS,
    })
}

/// How the server's own sandbox answers.
pub(super) fn mode(reader: &mut Reader<'_>) -> Option<Mode> {
    reader.parse(&table::PAYMENT_GATEWAY_MODE, Mode::parse)
}
