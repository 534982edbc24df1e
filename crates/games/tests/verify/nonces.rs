//! Nonces without gaps.

use games::verify::first_gap;
use proptest::prelude::*;

#[test]
fn nonces_run_from_0_to_the_last_one_played() {
    assert_eq!(first_gap(&[], 0), None);
    assert_eq!(first_gap(&[0, 1, 2], 3), None);
    assert_eq!(first_gap(&[], 1), Some(0), "missing at the start");
    assert_eq!(first_gap(&[1, 2], 3), Some(0), "missing at the start");
    assert_eq!(first_gap(&[0, 2], 3), Some(1), "missing in the middle");
    assert_eq!(first_gap(&[0, 1], 3), Some(2), "missing at the end");
    assert_eq!(first_gap(&[0, 1, 1, 2], 3), Some(1), "doubled");
    assert_eq!(first_gap(&[0, 1, 2], 2), Some(2), "beyond what was played");
    assert_eq!(first_gap(&[-1, 0], 1), Some(-1), "before the start");
    assert_eq!(first_gap(&[0], 0), Some(0), "nothing was played");
}

proptest! {
    #[test]
    fn a_nonce_taken_out_or_put_in_twice_is_found(played in 1_i64..200, pick in 0_usize..200) {
        let whole: Vec<i64> = (0..played).collect();
        prop_assert_eq!(first_gap(&whole, played), None);
        let pick = pick.checked_rem(whole.len()).expect("at least one was played");
        let mut holed = whole.clone();
        let nonce = holed.remove(pick);
        prop_assert_eq!(first_gap(&holed, played), Some(nonce));
        let mut doubled = whole;
        doubled.insert(pick, nonce);
        prop_assert_eq!(first_gap(&doubled, played), Some(nonce));
    }
}
