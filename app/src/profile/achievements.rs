//! What can be achieved, how far the member has come, and the rewards that wait.

use leptos::prelude::*;
use progress::achievement::Kind;
use wire::achievements::{Achievement, Achievements as List};

use super::ClaimAchievement;
use crate::{
    format,
    session::use_session,
    tr, tr_now,
    ui::{Badge, Button, Card, FormError, Meter, PostForm, Submission, Tone, use_toasts},
    words::{self, I18n, fill},
};

/// Every achievement: those with a reward to claim first, then the others in the club's order.
#[component]
pub(super) fn Achievements(list: List) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let mut items = list.items;
    items.sort_by_key(|item| !item.is_claimable());
    let all = items.len().to_string();
    let done = items.iter().filter(|item| item.unlocked_at.is_some());
    let done = done.count().to_string();
    let lead = move || {
        fill(
            tr!(i18n, achievement.lead)(),
            &[("done", &done), ("all", &all)],
        )
    };
    let rows = items
        .into_iter()
        .map(|item| view! { <Row item/> })
        .collect_view();
    view! {
        <Card title=tr!(i18n, achievement.title) lead=lead>
            <ul id="achievements" class="rows">{rows}</ul>
        </Card>
    }
    .into_any()
}

#[component]
fn Row(item: Achievement) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let code = item.code.clone();
    let named = StoredValue::new(item.code.clone());
    let name = move || named.with_value(|code| words::of_achievement(i18n.get_locale(), code).0);
    let text = move || named.with_value(|code| words::of_achievement(i18n.get_locale(), code).1);
    let (progress, goal) = (item.progress, item.threshold);
    let shown = [progress, goal].map(|count| shown(item.kind, count));
    let stands = move || {
        let [now, goal] = &shown;
        fill(
            tr!(i18n, achievement.progress)(),
            &[("now", now), ("goal", goal)],
        )
    };
    let state = match (item.unlocked_at, item.claimed_at) {
        (None, _) => "locked",
        (Some(_), None) => "unlocked",
        (Some(_), Some(_)) => "claimed",
    };
    view! {
        <li class="achievement" data-testid="achievement" data-code=code data-state=state>
            <p class="achievement-name">{name}<span class="achievement-text">{text}</span></p>
            <Reward item/>
            {(state == "locked").then(|| view! { <Meter label=name value=progress max=goal text=stands/> })}
        </li>
    }
    .into_any()
}

/// What it is worth: to be claimed, claimed, or still ahead.
#[component]
fn Reward(item: Achievement) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let amount = format::group(item.reward.get());
    let worth = amount.clone();
    let worth = move || fill(tr!(i18n, achievement.reward)(), &[("amount", &worth)]);
    if item.claimed_at.is_some() {
        return view! { <Badge tone=Tone::Good>{tr!(i18n, achievement.claimed)}</Badge> }
            .into_any();
    }
    if !item.is_claimable() {
        return view! { <Badge>{worth}</Badge> }.into_any();
    }
    let (toasts, session) = (use_toasts(), use_session());
    // A plain form that is refused comes back to a page that shows why: it is claimed already.
    let submission = Submission::new(None);
    let came = amount.clone();
    submission.on_accepted(move || {
        toasts.say(fill(tr_now!(i18n, achievement.came), &[("amount", &came)]));
        session.reload();
    });
    let claim = move || fill(tr!(i18n, achievement.claim)(), &[("amount", &amount)]);
    view! {
        <PostForm<ClaimAchievement> submission class="inline-form">
            <FormError submission/>
            <input type="hidden" name="code" value=item.code/>
            <Button busy=submission.pending() testid="claim">{claim}</Button>
        </PostForm<ClaimAchievement>>
    }
    .into_any()
}

/// A count as people read it: a multiplier is kept in hundredths.
fn shown(kind: Kind, count: i64) -> String {
    match kind {
        Kind::Multiplier => format!("{}×", format::hundredths(count)),
        Kind::Hands
        | Kind::Wins
        | Kind::Streak
        | Kind::LargestWin
        | Kind::Games
        | Kind::Items
        | Kind::Legendaries => format::group(count),
    }
}
