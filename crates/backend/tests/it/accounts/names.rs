//! Names: what is read alike is one name, and what shows nothing is none.

use super::*;

/// Letters that show nothing, or that end a line.
const SHOW_NOTHING: [char; 14] = [
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
    let changed = club.backend.accounts.change_profile(member, change).await;
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
