//! A member's second factor, and showing once more who one is.

use axum::extract::State;
use axum::http::StatusCode;
use utoipa_axum::routes;
use wire::auth::{
    ConfirmRequest, Confirmed, RecoveryCodes, RecoveryCodesRequest, TotpConfirmRequest,
    TotpDisableRequest, TotpSetup, TotpSetupRequest,
};

use crate::error::ApiResult;
use crate::extract::Json;
use crate::identity::{Caller, CameFrom};
use crate::reasons::refusals;
use crate::state::{AppState, Routes};

pub(super) fn router() -> Routes {
    Routes::new()
        .routes(routes!(set_up))
        .routes(routes!(confirm_totp))
        .routes(routes!(renew))
        .routes(routes!(disable))
        .routes(routes!(confirm))
}

refusals!(SetUpRefusals:
    WrongPassword: "it counts as a failed sign-in", SecondFactorSet: "one is confirmed",
    Locked: "with `Retry-After`", RateLimited: "with `Retry-After`",
);

/// Begins to set up a second factor (TOTP), which counts once it is confirmed. Again, it takes the place of
/// one that is not.
#[utoipa::path(
    post, path = "/api/auth/totp/setup", operation_id = "auth_totp_setup_v1", tag = "auth", security(("bearer" = [])),
    responses(
        (status = 200, description = "What an authenticator is told; it is shown once", body = TotpSetup),
        SetUpRefusals,
    )
)]
async fn set_up(
    State(state): State<AppState>,
    Caller(member): Caller,
    CameFrom(origin): CameFrom,
    Json(request): Json<TotpSetupRequest>,
) -> ApiResult<Json<TotpSetup>> {
    let accounts = &state.backend.accounts;
    let setup = accounts.set_up_second_factor(&member, &origin, request);
    Ok(Json(setup.await?))
}

refusals!(ConfirmTotpRefusals:
    WrongCode: "it counts as a failed sign-in", NotFound: "none is being set up in this session",
    SecondFactorSet: "it is confirmed", Locked: "with `Retry-After`", RateLimited: "with `Retry-After`",
);

/// Confirms a second factor with the first code of it, in the session in which it was begun and within 10
/// minutes. The member's other sessions end.
#[utoipa::path(
    post, path = "/api/auth/totp/confirm", operation_id = "auth_totp_confirm_v1", tag = "auth", security(("bearer" = [])),
    responses(
        (status = 200, description = "What takes the place of a code, each once; it is shown once", body = RecoveryCodes),
        ConfirmTotpRefusals,
    )
)]
async fn confirm_totp(
    State(state): State<AppState>,
    Caller(member): Caller,
    CameFrom(origin): CameFrom,
    Json(request): Json<TotpConfirmRequest>,
) -> ApiResult<Json<RecoveryCodes>> {
    let accounts = &state.backend.accounts;
    let codes = accounts.confirm_second_factor(&member, &origin, request);
    Ok(Json(codes.await?))
}

refusals!(RenewRefusals:
    WrongPassword: "it counts as a failed sign-in", WrongCode: "so does this", CodeRequired: "an empty one",
    NotFound: "no second factor is confirmed", Locked: "with `Retry-After`", RateLimited: "with `Retry-After`",
);

/// Makes recovery codes anew, in the place of those that the member has, used or not.
#[utoipa::path(
    post, path = "/api/auth/totp/recovery-codes", operation_id = "auth_totp_recovery_codes_v1", tag = "auth",
    security(("bearer" = [])),
    responses(
        (status = 200, description = "What takes the place of a code, each once; it is shown once", body = RecoveryCodes),
        RenewRefusals,
    )
)]
async fn renew(
    State(state): State<AppState>,
    Caller(member): Caller,
    CameFrom(origin): CameFrom,
    Json(request): Json<RecoveryCodesRequest>,
) -> ApiResult<Json<RecoveryCodes>> {
    let accounts = &state.backend.accounts;
    let codes = accounts.renew_recovery_codes(&member, &origin, request);
    Ok(Json(codes.await?))
}

refusals!(DisableRefusals:
    WrongPassword: "it counts as a failed sign-in", WrongCode: "so does this", CodeRequired: "an empty one",
    SecondFactorRequired: "of staff, in production", NotFound: "none is confirmed",
    Locked: "with `Retry-After`", RateLimited: "with `Retry-After`",
);

/// Gives up one's second factor, with its recovery codes.
#[utoipa::path(
    post, path = "/api/auth/totp/disable", operation_id = "auth_totp_disable_v1", tag = "auth", security(("bearer" = [])),
    responses((status = 204, description = "None is left"), DisableRefusals)
)]
async fn disable(
    State(state): State<AppState>,
    Caller(member): Caller,
    CameFrom(origin): CameFrom,
    Json(request): Json<TotpDisableRequest>,
) -> ApiResult<StatusCode> {
    let accounts = &state.backend.accounts;
    let disabled = accounts.disable_second_factor(&member, &origin, request);
    disabled.await?;
    Ok(StatusCode::NO_CONTENT)
}

refusals!(ConfirmRefusals:
    WrongPassword: "it counts as a failed sign-in", CodeRequired: "the password is right",
    WrongCode: "it counts as a failed sign-in", Locked: "with `Retry-After`",
    RateLimited: "with `Retry-After`",
);

/// Shows once more who one is, so that it counts in this session for 10 minutes; signing in by
/// `/api/auth/admin/login` does so as well.
#[utoipa::path(
    post, path = "/api/auth/confirm", operation_id = "auth_confirm_v1", tag = "auth", security(("bearer" = [])),
    responses(
        (status = 200, description = "Until when it counts", body = Confirmed),
        ConfirmRefusals,
    )
)]
async fn confirm(
    State(state): State<AppState>,
    Caller(member): Caller,
    CameFrom(origin): CameFrom,
    Json(request): Json<ConfirmRequest>,
) -> ApiResult<Json<Confirmed>> {
    let accounts = &state.backend.accounts;
    Ok(Json(accounts.confirm(&member, &origin, request).await?))
}
