//! The readers of keys and of queries, and what stands below them in the house. The rest of the crate would take minutes to
//! compile with coverage, and no input of a fuzz target reaches it.

#![allow(dead_code, unused_imports, unused_macros, reason = "what uses it was left out")]

#[path = "../src/diagnostic/mod.rs"]
pub mod diagnostic;
#[path = "lookup.rs"]
pub mod lookup;
#[path = "../src/model/mod.rs"]
pub mod model;
#[path = "../src/openpgp/mod.rs"]
pub mod openpgp;
#[path = "../src/smime/mod.rs"]
pub mod smime;
