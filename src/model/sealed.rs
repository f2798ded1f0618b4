//! What was sealed: encrypted messages that are published, and for which keys each was made. What is in them nobody here knows.

use super::{Date, Fingerprint, Level, TeamId};
use crate::diagnostic::{Place, Spanned};
use std::sync::Arc;

/// Which messages were sealed, all at once.
#[derive(Debug, Clone)]
pub struct SealedIndex {
    /// The file, as findings show it.
    pub file: Arc<str>,
    /// The day as of which they were sealed.
    pub sealed: Spanned<Date>,
    /// The messages, by audience, each audience once.
    pub messages: Vec<SealedMessage>,
}

/// An encrypted message.
#[derive(Debug, Clone)]
pub struct SealedMessage {
    /// For whom it is: the teams at this level or above it.
    pub audience: Level,
    /// Where the index speaks of it.
    pub place: Place,
    /// Its file, from the project's root.
    pub file: String,
    /// How long it is, in bytes.
    pub bytes: u64,
    /// Its SHA-256 checksum, in hexadecimal digits.
    pub sha256: String,
    /// For which keys it was made.
    pub sealed_for: SealedFor,
}

/// For which keys a message was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SealedFor {
    /// These, sorted.
    Keys(Vec<SealedKey>),
    /// The message does not say whose they are; the index says as little.
    Hidden {
        /// What was put before the keys, in hexadecimal digits.
        salt: String,
        /// The SHA-256 checksum of both, in hexadecimal digits.
        digest: String,
    },
}

/// A key for which a message was made.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SealedKey {
    /// The team whose it is.
    pub team: TeamId,
    /// Its fingerprint.
    pub key: Fingerprint,
    /// The fingerprints of those of its parts to which messages are encrypted, in the order of the key.
    pub encrypted_to: Vec<Fingerprint>,
}
