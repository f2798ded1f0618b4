//! Names as they are compared.

pub use crate::model::{joined, words};
