//! What is sent with a password or a token in it shows neither to whoever debugs it.
#![expect(clippy::unwrap_used, reason = "a test that meets an error fails")]

use std::fmt::Debug;

use serde_json::json;
use wire::Secret;
use wire::auth::{
    AdminLoginRequest, ConfirmRequest, LoginRequest, RecoveryCodes, RecoveryCodesRequest,
    RefreshRequest, SignUpRequest, Token, TotpConfirmRequest, TotpDisableRequest, TotpSetup,
    TotpSetupRequest,
};
use wire::user::ProfileChange;

const SECRET: &str = "hunter2-hunter2";

fn token() -> Token {
    let user = json!({
        "id": 1, "site_id": "ann", "nickname": "ann", "phone_number": "01012345678",
        "rank": "STANDARD", "is_admin": false, "is_active": true, "level": 1, "experience": 0,
        "cyber_token_balance": 0, "created_at": "2026-01-01T00:00:00Z", "last_login": null,
    });
    Token {
        access_token: SECRET.to_owned(),
        refresh_token: SECRET.to_owned(),
        token_type: "bearer".to_owned(),
        expires_in: 1_800,
        user: serde_json::from_value(user).unwrap(),
    }
}

#[test]
fn no_request_and_no_answer_shows_a_secret() {
    let secret = || SECRET.to_owned();
    let hidden = || Secret(secret());
    let all: [&dyn Debug; 14] = [
        &SignUpRequest {
            site_id: "ann".to_owned(),
            nickname: "ann".to_owned(),
            phone_number: "01012345678".to_owned(),
            password: secret(),
            invite_code: "5858".to_owned(),
        },
        &LoginRequest {
            site_id: "ann".to_owned(),
            password: secret(),
        },
        &RefreshRequest {
            refresh_token: Some(secret()),
        },
        &token(),
        &ProfileChange {
            password: Some(secret()),
            current_password: Some(secret()),
            code: Some(hidden()),
            ..ProfileChange::default()
        },
        &hidden(),
        &AdminLoginRequest {
            site_id: "ann".to_owned(),
            password: secret(),
            code: Some(hidden()),
        },
        &TotpSetupRequest { password: hidden() },
        &TotpSetup {
            secret: hidden(),
            uri: hidden(),
            qr_svg: hidden(),
        },
        &TotpConfirmRequest { code: hidden() },
        &RecoveryCodes {
            recovery_codes: vec![hidden()],
        },
        &RecoveryCodesRequest {
            password: hidden(),
            code: hidden(),
        },
        &TotpDisableRequest {
            password: hidden(),
            code: hidden(),
        },
        &ConfirmRequest {
            password: hidden(),
            code: Some(hidden()),
        },
    ];
    for one in all {
        for shown in [format!("{one:?}"), format!("{one:#?}")] {
            assert!(!shown.contains("hunter2"), "{shown}");
        }
    }
}

#[test]
fn a_secret_is_sent_as_a_text_like_any_other() {
    let sent = serde_json::to_string(&Secret(SECRET.to_owned())).unwrap();
    assert_eq!(sent, format!("\"{SECRET}\""));
    let read: Secret = serde_json::from_str(&sent).unwrap();
    assert_eq!(read.0, SECRET);
}
