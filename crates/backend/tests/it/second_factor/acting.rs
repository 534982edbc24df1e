//! What goes on with a staff session, and what ends with it.

use backend::live::{Ended, Listener};
use testkit::Engine;
use testkit::club::strict;
use wire::staff::Permission;

use super::*;
use crate::table::run;

async fn listens(club: &Club, player: &Player, user: UserId) -> Result<Listener> {
    let wanted = crate::live::verbs::everything();
    let token = player.token.access_token.clone();
    let member = stands(club, &player.token).await;
    let live = &club.backend.live;
    live.listen(&member, &origin(), token, user, wanted).await
}

#[apply(both_engines)]
async fn whatever_staff_do_as_staff_is_use(engine: Engine) {
    within(engine, strict, async |club| {
        let (boss, _) = club.owner("boss").await;
        let ann = club.member("ann").await.member.user_id;
        let accounts = &club.backend.accounts;
        let noted = "SELECT MAX(staff_used_at) FROM auth_sessions";
        club.clock.advance_secs(60);
        let member = stands(&club, &boss.token).await;
        let (may, origin) = (Permission::Invites, origin());
        let staff = accounts.staff_who_may(&member, may, &origin);
        assert!(staff.await.is_some());
        let now = club.clock.now().millis();
        assert_eq!(number(&club, noted).await, now, "codes of all members");
        club.clock.advance_secs(60);
        listens(&club, &boss, ann).await.unwrap();
        let now = club.clock.now().millis();
        assert_eq!(number(&club, noted).await, now, "another member's channel");
        club.clock.advance_secs(60);
        listens(&club, &boss, boss.member.user_id).await.unwrap();
        assert_eq!(number(&club, noted).await, now, "their own is none");
    })
    .await;
}

/// A call that only reads is let in while nothing can be written.
#[apply(both_engines)]
async fn a_call_goes_on_where_its_use_cannot_be_noted(engine: Engine) {
    within(engine, strict, async |club| {
        let (boss, _) = club.owner("boss").await;
        let refuse = match club.engine {
            Engine::Sqlite => {
                "CREATE TRIGGER no_notes BEFORE UPDATE OF staff_used_at ON auth_sessions \
                 BEGIN SELECT RAISE(ABORT, 'no notes'); END"
            }
            Engine::Postgres => {
                "ALTER TABLE auth_sessions ADD CONSTRAINT no_notes CHECK (staff_used_at = staff_since)"
            }
        };
        run(&club, refuse).await;
        club.clock.advance_secs(60);
        let staff = club.calls_again(&boss).await.unwrap();
        club.backend.accounts.staff(&staff).await.unwrap();
    })
    .await;
}

#[apply(both_engines)]
async fn who_may_hear_another_member_no_more_is_cut_off(engine: Engine) {
    within(engine, strict, async |club| {
        let (boss, _) = club.owner("boss").await;
        let ann = club.member("ann").await.member.user_id;
        let hers = listens(&club, &boss, ann).await.unwrap();
        let own = listens(&club, &boss, boss.member.user_id).await.unwrap();
        hers.check().await.unwrap();
        // As half an hour without a call leaves it.
        run(&club, "UPDATE auth_sessions SET staff_since = NULL").await;
        let ended = hers.check().await;
        assert!(matches!(ended, Err(Ended::SignedOut)), "{ended:?}");
        own.check().await.unwrap();
    })
    .await;
}

#[apply(both_engines)]
async fn a_listener_who_is_demoted_is_cut_off(club: Club) {
    club.member("sue").await;
    let accounts = &club.backend.accounts;
    accounts.promote("sue", Role::Support).await.unwrap();
    let sue = club.signs_in("sue").await;
    let ann = club.member("ann").await.member.user_id;
    let hers = listens(&club, &sue, ann).await.unwrap();
    hers.check().await.unwrap();
    // As a build that left sessions alone demoted them.
    run(&club, "UPDATE staff SET roles = 'games'").await;
    let ended = hers.check().await;
    assert!(matches!(ended, Err(Ended::SignedOut)), "{ended:?}");
}
