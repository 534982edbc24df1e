//! One member: what they are, and the form that changes it.

use leptos::prelude::*;
use wire::{
    Code, UserId,
    staff::{Role, Roles, StaffMember},
};

use super::{
    api::{ChangeRoles, Desk, load_staff},
    roles::{RoleBadges, role_name, role_text},
};
use crate::{
    error::{PageError, Refusal},
    session::call_as_member,
    task::Part,
    tr, tr_now,
    ui::{Answered, Button, Field, FormError, PostForm, Submission, Weight, use_toasts},
    words::{I18n, fill},
};

/// What a member is; with the form for whoever may change it.
#[component]
pub(super) fn MemberRoles(
    member: StaffMember,
    may_change: bool,
    refusal: Option<Refusal>,
    /// Loads the page's data anew.
    changed: Callback<()>,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let names = (member.nickname.clone(), member.site_id.clone());
    let title = move || fill(tr!(i18n, desk.roles_of)(), &[("name", &names.0)]);
    let stands = RwSignal::new(member.clone());
    let form = may_change.then(|| view! { <RolesForm member stands refusal changed/> });
    view! {
        <section class="card" data-testid="member-roles">
            <h2 class="card-title">{title} " " <span class="muted">"@" {names.1}</span></h2>
            <p class="row" data-testid="stands">
                <span class="muted">{tr!(i18n, desk.now)}</span>
                {move || view! { <RoleBadges roles=stands.with(|it| it.roles.clone())/> }}
            </p>
            {form}
        </section>
    }
    .into_any()
}

#[component]
fn RolesForm(
    member: StaffMember,
    /// The member as they stand now, by the last that was heard.
    stands: RwSignal<StaffMember>,
    refusal: Option<Refusal>,
    changed: Callback<()>,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let toasts = use_toasts();
    let (user, version) = (member.user_id, member.version.to_string());
    let ticked = ticked(&member, refusal.as_ref());
    let reason = Refusal::value(refusal.as_ref(), "reason");
    let submission = Submission::new(refusal.as_ref());
    submission.on_accepted(move || {
        toasts.say(tr_now!(i18n, ui.saved).to_owned());
        _ = changed.try_run(());
    });
    // What stands now is shown beside what was ticked, which stays; sent again, it is meant.
    let part = Part::here();
    let answered = Answered::new(move |answer: &Result<StaffMember, PageError>| {
        let code = answer.as_ref().err().and_then(PageError::code);
        if code == Some(Code::EditConflict) {
            part.spawn(look_again(user, stands));
        }
    });
    view! {
        <PostForm<ChangeRoles> submission answered>
            <FormError submission/>
            <input type="hidden" name="user_id" value=user.to_string()/>
            <input type="hidden" name="version" value=version prop:value=move || stands.with(|it| it.version.to_string())/>
            <RoleBoxes ticked/>
            <Field name="reason" label=tr!(i18n, desk.reason) hint=tr!(i18n, desk.reason_hint) value=reason submission/>
            <Button weight=Weight::Primary busy=submission.pending() testid="save-roles">{tr!(i18n, ui.save)}</Button>
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

async fn look_again(user: UserId, stands: RwSignal<StaffMember>) {
    let told = call_as_member(|| load_staff(Some(user))).await;
    if let Ok(Desk { shown, .. }) = told
        && let Some(member) = shown.member
    {
        stands.set(member);
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
