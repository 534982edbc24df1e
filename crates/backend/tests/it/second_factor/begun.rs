//! A second factor that was begun and is not confirmed.

use super::*;

/// What makes the codes of a second factor that this member begins now.
async fn begins(club: &Club, member: &Member) -> Authenticator {
    let setup = sets_up(club, member, PASSWORD).await.unwrap();
    Authenticator::of(setup.secret.text())
}

#[apply(both_engines)]
async fn it_is_good_for_ten_minutes(club: Club) {
    let ann = club.member("ann").await.member;
    let authenticator = begins(&club, &ann).await;
    club.clock.advance_secs(10 * 60);
    let shown = authenticator.code(club.clock.now());
    let late = confirms_factor(&club, &ann, &shown).await;
    assert_eq!(code(late), Some(Code::NotFound));
    let authenticator = begins(&club, &ann).await;
    club.clock.advance_secs(10 * 60 - 1);
    let shown = authenticator.code(club.clock.now());
    confirms_factor(&club, &ann, &shown).await.unwrap();
}

/// Whoever has another session of the member's was not asked for the password.
#[apply(both_engines)]
async fn it_is_confirmed_in_the_session_in_which_it_was_begun(club: Club) {
    let ann = club.member("ann").await.member;
    let stolen = club.signs_in("ann").await.member;
    let authenticator = begins(&club, &ann).await;
    let shown = authenticator.code(club.clock.now());
    let elsewhere = confirms_factor(&club, &stolen, &shown).await;
    assert_eq!(code(elsewhere), Some(Code::NotFound));
    confirms_factor(&club, &ann, &shown).await.unwrap();
}

#[apply(both_engines)]
async fn guesses_at_its_first_code_lock(club: Club) {
    let ann = club.member("ann").await.member;
    let authenticator = begins(&club, &ann).await;
    let mut answers = Vec::new();
    for _ in 0..6 {
        answers.push(code(confirms_factor(&club, &ann, "000000").await));
    }
    assert_eq!(answers[..5], [Some(Code::WrongCode); 5]);
    assert_eq!(answers[5], Some(Code::Locked));
    let shown = authenticator.code(club.clock.now());
    let locked = confirms_factor(&club, &ann, &shown).await;
    assert_eq!(code(locked), Some(Code::Locked));
}
