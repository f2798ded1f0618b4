//! What sealing takes in a directory of 1,000 accredited teams with a key each, beside a build of it.
//! `cargo bench --bench seal`; a number behind `--` replaces the number of teams.
//!
//! Both commands read and verify the same files, in turn, in one run; what sealing alone takes is measured in the library as well.
//! Each figure is the median of its rounds.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark may stop at once")]

use peerage::assess::assess;
use peerage::load::{load, load_private};
use peerage::model::Date;
use peerage::seal::{Mode, seal_tree};
use pgp::composed::{ArmorOptions, EncryptionCaps, KeyType, SecretKeyParamsBuilder, SubkeyParamsBuilder};
use pgp::crypto::ecc_curve::ECCCurve;
use pgp::types::Timestamp;
use rand::rngs::OsRng;
use rayon::prelude::*;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

const TODAY: &str = "2026-11-21";
const ROUNDS: usize = 5;

fn main() {
    // Cargo hands `--bench` to every benchmark.
    let teams = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(1_000);
    let folder = tempfile::tempdir().unwrap();
    let (project, private) = (folder.path().join("project"), folder.path().join("private"));
    make(&project, &private, teams);
    let (mut builds, mut seals, mut alone) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        builds.push(run("build", &project, None));
        seals.push(run("seal", &project, Some(&private)));
        let directory = load(&project).unwrap().0.unwrap();
        let hidden = load_private(&private).unwrap().0;
        let assessment = assess(&directory, TODAY.parse::<Date>().unwrap());
        let begin = Instant::now();
        let sealed = seal_tree(&hidden, &assessment, Mode::default()).unwrap();
        alone.push(begin.elapsed());
        assert!(sealed.len() == 3 && sealed.iter().all(|message| message.audience.readers.len() == teams));
    }
    let [build, seal, alone] = [builds, seals, alone].map(|times| median(times).as_secs_f64());
    println!(
        "{teams} teams: a build {build:.2} s, sealing three messages {seal:.2} s ({:+.2} s beside a build), of which the messages \
         themselves take {alone:.2} s",
        seal - build
    );
}

fn run(command: &str, project: &Path, private: Option<&Path>) -> Duration {
    let mut process = Command::new(env!("CARGO_BIN_EXE_peerage"));
    process.arg(command).arg(project).args(["--quiet", "--today", TODAY]);
    if let Some(private) = private {
        process.arg("--private").arg(private);
    }
    let begin = Instant::now();
    assert!(process.status().unwrap().success());
    begin.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Writes a project of certified teams with a key each, and facts of each for three levels.
fn make(project: &Path, private: &Path, teams: usize) {
    for folder in [&project.join("content/teams"), &private.join("teams")] {
        fs::create_dir_all(folder).unwrap();
    }
    fs::write(project.join("content/site.yaml"), "title: Benchmark\nsample: true\n").unwrap();
    (0..teams).into_par_iter().for_each(|number| {
        let id = format!("team-{number}");
        let entry = format!(
            "name: Team {number}\ncountry: AT\ncontact: {{emails: [{{address: cert@{id}.example}}]}}\nconfirmed: 2026-11-01\n\
             status: [{{level: accredited, since: 2020-01-01}}, {{level: certified, since: 2026-01-01}}]\n"
        );
        fs::write(project.join(format!("content/teams/{id}.yaml")), entry).unwrap();
        fs::write(project.join(format!("content/teams/{id}.asc")), key(&format!("cert@{id}.example"))).unwrap();
        let facts = "contact: {audience: accredited, phones: [{number: +1 202 555 0100, usage: [emergency]}]}\n\
                     alerts: [{audience: listed, name: Duty officer, phone: +1 202 555 0101, usage: [voice, text]}]\n\
                     notes: [{audience: certified, text: The relay is watched by night.}]\n";
        fs::write(private.join(format!("teams/{id}.yaml")), facts).unwrap();
    });
}

/// A public key for an address, as GnuPG makes them by itself.
fn key(address: &str) -> String {
    let created = Timestamp::from_secs(1_700_000_000);
    let subkey = SubkeyParamsBuilder::default()
        .key_type(KeyType::ECDH(ECCCurve::Curve25519Legacy))
        .can_encrypt(EncryptionCaps::All)
        .created_at(created)
        .build()
        .unwrap();
    let mut params = SecretKeyParamsBuilder::default();
    params.key_type(KeyType::Ed25519Legacy).can_certify(true).can_sign(true).created_at(created);
    params.primary_user_id(format!("T <{address}>")).subkey(subkey);
    let key = params.build().unwrap().generate(OsRng).unwrap();
    key.to_public_key().to_armored_string(ArmorOptions::default()).unwrap()
}
