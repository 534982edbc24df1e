//! Seed pairs, and hands as a verifier needs them.

use economy::{AccountId, Timestamp};
use games::verify::Movement;
use games::{ClientSeed, Draws, Game, HandResult, ServerSeed};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::fairness::{ActivePair, NextPair, RevealedPair, Round};
use wire::{HandId, PairId, UserId};

use crate::Result;
use crate::db::Columns;

/// Which stream a hand is drawn from, but for the secret.
#[derive(Clone)]
pub(crate) struct Stream {
    pub(crate) pair: PairId,
    pub(crate) client_seed: ClientSeed,
    pub(crate) nonce: i64,
}

/// What a hand is drawn from.
pub(crate) struct Draw {
    pub(crate) stream: Stream,
    pub(crate) server_seed: ServerSeed,
}

impl Draw {
    /// The stream from its beginning.
    pub(crate) fn draws(&self) -> Draws {
        let Stream {
            client_seed, nonce, ..
        } = &self.stream;
        Draws::new(&self.server_seed, client_seed, *nonce)
    }
}

/// When the hand of a nonce is settled.
#[derive(Clone, Copy)]
pub(crate) enum Pace {
    /// In the same transaction.
    Instant,
    /// Later: until then it counts as running, and its pair is not revealed.
    Running,
}

/// The stream of a row of pairs; `pair` is the column with the pair's id.
pub(crate) fn stream_of(row: &AnyRow, pair: &str) -> Result<Stream> {
    stream_in(row, pair, "seed_pairs.client_seed")
}

/// The stream that a row names in these columns.
pub(crate) fn stream_in(row: &AnyRow, pair: &str, client_seed: &str) -> Result<Stream> {
    Ok(Stream {
        pair: PairId(row.text(pair)?),
        client_seed: row.parsed(client_seed, |text| ClientSeed::parse(text).ok())?,
        nonce: row.int("nonce")?,
    })
}

/// Whether a hand of the member's active pair is running.
pub(super) async fn is_running(conn: &mut AnyConnection, user: UserId) -> Result<bool> {
    let row =
        sqlx::query("SELECT running FROM seed_pairs WHERE user_id = $1 AND status = 'active'")
            .bind(user.0)
            .fetch_one(conn)
            .await?;
    Ok(row.int("running")? > 0)
}

/// Counts a hand of the pair as settled.
pub(super) async fn settled(conn: &mut AnyConnection, pair: &PairId) -> Result<()> {
    sqlx::query("UPDATE seed_pairs SET running = running - 1 WHERE id = $1")
        .bind(pair.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes the next nonce of the active pair.
pub(super) async fn draw(
    conn: &mut AnyConnection,
    user: UserId,
    pace: Pace,
) -> Result<Option<Draw>> {
    let row = sqlx::query(
        "UPDATE seed_pairs SET nonce = nonce + 1, running = running + $2 WHERE user_id = $1 AND status = 'active' \
         RETURNING id, server_seed, client_seed, nonce - 1 AS nonce",
    )
    .bind(user.0)
    .bind(i64::from(matches!(pace, Pace::Running)))
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        Ok(Draw {
            server_seed: ServerSeed(row.array("seed_pairs.server_seed")?),
            stream: stream_of(&row, "id")?,
        })
    })
    .transpose()
}

/// Writes the pair that comes after the active one.
pub(super) async fn insert_next(
    conn: &mut AnyConnection,
    id: &str,
    user: UserId,
    secret: &ServerSeed,
    client_seed: &ClientSeed,
    at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO seed_pairs (id, user_id, status, server_seed, server_seed_hash, client_seed, nonce, running, \
         created_at) VALUES ($1, $2, 'next', $3, $4, $5, 0, 0, $6)",
    )
    .bind(id)
    .bind(user.0)
    .bind(secret.0.to_vec())
    .bind(secret.commitment())
    .bind(client_seed.as_str())
    .bind(at.millis())
    .execute(conn)
    .await?;
    Ok(())
}

/// Reveals the active pair; false while a hand of it is running.
pub(super) async fn reveal(conn: &mut AnyConnection, user: UserId, at: Timestamp) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE seed_pairs SET status = 'revealed', revealed_at = $2 \
         WHERE user_id = $1 AND status = 'active' AND running = 0",
    )
    .bind(user.0)
    .bind(at.millis())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Brings the next pair into use.
pub(super) async fn activate(
    conn: &mut AnyConnection,
    user: UserId,
    client_seed: &ClientSeed,
) -> Result<()> {
    sqlx::query("UPDATE seed_pairs SET status = 'active', client_seed = $2 WHERE user_id = $1 AND status = 'next'")
        .bind(user.0)
        .bind(client_seed.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// Changes the client seed of the active pair.
pub(super) async fn set_client_seed(
    conn: &mut AnyConnection,
    user: UserId,
    client_seed: &ClientSeed,
) -> Result<Option<ActivePair>> {
    sqlx::query(
        "UPDATE seed_pairs SET client_seed = $2 WHERE user_id = $1 AND status = 'active' \
         RETURNING id, server_seed_hash, client_seed, nonce",
    )
    .bind(user.0)
    .bind(client_seed.as_str())
    .fetch_optional(conn)
    .await?
    .as_ref()
    .map(active_of)
    .transpose()
}

fn active_of(row: &AnyRow) -> Result<ActivePair> {
    Ok(ActivePair {
        pair_id: PairId(row.text("id")?),
        server_seed_hash: row.text("server_seed_hash")?,
        client_seed: row.text("client_seed")?,
        nonce: row.int("nonce")?,
    })
}

/// The pair in use.
pub(super) async fn active(conn: &mut AnyConnection, user: UserId) -> Result<Option<ActivePair>> {
    sqlx::query(
        "SELECT id, server_seed_hash, client_seed, nonce FROM seed_pairs WHERE user_id = $1 AND status = 'active'",
    )
    .bind(user.0)
    .fetch_optional(conn)
    .await?
    .as_ref()
    .map(active_of)
    .transpose()
}

/// The pair that comes next.
pub(super) async fn next(conn: &mut AnyConnection, user: UserId) -> Result<Option<NextPair>> {
    sqlx::query("SELECT server_seed_hash FROM seed_pairs WHERE user_id = $1 AND status = 'next'")
        .bind(user.0)
        .fetch_optional(conn)
        .await?
        .map(|row| {
            Ok(NextPair {
                server_seed_hash: row.text("server_seed_hash")?,
            })
        })
        .transpose()
}

/// The newest revealed pairs, newest first.
pub(super) async fn revealed(
    conn: &mut AnyConnection,
    user: UserId,
    limit: i64,
) -> Result<Vec<RevealedPair>> {
    let rows = sqlx::query(
        "SELECT id, server_seed, server_seed_hash, client_seed, nonce, revealed_at FROM seed_pairs \
         WHERE user_id = $1 AND status = 'revealed' ORDER BY id DESC LIMIT $2",
    )
    .bind(user.0)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(RevealedPair {
                pair_id: PairId(row.text("id")?),
                server_seed: ServerSeed(row.array("seed_pairs.server_seed")?).to_hex(),
                server_seed_hash: row.text("server_seed_hash")?,
                client_seed: row.text("client_seed")?,
                nonces: row.int("nonce")?,
                revealed_at: row.instant("revealed_at")?,
            })
        })
        .collect()
}

/// One hand of the member, with its transfers: those of its settlement and, of a round of crash, that
/// of its bet.
pub(super) async fn round(
    conn: &mut AnyConnection,
    user: UserId,
    hand: &HandId,
) -> Result<Option<Round>> {
    let rows = sqlx::query(
        "SELECT h.id AS hand_id, h.user_id, h.game, h.rules_version, h.pair_id, h.client_seed, h.nonce, h.stake, \
         h.payout, h.result, h.play, h.created_at, p.status, p.server_seed, p.server_seed_hash, \
         t.debit, t.credit, t.amount, t.kind \
         FROM hands h JOIN seed_pairs p ON p.id = h.pair_id \
         LEFT JOIN transfers t ON t.operation IN ('hand:' || h.id, 'crash:' || h.id || ':bet') \
         WHERE h.id = $1 AND h.user_id = $2 ORDER BY t.seq",
    )
    .bind(hand.as_str())
    .bind(user.0)
    .fetch_all(conn)
    .await?;
    Ok(rounds_of(&rows)?.pop())
}

/// Hands of the member's revealed pairs after a place in them, in order of pair and nonce.
pub(super) async fn rounds(
    conn: &mut AnyConnection,
    user: UserId,
    only_pair: Option<&str>,
    after: (&str, i64),
    limit: i64,
) -> Result<Vec<Round>> {
    let rows = sqlx::query(
        "SELECT r.*, t.debit, t.credit, t.amount, t.kind FROM ( \
             SELECT h.id AS hand_id, h.user_id, h.game, h.rules_version, h.pair_id, h.client_seed, h.nonce, h.stake, \
             h.payout, h.result, h.play, h.created_at, p.status, p.server_seed, p.server_seed_hash \
             FROM seed_pairs p JOIN hands h ON h.pair_id = p.id \
             WHERE p.user_id = $1 AND p.status = 'revealed' AND ($5 = '' OR p.id = $5) \
             AND (p.id > $2 OR (p.id = $2 AND h.nonce > $3)) \
             ORDER BY p.id, h.nonce LIMIT $4 \
         ) r LEFT JOIN transfers t ON t.operation IN ('hand:' || r.hand_id, 'crash:' || r.hand_id || ':bet') \
         ORDER BY r.pair_id, r.nonce, t.seq",
    )
    .bind(user.0)
    .bind(after.0)
    .bind(after.1)
    .bind(limit)
    .bind(only_pair.unwrap_or_default())
    .fetch_all(conn)
    .await?;
    rounds_of(&rows)
}

/// Folds one row a transfer into one round a hand.
fn rounds_of(rows: &[AnyRow]) -> Result<Vec<Round>> {
    let mut rounds: Vec<Round> = Vec::new();
    for row in rows {
        let hand = row.text("hand_id")?;
        if rounds
            .last()
            .is_none_or(|round| round.hand_id.as_str() != hand)
        {
            rounds.push(round_of(row)?);
        }
        if let (Some(round), Some(movement)) = (rounds.last_mut(), movement_of(row)?) {
            round.transfers.push(movement);
        }
    }
    Ok(rounds)
}

fn round_of(row: &AnyRow) -> Result<Round> {
    let revealed = row.text("status")? == "revealed";
    let server_seed = if revealed {
        Some(ServerSeed(row.array("seed_pairs.server_seed")?).to_hex())
    } else {
        None
    };
    Ok(Round {
        hand_id: HandId(row.text("hand_id")?),
        game: row.parsed("hands.game", Game::parse)?,
        rules_version: row.int("rules_version")?,
        pair_id: PairId(row.text("pair_id")?),
        server_seed_hash: row.text("server_seed_hash")?,
        server_seed,
        client_seed: row.text("client_seed")?,
        nonce: row.int("nonce")?,
        stake: row.tokens("hands.stake")?,
        payout: row.tokens("hands.payout")?,
        result: row.parsed("hands.result", HandResult::parse)?,
        play: row.json("hands.play")?,
        member: AccountId(row.int("user_id")?),
        transfers: Vec::new(),
        created_at: row.instant("created_at")?,
    })
}

fn movement_of(row: &AnyRow) -> Result<Option<Movement>> {
    let Some(debit) = row.int_opt("debit")? else {
        return Ok(None);
    };
    Ok(Some(Movement {
        debit: AccountId(debit),
        credit: AccountId(row.int("credit")?),
        amount: row.tokens("transfers.amount")?,
        kind: row.text("kind")?,
    }))
}

/// A pair with its secret, for the house's own check.
pub(super) struct SecretPair {
    pub(super) id: PairId,
    pub(super) user: UserId,
    pub(super) secret: ServerSeed,
    pub(super) nonce: i64,
    pub(super) running: i64,
}

/// Pairs that were played with, member by member, of each the oldest first, after `after`; of one
/// member if asked.
pub(super) async fn secrets(
    conn: &mut AnyConnection,
    user: Option<UserId>,
    after: (UserId, &str),
    limit: i64,
) -> Result<Vec<SecretPair>> {
    let rows = sqlx::query(
        "SELECT id, user_id, server_seed, nonce, running FROM seed_pairs \
         WHERE (user_id, id) > ($1, $2) AND ($3 = 0 OR user_id = $3) AND status <> 'next' \
         ORDER BY user_id, id LIMIT $4",
    )
    .bind(after.0.0)
    .bind(after.1)
    .bind(user.map_or(0, |user| user.0))
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(SecretPair {
                id: PairId(row.text("id")?),
                user: UserId(row.int("user_id")?),
                secret: ServerSeed(row.array("seed_pairs.server_seed")?),
                nonce: row.int("nonce")?,
                running: row.int("running")?,
            })
        })
        .collect()
}

/// The hands of one pair after a nonce, in order, with their transfers.
pub(super) async fn rounds_of_pair(
    conn: &mut AnyConnection,
    pair: &PairId,
    after: i64,
    limit: i64,
) -> Result<Vec<Round>> {
    let rows = sqlx::query(
        "SELECT r.*, t.debit, t.credit, t.amount, t.kind FROM ( \
             SELECT h.id AS hand_id, h.user_id, h.game, h.rules_version, h.pair_id, h.client_seed, h.nonce, h.stake, \
             h.payout, h.result, h.play, h.created_at, p.status, p.server_seed, p.server_seed_hash \
             FROM hands h JOIN seed_pairs p ON p.id = h.pair_id \
             WHERE h.pair_id = $1 AND h.nonce > $2 ORDER BY h.nonce LIMIT $3 \
         ) r LEFT JOIN transfers t ON t.operation IN ('hand:' || r.hand_id, 'crash:' || r.hand_id || ':bet') \
         ORDER BY r.nonce, t.seq",
    )
    .bind(pair.as_str())
    .bind(after)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rounds_of(&rows)
}
