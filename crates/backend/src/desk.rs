//! What staff see of a member and of a day, from all features, and what they grant each other: it stands above
//! them, as the proofs do, so that none of them knows the others.

mod approvals;
mod dashboard;
mod days;
mod grants;
mod purchases;
mod timeline;
mod tokens;

use wire::UserId;
use wire::desk::{MemberWhole, Recent};
use wire::page::PageRequest;
use wire::play::HistoryRequest;
use wire::shop::TransactionsRequest;
use wire::staff::Permission;

use self::days::Days;
use crate::{Accounts, Core, Ledger, Live, Play, Result, Shop, Staff};

/// How many of the newest of each a member is shown with.
const RECENT: i64 = 10;

/// What staff see of a member and of a day, from all features.
#[derive(Clone)]
pub struct Desk {
    core: Core,
    accounts: Accounts,
    ledger: Ledger,
    play: Play,
    shop: Shop,
    live: Live,
    days: Days,
}

impl Desk {
    pub(crate) fn new(
        core: Core,
        (accounts, ledger, play, shop, live): (Accounts, Ledger, Play, Shop, Live),
    ) -> Self {
        Self {
            core,
            accounts,
            ledger,
            play,
            shop,
            live,
            days: Days::default(),
        }
    }

    /// A member, whole.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn member(&self, staff: &Staff, user: UserId) -> Result<MemberWhole> {
        staff.expect(Permission::MembersRead)?;
        let found = self.accounts.member(user).await?;
        Ok(MemberWhole {
            member: found.row,
            seq: found.seq,
            invite_code: found.invite_code,
            ban: found.ban,
            open_sessions: found.open_sessions,
            hands: self.play.stats(user).await?.hands,
            purchases: self.shop.count(user).await?,
            recent: self.recent(user).await?,
        })
    }

    async fn recent(&self, user: UserId) -> Result<Recent> {
        let limit = Some(RECENT);
        let transfers = PageRequest {
            limit,
            ..PageRequest::default()
        };
        let hands = HistoryRequest {
            limit,
            ..HistoryRequest::default()
        };
        let receipts = TransactionsRequest {
            limit,
            ..TransactionsRequest::default()
        };
        Ok(Recent {
            transfers: self.ledger.transactions(user, transfers).await?.items,
            hands: self.play.history(user, hands).await?.items,
            receipts: self.shop.transactions(user, receipts).await?.items,
        })
    }
}
