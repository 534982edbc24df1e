//! Whether the key in force is the one that the club's secrets were sealed under.

use super::super::Accounts;
use super::super::store::second_factors;
use super::seal::Sealed;
use crate::Result;
use crate::db::ScopedFutureExt;

/// What is sealed to tell it.
const CHECKED: &[u8] = b"casino-club";

impl Accounts {
    /// Whether second factors open under the key in force. The first one that a club is served with is the
    /// club's, until nobody has a second factor: then another one takes its place.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn opens_second_factors(&self) -> Result<bool> {
        let sealed = self
            .seal
            .close(&*self.core.entropy, Sealed::Check, CHECKED)?;
        let fresh = &hex::encode(sealed);
        let check = self.core.db.write(|tx| {
            async move {
                let kept = second_factors::keep_check(tx, fresh).await?;
                let kept = hex::decode(kept).unwrap_or_default();
                if self.seal.open(Sealed::Check, &kept).is_ok() {
                    return Ok(true);
                }
                if second_factors::is_any(tx).await? {
                    return Ok(false);
                }
                second_factors::set_check(tx, fresh).await?;
                Ok(true)
            }
            .scope_boxed()
        });
        check.await
    }
}
