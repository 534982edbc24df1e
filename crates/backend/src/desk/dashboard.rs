//! How the club does today, beside yesterday.

use games::Game;
use wire::desk::{Dashboard, GameDay, GameFigures, Needs};
use wire::play::CatalogueEntry;
use wire::staff::Permission;

use super::Desk;
use super::days::Day;
use crate::play::percent;
use crate::{Result, Staff, weigh};

/// How many days before today are shown.
const DAYS_BEFORE: i64 = 6;

impl Desk {
    /// How the club does today, beside yesterday, and what waits for somebody. Money is told to whoever may see
    /// purchases, approvals to whoever may see those.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn dashboard(&self, staff: &Staff) -> Result<Dashboard> {
        staff.expect(Permission::DashboardRead)?;
        let now = self.core.now();
        let today = now.utc_day();
        let mut days = Vec::new();
        for day in today.saturating_sub(DAYS_BEFORE)..today {
            days.push(self.day(day, now).await?.played());
        }
        let yesterday = self.day(today.saturating_sub(1), now).await?;
        let today = self.day(today, now).await?;
        days.push(today.played());
        let with_money = staff.roles().may(Permission::PurchasesRead);
        let games = self.play.catalogue().games.into_iter();
        Ok(Dashboard {
            at: now,
            online: i64::try_from(self.live.members()).unwrap_or(i64::MAX),
            needs: self.needs(staff).await?,
            today: today.figures(with_money),
            yesterday: yesterday.figures(with_money),
            games: games
                .map(|entry| figures_of(entry, &today, &yesterday))
                .collect(),
            days,
        })
    }

    async fn needs(&self, staff: &Staff) -> Result<Needs> {
        let roles = staff.roles();
        let payments = match roles.may(Permission::PurchasesRead) {
            true => Some(self.shop.open_purchases(staff).await?),
            false => None,
        };
        let approvals = match roles.may(Permission::ApprovalsRead) {
            true => Some(weigh::waiting(&self.core).await?),
            false => None,
        };
        Ok(Needs {
            payments,
            approvals,
            low_stock: self.shop.low_stock().await?,
        })
    }
}

fn figures_of(entry: CatalogueEntry, today: &Day, yesterday: &Day) -> GameFigures {
    let (game, has_return) = (entry.game, !entry.returns.is_empty());
    GameFigures {
        game,
        returns: entry.returns,
        today: game_day(game, today, has_return),
        yesterday: game_day(game, yesterday, has_return),
    }
}

fn game_day(game: Game, day: &Day, has_return: bool) -> GameDay {
    let Some(played) = day.games().iter().find(|of| of.game == game) else {
        return GameDay::default();
    };
    let (staked, paid) = (played.staked, played.won);
    let measured = has_return.then(|| percent(paid.get(), staked.get()));
    GameDay {
        hands: played.hands,
        staked,
        paid,
        measured_return: measured.flatten(),
    }
}
