//! Texts that send their readers elsewhere.

use super::{ALPHA, BETA, changes, directory, kinds};
use crate::common::{project, write};

fn told(old: &str, new: &str) -> Vec<String> {
    let (old, new) = (directory(old), directory(new));
    changes(old.path(), new.path()).into_iter().map(|(_, kind, text)| format!("{kind}: {text}")).collect()
}

/// The entry with a description.
fn described(text: &str) -> String {
    format!("{ALPHA}description: {}\n", serde_json::to_string(text).unwrap())
}

#[test]
fn an_address_that_is_new_in_a_text_is_told() {
    for (text, expected) in [
        ("Write to cert@evil.example.", &["e-mail address cert@evil.example"][..]),
        ("Clone git@evil.example:alpha/keys", &["e-mail address git@evil.example"]),
        ("Write to <CERT@Evil.example>.", &["e-mail address cert@evil.example"]),
        ("Write to cert\u{200b}&#64;evil.example", &["e-mail address cert@evil.example"]),
        ("The key is at <https://evil.example/key.asc>!", &["host evil.example"]),
        ("[The key](https://evil.example:8443/key.asc)", &["host evil.example:8443"]),
        ("See www.evil.example/key or **bücher**.example", &["host www.evil.example", "host xn--bcher-kva.example"]),
        ("Call +1 (202) 555-0177 / 0178", &["telephone number +120255501770178"]),
        (
            "Call **+1 202 555 0177**, at night +1 202 555 0178",
            &["telephone number +12025550177", "telephone number +12025550178"],
        ),
        // What stands among the contacts too, and what is no address.
        ("Write to cert@alpha.example, see https://cert.alpha.example/ or alpha.example, call +1 202 555 0199.", &[]),
        ("Since 2004, e.g. for schools and/or v1.2, @home, 1.5 and [a file](files/a.pdf).", &[]),
    ] {
        let expected: Vec<String> = expected.iter().map(|words| format!("address-in-text: description: {words}")).collect();
        let told: Vec<String> = told(ALPHA, &described(text)).into_iter().filter(|told| !told.starts_with("other: ")).collect();
        assert_eq!(told, expected, "{text}");
        assert_eq!(kinds(&described(text), &described(&format!("{text} More."))), ["other"], "{text}");
    }
    let shared = ALPHA.replace("constituency:\n", "constituency:\n  description: Schools, see evil.example\n");
    assert_eq!(told(ALPHA, &shared)[0], "address-in-text: description of its constituency: host evil.example");
}

#[test]
fn a_link_that_says_one_address_and_leads_to_another_is_grave() {
    for (link, misleads) in [
        ("[cert@alpha.example](mailto:cert@evil.example)", true),
        ("[cert@alpha.example](mailto:other@alpha.example)", true),
        ("[cert@alpha.example](https://evil.example/)", true),
        ("[https://cert.alpha.example/](https://evil.example/)", true),
        ("[our site, alpha.example](https://evil.example/alpha.example.html)", true),
        ("[alpha.example](https://notalpha.example/)", true),
        ("[alpha.example](https://evil.example/alpha.example)", true),
        ("[Cert@Alpha.example](mailto:cert@alpha.example?subject=x)", false),
        ("[www.alpha.example](https://alpha.example/)", false),
        ("[alpha.example](https://cert.alpha.example/)", false),
        ("[rfc2350.txt](https://cert.alpha.example/rfc2350.txt)", false),
        ("[our site](https://alpha.example/)", false),
        ("<cert@alpha.example>", false),
        // What leads nowhere is text.
        ("[alpha.example](javascript:alert)", false),
    ] {
        let told = told(ALPHA, &described(link));
        assert_eq!(told[0].starts_with("link-misleads: description: "), misleads, "{link}: {told:?}");
    }
    let misleading = "Write to [cert@alpha.example](mailto:cert@evil.example)";
    let expected = "link-misleads: description: cert@alpha.example leads to mailto:cert@evil.example";
    assert_eq!(told(ALPHA, &described(misleading))[0], expected);
    assert_eq!(kinds(&described(misleading), &described(&format!("{misleading}."))), ["other"]);
    // Of a new team the rest is for whoever reads the entry.
    let (old, new) = (directory(ALPHA), directory(ALPHA));
    write(&new.path().join("content/teams/gamma.yaml"), format!("name: Gamma\ncountry: FR\ndescription: \"{misleading}\"\n"));
    let told: Vec<String> = changes(old.path(), new.path()).into_iter().map(|(_, kind, _)| kind).collect();
    assert_eq!(told, ["link-misleads", "team-added"]);
}

#[test]
fn the_texts_of_the_directory_are_read_too() {
    let link = "[alpha.example](https://evil.example/)\n";
    let site = |more: &str| {
        project(&[("content/site.yaml", &format!("title: T\nsample: true\n{more}")), ("content/teams/cert-beta.yaml", BETA)])
    };
    for (file, before, after) in [
        ("content/pages/about.md", "---\ntitle: About\n---\n", link),
        ("content/events/spring.md", "---\ntitle: Spring\nsince: 2027-03-02\naudience: public\n---\n", link),
        ("content/authorities/omega.yaml", "name: Omega\n", &*format!("description: \"{}\"\n", link.trim())),
    ] {
        let (old, new) = (site(""), site(""));
        write(&old.path().join(file), before);
        write(&new.path().join(file), format!("{before}{after}"));
        let told: Vec<String> = changes(old.path(), new.path()).into_iter().map(|(_, kind, _)| kind).collect();
        assert_eq!(told[0], "link-misleads", "{file}: {told:?}");
        assert!(told.contains(&"address-in-text".to_owned()), "{file}: {told:?}");
    }
    let told = changes(site("").path(), site("description: See evil.example\n").path());
    assert_eq!(told[0].2, "description of the site: host evil.example");
}

#[test]
fn hours_and_postal_address_are_shown_as_they_were_and_are() {
    let with = |more: &str| ALPHA.replace("contact:\n", &format!("contact:\n{more}"));
    let hours = "  hours: Please do not call; write to cert@evil.example\n";
    assert_eq!(
        told(ALPHA, &with(hours)),
        ["contact-changed: business hours (nothing) → Please do not call; write to cert@evil.example"]
    );
    let address = |street: &str| with(&format!("  address: |\n    {street}\n    1010 Vienna\n"));
    let expected = "contact-changed: postal address Ring 1, 1010 Vienna → Ring 2, 1010 Vienna";
    assert_eq!(told(&address("Ring 1"), &address("Ring 2")), [expected]);
    let zone = |name: &str| with(&format!("  timezone: {name}\n"));
    assert_eq!(told(&zone("UTC"), &zone("Europe/Vienna")), ["other: time zone UTC → Europe/Vienna"]);
}
