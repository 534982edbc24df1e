//! Whether the club signed exactly this, worked out in the page.

use leptos::prelude::*;
use wire::shop::{Receipt, ReceiptKey};

use super::load_receipt_key;
use crate::{
    error::PageError,
    session::call,
    task::spawn_owned,
    tr,
    ui::{Badge, Button, Fact, Hash, Icon, NoScript, Tone},
    words::{self, I18n},
};

/// What came of it: whether it is genuine, and by which key.
type Checked = Result<(bool, ReceiptKey), PageError>;

/// Checks the receipt with the published key, at a press.
#[component]
pub(super) fn Verify(receipt: Receipt) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let receipt = StoredValue::new(receipt);
    let (checked, busy) = (RwSignal::new(None::<Checked>), RwSignal::new(false));
    let run = Callback::new(move |()| {
        if busy.try_get_untracked() != Some(false) {
            return;
        }
        busy.set(true);
        spawn_owned(async move {
            let answer = call(load_receipt_key).await;
            let answer = answer.map(|key| (receipt.with_value(|it| it.is_genuine(&key)), key));
            checked.set(Some(answer));
            busy.set(false);
        });
    });
    view! {
        <NoScript text=tr!(i18n, ui.no_script)/>
        <Button busy press=run testid="verify">
            <Icon name="shield"/>
            {tr!(i18n, receipt.verify)}
        </Button>
        {move || checked.get().map(|checked| view! { <Outcome checked/> })}
    }
    .into_any()
}

#[component]
fn Outcome(checked: Checked) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (is_genuine, key) = match checked {
        Ok(checked) => checked,
        Err(error) => {
            let text = move || words::failure(i18n.get_locale(), &error);
            return view! { <p class="form-error" role="alert">{text}</p> }.into_any();
        }
    };
    let (tone, icon, word) = if is_genuine {
        (Tone::Good, "yes", "ok")
    } else {
        (Tone::Bad, "no", "failed")
    };
    let (head, text) = (
        move || {
            if is_genuine {
                tr!(i18n, receipt.ok)()
            } else {
                tr!(i18n, receipt.bad)()
            }
        },
        move || {
            if is_genuine {
                tr!(i18n, receipt.ok_text)()
            } else {
                tr!(i18n, receipt.bad_text)()
            }
        },
    );
    view! {
        <div class="verdict" role="status" data-testid="verify-verdict" data-verdict=word>
            <Badge tone><Icon name=icon/>{head}</Badge>
            <p>{text}</p>
        </div>
        <dl class="facts">
            <Fact name=tr!(i18n, receipt.key)>
                <Hash value=key.public_key label=tr!(i18n, receipt.key) testid="public-key"/>
            </Fact>
        </dl>
    }
    .into_any()
}
