//! Rows and columns.

use leptos::{prelude::*, text_prop::TextProp};

/// A column's head.
pub struct Column {
    name: TextProp,
    class: &'static str,
}

impl Column {
    /// A column of words.
    pub fn text(name: impl Into<TextProp>) -> Self {
        let (name, class) = (name.into(), "");
        Self { name, class }
    }

    /// A column of numbers, which stand below each other.
    pub fn number(name: impl Into<TextProp>) -> Self {
        let (name, class) = (name.into(), "number");
        Self { name, class }
    }

    /// A column of numbers that only a wide screen has room for.
    pub fn wide_number(name: impl Into<TextProp>) -> Self {
        let (name, class) = (name.into(), "number wide-only");
        Self { name, class }
    }

    /// A column of words that only a wide screen has room for.
    pub fn wide(name: impl Into<TextProp>) -> Self {
        let (name, class) = (name.into(), "wide-only");
        Self { name, class }
    }
}

/// A table; its children are the rows. Where it is too wide, it moves below its own edge.
#[component]
pub fn Table(
    columns: Vec<Column>,
    /// Says what it is, since it can be reached and moved by keyboard.
    #[prop(into)]
    label: TextProp,
    #[prop(optional)] testid: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    let head = columns
        .into_iter()
        .map(|Column { name, class }| {
            let class = (!class.is_empty()).then_some(class);
            view! { <th scope="col" class=class>{move || name.get()}</th> }
        })
        .collect_view();
    view! {
        <div class="table-room" tabindex="0" role="region" aria-label=move || label.get()>
            <table class="table" data-testid=testid>
                <thead>
                    <tr>{head}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
