//! On whose word a team's level rests: the body that decided, the body by which that is accredited, and so on.

use super::authority::{PeriodView, named, standards};
use super::parts::{Named, badge};
use crate::assess::{AssessedTeam, Assessment};
use crate::model::{Accreditation, Authority, AuthorityId, EntitlementKind, Entry, Event, Level, Line, Period};
use crate::site::Catalogue;
use crate::site::charts::{Ladder, Rung, Tier};
use serde::Serialize;

/// How many bodies stand in a chain at most: more there are in no scheme that is known.
const LONGEST: usize = 4;

/// The chain, from the body that is accredited by nobody known to the team.
#[derive(Serialize)]
pub(super) struct ChainView<'a> {
    links: Vec<LinkOfChain<'a>>,
    picture: Option<Ladder>,
}

/// That a body accredited or certified whoever comes next.
#[derive(Serialize)]
struct LinkOfChain<'a> {
    by: Named<'a>,
    /// `accreditation` or `certification`.
    kind: &'static str,
    of: Named<'a>,
    scheme: Option<&'a str>,
    standards: String,
    certificate: Option<&'a str>,
    period: PeriodView,
}

impl<'a> ChainView<'a> {
    /// The chain of `assessed`; `None` where nobody decided on a level that counts, as far as is known.
    pub(super) fn new(assessed: &'a AssessedTeam<'a>, assessment: &'a Assessment<'a>, texts: &Catalogue) -> Option<Self> {
        let (entry, kind) = deciding(assessed, assessment)?;
        let id = &entry.authority.as_ref()?.value;
        let body = assessment.directory.authorities.get(id);
        let entitlement = body.and_then(|body| body.entitlement(kind, entry.since.value));
        let until = assessed.standing.valid_until.filter(|_| kind == EntitlementKind::Certification);
        let mut links = vec![LinkOfChain {
            by: named(id, assessment),
            kind: kind.id(),
            of: Named::team(assessed.team),
            scheme: entitlement.and_then(|one| one.scheme.as_ref()).map(Line::as_str),
            standards: entitlement.map(|one| standards(&one.standards)).unwrap_or_default(),
            certificate: entry.certificate.as_ref().map(|number| number.as_str()),
            period: PeriodView::new(Period { since: Some(entry.since.value), until }, assessment.today),
        }];
        for (of, accreditation) in bodies(body, assessment) {
            links.insert(0, LinkOfChain::accreditation(of, accreditation, assessment));
        }
        let own = Rung {
            name: assessed.team.name.to_string(),
            note: texts.status(assessed.standing.status),
            kind: badge(assessed.standing.status),
        };
        let tiers: Vec<Tier> =
            links.iter().map(|link| link.tier(texts)).chain([Tier { rungs: vec![own], verb: String::new() }]).collect();
        Some(Self { picture: Ladder::new(&tiers), links })
    }
}

/// The entry by which the team has its level today, and what was decided: its certification, or else its accreditation.
fn deciding<'a>(assessed: &'a AssessedTeam<'a>, assessment: &Assessment<'_>) -> Option<(&'a Entry, EntitlementKind)> {
    let standing = &assessed.standing;
    standing.status.counting().filter(|level| level.is_accredited())?;
    if let Some(certificate) = standing.certificate.filter(|certificate| certificate.valid) {
        return Some((certificate.entry, EntitlementKind::Certification));
    }
    let mut past = assessed.team.history.iter().filter(|entry| entry.since.value <= assessment.today);
    let accredited = past.rfind(|entry| entry.event == Event::Level(Level::Accredited))?;
    Some((accredited, EntitlementKind::Accreditation))
}

/// From `body` on each body with its newest accreditation, as long as there is one and it leads to a body that was not there yet.
fn bodies<'a>(body: Option<&'a Authority>, assessment: &'a Assessment<'_>) -> Vec<(&'a Authority, &'a Accreditation)> {
    let mut chain: Vec<(&Authority, &Accreditation)> = Vec::new();
    let mut next = body;
    while let Some((body, accreditation)) = next.and_then(|body| Some((body, body.newest_accreditation()?))) {
        let id: &AuthorityId = &accreditation.authority.value;
        if chain.len() + 1 >= LONGEST || *id == body.id || chain.iter().any(|(seen, _)| seen.id == *id) {
            break;
        }
        chain.push((body, accreditation));
        next = assessment.directory.authorities.get(id);
    }
    chain
}

impl<'a> LinkOfChain<'a> {
    fn accreditation(of: &'a Authority, accreditation: &'a Accreditation, assessment: &'a Assessment<'a>) -> Self {
        Self {
            by: named(&accreditation.authority.value, assessment),
            kind: EntitlementKind::Accreditation.id(),
            of: named(&of.id, assessment),
            scheme: None,
            standards: standards(&accreditation.standards),
            certificate: accreditation.certificate.as_ref().map(Line::as_str),
            period: PeriodView::new(accreditation.period, assessment.today),
        }
    }

    fn tier(&self, texts: &Catalogue) -> Tier {
        let note = [self.scheme.unwrap_or_default(), &self.standards].into_iter().filter(|text| !text.is_empty());
        let note: Vec<&str> = note.collect();
        let rung = Rung { name: self.by.name.to_string(), note: note.join(", "), kind: "body" };
        Tier { rungs: vec![rung], verb: texts.member("chain.did", self.kind) }
    }
}
