//! Tables as other programs write them: quotes, lines and separators.

use super::{load, loaded, notes, team};
use crate::common::{self, project, stderr};
use peerage::import;
use std::fs;

/// The rows below it would become a part of its cell.
#[test]
fn a_quote_that_is_not_closed_is_refused() {
    for (table, line) in [
        ("team,country,host\nAlpha,AT,\"Alpha\nBeta,DE,x\nGamma,FR,x\n", 2),
        ("team,country,host\nAlpha,AT,x\n\nBeta,DE,\"x", 4),
        ("team,country,host\nAlpha,AT,\"two\nlines\"\nBeta,DE,\"a \"\" b\"\"\nGamma,FR,x\n", 4),
        ("sep=;\r\nteam;country\r\n\"Alpha;AT\r\n", 3),
        ("team,country\rAlpha,AT\r\"Beta,DE\r", 3),
        ("\"team,country\nAlpha,AT\n", 1),
        // Closed by chance, where the next quoted cell begins.
        ("team,country,host\nAlpha,AT,\"Alpha\nBeta,DE,x\nGamma,FR,\"x, y\"\n", 2),
    ] {
        let imported = import::csv(table);
        let expected = format!("the file: a quote that begins in line {line} is not closed, so nothing was imported; close it");
        assert!(notes(&imported).starts_with(&expected), "{table}: {}", notes(&imported));
        assert_eq!((imported.entries.len(), imported.refused, imported.notes.len()), (0, 1, 1), "{table}");
    }
    for table in [
        "team,country,host\nAlpha,AT,\"a \"\"b\"\"\"\nBeta,DE,\"\"\nGamma,FR,\"x\"",
        "team,country,host\nAlpha,AT,5\" disks\nBeta,DE, \"x\nGamma,FR,\"x\"y\"\n",
        "team,country,host\nAlpha,AT,\"two\r\nlines, \"\"\"\nBeta,DE,x\nGamma,FR,\"\"\n",
    ] {
        let imported = import::csv(table);
        assert_eq!(imported.entries.len(), 3, "{table}: {}", notes(&imported));
    }
}

#[test]
fn the_command_writes_nothing_where_a_quote_is_not_closed() {
    let folder = project(&[]);
    let input = folder.path().join("in.csv");
    fs::write(&input, "team,country\nAlpha,AT\n\"Beta,DE\n").unwrap();
    let words = ["import", "csv", input.to_str().unwrap(), "--into"];
    let output = common::peerage().args(words).arg(folder.path()).output().unwrap();
    let said = stderr(&output);
    assert!(output.status.code() == Some(1) && said.contains("a quote that begins in line 3 is not closed"), "{said}");
    assert_eq!(load(folder.path()).teams.len(), 0);
}

#[test]
fn cells_that_say_nothing_are_empty() {
    let table = "team,country,host,phone,website,official name\nAlpha,AT,-,n/a,N/A,none\nBeta,NA,—,--,null,#N/A\n";
    let imported = import::csv(table);
    assert_eq!(notes(&imported), "");
    let directory = loaded(&imported);
    for (id, country) in [("alpha", "AT"), ("beta", "NA")] {
        let team = team(&directory, id);
        assert_eq!(team.country.code(), country);
        assert!(team.host.is_none() && team.contact.phones.is_empty() && team.official_name.is_none(), "{team:?}");
    }
}

#[test]
fn a_name_beside_a_short_name_is_the_official_one() {
    let imported = import::csv("Name,Short name,Country\nComputer Team of Alpha,ALPHA,AT\n");
    assert_eq!(notes(&imported), "");
    let directory = loaded(&imported);
    let team = team(&directory, "alpha");
    assert_eq!(team.name.value.as_str(), "ALPHA");
    assert_eq!(team.official_name.as_ref().unwrap().as_str(), "Computer Team of Alpha");
    // Where the official one has a column of its own it is that.
    let imported = import::csv("Short name,Team,Official name,Country\nA,B,C,AT\n");
    assert_eq!(loaded(&imported).teams[0].official_name.as_ref().unwrap().as_str(), "C");
    assert!(notes(&imported).contains("the column `Short name` says something else"), "{}", notes(&imported));
}

#[test]
fn the_separator_that_a_first_line_states_is_used() {
    for table in [
        "sep=;\nteam;country;host, or whose guest, or neither\nAlpha;AT;\n",
        "\u{feff}SEP=|\r\nteam|country\r\nAlpha|AT\r\n",
        "\"sep=\t\"\rteam\tcountry\rAlpha\tAT\r",
    ] {
        let imported = import::csv(table);
        assert_eq!(team(&loaded(&imported), "alpha").country.code(), "AT", "{table}");
        assert!(imported.entries[0].text.starts_with("# Imported from a CSV table, line 3.\n"), "{}", imported.entries[0].text);
    }
    for table in ["sep=\nteam,country\n", "sep=ab\nteam,country\n", "sep=\"\nteam,country\n", "é=é;\nteam,country\n"] {
        assert!(notes(&import::csv(table)).starts_with("line 1: the table has no column for the team's name"), "{table}");
    }
}

#[test]
fn a_line_is_told_however_lines_end() {
    for end in ["\n", "\r\n", "\r"] {
        let lines = ["team,country,host", "", "Alpha,AT,\"one", "two\"", "Beta,Ruritania,x", "Gamma,FR"];
        let imported = import::csv(&lines.join(end));
        let notes = notes(&imported);
        assert!(
            notes.contains("Beta: line 5, column 2 (country): left out") && notes.contains("Gamma: line 6: the team"),
            "{notes}"
        );
        assert!(notes.contains("Alpha: line 3, column 3 (host): "), "{notes}");
    }
    let latin1 = import::decode(b"team,country\rAlph\xe4,AT\r").unwrap_err();
    assert_eq!(latin1.notes[0].origin.to_string(), "line 2, column 5");
}

fn domains(imported: &import::Imported) -> Vec<String> {
    loaded(imported).teams[0].constituency.domains.iter().map(|domain| domain.value.to_string()).collect()
}

/// Each word of it could be a top-level domain.
#[test]
fn a_sentence_gives_no_domains() {
    for (cell, word) in [
        ("all domains in Austria", "all"),
        ("a.example and b.example", "and"),
        ("a.example; b", "b"),
        ("*.a.example - at", "at"),
        ("at.", "at"),
        ("com", "com"),
        ("de", "de"),
        ("at a.example", "at"),
    ] {
        let imported = import::csv(&format!("team,country,domains\nAlpha,AT,{cell}\n"));
        let note = format!("Alpha: line 2, column 3 (domains): `{cell}`: left out, for `{word}` has no dot");
        let same = format!("Alpha: line 2, column 3 (domains): left out, for `{word}` has no dot");
        let notes = notes(&imported);
        assert!(notes.starts_with(if cell == word { &same } else { &note }) && imported.notes.len() == 1, "{cell}: {notes}");
        assert_eq!(domains(&imported), [""; 0], "{cell}");
    }
}

#[test]
fn a_top_level_domain_is_taken_where_it_is_meant() {
    for (country, cell, expected) in [
        ("AT", "at", &["at"][..]),
        ("AT", ".AT", &["at"]),
        ("UK", "uk", &["uk"]),
        ("Germany", "de", &["de"]),
        ("AT", "*.at; *.com", &["*.at", "*.com"]),
        ("AT", "a.example b.example", &["a.example", "b.example"]),
        ("AT", "例え。example", &["xn--r8jz45g.example"]),
    ] {
        let imported = import::csv(&format!("team,country,domains\nAlpha,{country},{cell}\n"));
        assert_eq!(
            (domains(&imported), notes(&imported)),
            (expected.iter().map(ToString::to_string).collect(), String::new()),
            "{cell}"
        );
    }
}

#[test]
fn a_country_is_read_from_its_code_or_its_name() {
    let note = |is: &str| {
        format!("Alpha: line 2, column 1 (Country): `{is}`: not read, for `Country code` says AT, which is Austria; correct")
    };
    for (name, code, country, expected) in [
        ("Austria", "", "AT", String::new()),
        ("austria", "at", "AT", String::new()),
        ("Österreich", "AT", "AT", String::new()),
        ("United Kingdom", "UK", "GB", String::new()),
        ("", "AT", "AT", String::new()),
        ("Germany", "AT", "AT", note("Germany")),
        ("Ruritania", "AT", "AT", note("Ruritania")),
        ("Austria", "AUT", "AT", "Alpha: line 2, column 2 (Country code): left out, for `AUT` is not a country code".to_owned()),
    ] {
        let imported = import::csv(&format!("Country,Country code,Team\n{name},{code},Alpha\n"));
        let notes = notes(&imported);
        assert!(
            notes.starts_with(&expected) && imported.notes.len() == usize::from(!expected.is_empty()),
            "{name} {code}: {notes}"
        );
        assert_eq!(team(&loaded(&imported), "alpha").country.code(), country, "{name} {code}");
    }
    let imported = import::csv("Country,Country code,Team\n,,Alpha\n");
    assert!(imported.refused == 1 && notes(&imported).contains("no usable country"), "{}", notes(&imported));
}

#[test]
fn all_columns_of_a_kind_are_read_where_an_entry_holds_several_values() {
    let table = "Team;Country;Email;E-mail;Phone;Telephone;Domains;Constituency domains;ASNs;Constituency ASNs;Networks;\
                 Constituency networks;Types;Constituency types;Phone\n\
                 Alpha;AT;a@alpha.example;b@alpha.example, a@alpha.example;;+1 202 555 0100;alpha.example;all others;1;AS2;\
                 192.0.2.0/24;2001:db8::/32;national;academic, national;+1 202 555 - 0199\n";
    let imported = import::csv(table);
    let directory = loaded(&imported);
    let alpha = team(&directory, "alpha");
    let emails: Vec<_> = alpha.contact.emails.iter().map(|email| email.address.as_str()).collect();
    assert_eq!(emails, ["a@alpha.example", "b@alpha.example"]);
    let phones: Vec<_> = alpha.contact.phones.iter().map(|phone| phone.number.as_str()).collect();
    assert_eq!(phones, ["+1 202 555 0100"]);
    assert_eq!(alpha.constituency.asns.iter().map(|asn| asn.number()).collect::<Vec<_>>(), [1, 2]);
    assert_eq!((domains(&imported), alpha.constituency.networks.len()), (vec!["alpha.example".to_owned()], 2));
    assert_eq!(alpha.types.iter().map(|kind| kind.as_str()).collect::<Vec<_>>(), ["national", "academic"]);
    let notes = notes(&imported);
    assert!(notes.contains("column 15 (Phone): `+1 202 555 - 0199`: left out"), "{notes}");
    assert!(notes.contains("column 8 (Constituency domains): `all others`: left out"), "{notes}");
    assert_eq!(imported.notes.len(), 2, "{notes}");
}

#[test]
fn of_columns_for_one_value_the_first_that_is_filled_counts() {
    let imported = import::csv(
        "Team,Short name,Country,URL,Website\n\
         Alpha,Alpha,AT,https://b.example/,https://a.example/\n\
         Beta,,DE,https://b.example/,\n",
    );
    let directory = loaded(&imported);
    let website = |id: &str| team(&directory, id).website.as_ref().unwrap().as_str().to_owned();
    assert_eq!((website("alpha"), website("beta")), ("https://a.example/".to_owned(), "https://b.example/".to_owned()));
    let expected =
        "Alpha: line 2, column 4 (URL): `https://b.example/`: left out, for the column `Website` says something else; ";
    let notes = notes(&imported);
    assert!(notes.starts_with(expected) && imported.notes.len() == 1, "{notes}");
}
