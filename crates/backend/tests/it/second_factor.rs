//! A second factor, and what staff need it for where the club is strict.

mod acting;
mod begun;
mod codes;
mod confirmation;
mod guesses;
mod key;
mod own;
mod renewed;
mod reset;
mod strict;

use backend::accounts::OwnFactor;
use backend::{Backend, Clock, Member, Result};
use testkit::club::{PASSWORD, credentials, device, origin};
use testkit::{Authenticator, Club, Player, apply, both_engines, within};
use wire::auth::{
    AdminLoginRequest, ConfirmRequest, Confirmed, RecoveryCodes, RecoveryCodesRequest, Token,
    TotpConfirmRequest, TotpDisableRequest, TotpSetup, TotpSetupRequest,
};
use wire::staff::{AuditRequest, Role};
use wire::{Code, Secret, UserId};

use crate::crash::verbs::{another_process, number};
use crate::table::raced;

fn code<T>(answer: Result<T>) -> Option<Code> {
    answer.err().map(|error| error.code())
}

fn hidden(text: &str) -> Secret {
    Secret(text.to_owned())
}

/// Signs in at the door of staff.
async fn enters(backend: &Backend, name: &str, shown: Option<&str>) -> Result<Token> {
    let request = AdminLoginRequest {
        code: shown.map(hidden),
        ..credentials(name).into()
    };
    backend.accounts.admin_login(request, &device()).await
}

async fn sets_up(club: &Club, member: &Member, password: &str) -> Result<TotpSetup> {
    let request = TotpSetupRequest {
        password: hidden(password),
    };
    let accounts = &club.backend.accounts;
    accounts
        .set_up_second_factor(member, &origin(), request)
        .await
}

async fn confirms_factor(club: &Club, member: &Member, shown: &str) -> Result<RecoveryCodes> {
    let request = TotpConfirmRequest {
        code: hidden(shown),
    };
    let accounts = &club.backend.accounts;
    accounts
        .confirm_second_factor(member, &origin(), request)
        .await
}

async fn gives_up(club: &Club, member: &Member, password: &str, shown: &str) -> Result<()> {
    let request = TotpDisableRequest {
        password: hidden(password),
        code: hidden(shown),
    };
    let accounts = &club.backend.accounts;
    accounts
        .disable_second_factor(member, &origin(), request)
        .await
}

async fn renews(
    club: &Club,
    member: &Member,
    password: &str,
    shown: &str,
) -> Result<RecoveryCodes> {
    let request = RecoveryCodesRequest {
        password: hidden(password),
        code: hidden(shown),
    };
    let accounts = &club.backend.accounts;
    accounts
        .renew_recovery_codes(member, &origin(), request)
        .await
}

async fn confirms(
    club: &Club,
    member: &Member,
    password: &str,
    shown: Option<&str>,
) -> Result<Confirmed> {
    let request = ConfirmRequest {
        password: hidden(password),
        code: shown.map(hidden),
    };
    let accounts = &club.backend.accounts;
    accounts.confirm(member, &origin(), request).await
}

/// The member of these tokens, as they stand now.
async fn stands(club: &Club, token: &Token) -> Member {
    let accounts = &club.backend.accounts;
    accounts.authenticate(&token.access_token).await.unwrap()
}

/// A member of staff with a second factor, of which no code of the last minute was taken.
async fn guarded(club: &Club, name: &str) -> (Player, Authenticator, Vec<Secret>) {
    club.member(name).await;
    let accounts = &club.backend.accounts;
    accounts.promote(name, Role::Owner).await.unwrap();
    let player = club.signs_in(name).await;
    let (authenticator, codes) = club.has_factor(&player.member).await;
    club.clock.advance_secs(60);
    (player, authenticator, codes)
}

/// What somebody did, the newest first.
async fn acts_of(club: &Club, user: UserId) -> Vec<String> {
    let boss = club.staff("reader").await;
    let filter = AuditRequest {
        actor: Some(user),
        ..AuditRequest::default()
    };
    let rows = club.backend.audit.list(&boss, filter).await.unwrap();
    rows.items.into_iter().map(|row| row.action).collect()
}
