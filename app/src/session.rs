//! Who is looking at the page, what they hold, and how their sign-in stays alive.

mod api;
mod call;
mod gesture;
#[cfg(feature = "hydrate")]
mod renewal;
mod viewer;
mod wallet;

#[cfg(feature = "hydrate")]
pub(crate) use renewal::{ensure_fresh, renew_now};

pub use api::{SetLanguage, Viewer, load_viewer, set_language};
pub use call::{call, call_as_member, is_visitor};
pub use gesture::send;
pub use viewer::{Session, provide_session, use_session};
pub use wallet::{Held, Wallet, provide_wallet, use_wallet};

use serde::{Deserialize, Serialize};

use crate::error::PageError;

/// What came of a form that was posted without JavaScript and refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Why.
    pub error: PageError,
    /// What had been typed, by field, passwords left out.
    pub values: Vec<(String, String)>,
}

impl Refusal {
    /// What had been typed into a field.
    #[must_use]
    pub fn value(refusal: Option<&Self>, name: &str) -> String {
        let values = refusal
            .map(|refusal| refusal.values.as_slice())
            .unwrap_or_default();
        values
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.clone())
            .unwrap_or_default()
    }
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
