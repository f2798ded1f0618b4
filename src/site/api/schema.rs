//! The JSON Schema of our own JSON, made of the very types that are written.
//!
//! Draft 7, which most tools read. Keys may be added in later versions, so none is forbidden.

use super::associations::AssociationsFile;
use super::authorities::AuthoritiesFile;
use super::changes::ChangesFile;
use super::index::IndexFile;
use super::lists::{CountryFile, LevelFile};
use super::{File, TeamFile, TeamsFile};
use crate::lookup::Answer;
use crate::site::key_json::KeysFile;
use crate::site::statistics::json::StatisticsFile;
use crate::site::{RenderError, json};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::json;
use serde_json::ser::PrettyFormatter;
use std::io::Write;

/// A file with a schema: what it calls itself behind `peerage/`, what it is, and its schema.
type Described = (&'static str, &'static str, fn() -> Schema);

/// The files that have a schema.
pub(in crate::site) const SCHEMAS: &[Described] = &[
    ("answer", "Who answers for something", root_schema_of::<Answer>),
    ("associations", "The associations of teams", schema_of::<AssociationsFile<'static>>),
    ("authorities", "The bodies that accredit and certify", schema_of::<AuthoritiesFile<'static>>),
    ("changes", "What has become of the teams", schema_of::<ChangesFile<'static>>),
    ("index", "What there is for programs", schema_of::<IndexFile<'static>>),
    ("keys", "The contact keys of all teams", schema_of::<KeysFile<'static>>),
    ("statistics", "The directory as a whole, and maturity", schema_of::<StatisticsFile<'static>>),
    ("team", "A team", schema_of::<TeamFile<'static>>),
    ("teams", "Every team", schema_of::<TeamsFile<'static>>),
    ("teams-by-country", "The teams that have their seat in a country", schema_of::<CountryFile<'static>>),
    ("teams-by-level", "The teams of a level", schema_of::<LevelFile<'static>>),
];

fn schema_of<T: JsonSchema>() -> Schema {
    root_schema_of::<File<'static, T>>()
}

fn root_schema_of<T: JsonSchema>() -> Schema {
    SchemaSettings::draft07().for_serialize().into_generator().into_root_schema_for::<T>()
}

/// Where the schema of the file that calls itself `peerage/NAME` stands.
pub(in crate::site) fn schema_path(name: &str) -> String {
    format!("api/v1/schema/{name}.json")
}

/// Writes a schema.
///
/// # Errors
/// Where `out` fails.
pub(in crate::site) fn schema((name, title, of): Described, out: &mut dyn Write) -> Result<(), RenderError> {
    let mut schema = of();
    schema.insert("title".to_owned(), json!(title));
    schema.remove("description");
    if let Some(properties) = schema.get_mut("properties") {
        properties["format"] = json!({"const": format!("peerage/{name}")});
        properties["version"] = json!({"const": 1});
    }
    json::write(&schema, PrettyFormatter::new(), out)
}
