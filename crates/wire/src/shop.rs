//! The shop: what is sold, what it costs, what was bought.

mod catalogue;
mod inventory;
mod payment;
mod purchase;
mod receipt;
mod staff;

pub use catalogue::{
    Contents, ItemCount, LimitedPackage, LimitedPackages, PackageState, PriceAnswer, PriceRequest,
    Product, ProductKind, ShopCatalogue, ShopItem,
};
pub use economy::shop::{
    Applied, ApplyKind, Currency, Discount, GatewayState, Line, Offer, Price, Promo, QUANTITY_MAX,
    Quote, Reduction, Refusal, Status, Unavailable, Window, quote,
};
pub use inventory::{
    EquipRequest, Equipment, Inventory, InventoryFilter, InventoryItem, ItemKind, UnequipRequest,
    UseRequest, UseResult,
};
pub use payment::PaymentEvent;
pub use purchase::{
    BuyLimitedRequest, BuyRequest, PurchaseEvent, PurchaseResult, TransactionsRequest,
};
pub use receipt::{PurchaseKind, Receipt, ReceiptKey, ReceiptLine, StatusAt};
pub use staff::{
    Disabled, PurchaseSort, StaffTransactions, UpsertDiscount, UpsertPackage, UpsertProduct,
    UpsertPromo,
};
