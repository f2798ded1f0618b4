//! The bodies that accredit and certify: they are there, were entitled to what they did, and gave each number once.

use crate::assess::Assessment;
use crate::diagnostic::{Finding, Place, Rule, Span, Spanned};
use crate::model::{Accreditation, Authority, AuthorityId, Date, EntitlementKind, Event, Level, Line, Team, meant_id};
use std::collections::BTreeMap;

/// An authority has a file of its own.
pub(super) fn known(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    let known = &assessment.directory.authority_ids;
    let of_teams = assessment.directory.teams.iter().flat_map(|team| named(team).map(move |id| (id, team.place(id.span))));
    let of_authorities = accreditations(assessment).map(|(body, one)| (&one.authority, place(body, one.authority.span)));
    for (authority, place) in of_teams.chain(of_authorities).filter(|(authority, _)| !known.contains(&authority.value)) {
        // In words alone: who accredited is for a person to say, and nothing to put in by a click.
        let help = match meant_id(authority.as_str(), known.iter().map(AuthorityId::as_str)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("write content/authorities/{}.yaml with at least its `name`", authority.value),
        };
        let message = format!("there is no authority `{}`", authority.value);
        findings.push(Finding::new(Rule::UnknownAuthority, place, message, help));
    }
    for (body, one) in accreditations(assessment).filter(|(body, one)| one.authority.value == body.id) {
        let place = place(body, one.authority.span);
        let help = "name the body that accredited it, or remove the accreditation";
        findings.push(Finding::new(Rule::UnknownAuthority, place, "an authority cannot accredit itself", help));
    }
}

/// Every authority that the entry of a team names.
fn named(team: &Team) -> impl Iterator<Item = &Spanned<AuthorityId>> {
    team.history.iter().flat_map(|entry| {
        entry.authority.iter().chain(entry.verifications.iter().filter_map(|verification| verification.authority.as_ref()))
    })
}

fn accreditations<'a>(assessment: &'a Assessment<'_>) -> impl Iterator<Item = (&'a Authority, &'a Accreditation)> {
    let all = assessment.directory.authorities.values();
    all.flat_map(|body| body.accreditations.iter().map(move |accreditation| (body, accreditation)))
}

fn place(authority: &Authority, span: Span) -> Place {
    Place::new(&authority.file, span)
}

/// Who accredited or certified was entitled to do so on that day. Where nothing is said of what a body is entitled to, nothing
/// is known.
pub(super) fn entitled(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    for team in &assessment.directory.teams {
        for entry in &team.history {
            let kind = match entry.event {
                Event::Level(Level::Accredited) => EntitlementKind::Accreditation,
                Event::Level(Level::Certified) => EntitlementKind::Certification,
                _ => continue,
            };
            let Some(authority) = &entry.authority else { continue };
            findings.extend(judge(authority, kind, entry.since.value, assessment, team.place(authority.span)));
        }
    }
    for (body, one) in accreditations(assessment).filter(|(body, one)| one.authority.value != body.id) {
        let Some(since) = one.period.since else { continue };
        let place = place(body, one.authority.span);
        findings.extend(judge(&one.authority, EntitlementKind::Accreditation, since, assessment, place));
    }
}

/// That `authority` was not entitled to do what `kind` says on `day`.
fn judge(
    authority: &Spanned<AuthorityId>,
    kind: EntitlementKind,
    day: Date,
    assessment: &Assessment<'_>,
    place: Place,
) -> Option<Finding> {
    let body = assessment.directory.authorities.get(&authority.value)?;
    if body.entitlements.is_empty() || body.entitlement(kind, day).is_some() {
        return None;
    }
    let does = match kind {
        EntitlementKind::Accreditation => "accredit",
        EntitlementKind::Certification => "certify",
    };
    let message = format!("`{}` was not entitled to {does} on {day}", body.id);
    let help = format!("name the body that did, correct the date, or complete `entitlements` in {}", body.file);
    Some(Finding::new(Rule::NotEntitled, place, message, help))
}

/// A body gives each number once.
pub(super) fn certificates(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    let mut given: BTreeMap<(&AuthorityId, &str), (&Team, &Spanned<Line>)> = BTreeMap::new();
    for team in &assessment.directory.teams {
        for entry in &team.history {
            let (Some(authority), Some(number)) = (&entry.authority, &entry.certificate) else { continue };
            let (first, at) = *given.entry((&authority.value, number.as_str())).or_insert((team, number));
            if !std::ptr::eq(at, number) {
                let message = format!("`{}` gave certificate {} before", authority.value, number.value);
                let help = "compare it with the certificate: each has a number of its own, also one that follows on another";
                let finding = Finding::new(Rule::SameCertificate, team.place(number.span), message, help);
                findings.push(finding.and(first.place(at.span), "the other certificate"));
            }
        }
    }
}

/// What a level rests on was verified before it was given.
pub(super) fn verifications(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    for team in &assessment.directory.teams {
        for entry in &team.history {
            let since = entry.since.value;
            for late in entry.verifications.iter().filter(|verification| verification.date.value > since) {
                let message = format!("{} lies after {since}, when the level began", late.date.value);
                let help = "correct the date, or write the verification where the level rises next";
                findings.push(Finding::new(Rule::LateVerification, team.place(late.date.span), message, help));
            }
        }
    }
}
