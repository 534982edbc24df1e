//! Recovery codes, which are shown once.

use leptos::prelude::*;
use wire::auth::RecoveryCodes;

use super::place::Place;
use crate::{
    tr,
    ui::{Card, Weight},
    words::I18n,
};

/// All of them, as text that can be printed, and the way on.
#[component]
pub(super) fn Codes(codes: RecoveryCodes) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let codes = codes.recovery_codes.into_iter().map(|code| {
        view! { <li><code data-testid="recovery-code">{code.0}</code></li> }
    });
    let codes = codes.collect_view();
    view! {
        <Card title=tr!(i18n, desk.codes) lead=tr!(i18n, desk.codes_text)>
            <ol class="recovery-codes">{codes}</ol>
            <p class="row no-print">
                <a class=Weight::Primary.class() href=Place::Today.path() data-testid="codes-kept">{tr!(i18n, desk.codes_kept)}</a>
            </p>
        </Card>
    }
    .into_any()
}
