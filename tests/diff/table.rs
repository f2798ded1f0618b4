//! Which change is of which kind, and how it is told.

use super::{ALPHA, BETA, changes, diff, directory, json, kinds, markdown};
use crate::common::{project, stderr, stdout, text, write};
use peerage::diff::{Kind, LONGEST_MARKDOWN, Risk};
use sha2::{Digest, Sha256};
use std::path::Path;

#[test]
fn every_change_of_an_entry_has_its_kind() {
    let last = "- {level: certified, since: 2024-05-01}";
    for (from, to, expected) in [
        ("name: CERT Alpha", "name: CERT Alpha # a remark", &[][..]),
        ("name: CERT Alpha", "name: CERT Omega", &["identity-changed"]),
        ("name: CERT Alpha", "name: Cert Béta", &["like-another", "identity-changed"]),
        ("host: Alpha Network", "host: Omega Network", &["identity-changed"]),
        ("types: [academic]", "types: [academic, national]", &["claim-added", "identity-changed"]),
        ("types: [academic]", "types: [academic, sme]", &["identity-changed"]),
        (last, "- {level: certified, since: 2024-05-01, until: 2028-04-30}", &["history-rewritten", "certificate-extended"]),
        (last, "- {level: certified, since: 2024-05-01, until: unknown}", &["history-rewritten", "certificate-extended"]),
        (last, "- {level: certified, since: 2024-05-01, until: 2027-01-01}", &["history-rewritten", "certificate-shortened"]),
        (
            last,
            "- {level: certified, since: 2024-05-01}\n  - {level: certified, since: 2026-11-01}",
            &["certificate-added", "history-added"],
        ),
        (
            last,
            "- {level: certified, since: 2024-05-01}\n  - {state: suspended, since: 2026-11-01}",
            &["state-set", "history-added"],
        ),
        (last, "", &["history-rewritten", "level-lowered"]),
        (
            last,
            "- {level: certified, since: 2019-05-14}",
            &["history-rewritten", "history-rewritten", "certificate-added", "level-lowered"],
        ),
        (
            "- {level: listed, since: 2004-03-01}",
            "- {level: listed, since: 2004-03-01, sponsors: [cert-beta]}",
            &["history-rewritten"],
        ),
        (
            last,
            "- {level: certification-candidate, since: 2010-01-01}\n  - {level: certified, since: 2024-05-01}",
            &["history-rewritten"],
        ),
        (
            "cert@alpha.example",
            "cert@omega.example",
            &["mail-domain-changed", "contact-removed", "contact-added", "contact-changed"],
        ),
        ("cert@alpha.example", "CERT@Alpha.example", &[]),
        ("name: CERT Alpha", "name: Team Alpha", &["identity-changed"]),
        ("name: CERT Alpha", "name: CERT-Beta", &["like-another", "identity-changed"]),
        ("official_name: Team Alpha", "official_name: cert\u{200b} beta", &["like-another", "identity-changed"]),
        ("cert@alpha.example", "csirt@alpha.example", &["contact-removed", "contact-added", "contact-changed"]),
        ("{address: cert@alpha.example}", "{address: cert@alpha.example, usage: [press]}", &["contact-changed"]),
        ("+1 202 555 0199", "+1 202 555 0198", &["emergency-changed", "contact-removed", "contact-added"]),
        ("+1 202 555 0199", "+1-202-555-0199", &[]),
        ("{number: \"+1 202 555 0100\"}, ", "", &["contact-removed"]),
        (
            "{number: \"+1 202 555 0100\"}, ",
            "{number: \"+1 202 555 0100\"}, {number: \"+1 202 555 0100\", usage: [fax], comment: At night another}, ",
            &["contact-changed"],
        ),
        (last, "- {level: certified, since: 2024-05-01}\n  - {level: certified, since: 2026-12-01}", &["certificate-added"]),
        ("website: https://cert.alpha.example/", "website: https://alpha.example/", &["host-changed"]),
        ("website: https://cert.alpha.example/", "website: http://cert.alpha.example/", &["host-changed"]),
        ("website: https://cert.alpha.example/", "website: https://cert.alpha.example/team", &["other"]),
        ("rfc2350.txt", "rfc2350.pdf", &["other"]),
        ("rfc2350: https://cert.alpha.example", "rfc2350: https://cert.omega.example", &["host-changed"]),
        ("domains: [alpha.example]", "domains: [alpha.example, omega.example]", &["claim-added"]),
        ("domains: [alpha.example]", "domains: [alpha.example, beta.example]", &["claim-of-another"]),
        ("domains: [alpha.example]", "domains: [alpha.example, a.beta.example]", &["claim-added"]),
        ("networks: [192.0.2.0/26]", "networks: [192.0.2.0/26, 198.51.0.0/16]", &["claim-of-another"]),
        ("asns: [64496]", "asns: [64497]", &["claim-added", "claim-removed"]),
        ("asns: [64496]", "asns: [64496]\n  countries: [AT]", &["claim-added"]),
        ("asns: [64496]", "asns: [64496]\n  description: Schools", &["other"]),
        ("asns: [64496]", "asns: [64496]\n  shared: [alpha.example]", &["other"]),
        (
            "host: Alpha Network",
            "host: Alpha Network\nmisp: {org_uuid: 0b1e3d6a-2f4c-4a5b-8c7d-9e0f1a2b3c4d, org_name: ALPHA}",
            &["identity-changed"],
        ),
        ("confirmed: 2026-09-01", "confirmed: 2026-11-01", &["other"]),
        (
            "confirmed: 2026-09-01",
            "confirmed: 2026-09-01\nwaivers: [{rule: country-alias, reason: It moves, until: 2026-12-31}]",
            &["waiver-added"],
        ),
        ("confirmed: 2026-09-01", "confirmed: 2026-09-01\neditors: [\"@mallory\"]", &["editors-changed"]),
        ("confirmed: 2026-09-01", "confirmed: 2026-09-01\ndescription: Words", &["other"]),
        ("confirmed: 2026-09-01", "confirmed: 2026-09-01\ncolour: red", &["mistake"]),
        ("country: AT", "country: ATX", &["unreadable"]),
        ("name: CERT Alpha", "name: [", &["unreadable"]),
    ] {
        assert!(ALPHA.contains(from), "{from}");
        assert_eq!(kinds(ALPHA, &ALPHA.replacen(from, to, 1)), expected, "{from} → {to}");
    }
}

#[test]
fn an_order_is_told_where_it_means_something_and_nowhere_else() {
    let more = "waivers: [{rule: country-alias, reason: A, until: 2026-12-31}, {rule: country-alias, reason: B, until: 2027-01-31}]\n\
                response_tests: [{date: 2026-01-01, channel: email, hours: in, answered: not}, {date: 2026-02-01, channel: email, \
                hours: in, answered: not}]\n";
    let print = ["A1", "B2"].map(|pair| pair.repeat(20));
    let keys = |first: usize| format!("keys: [{{fingerprint: {}}}, {{fingerprint: {}}}]\n", print[first], print[1 - first]);
    let base = ALPHA
        .replace("{level: listed, since: 2004-03-01}", "{level: listed, since: 2004-03-01, sponsors: [cert-beta, cert-gamma]}")
        .replace("  asns: [64496]\n", "  asns: [64496]\n  countries: [AT, DE]\n")
        .replace("\"+1 202 555 0100\"}", "\"+1 202 555 0100\", usage: [emergency]}");
    let marks =
        "editors: [\"@alice\", \"@bob\"]\nservices: [monitoring, forensics]\nmemberships: [{name: FIRST}, {name: TF-CSIRT}]\n";
    let base = format!("{base}{more}{}{marks}", keys(0));
    for (from, to, expected) in [
        ("[voice, emergency]", "[emergency, voice]", &[][..]),
        ("[cert-beta, cert-gamma]", "[cert-gamma, cert-beta]", &[]),
        ("[AT, DE]", "[DE, AT]", &[]),
        ("[AT, DE]", "[AT]", &["claim-removed"]),
        ("[AT, DE]", "[AT, FR]", &["claim-added", "claim-removed"]),
        ("{rule: country-alias, reason: A, until: 2026-12-31}, ", "", &["other"]),
        ("reason: A", "reason: C", &["waiver-added"]),
        ("[\"@alice\", \"@bob\"]", "[\"@Bob\", \"@Alice\"]", &[]),
        ("services: [monitoring, forensics]", "services: [forensics, monitoring]", &[]),
        ("services: [monitoring, forensics]", "services: [forensics]", &["other"]),
        (
            "{address: cert@alpha.example}",
            "{address: cert@alpha.example, usage: [press]}, {address: CERT@alpha.example, usage: [contact, press]}",
            &["contact-changed"],
        ),
        ("memberships: [{name: FIRST}, {name: TF-CSIRT}]", "memberships: [{name: TF-CSIRT}, {name: FIRST}]", &[]),
        (
            "phones: [{number: \"+1 202 555 0100\", usage: [emergency]}, {number: \"+1 202 555 0199\", usage: [voice, emergency]}]",
            "phones: [{number: \"+1 202 555 0199\", usage: [voice, emergency]}, {number: \"+1 202 555 0100\", usage: [emergency]}]",
            &["emergency-changed"],
        ),
        (
            "{level: certified, since: 2024-05-01}",
            "{level: certified, since: 2024-05-01}\n  - {level: certified, since: 2025-01-01, until: 2027-05-01}",
            &["certificate-added", "history-added"],
        ),
    ] {
        assert!(base.contains(from), "{from}");
        assert_eq!(kinds(&base, &base.replacen(from, to, 1)), expected, "{from} → {to}");
    }
    // An address may be named twice.
    let twice = |uses: &str| ALPHA.replace("{address: cert@alpha.example}", uses);
    let apart = twice("{address: cert@alpha.example}, {address: CERT@alpha.example, usage: [press]}");
    assert_eq!(kinds(&apart, &twice("{address: cert@alpha.example, usage: [press, contact]}")), [""; 0]);
    let first = "2026-01-01, channel: email, hours: in, answered: not";
    let second = "2026-02-01, channel: email, hours: in, answered: not";
    let exchanged = base.replace(first, "X").replace(second, first).replace('X', second);
    assert_eq!(kinds(&base, &exchanged), [""; 0]);
}

#[test]
fn a_level_that_programs_know_by_another_name_is_told_with_both() {
    let with = |classes: &str| directory_with(&format!("title: Test directory\nsample: true\n{classes}"));
    let told = |old: &str, new: &str| {
        let told = changes(with(old).path(), with(new).path());
        told.into_iter().map(|(_, kind, text)| format!("{kind}: {text}")).collect::<Vec<_>>()
    };
    let listed = "ti_classification: {listed: {code: k, name: Known}}\n";
    // A candidate of which nothing is written is named as the level that it holds.
    let expected =
        ["listed", "accreditation-candidate"].map(|level| format!("classification-changed: {level} l Listed → k Known"));
    assert_eq!(told("", listed), expected);
    assert_eq!(told("", "ti_classification: {listed: {code: l, name: Listed}}\n"), [""; 0]);
    let certified = format!("{}, certified: {{code: d, name: Known well}}}}\n", &listed.trim_end()[..listed.len() - 2]);
    assert_eq!(told(listed, &certified), ["classification-changed: certified c Certified → d Known well"]);
}

#[test]
fn it_is_told_whether_something_came_or_went() {
    let without = ALPHA.replace("website: https://cert.alpha.example/\n", "");
    for (old, new, expected) in [
        (&*without, ALPHA, "website (nothing) → https://cert.alpha.example/"),
        (ALPHA, &without, "website https://cert.alpha.example/ → (nothing)"),
    ] {
        let told = changes(directory(old).path(), directory(new).path());
        assert_eq!((told.len(), told[0].2.as_str()), (1, expected));
    }
}

#[test]
fn what_a_new_team_announces_is_told() {
    let old = directory(ALPHA);
    for (status, expected) in [
        ("[{level: listed, since: 2020-01-01}, {level: certified, since: 2026-12-01}]", &["certificate-added", "team-added"][..]),
        ("[{level: accredited, since: 2026-11-30}]", &["level-announced", "team-added"]),
        ("[{level: certified, since: 2026-10-01}, {state: suspended, since: 2026-11-21}]", &["level-raised", "team-added"]),
        ("[{level: listed, since: 2020-01-01}]", &["team-added"]),
    ] {
        let new = directory(ALPHA);
        write(&new.path().join("content/teams/new.yaml"), format!("name: Newcomer\ncountry: FR\nstatus: {status}\n"));
        let told = changes(old.path(), new.path());
        assert_eq!(told.iter().map(|(_, kind, _)| kind.as_str()).collect::<Vec<_>>(), expected, "{status}");
    }
}

#[test]
fn a_claim_over_many_is_no_less_than_one_over_few() {
    let (old, new) = (directory(ALPHA), directory(ALPHA));
    for folder in [&old, &new] {
        for team in 0..60 {
            let entry = format!("name: Team {team}\ncountry: FR\nconstituency: {{networks: [193.{team}.0.0/16]}}\n");
            write(&folder.path().join(format!("content/teams/t{team}.yaml")), entry);
        }
    }
    let wide = ALPHA.replace("networks: [192.0.2.0/26]", "networks: [192.0.2.0/26, 193.0.0.0/8]");
    write(&new.path().join("content/teams/cert-alpha.yaml"), wide);
    let told = changes(old.path(), new.path());
    assert_eq!((told.len(), told[0].1.as_str()), (1, "claim-of-another"), "{told:?}");
    assert!(told[0].2.contains("claimed by 60 teams"), "{told:?}");
}

#[test]
fn who_answers_for_all_of_a_country_is_told_as_lookup_has_it() {
    let with = |types: &str, country: &str, countries: &str| {
        let entry = ALPHA
            .replace("types: [academic]", &format!("types: [{types}]"))
            .replace("country: AT", &format!("country: {country}"));
        entry.replace("  asns: [64496]\n", &format!("  asns: [64496]\n{countries}"))
    };
    let national = "name: CERT Gamma\ncountry: DE\ntypes: [national]\nstatus: [{level: listed, since: 2010-01-01}]\n";
    let told = |old: &str, new: &str| {
        let (old, new) = (directory(old), directory(new));
        for folder in [&old, &new] {
            write(&folder.path().join("content/teams/gamma.yaml"), national);
        }
        let told = changes(old.path(), new.path()).into_iter().filter(|(_, kind, _)| kind != "identity-changed");
        told.map(|(_, kind, text)| format!("{kind}: {text}")).collect::<Vec<_>>()
    };
    let all = "as a national team for all of";
    let (added, removed) = (format!("claim-added: {all} AT"), format!("claim-removed: {all} AT"));
    let anothers = format!("claim-of-another: {all} DE, with other national teams: gamma");
    let (two, one) = ("  countries: [AT, DE]\n", "  countries: [AT]\n");
    for (old, new, expected) in [
        (with("academic", "AT", ""), with("national", "AT", ""), vec![&*added]),
        (with("academic", "AT", two), with("national", "AT", two), vec![&*anothers, &*added]),
        (with("national", "AT", two), with("academic", "AT", two), vec![&*format!("{removed}, DE")]),
        (with("national", "AT", ""), with("national", "DE", ""), vec![&*anothers, &*removed]),
        (with("national", "AT", one), with("national", "DE", one), vec![]),
        (with("national", "AT", ""), with("national", "AT", one), vec!["other: countries of its constituency changed"]),
        (with("national", "AT", ""), with("academic", "AT", one), vec![&*removed]),
        (with("academic", "AT", one), with("academic", "AT", two), vec!["claim-added: countries of its constituency DE"]),
    ] {
        assert_eq!(told(&old, &new), expected, "{old}\nto\n{new}");
    }
    // A new one too, whoever it takes them from.
    let (old, new) = (directory(ALPHA), directory(ALPHA));
    write(&new.path().join("content/teams/delta.yaml"), national.replace("Gamma", "Delta").replace("country: DE", "country: LK"));
    assert_eq!(kinds_between(old.path(), new.path()), ["claim-added", "team-added"]);
    write(&old.path().join("content/teams/gamma.yaml"), national);
    write(&new.path().join("content/teams/gamma.yaml"), national.replace("country: DE", "country: LK"));
    assert_eq!(kinds_between(old.path(), new.path())[0], "claim-of-another");
}

#[test]
fn trust_marks_are_told_with_what_came_and_what_went() {
    let told = |old: &str, new: &str| {
        let (old, new) = (directory(&format!("{ALPHA}{old}")), directory(&format!("{ALPHA}{new}")));
        changes(old.path(), new.path()).into_iter().map(|(_, kind, text)| format!("{kind}: {text}")).collect::<Vec<_>>()
    };
    let assessed = |kind: &str, score: u8| {
        format!(
            "maturity: [{{model: sim3-v1, kind: {kind}, assessed: 2026-01-01, visibility: public, scores: {{O-1: {score}}}}}]\n"
        )
    };
    let (itself, certified) = (assessed("self-assessment", 3), assessed("certification", 3));
    let full = "memberships: [{name: FIRST (Full Member), since: 2010-01-01}]\n";
    for (old, new, expected) in [
        ("", full, "trust-mark-changed: membership (nothing) → FIRST (Full Member) since 2010-01-01"),
        (full, "", "other: membership FIRST (Full Member) since 2010-01-01 → (nothing)"),
        (
            full,
            "memberships: [{name: FIRST (Full Member), since: 2010-01-01, until: 2027-01-01}]\n",
            "trust-mark-changed: membership FIRST (Full Member) since 2010-01-01 → FIRST (Full Member) since 2010-01-01 until 2027-01-01",
        ),
        (
            "",
            "agreements: [{kind: memorandum-of-understanding, name: Beta, until: 2027-01-01}]\n",
            "trust-mark-changed: agreement (nothing) → Beta (memorandum-of-understanding) until 2027-01-01",
        ),
        (
            &itself,
            &certified,
            "trust-mark-changed: published assessment sim3-v1 of 2026-01-01 (self-assessment) → sim3-v1 of 2026-01-01 (certification)",
        ),
        (
            &itself,
            &assessed("self-assessment", 4),
            "trust-mark-changed: published assessment sim3-v1 of 2026-01-01 (self-assessment) has other scores",
        ),
    ] {
        assert_eq!(told(old, new), [expected]);
    }
}

#[test]
fn what_is_taken_away_has_its_kind_too() {
    let last = "{level: certified, since: 2024-05-01}";
    let ends = |until: &str| ALPHA.replace(last, &format!("{{level: certified, since: 2024-05-01, until: {until}}}"));
    assert_eq!(kinds(&ends("unknown"), &ends("2028-04-30")), ["history-rewritten", "certificate-shortened"]);
    let waiver = "waivers: [{rule: country-alias, reason: It moves, until: 2026-12-31}]\n";
    assert_eq!(kinds(&format!("{ALPHA}{waiver}"), ALPHA), ["other"]);
    let verified = ALPHA.replace(
        "{level: accredited, since: 2005-01-15}",
        "{level: accredited, since: 2005-01-15, verifications: [{kind: documentation, date: 2005-01-02, authority: omega}]}",
    );
    let (old, new) = (directory(&verified), directory(ALPHA));
    for folder in [&old, &new] {
        write(&folder.path().join("content/authorities/omega.yaml"), "name: Omega\n");
    }
    let change = &json(old.path(), new.path())["parts"][0]["changes"][0];
    assert_eq!(change["old"], "Accredited from 2005-01-15, documentation verified on 2005-01-02 by omega");
    // What could not be read before, and is gone.
    let unreadable = project(&[("content/teams/cert-alpha.yaml", "name: ["), ("content/teams/cert-beta.yaml", BETA)]);
    let told = changes(unreadable.path(), project(&[("content/teams/cert-beta.yaml", BETA)]).path());
    let expected = ("cert-alpha", "team-removed", "content/teams/cert-alpha.yaml, which could not be read before");
    assert_eq!(told.iter().map(|(team, kind, text)| (&**team, &**kind, &**text)).collect::<Vec<_>>(), [expected]);
}

#[test]
fn a_certificate_that_stood_there_already_is_not_brought_in_by_taking_a_newer_one_away() {
    let last = "  - {level: certified, since: 2024-05-01}";
    let both = ALPHA.replace(last, &format!("  - {{level: certified, since: 2019-05-14}}\n{last}"));
    let one = both.replace(&format!("{last}\n"), "");
    assert_eq!(kinds(&both, &one), ["history-rewritten", "level-lowered"]);
    // Neither by a slip in its day.
    let slip = both.replace("since: 2024-05-01", "since: 2024-05-32");
    assert_eq!(kinds(&both, &slip), ["history-rewritten", "level-lowered", "mistake"]);
    let longer = one.replace("since: 2019-05-14", "since: 2019-05-14, until: 2029-05-14");
    assert_eq!(kinds(&both, &longer), ["history-rewritten", "history-rewritten", "certificate-added"]);
}

#[test]
fn a_certificate_that_has_ended_is_told_as_the_reason_of_a_level() {
    let (old, new) = (directory(ALPHA), directory(&ALPHA.replace("2024-05-01", "2020-05-01")));
    let told = changes(old.path(), new.path());
    let lowered = told.iter().find(|(_, kind, _)| kind == "level-lowered").unwrap();
    assert!(lowered.2.contains("now: certified on 2020-05-01, which ended on 2023-05-01; accredited since"), "{}", lowered.2);
}

#[test]
fn levels_are_told_as_of_the_day_with_the_dates_they_follow_from() {
    let accredited = ALPHA.replace("  - {level: certified, since: 2024-05-01}\n", "");
    let (old, new) = (directory(&accredited), directory(ALPHA));
    let told = changes(old.path(), new.path());
    assert_eq!(told[0].1, "level-raised");
    assert_eq!(
        told[0].2,
        "Accredited → Certified (before: accredited since 2005-01-15; now: certified on 2024-05-01, until 2027-05-01)"
    );
    // On a day after the certification there is no difference in level, only in history.
    let output = diff(&[&old.path(), &new.path(), &"--json", &"--today", &"2026-11-21"]);
    assert_eq!(output.status.code(), Some(2), "a day is given once");
    let ahead = ALPHA.replace("2024-05-01", "2027-01-01");
    let announced = kinds(&accredited, &ahead);
    assert_eq!(announced, ["certificate-added"]);
    let candidate = ALPHA.replace("level: certified, since: 2024-05-01", "level: certification-candidate, since: 2027-01-01");
    assert_eq!(kinds(&accredited, &candidate), ["level-announced"]);
}

#[test]
fn what_is_lifted_and_what_is_brought_back_is_told() {
    let suspended = format!(
        "{}  - {{state: suspended, since: 2026-01-01}}\nconfirmed: 2026-09-01\n",
        ALPHA.replace("confirmed: 2026-09-01\n", "")
    );
    assert_eq!(kinds(&suspended, ALPHA), ["history-rewritten", "state-lifted"]);
    let reinstated = suspended.replace("2026-01-01}\n", "2026-01-01}\n  - {level: accredited, since: 2026-11-01}\n");
    assert_eq!(kinds(&suspended, &reinstated), ["state-lifted", "level-lowered", "history-added"]);
    // Dated tomorrow it is no less.
    assert_eq!(kinds(&suspended, &reinstated.replace("2026-11-01", "2026-11-22")), ["state-lifted"]);
}

#[test]
fn teams_come_go_and_change_their_ids() {
    let old = directory(ALPHA);
    let only_beta = project(&[("content/teams/cert-beta.yaml", BETA)]);
    let told = changes(old.path(), only_beta.path());
    assert_eq!((told.len(), told[0].0.as_str(), told[0].1.as_str()), (1, "cert-alpha", "team-removed"));
    let told = changes(only_beta.path(), old.path());
    let kinds: Vec<&str> = told.iter().map(|(_, kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["level-raised", "team-added"], "{told:?}");
    let moved = project(&[
        ("content/teams/alpha.yaml", &ALPHA.replace("2026-09-01", "2026-10-01")),
        ("content/teams/cert-beta.yaml", BETA),
    ]);
    let told = changes(old.path(), moved.path());
    let kinds: Vec<(&str, &str)> = told.iter().map(|(team, kind, _)| (team.as_str(), kind.as_str())).collect();
    assert_eq!(kinds, [("alpha", "team-renamed"), ("alpha", "other")], "{told:?}");
    // Who is called as a team that stays, or has its address or a part of its networks, is told as such.
    let like = "name: cert alpha\ncountry: FR\ncontact: {emails: [{address: CERT@alpha.example}]}\n\
                constituency: {networks: [192.0.2.0/28]}\nstatus: [{level: listed, since: 2026-01-01}]\n";
    let three = project(&[
        ("content/teams/cert-alpha.yaml", ALPHA),
        ("content/teams/cert-beta.yaml", BETA),
        ("content/teams/cert-alfa.yaml", like),
    ]);
    let told = changes(old.path(), three.path());
    let kinds: Vec<&str> = told.iter().map(|(_, kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["like-another", "like-another", "claim-added", "team-added"], "{told:?}");
    assert!(told[1].2.ends_with("the name cert alpha is also that of cert-alpha"), "{told:?}");
    // The official name of another is as good.
    let like = "name: Team-Alpha\ncountry: FR\nstatus: [{level: listed, since: 2026-01-01}]\n";
    write(&three.path().join("content/teams/cert-alfa.yaml"), like);
    let told = changes(old.path(), three.path());
    assert_eq!(told[0].1, "like-another", "{told:?}");
    // Who has the most in common with it is it; the other one is gone.
    let name = "name: CERT Zeta\nofficial_name: Zeta Team\ncountry: AT\ncontact: {emails: [{address: zeta@alpha.example}";
    let listed = format!("{name}]}}\nstatus: [{{level: listed, since: 2020-01-01}}]\n");
    let merged = format!("{name}, {{address: cert@alpha.example}}]}}\nstatus: [{{level: certified, since: 2026-01-01}}]\n");
    let two = project(&[("content/teams/cert-alpha.yaml", ALPHA), ("content/teams/cert-zeta.yaml", &listed)]);
    let told = changes(two.path(), project(&[("content/teams/gamma.yaml", &merged)]).path());
    let of = |team: &str| told.iter().filter(|(told, ..)| told == team).map(|(_, kind, _)| kind.as_str()).collect::<Vec<_>>();
    assert_eq!(of("cert-alpha"), ["team-removed"], "{told:?}");
    assert!(of("gamma").contains(&"team-renamed") && of("gamma").contains(&"level-raised"), "{told:?}");
    let other = "name: CSIRT Gamma\ncountry: FR\ncontact: {emails: [{address: csirt@gamma.example}]}\nstatus: [{level: listed, since: 2026-01-01}]\n";
    let told = changes(old.path(), directory(other).path());
    assert_eq!(told[0].1, "id-reused", "{told:?}");
}

#[test]
fn the_directory_itself_is_a_part() {
    let site = "title: Test directory\nsample: true\n";
    let with = |more: &str| directory_with(&format!("{site}{more}"));
    let old = with("");
    for (more, kind) in [
        ("policy: {certification_years: 9}\n", "policy-changed"),
        ("issuer: Somebody else\n", "issuer-changed"),
        ("editors: [\"@somebody\"]\n", "editors-changed"),
        ("base_url: https://omega.example/\n", "setting-changed"),
        ("formats: [csv]\n", "other"),
    ] {
        let new = with(more);
        let told = changes(old.path(), new.path());
        assert_eq!(told[0].0, "-", "{told:?}");
        assert!(told.iter().any(|(_, told, _)| told == kind), "{more}: {told:?}");
    }
    let new = with("");
    let edition = text(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content/editions/2025-10-01.yaml"));
    write(&new.path().join("content/authorities/omega.yaml"), "name: Omega\n");
    write(&new.path().join("content/editions/2025-10-01.yaml"), &edition);
    write(&new.path().join("content/pages/about.md"), "---\ntitle: About\n---\nWords\n");
    let meeting = "---\ntitle: Spring\nsince: 2027-03-02\naudience: accredited\n---\n";
    write(&new.path().join("content/events/spring.md"), meeting);
    sealed(new.path(), &["A".repeat(16)], &format!("recipients: [{}]", key("alpha", "A", "A")));
    let expected = ["sealed-changed", "authority-changed", "meeting-changed", "edition-added", "other"];
    assert_eq!(kinds_between(old.path(), new.path()), expected);
    let expected = ["edition-rewritten", "sealed-changed", "authority-changed", "meeting-changed", "other"];
    assert_eq!(kinds_between(new.path(), old.path()), expected);
}

/// Writes what has the form of a message to keys with these ids, and its index.
fn sealed(root: &Path, ids: &[String], recipients: &str) {
    let packet = |id: &String| {
        let id: Vec<u8> = (0..8).map(|at| u8::from_str_radix(&id[2 * at..2 * at + 2], 16).unwrap()).collect();
        // Version 3, and RSA with a number of one byte (RFC 9580, section 5.1).
        [&[0xc1, 13, 3][..], &id, &[1, 0, 8, 0xff]].concat()
    };
    let message = [ids.iter().flat_map(packet).collect(), vec![0xd2, 1, 1]].concat();
    let sha256: String = Sha256::digest(&message).iter().map(|byte| format!("{byte:02x}")).collect();
    let index = format!("sealed: 2026-11-01\nmessages: [{{audience: listed, sha256: {sha256}, {recipients}}}]\n");
    write(&root.join("content/sealed/index.yaml"), index);
    write(&root.join(format!("content/sealed/listed-{}.tar.gpg", &sha256[..16])), message);
}

fn key(team: &str, digit: &str, part: &str) -> String {
    format!("{{team: {team}, key: {}, encrypted_to: [{}]}}", digit.repeat(40), part.repeat(40))
}

/// An index that is changed by hand publishes again what was left out, for a team that is gone.
#[test]
fn for_whom_a_message_is_is_told_when_it_changes() {
    let folder = |ids: &[&str], recipients: &str| {
        let folder = directory(ALPHA);
        sealed(folder.path(), &ids.iter().map(|digit| digit.repeat(16)).collect::<Vec<_>>(), recipients);
        folder
    };
    let hidden = |digit: &str| format!("hidden: {{salt: {}, digest: {}}}", "5".repeat(64), digit.repeat(64));
    let both = |second: &str| format!("recipients: [{}, {}]", key("cert-alpha", "A", "B"), key(second, "C", "D"));
    let of = |team: &str| format!("`{team} (CCCC CCCC CCCC CCCC CCCC CCCC CCCC CCCC CCCC CCCC: DDDD");
    for (ids, old, new, expected) in [
        (
            ["B", "D"],
            both("cert-beta"),
            both("cert-gamma"),
            format!("message for `listed` is the same, no longer for {}", of("cert-beta")),
        ),
        (
            ["B", "D"],
            both("cert-gamma"),
            both("cert-beta"),
            format!("message for `listed` is the same, no longer for {}", of("cert-gamma")),
        ),
        (["0", "0"], hidden("1"), hidden("2"), "is the same, and another checksum stands for those whom it is for".to_owned()),
    ] {
        let (old, new) = (folder(&ids, &old), folder(&ids, &new));
        let told = markdown(old.path(), new.path());
        assert!(told.contains("▲ high: **Sealed message changed**: "), "{told}");
        assert!(told.contains(&expected), "{expected}\nin\n{told}");
        assert_eq!(kinds_between(new.path(), new.path()), [] as [&str; 0]);
    }
    let two = || folder(&["B", "D"], &both("cert-beta"));
    let (old, new) = (two(), two());
    let index = new.path().join("content/sealed/index.yaml");
    write(&index, text(&index).replace("2026-11-01", "2026-11-02"));
    assert_eq!(kinds_between(old.path(), new.path()), ["other"]);
}

/// All that a page shows of the directory itself.
#[test]
fn what_is_said_of_authorities_profiles_and_meetings_is_told_when_it_changes() {
    let profile =
        "title: Basic\nsource: Omega\nlink: https://alpha.example/\nverified: true\nmodel: sim3-v1\nminimum: {O-1: 3}\n";
    for (file, was, from, to, kind) in [
        ("authorities/omega.yaml", "name: Omega\ndescription: It is\n", "It is", "It was", "authority-changed"),
        ("profiles/basic.yaml", profile, "https://alpha", "https://omega", "profile-changed"),
        (
            "events/spring.md",
            "---\ntitle: Spring\nsince: 2027-03-02\naudience: public\nwebsite: https://alpha.example/\n---\n",
            "https://alpha",
            "https://omega",
            "meeting-changed",
        ),
    ] {
        let (old, new) = (directory(ALPHA), directory(ALPHA));
        let file = Path::new("content").join(file);
        write(&old.path().join(&file), was);
        write(&new.path().join(&file), was.replace(from, to));
        let told = kinds_between(old.path(), new.path());
        assert!(told.contains(&kind.to_owned()), "{told:?}");
        assert_eq!(told.contains(&"address-in-text".to_owned()), to.contains("https://"), "{told:?}");
    }
}

fn kinds_between(old: &Path, new: &Path) -> Vec<String> {
    changes(old, new).into_iter().map(|(_, kind, _)| kind).collect()
}

/// Who may decide on levels, and on whose word, is what the trust in a directory rests on.
#[test]
fn what_an_authority_is_entitled_to_is_told_when_it_changes() {
    let (old, new) = (directory(ALPHA), directory(ALPHA));
    let omega = Path::new("content/authorities/omega.yaml");
    write(&old.path().join(omega), "name: Omega\n");
    let said = |more: &str| {
        write(&new.path().join(omega), format!("name: Omega\n{more}"));
        write(&new.path().join("content/authorities/beacon.yaml"), "name: Beacon\nentitlements: [{kind: accreditation}]\n");
        write(&old.path().join("content/authorities/beacon.yaml"), "name: Beacon\nentitlements: [{kind: accreditation}]\n");
        let told = json(old.path(), new.path());
        let change = &told["parts"][0]["changes"][0];
        assert_eq!((&change["kind"], &change["old"]), (&"authority-changed".into(), &"Omega, , , ".into()), "{told}");
        change["new"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        said("entitlements: [{kind: certification, scheme: Omega scheme, standards: [SIM3], since: 2018-01-01}]\n"),
        "Omega, , , ; certification by Omega scheme (SIM3) since 2018-01-01"
    );
    assert_eq!(
        said("accreditations: [{authority: beacon, certificate: B-1, since: 2018-01-01, until: 2027-12-31}]\n"),
        "Omega, , , ; accredited by beacon, certificate B-1 since 2018-01-01 until 2027-12-31"
    );
}

fn directory_with(site: &str) -> tempfile::TempDir {
    project(&[("content/site.yaml", site), ("content/teams/cert-alpha.yaml", ALPHA)])
}

/// One mailbox is one however its domain is written.
#[test]
fn an_address_in_another_spelling_is_no_change() {
    let entry = |address: &str| ALPHA.replace("cert@alpha.example", address);
    assert_eq!(kinds(&entry("cert@bücher.example"), &entry("CERT@xn--bcher-kva.example")), [] as [&str; 0]);
    let like = "name: Gamma\ncountry: FR\ncontact: {emails: [{address: cert@xn--bcher-kva.example}]}\n";
    let (old, new) = (directory(&entry("cert@bücher.example")), directory(&entry("cert@bücher.example")));
    write(&new.path().join("content/teams/gamma.yaml"), like);
    let told = changes(old.path(), new.path());
    assert_eq!(told[0].1, "like-another", "{told:?}");
}

#[test]
fn settings_that_cannot_be_read_hide_no_team() {
    let (old, new) = (directory(ALPHA), directory(&ALPHA.replace("0199", "0198")));
    write(&new.path().join("content/site.yaml"), "titel: x\n");
    for (old, new) in [(&old, &new), (&new, &old)] {
        let told = changes(old.path(), new.path());
        assert!(told.iter().any(|(_, kind, _)| kind == "emergency-changed"), "{told:?}");
        assert!(!told.iter().any(|(_, kind, _)| kind == "policy-changed" || kind == "setting-changed"), "{told:?}");
    }
    assert!(changes(old.path(), new.path()).iter().any(|(team, kind, _)| team == "-" && kind == "unreadable"));
    write(&old.path().join("content/site.yaml"), "[");
    assert!(changes(old.path(), new.path()).iter().any(|(_, kind, _)| kind == "emergency-changed"));
}

#[test]
fn mistakes_that_were_there_before_are_not_told_again() {
    let wrong = format!("{ALPHA}colour: red\n");
    assert_eq!(kinds(&wrong, &wrong), [] as [&str; 0]);
    let broken = ALPHA.replace("country: AT", "country: ATX");
    assert_eq!(kinds(&broken, &broken), [] as [&str; 0]);
    let told = kinds(&broken, ALPHA);
    assert!(told.contains(&"unreadable".to_owned()), "{told:?}");
}

#[test]
fn programs_are_told_all_of_it() {
    let (old, new) = (directory(ALPHA), directory(&ALPHA.replace("0199", "0198")));
    let told = json(old.path(), new.path());
    assert_eq!((&told["format"], &told["computed_for"]), (&"peerage/diff".into(), &"2026-11-21".into()));
    assert_eq!((&told["high"], &told["check"], &told["low"]), (&1.into(), &2.into(), &0.into()));
    let part = &told["parts"][0];
    assert_eq!((&part["team"], &part["name"], &part["risk"]), (&"cert-alpha".into(), &"CERT Alpha".into(), &"high".into()));
    let change = &part["changes"][0];
    assert_eq!((&change["old"], &change["new"]), (&"+12025550199".into(), &"+12025550198".into()));
    assert!(change["reason"].as_str().unwrap().contains("already know"));
}

#[test]
fn no_change_is_said_and_a_folder_that_is_none_is_a_failure() {
    let old = directory(ALPHA);
    let same = markdown(old.path(), old.path());
    assert!(same.contains("as of 2026-11-21: nothing changed"), "{same}");
    let output = diff(&[&old.path(), &old.path().join("nowhere")]);
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(2), ""), "{}", stderr(&output));
}

#[test]
fn a_large_change_is_cut_with_the_gravest_told() {
    let (old, new) = (project(&[]), project(&[]));
    for team in 0..600 {
        let path = format!("content/teams/t{team}.yaml");
        let entry = format!("name: Team {team}\ncountry: AT\ndescription: Words\nhost: Host {team}\n");
        write(&old.path().join(&path), &entry);
        let changed = entry.replace("Words", "Other words").replace("Host", &"x".repeat(100));
        let grave = if team % 100 == 99 { "website: https://omega.example/\n" } else { "" };
        write(&new.path().join(&path), changed + grave);
    }
    let told = markdown(old.path(), new.path());
    assert!(told.chars().count() <= LONGEST_MARKDOWN, "{}", told.chars().count());
    assert_eq!(told.matches("**Host changed**").count(), 6);
    assert!(told.find("`t99`").unwrap() < told.find("`t0`").unwrap(), "the gravest first");
    let [last, _, end] = told.lines().rev().take(3).collect::<Vec<_>>()[..] else { panic!("{told}") };
    assert!(last.starts_with("Only `content/` was compared."), "{last}");
    assert!(
        end.starts_with("**Left out here, for want of room: ") && end.contains(" check, 600 low**. `peerage diff --json`"),
        "{end}"
    );
    let all = json(old.path(), new.path());
    assert_eq!((&all["high"], &all["check"], &all["low"]), (&6.into(), &600.into(), &600.into()));
}

#[test]
fn the_table_in_the_documentation_is_that_of_the_program() {
    let docs = text(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reviewing.md"));
    let row = |kind: &Kind| {
        let risk = kind.risk();
        format!("| {} {risk} | `{}` | {} | {} |\n", risk.sign(), kind.id(), kind.title(), kind.reason())
    };
    let table: String = Kind::ALL.iter().map(row).collect();
    assert!(docs.contains(&table), "docs/reviewing.md lacks this table:\n{table}");
    assert_eq!(Risk::ALL.len(), 3);
}

#[test]
fn the_example_in_the_documentation_is_what_is_printed() {
    let docs = text(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reviewing.md"));
    let new = ALPHA
        .replace("+1 202 555 0199", "+1 202 555 0198")
        .replace("  - {level: certified, since: 2024-05-01}", "  - {level: certified, since: 2024-05-01, until: 2029-04-30}")
        .replace("confirmed: 2026-09-01", "confirmed: 2026-11-20");
    let folder = tempfile::tempdir().unwrap();
    for (name, entry) in [("before", ALPHA), ("after", &new)] {
        write(&folder.path().join(name).join("content/site.yaml"), "title: Test directory\nsample: true\n");
        write(&folder.path().join(name).join("content/teams/cert-alpha.yaml"), entry);
    }
    let command = |words: &[&str]| {
        let output =
            crate::common::peerage().args(words).args(["--today", "2026-11-21"]).current_dir(folder.path()).output().unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
        stdout(&output)
    };
    for printed in [command(&["diff", "before", "after"]), command(&["due", "after", "--within", "1000"])] {
        assert!(docs.contains(printed.trim_end()), "docs/reviewing.md lacks:\n{printed}");
    }
}
