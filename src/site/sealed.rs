//! Which sealed messages the site has, and their index for programs. The site knows for whom they are, and nothing of what is in
//! them.

use crate::assess::Assessment;
use crate::model::{Date, Fingerprint, Level, SealedFor, SealedMessage, TeamId};
use serde::Serialize;

/// Where the index stands in the site.
pub(super) const INDEX: &str = "sealed/index.json";

/// The format of the index.
const FORMAT: u32 = 1;

/// The messages that the site has.
pub(super) struct Published<'a> {
    /// The day as of which they were sealed.
    pub(super) sealed: Date,
    /// Those whose audience is today what it was then.
    pub(super) messages: Vec<&'a SealedMessage>,
    /// For whom there would be messages, had their audience not changed.
    pub(super) waiting: Vec<Level>,
}

impl<'a> Published<'a> {
    /// `None` where nothing was ever sealed.
    pub(super) fn of(assessment: &'a Assessment<'a>) -> Option<Self> {
        let index = assessment.directory.sealed.as_ref()?;
        let holds = |message: &&SealedMessage| assessment.shifts(message).is_empty();
        let (messages, waiting): (Vec<_>, Vec<_>) = index.messages.iter().partition(holds);
        let waiting = waiting.into_iter().map(|message| message.audience).collect();
        Some(Self { sealed: index.sealed.value, messages, waiting })
    }
}

/// Where the message for `audience` stands in the site.
pub(super) fn path(audience: Level) -> String {
    format!("sealed/{audience}.tar.gpg")
}

/// The index as it is written.
#[derive(Serialize)]
pub(super) struct IndexView<'a> {
    format: u32,
    sealed: Date,
    messages: Vec<MessageView<'a>>,
}

#[derive(Serialize)]
struct MessageView<'a> {
    audience: Level,
    path: String,
    bytes: u64,
    sha256: &'a str,
    /// `None`: they are hidden.
    recipients: Option<Vec<RecipientView<'a>>>,
}

#[derive(Serialize)]
struct RecipientView<'a> {
    team: &'a TeamId,
    key: &'a Fingerprint,
    encrypted_to: &'a [Fingerprint],
}

/// The index of these messages.
pub(super) fn index<'a>(published: &Published<'a>) -> IndexView<'a> {
    let messages = published.messages.iter().map(|message| MessageView {
        audience: message.audience,
        path: path(message.audience),
        bytes: message.bytes,
        sha256: &message.sha256,
        recipients: match &message.sealed_for {
            SealedFor::Hidden { .. } => None,
            SealedFor::Keys(keys) => Some(keys.iter().map(recipient).collect()),
        },
    });
    IndexView { format: FORMAT, sealed: published.sealed, messages: messages.collect() }
}

fn recipient(sealed: &crate::model::SealedKey) -> RecipientView<'_> {
    RecipientView { team: &sealed.team, key: &sealed.key, encrypted_to: &sealed.encrypted_to }
}
