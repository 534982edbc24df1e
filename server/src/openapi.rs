//! The document of the REST interface, generated from its handlers.

use axum::Router;
use utoipa::openapi::path::{Operation, Parameter};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{Content, OpenApi as Document, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{Modify, OpenApi};
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
    let parameters = operation.parameters.as_deref().unwrap_or_default();
    let is_key = |it: &RefOr<Parameter>| matches!(it, RefOr::T(it) if it.name == "Idempotency-Key");
    let has_key = parameters.iter().any(is_key);
    let takes_anything = operation.request_body.is_some() || !parameters.is_empty();
    let mut refusals = Vec::new();
    if operation.security.is_some() {
        refusals.push((
            "401",
            "`unauthenticated`: no token, or one that does not count",
        ));
        refusals.push(("403", "`banned`"));
    }
    if operation.tags.iter().flatten().any(|tag| tag == "admin") {
        refusals.push((
            "429",
            "`rate_limited`: many such calls of somebody who may not",
        ));
    }
    if operation.request_body.is_some() {
        refusals.push(("400", "`malformed_body`: not JSON, or not UTF-8"));
        refusals.push(("413", "`body_too_large`: over 64 kB"));
        refusals.push(("415", "`unsupported_media_type`: not JSON"));
    }
    if takes_anything {
        refusals.push(("422", "`invalid`: see `fields`"));
    }
    if has_key {
        refusals.push(("409", "`in_progress`: a twin is under way"));
        refusals.push((
            "422",
            "`idempotency_mismatch`: the key was used for another request",
        ));
    }
    refusals.push((
        "default",
        "Any other refusal: `timed_out`, `unavailable`, `internal`",
    ));
    let responses = &mut operation.responses.responses;
    for (status, what) in refusals {
        match responses.get_mut(status) {
            Some(RefOr::T(response)) => add(&mut response.description, what),
            Some(RefOr::Ref(_)) => {}
            None => {
                let response = ResponseBuilder::new().description(what).build();
                responses.insert(status.to_owned(), response.into());
            }
        }
    }
    for (status, response) in responses {
        if let RefOr::T(response) = response
            && (status == "default" || status.starts_with(['4', '5']))
        {
            shape(response);
        }
    }
}

/// Adds a refusal to what is said of its status already, unless it is among that.
fn add(said: &mut String, what: &str) {
    let code = what.split('`').nth(1).unwrap_or_default();
    if !said.contains(&format!("`{code}`")) {
        *said = format!("{said}; {what}");
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
