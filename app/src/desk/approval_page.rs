//! One thing that staff asked for: what it does, who asked, and the forms that decide it.

use leptos::{prelude::*, text_prop::TextProp};
use leptos_meta::Title;
use leptos_router::{
    hooks::{use_params_map, use_query_map},
    params::ParamsMap,
};
use wire::desk::{ApprovalLinesRequest, ApprovalWhole};

use super::{
    answered::answered,
    approval_acts::Decisions,
    approval_head::{ApprovalHead, written},
    approval_lines::Lines,
    decided::LeftDecision,
    place::Place,
    read::{self, AskedFor, Desk},
    room::Room,
    told::Told,
};
use crate::{
    tr, tr_title,
    ui::glyphs,
    words::{I18n, fill},
};

/// The lines of one page.
const LINES: i64 = 50;
/// Nothing has this number.
const NOTHING: i64 = 0;

/// Something that waits, or waited; which page of its lines stands in the address.
#[component]
pub(super) fn ApprovalPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let id = use_params_map().try_with_untracked(asked);
    let id = id.unwrap_or(NOTHING);
    let page = use_query_map().try_with_untracked(leaf).flatten();
    let request = ApprovalLinesRequest {
        page,
        page_size: Some(LINES),
    };
    let page = answered(read::approval(id, request), move |desk| {
        let left = LeftDecision::take(id);
        view! { <Whole desk left/> }.into_any()
    });
    view! {
        <Title text=tr_title!(i18n, title.desk_approval)/>
        {page}
    }
    .into_any()
}

/// Which it is; what is no number names nothing.
fn asked(params: &ParamsMap) -> i64 {
    let number = params.get_str("id").unwrap_or_default().parse::<i64>();
    number.unwrap_or(NOTHING)
}

/// Which page of its lines; the club refuses a number that can be none.
fn leaf(query: &ParamsMap) -> Option<i64> {
    query.get_str("page")?.trim().parse().ok()
}

#[component]
fn Whole(desk: Desk<AskedFor>, left: LeftDecision) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let Desk { looker, shown } = desk;
    let AskedFor { whole, receipt } = shown;
    let ApprovalWhole {
        approval,
        is_as_shown,
        takes_effect_at,
        rights,
        lines,
    } = whole;
    let names = lines.items.iter().map(|line| &*line.nickname);
    let glyphs = glyphs(names.chain(written(&approval)));
    let (id, asks, number) = (approval.id, looker.asks, approval.id.to_string());
    let title = move || fill(tr!(i18n, desk.approval_number)(), &[("number", &number)]);
    let title = TextProp::from(title);
    let changed = (is_as_shown == Some(false)).then(|| {
        let text = tr!(i18n, desk.approval_changed);
        view! { <p class="form-error" data-testid="changed">{text}</p> }
    });
    let LeftDecision { refused, told } = left;
    view! {
        {glyphs}
        <Room place=Place::Approvals looker title>
            <Told told/>
            <ApprovalHead approval receipt takes_effect_at/>
            {changed}
            <Decisions id rights asks refused/>
            <Lines lines/>
        </Room>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_one_and_what_is_no_number_names_none() {
        for (id, number) in [("7", 7), ("x", 0), ("", 0), ("99999999999999999999", 0)] {
            let params: ParamsMap = [("id", id)].into_iter().collect();
            assert_eq!(asked(&params), number, "{id}");
        }
    }
}
