//! Seeds: committed before, revealed after, never while a hand runs; and every hand checks.

use backend::fairness::Fault;
use games::ServerSeed;
use testkit::{Club, Player, apply, both_engines};
use wire::Code;
use wire::fairness::{ClientSeedRequest, RotateRequest, RoundsRequest, Seeds};

use crate::table::{plays, run, spin, spins};

async fn seeds(club: &Club, player: &Player) -> Seeds {
    club.backend
        .fairness
        .seeds(player.member.user_id)
        .await
        .unwrap()
}

/// Changes rows that the engine protects, as somebody with the file in hand could.
async fn tamper(club: &Club, table: &str, statement: &'static str) {
    club.tampers();
    let off = match (club.engine, table) {
        (testkit::Engine::Sqlite, "hands") => "DROP TRIGGER hands_no_update",
        (testkit::Engine::Sqlite, _) => "DROP TRIGGER hands_no_delete",
        (testkit::Engine::Postgres, _) => "ALTER TABLE hands DISABLE TRIGGER USER",
    };
    run(club, off).await;
    run(club, statement).await;
}

#[apply(both_engines)]
async fn rotation_reveals_what_was_committed(club: Club) {
    let ann = club.member("ann").await;
    let before = seeds(&club, &ann).await;
    plays(&club, &ann, 4).await;
    let request = RotateRequest {
        client_seed: Some("mine".to_owned()),
    };
    let after = club
        .backend
        .fairness
        .rotate(ann.member.user_id, request)
        .await
        .unwrap();
    let revealed = &after.revealed[0];
    assert_eq!(revealed.server_seed_hash, before.active.server_seed_hash);
    let secret = ServerSeed::from_hex(&revealed.server_seed).unwrap();
    assert_eq!(secret.commitment(), before.active.server_seed_hash);
    assert_eq!(revealed.nonces, 4);
    assert_eq!(after.active.server_seed_hash, before.next.server_seed_hash);
    assert_eq!(
        (after.active.nonce, after.active.client_seed.as_str()),
        (0, "mine")
    );
}

#[apply(both_engines)]
async fn a_new_client_seed_keeps_the_nonce(club: Club) {
    let ann = club.member("ann").await;
    plays(&club, &ann, 2).await;
    let request = ClientSeedRequest {
        client_seed: "lucky".to_owned(),
    };
    let active = club
        .backend
        .fairness
        .set_client_seed(ann.member.user_id, request)
        .await
        .unwrap();
    assert_eq!((active.nonce, active.client_seed.as_str()), (2, "lucky"));
    plays(&club, &ann, 2).await;
    club.backend
        .fairness
        .rotate(ann.member.user_id, RotateRequest::default())
        .await
        .unwrap();
    let report = club
        .backend
        .proofs
        .hands(Some(ann.member.user_id))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(report.hands, 4);
}

#[apply(both_engines)]
async fn a_bad_client_seed_is_refused(club: Club) {
    let ann = club.member("ann").await;
    for client_seed in ["", " ", "a b", "nul\0", &"x".repeat(65)] {
        let request = ClientSeedRequest {
            client_seed: client_seed.to_owned(),
        };
        let refused = club
            .backend
            .fairness
            .set_client_seed(ann.member.user_id, request)
            .await
            .unwrap_err();
        assert_eq!(refused.code(), Code::Invalid, "{client_seed:?}");
    }
}

#[apply(both_engines)]
async fn rounds_that_run_are_as_many_as_the_pair_counts(club: Club) {
    let ann = club.member("ann").await;
    plays(&club, &ann, 1).await;
    club.tampers();
    run(
        &club,
        "UPDATE seed_pairs SET nonce = nonce + 1, running = 1 WHERE status = 'active'",
    )
    .await;
    let fault = club.backend.proofs.hands(None).await.unwrap().unwrap_err();
    assert!(
        matches!(
            fault,
            Fault::Running {
                written: 1,
                proved: 0,
                ..
            }
        ),
        "{fault}"
    );
}

#[apply(both_engines)]
async fn a_secret_is_not_told_before_its_time(club: Club) {
    let ann = club.member("ann").await;
    let hand = spins(&club, &ann, spin(10, 5), None).await.unwrap().hand_id;
    let round = club
        .backend
        .fairness
        .round(ann.member.user_id, &hand)
        .await
        .unwrap();
    assert_eq!(round.server_seed, None);
    let rounds = club
        .backend
        .fairness
        .rounds(ann.member.user_id, RoundsRequest::default())
        .await
        .unwrap();
    assert!(rounds.items.is_empty());
}

#[apply(both_engines)]
async fn a_round_is_only_told_to_who_played_it(club: Club) {
    let (ann, bob) = (club.member("ann").await, club.member("bob").await);
    let hand = spins(&club, &ann, spin(10, 5), None).await.unwrap().hand_id;
    let refused = club
        .backend
        .fairness
        .round(bob.member.user_id, &hand)
        .await
        .unwrap_err();
    assert_eq!(refused.code(), Code::NotFound);
}

#[apply(both_engines)]
async fn rounds_page_in_order_with_their_transfers(club: Club) {
    let ann = club.member("ann").await;
    for _ in 0..3 {
        plays(&club, &ann, 3).await;
        club.backend
            .fairness
            .rotate(ann.member.user_id, RotateRequest::default())
            .await
            .unwrap();
    }
    let mut nonces = Vec::new();
    let mut cursor = None;
    loop {
        let request = RoundsRequest {
            limit: Some(2),
            cursor,
            ..RoundsRequest::default()
        };
        let page = club
            .backend
            .fairness
            .rounds(ann.member.user_id, request)
            .await
            .unwrap();
        for round in &page.items {
            let moved: i64 = round
                .transfers
                .iter()
                .map(|transfer| transfer.amount.get())
                .sum();
            assert_eq!(moved, round.stake.get() + round.payout.get());
            assert!(round.server_seed.is_some());
        }
        nonces.extend(page.items.iter().map(|round| round.nonce));
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(nonces, [0, 1, 2, 0, 1, 2, 0, 1, 2]);
}

#[apply(both_engines)]
async fn a_changed_hand_is_named(club: Club) {
    let ann = club.member("ann").await;
    plays(&club, &ann, 5).await;
    tamper(
        &club,
        "hands",
        "UPDATE hands SET payout = payout + 1 WHERE nonce = 3",
    )
    .await;
    let fault = club.backend.proofs.hands(None).await.unwrap().unwrap_err();
    assert!(
        matches!(
            &fault,
            Fault::Hand {
                fault: games::verify::Fault::Payout,
                ..
            }
        ),
        "{fault}"
    );
}

#[apply(both_engines)]
async fn a_missing_hand_is_named(club: Club) {
    let ann = club.member("ann").await;
    plays(&club, &ann, 5).await;
    tamper(&club, "gone", "DELETE FROM hands WHERE nonce = 3").await;
    let fault = club.backend.proofs.hands(None).await.unwrap().unwrap_err();
    assert!(matches!(fault, Fault::Gap { nonce: 3, .. }), "{fault}");
}

#[apply(both_engines)]
async fn rotating_while_spinning_loses_no_hand(club: Club) {
    let ann = club.member("ann").await;
    let tasks: Vec<_> = (0..30)
        .map(|n| {
            let (club, ann) = (club.clone(), ann.clone());
            tokio::spawn(async move {
                if n % 5 == 0 {
                    club.backend
                        .fairness
                        .rotate(ann.member.user_id, RotateRequest::default())
                        .await
                        .unwrap();
                } else {
                    plays(&club, &ann, 1).await;
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let report = club.backend.proofs.hands(None).await.unwrap().unwrap();
    assert_eq!(report.hands, 24);
}
