//! What an act would do, and the hash of it.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use economy::Tokens;
use sha2::{Digest, Sha256};
use wire::desk::{FIRST_MAX, Preview, PreviewedMember};
use wire::{Code, UserId};

use crate::audit::Action;

/// What an act would do.
#[derive(Clone, Debug)]
pub(crate) struct Weight {
    action: Action,
    lines: Vec<Line>,
}

/// What it would do to one member.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) user: UserId,
    pub(crate) nickname: String,
    pub(crate) before: Tokens,
    pub(crate) after: Tokens,
    /// How many tokens go either way.
    pub(crate) moved: Tokens,
    /// Why it would do nothing to them.
    pub(crate) refused: Option<Code>,
    /// What it hangs on beside that, and what must be the same when it is done. Giving hangs on no balance;
    /// taking hangs on the one that is taken from.
    pub(crate) hangs_on: String,
}

impl Weight {
    pub(crate) const fn new(action: Action, lines: Vec<Line>) -> Self {
        Self { action, lines }
    }

    fn done(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.refused.is_none())
    }

    /// How many members are asked for, and how many tokens; what would be refused now may not be in a moment.
    pub(super) fn asked(&self) -> (i64, Tokens) {
        (members(self.lines.iter()), tokens(self.lines.iter()))
    }

    /// What it would do to each, in the order in which it was asked for.
    pub(crate) fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Whether it would do what was shown.
    pub(crate) fn is_as(&self, shown: &Preview) -> bool {
        self.hash() == shown.preview
    }

    /// Whether it would do something to that member.
    pub(super) fn concerns(&self, user: UserId) -> bool {
        self.lines.iter().any(|line| line.user == user)
    }

    /// The SHA-256, in hex, over the act and of each line whom it concerns, how many tokens, why not, and what
    /// it hangs on; each preceded by its length as a big-endian u64.
    pub(super) fn hash(&self) -> String {
        let mut hasher = Sha256::new();
        let mut column = |bytes: &[u8]| {
            let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            hasher.update(length.to_be_bytes());
            hasher.update(bytes);
        };
        column(self.action.as_str().as_bytes());
        for line in &self.lines {
            let refused = line.refused.map(|code| format!("{code:?}"));
            column(&line.user.0.to_be_bytes());
            column(&line.moved.get().to_be_bytes());
            column(refused.unwrap_or_default().as_bytes());
            column(line.hangs_on.as_bytes());
        }
        hex::encode(hasher.finalize())
    }

    /// As it is shown: what moves most comes first, so that it is not hidden behind what moves little.
    pub(super) fn preview(&self) -> Preview {
        let mut lines: Vec<&Line> = self.done().collect();
        lines.sort_by_key(|line| Reverse(line.moved));
        let first = lines
            .into_iter()
            .take(FIRST_MAX)
            .map(|line| PreviewedMember {
                id: line.user,
                nickname: line.nickname.clone(),
                before: line.before,
                after: line.after,
            });
        Preview {
            members: members(self.done()),
            tokens: tokens(self.done()),
            first: first.collect(),
            preview: self.hash(),
        }
    }
}

fn members<'a>(lines: impl Iterator<Item = &'a Line>) -> i64 {
    let members: BTreeSet<UserId> = lines.map(|line| line.user).collect();
    i64::try_from(members.len()).unwrap_or(i64::MAX)
}

fn tokens<'a>(mut lines: impl Iterator<Item = &'a Line>) -> Tokens {
    let sum = lines.try_fold(Tokens::ZERO, |sum, line| sum.checked_add(line.moved));
    sum.unwrap_or(Tokens::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(user: i64) -> Line {
        Line {
            user: UserId(user),
            nickname: "ann".to_owned(),
            before: Tokens::from_u32(1_000),
            after: Tokens::from_u32(1_005),
            moved: Tokens::from_u32(5),
            refused: None,
            hangs_on: "x".to_owned(),
        }
    }

    fn weight(lines: Vec<Line>) -> Weight {
        Weight::new(Action::AddTokens, lines)
    }

    #[test]
    fn whatever_it_would_do_is_in_the_hash_and_what_is_only_shown_is_not() {
        let hash = |change: fn(&mut Line)| {
            let mut line = line(7);
            change(&mut line);
            weight(vec![line]).hash()
        };
        let same = hash(|_| ());
        assert_eq!(same.len(), 64);
        let changes: [fn(&mut Line); 4] = [
            |it| it.user = UserId(8),
            |it| it.moved = Tokens::from_u32(6),
            |it| it.refused = Some(Code::NotFound),
            |it| it.hangs_on.push('x'),
        ];
        for (number, change) in changes.into_iter().enumerate() {
            assert_ne!(hash(change), same, "change {number}");
        }
        let shown: [fn(&mut Line); 3] = [
            |it| it.nickname.push('x'),
            |it| it.before = Tokens::ZERO,
            |it| it.after = Tokens::ZERO,
        ];
        for change in shown {
            assert_eq!(hash(change), same);
        }
        let other = Weight::new(Action::DeductTokens, vec![line(7)]);
        assert_ne!(other.hash(), same);
        assert_ne!(weight(vec![line(7), line(7)]).hash(), same);
    }

    #[test]
    fn members_count_once_and_those_who_get_nothing_do_not() {
        let mut refused = line(9);
        refused.refused = Some(Code::NotFound);
        let weight = weight(vec![line(7), line(7), line(8), refused]);
        let (members, tokens) = weight.asked();
        assert_eq!((members, tokens.get()), (3, 20), "what is asked for counts");
        assert!(weight.concerns(UserId(9)) && !weight.concerns(UserId(6)));
        let preview = weight.preview();
        assert_eq!((preview.members, preview.tokens.get()), (2, 15));
        let shown: Vec<i64> = preview.first.iter().map(|it| it.id.0).collect();
        assert_eq!(shown, [7, 7, 8]);
    }

    #[test]
    fn the_twenty_that_move_most_are_shown_and_no_sum_is_too_large() {
        let mut lines: Vec<Line> = (1..=30).map(line).collect();
        lines[29].moved = Tokens::MAX;
        let preview = weight(lines).preview();
        assert_eq!(preview.first[0].id, UserId(30));
        assert_eq!((preview.members, preview.first.len()), (30, FIRST_MAX));
        assert_eq!(preview.tokens, Tokens::MAX);
    }
}
