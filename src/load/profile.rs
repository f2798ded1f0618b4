//! SIM3 minimum profiles: a file for each.

use super::convert::report_unscored;
use super::files::Found;
use super::raw::Scores;
use super::read_entry;
use crate::config::Switch;
use crate::diagnostic::{Finding, Problem, Rule, Spanned};
use crate::model::{Line, Name, Profile, ProfileId, Sim3, Url};
use crate::yaml::{Kind, Node, Read, Reader, first_line, record};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::json;
use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

record! {
    /// A SIM3 minimum profile. The name of the file is its id.
    pub(super) struct RawProfile as Profile, "a profile" {
        /// Its name.
        required title: Spanned<Name>,
        /// Where the minimums are from, in words.
        required source: Spanned<Line>,
        /// Where they can be read.
        optional link: Spanned<Url>,
        /// Whether somebody compared the minimums with the source. Otherwise the profile is shown as unofficial.
        required verified: Spanned<Switch>,
        /// The version of SIM3 to whose scores it applies.
        required model: Spanned<Sim3>,
        /// The least score for each parameter that it asks for: `{O-1: 3, O-2: 2}`.
        required minimum: Minimum,
    }
}

/// The least score for each parameter; at least one.
#[derive(Debug)]
pub(super) struct Minimum(Scores);

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

impl JsonSchema for Minimum {
    fn schema_name() -> Cow<'static, str> {
        "Minimum".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Scores::json_schema(generator);
        schema.insert("title".to_owned(), json!("Least scores"));
        schema.insert("description".to_owned(), json!("The least score for each parameter; at least one."));
        schema.insert("minProperties".to_owned(), json!(1));
        schema
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
