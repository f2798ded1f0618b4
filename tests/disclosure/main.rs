//! Statistical disclosure control, held to its promise.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs, unreachable_pub, reason = "a test may stop at once")]

mod attack;
mod attacker;
mod command;
#[path = "../common/mod.rs"]
mod common;
mod random;
mod rules;
mod sample;
mod world;
