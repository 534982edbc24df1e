//! What a rank opens.

use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::routes;
use wire::user::Rank;

use crate::error::ApiResult;
use crate::extract::Json;
use crate::identity::Caller;
use crate::reasons::refusals;
use crate::state::Routes;

pub(crate) fn router() -> Routes {
    Routes::new().routes(routes!(premium)).routes(routes!(vip))
}

/// What the member may see here, by their rank.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Access {
    /// The member's rank.
    rank: Rank,
}

refusals!(RankRefusals: Forbidden);

/// Opens to PREMIUM and above, and to admins.
#[utoipa::path(
    get, path = "/api/rbac/premium", operation_id = "rbac_premium_v1", tag = "rbac", security(("bearer" = [])),
    responses((status = 200, description = "Open", body = Access), RankRefusals)
)]
async fn premium(caller: Caller) -> ApiResult<Json<Access>> {
    caller.at_least(Rank::Premium)?;
    Ok(Json(Access {
        rank: caller.0.rank,
    }))
}

/// Opens to VIP, and to admins.
#[utoipa::path(
    get, path = "/api/rbac/vip", operation_id = "rbac_vip_v1", tag = "rbac", security(("bearer" = [])),
    responses((status = 200, description = "Open", body = Access), RankRefusals)
)]
async fn vip(caller: Caller) -> ApiResult<Json<Access>> {
    caller.at_least(Rank::Vip)?;
    Ok(Json(Access {
        rank: caller.0.rank,
    }))
}
