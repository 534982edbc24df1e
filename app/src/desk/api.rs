//! What the forms of the desk post to.

use leptos::prelude::*;
use wire::{desk::TokensMoved, shop::Receipt, staff::StaffMember};

use super::{
    decided::{Decided, PostedDecision, Verb},
    ending::Ending,
    posted::{Moved, PostedBan, PostedReason, PostedTokens, Reset, Unban},
    posted_ending::{Ended, PostedEnding},
    sent::{PostToDesk, done},
    ticked::Ticked,
    way::Way,
};
use crate::error::PageError;

/// Gives a member the roles that were ticked, and no others.
#[server(protocol = PostToDesk<Ticked>)]
pub async fn change_roles(form: Ticked) -> Result<StaffMember, PageError> {
    done(&form).await
}

/// Takes a member's second factor away.
#[server(protocol = PostToDesk<PostedReason>)]
pub async fn reset_factor(form: PostedReason) -> Result<(), PageError> {
    done(&Reset(form)).await
}

/// Keeps a member out.
#[server(protocol = PostToDesk<PostedBan>)]
pub async fn ban_member(form: PostedBan) -> Result<(), PageError> {
    done(&form).await
}

/// Lets a member in again.
#[server(protocol = PostToDesk<PostedReason>)]
pub async fn unban_member(form: PostedReason) -> Result<(), PageError> {
    done(&Unban(form)).await
}

/// Gives a member tokens, once per key.
#[server(protocol = PostToDesk<PostedTokens>)]
pub async fn give_tokens(form: PostedTokens) -> Result<TokensMoved, PageError> {
    let way = Way::Give;
    done(&Moved { form, way }).await
}

/// Takes tokens of a member's, once per key.
#[server(protocol = PostToDesk<PostedTokens>)]
pub async fn take_tokens(form: PostedTokens) -> Result<TokensMoved, PageError> {
    let way = Way::Take;
    done(&Moved { form, way }).await
}

/// Undoes a purchase, once per key.
#[server(protocol = PostToDesk<PostedEnding>)]
pub async fn refund_purchase(form: PostedEnding) -> Result<Receipt, PageError> {
    let ending = Ending::Refund;
    done(&Ended { form, ending }).await
}

/// Ends a pending payment.
#[server(protocol = PostToDesk<PostedEnding>)]
pub async fn force_settle(form: PostedEnding) -> Result<Receipt, PageError> {
    let ending = Ending::Settle;
    done(&Ended { form, ending }).await
}

/// Grants what a colleague asked for, which is done at once.
#[server(protocol = PostToDesk<PostedDecision>)]
pub async fn grant_approval(form: PostedDecision) -> Result<(), PageError> {
    let verb = Verb::Approve;
    done(&Decided { form, verb }).await
}

/// Refuses what a colleague asked for.
#[server(protocol = PostToDesk<PostedDecision>)]
pub async fn refuse_approval(form: PostedDecision) -> Result<(), PageError> {
    let verb = Verb::Refuse;
    done(&Decided { form, verb }).await
}

/// Takes back what one asked for.
#[server(protocol = PostToDesk<PostedDecision>)]
pub async fn cancel_approval(form: PostedDecision) -> Result<(), PageError> {
    let verb = Verb::TakeBack;
    done(&Decided { form, verb }).await
}
