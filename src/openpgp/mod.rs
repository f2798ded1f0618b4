//! OpenPGP certificates (RFC 9580, and RFC 4880 before it): what a key says of itself, and the parts of it that are
//! published. The one place that names the OpenPGP crate.
//!
//! A certificate is read and its signatures are verified once ([`read`]); what holds on a day is asked of it later
//! ([`Certificate::as_of`]), so that nothing here needs a clock. Left out on purpose: secret keys, which are refused,
//! and what third parties certify, since whom a directory trusts is for its history to say.

mod certificate;
mod reading;

pub use certificate::{Certificate, armor, read};
pub use reading::{Encryption, Reading, Revocation, RevocationReason, Subkey, UserId, UserIdState};
