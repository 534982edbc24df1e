//! How long a request takes to read: as the club reads it, and as serde alone would.

use std::hint::black_box;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use wire::shop::BuyRequest;
use wire::slot::SpinRequest;

use crate::measure::say;
use crate::spins;

/// How long each reads.
const MEASURE: Duration = Duration::from_secs(1);
/// How many are read between two looks at the clock.
const AT_A_TIME: u32 = 1_000;

/// All that is said of an item.
const PURCHASE: &str = r#"{"product_id":"consumable_fortune_cookie","quantity":3,"currency":"TOKENS","promo_code":"WELCOME","total_max":150}"#;

pub(crate) fn measure() {
    compare::<SpinRequest>("a spin", spins::BODY);
    compare::<BuyRequest>("a purchase", PURCHASE);
}

fn compare<T: DeserializeOwned>(what: &str, body: &str) {
    let body = body.as_bytes();
    let club = nanos(|| wire::read::json::<T>(black_box(body)).unwrap());
    let alone = nanos(|| serde_json::from_slice::<T>(black_box(body)).unwrap());
    say(
        &format!("reading {what}, {} bytes, one core", body.len()),
        &format!("{club:>9.0} ns   by serde alone {alone:>6.0} ns"),
    );
}

/// How long one reading takes.
fn nanos<T>(read: impl Fn() -> T) -> f64 {
    let start = Instant::now();
    let mut count = 0_u32;
    while start.elapsed() < MEASURE {
        for _ in 0..AT_A_TIME {
            black_box(read());
        }
        count += AT_A_TIME;
    }
    start.elapsed().as_secs_f64() * 1e9 / f64::from(count)
}
