//! Whether what stands in one colour can be read on another: worked out from the roles in the style sheets, as WCAG 2.2 has
//! it (relative luminance), for both schemes.

use std::collections::BTreeMap;
use std::path::Path;

/// The roles of a scheme, by name.
type Roles = BTreeMap<String, [u8; 3]>;

/// What is written in `text` and what it stands on; 4.5:1 (WCAG 1.4.3).
const TEXT: &[(&str, &[&str])] = &[
    ("ink", &["paper", "sheet", "tint"]),
    ("soft", &["paper", "sheet", "tint"]),
    ("link", &["paper", "sheet", "tint"]),
    ("alert", &["paper", "sheet", "tint", "alert-bg"]),
    ("warn", &["paper", "sheet", "tint", "warn-bg"]),
    ("high", &["paper", "sheet", "high-bg"]),
    ("mid", &["paper", "sheet", "mid-bg"]),
    ("cloth-ink", &["cloth"]),
    ("gilt", &["cloth"]),
    ("on-alert", &["alert"]),
    ("on-pale", &["map-1", "map-2", "map-3"]),
    ("on-deep", &["map-4", "map-5"]),
    ("on-gilt", &["gilt"]),
];

/// What has a shape that must be seen; 3:1 (WCAG 1.4.11).
const SHAPES: &[(&str, &[&str])] =
    &[("edge", &["paper", "sheet"]), ("focus", &["paper", "sheet", "tint"]), ("high", &["paper"]), ("mid", &["paper"])];

/// The roles that a scheme sets: the light one, and with `dark` what the dark one changes of it.
fn roles(dark: bool) -> Roles {
    let mut roles = Roles::new();
    for sheet in ["style.css", "home.css"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/assets").join(sheet);
        let css = std::fs::read_to_string(path).unwrap();
        let screen = css.split("@media print").next().unwrap();
        let (light, rest) = screen.split_once("@media (prefers-color-scheme: dark)").unwrap();
        read(light, &mut roles);
        if dark {
            read(rest.split_once("\n}").unwrap().0, &mut roles);
        }
    }
    roles
}

/// Reads every `--name: #rrggbb;`, or with three digits.
fn read(css: &str, roles: &mut Roles) {
    for part in css.split("--").skip(1) {
        let Some((name, value)) = part.split_once(": #") else { continue };
        let digits: String = value.chars().take_while(char::is_ascii_hexdigit).collect();
        let digits = if digits.len() == 3 { digits.chars().flat_map(|digit| [digit, digit]).collect() } else { digits };
        assert_eq!(digits.len(), 6, "--{name}: #{value}");
        let channel = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).unwrap();
        roles.insert(name.to_owned(), [channel(0), channel(2), channel(4)]);
    }
}

/// How much lighter one colour is than the other, 1 to 21.
fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let luminance = |colour: [u8; 3]| {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn contrast_is_worked_out_as_it_is_defined() {
    assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
    // The grey that just passes on white.
    assert!((contrast([0x76; 3], [255; 3]) - 4.54).abs() < 0.01);
    assert!(contrast([0x77; 3], [255; 3]) < 4.5);
}

#[test]
fn everything_written_can_be_read_in_both_schemes() {
    for dark in [false, true] {
        let roles = roles(dark);
        let mut low = Vec::new();
        for (pairs, least) in [(TEXT, 4.5), (SHAPES, 3.0)] {
            for (front, grounds) in pairs {
                for ground in *grounds {
                    let ratio = contrast(roles[*front], roles[*ground]);
                    if ratio < least {
                        low.push(format!("{front} on {ground}: {ratio:.2}, not {least}"));
                    }
                }
            }
        }
        assert_eq!(low, [""; 0], "dark: {dark}");
    }
}

#[test]
fn a_badge_on_another_site_can_be_read() {
    for ground in ["#1e6b45", "#24527a", "#8a4b08", "#5f5a52", "#5b1a26"] {
        let mut roles = Roles::new();
        read(&format!("--ground: {ground};"), &mut roles);
        assert!(contrast(roles["ground"], [255; 3]) >= 4.5, "{ground}");
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/src/site/badge.rs");
        let template = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default/templates/badge.svg");
        let texts = [source, template].map(|path| std::fs::read_to_string(path).unwrap());
        assert!(texts.iter().any(|text| text.contains(ground)), "nothing has {ground}");
    }
}
