//! Arbitrary bytes as a file of S/MIME certificates: what is read is bounded, cannot mislead, and is read the same again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use peerage_fuzz::diagnostic::misleads;
use peerage_fuzz::smime::read;

fuzz_target!(|bytes: &[u8]| {
    let Ok(certificates) = read(bytes) else { return };
    assert!((1..=20).contains(&certificates.len()), "at least one, and as many as are allowed");
    for certificate in &certificates {
        for text in [&certificate.subject, &certificate.issuer, &certificate.serial].into_iter().chain(&certificate.emails) {
            assert!(text.chars().count() <= 501 && !text.chars().any(misleads));
        }
        match read(&certificate.der).as_deref() {
            Ok([again]) => assert_eq!(again.fingerprint, certificate.fingerprint),
            other => panic!("it was read before: {other:?}"),
        }
    }
});
