//! SIM3 minimum profiles: a file for each.

use super::convert::report_unscored;
use super::files::Found;
use super::raw::Scores;
use super::read_entry;
use crate::config::Switch;
use crate::diagnostic::{Finding, Problem, Rule, Spanned};
use crate::model::{Line, Name, Profile, ProfileId, Sim3, Url};
use crate::yaml::{Kind, Node, Read, Reader, first_line, record};
use std::path::Path;
use std::sync::Arc;

record! {
    struct RawProfile, "a profile" {
        required title: Spanned<Name>,
        required source: Spanned<Line>,
        optional link: Spanned<Url>,
        required verified: Spanned<Switch>,
        required model: Spanned<Sim3>,
        required minimum: Minimum,
    }
}

/// The least score for each parameter; at least one.
#[derive(Debug)]
struct Minimum(Scores);

impl Read for Minimum {
    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        if matches!(&node.kind, Kind::Mapping(entries) if entries.is_empty()) {
            let help = "write the least score for each parameter that it asks for: `{O-1: 3, O-2: 2}`";
            reader.report(Problem::new(Rule::EmptyValue, "the profile asks for nothing", help), first_line(node.span));
            return None;
        }
        Scores::read(node, reader).map(Self)
    }
}

/// Reads a profile.
pub(super) fn read(root: &Path, found: &Found<ProfileId>) -> (Option<Profile>, Vec<Finding>) {
    read_entry(root, found, Reader::new(Arc::clone(&found.file)), |raw, reader| convert(&found.id, raw, reader))
}

/// The profile; `None` where it lacks what every profile needs.
fn convert(id: &ProfileId, raw: RawProfile, reader: &mut Reader) -> Option<Profile> {
    let (model, scores) = (raw.model?.value, raw.minimum?.0.0);
    report_unscored(&scores, model, reader);
    Some(Profile {
        id: id.clone(),
        title: raw.title?.value,
        source: raw.source?.value,
        link: raw.link.map(|url| url.value),
        verified: raw.verified?.value == Switch::On,
        model,
        minimum: scores.into_iter().map(|(parameter, score)| (parameter.value, score)).collect(),
    })
}
