//! `peerage fmt`: the canonical form of what people write.

mod command;
mod entries;
mod golden;
mod property;
