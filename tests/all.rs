//! Every test that uses the crate or the command from outside, in one program: it is linked once, and all of it runs at the
//! same time. A file beside this one is a module of it (`tests/tidy.rs` sees to that).

mod baseline;
mod build;
mod common;
mod deterministic;
mod disclosure;
mod due;
mod findings;
mod formats;
mod golden;
mod hostile;
mod hosting;
mod import;
mod key_command;
mod levels;
mod lookup;
mod machine;
mod new_init;
mod next_change;
mod openpgp;
mod project;
mod readme;
mod rules;
mod secrets;
mod serve;
mod site;
mod smime;
mod statistics;
mod team_page;
mod terminal;
mod themes;
mod tidy;
mod waivers;
mod writer;
mod yaml_differential;
