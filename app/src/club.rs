//! The club as one component: contexts, then routes.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    Lazy, SsrMode,
    components::{Outlet, ParentRoute, Route, Router, Routes},
    path,
};

use crate::{
    auth::{SignInPage, SignUpPage},
    frame::{Frame, provide_passage},
    games::GamesPage,
    home::HomePage,
    i18n::provide_i18n,
    keys::provide_keys,
    live::provide_live,
    network::provide_network,
    session::{provide_session, provide_wallet},
    trouble::MissingPage,
    ui::{provide_calm, provide_toasts},
    wings::{
        CheckoutRoute, CrashRoute, FairnessRoute, GachaRoute, GalleryRoute, InventoryRoute,
        LeaderboardRoute, NotificationsRoute, ProfileRoute, ReceiptRoute, ReceiptsRoute, RpsRoute,
        SettingsRoute, ShopRoute, SlotRoute,
    },
};

/// Every page of the club.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    #[cfg(feature = "ssr")]
    crate::ssr::security::apply();
    provide_i18n();
    provide_calm();
    provide_toasts();
    provide_keys();
    provide_network();
    provide_wallet();
    provide_session();
    provide_live();
    let is_routing = provide_passage();
    #[cfg(feature = "hydrate")]
    Effect::new(crate::wings::follow_pointers);
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
                    <Route path=path!("settings") view={Lazy::<SettingsRoute>::new()} ssr=SsrMode::Async/>
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

/// Says that the page was loaded anew, where it was.
///
/// The room says it and not the club, whose effects run while the page still waits for its wing: a
/// notice that stood by then would be one more than the server made, and nothing would come alive.
#[cfg(feature = "hydrate")]
fn say_if_renewed() {
    let (i18n, toasts) = (crate::i18n::use_i18n(), crate::ui::use_toasts());
    Effect::new(move || {
        if crate::build::was_opened_anew() {
            toasts.say(crate::tr_now!(i18n, ui.renewed).to_owned());
        }
    });
}

/// The frame with the page of the route inside.
#[component]
fn Room() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    say_if_renewed();
    view! {
        <Frame>
            <Outlet/>
        </Frame>
    }
    .into_any()
}
