//! Names: what is read alike is one name, and what shows nothing is none.

use super::*;
use crate::crash::verbs::another_process;

/// Letters that show nothing, or that end a line.
const SHOW_NOTHING: [char; 16] = [
    '\u{3164}',
    '\u{115f}',
    '\u{1160}',
    '\u{ffa0}',
    '\u{2800}',
    '\u{180e}',
    '\u{34f}',
    '\u{fe0f}',
    '\u{e0041}',
    '\u{17b4}',
    '\u{ad}',
    '\u{200b}',
    '\u{2028}',
    '\u{2029}',
    '\u{13430}',
    '\u{13441}',
];

fn called(nickname: &str, name: &str) -> SignUpRequest {
    SignUpRequest {
        nickname: nickname.to_owned(),
        ..sign_up(name)
    }
}

async fn renames(club: &Club, member: &Member, nickname: &str) -> Result<String> {
    let change = ProfileChange {
        nickname: Some(nickname.to_owned()),
        ..ProfileChange::default()
    };
    let changed = club
        .backend
        .accounts
        .change_profile(member, &origin(), change)
        .await;
    Ok(changed?.nickname)
}

#[apply(both_engines)]
async fn a_nickname_with_a_letter_that_shows_nothing_is_refused(club: Club) {
    let ann = club.member("ann").await.member;
    for letter in SHOW_NOTHING {
        let inside = format!("an{letter}n");
        let refused = joins(&club, called(&inside, "ben")).await.unwrap_err();
        assert_eq!(
            fields(&refused),
            named(&[("nickname", "characters")]),
            "{letter:?}"
        );
        let refused = renames(&club, &ann, &inside).await.unwrap_err();
        assert_eq!(
            fields(&refused),
            named(&[("nickname", "characters")]),
            "{letter:?}"
        );
        // What ends a line is white space at an end, and trimmed.
        let alone = joins(&club, called(&format!("{letter}{letter}"), "ben")).await;
        assert_eq!(alone.unwrap_err().code(), Code::Invalid, "{letter:?}");
    }
    assert_eq!(count(&club, "SELECT COUNT(*) FROM users").await, 1);
}

#[apply(both_engines)]
async fn names_that_are_read_alike_are_one_members(club: Club) {
    let (composed, decomposed) = ("Élan 봄", "E\u{301}lan \u{1107}\u{1169}\u{11b7}");
    let elan = joins(&club, called(decomposed, "elan")).await.unwrap();
    assert_eq!(elan.user.nickname, composed, "kept in NFC");
    joins(&club, called("admin", "boss")).await.unwrap();
    joins(&club, called("Ann B", "annb")).await.unwrap();
    for same in [
        composed,
        decomposed,
        "élan\u{a0}봄",
        "ａｄｍｉｎ",
        "ＡＤＭＩＮ",
        "ann  b",
        "ann\u{a0}b",
        "ann\u{3000}b",
        "ann\u{2009}b",
        " ann \u{2009} b ",
    ] {
        let taken = joins(&club, called(same, "other")).await.unwrap_err();
        assert_eq!(taken.code(), Code::NicknameTaken, "{same:?}");
    }
    let annb = joins(&club, called("annb", "other")).await.unwrap();
    assert_eq!(annb.user.nickname, "annb", "a space is a space");
}

#[apply(both_engines)]
async fn spaces_around_a_site_id_keep_nobody_out(club: Club) {
    let request = SignUpRequest {
        site_id: " Ann_1\u{3000}".to_owned(),
        ..sign_up("ann")
    };
    let joined = joins(&club, request).await.unwrap();
    assert_eq!(joined.user.site_id, "Ann_1");
    for typed in ["Ann_1 ", " ann_1", "\u{a0}ANN_1\t", "ａｎｎ＿１"] {
        let let_in = logs_in(&club, typed, PASSWORD).await.unwrap();
        assert_eq!(let_in.user.id, joined.user.id, "{typed:?}");
    }
    let inside = logs_in(&club, "Ann _1", PASSWORD).await.unwrap_err();
    assert_eq!(inside.code(), Code::BadCredentials);
}

/// What an earlier build left: names as they were typed, each under its lower case.
pub(super) async fn was_called(club: &Club, user: UserId, nickname: &str) {
    let key = &nickname.to_lowercase();
    let write = club.backend.db().write(|tx| {
        async move {
            sqlx::query("UPDATE users SET nickname = $2, nickname_key = $3 WHERE id = $1")
                .bind(user.0)
                .bind(nickname)
                .bind(key.as_str())
                .execute(&mut **tx)
                .await?;
            Ok(())
        }
        .scope_boxed()
    });
    write.await.unwrap();
}

pub(super) async fn keys(club: &Club) -> Vec<(String, String)> {
    let mut conn = club.backend.db().read().await.unwrap();
    let rows = sqlx::query("SELECT nickname, nickname_key FROM users ORDER BY id")
        .fetch_all(&mut *conn)
        .await
        .unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

/// The club as the next process opens it, after an earlier build.
async fn opens_again(club: &Club) -> Club {
    change(club, "DELETE FROM club_values WHERE name = 'name_keys'").await;
    Club {
        backend: another_process(club, |_| ()),
        ..club.clone()
    }
}

/// Members whose names an earlier build told apart: of each pair the first is the older.
pub(super) async fn told_apart(club: &Club) -> Vec<Player> {
    let mut players = Vec::new();
    for (name, nickname) in [
        ("ann", "ＡＤＭＩＮ"),
        ("ben", "admin"),
        ("cho", "E\u{301}lan"),
        ("dan", "Élan"),
        ("eve", "ann  8"),
        ("fay", "a\u{3000}b"),
        ("gil", "a b"),
    ] {
        let player = club.member(name).await;
        was_called(club, player.member.user_id, nickname).await;
        players.push(player);
    }
    players
}

#[apply(both_engines)]
async fn keys_are_made_anew_once_and_the_oldest_of_a_name_keeps_it(club: Club) {
    told_apart(&club).await;
    let club = opens_again(&club).await;
    let found = keys(&club).await;
    let found: Vec<_> = found.iter().map(|(name, key)| (&**name, &**key)).collect();
    let made = [
        ("ＡＤＭＩＮ", "admin"),
        ("admin", " 2 admin"),
        ("E\u{301}lan", "élan"),
        ("Élan", " 4 élan"),
        ("ann  8", "ann 8"),
        ("a\u{3000}b", "a b"),
        ("a b", " 7 a b"),
    ];
    assert_eq!(found, made);
    change(
        &club,
        "UPDATE users SET nickname_key = 'by hand' WHERE id = 1",
    )
    .await;
    another_process(&club, |_| ());
    assert_eq!(keys(&club).await[0].1, "by hand", "once");
}

#[apply(both_engines)]
async fn whoever_shares_an_older_members_name_keeps_it_until_they_change_it(club: Club) {
    let players = told_apart(&club).await;
    let club = opens_again(&club).await;
    let (ann, ben) = (&players[0].member, &players[1].member);
    for taken in ["admin", "Admin", "ａｄｍｉｎ"] {
        let refused = joins(&club, called(taken, "other")).await.unwrap_err();
        assert_eq!(refused.code(), Code::NicknameTaken, "{taken}");
    }
    let change = ProfileChange {
        nickname: Some("admin".to_owned()),
        phone_number: Some("+1 (555) 000-0001".to_owned()),
        current_password: Some(PASSWORD.to_owned()),
        ..ProfileChange::default()
    };
    let changed = club
        .backend
        .accounts
        .change_profile(ben, &origin(), change)
        .await;
    assert_eq!(changed.unwrap().nickname, "admin");
    let refused = renames(&club, ben, "ADMIN").await.unwrap_err();
    assert_eq!(refused.code(), Code::NicknameTaken);
    assert_eq!(renames(&club, ben, "ben").await.unwrap(), "ben");
    assert_eq!(renames(&club, ann, "Admin").await.unwrap(), "Admin");
}

/// Their key goes to the oldest who bears it as well, then to the next, and to strangers in the end.
#[apply(both_engines)]
async fn a_name_that_is_given_up_is_its_other_bearers_before_it_is_a_strangers(club: Club) {
    let players = told_apart(&club).await;
    let hal = club.member("hal").await.member;
    was_called(&club, hal.user_id, "\u{ff41}dmin").await;
    let club = opens_again(&club).await;
    let (ann, ben) = (&players[0].member, &players[1].member);
    let key_of = async |member: &Member| {
        let at = usize::try_from(member.user_id.0).unwrap() - 1;
        keys(&club).await[at].1.clone()
    };
    let stranger = async || joins(&club, called("Admin", "other")).await;

    assert_eq!(renames(&club, ann, "ann").await.unwrap(), "ann");
    assert_eq!(key_of(ben).await, "admin");
    assert_eq!(key_of(&hal).await, " 8 admin");
    let refused = stranger().await.unwrap_err();
    assert_eq!(refused.code(), Code::NicknameTaken);
    assert_eq!(renames(&club, ben, "ADMIN").await.unwrap(), "ADMIN");

    renames(&club, ben, "ben").await.unwrap();
    assert_eq!(key_of(&hal).await, "admin");
    let refused = stranger().await.unwrap_err();
    assert_eq!(refused.code(), Code::NicknameTaken);
    let refused = renames(&club, ann, "admin").await.unwrap_err();
    assert_eq!(refused.code(), Code::NicknameTaken);

    renames(&club, &hal, "hal").await.unwrap();
    stranger().await.unwrap();
}
