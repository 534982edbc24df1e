//! The door of the desk.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

use super::{
    confirm::CodeField,
    door::{NEEDED, onward},
    frame::Frame,
    own::{ENTER, EnterDesk},
};
use crate::{
    error::Refusal,
    i18n::{Locale, td_string},
    paths::ENDED,
    ssr::flash,
    tr, tr_title,
    ui::{Button, Field, FormError, Keyboard, PostForm, Submission, Weight},
    words::I18n,
};

/// Signing in to run the club. It is a sign-in of its own, also for whoever is signed in as a member.
#[component]
pub(super) fn DoorPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let asked = use_query_map().try_with_untracked(Asked::of);
    let Asked { next, why } = asked.unwrap_or_default();
    let refusal = flash::take(ENTER);
    view! {
        <Title text=tr_title!(i18n, title.desk_sign_in)/>
        <Frame>
            <div class="door">
                <h1 class="page-title">{tr!(i18n, desk.sign_in)}</h1>
                <p class="page-lead">{tr!(i18n, desk.sign_in_lead)}</p>
                <Reason why/>
                <EnterForm refusal next/>
            </div>
        </Frame>
    }
    .into_any()
}

/// What the address of the door says.
#[derive(Debug, Default, PartialEq, Eq)]
struct Asked {
    /// Where to go on to.
    next: String,
    why: Option<Why>,
}

/// Why somebody stands at the door who did not come by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    /// Their sign-in is over.
    Ended,
    /// It is none of staff's.
    Needed,
}

impl Asked {
    fn of(query: &ParamsMap) -> Self {
        let says = |name: &str| query.get_str(name).is_some();
        let why = if says(ENDED) {
            Some(Why::Ended)
        } else {
            says(NEEDED).then_some(Why::Needed)
        };
        let next = onward(query.get_str("next").unwrap_or_default()).to_owned();
        Self { next, why }
    }
}

impl Why {
    fn text(self, locale: Locale) -> &'static str {
        match self {
            Self::Ended => td_string!(locale, auth.ended),
            Self::Needed => td_string!(locale, desk.sign_in_needed),
        }
    }
}

#[component]
fn Reason(why: Option<Why>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let line = why.map(|why| {
        let text = move || why.text(i18n.get_locale());
        view! { <p class="door-why" data-testid="door-why">{text}</p> }
    });
    view! { {line} }.into_any()
}

#[component]
fn EnterForm(refusal: Option<Refusal>, next: String) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let submission = Submission::new(refusal.as_ref());
    let site_id = Refusal::value(refusal.as_ref(), "site_id");
    view! {
        <PostForm<EnterDesk> submission>
            <FormError submission/>
            <Field name="site_id" within=ENTER label=tr!(i18n, auth.site_id) value=site_id autocomplete="username" submission/>
            <Field name="password" within=ENTER label=tr!(i18n, auth.password) keyboard=Keyboard::Secret autocomplete="current-password" submission/>
            <CodeField within=ENTER hint=tr!(i18n, desk.code_if_any) is_optional=true submission/>
            <input type="hidden" name="next" value=next/>
            <Button weight=Weight::Primary testid="enter-now">{tr!(i18n, auth.sign_in)}</Button>
        </PostForm<EnterDesk>>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::query_of;

    #[test]
    fn the_address_says_where_to_go_on_to_and_why_one_stands_there() {
        for (address, next, why) in [
            ("/admin/login?next=/admin/audit", "/admin/audit", None),
            ("/admin/login?next=/profile", "/admin", None),
            (
                "/admin/login?next=/admin&needed=true",
                "/admin",
                Some(Why::Needed),
            ),
            (
                "/admin/login?next=/admin&ended=true",
                "/admin",
                Some(Why::Ended),
            ),
        ] {
            let asked = Asked::of(&query_of(address));
            assert_eq!((asked.next.as_str(), asked.why), (next, why), "{address}");
        }
        let bare = Asked::of(&ParamsMap::new());
        assert_eq!((bare.next.as_str(), bare.why), ("/admin", None));
    }
}
