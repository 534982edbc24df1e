//! What an act would do is shown, and it does that or nothing.

use super::*;

const ROWS: &str = "SELECT COUNT(*) FROM audit_log";

#[apply(both_engines)]
async fn a_dry_run_shows_what_would_be_done_and_does_nothing(club: Club) {
    let boss = club.staff("boss").await;
    club.staff("second").await;
    let support = club.staff_as("sue", Role::Support).await;
    let ann = club.member("ann").await.member.user_id;
    let rows = number(&club, ROWS).await;
    let more = preview(adds(&club, &boss, (ann, 500), dry()).await);
    assert_eq!((more.members, more.tokens.get()), (1, 500));
    let [first] = more.first.as_slice() else {
        panic!("{more:?}")
    };
    assert_eq!((first.id, &*first.nickname), (ann, "ann"));
    assert_eq!((first.before.get(), first.after.get()), (1_000, 1_500));
    let less = preview(deducts(&club, &boss, (ann, 500), dry()).await);
    assert_eq!(less.first[0].after.get(), 500);
    assert_ne!(less.preview, more.preview);
    let many = [gives(ann, 5), gives(support.user_id(), 7)];
    let many = preview(grants(&club, &boss, &many, dry()).await);
    assert_eq!((many.members, many.tokens.get()), (2, 12));
    // What would be refused is, and nothing is kept of it.
    for (staff, user, amount, refusal) in [
        (&boss, ann, 1_001, Code::InsufficientTokens),
        (&boss, ann, 0, Code::Invalid),
        (&boss, UserId(999), 1, Code::NotFound),
        (&boss, boss.user_id(), 1, Code::OwnAccount),
        (&support, ann, 1, Code::Forbidden),
    ] {
        let refused = deducts(&club, staff, (user, amount), dry()).await;
        assert_eq!(code(refused), Some(refusal), "{user} {amount}");
    }
    assert_eq!(tokens_of(&club, ann).await, 1_000);
    assert_eq!(number(&club, ROWS).await, rows);
}

#[apply(both_engines)]
async fn what_was_shown_is_done_and_something_else_is_not(club: Club) {
    let (boss, second) = (club.staff("boss").await, club.staff("second").await);
    let ann = club.member("ann").await.member.user_id;
    let seen = preview(deducts(&club, &boss, (ann, 100), dry()).await);
    let same = deducts(&club, &boss, (ann, 100), shown(&seen.preview)).await;
    assert_eq!(done(same).balance.get(), 900);
    // Taking hangs on what it is taken from.
    let seen = preview(deducts(&club, &boss, (ann, 100), dry()).await);
    done(adds(&club, &second, (ann, 1), Wish::default()).await);
    let other = deducts(&club, &boss, (ann, 100), shown(&seen.preview)).await;
    assert_eq!(code(other), Some(Code::PreviewChanged));
    assert_eq!(tokens_of(&club, ann).await, 901);
    let row = &acts(&club, &boss).await[0];
    assert_eq!(
        (&*row.action, &*row.outcome),
        ("users/tokens/deduct", "preview_changed")
    );
    // Giving does not.
    let seen = preview(adds(&club, &boss, (ann, 100), dry()).await);
    done(deducts(&club, &second, (ann, 1), Wish::default()).await);
    for (user, amount) in [(ann, 101), (second.user_id(), 100)] {
        let other = adds(&club, &boss, (user, amount), shown(&seen.preview)).await;
        assert_eq!(code(other), Some(Code::PreviewChanged), "{user} {amount}");
    }
    let same = adds(&club, &boss, (ann, 100), shown(&seen.preview)).await;
    assert_eq!(done(same).balance.get(), 1_000);
    let made_up = adds(&club, &boss, (ann, 100), shown("made up")).await;
    assert_eq!(code(made_up), Some(Code::PreviewChanged));
}

#[apply(both_engines)]
async fn a_dry_run_whose_members_changed_does_nothing(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await.member.user_id;
    let ben = club.member("ben").await.member.user_id;
    let items = [gives(ann, 5), gives(ben, 5)];
    let seen = preview(grants(&club, &boss, &items, dry()).await);
    // What they have is no matter.
    done(adds(&club, &boss, (ann, 1), Wish::default()).await);
    let same = grants(&club, &boss, &items, shown(&seen.preview)).await;
    assert!(done(same).success);
    run(
        &club,
        "UPDATE users SET deleted_at = 1 WHERE site_id = 'ben'",
    )
    .await;
    let other = grants(&club, &boss, &items, shown(&seen.preview)).await;
    assert_eq!(code(other), Some(Code::PreviewChanged));
    assert_eq!(tokens_of(&club, ann).await, 1_006);
    assert_eq!(
        kept(&club, "rewards/grant-bulk", "preview_changed").await,
        1
    );
}

#[apply(both_engines)]
async fn a_dry_run_needs_neither_a_confirmation_nor_a_reason(engine: Engine) {
    within(engine, strict, async |club| {
        let (player, _) = club.owner("boss").await;
        let ann = club.member("ann").await.member.user_id;
        club.clock.advance_secs(10 * 60);
        let boss = club.calls_again(&player).await.unwrap();
        let silent = TokensRequest {
            amount: 5,
            reason: None,
        };
        let desk = &club.backend.desk;
        let seen = desk.ask_to_add(&boss, ann, silent.clone(), dry()).await;
        assert_eq!(preview(seen).members, 1);
        let asked = desk.ask_to_add(&boss, ann, silent, Wish::default()).await;
        assert_eq!(code(asked), Some(Code::ConfirmationRequired));
    })
    .await;
}

/// What a key is bound to is what it does, however it is asked for.
#[apply(both_engines)]
async fn a_twin_is_answered_whatever_it_was_shown(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await.member.user_id;
    let seen = preview(deducts(&club, &boss, (ann, 100), dry()).await);
    let way = WeighRequest {
        dry_run: None,
        preview: Some(seen.preview),
    };
    let wish = Wish::new(way, key("k"));
    let first = done(deducts(&club, &boss, (ann, 100), wish.clone()).await);
    let again = done(deducts(&club, &boss, (ann, 100), wish).await);
    assert_eq!(again, first);
    let bare = done(deducts(&club, &boss, (ann, 100), once("k")).await);
    assert_eq!(bare, first);
    assert_eq!(tokens_of(&club, ann).await, 900);
}
