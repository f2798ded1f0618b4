//! The badge that a team shows on its own site. It says by itself until which day it holds, so that a copy that was kept
//! too long does not lie.

use super::Catalogue;
use crate::assess::{AssessedTeam, Standing};
use crate::model::Date;
use serde::Serialize;

/// The longest label, in characters.
const LONGEST_LABEL: usize = 32;

/// What the template is given for the badge of a team, in a directory called `title`.
pub(super) fn view<'a>(assessed: &'a AssessedTeam<'a>, title: &str, today: Date, texts: &Catalogue) -> View<'a> {
    let label = label(title);
    let words = words(&assessed.standing, today, texts);
    let split = text_width(&label) + 14;
    let id = assessed.standing.status.id();
    View {
        name: assessed.team.name.as_str(),
        label,
        id,
        ground: ground(id),
        label_ground: LABEL_GROUND,
        split,
        width: split + text_width(&words) + 30,
        words,
    }
}

/// The title of the directory, cut where it is too long, so that it is seen to be.
fn label(title: &str) -> String {
    if title.chars().count() <= LONGEST_LABEL {
        return title.to_owned();
    }
    let begin: String = title.chars().take(LONGEST_LABEL - 1).collect();
    format!("{}…", begin.trim_end())
}

/// The ground of the label, white on which is 4.5:1 or better.
pub(super) const LABEL_GROUND: &str = "#5b1a26";

/// What the template is given. Lengths are in pixels.
#[derive(Serialize)]
pub(super) struct View<'a> {
    name: &'a str,
    pub(super) label: String,
    /// The status, and how long it holds.
    pub(super) words: String,
    id: &'static str,
    pub(super) ground: &'static str,
    label_ground: &'static str,
    /// Where the label ends and the status begins.
    split: u32,
    width: u32,
}

/// `Certified until 2027-05-01`, or, where no end is known, `Accredited as of 2026-11-21`. Who shows the badge of a
/// certification that has lapsed shows that too.
fn words(standing: &Standing<'_>, today: Date, texts: &Catalogue) -> String {
    let status = texts.status(standing.status);
    if let Some(last) = standing.expired() {
        return texts.say("badge.expired", &[("status", &status), ("day", &last)]);
    }
    match standing.valid_until {
        Some(until) => texts.say("badge.until", &[("status", &status), ("day", &until)]),
        None => texts.say("badge.as_of", &[("status", &status), ("day", &today)]),
    }
}

/// Whether trust is lower than it was: a certification has lapsed, or a state counts before the level.
pub(super) fn is_lower(standing: &Standing<'_>) -> bool {
    standing.status.state.is_some() || standing.expired().is_some()
}

/// White on each is 4.5:1 or better.
fn ground(id: &str) -> &'static str {
    match id {
        "certified" | "certification-candidate" => "#1e6b45",
        "accredited" | "accreditation-candidate" => "#24527a",
        "suspended" => "#8a4b08",
        _ => "#5f5a52",
    }
}

/// About how wide a text is in Verdana at 11 pixels. The template stretches the text to just this width.
fn text_width(text: &str) -> u32 {
    let tenths = |c: char| match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | '\'' | '|' | ' ' => 40,
        'f' | 't' | 'r' | '-' | '(' | ')' => 48,
        'm' | 'w' | 'M' | 'W' => 100,
        'A'..='Z' => 78,
        c if c.is_ascii() => 70,
        c if u32::from(c) > 0x2e80 => 115,
        _ => 75,
    };
    text.chars().map(tenths).sum::<u32>() / 10
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::texts::english;

    #[test]
    fn says_until_when_it_holds() {
        let today: Date = "2026-11-21".parse().unwrap();
        let mut standing = crate::assess::standing(&[], crate::config::Policy::default(), today);
        assert_eq!(words(&standing, today, &english()), "No level stated as of 2026-11-21");
        standing.valid_until = "2027-05-01".parse().ok();
        assert_eq!(words(&standing, today, &english()), "No level stated until 2027-05-01");
    }

    #[test]
    fn a_title_that_is_cut_is_seen_to_be() {
        for (title, shown) in [
            ("Exactly as many as there is room", "Exactly as many as there is room"),
            ("Teams of the Commonwealth of Lakes", "Teams of the Commonwealth of La…"),
            ("Register of the teams of Central Europe", "Register of the teams of Centra…"),
            ("The register of all known teams of Europe", "The register of all known teams…"),
        ] {
            assert_eq!(label(title), shown);
            assert!(label(title).chars().count() <= LONGEST_LABEL);
        }
    }

    #[test]
    fn leaves_room_for_wide_letters() {
        assert!(text_width("日本") > text_width("ab") && text_width("ab") > text_width("il"));
    }
}
