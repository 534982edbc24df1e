//! What waits for somebody, each with the way to where it is dealt with.

use leptos::prelude::*;
use wire::desk::{COUNTED_MAX, LowStock, Needs};

use crate::{
    format,
    i18n::{Locale, td_string},
    tr,
    ui::Card,
    words::{I18n, fill},
};

/// Where payments are dealt with.
const PURCHASES: &str = "/admin/purchases";
/// Where what waits for somebody else is granted.
const APPROVALS: &str = "/admin/approvals";

/// Something that waits.
#[derive(Debug, PartialEq, Eq)]
struct Need {
    testid: &'static str,
    what: String,
    how_many: String,
    /// Where it is dealt with, where there is such a page.
    path: Option<&'static str>,
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
    let counts = [
        (
            "need-stuck",
            td_string!(locale, desk.need_stuck),
            payments.stuck,
            PURCHASES,
        ),
        (
            "need-owed",
            td_string!(locale, desk.need_owed),
            payments.owed,
            PURCHASES,
        ),
        (
            "need-approvals",
            td_string!(locale, desk.need_approvals),
            needs.approvals.unwrap_or_default(),
            APPROVALS,
        ),
        (
            "need-pending",
            td_string!(locale, desk.need_pending),
            payments.pending,
            PURCHASES,
        ),
    ];
    let waiting = counts.into_iter().filter(|(.., count, _)| *count > 0);
    let waiting = waiting.map(|(testid, what, count, path)| Need {
        testid,
        what: what.to_owned(),
        how_many: up_to(count),
        path: Some(path),
    });
    let low = needs.low_stock.into_iter().map(|it| of_stock(locale, it));
    waiting.chain(low).collect()
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

/// A count, which stops somewhere.
fn up_to(count: i64) -> String {
    let more = if count >= COUNTED_MAX { "+" } else { "" };
    format!("{}{more}", format::group(count))
}

#[cfg(test)]
mod tests {
    use wire::desk::PaymentNeeds;

    use super::*;

    #[test]
    fn only_what_waits_is_named_and_a_count_says_where_it_stopped() {
        let needs = Needs {
            payments: Some(PaymentNeeds {
                pending: COUNTED_MAX,
                stuck: 2,
                owed: 0,
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
            .map(|it| (it.testid, it.how_many.as_str(), it.path))
            .collect();
        let expected = [
            ("need-stuck", "2", Some(PURCHASES)),
            ("need-pending", "1,000+", Some(PURCHASES)),
            ("need-stock", "3 of 50 left", None),
        ];
        assert_eq!(said, expected);
    }
}
