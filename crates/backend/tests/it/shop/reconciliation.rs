//! A thousand purchases, refunds and faults, and still each captured payment has one credit or one
//! refund.

use backend::Staff;
use testkit::club::because;
use testkit::{Behaviour, Club, Player, apply, both_engines};
use wire::shop::{GatewayState, Status};

use super::payments::settles;
use super::verbs::*;

const STEPS: u64 = 1_000;
const SEED: u64 = 20_260_101;

/// The same numbers in every run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.below(all.len() as u64)).unwrap()]
    }
}

const BEHAVIOURS: [Behaviour; 8] = [
    Behaviour::Works,
    Behaviour::Works,
    Behaviour::Works,
    Behaviour::Pends,
    Behaviour::Away,
    Behaviour::Garbles,
    Behaviour::LosesAuthorization,
    Behaviour::LosesCapture,
];

async fn step(club: &Club, boss: &Staff, members: &[Player], dice: &mut Dice) {
    let behaviour = if dice.below(12) == 0 {
        Behaviour::Declines
    } else {
        dice.of(&BEHAVIOURS)
    };
    club.gateway.behaves(behaviour);
    let player = &members[usize::try_from(dice.below(members.len() as u64)).unwrap()];
    // Whatever is refused is refused: what must hold is what `proves` checks.
    match dice.below(10) {
        0..=3 => {
            let pack = one(dice.of(&["tokens_1000", "tokens_5500"]));
            let promo = dice.of(&[None, None, Some("WELCOME10"), Some("WON1000")]);
            let pack = promo.map_or(pack.clone(), |code| with_promo(pack, code));
            _ = buys(club, player, pack, None).await;
        }
        4 => {
            let item = dice.of(&["felt_midnight", "consumable_fortune_cookie", "frame_neon"]);
            _ = buys(club, player, with_promo(one(item), "WELCOME10"), None).await;
        }
        5 => {
            let package = dice.of(&["welcome_bundle", "lantern_festival", "grand_opening"]);
            _ = buys_package(club, player, package, None).await;
        }
        6 => {
            let newest = number(club, "SELECT COALESCE(MAX(number), 0) FROM purchases").await;
            let newest = u64::try_from(newest).unwrap();
            let number = 1 + dice.below(newest.max(1));
            let code = wire::ReceiptCode(format!("CC-{number:08}"));
            _ = club
                .backend
                .shop
                .refund(boss, &code, because("a test"))
                .await;
        }
        7 => decide(club, dice),
        8 => _ = settles(club).await,
        _ => club
            .clock
            .advance_secs(i64::try_from(dice.below(600)).unwrap()),
    }
}

/// Some charge that was not known is known now.
fn decide(club: &Club, dice: &mut Dice) {
    let charges = club.gateway.charges();
    let open: Vec<_> = charges
        .iter()
        .filter(|(_, kept)| kept.state == GatewayState::Pending)
        .collect();
    if !open.is_empty() {
        let state = dice.of(&[
            GatewayState::Captured,
            GatewayState::Captured,
            GatewayState::Declined,
        ]);
        let which = usize::try_from(dice.below(open.len() as u64)).unwrap();
        club.gateway.decides(open[which].0, state);
    }
}

#[apply(both_engines)]
async fn a_thousand_purchases_refunds_and_faults_add_up(club: Club) {
    let boss = club.staff("boss").await;
    let mut members = Vec::new();
    for n in 0..12 {
        members.push(club.member(&format!("member{n}")).await);
    }
    let mut dice = Dice(SEED);
    for _ in 0..STEPS {
        step(&club, &boss, &members, &mut dice).await;
    }
    proves(&club).await;
    club.gateway.behaves(Behaviour::Works);
    club.clock.advance_secs(15 * 60);
    settles(&club).await;
    proves(&club).await;
    // In the end nothing waits and nothing is owed, and each kind of end was seen.
    assert_eq!(
        number(
            &club,
            "SELECT COUNT(*) FROM purchases WHERE status = 'pending' OR refund_due = 1"
        )
        .await,
        0
    );
    for status in [
        Status::Captured,
        Status::Declined,
        Status::Voided,
        Status::Refunded,
    ] {
        let sql = format!(
            "SELECT COUNT(*) FROM purchases WHERE status = '{}'",
            status.as_str()
        );
        assert!(number(&club, &sql).await > 10, "{status:?}");
    }
    let taken = club
        .gateway
        .charges()
        .values()
        .filter(|kept| kept.captures == 1)
        .count();
    let credited = "SELECT COUNT(*) FROM purchases WHERE kind = 'tokens' AND status = 'captured' AND total > 0";
    let given_back = club
        .gateway
        .charges()
        .values()
        .filter(|kept| kept.refunds == 1)
        .count();
    let credited = usize::try_from(number(&club, credited).await).unwrap();
    assert_eq!(taken, credited + given_back);
}
