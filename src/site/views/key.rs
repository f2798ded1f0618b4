//! Contact keys: what is known of each, what is wrong with it, and when it holds.

use super::life::Life;
use crate::assess::{AssessedKey, AssessedTeam, FlagKind, Lack, Source, What, is_own, last_day};
use crate::diagnostic::misleads;
use crate::model::{Date, KeyKind, Weakness};
use crate::openpgp::{Subkey, UserId, UserIdState};
use crate::site::Catalogue;
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
    /// The last day on which it is of use, where that is still to come.
    ends: Option<Date>,
    /// As stated in the entry, where the key itself was not read.
    stated_expires: Option<Date>,
    /// Whether only signatures of the past are checked with it.
    old: bool,
    weaknesses: Vec<String>,
    marks: Vec<Mark>,
}

/// How a key is named, and where it stands.
#[derive(Serialize)]
pub(super) struct KeyName<'a> {
    /// What it is, in words.
    kind: String,
    /// The digits of its fingerprint.
    digits: &'a str,
    /// The fingerprint in two halves, and each of these in as many equal parts as it may be broken into.
    halves: [Vec<String>; 2],
    /// Its last sixteen digits, by which it is told from the others on a page.
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
    revoked: Option<RevokedView>,
    /// What is said of encrypting to it: nothing where it is not for that today.
    encryption: Option<EncryptionView>,
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

/// That a key was revoked, or will be.
#[derive(Serialize)]
pub(super) struct RevokedView {
    on: Date,
    /// Whether its owner dated that to a day that has not come.
    ahead: bool,
}

impl RevokedView {
    pub(super) fn new(key: &AssessedKey<'_>, today: Date) -> Option<Self> {
        let on = Date::of(key.revoked()?.on);
        Some(Self { on, ahead: on > today })
    }
}

/// Whether and until when messages can be encrypted to a key.
#[derive(Serialize)]
struct EncryptionView {
    /// `never`, `was`, `until`, `always`.
    state: &'static str,
    on: Option<Date>,
}

impl EncryptionView {
    fn new(held: &TeamKey<'_>, today: Date) -> Option<Self> {
        let key = held.key;
        let begun = key.created().is_none_or(|created| created <= today);
        if key.revoked().is_some() || !begun || held.is_withdrawn() {
            return None;
        }
        let on = key.usable_until().filter(|_| key.encrypts());
        let state = match on {
            _ if !key.encrypts() => "never",
            Some(last) if last < today => "was",
            Some(_) => "until",
            None => "always",
        };
        Some(Self { state, on })
    }
}

#[derive(Serialize)]
struct UserIdView {
    text: String,
    own: bool,
    /// Why it no longer counts: `expired`, `revoked`.
    ended: Option<UserIdState>,
}

#[derive(Serialize)]
struct SubkeyView {
    algorithm: String,
    /// What it is for: `encryption`, `signatures`, `both`.
    uses: Option<&'static str>,
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

/// Something that a reader should know of a key.
#[derive(Serialize)]
pub(super) struct Mark {
    strength: &'static str,
    /// What, by a word for which the template has a sentence.
    kind: &'static str,
    on: Option<Date>,
    /// Why it was revoked, or in what it is weak.
    why: String,
}

impl<'a> KeyView<'a> {
    pub(super) fn new(held: &TeamKey<'a>, today: Date, texts: &Catalogue) -> Self {
        let key = held.key;
        let read = key.file.is_some();
        Self {
            name: KeyName::new(held, texts),
            read: read.then(|| ReadView::new(held, today, texts)),
            offered: key.offered,
            until: key.usable_until(),
            ends: still_ends(key, today),
            stated_expires: key.expires().filter(|_| !read),
            old: key.revoked().is_some() || key.expires().is_some_and(|last| last < today) || held.is_withdrawn(),
            weaknesses: key.weaknesses().iter().map(|weakness| texts.weakness(*weakness)).collect(),
            marks: marks(held, today, texts),
        }
    }

    /// The keys of a team, those that are offered first, and of these those for OpenPGP.
    pub(super) fn all(team: &'a AssessedTeam<'a>, today: Date, texts: &Catalogue) -> Vec<Self> {
        let mut keys: Vec<_> = team.keys.iter().map(|key| Self::new(&TeamKey { team, key }, today, texts)).collect();
        keys.sort_by_key(|key| (!key.offered, key.read.as_ref().is_some_and(|read| read.certificate.is_some())));
        keys
    }
}

/// The last day on which a key is of use, where that is still to come.
pub(super) fn still_ends(key: &AssessedKey<'_>, today: Date) -> Option<Date> {
    let last = key.usable_until();
    last.filter(|last| today <= *last && key.revoked().is_none())
}

impl<'a> KeyName<'a> {
    pub(super) fn new(held: &TeamKey<'a>, texts: &Catalogue) -> Self {
        let fingerprint = held.key.fingerprint;
        let text = fingerprint.to_string();
        let parts = if fingerprint.digits().len() > 40 { 2 } else { 1 };
        let half = |digits: &str| {
            let groups: Vec<&str> = digits.split_whitespace().collect();
            groups.chunks(groups.len().div_ceil(parts).max(1)).map(|part| part.join(" ")).collect()
        };
        let (first, second) = text.split_at(text.len() / 2);
        Self {
            kind: match held.key.kind {
                KeyKind::OpenPgp => texts.text("key_kind.openpgp"),
                KeyKind::Smime => texts.text("key_kind.smime"),
            },
            digits: fingerprint.digits(),
            halves: [half(first), half(second)],
            short: fingerprint.last_digits(),
            href: held.path(),
        }
    }
}

impl<'a> ReadView<'a> {
    fn new(held: &TeamKey<'a>, today: Date, texts: &Catalogue) -> Self {
        let key = held.key;
        let ids = user_ids(held);
        let more = held.user_id_count() - ids.len().min(SHOWN);
        let subkeys = key.reading().map_or(&[][..], |reading| &reading.subkeys);
        let comment = key.revoked().map(|revoked| plain(&revoked.comment));
        Self {
            algorithm: key.algorithm().map(|algorithm| texts.algorithm(algorithm)).unwrap_or_default(),
            created: key.created(),
            expires: key.expires(),
            encryption: EncryptionView::new(held, today),
            revoked: RevokedView::new(key, today),
            comment: comment.filter(|comment| !comment.trim().is_empty()),
            more_user_ids: more,
            user_ids: ids.into_iter().take(SHOWN).collect(),
            subkeys: subkeys.iter().take(SHOWN).map(|subkey| SubkeyView::new(subkey, today, texts)).collect(),
            more_subkeys: subkeys.len().saturating_sub(SHOWN),
            certificate: match key.source {
                Source::Smime(certificate) => Some(CertificateView::new(certificate)),
                _ => None,
            },
            life: Life::new(key, held.is_withdrawn(), today, texts),
        }
    }
}

/// The team's own addresses in a key, those that count first. Those of others are not shown: they may be people.
fn user_ids(held: &TeamKey<'_>) -> Vec<UserIdView> {
    let team = held.team.team;
    let mut ids: Vec<UserIdView> = match &held.key.source {
        Source::Stated => Vec::new(),
        Source::OpenPgp(_, reading) => reading
            .user_ids
            .iter()
            .filter(|id| id.address.as_ref().is_some_and(|address| team.has_address(address)))
            .map(|id| UserIdView::new(id, is_own(id, team)))
            .collect(),
        Source::Smime(certificate) => certificate
            .emails
            .iter()
            .filter(|email| team.has_address(email))
            .map(|email| UserIdView { text: plain(email), own: true, ended: None })
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
    fn new(subkey: &Subkey, today: Date, texts: &Catalogue) -> Self {
        let expires = subkey.expires.map(last_day);
        Self {
            algorithm: texts.algorithm(&subkey.algorithm),
            uses: match (subkey.encrypts, subkey.signs) {
                (true, true) => Some("both"),
                (true, false) => Some("encryption"),
                (false, true) => Some("signatures"),
                (false, false) => None,
            },
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
    /// How many characters of it are shown.
    const SHOWN: usize = 80;
    let seen = |c| if misleads(c) { char::REPLACEMENT_CHARACTER } else { c };
    let more = text.chars().nth(SHOWN).map(|_| '…');
    text.chars().take(SHOWN).map(seen).chain(more).collect()
}

/// What a reader should know of a key, the gravest first.
pub(super) fn marks(held: &TeamKey<'_>, today: Date, texts: &Catalogue) -> Vec<Mark> {
    let why = |warning: &Warning| match (warning.weakness, held.key.revoked()) {
        (Some(weakness), _) => texts.weakness(weakness),
        (None, Some(revoked)) if warning.kind.starts_with("revoked") => texts.member("revocation", revoked.reason.id()),
        _ => String::new(),
    };
    let mark = |warning: Warning| {
        let why = why(&warning);
        let Warning { strength, kind, on, .. } = warning;
        Mark { strength, kind, on, why }
    };
    warnings(held, today).into_iter().map(mark).collect()
}

/// What becomes a [`Mark`], without its words.
pub(in crate::site) struct Warning {
    strength: &'static str,
    kind: &'static str,
    on: Option<Date>,
    weakness: Option<Weakness>,
}

/// What a reader should know of a key, the gravest first.
pub(in crate::site) fn warnings(held: &TeamKey<'_>, today: Date) -> Vec<Warning> {
    let key = held.key;
    let mut warnings = Vec::new();
    let mut add = |strength, kind, on| warnings.push(Warning { strength, kind, on, weakness: None });
    if let Some(on) = key.revoked().map(|revoked| Date::of(revoked.on)) {
        add("strong", if on <= today { "revoked" } else { "revoked_ahead" }, Some(on));
    }
    let lasts = key.revoked().is_none();
    match key.expires().filter(|_| lasts) {
        Some(last) if last < today => add("strong", "expired", Some(last)),
        Some(last) if last == today => add("strong", "last_day", None),
        last => {
            if let Some(strength) = ending(held, |what| matches!(what, What::Key(_))) {
                add(strength, "expires", last);
            }
        }
    }
    let begun = key.created().is_none_or(|first| first <= today);
    match key.encrypts_until() {
        _ if !lasts || !begun => {}
        _ if !key.encrypts() => add("strong", "cannot_encrypt", None),
        Some(last) if last < today => add("strong", "encryption_ended", Some(last)),
        Some(last) if last == today => add("strong", "encryption_last_day", None),
        last => {
            if let Some(strength) = ending(held, |what| matches!(what, What::Encryption(_))) {
                add(strength, "encryption_ends", last);
            }
        }
    }
    if let Some(first) = key.created().filter(|first| *first > today) {
        add("strong", "not_before", Some(first));
    }
    let read = key.file.is_some();
    if read && !user_ids(held).iter().any(|id| id.own) {
        let others = key.of_other.is_some() || key.lack(held.team.team) == Lack::OwnUserId;
        add("strong", if others { "no_own_address" } else { "no_address" }, None);
    }
    if held.is_withdrawn() {
        add("soft", "withdrawn", None);
    }
    let weak = |weakness| Warning { strength: "soft", kind: "weak", on: None, weakness: Some(weakness) };
    warnings.extend(key.weaknesses().iter().map(|weakness| weak(*weakness)));
    if !read {
        warnings.push(Warning { strength: "info", kind: "stated", on: None, weakness: None });
    }
    warnings
}

/// How much it matters that something of a key ends, where it is flagged and has not ended.
fn ending(held: &TeamKey<'_>, is_it: impl Fn(What<'_>) -> bool) -> Option<&'static str> {
    let is_ahead = |kind: &FlagKind<'_>| matches!(kind, FlagKind::Ends(end) if is_it(end.what) && !end.has_ended());
    held.flags().find(|flag| is_ahead(&flag.kind)).map(|flag| flag.strength.id())
}
