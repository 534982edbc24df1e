//! What is kept of staff's calls, and the proof of it.

use backend::audit::{Fault, Flaw};
use backend::db::ScopedFutureExt;
use backend::{Result, Staff};
use economy::Hash;
use sqlx::AssertSqlSafe;
use testkit::club::{ban, because, origin};
use testkit::{Club, Engine, apply, both_engines, within};
use wire::staff::{AuditRequest, AuditRow, BanRequest, ReasonRequest, Role};
use wire::{Code, UserId};

use crate::crash::verbs::{another_process, number};
use crate::table::raced;

/// What is kept, the newest first.
async fn kept(club: &Club, boss: &Staff, filter: AuditRequest) -> Vec<AuditRow> {
    club.backend.audit.list(boss, filter).await.unwrap().items
}

/// Changes rows behind the club's back, also those that are append-only.
async fn forges(club: &Club, statements: &[&str]) {
    club.tampers();
    let off = [
        ("audit_log_no_update", "audit_log"),
        ("audit_log_no_delete", "audit_log"),
        ("audit_personal_no_update", "audit_personal"),
    ];
    let off = off.map(|(trigger, table)| match club.engine {
        Engine::Sqlite => format!("DROP TRIGGER IF EXISTS {trigger}"),
        Engine::Postgres => format!("DROP TRIGGER IF EXISTS {trigger} ON {table}"),
    });
    let statements = statements.iter().map(|it| (*it).to_owned());
    let all: Vec<String> = off.into_iter().chain(statements).collect();
    let all = &all;
    let write = club.backend.db().write(|tx| {
        async move {
            for statement in all {
                sqlx::query(AssertSqlSafe(statement.clone()))
                    .execute(&mut **tx)
                    .await?;
            }
            Ok(())
        }
        .scope_boxed()
    });
    write.await.unwrap();
}

async fn bans(club: &Club, boss: &Staff, user: UserId, reason: &str) -> Result<()> {
    let banned = club.backend.accounts.ban(boss, user, ban(reason)).await;
    banned.map(|_| ())
}

/// A boss who banned three members.
async fn three_bans(club: &Club) -> Staff {
    let boss = club.staff("boss").await;
    for name in ["ann", "ben", "cem"] {
        let user = club.member(name).await.member.user_id;
        bans(club, &boss, user, "cheating").await.unwrap();
    }
    boss
}

async fn fault(club: &Club, known: Option<Hash>) -> Option<Fault> {
    club.backend.proofs.audit(known).await.unwrap().err()
}

#[apply(both_engines)]
async fn a_row_says_who_did_what_to_whom_from_where_and_why(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await.member.user_id;
    bans(&club, &boss, ann, " cheating at dice ").await.unwrap();
    let rows = kept(&club, &boss, AuditRequest::default()).await;
    let [row, promoted] = rows.as_slice() else {
        panic!("{rows:?}")
    };
    assert_eq!((row.seq, row.actor), (2, Some(boss.user_id())));
    assert_eq!(
        (&*row.roles, &*row.action, &*row.subject, &*row.outcome),
        ("owner", "users/ban", &*ann.to_string(), "ok")
    );
    assert_eq!(row.reason.as_deref(), Some("cheating at dice"));
    assert_eq!(row.address.as_deref(), Some(&*origin().address));
    assert_eq!(row.request_id, origin().request_id);
    assert_eq!(row.created_at, club.backend.clock().now());
    assert_eq!(row.before, None);
    assert!(row.after.as_deref().unwrap().contains("cheating at dice"));
    // A command on the machine.
    assert_eq!((promoted.actor, &*promoted.roles), (None, "console"));
    assert_eq!(
        (promoted.before.as_deref(), promoted.after.as_deref()),
        (Some("[]"), Some("[\"owner\"]"))
    );
    let report = club.backend.proofs.audit(None).await.unwrap().unwrap();
    assert_eq!((report.rows, report.taken_away), (2, 0));
    assert_eq!(report.head.to_string(), row.hash);
}

#[apply(both_engines)]
async fn rows_are_found_by_whatever_is_known(club: Club) {
    let boss = three_bans(&club).await;
    club.clock.advance_secs(60);
    let since = club.backend.clock().now();
    let missing = bans(&club, &boss, UserId(999), "cheating").await;
    assert_eq!(missing.unwrap_err().code(), Code::NotFound);
    let all = AuditRequest::default;
    let found = async |filter: AuditRequest| {
        let rows = kept(&club, &boss, filter).await;
        rows.iter().map(|row| row.seq).collect::<Vec<_>>()
    };
    let actor = Some(boss.user_id());
    assert_eq!(found(AuditRequest { actor, ..all() }).await, [5, 4, 3, 2]);
    let action = Some("staff/roles".to_owned());
    assert_eq!(found(AuditRequest { action, ..all() }).await, [1]);
    let subject = Some("999".to_owned());
    assert_eq!(found(AuditRequest { subject, ..all() }).await, [5]);
    let outcome = Some("not_found".to_owned());
    assert_eq!(found(AuditRequest { outcome, ..all() }).await, [5]);
    let (from, until) = (Some(since), Some(since));
    assert_eq!(
        found(AuditRequest {
            since: from,
            ..all()
        })
        .await,
        [5]
    );
    assert_eq!(found(AuditRequest { until, ..all() }).await, [4, 3, 2, 1]);
    let limit = Some(2);
    let first = club
        .backend
        .audit
        .list(&boss, AuditRequest { limit, ..all() });
    let first = first.await.unwrap();
    assert_eq!(first.items[1].seq, 4);
    let cursor = first.next_cursor;
    assert_eq!(found(AuditRequest { cursor, ..all() }).await, [3, 2, 1]);
}

#[apply(both_engines)]
async fn calls_at_once_stand_in_one_chain(club: Club) {
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await.member.user_id;
    let racing = club.clone();
    let answers = raced(8, move |number| {
        let (club, boss) = (racing.clone(), boss.clone());
        async move { bans(&club, &boss, ann, &format!("reason {number}")).await }
    });
    assert!(answers.await.iter().all(Result::is_ok));
    let report = club.backend.proofs.audit(None).await.unwrap().unwrap();
    assert_eq!(report.rows, 9);
}

#[apply(both_engines)]
async fn whatever_is_changed_in_a_row_is_found_and_the_row_is_named(club: Club) {
    three_bans(&club).await;
    assert_eq!(fault(&club, None).await, None);
    forges(
        &club,
        &["UPDATE audit_log SET outcome = 'oK' WHERE seq = 3"],
    )
    .await;
    let flaw = Flaw::WrongHash;
    assert_eq!(fault(&club, None).await, Some(Fault::Row { seq: 3, flaw }));
}

#[apply(both_engines)]
async fn a_row_that_is_taken_out_is_found(club: Club) {
    three_bans(&club).await;
    let out = [
        "DELETE FROM audit_personal WHERE seq = 2",
        "DELETE FROM audit_log WHERE seq = 2",
    ];
    forges(&club, &out).await;
    let flaw = Flaw::Gap;
    assert_eq!(fault(&club, None).await, Some(Fault::Row { seq: 3, flaw }));
}

#[apply(both_engines)]
async fn a_personal_value_that_is_another_is_found(club: Club) {
    three_bans(&club).await;
    forges(
        &club,
        &["UPDATE audit_personal SET value = 'a friend' WHERE seq = 2 AND field = 'reason'"],
    )
    .await;
    let flaw = Flaw::WrongValue;
    assert_eq!(fault(&club, None).await, Some(Fault::Row { seq: 2, flaw }));
}

/// Salt and value are hashed one behind the other: what is cut off the one must not pass for the other.
#[apply(both_engines)]
async fn a_personal_value_does_not_move_into_its_salt(club: Club) {
    three_bans(&club).await;
    let whole = match club.engine {
        Engine::Sqlite => "CAST(salt || CAST(value AS BLOB) AS BLOB)",
        Engine::Postgres => "salt || convert_to(value, 'UTF8')",
    };
    let moved = format!(
        "INSERT INTO audit_personal (seq, field, salt, value)
         SELECT seq, 'address', {whole}, '' FROM audit_personal WHERE seq = 2 AND field = 'reason'"
    );
    let address = "DELETE FROM audit_personal WHERE seq = 2 AND field = 'address'".to_owned();
    for (statement, is_done) in [(address, true), (moved, false)] {
        let statement = &statement;
        let write = club.backend.db().write(|tx| {
            async move {
                sqlx::query(AssertSqlSafe(statement.clone()))
                    .execute(&mut **tx)
                    .await?;
                Ok(())
            }
            .scope_boxed()
        });
        assert_eq!(write.await.is_ok(), is_done, "{statement}");
    }
}

#[apply(both_engines)]
async fn personal_values_may_be_taken_away_and_the_chain_holds(club: Club) {
    let boss = three_bans(&club).await;
    let all = kept(&club, &boss, AuditRequest::default()).await;
    let values = "SELECT COUNT(*) FROM audit_personal WHERE seq = 2";
    assert_eq!(number(&club, values).await, 3, "reason, after, address");
    let take = club.backend.db().write(|tx| {
        async move {
            let take = sqlx::query("DELETE FROM audit_personal WHERE seq = 2");
            take.execute(&mut **tx).await?;
            Ok(())
        }
        .scope_boxed()
    });
    take.await.unwrap();
    let report = club.backend.proofs.audit(None).await.unwrap().unwrap();
    assert_eq!((report.rows, report.taken_away), (4, 3));
    let left = kept(&club, &boss, AuditRequest::default()).await;
    let (was, is) = (&all[2], &left[2]);
    assert_eq!((is.hash.as_str(), is.reason.as_deref()), (&*was.hash, None));
}

#[apply(both_engines)]
async fn rows_cut_off_the_end_are_found_by_a_head_that_was_kept(club: Club) {
    let boss = three_bans(&club).await;
    let rows = kept(&club, &boss, AuditRequest::default()).await;
    let known = |row: &AuditRow| Some(row.hash.parse::<Hash>().unwrap());
    let (newest, before) = (known(&rows[0]), known(&rows[1]));
    assert_eq!(fault(&club, newest).await, None);
    let cut = [
        "DELETE FROM audit_personal WHERE seq = 4",
        "DELETE FROM audit_log WHERE seq = 4",
    ];
    forges(&club, &cut).await;
    let at_odds = Fault::Head {
        written: 4,
        proved: 3,
    };
    assert_eq!(fault(&club, None).await, Some(at_odds));
    // Whoever cuts it off moves the head as well.
    let hash = match club.engine {
        Engine::Sqlite => format!("x'{}'", rows[1].hash),
        Engine::Postgres => format!("decode('{}', 'hex')", rows[1].hash),
    };
    let moved = format!("UPDATE audit_head SET seq = 3, hash = {hash}");
    let write = club.backend.db().write(|tx| {
        let moved = moved.clone();
        async move {
            sqlx::query(AssertSqlSafe(moved)).execute(&mut **tx).await?;
            Ok(())
        }
        .scope_boxed()
    });
    write.await.unwrap();
    assert_eq!(fault(&club, None).await, None);
    assert_eq!(fault(&club, before).await, None);
    let cut_short = newest.map(Fault::CutShort);
    assert_eq!(fault(&club, newest).await, cut_short);
}

#[apply(both_engines)]
async fn rows_of_an_earlier_build_are_sealed_at_the_next_start(club: Club) {
    let boss = club.staff("boss").await;
    let actor = boss.user_id();
    // One that was written just now may have an older number than one that is still to be committed.
    let now = club.backend.clock().now().millis();
    for (id, action, at) in [
        (1, "products/upsert", 1),
        (2, "transactions/refund", 2),
        (3, "users/ban", now),
    ] {
        let row = format!(
            "INSERT INTO audit (id, actor, action, subject, state_before, state_after, outcome, created_at)
             VALUES ({id}, {actor}, '{action}', 'x', NULL, '{{}}', 'ok', {at})"
        );
        let row = &row;
        let write = club.backend.db().write(|tx| {
            async move {
                sqlx::query(AssertSqlSafe(row.clone()))
                    .execute(&mut **tx)
                    .await?;
                Ok(())
            }
            .scope_boxed()
        });
        write.await.unwrap();
    }
    for _ in 0..2 {
        another_process(&club, |_| ());
    }
    let rows = kept(&club, &boss, AuditRequest::default()).await;
    let seen: Vec<_> = rows.iter().map(|row| (row.seq, &*row.action)).collect();
    let sealed = [
        (3, "transactions/refund"),
        (2, "products/upsert"),
        (1, "staff/roles"),
    ];
    assert_eq!(seen, sealed);
    assert_eq!(rows[0].after.as_deref(), Some("{}"));
    assert_eq!(rows[0].created_at.millis(), 2);
    club.clock.advance_secs(61);
    club.backend.audit.tidy().await.unwrap();
    let rows = kept(&club, &boss, AuditRequest::default()).await;
    assert_eq!((rows[0].seq, &*rows[0].action), (4, "users/ban"));
    assert_eq!(fault(&club, None).await, None);
}

#[apply(both_engines)]
async fn what_needs_a_reason_gets_one_where_the_club_is_strict(engine: Engine) {
    for is_strict in [true, false] {
        let strict = |settings: &mut backend::Settings| settings.is_strict = is_strict;
        within(engine, strict, async |club| {
            let boss = club.staff("boss").await;
            let ann = club.member("ann").await.member.user_id;
            let accounts = &club.backend.accounts;
            let silent = accounts.ban(&boss, ann, BanRequest::default()).await;
            let row = &kept(&club, &boss, AuditRequest::default()).await[0];
            if is_strict {
                let refused = silent.unwrap_err().public();
                assert_eq!(refused.fields[0].field, "reason");
                assert_eq!(
                    (&*row.outcome, row.reason.as_deref()),
                    ("invalid", Some("-"))
                );
                bans(&club, &boss, ann, "cheating").await.unwrap();
                let lift = accounts.unban(&boss, ann, ReasonRequest::default());
                assert_eq!(lift.await.unwrap_err().code(), Code::Invalid);
                accounts
                    .unban(&boss, ann, because("a mistake"))
                    .await
                    .unwrap();
            } else {
                assert!(!silent.unwrap().is_active);
                assert_eq!((&*row.outcome, row.reason.as_deref()), ("ok", Some("-")));
            }
            let short = bans(&club, &boss, ann, "four").await.unwrap_err().public();
            assert_eq!(short.fields[0].code, "too_short");
        })
        .await;
    }
}

#[apply(both_engines)]
async fn what_strangers_ask_for_is_counted_by_the_minute_and_forgotten(club: Club) {
    let ann = club.member("ann").await.member.user_id;
    let audit = &club.backend.audit;
    for path in ["/a", "/a", "/b"] {
        audit.stranger(ann, path).await.unwrap();
    }
    club.clock.advance_secs(60);
    audit.stranger(ann, "/a").await.unwrap();
    let rows = "SELECT COUNT(*) FROM audit_strangers";
    let calls = "SELECT CAST(SUM(calls) AS BIGINT) FROM audit_strangers";
    assert_eq!(
        (number(&club, rows).await, number(&club, calls).await),
        (3, 4)
    );
    club.clock.advance_secs(30 * 24 * 60 * 60);
    audit.tidy().await.unwrap();
    assert_eq!(number(&club, rows).await, 1);
    club.clock.advance_secs(60);
    audit.tidy().await.unwrap();
    assert_eq!(number(&club, rows).await, 0);
}

#[apply(both_engines)]
async fn refusals_beyond_a_limit_leave_no_rows(engine: Engine) {
    let few = |settings: &mut backend::Settings| settings.limits.code_checks_per_minute = 2;
    within(engine, few, async |club| {
        let games = club.staff_as("gil", Role::Games).await;
        let ann = club.member("ann").await.member.user_id;
        let mut codes = Vec::new();
        for _ in 0..4 {
            codes.push(
                bans(&club, &games, ann, "cheating")
                    .await
                    .unwrap_err()
                    .code(),
            );
        }
        let (no, many) = (Code::Forbidden, Code::RateLimited);
        assert_eq!(codes, [no, no, many, many]);
        let rows = "SELECT COUNT(*) FROM audit_log WHERE outcome = 'forbidden'";
        assert_eq!(number(&club, rows).await, 2);
    })
    .await;
}

#[apply(both_engines)]
async fn who_listens_to_another_member_is_kept(club: Club) {
    let support = club.staff_as("sue", Role::Support).await;
    let boss = club.staff("boss").await;
    let ann = club.member("ann").await;
    let accounts = &club.backend.accounts;
    club.member("sue_too").await;
    accounts.promote("sue_too", Role::Support).await.unwrap();
    let sue = club.signs_in("sue_too").await;
    let (who, token) = (sue.member, sue.token.access_token);
    let wanted = crate::live::verbs::everything();
    let live = &club.backend.live;
    let origin = origin();
    let listening = live.listen(&who, &origin, token, ann.member.user_id, wanted);
    listening.await.unwrap();
    let row = &kept(&club, &boss, AuditRequest::default()).await[0];
    let subject = ann.member.user_id.to_string();
    assert_eq!((&*row.action, &*row.subject), ("users/listen", &*subject));
    // Who may not is kept as well.
    club.member("gil").await;
    accounts.promote("gil", Role::Games).await.unwrap();
    let gil = club.signs_in("gil").await;
    let (who, token) = (gil.member, gil.token.access_token);
    let wanted = crate::live::verbs::everything();
    let listening = live.listen(&who, &origin, token, ann.member.user_id, wanted);
    assert_eq!(listening.await.err().unwrap().code(), Code::Forbidden);
    let row = &kept(&club, &boss, AuditRequest::default()).await[0];
    assert_eq!((&*row.action, &*row.outcome), ("users/listen", "forbidden"));
    let refused = club.backend.audit.list(&support, AuditRequest::default());
    assert_eq!(refused.await.unwrap_err().code(), Code::Forbidden);
}
