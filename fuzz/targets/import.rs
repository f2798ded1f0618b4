//! Arbitrary text as each of the foreign formats: what comes of it are entries in their canonical form, under ids of their own, and
//! notes on the rest.

#![no_main]

use libfuzzer_sys::fuzz_target;
use peerage_fuzz::import::{Imported, csv, decode, first, global_irt, ti_json};
use peerage_fuzz::load::{Canonical, FileKind, readable_bytes};
use std::collections::BTreeSet;
use std::sync::LazyLock;

static FORM: LazyLock<Canonical> = LazyLock::new(|| Canonical::new(FileKind::Entry));

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = decode(bytes) else { return };
    for (format, read) in
        [("csv", csv as fn(&str) -> Imported), ("first", first), ("global-irt", global_irt), ("ti-json", ti_json)]
    {
        let imported = read(text);
        assert!(imported.refused == 0 || !imported.notes.is_empty(), "{format}: what is refused is told");
        let mut ids = BTreeSet::new();
        for entry in &imported.entries {
            assert!(ids.insert(&entry.id), "{format}: {} is there twice", entry.id);
            let read = readable_bytes(entry.text.clone().into_bytes(), "x.yaml");
            assert!(read.is_ok(), "{format}: {read:?} in\n{}", entry.text);
            assert_eq!(FORM.format(&entry.text).as_deref(), Ok(&*entry.text), "{format}: the entry is in its canonical form");
        }
    }
});
