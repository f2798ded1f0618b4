//! Key files: which keys stand beside which entry.

use crate::model::{Fingerprint, KeyKind, TeamId};
use crate::{openpgp, smime};
use std::sync::Arc;

/// A key file that could be read.
#[derive(Debug)]
pub struct KeyFile {
    /// The team beside whose entry it stands.
    pub team: TeamId,
    /// The file, as findings show it.
    pub file: Arc<str>,
    /// What it holds, in its order; at least one.
    pub keys: Vec<PublicKey>,
}

/// A public key of either kind, parsed and verified once, when it was read.
#[derive(Debug)]
pub enum PublicKey {
    /// An OpenPGP certificate.
    OpenPgp(openpgp::Certificate),
    /// An S/MIME certificate.
    Smime(smime::Certificate),
}

impl PublicKey {
    /// Of which kind it is.
    pub fn kind(&self) -> KeyKind {
        match self {
            Self::OpenPgp(_) => KeyKind::OpenPgp,
            Self::Smime(_) => KeyKind::Smime,
        }
    }

    /// Its fingerprint: of the primary key (OpenPGP), or SHA-256 of the certificate (S/MIME).
    pub fn fingerprint(&self) -> &Fingerprint {
        match self {
            Self::OpenPgp(certificate) => certificate.fingerprint(),
            Self::Smime(certificate) => &certificate.fingerprint,
        }
    }
}
