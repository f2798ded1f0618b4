//! The parts of a certificate that are published, put together from the packets as they stood in the file: what was
//! signed is never written anew.

use super::certificate::Certificate;
use super::evaluate::Evaluation;
use super::reading::UserId;
use super::verify::Own;

/// See [`Certificate::minimised`].
pub(super) fn minimise(certificate: &Certificate, evaluation: &Evaluation<'_>, keep: &dyn Fn(&UserId) -> bool) -> Vec<u8> {
    let mut out = certificate.raw.to_vec();
    // RFC 9580, section 10.1: revocations, then direct-key signatures.
    add(&mut out, revocations(&certificate.signatures).chain(evaluation.direct));
    let mut kept = kept(evaluation, keep);
    for at in completing(evaluation, &kept) {
        kept[at] = true;
    }
    for (id, _) in evaluation.user_ids.iter().zip(&kept).filter(|(_, kept)| **kept) {
        out.extend_from_slice(&id.subject.raw);
        add(&mut out, revocations(&id.subject.signatures).chain(id.certification));
    }
    for bound in &evaluation.subkeys {
        out.extend_from_slice(&bound.subkey.raw);
        add(&mut out, revocations(&bound.subkey.signatures).chain([bound.binding]));
    }
    out
}

/// The user ids that stay besides those that `keep` lets pass.
pub(super) fn completed_by(evaluation: &Evaluation<'_>, keep: &dyn Fn(&UserId) -> bool) -> Vec<UserId> {
    let places = completing(evaluation, &kept(evaluation, keep));
    places.into_iter().filter_map(|at| evaluation.user_ids[at].user_id()).collect()
}

/// Which user ids `keep` lets pass.
fn kept(evaluation: &Evaluation<'_>, keep: &dyn Fn(&UserId) -> bool) -> Vec<bool> {
    evaluation.user_ids.iter().map(|id| id.user_id().is_some_and(|id| keep(&id))).collect()
}

/// The places of the user ids that are not among the `kept`, and without which these would say something else of the primary key.
fn completing(evaluation: &Evaluation<'_>, kept: &[bool]) -> Vec<usize> {
    let among = |at: usize| kept[at];
    let lifetime = |own: &Own| own.lifetime;
    let usage = |own: &Own| own.usage;
    let (ends, used) = (evaluation.stated(|_| true, lifetime), evaluation.stated(|_| true, usage));
    if evaluation.stated(among, lifetime).map(|(_, said)| said) == ends.map(|(_, said)| said)
        && evaluation.stated(among, usage).map(|(_, said)| said) == used.map(|(_, said)| said)
    {
        return Vec::new();
    }
    let places = [ends.and_then(|(at, _)| at), used.and_then(|(at, _)| at)];
    places.into_iter().flatten().filter(|at| !kept[*at]).collect()
}

fn revocations(signatures: &[Own]) -> impl Iterator<Item = &Own> {
    signatures.iter().filter(|own| own.revokes)
}

fn add<'c>(out: &mut Vec<u8>, signatures: impl Iterator<Item = &'c Own>) {
    for own in signatures {
        out.extend_from_slice(&own.raw);
    }
}
