//! Contact keys: what is known of each, what is wrong with it, and when it holds.

use super::life::Life;
use crate::assess::{AssessedTeam, FlagKind, Source, What, is_own, last_day};
use crate::diagnostic::{misleads, shorten};
use crate::model::{Date, KeyKind, State};
use crate::openpgp::{Subkey, UserId, UserIdState};
use crate::site::keys::TeamKey;
use crate::smime;
use serde::Serialize;

/// How many user ids or subkeys of one key are shown.
const SHOWN: usize = 10;

/// A key on its team's page.
#[derive(Serialize)]
pub(super) struct KeyView<'a> {
    name: KeyName<'a>,
    /// What was read from it; without, all that is known is what the entry says.
    read: Option<ReadView<'a>>,
    offered: bool,
    /// The last day on which messages can be encrypted to it, where that is known.
    until: Option<Date>,
    /// As stated in the entry, where the key itself was not read.
    stated_expires: Option<Date>,
    marks: Vec<Mark>,
}

/// How a key is named, and where it stands.
#[derive(Serialize)]
pub(super) struct KeyName<'a> {
    /// In words.
    kind: &'static str,
    /// The digits of its fingerprint.
    digits: &'a str,
    /// The fingerprint in two halves.
    halves: [String; 2],
    /// Its last digits, by which it is told from the others on a page.
    short: String,
    /// The file that holds it alone, from the root of the site; and its name.
    href: Option<String>,
}

/// What was read from a key.
#[derive(Serialize)]
struct ReadView<'a> {
    algorithm: String,
    created: Option<Date>,
    expires: Option<Date>,
    /// Whether messages can be encrypted to it at some time.
    encrypts: bool,
    revoked: bool,
    /// The owner's words on the revocation.
    comment: Option<String>,
    user_ids: Vec<UserIdView>,
    /// How many there are besides.
    more_user_ids: usize,
    subkeys: Vec<SubkeyView>,
    more_subkeys: usize,
    certificate: Option<CertificateView<'a>>,
    life: Option<Life>,
}

#[derive(Serialize)]
struct UserIdView {
    text: String,
    own: bool,
    /// Why it no longer counts.
    ended: Option<UserIdState>,
}

#[derive(Serialize)]
struct SubkeyView {
    algorithm: String,
    /// What it is for.
    uses: Vec<&'static str>,
    expires: Option<Date>,
    expired: bool,
    revoked: bool,
}

#[derive(Serialize)]
struct CertificateView<'a> {
    subject: String,
    issuer: String,
    serial: &'a str,
}

/// Something that a reader should know of a key: words, with a day in between where there is one.
#[derive(Serialize)]
pub(in crate::site) struct Mark {
    strength: &'static str,
    pub(in crate::site) before: String,
    on: Option<Date>,
    after: &'static str,
}

impl<'a> KeyView<'a> {
    pub(super) fn new(held: &TeamKey<'a>, today: Date) -> Self {
        let key = held.key;
        let read = key.file.is_some();
        Self {
            name: KeyName::new(held),
            read: read.then(|| ReadView::new(held, today)),
            offered: key.offered,
            until: key.encrypts_until().or(key.expires()),
            stated_expires: key.expires().filter(|_| !read),
            marks: marks(held, today),
        }
    }

    /// The keys of a team, those that are offered first.
    pub(super) fn all(team: &'a AssessedTeam<'a>, today: Date) -> Vec<Self> {
        let mut keys: Vec<_> = team.keys.iter().map(|key| Self::new(&TeamKey { team, key }, today)).collect();
        keys.sort_by_key(|key| !key.offered);
        keys
    }
}

impl<'a> KeyName<'a> {
    pub(super) fn new(held: &TeamKey<'a>) -> Self {
        let fingerprint = held.key.fingerprint;
        let text = fingerprint.to_string();
        let (first, second) = text.split_at(text.len() / 2);
        Self {
            kind: match held.key.kind {
                KeyKind::OpenPgp => "OpenPGP",
                KeyKind::Smime => "S/MIME",
            },
            digits: fingerprint.digits(),
            halves: [first.trim().to_owned(), second.trim().to_owned()],
            short: text[text.len() - 9..].to_owned(),
            href: held.path(),
        }
    }
}

impl<'a> ReadView<'a> {
    fn new(held: &TeamKey<'a>, today: Date) -> Self {
        let key = held.key;
        let ids = user_ids(held);
        let subkeys = key.reading().map_or(&[][..], |reading| &reading.subkeys);
        let comment = key.revoked().map(|revoked| plain(&revoked.comment));
        Self {
            algorithm: key.algorithm().map(ToString::to_string).unwrap_or_default(),
            created: key.created(),
            expires: key.expires(),
            encrypts: key.encrypts(),
            revoked: key.revoked().is_some(),
            comment: comment.filter(|comment| !comment.trim().is_empty()),
            more_user_ids: ids.len().saturating_sub(SHOWN),
            user_ids: ids.into_iter().take(SHOWN).collect(),
            subkeys: subkeys.iter().take(SHOWN).map(|subkey| SubkeyView::new(subkey, today)).collect(),
            more_subkeys: subkeys.len().saturating_sub(SHOWN),
            certificate: match key.source {
                Source::Smime(certificate) => Some(CertificateView::new(certificate)),
                _ => None,
            },
            life: Life::new(key, today),
        }
    }
}

/// Whom a key names, the team's own addresses first.
fn user_ids(held: &TeamKey<'_>) -> Vec<UserIdView> {
    let team = held.team.team;
    let mut ids: Vec<UserIdView> = match &held.key.source {
        Source::Stated => Vec::new(),
        Source::OpenPgp(_, reading) => reading.user_ids.iter().map(|id| UserIdView::new(id, is_own(id, team))).collect(),
        Source::Smime(certificate) => certificate
            .emails
            .iter()
            .map(|email| UserIdView { text: plain(email), own: team.has_address(email), ended: None })
            .collect(),
    };
    ids.sort_by_key(|id| !id.own);
    ids
}

impl UserIdView {
    fn new(id: &UserId, own: bool) -> Self {
        Self { text: plain(&id.text), own, ended: Some(id.state).filter(|state| *state != UserIdState::Valid) }
    }
}

impl SubkeyView {
    fn new(subkey: &Subkey, today: Date) -> Self {
        let uses = [(subkey.encrypts, "encryption"), (subkey.signs, "signatures")];
        let expires = subkey.expires.map(last_day);
        Self {
            algorithm: subkey.algorithm.to_string(),
            uses: uses.into_iter().filter_map(|(is, name)| is.then_some(name)).collect(),
            expires,
            expired: expires.is_some_and(|last| last < today),
            revoked: subkey.revoked,
        }
    }
}

impl<'a> CertificateView<'a> {
    fn new(certificate: &'a smime::Certificate) -> Self {
        Self { subject: plain(&certificate.subject), issuer: plain(&certificate.issuer), serial: &certificate.serial }
    }
}

/// A text from a key, which anybody may have written: short, and without invisible characters.
fn plain(text: &str) -> String {
    shorten(text).chars().map(|c| if misleads(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// What a reader should know of a key, the gravest first.
pub(in crate::site) fn marks(held: &TeamKey<'_>, today: Date) -> Vec<Mark> {
    let TeamKey { team, key } = held;
    let read = key.file.is_some();
    let mut marks = Vec::new();
    let mut add = |strength, before: &str, on, after| marks.push(Mark { strength, before: before.to_owned(), on, after });
    if let Some(revoked) = key.revoked() {
        let on = Some(Date::of(revoked.on));
        add("strong", "Revoked on ", on, revoked.reason.title());
    }
    match key.expires() {
        Some(last) if last < today => add("strong", "Expired; its last day was ", Some(last), ""),
        last => {
            if let Some(strength) = ending(held, |what| matches!(what, What::Key(_))) {
                add(strength, "Expires soon; its last day is ", last, "");
            }
        }
    }
    match key.encrypts_until() {
        _ if !key.encrypts() => add("strong", "Messages cannot be encrypted to it", None, ""),
        Some(last) if last < today => {
            add("strong", "Messages can no longer be encrypted to it; the last day was ", Some(last), "");
        }
        last => {
            if let Some(strength) = ending(held, |what| matches!(what, What::Encryption(_))) {
                add(strength, "Messages can be encrypted to it only until ", last, "");
            }
        }
    }
    if let Some(first) = key.created().filter(|first| *first > today) {
        add("strong", "Not valid before ", Some(first), "");
    }
    if read && !user_ids(held).iter().any(|id| id.own) {
        add("strong", "It carries no address of the team that still counts", None, "");
    }
    if team.standing.status.state == Some(State::Withdrawn) {
        add("soft", "Not offered, for the team has withdrawn", None, "");
    }
    for weakness in key.weaknesses() {
        add("soft", &format!("Weak: {weakness}"), None, "");
    }
    if !read {
        add("info", "As stated by the team; the key itself was not given to us", None, "");
    }
    marks
}

/// How much it matters that something of a key ends, where it is flagged and has not ended.
fn ending(held: &TeamKey<'_>, is_it: impl Fn(What<'_>) -> bool) -> Option<&'static str> {
    let is_ahead = |kind: &FlagKind<'_>| matches!(kind, FlagKind::Ends(end) if is_it(end.what) && !end.has_ended());
    held.flags().find(|flag| is_ahead(&flag.kind)).map(|flag| flag.strength.id())
}
