//! Structures that are read from mappings.

/// Declares a structure that is read from a mapping, and how: `required` keys must be there, `optional` ones may be,
/// `few` (a list of at most 50) and `many` (of at most 10,000) are empty where they are not, `tried` ones tell the two apart. Whatever could not be read was reported, so
/// every field may be absent.
macro_rules! record {
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
                let required: Vec<&str> = [$($crate::yaml::record!(@required $mode stringify!($field))),*].into_iter().flatten().collect();
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
    (@required $mode:ident $name:expr) => { None };
    (@read tried $fields:ident, $name:expr, $reader:ident) => { $fields.try_read($name, $reader) };
    (@read few $fields:ident, $name:expr, $reader:ident) => {
        $fields.read::<$crate::yaml::AtMost<50, _>>($name, $reader).unwrap_or_default().0
    };
    (@read many $fields:ident, $name:expr, $reader:ident) => {
        $fields.read::<$crate::yaml::AtMost<10_000, _>>($name, $reader).unwrap_or_default().0
    };
    (@read $mode:ident $fields:ident, $name:expr, $reader:ident) => { $fields.read($name, $reader) };
}

pub(crate) use record;
