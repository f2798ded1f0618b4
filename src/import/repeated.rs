//! JSON as a value, with the fields that stand in one object more than once: a reader takes the last, and whoever wrote them may have
//! meant another.

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;

/// The fields that stand more than once, by their pointers (RFC 6901).
pub(super) type Repeated = BTreeSet<String>;

/// Reads a text.
///
/// # Errors
/// Where it is not JSON.
pub(super) fn read(input: &str) -> serde_json::Result<(Value, Repeated)> {
    let repeated = RefCell::default();
    let mut reader = serde_json::Deserializer::from_str(input);
    let value = Reading { at: &Way::Root, repeated: &repeated }.deserialize(&mut reader)?;
    reader.end()?;
    Ok((value, repeated.into_inner()))
}

/// The way to a value. Only of what is repeated it becomes a text.
enum Way<'w> {
    Root,
    Field(&'w Way<'w>, &'w str),
    Item(&'w Way<'w>, usize),
}

impl fmt::Display for Way<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Field(way, name) => write!(f, "{way}/{}", name.replace('~', "~0").replace('/', "~1")),
            Self::Item(way, at) => write!(f, "{way}/{at}"),
        }
    }
}

#[derive(Clone, Copy)]
struct Reading<'w> {
    at: &'w Way<'w>,
    repeated: &'w RefCell<Repeated>,
}

impl<'de> DeserializeSeed<'de> for Reading<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reading<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Reading { at: &Way::Item(self.at, list.len()), ..self })? {
            list.push(item);
        }
        Ok(list.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(name) = fields.next_key::<String>()? {
            let at = Way::Field(self.at, &name);
            let value = fields.next_value_seed(Reading { at: &at, ..self })?;
            if map.contains_key(&name) {
                self.repeated.borrow_mut().insert(at.to_string());
            }
            map.insert(name, value);
        }
        Ok(map.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_twice_is_told_and_all_is_read_as_by_others() {
        let text = r#"[{"a": 1, "a": {"x/y": [], "x/y": [null, true], "~": -2}, "b": 1.5}, {"a": "", "b": 18446744073709551615, "b": "b"}]"#;
        let (value, repeated) = read(text).unwrap();
        assert_eq!(value, serde_json::from_str::<Value>(text).unwrap());
        assert_eq!(repeated.into_iter().collect::<Vec<_>>(), ["/0/a", "/0/a/x~1y", "/1/b"]);
        for text in ["", "[1] 2", "[", &"[".repeat(1000)] {
            let expected = serde_json::from_str::<Value>(text).unwrap_err();
            assert_eq!(read(text).unwrap_err().to_string(), expected.to_string(), "{text}");
        }
    }
}
