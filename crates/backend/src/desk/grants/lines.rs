//! Who can be given something, and what comes of it: the rule, without rows.

use std::collections::{HashMap, HashSet};

use economy::Tokens;
use wire::desk::GrantItem;
use wire::{Code, UserId};

use super::check::amount;
use crate::accounts::Stand;
use crate::weigh::Line;

/// Who gives, and what is known of those who are to be given something.
pub(super) struct Known {
    pub(super) actor: UserId,
    /// Whether an owner gives.
    pub(super) is_owner: bool,
    /// Everyone who has a role.
    pub(super) staff: HashSet<UserId>,
    pub(super) stands: HashMap<UserId, Stand>,
}

/// What comes of each item, in their order: a member who is named twice has what the first brought when the
/// second comes.
pub(super) fn lines(items: &[GrantItem], mut known: Known) -> Vec<Line> {
    let items = items.iter();
    items.map(|item| line(item, &mut known)).collect()
}

fn line(item: &GrantItem, known: &mut Known) -> Line {
    let user = item.user_id;
    let amount = amount(item).unwrap_or(Tokens::ZERO);
    let would_be = known.would_be(user, amount);
    let stand = known.stands.get_mut(&user);
    let before = stand.as_ref().map_or(Tokens::ZERO, |it| it.balance);
    let nickname = stand.as_ref().map(|it| it.nickname.clone());
    if let (Some(stand), Ok(after)) = (stand, would_be) {
        stand.balance = after;
    }
    Line {
        user,
        nickname: nickname.unwrap_or_default(),
        before,
        after: would_be.unwrap_or(before),
        moved: amount,
        refused: would_be.err(),
        hangs_on: String::new(),
    }
}

impl Known {
    /// What a member would have. Nobody gives themself; who is alone does that by an act of its own. To give a
    /// member of staff is an owner's to do.
    fn would_be(&self, user: UserId, amount: Tokens) -> Result<Tokens, Code> {
        if user == self.actor {
            return Err(Code::OwnAccount);
        }
        let stand = self.stands.get(&user).filter(|it| !it.is_deleted);
        let stand = stand.ok_or(Code::NotFound)?;
        if !self.is_owner && self.staff.contains(&user) {
            return Err(Code::Forbidden);
        }
        let sum = stand.balance.checked_add(amount);
        sum.ok_or(Code::BalanceTooLarge)
    }
}

#[cfg(test)]
mod tests {
    use wire::desk::RewardType;

    use super::*;

    const OWNER: UserId = UserId(1);
    const STAFF: UserId = UserId(2);
    const ANN: UserId = UserId(3);
    const RICH: UserId = UserId(4);
    const GONE: UserId = UserId(5);
    const NOBODY: UserId = UserId(6);

    fn known(actor: UserId) -> Known {
        let stand = |user: UserId| {
            let stand = Stand {
                site_id: user.to_string(),
                nickname: user.to_string(),
                balance: if user == RICH {
                    Tokens::MAX
                } else {
                    Tokens::ZERO
                },
                is_deleted: user == GONE,
            };
            (user, stand)
        };
        Known {
            actor,
            is_owner: actor == OWNER,
            staff: HashSet::from([OWNER, STAFF]),
            stands: [OWNER, STAFF, ANN, RICH, GONE].map(stand).into(),
        }
    }

    fn five(user_id: UserId) -> GrantItem {
        GrantItem {
            user_id,
            reward_type: RewardType::Tokens,
            amount: 5,
            source_description: None,
        }
    }

    #[test]
    fn each_is_given_what_can_be_and_told_why_not() {
        let all = [OWNER, STAFF, ANN, RICH, GONE, NOBODY].map(five);
        let refused = |actor| -> Vec<Option<Code>> {
            let lines = lines(&all, known(actor)).into_iter();
            lines.map(|line| line.refused).collect()
        };
        let (own, no, full, missing) = (
            Some(Code::OwnAccount),
            Some(Code::Forbidden),
            Some(Code::BalanceTooLarge),
            Some(Code::NotFound),
        );
        assert_eq!(refused(OWNER), [own, None, None, full, missing, missing]);
        assert_eq!(refused(STAFF), [no, own, None, full, missing, missing]);
    }

    #[test]
    fn who_is_named_twice_has_both() {
        let lines = lines(&[five(ANN), five(ANN)], known(OWNER));
        let seen: Vec<_> = lines
            .iter()
            .map(|line| (line.before.get(), line.after.get()))
            .collect();
        assert_eq!(seen, [(0, 5), (5, 10)]);
    }
}
