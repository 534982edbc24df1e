//! Members by what only one of them is called.

use wire::UserId;
use wire::desk::MemberRow;
use wire::staff::Permission;

use super::Accounts;
use super::fields::SiteId;
use super::store::{members, users};
use crate::{Result, Staff};

impl Accounts {
    /// Whose number or whose site id just this is, the number's first; digits may be both.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn exactly(&self, staff: &Staff, typed: &str) -> Result<Vec<MemberRow>> {
        staff.expect(Permission::MembersRead)?;
        let now = self.core.now();
        let mut conn = self.core.db.read().await?;
        let by_number = typed.trim().parse().ok().map(UserId);
        let by_site_id = match SiteId::parse(typed) {
            Ok(site_id) => users::by_key(&mut conn, &site_id.key).await?,
            Err(_) => None,
        };
        let mut rows: Vec<MemberRow> = Vec::new();
        for user in by_number.into_iter().chain(by_site_id) {
            let found = members::find(&mut conn, user, now).await?;
            let is_new = |row: &MemberRow| rows.iter().all(|other| other.id != row.id);
            if let Some(row) = found.map(|found| found.row).filter(is_new) {
                rows.push(row);
            }
        }
        Ok(rows)
    }
}
