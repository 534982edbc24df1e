//! What staff need to act as staff where the club is strict: a session of theirs, and a second factor.

use backend::{Door, Staff};
use testkit::club::{ban, because, strict};
use wire::staff::{Roles, RolesChange};

use super::*;

const MINUTE_SECS: i64 = 60;

/// What keeps a member from acting as staff, if anything does.
async fn kept_from(club: &Club, token: &Token) -> Option<Code> {
    let member = stands(club, token).await;
    let accounts = &club.backend.accounts;
    code(accounts.staff_call(&member, &origin()).await)
}

/// The same session, with tokens that do not run out yet.
async fn refreshed(club: &Club, token: &Token) -> Token {
    let (accounts, device) = (&club.backend.accounts, device());
    let refreshed = accounts.refresh(&token.refresh_token, Door::Body, &device);
    refreshed.await.unwrap()
}

#[apply(both_engines)]
async fn staff_need_a_session_of_theirs_and_a_second_factor(engine: Engine) {
    within(engine, strict, async |club| {
        club.member("boss").await;
        let accounts = &club.backend.accounts;
        accounts.promote("boss", Role::Owner).await.unwrap();
        let by_members_door = club.signs_in("boss").await.token;
        assert_eq!(
            kept_from(&club, &by_members_door).await,
            Some(Code::StaffSessionRequired)
        );
        let bare = enters(&club.backend, "boss", None).await.unwrap();
        assert_eq!(
            kept_from(&club, &bare).await,
            Some(Code::SecondFactorRequired)
        );
        // That they can do, in the session that they have, which goes on; the other ends.
        club.has_factor(&stands(&club, &bare).await).await;
        assert_eq!(kept_from(&club, &bare).await, None);
        let other = accounts.authenticate(&by_members_door.access_token).await;
        assert_eq!(code(other), Some(Code::Unauthenticated));
        let ann = club.member("ann").await;
        assert_eq!(kept_from(&club, &ann.token).await, Some(Code::Forbidden));
    })
    .await;
}

#[apply(both_engines)]
async fn where_the_club_is_not_strict_none_of_it_is_asked_for(club: Club) {
    club.member("boss").await;
    let accounts = &club.backend.accounts;
    accounts.promote("boss", Role::Owner).await.unwrap();
    let boss = club.signs_in("boss").await;
    assert_eq!(kept_from(&club, &boss.token).await, None);
    let staff = boss.member.staff(&origin()).unwrap();
    let ann = club.member("ann").await.member.user_id;
    club.clock.advance_secs(13 * 60 * MINUTE_SECS);
    let rank = wire::user::Rank::Vip;
    accounts.set_rank(&staff, ann, rank).await.unwrap();
}

#[apply(both_engines)]
async fn a_staff_session_ends_after_half_an_hour_unused(engine: Engine) {
    within(engine, strict, async |club| {
        let (boss, _) = club.owner("boss").await;
        club.clock.advance_secs(20 * MINUTE_SECS);
        // To renew the tokens is no use of it.
        let token = refreshed(&club, &boss.token).await;
        stands(&club, &token).await;
        club.clock.advance_secs(10 * MINUTE_SECS - 1);
        assert_eq!(kept_from(&club, &token).await, None);
        club.clock.advance_secs(20 * MINUTE_SECS);
        let token = refreshed(&club, &token).await;
        club.clock.advance_secs(10 * MINUTE_SECS);
        let over = kept_from(&club, &token).await;
        assert_eq!(over, Some(Code::StaffSessionRequired));
        // They stay signed in, as a member, and what is over is not taken up again.
        stands(&club, &token).await;
        let over = kept_from(&club, &token).await;
        assert_eq!(over, Some(Code::StaffSessionRequired));
    })
    .await;
}

#[apply(both_engines)]
async fn a_staff_session_ends_after_twelve_hours_however_much_it_is_used(engine: Engine) {
    within(engine, strict, async |club| {
        let (boss, _) = club.owner("boss").await;
        let mut token = boss.token;
        for _ in 0..28 {
            club.clock.advance_secs(25 * MINUTE_SECS);
            token = refreshed(&club, &token).await;
            assert_eq!(kept_from(&club, &token).await, None);
        }
        club.clock.advance_secs(20 * MINUTE_SECS - 1);
        assert_eq!(kept_from(&club, &token).await, None);
        club.clock.advance_secs(1);
        let over = kept_from(&club, &token).await;
        assert_eq!(over, Some(Code::StaffSessionRequired));
    })
    .await;
}

#[apply(both_engines)]
async fn the_use_of_a_staff_session_is_written_once_a_minute(engine: Engine) {
    within(engine, strict, async |club| {
        let (boss, _) = club.owner("boss").await;
        let noted = "SELECT MAX(staff_used_at) FROM auth_sessions";
        let began = number(&club, noted).await;
        for (secs, after) in [(0, 0), (59, 0), (1, 60), (30, 60), (30, 120)] {
            club.clock.advance_secs(secs);
            assert_eq!(kept_from(&club, &boss.token).await, None);
            assert_eq!(number(&club, noted).await, began + after * 1_000);
        }
    })
    .await;
}

#[apply(both_engines)]
async fn who_is_demoted_in_mid_session_may_no_more(engine: Engine) {
    within(engine, strict, async |club| {
        let boss = club.staff("boss").await;
        let (sue, authenticator) = club.owner("sue").await;
        let under_way = club.calls_again(&sue).await.unwrap();
        let ann = club.member("ann").await.member.user_id;
        let accounts = &club.backend.accounts;
        let becomes = async |roles: Roles, version: i64| {
            let reason = Some("a test".to_owned());
            let change = RolesChange {
                roles,
                version,
                reason,
            };
            let user = sue.member.user_id;
            accounts.set_roles(&boss, user, change).await.unwrap();
        };
        let resets = async |staff: &Staff| {
            let reset = accounts.reset_second_factor(staff, ann, because("a test"));
            code(reset.await)
        };
        becomes(Role::Auditor.into(), 1).await;
        assert_eq!(resets(&under_way).await, Some(Code::Unauthenticated));
        let over = club.calls_again(&sue).await;
        assert_eq!(code(over), Some(Code::Unauthenticated));
        club.clock.advance_secs(30);
        let shown = authenticator.code(club.clock.now());
        let anew = club.enters_with("sue", &shown).await;
        let auditor = club.calls_again(&anew).await.unwrap();
        assert_eq!(resets(&auditor).await, Some(Code::Forbidden));
        becomes(Roles::default(), 2).await;
        let over = club.calls_again(&anew).await;
        assert_eq!(code(over), Some(Code::Unauthenticated));
    })
    .await;
}

/// What keeps staff from acting keeps a call from it that came in before.
#[apply(both_engines)]
async fn a_call_under_way_ends_with_the_second_factor_it_was_let_in_by(engine: Engine) {
    within(engine, strict, async |club| {
        let (boss, _) = club.owner("boss").await;
        let under_way = club.calls_again(&boss).await.unwrap();
        let ann = club.member("ann").await.member.user_id;
        let gone = "UPDATE second_factors SET confirmed_at = NULL";
        crate::table::run(&club, gone).await;
        let refused = club.backend.accounts.ban(&under_way, ann, ban("a test"));
        assert_eq!(code(refused.await), Some(Code::SecondFactorRequired));
        let over = "UPDATE auth_sessions SET staff_since = NULL";
        crate::table::run(&club, over).await;
        let refused = club.backend.accounts.ban(&under_way, ann, ban("a test"));
        assert_eq!(code(refused.await), Some(Code::StaffSessionRequired));
    })
    .await;
}

#[apply(both_engines)]
async fn staff_keep_their_second_factor_until_somebody_else_resets_it(engine: Engine) {
    within(engine, strict, async |club| {
        let boss = club.staff("boss").await;
        club.member("sue").await;
        let accounts = &club.backend.accounts;
        accounts.promote("sue", Role::Support).await.unwrap();
        let (sue, authenticator) = club.enters("sue").await;
        club.clock.advance_secs(30);
        let shown = authenticator.code(club.clock.now());
        let kept = gives_up(&club, &sue.member, PASSWORD, &shown).await;
        assert_eq!(code(kept), Some(Code::SecondFactorRequired));
        let user = sue.member.user_id;
        let silent = accounts.reset_second_factor(&boss, user, Default::default());
        assert_eq!(
            code(silent.await),
            Some(Code::Invalid),
            "a reason is needed"
        );
        let reset = accounts.reset_second_factor(&boss, user, because("it is lost"));
        reset.await.unwrap();
        let bare = enters(&club.backend, "sue", None).await.unwrap();
        assert_eq!(
            kept_from(&club, &bare).await,
            Some(Code::SecondFactorRequired)
        );
    })
    .await;
}

/// What staff see of members they see in a session of theirs.
#[apply(both_engines)]
async fn without_a_session_of_theirs_staff_see_what_members_see(engine: Engine) {
    within(engine, strict, async |club| {
        club.member("boss").await;
        let accounts = &club.backend.accounts;
        accounts.promote("boss", Role::Owner).await.unwrap();
        let ann = club.member("ann").await.member.user_id;
        let listens = async |player: &Player| {
            let wanted = crate::live::verbs::everything();
            let token = player.token.access_token.clone();
            let (live, origin) = (&club.backend.live, origin());
            let listening = live.listen(&player.member, &origin, token, ann, wanted);
            code(listening.await)
        };
        let as_member = club.signs_in("boss").await;
        assert_eq!(listens(&as_member).await, Some(Code::Forbidden));
        let (as_staff, _) = club.enters("boss").await;
        assert_eq!(listens(&as_staff).await, None);
    })
    .await;
}
