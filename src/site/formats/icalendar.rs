//! `expiry.ics`: what ends, as a calendar to subscribe to (RFC 5545, RFC 7986). The cheapest reminder there is.
//!
//! An all-day event on the last day of each thing that ends, however far ahead, and of what ended within the time that the
//! policy gives for a warning. A thing keeps its event when its day moves, for the UID is made of the team and the thing.
//! DTSTAMP is the day of the build: from it on the event is as it stands here. There is no SEQUENCE, which is for
//! invitations, and no alarm, which is for the reader to set. Teams that have withdrawn have nothing that ends. Lines
//! are folded and escaped by `calcard`.

pub(in crate::site) mod meetings;

use crate::assess::Namespace;
use crate::assess::{AssessedTeam, Assessment, Ending, What};
use crate::model::{Date, Url};
use crate::site::RenderError;
use calcard::icalendar::{
    ICalendarDuration, ICalendarEntry, ICalendarParameter, ICalendarProperty, ICalendarTransparency, ICalendarValue,
    ICalendarValueType,
};
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};

/// Where it stands in the site.
pub(super) const PATH: &str = "expiry.ics";

/// What a calendar has in which nothing ends, for one without any component is none (RFC 5545, section 3.6), and one that is
/// gone would end subscriptions: the time zone in which days are meant.
const UTC: &str = "BEGIN:VTIMEZONE\r\nTZID:Etc/UTC\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0000\r\n\
                   TZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";

/// Writes the calendar, team by team.
///
/// # Errors
/// Where `out` fails.
pub(super) fn calendar(assessment: &Assessment<'_>, out: &mut dyn Write) -> Result<(), RenderError> {
    let mut text = String::new();
    head(&format!("{}: what ends", assessment.directory.config.title), &mut text).map_err(io::Error::other)?;
    out.write_all(text.as_bytes())?;
    let namespace = Namespace::of(assessment);
    let mut is_empty = true;
    for team in &assessment.teams {
        text.clear();
        events(team, assessment, namespace, &mut text).map_err(io::Error::other)?;
        is_empty &= text.is_empty();
        out.write_all(text.as_bytes())?;
    }
    if is_empty {
        out.write_all(UTC.as_bytes())?;
    }
    Ok(out.write_all(b"END:VCALENDAR\r\n")?)
}

/// What a program reads before the events: also how often to ask for the file anew.
fn head(title: &str, text: &mut String) -> fmt::Result {
    let day = ICalendarDuration { days: 1, ..ICalendarDuration::default() };
    text.push_str("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
    line(ICalendarProperty::Prodid, concat!("-//Peerage//Peerage ", env!("CARGO_PKG_VERSION"), "//EN"), text)?;
    line(ICalendarProperty::Name, title, text)?;
    line(other("X-WR-CALNAME"), title, text)?;
    let refresh = ICalendarEntry::new(ICalendarProperty::RefreshInterval).with_value(day.clone());
    refresh.with_param(ICalendarParameter::value(ICalendarValueType::Duration)).write_to(text)?;
    line(other("X-PUBLISHED-TTL"), day, text)
}

fn events(team: &AssessedTeam<'_>, assessment: &Assessment<'_>, namespace: Namespace, text: &mut String) -> fmt::Result {
    let recently = -i64::from(assessment.directory.config.policy.expiring_days);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for ending in assessment.ends(team) {
        let thing = thing(ending.what);
        // Nothing forbids two agreements of one name.
        let count = seen.entry(thing.clone()).and_modify(|count| *count += 1).or_insert(1);
        let uid = match count {
            1 => namespace.uuid(&format!("{}/{thing}", team.team.id)),
            // In front, where no name that an entry gives can be taken for it.
            count => namespace.uuid(&format!("{}/{count}/{thing}", team.team.id)),
        };
        if ending.days_left >= recently {
            event(team, &ending, uid, assessment, text)?;
        }
    }
    Ok(())
}

fn event(
    team: &AssessedTeam<'_>,
    ending: &Ending<'_>,
    uid: String,
    assessment: &Assessment<'_>,
    text: &mut String,
) -> fmt::Result {
    text.push_str("BEGIN:VEVENT\r\n");
    line(ICalendarProperty::Uid, uid, text)?;
    line(ICalendarProperty::Dtstamp, format!("{}T000000Z", compact(assessment.today)), text)?;
    let start = ICalendarEntry::new(ICalendarProperty::Dtstart).with_value(compact(ending.on));
    start.with_param(ICalendarParameter::value(ICalendarValueType::Date)).write_to(text)?;
    line(ICalendarProperty::Summary, format!("{}: {} ends", team.team.name.as_str(), ending.what), text)?;
    let told = format!("Its last day is {}, as far as was known on {}.", ending.on, assessment.today);
    line(ICalendarProperty::Description, told, text)?;
    line(ICalendarProperty::Categories, kind(ending.what), text)?;
    line(ICalendarProperty::Transp, ICalendarTransparency::Transparent, text)?;
    if let Some(base) = assessment.directory.config.base_url.as_ref().map(Url::href) {
        link(&format!("{base}teams/{}.html", team.team.id), text);
    }
    text.push_str("END:VEVENT\r\n");
    Ok(())
}

fn line(name: ICalendarProperty, value: impl Into<ICalendarValue>, text: &mut String) -> fmt::Result {
    ICalendarEntry::new(name).with_value(value).write_to(text)
}

/// The line of a link, folded. It is no text, and nothing in it is escaped (RFC 5545, section 3.3.13), which `calcard` would do; a
/// backslash, which no link may have (RFC 3986), would be taken for an escape.
fn link(href: &str, text: &mut String) {
    const LONGEST: usize = 74;
    // It is ASCII, and may be folded anywhere.
    for (at, c) in format!("URL:{}", href.replace('\\', "%5C")).chars().enumerate() {
        text.push_str(if at > 0 && at % LONGEST == 0 { "\r\n " } else { "" });
        text.push(c);
    }
    text.push_str("\r\n");
}

fn other(name: &str) -> ICalendarProperty {
    ICalendarProperty::Other(name.to_owned())
}

/// A day in the form of the standard: `20270501`.
fn compact(day: Date) -> String {
    day.to_string().replace('-', "")
}

/// What ends, in words by which a reader can choose.
fn kind(what: What<'_>) -> String {
    let mut kind = what.kind().to_owned();
    kind[..1].make_ascii_uppercase();
    kind
}

/// A name for what ends that no other thing of the team has, and that does not change with its day.
fn thing(what: What<'_>) -> String {
    let kind = what.kind();
    match what {
        What::Key(key) => format!("{kind}/{}", key.fingerprint.digits()),
        What::Encryption(fingerprint) => format!("{kind}/{}", fingerprint.digits()),
        What::Agreement(name) => format!("{kind}/{name}"),
        What::Level(to) => format!("{kind}/{}", to.id()),
        _ => kind.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::assess;
    use crate::load::load;
    use std::path::Path;

    /// The calendar of a directory with one team, unfolded.
    fn calendar_of(entry: &str, site: &str, today: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in [("site.yaml", site), ("teams/x.yaml", entry)] {
            let path = folder.path().join("content").join(path);
            std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let directory = load(folder.path()).unwrap().0.unwrap();
        let mut out = Vec::new();
        calendar(&assess(&directory, today.parse().unwrap()), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{text}");
        text.replace("\r\n ", "")
    }

    fn all<'t>(text: &'t str, name: &str) -> Vec<&'t str> {
        text.split("\r\n").filter_map(|line| line.strip_prefix(name)).collect()
    }

    const SITE: &str = "title: T\nsample: true\n";

    #[test]
    fn what_lies_far_ahead_is_there_and_what_ended_long_ago_is_not() {
        let entry = "name: X\ncountry: AT\nstatus:\n  - {level: certified, since: 2020-01-01, until: 2026-06-01}\n";
        for (today, days) in [("2020-01-01", 1), ("2026-06-01", 1), ("2026-11-28", 1), ("2026-11-29", 0)] {
            assert_eq!(all(&calendar_of(entry, SITE, today), "DTSTART;VALUE=DATE:").len(), days, "{today}");
        }
    }

    #[test]
    fn a_calendar_has_a_component_though_nothing_ends() {
        let ends = "name: X\ncountry: AT\nstatus:\n  - {level: certified, since: 2020-01-01, until: 2026-06-01}\n";
        for (entry, components) in [("name: X\ncountry: AT\n", ["VTIMEZONE", "STANDARD"].as_slice()), (ends, &["VEVENT"])] {
            let text = calendar_of(entry, SITE, "2026-01-01");
            for side in ["BEGIN:", "END:"] {
                let mut found = all(&text, side);
                found.sort_unstable();
                let mut expected = [components, &["VCALENDAR"]].concat();
                expected.sort_unstable();
                assert_eq!(found, expected, "{text}");
            }
        }
    }

    #[test]
    fn no_name_of_an_agreement_is_the_number_of_another() {
        let one = |name: &str| format!("  - {{kind: code-of-practice, name: {name}, until: 2027-01-01}}\n");
        let agreements = ["CoP", "CoP", "CoP/2"].map(one).concat();
        let text = calendar_of(&format!("name: X\ncountry: AT\nagreements:\n{agreements}"), SITE, "2026-01-01");
        let uids: std::collections::BTreeSet<_> = all(&text, "UID:").into_iter().collect();
        assert_eq!(uids.len(), 3, "{text}");
    }

    #[test]
    fn an_event_that_moves_keeps_its_uid() {
        let uid = |until: &str, today: &str| {
            let entry = format!("name: X\ncountry: AT\nstatus:\n  - {{level: certified, since: 2020-01-01, until: {until}}}\n");
            let text = calendar_of(&entry, SITE, today);
            (all(&text, "UID:").join(" "), all(&text, "DTSTART;VALUE=DATE:").join(" "))
        };
        let (first, second) = (uid("2026-06-01", "2026-01-01"), uid("2027-06-01", "2026-02-01"));
        assert_eq!(first.0, second.0);
        assert_eq!((&*first.1, &*second.1), ("20260601", "20270601"));
    }

    #[test]
    fn a_withdrawal_that_is_announced_is_told_on_the_last_day_before_and_ends_all_else() {
        let entry = |leaves: &str| {
            format!(
                "name: X\ncountry: AT\nstatus:\n  - {{level: certified, since: 2025-01-01}}\n  - {{state: withdrawn, since: {leaves}}}\n"
            )
        };
        let (first, moved) =
            (calendar_of(&entry("2026-12-31"), SITE, "2026-11-21"), calendar_of(&entry("2027-02-01"), SITE, "2026-11-21"));
        assert_eq!(all(&first, "SUMMARY:"), ["X: Level (announced: Withdrawn) ends"]);
        assert_eq!(all(&first, "DTSTART;VALUE=DATE:"), ["20261230"]);
        assert_eq!(all(&moved, "DTSTART;VALUE=DATE:"), ["20270131"]);
        assert_eq!(all(&first, "UID:"), all(&moved, "UID:"));
    }

    #[test]
    fn agreements_of_one_name_are_two_events_and_stay_texts() {
        let agreements = "agreements:\n  - {kind: code-of-practice, name: 'CoP; \"a\", b', until: 2027-01-01}\n  \
             - {kind: service-level-agreement, name: 'CoP; \"a\", b', until: 2028-01-01}\n";
        let text = calendar_of(&format!("name: '日本, 🛡{}'\ncountry: AT\n{agreements}", "ž".repeat(80)), SITE, "2026-01-01");
        let uids = all(&text, "UID:");
        assert!(uids.len() == 2 && uids[0] != uids[1], "{text}");
        assert!(text.contains("Agreement “CoP\\; \"a\"\\, b” ends\r\n"), "{text}");
        assert!(text.contains("SUMMARY:日本\\, 🛡ž"), "{text}");
    }

    #[test]
    fn links_are_there_only_where_the_address_is_known_and_are_no_texts() {
        let entry = "name: X\ncountry: AT\nconfirmed: 2026-01-01\nstatus:\n  - {level: accredited, since: 2020-01-01}\n";
        assert_eq!(all(&calendar_of(entry, SITE, "2026-01-01"), "URL"), <[&str; 0]>::default());
        let site = format!("{SITE}base_url: https://d.example/a,b;c/\n");
        assert_eq!(all(&calendar_of(entry, &site, "2026-01-01"), "URL:"), ["https://d.example/a,b;c/teams/x.html"]);
        let long = "a,".repeat(120);
        let site = format!("{SITE}base_url: https://d.example/{long}/\n");
        assert_eq!(all(&calendar_of(entry, &site, "2026-01-01"), "URL:"), [format!("https://d.example/{long}/teams/x.html")]);
    }
}
