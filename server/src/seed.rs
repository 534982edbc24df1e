//! Demo members of a fresh club on a developer's machine.

use backend::accounts::DEMO_PASSWORDS;
use backend::{Backend, Device};
use wire::auth::SignUpRequest;
use wire::invite::GenerateRequest;
use wire::staff::Role;
use wire::{Code, UserId};

/// A demo member; the password is no secret, and nobody else may choose it. Production does not start
/// while it opens the account.
pub(crate) struct Demo {
    pub(crate) site_id: &'static str,
    pub(crate) password: &'static str,
    phone_number: &'static str,
    runs_the_club: bool,
}

/// The members that a fresh club in development starts with.
pub(crate) const DEMOS: [Demo; 2] = [
    Demo {
        site_id: "demo",
        password: DEMO_PASSWORDS[0],
        phone_number: "01000000001",
        runs_the_club: false,
    },
    Demo {
        site_id: "admin",
        password: DEMO_PASSWORDS[1],
        phone_number: "01000000002",
        runs_the_club: true,
    },
];

/// Makes the demo members when the club has no member yet; tells whether the club has them.
pub(crate) async fn demo_members(backend: &Backend) -> backend::Result<bool> {
    // Ids count from 1, so that the first member tells whether there is one.
    match backend.accounts.public(UserId(1)).await {
        Ok(first) => return Ok(first.nickname == DEMOS[0].site_id),
        Err(error) if error.code() == Code::NotFound => {}
        Err(error) => return Err(error),
    }
    for demo in &DEMOS {
        join(backend, demo).await?;
    }
    Ok(true)
}

/// The site ids whose account their demo password opens.
pub(crate) async fn opened(backend: &Backend) -> backend::Result<Vec<&'static str>> {
    let mut opened = Vec::new();
    for demo in &DEMOS {
        let (site_id, password) = (demo.site_id, demo.password);
        if backend.accounts.is_opened_by(site_id, password).await? {
            opened.push(site_id);
        }
    }
    Ok(opened)
}

async fn join(backend: &Backend, demo: &Demo) -> backend::Result<()> {
    let device = Device {
        address: "127.0.0.1".to_owned(),
        user_agent: "casino-club serve".to_owned(),
    };
    let once = GenerateRequest {
        max_uses: Some(1),
        expires_in_days: None,
    };
    let invite = backend.invites.generate_by_command(once).await?;
    let request = SignUpRequest {
        site_id: demo.site_id.to_owned(),
        nickname: demo.site_id.to_owned(),
        phone_number: demo.phone_number.to_owned(),
        password: demo.password.to_owned(),
        invite_code: invite.code,
    };
    let token = backend.accounts.sign_up_demo(request, &device).await?;
    // Nobody holds this first session.
    let member = backend.accounts.authenticate(&token.access_token).await?;
    backend.accounts.logout_all(&member).await?;
    if demo.runs_the_club {
        backend.accounts.promote(demo.site_id, Role::Owner).await?;
    }
    Ok(())
}
