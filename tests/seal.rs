//! `peerage seal`, and what a site has of what was sealed. With the keys of six teams, and GnuPG as the judge of who can open what,
//! `tests/conformance/sealed` asks the same.

pub mod keys;
mod planted;
mod tree;
