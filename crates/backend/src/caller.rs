//! Who is asking, from where, when, and how.

mod staff_session;

use std::net::{IpAddr, Ipv6Addr};

use economy::Timestamp;
use wire::staff::{Permission, Roles};
use wire::user::Rank;
use wire::{Code, SessionId, UserId};

pub use self::staff_session::StaffSession;
pub(crate) use self::staff_session::{NOTED_EACH_SECS, StaffMarks, confirmed_until};
use crate::Result;

/// The most characters of an address that are kept: the longest IPv6 address has 45.
const ADDRESS_MAX: usize = 64;
/// The most characters of a user agent that are kept.
const USER_AGENT_MAX: usize = 200;
/// How many times as much an IPv6 /48 may do, of what is counted over a time, as one network: one customer
/// may have all of it, and come from a new network each time.
pub(crate) const BLOCK_TIMES: u32 = 4;

/// Who asks, as the signature of their access token says. Whether they may act is still to be read,
/// with what they ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// The member.
    pub user_id: UserId,
    /// The session the access token belongs to.
    pub session_id: SessionId,
}

/// Who is asking, as their access token and its session say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The member.
    pub user_id: UserId,
    /// The session the access token belongs to.
    pub session_id: SessionId,
    /// Their rank, as it is now.
    pub rank: Rank,
    /// What they are in running the club, as it is now; nothing for most.
    pub roles: Roles,
    /// What the session is as one of staff's, as it is now.
    pub staff_session: StaffSession,
    /// When that was: when their call came in.
    pub asked_at: Timestamp,
}

impl Member {
    /// For what reads once more whether they may act.
    #[must_use]
    pub fn claimed(&self) -> Claimed {
        Claimed {
            user_id: self.user_id,
            session_id: self.session_id.clone(),
        }
    }

    /// Whether they run the club.
    #[must_use]
    pub fn is_staff(&self) -> bool {
        !self.roles.is_empty()
    }

    /// Whether they act as one who does, in this session.
    #[must_use]
    pub fn acts_as_staff(&self) -> bool {
        self.expect_staff().is_ok()
    }

    /// Refuses whoever does not act as one who runs the club.
    ///
    /// # Errors
    /// As [`Member::staff`].
    pub(crate) fn expect_staff(&self) -> Result<()> {
        if !self.is_staff() {
            return Err(Code::Forbidden.into());
        }
        match self.staff_session.lacks {
            Some(code) => Err(code.into()),
            None => Ok(()),
        }
    }

    /// The member as one who runs the club, who calls from there.
    ///
    /// # Errors
    /// `forbidden` unless they do; where the club is strict `staff_session_required`, and
    /// `second_factor_required` of those who have none.
    pub fn staff(&self, origin: &Origin) -> Result<Staff> {
        self.expect_staff()?;
        Ok(Staff {
            claimed: self.claimed(),
            roles: self.roles.clone(),
            asked_at: self.asked_at,
            is_confirmed: self.staff_session.is_confirmed(self.asked_at),
            origin: origin.clone(),
        })
    }

    /// How much they see of a member: the one place that says who sees whom.
    pub(crate) fn eyes(&self, of: UserId) -> Eyes {
        let sees_members = self.roles.may(Permission::MembersRead);
        if self.user_id == of || (sees_members && self.acts_as_staff()) {
            Eyes::Own
        } else {
            Eyes::Other
        }
    }

    /// Refuses them what only a member themselves sees, and whoever runs the club.
    ///
    /// # Errors
    /// `forbidden`.
    pub(crate) fn expect_own(&self, of: UserId) -> Result<()> {
        match self.eyes(of) {
            Eyes::Own => Ok(()),
            Eyes::Other => Err(Code::Forbidden.into()),
        }
    }
}

/// Whose affairs are asked for, and by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Eyes {
    /// Their own, or somebody's who runs the club: all of it.
    Own,
    /// Another member's: the public part.
    Other,
}

/// Where a call of staff's comes from, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The client's address.
    pub address: String,
    /// Finds the request in the log.
    pub request_id: String,
}

/// A member who runs the club; made by [`Member::staff`] only, so that what takes one is reached by
/// nobody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// The member, and the session in which they call.
    claimed: Claimed,
    roles: Roles,
    asked_at: Timestamp,
    is_confirmed: bool,
    origin: Origin,
}

impl Staff {
    /// The member.
    #[must_use]
    pub const fn user_id(&self) -> UserId {
        self.claimed.user_id
    }

    /// The member, and the session in which they call.
    pub(crate) const fn claimed(&self) -> &Claimed {
        &self.claimed
    }

    /// When their call came in.
    pub(crate) const fn asked_at(&self) -> Timestamp {
        self.asked_at
    }

    /// What they are.
    #[must_use]
    pub const fn roles(&self) -> &Roles {
        &self.roles
    }

    /// From where they call.
    pub(crate) const fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Whether they had shown who they are so lately that it counts, when their call came in.
    pub(crate) const fn is_confirmed(&self) -> bool {
        self.is_confirmed
    }

    /// Refuses them what none of their roles may.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn expect(&self, permission: Permission) -> Result<()> {
        match self.roles.may(permission) {
            true => Ok(()),
            false => Err(Code::Forbidden.into()),
        }
    }
}

/// Where a request comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// The client's address.
    pub address: String,
    /// The user agent, cut to 200 characters.
    pub user_agent: String,
}

/// Where somebody comes in, and the sign-in that their browser has had so far: that ends when the new
/// one begins.
#[derive(Clone, Copy)]
pub struct Entry<'a> {
    pub(crate) device: &'a Device,
    /// The refresh token of the sign-in before.
    pub(crate) before: Option<&'a str>,
    /// Finds the request in the log.
    pub(crate) request_id: &'a str,
}

impl<'a> Entry<'a> {
    /// An entry by a browser that shows this refresh token.
    #[must_use]
    pub const fn of_browser(device: &'a Device, refresh_token: Option<&'a str>) -> Self {
        Self {
            device,
            before: refresh_token,
            request_id: "",
        }
    }

    /// The same, by the request of that origin.
    #[must_use]
    pub fn in_request(self, origin: &'a Origin) -> Self {
        Self {
            request_id: &origin.request_id,
            ..self
        }
    }

    /// Where it comes from, as it is kept.
    pub(crate) fn origin(&self) -> Origin {
        Origin {
            address: self.device.stored_address(),
            request_id: self.request_id.to_owned(),
        }
    }
}

impl<'a> From<&'a Device> for Entry<'a> {
    fn from(device: &'a Device) -> Self {
        Self::of_browser(device, None)
    }
}

/// When a request came in: when all of it was there, its body to the last byte. It is stamped once; a
/// cash-out is paid as of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival(pub Timestamp);

/// How a refresh token was shown; only the cookie has a grace period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// In the browser's cookie: two tabs may show the same one.
    Cookie,
    /// In the body or the `Authorization` header.
    Body,
}

impl Device {
    /// The address as it is stored.
    pub(crate) fn stored_address(&self) -> String {
        printable(&self.address, ADDRESS_MAX)
    }

    /// The user agent as it is stored.
    pub(crate) fn stored_user_agent(&self) -> String {
        printable(&self.user_agent, USER_AGENT_MAX)
    }

    /// What failures and requests are counted by; see [`network_of`].
    #[must_use]
    pub fn network(&self) -> String {
        network_of(&self.stored_address())
    }
}

/// Whom an address stands for: itself, or for IPv6 its /64, which is what one subscriber gets.
#[must_use]
pub fn network_of(address: &str) -> String {
    match address
        .parse()
        .map(|address: IpAddr| address.to_canonical())
    {
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        Ok(IpAddr::V4(address)) => address.to_string(),
        Err(_) => address.to_owned(),
    }
}

/// The IPv6 /48 that an address is of. One customer may have all of it, which is 65,536 networks.
#[must_use]
pub fn block_of(address: &str) -> Option<String> {
    match address
        .parse()
        .map(|address: IpAddr| address.to_canonical())
    {
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, ..] = address.segments();
            Some(format!("{}/48", Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0)))
        }
        Ok(IpAddr::V4(_)) | Err(_) => None,
    }
}

/// The block that a network is of; see [`network_of`] and [`block_of`].
pub(crate) fn block_of_network(network: &str) -> Option<String> {
    block_of(network.strip_suffix("/64")?)
}

/// What PostgreSQL can hold and a page can show of a header.
fn printable(text: &str, chars_max: usize) -> String {
    text.chars()
        .filter(|character| !character.is_control())
        .take(chars_max)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_subscriber_is_one_network() {
        assert_eq!(network_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
        assert_eq!(network_of("2001:db8:1:2:ffff::1"), "2001:db8:1:2::/64");
        assert_eq!(network_of("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(network_of("192.0.2.7"), "192.0.2.7");
        assert_eq!(network_of("a pipe"), "a pipe");
    }

    #[test]
    fn an_ipv6_customer_is_one_block() {
        let block = block_of("2001:db8:1:2:3:4:5:6");
        assert_eq!(block.as_deref(), Some("2001:db8:1::/48"));
        assert_eq!(block_of("2001:db8:1:ffff::1"), block);
        for address in ["2001:db8:1:ffff::1", "2001:db8:1::1", "2001::1", "::1"] {
            let network = network_of(address);
            assert_eq!(block_of_network(&network), block_of(address), "{network}");
        }
        for address in ["::ffff:192.0.2.7", "192.0.2.7", "a pipe"] {
            assert_eq!(block_of(address), None, "{address}");
            assert_eq!(block_of_network(&network_of(address)), None, "{address}");
        }
    }

    #[test]
    fn headers_are_cut_and_cleaned() {
        let device = Device {
            address: "1\0".to_owned(),
            user_agent: "x\n".repeat(300),
        };
        assert_eq!(device.stored_address(), "1");
        assert_eq!(device.stored_user_agent(), "x".repeat(200));
    }
}
