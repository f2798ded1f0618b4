//! From an authority as written to the model.

use super::in_order;
use crate::diagnostic::Spanned;
use crate::load::files::Found;
use crate::load::raw::{RawAccreditation, RawAuthority, RawEntitlement, country};
use crate::model::{Accreditation, Authority, AuthorityId, Date, Entitlement, Period};
use crate::yaml::Reader;
use std::sync::Arc;

/// The authority of a file; `None` where it lacks what every authority needs.
pub(in super::super) fn authority(found: &Found<AuthorityId>, raw: RawAuthority, reader: &mut Reader) -> Option<Authority> {
    let country = raw.country.map(|written| country(written, reader));
    let entitlements = raw.entitlements.into_iter().filter_map(|raw| entitlement(raw, reader)).collect();
    let accreditations = raw.accreditations.into_iter().filter_map(|raw| accreditation(raw, reader)).collect();
    Some(Authority {
        id: found.id.clone(),
        file: Arc::clone(&found.file),
        name: raw.name?.value,
        official_name: raw.official_name.map(|name| name.value),
        website: raw.website.map(|url| url.value),
        country,
        entitlements,
        accreditations,
        description: raw.description.map(|text| text.value),
    })
}

fn entitlement(raw: RawEntitlement, reader: &mut Reader) -> Option<Entitlement> {
    let period = period(raw.since, raw.until, reader);
    Some(Entitlement {
        kind: raw.kind?.value,
        scheme: raw.scheme.map(|line| line.value),
        standards: raw.standards.into_iter().map(|line| line.value).collect(),
        period,
    })
}

fn accreditation(raw: RawAccreditation, reader: &mut Reader) -> Option<Accreditation> {
    let period = period(raw.since, raw.until, reader);
    Some(Accreditation {
        authority: raw.authority?,
        standards: raw.standards.into_iter().map(|line| line.value).collect(),
        certificate: raw.certificate.map(|line| line.value),
        period,
    })
}

/// The time from one day to another; that its end lies before its beginning is reported.
pub(super) fn period(since: Option<Spanned<Date>>, until: Option<Spanned<Date>>, reader: &mut Reader) -> Period {
    if let (Some(since), Some(until)) = (since, until) {
        in_order(since.value, until.value, until.span, reader);
    }
    Period { since: since.map(|date| date.value), until: until.map(|date| date.value) }
}
