//! How the values that stand in `site.yaml` alone are described in JSON Schema.

use super::value::{
    BaseUrl, DURATIONS, Dictionary, Duration, FILE_COUNTS, FileCount, GROUP_SIZES, GroupSize, Repository, SPONSOR_COUNTS,
    SecurityContact, SponsorCount,
};
use crate::model::schema::{EMAIL, HTTP, titled, whole};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};
use std::borrow::Cow;

macro_rules! described {
    ($($type:ident: $written:expr;)+) => {$(
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                titled(stringify!($type), $written)
            }
        }
    )+};
}

described! {
    BaseUrl: json_schema!({
        "description": "An address that ends with a slash, and has neither query nor fragment.",
        "type": "string",
        "pattern": format!(r"{HTTP}[^\s?#]+$"),
        "errorMessage": "write the whole address, with neither ? nor #: https://directory.example.org/",
        "maxLength": 500,
    });
    Duration: whole("A whole number of years, months or days.", &DURATIONS);
    FileCount: whole("A number of files.", &FILE_COUNTS);
    GroupSize: whole("How many teams a group needs.", &GROUP_SIZES);
    SponsorCount: whole("How many teams vouch for another.", &SPONSOR_COUNTS);
    Repository: json_schema!({
        "description": "A page that is read over https, with `{path}` where the path of a file stands.",
        "type": "string",
        "pattern": r"^[Hh][Tt][Tt][Pp][Ss]:\S*\{path\}\S*$",
        "errorMessage": "write the page on which a file is changed: https://git.example/org/directory/edit/main/{path}",
        "maxLength": 500,
    });
    SecurityContact: json_schema!({
        "description": "An e-mail address, or a page that is read over https.",
        "type": "string",
        "pattern": format!(r"^((mailto:)?{EMAIL}|[Hh][Tt][Tt][Pp][Ss]:\S+)$"),
        "errorMessage": "write an e-mail address, or a page that begins with https://",
        "examples": ["security@directory.example", "https://directory.example/security"],
    });
}

/// Where the keys are words of a closed list, each is named.
impl<K: JsonSchema, V: JsonSchema> JsonSchema for Dictionary<K, V> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("{}By{}", V::schema_name(), K::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<V>();
        let keys = K::json_schema(generator);
        let Some(Value::Array(words)) = keys.get("enum") else {
            let keys = generator.subschema_for::<K>();
            return json_schema!({"type": "object", "propertyNames": keys, "additionalProperties": value});
        };
        let named = words.iter().filter_map(|word| Some((word.as_str()?.to_owned(), value.clone().to_value())));
        json_schema!({"type": "object", "properties": named.collect::<Map<_, _>>(), "additionalProperties": false})
    }
}
