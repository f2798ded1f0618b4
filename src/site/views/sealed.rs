//! The page on what was sealed: which messages there are, and how they are opened.

use crate::model::{Date, SealedFor};
use crate::site::Catalogue;
use crate::site::sealed::{Published, path};
use serde::Serialize;
use std::collections::BTreeSet;

/// The messages.
#[derive(Serialize)]
pub(in crate::site) struct SealedView {
    /// The day as of which they were sealed.
    sealed: Date,
    messages: Vec<MessageView>,
    /// For whom there will be a message when it is sealed anew.
    waiting: Vec<String>,
}

#[derive(Serialize)]
struct MessageView {
    /// Those who can read it, by their level.
    audience: String,
    /// Where it stands.
    path: String,
    /// Its name alone.
    file: String,
    /// How long it is, in kB.
    size: u64,
    /// How many teams can read it. Nothing: that is hidden.
    teams: Option<usize>,
}

impl SealedView {
    /// What there is to say of the messages of a site.
    pub(in crate::site) fn new(published: &Published<'_>, texts: &Catalogue) -> Self {
        let messages = published.messages.iter().map(|message| MessageView {
            audience: texts.audience(message.audience),
            path: path(message.audience),
            file: format!("{}.tar.gpg", message.audience),
            size: message.bytes.div_ceil(1000),
            teams: match &message.sealed_for {
                SealedFor::Hidden { .. } => None,
                SealedFor::Keys(keys) => Some(keys.iter().map(|key| &key.team).collect::<BTreeSet<_>>().len()),
            },
        });
        let waiting = published.waiting.iter().map(|level| texts.audience(*level)).collect();
        Self { sealed: published.sealed, messages: messages.collect(), waiting }
    }
}
