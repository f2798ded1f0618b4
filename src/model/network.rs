//! Internet number resources.

use crate::diagnostic::{Problem, Rule, shorten};
use ipnet::IpNet;
use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// An autonomous system number (RFC 6793): 1 to 4294967294.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Asn(u32);

impl Asn {
    /// The number.
    pub fn number(self) -> u32 {
        self.0
    }

    /// Whether the number is set aside for documentation (RFC 5398), private use (RFC 6996) or the protocol itself
    /// (RFC 6793, RFC 7300), so that no team can answer for it.
    pub fn is_reserved(self) -> bool {
        matches!(self.0, 23_456 | 64_496..=65_551 | 4_200_000_000..)
    }
}

impl FromStr for Asn {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let digits = text.strip_prefix("AS").unwrap_or(text);
        let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
        match digits.parse() {
            Ok(number) if plain && number < u32::MAX => Ok(Self(number)),
            _ => {
                let shown = shorten(text);
                let help = "write one number from 1 to 4294967294, such as 64500 or AS64500; a range is written number by number";
                Err(Problem::new(Rule::InvalidAsn, format!("`{shown}` is not an autonomous system number"), help))
            }
        }
    }
}

impl fmt::Display for Asn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AS{}", self.0)
    }
}

/// An IPv4 or IPv6 network whose host bits are zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Network(IpNet);

/// Blocks for documentation (RFC 5737, RFC 3849, RFC 9637), private use (RFC 1918, RFC 4193), loopback, link-local,
/// shared address space (RFC 6598), benchmarking (RFC 2544) and multicast: nobody answers for them.
const RESERVED: &[&str] = &[
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.2.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/3",
    "::/8",
    "2001:db8::/32",
    "3fff::/20",
    "fc00::/7",
    "fe80::/10",
    "ff00::/8",
];

/// The shortest prefixes that are given out to anybody, of IPv4 and of IPv6 (IANA's registries of address space). What is wider is a
/// slip, by which one team would be found for everybody's addresses.
const WIDEST: (u8, u8) = (8, 12);

impl Network {
    /// The network.
    pub fn net(&self) -> &IpNet {
        &self.0
    }

    /// Whether the network lies in a block that is set aside, so that no team can answer for it.
    pub fn is_reserved(&self) -> bool {
        RESERVED.iter().filter_map(|block| block.parse::<IpNet>().ok()).any(|block| block.contains(&self.0))
    }
}

impl FromStr for Network {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let shown = shorten(text);
        let fail = |help: String| Problem::new(Rule::InvalidNetwork, format!("`{shown}` is not a network"), help);
        let general = || fail("write an address and a prefix length, such as 192.0.2.0/24 or 2001:db8::/32".to_owned());
        let (address, length) = text.split_once('/').map_or((text, None), |(address, length)| (address, Some(length)));
        // The standard library refuses leading zeros (`010.0.0.0`), which some read as octal.
        let address: IpAddr = address.parse().map_err(|_| general())?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let length = match length {
            None => longest,
            Some(length) if length.bytes().all(|b| b.is_ascii_digit()) => length.parse().map_err(|_| general())?,
            Some(_) => return Err(general()),
        };
        let widest = if address.is_ipv4() { WIDEST.0 } else { WIDEST.1 };
        let net = IpNet::new(address, length).map_err(|_| fail(format!("the prefix length goes from {widest} to {longest}")))?;
        // The same network in another spelling, by which neither a clash with the first nor its width would be seen.
        if let (IpAddr::V6(mapped), Some(length)) = (address, length.checked_sub(96))
            && let Some(address) = mapped.to_ipv4_mapped()
        {
            let plain = IpNet::new(address.into(), length).ok().map(|net| net.trunc().to_string());
            let plain = plain.filter(|plain| plain.parse::<Self>().is_ok());
            let write =
                plain.clone().unwrap_or_else(|| format!("it as one of IPv4, with a prefix length from {} to 32", WIDEST.0));
            return Err(fail(format!("it is a network of IPv4 mapped to IPv6: write {write}")).or_rather(plain));
        }
        if length < widest {
            return Err(fail(format!("it is wider than any that is given out: the prefix length is {widest} or more")));
        }
        if net.trunc() != net {
            let whole = net.trunc().to_string();
            return Err(fail(format!("the bits behind the prefix are not zero: write {whole}")).or_rather(Some(whole)));
        }
        Ok(Self(net))
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl serde::Serialize for Network {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_numbers_are_plain() {
        assert_eq!("AS64500".parse::<Asn>().map(Asn::number), Ok(64_500));
        for bad in ["0", "-5", "0x1F", "4294967295", "4294967296", "64500-64510", "AS", "1.10", "as1", "+1", "007"] {
            assert_eq!(bad.parse::<Asn>().map_err(|p| p.rule), Err(Rule::InvalidAsn), "{bad}");
        }
    }

    #[test]
    fn networks_are_exact() {
        assert_eq!("192.0.2.7".parse::<Network>().map(|n| n.to_string()), Ok("192.0.2.7/32".to_owned()));
        for bad in [
            "192.0.2.1/24",
            "010.0.0.0/8",
            "192.0.2.0/33",
            "192.0.2.0/",
            "192.0.2/24",
            "2001:db8::1/32",
            "2001:db8::/129",
            "a",
            "192.0.2.0/+8",
            "0.0.0.0/0",
            "8.0.0.0/7",
            "::/0",
            "2000::/3",
            "::ffff:0:0/96",
            "::ffff:192.0.2.0/120",
            "0:0:0:0:0:ffff:c000:200/120",
            "",
        ] {
            assert_eq!(bad.parse::<Network>().map_err(|p| p.rule), Err(Rule::InvalidNetwork), "{bad}");
        }
        let help = "192.0.2.1/24".parse::<Network>().map_err(|p| p.help).unwrap_err();
        assert!(help.ends_with("192.0.2.0/24"), "{help}");
        for (mapped, plain) in [
            ("::ffff:c000:200/120", Some("192.0.2.0/24")),
            ("::ffff:192.0.2.1/120", Some("192.0.2.0/24")),
            ("::ffff:0:0/96", None),
        ] {
            let replacement = mapped.parse::<Network>().map_err(|p| p.replacement).unwrap_err();
            assert_eq!(replacement.as_deref(), plain, "{mapped}");
        }
        for (long, cure) in [("192.0.2.0/33", "from 8 to 32"), ("2001:db8::/129", "from 12 to 128")] {
            let help = long.parse::<Network>().map_err(|p| p.help).unwrap_err();
            assert!(help.ends_with(cure), "{help}");
        }
    }

    #[test]
    fn every_reserved_block_is_a_network() {
        assert!(RESERVED.iter().all(|block| block.parse().is_ok_and(|net| Network(net).is_reserved())));
        assert!("8.8.8.0/24".parse::<Network>().is_ok_and(|n| !n.is_reserved()));
    }
}
