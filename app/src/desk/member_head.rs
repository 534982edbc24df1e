//! Who a member is, and how they stand.

use leptos::prelude::*;
use wire::{
    Timestamp,
    desk::{MemberBan, MemberWhole},
    staff::{Permission, Roles},
};

use super::{acts::may, phone::Phone, roles::RoleBadges, standing::StandingBadge};
use crate::{
    error::Refusal,
    format, tr,
    ui::{Amount, Badge, Fact, When},
    words::{self, I18n},
};

/// All that is known of a member in figures, and their phone number to whoever may see it whole.
#[component]
pub(super) fn Head(
    member: MemberWhole,
    /// What whoever looks is.
    roles: Roles,
    refusal: Option<Refusal>,
    shown_phone: Option<String>,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let row = member.member;
    let (user, rank) = (row.id, row.rank);
    let may_show = may(&roles, Permission::Members, &row);
    let of_member = (!row.roles.is_empty()).then(|| view! { <RoleBadges roles=row.roles/> });
    let balance = row.balance.get();
    view! {
        <section class="card member-head" data-testid="member" data-user=user.to_string()>
            <p class="row">
                <Badge>{move || words::of_rank(i18n.get_locale(), rank)}</Badge>
                {of_member}
                <span data-testid="standing"><StandingBadge standing=row.standing until=row.banned_until/></span>
            </p>
            <BanNote ban=member.ban is_active=row.is_active/>
            <dl class="facts facts-grid member-facts">
                <Fact name=tr!(i18n, profile.seq)>{user.to_string()}</Fact>
                <Fact name=tr!(i18n, auth.site_id)>"@" {row.site_id}</Fact>
                <Fact name=tr!(i18n, profile.after)>
                    <span data-testid="member-balance" data-value=balance.to_string()><Amount amount=balance/></span>
                </Fact>
                <Fact name=tr!(i18n, profile.level)>{format::group(row.level)}</Fact>
                <Fact name=tr!(i18n, auth.phone)>
                    <Phone user masked=row.phone_number may_show shown=shown_phone refusal/>
                </Fact>
                <Fact name=tr!(i18n, auth.invite)>{member.invite_code}</Fact>
                <Fact name=tr!(i18n, profile.joined)><When at=row.created_at/></Fact>
                <Fact name=tr!(i18n, desk.last_login)><Last at=row.last_login/></Fact>
                <Fact name=tr!(i18n, profile.devices)>{format::group(member.open_sessions)}</Fact>
                <Fact name=tr!(i18n, profile.hands)>{format::group(member.hands)}</Fact>
                <Fact name=tr!(i18n, desk.purchases)>{format::group(member.purchases)}</Fact>
            </dl>
        </section>
    }
    .into_any()
}

/// Why somebody is kept out, and since when; nothing of a ban that is over.
#[component]
fn BanNote(ban: Option<MemberBan>, is_active: bool) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let note = ban.filter(|_| !is_active).map(|ban| {
        view! {
            <p class="member-ban" data-testid="ban-note">
                <span class="muted">{tr!(i18n, desk.ban_reason)} " · " <When at=ban.at/></span>
                <span>{ban.reason}</span>
            </p>
        }
    });
    view! { {note} }.into_any()
}

/// When somebody signed in last, if they ever did.
#[component]
fn Last(at: Option<Timestamp>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    match at {
        Some(at) => view! { <When at/> }.into_any(),
        None => view! { <span class="muted">{tr!(i18n, desk.never)}</span> }.into_any(),
    }
}
