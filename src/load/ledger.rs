//! The ledgers of editions, in the private tree. Nothing of them is repeated in a finding.

use super::files::Found;
use super::raw::{Scores, report_repeats};
use super::read_limited;
use crate::config::Switch;
use crate::diagnostic::{Finding, Spanned};
use crate::model::{
    AssessmentKind, Cohort, Confidential, Contributor, Date, Ledger, Level, Parameter, ProfileId, ProfileLedger, Score,
    ScoredModel, Series, SeriesLedger, Slug, TeamId,
};
use crate::yaml::{AtMost, Reader, record};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// The largest ledger that is read, in bytes: that of some ten thousand contributors.
const MAX_LEDGER_BYTES: u64 = 16 * 1024 * 1024;

record! {
    struct RawLedger, "a ledger" {
        required series: AtMost<50, RawSeries>,
    }
}

record! {
    struct RawSeries, "a series of contributors" {
        required model: Spanned<ScoredModel>,
        required kind: Spanned<AssessmentKind>,
        optional insisted: Spanned<Switch>,
        many cohorts: Spanned<Cohort>,
        many published: Spanned<Parameter>,
        many uniform: Spanned<Parameter>,
        many profiles: RawProfile,
        required contributors: AtMost<100_000, RawContributor>,
        optional open: AtMost<100_000, RawContributor>,
    }
}

record! {
    struct RawProfile, "a profile" {
        required id: Spanned<ProfileId>,
        required published: Spanned<Switch>,
        required minimum: Scores,
    }
}

record! {
    struct RawContributor, "a contributor" {
        required team: Spanned<TeamId>,
        required assessed: Spanned<Date>,
        optional level: Spanned<Level>,
        few types: Spanned<Slug>,
        required scores: Scores,
    }
}

/// Reads a ledger. `None` where anything of it could not be read: half a ledger protects nobody.
pub(super) fn read(root: &Path, found: &Found<Date>) -> (Option<Ledger>, Vec<Finding>) {
    read_limited(root, found, MAX_LEDGER_BYTES, Reader::confidential(Arc::clone(&found.file)), |raw: RawLedger, reader| {
        let mut series = raw.series?.0.into_iter().map(|raw| convert(raw, reader)).collect::<Option<Vec<_>>>()?;
        series.sort_by_key(|ledger| ledger.series);
        Some(Ledger { date: found.id, file: Arc::clone(&found.file), series })
    })
}

fn convert(raw: RawSeries, reader: &mut Reader) -> Option<SeriesLedger> {
    let (raw_contributors, raw_open) = (raw.contributors?.0, raw.open.map_or_else(Vec::new, |open| open.0));
    let teams = raw_contributors.iter().chain(&raw_open).filter_map(|raw| raw.team.as_ref());
    report_repeats(teams.map(|team| (team.value.clone(), team.span)), "team", reader);
    Some(SeriesLedger {
        series: Series { model: raw.model?.value.0, kind: raw.kind?.value },
        insisted: raw.insisted.is_some_and(|switch| switch.value == Switch::On),
        cohorts: raw.cohorts.into_iter().map(|cohort| cohort.value).collect(),
        published: raw.published.into_iter().map(|parameter| parameter.value).collect(),
        uniform: raw.uniform.into_iter().map(|parameter| parameter.value).collect(),
        profiles: raw.profiles.into_iter().map(profile).collect::<Option<_>>()?,
        contributors: raw_contributors.into_iter().map(contributor).collect::<Option<_>>()?,
        open: raw_open.into_iter().map(contributor).collect::<Option<_>>()?,
    })
}

fn profile(raw: RawProfile) -> Option<ProfileLedger> {
    let published = raw.published?.value == Switch::On;
    Some(ProfileLedger { id: raw.id?.value, published, minimum: scores(raw.minimum?) })
}

fn contributor(raw: RawContributor) -> Option<Contributor> {
    Some(Contributor {
        team: raw.team?.value,
        assessed: raw.assessed?.value,
        level: raw.level.map(|level| level.value),
        types: raw.types.into_iter().map(|id| id.value).collect(),
        scores: Confidential::new(scores(raw.scores?)),
    })
}

fn scores(scores: Scores) -> BTreeMap<Parameter, Score> {
    scores.0.into_iter().map(|(parameter, score)| (parameter.value, score)).collect()
}
