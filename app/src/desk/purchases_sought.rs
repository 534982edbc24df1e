//! Which purchases the address names, and in which order.

use leptos_router::params::ParamsMap;
use wire::{
    UserId,
    shop::{PurchaseSort, StaffTransactions, Status},
};

use super::{
    choice::{day, end_of, is_plain, readable},
    place::Place,
    sought::{address, given, named, of_word, word_of},
};

/// The word of those for which money has to go back.
const OWED: &str = "owed";
/// Their orders.
pub(super) const SORTS: [(PurchaseSort, &str); 2] = [
    (PurchaseSort::Newest, "newest"),
    (PurchaseSort::Oldest, "oldest"),
];

/// What is to be so of a purchase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// It stands like this.
    Stands(Status),
    /// Money has to go back for it.
    Owed,
}

impl State {
    /// As it stands in the address.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Stands(status) => status.as_str(),
            Self::Owed => OWED,
        }
    }

    fn parse(word: &str) -> Option<Self> {
        match word {
            OWED => Some(Self::Owed),
            word => Status::parse(word).map(Self::Stands),
        }
    }
}

/// What is filtered and sorted by; what is empty is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SoughtPurchases {
    pub(super) state: Option<State>,
    /// A member's number or site id.
    pub(super) member: String,
    /// The code of a receipt, whose page is all that is wanted then.
    pub(super) receipt: String,
    pub(super) product: String,
    /// The first day, in UTC.
    pub(super) since: String,
    /// The last day, in UTC.
    pub(super) until: String,
    pub(super) sort: PurchaseSort,
    /// Where the page starts.
    pub(super) cursor: Option<String>,
}

impl SoughtPurchases {
    /// What an address names; what cannot be read is not filtered by.
    pub(super) fn of(query: &ParamsMap) -> Self {
        Self {
            state: State::parse(named(query, "state")),
            member: readable(query, "member", is_plain),
            receipt: readable(query, "receipt", is_plain),
            product: readable(query, "product", is_plain),
            since: readable(query, "since", |it| day(it).is_some()),
            until: readable(query, "until", |it| day(it).is_some()),
            sort: of_word(&SORTS, named(query, "sort")).unwrap_or_default(),
            cursor: query.get("cursor"),
        }
    }

    /// Those of which this is so.
    pub(super) fn in_state(state: State) -> Self {
        Self {
            state: Some(state),
            ..Self::default()
        }
    }

    /// What the club is asked, of so many on a page and of that member, if it is of one.
    pub(super) fn request(&self, limit: i64, user: Option<UserId>) -> StaffTransactions {
        let (status, refund_due) = match self.state {
            Some(State::Stands(status)) => (Some(status), None),
            Some(State::Owed) => (None, Some(true)),
            None => (None, None),
        };
        StaffTransactions {
            limit: Some(limit),
            cursor: self.cursor.clone(),
            user_id: user,
            status,
            product_id: given(&self.product).map(str::to_owned),
            since: day(&self.since),
            until: end_of(&self.until),
            refund_due,
            sort: Some(self.sort),
            ..StaffTransactions::default()
        }
    }

    /// The address of the same purchases in that order, from the first page on.
    pub(super) fn sorted(&self, sort: PurchaseSort) -> String {
        let order = Some(sort).filter(|it| *it != PurchaseSort::default());
        let pairs = [
            ("state", self.state.map(State::word)),
            ("member", given(&self.member)),
            ("product", given(&self.product)),
            ("since", given(&self.since)),
            ("until", given(&self.until)),
            ("sort", order.map(|it| word_of(&SORTS, it))),
        ];
        address(Place::Purchases.path(), &pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::query_of;

    #[test]
    fn an_address_is_read_back() {
        let states = Status::ALL.map(State::Stands).into_iter();
        for state in states.chain([State::Owed]) {
            let sought = SoughtPurchases {
                state: Some(state),
                member: "a&b=%".to_owned(),
                product: "felt_midnight".to_owned(),
                since: "2026-01-30".to_owned(),
                until: "2026-01-31".to_owned(),
                sort: PurchaseSort::Oldest,
                ..SoughtPurchases::default()
            };
            let address = sought.sorted(PurchaseSort::Oldest);
            let read = SoughtPurchases::of(&query_of(&address));
            assert_eq!(read, sought, "{address}");
        }
    }

    #[test]
    fn the_club_is_asked_for_what_the_address_names() {
        let address = "/admin/purchases?state=owed&until=2026-01-31&product=x&cursor=7";
        let request = SoughtPurchases::of(&query_of(address)).request(50, Some(UserId(3)));
        assert_eq!((request.status, request.refund_due), (None, Some(true)));
        assert_eq!(request.user_id, Some(UserId(3)));
        assert_eq!(request.product_id.as_deref(), Some("x"));
        let until = request.until.and_then(|until| until.rfc3339());
        assert_eq!(until.as_deref(), Some("2026-02-01T00:00:00Z"));
        assert_eq!(request.cursor.as_deref(), Some("7"));
        let pending = SoughtPurchases::in_state(State::Stands(Status::Pending));
        let request = pending.request(50, None);
        assert_eq!(request.status, Some(Status::Pending));
        assert_eq!((request.refund_due, request.user_id), (None, None));
    }

    #[test]
    fn what_cannot_be_read_is_not_filtered_by() {
        let address = "/admin/purchases?state=lost&since=soon&until=9999-12-31&sort=odd";
        let read = SoughtPurchases::of(&query_of(address));
        assert_eq!(read, SoughtPurchases::default());
    }
}
