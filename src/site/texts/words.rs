//! Words for what the model and the assessment know by a kind, an id or a number.

use super::Catalogue;
use crate::assess::{ChangeKind, Ending, FlagKind, KeyFault, KeyName, Lack, Status, What};
use crate::config::Config;
use crate::model::{Country, KeyAlgorithm, KeyKind, Level, Slug, Tenths, Weakness};

impl Catalogue {
    /// The text of `id` within a family of texts, such as `status.listed`.
    pub(in crate::site) fn member(&self, family: &str, id: &str) -> String {
        self.text(&format!("{family}.{id}"))
    }

    /// A level, or what stands in its place.
    pub(in crate::site) fn status(&self, status: Status) -> String {
        self.member("status", status.id())
    }

    /// The teams at a level or above it; of the highest, that alone.
    pub(in crate::site) fn audience(&self, lowest: Level) -> String {
        let level = self.member("status", lowest.id());
        if lowest == Level::Certified { level } else { self.say("audience.above", &[("level", &level)]) }
    }

    /// A number with one decimal, with the mark that is usual in front of it.
    pub(in crate::site) fn decimal(&self, number: Tenths) -> String {
        self.say("number.decimal", &[("whole", &(number.0 / 10)), ("tenths", &(number.0 % 10))])
    }

    /// The usual name of a country.
    pub(in crate::site) fn country(&self, country: Country) -> &'static str {
        country.name_in(self.language().id())
    }

    /// A constituency type: as the operator calls it, as we do, or its id in words.
    pub(in crate::site) fn type_name(&self, kind: &Slug, config: &Config) -> String {
        let own = config.types.get(kind).map(ToString::to_string);
        let key = format!("type.{kind}");
        own.or_else(|| self.message(&key).map(|_| self.text(&key))).unwrap_or_else(|| kind.words())
    }

    /// A flag, in a sentence.
    pub(in crate::site) fn flag(&self, kind: &FlagKind<'_>) -> String {
        match kind {
            FlagKind::Ends(ending) => self.ending(ending, ending.has_ended()),
            FlagKind::EndNotStated => self.text("flag.end_not_stated"),
            FlagKind::EarlyCertificationCandidate(accredited, candidate) => {
                self.say("flag.early_candidate", &[("accredited", accredited), ("candidate", candidate)])
            }
            FlagKind::NeverConfirmed => self.text("flag.never_confirmed"),
            FlagKind::Suspended(since) => self.say("flag.suspended", &[("day", since)]),
            FlagKind::Withdrawn(since) => self.say("flag.withdrawn", &[("day", since)]),
            FlagKind::NoLevelStated => self.member("status", "not-stated"),
            FlagKind::Key(key, fault) => self.fault(*key, fault),
        }
    }

    /// What is wrong with a key, in a sentence.
    fn fault(&self, key: KeyName<'_>, fault: &KeyFault<'_>) -> String {
        let key = self.key_name(key);
        match fault {
            KeyFault::Revoked(on, reason) => {
                let reason = self.member("revocation", reason.id());
                self.say("flag.key.revoked", &[("key", &key), ("day", on), ("reason", &reason)])
            }
            KeyFault::RevokedAhead(on, reason) => {
                let reason = self.member("revocation", reason.id());
                self.say("flag.key.revoked_ahead", &[("key", &key), ("day", on), ("reason", &reason)])
            }
            KeyFault::CannotEncrypt => self.say("flag.key.cannot_encrypt", &[("key", &key)]),
            KeyFault::Weak(weakness) => self.say("flag.key.weak", &[("key", &key), ("weakness", &self.weakness(*weakness))]),
            KeyFault::NotYetValid(from) => self.say("flag.key.not_yet_valid", &[("key", &key), ("day", from)]),
            KeyFault::UserIdExpired(address) => self.say("flag.key.user_id_expired", &[("key", &key), ("address", address)]),
            KeyFault::UserIdRevoked(address) => self.say("flag.key.user_id_revoked", &[("key", &key), ("address", address)]),
            KeyFault::NoUserId(Lack::Address) => self.say("flag.key.no_user_id", &[("key", &key)]),
            KeyFault::NoUserId(Lack::OwnUserId) => self.say("flag.key.no_own_user_id", &[("key", &key)]),
            KeyFault::OfOther(address) => self.say("flag.key.of_other", &[("key", &key), ("address", address)]),
        }
    }

    /// What an ending means, or will mean when its day has passed, with the words that fit the thing. They name the day, and
    /// so stay true.
    pub(in crate::site) fn ending(&self, ending: &Ending<'_>, has_ended: bool) -> String {
        if ending.what == What::Confirmation {
            return self.say("flag.unconfirmed", &[("day", &ending.on)]);
        }
        let family = ending.what.kind();
        let name = match ending.what {
            What::Key(key) => self.key_name(key),
            What::Encryption(fingerprint) => fingerprint.last_digits(),
            What::Agreement(name) => name.to_string(),
            What::Level(to) => self.status(to),
            _ => String::new(),
        };
        let tense = if has_ended { "past" } else { "ahead" };
        self.say(&format!("ends.{family}.{tense}"), &[("name", &name), ("day", &ending.on)])
    }

    /// What ends.
    pub(in crate::site) fn what(&self, what: What<'_>) -> String {
        match what {
            What::Certification => self.text("what.certification"),
            What::Candidacy => self.text("what.candidacy"),
            What::Confirmation => self.text("what.confirmation"),
            What::Assessment => self.text("what.assessment"),
            What::Key(key) => self.key_name(key),
            What::Encryption(fingerprint) => self.say("what.encryption", &[("digits", &fingerprint.last_digits())]),
            What::Agreement(name) => self.say("what.agreement", &[("name", name)]),
            What::Suspension => self.text("what.suspension"),
            What::Level(to) => self.say("what.level", &[("status", &self.status(to))]),
        }
    }

    /// What has become of a team.
    pub(in crate::site) fn change(&self, kind: ChangeKind<'_>) -> String {
        let text = format!("change.{}", kind.id());
        let level = |level| self.status(Status { level: Some(level), state: None });
        match kind {
            ChangeKind::Joined(to)
            | ChangeKind::Raised(to)
            | ChangeKind::Lowered(to)
            | ChangeKind::Lapsed(Some(to))
            | ChangeKind::Reinstated(to) => self.say(&text, &[("level", &level(to))]),
            ChangeKind::Candidate(to) => level(to),
            ChangeKind::Lapsed(None) => self.text("change.certification-lapsed-suspended"),
            ChangeKind::Renewed | ChangeKind::Suspended | ChangeKind::Withdrew => self.text(&text),
            ChangeKind::KeyMade(key) | ChangeKind::KeyExpired(key) => self.say(&text, &[("key", &self.key_name(key))]),
            ChangeKind::KeyRevoked(key, reason) => {
                let reason = self.member("revocation", reason.id());
                self.say(&text, &[("key", &self.key_name(key)), ("reason", &reason)])
            }
        }
    }

    /// When something ends or ended: `in 12 days`.
    pub(in crate::site) fn when(&self, ending: &Ending<'_>) -> String {
        let days = ending.days_left.unsigned_abs();
        match ending.days_left {
            0 => self.text("ends.it.today"),
            1.. => self.count("ends.it.ahead", days, &[]),
            _ => self.count("ends.it.past", days, &[]),
        }
    }

    /// A key, by its kind and its last digits.
    fn key_name(&self, key: KeyName<'_>) -> String {
        let digits = key.fingerprint.last_digits();
        match key.kind {
            KeyKind::OpenPgp => self.say("key_name.openpgp", &[("digits", &digits)]),
            KeyKind::Smime => self.say("key_name.smime", &[("digits", &digits)]),
        }
    }

    /// Why a key is weak.
    pub(in crate::site) fn weakness(&self, weakness: Weakness) -> String {
        match weakness {
            Weakness::ShortRsa(bits) => self.say("weakness.short_rsa", &[("bits", &bits)]),
            Weakness::Dsa => self.text("weakness.dsa"),
            Weakness::OldHash(name) => self.say("weakness.old_hash", &[("hash", &name)]),
        }
    }

    /// An algorithm, in plain words.
    pub(in crate::site) fn algorithm(&self, algorithm: &KeyAlgorithm) -> String {
        let sized = |name: &str, bits: &u32| self.say("algorithm.sized", &[("name", &name), ("bits", bits)]);
        match algorithm {
            KeyAlgorithm::Rsa(bits) => sized("RSA", bits),
            KeyAlgorithm::Dsa(bits) => sized("DSA", bits),
            KeyAlgorithm::Elgamal(bits) => sized("Elgamal", bits),
            KeyAlgorithm::Curve(name) => self.say("algorithm.curve", &[("name", name)]),
            KeyAlgorithm::Other(name) => name.clone(),
        }
    }
}
