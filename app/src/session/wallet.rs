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
    /// What is shown instead of the balance, and by which hold.
    held: RwSignal<Option<(u32, i64)>>,
    holds: StoredValue<u32>,
}

/// A stake that is held back from the balance shown, until this is dropped.
#[must_use]
pub struct Held {
    wallet: Wallet,
    number: u32,
}

impl Drop for Held {
    fn drop(&mut self) {
        // A newer hand may hold by now.
        let held = self.wallet.held.try_get_untracked().flatten();
        if held.is_some_and(|(number, _)| number == self.number) {
            self.wallet.held.set(None);
        }
    }
}

impl Wallet {
    fn empty() -> Self {
        Self {
            owner: RwSignal::new(None),
            balance: RwSignal::new(0),
            seq: RwSignal::new(-1),
            held: RwSignal::new(None),
            holds: StoredValue::new(0),
        }
    }

    /// Opens the wallet of whoever is looking, or takes in a newer balance of theirs.
    pub fn open(self, viewer: Option<&Viewer>) {
        let owner = viewer.map(|viewer| viewer.user.id);
        if self.owner.try_get_untracked() != Some(owner) {
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
        let is_newer = |known: i64| seq >= known;
        if self.seq.try_get_untracked().is_some_and(is_newer) {
            self.seq.set(seq);
            self.balance.set(balance.get());
        }
    }

    /// Shows the balance less this stake for as long as the hold is kept, whatever is heard meanwhile.
    pub fn hold(self, stake: Tokens) -> Held {
        let number = self.holds.with_value(|count| count + 1);
        self.holds.set_value(number);
        let rest = self.balance_now().saturating_sub(stake.get());
        self.held.set(Some((number, rest.max(0))));
        Held {
            wallet: self,
            number,
        }
    }

    /// Whether a running hand holds its stake back; follows it.
    #[must_use]
    pub fn is_held(self) -> bool {
        self.held.get().is_some()
    }

    /// What to show, or `None` before the wallet was opened.
    #[must_use]
    pub fn shown(self) -> Option<i64> {
        self.owner.get()?;
        Some(match self.held.get() {
            Some((_, rest)) => rest,
            None => self.balance.get(),
        })
    }

    /// What to show to this member, or `None` before the wallet was opened for them.
    #[must_use]
    pub fn shown_to(self, member: UserId) -> Option<i64> {
        self.shown().filter(|_| self.owner.get() == Some(member))
    }

    /// Who is looking, once it is known.
    #[must_use]
    pub fn owner(self) -> Option<UserId> {
        self.owner.get()
    }

    /// Whether a member is looking.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.owner.try_get_untracked().flatten().is_some()
    }

    /// The balance, without following it.
    #[must_use]
    pub fn balance_now(self) -> i64 {
        self.balance.try_get_untracked().unwrap_or_default()
    }
}

/// Provides the wallet to everything below.
pub fn provide_wallet() {
    provide_context(Wallet::empty());
}

/// The wallet.
#[must_use]
pub fn use_wallet() -> Wallet {
    expect_context()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hand_that_is_over_lets_its_own_hold_go_and_no_newer_one() {
        Owner::new().with(|| {
            let wallet = Wallet::empty();
            wallet.hear(Tokens::new(1_000).unwrap(), 1);
            let left_behind = wallet.hold(Tokens::new(50).unwrap());
            let newer = wallet.hold(Tokens::new(100).unwrap());
            drop(left_behind);
            assert!(wallet.is_held());
            drop(newer);
            assert!(!wallet.is_held());
        });
    }
}
