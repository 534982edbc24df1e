//! A form of the desk that was sent: what it asks for is done, or it is sent back. The one place that keeps what is
//! refused of it where no service keeps that.

use std::{marker::PhantomData, ops::Deref};

use backend::{Backend, Error, Staff};
use leptos::server_fn::{
    Protocol,
    client::Client,
    codec::{IntoRes, Json},
    server::Server,
};
use serde::{Serialize, de::DeserializeOwned};
use wire::{AppError, Code};

use super::place::Place;
use crate::{
    error::PageError,
    protocol::{PostWhole, asked},
    ssr,
};

/// What a form is called that could not be read: it could be any.
pub(super) const UNREAD: &str = "unread";

/// What stands in a form again whose act waits: the number of that.
pub(super) const WAITS: &str = "approval_id";

/// Why an act was not done, and whether it is kept that it was not.
#[derive(Debug)]
pub(super) enum Fault {
    /// It came to no service.
    Unkept(Error),
    /// Its service refused it, which keeps what it refuses.
    Kept(Error),
    /// It waits under this number for somebody else to grant it, which is kept.
    Waits(i64),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Unkept(error)
    }
}

impl From<AppError> for Fault {
    fn from(error: AppError) -> Self {
        Self::Unkept(error.into())
    }
}

impl From<Code> for Fault {
    fn from(code: Code) -> Self {
        Self::Unkept(code.into())
    }
}

impl Fault {
    /// The number of what waits.
    fn number(&self) -> Option<String> {
        match self {
            Self::Waits(id) => Some(id.to_string()),
            Self::Unkept(_) | Self::Kept(_) => None,
        }
    }

    /// What is told of it, once it is kept.
    pub(super) async fn kept(self, backend: &Backend, staff: &Staff) -> Error {
        let error = match self {
            Self::Kept(error) => return error,
            Self::Waits(_) => return Code::ApprovalWaits.into(),
            Self::Unkept(error) => error,
        };
        let code = match &error {
            // Somebody else's write was in the way: nothing was decided.
            Error::Refused(refusal) if refusal.code != Code::InProgress => refusal.code,
            _ => return error,
        };
        let kept = backend.audit.unreadable(staff, &ssr::route(), code).await;
        kept.err().unwrap_or(error)
    }
}

/// What somebody typed into which fields.
pub(super) type Typed = Vec<(&'static str, String)>;

/// A form that asks for an act.
pub(super) trait Sent: Sync {
    /// What the club answers.
    type Answer: Send;

    /// The page that it is on.
    fn page(&self) -> String;

    /// What it is called where it comes back refused.
    fn name(&self) -> String;

    /// What is to stand in it again: nothing by which somebody showed who they are.
    fn typed(&self) -> Typed;

    /// What it is called where its page tells that it was done.
    fn told_by(&self) -> String;

    /// What it left to say beside that, which passes through a cookie.
    fn told(&self, _: &Self::Answer) -> String {
        String::new()
    }

    /// Does what it asks for.
    fn act(
        &self,
        backend: &Backend,
        staff: &Staff,
    ) -> impl Future<Output = Result<Self::Answer, Fault>> + Send;
}

/// Does what a form asks for, and leads to its page, which tells so or shows why not. Whoever may not act as staff is
/// led there too, and on to where they get what they lack; what they typed waits for as long as the cookie lasts, and
/// until another form is refused, which the door's is where it is filled in wrong.
pub(super) async fn done<S: Sent>(sent: &S) -> Result<S::Answer, PageError> {
    let (page, name, typed) = (sent.page(), sent.name(), sent.typed());
    let typed: Vec<(&str, &str)> = typed
        .iter()
        .map(|(field, text)| (*field, &**text))
        .collect();
    let called = ssr::staff().await;
    let called = called.inspect_err(|error| ssr::send_back(&page, &name, &typed, error));
    let (backend, staff) = called?;
    let answer = match sent.act(&backend, &staff).await {
        Ok(answer) => answer,
        Err(fault) => {
            let number = fault.number();
            let error = fault.kept(&backend, &staff).await;
            let waits = number.as_deref().map(|number| (WAITS, number));
            let left: Vec<_> = typed.into_iter().chain(waits).collect();
            return Err(ssr::bounce(&page, &name, &left, error));
        }
    };
    ssr::tell(&page, &sent.told_by(), &sent.told(&answer));
    Ok(answer)
}

/// How the forms of the desk are posted: as those of one argument are, and what cannot be read is kept.
pub struct PostToDesk<A>(PhantomData<A>);

impl<A, I, O, C, S> Protocol<I, O, C, S, PageError> for PostToDesk<A>
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
        let argument: A = match asked(request).await {
            Ok(argument) => argument,
            Err(error) => return Err(unread(error).await),
        };
        function(I::from(argument)).await?.into_res().await
    }

    async fn run_client(path: &str, input: I) -> Result<O, PageError> {
        <PostWhole<A> as Protocol<I, O, C, S, PageError>>::run_client(path, input).await
    }
}

/// Leads from a form that could not be read to the first page of the desk, which says so: whose it was is not known.
async fn unread(error: PageError) -> PageError {
    let error = keep_unread(&error).await.err().unwrap_or(error);
    ssr::send_back(Place::Today.path(), UNREAD, &[], &error);
    error
}

/// Keeps that, where somebody sent it who may act as staff.
async fn keep_unread(error: &PageError) -> Result<(), PageError> {
    let (Some(code), Some(member)) = (error.code(), ssr::visitor().await?) else {
        return Ok(());
    };
    let origin = ssr::origin().await?;
    let Ok(staff) = member.staff(&origin) else {
        return Ok(());
    };
    let backend = ssr::backend()?;
    let kept = backend.audit.unreadable(&staff, &ssr::route(), code).await;
    kept.map_err(ssr::fail)
}
