//! The shop: nothing is oversold, charged twice or forgotten, and every receipt verifies.

mod inventory;
mod items;
mod owed;
mod packages;
mod payments;
mod promos;
mod reconciliation;
mod refunds;
mod staff;
mod verbs;
mod webhook;
mod weighed;
