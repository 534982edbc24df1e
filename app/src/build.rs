//! Which build of the club this page is of, and what to do when the club serves another by now.
//!
//! Every answer names its build in a header, every page in a `<meta>`. A page whose build is gone
//! opens the newer one at the next address that is asked for.

use std::cell::Cell;

use crate::browser;

/// The header that names a build.
pub const HEADER: &str = "x-build";
/// Where a tab notes from which build it opened another.
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

/// Loads the page at an address anew; gives whether that is under way. A build is left once only,
/// so that a club that goes on sending the same one does not make the page load for ever.
pub(crate) fn open_anew(address: &str) -> bool {
    let ours = browser::meta("build").unwrap_or_default();
    if browser::noted(NOTE).as_deref() == Some(&*ours) {
        return false;
    }
    browser::note(NOTE, Some(&ours)) && browser::open(address)
}

/// Whether this page was opened because an older one had to go; true once.
#[cfg(feature = "hydrate")]
pub(crate) fn was_opened_anew() -> bool {
    let is_new = browser::noted(NOTE).is_some_and(|from| browser::meta("build") != Some(from));
    is_new && browser::note(NOTE, None)
}
