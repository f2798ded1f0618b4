//! What is told to the teams of a level alone, made into encrypted messages: the facts of the private tree that are for them, and
//! any text that is handed over.
//!
//! Here alone is the private tree read for others than the operator, and what comes out is encrypted already. Session keys are
//! random numbers of the system, so that nothing here is the same twice; that is why the messages are kept as files, and a build
//! only copies them. Who is entitled, and by which keys a team reads, is for `assess` to say. Left out on purpose: writing files,
//! and opening messages.

mod index;
mod message;
mod paper;
mod roster;
mod tar;
mod told;

pub use index::index_text;
pub use message::{Mode, Sealed, seal_message, seal_tree};
