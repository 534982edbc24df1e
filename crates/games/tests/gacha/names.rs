//! How a round is shown and spoken of, and the names of what is in it.

use games::gacha::{
    Animation, Entry, ItemKind, Message, Outcome, Pull, Rarity, State, animation, message,
};

use Rarity::{Common, Epic, Legendary, Rare};

/// A round that looks like this, whatever else it was.
fn outcome_of(shown: &[(Rarity, Animation)]) -> Outcome {
    let pull = |&(rarity, animation)| Pull {
        item: String::new(),
        rarity,
        entry: Entry::Common,
        animation,
    };
    Outcome {
        pulls: shown.iter().map(pull).collect(),
        after: State::fresh(),
    }
}

#[test]
fn the_best_pull_is_shown_and_spoken_of() {
    let plain = (Common, Animation::Normal);
    let rare = (Rare, Animation::Normal);
    let near = (Rare, Animation::NearMiss);
    let epic = (Epic, Animation::Epic);
    let pity = (Epic, Animation::Pity);
    let legendary = (Legendary, Animation::Legendary);
    let cases = [
        (vec![], Animation::Normal, Message::Calm),
        (vec![plain, plain], Animation::Normal, Message::Calm),
        (vec![plain, rare], Animation::Normal, Message::Rare),
        (vec![near, rare], Animation::NearMiss, Message::NearMiss),
        (vec![near, epic, plain], Animation::Epic, Message::Epic),
        (vec![pity, epic, near], Animation::Pity, Message::PityPaid),
        (
            vec![pity, legendary, epic],
            Animation::Legendary,
            Message::Legendary,
        ),
    ];
    for (shown, best, said) in cases {
        let outcome = outcome_of(&shown);
        assert_eq!(animation(&outcome), best, "{shown:?}");
        assert_eq!(message(&outcome), said, "{shown:?}");
    }
}

#[test]
fn names_are_snake_case_and_read_back() {
    for rarity in Rarity::ALL {
        assert_eq!(Rarity::parse(rarity.as_str()), Some(rarity));
        assert_eq!(serde_json::json!(rarity), rarity.as_str());
    }
    assert_eq!(Rarity::parse("mythic"), None);
    assert!(Rarity::ALL.is_sorted_by(|lesser, better| lesser < better));
    for kind in ItemKind::ALL {
        assert_eq!(serde_json::json!(kind), kind.as_str());
    }
    assert_eq!(
        serde_json::json!(Entry::NearMissLegendary),
        "near_miss_legendary"
    );
    assert_eq!(serde_json::json!(Animation::NearMiss), "near_miss");
    assert_eq!(serde_json::json!(Message::PityPaid), "pity_paid");
}
