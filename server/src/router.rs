//! What answers where, and the layers around it.

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::any;
use tower::ServiceBuilder;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{Predicate, SizeAbove};
use utoipa_swagger_ui::SwaggerUi;

use crate::config::Environment;
use crate::state::AppState;
use crate::{layers, openapi, pages, routes};

/// Below this an answer is sent as it is.
const COMPRESS_BYTES_MIN: u16 = 1_024;
/// The browsable document runs its own files and nothing else; the hash is of the style in its logo.
const DOCS_CSP: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='; img-src 'self' data:; \
     connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

/// The whole club.
pub(crate) fn router(state: &AppState) -> Router {
    let (api, document) = openapi::build();
    let docs = SwaggerUi::new("/docs").url("/openapi.json", document);
    let docs = docs.config(utoipa_swagger_ui::Config::default().validator_url("none"));
    let docs = Router::from(docs).layer(from_fn(docs_policy));
    // A health check must be answered also when there is no room for anything else, and waits for no
    // body.
    let system = routes::health::router().split_for_parts().0;
    let system = within(system, state).layer(from_fn(layers::leave_body));
    let work = Router::new()
        .merge(api)
        .route("/api/games/{game}", any(routes::games::unknown))
        .route("/api/games/{game}/{call}", any(routes::games::unknown));
    let work = match state.http.environment {
        Environment::Test => work.merge(routes::test::router()),
        Environment::Development | Environment::Production => work,
    };
    let admit = from_fn_with_state(state.places.clone(), layers::admit);
    let work = pages::mount(work, state).layer(admit);
    let rest = within(Router::new().merge(docs).merge(work), state)
        .layer(from_fn_with_state(state.clone(), layers::receive));
    // The outermost first.
    let around = ServiceBuilder::new()
        .layer(from_fn_with_state(state.clone(), layers::identify))
        .layer(from_fn(layers::observe))
        .layer(from_fn_with_state(state.clone(), layers::secure))
        .layer(compression())
        .layer(from_fn(layers::render))
        .layer(CatchPanicLayer::custom(layers::panicked));
    Router::new()
        .merge(system)
        .merge(rest)
        .layer(around)
        .with_state(state.clone())
}

/// What a request meets once all of it is there.
fn within(router: Router<AppState>, state: &AppState) -> Router<AppState> {
    router.layer(
        ServiceBuilder::new()
            .layer(from_fn(layers::limit_time))
            .layer(from_fn_with_state(state.clone(), layers::check_origin)),
    )
}

/// Only what is made for each request; files lie compressed beside themselves.
fn compression() -> CompressionLayer<impl Predicate> {
    let is_text = |_: axum::http::StatusCode,
                   _: axum::http::Version,
                   headers: &axum::http::HeaderMap,
                   _: &axum::http::Extensions| {
        let kind = headers
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .unwrap_or_default();
        kind.starts_with("text/html") || kind.contains("json")
    };
    CompressionLayer::new()
        .quality(CompressionLevel::Fastest)
        .compress_when(SizeAbove::new(COMPRESS_BYTES_MIN).and(is_text))
}

async fn docs_policy(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, DOCS_CSP);
    response
}
