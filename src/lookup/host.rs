//! Hosts: what stands in an address behind `//` or `@`, and its domains.

use ipnet::IpNet;
use std::net::{IpAddr, Ipv4Addr};

/// A host.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Host {
    /// By its address.
    Address(IpAddr),
    /// By its name, in A-labels, without a dot at its end.
    Name(String),
}

/// The host that `text` is, with or without the number of a port; `None` where it is none.
pub(super) fn host(text: &str) -> Option<Host> {
    if let Some((address, rest)) = text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        let port = rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port);
        // In e-mail addresses those of IPv4 stand in brackets, too (RFC 5321, section 4.1.3).
        return address.parse::<IpAddr>().ok().filter(|_| port).map(|address| Host::Address(address.to_canonical()));
    }
    let name = text.rsplit_once(':').filter(|(_, port)| is_port(port)).map_or(text, |(name, _)| name);
    if let Ok(address) = name.parse::<Ipv4Addr>() {
        return Some(Host::Address(address.into()));
    }
    a_labels(name).map(Host::Name)
}

/// What stands behind `://` in a URL; `None` where no scheme stands before it. Any scheme will do: analysts write more of them
/// than browsers know.
pub(super) fn behind_scheme(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once("://")?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-'));
    is_scheme.then_some(rest)
}

/// The host of a URL, of which `rest` stands behind `://`; `None` where it has none.
pub(super) fn host_of_url(rest: &str) -> Option<Host> {
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    host(authority.rsplit('@').next().unwrap_or_default())
}

/// Whether a host is more than one word: an address, or a name below another.
pub(super) fn is_below(host: &Host) -> bool {
    match host {
        Host::Address(_) => true,
        Host::Name(name) => name.contains('.'),
    }
}

fn is_port(text: &str) -> bool {
    (1..=5).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// A name in A-labels. Wider than a claim may be: a host that is asked for may have underscores.
pub(super) fn a_labels(name: &str) -> Option<String> {
    let name = name.strip_suffix('.').unwrap_or(name);
    let ascii = idna::domain_to_ascii_cow(name.as_bytes(), idna::AsciiDenyList::URL).ok()?;
    let letters = |label: &str| label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'));
    let fits = ascii.len() <= 253 && ascii.split('.').all(|label| (1..=63).contains(&label.len()) && letters(label));
    // Such a name would be read as an IPv4 address elsewhere.
    let number = ascii.rsplit('.').next().is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit()));
    (fits && !number).then(|| ascii.into_owned())
}

/// The network that `text` is, without the bits behind its prefix; an address is a network of its own. `None` where it
/// is none.
pub(super) fn network(text: &str) -> Option<Result<IpNet, BadPrefix>> {
    let (address, length) = text.split_once('/').map_or((text, None), |(address, length)| (address, Some(length)));
    let address: IpAddr = address.parse().ok()?;
    // What begins with a letter is no length: it is what stands behind the host of a URL.
    let length = length.filter(|text| !text.starts_with(|c: char| c.is_ascii_alphabetic()));
    let Some(length) = length else { return Some(Ok(address.to_canonical().into())) };
    let length = Some(length).filter(|text| text.bytes().all(|b| b.is_ascii_digit())).and_then(|text| text.parse().ok());
    Some(length.and_then(|length| IpNet::new(address, length).ok()).map(canonical).ok_or(BadPrefix))
}

/// The length of a prefix that no address has.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BadPrefix;

/// A network as it is looked up: without the bits behind its prefix, and of IPv4-mapped addresses (RFC 4291, section
/// 2.5.5.2) the IPv4 network: `::ffff:192.0.2.0/120` is `192.0.2.0/24`.
pub(super) fn canonical(net: IpNet) -> IpNet {
    let net = net.trunc();
    let mapped = if let IpAddr::V6(address) = net.network() { address.to_ipv4_mapped() } else { None };
    let as_ipv4 = mapped.zip(net.prefix_len().checked_sub(96));
    as_ipv4.and_then(|(address, length)| IpNet::new(address.into(), length).ok()).unwrap_or(net)
}

/// Of a domain and those above it those that have `most` labels or fewer, the longest first.
pub(super) fn suffixes(domain: &str, most: usize) -> impl Iterator<Item = &str> {
    let longer = labels(domain).saturating_sub(most);
    std::iter::successors(Some(domain), |domain| domain.split_once('.').map(|(_, rest)| rest)).skip(longer)
}

/// How many labels a domain has.
pub(super) fn labels(domain: &str) -> usize {
    domain.split('.').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_found_in_what_people_paste() {
        for (text, expected) in [
            ("https://user:word@WWW.Alpha.example:8443/a@b?c#d", Some("www.alpha.example")),
            ("hxxp://bücher.example", Some("xn--bcher-kva.example")),
            ("ssh://_sip._tcp.alpha.example.", Some("_sip._tcp.alpha.example")),
            ("x://192.0.2.17:80", Some("192.0.2.17")),
            ("x://[2001:db8::1]:80/", Some("2001:db8::1")),
            ("x://[::ffff:192.0.2.1]", Some("192.0.2.1")),
            ("x://010.0.0.1/", None),
            ("x:///path", None),
            ("x://a..b/", None),
            ("x://[2001:db8::1]x/", None),
            ("x://alpha.example:123456/", None),
            ("1x://alpha.example/", None),
            ("GET x://alpha.example/", None),
            ("192.0.2.17://alpha.example/", None),
            ("alpha.example/x://beta.example/", None),
            ("://alpha.example/", None),
        ] {
            let found = behind_scheme(text).and_then(host_of_url).map(|host| match host {
                Host::Address(address) => address.to_string(),
                Host::Name(name) => name,
            });
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn networks_lose_what_is_behind_the_prefix() {
        for (text, expected) in [
            ("192.0.2.17", "192.0.2.17/32"),
            ("192.0.2.17/24", "192.0.2.0/24"),
            ("2001:db8::1/32", "2001:db8::/32"),
            ("::ffff:192.0.2.1", "192.0.2.1/32"),
            ("::ffff:192.0.2.1/120", "192.0.2.0/24"),
            ("::/0", "::/0"),
            ("192.0.2.17/x", "192.0.2.17/32"),
        ] {
            assert_eq!(network(text).map(|net| net.map(|net| net.to_string())), Some(Ok(expected.to_owned())), "{text}");
        }
        for text in ["192.0.2.0/33", "192.0.2.0/", "192.0.2.0/+8", "::/129"] {
            assert_eq!(network(text), Some(Err(BadPrefix)), "{text}");
        }
        assert_eq!(network("192.0.2"), None);
    }

    #[test]
    fn no_suffix_is_longer_than_any_claim() {
        for (most, expected) in
            [(0, ""), (1, "example"), (2, "c.example example"), (9, "a.b.c.example b.c.example c.example example")]
        {
            assert_eq!(suffixes("a.b.c.example", most).collect::<Vec<_>>().join(" "), expected, "{most}");
        }
    }
}
