//! Arbitrary text as a query: it is refused or has a meaning, and what was looked up means the same when it is typed, made
//! harmless or pasted out of a mail.

#![no_main]

use libfuzzer_sys::fuzz_target;
use peerage_fuzz::lookup::query::{Meaning, Query};

/// The meanings of a text; none where it is refused.
fn meanings(text: &str) -> Vec<Meaning> {
    Query::parse(text).map(|query| query.meanings().to_vec()).unwrap_or_default()
}

/// Whether a host could be taken for the number of a key, which goes first.
fn is_like_a_key(host: &str) -> bool {
    host.bytes().all(|b| b.is_ascii_hexdigit() || b == b'x')
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(query) = Query::parse(text) else { return };
    assert_eq!(query.text(), text.trim());
    assert!(!query.meanings().is_empty(), "what means nothing is refused");
    assert!(query.text().chars().count() <= 1000);
    let is_name = matches!(query.meanings(), [Meaning::Name(_)]);
    assert!(is_name || query.refused_as_name().is_none(), "who has a meaning besides is told that nobody was found");
    for meaning in query.meanings() {
        let value = meaning.value();
        assert!(!value.is_empty());
        match meaning {
            Meaning::Network(_) => {
                assert_eq!(meanings(&value), [meaning.clone()]);
                assert_eq!(meanings(&value.replace('.', "[.]").replace(':', "[:]")), [meaning.clone()]);
            }
            Meaning::Domain(host) if !is_like_a_key(host) => {
                assert!(meanings(host).contains(meaning));
                assert!(meanings(&host.replace('.', "[.]")).contains(meaning));
                assert_eq!(meanings(&format!("hxxp[:]//{host}/x")), [meaning.clone()]);
            }
            // Of what is in brackets or behind a colon a part would be taken off again.
            Meaning::Email(address) if address.len() < 900 && !address.contains(['<', '>', '[', '(', '{', '?', ':']) => {
                let both = meanings(address);
                assert_eq!((both.len(), &both[0]), (2, meaning));
                assert_eq!(meanings(&format!("Team Alpha <mailto:{address}?subject=x>")), both);
                if both[1].value().contains('.') && address.matches('@').count() == 1 {
                    assert_eq!(meanings(&address.replace('@', "[at]")), both);
                }
            }
            Meaning::Asn(_) | Meaning::Country(_) | Meaning::Fingerprint(_) | Meaning::KeyId(_) => {
                assert!(meanings(&value).contains(meaning));
            }
            Meaning::Name(words) => {
                assert!(words.iter().all(|word| !word.is_empty() && word.chars().all(char::is_alphanumeric)));
            }
            Meaning::Domain(_) | Meaning::Email(_) => {}
        }
    }
});
