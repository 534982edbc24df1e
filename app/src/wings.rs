//! The pages in a few files: a wing is fetched when its first page is opened, or when somebody is about to.
//!
//! The split writes a file for every set of wings that share code, so that few wings make few files.
//! What every visitor opens first (home, the doors, the lobby) is in no wing but in the first file.

#[cfg(feature = "hydrate")]
mod ahead;
#[cfg(feature = "hydrate")]
mod waking;

use leptos::{prelude::*, wasm_split::SplitLoaderError};
use leptos_router::LazyRoute;

use crate::{
    build,
    crash::CrashPage,
    fairness::FairnessPage,
    gacha::GachaPage,
    gallery::GalleryPage,
    inventory::InventoryPage,
    leaderboard::LeaderboardPage,
    live::NotificationsPage,
    profile::ProfilePage,
    receipts::{ReceiptPage, ReceiptsPage},
    rps::RpsPage,
    settings::SettingsPage,
    shop::{CheckoutPage, ShopPage},
    slot::SlotPage,
    trouble::LostPage,
    ui::use_here,
};

#[cfg(feature = "hydrate")]
pub(crate) use ahead::follow_pointers;

/// The file of a page did not come.
struct Lost;

impl From<SplitLoaderError> for Lost {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// A wing: its name in the split, what opens a page of it, what fetches it, and its pages.
macro_rules! wing {
    ($name:ident, $open:ident, $fetch:ident, $room:ident { $($at:ident: $route:ident => $page:ident),+ $(,)? }) => {
        #[derive(Clone, Copy)]
        enum $room {
            $($at),+
        }

        #[leptos::wasm_split::wasm_split($name, wasm_split_path = leptos::wasm_split, preload($fetch), fallible)]
        fn $open(room: $room) -> Result<AnyView, Lost> {
            Ok(match room {
                $($room::$at => view! { <$page/> }.into_any()),+
            })
        }

        $(
            /// A page as a route, with the address that was asked for.
            pub(crate) struct $route(String);

            impl LazyRoute for $route {
                fn data() -> Self {
                    #[cfg(feature = "ssr")]
                    leptos::prefetch_lazy_fn_on_server(stringify!($name));
                    Self(use_here().try_get_untracked().unwrap_or_default())
                }

                async fn view(this: Self) -> AnyView {
                    if build::is_old() && build::open_anew(&this.0) {
                        return leaving().await;
                    }
                    match $open($room::$at).await {
                        Ok(view) => view,
                        Err(Lost) => lost(this.0).await,
                    }
                }

                async fn preload() {
                    #[cfg(feature = "hydrate")]
                    fetched($fetch).await;
                }
            }
        )+
    };
}

wing!(play, open_play, fetch_play, PlayRoom {
    Slot: SlotRoute => SlotPage,
    Rps: RpsRoute => RpsPage,
});

wing!(stage, open_stage, fetch_stage, StageRoom {
    Gacha: GachaRoute => GachaPage,
    Crash: CrashRoute => CrashPage,
});

wing!(shop, open_shop, fetch_shop, ShopRoom {
    Shop: ShopRoute => ShopPage,
    Checkout: CheckoutRoute => CheckoutPage,
    Receipts: ReceiptsRoute => ReceiptsPage,
    Receipt: ReceiptRoute => ReceiptPage,
    Inventory: InventoryRoute => InventoryPage,
});

wing!(member, open_member, fetch_member, MemberRoom {
    Profile: ProfileRoute => ProfilePage,
    Settings: SettingsRoute => SettingsPage,
    Leaderboard: LeaderboardRoute => LeaderboardPage,
    Notifications: NotificationsRoute => NotificationsPage,
    Fairness: FairnessRoute => FairnessPage,
    Gallery: GalleryRoute => GalleryPage,
});

/// Waits for a wing. A page that is open already asks meanwhile whether the club has a newer build.
#[cfg(feature = "hydrate")]
async fn fetched(fetch: impl AsyncFn() -> Result<(), SplitLoaderError>) {
    use futures::{FutureExt, future::join};
    let is_waking =
        Owner::current_shared_context().is_some_and(|context| context.during_hydration());
    if is_waking {
        waking::needed(fetch).await;
        return;
    }
    let mut load = std::pin::pin!(fetch());
    if load.as_mut().now_or_never().is_none() {
        // A failure is met again by the page itself, which has something to show for it.
        _ = join(load, build::ask()).await;
    }
}

/// The page before stands until the browser has the one that it loads.
async fn leaving() -> AnyView {
    std::future::pending().await
}

/// What stands where a page did not come: the page of a newer build, or a way to try again.
async fn lost(wanted: String) -> AnyView {
    build::ask().await;
    if build::is_old() && build::open_anew(&wanted) {
        return leaving().await;
    }
    view! { <LostPage wanted/> }.into_any()
}

#[cfg(test)]
mod tests {
    const ROUTES: &str = include_str!("club.rs");
    const WINGS: &str = include_str!("wings.rs");
    const AHEAD: &str = include_str!("wings/ahead.rs");

    /// Everything that stands between two marks.
    fn between<'a>(text: &'a str, before: &str, after: &str) -> Vec<&'a str> {
        let rests = text.split(before).skip(1);
        rests
            .filter_map(|rest| rest.split_once(after))
            .map(|(found, _)| found)
            .collect()
    }

    /// The path of every page that is fetched with its wing, and the type of its route.
    fn lazy_routes() -> Vec<(String, &'static str)> {
        let read = |text: &'static str| {
            let (path, rest) = text.split_once("\") view={Lazy::<")?;
            let (route, _) = rest.split_once('>')?;
            Some((format!("/{path}"), route))
        };
        let all = between(ROUTES, "<Route path=path!(\"", "/>");
        all.into_iter().filter_map(read).collect()
    }

    /// The wings that hold the page of a route.
    fn wings_with(route: &str) -> Vec<String> {
        let wings = between(WINGS, "\nwing!(", "\n});").into_iter();
        let names = wings
            .filter(|wing| wing.contains(&format!(": {route} =>")))
            .filter_map(|wing| wing.split(',').next());
        names.map(str::to_uppercase).collect()
    }

    /// The wings that somebody who comes near a link to that path fetches.
    fn wings_near(path: &str) -> Vec<String> {
        let lists = between(AHEAD, "\nconst ", "];").into_iter();
        let leads_there = |list: &&str| {
            let mut starts = list.split('"').skip(1).step_by(2);
            starts.any(|start| path.starts_with(start))
        };
        let names = lists
            .filter(leads_there)
            .filter_map(|list| list.split(':').next());
        names.map(str::to_owned).collect()
    }

    #[test]
    fn a_link_to_any_page_of_a_wing_fetches_that_wing_ahead() {
        let routes = lazy_routes();
        assert_eq!(routes.len(), ROUTES.matches("Lazy::<").count());
        for (path, route) in routes {
            let wings = wings_with(route);
            assert_eq!(wings.len(), 1, "{route} is in {wings:?}");
            assert_eq!(wings_near(&path), wings, "{path}");
        }
    }
}
