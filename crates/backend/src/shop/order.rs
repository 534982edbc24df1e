//! Parsing what is asked for, and pricing it in the transaction that buys it.

use economy::shop::{Promo, QUANTITY_MAX, Quote, Unavailable};
use economy::{Timestamp, Tokens};
use sqlx::AnyConnection;
use wire::shop::{BuyLimitedRequest, BuyRequest, Contents, ItemCount, ProductKind, PurchaseKind};
use wire::{Code, UserId};

use super::catalogue::{price_of_package, priced, purchase_kind};
use super::purchase::{Order, invalid};
use super::store;
use super::store::catalogue::Product;
use crate::{IdempotencyKey, Result};

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
    check_id(&request.product_id)?;
    let method = request.payment_method.as_deref().unwrap_or("x");
    if method.is_empty() || method.len() > METHOD_CHARS_MAX || !is_plain(method) {
        return invalid("payment_method", "a payment method has 1 to 64 characters");
    }
    Ok(())
}

/// Refuses what no product or package is called, which not every engine could be asked for.
///
/// # Errors
/// `not_found`.
pub(super) fn check_id(id: &str) -> Result<()> {
    if id.len() > ID_CHARS_MAX || !is_plain(id) {
        return Err(Code::NotFound.into());
    }
    Ok(())
}

fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The promo code that a request names, trimmed and in any case.
///
/// # Errors
/// `promo_invalid` without such a code. An empty field names none.
pub(super) async fn promo(conn: &mut AnyConnection, code: Option<&str>) -> Result<Option<Promo>> {
    let code = code.map(str::trim).filter(|code| !code.is_empty());
    let Some(code) = code else { return Ok(None) };
    if code.len() > PROMO_CHARS_MAX || !is_plain(code) {
        return Err(Code::PromoInvalid.into());
    }
    let found = store::promos::promo(conn, code).await?;
    Ok(Some(found.ok_or(Code::PromoInvalid)?))
}

/// Who asks, with which key, when, and what the gateway would know it as.
#[derive(Clone, Copy)]
pub(super) struct Asker<'a> {
    pub(super) user: UserId,
    pub(super) key: Option<&'a IdempotencyKey>,
    pub(super) reference: &'a str,
    pub(super) now: Timestamp,
}

impl Asker<'_> {
    fn order(&self, of: (PurchaseKind, String, i64), quote: Quote) -> Order {
        let (kind, product, quantity) = of;
        Order {
            id: self.reference.to_owned(),
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
    asker: Asker<'_>,
    request: &BuyRequest,
) -> Result<Order> {
    let found = store::catalogue::product(conn, &request.product_id).await?;
    let row = found.filter(|it| it.is_active).ok_or(Code::NotFound)?;
    let promo = promo(conn, request.promo_code.as_deref()).await?;
    let quantity = request.quantity;
    let quote = priced(conn, &row, quantity, request.currency, &promo, asker.now).await?;
    check_total(&quote, request.total_max)?;
    use_promo(conn, promo.as_ref(), asker.now).await?;
    let of = (purchase_kind(row.kind), row.id.clone(), quantity);
    let method = request.payment_method.clone();
    Ok(Order {
        contents: contents(&row, quantity)?,
        promo: promo.map(|promo| promo.code),
        method: method.filter(|_| row.kind == ProductKind::Tokens),
        ..asker.order(of, quote)
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
    asker: Asker<'_>,
    request: &BuyLimitedRequest,
) -> Result<Order> {
    let (user, now, id) = (asker.user, asker.now, request.package_id.as_str());
    check_id(id)?;
    // Taken before it is looked at, so that nobody changes it in between; a refusal undoes it.
    let package = match store::packages::take(conn, id).await? {
        Some(package) => package,
        None => {
            let found = store::packages::package(conn, user, id).await?;
            let found = found.ok_or(Code::NotFound)?;
            found.offer().check(now).map_err(unavailable)?;
            return Err(Code::OutOfStock.into());
        }
    };
    package.offer().check(now).map_err(unavailable)?;
    if !store::packages::count(conn, user, id, package.member_limit).await? {
        return Err(Code::UserLimit.into());
    }
    let promo = promo(conn, request.promo_code.as_deref()).await?;
    let quote = price_of_package(&package, promo.as_ref(), now)?;
    check_total(&quote, request.total_max)?;
    use_promo(conn, promo.as_ref(), now).await?;
    let of = (PurchaseKind::Package, package.id, 1);
    Ok(Order {
        contents: package.contents,
        promo: promo.map(|promo| promo.code),
        ..asker.order(of, quote)
    })
}

/// Nobody pays more than what they were shown.
fn check_total(quote: &Quote, total_max: Option<i64>) -> Result<()> {
    match total_max {
        Some(most) if quote.total.amount() > most => Err(Code::PriceChanged.into()),
        _ => Ok(()),
    }
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
