//! `peerage lookup`, as a person or a script meets it.

use crate::common::{project, run, run_well, stderr, stdout, write};
use std::path::{Path, PathBuf};
use std::process::Output;

const ALPHA: &str = "name: CERT Alpha\nofficial_name: Response Team Alpha\ncountry: AT\ntypes: [national]\n\
    contact:\n  emails: [{address: cert@alpha.example, usage: [contact]}]\n  phones: [{number: +1 202 555 0199, usage: [emergency]}]\n\
    constituency: {domains: [alpha.example], networks: [192.0.2.0/24], asns: [64500]}\n\
    status: [{level: accredited, since: 2020-01-01}, {level: certified, since: 2023-12-01}]\n";

const BETA: &str = "name: CERT Beta\ncountry: AT\nconstituency: {domains: [beta.alpha.example], networks: [192.0.2.128/25]}\n\
    status: [{level: accredited, since: 2020-01-01}, {state: withdrawn, since: 2026-12-24}]\n";

fn two_teams() -> tempfile::TempDir {
    project(&[("content/teams/cert-alpha.yaml", ALPHA), ("content/teams/cert-beta.yaml", BETA)])
}

/// Looks up in `folder` as of a day.
fn look_up(query: &str, folder: &Path, day: &str, more: &[&str]) -> Output {
    run(["lookup", query, folder.to_str().unwrap(), "--today", day].iter().chain(more))
}

fn built(project: &Path) -> PathBuf {
    run_well(["build", "--quiet", "--today", "2026-11-21", project.to_str().unwrap()]);
    project.join("public")
}

fn answer(query: &str, folder: &Path, day: &str) -> serde_json::Value {
    json(&look_up(query, folder, day, &["--json"]))
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

/// The sample, as a project.
fn sample() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The site of the sample, and the folder that goes with it.
fn built_sample() -> (tempfile::TempDir, PathBuf) {
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("public");
    run_well(["build", "--quiet", "--today", "2026-11-21", "--out", site.to_str().unwrap(), sample().to_str().unwrap()]);
    (out, site)
}

#[test]
fn a_project_and_its_site_say_the_same_with_the_more_specific_first() {
    let project = two_teams();
    let site = built(project.path());
    for folder in [project.path(), &site] {
        let output = look_up("192.0.2.200", folder, "2026-11-21", &[]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert_eq!(
            stdout(&output),
            "CERT Beta, Austria (cert-beta)\n  level      Accredited since 2020-01-01, until 2026-12-23\n  because    it answers for 192.0.2.128/25\n\
             \x20 mail       none is known\n\n\
             CERT Alpha, Austria (cert-alpha)\n  level      Certified since 2023-12-01, until 2026-12-01\n  because    it answers for 192.0.2.0/24\n\
             \x20 mail       cert@alpha.example\n  emergency  +1 202 555 0199\n\nFrom Test directory, as of 2026-11-21.\n"
        );
    }
    for query in
        ["x.beta.alpha.example", "AS64500", "austria", "team alp", "cert", "CERT-BETA", "x.at", "cert@alpha.example", "nobody"]
    {
        let [first, second] = [project.path(), &site].map(|folder| look_up(query, folder, "2026-11-21", &["--json"]));
        assert_eq!(first.status.code(), second.status.code(), "{query}");
        assert_eq!(json(&first), json(&second), "{query}");
    }
}

#[test]
fn a_site_can_be_read_whose_days_lie_behind_the_last_that_can_be_written() {
    let long = ALPHA.replace("since: 2023-12-01", "since: 2023-12-01, until: 2999-12-31");
    for settings in ["", "policy: {certification_years: 1000}\n"] {
        let site = format!("title: T\nsample: true\n{settings}");
        let alpha = if settings.is_empty() { &*long } else { ALPHA };
        let project = project(&[("content/site.yaml", &site), ("content/teams/cert-alpha.yaml", alpha)]);
        let site = built(project.path());
        let [first, second] = [project.path(), &site].map(|folder| look_up("cert-alpha", folder, "2026-11-21", &["--json"]));
        assert_eq!(second.status.code(), Some(0), "{}", stderr(&second));
        assert_eq!(json(&first), json(&second));
    }
}

#[test]
fn each_reason_is_told_in_words() {
    let digits = "A".repeat(32) + "01234567";
    let national = |name: &str, country: &str, more: &str| format!("name: {name}\ncountry: {country}\ntypes: [national]\n{more}");
    let folder = project(&[
        ("content/teams/alpha.yaml", &format!("{ALPHA}keys: [{{fingerprint: {digits}}}]\n")),
        ("content/teams/nation.yaml", &national("Nation", "DE", "constituency: {countries: [DE]}\n")),
        ("content/teams/seat.yaml", &national("Seat", "FR", "")),
        ("content/teams/names.yaml", "name: Neighbours of Liechtenstein\ncountry: CH\nconstituency: {countries: [LI]}\n"),
    ]);
    for (query, expected) in [
        (digits.as_str(), "AAAA AAAA AAAA AAAA AAAA AAAA AAAA AAAA 0123 4567 is its key"),
        ("AAAAAAAA01234567", "AAAAAAAA01234567 is the id of its key"),
        ("cert@alpha.example", "cert@alpha.example is its address"),
        ("Germany", "it is a national team and answers for Germany"),
        ("France", "it is a national team with its seat in France"),
        ("Liechtenstein", "it names Liechtenstein as a part of its constituency; it is no national team"),
        ("Switzerland", "its seat is in Switzerland, which does not say for whom it answers"),
        ("neigh", "its name or id begins so: Neighbours of Liechtenstein"),
        ("of liecht", "words of its names begin so: of liecht"),
    ] {
        let said = stdout(&look_up(query, folder.path(), "2026-11-21", &[]));
        assert!(said.contains(expected), "{query}: {said}");
    }
}

#[test]
fn of_a_key_that_is_not_to_be_used_it_is_not_said_that_it_is_the_teams_alone() {
    let doubt = "not one to write with today, or a part of one; its page says what holds of it";
    for (query, is_doubted) in [
        // Revoked, for its secret part was known to others.
        ("DB7B 66FF 6EF9 8FA4 9FF9 4434 D6B3 50AA F5F9 9702", true),
        ("0xD6B350AAF5F99702", true),
        ("4843 0954 F8F1 E4C8 1438 BEA3 9ECA 55D0 6570 630B", false),
    ] {
        let said = stdout(&look_up(query, sample(), "2026-11-21", &[]));
        let because = said.lines().find(|line| line.contains("because")).map(str::to_owned).unwrap_or_default();
        assert!(because.contains("key"), "{query}: {said}");
        assert_eq!(because.contains(doubt), is_doubted, "{because}");
        let told = answer(&query.replace(' ', ""), sample(), "2026-11-21");
        let reason = &told["matches"][0]["reasons"][0];
        assert_eq!(reason["offered"], !is_doubted, "{reason}");
        assert!(
            reason["fingerprint"].as_str().is_some_and(|whole| whole.ends_with(reason["value"].as_str().unwrap())),
            "{reason}"
        );
    }
}

#[test]
fn programs_are_told_which_key_a_subkey_is_of_and_whether_it_is_offered_still() {
    let (_folder, site) = built_sample();
    let index = crate::common::json(&site.join("keys.json"));
    let ends = |key: &&serde_json::Value| key["team"] == "karee-csirt" && key["valid_until"] == "2027-02-15";
    let key = index["keys"].as_array().unwrap().iter().find(ends).unwrap();
    let subkey = key["subkeys"][0]["fingerprint"].as_str().unwrap();
    for (query, kind) in [(subkey.to_owned(), "key"), (format!("0x{}", &subkey[subkey.len() - 16..]), "key-id")] {
        for folder in [sample(), &site] {
            for (day, offered) in [("2027-02-15", true), ("2027-02-16", false)] {
                let told = answer(&query, folder, day);
                let reason = &told["matches"][0]["reasons"][0];
                assert_eq!((&reason["kind"], &reason["offered"]), (&kind.into(), &offered.into()), "{day}: {told}");
                assert_eq!(reason["fingerprint"], key["fingerprint"]);
            }
        }
    }
    assert_eq!(answer("AS64496", sample(), "2026-11-21")["matches"][0]["reasons"][0].as_object().unwrap().len(), 2);
}

#[test]
fn the_code_tells_whether_anybody_was_found() {
    let project = two_teams();
    let code = |query: &str| look_up(query, project.path(), "2026-11-21", &[]).status.code();
    assert_eq!(code("AS64500"), Some(0));
    assert_eq!(code("AS64501"), Some(1));
    assert_eq!(code("0xDEADBEEF"), Some(2));
    let nobody = look_up("gamma.example", project.path(), "2026-11-21", &[]);
    assert_eq!(stdout(&nobody), "");
    assert_eq!(
        stderr(&nobody),
        "Nobody was found for `gamma.example` in Test directory, as of 2026-11-21. It was taken for: domain gamma.example, name gamma example.\n"
    );
    let nobody = look_up("gamma.example", project.path(), "2026-11-21", &["--json"]);
    assert_eq!(json(&nobody)["matches"], serde_json::json!([]));
    assert_eq!(nobody.status.code(), Some(1));
}

#[test]
fn nobody_claims_the_domain_so_the_national_team_is_the_last_resort_and_said_to_be() {
    let project = two_teams();
    let said = stdout(&look_up("www.gamma.at", project.path(), "2026-11-21", &[]));
    assert!(said.contains("CERT Alpha") && !said.contains("CERT Beta"), "{said}");
    assert!(said.contains("as a last resort, it is a national team that answers for Austria, or has its seat there"), "{said}");
    let claimed = stdout(&look_up("www.alpha.example", project.path(), "2026-11-21", &[]));
    assert!(!claimed.contains("last resort"), "{claimed}");
}

#[test]
fn a_site_that_was_built_long_ago_is_trusted_less_and_never_more() {
    let project = two_teams();
    let site = built(project.path());
    let on = |day: &str| stdout(&look_up("192.0.2.200", &site, day, &[]));
    assert!(on("2026-12-01").contains("Certified since 2023-12-01, until 2026-12-01\n"), "the day itself is valid");
    let later = on("2026-12-02");
    assert!(later.contains("level      Accredited; it was certified before"), "{later}");
    assert!(later.contains("From Test directory, built for 2026-11-21, 11 days ago"), "{later}");
    let withdrawn = on("2026-12-24");
    assert!(!withdrawn.contains("CERT Beta"), "who has withdrawn answers for nothing: {withdrawn}");
    let by_id = stdout(&look_up("cert-beta", &site, "2026-12-24", &[]));
    assert!(by_id.contains("Withdrawn since 2026-12-24; it was accredited before"), "{by_id}");
    let status = &json(&look_up("cert-alpha", &site, "2026-12-02", &["--json"]))["matches"][0]["team"]["status"];
    assert_eq!(
        *status,
        serde_json::json!({"id": "accredited", "title": "Accredited", "since": null, "valid_until": null, "next": null, "then": []})
    );

    let ending = "name: CERT Gamma\ncountry: AT\nstatus: [{level: accredited, since: 2020-01-01}, {level: certified, since: 2023-12-01}, \
                  {state: suspended, since: 2026-12-10}, {level: accredited, since: 2026-12-20}]\n";
    write(&project.path().join("content/teams/cert-gamma.yaml"), ending);
    let site = built(project.path());
    for (day, expected) in [
        ("2026-12-02", "Accredited; it was certified before"),
        ("2026-12-10", "Suspended since 2026-12-10; it was certified before"),
        ("2026-12-20", "Suspended since 2026-12-10; it was certified before"),
    ] {
        let said = stdout(&look_up("cert-gamma", &site, day, &[]));
        assert!(said.contains(expected), "every change that was announced is known, and none raises it: {said}");
    }

    let rising = BETA.replace("{state: withdrawn, since: 2026-12-24}", "{level: certified, since: 2026-12-24}");
    write(&project.path().join("content/teams/cert-beta.yaml"), rising);
    let site = built(project.path());
    let said = stdout(&look_up("cert-beta", &site, "2027-01-01", &[]));
    assert!(said.contains("Accredited since 2020-01-01\n"), "what is announced is not yet true: {said}");
}

#[test]
fn who_has_no_emergency_number_is_told_with_a_telephone_and_with_what_is_said_of_the_number() {
    let phones = |phones: &str| format!("name: P\ncountry: AT\ncontact: {{phones: [{phones}]}}\n");
    let fax = "{number: +1 202 555 0101, usage: [fax], comment: Fax}";
    let voice = "{number: +1 202 555 0102, usage: [voice], comment: Mornings only}";
    let second = "{number: +1 202 555 0103}";
    let emergency = "{number: +1 202 555 0104, usage: [emergency], comment: 'For banks only'}";
    for (entry, expected) in [
        (phones(&format!("{fax}, {voice}, {second}")), "  telephone  +1 202 555 0102\n             Mornings only\n\n"),
        (phones(&format!("{second}, {voice}")), "  telephone  +1 202 555 0103\n\n"),
        (phones(&format!("{voice}, {emergency}")), "  emergency  +1 202 555 0104\n             For banks only\n\n"),
        (phones(fax), "  mail       none is known\n\n"),
    ] {
        let project = project(&[("content/teams/p.yaml", &entry)]);
        for folder in [project.path(), &built(project.path())] {
            let said = stdout(&look_up("p", folder, "2026-11-21", &[]));
            assert!(said.contains(&format!("{expected}From")), "{entry}: {said}");
        }
    }
}

#[test]
fn of_a_team_that_has_withdrawn_it_is_not_said_that_nothing_is_known() {
    let beta =
        BETA.replace("constituency:", "contact: {emails: [{address: cert@beta.example, usage: [contact]}]}\nconstituency:");
    let project = project(&[("content/teams/cert-alpha.yaml", ALPHA), ("content/teams/cert-beta.yaml", &beta)]);
    let site = built(project.path());
    let before = stdout(&look_up("cert-beta", &site, "2026-12-23", &[]));
    assert!(before.contains("  mail       cert@beta.example\n"), "{before}");
    // Built before and after it withdrew.
    for folder in [project.path(), &site] {
        let said = stdout(&look_up("cert-beta", folder, "2026-12-24", &[]));
        assert!(
            said.contains("Withdrawn since 2026-12-24") && !said.contains("mail") && !said.contains("none is known"),
            "{said}"
        );
        let card = &json(&look_up("cert-beta", folder, "2026-12-24", &["--json"]))["matches"][0]["team"];
        assert_eq!((&card["email"], &card["country"]), (&serde_json::Value::Null, &"AT".into()), "{card}");
    }
}

#[test]
fn what_a_sentence_puts_around_a_query_hides_nobody_and_several_addresses_are_no_name() {
    let project = two_teams();
    let ask = |query: &str| look_up(query, project.path(), "2026-11-21", &[]);
    for query in [
        "192.0.2.17.",
        "(192.0.2.17),",
        "\"alpha.example\"",
        "<alpha.example>;",
        "cert@alpha.example.",
        "AS64500,",
        "\"cert-alpha\"",
    ] {
        assert!(stdout(&ask(query)).starts_with("CERT Alpha, Austria"), "{query}: {}", stderr(&ask(query)));
    }
    for query in [
        "192.0.2.17, 192.0.2.200",
        "198.51.100.3 - - [29/Nov/2026] \"GET http://alpha.example/ HTTP/1.1\" 200",
        "alpha.example beta.example",
        "alpha.example/x beta.example",
        "AS64500, AS64501",
        "cert@alpha.example,csirt@beta.example",
        "From: x <csirt@beta.example> To: <cert@alpha.example>",
    ] {
        let several = ask(query);
        assert_eq!((several.status.code(), stdout(&several)), (Some(2), String::new()), "{query}");
        assert!(stderr(&several).contains("there is more than one thing in this"), "{query}: {}", stderr(&several));
    }
}

#[test]
fn what_was_not_meant_as_a_name_is_refused_unless_a_team_is_called_so() {
    let named = |name: &str| format!("name: \"{name}\"\ncountry: AT\n");
    let project = project(&[
        ("content/teams/a.yaml", &named("Team alpha.example")),
        ("content/teams/b.yaml", &named("AS64496 and AS64506")),
        ("content/teams/c.yaml", &named("10.0.0.256")),
    ]);
    let ask = |query: &str| look_up(query, project.path(), "2026-11-21", &["--json"]);
    for (query, found) in [("team alpha.example", "a"), ("AS64496 AS64506", "b"), ("10.0.0.256", "c")] {
        assert_eq!(json(&ask(query))["matches"][0]["team"]["id"], found, "{query}");
    }
    for (query, expected) in [
        ("Team beta.example", "there is more than one thing in this, and nobody is called so"),
        ("10.0.0.257", "this is no IP address"),
        ("2001:db8:100:::1", "this is no IP address"),
        ("+1 202 555 0199", "telephone numbers are not looked up"),
    ] {
        let refused = ask(query);
        assert_eq!((refused.status.code(), stdout(&refused)), (Some(2), String::new()), "{query}");
        assert!(stderr(&refused).contains(expected), "{query}: {}", stderr(&refused));
    }
}

#[test]
fn a_folder_that_cannot_answer_says_what_to_do() {
    let project = project(&[("content/site.yaml", "title: T\nsample: true\nformats: [csv]\n"), ("content/teams/a.yaml", ALPHA)]);
    let site = built(project.path());
    let said = |folder: &Path| {
        let output = look_up("cert", folder, "2026-11-21", &[]);
        assert_eq!((output.status.code(), &*output.stdout), (Some(2), &b""[..]));
        stderr(&output)
    };
    assert!(said(&site).contains("is a site without lookup: write `lookup` under `formats`"), "{}", said(&site));
    let empty = tempfile::tempdir().unwrap();
    assert!(said(empty.path()).contains("is neither a project"), "{}", said(empty.path()));
    assert!(said(&empty.path().join("alpha")).contains("a query of several words stands in quotes"));
}

#[test]
fn what_can_be_read_is_found_though_other_files_have_errors() {
    let project = two_teams();
    write(&project.path().join("content/teams/broken.yaml"), "nmae: X\n");
    let output = look_up("AS64500", project.path(), "2026-11-21", &[]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stderr(&output).contains("what cannot be read is left out; `peerage check` shows them"), "{}", stderr(&output));
    assert!(stdout(&output).starts_with("CERT Alpha"));
}

#[test]
fn what_a_stranger_wrote_does_not_steer_the_terminal() {
    let project = two_teams();
    let site = built(project.path());
    for (path, bytes) in crate::common::tree(&site) {
        let text = String::from_utf8_lossy(&bytes);
        if path.starts_with("lookup") && text.contains("CERT Beta") {
            write(&site.join(path), text.replace("CERT Beta", "CERT \\u001b[31m\\u202eBeta\\nx"));
        }
    }
    let output = look_up("cert-beta", &site, "2026-11-21", &[]);
    assert!(stdout(&output).starts_with("CERT \u{fffd}[31m\u{fffd}Beta\u{fffd}x, Austria"), "{}", stdout(&output));
    let output = look_up("cert-beta", &site, "2026-11-21", &["--json"]);
    assert!(stdout(&output).contains("CERT \\u001b[31m\\u202eBeta\\nx"), "{}", stdout(&output));
}

#[test]
fn an_old_copy_offers_no_key_that_has_ended_since() {
    let (_folder, site) = built_sample();
    let card = |team: &str, day: &str| {
        let answer = json(&look_up(team, &site, day, &["--json"]));
        let team = answer["matches"][0]["team"].clone();
        assert_eq!(team["keys"].as_array().unwrap().len(), team["key_ends"].as_array().unwrap().len(), "{team}");
        team
    };
    // One of its two ends with the year; another team's cannot be encrypted to before it ends; one has no end.
    assert_eq!(card("pelanduk-cert", "2026-12-31")["key_ends"], serde_json::json!(["2028-08-08", "2026-12-31"]));
    let both = card("pelanduk-cert", "2026-12-31")["keys"].clone();
    let later = card("pelanduk-cert", "2027-01-01");
    assert_eq!((&later["keys"], &later["key_ends"]), (&serde_json::json!([both[0]]), &serde_json::json!(["2028-08-08"])));
    assert_eq!(card("karee-csirt", "2027-02-15")["key_ends"], serde_json::json!(["2027-02-15"]));
    assert_eq!(card("karee-csirt", "2027-02-16")["keys"], serde_json::json!([]));
    assert_eq!(card("sakura-cirt", "2099-01-01")["key_ends"], serde_json::json!([null]));
    // Before the day for which the site was built nothing comes back.
    assert_eq!(card("quillback-cirt", "2026-10-01")["keys"], serde_json::json!([]));

    let docs = crate::common::text(&sample().join("docs/lookup.md"));
    let shown = docs.split("$ peerage lookup 192.0.2.17 public\n").nth(1).unwrap().split("```").next().unwrap();
    assert_eq!(stdout(&look_up("192.0.2.17", &site, "2026-11-21", &[])), shown, "as the documentation shows it");

    let said = |day: &str| stdout(&look_up("pelanduk-cert", &site, day, &[]));
    assert!(said("2026-11-21").contains(", until 2028-08-08\n") && said("2026-11-21").contains(", until 2026-12-31\n"));
    let late = said("2027-01-01");
    assert!(!late.contains("2026-12-31") && late.contains("a key that has is left out"), "{late}");
    // A file that does not say how keys end is read, and nothing is made up.
    for (path, bytes) in crate::common::tree(&site) {
        let text = String::from_utf8_lossy(&bytes);
        if path.starts_with("lookup") && text.contains("\"key_ends\":[\"2028-08-08\",\"2026-12-31\"],") {
            write(&site.join(path), text.replace("\"key_ends\":[\"2028-08-08\",\"2026-12-31\"],", ""));
        }
    }
    let unknown = card("pelanduk-cert", "2027-01-01");
    assert_eq!((&unknown["keys"], &unknown["key_ends"]), (&both, &serde_json::json!([null, null])));
}

#[test]
fn who_answers_for_parts_is_told_where_they_are_few_and_how_many_where_they_are_not() {
    let project = two_teams();
    for folder in [project.path().to_path_buf(), built(project.path())] {
        let ask = |query: &str| look_up(query, &folder, "2026-11-21", &[]);
        let parts = stdout(&ask("192.0.0.0/8"));
        assert!(parts.starts_with("CERT Alpha") && parts.contains("because    it answers for a part: 192.0.2.0/24\n"), "{parts}");
        let half = stdout(&ask("192.0.2.0/24"));
        assert!(
            half.contains("it answers for 192.0.2.0/24\n") && half.contains("it answers for a part: 192.0.2.128/25\n"),
            "{half}"
        );
        let other = ask("192.0.3.0/24");
        assert_eq!((stdout(&other), other.status.code()), (String::new(), Some(1)));
    }
    let nets: Vec<String> = (0..51).map(|at| format!("198.51.100.{at}/32")).chain(["198.51.100.0/31".to_owned()]).collect();
    let ask_at = |folder: &Path, query: &str| look_up(query, folder, "2026-11-21", &[]);
    let many = format!("name: Many\ncountry: AT\nconstituency: {{networks: [{}]}}\n", nets.join(", "));
    write(&project.path().join("content/teams/many.yaml"), many);
    for folder in [project.path().to_path_buf(), built(project.path())] {
        // Of one team with many parts the largest is told.
        let many = stdout(&ask_at(&folder, "198.51.0.0/16"));
        assert!(many.starts_with("Many, Austria (many)\n"), "{many}");
        assert_eq!(many.matches("it answers for a part: 198.51.100.0/31\n").count(), 1, "{many}");
        assert_eq!(many.matches("it answers for a part").count(), 1, "{many}");
        assert!(many.contains("There are 52 claims to parts of 198.51.0.0/16: of each team the largest is shown."), "{many}");
        let some = stdout(&ask_at(&folder, "198.51.100.0/27"));
        assert_eq!(some.matches("it answers for a part: 198.51.100.").count(), 33, "{some}");
    }
    for at in 0..51 {
        let one = format!("name: One {at}\ncountry: AT\nconstituency: {{networks: [203.0.113.{at}/32]}}\n");
        write(&project.path().join(format!("content/teams/one-{at}.yaml")), one);
    }
    for folder in [project.path().to_path_buf(), built(project.path())] {
        let many = ask_at(&folder, "203.0.113.0/24");
        assert_eq!((stdout(&many), many.status.code()), (String::new(), Some(0)));
        let said = stderr(&many);
        assert!(said.starts_with("Too many were found to show any for `203.0.113.0/24` in "), "{said}");
        assert!(said.contains("There are 51 claims to parts of 203.0.113.0/24, too many to show: ask for a part"), "{said}");
    }
}
