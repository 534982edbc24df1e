//! The one place that lets a stake through.

use economy::{Head, Tokens};
use wire::Code;

use crate::Result;

/// Lets a stake through, or says why it is not played. The member's account is locked and stands at
/// `head`.
///
/// # Errors
/// `insufficient_tokens`.
pub(crate) fn admit(head: &Head, stake: Tokens) -> Result<()> {
    if head.balance < stake {
        return Err(Code::InsufficientTokens.into());
    }
    Ok(())
}
