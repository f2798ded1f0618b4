//! Arbitrary bytes as an OpenPGP key file: whatever is read can be asked for any day, cut down and published.

#![no_main]

use chrono::DateTime;
use libfuzzer_sys::fuzz_target;
use peerage_fuzz::openpgp::{UserIdState, armor, read};

/// 1970, 2004, 2026 and 2100.
const INSTANTS: [i64; 4] = [0, 1_078_099_200, 1_795_219_200, 4_102_444_800];

fuzz_target!(|bytes: &[u8]| {
    let Ok(certificates) = read(bytes) else { return };
    assert!(!certificates.is_empty(), "a file without a key is a finding");
    for certificate in &certificates {
        for at in INSTANTS.into_iter().filter_map(|at| DateTime::from_timestamp(at, 0)) {
            let reading = certificate.as_of(at);
            assert_eq!(&reading.fingerprint, certificate.fingerprint());
            let cut = certificate.minimised(at, &|id| id.state == UserIdState::Valid);
            assert!(armor(&cut).starts_with("-----BEGIN PGP PUBLIC KEY BLOCK-----"));
            for again in read(&cut).iter().flatten() {
                assert_eq!(again.fingerprint(), certificate.fingerprint(), "what is published is the same key");
            }
        }
    }
});
