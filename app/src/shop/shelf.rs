//! The limited packages as they stand now: what another window takes is gone here too.

use std::time::Duration;

use economy::shop::Offer;
use leptos::prelude::*;
use wire::{
    Timestamp,
    shop::{LimitedPackage, LimitedPackages, PackageState},
};

use super::load_packages;
use crate::{browser, clock::ClubClock, network::use_network, session::call, task::Part};

/// How often an open page looks at the stock.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// After so many looks without a reload, a page that was left open stops looking.
const LOOKS_MAX: u32 = 720;

/// The packages, and the time that their windows are in.
#[derive(Clone, Copy)]
pub(super) struct Shelf {
    pub(super) packages: RwSignal<Vec<LimitedPackage>>,
    pub(super) clock: ClubClock,
    looks: StoredValue<u32>,
    /// The club's time when it last told; answers can come out of order.
    told: StoredValue<i64>,
    part: Part,
}

impl Shelf {
    /// The shelf as the page came with it.
    pub(super) fn new(packages: Vec<LimitedPackage>, now: Timestamp) -> Self {
        Self {
            packages: RwSignal::new(packages),
            clock: ClubClock::ticking(now, || true),
            looks: StoredValue::new(0),
            told: StoredValue::new(now.millis()),
            part: Part::here(),
        }
    }

    /// Looks at the stock again and again, while somebody sees the page and something is on sale;
    /// at once when somebody sees it again.
    pub(super) fn follow_stock(self) {
        let is_visible = use_network().is_visible;
        Effect::new(move |was_visible: Option<bool>| {
            let is_visible = is_visible.get();
            if is_visible {
                if was_visible == Some(false) {
                    self.look_if_open();
                }
                if let Ok(timer) = set_interval_with_handle(move || self.look_if_open(), LOOK_EVERY)
                {
                    on_cleanup(move || timer.clear());
                }
            }
            is_visible
        });
    }

    fn look_if_open(self) {
        if self.is_anything_open() && self.may_look() {
            self.look();
        }
    }

    /// Looks at the stock now; what could not be seen is seen the next time.
    pub(super) fn look(self) {
        self.part.spawn(async move {
            let asked_at = browser::elapsed_ms();
            if let Ok(shelf) = call(load_packages).await {
                self.take_in(asked_at, shelf);
            }
        });
    }

    /// Shows what the club told, unless it told something newer meanwhile.
    fn take_in(self, asked_at: f64, shelf: LimitedPackages) {
        let now = shelf.now.millis();
        if self.told.try_get_value().is_none_or(|told| now < told) {
            return;
        }
        self.told.set_value(now);
        self.clock.hear(asked_at, shelf.now);
        self.packages
            .update(|shown| *shown = newest(shown, shelf.packages));
    }

    fn may_look(self) -> bool {
        let next = |looks: &mut u32| {
            *looks += 1;
            *looks
        };
        let looks = self.looks.try_update_value(next);
        looks.is_some_and(|looks| looks <= LOOKS_MAX)
    }

    fn is_anything_open(self) -> bool {
        let Some(now) = self.clock.shown_untracked() else {
            return false;
        };
        let is_any = |all: &Vec<LimitedPackage>| all.iter().any(|it| it.window.is_open(now));
        self.packages.try_with_untracked(is_any).unwrap_or_default()
    }
}

/// The packages as the club told them last. What it does not tell any more was stopped meanwhile,
/// and says so where it stood.
fn newest(shown: &[LimitedPackage], told: Vec<LimitedPackage>) -> Vec<LimitedPackage> {
    let is_told = |it: &&LimitedPackage| told.iter().any(|new| new.package_id == it.package_id);
    let stopped = shown.iter().filter(|it| !is_told(it)).cloned();
    let stopped: Vec<_> = stopped
        .map(|it| LimitedPackage {
            state: PackageState::Stopped,
            ..it
        })
        .collect();
    let mut all = told;
    all.extend(stopped);
    all.sort_by_key(|it| it.place);
    all
}

/// How a package stands at that instant: the club's last word, and what time alone has changed since.
pub(super) fn state_at(package: &LimitedPackage, now: Timestamp) -> PackageState {
    let offer = Offer {
        is_active: package.state != PackageState::Stopped,
        window: package.window,
        remaining: package.remaining,
        member_limit: package.member_limit,
        owned: package.owned,
    };
    offer.check(now).into()
}

#[cfg(test)]
mod tests {
    use economy::{Tokens, shop::Window};
    use wire::shop::Contents;

    use super::*;

    fn package(id: &str, place: i64) -> LimitedPackage {
        LimitedPackage {
            package_id: id.to_owned(),
            price: Tokens::ZERO,
            contents: Contents::default(),
            stock: 10,
            remaining: 1,
            member_limit: 1,
            owned: 0,
            window: Window {
                from: Some(Timestamp::from_millis(1_000)),
                until: Some(Timestamp::from_millis(2_000)),
            },
            state: PackageState::Available,
            place,
        }
    }

    #[test]
    fn what_is_stopped_says_so_where_it_stood() {
        let shown = [package("a", 1), package("b", 2), package("c", 3)];
        let all = newest(&shown, vec![package("c", 3), package("a", 1)]);
        let states: Vec<_> = all.iter().map(|it| (&*it.package_id, it.state)).collect();
        let (on, off) = (PackageState::Available, PackageState::Stopped);
        assert_eq!(states, [("a", on), ("b", off), ("c", on)]);
    }

    #[test]
    fn time_alone_opens_and_closes_a_window() {
        let package = package("a", 1);
        let at = |millis| state_at(&package, Timestamp::from_millis(millis));
        let states = [999, 1_000, 1_999, 2_000].map(at);
        let (ahead, open) = (PackageState::NotStarted, PackageState::Available);
        assert_eq!(states, [ahead, open, open, PackageState::Expired]);
    }
}
