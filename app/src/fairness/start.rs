//! Starting the check of every hand: what can be checked, and the button.

use leptos::prelude::*;
use wire::{Code, fairness::Seeds};

use super::{
    all::{Progress, check_all},
    api::{load_seeds, rotate},
};
use crate::{
    session::{call_as_member, use_session},
    task::Part,
    tr,
    ui::{Button, Weight},
    words::I18n,
};

/// What can be checked, as the seeds tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Open {
    /// Hands whose seed is out.
    Some,
    /// Hands, but the seed of each is still in use.
    Sealed,
    /// Nothing was played yet.
    Nothing,
}

impl Open {
    pub(super) fn of(seeds: &Seeds) -> Self {
        if seeds.revealed.iter().any(|pair| pair.nonces > 0) {
            Self::Some
        } else if seeds.active.nonce > 0 {
            Self::Sealed
        } else {
            Self::Nothing
        }
    }
}

/// The button that checks, and reveals before where it must.
#[component]
pub(super) fn Start(
    progress: Progress,
    open: Open,
    changed: Callback<()>,
    /// Of the page: the button is drawn anew when the seeds have changed, and the check goes on.
    part: Part,
    /// Whether a check runs; of the page too.
    busy: Signal<bool>,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let session = use_session();
    let start = Callback::new(move |()| {
        let run = progress.start();
        part.spawn(async move {
            let outcome = async {
                let viewer = session.viewer.await?;
                let member = viewer.ok_or(Code::Unauthenticated)?.user.id;
                if open == Open::Sealed {
                    call_as_member(rotate).await?;
                    _ = changed.try_run(());
                }
                let seeds = call_as_member(load_seeds).await?;
                progress.is_played.set(Open::of(&seeds) != Open::Nothing);
                check_all(progress, run, member, &seeds).await
            };
            progress.end(run, outcome.await);
        });
    });
    let text = move || match open {
        Open::Sealed => tr!(i18n, fairness.all_reveal)(),
        Open::Some | Open::Nothing => tr!(i18n, fairness.all)(),
    };
    let note = (open == Open::Sealed)
        .then(|| view! { <p class="muted">{tr!(i18n, fairness.rotate_text)}</p> });
    view! {
        <Button weight=Weight::Primary busy press=start testid="verify-all">{text}</Button>
        {note}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use wire::{
        PairId, Timestamp,
        fairness::{ActivePair, NextPair, RevealedPair},
    };

    use super::*;

    fn seeds(nonce: i64, revealed: &[i64]) -> Seeds {
        let pair = |nonces: &i64| RevealedPair {
            pair_id: PairId("pair".to_owned()),
            server_seed: String::new(),
            server_seed_hash: String::new(),
            client_seed: String::new(),
            nonces: *nonces,
            revealed_at: Timestamp::from_millis(0),
        };
        Seeds {
            active: ActivePair {
                pair_id: PairId("active".to_owned()),
                server_seed_hash: String::new(),
                client_seed: String::new(),
                nonce,
            },
            next: NextPair {
                server_seed_hash: String::new(),
            },
            revealed: revealed.iter().map(pair).collect(),
        }
    }

    #[test]
    fn seeds_that_no_hand_was_played_with_open_nothing() {
        assert_eq!(Open::of(&seeds(0, &[])), Open::Nothing);
        assert_eq!(Open::of(&seeds(0, &[0])), Open::Nothing);
        assert_eq!(Open::of(&seeds(3, &[0])), Open::Sealed);
        assert_eq!(Open::of(&seeds(3, &[0, 1])), Open::Some);
    }
}
