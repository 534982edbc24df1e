//! Verbs of the record.

use economy::Timestamp;
use progress::Period;
use testkit::{Club, Player, club::device};
use wire::achievements::Achievement;
use wire::play::{EndSessionRequest, PlaySession, StartSessionRequest};
use wire::rps::{ThrowRequest, ThrowResult};
use wire::stats::{GameStats, StatsRequest};

/// Throws `stake`; what comes of it follows from the seeds of the test.
pub(super) async fn throws(club: &Club, player: &Player, stake: i64) -> ThrowResult {
    let request = ThrowRequest {
        choice: "rock".to_owned(),
        bet_amount: stake,
    };
    let (rps, device) = (&club.backend.rps, device());
    let claimed = player.member.claimed();
    let thrown = rps.play(&claimed, request, None, &device);
    thrown.await.unwrap()
}

pub(super) async fn starts(
    club: &Club,
    player: &Player,
    game: &str,
) -> backend::Result<PlaySession> {
    let request = StartSessionRequest {
        game_type: game.to_owned(),
    };
    let play = &club.backend.play;
    play.start_session(player.member.user_id, &request, &device())
        .await
}

pub(super) async fn ends(
    club: &Club,
    player: &Player,
    session: &PlaySession,
) -> backend::Result<PlaySession> {
    let request = EndSessionRequest {
        session_id: session.session_id.clone(),
    };
    let play = &club.backend.play;
    play.end_session(player.member.user_id, &request).await
}

pub(super) async fn current(club: &Club, player: &Player) -> Option<PlaySession> {
    let play = &club.backend.play;
    play.current_session(player.member.user_id).await.unwrap()
}

/// The member's own statistics.
pub(super) async fn stats(
    club: &Club,
    player: &Player,
    game: Option<&str>,
    period: Period,
) -> GameStats {
    let request = StatsRequest {
        game_type: game.map(str::to_owned),
        period: Some(period),
    };
    let play = &club.backend.play;
    let member = &player.member;
    let stats = play.stats_over(member, member.user_id, &request);
    stats.await.unwrap()
}

/// What the member has achieved, as they see it.
pub(super) async fn unlocked(club: &Club, player: &Player) -> Vec<Achievement> {
    let all = achievements(club, player).await;
    let unlocked = all.into_iter().filter(|it| it.unlocked_at.is_some());
    unlocked.collect()
}

/// All that there are, as the member sees them.
pub(super) async fn achievements(club: &Club, player: &Player) -> Vec<Achievement> {
    let (all, member) = (&club.backend.achievements, &player.member);
    all.list(member, member.user_id).await.unwrap().items
}

pub(super) async fn codes(club: &Club, player: &Player) -> Vec<String> {
    let unlocked = unlocked(club, player).await;
    unlocked.into_iter().map(|it| it.code).collect()
}

/// Moves the clock to an instant.
pub(super) fn goes_to(club: &Club, at: &str) {
    let now = club.backend.clock().now();
    let at = Timestamp::parse_rfc3339(at).unwrap();
    club.clock.advance_millis(at.millis_since(now));
}
