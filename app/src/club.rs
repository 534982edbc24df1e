//! The club as one component: contexts, then routes.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    Lazy, LazyRoute, SsrMode,
    components::{Outlet, ParentRoute, Route, Router, Routes},
    lazy_route, path,
};

use crate::{
    auth::{SignInPage, SignUpPage},
    browser,
    crash::CrashPage,
    fairness::FairnessPage,
    frame::{Frame, provide_passage},
    gacha::GachaPage,
    gallery::GalleryPage,
    games::GamesPage,
    home::HomePage,
    i18n::I18nContextProvider,
    inventory::InventoryPage,
    leaderboard::LeaderboardPage,
    live::{NotificationsPage, provide_live},
    network::provide_network,
    profile::ProfilePage,
    receipts::{ReceiptPage, ReceiptsPage},
    rps::RpsPage,
    session::{provide_session, provide_wallet},
    shop::{CheckoutPage, ShopPage},
    slot::SlotPage,
    trouble::MissingPage,
    ui::provide_toasts,
    words::language_header,
};

/// Every page of the club.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    #[cfg(feature = "ssr")]
    crate::ssr::security::apply();
    Effect::new(browser::mark_hydrated);
    view! {
        // The server alone decides the language (cookie, else header), and the page reads it from
        // `<html lang>`; so the crate's own cookie, whose path would be the current folder, is off.
        <I18nContextProvider enable_cookie=false ssr_lang_header_getter=language_header()>
            <Club/>
        </I18nContextProvider>
    }
    .into_any()
}

#[component]
fn Club() -> impl IntoView {
    provide_toasts();
    provide_network();
    provide_wallet();
    provide_session();
    provide_live();
    let is_routing = provide_passage();
    view! {
        <Router set_is_routing=is_routing>
            <Routes fallback=|| view! { <Frame><MissingPage/></Frame> }>
                <ParentRoute path=path!("") view=Room ssr=SsrMode::Async>
                    <Route path=path!("") view=HomePage ssr=SsrMode::Async/>
                    <Route path=path!("login") view=SignInPage ssr=SsrMode::Async/>
                    <Route path=path!("signup") view=SignUpPage ssr=SsrMode::Async/>
                    <Route path=path!("games") view=GamesPage ssr=SsrMode::Async/>
                    <Route path=path!("games/slot") view={Lazy::<SlotRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("games/rps") view={Lazy::<RpsRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("games/gacha") view={Lazy::<GachaRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("games/crash") view={Lazy::<CrashRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("shop") view={Lazy::<ShopRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("shop/checkout") view={Lazy::<CheckoutRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("receipts") view={Lazy::<ReceiptsRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("receipts/:code") view={Lazy::<ReceiptRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("inventory") view={Lazy::<InventoryRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("profile") view={Lazy::<ProfileRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("leaderboard") view={Lazy::<LeaderboardRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("notifications") view={Lazy::<NotificationsRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("fairness") view={Lazy::<FairnessRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("gallery") view={Lazy::<GalleryRoute>::new()} ssr=SsrMode::Async/>
                </ParentRoute>
            </Routes>
        </Router>
    }
    .into_any()
}

/// The frame with the page of the route inside.
#[component]
fn Room() -> impl IntoView {
    view! {
        <Frame>
            <Outlet/>
        </Frame>
    }
    .into_any()
}

/// Makes a route whose page is a file of its own, so that the first page a visitor opens does not
/// carry the others.
macro_rules! lazy_page {
    ($route:ident, $page:ident) => {
        struct $route;

        #[lazy_route]
        impl LazyRoute for $route {
            fn data() -> Self {
                Self
            }

            fn view(_route: Self) -> AnyView {
                view! { <$page/> }.into_any()
            }
        }
    };
}

lazy_page!(SlotRoute, SlotPage);
lazy_page!(RpsRoute, RpsPage);
lazy_page!(GachaRoute, GachaPage);
lazy_page!(CrashRoute, CrashPage);
lazy_page!(ShopRoute, ShopPage);
lazy_page!(CheckoutRoute, CheckoutPage);
lazy_page!(ReceiptsRoute, ReceiptsPage);
lazy_page!(ReceiptRoute, ReceiptPage);
lazy_page!(InventoryRoute, InventoryPage);
lazy_page!(ProfileRoute, ProfilePage);
lazy_page!(LeaderboardRoute, LeaderboardPage);
lazy_page!(FairnessRoute, FairnessPage);
lazy_page!(NotificationsRoute, NotificationsPage);
lazy_page!(GalleryRoute, GalleryPage);
