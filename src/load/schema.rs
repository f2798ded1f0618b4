//! JSON Schemas of the files that people write, made of the structures into which these are read: for editors that check and
//! complete while one types, and for whoever asks in which order keys stand and what kind of value is whose.
//!
//! What takes more than one file, the calendar of a team, or the bits of a network is not in them; `tests/schema` shows what
//! they see and what they do not.

use super::meeting::RawDetails;
use super::private::RawPrivate;
use super::profile::RawProfile;
use super::raw::{RawAssessment, RawAuthority, RawScored, RawTeam, Scores, WrittenCountry};
use crate::config::{self, TYPES};
use crate::model::{Country, Level, Score, Sim3, State, Visibility};
use crate::yaml::schema_of;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};
use std::borrow::Cow;

/// The schema of an entry, `content/teams/ID.yaml`.
pub fn entry() -> Value {
    schema_of::<RawTeam>()
}

/// The schema of an authority, `content/authorities/ID.yaml`.
pub fn authority() -> Value {
    schema_of::<RawAuthority>()
}

/// The schema of a SIM3 minimum profile, `content/profiles/ID.yaml`.
pub fn profile() -> Value {
    schema_of::<RawProfile>()
}

/// The schema of an entry of the private tree, `teams/ID.yaml` there.
pub fn private_entry() -> Value {
    schema_of::<RawPrivate>()
}

/// The schema of what the private tree says of a meeting, `events/ID.yaml` there.
pub fn private_meeting() -> Value {
    schema_of::<RawDetails>()
}

/// The schema of `content/site.yaml`.
pub fn site() -> Value {
    config::schema()
}

/// An entry of the history has exactly one of a level and a state, and an end only where it is a certification or a
/// suspension.
pub(super) fn between_keys_of_history(schema: &mut Schema) {
    schema.insert("oneOf".to_owned(), json!([{"required": ["level"]}, {"required": ["state"]}]));
    schema.insert("if".to_owned(), json!({"required": ["until"]}));
    let unknown_or_date = json!({"properties": {"level": {"const": Level::Certified.id()}}, "required": ["level"]});
    let date = json!({
        "properties": {"state": {"const": State::Suspended.id()}, "until": {"not": {"const": "unknown"}}},
        "required": ["state"],
    });
    schema.insert("then".to_owned(), json!({"anyOf": [unknown_or_date, date]}));
}

/// Constituency types are those that everybody knows, which an editor can propose, and any that `site.yaml` adds.
pub(super) fn known_types(schema: &mut Schema) {
    if let Some(type_of_constituency) = schema.pointer_mut("/properties/types/items") {
        let any = type_of_constituency.take();
        let (ids, names): (Vec<&str>, Vec<&str>) = TYPES.iter().map(|(id, name, _)| (*id, *name)).unzip();
        *type_of_constituency = json!({"anyOf": [any, {"enum": ids, "enumDescriptions": names}]});
    }
}

/// In a public entry there are scores that the team publishes itself, and no others.
impl JsonSchema for RawAssessment {
    fn schema_name() -> Cow<'static, str> {
        RawScored::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = RawScored::json_schema(generator);
        // The others do not stand here, so that nothing refers to the list of them.
        generator.definitions_mut().shift_remove(&*Visibility::schema_name());
        if let Some(visibility) = schema.pointer_mut("/properties/visibility") {
            *visibility = json!({
                "description": "`public`: the team publishes these scores itself. All others belong into the private tree.",
                "const": Visibility::Public.id(),
            });
        }
        schema
    }
}

/// Every parameter that some version of SIM3 scores, in the order of the newest.
impl JsonSchema for Scores {
    fn schema_name() -> Cow<'static, str> {
        "Scores".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let score = generator.subschema_for::<Score>().to_value();
        let mut properties = Map::new();
        for version in Sim3::all().collect::<Vec<_>>().into_iter().rev() {
            for parameter in version.parameters() {
                let name = version.name_of(parameter).map_or("", |named| &named.name);
                let mut property = json!({"description": format!("{name} ({})", version.title())});
                merge(&mut property, &score);
                properties.entry(parameter.to_string()).or_insert(property);
            }
        }
        json_schema!({
            "title": "Scores",
            "description": "A score from 0 to 4 for each parameter; one that was not scored is left out.",
            "type": "object",
            "properties": properties,
            "additionalProperties": false,
        })
    }
}

fn merge(into: &mut Value, from: &Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from.clone());
    }
}

/// How a country was written is not seen in its schema.
impl JsonSchema for WrittenCountry {
    fn schema_name() -> Cow<'static, str> {
        Country::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Country::json_schema(generator)
    }
}
