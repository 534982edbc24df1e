//! Who has how much of what is shared.

use std::collections::HashMap;
use std::hash::Hash;

/// How much each has. Whoever has nothing is not in it, so that it stays as small as what is shared.
#[derive(Debug)]
pub(crate) struct Tally<K>(HashMap<K, usize>);

impl<K> Default for Tally<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Eq + Hash> Tally<K> {
    pub(crate) fn of(&self, who: &K) -> usize {
        self.0.get(who).copied().unwrap_or_default()
    }

    pub(crate) fn add(&mut self, who: K, amount: usize) {
        *self.0.entry(who).or_default() += amount;
    }

    /// Takes back what was added.
    pub(crate) fn remove(&mut self, who: &K, amount: usize) {
        if let Some(has) = self.0.get_mut(who) {
            *has = has.saturating_sub(amount);
            if *has == 0 {
                self.0.remove(who);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_nothing_left_is_forgotten() {
        let mut tally = Tally::default();
        tally.add("ann", 2);
        tally.add("bob", 1);
        tally.remove(&"ann", 1);
        assert_eq!((tally.of(&"ann"), tally.of(&"bob")), (1, 1));
        tally.remove(&"ann", 1);
        tally.remove(&"bob", 1);
        assert!(tally.0.is_empty(), "{tally:?}");
    }
}
