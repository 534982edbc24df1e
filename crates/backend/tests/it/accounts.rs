//! Accounts: joining, names and passwords, access tokens, standing, and what members change of
//! themselves.

mod joining;
mod names;
mod passwords;
mod phones;
mod profile;
mod rekey;
mod sessions;
mod standing;
mod tokens;
mod turns;

use backend::db::ScopedFutureExt;
use backend::{Error, Member, Result};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use economy::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use sqlx::Row;
use testkit::club::{PASSWORD, ban, because, device, origin, sign_up};
use testkit::{Club, Player, apply, both_engines};
use wire::auth::{LoginRequest, SignUpRequest, Token};
use wire::staff::{BanRequest, Role};
use wire::user::{ProfileChange, Rank};
use wire::{Code, UserId};

async fn joins(club: &Club, request: SignUpRequest) -> Result<Token> {
    club.backend.accounts.sign_up(request, &device()).await
}

async fn logs_in(club: &Club, site_id: &str, password: &str) -> Result<Token> {
    let request = LoginRequest {
        site_id: site_id.to_owned(),
        password: password.to_owned(),
    };
    club.backend.accounts.login(request, &device()).await
}

async fn shows(club: &Club, access_token: &str) -> Result<Member> {
    club.backend.accounts.authenticate(access_token).await
}

/// Another phone number, and the password that is shown for it.
fn another_phone(phone: &str, current: &str) -> ProfileChange {
    ProfileChange {
        phone_number: Some(phone.to_owned()),
        current_password: Some(current.to_owned()),
        ..ProfileChange::default()
    }
}

async fn count(club: &Club, query: &'static str) -> i64 {
    let mut conn = club.backend.db().read().await.unwrap();
    sqlx::query(query)
        .fetch_one(&mut *conn)
        .await
        .unwrap()
        .get(0)
}

async fn change(club: &Club, statement: &'static str) {
    let db = club.backend.db();
    let write = db.write(|tx| {
        async move {
            Ok(sqlx::query(statement)
                .execute(&mut **tx)
                .await
                .map(|_| ())?)
        }
        .scope_boxed()
    });
    write.await.unwrap();
}

fn fields(error: &Error) -> Vec<(String, String)> {
    let fields = error.public().fields.into_iter();
    fields.map(|field| (field.field, field.code)).collect()
}

fn named(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(field, code)| ((*field).to_owned(), (*code).to_owned()))
        .collect()
}
