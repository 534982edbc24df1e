//! The pages, their server functions and their files.

use std::sync::LazyLock;

use app::document::manifest::manifest as manifest_for;
use app::document::offline;
use app::ssr::{PageSettings, Posted};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use backend::Backend;
use futures::StreamExt;
use futures::future::BoxFuture;
use futures::stream::{BoxStream, once};
use leptos::config::LeptosOptions;
use leptos::prelude::{IntoView, provide_context};
use leptos_axum::{
    AxumRouteListing, LeptosRoutes, file_and_error_handler_with_context, generate_route_list,
    handle_response_inner,
};
use tower::ServiceExt;
use tower_http::services::ServeDir;
use wire::Code;

use crate::error::ApiError;
use crate::layers;
use crate::state::AppState;

/// The name changes with the content.
const HASHED: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// The name stays: ask whether it is still the same.
const UNHASHED: HeaderValue = HeaderValue::from_static("no-cache");
/// Fonts and pictures change with a release at most.
const PUBLIC: HeaderValue = HeaderValue::from_static("public, max-age=86400");

const MANIFEST: HeaderValue = HeaderValue::from_static("application/manifest+json");
const SCRIPT: HeaderValue = HeaderValue::from_static("text/javascript; charset=utf-8");
/// What the language of an answer hangs on.
const LANGUAGE: HeaderValue = HeaderValue::from_static("Accept-Language, Cookie");

/// The paths of the pages. Listed once: while it lists them, Leptos holds back every resource of
/// the process, and a page rendered meanwhile would wait for ever.
static ROUTES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(app::App));
/// Those of the desk.
static DESK_ROUTES: LazyLock<Vec<AxumRouteListing>> =
    LazyLock::new(|| generate_route_list(app::desk::DeskApp));
/// Whatever else is asked for below the desk.
const DESK_REST: &str = "/admin/{*rest}";

/// Adds pages, server functions and files, and what answers where nothing else does.
pub(crate) fn mount(router: Router<AppState>, state: &AppState) -> Router<AppState> {
    let context = context(state.backend.clone(), state.pages);
    let options = state.http.site.clone();
    let shell = move || app::shell(options.clone());
    let pages = Router::new()
        .leptos_routes_with_context(state, ROUTES.clone(), context.clone(), shell)
        .merge(desk(&state.http.site, context.clone()))
        .layer(from_fn(layers::own))
        .layer(from_fn_with_state(state.clone(), layers::recognise));
    let missing = Router::new()
        .fallback(file_and_error_handler_with_context::<AppState, _>(
            context,
            app::shell,
        ))
        .layer(from_fn(layers::own))
        .layer(from_fn_with_state(state.clone(), layers::recognise))
        .with_state(state.clone());
    let files = files(&state.http.site);
    router
        .merge(pages)
        .route("/manifest.webmanifest", get(manifest))
        .route("/sw.js", get(worker))
        .nest_service(
            &format!("/{}", state.http.site.site_pkg_dir),
            built(&state.http.site),
        )
        .fallback(move |request: Request| fallback(request, files, missing))
        .method_not_allowed_fallback(async || ApiError::from(Code::MethodNotAllowed))
}

/// The pages of staff, which never wake: each is sent whole, and nothing besides that a script could go on from.
/// The functions that their forms post to are among the others' already. Some are posted to themselves: what they
/// answer is told once.
fn desk(
    site: &LeptosOptions,
    context: impl Fn() + Clone + Send + Sync + 'static,
) -> Router<AppState> {
    let (options, within) = (site.clone(), context.clone());
    let posted = move |parts: Parts, body: Bytes| {
        let (options, within) = (options.clone(), within.clone());
        let within = move || {
            within();
            provide_context(Posted(body.clone()));
        };
        let document = move || app::desk::shell(options);
        let request = Request::from_parts(parts, Body::empty());
        handle_response_inner(within, document, request, whole)
    };
    let options = site.clone();
    let page = move |request: Request| {
        let options = options.clone();
        let document = move || app::desk::shell(options);
        handle_response_inner(context.clone(), document, request, whole)
    };
    let router = Router::<AppState>::new()
        .leptos_routes_with_handler(DESK_ROUTES.clone(), page.clone())
        .route(DESK_REST, get(page));
    let paths = app::desk::POSTED.into_iter();
    paths.fold(router, |router, path| {
        router.route(path, post(posted.clone()))
    })
}

/// A document once all of it is there, without what a page that wakes is sent after it.
fn whole<V: IntoView + 'static>(
    document: V,
    _: Box<dyn FnOnce() -> BoxStream<'static, String> + Send>,
    _: bool,
) -> BoxFuture<'static, BoxStream<'static, String>> {
    Box::pin(async move {
        let text: String = document.to_html_stream_in_order().collect().await;
        StreamExt::boxed(once(async move { text }))
    })
}

/// What every page and server function finds in its context.
fn context(backend: Backend, settings: PageSettings) -> impl Fn() + Clone + Send + Sync + 'static {
    move || {
        provide_context(backend.clone());
        provide_context(settings);
    }
}

/// The club as an app among others, in the language of whoever asks.
async fn manifest(State(state): State<AppState>, headers: HeaderMap) -> impl IntoResponse {
    let head = [
        (header::CONTENT_TYPE, MANIFEST),
        (header::CACHE_CONTROL, UNHASHED),
        (header::VARY, LANGUAGE),
    ];
    let manifest = manifest_for(&headers, state.pages.jar);
    (head, manifest.to_string())
}

/// What answers in a browser that does not reach the club.
async fn worker() -> impl IntoResponse {
    let head = [
        (header::CONTENT_TYPE, SCRIPT),
        (header::CACHE_CONTROL, UNHASHED),
    ];
    (head, offline::worker())
}

/// The public folder, compressed ahead of time.
fn files(site: &LeptosOptions) -> ServeDir {
    ServeDir::new(&*site.site_root)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip()
}

/// Scripts, styles and wasm of this build.
fn built(site: &LeptosOptions) -> Router {
    let policy = if site.hash_files { HASHED } else { UNHASHED };
    let folder = ServeDir::new(format!("{}/{}", site.site_root, site.site_pkg_dir));
    let folder = folder
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip();
    Router::new()
        .fallback_service(folder)
        .layer(from_fn(move |request: Request, next: Next| {
            let policy = policy.clone();
            async move { cached(next.run(request).await, policy) }
        }))
}

/// A file that is there may be kept; one that is missing may come.
fn cached(mut response: Response, policy: HeaderValue) -> Response {
    if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
        response
            .headers_mut()
            .entry(header::CACHE_CONTROL)
            .or_insert(policy);
        return response;
    }
    if response.status() == StatusCode::NOT_FOUND {
        ApiError::from(Code::NotFound).into_response()
    } else {
        response
    }
}

/// Where no route matched: a problem under `/api`, else a public file, else the page that says so.
async fn fallback(request: Request, files: ServeDir, missing: Router) -> Response {
    let path = request.uri().path();
    if path == "/api" || path.starts_with("/api/") {
        return ApiError::from(Code::NotFound).into_response();
    }
    if !request.method().is_safe() {
        return respond(missing, request).await;
    }
    let (parts, body) = request.into_parts();
    let asked = Request::from_parts(parts.clone(), Body::empty());
    match files.oneshot(asked).await {
        Ok(found) if found.status() != StatusCode::NOT_FOUND => {
            cached(found.map(Body::new), PUBLIC)
        }
        Ok(_) => respond(missing, Request::from_parts(parts, body)).await,
        Err(never) => match never {},
    }
}

async fn respond(router: Router, request: Request) -> Response {
    match router.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}
