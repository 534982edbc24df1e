//! What the pages of purchases read of the club.

use backend::{Backend, Error, Staff, Wish};
use wire::{
    Page, ReceiptCode,
    desk::{OpenPurchases, Preview, PurchaseRow, PurchaseWhole, WeighRequest, Weighed},
    shop::Receipt,
    staff::{Permission, ReasonRequest},
};

use super::{
    ending::Ending,
    purchases_sought::SoughtPurchases,
    read::{Desk, fresh_key},
};
use crate::{error::PageError, ssr};

/// A page of purchases, and what is open of all.
pub(super) struct Sales {
    pub(super) open: OpenPurchases,
    pub(super) list: Page<PurchaseRow>,
    /// The receipt that was asked for by its code.
    pub(super) receipt: Option<ReceiptCode>,
    /// Whether no member is called what was asked for.
    pub(super) is_nobody: bool,
}

/// A purchase, and what its page shows besides.
pub(super) struct Sale {
    pub(super) purchase: PurchaseWhole,
    /// What whoever looks may do to it.
    pub(super) offered: Option<Offered>,
    /// The key of a gesture on this page.
    pub(super) key: String,
}

/// An act, and what it would do, or why the club would refuse it now.
pub(super) struct Offered {
    pub(super) ending: Ending,
    pub(super) weighed: Result<Preview, PageError>,
}

/// Purchases, a page of them.
pub(super) async fn purchases(
    sought: SoughtPurchases,
    limit: i64,
) -> Result<Desk<Sales>, PageError> {
    let (backend, staff) = ssr::staff().await?;
    let open = backend.shop.open_purchases(&staff).await;
    let open = open.map_err(ssr::fail)?;
    let receipt = backend.shop.exactly(&staff, &sought.receipt).await;
    let receipt = receipt.map_err(ssr::fail)?;
    let is_of_member = !sought.member.is_empty();
    let member = match is_of_member {
        true => backend.accounts.exactly(&staff, &sought.member).await,
        false => Ok(Vec::new()),
    };
    let member = member.map_err(ssr::fail)?.into_iter().next();
    let is_nobody = is_of_member && member.is_none();
    let list = match is_nobody {
        true => Ok(Page {
            items: Vec::new(),
            next_cursor: None,
        }),
        false => {
            let request = sought.request(limit, member.map(|member| member.id));
            backend.desk.purchases(&staff, request).await
        }
    };
    let sales = Sales {
        open,
        list: list.map_err(ssr::fail)?,
        receipt,
        is_nobody,
    };
    Desk::of(&backend, &staff, sales).await
}

/// A purchase, whole, with what can be done to it.
pub(super) async fn purchase(code: ReceiptCode) -> Result<Desk<Sale>, PageError> {
    let (backend, staff) = ssr::staff().await?;
    let purchase = backend.desk.purchase(&staff, &code).await;
    let purchase = purchase.map_err(ssr::fail)?;
    let status = purchase.purchase.receipt.status;
    let may = staff.roles().may(Permission::Purchases);
    let offered = match Ending::of(status).filter(|_| may) {
        Some(ending) => Some(offered(&backend, &staff, &code, ending).await?),
        None => None,
    };
    let sale = Sale {
        purchase,
        offered,
        key: fresh_key(),
    };
    Desk::of(&backend, &staff, sale).await
}

/// Looks at what an act would do.
async fn offered(
    backend: &Backend,
    staff: &Staff,
    code: &ReceiptCode,
    ending: Ending,
) -> Result<Offered, PageError> {
    let look = WeighRequest {
        dry_run: Some(true),
        preview: None,
    };
    let (why, wish) = (ReasonRequest::default(), Wish::new(look, None));
    let shop = &backend.shop;
    let asked = match ending {
        Ending::Refund => shop.ask_to_refund(staff, code, why, wish).await,
        Ending::Settle => shop.ask_to_settle(staff, code, why, wish).await,
    };
    let weighed = shown(asked)?;
    Ok(Offered { ending, weighed })
}

/// What was shown, or why it was refused: that is told on the page, which is there all the same.
fn shown(asked: Result<Weighed<Receipt>, Error>) -> Result<Result<Preview, PageError>, PageError> {
    match asked {
        Ok(Weighed::Preview(preview)) => Ok(Ok(preview)),
        Ok(Weighed::Done(_) | Weighed::Waits(_)) => {
            let odd = Error::Internal("a look did something".to_owned());
            Err(ssr::fail(odd))
        }
        Err(Error::Refused(refusal)) => Ok(Err(PageError::Refused(refusal))),
        Err(error) => Err(ssr::fail(error)),
    }
}
