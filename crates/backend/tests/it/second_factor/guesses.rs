//! Wrong codes: wherever they are shown they count, and a right one clears them.

use backend::Origin;
use wire::user::{ProfileChange, User};

use super::*;

/// Changes the password, for whoever shows the one in force and perhaps a code.
async fn changes_password(club: &Club, member: &Member, shown: Option<&str>) -> Result<User> {
    let change = ProfileChange {
        password: Some("another password".to_owned()),
        current_password: Some(PASSWORD.to_owned()),
        code: shown.map(hidden),
        ..ProfileChange::default()
    };
    let accounts = &club.backend.accounts;
    accounts.change_profile(member, &origin(), change).await
}

/// A way to show a wrong code.
#[derive(Clone, Copy, Debug)]
enum Way {
    Confirm,
    GiveUp,
    Renew,
    Change,
}

const WAYS: [Way; 4] = [Way::Confirm, Way::GiveUp, Way::Renew, Way::Change];

async fn shows(club: &Club, way: Way, member: &Member, shown: &str) -> Option<Code> {
    match way {
        Way::Confirm => code(confirms(club, member, PASSWORD, Some(shown)).await),
        Way::GiveUp => code(gives_up(club, member, PASSWORD, shown).await),
        Way::Renew => code(renews(club, member, PASSWORD, shown).await),
        Way::Change => code(changes_password(club, member, Some(shown)).await),
    }
}

#[apply(both_engines)]
async fn wrong_codes_lock_wherever_they_are_shown(club: Club) {
    for (number, way) in WAYS.into_iter().enumerate() {
        let (player, authenticator, _) = guarded(&club, &format!("boss{number}")).await;
        let mut answers = Vec::new();
        for _ in 0..6 {
            answers.push(shows(&club, way, &player.member, "000000").await);
        }
        assert_eq!(answers[..5], [Some(Code::WrongCode); 5], "{way:?}");
        assert_eq!(answers[5], Some(Code::Locked), "{way:?}");
        let right = authenticator.code(club.clock.now());
        let locked = shows(&club, way, &player.member, &right).await;
        assert_eq!(locked, Some(Code::Locked), "{way:?}");
    }
}

#[apply(both_engines)]
async fn a_right_code_clears_the_wrong_ones_before_it(club: Club) {
    let (player, _, codes) = guarded(&club, "boss").await;
    for right in &codes[..3] {
        for _ in 0..4 {
            let wrong = shows(&club, Way::Confirm, &player.member, "000000").await;
            assert_eq!(wrong, Some(Code::WrongCode));
        }
        let right = shows(&club, Way::Confirm, &player.member, right.text()).await;
        assert_eq!(right, None);
    }
}

/// Whoever has the password alone, and came in by the members' door, would keep its owner out.
#[apply(both_engines)]
async fn the_password_alone_changes_no_password_of_who_has_a_second_factor(club: Club) {
    let (owner, authenticator, _) = guarded(&club, "boss").await;
    let thief = club.signs_in("boss").await;
    for nothing in [None, Some(""), Some(" ")] {
        let refused = changes_password(&club, &thief.member, nothing).await;
        assert_eq!(code(refused), Some(Code::CodeRequired), "{nothing:?}");
    }
    let phone = ProfileChange {
        phone_number: Some("01099998888".to_owned()),
        current_password: Some(PASSWORD.to_owned()),
        ..ProfileChange::default()
    };
    let accounts = &club.backend.accounts;
    let refused = accounts
        .change_profile(&thief.member, &origin(), phone)
        .await;
    assert_eq!(code(refused), Some(Code::CodeRequired));
    stands(&club, &owner.token).await;
    let rename = ProfileChange {
        nickname: Some("The Boss".to_owned()),
        ..ProfileChange::default()
    };
    let renamed = accounts
        .change_profile(&owner.member, &origin(), rename)
        .await;
    assert_eq!(renamed.unwrap().nickname, "The Boss");
    let shown = authenticator.code(club.clock.now());
    let changed = changes_password(&club, &owner.member, Some(&shown)).await;
    changed.unwrap();
    let ended = accounts.authenticate(&thief.token.access_token).await;
    assert_eq!(code(ended), Some(Code::Unauthenticated));
}

/// They count where they were made, and not where the session began.
#[apply(both_engines)]
async fn a_wrong_password_for_a_change_counts_at_the_address_of_the_call(club: Club) {
    let ann = club.member("ann").await.member;
    let elsewhere = Origin {
        address: "198.51.100.7".to_owned(),
        ..origin()
    };
    let change = ProfileChange {
        password: Some("another password".to_owned()),
        current_password: Some("not the password".to_owned()),
        ..ProfileChange::default()
    };
    let accounts = &club.backend.accounts;
    let refused = accounts.change_profile(&ann, &elsewhere, change).await;
    assert_eq!(code(refused), Some(Code::WrongPassword));
    let there = "SELECT COUNT(*) FROM login_attempts WHERE address = '198.51.100.7'";
    assert_eq!(number(&club, there).await, 1);
}

#[apply(both_engines)]
async fn staff_unlock_somebody_else_who_showed_wrong_codes(club: Club) {
    let (player, authenticator, _) = guarded(&club, "boss").await;
    for _ in 0..5 {
        let wrong = enters(&club.backend, "boss", Some("000000")).await;
        assert_eq!(code(wrong), Some(Code::WrongCode));
    }
    let shown = authenticator.code(club.clock.now());
    let locked = enters(&club.backend, "boss", Some(&shown)).await;
    assert_eq!(code(locked), Some(Code::Locked));
    let (accounts, user) = (&club.backend.accounts, player.member.user_id);
    let own = club.calls_again(&player).await.unwrap();
    let unlocked = accounts.unlock(&own, user).await;
    assert_eq!(code(unlocked), Some(Code::OwnAccount));
    let second = club.staff("second").await;
    accounts.unlock(&second, user).await.unwrap();
    enters(&club.backend, "boss", Some(&shown)).await.unwrap();
}

#[apply(both_engines)]
async fn one_code_counts_once_at_the_door_and_for_a_confirmation_at_once(club: Club) {
    let (player, authenticator, codes) = guarded(&club, "boss").await;
    for shown in [
        authenticator.code(club.clock.now()),
        codes[0].text().to_owned(),
    ] {
        let (club, member) = (club.clone(), player.member.clone());
        let answers = raced(4, move |number| {
            let (club, member, shown) = (club.clone(), member.clone(), shown.clone());
            async move {
                match number % 2 {
                    0 => code(enters(&club.backend, "boss", Some(&shown)).await),
                    _ => code(confirms(&club, &member, PASSWORD, Some(&shown)).await),
                }
            }
        });
        let answers = answers.await;
        let counted = answers.iter().filter(|answer| answer.is_none());
        assert_eq!(counted.count(), 1, "{answers:?}");
        let wrong = answers.iter().flatten();
        assert!(wrong.eq([&Code::WrongCode; 3]), "{answers:?}");
    }
}

/// Of staff it is a row: whoever guesses at codes has the password already.
#[apply(both_engines)]
async fn what_was_wrong_of_staff_is_kept_and_of_members_it_is_not(club: Club) {
    let ann = club.member("ann").await.member;
    club.has_factor(&ann).await;
    let (player, _, _) = guarded(&club, "boss").await;
    for member in [&ann, &player.member] {
        for way in [Way::Confirm, Way::GiveUp, Way::Renew] {
            let wrong = shows(&club, way, member, "000000").await;
            assert_eq!(wrong, Some(Code::WrongCode), "{way:?}");
        }
        let missing = confirms(&club, member, PASSWORD, None).await;
        assert_eq!(code(missing), Some(Code::CodeRequired));
        let wrong = confirms(&club, member, "not the password", None).await;
        assert_eq!(code(wrong), Some(Code::WrongPassword));
    }
    let wrong = enters(&club.backend, "boss", Some("000000")).await;
    assert_eq!(code(wrong), Some(Code::WrongCode));
    assert_eq!(acts_of(&club, ann.user_id).await, Vec::<String>::new());
    let reader = club.staff("auditor").await;
    let filter = AuditRequest {
        actor: Some(player.member.user_id),
        limit: Some(5),
        ..AuditRequest::default()
    };
    let rows = club.backend.audit.list(&reader, filter).await.unwrap();
    let kept = rows.items.iter().map(|row| (&*row.action, &*row.outcome));
    assert_eq!(
        kept.collect::<Vec<_>>(),
        [
            ("staff/sign-in", "wrong_code"),
            ("staff/confirm", "wrong_password"),
            ("staff/totp/recovery-codes", "wrong_code"),
            ("staff/totp/disable", "wrong_code"),
            ("staff/confirm", "wrong_code"),
        ]
    );
}
