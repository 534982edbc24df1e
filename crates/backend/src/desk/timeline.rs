//! What happened to a member: one list of what all features keep, merged by time.

use std::cmp::Ordering;
use std::fmt;

use sqlx::AnyConnection;
use wire::desk::{Moment, MomentKind, TimelineItem};
use wire::page::PageRequest;
use wire::staff::Permission;
use wire::{Page, Timestamp, UserId};

use super::Desk;
use crate::paging::{self, Before, Dated};
use crate::{Result, Staff, accounts, audit, ledger, notices, play, standing};

/// Where everything is older.
const NEVER: Timestamp = Timestamp::from_millis(i64::MAX);

/// Who keeps what happened. Of one instant the later of these comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    SignIns,
    Transfers,
    Hands,
    Receipts,
    Notices,
    Acts,
    Notes,
}

impl Source {
    const ALL: [Self; 7] = [
        Self::SignIns,
        Self::Transfers,
        Self::Hands,
        Self::Receipts,
        Self::Notices,
        Self::Acts,
        Self::Notes,
    ];

    /// The word in cursors.
    const fn word(self) -> &'static str {
        match self {
            Self::SignIns => "sign-in",
            Self::Transfers => "transfer",
            Self::Hands => "hand",
            Self::Receipts => "receipt",
            Self::Notices => "notice",
            Self::Acts => "act",
            Self::Notes => "note",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.word() == word)
    }

    /// What it keeps.
    const fn kind(self) -> MomentKind {
        match self {
            Self::SignIns => MomentKind::SignIn,
            Self::Transfers => MomentKind::Transfer,
            Self::Hands => MomentKind::Hand,
            Self::Receipts => MomentKind::Receipt,
            Self::Notices => MomentKind::Notice,
            Self::Acts => MomentKind::Act,
            Self::Notes => MomentKind::Note,
        }
    }
}

/// What tells the rows of a source apart that have one instant, in their order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Id {
    Number(i64),
    Text(String),
}

/// Where something stands in a timeline; the newest has the greatest. No two have one, so a page that ends
/// with one goes on behind it and loses or doubles nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    at: Timestamp,
    source: Source,
    id: Id,
}

/// As a cursor.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:", self.at.millis(), self.source.word())?;
        match &self.id {
            Id::Number(number) => number.fmt(f),
            Id::Text(text) => f.write_str(text),
        }
    }
}

impl Place {
    /// Reads what it was written as.
    fn parse(cursor: &str) -> Result<Self> {
        let mut parts = cursor.splitn(3, ':');
        let (Some(at), Some(word), Some(id)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(paging::bad_cursor().into());
        };
        let source = Source::parse(word).ok_or_else(paging::bad_cursor)?;
        let number = |text: &str| text.parse::<i64>().map_err(|_| paging::bad_cursor());
        Ok(Self {
            at: Timestamp::from_millis(number(at)?),
            source,
            id: match source {
                Source::Hands => Id::Text(paging::cursor_id(Some(id))?.unwrap_or_default()),
                _ => Id::Number(number(id)?),
            },
        })
    }

    /// Where a source goes on behind it: with what is older than the instant, and with those of it before
    /// the row, if there is one.
    fn behind(&self, source: Source) -> (Timestamp, Option<&Id>) {
        match source.cmp(&self.source) {
            // All that it has of this instant is still to come.
            Ordering::Less => (self.at.plus_millis(1), None),
            Ordering::Equal => (self.at, Some(&self.id)),
            Ordering::Greater => (self.at, None),
        }
    }
}

/// Something that happened, in its place.
struct Placed {
    place: Place,
    moment: Moment,
}

impl Desk {
    /// What happened to a member, newest first: sign-ins, transfers, hands, receipts, notices, what staff
    /// did and noted.
    ///
    /// # Errors
    /// `forbidden`; `not_found`; `invalid` when the page is.
    pub async fn timeline(
        &self,
        staff: &Staff,
        user: UserId,
        page: PageRequest,
    ) -> Result<Page<TimelineItem>> {
        self.timeline_of(staff, user, None, page).await
    }

    /// The same, or what is of one kind alone.
    ///
    /// # Errors
    /// As [`Desk::timeline`].
    pub async fn timeline_of(
        &self,
        staff: &Staff,
        user: UserId,
        kind: Option<MomentKind>,
        page: PageRequest,
    ) -> Result<Page<TimelineItem>> {
        staff.expect(Permission::MembersRead)?;
        let limit = paging::limit(page.limit)?;
        let after = page.cursor.as_deref().map(Place::parse).transpose()?;
        let mut conn = self.core.db.read().await?;
        // Nobody has no timeline.
        ledger::head(&mut conn, user).await?;
        let sources = self.open_to(&mut conn, staff, user).await?;
        let mut found = Vec::new();
        for source in sources {
            if kind.is_some_and(|kind| kind != source.kind()) {
                continue;
            }
            let behind = match &after {
                Some(place) => place.behind(source),
                None => (NEVER, None),
            };
            found.extend(
                self.kept(&mut conn, user, source, behind, limit + 1)
                    .await?,
            );
        }
        found.sort_by(|one, other| other.place.cmp(&one.place));
        let page = paging::page(found, limit, |it| it.place.to_string());
        let items = page.items.into_iter().map(|it| TimelineItem {
            at: it.place.at,
            moment: it.moment,
        });
        Ok(Page {
            items: items.collect(),
            next_cursor: page.next_cursor,
        })
    }

    /// The sources that whoever asks may see of that member: what staff did to one of theirs, and from
    /// where those sign in, is for who reads the audit log.
    async fn open_to(
        &self,
        conn: &mut AnyConnection,
        staff: &Staff,
        user: UserId,
    ) -> Result<Vec<Source>> {
        let sees_all = staff.expect(Permission::AuditRead).is_ok()
            || standing::roles(conn, user).await?.is_empty();
        let is_open = |it: &Source| sees_all || !matches!(it, Source::SignIns | Source::Acts);
        Ok(Source::ALL.into_iter().filter(is_open).collect())
    }

    /// What a source keeps of a member behind that, newest first.
    async fn kept(
        &self,
        conn: &mut AnyConnection,
        user: UserId,
        source: Source,
        (at, id): (Timestamp, Option<&Id>),
        limit: i64,
    ) -> Result<Vec<Placed>> {
        let before = Before {
            at,
            id: match id {
                Some(Id::Number(number)) => *number,
                Some(Id::Text(_)) | None => i64::MIN,
            },
        };
        Ok(match source {
            Source::SignIns => {
                let tries = accounts::sign_ins_before(conn, user, before, limit).await?;
                placed(source, tries, Moment::SignIn)
            }
            Source::Transfers => {
                let transfers = ledger::before(conn, user, before, limit).await?;
                placed(source, transfers, Moment::Transfer)
            }
            Source::Hands => hands(conn, user, at, id, limit).await?,
            Source::Receipts => {
                let receipts = self.shop.before(conn, user, before, limit).await?;
                placed(source, receipts, Moment::Receipt)
            }
            Source::Notices => {
                let notices = notices::before(conn, user, before, limit).await?;
                placed(source, notices, Moment::Notice)
            }
            Source::Acts => {
                let acts = audit::about(conn, user, before, limit).await?;
                placed(source, acts, Moment::Act)
            }
            Source::Notes => {
                let notes = accounts::notes_before(conn, user, before, limit).await?;
                placed(source, notes, Moment::Note)
            }
        })
    }
}

/// Hands have names for numbers.
async fn hands(
    conn: &mut AnyConnection,
    user: UserId,
    at: Timestamp,
    id: Option<&Id>,
    limit: i64,
) -> Result<Vec<Placed>> {
    let hand = match id {
        Some(Id::Text(hand)) => hand.clone(),
        Some(Id::Number(_)) | None => String::new(),
    };
    let hands = play::before(conn, user, (at, hand), limit).await?;
    let placed = hands.into_iter().map(|hand| Placed {
        place: Place {
            at: hand.created_at,
            source: Source::Hands,
            id: Id::Text(hand.hand_id.0.clone()),
        },
        moment: Moment::Hand(hand),
    });
    Ok(placed.collect())
}

fn placed<T>(source: Source, rows: Vec<Dated<T>>, moment: fn(T) -> Moment) -> Vec<Placed> {
    let placed = rows.into_iter().map(|row| Placed {
        place: Place {
            at: row.at,
            source,
            id: Id::Number(row.id),
        },
        moment: moment(row.it),
    });
    placed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(at: i64, source: Source, id: Id) -> Place {
        let at = Timestamp::from_millis(at);
        Place { at, source, id }
    }

    #[test]
    fn a_cursor_is_read_as_it_was_written() {
        for place in [
            place(1, Source::Transfers, Id::Number(7)),
            place(-1, Source::Acts, Id::Number(i64::MAX)),
            place(i64::MAX, Source::Hands, Id::Text("0a".to_owned())),
        ] {
            assert_eq!(Place::parse(&place.to_string()).unwrap(), place);
        }
        for odd in [
            "",
            "1",
            "1:act",
            "x:act:1",
            "1:god:1",
            "1:act:x",
            "1:hand:",
            "1:hand:a b",
        ] {
            assert!(Place::parse(odd).is_err(), "{odd}");
        }
    }

    #[test]
    fn every_source_goes_on_where_the_page_ended() {
        let last = place(5, Source::Hands, Id::Text("b".to_owned()));
        let millis = |source| last.behind(source).0.millis();
        assert_eq!((millis(Source::Transfers), millis(Source::Acts)), (6, 5));
        assert_eq!(last.behind(Source::Hands).1, Some(&last.id));
        assert!(place(5, Source::Transfers, Id::Number(9)) < last);
        assert!(place(5, Source::Acts, Id::Number(0)) > last);
    }
}
