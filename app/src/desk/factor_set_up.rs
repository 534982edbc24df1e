//! Setting up a second factor: its two forms, and what an authenticator is told between them.

use leptos::{prelude::*, text_prop::TextProp};
use wire::auth::TotpSetup;

use super::{
    confirm::{CodeField, PasswordField},
    door::FACTOR,
    factor::Step,
};
use crate::{
    error::Refusal,
    tr,
    ui::{Button, Card, FormError, Submission, Weight},
    words::I18n,
};

/// How many letters of a secret stand together, so that it can be typed.
const GROUP: usize = 4;

/// What an authenticator is told, in two ways, and the form that shows that it was.
#[component]
pub(super) fn FactorBegun(setup: TotpSetup) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (key, drawing) = (grouped(setup.secret.text()), setup.qr_svg.0);
    view! {
        <Card title=tr!(i18n, desk.factor_begun) lead=tr!(i18n, desk.factor_scan)>
            <div class="factor" data-testid="factor-setup">
                <div class="factor-qr" role="img" aria-label=tr!(i18n, desk.factor_qr) inner_html=drawing></div>
                <p class="factor-key">
                    <span class="field-label">{tr!(i18n, desk.factor_key)}</span>
                    <code data-testid="factor-key">{key}</code>
                </p>
            </div>
            <ConfirmForm/>
        </Card>
    }
    .into_any()
}

/// Asks for the password, and begins. It is posted to its page, which answers what is told once.
#[component]
pub(super) fn BeginForm(
    /// What pressing it does.
    #[prop(into)]
    name: TextProp,
    refusal: Option<Refusal>,
) -> impl IntoView {
    let submission = Submission::new(refusal.as_ref());
    let step = Step::Begin.as_str();
    view! {
        <form class="form" method="post" action=FACTOR novalidate>
            <FormError submission/>
            <input type="hidden" name="step" value=step/>
            <PasswordField within=step submission/>
            <Button weight=Weight::Primary testid="begin-now">{move || name.get()}</Button>
        </form>
    }
    .into_any()
}

/// Asks for the first code. It is posted to its page, too.
#[component]
pub(super) fn ConfirmForm(#[prop(optional_no_strip)] refusal: Option<Refusal>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let submission = Submission::new(refusal.as_ref());
    let step = Step::Confirm.as_str();
    view! {
        <form class="form" method="post" action=FACTOR novalidate>
            <FormError submission/>
            <input type="hidden" name="step" value=step/>
            <CodeField within=step hint=tr!(i18n, desk.code_first) submission/>
            <Button weight=Weight::Primary testid="confirm-now">{tr!(i18n, desk.factor_confirm)}</Button>
        </form>
    }
    .into_any()
}

/// A secret in groups.
fn grouped(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    let groups = letters.chunks(GROUP).map(String::from_iter);
    groups.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_read_in_groups_of_four() {
        assert_eq!(grouped("GEZDGNBVGY3TQOJQ"), "GEZD GNBV GY3T QOJQ");
        assert_eq!(grouped("GEZDG"), "GEZD G");
        assert_eq!(grouped(""), "");
    }
}
