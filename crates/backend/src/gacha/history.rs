//! Past rounds, read from their hands.

use games::Play;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::gacha::{PastPull, PastRound};
use wire::{HandId, UserId};

use crate::db::Columns;
use crate::{Error, Result};

/// How many rounds an export has at most.
pub(super) const EXPORT_MAX: i64 = 1_000;

/// Before which hand a list begins that begins with the newest.
pub(super) const NEWEST: (&str, i64) = ("", i64::MAX);

/// The member's rounds before one of them and its instant, newest first.
pub(super) async fn rounds(
    conn: &mut AnyConnection,
    user: UserId,
    before: (&str, i64),
    limit: i64,
) -> Result<Vec<PastRound>> {
    let rows = sqlx::query(
        "SELECT h.id, h.rules_version, h.stake, h.play, h.created_at, p.status \
         FROM hands h JOIN seed_pairs p ON p.id = h.pair_id \
         WHERE h.user_id = $1 AND h.game = 'gacha' AND h.created_at <= $2 \
         AND NOT (h.created_at = $2 AND h.id >= $3) \
         ORDER BY h.created_at DESC, h.id DESC LIMIT $4",
    )
    .bind(user.0)
    .bind(before.1)
    .bind(before.0)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter().map(round_of).collect()
}

fn round_of(row: &AnyRow) -> Result<PastRound> {
    let Play::Gacha { outcome, .. } = row.json("play")? else {
        return Err(Error::Corrupt("hands.play".to_owned()));
    };
    let pulls = outcome.pulls.into_iter();
    Ok(PastRound {
        hand_id: HandId(row.text("id")?),
        rules_version: row.int("rules_version")?,
        cost: row.tokens("stake")?,
        pulls: pulls
            .map(|pull| PastPull {
                code: pull.item,
                rarity: pull.rarity,
                animation: pull.animation,
            })
            .collect(),
        revealed: row.text("status")? == "revealed",
        pulled_at: row.instant("created_at")?,
    })
}

/// One line a pull, the newest round first.
pub(super) fn csv(rounds: &[PastRound]) -> Result<String> {
    let broken = |error: csv::Error| Error::Internal(error.to_string());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record(["hand_id", "pulled_at", "rules_version", "item", "rarity"])
        .map_err(broken)?;
    for round in rounds {
        let (at, version) = (
            round.pulled_at.rfc3339().unwrap_or_default(),
            round.rules_version.to_string(),
        );
        for pull in &round.pulls {
            let hand = round.hand_id.as_str();
            writer
                .write_record([hand, &at, &version, &pull.code, pull.rarity.as_str()])
                .map_err(broken)?;
        }
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| Error::Internal(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| Error::Internal(error.to_string()))
}
