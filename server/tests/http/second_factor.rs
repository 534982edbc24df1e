//! A second factor by REST, and what staff need it for where the club is strict.

use serde_json::{Value, json};
use testkit::club::{PASSWORD, strict};
use testkit::{Authenticator, Club, apply, both_engines, within};
use wire::staff::Role;

use crate::app::TestApp;
use crate::member::{Member, credentials};
use crate::page_calls::path_of;
use crate::staff::calls;

const SET_UP: &str = "/api/auth/totp/setup";
const CONFIRM: &str = "/api/auth/totp/confirm";
const DISABLE: &str = "/api/auth/totp/disable";
const RENEW: &str = "/api/auth/totp/recovery-codes";
const SHOW: &str = "/api/auth/confirm";
const DOOR: &str = "/api/auth/admin/login";

fn password() -> Value {
    json!({"password": PASSWORD})
}

/// The same, with this code.
fn with_code(body: &Value, code: impl Into<Value>) -> Value {
    let mut body = body.clone();
    body["code"] = code.into();
    body
}

/// A code that was not shown before.
fn fresh(club: &Club, authenticator: &Authenticator) -> String {
    club.clock.advance_secs(30);
    authenticator.code(club.backend.clock().now())
}

/// Sets a second factor up; gives what makes its codes, and the recovery codes.
async fn has_factor(club: &Club, member: &Member) -> (Authenticator, Value) {
    let setup = member.post(SET_UP, &password()).await.with(200);
    let authenticator = Authenticator::of(setup["secret"].as_str().unwrap());
    let first = json!({"code": fresh(club, &authenticator)});
    let codes = member.post(CONFIRM, &first).await.with(200);
    (authenticator, codes["recovery_codes"].clone())
}

#[apply(both_engines)]
async fn a_second_factor_is_set_up_and_given_up(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let early = json!({"code": "123456"});
    ann.post(CONFIRM, &early).await.refused(404, "not_found");
    let setup = ann.post(SET_UP, &password()).await.with(200);
    let text = |name: &str| setup[name].as_str().unwrap();
    assert!(text("uri").contains(text("secret")), "{setup}");
    assert!(text("qr_svg").starts_with("<svg"), "{setup}");
    let authenticator = Authenticator::of(text("secret"));
    let short = json!({"code": "12345"});
    ann.post(CONFIRM, &short).await.refused(401, "wrong_code");
    let first = json!({"code": fresh(&club, &authenticator)});
    let codes = ann.post(CONFIRM, &first).await.with(200)["recovery_codes"].clone();
    assert_eq!(codes.as_array().unwrap().len(), 10);
    for (path, body) in [(CONFIRM, &first), (SET_UP, &password())] {
        ann.post(path, body).await.refused(409, "second_factor_set");
    }
    let disable = async |code: &Value| {
        let both = with_code(&password(), code.clone());
        ann.post(DISABLE, &both).await
    };
    disable(&json!("")).await.refused(401, "code_required");
    // It was used to confirm.
    disable(&first["code"]).await.refused(401, "wrong_code");
    disable(&codes[0]).await.with(204);
    disable(&codes[1]).await.refused(404, "not_found");
}

#[apply(both_engines)]
async fn passwords_are_guessed_there_no_oftener_than_at_the_door(club: Club) {
    let app = TestApp::serve(&club).await;
    let wrong = json!({"password": "not the password"});
    for (name, path) in [
        ("ann", SET_UP),
        ("bob", DISABLE),
        ("eve", SHOW),
        ("joe", RENEW),
    ] {
        let member = Member::join(&app, name).await;
        let body = match path {
            DISABLE | RENEW => {
                has_factor(&club, &member).await;
                with_code(&wrong, "123456")
            }
            _ => wrong.clone(),
        };
        for _ in 0..5 {
            let guess = member.post(path, &body).await;
            guess.refused(403, "wrong_password");
        }
        member.post(path, &body).await.refused(429, "locked");
    }
}

#[apply(both_engines)]
async fn first_codes_are_guessed_no_oftener_than_passwords(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    ann.post(SET_UP, &password()).await.with(200);
    let wrong = json!({"code": "12345"});
    for _ in 0..5 {
        ann.post(CONFIRM, &wrong).await.refused(401, "wrong_code");
    }
    ann.post(CONFIRM, &wrong).await.refused(429, "locked");
}

#[apply(both_engines)]
async fn recovery_codes_are_made_anew(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let renews = async |code: &Value| {
        let both = with_code(&password(), code.clone());
        ann.post(RENEW, &both).await
    };
    renews(&json!("12345")).await.refused(404, "not_found");
    let (_, codes) = has_factor(&club, &ann).await;
    renews(&json!("")).await.refused(401, "code_required");
    renews(&json!("12345")).await.refused(401, "wrong_code");
    let fresh = renews(&codes[0]).await.with(200)["recovery_codes"].clone();
    assert_eq!(fresh.as_array().unwrap().len(), 10);
    renews(&codes[1]).await.refused(401, "wrong_code");
    renews(&fresh[0]).await.with(200);
}

#[apply(both_engines)]
async fn another_password_wants_a_code_of_who_has_a_second_factor(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let (authenticator, _) = has_factor(&club, &ann).await;
    let bare = json!({"current_password": PASSWORD, "password": "another password"});
    let changes = async |body: &Value| ann.put("/api/users/profile", body).await;
    changes(&bare).await.refused(401, "code_required");
    let wrong = with_code(&bare, "12345");
    changes(&wrong).await.refused(401, "wrong_code");
    // By the page as well.
    let page = path_of("change_password");
    for body in [&bare, &wrong] {
        assert_eq!(ann.post(page, body).await.status, 401);
    }
    let right = with_code(&bare, fresh(&club, &authenticator));
    assert_eq!(changes(&right).await.with(200)["site_id"], "ann");
}

#[apply(both_engines)]
async fn the_door_of_staff_and_a_confirmation_ask_for_a_code(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let (authenticator, codes) = has_factor(&club, &boss).await;
    let bare = credentials("boss");
    app.post(DOOR, &bare).await.refused(401, "code_required");
    let enters = async |code: &Value| app.post(DOOR, &with_code(&bare, code.clone())).await;
    // A form sends an empty field along.
    enters(&json!("")).await.refused(401, "code_required");
    enters(&json!("12345")).await.refused(401, "wrong_code");
    let shown = json!(fresh(&club, &authenticator));
    enters(&shown).await.with(200);
    enters(&shown).await.refused(401, "wrong_code");
    enters(&codes[0]).await.with(200);
    enters(&codes[0]).await.refused(401, "wrong_code");
    app.post("/api/auth/login", &bare).await.with(200);
    boss.post(SHOW, &password())
        .await
        .refused(401, "code_required");
    let confirms = async |code: &str| boss.post(SHOW, &with_code(&password(), code)).await;
    confirms("12345").await.refused(401, "wrong_code");
    let shown = fresh(&club, &authenticator);
    assert!(confirms(&shown).await.with(200)["until"].is_string());
}

#[apply(both_engines)]
async fn an_owner_resets_the_second_factor_of_somebody_else(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    has_factor(&club, &ann).await;
    has_factor(&club, &boss).await;
    let reason = json!({"reason": "a test"});
    let resets = async |of: &str, body: &Value| {
        let path = format!("/api/admin/users/{of}/totp/reset");
        boss.post(&path, body).await
    };
    let (hers, own) = (ann.id.to_string(), boss.id.to_string());
    resets(&own, &reason).await.refused(403, "own_account");
    let short = json!({"reason": "why"});
    resets(&hers, &short).await.refuses_field("reason");
    resets("ann", &reason).await.refuses_field("user_id");
    let row = resets(&hers, &reason).await.with(200);
    assert_eq!(row["id"], ann.id);
    ann.get("/api/auth/me")
        .await
        .refused(401, "unauthenticated");
    for nothing in [hers.as_str(), "999"] {
        resets(nothing, &reason).await.refused(404, "not_found");
    }
}

#[apply(both_engines)]
async fn staff_keep_theirs_where_the_club_is_strict(engine: Engine) {
    within(engine, strict, async |club| {
        let app = TestApp::serve(&club).await;
        let boss = Member::promoted(&app, "boss").await;
        let (authenticator, _) = has_factor(&club, &boss).await;
        let both = with_code(&password(), fresh(&club, &authenticator));
        boss.post(DISABLE, &both)
            .await
            .refused(403, "second_factor_required");
    })
    .await;
}

/// What a rank opens is open to whoever acts as staff, not to whoever could.
#[apply(both_engines)]
async fn what_a_rank_opens_is_open_to_staff_in_a_session_of_theirs(engine: Engine) {
    within(engine, strict, async |club| {
        let app = TestApp::serve(&club).await;
        let (boss, _) = club.owner("boss").await;
        let token = serde_json::to_value(&boss.token).unwrap();
        let as_staff = Member::of(&app.client, &app.base, &token);
        let login = app.post("/api/auth/login", &credentials("boss")).await;
        let as_member = Member::of(&app.client, &app.base, &login.with(200));
        for path in ["/api/rbac/premium", "/api/rbac/vip"] {
            as_staff.get(path).await.with(200);
            as_member.get(path).await.refused(403, "forbidden");
        }
    })
    .await;
}

/// The whole matrix: each call of staff's in each kind of session of an owner's.
#[apply(both_engines)]
async fn each_call_of_staff_asks_for_what_the_document_says_where_the_club_is_strict(
    engine: Engine,
) {
    within(engine, strict, asks_for_it).await;
}

async fn asks_for_it(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let bare = Member::promoted(&app, "bare").await;
    let login = app.post("/api/auth/login", &credentials("bare")).await;
    let as_member = Member::of(&app.client, &app.base, &login.with(200));
    let (boss, authenticator) = club.owner("boss").await;
    let token = serde_json::to_value(&boss.token).unwrap();
    let boss = Member::of(&app.client, &app.base, &token);
    // What the sign-in confirmed has run out.
    club.clock.advance_secs(10 * 60);
    for call in calls() {
        let refused = call.on(&ann, &as_member).await;
        refused.refused(403, "staff_session_required");
        let refused = call.on(&ann, &bare).await;
        refused.refused(403, "second_factor_required");
        let answer = call.on(&ann, &boss).await;
        let is_asked = answer.status == 403 && answer.json()["code"] == "confirmation_required";
        assert_eq!(is_asked, call.is_confirmed, "{}: {answer:?}", call.id);
    }
    let confirm = with_code(&password(), fresh(&club, &authenticator));
    boss.post(SHOW, &confirm).await.with(200);
    for call in calls().iter().filter(|call| call.is_confirmed) {
        let answer = call.on(&ann, &boss).await;
        assert_ne!(answer.status, 403, "{}: {answer:?}", call.id);
    }
}

/// In sessions of theirs that are confirmed, each role may what it may anywhere.
#[apply(both_engines)]
async fn each_role_may_what_the_table_says_where_the_club_is_strict(engine: Engine) {
    within(engine, strict, async |club| {
        let app = TestApp::serve(&club).await;
        let ann = Member::join(&app, "ann").await;
        for role in Role::ALL {
            let name = format!("the_{}", role.as_str());
            club.member(&name).await;
            let accounts = &club.backend.accounts;
            accounts.promote(&name, *role).await.unwrap();
            let (staff, _) = club.enters(&name).await;
            let token = serde_json::to_value(&staff.token).unwrap();
            let staff = Member::of(&app.client, &app.base, &token);
            for call in calls() {
                let answer = call.on(&ann, &staff).await;
                let is_refused = answer.status == 403;
                let may = call.is_for(*role);
                assert_eq!(is_refused, !may, "{role:?} at {}: {answer:?}", call.id);
            }
        }
    })
    .await;
}
