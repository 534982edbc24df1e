//! One digest over many outcomes, from the same source natively and under wasm32.

use economy::Tokens;
use games::slot::{Bet, Lines, settle};
use games::{ClientSeed, Draws, ServerSeed};
use sha2::{Digest, Sha256};

/// How many outcomes are folded into the digest.
pub(crate) const VECTORS: u32 = 100_000;

/// SHA-256 over the outcomes of all vectors, each as one line of JSON.
pub(crate) fn digest() -> [u8; 32] {
    let mut lines = Sha256::new();
    for index in 0..VECTORS {
        lines.update(line(index));
        lines.update(b"\n");
    }
    lines.finalize().into()
}

/// The outcome of one vector; everything it depends on follows from its number.
fn line(index: u32) -> Vec<u8> {
    let part = |n: u32| index.checked_rem(n).expect("not zero");
    let pair = index.checked_div(1_000).expect("not zero");
    let server_seed = ServerSeed(Sha256::digest(format!("vector:{pair}")).into());
    let client_seed =
        ClientSeed::parse(format!("member-{}", part(97))).expect("visible characters");
    let lines = part(5).saturating_add(1);
    let line_stake = index
        .saturating_mul(7)
        .checked_rem(1_991)
        .expect("not zero")
        .saturating_add(10);
    let stake = Tokens::from_u32(line_stake.saturating_mul(lines));
    let bet = Bet::new(stake, Lines::new(lines.into()).expect("1 to 5"))
        .expect("10 to 10,000, and divides");
    let mut draws = Draws::new(&server_seed, &client_seed, index.into());
    serde_json::to_vec(&settle(bet, &mut draws)).expect("an outcome is plain data")
}
