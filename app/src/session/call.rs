//! Calls that survive an access token running out.

use std::future::Future;

use crate::error::PageError;

/// Calls a server function; a sign-in that has run out is renewed first, or once it is refused.
///
/// # Errors
/// What the call gave, at the second try if there was one.
pub async fn call<T, F>(request: impl Fn() -> F) -> Result<T, PageError>
where
    F: Future<Output = Result<T, PageError>>,
{
    #[cfg(feature = "hydrate")]
    {
        use super::renewal;
        renewal::ensure_fresh().await;
        let before = renewal::access_ends();
        let answer = request().await;
        if answer.as_ref().is_err_and(PageError::is_unauthenticated) && renewal::renew(before).await
        {
            return request().await;
        }
        answer
    }
    #[cfg(not(feature = "hydrate"))]
    request().await
}

/// Calls a server function that only members may call; asks nothing where nobody is signed in.
///
/// # Errors
/// What the call gave, or `unauthenticated`.
pub async fn call_as_member<T, F>(request: impl Fn() -> F) -> Result<T, PageError>
where
    F: Future<Output = Result<T, PageError>>,
{
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    if super::renewal::access_ends().is_none() {
        return Err(wire::Code::Unauthenticated.into());
    }
    call(request).await
}

/// Whether nobody is signed in, so that members' things need not be asked for.
pub async fn is_visitor() -> bool {
    #[cfg(feature = "ssr")]
    return crate::ssr::visitor()
        .await
        .is_ok_and(|member| member.is_none());
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    return super::renewal::access_ends().is_none();
    #[cfg(not(any(feature = "hydrate", feature = "ssr")))]
    true
}
