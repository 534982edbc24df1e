//! What staff note of members.

use backend::{Result, Staff};
use testkit::{Club, apply, both_engines};
use wire::desk::{MemberNote, Moment, NoteRequest};
use wire::page::PageRequest;
use wire::staff::Role;
use wire::{Code, UserId};

use super::{code, newest_act};
use crate::table::run;

async fn notes(club: &Club, staff: &Staff, user: UserId, text: &str) -> Result<MemberNote> {
    let request = NoteRequest {
        text: text.to_owned(),
    };
    club.backend.accounts.note(staff, user, request).await
}

/// What stands in the member's timeline, newest first.
async fn read(club: &Club, staff: &Staff, user: UserId) -> Vec<MemberNote> {
    let desk = &club.backend.desk;
    let page = desk.timeline(staff, user, PageRequest::default()).await;
    let notes = page
        .unwrap()
        .items
        .into_iter()
        .filter_map(|item| match item.moment {
            Moment::Note(note) => Some(note),
            _ => None,
        });
    notes.collect()
}

#[apply(both_engines)]
async fn a_note_is_kept_as_text_with_its_author(club: Club) {
    let boss = club.staff("boss").await;
    let support = club.staff_as("sue", Role::Support).await;
    let ann = club.member("ann").await.member.user_id;
    let script = "<script>alert('1')</script>";
    let first = notes(&club, &support, ann, &format!(" {script}\n"))
        .await
        .unwrap();
    assert_eq!(
        (first.text.as_str(), first.author_nickname.as_str()),
        (script, "sue")
    );
    let act = newest_act(&club, &boss).await;
    assert_eq!((&*act.action, &*act.outcome), ("users/note", "ok"));
    assert_eq!(act.after, Some(format!("{{\"note\":{}}}", first.id)));
    let second = notes(&club, &boss, ann, "두 번째\nline").await.unwrap();
    let auditor = club.staff_as("amy", Role::Auditor).await;
    assert_eq!(read(&club, &auditor, ann).await, [second, first]);
    assert!(read(&club, &boss, support.user_id()).await.is_empty());
}

#[apply(both_engines)]
async fn what_is_no_note_is_refused(club: Club) {
    let boss = club.staff("boss").await;
    let support = club.staff_as("sue", Role::Support).await;
    let finance = club.staff_as("fin", Role::Finance).await;
    let ann = club.member("ann").await.member.user_id;
    for text in ["", "  \n ", "a\0b", &"a".repeat(1_001)] {
        let refused = notes(&club, &boss, ann, text).await.unwrap_err().public();
        assert_eq!(refused.fields[0].field, "text", "{text:?}");
    }
    for (staff, user, refusal) in [
        (&finance, ann, Code::Forbidden),
        (&support, finance.user_id(), Code::Forbidden),
        (&boss, UserId(999), Code::NotFound),
    ] {
        let refused = notes(&club, staff, user, "a test").await;
        assert_eq!(code(refused), Some(refusal), "{user}");
    }
    run(
        &club,
        "UPDATE users SET deleted_at = 1 WHERE site_id = 'ann'",
    )
    .await;
    let gone = notes(&club, &boss, ann, "a test").await;
    assert_eq!(code(gone), Some(Code::NotFound));
}
