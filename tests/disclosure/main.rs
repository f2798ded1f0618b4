//! Statistical disclosure control, held to its promise.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs, unreachable_pub, reason = "a test may stop at once")]

mod attack;
mod attacker;
mod random;
mod world;
