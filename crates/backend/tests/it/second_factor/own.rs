//! What members do with a second factor of their own.

use super::*;

#[apply(both_engines)]
async fn a_second_factor_counts_once_it_is_confirmed(club: Club) {
    let ann = club.member("ann").await.member;
    let first = sets_up(&club, &ann, PASSWORD).await.unwrap();
    // Again, it takes the place of one that is not confirmed.
    let second = sets_up(&club, &ann, PASSWORD).await.unwrap();
    assert_ne!(first.secret, second.secret);
    confirms(&club, &ann, PASSWORD, None).await.unwrap();
    let now = club.clock.now();
    let [first, second] =
        [first, second].map(|setup| Authenticator::of(setup.secret.text()).code(now));
    let refused = confirms_factor(&club, &ann, &first).await;
    assert_eq!(code(refused), Some(Code::WrongCode));
    let codes = confirms_factor(&club, &ann, &second).await.unwrap();
    let mut codes = codes.recovery_codes;
    codes.sort_by(|one, other| one.text().cmp(other.text()));
    codes.dedup();
    assert_eq!(codes.len(), 10);
    let refused = confirms(&club, &ann, PASSWORD, None).await;
    assert_eq!(code(refused), Some(Code::CodeRequired));
    // The code that confirmed it was taken.
    let refused = confirms(&club, &ann, PASSWORD, Some(&second)).await;
    assert_eq!(code(refused), Some(Code::WrongCode));
}

#[apply(both_engines)]
async fn its_member_sees_how_it_stands(club: Club) {
    let ann = club.member("ann").await.member;
    let accounts = &club.backend.accounts;
    let stands = async || accounts.own_factor(&ann).await.unwrap();
    assert_eq!(stands().await, OwnFactor::Absent);
    sets_up(&club, &ann, PASSWORD).await.unwrap();
    assert_eq!(stands().await, OwnFactor::Begun);
    let (_, codes) = club.has_factor(&ann).await;
    let since = club.clock.now();
    let set = |codes_left| OwnFactor::Set {
        since,
        codes_left,
        is_kept: false,
    };
    assert_eq!(stands().await, set(10));
    let shown = Some(codes[0].text());
    confirms(&club, &ann, PASSWORD, shown).await.unwrap();
    assert_eq!(stands().await, set(9));
}

#[apply(both_engines)]
async fn one_that_is_confirmed_stays(club: Club) {
    let ann = club.member("ann").await.member;
    let missing = confirms_factor(&club, &ann, "000000").await;
    assert_eq!(code(missing), Some(Code::NotFound));
    let (authenticator, _) = club.has_factor(&ann).await;
    let again = sets_up(&club, &ann, PASSWORD).await;
    assert_eq!(code(again), Some(Code::SecondFactorSet));
    let now = club.clock.now();
    let again = confirms_factor(&club, &ann, &authenticator.code(now)).await;
    assert_eq!(code(again), Some(Code::SecondFactorSet));
}

#[apply(both_engines)]
async fn confirming_it_ends_what_was_signed_in_without_it(club: Club) {
    let other = club.member("ann").await;
    let ann = club.signs_in("ann").await;
    club.has_factor(&ann.member).await;
    stands(&club, &ann.token).await;
    let accounts = &club.backend.accounts;
    let ended = accounts.authenticate(&other.token.access_token).await;
    assert_eq!(code(ended), Some(Code::Unauthenticated));
    let reason = "SELECT COUNT(*) FROM auth_sessions WHERE end_reason = 'second_factor'";
    assert_eq!(number(&club, reason).await, 1);
}

#[apply(both_engines)]
async fn a_second_factor_is_given_up_with_password_and_code(club: Club) {
    let ann = club.member("ann").await.member;
    let missing = gives_up(&club, &ann, PASSWORD, "000000").await;
    assert_eq!(code(missing), Some(Code::NotFound));
    let (authenticator, codes) = club.has_factor(&ann).await;
    for (password, shown, refusal) in [
        ("not the password", codes[0].text(), Code::WrongPassword),
        (PASSWORD, "000000", Code::WrongCode),
        (PASSWORD, "", Code::CodeRequired),
    ] {
        let refused = gives_up(&club, &ann, password, shown).await;
        assert_eq!(code(refused), Some(refusal));
    }
    club.clock.advance_secs(30);
    let shown = authenticator.code(club.clock.now());
    gives_up(&club, &ann, PASSWORD, &shown).await.unwrap();
    confirms(&club, &ann, PASSWORD, None).await.unwrap();
    for table in ["second_factors", "recovery_codes"] {
        let rows = format!("SELECT COUNT(*) FROM {table}");
        assert_eq!(number(&club, &rows).await, 0, "{table}");
    }
    club.has_factor(&ann).await;
}

#[apply(both_engines)]
async fn wrong_passwords_lock_here_as_well(club: Club) {
    for name in ["ann", "ben", "cem"] {
        let member = club.member(name).await.member;
        let (_, codes) = club.has_factor(&member).await;
        let shown = codes[0].text();
        let mut answers = Vec::new();
        for _ in 0..6 {
            let wrong = "not the password";
            answers.push(match name {
                "ann" => code(sets_up(&club, &member, wrong).await),
                "ben" => code(gives_up(&club, &member, wrong, shown).await),
                _ => code(confirms(&club, &member, wrong, Some(shown)).await),
            });
        }
        assert_eq!(answers[..5], [Some(Code::WrongPassword); 5], "{name}");
        assert_eq!(answers[5], Some(Code::Locked), "{name}");
    }
    let left = "SELECT COUNT(*) FROM recovery_codes WHERE used_at IS NOT NULL";
    assert_eq!(number(&club, left).await, 0, "a code was taken for nothing");
}

#[apply(both_engines)]
async fn what_staff_do_to_their_own_is_kept_and_what_members_do_is_not(club: Club) {
    let ann = club.member("ann").await.member;
    club.has_factor(&ann).await;
    assert_eq!(acts_of(&club, ann.user_id).await, Vec::<String>::new());
    let (boss, authenticator, _) = guarded(&club, "boss").await;
    let shown = authenticator.code(club.clock.now());
    enters(&club.backend, "boss", Some(&shown)).await.unwrap();
    club.clock.advance_secs(30);
    let shown = authenticator.code(club.clock.now());
    gives_up(&club, &boss.member, PASSWORD, &shown)
        .await
        .unwrap();
    let filter = AuditRequest {
        actor: Some(boss.member.user_id),
        ..AuditRequest::default()
    };
    let reader = club.staff("auditor").await;
    let rows = club.backend.audit.list(&reader, filter).await.unwrap();
    let actions: Vec<&str> = rows.items.iter().map(|row| &*row.action).collect();
    assert_eq!(
        actions,
        [
            "staff/totp/disable",
            "staff/sign-in",
            "staff/totp/confirm",
            "staff/totp/setup",
        ]
    );
    let row = &rows.items[0];
    assert_eq!(
        (row.subject.as_str(), row.roles.as_str()),
        (&*boss.member.user_id.to_string(), "owner")
    );
    assert_eq!(row.address.as_deref(), Some(&*origin().address));
    assert_eq!(row.request_id, origin().request_id);
}
