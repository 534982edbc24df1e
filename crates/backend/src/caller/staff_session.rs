//! What a session is as one of staff's: opened at their door, in use, and confirmed of late.

use economy::Timestamp;
use wire::Code;

/// How long a staff session lasts, in seconds, however much it is used: 12 hours.
const LASTS_SECS: i64 = 12 * 60 * 60;
/// How long it lasts unused, in seconds: 30 minutes.
const IDLE_SECS: i64 = 30 * 60;
/// How often its use is noted, in seconds: calls in between write nothing, so that it may be over so much
/// earlier than 30 minutes after the last of them.
pub(crate) const NOTED_EACH_SECS: i64 = 60;
/// How long it counts, in seconds, that somebody showed who they are: 10 minutes.
const CONFIRMED_SECS: i64 = 10 * 60;

/// Until when it counts that somebody showed then who they are.
pub(crate) const fn confirmed_until(at: Timestamp) -> Timestamp {
    at.plus_secs(CONFIRMED_SECS)
}

/// A member's session as one of staff's. Where nothing is asked for it lacks nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StaffSession {
    /// Why nobody acts as staff in it, whatever their roles: `staff_session_required` or
    /// `second_factor_required`.
    pub lacks: Option<Code>,
    /// When its member showed last who they are.
    pub confirmed_at: Option<Timestamp>,
    /// Whether the next call of staff's in it is to be noted.
    pub is_use_due: bool,
}

impl StaffSession {
    /// Whether its member showed who they are so lately that it counts.
    pub(crate) fn is_confirmed(&self, now: Timestamp) -> bool {
        self.confirmed_at
            .is_some_and(|at| now < confirmed_until(at))
    }
}

/// What that follows from, of the rows of a session and of its member's second factor.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct StaffMarks {
    /// When it was opened at the door of staff; nothing for every other session.
    pub(crate) since: Option<Timestamp>,
    /// When a call of staff's was noted last.
    pub(crate) used_at: Option<Timestamp>,
    pub(crate) confirmed_at: Option<Timestamp>,
    /// Since when the member has a second factor.
    pub(crate) factor_since: Option<Timestamp>,
}

impl StaffMarks {
    /// What the session is now, in a club that asks staff for one, or in one that does not.
    pub(crate) fn session(self, is_strict: bool, now: Timestamp) -> StaffSession {
        let lacks = match (self.is_running(now), self.factor_since) {
            _ if !is_strict => None,
            (false, _) => Some(Code::StaffSessionRequired),
            (true, None) => Some(Code::SecondFactorRequired),
            (true, Some(_)) => None,
        };
        let is_old = |at: Timestamp| now >= at.plus_secs(NOTED_EACH_SECS);
        StaffSession {
            lacks,
            confirmed_at: self.confirmed_at,
            is_use_due: is_strict && lacks.is_none() && self.used_at.is_some_and(is_old),
        }
    }

    fn is_running(self, now: Timestamp) -> bool {
        let is_within = |at: Option<Timestamp>, secs| at.is_some_and(|at| now < at.plus_secs(secs));
        is_within(self.since, LASTS_SECS) && is_within(self.used_at, IDLE_SECS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGAN: Timestamp = Timestamp::from_millis(0);

    /// One that began at zero and was used then.
    fn marks(used_secs: i64) -> StaffMarks {
        StaffMarks {
            since: Some(BEGAN),
            used_at: Some(BEGAN.plus_secs(used_secs)),
            confirmed_at: Some(BEGAN),
            factor_since: Some(BEGAN),
        }
    }

    #[test]
    fn it_is_over_after_half_an_hour_unused_and_after_twelve_hours_in_any_case() {
        let (half, twelve) = (30 * 60, 12 * 60 * 60);
        let over = Some(Code::StaffSessionRequired);
        for (used, now, lacks) in [
            (0, half - 1, None),
            (0, half, over),
            (half, 2 * half - 1, None),
            (twelve - 1, twelve - 1, None),
            (twelve - 1, twelve, over),
        ] {
            let session = marks(used).session(true, BEGAN.plus_secs(now));
            assert_eq!(session.lacks, lacks, "used at {used}, now {now}");
        }
    }

    #[test]
    fn one_that_was_not_opened_at_the_door_of_staff_is_none() {
        let lacks = StaffMarks::default().session(true, BEGAN).lacks;
        assert_eq!(lacks, Some(Code::StaffSessionRequired));
        let bare = StaffMarks {
            factor_since: None,
            ..marks(0)
        };
        let lacks = bare.session(true, BEGAN).lacks;
        assert_eq!(lacks, Some(Code::SecondFactorRequired));
    }

    #[test]
    fn where_nothing_is_asked_for_nothing_lacks_and_nothing_is_noted() {
        let session = StaffMarks::default().session(false, BEGAN);
        assert_eq!(session, StaffSession::default());
        let late = marks(0).session(false, BEGAN.plus_secs(LASTS_SECS));
        assert_eq!((late.lacks, late.is_use_due), (None, false));
    }

    #[test]
    fn its_use_is_noted_once_a_minute() {
        let due = |secs| marks(0).session(true, BEGAN.plus_secs(secs)).is_use_due;
        assert!(!due(0) && !due(59) && due(60) && due(IDLE_SECS - 1));
        assert!(!due(IDLE_SECS), "what is over is not taken up again");
    }
}
