//! What of a certificate's own signatures holds at an instant.
//!
//! RFC 9580 leaves much of it open; where it does, GnuPG's rules are followed, for its users compare. Where rules differ,
//! the one that trusts less is taken.

use super::certificate::{Certificate, Subject, Subordinate};
use super::key::Key;
use super::reading::{Encryption, Reading, Revocation, RevocationReason, Subkey, Usage, UserId, UserIdState};
use super::verify::Own;
use crate::model::{KeyAlgorithm, Weakness};
use chrono::{DateTime, Utc};

/// What holds of a certificate at an instant, and by which of its signatures.
#[derive(Debug)]
pub(super) struct Evaluation<'c> {
    certificate: &'c Certificate,
    at: i64,
    /// The direct-key signature that counts (RFC 9580, section 5.2.1.10).
    pub direct: Option<&'c Own>,
    /// The user ids and user attributes that are bound, in the order of the file.
    pub user_ids: Vec<BoundUserId<'c>>,
    /// The subkeys that are bound, in the order of the file.
    pub subkeys: Vec<BoundSubkey<'c>>,
    /// When the primary key ends, in seconds since 1970.
    expires: Option<i64>,
    /// What the primary key is for.
    usage: Usage,
}

/// A user id, or user attribute, that is bound.
#[derive(Debug)]
pub(super) struct BoundUserId<'c> {
    pub subject: &'c Subject,
    pub state: UserIdState,
    /// The certification that counts; `None` where it was only revoked.
    pub certification: Option<&'c Own>,
}

/// A subkey that is bound.
#[derive(Debug)]
pub(super) struct BoundSubkey<'c> {
    pub subkey: &'c Subordinate,
    pub binding: &'c Own,
}

impl<'c> Evaluation<'c> {
    /// What holds at `at`, in seconds since 1970.
    pub(super) fn new(certificate: &'c Certificate, at: i64) -> Self {
        let horizon = horizon(certificate, at);
        // Of direct-key signatures and bindings an older one counts where the newest has ended by itself; of
        // certifications none does: its user id has ended then. So it is in GnuPG.
        let direct = newest(certificate.signatures.iter().filter(|own| !ended(own, at)), horizon);
        // A key of version 6 has a direct-key signature (RFC 9580, section 10.1.1), which alone says when it ends: without
        // it nothing of the key holds.
        let holds = direct.is_some() || certificate.key.version < 6;
        let subjects = certificate.user_ids.iter().filter(|_| holds);
        let user_ids: Vec<_> = subjects.filter_map(|subject| bound(subject, horizon, at)).collect();
        let subkeys = certificate.subkeys.iter().filter(|_| holds).filter_map(|subkey| {
            let binding = newest(subkey.signatures.iter().filter(|own| !ended(own, at)), horizon)?;
            Some(BoundSubkey { subkey, binding })
        });
        let subkeys = subkeys.collect();
        let mut found = Self { certificate, at, direct, user_ids, subkeys, expires: None, usage: Usage::default() };
        let all = |_: usize| true;
        let able = if holds { certificate.key.able() } else { Usage::default() };
        let usage = found.stated(all, |own| own.usage).map_or(able, |(_, usage)| usage.within(able));
        // A primary key certifies, whatever its flags say.
        found.usage = Usage { certifies: true, ..usage };
        found.expires = found.stated(all, |own| own.lifetime).map(|(_, seconds)| certificate.key.created + seconds);
        found
    }

    /// What is said of the primary key, and the place in `user_ids` of the one that says it, where it is one of them; of
    /// them only those that `among` lets pass are asked.
    ///
    /// The direct-key signature counts first; on keys of version 6 it alone does (RFC 9580, section 5.2.3.10). Where it
    /// is silent, or there is none, the newest valid certification that is not silent counts, of whichever user id or
    /// user attribute: so it is in GnuPG, which adds to the RFC that a silent one is passed over.
    pub(super) fn stated<T>(
        &self,
        among: impl Fn(usize) -> bool,
        what: impl Fn(&Own) -> Option<T>,
    ) -> Option<(Option<usize>, T)> {
        if let Some(direct) = self.direct {
            let said = what(direct);
            if said.is_some() || self.certificate.key.version >= 6 {
                return said.map(|said| (None, said));
            }
        }
        let valid = self.user_ids.iter().enumerate().filter(|(at, id)| id.state == UserIdState::Valid && among(*at));
        let says = valid.filter_map(|(at, id)| Some((at, id.certification?.created, what(id.certification?)?)));
        // Of equals the first in the file is taken.
        let (at, _, said) = says.reduce(|first, next| if next.1 > first.1 { next } else { first })?;
        Some((Some(at), said))
    }

    /// The place of the primary user id in `user_ids`: the newest that says so, else the newest (RFC 9580, section
    /// 5.2.3.27).
    fn primary(&self) -> Option<usize> {
        let ids = self.user_ids.iter().enumerate().filter(|(_, id)| id.subject.text.is_some());
        let valid = ids.filter(|(_, id)| id.state == UserIdState::Valid);
        // Of equals the first in the file is taken.
        let rank = |own: Option<&Own>| own.map(|own| (own.primary, own.created));
        valid.rev().max_by_key(|(_, id)| rank(id.certification)).map(|(at, _)| at)
    }

    /// All of it in plain values.
    pub(super) fn reading(&self) -> Reading {
        let Certificate { key, .. } = self.certificate;
        let subkeys: Vec<Subkey> = self.subkeys.iter().map(|bound| self.subkey(bound)).collect();
        let primary = self.primary();
        let mut user_ids: Vec<(usize, UserId)> =
            self.user_ids.iter().enumerate().filter_map(|(at, id)| Some((at, id.user_id()?))).collect();
        user_ids.sort_by_key(|(at, _)| Some(*at) != primary);
        Reading {
            fingerprint: key.fingerprint.clone(),
            version: key.version,
            algorithm: key.algorithm.clone(),
            created: instant(key.created),
            expires: self.expires.map(instant),
            revoked: self.revocation(),
            user_ids: user_ids.into_iter().map(|(_, id)| id).collect(),
            encryption: self.encryption(&subkeys),
            weaknesses: self.weaknesses(&subkeys, primary),
            usage: self.usage,
            subkeys,
        }
    }

    /// A key revocation counts for good: whatever its date, and whatever was signed since (RFC 9580, section 5.2.1.11;
    /// GnuPG does the same). Of several the one with the gravest reason is told, of equals the first.
    fn revocation(&self) -> Option<Revocation> {
        let gravity = |reason| match reason {
            RevocationReason::Compromised => 0,
            RevocationReason::Unstated => 1,
            RevocationReason::Superseded | RevocationReason::Retired => 2,
        };
        let revocations = self.certificate.signatures.iter().filter(|own| own.revokes);
        let own = revocations.min_by_key(|own| (gravity(own.reason), own.created))?;
        Some(Revocation { on: instant(own.created), reason: own.reason, comment: own.comment.clone() })
    }

    fn subkey(&self, bound: &BoundSubkey<'_>) -> Subkey {
        let BoundSubkey { subkey, binding } = bound;
        let able = subkey.key.able();
        let usage = binding.usage.map_or(able, |usage| usage.within(able));
        // What signs must agree to its primary key, else it could be another's (RFC 9580, section 5.2.1.9).
        let agrees = binding.agreed.iter().any(|end| end.is_none_or(|end| self.at < end));
        Subkey {
            fingerprint: subkey.key.fingerprint.clone(),
            algorithm: subkey.key.algorithm.clone(),
            created: instant(subkey.key.created),
            expires: binding.lifetime.map(|seconds| instant(subkey.key.created + seconds)),
            revoked: subkey.signatures.iter().any(|own| own.revokes),
            encrypts: usage.encrypts,
            signs: usage.signs && agrees,
            usage,
        }
    }

    fn encryption(&self, subkeys: &[Subkey]) -> Encryption {
        let own = self.expires.map(instant);
        let of_subkeys =
            subkeys.iter().filter(|subkey| subkey.encrypts && !subkey.revoked).map(|subkey| match (subkey.expires, own) {
                (Some(its), Some(own)) => Some(its.min(own)),
                (its, own) => its.or(own),
            });
        let ends = self.usage.encrypts.then_some(own).into_iter().chain(of_subkeys);
        ends.reduce(|one, other| Some(one?.max(other?))).map_or(Encryption::Never, Encryption::Until)
    }

    fn weaknesses(&self, subkeys: &[Subkey], primary: Option<usize>) -> Vec<Weakness> {
        let at = instant(self.at);
        let used =
            |subkey: &&Subkey| !subkey.revoked && subkey.expires.is_none_or(|end| at < end) && subkey.usage != Usage::default();
        let algorithms = subkeys.iter().filter(used).map(|subkey| &subkey.algorithm);
        let Key { algorithm, .. } = &self.certificate.key;
        let mut found: Vec<Weakness> = algorithms.chain([algorithm]).filter_map(KeyAlgorithm::weakness).collect();
        let binding = primary.and_then(|at| self.user_ids[at].certification).or(self.direct);
        found.extend(binding.and_then(|own| own.old_hash).map(Weakness::OldHash));
        found.sort();
        found.dedup();
        found
    }
}

impl BoundUserId<'_> {
    /// In plain values; `None` for a user attribute, which is a picture.
    pub(super) fn user_id(&self) -> Option<UserId> {
        let text = self.subject.text.clone()?;
        Some(UserId { address: address(&text), text, state: self.state })
    }
}

/// Until when signatures count: what is dated later does not yet, unless nothing is dated earlier. A key from the future
/// is shown as such a key.
fn horizon(certificate: &Certificate, at: i64) -> i64 {
    let subjects = certificate.user_ids.iter().flat_map(|subject| &subject.signatures);
    let mut binding = certificate.signatures.iter().chain(subjects).filter(|own| !own.revokes);
    if binding.any(|own| own.created <= at) { at } else { i64::MAX }
}

/// The newest of the signatures that bind, made until `horizon`; of equals the last in the file, as in GnuPG.
fn newest<'c>(signatures: impl Iterator<Item = &'c Own>, horizon: i64) -> Option<&'c Own> {
    signatures.filter(|own| !own.revokes && own.created <= horizon).max_by_key(|own| own.created)
}

fn ended(own: &Own, at: i64) -> bool {
    own.ends.is_some_and(|end| end <= at)
}

/// A user id whose revocation is not older than its newest certification is revoked; a newer certification brings it back
/// (RFC 9580, section 5.2.1.12; GnuPG does the same).
fn bound(subject: &Subject, horizon: i64, at: i64) -> Option<BoundUserId<'_>> {
    let certification = newest(subject.signatures.iter(), horizon);
    let revoked = subject.signatures.iter().filter(|own| own.revokes).map(|own| own.created).max();
    let state = match (certification, revoked) {
        (None, None) => return None,
        (None, Some(_)) => UserIdState::Revoked,
        (Some(own), Some(revoked)) if revoked >= own.created => UserIdState::Revoked,
        (Some(own), _) if ended(own, at) => UserIdState::Expired,
        _ => UserIdState::Valid,
    };
    Some(BoundUserId { subject, state, certification })
}

/// The mail address in a user id.
fn address(text: &str) -> Option<String> {
    let inner = text.trim().strip_suffix('>').and_then(|text| text.rsplit_once('<')).map_or(text, |(_, inner)| inner);
    let (local, domain) = inner.rsplit_once('@')?;
    let plain = !inner.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>'));
    (plain && !local.is_empty() && !domain.is_empty()).then(|| inner.to_owned())
}

/// Seconds since 1970 as an instant.
fn instant(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::certificate::{Certificate, Subject, Subordinate};
    use super::*;

    /// A signature that binds, made at `created`.
    fn own(created: i64) -> Own {
        Own {
            raw: Box::default(),
            revokes: false,
            created,
            ends: None,
            lifetime: None,
            usage: None,
            primary: false,
            old_hash: None,
            reason: RevocationReason::Unstated,
            comment: String::new(),
            agreed: Vec::new(),
        }
    }

    fn revocation(created: i64) -> Own {
        Own { revokes: true, ..own(created) }
    }

    fn lasting(created: i64, seconds: i64) -> Own {
        Own { lifetime: Some(seconds), ..own(created) }
    }

    /// A key that was made at 0, by its version and the number of its algorithm.
    fn key(version: u8, number: u8) -> Key {
        let algorithm = KeyAlgorithm::Curve("Ed25519");
        Key { fingerprint: "A".repeat(40).parse().unwrap(), version, number, algorithm, created: 0 }
    }

    /// A certificate with a primary key for signatures, and subkeys for encryption; by the signatures over each part.
    fn certificate(version: u8, signatures: Vec<Own>, user_ids: Vec<Vec<Own>>, subkeys: Vec<Vec<Own>>) -> Certificate {
        let subject = |signatures| Subject { raw: Box::default(), body: Box::default(), text: Some(String::new()), signatures };
        let subordinate = |signatures| Subordinate { key: key(version, 25), raw: Box::default(), signatures };
        Certificate {
            key: key(version, 27),
            raw: Box::default(),
            signatures,
            user_ids: user_ids.into_iter().map(subject).collect(),
            subkeys: subkeys.into_iter().map(subordinate).collect(),
        }
    }

    fn reading(certificate: &Certificate, at: i64) -> Reading {
        Evaluation::new(certificate, at).reading()
    }

    fn expires(certificate: &Certificate, at: i64) -> Option<i64> {
        reading(certificate, at).expires.map(|end| end.timestamp())
    }

    #[test]
    fn a_user_id_counts_by_its_newest_signatures() {
        let ending = || Own { ends: Some(20), ..own(10) };
        for (signatures, at, state) in [
            (vec![own(10)], 15, Some(UserIdState::Valid)),
            (vec![own(10), revocation(9)], 15, Some(UserIdState::Valid)),
            (vec![own(10), revocation(10)], 15, Some(UserIdState::Revoked)),
            (vec![own(10), revocation(12), own(13)], 15, Some(UserIdState::Valid)),
            // What is dated later takes back already, and does not yet bind.
            (vec![own(10), revocation(30)], 15, Some(UserIdState::Revoked)),
            (vec![own(30)], 15, None),
            (vec![revocation(10)], 15, Some(UserIdState::Revoked)),
            (vec![ending()], 19, Some(UserIdState::Valid)),
            (vec![ending()], 20, Some(UserIdState::Expired)),
            (vec![own(5), ending()], 20, Some(UserIdState::Expired)),
            (vec![ending(), revocation(11)], 20, Some(UserIdState::Revoked)),
        ] {
            let found = reading(&certificate(4, vec![own(1)], vec![signatures.clone()], vec![]), at);
            assert_eq!(found.user_ids.first().map(|id| id.state), state, "{signatures:?}");
        }
    }

    #[test]
    fn of_what_is_said_of_the_primary_key_only_what_holds_counts() {
        let ended = || Own { ends: Some(20), ..lasting(10, 70) };
        for (version, signatures, user_id, expected) in [
            (4, vec![], vec![lasting(10, 100)], Some(100)),
            (4, vec![own(10)], vec![lasting(10, 100)], Some(100)),
            (4, vec![lasting(5, 50)], vec![lasting(10, 100)], Some(50)),
            (4, vec![lasting(5, 50), ended()], vec![lasting(10, 100)], Some(50)),
            (4, vec![ended()], vec![lasting(10, 100)], Some(100)),
            (4, vec![], vec![ended()], None),
            (4, vec![], vec![lasting(10, 100), revocation(10)], None),
            (6, vec![own(10)], vec![lasting(10, 100)], None),
            (6, vec![lasting(10, 50)], vec![lasting(10, 100)], Some(50)),
        ] {
            let certificate = certificate(version, signatures, vec![user_id], vec![]);
            assert_eq!(expires(&certificate, 20), expected, "{certificate:?}");
        }
    }

    #[test]
    fn messages_are_encrypted_until_the_first_end_of_the_key_that_lasts_longest() {
        let until = |seconds: i64| Encryption::Until(Some(instant(seconds)));
        for (whole, subkeys, expected) in [
            (own(1), vec![], Encryption::Never),
            (own(1), vec![vec![own(1)]], Encryption::Until(None)),
            (own(1), vec![vec![lasting(1, 50)]], until(50)),
            (own(1), vec![vec![lasting(1, 50)], vec![lasting(1, 70)]], until(70)),
            (own(1), vec![vec![lasting(1, 50)], vec![own(1)]], Encryption::Until(None)),
            (lasting(1, 60), vec![vec![own(1)]], until(60)),
            (lasting(1, 60), vec![vec![lasting(1, 50)]], until(50)),
            (lasting(1, 60), vec![vec![lasting(1, 70)]], until(60)),
            // A subkey is revoked for good, whatever was signed since.
            (own(1), vec![vec![own(1), revocation(2), own(3)]], Encryption::Never),
            (own(1), vec![vec![own(1), revocation(2)], vec![lasting(1, 50)]], until(50)),
            (own(1), vec![vec![own(30)]], Encryption::Never),
            (own(1), vec![vec![Own { ends: Some(20), ..own(1) }]], Encryption::Never),
            (own(1), vec![vec![Own { usage: Some(Usage::default()), ..own(1) }]], Encryption::Never),
        ] {
            let certificate = certificate(4, vec![whole], vec![], subkeys);
            assert_eq!(reading(&certificate, 20).encryption, expected, "{certificate:?}");
        }
    }

    #[test]
    fn a_key_is_for_no_more_than_its_algorithm_can_do() {
        let all = Usage { certifies: true, signs: true, encrypts: true, authenticates: true };
        let found = reading(&certificate(4, vec![Own { usage: Some(all), ..own(1) }], vec![], vec![]), 20);
        assert_eq!((found.usage, found.encryption), (Usage { encrypts: false, ..all }, Encryption::Never));
        let found = reading(&certificate(4, vec![own(1)], vec![], vec![vec![Own { usage: Some(all), ..own(1) }]]), 20);
        assert_eq!(found.subkeys[0].usage, Usage { encrypts: true, ..Usage::default() });
    }

    #[test]
    fn a_subkey_signs_while_it_agrees_to_belong_to_its_key() {
        for (agreed, expected) in [
            (vec![], false),
            (vec![None], true),
            (vec![Some(21)], true),
            (vec![Some(20)], false),
            (vec![Some(20), Some(21)], true),
        ] {
            let mut certificate = certificate(4, vec![own(1)], vec![], vec![vec![Own { agreed, ..own(1) }]]);
            certificate.subkeys[0].key.number = 27;
            assert_eq!(reading(&certificate, 20).subkeys[0].signs, expected, "{certificate:?}");
        }
    }
}
