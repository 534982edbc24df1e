//! Hands as a verifier needs them.

use economy::AccountId;
use games::verify::Movement;
use games::{Game, HandResult, ServerSeed};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::fairness::Round;
use wire::{HandId, PairId, UserId};

use crate::Result;
use crate::db::Columns;

/// Those hands `h` of those pairs `p`, in order, each with its transfers: those of its settlement and, of a
/// round of crash, that of its bet.
macro_rules! rounds_sql {
    ($hands:literal) => {
        concat!(
            "SELECT r.*, t.debit, t.credit, t.amount, t.kind FROM ( \
             SELECT h.id AS hand_id, h.user_id, h.game, h.rules_version, h.pair_id, h.client_seed, h.nonce, h.stake, \
             h.payout, h.result, h.play, h.created_at, p.status, p.server_seed, p.server_seed_hash ",
            $hands,
            ") r LEFT JOIN transfers t ON t.operation IN ('hand:' || r.hand_id, 'crash:' || r.hand_id || ':bet') \
             ORDER BY r.pair_id, r.nonce, t.seq"
        )
    };
}

/// One hand of the member.
pub(in crate::fairness) async fn round(
    conn: &mut AnyConnection,
    user: UserId,
    hand: &HandId,
) -> Result<Option<Round>> {
    let rows = sqlx::query(rounds_sql!(
        "FROM hands h JOIN seed_pairs p ON p.id = h.pair_id WHERE h.id = $1 AND h.user_id = $2"
    ))
    .bind(hand.as_str())
    .bind(user.0)
    .fetch_all(conn)
    .await?;
    Ok(rounds_of(&rows)?.pop())
}

/// Hands of the member's revealed pairs after a place in them, in order of pair and nonce.
pub(in crate::fairness) async fn rounds(
    conn: &mut AnyConnection,
    user: UserId,
    only_pair: Option<&str>,
    after: (&str, i64),
    limit: i64,
) -> Result<Vec<Round>> {
    let rows = sqlx::query(rounds_sql!(
        "FROM seed_pairs p JOIN hands h ON h.pair_id = p.id \
         WHERE p.user_id = $1 AND p.status = 'revealed' AND ($5 = '' OR p.id = $5) \
         AND (p.id > $2 OR (p.id = $2 AND h.nonce > $3)) \
         ORDER BY p.id, h.nonce LIMIT $4"
    ))
    .bind(user.0)
    .bind(after.0)
    .bind(after.1)
    .bind(limit)
    .bind(only_pair.unwrap_or_default())
    .fetch_all(conn)
    .await?;
    rounds_of(&rows)
}

/// The hands of one pair after a nonce, in order.
pub(in crate::fairness) async fn rounds_of_pair(
    conn: &mut AnyConnection,
    pair: &PairId,
    after: i64,
    limit: i64,
) -> Result<Vec<Round>> {
    let rows = sqlx::query(rounds_sql!(
        "FROM hands h JOIN seed_pairs p ON p.id = h.pair_id \
         WHERE h.pair_id = $1 AND h.nonce > $2 ORDER BY h.nonce LIMIT $3"
    ))
    .bind(pair.as_str())
    .bind(after)
    .bind(limit)
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
