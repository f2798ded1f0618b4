//! What shells and `man` are told: every command and every option, for both follow from the declarations.

use crate::common::{run, run_well, stdout};
use clap::CommandFactory;
use peerage::cli::Cli;
use std::fs;
use std::process::Command;

const SHELLS: [&str; 5] = ["bash", "zsh", "fish", "powershell", "elvish"];

/// Every command with the names of its options, by the words that lead to it.
fn commands() -> Vec<(String, Vec<String>)> {
    fn below(of: &str, command: &clap::Command, found: &mut Vec<(String, Vec<String>)>) {
        for inner in command.get_subcommands() {
            let name = format!("{of} {}", inner.get_name());
            let options = inner.get_arguments().filter_map(|argument| argument.get_long()).map(|long| format!("--{long}"));
            found.push((name.clone(), options.collect()));
            below(&name, inner, found);
        }
    }
    let mut found = Vec::new();
    below("peerage", &Cli::command(), &mut found);
    assert!(found.len() > 12, "{found:?}");
    found
}

#[test]
fn every_shell_hears_of_every_command_and_option() {
    for shell in SHELLS {
        let script = stdout(&run_well(["completions", shell]));
        for (command, options) in commands() {
            let name = command.rsplit(' ').next().unwrap();
            assert!(script.contains(name), "{shell}: {command}");
            for option in options {
                // Fish names options without their hyphens.
                let option = if shell == "fish" { format!("-l {}", &option[2..]) } else { option };
                assert!(script.contains(&option), "{shell}: {command} {option}");
            }
        }
    }
    assert_eq!(run(["completions", "csh"]).status.code(), Some(2));
}

/// What bash offers for these words, of which the last is being typed.
fn offered(words: &[&str]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("peerage.bash");
    fs::write(&script, run_well(["completions", "bash"]).stdout).unwrap();
    let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    let asked = format!(
        "source '{}'; COMP_WORDS=({}); COMP_CWORD={}; _peerage peerage '{}' '{}'; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        script.display(),
        quoted.join(" "),
        words.len() - 1,
        words[words.len() - 1],
        words[words.len() - 2],
    );
    let answer = Command::new("bash").args(["--norc", "-c", &asked]).output().unwrap();
    assert!(answer.status.success() && answer.stderr.is_empty(), "{}", String::from_utf8_lossy(&answer.stderr));
    stdout(&answer).lines().map(str::to_owned).collect()
}

#[test]
fn bash_completes() {
    assert_eq!(offered(&["peerage", "codeo"]), ["codeowners"]);
    assert_eq!(offered(&["peerage", "check", "--base"]), ["--baseline"]);
    assert!(offered(&["peerage", "init", "--host", ""]).contains(&"gitlab-pages".to_owned()));
    assert_eq!(offered(&["peerage", "import", "ti"]), ["ti-json"]);
}

#[test]
fn the_manual_names_every_command_and_option() {
    let manual = stdout(&run_well(["man"]));
    assert!(manual.contains(".TH peerage 1"), "{manual}");
    // In roff a hyphen is written `\-`.
    let plain = manual.replace("\\-", "-");
    for (command, options) in commands() {
        let heading = format!(".SH \"{command}\"\n");
        let part = plain.split(&heading).nth(1).unwrap_or_else(|| panic!("{command} has no part"));
        let part = part.split("\n.SH ").next().unwrap();
        for option in options {
            assert!(part.contains(&option), "{command} {option}: {part}");
        }
    }
    assert_eq!(plain.matches("Exit codes: 0 all is well").count(), 1);
}
