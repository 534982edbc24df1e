//! A second factor that is set up, and the form that gives it up.

use leptos::prelude::*;
use wire::Timestamp;

use super::{
    acts::Act,
    confirm::{CodeField, PasswordField},
    own::{DisableFactor, GIVE_UP},
};
use crate::{
    error::Refusal,
    format, tr,
    ui::{Button, Card, Fact, FormError, PostForm, Submission, Weight, When},
    words::I18n,
};

/// Since when, and how many recovery codes are left; with the form for whoever may give it up.
#[component]
pub(super) fn FactorSet(
    since: Timestamp,
    codes_left: i64,
    /// Whether it may not be given up.
    is_kept: bool,
    give_up: Option<Refusal>,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let form = (!is_kept).then(|| {
        let is_open = give_up.is_some();
        view! {
            <div class="acts">
                <Act name=tr!(i18n, desk.factor_off) testid=GIVE_UP is_open>
                    <GiveUpForm refusal=give_up/>
                </Act>
            </div>
        }
    });
    view! {
        <Card title=tr!(i18n, desk.factor_set)>
            <dl class="facts facts-grid" data-testid="factor-set">
                <Fact name=tr!(i18n, desk.factor_since)><When at=since/></Fact>
                <Fact name=tr!(i18n, desk.codes_left)>
                    <span data-testid="codes-left">{format::group(codes_left)}</span>
                </Fact>
            </dl>
        </Card>
        {form}
    }
    .into_any()
}

#[component]
fn GiveUpForm(refusal: Option<Refusal>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let submission = Submission::new(refusal.as_ref());
    view! {
        <PostForm<DisableFactor> submission>
            <FormError submission/>
            <PasswordField within=GIVE_UP submission/>
            <CodeField within=GIVE_UP hint=tr!(i18n, desk.code_hint) submission/>
            <Button weight=Weight::Danger testid="factor-off-now">{tr!(i18n, desk.factor_off)}</Button>
        </PostForm<DisableFactor>>
    }
    .into_any()
}
