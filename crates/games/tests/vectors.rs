//! The native half of the shared vectors; `vectors.mjs` is the wasm half.

#[path = "vectors/digest.rs"]
mod digest;
#[path = "vectors/series.rs"]
mod series;

#[test]
fn the_native_digest_is_the_committed_one() {
    let committed = include_str!("vectors.sha256").trim();
    let digest = hex::encode(digest::digest());
    assert_eq!(digest, committed);
    println!("{} vectors, sha256 {digest}, equal", digest::VECTORS);
}
