//! What a member in trouble costs the others.

use std::time::Instant;

use backend::Backend;
use backend::db::ScopedFutureExt;
use sqlx::AssertSqlSafe;
use wire::auth::Token;

use crate::Engine;
use crate::club;
use crate::measure::Measured;
use crate::spins::{Keys, MEASURE, request, spin};

/// How many spin beside somebody who is in trouble.
const BESIDE: usize = 32;

/// What one member does to the others: every hand of theirs is refused by the database, or another
/// transaction holds their account, which on SQLite would be everybody's.
pub(crate) async fn measure(engine: &Engine) {
    for what in ["nobody in trouble", "one refused", "one held"] {
        let database = engine.fresh("spins");
        let backend = club::open(&database, None).await;
        let mut members = club::join(&backend, BESIDE + 1).await;
        let troubled = members.pop().unwrap();
        // Whoever has a play session can have it meddled with.
        let sits = spin(backend.clone(), &troubled, Instant::now(), Keys::None, 1);
        sits.await;
        let user = troubled.user.id;
        let mut trouble = None;
        match (what, engine) {
            ("one refused", _) => {
                let taken = format!("UPDATE play_sessions SET hands = 0 WHERE user_id = {user}");
                club::run(&backend, taken).await;
                trouble = Some(tokio::spawn(refused(backend.clone(), troubled)));
            }
            ("one held", Engine::Postgres(_)) => {
                trouble = Some(tokio::spawn(held(backend.clone(), troubled)));
            }
            ("one held", Engine::Sqlite(_)) => continue,
            _ => {}
        }
        let start = Instant::now();
        let tasks = members.iter().map(|member| {
            tokio::spawn(spin(backend.clone(), member, start, Keys::None, usize::MAX))
        });
        let measured = Measured::gather(start, tasks.collect()).await;
        measured.rate(&format!(
            "{}, bare, {BESIDE} at once, {what}",
            engine.name()
        ));
        if let Some(trouble) = trouble {
            trouble.await.unwrap();
        }
        backend.proofs.ledger().await.unwrap().unwrap();
    }
}

/// Asks for hands that are all refused.
async fn refused(backend: Backend, member: Token) {
    let start = Instant::now();
    let claimed = backend.accounts.claimed(&member.access_token).unwrap();
    let device = club::device();
    while start.elapsed() < MEASURE {
        let spin = backend.slot.spin(&claimed, request(), None, &device);
        spin.await.unwrap_err();
    }
}

/// Asks for a hand while another transaction holds the account, nearly to the end.
async fn held(backend: Backend, member: Token) {
    let user = member.user.id;
    let hold = backend.db().write(|tx| {
        async move {
            let lock = format!("UPDATE accounts SET seq = seq WHERE id = {user}");
            sqlx::query(AssertSqlSafe(lock)).execute(&mut **tx).await?;
            tokio::time::sleep(MEASURE.mul_f64(0.9)).await;
            Ok(())
        }
        .scope_boxed()
    });
    let claimed = backend.accounts.claimed(&member.access_token).unwrap();
    let device = club::device();
    let spin = backend.slot.spin(&claimed, request(), None, &device);
    let (held, played) = tokio::join!(hold, spin);
    held.unwrap();
    played.unwrap();
}
