//! Leaderboards.

use backend::db::ScopedFutureExt;
use progress::Period;
use testkit::{Club, Player, apply, both_engines};
use wire::Code;
use wire::stats::{Leaderboard, LeaderboardRequest, Metric, Place, Value};

use super::verbs::*;
use crate::table::{plays, run};

async fn board(club: &Club, player: &Player, request: LeaderboardRequest) -> Leaderboard {
    let play = &club.backend.play;
    let board = play.leaderboard(player.member.user_id, &request);
    board.await.unwrap()
}

fn of(metric: Metric, period: Period, limit: i64) -> LeaderboardRequest {
    LeaderboardRequest {
        game_type: Some("slot".to_owned()),
        period: Some(period),
        metric: Some(metric),
        limit: Some(limit),
    }
}

fn names(places: &[Place]) -> Vec<(i64, &str)> {
    let names = places
        .iter()
        .map(|place| (place.rank, place.nickname.as_str()));
    names.collect()
}

/// Gives a member that largest win, today and in all.
async fn wins(club: &Club, player: &Player, amount: i64) {
    let user = player.member.user_id.0;
    let set = club.backend.db().write(|tx| {
        async move {
            for table in [
                "UPDATE play_days SET largest_win = $2 WHERE user_id = $1",
                "UPDATE play_totals SET largest_win = $2 WHERE user_id = $1",
            ] {
                sqlx::query(table)
                    .bind(user)
                    .bind(amount)
                    .execute(&mut **tx)
                    .await?;
            }
            Ok(())
        }
        .scope_boxed()
    });
    set.await.unwrap();
}

/// Ten members with a hand each and a largest win of ten less than the one before; `mm2` and `mm3` are
/// equal.
async fn ten(club: &Club) -> Vec<Player> {
    let mut players = Vec::new();
    for n in 0..10 {
        let player = club.member(&format!("mm{n}")).await;
        plays(club, &player, 1).await;
        wins(club, &player, if n == 3 { 980 } else { 1_000 - 10 * n }).await;
        players.push(player);
    }
    players
}

#[apply(both_engines)]
async fn the_best_come_first_and_equals_in_the_order_they_joined(club: Club) {
    let players = ten(&club).await;
    for period in Period::ALL {
        let board = board(&club, &players[0], of(Metric::LargestWin, period, 5)).await;
        assert_eq!(
            names(&board.items),
            [(1, "mm0"), (2, "mm1"), (3, "mm2"), (4, "mm3"), (5, "mm4")],
            "{period:?}"
        );
        assert_eq!(board.items[3].value, Value::Tokens(980));
        assert_eq!(names(board.me.as_slice()), [(1, "mm0")]);
        assert_eq!(
            names(&board.neighbours),
            [(1, "mm0"), (2, "mm1"), (3, "mm2")]
        );
    }
}

#[apply(both_engines)]
async fn everyone_sees_their_own_place_and_who_is_near(club: Club) {
    let players = ten(&club).await;
    let board_of = |n: usize| board(&club, &players[n], of(Metric::LargestWin, Period::Week, 2));
    let middle = board_of(6).await;
    assert_eq!(names(&middle.items), [(1, "mm0"), (2, "mm1")]);
    assert_eq!(
        names(&middle.neighbours),
        [(5, "mm4"), (6, "mm5"), (7, "mm6"), (8, "mm7"), (9, "mm8")]
    );
    assert_eq!(middle.me.unwrap().rank, 7);
    let last = board_of(9).await;
    assert_eq!(
        names(&last.neighbours),
        [(8, "mm7"), (9, "mm8"), (10, "mm9")]
    );
    let stranger = club.member("stranger").await;
    let seen = board(&club, &stranger, of(Metric::LargestWin, Period::Week, 2)).await;
    assert_eq!(
        (seen.items.len(), seen.me, seen.neighbours.len()),
        (2, None, 0)
    );
}

#[apply(both_engines)]
async fn whoever_is_banned_or_gone_is_not_shown(club: Club) {
    let players = ten(&club).await;
    run(
        &club,
        "UPDATE users SET banned_at = 1 WHERE site_id = 'mm0'",
    )
    .await;
    run(
        &club,
        "UPDATE users SET deleted_at = 1 WHERE site_id = 'mm1'",
    )
    .await;
    run(
        &club,
        "UPDATE users SET banned_at = 1, banned_until = 2 WHERE site_id = 'mm2'",
    )
    .await;
    let board = board(&club, &players[4], of(Metric::LargestWin, Period::All, 3)).await;
    assert_eq!(names(&board.items), [(1, "mm2"), (2, "mm3"), (3, "mm4")]);
}

#[apply(both_engines)]
async fn each_metric_ranks_by_its_own_and_none_by_stakes(club: Club) {
    let (ann, bob) = (club.member("ann").await, club.member("bob").await);
    for player in [&ann, &bob] {
        for _ in 0..10 {
            throws(&club, player, 10).await;
        }
    }
    throws(&club, &bob, 500).await;
    let ask = |metric| LeaderboardRequest {
        game_type: Some("rps".to_owned()),
        metric: Some(metric),
        ..LeaderboardRequest::default()
    };
    let net = board(&club, &ann, ask(Metric::Net)).await;
    for place in &net.items {
        let player = if place.nickname == "ann" { &ann } else { &bob };
        let own = stats(&club, player, Some("rps"), Period::All)
            .await
            .own
            .unwrap();
        assert_eq!(place.value, Value::Tokens(own.won.get() - own.staked.get()));
        assert!(own.won > own.staked, "a loss is nobody else's business");
    }
    let best = board(&club, &ann, ask(Metric::Multiplier)).await;
    for place in &best.items {
        let player = if place.nickname == "ann" { &ann } else { &bob };
        let stats = stats(&club, player, Some("rps"), Period::All).await;
        assert_eq!(place.value, Value::Multiplier(stats.best_multiplier));
    }
}

#[apply(both_engines)]
async fn a_board_is_of_its_game_and_its_days(club: Club) {
    let ann = club.member("ann").await;
    plays(&club, &ann, 1).await;
    wins(&club, &ann, 777).await;
    let all = LeaderboardRequest {
        game_type: None,
        ..of(Metric::LargestWin, Period::Month, 10)
    };
    let crash = LeaderboardRequest {
        game_type: Some("crash".to_owned()),
        ..all.clone()
    };
    assert_eq!(
        board(&club, &ann, all.clone()).await.me.unwrap().value,
        Value::Tokens(777)
    );
    assert_eq!(board(&club, &ann, crash).await.items, []);
    goes_to(&club, "2026-02-01T00:00:00Z");
    assert_eq!(board(&club, &ann, all.clone()).await.items, []);
    let ever = LeaderboardRequest {
        period: None,
        ..all
    };
    assert_eq!(board(&club, &ann, ever).await.items.len(), 1);
}

#[apply(both_engines)]
async fn a_board_has_bounds(club: Club) {
    let ann = club.member("ann").await;
    let play = &club.backend.play;
    for limit in [1, 101, 200] {
        let request = of(Metric::Net, Period::All, limit);
        let taken = play.leaderboard(ann.member.user_id, &request).await;
        taken.unwrap();
    }
    for limit in [0, -1, 201, i64::MAX] {
        let request = of(Metric::Net, Period::All, limit);
        assert_eq!(
            play.leaderboard(ann.member.user_id, &request)
                .await
                .unwrap_err()
                .code(),
            Code::Invalid
        );
    }
    let poker = LeaderboardRequest {
        game_type: Some("poker".to_owned()),
        ..LeaderboardRequest::default()
    };
    assert_eq!(
        play.leaderboard(ann.member.user_id, &poker)
            .await
            .unwrap_err()
            .code(),
        Code::UnknownGame
    );
}
