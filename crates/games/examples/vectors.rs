//! The digest of the shared vectors for `tests/vectors.mjs`, which loads this as plain wasm.

use std::sync::OnceLock;

#[path = "../tests/vectors/digest.rs"]
mod digest;
#[path = "../tests/vectors/series.rs"]
mod series;

/// Byte `index` of the digest, 0 to 31; 256 beyond, which is no byte.
#[expect(
    unsafe_code,
    reason = "without its plain name node cannot find the export; no other symbol has it"
)]
#[unsafe(no_mangle)]
pub extern "C" fn digest_byte(index: u32) -> u32 {
    static DIGEST: OnceLock<[u8; 32]> = OnceLock::new();
    let digest = DIGEST.get_or_init(digest::digest);
    usize::try_from(index)
        .ok()
        .and_then(|index| digest.get(index))
        .map_or(256, |byte| u32::from(*byte))
}

/// How many vectors the digest is over.
#[expect(
    unsafe_code,
    reason = "without its plain name node cannot find the export; no other symbol has it"
)]
#[unsafe(no_mangle)]
pub extern "C" fn vectors() -> u32 {
    digest::VECTORS
}
