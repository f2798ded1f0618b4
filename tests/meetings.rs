//! Meetings: their pages, their list, their calendar, and what is wrong in their files.

use crate::common::{project, run, run_well, stderr, stdout, text, write};
use std::path::Path;

const OPEN: &str = "---\ntitle: Open day\nsince: 2027-03-02\naudience: public\nplace: Lantern Hall; Vienna\nwebsite: https://open.example/\n---\n\
                    # Come\n\n<b>All</b> are welcome.\n";
const CLOSED: &str = "---\ntitle: Spring <meeting>\nsince: 2027-04-01\nuntil: 2027-04-03\naudience: accredited\n---\n";
const PAST: &str = "---\ntitle: Last year\nsince: 2026-03-02\naudience: listed\n---\n";

fn built(today: &str) -> tempfile::TempDir {
    let files = [("content/events/open.md", OPEN), ("content/events/closed.md", CLOSED), ("content/events/past.md", PAST)];
    let folder = project(&files);
    run_well([Path::new("build"), folder.path(), Path::new("--quiet"), Path::new("--today"), Path::new(today)]);
    folder
}

fn page(folder: &tempfile::TempDir, path: &str) -> String {
    text(&folder.path().join("public").join(path))
}

#[test]
fn a_meeting_has_a_page_and_a_closed_one_says_who_may_attend() {
    let folder = built("2026-11-21");
    let open = page(&folder, "events/open.html");
    for part in ["Lantern Hall; Vienna", "Everybody", "https://open.example/", "&lt;b&gt;All&lt;/b&gt; are welcome"] {
        assert!(open.contains(part), "{part}: {open}");
    }
    let closed = page(&folder, "events/closed.html");
    for part in ["Spring &lt;meeting", "2027-04-01", "2027-04-03", "Teams of this level: Accredited or above"] {
        assert!(closed.contains(part), "{part}: {closed}");
    }
    assert!(page(&folder, "index.html").contains("events.html"));
    // Nobody is above the highest level.
    let files = [("content/events/closed.md", &*CLOSED.replace("audience: accredited", "audience: certified"))];
    let folder = project(&files);
    run_well([Path::new("build"), folder.path(), Path::new("--quiet"), Path::new("--today"), Path::new("2026-11-21")]);
    for path in ["events/closed.html", "events.html"] {
        assert!(page(&folder, path).contains("Teams of this level: Certified<"), "{path}");
    }
}

#[test]
fn the_list_has_what_is_ahead_first_and_then_what_is_over() {
    for (today, order) in [
        ("2026-11-21", ["Open day", "Spring", "Last year"]),
        ("2027-03-02", ["Open day", "Spring", "Last year"]),
        ("2027-03-03", ["Spring", "Open day", "Last year"]),
        ("2027-04-04", ["Spring", "Open day", "Last year"]),
    ] {
        let list = page(&built(today), "events.html");
        let list = &list[list.find("<h1").unwrap()..];
        let places = order.map(|title| list.find(title).unwrap_or_else(|| panic!("{title}: {list}")));
        assert!(places.is_sorted(), "{today}: {places:?}");
        assert_eq!(list.contains("No meeting is announced"), today == "2027-04-04", "{today}");
    }
}

#[test]
fn the_calendar_has_every_meeting_and_its_days() {
    let calendar = page(&built("2026-11-21"), "events.ics").replace("\r\n ", "");
    for part in [
        "SUMMARY:Open day\r\n",
        "LOCATION:Lantern Hall\\; Vienna\r\n",
        "DTSTART;VALUE=DATE:20270401\r\nDTEND;VALUE=DATE:20270404\r\n",
        "DESCRIPTION:For teams that are accredited or above.\r\n",
        "URL:https://open.example/\r\n",
    ] {
        assert!(calendar.contains(part), "{part}: {calendar}");
    }
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 3);
}

#[test]
fn the_site_changes_when_a_meeting_is_over() {
    let folder = built("2026-11-21");
    let next = run_well([Path::new("next-change"), folder.path(), Path::new("--today"), Path::new("2026-11-21")]);
    assert_eq!(stdout(&next), "2027-03-03\n");
}

#[test]
fn a_site_without_meetings_has_no_page_for_them() {
    let folder = project(&[("content/teams/a.yaml", "name: A\ncountry: AT\n")]);
    run_well([Path::new("build"), folder.path(), Path::new("--quiet")]);
    assert!(!folder.path().join("public/events.html").exists() && !folder.path().join("public/events.ics").exists());
    assert!(!page(&folder, "index.html").contains("events.html"));
}

#[test]
fn what_is_wrong_in_a_meeting_is_told_at_its_place() {
    let folder = project(&[]);
    for (front, place, part) in [
        ("title: A\nsince: 2027-01-02\nuntil: 2027-01-01\naudience: public", ":4:8", "lies before the beginning"),
        ("title: A\nsince: 2027-02-30\naudience: public", ":3:8", "2027-02-30"),
        ("title: A\nsince: 2027-01-02\naudience: acredited", ":4:11", "did you mean `accredited`?"),
        ("title: A\nsince: 2027-01-02", ":2:1", "`audience`"),
        ("title: A\nsince: 2027-01-02\naudience: public\nwebsite: javascript:alert(1)", ":5:10", "https://"),
        ("title: A\nsince: 2027-01-02\naudience: certified\nplace: Heron Hall", ":5:8", "the meeting is closed"),
        // Whatever else is wrong.
        (
            "title: A\nsince: 2027-01-02\nuntil: 2027-01-01\naudience: certified\nplace: Heron Hall",
            ":6:8",
            "the meeting is closed",
        ),
        ("title: A\nsince: 2027-02-30\naudience: certified\nplace: Heron Hall", ":5:8", "the meeting is closed"),
        ("audience: certified\nplace: Heron Hall", ":3:8", "the meeting is closed"),
        ("title: A\nsince: 2027-01-02\naudience: public\naccess: heron", ":5:1", "is confidential"),
    ] {
        write(&folder.path().join("content/events/a.md"), format!("---\n{front}\n---\n"));
        let said = stderr(&run([Path::new("check"), folder.path()]));
        assert!(said.contains(&format!("content/events/a.md{place}")) && said.contains(part), "{place} {part}: {said}");
        assert!(!said.to_lowercase().contains("heron"), "{said}");
    }
}
