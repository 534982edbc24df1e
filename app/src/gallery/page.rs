//! Every primitive on one page.

use leptos::prelude::*;
use leptos_meta::Title;
use wire::{HandId, Timestamp, Tokens};

use crate::{
    tr_title,
    trouble::MissingPage,
    ui::{
        Amount, Art, Badge, Button, Card, Column, Empty, Fact, Hash, Icon, Limits, LinkTabs, Meter,
        Proof, ProofChip, Sheet, Skeleton, StakeInput, Tab, Table, TokenAmount, Tone, Weight, When,
        use_toasts,
    },
    words::I18n,
};

/// The gallery; a page that is not there outside development.
#[component]
pub fn GalleryPage() -> impl IntoView {
    let is_shown = Resource::new_blocking(|| (), |()| async { is_development() });
    let part = move || {
        Suspend::new(async move {
            if is_shown.await {
                view! { <Gallery/> }.into_any()
            } else {
                view! { <MissingPage/> }.into_any()
            }
        })
    };
    view! { <Transition fallback=|| ()>{part}</Transition> }
}

fn is_development() -> bool {
    #[cfg(feature = "ssr")]
    return crate::ssr::PageSettings::current().development;
    #[cfg(not(feature = "ssr"))]
    false
}

#[component]
fn Gallery() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! {
        <Title text=tr_title!(i18n, title.gallery)/>
        <h1 class="page-title">"Gallery"</h1>
        <div class="columns">
            <div class="stack"><Buttons/><Amounts/><Lists/></div>
            <div class="stack"><Drawings/><States/></div>
        </div>
    }
    .into_any()
}

#[component]
fn Buttons() -> impl IntoView {
    let toasts = use_toasts();
    let open = RwSignal::new(false);
    let say = Callback::new(move |()| toasts.say("A notice".to_owned()));
    let warn = Callback::new(move |()| toasts.warn("A warning".to_owned()));
    let show = Callback::new(move |()| open.set(true));
    view! {
        <Card title="Button, Toast, Sheet">
            <div class="row">
                <Button weight=Weight::Primary press=show>"Primary"</Button>
                <Button press=say>"Quiet"</Button>
                <Button weight=Weight::Danger press=warn>"Danger"</Button>
                <Button busy=true press=say>"Busy"</Button>
                <Button disabled=true press=say>"Disabled"</Button>
            </div>
            <Sheet open title="Sheet"><p>"From below on a phone, in the middle of a desktop."</p></Sheet>
        </Card>
    }
    .into_any()
}

#[component]
fn Amounts() -> impl IntoView {
    let stake = RwSignal::new(50);
    let limits = Limits {
        min: Tokens::from_u32(10),
        max: Tokens::from_u32(10_000),
        multiple: 5,
    };
    view! {
        <Card title="TokenAmount, StakeInput, Fact, Hash, When">
            <p class="row"><TokenAmount value=stake/> <Amount amount=9_007_199_254_740_991/></p>
            <StakeInput stake limits affordable=1_000 disabled=false/>
            <dl class="facts">
                <Fact name="Fact">"value"</Fact>
                <Fact name="Hash"><Hash value="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" label="hash"/></Fact>
                <Fact name="When"><When at=Timestamp::from_millis(1_700_000_000_000)/></Fact>
            </dl>
        </Card>
    }
    .into_any()
}

#[component]
fn Lists() -> impl IntoView {
    let tab = |name: &'static str, is_current| Tab {
        name: name.into(),
        href: "/gallery".to_owned(),
        is_current,
    };
    let tabs = vec![tab("One", true), tab("Another", false)];
    let columns = vec![Column::text("Words"), Column::number("Numbers")];
    view! {
        <Card title="LinkTabs, Table, Meter">
            <LinkTabs label="Tabs" tabs/>
            <Table columns label="A table">
                <tr>
                    <td>"a row"</td>
                    <td class="number">"1,234"</td>
                </tr>
            </Table>
            <Meter label="Meter" value=3 max=10 text="3 / 10"/>
        </Card>
    }
    .into_any()
}

#[component]
fn Drawings() -> impl IntoView {
    let symbols = [
        "cherry", "lemon", "orange", "grape", "diamond", "seven", "wild", "scatter", "logo",
        "token", "door",
    ];
    let icons = [
        "home", "games", "shield", "user", "sound", "muted", "info", "close", "check", "lock",
        "warn", "history", "night", "eye", "eye-off",
    ];
    view! {
        <Card title="Art, Icon">
            <div class="row">{symbols.map(|name| view! { <Art name=name class="art-large"/> }).collect_view()}</div>
            <div class="row">{icons.map(|name| view! { <Icon name/> }).collect_view()}</div>
        </Card>
    }
    .into_any()
}

#[component]
fn States() -> impl IntoView {
    let chips = [Proof::Sealed, Proof::Open, Proof::Good, Proof::Bad]
        .map(|proof| view! { <ProofChip hand=HandId("hand".to_owned()) proof/> })
        .collect_view();
    view! {
        <Card title="Badge, ProofChip, Empty, Skeleton">
            <div class="row">
                <Badge>"plain"</Badge>
                <Badge tone=Tone::Good>"good"</Badge>
                <Badge tone=Tone::Bad>"bad"</Badge>
                <Badge tone=Tone::Proof>"proof"</Badge>
                <Badge tone=Tone::Warn>"warn"</Badge>
            </div>
            <div class="row">{chips}</div>
            <Empty title="Empty" text="Where nothing is yet."/>
            <Skeleton rows=3/>
        </Card>
    }
    .into_any()
}
