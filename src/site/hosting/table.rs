//! Which headers a file is served with. No two patterns of the table match one path, for hosts join what several say.

/// What pages may load and do, as a literal.
macro_rules! policy {
    () => {
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; \
         form-action 'self'; require-trusted-types-for 'script'; trusted-types peerage"
    };
}

/// What pages may load and do, as it stands in each page, for hosts that set no headers.
///
/// The one policy of Trusted Types is that of scripts which load data: a page from a disk can read nothing but scripts, and
/// the policy lets through only addresses of our own data.
pub(in crate::site) const CONTENT_SECURITY_POLICY: &str = policy!();

/// A header: its name and its value.
pub(super) type Header = (&'static str, &'static str);

/// Not for pages of others.
const SAME_ORIGIN: Header = ("Cross-Origin-Resource-Policy", "same-origin");

/// The headers of every file of a site. `strict` is for a site that has a host name to itself, and is read over https: then
/// browsers shall not come without it.
pub(super) fn of_all(strict: bool) -> impl Iterator<Item = Header> + Clone {
    OF_ALL.iter().copied().chain(strict.then_some(STRICT))
}

/// For a year; other names below that of the site are not ours to speak of.
const STRICT: Header = ("Strict-Transport-Security", "max-age=31536000");

/// The headers of every file of every site. Who may frame a page counts in a header alone.
const OF_ALL: &[Header] = &[
    ("Content-Security-Policy", concat!(policy!(), "; frame-ancestors 'none'")),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", PERMISSIONS),
    ("Cross-Origin-Opener-Policy", "same-origin"),
];

/// What a browser could ask a visitor for, and no page needs.
const PERMISSIONS: &str = "accelerometer=(), autoplay=(), camera=(), display-capture=(), fullscreen=(), geolocation=(), \
    gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), usb=()";

/// How files are kept and who may use them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// A file whose name changes with its content.
    Asset,
    /// A page, or a part of one: of today at every visit, and for these pages alone.
    Page,
    /// For programs and pages of others.
    Open,
}

impl Use {
    /// The headers besides those [of all](of_all).
    pub(super) fn headers(self) -> &'static [Header] {
        match self {
            Self::Asset => &[("Cache-Control", "public, max-age=31536000, immutable"), SAME_ORIGIN],
            Self::Page => &[("Cache-Control", "no-cache"), SAME_ORIGIN],
            Self::Open => &[
                ("Cache-Control", "public, max-age=300"),
                ("Access-Control-Allow-Origin", "*"),
                ("Cross-Origin-Resource-Policy", "cross-origin"),
            ],
        }
    }
}

/// Files that are served alike.
#[derive(Debug)]
pub(in crate::site) struct Rule {
    /// The path within the site, from a slash on; one `*` stands for any characters.
    pub(super) pattern: &'static str,
    /// How they are kept and who may use them.
    pub(super) used: Use,
    /// The media type where hosts cannot know it, or get it wrong.
    pub(super) media_type: Option<&'static str>,
}

impl Rule {
    /// What stands before and behind the star; without one, the whole path and nothing.
    pub(super) fn parts(&self) -> (&'static str, Option<&'static str>) {
        self.pattern.split_once('*').map_or((self.pattern, None), |(before, behind)| (before, Some(behind)))
    }

    /// Whether it is about what is asked for at `path`, within the site.
    pub(super) fn is_about(&self, path: &str) -> bool {
        let (before, behind) = self.parts();
        let rest = before.strip_prefix('/').and_then(|before| path.strip_prefix(before));
        rest.is_some_and(|rest| behind.map_or(rest.is_empty(), |behind| rest.ends_with(behind)))
    }

    /// Every header that it adds to those [of all](of_all).
    pub(super) fn headers(&self) -> impl Iterator<Item = Header> {
        let media_type = self.media_type.map(|media_type| ("Content-Type", media_type));
        self.used.headers().iter().copied().chain(media_type)
    }
}

const SCRIPT: Option<&str> = Some("text/javascript; charset=utf-8");
const JSON: Option<&str> = Some("application/json");
const CARDS: Option<&str> = Some("text/vcard; charset=utf-8");
const TABLE: Option<&str> = Some("text/csv; charset=utf-8; header=present");
const OPENPGP: Option<&str> = Some("application/pgp-keys");
const SMIME: Option<&str> = Some("application/pem-certificate-chain");
/// What the draft on the Web Key Directory asks for.
const BINARY: Option<&str> = Some("application/octet-stream");

const fn open(pattern: &'static str, media_type: Option<&'static str>) -> Rule {
    Rule { pattern, used: Use::Open, media_type }
}

/// The rules. A file that none is about is served as a page by nginx; of it `_headers` says no more than of every file.
pub(super) const RULES: &[Rule] = &[
    Rule { pattern: "/assets/*", used: Use::Asset, media_type: None },
    Rule { pattern: "/", used: Use::Page, media_type: None },
    Rule { pattern: "/teams/", used: Use::Page, media_type: None },
    Rule { pattern: "/countries/", used: Use::Page, media_type: None },
    Rule { pattern: "/types/", used: Use::Page, media_type: None },
    Rule { pattern: "/associations/", used: Use::Page, media_type: None },
    Rule { pattern: "/*.html", used: Use::Page, media_type: None },
    Rule { pattern: "/lookup/shards/*", used: Use::Page, media_type: SCRIPT },
    Rule { pattern: "/teams/data/*", used: Use::Page, media_type: SCRIPT },
    open("/lookup/*.json", JSON),
    open("/api/*", JSON),
    open("/directory/*", JSON),
    open("/trusted-introducer/*", JSON),
    open("/first/*", JSON),
    open("/global-irt/*", JSON),
    open("/stix/*", JSON),
    open("/organisations/*", JSON),
    open("/organisations.json", JSON),
    open("/keys.json", JSON),
    open("/manifest.json", JSON),
    open("/SHA256SUMS", Some("text/plain; charset=utf-8")),
    open("/teams.csv", TABLE),
    open("/keys.csv", TABLE),
    open("/statistics.csv", TABLE),
    open("/teams.vcf", CARDS),
    open("/expiry.ics", Some("text/calendar; charset=utf-8")),
    open("/events.ics", Some("text/calendar; charset=utf-8")),
    open("/changes.atom", Some("application/atom+xml; charset=utf-8")),
    open("/teams/*.svg", Some("image/svg+xml")),
    open("/teams/*.json", JSON),
    open("/teams/*.vcf", CARDS),
    open("/teams/*.asc", OPENPGP),
    open("/teams/*.pem", SMIME),
    open("/keys/*.asc", OPENPGP),
    open("/keys/*.gpg", OPENPGP),
    open("/keys/*.pem", SMIME),
    open("/sealed/index.json", JSON),
    open("/sealed/*.gpg", BINARY),
    open("/openpgpkey/*", BINARY),
    open("/.well-known/openpgpkey/*", BINARY),
    open("/.well-known/security.txt", Some("text/plain; charset=utf-8")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_characters() {
        let about = |pattern, path: &str| open(pattern, None).is_about(path);
        for (pattern, path, expected) in [
            ("/keys.json", "keys.json", true),
            ("/keys.json", "keys.json.gz", false),
            ("/keys.json", "a/keys.json", false),
            ("/api/*", "api/v1/teams.json", true),
            ("/api/*", "apis/a", false),
            ("/*.html", "index.html", true),
            ("/*.html", "teams/page/2.html", true),
            ("/teams/*.svg", "teams/a.svg", true),
            ("/teams/*.svg", "teams/a.html", false),
        ] {
            assert_eq!(about(pattern, path), expected, "{pattern}: {path}");
        }
    }

    #[test]
    fn a_star_stands_alone() {
        for rule in RULES {
            assert!(rule.pattern.starts_with('/') && rule.pattern.matches('*').count() <= 1, "{}", rule.pattern);
        }
    }

    /// The table in the documents is this one.
    #[test]
    fn the_documents_have_the_table() {
        let mut table = "| Path | Cache-Control | For others | Content-Type |\n| --- | --- | --- | --- |\n".to_owned();
        for rule in RULES {
            let value = |name| rule.headers().find(|(known, _)| *known == name).map(|(_, value)| value);
            let others = value("Access-Control-Allow-Origin").map_or("no", |_| "yes");
            let [cache, media_type] = ["Cache-Control", "Content-Type"].map(|name| value(name).map(|value| format!("`{value}`")));
            let (cache, media_type) = (cache.unwrap_or_default(), media_type.unwrap_or_default());
            table += &format!("| `{}` | {cache} | {others} | {media_type} |\n", rule.pattern);
        }
        let docs = include_str!("../../../docs/hosting.md");
        assert!(docs.contains(&table), "docs/hosting.md should have:\n{table}");
        for (name, value) in of_all(true) {
            assert!(docs.contains(&format!("| `{name}` | `{value}` |\n")), "docs/hosting.md should have `{name}` with `{value}`");
        }
    }
}
