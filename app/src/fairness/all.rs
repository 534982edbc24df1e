//! Checking every revealed hand.

use leptos::prelude::*;
use wire::{
    HandId, UserId,
    fairness::{Round, Seeds},
};

use super::{
    api::list_rounds,
    checker::{Seen, Verdict},
    start::{Open, Start},
};
use crate::{
    browser,
    error::PageError,
    format,
    session::call_as_member,
    task::Part,
    tr,
    ui::{Button, Card, NoScript, Proof, ProofChip},
    words::{self, I18n, fill},
};

/// Hands fetched at once; the most that one page carries.
const FETCH: i64 = 200;
/// Hands checked before the browser may paint and take input: a moment of a slow phone.
const BATCH: usize = 50;
/// Faulty hands that are listed.
const FAULTS_SHOWN_MAX: usize = 50;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Idle,
    Running,
    Done,
}

/// How the check is going.
#[derive(Clone, Copy)]
pub(super) struct Progress {
    stage: RwSignal<Stage>,
    /// Counts the checks: one that was stopped may still wait for an answer when the next begins.
    run: StoredValue<u32>,
    checked: RwSignal<usize>,
    failed: RwSignal<usize>,
    faults: RwSignal<Vec<(HandId, Verdict)>>,
    gap: RwSignal<Option<i64>>,
    spent_ms: RwSignal<f64>,
    error: RwSignal<Option<PageError>>,
    /// Whether there is anything to check at all.
    pub(super) is_played: RwSignal<bool>,
}

impl Progress {
    fn new() -> Self {
        Self {
            stage: RwSignal::new(Stage::Idle),
            run: StoredValue::new(0),
            checked: RwSignal::new(0),
            failed: RwSignal::new(0),
            faults: RwSignal::new(Vec::new()),
            gap: RwSignal::new(None),
            spent_ms: RwSignal::new(0.0),
            error: RwSignal::new(None),
            is_played: RwSignal::new(true),
        }
    }

    /// Begins anew; gives the number of this check.
    pub(super) fn start(self) -> u32 {
        let run = self.run.try_get_value().unwrap_or_default() + 1;
        self.run.set_value(run);
        self.stage.set(Stage::Running);
        self.checked.set(0);
        self.failed.set(0);
        self.faults.set(Vec::new());
        self.gap.set(None);
        self.spent_ms.set(0.0);
        self.error.set(None);
        run
    }

    fn goes_on(self, run: u32) -> bool {
        self.stage.try_get_untracked() == Some(Stage::Running)
            && self.run.try_get_value() == Some(run)
    }

    /// Says what came of a check, unless it was stopped.
    pub(super) fn end(self, run: u32, outcome: Result<Option<i64>, PageError>) {
        if self.goes_on(run) {
            match outcome {
                Ok(gap) => self.gap.set(gap),
                Err(error) => self.error.set(Some(error)),
            }
            self.stage.set(Stage::Done);
        }
    }

    /// Checks a batch without a pause.
    fn take(self, member: UserId, batch: &[Round], seen: &mut Seen) {
        let started = browser::elapsed_ms();
        let mut bad = Vec::new();
        for round in batch {
            let verdict = seen.check(member, round);
            if verdict != Verdict::Good {
                bad.push((round.hand_id.clone(), verdict));
            }
        }
        self.spent_ms
            .update(|spent| *spent += browser::elapsed_ms() - started);
        self.checked.update(|checked| *checked += batch.len());
        self.failed.update(|failed| *failed += bad.len());
        self.faults.update(|faults| {
            faults.extend(bad);
            faults.truncate(FAULTS_SHOWN_MAX);
        });
    }
}

/// Fetches and checks page after page; lets the browser breathe between batches. Gives the first
/// nonce that is missing, once it has come to the end.
pub(super) async fn check_all(
    progress: Progress,
    run: u32,
    member: UserId,
    seeds: &Seeds,
) -> Result<Option<i64>, PageError> {
    let (mut cursor, mut seen) = (None, Seen::nothing());
    loop {
        let page = call_as_member(|| list_rounds(FETCH, cursor.clone())).await?;
        for batch in page.items.chunks(BATCH) {
            if !progress.goes_on(run) {
                return Ok(None);
            }
            progress.take(member, batch, &mut seen);
            browser::sleep(0).await;
        }
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    let played = |pair: &wire::PairId| {
        let mut revealed = seeds.revealed.iter();
        let found = revealed.find(|revealed| revealed.pair_id == *pair)?;
        Some(found.nonces)
    };
    Ok(seen.gap(played))
}

/// Checks every revealed hand in the browser, and says what came of it; where none is revealed, one
/// press reveals and checks them.
#[component]
pub(super) fn CheckAll(
    seeds: Resource<Result<Seeds, PageError>>,
    /// Runs after the seeds were changed.
    changed: Callback<()>,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let progress = Progress::new();
    let part = Part::here();
    let busy = Signal::derive(move || progress.stage.get() == Stage::Running);
    let stop = Callback::new(move |()| progress.stage.set(Stage::Done));
    let start = move || {
        Suspend::new(async move {
            // The rest of the page tells why there are none.
            let open = seeds.await.map_or(Open::Some, |seeds| Open::of(&seeds));
            view! { <Start progress open changed part busy/> }
        })
    };
    view! {
        <Card title=tr!(i18n, fairness.all_title) lead=tr!(i18n, fairness.all_text)>
            <NoScript text=tr!(i18n, ui.no_script)/>
            <div class="row">
                <Transition fallback=|| ()>{start}</Transition>
                <Show when=move || busy.get()>
                    <Button press=stop>{tr!(i18n, fairness.all_stop)}</Button>
                </Show>
            </div>
            <Summary progress/>
        </Card>
    }
    .into_any()
}

#[component]
fn Summary(progress: Progress) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let count = |count: usize| format::group(i64::try_from(count).unwrap_or(i64::MAX));
    let is_good = move || {
        progress.failed.get() == 0 && progress.gap.get().is_none() && progress.error.get().is_none()
    };
    let mood = move || match progress.stage.get() {
        Stage::Done if progress.checked.get() == 0 => "summary",
        Stage::Done if is_good() => "summary summary-good",
        Stage::Done => "summary summary-bad",
        Stage::Idle | Stage::Running => "summary",
    };
    let state = move || match progress.stage.get() {
        Stage::Idle => "idle",
        Stage::Running => "running",
        Stage::Done => "done",
    };
    let text = move || {
        let locale = i18n.get_locale();
        let checked = count(progress.checked.get());
        match progress.stage.get() {
            Stage::Idle => String::new(),
            Stage::Running => fill(tr!(i18n, fairness.progress)(), &[("checked", &checked)]),
            Stage::Done => match progress.error.get() {
                Some(error) => words::failure(locale, &error),
                None if progress.failed.get() > 0 => fill(
                    tr!(i18n, fairness.all_bad)(),
                    &[("count", &count(progress.failed.get()))],
                ),
                None => match progress.gap.get() {
                    Some(nonce) => fill(
                        tr!(i18n, fairness.gap)(),
                        &[("nonce", &format::group(nonce))],
                    ),
                    None if !progress.is_played.get() => {
                        tr!(i18n, fairness.none_played)().to_owned()
                    }
                    None if progress.checked.get() == 0 => {
                        tr!(i18n, fairness.none_open)().to_owned()
                    }
                    None => fill(tr!(i18n, fairness.all_good)(), &[("count", &checked)]),
                },
            },
        }
    };
    view! {
        <div
            class=mood
            data-testid="verify-summary"
            data-state=state
            data-checked=move || progress.checked.get().to_string()
            data-ok=move || (progress.checked.get() - progress.failed.get()).to_string()
            data-failed=move || progress.failed.get().to_string()
            data-spent-ms=move || format!("{:.1}", progress.spent_ms.get())
        >
            <p role="status" aria-live="polite" class="summary-text">{text}</p>
            <Took progress/>
            <Faults progress/>
        </div>
    }
    .into_any()
}

#[component]
fn Took(progress: Progress) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let text = move || {
        let is_shown = progress.stage.get() == Stage::Done && progress.checked.get() > 0;
        is_shown.then(|| {
            fill(
                tr!(i18n, fairness.took)(),
                &[("ms", &format!("{:.0}", progress.spent_ms.get()))],
            )
        })
    };
    view! { <p class="muted">{text}</p> }
}

#[component]
fn Faults(progress: Progress) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let row = move |(hand, verdict): (HandId, Verdict)| {
        view! {
            <li class="fault" data-testid="verify-fault" data-hand-id=hand.to_string()>
                <ProofChip hand=hand.clone() proof=Proof::Bad/>
                <a class="text-link" href=format!("/fairness?hand={hand}#one")><code>{format::short(hand.as_str())}</code></a>
                <span>{move || verdict.fault_text(i18n.get_locale())}</span>
            </li>
        }
    };
    view! {
        <ul class="rows">
            <For each=move || progress.faults.get() key=|(hand, _)| hand.clone() children=row/>
        </ul>
    }
    .into_any()
}
