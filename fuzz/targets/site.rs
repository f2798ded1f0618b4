//! Arbitrary text as `site.yaml`: it is read, or it is said what is wrong with it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use peerage_fuzz::config::{Config, FILE};
use peerage_fuzz::diagnostic::Finding;
use peerage_fuzz::hold;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (config, findings) = Config::read(text, FILE);
    hold(&findings, FILE, text);
    match config {
        None => assert!(findings.iter().any(Finding::is_error), "what cannot be used is told"),
        Some(config) => assert!(!config.title.as_str().is_empty()),
    }
});
