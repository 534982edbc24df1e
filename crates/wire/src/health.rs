//! Whether the club is up, and on what it runs.

use serde::{Deserialize, Serialize};

/// The club's health.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Health {
    /// `healthy`, or `unhealthy` when the database is unreachable.
    pub status: String,
    /// The version of the binary.
    pub version: String,
    /// What serves each concern.
    pub engines: Engines,
}

/// What serves each concern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Engines {
    /// `sqlite` or `postgres`.
    pub database: String,
    /// `in-process` or `redis`.
    pub sessions: String,
    /// `in-process` or `kafka`.
    pub stream: String,
}
