//! The document of the REST interface, generated from its handlers.

use axum::Router;
use utoipa::openapi::path::{Operation, Parameter};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{OpenApi as Document, RefOr};
use utoipa::{Modify, OpenApi};
use wire::live::Frame;
use wire::{Code, Problem};

use crate::reasons::{self, Reason};
use crate::routes;
use crate::state::AppState;

#[derive(OpenApi)]
#[openapi(
    info(title = "Casino-Club", description = "A free-to-play club: one ledger, games that can be checked."),
    components(schemas(Problem, Frame)),
    tags(
        (name = "health", description = "Whether the club is up, and on what it runs."),
        (name = "auth", description = "Signing up, in and out."),
        (name = "invite", description = "Invite codes."),
        (name = "rbac", description = "What a rank opens."),
        (name = "users", description = "Members, balances and ledgers."),
        (name = "fairness", description = "Seeds, commitments, and what it takes to check a hand."),
        (name = "games", description = "The catalogue, and the hands that were played."),
        (name = "play", description = "Sittings, statistics and leaderboards."),
        (name = "achievements", description = "What can be achieved, and its rewards."),
        (name = "slot", description = "Spinning the slot."),
        (name = "rps", description = "Rock-paper-scissors."),
        (name = "gacha", description = "Pulling for items."),
        (name = "crash", description = "A curve that climbs until it breaks off."),
        (name = "shop", description = "What is sold, buying it, receipts, and what a member owns."),
        (name = "admin", description = "Whoever runs the club; every change is kept, also a refused one."),
        (name = "live", description = "What the club tells a member without being asked."),
        (name = "notifications", description = "The list of what it told."),
    ),
    modifiers(&Bearer)
)]
struct Base;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut Document) {
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        document
            .components
            .get_or_insert_default()
            .security_schemes
            .insert("bearer".to_owned(), scheme.into());
    }
}

/// The REST interface without the system's own routes, and the document of both.
pub(crate) fn build() -> (Router<AppState>, Document) {
    let system = routes::health::router().split_for_parts().1;
    let (router, api) = routes::api().split_for_parts();
    let mut document = Base::openapi();
    document.merge(system);
    document.merge(api);
    for (is_change, operation) in operations(&mut document) {
        complete(is_change, operation);
    }
    (router, document)
}

/// The document as it is committed.
#[must_use]
pub fn json() -> String {
    let document = build().1;
    let mut text = document.to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}

/// Every operation, and whether its method may change something.
fn operations(document: &mut Document) -> impl Iterator<Item = (bool, &mut Operation)> {
    document.paths.paths.values_mut().flat_map(|item| {
        [
            (false, &mut item.get),
            (true, &mut item.put),
            (true, &mut item.post),
            (true, &mut item.delete),
            (true, &mut item.patch),
        ]
        .into_iter()
        .filter_map(|(is_change, operation)| Some((is_change, operation.as_mut()?)))
    })
}

/// Adds the refusals that follow from an operation's method and from what it takes.
fn complete(is_change: bool, operation: &mut Operation) {
    let parameters = operation.parameters.as_deref().unwrap_or_default();
    let takes = |name: &str| {
        let is_it = |it: &RefOr<Parameter>| matches!(it, RefOr::T(it) if it.name == name);
        parameters.iter().any(is_it)
    };
    let has_key = takes("Idempotency-Key");
    // What is signed is read as it came, once its signature counts.
    let is_parsed = !takes("X-Signature");
    let has_body = operation.request_body.is_some();
    let has_fields = has_body || !parameters.is_empty();
    let extensions = operation.extensions.as_mut();
    let (is_for_staff, is_confirmed) = extensions.map_or((false, false), |said| {
        // A refusal says it: two extensions would stand in another order with each run.
        let is_confirmed = said.remove("x-confirmation").is_some();
        (said.contains_key("x-permission"), is_confirmed)
    });
    let is_for_members = operation.security.is_some();
    let follows: [(bool, &[Reason]); 9] = [
        (is_change, &OF_A_CHANGE),
        (is_for_members, &OF_A_MEMBER),
        (is_for_staff, &OF_STAFF),
        (is_confirmed, &OF_A_CONFIRMATION),
        (is_for_members && !is_change, &OF_READING),
        (has_body, &OF_A_BODY),
        (has_body && is_parsed, &OF_A_TYPE),
        (has_fields && is_parsed, &OF_FIELDS),
        (has_key, &OF_A_KEY),
    ];
    for (_, reasons) in follows.iter().filter(|(does, _)| *does) {
        for reason in *reasons {
            reasons::add(&mut operation.responses, *reason);
        }
    }
    reasons::add_trouble(&mut operation.responses);
}

const OF_A_MEMBER: [Reason; 2] = [
    (
        Code::Unauthenticated,
        "no token, or one that does not count",
    ),
    (Code::Banned, ""),
];
const OF_STAFF: [Reason; 4] = [
    (Code::Forbidden, "for whoever runs the club"),
    (
        Code::StaffSessionRequired,
        "in production, in a session that was not opened by `/api/auth/admin/login`, or is over",
    ),
    (
        Code::SecondFactorRequired,
        "in production, of those who have none",
    ),
    (Code::RateLimited, "many such calls of somebody who may not"),
];
const OF_A_CONFIRMATION: [Reason; 1] = [(
    Code::ConfirmationRequired,
    "in production, 10 minutes after the sign-in or `/api/auth/confirm`",
)];
const OF_READING: [Reason; 1] = [(Code::RateLimited, "the member reads much within a minute")];
const OF_A_CHANGE: [Reason; 2] = [
    (
        Code::ForeignOrigin,
        "a page of another site, with the member's cookies",
    ),
    (Code::BodyTooLarge, "over 64 kB"),
];
const OF_A_BODY: [Reason; 1] = [(Code::MalformedBody, "not JSON, not UTF-8, or not its shape")];
const OF_A_TYPE: [Reason; 1] = [(Code::UnsupportedMediaType, "not JSON")];
const OF_FIELDS: [Reason; 1] = [(Code::Invalid, "see `fields`")];
const OF_A_KEY: [Reason; 2] = [
    (
        Code::InProgress,
        "a twin is under way, or it waited for too long",
    ),
    (
        Code::IdempotencyMismatch,
        "the key was used for another request",
    ),
];
