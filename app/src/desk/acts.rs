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
    left::Left,
    tokens::TokensForm,
    way::Way,
};
use crate::{
    error::Refusal,
    tr, tr_now,
    ui::{Submission, use_toasts},
    words::I18n,
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
    /// The key of a gesture, without JavaScript.
    key: String,
    left: Left,
    acted: Callback<()>,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (row, is_owner) = (member.member, roles.has(Role::Owner));
    let is_shown = |it| row.standing != Standing::Deleted && may(&roles, it, &row);
    let (of_members, of_tokens) = (is_shown(Permission::Members), is_shown(Permission::Tokens));
    if !of_members && !of_tokens {
        return ().into_any();
    }
    let is_banned = row.standing == Standing::Banned;
    // A ban that lasts is an owner's to lift.
    let is_liftable = is_banned && (is_owner || row.banned_until.is_some());
    let (user, balance) = (row.id, row.balance);
    let site_id = row.site_id;
    let whom = Whom { user, site_id };
    let Left {
        ban,
        unban,
        give,
        take,
        ..
    } = left;
    let ban = (of_members && !is_banned).then(|| {
        let (is_open, whom) = (ban.is_some(), whom.clone());
        view! {
            <Act name=tr!(i18n, desk.ban) testid="ban" is_open>
                <BanForm whom is_owner refusal=ban acted/>
            </Act>
        }
    });
    let unban = (of_members && is_liftable).then(|| {
        let is_open = unban.is_some();
        view! {
            <Act name=tr!(i18n, desk.unban) testid="unban" is_open>
                <UnbanForm user refusal=unban acted/>
            </Act>
        }
    });
    let give = of_tokens.then(|| {
        let (is_open, whom, key) = (give.is_some(), whom.clone(), key.clone());
        view! {
            <Act name=tr!(i18n, desk.give) testid="give" is_open>
                <TokensForm<GiveTokens> way=Way::Give whom balance key refusal=give acted/>
            </Act>
        }
    });
    let take = of_tokens.then(|| {
        let (is_open, whom, key) = (take.is_some(), whom.clone(), key.clone());
        view! {
            <Act name=tr!(i18n, desk.take) testid="take" is_open>
                <TokensForm<TakeTokens> way=Way::Take whom balance key refusal=take acted/>
            </Act>
        }
    });
    view! { <div class="acts" data-testid="acts">{ban} {unban} {give} {take}</div> }.into_any()
}

/// A form behind its name; open where it came back refused.
#[component]
fn Act(
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

/// How the form of an act is going; once it is done, so it is said, and the page is loaded anew.
pub(super) fn submission(refusal: Option<&Refusal>, acted: Callback<()>) -> Submission {
    let i18n: I18n = crate::i18n::use_i18n();
    let toasts = use_toasts();
    let submission = Submission::new(refusal);
    submission.on_accepted(move || {
        toasts.say(tr_now!(i18n, desk.act_done).to_owned());
        _ = acted.try_run(());
    });
    submission
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
