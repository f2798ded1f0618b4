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
    let mut kept: Vec<bool> = evaluation.user_ids.iter().map(|id| id.user_id().is_some_and(|id| keep(&id))).collect();
    for at in evaluation.indispensable(|at| kept[at]) {
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

fn revocations(signatures: &[Own]) -> impl Iterator<Item = &Own> {
    signatures.iter().filter(|own| own.revokes)
}

fn add<'c>(out: &mut Vec<u8>, signatures: impl Iterator<Item = &'c Own>) {
    for own in signatures {
        out.extend_from_slice(&own.raw);
    }
}
