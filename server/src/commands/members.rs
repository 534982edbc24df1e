//! `promote-admin`, `staff reset-totp`, `invite create` and `announce`.

use backend::Backend;
use wire::invite::GenerateRequest;
use wire::live::Announcement;
use wire::staff::Role;

use crate::Failure;

pub(super) async fn promote(backend: &Backend, site_id: &str, role: Role) -> Result<(), Failure> {
    let user = backend
        .accounts
        .promote(site_id, role)
        .await
        .map_err(refused)?;
    println!(
        "{} (member {}) runs the club as {}",
        user.site_id,
        user.id,
        role.as_str()
    );
    Ok(())
}

pub(super) async fn reset_totp(backend: &Backend, site_id: &str) -> Result<(), Failure> {
    let accounts = &backend.accounts;
    let reset = accounts.reset_second_factor_by_command(site_id).await;
    let user = reset.map_err(refused)?;
    println!(
        "{} (member {}) has no second factor and is signed out",
        user.site_id, user.id
    );
    Ok(())
}

pub(super) async fn invite(
    backend: &Backend,
    max_uses: Option<i64>,
    days: Option<i64>,
) -> Result<(), Failure> {
    let request = GenerateRequest {
        max_uses,
        expires_in_days: days,
    };
    let invite = backend
        .invites
        .generate_by_command(request)
        .await
        .map_err(refused)?;
    println!("{}", invite.code);
    Ok(())
}

/// Servers write it into the members' notifications within a second or two.
pub(super) async fn announce(backend: &Backend, words: Announcement) -> Result<(), Failure> {
    println!("{}", backend.live.announce(words).await.map_err(refused)?);
    Ok(())
}

/// A refusal with the fields it is about.
pub(super) fn refused(error: backend::Error) -> Failure {
    let public = error.public();
    let fields: String = public
        .fields
        .iter()
        .map(|fault| format!("\n  {} {}", fault.field, fault.message))
        .collect();
    match error {
        backend::Error::Refused(refused) => Failure::Other(format!("{}{fields}", refused.message)),
        failed => Failure::Other(failed.to_string()),
    }
}
