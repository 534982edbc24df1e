//! The form that ends a purchase, with what it would do.

use std::marker::PhantomData;

use leptos::{prelude::*, server_fn::ServerFn, text_prop::TextProp};
use wire::{
    desk::{Preview, PurchaseRow},
    shop::Receipt,
};

use super::{
    confirm::{Asks, ConfirmFields},
    ending::Ending,
    waits::{Waits, key_of, number},
    way::from_to,
};
use crate::{
    error::{PageError, Refusal},
    goods::{ContentsLine, Cost},
    tr,
    ui::{Button, Fact, Field, FormError, PostForm, Submission, Weight},
    words::I18n,
};

/// What it would do, and why it is done; it does that or nothing.
#[component]
pub(super) fn EndingForm<F>(
    ending: Ending,
    /// Says which function it is; its value does not matter.
    #[prop(optional)]
    _function: PhantomData<F>,
    purchase: PurchaseRow,
    preview: Preview,
    asks: Asks,
    /// The key of the gesture.
    key: String,
    refusal: Option<Refusal>,
) -> impl IntoView
where
    F: ServerFn<Error = PageError, Output = Receipt>,
{
    let i18n: I18n = crate::i18n::use_i18n();
    let submission = Submission::new(refusal.as_ref());
    let key = key_of(refusal.as_ref(), key);
    let waiting = number(refusal.as_ref());
    let reason = Refusal::value(refusal.as_ref(), "reason");
    let (hash, within, action) = (preview.preview.clone(), ending.word(), ending.action());
    let code = purchase.receipt.receipt_code.to_string();
    let button = match ending {
        Ending::Refund => "refund-now",
        Ending::Settle => "settle-now",
    };
    let name = move || ending.name(i18n.get_locale());
    view! {
        <PostForm<F> submission>
            <FormError submission/>
            <Waits number=waiting/>
            <WouldDo ending receipt=purchase.receipt preview/>
            <input type="hidden" name="receipt_code" value=code/>
            <input type="hidden" name="preview" value=hash/>
            <input type="hidden" name="key" value=key/>
            <Field name="reason" within=within label=tr!(i18n, desk.reason) hint=tr!(i18n, desk.reason_hint) value=reason submission/>
            <ConfirmFields asks action within submission/>
            <Button weight=Weight::Danger testid=button>{name}</Button>
        </PostForm<F>>
    }
    .into_any()
}

/// What the club says that it would do now.
#[component]
fn WouldDo(ending: Ending, receipt: Receipt, preview: Preview) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let about = move || ending.about(i18n.get_locale());
    let holds = TextProp::from(move || match ending {
        Ending::Refund => tr!(i18n, desk.would_hold)(),
        Ending::Settle => tr!(i18n, desk.would_hold_at_most)(),
    });
    let tokens = preview.first.first().map(|member| {
        let tokens = from_to(member.before.get(), member.after.get());
        view! { <Fact name=holds><span data-testid="would-hold">{tokens}</span></Fact> }
    });
    let undone = (ending == Ending::Refund).then(|| view! { <Undone receipt/> });
    view! {
        <p class="card-lead">{about}</p>
        <dl class="facts" data-testid="would-do">
            {tokens}
            {undone}
        </dl>
    }
    .into_any()
}

/// The money that goes back, and the goods that are taken back.
#[component]
pub(super) fn Undone(receipt: Receipt) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let price = receipt.total;
    let contents = receipt.lines.into_iter().map(|line| {
        let contents = line.contents;
        view! { <ContentsLine contents/> }
    });
    let contents = contents.collect_view();
    view! {
        <Fact name=tr!(i18n, desk.goes_back)>
            <span data-testid="goes-back"><Cost price/></span>
        </Fact>
        <Fact name=tr!(i18n, desk.taken_back)>
            <div data-testid="taken-back">{contents}</div>
        </Fact>
    }
    .into_any()
}
