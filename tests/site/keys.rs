//! What is handed out of the teams' keys, to whom, and what pages say of those that are not. Keys are those of the sample
//! directory, and some made by `tests/site/keys/make`.

use super::{TODAY, bytes, page, project, sample, with_site, with_site_on, without_scripts};
use peerage::assess::{assess, end_of_day};
use peerage::config::Config;
use peerage::load::load;
use peerage::openpgp::read;
use peerage::site::{Site, SitePath, dead_links, plan, theme};
use serde_json::Value;
use std::fs;

/// A key of the sample, of this test, or of that of the reader, as its file holds it.
fn key(file: &str) -> String {
    let folders = ["content/teams", "tests/site/keys", "tests/openpgp/keys", "tests/smime"].map(|folder| sample().join(folder));
    folders.iter().find_map(|folder| fs::read_to_string(folder.join(file)).ok()).unwrap_or_else(|| panic!("there is no {file}"))
}

/// A team with one key file: the address that it has, where its key is from, and its history.
struct Team(&'static str, &'static str, &'static str, &'static str);

/// The history of an accredited team, and the beginning of that of others.
const ACCREDITED: &str = "{level: accredited, since: 2010-01-01}";

/// Of every status and every state of a key, one.
const TEAMS: &[Team] = &[
    Team("certified", "cert@alpha.example", "cert-alpha.asc", "{level: certified, since: 2024-05-01}"),
    Team("candidate", "csirt@fuiseog.example", "fuiseog-csirt.asc", "{level: certification-candidate, since: 2026-05-01}"),
    Team("accredited", "csirt@alkyoni.example", "alkyoni-csirt.asc", ACCREDITED),
    Team("lapsed", "csirt@huard.example", "huard-csirt.asc", "{level: certified, since: 2020-05-01}"),
    Team("listed", "csirt@arfaj.example", "arfaj-csirt.asc", "{level: listed, since: 2020-01-01}"),
    Team("unknown", "cirt@sakurabuchi.example", "sakura-cirt.asc", ""),
    Team(
        "suspended",
        "cert@dalmuri.example",
        "dalmuri-cert.asc",
        "{level: certified, since: 2024-05-01}, {state: suspended, since: 2026-11-01}",
    ),
    Team(
        "withdrawn",
        "csirt@azulejo.example",
        "azulejo-csirt.asc",
        "{level: accredited, since: 2010-01-01}, {state: withdrawn, since: 2026-11-01}",
    ),
    Team("expired", "cirt@quillback.example", "quillback-cirt.asc", ACCREDITED),
    Team("revoked", "csirt@zlutasek.example", "zlutasek-csirt.asc", ACCREDITED),
    Team("signs", "csirt@leuchtfeuer.example", "leuchtfeuer-csirt.asc", ACCREDITED),
    Team("stranger", "cert@beta.example", "papyrus-cert.asc", ACCREDITED),
    Team("mail", "cert@mbuyu.example", "mbuyu-cert.pem", ACCREDITED),
];

/// The ids of the teams whose key is offered.
const OFFERED: [&str; 8] = ["accredited", "candidate", "certified", "lapsed", "listed", "mail", "suspended", "unknown"];

fn files(teams: &[Team]) -> Vec<(String, String)> {
    let of_team = |Team(id, address, file, status): &Team| {
        let status = if status.is_empty() { String::new() } else { format!("status: [{status}]\n") };
        let entry = format!("name: {id}\ncountry: DE\ncontact: {{emails: [{{address: {address}}}]}}\n{status}");
        let (_, ending) = file.rsplit_once('.').unwrap();
        [(format!("content/teams/{id}.yaml"), entry), (format!("content/teams/{id}.{ending}"), key(file))]
    };
    teams.iter().flat_map(of_team).collect()
}

fn project_of(teams: &[Team], more: &[(&str, &str)]) -> tempfile::TempDir {
    let files = files(teams);
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    project(&[&files, more].concat())
}

fn json(site: &Site<'_>, path: &str) -> Value {
    serde_json::from_slice(&bytes(site, path)).unwrap()
}

/// The fingerprints of the OpenPGP keys in a file, in its order. A file of text is read block by block.
fn fingerprints(site: &Site<'_>, path: &str) -> Vec<String> {
    const BEGIN: &str = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
    let bytes = bytes(site, path);
    let blocks: Vec<Vec<u8>> = match std::str::from_utf8(&bytes) {
        Ok(text) => text.split(BEGIN).skip(1).map(|block| format!("{BEGIN}{block}").into_bytes()).collect(),
        Err(_) => vec![bytes],
    };
    let keys = blocks.iter().flat_map(|block| read(block).unwrap());
    keys.map(|key| key.fingerprint().digits().to_owned()).collect()
}

/// The user ids of the keys in a file, each key's together.
fn user_ids(site: &Site<'_>, path: &str) -> Vec<Vec<String>> {
    let at = end_of_day(TODAY.parse().unwrap());
    let keys = read(&bytes(site, path)).unwrap();
    keys.iter().map(|key| key.as_of(at).user_ids.into_iter().map(|id| id.text).collect()).collect()
}

/// The teams of an index, by a condition.
fn teams(index: &Value, meets: impl Fn(&Value) -> bool) -> Vec<String> {
    let keys = index["keys"].as_array().unwrap().iter().filter(|key| meets(key));
    let mut teams: Vec<String> = keys.map(|key| key["team"].as_str().unwrap().to_owned()).collect();
    teams.sort();
    teams
}

#[test]
fn only_keys_that_work_are_offered() {
    with_site(project_of(TEAMS, &[]).path(), |site, _| {
        let index = json(site, "keys.json");
        assert_eq!(teams(&index, |key| key["offered"] == true), OFFERED);
        for Team(id, ..) in TEAMS {
            let ending = if *id == "mail" { "pem" } else { "asc" };
            let path = SitePath::new(format!("teams/{id}.{ending}")).unwrap();
            assert_eq!(site.contains(&path), OFFERED.contains(id), "{id}");
            let html = page(site, &format!("teams/{id}.html"));
            // Nobody is to look for a key of a team that has withdrawn.
            let is_told = !OFFERED.contains(id) && *id != "withdrawn";
            assert_eq!(html.contains("None that is known to work today"), is_told, "{id}");
            assert_eq!(html.contains("it is not for encryption"), !OFFERED.contains(id), "{id}");
            assert_eq!(html.contains("key-off"), !OFFERED.contains(id), "{id}");
        }
    });
}

#[test]
fn tools_are_told_of_keys_that_are_offered_and_of_those_that_nobody_has_read() {
    let entry = |end: &str, print: char| {
        let print = print.to_string().repeat(40);
        format!("name: A\ncountry: DE\nstatus: [{ACCREDITED}]\nkeys: [{{fingerprint: {print}{end}}}]\n")
    };
    let (ahead, past, open) = (entry(", expires: 2026-11-21", 'A'), entry(", expires: 2026-11-20", 'B'), entry("", 'C'));
    let stated = [("content/teams/x1.yaml", ahead.as_str()), ("content/teams/x2.yaml", &past), ("content/teams/x3.yaml", &open)];
    with_site(project_of(TEAMS, &stated).path(), |site, _| {
        let file = json(site, "directory/teams.json");
        let keys = file.as_array().unwrap().iter().flat_map(|team| team["pgp_keys"].as_array().unwrap());
        let mut named: Vec<String> = keys.map(|key| key["fingerprint"].as_str().unwrap().replace(' ', "")).collect();
        named.sort();
        let index = json(site, "keys.json");
        let offered = ["accredited", "candidate", "certified", "lapsed", "listed"];
        let of_index = index["keys"].as_array().unwrap().iter().filter(|key| offered.contains(&key["team"].as_str().unwrap()));
        let mut expected: Vec<String> = of_index.map(|key| key["fingerprint"].as_str().unwrap().to_owned()).collect();
        expected.extend(['A', 'B', 'C'].map(|digit| digit.to_string().repeat(40)));
        expected.sort();
        assert_eq!(named, expected);
    });
}

#[test]
fn pages_say_of_a_key_only_what_is_true_today() {
    with_site(project_of(TEAMS, &[]).path(), |site, _| {
        let key = |team: &str| page(site, &format!("teams/{team}.html")).split_once("<h2 id=keys>").unwrap().1.to_owned();
        let revoked = key("revoked");
        assert!(revoked.contains("revoked on <time>2026-10-19<") && !revoked.contains("no end"), "{revoked}");
        assert!(!revoked.contains("<dt>Encryption") && revoked.contains("to check old signatures with"), "{revoked}");
        assert!(key("expired").contains("it was possible until") && key("expired").contains("could be encrypted"));
        assert!(key("signs").contains("to check signatures with") && key("withdrawn").contains("to check old signatures with"));
        assert!(!key("withdrawn").contains("be encrypted to it from"));
        assert!(key("stranger").contains("1 other user id") && !key("stranger").contains("papyrus"), "{}", key("stranger"));
        let index = json(site, "keys.json");
        let entry = index["keys"].as_array().unwrap().iter().find(|key| key["team"] == "stranger").unwrap();
        assert_eq!((&entry["user_ids"], &entry["other_user_ids"]), (&Value::Array(Vec::new()), &1.into()));
        assert!(page(site, "expiring.html").contains("a key that ends needs somebody"));
    });
}

#[test]
fn keyrings_follow_the_level_of_the_day() {
    with_site(project_of(TEAMS, &[]).path(), |site, _| {
        let index = json(site, "keys.json");
        let team_of = |print: &str| -> String { teams(&index, |key| key["fingerprint"] == print).concat() };
        for (ring, expected) in [
            ("all", &["accredited", "candidate", "certified", "lapsed", "listed", "suspended", "unknown"][..]),
            ("accredited", &["accredited", "candidate", "certified", "lapsed"]),
            ("certified", &["certified"]),
        ] {
            let text = fingerprints(site, &format!("keys/{ring}.asc"));
            assert_eq!(text, fingerprints(site, &format!("keys/{ring}.gpg")), "{ring}");
            assert!(text.is_sorted(), "{ring}");
            let mut teams: Vec<String> = text.iter().map(|print| team_of(print)).collect();
            teams.sort();
            assert_eq!(teams, expected, "{ring}");
            let listed = index["keyrings"].as_array().unwrap().iter().find(|one| one["id"] == ring).unwrap();
            assert_eq!(listed["keys"], expected.len());
            assert_eq!(listed["armoured"], format!("keys/{ring}.asc"));
        }
    });
}

#[test]
fn every_key_that_was_read_can_be_had_alone() {
    with_site(project_of(TEAMS, &[]).path(), |site, _| {
        let index = json(site, "keys.json");
        let keys = index["keys"].as_array().unwrap();
        assert_eq!(keys.len(), TEAMS.len());
        assert!(keys.iter().map(|key| key["fingerprint"].as_str().unwrap()).is_sorted());
        for key in keys {
            let path = key["href"].as_str().unwrap();
            if key["kind"] == "smime" {
                let text = String::from_utf8(bytes(site, path)).unwrap();
                assert_eq!(peerage::smime::read(text.as_bytes()).unwrap()[0].fingerprint.digits(), key["fingerprint"]);
                continue;
            }
            assert_eq!(fingerprints(site, path), [key["fingerprint"].as_str().unwrap()]);
            let ids = user_ids(site, path);
            assert_eq!(ids.len(), 1);
            let own: Vec<&str> = key["user_ids"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|id| id["own"] == true)
                .map(|id| id["text"].as_str().unwrap())
                .collect();
            if own.is_empty() {
                assert_eq!(ids[0].len(), 1, "without any it could not be imported: {path}");
            } else {
                assert_eq!(ids[0], own, "{path}");
            }
        }
    });
}

#[test]
fn the_index_says_what_the_keys_say() {
    with_site(project_of(TEAMS, &[]).path(), |site, _| {
        let index = json(site, "keys.json");
        assert_eq!(
            (&index["format"], &index["version"], &index["computed_for"]),
            (&"peerage/keys".into(), &1.into(), &TODAY.into())
        );
        let of = |team: &str| index["keys"].as_array().unwrap().iter().find(|key| key["team"] == team).unwrap();
        let certified = of("certified");
        assert_eq!(
            (&certified["created"], &certified["expires"], &certified["valid_until"]),
            (&"2022-03-01".into(), &"2028-03-01".into(), &"2028-03-01".into())
        );
        assert_eq!(certified["algorithm"], "elliptic curve Ed25519");
        assert_eq!(certified["can_encrypt"], true);
        // Its expiry was put off later.
        assert_eq!(of("lapsed")["expires"], "2028-05-07");
        assert_eq!(of("unknown")["expires"], Value::Null);
        let revoked = of("revoked");
        assert_eq!((&revoked["revoked"]["on"], &revoked["revoked"]["reason"]), (&"2026-10-19".into(), &"compromised".into()));
        assert_eq!((&revoked["can_encrypt"], &revoked["valid_until"]), (&false.into(), &Value::Null));
        assert_eq!((&of("signs")["can_encrypt"], &of("expired")["expires"]), (&false.into(), &"2026-10-31".into()));
        assert_eq!(of("mail")["kind"], "smime");
        let rules = |team: &str| {
            of(team)["flags"].as_array().unwrap().iter().map(|flag| flag["rule"].as_str().unwrap()).collect::<Vec<_>>().concat()
        };
        assert_eq!(
            (rules("revoked"), rules("expired"), rules("signs")),
            ("key-revoked".into(), "key-expired".into(), "cannot-encrypt".into())
        );
        let api = json(site, "api/v1/teams.json");
        let team = api["teams"].as_array().unwrap().iter().find(|team| team["id"] == "certified").unwrap();
        for fact in ["kind", "read", "created", "expires", "revoked", "algorithm", "can_encrypt", "offered", "href"] {
            assert_eq!(team["keys"][0][fact], certified[fact], "{fact}");
        }
    });
}

#[test]
fn what_is_only_stated_is_called_so_and_never_offered() {
    let print = "945C 2808 4340 505C 36CC FA6B CA51 9536 60F3 B29B";
    let entry = format!("name: A\ncountry: DE\nstatus: [{ACCREDITED}]\nkeys: [{{fingerprint: {print}, expires: 2027-01-01}}]\n");
    let project = project(&[("content/teams/a.yaml", &entry), ("content/teams/b.yaml", "name: B\ncountry: DE\n")]);
    with_site(project.path(), |site, _| {
        let html = page(site, "teams/a.html");
        assert!(html.contains("the key itself was not given to us") && html.contains("None that is known to work today"));
        assert!(!html.contains("<svg viewBox=\"0 0 1000 20\"") && !html.contains(".asc"), "{html}");
        assert!(page(site, "teams/b.html").contains("None is known"));
        let index = json(site, "keys.json");
        let key = &index["keys"][0];
        assert_eq!(
            (&key["read"], &key["offered"], &key["expires"], &key["href"]),
            (&false.into(), &false.into(), &Value::Null, &Value::Null)
        );
        assert_eq!(key["stated_expires"], "2027-01-01");
        assert_eq!(json(site, "directory/teams.json")[0]["pgp_keys"][0]["expires"], "2027-01-01");
        let list = page(site, "keys.html");
        assert!(list.contains("<td>none") && list.contains("was not given to us"), "{list}");
        for file in ["keys/all.asc", "keys/all.gpg", "teams/a.asc"] {
            assert!(!site.contains(&SitePath::new(file).unwrap()), "{file}");
        }
    });
}

#[test]
fn the_key_counts_and_not_what_was_typed_beside_it() {
    let print = read(key("cert-alpha.asc").as_bytes()).unwrap()[0].fingerprint().to_string();
    let entry = format!(
        "name: A\ncountry: DE\ncontact: {{emails: [{{address: cert@alpha.example}}]}}\nstatus: [{ACCREDITED}]\nkeys: [{{fingerprint: {print}, expires: 2027-01-01}}]\n"
    );
    let project = project(&[("content/teams/a.yaml", &entry), ("content/teams/a.asc", &key("cert-alpha.asc"))]);
    with_site(project.path(), |site, _| {
        assert_eq!(json(site, "directory/teams.json")[0]["pgp_keys"][0]["expires"], "2028-03-01");
        let key = &json(site, "api/v1/teams.json")["teams"][0]["keys"][0];
        assert_eq!((&key["expires"], &key["stated_expires"]), (&"2028-03-01".into(), &"2027-01-01".into()));
        let html = page(site, "teams/a.html");
        // The entry itself stands there as it was typed.
        let said = html.split("id=entry").next().unwrap();
        assert!(said.contains("2028-03-01") && !said.contains("2027-01-01"), "{said}");
    });
}

/// Where a Web Key Directory has `desk`, as GnuPG computes it.
const DESK: &str = "hu/e5uh9ery1r9w5moa5ybpyoq6xiursr8n";

#[test]
fn the_web_key_directory_answers_for_addresses_and_for_nothing_else() {
    let mut teams = vec![
        Team("one", "desk@shared.example", "shared-one.asc", ACCREDITED),
        Team("expired", "cirt@quillback.example", "quillback-cirt.asc", ACCREDITED),
    ];
    let settings = "title: T\nformats: [web-key-directory]\nbase_url: https://shared.example/\nweb_key_directory: [Shared.example, quillback.example]\n";
    with_site(project_of(&teams, &[("content/site.yaml", settings)]).path(), |site, _| {
        let found: Vec<&str> = site.paths().map(SitePath::as_str).filter(|path| path.contains("openpgpkey/")).collect();
        let folders = ["openpgpkey/shared.example", ".well-known/openpgpkey/shared.example", ".well-known/openpgpkey"];
        let mut expected: Vec<String> =
            folders.iter().flat_map(|folder| [format!("{folder}/{DESK}"), format!("{folder}/policy")]).collect();
        expected.sort();
        assert_eq!(found, expected);
        for folder in folders {
            assert_eq!(user_ids(site, &format!("{folder}/{DESK}")), [["One <Desk@shared.example>"]]);
        }
        assert!(page(site, "keys.html").contains("This site can answer for: <code>shared.example</code>"));
    });
    // Where a second team gives the address with another key, none is handed out.
    teams.push(Team("two", "Desk@shared.example", "shared-two.asc", ""));
    with_site(project_of(&teams, &[("content/site.yaml", settings)]).path(), |site, _| {
        assert!(!site.paths().any(|path| path.as_str().contains("openpgpkey/")));
    });
}

#[test]
fn trees_for_the_owners_of_domains_are_written_where_they_are_asked_for() {
    let teams = [Team("one", "desk@shared.example", "shared-one.asc", ACCREDITED)];
    let settings = "title: T\nweb_key_directory: [shared.example]\nformats: []\n";
    with_site(project_of(&teams, &[("content/site.yaml", settings)]).path(), |site, _| {
        let has = |folder: &str| site.contains(&SitePath::new(format!("{folder}/policy")).unwrap());
        assert!(has(".well-known/openpgpkey/shared.example") && !has("openpgpkey/shared.example"));
        let keys = page(site, "keys.html");
        assert!(keys.contains("This site can answer for: <code>shared.example</code>") && !keys.contains("openpgpkey/DOMAIN"));
    });
}

#[test]
fn a_site_below_a_path_is_not_asked_for_the_keys_of_its_host() {
    let teams = [Team("one", "desk@shared.example", "shared-one.asc", ACCREDITED)];
    let settings =
        "title: T\nformats: [web-key-directory]\nbase_url: https://shared.example/x/\nweb_key_directory: [shared.example]\n";
    with_site(project_of(&teams, &[("content/site.yaml", settings)]).path(), |site, _| {
        let has = |folder: &str| site.contains(&SitePath::new(format!("{folder}/policy")).unwrap());
        assert!(
            has("openpgpkey/shared.example") && has(".well-known/openpgpkey/shared.example") && !has(".well-known/openpgpkey")
        );
    });
}

#[test]
fn what_a_stranger_wrote_into_a_key_is_only_text() {
    let teams = [Team("evil", "evil@evil.example", "hostile.asc", ACCREDITED)];
    with_site(project_of(&teams, &[]).path(), |site, _| {
        for path in ["teams/evil.html", "keys.html"] {
            let html = without_scripts(site, &page(site, path));
            assert!(!html.contains("<script") && !html.contains("<b>") && !html.contains('\u{202e}'), "{path}");
        }
        let html = page(site, "teams/evil.html");
        assert!(html.contains("<bdi>&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\u{fffd} &lt;b&gt; xxx"), "{html}");
        assert!(html.contains("and 12 other user ids<") && !html.contains(&"x".repeat(80)), "{html}");
        assert_eq!(user_ids(site, "teams/evil.asc")[0].len(), 1);
    });
}

#[test]
fn the_list_of_keys_tells_what_ends_and_what_is_off() {
    let mut teams: Vec<Team> = TEAMS.iter().map(|Team(id, address, file, status)| Team(id, address, file, status)).collect();
    teams.push(Team("ending", "csirt@coquelicot.example", "coquelicot-csirt.asc", ACCREDITED));
    teams.push(Team("subkey", "csirt@karee.example", "karee-csirt.asc", ACCREDITED));
    // Nobody has read its key; it would end soon.
    let stated = "name: gone\ncountry: DE\nstatus: [{level: listed, since: 2010-01-01}, {state: withdrawn, since: 2026-11-01}]\n\
                  keys: [{fingerprint: 945C 2808 4340 505C 36CC FA6B CA51 9536 60F3 B29B, expires: 2027-01-05}]\n";
    with_site(project_of(&teams, &[("content/teams/gone.yaml", stated)]).path(), |site, assessment| {
        let html = page(site, "keys.html");
        let ids = |section: &str| -> Vec<&str> {
            let table = html.split_once(&format!("<h2 id=\"{section}\">")).unwrap().1.split("</table>").next().unwrap();
            table.split("href=\"teams/").skip(1).map(|rest| rest.split(".html").next().unwrap()).collect()
        };
        assert_eq!(ids("soon"), ["ending", "subkey", "accredited"]);
        assert_eq!(ids("off"), ["expired", "gone", "revoked", "signs", "stranger", "withdrawn"]);
        assert_eq!(ids("all").len(), teams.len() + 1);
        assert_eq!(dead_links(site, assessment.directory, &|_| None).unwrap(), []);
    });
}

#[test]
fn a_long_list_of_keys_is_split() {
    let print = |at: usize| format!("{at:040X}");
    let files: Vec<(String, String)> = (1..=400)
        .map(|at| {
            (format!("content/teams/t{at}.yaml"), format!("name: N\ncountry: DE\nkeys: [{{fingerprint: \"{}\"}}]\n", print(at)))
        })
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    with_site(project(&files).path(), |site, assessment| {
        let pages: Vec<&SitePath> = site.paths().filter(|path| path.as_str().starts_with("keys") && path.is_page()).collect();
        assert!(pages.len() > 2 && pages.iter().any(|path| path.as_str() == "keys/page/2.html"), "{pages:?}");
        let rows: usize = pages.iter().map(|path| page(site, path.as_str()).matches("class=name").count()).sum();
        assert_eq!(rows, 400);
        assert!(pages.iter().all(|path| page(site, path.as_str()).len() < 150_000));
        assert_eq!(dead_links(site, assessment.directory, &|_| None).unwrap(), []);
    });
}

#[test]
fn hidden_folders_survive_hosts_that_would_drop_them() {
    with_site(project(&[]).path(), |site, _| assert_eq!(bytes(site, ".nojekyll"), b""));
    with_site(project(&[("static/.nojekyll", "own")]).path(), |site, _| assert_eq!(bytes(site, ".nojekyll"), b"own"));
}

#[test]
fn the_domains_of_the_settings_are_checked() {
    let settings = |domains: &str| Config::read(&format!("title: T\nweb_key_directory: [{domains}]\n"), "site.yaml");
    let (config, findings) = settings("Alpha.example, b\u{fc}cher.example");
    assert_eq!(findings, []);
    let names: Vec<String> = config.unwrap().web_key_directory.iter().map(|domain| domain.name().to_owned()).collect();
    assert_eq!(names, ["alpha.example", "xn--bcher-kva.example"]);
    let many = (0..51).map(|at| format!("d{at}.example")).collect::<Vec<_>>().join(", ");
    for (bad, rule) in
        [("'https://alpha.example/'", "invalid-domain"), ("cert@alpha.example", "invalid-domain"), (&many, "list-too-long")]
    {
        let rules: Vec<&str> = settings(bad).1.iter().map(|finding| finding.rule.id()).collect();
        assert_eq!(rules, [rule], "{bad}");
    }
}

#[test]
fn the_key_that_the_entry_names_first_comes_first() {
    let print = |file: &str| read(key(file).as_bytes()).unwrap()[0].fingerprint().clone();
    let (one, two) = (print("shared-one.asc"), print("shared-two.asc"));
    for (first, second) in [(&one, &two), (&two, &one)] {
        let entry = format!(
            "name: A\ncountry: DE\ncontact: {{emails: [{{address: desk@shared.example}}]}}\nkeys: [{{fingerprint: {first}}}, {{fingerprint: {second}}}]\n"
        );
        let files = [
            ("content/teams/a.yaml", entry.as_str()),
            ("content/teams/a.asc", &key("shared-one.asc")),
            ("content/teams/a.2.asc", &key("shared-two.asc")),
        ];
        with_site(project(&files).path(), |site, _| {
            let expected = [first, second].map(|print| print.digits().to_owned());
            assert_eq!(fingerprints(site, "teams/a.asc"), expected);
            assert_eq!(fingerprints(site, &format!("openpgpkey/shared.example/{DESK}")), expected, "GnuPG takes the first");
            assert!(fingerprints(site, "keys/all.asc").is_sorted());
        });
    }
}

#[test]
fn a_key_that_two_teams_share_is_cut_down_to_each() {
    let teams = [
        Team("one", "cert@alpha.example", "cert-alpha.asc", ACCREDITED),
        Team("two", "abuse@alpha.example", "cert-alpha.asc", ""),
    ];
    with_site(project_of(&teams, &[]).path(), |site, _| {
        let index = json(site, "keys.json");
        let print = index["keys"][0]["fingerprint"].as_str().unwrap();
        for path in [format!("keys/{print}.asc"), "keys/all.asc".to_owned()] {
            assert_eq!(fingerprints(site, &path), [print, print], "{path}: one after the other, which importers put together");
        }
        assert_eq!(index["keyrings"][0]["keys"], 1);
        assert_eq!(
            user_ids(site, "keys/all.gpg").concat(),
            ["CERT Alpha <cert@alpha.example>", "CERT Alpha <abuse@alpha.example>"]
        );
        assert_eq!(user_ids(site, "keys/accredited.gpg").concat(), ["CERT Alpha <cert@alpha.example>"]);
    });
}

#[test]
fn a_file_of_the_operators_does_not_replace_one_with_keys() {
    let teams = [Team("one", "desk@shared.example", "shared-one.asc", ACCREDITED)];
    for bad in ["keys.json", "keys/all.asc", "teams/one.asc", "openpgpkey/shared.example/policy"] {
        let file = format!("static/{bad}");
        let project = project_of(&teams, &[(&file, "x")]);
        let directory = load(project.path()).unwrap().0.unwrap();
        let assessment = assess(&directory, TODAY.parse().unwrap());
        let theme = theme(project.path(), &assessment).unwrap();
        let (site, findings) = plan(&assessment, &theme, project.path());
        let found: Vec<_> = findings.iter().map(|finding| (finding.rule.id(), &*finding.place.file)).collect();
        assert_eq!(found, [("file-name", file.as_str())]);
        assert_ne!(bytes(&site, bad), b"x");
    }
}

#[test]
fn each_address_of_a_key_has_a_file_of_its_own_in_which_it_stands_once() {
    let both = "name: A\ncountry: DE\ncontact: {emails: [{address: cert@alpha.example}, {address: abuse@alpha.example}]}\n";
    let files = [("content/teams/a.yaml", both), ("content/teams/a.asc", &*key("cert-alpha.asc"))];
    let of_two = [&files[..], &[("content/teams/b.yaml", both), files[1]], &[("content/teams/b.asc", files[1].1)]].concat();
    let answers = |files: &[(&str, &str)]| {
        let mut found = Vec::new();
        with_site(project(files).path(), |site, _| {
            let paths = site.paths().map(SitePath::as_str).filter(|path| path.starts_with("openpgpkey/alpha.example/hu/"));
            found.extend(paths.map(|path| (user_ids(site, path), bytes(site, path))));
        });
        found
    };
    let found = answers(&files);
    let mut ids: Vec<_> = found.iter().map(|(ids, _)| ids.concat()).collect();
    ids.sort();
    assert_eq!(ids, [["CERT Alpha <abuse@alpha.example>"], ["CERT Alpha <cert@alpha.example>"]]);
    assert_eq!(answers(&of_two), found, "two teams have the key and the addresses");
}

#[test]
fn keys_that_only_new_software_reads_stand_apart() {
    let entry = |address: &str| format!("name: A\ncountry: DE\nstatus: [{ACCREDITED}]\ncontact: {{emails: [{address}]}}\n");
    let (both, new) = (entry("{address: cert@alpha.example}, {address: csirt@v6.example}"), entry("{address: csirt@v6.example}"));
    let files = [
        ("content/teams/both.yaml", both.as_str()),
        ("content/teams/both.asc", &key("v6.asc")),
        ("content/teams/both.2.asc", &key("cert-alpha.asc")),
        ("content/teams/new.yaml", new.as_str()),
        ("content/teams/new.asc", &key("v6.asc")),
    ];
    let print = |file: &str| read(key(file).as_bytes()).unwrap()[0].fingerprint().digits().to_owned();
    let (old, new) = (print("cert-alpha.asc"), print("v6.asc"));
    // The day on which the newer of them was made.
    with_site_on("2026-11-22", project(&files).path(), |site, _| {
        for ring in ["all", "accredited"] {
            assert_eq!(fingerprints(site, &format!("keys/{ring}.asc")), [old.as_str()], "{ring}");
            assert_eq!(fingerprints(site, &format!("keys/{ring}-rfc9580.gpg")), [new.as_str()], "{ring}");
        }
        assert_eq!(fingerprints(site, "teams/both.asc"), [old.as_str()]);
        assert_eq!(fingerprints(site, "teams/new.asc"), [new.as_str()]);
    });
}

/// Of the one key the end stands with a user id of another team, of the other an address is another team's.
#[test]
fn no_key_is_handed_out_with_an_address_of_another_team() {
    let keys = [
        Team("speaks", "csirt@other-speaks.example", "other-speaks.asc", ACCREDITED),
        Team("mail", "cert@alpha.example", "rsa.pem", ACCREDITED),
    ];
    let fingerprint = |site: &Site<'_>, id: &str| {
        let keys = json(site, "keys.json");
        keys["keys"].as_array().unwrap().iter().find(|key| key["team"] == *id).unwrap()["fingerprint"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let other = |address: &str| format!("name: Other {address}\ncountry: DE\ncontact: {{emails: [{{address: {address}}}]}}\n");
    let (abuse, duty) = (other("abuse@other-speaks.example"), other("duty@alpha.example"));
    let others = [("content/teams/abuse.yaml", abuse.as_str()), ("content/teams/duty.yaml", duty.as_str())];
    with_site(project_of(&keys, &[]).path(), |site, assessment| {
        assert!(
            keys.iter().all(|Team(id, ..)| assessment.team(&id.parse().unwrap()).unwrap().keys[0].offered),
            "nobody else has them"
        );
        let whole = String::from_utf8(bytes(site, "teams/speaks.asc")).unwrap();
        assert_eq!(read(whole.as_bytes()).unwrap()[0].as_of(end_of_day(TODAY.parse().unwrap())).user_ids.len(), 2);
    });
    let project = project_of(&keys, &others);
    with_site(project.path(), |site, assessment| {
        let told = |id: &str, address: &str| {
            let team = assessment.team(&id.parse().unwrap()).unwrap();
            assert!(!team.keys[0].offered, "{id}");
            let flag = format!("is not offered: it carries {address}, an address of another team");
            assert!(team.flags.iter().any(|one| one.kind.to_string().contains(&flag)), "{:?}", team.flags);
            assert!(page(site, &format!("teams/{id}.html")).contains(&flag));
        };
        told("speaks", "abuse@other-speaks.example");
        told("mail", "duty@alpha.example");
        let alone = [("speaks", "asc"), ("mail", "pem")].map(|(id, ending)| format!("keys/{}.{ending}", fingerprint(site, id)));
        for path in ["teams/speaks.asc", "teams/mail.pem", &alone[0], &alone[1]] {
            assert!(!site.contains(&SitePath::new(path).unwrap()), "{path}");
        }
        let mut findings = Vec::new();
        peerage::check::check(assessment, &mut findings);
        let told: Vec<String> = findings.iter().map(|finding| format!("{}: {}", finding.rule.id(), finding.message)).collect();
        for (address, id) in [("abuse@other-speaks.example", "abuse"), ("duty@alpha.example", "duty")] {
            let expected = format!("shared-key: the key carries {address}, an address of `{id}`, and is not offered");
            assert_eq!(told.iter().filter(|one| **one == expected).count(), 1, "{told:?}");
        }
        let links = dead_links(site, assessment.directory, &|_| None).unwrap();
        assert!(links.is_empty(), "{links:?}");
    });
}

#[test]
fn below_a_path_no_web_key_directory_is_found() {
    let told = |base: &str| {
        let settings = format!("title: T\nsample: true\nbase_url: {base}\nweb_key_directory: [alpha.example]\n");
        let keys = [Team("alpha", "cert@alpha.example", "cert-alpha.asc", ACCREDITED)];
        let project = project_of(&keys, &[("content/site.yaml", &settings)]);
        let directory = load(project.path()).unwrap().0.unwrap();
        let mut findings = Vec::new();
        peerage::check::check(&assess(&directory, TODAY.parse().unwrap()), &mut findings);
        findings.retain(|finding| finding.rule.id() == "unused-domain");
        findings.iter().map(|finding| finding.message.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(told("https://openpgpkey.alpha.example/"), [""; 0]);
    let expected =
        "no mail program finds the keys for alpha.example: the site stands at https://d.example/x/, not at the root of a host";
    assert_eq!(told("https://d.example/x/"), [expected]);
}
