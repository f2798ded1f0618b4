//! Arbitrary text in its canonical form: it always has one, which is read again, and is its own canonical form. Whether it says the
//! same is proved by the formatter itself, which fails where it does not.

#![no_main]

use libfuzzer_sys::fuzz_target;
use peerage_fuzz::load::{Canonical, FileKind, readable_bytes};
use std::sync::LazyLock;

const KINDS: [FileKind; 4] = [FileKind::Entry, FileKind::Authority, FileKind::Profile, FileKind::Site];

/// One for each kind, as a schema takes a while to make.
static FORMS: LazyLock<Vec<Canonical>> = LazyLock::new(|| KINDS.into_iter().map(Canonical::new).collect());

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = readable_bytes(bytes.to_vec(), "x.yaml") else { return };
    let kind = FileKind::of_text(&text);
    let form = &FORMS[KINDS.iter().position(|other| *other == kind).unwrap()];
    let formatted = match form.format(&text) {
        Ok(formatted) => formatted,
        Err(why) => panic!("{why}"),
    };
    // Longer than is read at all it may become: one line may hold a list that has a line for each of its items.
    if let Ok(again) = readable_bytes(formatted.clone().into_bytes(), "x.yaml") {
        assert_eq!(again, formatted);
    } else {
        assert!(formatted.len() > 256 * 1024, "what is formatted can be read:\n{formatted}");
    }
    assert_eq!(form.format(&formatted).as_deref(), Ok(&*formatted), "formatting twice changes nothing more");
});
