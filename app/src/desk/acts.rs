//! What whoever looks may do to a member.

use leptos::{prelude::*, text_prop::TextProp};
use wire::{
    UserId,
    desk::{MemberRow, MemberWhole, Standing},
    staff::{Permission, Role, Roles},
};

use super::{
    api::{GiveTokens, TakeTokens},
    ban::{BanForm, UnbanForm},
    confirm::Asks,
    left::Left,
    tokens::TokensForm,
    way::Way,
};
use crate::{
    error::Refusal,
    tr,
    words::{I18n, fill},
};

/// Whom something is done to.
#[derive(Clone)]
pub(super) struct Whom {
    pub(super) user: UserId,
    /// What is typed where it is hard to undo.
    pub(super) site_id: String,
}

/// Whether somebody who is this is shown an act on that member. What is done to a member of staff is an
/// owner's to do. The club decides it once more.
pub(super) fn may(roles: &Roles, permission: Permission, member: &MemberRow) -> bool {
    let is_theirs = member.roles.is_empty() || roles.has(Role::Owner);
    is_theirs && roles.may(permission)
}

/// A form for each act, behind its name; nothing for whoever may do none.
#[component]
pub(super) fn Acts(
    member: MemberWhole,
    roles: Roles,
    asks: Asks,
    /// The key of a gesture.
    key: String,
    left: Left,
) -> impl IntoView {
    let row = member.member;
    let is_shown = |it| row.standing != Standing::Deleted && may(&roles, it, &row);
    let (of_door, of_tokens) = (is_shown(Permission::Members), is_shown(Permission::Tokens));
    if !of_door && !of_tokens {
        return ().into_any();
    }
    let whom = Whom {
        user: row.id,
        site_id: row.site_id,
    };
    let door = of_door.then(|| {
        let (whom, is_banned) = (whom.clone(), row.standing == Standing::Banned);
        let (is_owner, is_lasting) = (roles.has(Role::Owner), row.banned_until.is_none());
        let (ban, unban) = (left.ban, left.unban);
        view! { <Door whom is_banned is_lasting is_owner asks ban unban/> }
    });
    let tokens = of_tokens.then(|| {
        let (give, take) = (left.give, left.take);
        view! { <OfTokens whom asks key give take/> }
    });
    view! { <div class="acts" data-testid="acts">{door} {tokens}</div> }.into_any()
}

/// Keeping somebody out, or letting them in again.
#[component]
fn Door(
    whom: Whom,
    is_banned: bool,
    /// Whether the ban that they have does not end of itself.
    is_lasting: bool,
    /// Whether whoever looks is one.
    is_owner: bool,
    asks: Asks,
    ban: Option<Refusal>,
    unban: Option<Refusal>,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    if !is_banned {
        let is_open = ban.is_some();
        return view! {
            <Act name=tr!(i18n, desk.ban) testid="ban" is_open>
                <BanForm whom is_owner asks refusal=ban/>
            </Act>
        }
        .into_any();
    }
    // It is an owner's to lift.
    if is_lasting && !is_owner {
        return ().into_any();
    }
    let (is_open, user) = (unban.is_some(), whom.user);
    view! {
        <Act name=tr!(i18n, desk.unban) testid="unban" is_open>
            <UnbanForm user asks refusal=unban/>
        </Act>
    }
    .into_any()
}

/// Giving tokens, and taking them.
#[component]
fn OfTokens(
    whom: Whom,
    asks: Asks,
    key: String,
    give: Option<Refusal>,
    take: Option<Refusal>,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (gives, takes) = (give.is_some(), take.is_some());
    let (same, same_key) = (whom.clone(), key.clone());
    view! {
        <Act name=tr!(i18n, desk.give) testid="give" is_open=gives>
            <TokensForm<GiveTokens> way=Way::Give whom=same asks key=same_key refusal=give/>
        </Act>
        <Act name=tr!(i18n, desk.take) testid="take" is_open=takes>
            <TokensForm<TakeTokens> way=Way::Take whom asks key refusal=take/>
        </Act>
    }
    .into_any()
}

/// A form behind its name; open where it came back refused.
#[component]
pub(super) fn Act(
    #[prop(into)] name: TextProp,
    testid: &'static str,
    is_open: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <details class="card fold act" open=is_open>
            <summary data-testid=testid>{move || name.get()}</summary>
            {children()}
        </details>
    }
    .into_any()
}

/// What asks for the member's site id: what is hard to undo names whom it is done to.
pub(super) fn sure(i18n: I18n, site_id: String) -> TextProp {
    TextProp::from(move || fill(tr!(i18n, desk.sure)(), &[("site_id", &site_id)]))
}

#[cfg(test)]
mod tests {
    use wire::{Timestamp, Tokens, user::Rank};

    use super::*;

    fn member(roles: Roles) -> MemberRow {
        MemberRow {
            id: UserId(7),
            site_id: "ann".to_owned(),
            nickname: "Ann".to_owned(),
            phone_number: "010-****-1234".to_owned(),
            rank: Rank::Standard,
            roles,
            is_active: true,
            standing: Standing::Active,
            banned_until: None,
            balance: Tokens::ZERO,
            level: 1,
            created_at: Timestamp::from_millis(0),
            last_login: None,
            version: 0,
        }
    }

    #[test]
    fn what_is_done_to_staff_is_shown_to_owners_alone() {
        let (ann, sue) = (member(Roles::default()), member(Role::Support.into()));
        let is_shown = |role: Role, of: &MemberRow| may(&role.into(), Permission::Members, of);
        assert!(is_shown(Role::Support, &ann) && !is_shown(Role::Support, &sue));
        assert!(is_shown(Role::Owner, &ann) && is_shown(Role::Owner, &sue));
        assert!(!is_shown(Role::Auditor, &ann) && !is_shown(Role::Finance, &ann));
    }
}
