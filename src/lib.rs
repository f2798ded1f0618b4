//! Peerage turns one YAML file per incident response team (CSIRT) into a public directory as a static site.
//!
//! A compiler, not a site object: `load` reads files into a directory and findings, `assess` says what is true of it
//! on a given day, `check` holds it against the rules, `site` says what is to be written where, and `output` writes.
//! Nothing here reads a clock: `today` comes from whoever calls.

#![warn(unreachable_pub)]
// A test may stop where it stands; the program may not.
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod assess;
pub mod check;
pub mod cli;
pub mod cmd;
pub mod config;
pub mod diagnostic;
pub mod diff;
pub mod disclosure;
pub mod import;
pub mod load;
pub mod lookup;
pub mod model;
pub mod openpgp;
pub mod output;
pub mod seal;
pub mod serve;
pub mod site;
pub mod smime;
pub mod stats;
pub mod yaml;
