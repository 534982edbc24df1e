//! The pair in use and the one after it.

use leptos::prelude::*;
use wire::fairness::Seeds;

use super::{Promise, Rotate, SetClientSeed};
use crate::{
    error::Refusal,
    format, tr, tr_now,
    ui::{Button, Card, Fact, Field, FormError, Hash, PostForm, Submission, use_toasts},
    words::I18n,
};

/// The commitments, the member's own seed, and the turn to the next pair.
#[component]
pub(super) fn SeedsView(
    seeds: Seeds,
    refusal: [Option<Refusal>; 2],
    changed: Callback<()>,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let toasts = use_toasts();
    let [seed, turn] = refusal
        .each_ref()
        .map(|refusal| Submission::new(refusal.as_ref()));
    seed.on_accepted(move || {
        toasts.say(tr_now!(i18n, fairness.changed).to_owned());
        _ = changed.try_run(());
    });
    turn.on_accepted(move || {
        toasts.say(tr_now!(i18n, fairness.rotated).to_owned());
        _ = changed.try_run(());
    });
    let active = seeds.active;
    let client_seed = active.client_seed.clone();
    view! {
        <Card title=tr!(i18n, fairness.active)>
            <Promise pair=active.pair_id hash=active.server_seed_hash.clone()/>
            <dl class="facts">
                <Fact name=tr!(i18n, fairness.commitment)>
                    <Hash value=active.server_seed_hash label=tr!(i18n, fairness.commitment) testid="active-commitment"/>
                </Fact>
                <Fact name=tr!(i18n, fairness.client_seed)><code class="seed">{client_seed}</code></Fact>
                <Fact name=tr!(i18n, fairness.nonce)>{format::group(active.nonce)}</Fact>
            </dl>
            <PostForm<SetClientSeed> submission=seed class="form form-row">
                <FormError submission=seed/>
                <Field name="client_seed" label=tr!(i18n, fairness.client_seed) hint=tr!(i18n, fairness.client_seed_hint) value=active.client_seed testid="client-seed" submission=seed/>
                <Button busy=seed.pending()>{tr!(i18n, fairness.change)}</Button>
            </PostForm<SetClientSeed>>
        </Card>
        <Card title=tr!(i18n, fairness.next) lead=tr!(i18n, fairness.rotate_text)>
            <Hash value=seeds.next.server_seed_hash label=tr!(i18n, fairness.commitment)/>
            <PostForm<Rotate> submission=turn class="inline-form">
                <FormError submission=turn/>
                <Button busy=turn.pending() testid="rotate">{tr!(i18n, fairness.rotate)}</Button>
            </PostForm<Rotate>>
        </Card>
    }
    .into_any()
}
