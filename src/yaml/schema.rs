//! How structures that are read are described in JSON Schema, for editors that check and complete YAML while it is typed.
//!
//! A schema sees a value as YAML 1.2 types it, and our readers as it is written: `asns: [64500]` is a number there, and a text
//! here. Whatever is read without an error must be right there too, so a place for a text takes numbers and truth values as well.
//! What a schema cannot say (dates in order, teams that exist) is left to the readers.

use super::read::AtMost;
use crate::diagnostic::Spanned;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};
use std::borrow::Cow;

/// The schema (draft 7) of a file that holds a `T`.
///
/// Records and values stand under `definitions` by their names, and are referred to with `$ref`. The description of a key stands
/// beside its `$ref`, where draft 7 ignores it and editors show it.
pub fn schema_of<T: JsonSchema>() -> Value {
    // What is transformed for draft 7 is not made here, but for descriptions beside references, which are to stay.
    let settings = SchemaSettings::draft07().with(|settings| settings.transforms.clear());
    let mut schema = settings.into_generator().into_root_schema_for::<T>().to_value();
    if let Some(schema) = schema.as_object_mut()
        && let Some(draft) = schema.shift_remove("$schema")
    {
        schema.shift_insert(0, "$schema".to_owned(), draft);
    }
    schema
}

/// The schema of a record while it is made, key by key.
pub(crate) struct RecordSchema<'g> {
    generator: &'g mut SchemaGenerator,
    properties: Map<String, Value>,
    required: Vec<&'static str>,
}

impl<'g> RecordSchema<'g> {
    /// A record without keys.
    pub(crate) fn new(generator: &'g mut SchemaGenerator) -> Self {
        Self { generator, properties: Map::new(), required: Vec::new() }
    }

    /// Adds a key that holds a `T`, as the next in order.
    pub(crate) fn key<T: JsonSchema>(&mut self, name: &'static str, required: bool, doc: &str) {
        let mut property = Map::new();
        property.insert("description".to_owned(), json!(doc.trim()));
        if let Value::Object(of_value) = self.generator.subschema_for::<T>().to_value() {
            property.extend(of_value.into_iter().filter(|(key, _)| key != "description"));
        }
        self.properties.insert(name.to_owned(), Value::Object(property));
        self.required.extend(required.then_some(name));
    }

    /// The whole of it. `what` names it for people, as `a team` does.
    pub(crate) fn finish(self, what: &str, doc: &str) -> Schema {
        let Self { properties, required, .. } = self;
        let mut schema = json_schema!({
            "title": heading(what),
            "description": doc.trim(),
            "type": "object",
            "properties": properties,
            "additionalProperties": false,
        });
        if !required.is_empty() {
            schema.insert("required".to_owned(), json!(required));
        }
        schema
    }
}

/// `a team` as a heading has it: `A team`.
fn heading(what: &str) -> String {
    let mut letters = what.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Where a value stands is not seen in its file.
impl<T: JsonSchema> JsonSchema for Spanned<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

impl<const MAX: usize, T: JsonSchema> JsonSchema for AtMost<MAX, T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("AtMost{MAX}{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "array", "items": generator.subschema_for::<T>(), "maxItems": MAX})
    }
}
