//! Members, as staff see them.

use axum::extract::State;
use axum::http::StatusCode;
use backend::Wish;
use utoipa_axum::routes;
use wire::desk::{
    MemberEdit, MemberList, MemberNote, MemberRow, MemberWhole, MembersRequest, NoteRequest,
    ShownPhone, TimelineItem, TokensMoved, TokensRequest, Waits, WeighRequest, Weighed,
};
use wire::page::PageRequest;
use wire::{Page, UserId};

use super::weighed::Answered;
use crate::error::ApiResult;
use crate::extract::{At, Json, Key, KeyHeader, OfMember, On, Query};
use crate::identity::StaffCall;
use crate::number::Number;
use crate::reasons::refusals;
use crate::state::{AppState, Routes};

pub(super) fn router() -> Routes {
    Routes::new()
        .routes(routes!(list))
        .routes(routes!(find, edit))
        .routes(routes!(timeline))
        .routes(routes!(show_phone))
        .routes(routes!(add_tokens))
        .routes(routes!(deduct_tokens))
        .routes(routes!(unlock))
        .routes(routes!(end_sessions))
        .routes(routes!(note))
}

/// Under which key, a member's account, in which way, and what is to move.
type OnAccount = On<Key, On<At<Number, Query<WeighRequest>>, Json<TokensRequest>>>;

/// Members, searched, filtered and sorted, a page of them.
#[utoipa::path(
    get, path = "/api/admin/users", operation_id = "admin_members_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("members_read"))),
    params(MembersRequest),
    responses(
        (status = 200, description = "Those that the filter lets through, and how many there are", body = MemberList),
    )
)]
async fn list(
    State(state): State<AppState>,
    StaffCall(staff, Query(request)): StaffCall<Query<MembersRequest>>,
) -> ApiResult<Json<MemberList>> {
    let accounts = &state.backend.accounts;
    Ok(Json(accounts.members(&staff, request).await?))
}

refusals!(FindRefusals: NotFound: "no such member");

/// A member, whole, with the newest of what they did; also one who is gone.
#[utoipa::path(
    get, path = "/api/admin/users/{user_id}", operation_id = "admin_member_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("members_read"))),
    params(OfMember),
    responses(
        (status = 200, description = "As they stand now", body = MemberWhole),
        FindRefusals,
    )
)]
async fn find(
    State(state): State<AppState>,
    StaffCall(staff, Number(user)): StaffCall<Number>,
) -> ApiResult<Json<MemberWhole>> {
    let desk = &state.backend.desk;
    Ok(Json(desk.member(&staff, UserId(user)).await?))
}

refusals!(EditRefusals:
    NotFound: "no such member", NicknameTaken, PhoneTaken,
    EditConflict: "the member changed since they were read",
    OwnAccount: "the account is that of whoever asks, and somebody else could do it",
);

/// Changes a member's nickname, phone number and rank; what is left out stays.
#[utoipa::path(
    patch, path = "/api/admin/users/{user_id}", operation_id = "admin_edit_member_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("members")), ("x-confirmation" = json!(true))),
    params(OfMember), request_body = MemberEdit,
    responses(
        (status = 200, description = "As they stand now", body = MemberRow),
        EditRefusals,
    )
)]
async fn edit(
    State(state): State<AppState>,
    StaffCall(staff, On(Number(user), Json(request))): StaffCall<On<Number, Json<MemberEdit>>>,
) -> ApiResult<Json<MemberRow>> {
    let accounts = &state.backend.accounts;
    Ok(Json(accounts.edit(&staff, UserId(user), request).await?))
}

refusals!(TimelineRefusals: NotFound: "no such member");

/// What happened to a member: sign-ins, transfers, hands, receipts, notices, what staff did and noted.
#[utoipa::path(
    get, path = "/api/admin/users/{user_id}/timeline", operation_id = "admin_timeline_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("members_read"))),
    params(OfMember, PageRequest),
    responses(
        (status = 200, description = "Newest first", body = Page<TimelineItem>),
        TimelineRefusals,
    )
)]
async fn timeline(
    State(state): State<AppState>,
    StaffCall(staff, At(Number(user), Query(page))): StaffCall<At<Number, Query<PageRequest>>>,
) -> ApiResult<Json<Page<TimelineItem>>> {
    let desk = &state.backend.desk;
    Ok(Json(desk.timeline(&staff, UserId(user), page).await?))
}

refusals!(ShowPhoneRefusals: NotFound: "no such member");

/// A member's whole phone number; who looks at it is kept.
#[utoipa::path(
    post, path = "/api/admin/users/{user_id}/phone", operation_id = "admin_show_phone_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("members"))),
    params(OfMember),
    responses(
        (status = 200, description = "As it is now", body = ShownPhone),
        ShowPhoneRefusals,
    )
)]
async fn show_phone(
    State(state): State<AppState>,
    StaffCall(staff, Number(user)): StaffCall<Number>,
) -> ApiResult<Json<ShownPhone>> {
    let accounts = &state.backend.accounts;
    Ok(Json(accounts.phone_number(&staff, UserId(user)).await?))
}

refusals!(AddTokensRefusals:
    TooMuchWaits: "it would have to wait, and 20 of what whoever asks asked for wait already",
    PreviewChanged: "it would do something else than what was shown",
    NotFound: "no such member", BalanceTooLarge,
    OwnAccount: "the account is that of whoever asks, and somebody else could do it",
);

/// Gives a member tokens. With an `Idempotency-Key` they are given once, however often it is sent.
#[utoipa::path(
    post, path = "/api/admin/users/{user_id}/tokens/add", operation_id = "admin_add_tokens_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("tokens")), ("x-confirmation" = json!(true))),
    params(OfMember, KeyHeader, WeighRequest), request_body = TokensRequest,
    responses(
        (status = 200, description = "Where the account stands now; with `dry_run`, where it would", body = Weighed<TokensMoved>),
        (status = 202, description = "It waits for somebody else to grant it", body = Waits),
        AddTokensRefusals,
    )
)]
async fn add_tokens(
    State(state): State<AppState>,
    StaffCall(staff, On(Key(key), On(At(Number(user), Query(way)), Json(request)))): StaffCall<
        OnAccount,
    >,
) -> ApiResult<Answered<TokensMoved>> {
    let desk = &state.backend.desk;
    let wish = Wish::new(way, key);
    let moved = desk.ask_to_add(&staff, UserId(user), request, wish);
    Ok(Answered(moved.await?))
}

refusals!(DeductTokensRefusals:
    TooMuchWaits: "it would have to wait, and 20 of what whoever asks asked for wait already",
    PreviewChanged: "it would do something else than what was shown",
    NotFound: "no such member", InsufficientTokens: "the member has fewer",
    OwnAccount: "the account is that of whoever asks, and somebody else could do it",
);

/// Takes tokens of a member's. With an `Idempotency-Key` they are taken once, however often it is sent.
#[utoipa::path(
    post, path = "/api/admin/users/{user_id}/tokens/deduct", operation_id = "admin_deduct_tokens_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("tokens")), ("x-confirmation" = json!(true))),
    params(OfMember, KeyHeader, WeighRequest), request_body = TokensRequest,
    responses(
        (status = 200, description = "Where the account stands now; with `dry_run`, where it would", body = Weighed<TokensMoved>),
        (status = 202, description = "It waits for somebody else to grant it", body = Waits),
        DeductTokensRefusals,
    )
)]
async fn deduct_tokens(
    State(state): State<AppState>,
    StaffCall(staff, On(Key(key), On(At(Number(user), Query(way)), Json(request)))): StaffCall<
        OnAccount,
    >,
) -> ApiResult<Answered<TokensMoved>> {
    let desk = &state.backend.desk;
    let wish = Wish::new(way, key);
    let moved = desk.ask_to_deduct(&staff, UserId(user), request, wish);
    Ok(Answered(moved.await?))
}

refusals!(UnlockRefusals: OwnAccount: "also who is alone", NotFound: "no such member");

/// Ends the lock of a member's site id after many failed sign-ins; an address stays locked.
#[utoipa::path(
    post, path = "/api/admin/users/{user_id}/unlock", operation_id = "admin_unlock_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("members"))),
    params(OfMember),
    responses(
        (status = 200, description = "The member as they stand now", body = MemberRow),
        UnlockRefusals,
    )
)]
async fn unlock(
    State(state): State<AppState>,
    StaffCall(staff, Number(user)): StaffCall<Number>,
) -> ApiResult<Json<MemberRow>> {
    let accounts = &state.backend.accounts;
    Ok(Json(accounts.unlock(&staff, UserId(user)).await?))
}

refusals!(EndSessionsRefusals: NotFound: "no such member");

/// Ends all sign-ins of a member's, at once and everywhere.
#[utoipa::path(
    post, path = "/api/admin/users/{user_id}/sessions/end", operation_id = "admin_end_sessions_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("members"))),
    params(OfMember),
    responses(
        (status = 200, description = "The member as they stand now", body = MemberRow),
        EndSessionsRefusals,
    )
)]
async fn end_sessions(
    State(state): State<AppState>,
    StaffCall(staff, Number(user)): StaffCall<Number>,
) -> ApiResult<Json<MemberRow>> {
    let accounts = &state.backend.accounts;
    Ok(Json(accounts.end_sessions(&staff, UserId(user)).await?))
}

refusals!(NoteRefusals: NotFound: "no such member");

/// Notes something of a member, who is not shown it.
#[utoipa::path(
    post, path = "/api/admin/users/{user_id}/notes", operation_id = "admin_note_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("members"))),
    params(OfMember), request_body = NoteRequest,
    responses(
        (status = 201, description = "As it is kept", body = MemberNote),
        NoteRefusals,
    )
)]
async fn note(
    State(state): State<AppState>,
    StaffCall(staff, On(Number(user), Json(request))): StaffCall<On<Number, Json<NoteRequest>>>,
) -> ApiResult<(StatusCode, Json<MemberNote>)> {
    let accounts = &state.backend.accounts;
    let note = accounts.note(&staff, UserId(user), request).await?;
    Ok((StatusCode::CREATED, Json(note)))
}
