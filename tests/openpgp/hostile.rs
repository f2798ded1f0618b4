//! Damage, and files that are made to do harm: never a panic, never a longer life, and bounded in time.

use super::forms::binary;
use super::{asked, key};
use peerage::openpgp::{Encryption, Reading, read};

/// What a damaged key must not exceed: nothing is worth more than in the whole one.
fn assert_worth_no_more(found: &Reading, whole: &Reading, what: &str) {
    let end = |reading: &Reading| reading.expires.map_or(i64::MAX, |end| end.timestamp());
    let encrypts = |reading: &Reading| match reading.encryption {
        Encryption::Never => 0,
        Encryption::Until(end) => end.map_or(i64::MAX, |end| end.timestamp()),
    };
    assert_eq!(found.fingerprint, whole.fingerprint, "{what}");
    assert!(end(found) <= end(whole), "{what}: it lives longer");
    assert!(encrypts(found) <= encrypts(whole), "{what}: it encrypts longer");
    assert!(found.user_ids.iter().all(|id| whole.user_ids.contains(id)), "{what}: another user id");
    assert!(found.subkeys.iter().all(|subkey| whole.subkeys.contains(subkey)), "{what}: another subkey");
}

#[test]
fn a_key_that_was_cut_off_anywhere_is_worth_no_more() {
    for name in ["expiring", "brainpool256", "dsa"] {
        let (file, whole) = (binary(name), key(name).as_of(asked()));
        for length in 0..file.len() {
            for key in read(&file[..length]).into_iter().flatten() {
                assert_worth_no_more(&key.as_of(asked()), &whole, &format!("{name}, {length} octets"));
            }
        }
    }
}

#[test]
fn no_flipped_bit_makes_a_key_worth_more() {
    for name in ["expiring", "p256", "brainpool256", "secp256k1", "v6"] {
        let (file, whole) = (binary(name), key(name).as_of(asked()));
        for at in 0..file.len() {
            let mut damaged = file.clone();
            damaged[at] ^= 1 << (at % 8);
            for key in read(&damaged).into_iter().flatten() {
                assert_worth_no_more(&key.as_of(asked()), &whole, &format!("{name}, octet {at}"));
            }
        }
    }
}

#[test]
fn a_subkey_of_another_key_is_not_bound() {
    let (own, other) = (binary("expiring"), binary("ed25519"));
    let stolen = [&own[..], &other[53..]].concat();
    let whole = key("expiring").as_of(asked());
    assert_eq!(read(&stolen).unwrap()[0].as_of(asked()), whole);
}

#[test]
fn floods_are_refused_in_time() {
    let good = binary("ed25519");
    let (primary, rest) = good.split_at(53);
    let user_id_length = 2 + usize::from(rest[1]);
    let (user_id, signature) = rest.split_at(user_id_length);
    let signature = &signature[..2 + usize::from(signature[1])];
    let mut damaged = signature.to_vec();
    *damaged.last_mut().unwrap() ^= 1;
    let flood = |packet: &[u8], times: usize| [primary, user_id, signature, &packet.repeat(times)].concat();
    for (file, part) in [
        (flood(&damaged, 20_000), "signatures of its own"),
        (flood(signature, 20_000), "signatures of its own"),
        (flood(user_id, 50_000), "user ids and subkeys"),
        (flood(primary, 50_000), "more than 50 keys"),
        ([primary, &[0xCD, 0xFF, 0, 0x10, 0, 0], &vec![b'a'; 1 << 20][..]].concat(), "more than 2048 octets"),
        ([primary, &[0xCD, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], b"a"].concat(), "damaged"),
    ] {
        let problem = read(&file).unwrap_err();
        assert!(problem.message.contains(part), "{part}: {}", problem.message);
    }
    // What another key signed is not even verified.
    let others = flood(&other_signature(), 20_000);
    assert_eq!(read(&others).unwrap()[0].as_of(asked()).user_ids.len(), 1);
}

/// The certification of another key.
fn other_signature() -> Vec<u8> {
    let other = binary("expiring");
    let after = &other[53 + 2 + usize::from(other[54])..];
    after[..2 + usize::from(after[1])].to_vec()
}

#[test]
fn a_subkey_signs_only_where_it_signed_that_it_belongs_to_the_key() {
    let file = binary("subkeys");
    let signs = |file: &[u8]| {
        let found = read(file).unwrap()[0].as_of(asked());
        assert_eq!(found.subkeys.len(), 4, "what binds it is whole");
        found.subkeys[2].signs
    };
    assert!(signs(&file));
    // Its own signature stands in that of the primary key, where none is hashed: 0x20, version 4, 0x19.
    let at = file.windows(3).position(|octets| octets == [0x20, 4, 0x19]).unwrap();
    for (what, octet) in [("from another time", at + 35), ("damaged", at + 60)] {
        let mut changed = file.clone();
        changed[octet] ^= 1;
        assert!(!signs(&changed), "{what}");
    }
}
