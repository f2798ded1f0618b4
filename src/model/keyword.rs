//! Closed vocabularies.

/// Declares an enumeration whose values are written as words, in the order given.
macro_rules! keywords {
    (
        $(#[doc = $doc:literal])+
        $vis:vis enum $name:ident, $what:literal {
            $($(#[doc = $meaning:literal])+ $variant:ident = $id:literal,)+
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name { $($(#[doc = $meaning])+ $variant,)+ }

        #[allow(unreachable_pub, reason = "the enumeration may be private to its module")]
        impl $name {
            /// All values, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word by which it is written.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.id())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::diagnostic::Problem;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let found = Self::ALL.iter().copied().find(|value| value.id() == text);
                found.ok_or_else(|| $crate::model::keyword::unknown(text, $what, Self::ALL.iter().map(|value| value.id())))
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let words = [$(($id, concat!($($meaning,)+)),)+];
                $crate::model::schema::keyword(generator, stringify!($name), concat!($($doc,)+), &words)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.id())
            }
        }
    };
}

pub(crate) use keywords;

use super::{Level, State};
use crate::diagnostic::{Problem, Rule, closest, quoted_list, shorten};

/// The problem of a word that is not one of `known`.
pub(crate) fn unknown<'a>(text: &str, what: &str, known: impl Iterator<Item = &'a str> + Clone) -> Problem {
    let meant = closest(text, known.clone());
    let is_state = what == "a level" && State::ALL.iter().any(|state| state.id() == text);
    let is_level = what == "a state" && Level::ALL.iter().any(|level| level.id() == text);
    let help = match meant {
        _ if is_state => format!("it is a state: write `state: {text}`"),
        _ if is_level => format!("it is a level: write `level: {text}`"),
        Some(meant) => format!("did you mean `{meant}`? Allowed are {}", quoted_list(known)),
        None => format!("allowed are {}", quoted_list(known)),
    };
    let shown = shorten(text);
    Problem::new(Rule::UnknownValue, format!("`{shown}` is not {what}"), help).or_rather(meant)
}
