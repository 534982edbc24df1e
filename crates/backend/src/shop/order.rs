//! Parsing what is asked for, and pricing it in the transaction that buys it.

use economy::shop::{Promo, QUANTITY_MAX, Quote, Unavailable};
use economy::{Timestamp, Tokens};
use sqlx::AnyConnection;
use wire::shop::{BuyRequest, Contents, ItemCount, ProductKind, PurchaseKind};
use wire::{Code, UserId};

use super::catalogue::{price_of_package, priced, purchase_kind};
use super::purchase::{Order, invalid};
use super::store;
use super::store::catalogue::Product;
use crate::{Core, IdempotencyKey, Result};

/// The most characters of a promo code.
pub(super) const PROMO_CHARS_MAX: usize = 32;
/// The most characters of a payment method.
const METHOD_CHARS_MAX: usize = 64;
/// The most characters of the code of a product or package.
pub(super) const ID_CHARS_MAX: usize = 64;

/// Refuses what cannot be bought, before any row is touched.
///
/// # Errors
/// `invalid`, `not_found` or `promo_invalid`.
pub(super) fn check(request: &BuyRequest) -> Result<()> {
    if !(1..=QUANTITY_MAX).contains(&request.quantity) {
        return invalid("quantity", "a quantity is 1 to 99");
    }
    let method = request.payment_method.as_deref().unwrap_or("x");
    let is_plain = method.bytes().all(|byte| byte.is_ascii_graphic());
    if method.is_empty() || method.len() > METHOD_CHARS_MAX || !is_plain {
        return invalid("payment_method", "a payment method has 1 to 64 characters");
    }
    Ok(())
}

/// The promo code that a request names; codes are kept in upper case.
///
/// # Errors
/// `promo_invalid` without such a code. An empty field names none.
pub(super) async fn promo(conn: &mut AnyConnection, code: Option<&str>) -> Result<Option<Promo>> {
    let code = code.map(str::trim).filter(|code| !code.is_empty());
    let Some(code) = code else { return Ok(None) };
    if code.len() > PROMO_CHARS_MAX {
        return Err(Code::PromoInvalid.into());
    }
    let found = store::promos::promo(conn, &code.to_ascii_uppercase()).await?;
    Ok(Some(found.ok_or(Code::PromoInvalid)?))
}

/// Who asks, with which key, when.
#[derive(Clone, Copy)]
pub(super) struct Asker<'a> {
    pub(super) user: UserId,
    pub(super) key: Option<&'a IdempotencyKey>,
    pub(super) now: Timestamp,
}

impl Asker<'_> {
    fn order(&self, core: &Core, of: (PurchaseKind, String, i64), quote: Quote) -> Order {
        let (kind, product, quantity) = of;
        Order {
            id: core.fresh_id(),
            user: self.user,
            kind,
            product,
            quantity,
            contents: Contents::default(),
            list_total: quote.list_total,
            applied: quote.applied,
            total: quote.total,
            promo: None,
            method: None,
            key: self.key.map(|key| key.as_str().to_owned()),
        }
    }
}

/// Prices a product, and uses the promo code.
pub(super) async fn product(
    conn: &mut AnyConnection,
    core: &Core,
    asker: Asker<'_>,
    request: &BuyRequest,
) -> Result<Order> {
    let found = store::catalogue::product(conn, &request.product_id).await?;
    let row = found.filter(|it| it.is_active).ok_or(Code::NotFound)?;
    let promo = promo(conn, request.promo_code.as_deref()).await?;
    let quantity = request.quantity;
    let quote = priced(conn, &row, quantity, request.currency, &promo, asker.now).await?;
    use_promo(conn, promo.as_ref(), asker.now).await?;
    let of = (purchase_kind(row.kind), row.id.clone(), quantity);
    let method = request.payment_method.clone();
    Ok(Order {
        contents: contents(&row, quantity)?,
        promo: promo.map(|promo| promo.code),
        method: method.filter(|_| row.kind == ProductKind::Tokens),
        ..asker.order(core, of, quote)
    })
}

/// What so many of a product bring.
fn contents(row: &Product, quantity: i64) -> Result<Contents> {
    let Some(tokens) = row.tokens.checked_mul(quantity) else {
        return invalid("quantity", "that would be too many tokens");
    };
    let item = row.item.as_ref().map(|item| ItemCount {
        code: item.code.clone(),
        count: quantity,
    });
    Ok(Contents {
        tokens,
        items: item.into_iter().collect(),
    })
}

/// Takes one of a package, in the order of the rules: package, window, stock, member, promo code.
/// Stock, count and uses change by the database's own conditions; what was read before them only
/// says which refusal it is.
pub(super) async fn package(
    conn: &mut AnyConnection,
    core: &Core,
    asker: Asker<'_>,
    id: &str,
    promo_code: Option<&str>,
) -> Result<Order> {
    let (user, now) = (asker.user, asker.now);
    if id.len() > ID_CHARS_MAX {
        return Err(Code::NotFound.into());
    }
    let found = store::packages::package(conn, user, id).await?;
    let package = found.ok_or(Code::NotFound)?;
    package.offer().check(now).map_err(unavailable)?;
    if !store::packages::take(conn, id).await? {
        return Err(Code::OutOfStock.into());
    }
    if !store::packages::count(conn, user, id, package.member_limit).await? {
        return Err(Code::UserLimit.into());
    }
    let promo = promo(conn, promo_code).await?;
    let quote = price_of_package(&package, promo.as_ref(), now)?;
    use_promo(conn, promo.as_ref(), now).await?;
    let of = (PurchaseKind::Package, package.id, 1);
    Ok(Order {
        contents: package.contents,
        promo: promo.map(|promo| promo.code),
        ..asker.order(core, of, quote)
    })
}

async fn use_promo(conn: &mut AnyConnection, promo: Option<&Promo>, now: Timestamp) -> Result<()> {
    let Some(promo) = promo else { return Ok(()) };
    if store::promos::take(conn, &promo.code, now).await? {
        return Ok(());
    }
    Err(Code::PromoInvalid.into())
}

fn unavailable(reason: Unavailable) -> Code {
    match reason {
        Unavailable::Stopped => Code::PackageUnavailable,
        Unavailable::NotStarted => Code::NotStarted,
        Unavailable::Expired => Code::Expired,
        Unavailable::OutOfStock => Code::OutOfStock,
        Unavailable::MemberLimit => Code::UserLimit,
    }
}

/// What leaves the member in tokens.
pub(super) fn in_tokens(order: &Order) -> Tokens {
    order.total.tokens().unwrap_or(Tokens::ZERO)
}
