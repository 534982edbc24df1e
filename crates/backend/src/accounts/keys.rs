//! The two tokens of a session: a signed one that speaks for a while, an opaque one that renews it.

use std::iter;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use economy::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use wire::user::Rank;
use wire::{SessionId, UserId};

use super::Person;
use crate::settings::AuthSettings;
use crate::{Claimed, Core, Error, Result};

/// Separates the key of refresh tokens from that of access tokens, which is the secret itself.
const REFRESH_KEY_LABEL: &[u8] = b"casino-club refresh token v1";
/// Who makes access tokens, and whom they are for: this club alone.
const CLUB: &str = "casino-club";
/// No access token of ours is longer; what is, is not worth decoding.
const ACCESS_TOKEN_MAX_BYTES: usize = 2_048;
/// 32 bytes in base64url without padding.
const REFRESH_TOKEN_CHARS: usize = 43;

/// What an access token says (RFC 7519).
#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: String,
    sid: SessionId,
    rank: Rank,
    admin: bool,
    iat: i64,
    exp: i64,
    jti: String,
}

/// Makes and reads tokens.
pub(crate) struct Keys {
    encoding: EncodingKey,
    /// Of the secret in force, and of the one before it.
    decoding: Vec<DecodingKey>,
    validation: Validation,
    refresh_key: [u8; 32],
    previous_refresh_key: Option<[u8; 32]>,
    access_ttl_secs: i64,
}

impl Keys {
    pub(crate) fn new(settings: &AuthSettings) -> Self {
        let secret = settings.secret.expose_secret().as_bytes();
        let previous = settings.previous_secret.as_ref();
        let previous = previous.map(|secret| secret.expose_secret().as_bytes());
        let secrets = iter::once(secret).chain(previous);
        let refresh_key = |secret: &[u8]| keyed(secret, &[REFRESH_KEY_LABEL]);
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[CLUB]);
        validation.set_audience(&[CLUB]);
        validation.set_required_spec_claims(&["iss", "aud"]);
        // The library would ask the system's clock; `read_access` asks ours.
        validation.validate_exp = false;
        Self {
            encoding: EncodingKey::from_secret(secret),
            decoding: secrets.map(DecodingKey::from_secret).collect(),
            validation,
            refresh_key: refresh_key(secret),
            previous_refresh_key: previous.map(refresh_key),
            access_ttl_secs: settings.access_ttl_secs,
        }
    }

    /// A fresh access token.
    pub(crate) fn sign_access(
        &self,
        core: &Core,
        person: &Person,
        session: &SessionId,
        now: Timestamp,
    ) -> Result<String> {
        let iat = now.millis().div_euclid(1_000);
        let claims = Claims {
            iss: CLUB.to_owned(),
            aud: CLUB.to_owned(),
            sub: person.id.to_string(),
            sid: session.clone(),
            rank: person.rank,
            admin: person.is_admin,
            iat,
            exp: iat.saturating_add(self.access_ttl_secs),
            jti: core.fresh_id(),
        };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.encoding)
            .map_err(|error| Error::Internal(format!("signing: {error}")))
    }

    /// What of an access token is believed, if it is ours and has not run out; rank and role are read
    /// from the rows.
    pub(crate) fn read_access(&self, token: &str, now: Timestamp) -> Option<Claimed> {
        if token.len() > ACCESS_TOKEN_MAX_BYTES {
            return None;
        }
        let read = |key| jsonwebtoken::decode::<Claims>(token, key, &self.validation).ok();
        let claims = self.decoding.iter().find_map(read)?.claims;
        let has_run_out = now.millis() >= claims.exp.saturating_mul(1_000);
        let user_id = UserId(claims.sub.parse().ok()?);
        (!has_run_out).then_some(Claimed {
            user_id,
            session_id: claims.sid,
        })
    }

    /// The refresh token of a session's generation: the same whenever it is asked for, so that only
    /// its hash needs to be stored and the grace period can answer it again.
    pub(crate) fn refresh_token(
        &self,
        session: &SessionId,
        salt: &[u8],
        generation: i64,
    ) -> String {
        derived(&self.refresh_key, session, salt, generation)
    }

    /// The same, as it may have been handed out: under the secret in force, or under the one before it.
    pub(crate) fn refresh_tokens(
        &self,
        session: &SessionId,
        salt: &[u8],
        generation: i64,
    ) -> Vec<String> {
        let keys = iter::once(&self.refresh_key).chain(&self.previous_refresh_key);
        keys.map(|key| derived(key, session, salt, generation))
            .collect()
    }
}

fn derived(key: &[u8; 32], session: &SessionId, salt: &[u8], generation: i64) -> String {
    let parts = [session.as_str().as_bytes(), salt, &generation.to_be_bytes()];
    URL_SAFE_NO_PAD.encode(keyed(key, &parts))
}

/// What a refresh token is stored and found by; nothing for what cannot be one.
pub(crate) fn digest(refresh_token: &str) -> Option<[u8; 32]> {
    (refresh_token.len() == REFRESH_TOKEN_CHARS)
        .then(|| Sha256::digest(refresh_token.as_bytes()).into())
}

/// HMAC-SHA256 over the parts, each with its length before it.
#[expect(
    clippy::expect_used,
    reason = "HMAC takes a key of any length (RFC 2104)"
)]
pub(super) fn keyed(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}
