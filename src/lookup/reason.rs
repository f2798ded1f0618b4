//! Why a team is found.

use super::host::labels;
use crate::model::keywords;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use std::cmp::Reverse;

/// The length of the longest prefix, that of one IPv6 address.
const LONGEST_NETWORK: usize = 128;

keywords! {
    /// Why a team is found, from the best reason to the last resort.
    pub enum ReasonKind, "a reason" {
        /// The address is one of the team's.
        Email = "email",
        /// A key of the team, or a subkey of it, has this fingerprint.
        Key = "key",
        /// A key of the team, or a subkey of it, has this key id.
        KeyId = "key-id",
        /// The team's id.
        Id = "id",
        /// The whole short or official name, folded.
        Name = "name",
        /// The team answers for a network that holds all that was asked for.
        Network = "network",
        /// The team answers for a network that is a part of what was asked for.
        NetworkWithin = "network-within",
        /// The team answers for the domain, or for one above it.
        Domain = "domain",
        /// The team answers for the AS number.
        Asn = "asn",
        /// A national team that names the country as its constituency.
        NationalConstituency = "national-constituency",
        /// A national team with its seat in the country that names no country as its constituency.
        NationalSeat = "national-seat",
        /// A team that is not national, and names the country as its constituency.
        ConstituencyCountry = "constituency-country",
        /// A team with its seat in the country, and no more.
        Seat = "seat",
        /// A name or the id begins so.
        NameBegins = "name-begins",
        /// Each word begins a word of its names or its id.
        NameWords = "name-words",
        /// The last resort: a national team of the country of the top-level domain.
        CountryOfDomain = "country-of-domain",
    }
}

impl<'de> Deserialize<'de> for ReasonKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(|problem: crate::diagnostic::Problem| serde::de::Error::custom(problem.message))
    }
}

impl ReasonKind {
    /// Whether it holds for a team that has withdrawn, too: it says who the team is, not for what it answers.
    pub const fn identifies(self) -> bool {
        matches!(self, Self::Email | Self::Key | Self::KeyId | Self::Id | Self::Name | Self::NameBegins | Self::NameWords)
    }
}

/// Why a team is found, and by what of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reason {
    /// Which reason.
    pub kind: ReasonKind,
    /// What of the team matched: the network, the domain, the name.
    pub value: String,
    /// Of what matched by a key or a subkey, the fingerprint of the whole key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// Whether that key may be used to write to the team on the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offered: Option<bool>,
}

impl Reason {
    /// A reason.
    pub fn new(kind: ReasonKind, value: impl Into<String>) -> Self {
        Self { kind, value: value.into(), fingerprint: None, offered: None }
    }

    /// Where it stands among reasons: the better comes first, and of a kind that which says more of what was asked.
    pub(super) fn place(&self) -> (ReasonKind, Reverse<usize>) {
        let length = || self.value.rsplit('/').next().and_then(|length| length.parse().ok()).unwrap_or(0);
        let specific = match self.kind {
            ReasonKind::Network => length(),
            // Of the parts the largest says most.
            ReasonKind::NetworkWithin => LONGEST_NETWORK.saturating_sub(length()),
            ReasonKind::Domain => labels(&self.value),
            _ => 0,
        };
        (self.kind, Reverse(specific))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_withdrawn_is_found_by_what_says_who_it_is() {
        let known: Vec<String> = ReasonKind::ALL.iter().filter(|kind| kind.identifies()).map(ToString::to_string).collect();
        assert_eq!(known, ["email", "key", "key-id", "id", "name", "name-begins", "name-words"]);
    }

    #[test]
    fn of_what_holds_a_network_the_smallest_says_most_and_of_its_parts_the_largest() {
        let place = |kind, value: &str| Reason::new(kind, value).place();
        assert!(place(ReasonKind::Network, "192.0.2.0/24") < place(ReasonKind::Network, "192.0.0.0/8"));
        assert!(place(ReasonKind::NetworkWithin, "192.0.0.0/8") < place(ReasonKind::NetworkWithin, "192.0.2.0/24"));
        assert!(place(ReasonKind::NetworkWithin, "::/1") < place(ReasonKind::NetworkWithin, "::/128"));
        assert!(place(ReasonKind::Network, "::/0") < place(ReasonKind::NetworkWithin, "::/1"));
        assert!(place(ReasonKind::Domain, "a.b.c") < place(ReasonKind::Domain, "b.c"));
    }
}
