//! Statistical disclosure control, held to its promise.

mod attack;
mod attacker;
mod command;
mod random;
mod rules;
mod sample;
mod world;
