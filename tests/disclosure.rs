//! Statistical disclosure control, held to its promise.

mod attack;
mod attacker;
mod command;
mod random;
mod reachability;
mod rules;
mod sample;
mod world;
