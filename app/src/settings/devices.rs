//! Where the member is signed in.

use leptos::prelude::*;
use wire::auth::Session;

use super::EndSession;
use crate::{
    session::use_session,
    tr, tr_now,
    ui::{Badge, Button, Card, FormError, Icon, PostForm, Submission, Tone, When, use_toasts},
    words::I18n,
};

/// The sign-ins, each with a way to end it.
#[component]
pub(super) fn Devices(devices: Vec<Session>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let rows = devices
        .into_iter()
        .map(|device| view! { <Device device/> })
        .collect_view();
    view! {
        <Card title=tr!(i18n, profile.devices)>
            <ul id="devices" class="rows">{rows}</ul>
        </Card>
    }
    .into_any()
}

#[component]
fn Device(device: Session) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (toasts, session) = (use_toasts(), use_session());
    let submission = Submission::new(None);
    submission.on_accepted(move || {
        toasts.say(tr_now!(i18n, profile.ended).to_owned());
        session.reload();
    });
    let name = browser_name(&device.device);
    let end = (!device.current).then(|| {
        view! {
            <PostForm<EndSession> submission class="inline-form">
                <FormError submission/>
                <input type="hidden" name="session_id" value=device.id.to_string()/>
                <Button busy=submission.pending() testid="end-session">{tr!(i18n, profile.end)}</Button>
            </PostForm<EndSession>>
        }
    });
    view! {
        <li class="device" data-testid="device-row">
            <Icon name="device"/>
            <div class="device-words">
                <p class="device-name" title=device.device>
                    {move || name.clone().unwrap_or_else(|| tr!(i18n, profile.unknown_device)().to_owned())}
                    {device.current.then(|| view! { <Badge tone=Tone::Good>{tr!(i18n, profile.this_device)}</Badge> })}
                </p>
                <p class="device-line">{device.address} " · " {tr!(i18n, profile.last_used)} " " <When at=device.last_used_at/></p>
            </div>
            {end}
        </li>
    }
    .into_any()
}

/// The browser and system that a user agent names, for people.
fn browser_name(agent: &str) -> Option<String> {
    let first = |names: &[(&str, &'static str)]| {
        names
            .iter()
            .find(|(mark, _)| agent.contains(mark))
            .map(|(_, name)| *name)
    };
    // The order matters: each of the later ones is named by the earlier ones too.
    let browser = first(&[
        ("Edg/", "Edge"),
        ("Whale/", "Whale"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => Some(format!("{browser} · {system}")),
        (Some(name), None) | (None, Some(name)) => Some(name.to_owned()),
        (None, None) => agent
            .split_whitespace()
            .next()
            .map(|word| word.chars().take(40).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::browser_name;

    #[test]
    fn a_user_agent_is_named_for_people() {
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
        assert_eq!(browser_name(chrome).as_deref(), Some("Chrome · Linux"));
        assert_eq!(browser_name("curl/8.1").as_deref(), Some("curl/8.1"));
        assert_eq!(browser_name(""), None);
    }
}
