//! What was asked: every meaning that a text can have.

use super::host::{BadPrefix, Host, behind_scheme, host, host_of_url, is_below, network};
use super::paste::{bare, holds_address, holds_several, is_like_address, is_one, is_telephone, unwrapped};
use super::refusal::QueryError;
use crate::model::{Asn, Country, TeamId, joined, mailbox, words};
use ipnet::IpNet;

/// The longest text that is looked up, in characters.
const LONGEST: usize = 1000;

/// What was asked, with everything that it can mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    text: String,
    meanings: Vec<Meaning>,
}

/// Something that can be looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// An address, or a network without bits behind its prefix.
    Network(IpNet),
    /// A domain, in A-labels.
    Domain(String),
    /// An e-mail address, in lower case, its host in A-labels.
    Email(String),
    /// An AS number.
    Asn(Asn),
    /// A country.
    Country(Country),
    /// The fingerprint of a key: 40 or 64 digits in upper case.
    Fingerprint(String),
    /// A long key id: 16 digits in upper case.
    KeyId(String),
    /// A team's id or name.
    Name(Vec<String>),
}

impl Query {
    /// Everything that `text` can mean.
    ///
    /// # Errors
    /// A [`QueryError`] for what cannot be looked up.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        let text = text.trim();
        if text.chars().nth(LONGEST).is_some() {
            return Err(QueryError::TooLong);
        }
        let meanings = meanings(text)?;
        if meanings.is_empty() {
            return Err(QueryError::Empty);
        }
        Ok(Self { text: text.to_owned(), meanings })
    }

    /// One meaning alone.
    pub fn of(meaning: Meaning) -> Self {
        Self { text: meaning.value(), meanings: vec![meaning] }
    }

    /// What was asked.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it can mean; at least one thing.
    pub fn meanings(&self) -> &[Meaning] {
        &self.meanings
    }

    /// Why it is no answer that nobody was found: what could only be a name was meant as something else.
    pub fn refused_as_name(&self) -> Option<QueryError> {
        let [Meaning::Name(_)] = *self.meanings else { return None };
        let plain = &*unwrapped(&self.text);
        if is_telephone(plain) {
            Some(QueryError::Telephone)
        } else if is_like_address(plain) {
            Some(QueryError::NoAddress)
        } else {
            holds_several(plain).then_some(QueryError::NotAlone)
        }
    }
}

impl Meaning {
    /// What kind of thing it is, in one word.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Network(_) => "network",
            Self::Domain(_) => "domain",
            Self::Email(_) => "email",
            Self::Asn(_) => "asn",
            Self::Country(_) => "country",
            Self::Fingerprint(_) => "key",
            Self::KeyId(_) => "key-id",
            Self::Name(_) => "name",
        }
    }

    /// What is looked up.
    pub fn value(&self) -> String {
        match self {
            Self::Network(net) => net.to_string(),
            Self::Domain(text) | Self::Email(text) | Self::Fingerprint(text) | Self::KeyId(text) => text.clone(),
            Self::Asn(asn) => asn.to_string(),
            Self::Country(country) => country.code().to_owned(),
            Self::Name(words) => words.join(" "),
        }
    }
}

impl From<Host> for Meaning {
    fn from(host: Host) -> Self {
        match host {
            Host::Address(address) => Self::Network(address.into()),
            Host::Name(name) => Self::Domain(name),
        }
    }
}

/// The certain meanings stand alone; the others stand together. A name is what was typed: all else is read from what it was
/// before it was pasted. Nobody is called like an address, so that one among other things is not looked up as a name.
fn meanings(text: &str) -> Result<Vec<Meaning>, QueryError> {
    let plain = &*unwrapped(text);
    if let Some(net) = network(plain) {
        let refused = |BadPrefix| if holds_address(plain) { QueryError::NotAlone } else { QueryError::Prefix };
        let net = Meaning::Network(net.map_err(refused)?);
        return is_one(plain).then(|| vec![net]).ok_or(QueryError::NotAlone);
    }
    if plain.contains("://") {
        let url = behind_scheme(plain).filter(|_| is_one(plain)).ok_or(QueryError::NotAlone)?;
        return Ok(vec![host_of_url(url).ok_or(QueryError::NoHost)?.into()]);
    }
    let mut meanings = Vec::new();
    match key(plain)? {
        Some(Key { meaning, certain: true }) => return Ok(vec![meaning]),
        Some(Key { meaning, certain: false }) => meanings.push(meaning),
        None => {}
    }
    let name = Some(words(text)).filter(|words| !words.is_empty()).map(Meaning::Name);
    let hosted = hosted(plain);
    // `alpha.example/@x` is a path.
    if let Some(mailed) = mailed(plain, text.contains('@')).filter(|_| hosted.is_none()) {
        // `CERT (AT) X.Y` may be a name, too.
        let name = name.filter(|_| !text.contains('@') && text.contains(char::is_whitespace));
        return Ok(mailed.into_iter().chain(name).collect());
    }
    meanings.extend(asn(plain).map(Meaning::Asn));
    meanings.extend(country(bare(text)).map(Meaning::Country));
    match hosted.map(Meaning::from) {
        Some(address @ Meaning::Network(_)) => return Ok(vec![address]),
        domain => meanings.extend(domain),
    }
    if meanings.is_empty() && holds_address(plain) {
        return Err(QueryError::NotAlone);
    }
    meanings.extend(name);
    Ok(meanings)
}

/// An e-mail address and its host. Where the `@` was written in words the host has to be a full one: a name may have `(at)`.
fn mailed(text: &str, has_at: bool) -> Option<[Meaning; 2]> {
    let (local, after) = text.rsplit_once('@')?;
    let host = host(after).filter(|host| has_at || is_below(host))?;
    // Quotes would allow the others, but nobody has such an address, and several are pasted so.
    let is_one = !local.is_empty() && !text.contains(char::is_whitespace) && !local.contains([',', ';', '|', '<', '>', '@']);
    is_one.then(|| [Meaning::Email(mailbox(text.strip_suffix('.').unwrap_or(text))), host.into()])
}

/// A host, or that of a URL without its scheme: of `alpha.example/x`, but not of `CERT/CC`.
fn hosted(text: &str) -> Option<Host> {
    host(text.strip_prefix("*.").unwrap_or(text)).or_else(|| {
        text.split_once(['/', '?', '#']).and_then(|(before, _)| host(before)).filter(|host| is_below(host) && is_one(text))
    })
}

/// What people and programs write before a fingerprint or a key id, with a colon or an equals sign behind it.
const KEY_LABELS: [&str; 8] =
    ["fpr", "fingerprint", "key", "key fingerprint", "key id", "openpgp4fpr", "sha256", "sha256 fingerprint"];

/// A fingerprint or key id, and whether the text can be nothing else.
struct Key {
    meaning: Meaning,
    certain: bool,
}

fn key(text: &str) -> Result<Option<Key>, QueryError> {
    let labelled =
        text.split_once([':', '=']).filter(|(label, _)| KEY_LABELS.iter().any(|known| label.trim().eq_ignore_ascii_case(known)));
    let text = labelled.map_or(text, |(_, digits)| digits.trim());
    let marked = text.strip_prefix("0x").or(text.strip_prefix("0X")).or(labelled.map(|_| text));
    let digits: String = marked.unwrap_or(text).chars().filter(|c| !c.is_whitespace() && *c != ':').collect();
    if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Ok(None);
    }
    let digits = digits.to_ascii_uppercase();
    match (digits.len(), marked) {
        (40 | 64, _) => Ok(Some(Key { meaning: Meaning::Fingerprint(digits), certain: true })),
        (16, marked) => Ok(Some(Key { meaning: Meaning::KeyId(digits), certain: marked.is_some() })),
        (8, Some(_)) => Err(QueryError::ShortKeyId),
        _ => Ok(None),
    }
}

/// An AS number: `64500`, `AS64500`, `asn 64500`, `AS-64500`.
fn asn(text: &str) -> Option<Asn> {
    let (mark, digits) = text.split_at(text.find(|c: char| c.is_ascii_digit())?);
    let letters = mark.trim_end();
    let letters = letters.strip_suffix(['-', ':']).unwrap_or(letters).trim_end();
    let known = mark.is_empty() || ["AS", "ASN"].iter().any(|known| letters.eq_ignore_ascii_case(known));
    (known && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok()).flatten()
}

/// A country by its code in any case, or by its usual English name, folded.
fn country(text: &str) -> Option<Country> {
    let by_code = Some(text).filter(|text| text.len() == 2).and_then(|text| text.to_ascii_uppercase().parse().ok());
    by_code.or_else(|| {
        let wanted = joined(text);
        Country::all().find(|country| joined(country.name()) == wanted)
    })
}

/// A team's id, as what was typed may be one: in any case.
pub(super) fn as_id(text: &str) -> Option<TeamId> {
    text.to_ascii_lowercase().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_every_meaning_it_can_have() {
        for (text, expected) in [
            (" 192.0.2.17 ", "network 192.0.2.17/32"),
            ("192.0.2.17/24", "network 192.0.2.0/24"),
            ("192.0.2.17:8080", "network 192.0.2.17/32"),
            ("[2001:db8::1]:80", "network 2001:db8::1/128"),
            ("2001:db8:1111:2222:1:2:3:4", "network 2001:db8:1111:2222:1:2:3:4/128"),
            ("https://www.alpha.example/x", "domain www.alpha.example"),
            ("CERT@alpha.example", "email cert@alpha.example, domain alpha.example"),
            ("x@[192.0.2.1]", "email x@[192.0.2.1], network 192.0.2.1/32"),
            ("as64500", "asn AS64500, domain as64500, name as64500"),
            ("64500", "asn AS64500, name 64500"),
            ("uk", "country GB, domain uk, name uk"),
            ("Côte d’Ivoire", "country CI, name cote d ivoire"),
            ("*.at", "domain at, name at"),
            ("CERT.at", "domain cert.at, name cert at"),
            ("bücher.example", "domain xn--bcher-kva.example, name bucher example"),
            ("CA51 9536 60F3 B29B", "key-id CA51953660F3B29B, name ca51 9536 60f3 b29b"),
            ("0xca51953660f3b29b", "key-id CA51953660F3B29B"),
            ("deadbeef", "domain deadbeef, name deadbeef"),
            ("AS0", "domain as0, name as0"),
            ("Team @ Home", "name team home"),
            ("日", "domain xn--wgv, name 日"),
            ("ASN 64500", "asn AS64500, name asn 64500"),
            ("as-64500", "asn AS64500, domain as-64500, name as 64500"),
            ("AS: 64500", "asn AS64500, name as 64500"),
            ("-64500", "domain -64500, name 64500"),
            ("bas 64500", "name bas 64500"),
            ("AS64500-64510", "domain as64500-64510, name as64500 64510"),
            ("mailto:cert@alpha.example", "email cert@alpha.example, domain alpha.example"),
            ("CERT Alpha <CERT@alpha.example>", "email cert@alpha.example, domain alpha.example"),
            ("192.0.2[.]17", "network 192.0.2.17/32"),
            ("hxxp://192[.]0[.]2[.]17/x", "network 192.0.2.17/32"),
            ("2001[:]db8::1", "network 2001:db8::1/128"),
            ("www[.]alpha[.]example", "domain www.alpha.example, name www alpha example"),
            ("cert[at]alpha.example", "email cert@alpha.example, domain alpha.example"),
            ("x(at)[192.0.2.1]", "email x@[192.0.2.1], network 192.0.2.1/32"),
            ("cert (at) alpha.example", "email cert@alpha.example, domain alpha.example, name cert at alpha example"),
            ("Cert(at)Home", "name cert at home"),
            ("CERT (AT)", "name cert at"),
            ("alpha.example/x", "domain alpha.example, name alpha example x"),
            ("192.0.2.17/gate.php", "network 192.0.2.17/32"),
            ("192.0.2.17:80/x", "network 192.0.2.17/32"),
            ("CERT/CC", "name cert cc"),
            ("192.0.2.17.", "network 192.0.2.17/32"),
            ("192.0.2.17,", "network 192.0.2.17/32"),
            ("(192.0.2.0/24);", "network 192.0.2.0/24"),
            ("\"alpha.example\"", "domain alpha.example, name alpha example"),
            ("alpha.example,", "domain alpha.example, name alpha example"),
            ("‘AS64500’.", "asn AS64500, domain as64500, name as64500"),
            ("<cert@alpha.example>.", "email cert@alpha.example, domain alpha.example"),
            ("(AT)", "country AT, name at"),
            ("CERT Alpha.", "name cert alpha"),
            ("key id: CA51 9536 60F3 B29B", "key-id CA51953660F3B29B"),
            ("key: alpha", "name key alpha"),
            ("https://alpha.example/?u=https://beta.example/", "domain alpha.example"),
            ("alpha.example/@beta.example", "domain alpha.example, name alpha example beta example"),
            ("alpha.example/x beta.example", "name alpha example x beta example"),
            ("cert@alpha.example,csirt@beta.example", "name cert alpha example csirt beta example"),
        ] {
            let meanings = Query::parse(text).map(|query| {
                let told = query.meanings().iter().map(|meaning| format!("{} {}", meaning.kind(), meaning.value()));
                told.collect::<Vec<_>>().join(", ")
            });
            assert_eq!(meanings.as_deref(), Ok(expected), "{text}");
        }
        let grouped = "945C 2808 4340 505C 36CC  FA6B CA51 9536 60F3 B29B";
        let pasted = [
            format!("fpr: {grouped}"),
            format!("{grouped}."),
            format!("Key fingerprint = {grouped}"),
            format!("(FINGERPRINT:0x{grouped})"),
        ];
        let colons = grouped.replace(' ', ":");
        let texts = [grouped, "0x945c28084340505c36ccfa6bca51953660f3b29b", &colons];
        for text in texts.into_iter().chain(pasted.iter().map(String::as_str)) {
            let digits = "945C28084340505C36CCFA6BCA51953660F3B29B".to_owned();
            assert_eq!(Query::parse(text).unwrap().meanings(), [Meaning::Fingerprint(digits)], "{text}");
        }
    }

    #[test]
    fn what_cannot_be_looked_up_is_refused_with_a_reason() {
        let long = "x".repeat(1001);
        for (text, error) in [
            ("", QueryError::Empty),
            (" \n", QueryError::Empty),
            ("***", QueryError::Empty),
            (&*long, QueryError::TooLong),
            ("192.0.2.0/33", QueryError::Prefix),
            ("https://", QueryError::NoHost),
            ("x:///y", QueryError::NoHost),
            ("0xDEADBEEF", QueryError::ShortKeyId),
            ("key: deadbeef.", QueryError::ShortKeyId),
            ("192.0.2.17, 198.51.100.3", QueryError::NotAlone),
            ("192.0.2.0/24, 198.51.100.0/24", QueryError::NotAlone),
            ("from 192.0.2.17 port 443", QueryError::NotAlone),
            ("192.0.2.17/x 198.51.100.3", QueryError::NotAlone),
            ("192.0.2.17/x,198.51.100.3", QueryError::NotAlone),
            ("192.0.2.17 - - [29/Nov/2026] \"GET http://alpha.example/ HTTP/1.1\" 200", QueryError::NotAlone),
            ("192.0.2.17 198.51.100.3 http://alpha.example/", QueryError::NotAlone),
            ("http://alpha.example/a\nhttp://beta.example/b", QueryError::NotAlone),
            ("http://alpha.example/,192.0.2.17", QueryError::NotAlone),
            ("beta.example http://alpha.example/", QueryError::NotAlone),
            ("beta.example/?u=http://alpha.example/", QueryError::NotAlone),
            ("192.0.2.17 <http://alpha.example/>", QueryError::NotAlone),
        ] {
            assert_eq!(Query::parse(text), Err(error), "{text}");
        }
        assert!(Query::parse(&long[1..]).is_ok());
    }

    #[test]
    fn what_nobody_is_called_is_refused_where_it_was_meant_as_something_else() {
        for (text, error) in [
            ("AS64496, AS64506", QueryError::NotAlone),
            ("alpha.example\nbeta.example", QueryError::NotAlone),
            ("cert@alpha.example, csirt@beta.example", QueryError::NotAlone),
            ("From: x <cert@alpha.example> To: <csirt@beta.example>", QueryError::NotAlone),
            ("192.0.2.017", QueryError::NoAddress),
            ("(192.0.2[.]256).", QueryError::NoAddress),
            ("2001:db8:100:::1", QueryError::NoAddress),
            ("+1 202 555 0199", QueryError::Telephone),
        ] {
            assert_eq!(Query::parse(text).unwrap().refused_as_name(), Some(error), "{text}");
        }
        for text in ["CERT Alpha", "alpha.example", "cert (at) alpha.example", "64500", "CA:51:95:36:60:F3:B2:9B"] {
            assert_eq!(Query::parse(text).unwrap().refused_as_name(), None, "{text}");
        }
    }
}
