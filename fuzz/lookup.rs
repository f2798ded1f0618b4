//! What of lookup reads a query.

#[path = "../src/lookup/fold.rs"]
pub mod fold;
#[path = "../src/lookup/host.rs"]
mod host;
#[path = "../src/lookup/paste.rs"]
mod paste;
#[path = "../src/lookup/query.rs"]
pub mod query;
