//! Structures that are read from mappings.

/// Declares a structure that is read from a mapping, and how: `required` keys must be there, `optional` ones may be,
/// `few` (a list of at most [`FEW`](crate::yaml::FEW)) and `many` (of at most [`MANY`](crate::yaml::MANY)) are empty where they are not, `tried` ones tell the two apart. Whatever could not be read was reported, so
/// every field may be absent.
///
/// `struct RawTeam as Team` also describes the mapping in JSON Schema, as the definition `Team`: then it and each of its keys
/// have a doc comment, which editors show to whoever writes the file. A function behind the name for people may add to the
/// schema what holds between the keys.
macro_rules! record {
    (
        $(#[doc = $about:literal])+
        $vis:vis struct $name:ident as $schema:ident, $what:literal $(, $with:path)? {
            $($(#[doc = $doc:literal])+ $mode:ident $field:ident: $type:ty,)*
        }
    ) => {
        $crate::yaml::record! {
            $(#[doc = $about])+
            $vis struct $name, $what {
                $($(#[doc = $doc])+ $mode $field: $type,)*
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($schema).into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let mut record = $crate::yaml::RecordSchema::new(generator);
                $(
                    let required = $crate::yaml::record!(@required $mode stringify!($field)).is_some();
                    let doc = concat!($($doc,)+);
                    $crate::yaml::record!(@describe $mode record, stringify!($field), required, doc, $type);
                )*
                #[allow(unused_mut, reason = "most records have nothing to add")]
                let mut schema = record.finish($what, concat!($($about,)+));
                $($with(&mut schema);)?
                schema
            }
        }
    };
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident, $what:literal {
            $($(#[$field_meta:meta])* $mode:ident $field:ident: $type:ty,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug)]
        $vis struct $name {
            $($(#[$field_meta])* $vis $field: $crate::yaml::record!(@type $mode $type),)*
        }

        impl $crate::yaml::Read for $name {
            fn read(node: &$crate::yaml::Node<'_>, reader: &mut $crate::yaml::Reader) -> Option<Self> {
                let known = &[$(stringify!($field)),*];
                let required: Vec<&str> =
                    [$($crate::yaml::record!(@required $mode stringify!($field))),*].into_iter().flatten().collect();
                let fields = reader.fields(node, $what, known, &required)?;
                Some(Self {
                    $($field: $crate::yaml::record!(@read $mode fields, stringify!($field), reader),)*
                })
            }
        }
    };
    (@type tried $type:ty) => { $crate::yaml::Tried<$type> };
    (@type few $type:ty) => { Vec<$type> };
    (@type many $type:ty) => { Vec<$type> };
    (@type $mode:ident $type:ty) => { Option<$type> };
    (@required required $name:expr) => { Some($name) };
    (@required $mode:ident $name:expr) => { None::<&str> };
    (@read tried $fields:ident, $name:expr, $reader:ident) => { $fields.try_read($name, $reader) };
    (@read few $fields:ident, $name:expr, $reader:ident) => {
        $fields.read::<$crate::yaml::AtMost<{ $crate::yaml::FEW }, _>>($name, $reader).unwrap_or_default().0
    };
    (@read many $fields:ident, $name:expr, $reader:ident) => {
        $fields.read::<$crate::yaml::AtMost<{ $crate::yaml::MANY }, _>>($name, $reader).unwrap_or_default().0
    };
    (@read $mode:ident $fields:ident, $name:expr, $reader:ident) => { $fields.read($name, $reader) };
    (@describe few $record:ident, $name:expr, $required:ident, $doc:ident, $type:ty) => {
        $record.key::<$crate::yaml::AtMost<{ $crate::yaml::FEW }, $type>>($name, $required, $doc)
    };
    (@describe many $record:ident, $name:expr, $required:ident, $doc:ident, $type:ty) => {
        $record.key::<$crate::yaml::AtMost<{ $crate::yaml::MANY }, $type>>($name, $required, $doc)
    };
    (@describe $mode:ident $record:ident, $name:expr, $required:ident, $doc:ident, $type:ty) => {
        $record.key::<$type>($name, $required, $doc)
    };
}

pub(crate) use record;
