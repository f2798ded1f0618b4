//! Why a text is not looked up, in the words that `lookup.html` has in its catalogue, too.

use std::fmt;

/// Why a text cannot be looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryError {
    /// There is nothing in it.
    Empty,
    /// It is too long.
    TooLong,
    /// It is a network with a prefix that no network has.
    Prefix,
    /// It is a URL without a host.
    NoHost,
    /// It is a short key id.
    ShortKeyId,
    /// There is something in it that could be looked up, among other things.
    NotAlone,
    /// It is like an IP address, and is none.
    NoAddress,
    /// It is a telephone number.
    Telephone,
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => {
                "there is nothing to look up: give an address, a network, a domain, an e-mail address, an AS number, a country, \
                 a fingerprint or a name"
            }
            Self::TooLong => "the text is too long to look up: give the address, the domain or the name alone, 1000 characters at most",
            Self::Prefix => "no network has such a prefix: its length goes to 32 for IPv4, and to 128 for IPv6",
            Self::NoHost => "the URL names no host that could be looked up: give the host's name or address alone",
            Self::ShortKeyId => {
                "a key id of 8 digits can be forged, so it says nothing: give the whole fingerprint, or the long key id of 16 digits"
            }
            Self::NotAlone => {
                "there is more than one thing in this, and nobody is called so: look up one address, domain, AS number or name at a \
                 time, and nothing else beside it"
            }
            Self::NoAddress => {
                "this is no IP address: IPv4 has four numbers from 0 to 255, without zeros before them, IPv6 has eight groups, or \
                 fewer and :: once; write a network with its prefix, such as 192.0.2.0/24"
            }
            Self::Telephone => "telephone numbers are not looked up: give an address, a domain, a country or a name",
        })
    }
}

impl std::error::Error for QueryError {}
