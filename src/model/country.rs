//! Countries.

use crate::diagnostic::{Problem, Rule, shorten};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

/// A country by its ISO 3166-1 alpha-2 code, or one of two codes that directories use besides: `EU` (European Union,
/// exceptionally reserved in ISO 3166) and `XK` (Kosovo, user-assigned).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

/// The languages in which the names are known (BCP 47).
const LANGUAGES: [&str; 4] = ["en", "fr", "de", "es"];

/// A name in each of [`LANGUAGES`].
type Names = [&'static str; 4];

/// How a country is called: usually, and in the crate.
struct Called {
    usual: Names,
    listed: Names,
}

/// Every code with its names. Made once, for the crate makes a country with all its translations at each question.
static NAMES: LazyLock<BTreeMap<[u8; 2], Called>> = LazyLock::new(|| {
    let iso = keshvar::CountryIterator::new().filter_map(|country| {
        let translations = country.translations();
        let english = translations.get("en").copied().unwrap_or_else(|| country.iso_short_name());
        let listed = LANGUAGES.map(|language| translations.get(language).copied().unwrap_or(english));
        let code = country.alpha2().to_string();
        let usual = USUAL.iter().find(|(of, _)| *of == code).map_or(listed, |(_, names)| *names);
        Some((code.as_bytes().try_into().ok()?, Called { usual, listed }))
    });
    let beyond = BEYOND_ISO
        .iter()
        .filter_map(|(code, names)| Some((code.as_bytes().try_into().ok()?, Called { usual: *names, listed: *names })));
    iso.chain(beyond).collect()
});

/// Codes beyond ISO 3166-1, with their names.
const BEYOND_ISO: [(&str, Names); 2] = [
    ("EU", ["European Union", "Union européenne", "Europäische Union", "Unión Europea"]),
    ("XK", ["Kosovo", "Kosovo", "Kosovo", "Kosovo"]),
];

/// The names by which people know a country where the crate has another one, for lists, with commas or brackets in it (Unicode CLDR 48;
/// of `CD` and `PS` the longer and the shorter form).
const USUAL: [(&str, Names); 22] = [
    ("AX", ["Åland Islands", "Îles Åland", "Ålandinseln", "Islas Aland"]),
    ("BN", ["Brunei", "Brunei", "Brunei Darussalam", "Brunéi"]),
    ("CC", ["Cocos (Keeling) Islands", "Îles Cocos", "Kokosinseln", "Islas Cocos"]),
    (
        "CD",
        [
            "Democratic Republic of the Congo",
            "République démocratique du Congo",
            "Demokratische Republik Kongo",
            "República Democrática del Congo",
        ],
    ),
    ("CX", ["Christmas Island", "Île Christmas", "Weihnachtsinsel", "Isla de Navidad"]),
    ("FK", ["Falkland Islands", "Îles Malouines", "Falklandinseln", "Islas Malvinas"]),
    ("FM", ["Micronesia", "Micronésie", "Mikronesien", "Micronesia"]),
    ("IR", ["Iran", "Iran", "Iran", "Irán"]),
    ("KM", ["Comoros", "Comores", "Komoren", "Comoras"]),
    ("KP", ["North Korea", "Corée du Nord", "Nordkorea", "Corea del Norte"]),
    ("KR", ["South Korea", "Corée du Sud", "Südkorea", "Corea del Sur"]),
    ("LA", ["Laos", "Laos", "Laos", "Laos"]),
    ("MF", ["St. Martin", "Saint-Martin", "St. Martin", "San Martín"]),
    ("PS", ["Palestine", "Palestine", "Palästina", "Palestina"]),
    ("RE", ["Réunion", "La Réunion", "Réunion", "Reunión"]),
    ("RU", ["Russia", "Russie", "Russland", "Rusia"]),
    ("SB", ["Solomon Islands", "Îles Salomon", "Salomonen", "Islas Salomón"]),
    ("SX", ["Sint Maarten", "Saint-Martin (partie néerlandaise)", "Sint Maarten", "Sint Maarten"]),
    ("SY", ["Syria", "Syrie", "Syrien", "Siria"]),
    ("VA", ["Vatican City", "État de la Cité du Vatican", "Vatikanstadt", "Ciudad del Vaticano"]),
    ("VG", ["British Virgin Islands", "Îles Vierges britanniques", "Britische Jungferninseln", "Islas Vírgenes Británicas"]),
    ("VI", ["U.S. Virgin Islands", "Îles Vierges des États-Unis", "Amerikanische Jungferninseln", "Islas Vírgenes de EE. UU."]),
];

impl Country {
    /// The code, in upper case.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The usual English name (Unicode CLDR, most by the crate `keshvar`).
    pub fn name(self) -> &'static str {
        NAMES.get(&self.0).map_or("", |called| called.usual[0])
    }

    /// The usual name in a language (BCP 47); in English, where it is not known in that.
    pub fn name_in(self, language: &str) -> &'static str {
        let at = LANGUAGES.iter().position(|known| *known == language).unwrap_or_default();
        NAMES.get(&self.0).map_or("", |called| called.usual[at])
    }

    /// Every country, by code.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.keys().map(|code| Self(*code))
    }

    /// The country of a country-code top-level domain, in lower case: the code but for `uk` (IANA, Root Zone Database), and
    /// `eu` for the European Union. Nobody delegated `xk`.
    pub fn of_top_level_domain(label: &str) -> Option<Self> {
        let code = Some(label).filter(|label| *label != "xk" && label.bytes().all(|b| b.is_ascii_lowercase()));
        code.and_then(|label| Self::from_code(&label.to_ascii_uppercase()).ok())
    }

    /// The country with this English name, the usual one or that of lists, in any case. Entries are not read by names; foreign data
    /// are.
    pub fn from_name(name: &str) -> Option<Self> {
        let upper = name.to_uppercase();
        let is_it = |called: &Called| [called.usual[0], called.listed[0]].iter().any(|known| known.to_uppercase() == upper);
        NAMES.iter().find(|(_, called)| is_it(called)).map(|(code, _)| Self(*code))
    }

    /// Whether this is one of its names in one of the languages that are known, in any case.
    pub fn is_called(self, name: &str) -> bool {
        let upper = name.to_uppercase();
        let all = NAMES.get(&self.0).into_iter().flat_map(|called| called.usual.iter().chain(&called.listed));
        all.into_iter().any(|known| known.to_uppercase() == upper)
    }

    /// The country as it is written in entries; `UK` is read as `GB`.
    ///
    /// # Errors
    /// A [`Problem`] for what is no code.
    pub fn from_code(text: &str) -> Result<Self, Problem> {
        let code = if text == "UK" { "GB" } else { text };
        if let Some((code, _)) = code.as_bytes().try_into().ok().and_then(|code: [u8; 2]| NAMES.get_key_value(&code)) {
            return Ok(Self(*code));
        }
        let upper = text.to_uppercase();
        let help = if upper != text && Self::from_code(&upper).is_ok() {
            format!("write it in capital letters: {upper}")
        } else if let Some(country) = Self::from_name(text) {
            format!("write its code: {country}")
        } else {
            "a country is written as its ISO 3166-1 code of two letters, such as AT; `EU` and `XK` are taken too".to_owned()
        };
        let shown = shorten(text);
        Err(Problem::new(Rule::InvalidCountry, format!("`{shown}` is not a country code"), help))
    }
}

impl FromStr for Country {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        Self::from_code(text)
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl serde::Serialize for Country {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_iso_and_three_more() {
        let name = |code: &str| Country::from_code(code).map(|c| format!("{c} {}", c.name()));
        for (code, shown) in [
            ("NO", "NO Norway"),
            ("UK", "GB United Kingdom"),
            ("EU", "EU European Union"),
            ("XK", "XK Kosovo"),
            ("JE", "JE Jersey"),
            ("KR", "KR South Korea"),
        ] {
            assert_eq!(name(code).as_deref(), Ok(shown));
        }
    }

    #[test]
    fn every_country_has_a_name_in_every_language() {
        for country in Country::all() {
            assert!(LANGUAGES.iter().all(|language| !country.name_in(language).is_empty()), "{country}");
        }
        let names = |code: &str| LANGUAGES.map(|language| Country::from_code(code).unwrap().name_in(language));
        assert_eq!(names("DE"), ["Germany", "Allemagne", "Deutschland", "Alemania"]);
        assert_eq!(names("EU")[3], "Unión Europea");
        assert_eq!(names("RU"), ["Russia", "Russie", "Russland", "Rusia"]);
        // Turned round for a list is none, but two are islands in a row.
        let mut countries = Country::all().filter(|country| !["BQ", "SH"].contains(&country.code()));
        assert!(countries.all(|country| LANGUAGES.iter().all(|language| !country.name_in(language).contains(','))));
        for name in ["Russia", "russian federation"] {
            assert_eq!(Country::from_name(name).map(|country| country.to_string()).as_deref(), Some("RU"), "{name}");
        }
        let called = |name: &str| Country::from_code("DE").unwrap().is_called(name);
        assert!(called("germany") && called("ALLEMAGNE") && !called("DE") && !called("Austria"));
        assert_eq!(Country::from_code("AT").unwrap().name_in("xx"), "Austria");
    }

    #[test]
    fn top_level_domains_are_of_countries() {
        let of = |label: &str| Country::of_top_level_domain(label).map(|country| country.to_string());
        for (label, code) in [("at", Some("AT")), ("uk", Some("GB")), ("eu", Some("EU"))] {
            assert_eq!(of(label).as_deref(), code, "{label}");
        }
        for label in ["com", "xk", "zz", "AT", "xn--wgv", ""] {
            assert_eq!(of(label), None, "{label}");
        }
    }

    #[test]
    fn says_how_to_mend_it() {
        let help = |code: &str| Country::from_code(code).map_err(|p| p.help).unwrap_err();
        assert!(help("at").contains("AT"));
        assert!(help("Austria").contains("AT"));
        assert!(help("ZZ").contains("ISO 3166-1"));
        assert!(Country::from_code("Ⅻ").is_err());
    }
}
