//! Texts that were checked when they were made.

/// Declares a type for texts that `check` lets pass, which `written` describes in JSON Schema. The check gives the text to
/// keep, or the [`Problem`](crate::diagnostic::Problem) that speaks against it.
macro_rules! checked {
    ($($(#[doc = $doc:literal])+ $name:ident, $check:expr, $written:expr;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        pub struct $name(Box<str>);

        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::diagnostic::Problem;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let check: fn(&str) -> Result<Box<str>, Self::Err> = $check;
                check(text).map(Self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::model::schema::text(generator, stringify!($name), concat!($($doc,)+), $written)
            }
        }
    )+};
}

pub(crate) use checked;
