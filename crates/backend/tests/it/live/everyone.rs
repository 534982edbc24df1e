//! What is said to everyone reaches each member once.

use testkit::{apply, both_engines};
use wire::live::Announcement;

use super::verbs::*;
use crate::crash::verbs::{another_process, number};

const TOLD: &str = "SELECT COUNT(*) FROM live_events";

#[apply(both_engines)]
async fn everyone_who_is_a_member_is_told_once(club: Club) {
    for name in ["ann", "bob", "cleo"] {
        club.member(name).await;
    }
    announces(&club, "Hello").await;
    club.backend.live.tell_everyone().await.unwrap();
    assert_eq!(number(&club, TOLD).await, 3);
    assert_eq!(
        number(&club, "SELECT COUNT(*) FROM broadcast_told").await,
        0,
        "nothing is left over"
    );
    club.clock.advance_secs(1);
    let late = club.member("dan").await;
    club.backend.live.tell_everyone().await.unwrap();
    assert_eq!(
        club.backend
            .live
            .unread(late.member.user_id)
            .await
            .unwrap()
            .unread,
        0
    );
}

#[apply(both_engines)]
async fn two_processes_that_tell_at_once_tell_each_member_once(club: Club) {
    let ann = club.member("ann").await;
    for name in ["bob", "cleo", "dan"] {
        club.member(name).await;
    }
    let other = another_process(&club, |_| ());
    let mut here = listens(&club, &ann, everything()).await;
    here.greet().await.unwrap();
    for _ in 0..10 {
        club.backend.live.announce(words("Hello")).await.unwrap();
        let (one, two) = tokio::join!(
            club.backend.live.tell_everyone(),
            other.live.tell_everyone()
        );
        one.unwrap();
        two.unwrap();
    }
    assert_eq!(number(&club, TOLD).await, 40);
    assert_eq!(
        number(&club, "SELECT MAX(id) FROM live_events").await,
        10,
        "numbers have no gaps"
    );
    club.backend.live.sweep().await.unwrap();
    assert_eq!(ids(&hears(&mut here).await), (1..=10).collect::<Vec<_>>());
}

#[apply(both_engines)]
async fn many_are_told_in_few_transactions(club: Club) {
    let rows = "INSERT INTO users (site_id, site_id_key, nickname, nickname_key, phone_number, password_hash, rank, is_admin, invite_code, created_at) \
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1201) \
         SELECT 'u' || i, 'u' || i, 'u' || i, 'u' || i, '010' || i, '', 'STANDARD', 0, '', 1 FROM n";
    crate::table::run(&club, rows).await;
    announces(&club, "Hello").await;
    assert_eq!(number(&club, TOLD).await, 1_201);
}

#[apply(both_engines)]
async fn words_without_a_title_or_too_long_are_refused(club: Club) {
    for title in ["", "  ", &"x".repeat(101)] {
        let refused = club.backend.live.announce(words(title)).await.unwrap_err();
        assert_eq!(refused.public().fields[0].field, "title");
    }
    let long = Announcement {
        body: "x".repeat(501),
        ..words("Hello")
    };
    assert_eq!(
        club.backend
            .live
            .announce(long)
            .await
            .unwrap_err()
            .public()
            .fields[0]
            .field,
        "body"
    );
}

fn words(title: &str) -> Announcement {
    Announcement {
        title: title.to_owned(),
        body: String::new(),
    }
}
