//! One member: what they are, and the form that changes it.

use backend::audit::Action;
use leptos::prelude::*;
use wire::{
    UserId,
    staff::{Permission, Role, Roles, StaffMember},
};

use super::{
    api::ChangeRoles,
    confirm::{Asks, ConfirmFields},
    posted,
    read::Looker,
    reset::Reset,
    roles::{RoleBadges, role_name, role_text},
    ticked::form_of,
};
use crate::{
    error::Refusal,
    ssr::flash,
    tr,
    ui::{Button, Field, FormError, PostForm, Submission, Weight},
    words::{I18n, fill},
};

/// What the forms of a member of staff left for the page: why one was refused, or that it was not.
#[derive(Default)]
pub(super) struct LeftRoles {
    /// Of their roles.
    pub(super) refusal: Option<Refusal>,
    /// Of their second factor.
    pub(super) reset: Option<Refusal>,
    pub(super) told: Option<String>,
}

impl LeftRoles {
    /// What there is of this member; it is gone then.
    pub(super) fn take(user: UserId) -> Self {
        let form = form_of(user);
        Self {
            refusal: flash::take(&form),
            reset: flash::take(&posted::form_of("reset", user)),
            told: flash::take_told(&form),
        }
    }
}

/// What a member is; with the forms for whoever may change it.
#[component]
pub(super) fn MemberRoles(
    member: StaffMember,
    looker: Looker,
    refusal: Option<Refusal>,
    reset: Option<Refusal>,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (name, site_id) = (member.nickname.clone(), member.site_id.clone());
    let title = move || fill(tr!(i18n, desk.roles_of)(), &[("name", &name)]);
    let roles = member.roles.clone();
    let (may_change, asks) = (looker.roles.may(Permission::Staff), looker.asks);
    let (user, is_other) = (member.user_id, member.user_id != looker.user);
    let may_reset = may_change && is_other && member.has_second_factor;
    let form = may_change.then(|| view! { <RolesForm member asks refusal/> });
    let reset = may_reset.then(|| view! { <Reset user asks refusal=reset/> });
    view! {
        <section class="card" data-testid="member-roles">
            <h2 class="card-title">{title} " " <span class="muted">"@" {site_id}</span></h2>
            <p class="row" data-testid="stands">
                <span class="muted">{tr!(i18n, desk.now)}</span>
                <RoleBadges roles/>
            </p>
            {form}
        </section>
        {reset}
    }
    .into_any()
}

/// Of a form that came back stale, what stands now is beside what was ticked; sent again, it is meant.
#[component]
fn RolesForm(member: StaffMember, asks: Asks, refusal: Option<Refusal>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (user, version) = (member.user_id, member.version);
    let ticked = ticked(&member, refusal.as_ref());
    let reason = Refusal::value(refusal.as_ref(), "reason");
    let submission = Submission::new(refusal.as_ref());
    view! {
        <PostForm<ChangeRoles> submission>
            <FormError submission/>
            <input type="hidden" name="user_id" value=user.to_string()/>
            <input type="hidden" name="version" value=version.to_string()/>
            <RoleBoxes ticked/>
            <Field name="reason" label=tr!(i18n, desk.reason) hint=tr!(i18n, desk.reason_hint) value=reason submission/>
            <ConfirmFields asks action=Action::Roles within="roles" submission/>
            <Button weight=Weight::Primary testid="save-roles">{tr!(i18n, ui.save)}</Button>
        </PostForm<ChangeRoles>>
    }
    .into_any()
}

/// What is ticked at first: what was, before the form came back refused, else what the member is.
fn ticked(member: &StaffMember, refusal: Option<&Refusal>) -> Roles {
    match refusal {
        Some(_) => Roles::parse(&Refusal::value(refusal, "roles")).unwrap_or_default(),
        None => member.roles.clone(),
    }
}

/// A box for each role.
#[component]
fn RoleBoxes(ticked: Roles) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let boxes = Role::ALL.iter().copied().map(|role| {
        let is_ticked = ticked.has(role);
        view! { <RoleBox role is_ticked/> }
    });
    let boxes = boxes.collect_view();
    view! {
        <fieldset class="field role-boxes">
            <legend class="field-label">{tr!(i18n, desk.roles)}</legend>
            {boxes}
        </fieldset>
    }
    .into_any()
}

#[component]
fn RoleBox(role: Role, is_ticked: bool) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! {
        <label class="role-box">
            <input
                type="checkbox"
                name=role.as_str()
                value="true"
                checked=is_ticked
                data-testid=format!("role-{}", role.as_str())
            />
            <span class="role-name">{move || role_name(i18n.get_locale(), role)}</span>
            <span class="role-text">{move || role_text(i18n.get_locale(), role)}</span>
        </label>
    }
    .into_any()
}
