//! The Redis of the tests, which they share.

/// Its address, `redis://host`.
#[expect(
    clippy::disallowed_methods,
    reason = "tests are told by the environment where Redis is"
)]
#[must_use]
pub fn url() -> String {
    std::env::var("TEST_REDIS_URL").unwrap_or_else(|_| "redis://127.0.0.1:6379".to_owned())
}
