//! Past rounds, as their hands say.

use games::Play;
use sqlx::any::AnyRow;
use wire::HandId;
use wire::gacha::{PastPull, PastRound};

use crate::db::Columns;
use crate::{Error, Result};

/// How many rounds an export has at most.
pub(super) const EXPORT_MAX: i64 = 1_000;

/// Before which hand a list begins that begins with the newest.
pub(super) const NEWEST: (&str, i64) = ("", i64::MAX);

/// A round as its row says.
pub(super) fn round_of(row: &AnyRow) -> Result<PastRound> {
    let Play::Gacha { outcome, .. } = row.json("hands.play")? else {
        return Err(Error::Corrupt("hands.play".to_owned()));
    };
    let pulls = outcome.pulls.into_iter();
    Ok(PastRound {
        hand_id: HandId(row.text("id")?),
        rules_version: row.int("rules_version")?,
        cost: row.tokens("hands.stake")?,
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
