//! How the types that are written as text or numbers of their own are described in JSON Schema.

use super::{Cohort, Country, Date, Domain, Fingerprint, Network, Parameter, Sim3, Tenths, Timezone, Url};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

macro_rules! described {
    ($($type:ident: $schema:tt;)+) => {$(
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    )+};
}

described! {
    Cohort: {"type": "string", "description": "A group of teams: `all`, `type/academic`, `level/certified`."};
    Country: {"type": "string", "pattern": "^[A-Z]{2}$", "description": "ISO 3166-1 alpha-2, `EU` or `XK`."};
    Date: {"type": "string", "format": "date", "description": "A day, from 00:00:00 to 23:59:59 UTC."};
    Domain: {"type": "string", "description": "A domain in A-labels (RFC 5890); a leading `*.` means nothing."};
    Fingerprint: {"type": "string", "description": "In groups of four digits."};
    Network: {"type": "string", "description": "An IPv4 or IPv6 network with the length of its prefix."};
    Parameter: {"type": "string", "pattern": "^[OHTP]-[0-9]{1,2}$", "description": "A SIM3 parameter."};
    Sim3: {"type": "string", "description": "A version of SIM3. Figures of two versions do not compare."};
    Tenths: {"type": "number", "description": "Rounded to one decimal, half upwards."};
    Timezone: {"type": "string", "description": "A name of the IANA time zone database."};
    Url: {"type": "string", "format": "uri"};
}
