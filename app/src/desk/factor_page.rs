//! One's own second factor, as its member sees it.

use backend::accounts::OwnFactor;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{
    answered::answered,
    door::NEEDED,
    factor::{self, Step},
    factor_codes::Codes,
    factor_set::FactorSet,
    factor_set_up::{BeginForm, ConfirmForm, FactorBegun},
    frame::Frame,
    left::TOLD,
    own::GIVE_UP,
    read::Desk,
    told::Told,
};
use crate::{
    error::Refusal,
    ssr::flash,
    tr, tr_title,
    ui::{Card, glyphs},
    words::I18n,
};

/// How it stands, and the forms that set it up and give it up. Whoever needs one to act as staff comes here without.
#[component]
pub(super) fn FactorPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let is_needed = use_query_map().try_with_untracked(|query| query.get_str(NEEDED).is_some());
    let is_needed = is_needed.unwrap_or_default();
    let page = answered(factor::factor(), move |desk| {
        let left = Left::take();
        view! { <Factor desk is_needed left/> }.into_any()
    });
    view! {
        <Title text=tr_title!(i18n, title.desk_factor)/>
        {page}
    }
    .into_any()
}

/// Which of the page's forms was refused, if one was, or that one was accepted.
struct Left {
    begin: Option<Refusal>,
    confirm: Option<Refusal>,
    give_up: Option<Refusal>,
    told: Option<String>,
}

impl Left {
    /// What there is; it is gone then.
    fn take() -> Self {
        Self {
            begin: flash::take(Step::Begin.as_str()),
            confirm: flash::take(Step::Confirm.as_str()),
            give_up: flash::take(GIVE_UP),
            told: flash::take_told(TOLD),
        }
    }
}

#[component]
fn Factor(desk: Desk<factor::Told>, is_needed: bool, left: Left) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let Desk { looker, shown } = desk;
    let glyphs = glyphs([&*looker.nickname]);
    // Whoever has one by now needs none.
    let is_lacking = matches!(
        shown,
        factor::Told::Stands(OwnFactor::Absent | OwnFactor::Begun)
    );
    let why = (is_needed && is_lacking).then(|| {
        view! { <p class="door-why" data-testid="factor-why">{tr!(i18n, desk.factor_needed)}</p> }
    });
    let told = left.told.clone();
    view! {
        {glyphs}
        <Frame looker>
            <h1 class="page-title">{tr!(i18n, desk.factor)}</h1>
            {why}
            <Told told/>
            <Part shown left/>
        </Frame>
    }
    .into_any()
}

/// What there is to do now.
#[component]
fn Part(shown: factor::Told, left: Left) -> impl IntoView {
    let Left {
        begin,
        confirm,
        give_up,
        ..
    } = left;
    match shown {
        factor::Told::Begun(setup) => view! { <FactorBegun setup/> }.into_any(),
        factor::Told::Confirmed(codes) => view! { <Codes codes/> }.into_any(),
        factor::Told::Stands(OwnFactor::Absent) => view! { <Absent begin/> }.into_any(),
        factor::Told::Stands(OwnFactor::Begun) => view! { <Pending begin confirm/> }.into_any(),
        factor::Told::Stands(OwnFactor::Set {
            since,
            codes_left,
            is_kept,
        }) => view! { <FactorSet since codes_left is_kept give_up/> }.into_any(),
    }
}

#[component]
fn Absent(begin: Option<Refusal>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! {
        <Card title=tr!(i18n, desk.factor_begin) lead=tr!(i18n, desk.factor_begin_text)>
            <BeginForm name=tr!(i18n, desk.factor_begin) refusal=begin/>
        </Card>
    }
    .into_any()
}

/// One that was begun, whose secret nobody is told again.
#[component]
fn Pending(begin: Option<Refusal>, confirm: Option<Refusal>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! {
        <Card title=tr!(i18n, desk.factor_begun) lead=tr!(i18n, desk.factor_begun_text)>
            <ConfirmForm refusal=confirm/>
        </Card>
        <Card title=tr!(i18n, desk.factor_again) lead=tr!(i18n, desk.factor_again_text)>
            <BeginForm name=tr!(i18n, desk.factor_again) refusal=begin/>
        </Card>
    }
    .into_any()
}
