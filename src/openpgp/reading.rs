//! What a certificate says as of an instant.

use crate::model::{Fingerprint, KeyAlgorithm, Weakness, keywords};
use chrono::{DateTime, Utc};

/// What a certificate says as of an instant: of its own signatures made until then the latest valid ones count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The fingerprint of the primary key.
    pub fingerprint: Fingerprint,
    /// The version of the primary key: 4 or 6.
    pub version: u8,
    /// The algorithm of the primary key.
    pub algorithm: KeyAlgorithm,
    /// When the primary key was made.
    pub created: DateTime<Utc>,
    /// When the certificate ends; it is no longer valid at this instant. `None`: it has no end.
    pub expires: Option<DateTime<Utc>>,
    /// That its owner has revoked it.
    pub revoked: Option<Revocation>,
    /// Its user ids that are bound by a valid signature of the key itself, the primary one first.
    pub user_ids: Vec<UserId>,
    /// Its subkeys that are bound by a valid signature, in the order of the file.
    pub subkeys: Vec<Subkey>,
    /// Whether messages can be encrypted to it, and until when.
    pub encryption: Encryption,
    /// In what it is weak, without repeats, in order.
    pub weaknesses: Vec<Weakness>,
    /// What the primary key may be used for.
    pub usage: Usage,
}

/// What a key may be used for: what its signature allows (RFC 9580, section 5.2.3.29), or where that is silent all that
/// its algorithm can do, and never more than that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "these are the flags of the RFC, each free of the others")]
pub struct Usage {
    /// To certify keys.
    pub certifies: bool,
    /// To sign messages.
    pub signs: bool,
    /// To encrypt messages or files to.
    pub encrypts: bool,
    /// To log in.
    pub authenticates: bool,
}

impl Usage {
    /// What both allow.
    pub(super) fn within(self, other: Self) -> Self {
        Self {
            certifies: self.certifies && other.certifies,
            signs: self.signs && other.signs,
            encrypts: self.encrypts && other.encrypts,
            authenticates: self.authenticates && other.authenticates,
        }
    }
}

/// Whether messages can be encrypted to a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// It has no key for it that is bound and not revoked.
    Never,
    /// Until this instant, which may have passed: the end of the key for it that lasts longest, or of the certificate,
    /// whichever comes first. `None`: without end.
    Until(Option<DateTime<Utc>>),
}

/// That an owner revoked a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revocation {
    /// When.
    pub on: DateTime<Utc>,
    /// Why.
    pub reason: RevocationReason,
    /// In the owner's words, which are hostile input like the rest; empty where there are none.
    pub comment: String,
}

keywords! {
    /// Why a certificate was revoked (RFC 9580, section 5.2.3.31).
    pub enum RevocationReason, "a reason for a revocation" {
        /// No reason was given.
        Unstated = "unstated",
        /// Another key took its place.
        Superseded = "superseded",
        /// The secret key has become known to others.
        Compromised = "compromised",
        /// The key is no longer used.
        Retired = "retired",
    }
}

impl RevocationReason {
    /// The reason in words, to stand behind “revoked: ”.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Unstated => "no reason stated",
            Self::Superseded => "replaced by another key",
            Self::Compromised => "its secret key was compromised",
            Self::Retired => "no longer used",
        }
    }
}

/// A user id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserId {
    /// Its text, as UTF-8; what is none is replaced by U+FFFD.
    pub text: String,
    /// The mail address in it: what stands in its last angle brackets, or all of it where it is a bare address.
    pub address: Option<String>,
    /// Whether it still counts.
    pub state: UserIdState,
}

keywords! {
    /// Whether a user id still counts.
    pub enum UserIdState, "a state of a user id" {
        /// It does.
        Valid = "valid",
        /// Its owner has revoked it.
        Revoked = "revoked",
        /// The signature that binds it has expired.
        Expired = "expired",
    }
}

/// A subkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subkey {
    /// Its fingerprint.
    pub fingerprint: Fingerprint,
    /// Its algorithm.
    pub algorithm: KeyAlgorithm,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// When it ends by itself; the certificate may end before. `None`: it has no end of its own.
    pub expires: Option<DateTime<Utc>>,
    /// Whether it was revoked.
    pub revoked: bool,
    /// Whether messages are encrypted to it.
    pub encrypts: bool,
    /// Whether it signs messages: it may, and agrees to belong to the primary key.
    pub signs: bool,
    /// What its binding allows.
    pub usage: Usage,
}
