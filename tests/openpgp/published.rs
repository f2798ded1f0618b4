//! What of a key is published.

use super::{asked, key};
use peerage::openpgp::{Certificate, UserId, UserIdState, read};

fn cut(certificate: &Certificate, keep: &dyn Fn(&UserId) -> bool) -> Certificate {
    let binary = certificate.minimised(asked(), keep);
    read(&binary).unwrap_or_else(|problem| panic!("{}", problem.message)).remove(0)
}

#[test]
fn it_says_the_same_as_the_whole_key() {
    for name in ["rsa2048", "brainpool384", "secp256k1", "expired", "superseded", "user-ids", "subkeys", "extended", "v6"] {
        let whole = key(name);
        let cut = cut(&whole, &|_| true);
        assert_eq!(cut.as_of(asked()), whole.as_of(asked()), "{name}");
        assert_eq!(cut.minimised(asked(), &|_| true), whole.minimised(asked(), &|_| true), "{name}: once is enough");
    }
}

#[test]
fn it_carries_the_chosen_user_ids_only() {
    let whole = key("user-ids");
    let one = cut(&whole, &|id| id.address.as_deref() == Some("csirt@user-ids.example")).as_of(asked());
    let texts: Vec<&str> = one.user_ids.iter().map(|id| id.text.as_str()).collect();
    assert_eq!(texts, ["user-ids <csirt@user-ids.example>"]);
    let valid = cut(&whole, &|id| id.state == UserIdState::Valid);
    assert_eq!(valid.as_of(asked()).user_ids.len(), 2);
    assert!(valid.minimised(asked(), &|_| true).len() < whole.minimised(asked(), &|_| true).len());
}

#[test]
fn a_user_id_without_which_the_key_would_last_longer_stays() {
    let whole = key("other-speaks");
    let cut = cut(&whole, &|id| id.address.as_deref() == Some("csirt@other-speaks.example"));
    let (cut, whole) = (cut.as_of(asked()), whole.as_of(asked()));
    assert_eq!((cut.expires, cut.encryption), (whole.expires, whole.encryption));
    assert!(cut.expires.is_some());
    assert_eq!(cut.user_ids.len(), 2);
}

#[test]
fn signatures_that_were_replaced_are_left_out() {
    let whole = key("extended");
    let then = "2020-06-01T00:00:00Z".parse().unwrap();
    let cut = cut(&whole, &|_| true);
    assert_eq!(cut.as_of(asked()), whole.as_of(asked()));
    assert_ne!(whole.as_of(then).expires, whole.as_of(asked()).expires);
    assert_eq!(cut.as_of(then).expires, whole.as_of(asked()).expires, "only the newest is left");
}
