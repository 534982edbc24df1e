//! One item of the inventory: what it is, and what can be done with it.

use leptos::prelude::*;
use wire::shop::{InventoryItem, ItemKind, UseResult};

use super::api::{EquipItem, TakeOff, UseItem};
use crate::{
    browser,
    error::PageError,
    format,
    goods::{Picture, item_name, kind_name, rarity_name},
    session::use_session,
    tr, tr_now,
    ui::{
        Answered, Badge, Button, FormError, PostForm, RarityFrame, Submission, Tone, Weight, tint,
        use_toasts,
    },
    words::{I18n, fill},
};

/// What the items of a page share.
#[derive(Clone, Copy)]
pub(super) struct Shelf {
    /// Where a plain form comes back to.
    pub(super) back: StoredValue<String>,
    /// What the keys of the plain forms begin with.
    pub(super) key: StoredValue<String>,
}

/// An item with how many there are.
#[component]
pub(super) fn Entry(item: InventoryItem, shelf: Shelf) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let InventoryItem {
        kind,
        rarity,
        count,
        is_equipped,
        ..
    } = item;
    let (code, shown) = (StoredValue::new(item.code.clone()), item.code.clone());
    let title = move || code.with_value(|code| item_name(i18n.get_locale(), code));
    let owned = move || fill(tr!(i18n, bag.count)(), &[("count", &format::group(count))]);
    let act = match kind {
        ItemKind::Consumable => view! { <Consume code=item.code.clone() shelf/> }.into_any(),
        _ if is_equipped => view! { <Undress kind shelf/> }.into_any(),
        _ => view! { <Dress code=item.code.clone() shelf/> }.into_any(),
    };
    let worn = is_equipped.then(|| view! { <Badge tone=Tone::Good>{tr!(i18n, bag.worn)}</Badge> });
    view! {
        <li
            class="ware"
            data-testid="item"
            data-code=shown
            data-count=count.to_string()
            data-equipped=is_equipped.to_string()
        >
            <div class="ware-top">
                <RarityFrame rarity><Picture code=item.code/></RarityFrame>
            </div>
            <h2 class="ware-name">{title}</h2>
            <p class="ware-about">
                <span>{move || kind_name(i18n.get_locale(), kind)}</span>
                <span class=tint(rarity)>{move || rarity_name(i18n.get_locale(), rarity)}</span>
                <span>{owned}</span>
                {worn}
            </p>
            {act}
        </li>
    }
    .into_any()
}

#[component]
fn Dress(code: String, shelf: Shelf) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (session, submission) = (use_session(), Submission::new(None));
    submission.on_accepted(move || session.reload());
    view! {
        <PostForm<EquipItem> submission class="inline-form">
            <FormError submission/>
            <input type="hidden" name="item" value=code/>
            <input type="hidden" name="back" value=shelf.back.get_value()/>
            <Button busy=submission.pending() testid="equip">{tr!(i18n, bag.equip)}</Button>
        </PostForm<EquipItem>>
    }
    .into_any()
}

#[component]
fn Undress(kind: ItemKind, shelf: Shelf) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (session, submission) = (use_session(), Submission::new(None));
    submission.on_accepted(move || session.reload());
    view! {
        <PostForm<TakeOff> submission class="inline-form">
            <FormError submission/>
            <input type="hidden" name="kind" value=kind.as_str()/>
            <input type="hidden" name="back" value=shelf.back.get_value()/>
            <Button busy=submission.pending() testid="unequip">{tr!(i18n, bag.unequip)}</Button>
        </PostForm<TakeOff>>
    }
    .into_any()
}

/// Using one up is asked for twice: opening the fold, then the button in it.
#[component]
fn Consume(code: String, shelf: Shelf) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (toasts, session) = (use_toasts(), use_session());
    let submission = Submission::new(None);
    let plain = format!("{}.{code}", shelf.key.get_value());
    // One key a use: pressed again before an answer came, it is the same use.
    let key = RwSignal::new(plain.clone());
    Effect::new(move || key.set(browser::fresh_key()));
    let answered = Answered::new(move |answer: &Result<UseResult, PageError>| {
        let Ok(used) = answer else { return };
        _ = key.try_set(browser::fresh_key());
        let values = [used.experience, used.left].map(format::group);
        let values = [("experience", &*values[0]), ("left", &*values[1])];
        toasts.say(fill(tr_now!(i18n, bag.used), &values));
        session.reload();
    });
    view! {
        <details class="fold use-fold">
            <summary class=Weight::Quiet.class() data-testid="use">{tr!(i18n, bag.consume)}</summary>
            <PostForm<UseItem> submission answered>
                <p class="fine-print">{tr!(i18n, bag.use_text)}</p>
                <FormError submission/>
                <input type="hidden" name="item" value=code/>
                <input type="hidden" name="key" value=plain prop:value=move || key.get()/>
                <input type="hidden" name="back" value=shelf.back.get_value()/>
                <Button weight=Weight::Primary busy=submission.pending() testid="use-now">{tr!(i18n, bag.use_now)}</Button>
            </PostForm<UseItem>>
        </details>
    }
    .into_any()
}
