//! OpenPGP certificates (RFC 9580, and RFC 4880 before it): what a key says of itself, and the parts of it that are
//! published. The one place that names the OpenPGP crate.
//!
//! A certificate is read and its signatures are verified once ([`read`]); what holds on a day is asked of it later
//! ([`Certificate::as_of`]), so that nothing here needs a clock. Messages are made ([`encrypt`]) and signed ([`SigningKey`]), and a
//! detached signature is checked ([`signed_by`]). Left out on purpose: secret keys in what is published, which are refused;
//! opening messages; and what third parties certify, since whom a directory trusts is for its history to say; but for one
//! question, whether the owner of an old key vouched for a new one ([`vouched`]).

mod armor;
mod certificate;
mod detached;
mod ecdsa;
mod evaluate;
mod key;
mod message;
mod minimise;
mod packets;
mod reading;
mod rsa;
mod signing;
mod verify;
mod vouch;

pub use armor::armor;
pub use certificate::{Certificate, read};
pub use detached::{Signed, signed_by};
pub use message::{Recipients, armor_message, encrypt, encrypted_to};
pub use packets::begins_key;
pub use reading::{Encryption, Reading, Revocation, RevocationReason, Subkey, Usage, UserId, UserIdState};
pub use signing::SigningKey;
pub use vouch::{Vouched, vouched};

use crate::diagnostic::{Problem, Rule};

/// A key file that cannot be read, and why.
fn broken(why: impl Into<String>) -> Problem {
    broken_with(why, "put the public key here as its program exports it, for example `gpg --armor --export FINGERPRINT`")
}

/// A key file that cannot be read, why, and how it is mended.
fn broken_with(why: impl Into<String>, help: &'static str) -> Problem {
    Problem::new(Rule::BrokenKey, why, help)
}

/// A key file that holds what must stay with its owner.
fn secret() -> Problem {
    Problem::new(
        Rule::SecretKey,
        "this file holds a secret key",
        "remove the file from the repository and its history, revoke the key, for it is no longer secret, and put a new \
         public key here (`gpg --armor --export FINGERPRINT`)",
    )
}
