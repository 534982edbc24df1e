//! The balance that the page shows.

use leptos::prelude::*;
use wire::{Tokens, UserId};

use super::Viewer;

/// The newest balance that the page has heard of.
///
/// Answers can come out of order, so each names the transfer it stands after, and an older one
/// changes nothing. A running hand holds its stake back until its result is shown.
#[derive(Clone, Copy)]
pub struct Wallet {
    owner: RwSignal<Option<UserId>>,
    balance: RwSignal<i64>,
    seq: RwSignal<i64>,
    held: RwSignal<Option<i64>>,
}

impl Wallet {
    /// Opens the wallet of whoever is looking, or takes in a newer balance of theirs.
    pub fn open(self, viewer: Option<&Viewer>) {
        let owner = viewer.map(|viewer| viewer.user.id);
        if self.owner.get_untracked() != owner {
            self.seq.set(-1);
            self.held.set(None);
            self.owner.set(owner);
        }
        if let Some(viewer) = viewer {
            self.hear(viewer.user.cyber_token_balance, viewer.seq);
        }
    }

    /// Takes in a balance, unless a newer one is known.
    pub fn hear(self, balance: Tokens, seq: i64) {
        if seq >= self.seq.get_untracked() {
            self.seq.set(seq);
            self.balance.set(balance.get());
        }
    }

    /// Shows the balance less this stake until [`Wallet::release`], whatever is heard meanwhile.
    pub fn hold(self, stake: Tokens) {
        self.held.set(Some(
            self.balance
                .get_untracked()
                .saturating_sub(stake.get())
                .max(0),
        ));
    }

    /// Shows the balance as it is.
    pub fn release(self) {
        self.held.set(None);
    }

    /// Whether a running hand holds its stake back; follows it.
    #[must_use]
    pub fn is_held(self) -> bool {
        self.held.get().is_some()
    }

    /// What to show to this member, or `None` before the wallet was opened for them.
    #[must_use]
    pub fn shown_to(self, member: UserId) -> Option<i64> {
        (self.owner.get() == Some(member))
            .then(|| self.held.get().unwrap_or_else(|| self.balance.get()))
    }

    /// Who is looking, once it is known.
    #[must_use]
    pub fn owner(self) -> Option<UserId> {
        self.owner.get()
    }

    /// Whether a member is looking.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.owner.get_untracked().is_some()
    }

    /// The balance, without following it.
    #[must_use]
    pub fn balance_now(self) -> i64 {
        self.balance.get_untracked()
    }
}

/// Provides the wallet to everything below.
pub fn provide_wallet() {
    provide_context(Wallet {
        owner: RwSignal::new(None),
        balance: RwSignal::new(0),
        seq: RwSignal::new(-1),
        held: RwSignal::new(None),
    });
}

/// The wallet.
#[must_use]
pub fn use_wallet() -> Wallet {
    expect_context()
}
