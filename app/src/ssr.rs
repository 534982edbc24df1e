//! What only the server does for a page: who asks, what to answer with, where to send them.

pub mod build;
pub mod cookies;
pub mod flash;
pub mod security;

use axum::{Extension, extract::MatchedPath};
use backend::limits::Limit;
use backend::{Arrival, Backend, Device, IdempotencyKey, Member, Origin, Staff};
use http::{HeaderValue, StatusCode, header, request::Parts};
use leptos::prelude::{expect_context, use_context};
use leptos::server_fn::Bytes;
use leptos_axum::ResponseOptions;
use wire::{AppError, Code};

use crate::{error::PageError, jar::Jar, paths::local_path, ssr::flash::Flash};

/// How pages are served; the server provides it as a context.
#[derive(Clone, Copy, Debug)]
pub struct PageSettings {
    /// How cookies are named.
    pub jar: Jar,
    /// How long an access token lasts, in seconds.
    pub access_ttl_secs: i64,
    /// How long a refresh token lasts, in seconds.
    pub refresh_ttl_secs: i64,
    /// Whether this is development, where the gallery is shown.
    pub development: bool,
    /// Whether payments are for practice, so that whoever pays chooses how they end.
    pub sandbox: bool,
}

impl PageSettings {
    /// The settings of this server; the safest ones while the routes are being listed.
    #[must_use]
    pub fn current() -> Self {
        use_context().unwrap_or(Self {
            jar: Jar::Host,
            access_ttl_secs: 0,
            refresh_ttl_secs: 0,
            development: false,
            sandbox: false,
        })
    }
}

/// The body of a form that was posted to a page, which is the answer itself: what is told once stands in no
/// cookie and in no address.
#[derive(Clone)]
pub struct Posted(pub Bytes);

/// The club's services.
///
/// # Errors
/// [`Code::Internal`] while the routes are being listed, when there are none.
pub fn backend() -> Result<Backend, PageError> {
    use_context::<Backend>().ok_or_else(|| Code::Internal.into())
}

/// The services and the member who asks.
///
/// # Errors
/// [`Code::Unauthenticated`] for anyone else.
pub async fn member() -> Result<(Backend, Member), PageError> {
    let member = visitor()
        .await?
        .ok_or_else(|| refuse(AppError::new(Code::Unauthenticated)))?;
    Ok((backend()?, member))
}

/// The services and the member who asks to read something.
///
/// # Errors
/// [`Code::Unauthenticated`] for anyone else, [`Code::RateLimited`] when they read much.
pub async fn reader() -> Result<(Backend, Member), PageError> {
    let (backend, member) = member().await?;
    count_reading(&backend, &member).await?;
    Ok((backend, member))
}

/// The services and the member who asks to read something, if it is one.
///
/// # Errors
/// [`Code::RateLimited`] when a member reads much.
pub async fn any_reader() -> Result<(Backend, Option<Member>), PageError> {
    let (backend, member) = (backend()?, visitor().await?);
    if let Some(member) = &member {
        count_reading(&backend, member).await?;
    }
    Ok((backend, member))
}

/// The services and whoever runs the club and asks, for a page of the desk or an act there. Somebody else who
/// asks is counted.
///
/// # Errors
/// [`Code::Unauthenticated`] for a visitor, [`Code::Forbidden`] for a member who does not run the club.
pub async fn staff() -> Result<(Backend, Staff), PageError> {
    let (backend, member) = member().await?;
    let origin = origin().await?;
    match backend.accounts.staff_call(&member, &origin).await {
        Ok(staff) => Ok((backend, staff)),
        Err(error) => Err(stranger(&backend, &member, error).await),
    }
}

/// The services, and whoever runs the club and asks for what is their own: they may be about to set up the second
/// factor that they need for anything else. Where they call from is what their own acts are kept with.
///
/// # Errors
/// As [`staff`].
pub async fn staff_themselves() -> Result<(Backend, Member, Origin), PageError> {
    let (backend, member) = member().await?;
    let origin = origin().await?;
    match backend.accounts.staff_call(&member, &origin).await {
        Err(error) if error.code() != Code::SecondFactorRequired => {
            Err(stranger(&backend, &member, error).await)
        }
        _ => Ok((backend, member, origin)),
    }
}

/// Counts a member who is refused as one of staff.
async fn stranger(backend: &Backend, member: &Member, error: backend::Error) -> PageError {
    if !matches!(error, backend::Error::Refused(_)) {
        return fail(error);
    }
    let counted = backend.audit.stranger(member.user_id, &route()).await;
    fail(counted.err().unwrap_or(error))
}

/// The route of the request as it is written down: what stands in the places of a path is anybody's text.
#[must_use]
pub fn route() -> String {
    let parts = use_context::<Parts>();
    let route = parts.and_then(|parts| parts.extensions.get::<MatchedPath>().cloned());
    route.map_or_else(String::new, |route| route.as_str().to_owned())
}

/// Counts a call that only reads. What a page reads while it is made was counted with the page.
async fn count_reading(backend: &Backend, member: &Member) -> Result<(), PageError> {
    let is_call = use_context::<Parts>().is_some_and(|parts| !parts.method.is_safe());
    if is_call {
        let who = member.user_id.to_string();
        let counted = backend.limits.check(Limit::Read, &who).await;
        counted.map_err(fail)?;
    }
    Ok(())
}

/// The member who asks, if it is one.
///
/// # Errors
/// [`Code::Internal`] when the server's own layer is missing.
pub async fn visitor() -> Result<Option<Member>, PageError> {
    let extension = leptos_axum::extract::<Extension<Option<Member>>>().await;
    extension
        .map(|Extension(member)| member)
        .map_err(|_| Code::Internal.into())
}

/// The refresh token that the browser shows, be it one that counts no more.
#[must_use]
pub fn refresh_token() -> Option<String> {
    let jar = PageSettings::current().jar;
    cookies::refresh_from(&use_context::<Parts>()?.headers, jar)
}

/// When the request came in.
///
/// # Errors
/// [`Code::Internal`] when the server's own layer is missing.
pub async fn arrival() -> Result<Arrival, PageError> {
    let extension = leptos_axum::extract::<Extension<Arrival>>().await;
    extension
        .map(|Extension(arrival)| arrival)
        .map_err(|_| Code::Internal.into())
}

/// Where the request comes from, as the audit log keeps it.
///
/// # Errors
/// [`Code::Internal`] when the server's own layer is missing.
pub async fn origin() -> Result<Origin, PageError> {
    let extension = leptos_axum::extract::<Extension<Origin>>().await;
    extension
        .map(|Extension(origin)| origin)
        .map_err(|_| Code::Internal.into())
}

/// The device that asks.
///
/// # Errors
/// [`Code::Internal`] when the server's own layer is missing.
pub async fn device() -> Result<Device, PageError> {
    let extension = leptos_axum::extract::<Extension<Device>>().await;
    extension
        .map(|Extension(device)| device)
        .map_err(|_| Code::Internal.into())
}

/// The key of a gesture.
///
/// # Errors
/// [`Code::Invalid`] when it is none.
pub fn key(text: &str) -> Result<IdempotencyKey, PageError> {
    IdempotencyKey::parse(text)
        .map_err(|_| refuse(AppError::field("key", "characters", "not a key")))
}

/// Turns a service's error into the page's, with the HTTP status of its code.
pub fn fail(error: backend::Error) -> PageError {
    let public = error.public();
    if matches!(public.code, Code::Internal | Code::Unavailable) {
        leptos::logging::error!("a page's call failed: {error}");
    }
    refuse(public)
}

/// Refuses with the HTTP status of the code; a plain form post is sent back instead and keeps its 302. What is posted
/// to a page is answered by it, unless that sends it back.
pub fn refuse(error: AppError) -> PageError {
    let is_answered = !is_plain_form() || use_context::<Posted>().is_some();
    if is_answered
        && let (Some(response), Ok(status)) = (
            use_context::<ResponseOptions>(),
            StatusCode::from_u16(error.code.status()),
        )
    {
        response.set_status(status);
        if let Some(secs) = error.retry_after_secs {
            response.insert_header(header::RETRY_AFTER, HeaderValue::from(secs));
        }
    }
    PageError::Refused(error)
}

/// Sends a browser to a path of ours, or to the front page; the caller returns right after.
pub fn redirect(path: &str) {
    leptos_axum::redirect(local_path(path).unwrap_or("/"));
}

/// Ends a form's server function well: a plain form post goes to `path`, a page decides for itself.
pub fn done(path: &str) {
    if is_plain_form() {
        redirect(path);
    }
}

/// The same, with something that its page shows once. It passes through a cookie, which is bound to no session, is
/// anybody's who sits down at that browser within the minute, and is in each request until it is read: nothing secret
/// and nothing personal, by which somebody is known or reached. What is told to one reader once is the answer of the
/// post itself ([`Posted`]).
pub fn tell(path: &str, form: &str, told: &str) {
    if is_plain_form() {
        flash::tell(form, told);
        redirect(path);
    }
}

/// Ends a form's server function badly: a plain form post goes back to its page, which shows what
/// was wrong and what had been typed.
pub fn bounce(path: &str, form: &str, values: &[(&str, &str)], error: backend::Error) -> PageError {
    let error = fail(error);
    send_back(path, form, values, &error);
    error
}

/// The same for what was refused before a service was asked.
pub fn send_back(path: &str, form: &str, values: &[(&str, &str)], error: &PageError) {
    if is_plain_form() {
        Flash::refused(form, error, values).send();
        redirect(path);
    }
}

/// Whether a form was posted without JavaScript.
fn is_plain_form() -> bool {
    use_context::<Parts>().is_some_and(|parts| {
        let accept = parts
            .headers
            .get(header::ACCEPT)
            .and_then(|value| value.to_str().ok());
        parts.method == http::Method::POST
            && accept.is_some_and(|accept| accept.contains("text/html"))
    })
}

/// A cookie of the request that is being answered.
pub(crate) fn cookie(name: &str) -> Option<String> {
    let jar = PageSettings::current().jar;
    cookies::value(&use_context::<Parts>()?.headers, name, jar)
}

/// The headers of the answer that is being made.
pub(crate) fn response() -> ResponseOptions {
    expect_context()
}
