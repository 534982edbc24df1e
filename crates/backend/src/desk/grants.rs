//! Rewards that staff give many members at once.

mod check;
mod granting;
mod lines;

use wire::desk::{GrantBulkRequest, GrantBulkResult, Weighed};

use super::Desk;
use crate::weigh::{self, Wish};
use crate::{Result, Staff};

pub(super) use self::granting::Granting;

impl Desk {
    /// Gives many members tokens, once per key, at most 500 of them in one transaction. What cannot be given to
    /// one is said of that one, and keeps nothing from the others.
    ///
    /// # Errors
    /// `forbidden`; `preview_changed`; `invalid` for no items or too many, for an amount or a description that
    /// cannot be; `idempotency_mismatch`.
    pub async fn ask_to_grant(
        &self,
        staff: &Staff,
        request: GrantBulkRequest,
        wish: Wish,
    ) -> Result<Weighed<GrantBulkResult>> {
        let deed = Granting::new(&self.core, staff.user_id(), request);
        weigh::ask(&self.core, staff, &deed, &wish).await
    }
}
