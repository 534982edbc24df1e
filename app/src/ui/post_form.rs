//! A form that works without JavaScript, and better with it.

use std::{rc::Rc, sync::Arc};

use leptos::{ev::SubmitEvent, prelude::*, server_fn::ServerFn};
use serde::de::DeserializeOwned;
use web_sys::HtmlElement;

use crate::{
    browser,
    error::{PageError, Refusal},
    protocol::{read, send_form},
    session::call,
    task::spawn_detached,
    words::{self, I18n},
};

/// How sending a form is going: shared by the form, its fields and its button.
#[derive(Clone, Copy)]
pub struct Submission {
    pending: RwSignal<bool>,
    error: RwSignal<Option<PageError>>,
    accepted: StoredValue<Option<Then>>,
}

/// What follows when a form was accepted.
type Then = Arc<dyn Fn() + Send + Sync>;

impl Submission {
    /// A form that was not sent yet, or was refused before this page was made.
    #[must_use]
    pub fn new(refusal: Option<&Refusal>) -> Self {
        let error = refusal.map(|refusal| refusal.error.clone());
        Self {
            pending: RwSignal::new(false),
            error: RwSignal::new(error),
            accepted: StoredValue::new(None),
        }
    }

    /// Whether it is on its way.
    #[must_use]
    pub fn pending(self) -> Signal<bool> {
        self.pending.into()
    }

    /// Why it was refused.
    #[must_use]
    pub fn error(self) -> Option<PageError> {
        self.error.get()
    }

    /// Runs something each time it was accepted, also when the form's page is left by then: of that
    /// page it may use nothing but by `try_`.
    pub fn on_accepted(self, then: impl Fn() + Send + Sync + 'static) {
        self.accepted.set_value(Some(Arc::new(then)));
    }
}

/// What hears an answer.
type Ear<T> = Rc<dyn Fn(&Result<T, PageError>)>;

/// What is made of an answer, whoever is still there to see it: of the form's page it may use nothing
/// but by `try_`.
pub struct Answered<T>(Ear<T>);

impl<T> Answered<T> {
    /// Makes this of every answer.
    pub fn new(then: impl Fn(&Result<T, PageError>) + 'static) -> Self {
        Self(Rc::new(then))
    }
}

/// The same, before the answer is read.
type Heard = Ear<String>;

/// A form whose fields are the arguments of the server function `F`.
#[component]
pub fn PostForm<F>(
    submission: Submission,
    /// Says which function it is; its value does not matter.
    #[prop(optional)]
    _function: std::marker::PhantomData<F>,
    #[prop(default = "form")] class: &'static str,
    /// What to make of an answer that says more than that it was accepted.
    #[prop(optional)]
    answered: Option<Answered<F::Output>>,
    children: Children,
) -> impl IntoView
where
    F: ServerFn<Error = PageError>,
    F::Output: DeserializeOwned + 'static,
{
    let heard = answered.map(|Answered(then)| -> Heard {
        Rc::new(move |outcome| {
            let answer = outcome.as_ref().map_err(Clone::clone);
            then(&answer.and_then(|text| read(text)));
        })
    });
    form(F::url(), submission, heard, class, children)
}

/// The browser encodes the fields as it would without JavaScript, so that one way is tested by both.
///
/// What was posted is answered also when the form is no longer there, so that a sign-in or a purchase
/// is not lost on the way.
fn form(
    path: &'static str,
    submission: Submission,
    heard: Option<Heard>,
    class: &'static str,
    children: Children,
) -> AnyView {
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        // A form that makes room for another page is seen a moment longer than its signals are there.
        if submission.pending.try_get_untracked() != Some(false) {
            return;
        }
        if let Some(fields) = browser::form_fields(&event) {
            submission.pending.set(true);
            let form = event_target::<HtmlElement>(&event);
            let accepted = submission.accepted.try_get_value().flatten();
            let heard = heard.clone();
            spawn_detached(async move {
                let outcome = call(|| send_form(path, &fields)).await;
                if let Some(heard) = heard {
                    heard(&outcome);
                }
                if let (Ok(_), Some(then)) = (&outcome, accepted) {
                    then();
                }
                show(outcome.err(), submission, &form).await;
            });
        }
    };
    view! {
        <form class=class method="post" action=path novalidate on:submit=on_submit>
            {children()}
        </form>
    }
    .into_any()
}

/// Shows on the form how sending it went; nothing where it is gone.
async fn show(refused: Option<PageError>, submission: Submission, form: &HtmlElement) {
    _ = submission.pending.try_set(false);
    let is_refused = refused.is_some();
    _ = submission.error.try_set(refused);
    if is_refused {
        browser::focus_refused(form).await;
    }
}

/// Why a form was refused, when no field says so.
#[component]
pub fn FormError(submission: Submission) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let message = move || {
        let error = submission
            .error()
            .filter(|error| !error.is_about_fields())?;
        Some(words::failure(i18n.get_locale(), &error))
    };
    view! { <p class="form-error" role="alert" data-testid="form-error">{message}</p> }
}

/// What a refused plain form left for this page; nothing in a browser that runs our code.
#[must_use]
pub fn take_refusal(form: &str) -> Option<Refusal> {
    #[cfg(feature = "ssr")]
    return crate::ssr::flash::take(form);
    #[cfg(not(feature = "ssr"))]
    {
        _ = form;
        None
    }
}
