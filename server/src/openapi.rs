//! The document of the REST interface, generated from its handlers.

use axum::Router;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{Content, OpenApi as Document, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;
use wire::Problem;

use crate::routes;
use crate::state::AppState;

#[derive(OpenApi)]
#[openapi(
    info(title = "Casino-Club", description = "A free-to-play club: one ledger, games that can be checked."),
    components(schemas(Problem)),
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
        (name = "admin", description = "Whoever runs the club; every call is kept, also a refused one."),
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
    for operation in operations(&mut document) {
        complete(operation);
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

fn operations(document: &mut Document) -> impl Iterator<Item = &mut Operation> {
    document.paths.paths.values_mut().flat_map(|item| {
        [
            &mut item.get,
            &mut item.put,
            &mut item.post,
            &mut item.delete,
            &mut item.patch,
        ]
        .into_iter()
        .flatten()
    })
}

/// Adds the refusals that follow from what an operation takes, and gives each the shape of one.
fn complete(operation: &mut Operation) {
    let responses = &mut operation.responses.responses;
    let mut refuse = |status: &str, what: &str| {
        responses
            .entry(status.to_owned())
            .or_insert_with(|| ResponseBuilder::new().description(what).build().into());
    };
    if operation.security.is_some() {
        refuse(
            "401",
            "`unauthenticated`: no token, or one that does not count",
        );
    }
    if operation.request_body.is_some() {
        refuse("400", "`malformed_body`: not JSON, or not UTF-8");
        refuse("413", "`body_too_large`: over 64 kB");
        refuse("415", "`unsupported_media_type`: not JSON");
    }
    if operation.request_body.is_some()
        || operation
            .parameters
            .as_ref()
            .is_some_and(|all| !all.is_empty())
    {
        refuse("422", "`invalid`: see `fields`");
    }
    refuse(
        "default",
        "Any other refusal: `timed_out`, `unavailable`, `internal`",
    );
    for (status, response) in responses {
        if let RefOr::T(response) = response
            && (status == "default" || status.starts_with(['4', '5']))
        {
            shape(response);
        }
    }
}

fn shape(response: &mut Response) {
    if response.content.is_empty() {
        let problem = Content::new(Some(Ref::from_schema_name("Problem")));
        response
            .content
            .insert("application/problem+json".to_owned(), problem.into());
    }
}

/// Only used to say which state the routes want.
pub(crate) type Routes = OpenApiRouter<AppState>;
