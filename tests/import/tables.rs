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
