//! Checking one hand.

use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_query_map;
use wire::{Code, HandId, fairness::Round};

use super::{
    api::load_round,
    checker::{Verdict, check},
    promise::Promises,
    round_view::RoundView,
};
use crate::{
    error::PageError,
    session::{Session, call_as_member, use_session},
    task::Part,
    tr,
    ui::{Badge, Button, Card, Icon, NoScript, Tone, use_alive},
    words::{self, I18n},
};

type Checked = Result<(Round, Verdict), PageError>;

/// Fetches a hand and checks it.
async fn ask(session: Session, id: &HandId) -> Checked {
    let viewer = session.viewer.await?;
    let round = call_as_member(|| load_round(id.clone())).await?;
    let member = viewer.ok_or(Code::Unauthenticated)?.user.id;
    let verdict = check(member, &round, &Promises::kept());
    Ok((round, verdict))
}

/// Checks one hand by its id, and shows everything it was made of.
#[component]
pub(super) fn CheckOne() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let session = use_session();
    let query = use_query_map();
    let hand = RwSignal::new(
        query
            .try_with_untracked(|query| query.get("hand"))
            .flatten()
            .unwrap_or_default(),
    );
    let checked = RwSignal::new(None::<Checked>);
    let busy = RwSignal::new(false);
    let part = Part::here();
    let is_alive = use_alive();
    let run = move || {
        let typed = hand.try_get_untracked().unwrap_or_default();
        let id = HandId(typed.trim().to_owned());
        if id.as_str().is_empty() || busy.try_get_untracked() != Some(false) {
            return;
        }
        busy.set(true);
        part.spawn(async move {
            let answer = ask(session, &id).await;
            checked.set(Some(answer));
            busy.set(false);
        });
    };
    // A link from a list names the hand: check it without another press.
    Effect::new(move || {
        if let Some(id) = query.with(|query| query.get("hand")) {
            hand.set(id);
            run();
        }
    });
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        run();
    };
    view! {
        <Card title=tr!(i18n, fairness.one_title)>
            <form id="one" class="form form-row" method="get" action="/fairness" on:submit=on_submit>
                <div class="field">
                    <label class="field-label" for="field-hand">{tr!(i18n, fairness.one_label)}</label>
                    <input
                        id="field-hand"
                        class="input"
                        name="hand"
                        autocomplete="off"
                        spellcheck="false"
                        data-testid="verify-input"
                        value=hand.try_get_untracked().unwrap_or_default()
                        prop:value=move || hand.get()
                        on:input=move |event| hand.set(event_target_value(&event))
                    />
                    <p class="field-hint">{tr!(i18n, fairness.one_hint)}</p>
                </div>
                <Button busy disabled=Signal::derive(move || !is_alive.get()) testid="verify-one">{tr!(i18n, fairness.one)}</Button>
            </form>
            <NoScript text=tr!(i18n, ui.no_script)/>
            {move || checked.get().map(|checked| view! { <Outcome checked/> })}
        </Card>
    }
    .into_any()
}

#[component]
fn Outcome(checked: Checked) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (round, verdict) = match checked {
        Ok(pair) => pair,
        Err(error) => {
            let text = move || words::failure(i18n.get_locale(), &error);
            return view! { <p class="form-error" role="alert">{text}</p> }.into_any();
        }
    };
    let (tone, icon, word) = match verdict {
        Verdict::Good => (Tone::Good, "yes", "ok"),
        Verdict::Sealed => (Tone::Warn, "lock", "sealed"),
        _ => (Tone::Bad, "no", "failed"),
    };
    let head = move || match verdict {
        Verdict::Good => tr!(i18n, fairness.verdict_ok)(),
        Verdict::Sealed => tr!(i18n, fairness.verdict_sealed)(),
        _ => tr!(i18n, fairness.verdict_failed)(),
    };
    let text = move || match verdict {
        Verdict::Good => tr!(i18n, fairness.verdict_ok_text)(),
        Verdict::Sealed => tr!(i18n, fairness.verdict_sealed_text)(),
        _ => verdict.fault_text(i18n.get_locale()).unwrap_or_default(),
    };
    view! {
        <div class="verdict" role="status" data-testid="verify-verdict" data-verdict=word>
            <Badge tone><Icon name=icon/>{head}</Badge>
            <p>{text}</p>
        </div>
        <RoundView round/>
    }
    .into_any()
}
