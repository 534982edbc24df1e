//! What several paths name, as the API's document shows it.

use utoipa::IntoParams;

/// Any member.
#[derive(IntoParams)]
#[into_params(names("user_id"), parameter_in = Path)]
#[expect(dead_code, reason = "only its shape is used")]
pub(crate) struct OfMember(
    /// The member's id
    i64,
);

/// The member who asks; anyone, for those who run the club.
#[derive(IntoParams)]
#[into_params(names("user_id"), parameter_in = Path)]
#[expect(dead_code, reason = "only its shape is used")]
pub(crate) struct OfOneself(
    /// The member's own id; admins may name any
    i64,
);

/// A purchase.
#[derive(IntoParams)]
#[into_params(names("receipt_code"), parameter_in = Path)]
#[expect(dead_code, reason = "only its shape is used")]
pub(crate) struct OfReceipt(
    /// The code of its receipt
    String,
);

/// What staff made: a product, a discount, a limited package.
#[derive(IntoParams)]
#[into_params(names("id"), parameter_in = Path)]
#[expect(dead_code, reason = "only its shape is used")]
pub(crate) struct OfOffer(
    /// The id, or the code, that it was made with
    String,
);

/// An act that waits, or waited, for somebody else to grant it.
#[derive(IntoParams)]
#[into_params(names("approval_id"), parameter_in = Path)]
#[expect(dead_code, reason = "only its shape is used")]
pub(crate) struct OfApproval(
    /// Its number
    i64,
);
