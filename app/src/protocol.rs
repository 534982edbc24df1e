//! How a page calls the server: JSON there and back, through one function that all calls share.
//!
//! A form that is posted without JavaScript arrives URL-encoded at the same address. Either is read
//! as REST reads its requests, by `wire::read`.

use std::{marker::PhantomData, ops::Deref};

use leptos::server_fn::{
    Protocol,
    client::Client,
    codec::{IntoRes, Json},
    error::FromServerFnError,
    redirect::call_redirect_hook,
    request::Req,
    server::Server,
};
use send_wrapper::SendWrapper;
use serde::{Serialize, de::DeserializeOwned};
use wire::Code;

use crate::{
    browser::{self, Answer},
    build,
    error::PageError,
    paths::is_of_desk,
};

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// The protocol of every server function of ours.
///
/// Leptos' own carries a client of its own for every function into the page: request, response,
/// streams and two codecs. Here a function brings its arguments' and its answer's serde code only.
pub struct Post;

impl<I, O, C, S> Protocol<I, O, C, S, PageError> for Post
where
    I: Serialize + DeserializeOwned + Send,
    O: DeserializeOwned + IntoRes<Json, S::Response, PageError> + Send,
    C: Client<PageError>,
    S: Server<PageError>,
{
    const METHOD: http::Method = http::Method::POST;

    async fn run_server<F, Fut>(request: S::Request, function: F) -> Result<S::Response, PageError>
    where
        F: Fn(I) -> Fut + Send,
        Fut: Future<Output = Result<O, PageError>> + Send,
    {
        let input: I = asked(request).await?;
        function(input).await?.into_res().await
    }

    async fn run_client(path: &str, input: I) -> Result<O, PageError> {
        let body = written(&input)?;
        ask(path, &body).await
    }
}

/// The same, where one argument is all that is sent: its fields stand at the top, as those of a form
/// do. Lifting them there is not left to serde, which would read them through a shape of its own.
pub struct PostWhole<A>(PhantomData<A>);

impl<A, I, O, C, S> Protocol<I, O, C, S, PageError> for PostWhole<A>
where
    A: Serialize + DeserializeOwned + Send,
    I: From<A> + Deref<Target = A> + Send,
    O: DeserializeOwned + IntoRes<Json, S::Response, PageError> + Send,
    C: Client<PageError>,
    S: Server<PageError>,
{
    const METHOD: http::Method = http::Method::POST;

    async fn run_server<F, Fut>(request: S::Request, function: F) -> Result<S::Response, PageError>
    where
        F: Fn(I) -> Fut + Send,
        Fut: Future<Output = Result<O, PageError>> + Send,
    {
        let argument: A = asked(request).await?;
        function(I::from(argument)).await?.into_res().await
    }

    async fn run_client(path: &str, input: I) -> Result<O, PageError> {
        let body = written(&*input)?;
        ask(path, &body).await
    }
}

/// What a call asks for, as it came.
#[cfg(feature = "ssr")]
pub(crate) async fn asked<T: DeserializeOwned>(
    request: impl Req<PageError>,
) -> Result<T, PageError> {
    use crate::ssr::refuse;
    let is_form = request
        .to_content_type()
        .is_some_and(|kind| kind.starts_with(FORM));
    // The server has read it whole by now, and refused what it would not take.
    let body = request.try_into_bytes().await?;
    let asked = if is_form {
        wire::read::form(&body)
    } else {
        wire::read::json(&body)
    };
    asked.map_err(refuse)
}

/// The browser asks, and never answers.
#[cfg(not(feature = "ssr"))]
async fn asked<T>(_: impl Req<PageError>) -> Result<T, PageError> {
    Err(Code::Internal.into())
}

fn written(input: &impl Serialize) -> Result<String, PageError> {
    serde_json::to_string(input).map_err(|_| PageError::Offline)
}

async fn ask<O: DeserializeOwned>(path: &str, body: &str) -> Result<O, PageError> {
    read(&SendWrapper::new(send(path, JSON, body)).await?)
}

/// Sends the fields of a form to a server function; gives what it answers, see [`read`].
///
/// # Errors
/// What the server function gave, or [`PageError::Offline`].
pub(crate) fn send_form(
    path: &str,
    fields: &str,
) -> impl Future<Output = Result<String, PageError>> + Send {
    SendWrapper::new(send(path, FORM, fields))
}

/// What a server function answered.
///
/// # Errors
/// `internal`, where it is of another build.
pub(crate) fn read<T: DeserializeOwned>(answer: &str) -> Result<T, PageError> {
    serde_json::from_str(answer).map_err(|_| Code::Internal.into())
}

/// Posts to a path of ours, and takes in which build answers; gives nothing when it was not reached.
pub(crate) async fn post(path: &str, kind: &str, body: &str) -> Option<Answer> {
    let answer = browser::post(path, kind, body).await?;
    build::hear(answer.header(build::HEADER).as_deref());
    Some(answer)
}

/// Sends a body and gives the answer's text; follows where the server sends the page.
async fn send(path: &str, kind: &str, body: &str) -> Result<String, PageError> {
    let answer = post(path, kind, body).await.ok_or(PageError::Offline)?;
    let Answer {
        status, next, text, ..
    } = answer;
    if status >= 400 {
        return Err(PageError::de(text.into()));
    }
    if let Some(next) = next {
        follow(&next);
    }
    Ok(text)
}

/// Goes where the server sends the page.
fn follow(next: &str) {
    if !(is_of_desk(next) && browser::open(next)) {
        call_redirect_hook(next);
    }
}
