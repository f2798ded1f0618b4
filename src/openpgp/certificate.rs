//! A certificate that was read and verified.

use super::{Reading, UserId};
use crate::diagnostic::{Problem, Rule};
use crate::model::Fingerprint;
use chrono::{DateTime, Utc};

/// An OpenPGP certificate whose own signatures were verified when it was read.
#[derive(Debug, Clone)]
pub struct Certificate {
    fingerprint: Fingerprint,
}

/// The certificates of a key file, armoured or binary, in the order of the file; at least one.
///
/// # Errors
/// What is wrong with the file: it is broken or holds none ([`Rule::BrokenKey`]), or holds a secret key
/// ([`Rule::SecretKey`]). A message never shows a byte of the file.
pub fn read(bytes: &[u8]) -> Result<Vec<Certificate>, Problem> {
    let _ = bytes;
    Err(Problem::new(Rule::BrokenKey, "OpenPGP keys cannot be read yet", "wait for it"))
}

impl Certificate {
    /// The fingerprint of its primary key.
    pub fn fingerprint(&self) -> &Fingerprint {
        &self.fingerprint
    }

    /// What it says as of `at`.
    pub fn as_of(&self, at: DateTime<Utc>) -> Reading {
        let _ = at;
        todo!()
    }

    /// Whether only software that knows RFC 9580 can read it: it is of version 6, or has a key whose algorithm that
    /// RFC introduced.
    pub fn needs_rfc9580(&self) -> bool {
        false
    }

    /// The certificate as it is published, in binary: the primary key with its own direct signatures and revocations,
    /// the user ids that `keep` lets pass and the subkeys, each with the signature that counts as of `at` and its
    /// revocations. What third parties certified is dropped.
    pub fn minimised(&self, at: DateTime<Utc>, keep: &dyn Fn(&UserId) -> bool) -> Vec<u8> {
        let _ = (at, keep);
        Vec::new()
    }
}

/// Certificates in binary as ASCII armour (RFC 9580, section 6.2), with a checksum, for older software asks for one.
pub fn armor(binary: &[u8]) -> String {
    let _ = binary;
    String::new()
}
