//! Whoever was away hears all that they missed, or that they cannot.

use backend::live::Ended;
use testkit::{apply, both_engines};
use wire::live::Lost;
use wire::page::PageRequest;

use super::verbs::*;
use crate::crash::verbs::number;

#[apply(both_engines)]
async fn whoever_comes_back_hears_all_that_was_missed(club: Club) {
    let ann = club.member("ann").await;
    let epoch = hello(&greeted(&club, &ann, everything()).await).epoch;
    for title in ["one", "two", "three"] {
        announces(&club, title).await;
    }
    let heard = greeted(&club, &ann, after(&epoch, 1)).await;
    assert!(hello(&heard).recovered && hello(&heard).last_id == 3);
    assert_eq!(ids(&heard), [2, 3]);
    assert_eq!(
        ids(&greeted(&club, &ann, after(&epoch, 0)).await),
        [1, 2, 3]
    );
    let up_to_date = greeted(&club, &ann, after(&epoch, 3)).await;
    assert!(hello(&up_to_date).recovered && ids(&up_to_date).is_empty());
}

#[apply(both_engines)]
async fn what_cannot_be_heard_whole_is_not_heard_in_part(club: Club) {
    let ann = club.member("ann").await;
    let epoch = hello(&greeted(&club, &ann, everything()).await).epoch;
    for _ in 0..203 {
        announces(&club, "again").await;
    }
    assert_eq!(number(&club, "SELECT COUNT(*) FROM live_events").await, 200);
    let whole = greeted(&club, &ann, after(&epoch, 3)).await;
    assert_eq!((hello(&whole).recovered, ids(&whole).len()), (true, 200));
    for (known, reason) in [(2, Lost::TooOld), (204, Lost::Unknown)] {
        let lost = greeted(&club, &ann, after(&epoch, known)).await;
        assert_eq!(
            (hello(&lost).recovered, hello(&lost).reason),
            (false, Some(reason))
        );
        assert!(ids(&lost).is_empty() && !states(&lost).is_empty());
    }
}

#[apply(both_engines)]
async fn a_restored_database_begins_its_logs_anew(club: Club) {
    let ann = club.member("ann").await;
    let epoch = hello(&greeted(&club, &ann, everything()).await).epoch;
    announces(&club, "one").await;
    club.backend.live.restored().await.unwrap();
    let heard = greeted(&club, &ann, after(&epoch, 0)).await;
    assert_eq!(hello(&heard).reason, Some(Lost::NewLog));
    let epoch = hello(&heard).epoch;
    assert_eq!(ids(&greeted(&club, &ann, after(&epoch, 0)).await), [1]);
}

#[apply(both_engines)]
async fn old_events_are_forgotten(club: Club) {
    let ann = club.member("ann").await;
    let epoch = hello(&greeted(&club, &ann, everything()).await).epoch;
    announces(&club, "old").await;
    club.clock.advance_secs(20 * 24 * 60 * 60);
    announces(&club, "new").await;
    club.clock.advance_secs(11 * 24 * 60 * 60);
    assert_eq!(club.backend.live.forget_old().await.unwrap(), 1);
    assert_eq!(club.backend.live.forget_old().await.unwrap(), 0);
    let token = club
        .backend
        .accounts
        .login(sign_in("ann"), &testkit::club::device())
        .await
        .unwrap();
    let ann = testkit::Player { token, ..ann };
    let lost = greeted(&club, &ann, after(&epoch, 0)).await;
    assert_eq!(hello(&lost).reason, Some(Lost::TooOld));
    assert_eq!(ids(&greeted(&club, &ann, after(&epoch, 1)).await), [2]);
}

#[apply(both_engines)]
async fn a_client_that_falls_behind_is_let_go_and_misses_nothing(club: Club) {
    let ann = club.member("ann").await;
    let mut listener = listens(&club, &ann, everything()).await;
    let epoch = hello(&listener.greet().await.unwrap()).epoch;
    // Far more than anyone may be behind, and as many as are kept.
    for _ in 0..257 {
        announces(&club, "again").await;
    }
    listener.fell_behind().await;
    assert!(matches!(listener.collect().await, Err(Ended::FellBehind)));
    drop(listener);
    assert_eq!(club.backend.live.listeners(), 0);
    let heard = greeted(&club, &ann, after(&epoch, 57)).await;
    assert!(hello(&heard).recovered);
    assert_eq!(ids(&heard), (58..=257).collect::<Vec<_>>());
}

#[apply(both_engines)]
async fn the_list_tells_what_was_read(club: Club) {
    let (ann, bob) = (club.member("ann").await, club.member("bob").await);
    let (live, user) = (&club.backend.live, ann.member.user_id);
    for title in ["one", "two", "three"] {
        announces(&club, title).await;
    }
    assert_eq!(live.unread(user).await.unwrap().unread, 3);
    live.read(user, 2).await.unwrap();
    live.read(user, 2).await.unwrap();
    assert_eq!(
        live.read(user, 4).await.unwrap_err().code(),
        wire::Code::NotFound
    );
    let page = PageRequest {
        limit: Some(2),
        cursor: None,
    };
    let page = live.notifications(user, page).await.unwrap();
    let read: Vec<_> = page
        .items
        .iter()
        .map(|it| (it.event.id, it.is_read))
        .collect();
    assert_eq!(read, [(3, false), (2, true)]);
    let page = PageRequest {
        limit: None,
        cursor: page.next_cursor,
    };
    assert_eq!(live.notifications(user, page).await.unwrap().items.len(), 1);
    live.read_until(user, 2).await.unwrap();
    assert_eq!(live.unread(user).await.unwrap().unread, 1);
    assert_eq!(live.unread(bob.member.user_id).await.unwrap().unread, 3);
}

fn sign_in(name: &str) -> wire::auth::LoginRequest {
    wire::auth::LoginRequest {
        site_id: name.to_owned(),
        password: testkit::club::PASSWORD.to_owned(),
    }
}
