//! TLS, for whatever is asked over a network: rustls with `ring`, and whom the system trusts.
//!
//! PostgreSQL (`?sslmode=verify-full`) and Redis (`rediss://`) bring it with them. What asks over HTTP
//! gets its client here.

use std::iter;

use reqwest::{Certificate, Client, ClientBuilder};

/// A client for addresses that begin with this one, to be set up further.
pub fn client(address: &str) -> ClientBuilder {
    // Whoever installed one before installed the same: this build has no other.
    _ = rustls::crypto::ring::default_provider().install_default();
    let builder = Client::builder();
    if address.starts_with("https:") {
        builder
    } else {
        // Nobody is trusted where nobody shows a certificate, and a machine need not have any.
        builder.tls_certs_only(iter::empty::<Certificate>())
    }
}
