//! Which build of the club this page is of, and what to do when the club serves another by now.
//!
//! Every answer names its build in a header, every page in a `<meta>`. A page whose build is gone
//! opens the newer one when the next page of a wing is asked for.

use std::cell::Cell;

use crate::browser;

/// The header that names a build.
pub const HEADER: &str = "x-build";
/// Where a tab notes from which build it opened another, until the page that it opened is alive.
const NOTE: &str = "casino-opened-from";
/// What is asked, when nothing else is, for the header of its answer.
#[cfg(feature = "hydrate")]
const ASKED: &str = "/health";

thread_local! {
    static IS_OLD: Cell<bool> = const { Cell::new(false) };
}

/// Whether the club was heard to serve another build.
pub(crate) fn is_old() -> bool {
    IS_OLD.get()
}

/// Takes in the build that an answer names.
pub(crate) fn hear(build: Option<&str>) {
    if let (Some(theirs), Some(ours)) = (build, browser::meta("build"))
        && theirs != ours
    {
        IS_OLD.set(true);
    }
}

/// Asks which build the club serves; who is not reached changes nothing.
pub(crate) async fn ask() {
    #[cfg(feature = "hydrate")]
    hear(browser::header_of(ASKED, HEADER).await.as_deref());
}

/// Loads the page at an address anew; gives whether that is under way.
///
/// Once only between two pages that come alive: the note says that it was done, and stays until the
/// page that was opened is alive. So nothing is loaded for ever, neither from a club that goes on
/// sending the same build nor from several servers of different ones; and whoever arrived can be taken
/// to the next build.
pub(crate) fn open_anew(address: &str) -> bool {
    let ours = browser::meta("build").unwrap_or_default();
    let is_arrived = browser::noted(NOTE).is_none();
    is_arrived && browser::note(NOTE, Some(&ours)) && browser::open(address)
}

/// Whether this page was opened because an older one had to go; true once. To be asked by a page that
/// is alive: it forgets that another was left, also where the club sent the same build again.
#[cfg(feature = "hydrate")]
pub(crate) fn was_opened_anew() -> bool {
    let Some(from) = browser::noted(NOTE) else {
        return false;
    };
    browser::note(NOTE, None) && browser::meta("build") != Some(from)
}
