//! A form that works without JavaScript, and better with it.

use leptos::{ev::SubmitEvent, form::FromFormData, html::Form, prelude::*, server_fn::ServerFn};
use send_wrapper::SendWrapper;

use crate::{
    browser,
    error::PageError,
    session::{Refusal, call},
    words::{self, I18n},
};

/// How sending a form is going: shared by the form, its fields and its button.
#[derive(Clone, Copy)]
pub struct Submission {
    pending: RwSignal<bool>,
    error: RwSignal<Option<PageError>>,
    sent: RwSignal<u32>,
}

impl Submission {
    /// A form that was not sent yet, or was refused before this page was made.
    #[must_use]
    pub fn new(refusal: Option<&Refusal>) -> Self {
        let error = refusal.map(|refusal| refusal.error.clone());
        Self {
            pending: RwSignal::new(false),
            error: RwSignal::new(error),
            sent: RwSignal::new(0),
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

    /// Runs something each time it was accepted.
    pub fn on_accepted(self, then: impl Fn() + Send + Sync + 'static) {
        Effect::watch(move || self.sent.get(), move |_, _, _| then(), false);
    }
}

/// A form whose fields are the arguments of the server function `F`.
#[component]
pub fn PostForm<F>(
    submission: Submission,
    /// Says which function it is; its value does not matter.
    #[prop(optional)]
    _function: std::marker::PhantomData<F>,
    #[prop(default = "form")] class: &'static str,
    children: Children,
) -> impl IntoView
where
    F: ServerFn<Output = (), Error = PageError> + FromFormData + Clone + Send + Sync + 'static,
{
    let form = NodeRef::<Form>::new();
    let send = Action::new_local(move |input: &F| {
        let input = input.clone();
        SendWrapper::new(async move {
            let outcome = call(|| input.clone().run_on_client()).await;
            submission.pending.set(false);
            match outcome {
                Ok(()) => {
                    submission.error.set(None);
                    submission.sent.update(|times| *times += 1);
                }
                Err(error) => {
                    submission.error.set(Some(error));
                    if let Some(form) = form.get_untracked() {
                        browser::focus_refused(&form).await;
                    }
                }
            }
        })
    });
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        if submission.pending.get_untracked() {
            return;
        }
        if let Ok(input) = F::from_event(&event) {
            submission.pending.set(true);
            send.dispatch_local(input);
        }
    };
    view! {
        <form node_ref=form class=class method="post" action=F::url() novalidate on:submit=on_submit>
            {children()}
        </form>
    }
    .into_any()
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
