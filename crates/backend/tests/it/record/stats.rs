//! Statistics by period, and the balance over time.

use games::Game;
use progress::Period;
use testkit::{Club, Player, apply, both_engines, club::device};
use wire::gacha::PullRequest;
use wire::stats::StatsRequest;
use wire::{Code, UserId};

use super::verbs::*;
use crate::table::run;
use crate::table::{balance, plays};

async fn pulls(club: &Club, player: &Player, pull_count: i64) {
    let request = PullRequest {
        pull_count,
        gacha_id: "standard".to_owned(),
        use_premium_currency: false,
    };
    let (gacha, device) = (&club.backend.gacha, device());
    let pulled = gacha.pull(player.member.user_id, request, None, &device);
    pulled.await.unwrap();
}

#[apply(both_engines)]
async fn periods_begin_at_midnight_on_monday_and_on_the_first(club: Club) {
    goes_to(&club, "2026-01-31T23:59:59Z");
    let ann = club.member("ann").await;
    // A Saturday, the last of its month; then Sunday the first, Monday, Tuesday.
    for day in [
        "2026-01-31T23:59:59Z",
        "2026-02-01T00:00:00Z",
        "2026-02-02T00:00:00Z",
        "2026-02-03T12:00:00Z",
    ] {
        goes_to(&club, day);
        plays(&club, &ann, 1).await;
    }
    let mut hands = Vec::new();
    for period in Period::ALL {
        hands.push(stats(&club, &ann, Some("slot"), period).await.hands);
    }
    assert_eq!(hands, [1, 2, 3, 4]);
    goes_to(&club, "2026-02-09T00:00:00Z");
    assert_eq!(stats(&club, &ann, None, Period::Week).await.hands, 0);
    assert_eq!(stats(&club, &ann, None, Period::Month).await.hands, 3);
}

#[apply(both_engines)]
async fn a_streak_runs_on_over_midnight(club: Club) {
    let ann = club.member("ann").await;
    let mut expected = Vec::new();
    let (mut streak, mut best) = (0, 0);
    for n in 0..40 {
        let thrown = throws(&club, &ann, 10).await;
        let won = thrown.result == games::rps::Verdict::Win;
        streak = if won { streak + 1 } else { 0 };
        best = best.max(streak);
        assert_eq!(thrown.streak, streak, "throw {n}");
        expected.push(streak);
        if n % 3 == 2 {
            club.clock.advance_secs(24 * 60 * 60);
        }
    }
    assert!(best >= 2, "the seeds of the test give a row of wins");
    let all = stats(&club, &ann, Some("rps"), Period::All).await;
    assert_eq!((all.best_streak, all.current_streak), (best, streak));
}

#[apply(both_engines)]
async fn rates_are_cut_to_two_decimals_and_pulls_count_in_none(club: Club) {
    let ann = club.member("ann").await;
    let nothing = stats(&club, &ann, None, Period::All).await;
    assert_eq!((nothing.hands, nothing.win_rate), (0, None));
    assert_eq!(nothing.own.unwrap().return_rate, None);
    let (mut wins, mut paid) = (0_i64, 0_i64);
    for _ in 0..7 {
        let thrown = throws(&club, &ann, 10).await;
        wins += i64::from(thrown.result == games::rps::Verdict::Win);
        paid += thrown.win_amount.get();
        club.clock.advance_secs(10);
    }
    pulls(&club, &ann, 2).await;
    let all = stats(&club, &ann, None, Period::All).await;
    assert_eq!((all.hands, all.rated_hands, all.wins), (8, 7, wins));
    assert_eq!(all.win_rate, Some((wins * 10_000 / 7) as f64 / 100.0));
    assert_eq!(all.best_multiplier, if wins > 0 { 1.9 } else { 1.0 });
    let own = all.own.unwrap();
    assert_eq!((own.staked.get(), own.won.get()), (170, paid));
    assert_eq!(own.return_rate, Some((paid * 10_000 / 70) as f64 / 100.0));
    assert_eq!((own.favourite, own.seconds_played), (Some(Game::Rps), 60));
    let games: Vec<_> = own
        .games
        .iter()
        .map(|of| (of.game, of.hands, of.staked.get()))
        .collect();
    assert_eq!(games, [(Game::Rps, 7, 70), (Game::Gacha, 1, 100)]);
    let gacha = stats(&club, &ann, Some("gacha"), Period::Day).await;
    assert_eq!(
        (gacha.hands, gacha.win_rate, gacha.own.unwrap().return_rate),
        (1, None, None)
    );
}

#[apply(both_engines)]
async fn others_see_the_public_part_of_whoever_is_there(club: Club) {
    let ann = club.member("ann").await;
    plays(&club, &ann, 3).await;
    let ben = club.member("ben").await.member;
    let (play, ben) = (&club.backend.play, &ben);
    let seen = play
        .stats_over(ben, ann.member.user_id, &StatsRequest::default())
        .await
        .unwrap();
    assert_eq!((seen.hands, seen.own), (3, None));
    let ask = |user, game: &str| {
        let request = StatsRequest {
            game_type: Some(game.to_owned()),
            period: None,
        };
        async move {
            play.stats_over(ben, user, &request)
                .await
                .unwrap_err()
                .code()
        }
    };
    assert_eq!(ask(UserId(999), "slot").await, Code::NotFound);
    assert_eq!(ask(ann.member.user_id, "poker").await, Code::UnknownGame);
    run(
        &club,
        "UPDATE users SET deleted_at = 1 WHERE site_id = 'ann'",
    )
    .await;
    assert_eq!(ask(ann.member.user_id, "slot").await, Code::NotFound);
}

#[apply(both_engines)]
async fn the_totals_are_the_sum_of_the_days(club: Club) {
    let ann = club.member("ann").await;
    for _ in 0..3 {
        plays(&club, &ann, 3).await;
        throws(&club, &ann, 10).await;
        club.clock.advance_secs(24 * 60 * 60);
    }
    let all = stats(&club, &ann, None, Period::All).await;
    let totals = club.backend.play.stats(ann.member.user_id).await.unwrap();
    assert_eq!(
        (totals.hands, totals.wins, totals.rated_hands),
        (all.hands, all.wins, all.rated_hands)
    );
    assert_eq!(
        (totals.largest_win, totals.best_streak),
        (all.largest_win, all.best_streak)
    );
    let own = all.own.unwrap();
    assert_eq!((totals.staked, totals.won), (own.staked, own.won));
}

#[apply(both_engines)]
async fn the_balance_of_each_day_is_its_last(club: Club) {
    let ann = club.member("ann").await;
    let history = || async {
        club.backend
            .ledger
            .balance_history(ann.member.user_id)
            .await
            .unwrap()
            .days
    };
    assert_eq!(history().await.len(), 1);
    goes_to(&club, "2026-01-02T23:59:59.999Z");
    plays(&club, &ann, 2).await;
    let second = balance(&club, &ann).await;
    goes_to(&club, "2026-01-04T00:00:00Z");
    plays(&club, &ann, 1).await;
    let fourth = balance(&club, &ann).await;
    let days: Vec<_> = history()
        .await
        .into_iter()
        .map(|day| (day.day, day.balance.get()))
        .collect();
    let expected = [
        ("2026-01-01", 1_000),
        ("2026-01-02", second),
        ("2026-01-03", second),
        ("2026-01-04", fourth),
    ];
    assert_eq!(
        days,
        expected.map(|(day, balance)| (day.to_owned(), balance))
    );
    goes_to(&club, "2026-03-15T00:00:00Z");
    let later = history().await;
    assert_eq!((later.len(), later[0].day.as_str()), (30, "2026-02-14"));
    assert!(later.iter().all(|day| day.balance.get() == fourth));
}
