//! What the keys do, on this page and everywhere.

use std::sync::Arc;

use leptos::{prelude::*, text_prop::TextProp};

use crate::{
    keys::{Binding, Key, use_keys},
    tr,
    ui::{Sheet, use_here},
    words::I18n,
};

/// The sheet that `?` opens.
#[component]
pub(super) fn KeyHelp(open: RwSignal<bool>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let keys = use_keys();
    let everywhere: Arc<[Binding]> = Arc::new([
        Binding::new(&[Key::Sign('?')], tr!(i18n, keys.help), move || {
            open.set(true);
        }),
        Binding::told(&[Key::Escape], tr!(i18n, keys.escape)),
    ]);
    keys.declare(everywhere.clone());
    // Over another page, which a notice in the sheet may lead to, it would hide what was asked for.
    let here = use_here();
    Effect::new(move || {
        here.track();
        open.set(false);
    });
    let lists = move || {
        let tables = keys.tables();
        let of_page = tables.iter().filter(|it| !Arc::ptr_eq(it, &everywhere));
        let here: Vec<Binding> = of_page.flat_map(|table| table.iter()).cloned().collect();
        let here =
            (!here.is_empty()).then(|| view! { <List title=tr!(i18n, keys.here) bindings=here/> });
        let everywhere = everywhere.to_vec();
        open.get().then(|| {
            view! {
                {here}
                <List title=tr!(i18n, keys.everywhere) bindings=everywhere/>
            }
        })
    };
    view! { <Sheet open title=tr!(i18n, keys.title)>{lists}</Sheet> }.into_any()
}

#[component]
fn List(#[prop(into)] title: TextProp, bindings: Vec<Binding>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let rows = bindings.into_iter().map(|Binding { keys, label, .. }| {
        let caps = keys.iter().map(|key| {
            view! { <kbd class="key">{move || key.cap(i18n.get_locale())}</kbd> }
        });
        view! {
            <div class="key-row" data-testid="key-row">
                <dt>{caps.collect_view()}</dt>
                <dd>{move || label.get()}</dd>
            </div>
        }
    });
    view! {
        <h3 class="key-title">{move || title.get()}</h3>
        <dl class="key-list">{rows.collect_view()}</dl>
    }
    .into_any()
}
