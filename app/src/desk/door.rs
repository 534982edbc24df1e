//! Where whoever may not act as staff yet is led: the door of the desk, and the page of their second factor.

use wire::Code;

use super::place::Place;
use crate::{
    error::PageError,
    paths::{ENDED, door_path, is_of_desk, local_path},
};

/// Where whoever runs the club signs in.
pub(super) const DOOR: &str = "/admin/login";
/// The page of one's own second factor; its forms post to it too.
pub(super) const FACTOR: &str = "/admin/factor";
/// The query parameter that says to whoever was led to either that they need it.
pub(super) const NEEDED: &str = "needed";

/// Where whoever is refused a page of the desk, and could be let in, is led from there.
pub(super) fn led(error: &PageError, back: &str, has_ended: bool) -> Option<String> {
    let door = door_path(DOOR, back);
    match error.code()? {
        Code::Unauthenticated if has_ended => Some(format!("{door}&{ENDED}=true")),
        Code::Unauthenticated => Some(door),
        Code::StaffSessionRequired => Some(format!("{door}&{NEEDED}=true")),
        Code::SecondFactorRequired => Some(format!("{FACTOR}?{NEEDED}=true")),
        _ => None,
    }
}

/// Where somebody goes on to from the door: to what they wanted of the desk, else to its first page.
pub(super) fn onward(next: &str) -> &str {
    let next = local_path(next).filter(|next| is_of_desk(next));
    next.unwrap_or(Place::Today.path())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_door_leads_to_pages_of_the_desk_and_to_no_others() {
        for next in ["/admin", "/admin/staff?user=7", "/admin/members/7"] {
            assert_eq!(onward(next), next);
        }
        for other in [
            "",
            "/",
            "/profile",
            "/administer",
            "//evil.example/admin",
            "/\\evil.example",
            "https://evil.example/admin",
            "admin",
        ] {
            assert_eq!(onward(other), "/admin", "{other:?}");
        }
    }

    #[test]
    fn who_lacks_something_is_led_to_where_they_get_it() {
        let led = |code: Code| led(&code.into(), "/admin/staff?user=7", false);
        let door = "/admin/login?next=/admin/staff%3Fuser%3D7";
        assert_eq!(led(Code::Unauthenticated).as_deref(), Some(door));
        let own = format!("{door}&needed=true");
        assert_eq!(led(Code::StaffSessionRequired), Some(own));
        let factor = "/admin/factor?needed=true";
        assert_eq!(led(Code::SecondFactorRequired).as_deref(), Some(factor));
        for other in [Code::Forbidden, Code::NotFound, Code::ConfirmationRequired] {
            assert_eq!(led(other), None, "{other:?}");
        }
    }
}
