//! Several processes on one database: what one causes, listeners of the others hear.

use std::time::Duration;

use backend::Settings;
use testkit::{Club, apply, both_engines};

use super::verbs::*;
use crate::crash::verbs::another_process;
use crate::table::plays;

fn with_redis(settings: &mut Settings) {
    settings.redis_url = Some(testkit::redis::url().into());
}

#[apply(both_engines)]
async fn without_redis_the_sweep_finds_what_others_told(club: Club) {
    let ann = club.member("ann").await;
    let other = another_process(&club, |_| ());
    let there = Club {
        backend: other,
        ..club.clone()
    };
    let mut listener = listens(&there, &ann, everything()).await;
    listener.greet().await.unwrap();
    announces(&club, "Hello").await;
    there.backend.live.sweep().await.unwrap();
    assert_eq!(ids(&hears(&mut listener).await), [1]);
}

#[apply(both_engines)]
async fn with_redis_others_are_woken_at_once(club: Club) {
    let ann = club.member("ann").await;
    let here = Club {
        backend: another_process(&club, with_redis),
        ..club.clone()
    };
    let there = Club {
        backend: another_process(&club, with_redis),
        ..club.clone()
    };
    let (out, into) = (here.backend.live.clone(), there.backend.live.clone());
    let passing = tokio::spawn(async move { out.pass_on().await });
    let taking = tokio::spawn(async move { into.take_in().await });
    let mut listener = listens(&there, &ann, everything()).await;
    listener.greet().await.unwrap();
    // The subscription begins at some time; what was told before it was found by nobody.
    let heard = async {
        loop {
            plays(&here, &ann, 1).await;
            let arrived = tokio::time::timeout(Duration::from_millis(100), listener.arrived());
            if arrived.await.is_ok() {
                return listener.collect().await.unwrap();
            }
        }
    };
    let heard = tokio::time::timeout(Duration::from_secs(20), heard)
        .await
        .unwrap();
    assert!(!states(&heard).is_empty(), "{heard:?}");
    passing.abort();
    taking.abort();
}
