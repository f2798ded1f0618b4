//! What a team says that it answers for, as one kind of thing.

use super::{Asn, Domain, Network};
use crate::diagnostic::{Problem, Rule, shorten};
use std::fmt;
use std::str::FromStr;

/// A domain, an AS number or a network. Domains are told apart without `*.`, which means nothing. `D` is what a domain is held
/// as: text of its own, or a `&str` where the team keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Claim<D = Box<str>> {
    /// A domain, in A-labels and without `*.`.
    Domain(D),
    /// An AS number.
    Asn(Asn),
    /// A network.
    Network(Network),
}

impl Claim {
    /// The same claim, which borrows.
    pub fn as_ref(&self) -> Claim<&str> {
        match self {
            Self::Domain(name) => Claim::Domain(name),
            Self::Asn(asn) => Claim::Asn(*asn),
            Self::Network(network) => Claim::Network(*network),
        }
    }
}

impl<'d> From<&'d Domain> for Claim<&'d str> {
    fn from(domain: &'d Domain) -> Self {
        Self::Domain(domain.name())
    }
}

impl<D> From<Asn> for Claim<D> {
    fn from(asn: Asn) -> Self {
        Self::Asn(asn)
    }
}

impl<D> From<Network> for Claim<D> {
    fn from(network: Network) -> Self {
        Self::Network(network)
    }
}

impl FromStr for Claim {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let wrong = |_| {
            let message = format!("`{}` is neither a domain nor an AS number nor a network", shorten(text));
            let help = "write it as the team claims it: alpha.example, AS64500 or 192.0.2.0/24";
            Problem::new(Rule::InvalidClaim, message, help)
        };
        if text.contains('/') || text.parse::<std::net::IpAddr>().is_ok() {
            return text.parse().map(Self::Network);
        }
        let digits = text.strip_prefix("AS").unwrap_or(text);
        if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
            return text.parse().map(Self::Asn);
        }
        text.parse::<Domain>().map(|domain| Self::Domain(domain.name().into())).map_err(wrong)
    }
}

impl<D: fmt::Display> fmt::Display for Claim<D> {
    /// With what it is, as a sentence has it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Domain(name) => write!(f, "domain {name}"),
            Self::Asn(asn) => write!(f, "AS number {asn}"),
            Self::Network(network) => write!(f, "network {network}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_is_what_it_looks_like() {
        for (written, kept) in [
            ("*.Alpha.example", "domain alpha.example"),
            ("AS64500", "AS number AS64500"),
            ("64500", "AS number AS64500"),
            ("192.0.2.0/24", "network 192.0.2.0/24"),
            ("2001:db8::/32", "network 2001:db8::/32"),
            ("192.0.2.7", "network 192.0.2.7/32"),
            ("as.example", "domain as.example"),
        ] {
            assert_eq!(written.parse::<Claim>().map(|claim| claim.to_string()).as_deref(), Ok(kept), "{written}");
        }
    }

    #[test]
    fn refuses_what_nobody_can_claim() {
        for (bad, rule) in [
            ("", Rule::InvalidClaim),
            ("a b", Rule::InvalidClaim),
            ("AS0", Rule::InvalidAsn),
            ("192.0.2.1/24", Rule::InvalidNetwork),
            ("https://a.example/", Rule::InvalidNetwork),
        ] {
            assert_eq!(bad.parse::<Claim>().map_err(|problem| problem.rule), Err(rule), "{bad}");
        }
    }
}
