//! What is handed out of the keys: in which files, and cut down to what. The Web Key Directory is in `wkd`.
//!
//! Keyrings, the files beside the team pages and the Web Key Directory hold offered keys alone; besides, every key that
//! was read has a file of its own, for old signatures are checked with old keys. A file is written key by key, and each
//! key has an armour of its own, which GnuPG imports as it does one, so no more than one key is in memory. Keys that
//! only software for RFC 9580 reads stand apart: GnuPG 2.2 complains about a file that holds one.

use super::RenderError;
use super::encoding::pem;
use super::wkd::Mailbox;
use crate::assess::{AssessedKey, AssessedTeam, Assessment, Flag, Source, Status, end_of_day, is_own};
use crate::model::{Date, KeyKind, Level, TeamId, keywords};
use crate::openpgp::{UserId, armor};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::Arc;

/// A key, and whose.
#[derive(Clone, Copy)]
pub(super) struct TeamKey<'a> {
    /// The team.
    pub(super) team: &'a AssessedTeam<'a>,
    /// The key.
    pub(super) key: &'a AssessedKey<'a>,
}

keywords! {
    /// Whose keys a keyring holds.
    pub(super) enum Circle, "a keyring" {
        /// Those of every team.
        All = "all",
        /// Those of the teams that are accredited or more.
        Accredited = "accredited",
        /// Those of the certified teams.
        Certified = "certified",
    }
}

impl Circle {
    /// Whether the keys of a team with this status belong in it; a suspended team's level does not count.
    fn takes(self, status: Status) -> bool {
        match self {
            Self::All => true,
            Self::Accredited => status.counting().is_some_and(Level::is_accredited),
            Self::Certified => status.counting() == Some(Level::Certified),
        }
    }
}

/// A keyring of OpenPGP keys that are offered.
pub(super) struct Ring<'a> {
    /// Whose keys it holds.
    pub(super) circle: Circle,
    /// Whether these are the keys that only software for RFC 9580 reads.
    pub(super) modern: bool,
    /// The keys, by fingerprint.
    pub(super) keys: Arc<[TeamKey<'a>]>,
}

impl Ring<'_> {
    /// The names of its files in `keys`, without `.asc` or `.gpg`.
    pub(super) fn name(&self) -> String {
        format!("{}{}", self.circle.id(), if self.modern { "-rfc9580" } else { "" })
    }

    /// Where its file with this ending stands, `asc` or `gpg`.
    pub(super) fn path(&self, ending: &str) -> String {
        format!("keys/{}.{ending}", self.name())
    }

    /// How many keys it holds; one that two teams share counts once.
    pub(super) fn len(&self) -> usize {
        self.keys.iter().map(|held| held.key.fingerprint).collect::<BTreeSet<_>>().len()
    }
}

/// The keyrings: for each circle that of the keys that all software reads, though it be empty, and that of the others,
/// where there are such.
pub(super) fn rings<'a>(assessment: &'a Assessment<'a>) -> Vec<Ring<'a>> {
    let offered: Vec<TeamKey<'_>> = sorted(of_all(assessment).filter(|held| held.is_for(KeyKind::OpenPgp) && held.key.offered));
    let ring = |circle: Circle, modern: bool| {
        let takes = |held: &&TeamKey<'_>| circle.takes(held.team.standing.status) && held.is_modern() == modern;
        Ring { circle, modern, keys: offered.iter().filter(takes).copied().collect() }
    };
    let rings = Circle::ALL.iter().flat_map(|circle| [ring(*circle, false), ring(*circle, true)]);
    rings.filter(|ring| !ring.modern || !ring.keys.is_empty()).collect()
}

/// Every key of every team, in the order of the teams.
pub(super) fn of_all<'a>(assessment: &'a Assessment<'a>) -> impl Iterator<Item = TeamKey<'a>> {
    assessment.teams.iter().flat_map(|team| team.keys.iter().map(move |key| TeamKey { team, key }))
}

/// By fingerprint, then by team.
pub(super) fn sorted<'a>(keys: impl Iterator<Item = TeamKey<'a>>) -> Vec<TeamKey<'a>> {
    let mut keys: Vec<_> = keys.collect();
    keys.sort_by_key(|held| (held.key.fingerprint, &held.team.team.id));
    keys
}

/// As they come, a team's in the order of its entry, for GnuPG takes only the first that a Web Key Directory gives it;
/// those that only software for RFC 9580 reads last, for older software stops there.
pub(super) fn older_first<'a>(keys: impl Iterator<Item = TeamKey<'a>>) -> Vec<TeamKey<'a>> {
    let mut keys: Vec<_> = keys.collect();
    keys.sort_by_key(TeamKey::is_modern);
    keys
}

impl<'a> TeamKey<'a> {
    /// The flags of the team that are about this key.
    pub(super) fn flags(&self) -> impl Iterator<Item = &'a Flag<'a>> {
        let fingerprint = self.key.fingerprint;
        self.team.flags.iter().filter(move |flag| flag.kind.key() == Some(fingerprint))
    }

    /// Whether nobody should write with it: it was read and is not offered, or is said to have ended, or its team has withdrawn.
    pub(super) fn is_off(&self, today: Date) -> bool {
        let is_refused = self.key.file.is_some() && !self.key.offered;
        is_refused || self.is_withdrawn() || self.key.expires().is_some_and(|last| last < today)
    }

    /// How many user ids it has, or addresses of a certificate, the team's and those of others.
    pub(super) fn user_id_count(&self) -> usize {
        match &self.key.source {
            Source::Stated => 0,
            Source::OpenPgp(_, reading) => reading.user_ids.len(),
            Source::Smime(certificate) => certificate.emails.len(),
        }
    }

    /// Whether its team has withdrawn.
    pub(super) fn is_withdrawn(&self) -> bool {
        self.team.standing.status.is_withdrawn()
    }

    /// Whether it was read, and is one for this kind of encryption.
    fn is_for(&self, kind: KeyKind) -> bool {
        self.key.kind == kind && self.key.file.is_some()
    }

    /// Whether only software for RFC 9580 reads it.
    fn is_modern(&self) -> bool {
        matches!(self.key.source, Source::OpenPgp(certificate, _) if certificate.needs_rfc9580())
    }

    /// Where the file stands that holds it alone; `None` where it was not read, or cannot be cut down to what is no other team's.
    pub(super) fn path(&self) -> Option<String> {
        let AssessedKey { kind, fingerprint, file, of_other, .. } = self.key;
        file.filter(|_| of_other.is_none()).map(|_| format!("keys/{}.{}", fingerprint.digits(), ending(*kind)))
    }
}

/// What is left of an OpenPGP key besides what every copy of it needs.
#[derive(Clone)]
pub(super) enum Cut {
    /// The user ids of the team; where there are none, the one that stands for them.
    Team,
    /// The user ids of the team with this local part, in lower case, in this domain.
    Address(Arc<Mailbox>),
}

/// A file with keys.
#[derive(Clone)]
pub(super) struct KeyFile<'a> {
    /// Where it stands.
    pub(super) path: String,
    /// In which form.
    pub(super) form: Form,
    /// What is left of its keys.
    pub(super) cut: Cut,
    /// What it holds, in its order.
    pub(super) keys: Arc<[TeamKey<'a>]>,
}

/// How the keys stand in a file.
#[derive(Clone, Copy)]
pub(super) enum Form {
    /// As text: armour for OpenPGP, PEM for S/MIME.
    Text,
    /// As bytes, one key after the other.
    Binary,
}

impl KeyFile<'_> {
    /// Writes the file as of `today`.
    ///
    /// # Errors
    /// Where `out` fails.
    pub(super) fn write(&self, today: Date, out: &mut dyn Write) -> Result<(), RenderError> {
        for held in &*self.keys {
            match held.key.source {
                Source::Stated => {}
                Source::Smime(certificate) => out.write_all(pem(&certificate.der).as_bytes())?,
                Source::OpenPgp(certificate, ref reading) => {
                    let owns = reading.user_ids.iter().any(|id| is_own(id, held.team.team));
                    let binary = certificate.minimised(end_of_day(today), &|id| self.keeps(held, owns, id));
                    match self.form {
                        Form::Binary => out.write_all(&binary)?,
                        Form::Text => out.write_all(armor(&binary).as_bytes())?,
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether a user id stays. `owns`: one of the key's is the team's.
    fn keeps(&self, held: &TeamKey<'_>, owns: bool, id: &UserId) -> bool {
        match &self.cut {
            Cut::Address(mailbox) => is_own(id, held.team.team) && Mailbox::of(id).is_some_and(|one| one == **mailbox),
            Cut::Team if owns => is_own(id, held.team.team),
            Cut::Team => held.key.last_resort(held.team.team).is_some_and(|last| last.text == id.text),
        }
    }
}

/// Every file with keys, but for the Web Key Directory; none that would be empty.
pub(super) fn files<'a>(assessment: &'a Assessment<'a>, rings: &[Ring<'a>]) -> Vec<KeyFile<'a>> {
    let mut files = Vec::new();
    let mut add = |path: String, form: Form, keys: Arc<[TeamKey<'a>]>| {
        if !keys.is_empty() {
            files.push(KeyFile { path, form, cut: Cut::Team, keys });
        }
    };
    for team in &assessment.teams {
        let id = &team.team.id;
        for kind in KeyKind::ALL {
            add(format!("teams/{}", team_file(id, *kind)), Form::Text, of_team(team, *kind));
        }
    }
    let mut alone: BTreeMap<String, Vec<TeamKey<'_>>> = BTreeMap::new();
    for held in sorted(of_all(assessment)) {
        if let Some(path) = held.path() {
            alone.entry(path).or_default().push(held);
        }
    }
    for (path, keys) in alone {
        add(path, Form::Text, keys.into());
    }
    for ring in rings {
        add(ring.path("asc"), Form::Text, Arc::clone(&ring.keys));
        add(ring.path("gpg"), Form::Binary, Arc::clone(&ring.keys));
    }
    files
}

/// The name of the file with the keys of a kind that a team offers; it stands beside the team's page.
pub(super) fn team_file(id: &TeamId, kind: KeyKind) -> String {
    format!("{id}.{}", ending(kind))
}

/// How the names of files with keys of a kind end.
fn ending(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::OpenPgp => "asc",
        KeyKind::Smime => "pem",
    }
}

/// The keys of a kind that a team offers. Those that only software for RFC 9580 reads are left out where there are others.
fn of_team<'a>(team: &'a AssessedTeam<'a>, kind: KeyKind) -> Arc<[TeamKey<'a>]> {
    let offered = team.keys.iter().map(|key| TeamKey { team, key }).filter(|held| held.is_for(kind) && held.key.offered);
    let mut keys = older_first(offered);
    if keys.first().is_some_and(|first| !first.is_modern()) {
        keys.retain(|held| !held.is_modern());
    }
    keys.into()
}
