//! What the services are told about paying.

use backend::settings::PaymentSettings;
use secrecy::SecretString;

use super::Environment;
use super::reader::Reader;
use super::services::long_enough;
use super::table::{self, Setting};
use crate::sandbox::Mode;

/// What the brakes' names say.
const FIVE_MINUTES_SECS: i64 = 5 * 60;
const HOUR_SECS: i64 = 60 * 60;
/// More than that is no brake.
const BRAKE_MAX: i64 = 1_000_000;

/// Who takes money, if anybody does: in front of members nobody who could be listened to.
pub(super) fn gateway_url(reader: &mut Reader<'_>) -> Option<Option<SecretString>> {
    let schemes: &[&str] = match reader.environment {
        Environment::Production => &["https"],
        Environment::Development | Environment::Test => &["https", "http"],
    };
    reader.optional_url(&table::PAYMENT_GATEWAY_URL, schemes)
}

/// What they are shown.
pub(super) fn gateway_key(reader: &mut Reader<'_>) -> Option<SecretString> {
    beside_gateway(reader, &table::PAYMENT_GATEWAY_KEY)
}

/// A secret that the club and the gateway share.
fn beside_gateway(reader: &mut Reader<'_>, setting: &Setting) -> Option<SecretString> {
    if reader.is_given(&table::PAYMENT_GATEWAY_URL) && !reader.is_given(setting) {
        reader.mistake(setting, "is required beside PAYMENT_GATEWAY_URL");
    }
    reader.secret(setting, long_enough)
}

pub(super) fn payment(reader: &mut Reader<'_>) -> Option<PaymentSettings> {
    let purchases_max = reader.int(&table::PURCHASES_IN_FIVE_MINUTES, 0..=BRAKE_MAX);
    let declines_max = reader.int(&table::DECLINED_CARDS_IN_AN_HOUR, 0..=BRAKE_MAX);
    let webhook_secret = beside_gateway(reader, &table::PAYMENT_WEBHOOK_SECRET);
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
