//! What waits for somebody, each with the way to where it is dealt with.

use leptos::prelude::*;
use wire::{
    desk::{LowStock, Needs},
    shop::{PurchaseSort, Status},
};

use super::{
    place::Place,
    purchases_sought::{SoughtPurchases, State},
};
use crate::{
    format,
    i18n::{Locale, td_string},
    tr,
    ui::Card,
    words::{I18n, fill},
};

/// Something that waits.
#[derive(Debug, PartialEq, Eq)]
struct Need {
    testid: &'static str,
    what: String,
    how_many: String,
    /// Where it is dealt with, where there is such a page.
    path: Option<String>,
}

/// All that waits of what whoever looks may see.
#[component]
pub(super) fn NeedsCard(needs: Needs) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let rows = needed(i18n.get_locale_untracked(), needs);
    let none = rows.is_empty().then(|| {
        view! { <p class="muted" data-testid="needs-none">{tr!(i18n, desk.needs_none)}</p> }
    });
    let rows = rows.into_iter().map(row).collect_view();
    view! {
        <div class="board-needs">
            <Card title=tr!(i18n, desk.needs)>
                {none}
                <ul class="rows needs">{rows}</ul>
            </Card>
        </div>
    }
    .into_any()
}

fn row(need: Need) -> AnyView {
    let what = match need.path {
        Some(path) => view! { <a class="desk-link" href=path>{need.what}</a> }.into_any(),
        None => view! { <code>{need.what}</code> }.into_any(),
    };
    view! {
        <li class="need" data-testid=need.testid>
            {what}
            <span class="need-count">{need.how_many}</span>
        </li>
    }
    .into_any()
}

/// The most pressing first.
fn needed(locale: Locale, needs: Needs) -> Vec<Need> {
    let payments = needs.payments.unwrap_or_default();
    let pending = oldest(State::Stands(Status::Pending));
    let counts = [
        (
            "need-late",
            td_string!(locale, desk.need_late),
            payments.late,
            pending.clone(),
        ),
        (
            "need-owed",
            td_string!(locale, desk.need_owed),
            payments.refund_due,
            oldest(State::Owed),
        ),
        (
            "need-approvals",
            td_string!(locale, desk.need_approvals),
            needs.approvals.unwrap_or_default(),
            Place::Approvals.path().to_owned(),
        ),
        (
            "need-pending",
            td_string!(locale, desk.need_pending),
            payments.pending,
            pending,
        ),
    ];
    let waiting = counts.into_iter().filter(|(.., count, _)| *count > 0);
    let waiting = waiting.map(|(testid, what, count, path)| Need {
        testid,
        what: what.to_owned(),
        how_many: format::group(count),
        path: Some(path),
    });
    let low = needs.low_stock.into_iter().map(|it| of_stock(locale, it));
    waiting.chain(low).collect()
}

/// Where the purchases are that stand so, the oldest first.
fn oldest(state: State) -> String {
    SoughtPurchases::in_state(state).sorted(PurchaseSort::Oldest)
}

fn of_stock(locale: Locale, low: LowStock) -> Need {
    let (stock, remaining) = (format::group(low.stock), format::group(low.remaining));
    let values = [("stock", stock.as_str()), ("remaining", &remaining)];
    Need {
        testid: "need-stock",
        what: low.package_id,
        how_many: fill(td_string!(locale, desk.need_stock), &values),
        path: None,
    }
}

#[cfg(test)]
mod tests {
    use wire::desk::OpenPurchases;

    use super::*;

    #[test]
    fn only_what_waits_is_named() {
        let needs = Needs {
            payments: Some(OpenPurchases {
                pending: 1_000,
                late: 2,
                refund_due: 0,
            }),
            approvals: None,
            low_stock: vec![LowStock {
                package_id: "lantern".to_owned(),
                remaining: 3,
                stock: 50,
            }],
        };
        let needed = needed(Locale::en, needs);
        let said: Vec<_> = needed
            .iter()
            .map(|it| (it.testid, it.how_many.as_str(), it.path.as_deref()))
            .collect();
        let pending = oldest(State::Stands(Status::Pending));
        let expected = [
            ("need-late", "2", Some(&*pending)),
            ("need-pending", "1,000", Some(&*pending)),
            ("need-stock", "3 of 50 packages left", None),
        ];
        assert_eq!(said, expected);
    }
}
