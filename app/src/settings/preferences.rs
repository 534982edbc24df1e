//! How the club looks and sounds in this browser.

use leptos::{prelude::*, server_fn::ServerFn, text_prop::TextProp};
use leptos_i18n::Locale as _;

use super::{SetMotion, SetSound};
use crate::{
    browser,
    i18n::Locale,
    preference::{Motion, SOUND_COOKIE, Sound},
    session::SetLanguage,
    tr,
    ui::{Alternative, Card, Options, speak, use_motion},
    words::I18n,
};

/// Language, motion and sound; each choice holds at once.
#[component]
pub(super) fn Preferences() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! {
        <Card title=tr!(i18n, settings.browser) lead=tr!(i18n, settings.browser_text)>
            <div id="browser" class="settings">
                <LanguageSetting/>
                <MotionSetting/>
                <SoundSetting/>
            </div>
        </Card>
    }
    .into_any()
}

#[component]
fn LanguageSetting() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let alternatives = [(Locale::ko, "한국어"), (Locale::en, "English")]
        .map(|(locale, name)| Alternative::new(locale.as_str(), name).in_language(locale.as_str()));
    let chosen = Signal::derive(move || i18n.get_locale().as_str());
    let choose = Callback::new(move |value: &str| {
        if let Ok(locale) = value.parse() {
            speak(i18n, locale);
        }
    });
    view! {
        <Setting label=tr!(i18n, nav.language)>
            <Options label=tr!(i18n, nav.language) action=SetLanguage::url() name="locale" alternatives=alternatives.into() chosen choose/>
        </Setting>
    }
}

#[component]
fn MotionSetting() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let alternatives = vec![
        Alternative::new(Motion::System.as_str(), tr!(i18n, settings.motion_system)),
        Alternative::new(Motion::Less.as_str(), tr!(i18n, settings.motion_less)),
    ];
    let chosen = RwSignal::new(Motion::kept().as_str());
    let calm = use_motion();
    let choose = Callback::new(move |value| {
        chosen.set(value);
        let motion = Motion::ALL.into_iter().find(|it| it.as_str() == value);
        calm.choose(motion.unwrap_or_default());
    });
    view! {
        <Setting label=tr!(i18n, settings.motion) text=tr!(i18n, settings.motion_text)>
            <Options label=tr!(i18n, settings.motion) action=SetMotion::url() name="motion" alternatives chosen choose/>
        </Setting>
    }
}

#[component]
fn SoundSetting() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let alternatives = vec![
        Alternative::new(Sound::Off.as_str(), tr!(i18n, settings.sound_off)),
        Alternative::new(Sound::On.as_str(), tr!(i18n, settings.sound_on)),
    ];
    let chosen = RwSignal::new(Sound::kept().as_str());
    let choose = Callback::new(move |value| {
        chosen.set(value);
        browser::keep_cookie(SOUND_COOKIE, value);
    });
    view! {
        <Setting label=tr!(i18n, settings.sound) text=tr!(i18n, settings.sound_text)>
            <Options label=tr!(i18n, settings.sound) action=SetSound::url() name="sound" alternatives chosen choose/>
        </Setting>
    }
}

/// A setting with its name and, where that does not say it all, what it does.
#[component]
fn Setting(
    #[prop(into)] label: TextProp,
    #[prop(optional, into)] text: Option<TextProp>,
    children: Children,
) -> impl IntoView {
    let text = text.map(|text| view! { <p class="setting-text">{move || text.get()}</p> });
    view! {
        <div class="setting">
            <h3 class="setting-name">{move || label.get()}</h3>
            {text}
            {children()}
        </div>
    }
    .into_any()
}
