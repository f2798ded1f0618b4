//! On random directories the core finds what a search through everything finds, in memory and in the files.

use super::brute::{plain, search};
use super::random::{Random, entries, query};
use super::{with_directory, write_lookup};
use crate::common;
use peerage::lookup::{Folder, Index, Query, answer};
use std::collections::BTreeSet;

/// Seeds with the number of teams: few, so that the trees are leaves, and enough for them to branch and for lists to be cut.
const DIRECTORIES: [(u64, u64); 5] = [(1, 0), (2, 3), (3, 45), (4, 140), (5, 450)];

const QUERIES: usize = 200;

#[test]
fn agrees_with_a_search_through_everything_in_memory_and_in_files() {
    let mut reasons = BTreeSet::new();
    let mut cuts = BTreeSet::new();
    for (seed, teams) in DIRECTORIES {
        let mut random = Random::new(seed);
        let project = common::project(&[]);
        let entries = entries(&mut random, teams);
        for (id, entry) in &entries {
            common::write(&project.path().join(format!("content/teams/{id}.yaml")), entry);
        }
        let out = tempfile::tempdir().unwrap();
        with_directory(project.path(), |assessment| {
            assert_eq!(assessment.teams.len() as u64, teams);
            let files = write_lookup(project.path(), assessment, out.path());
            let index = Index::new(assessment);
            let folder = Folder::open(out.path()).unwrap();
            let ids: Vec<&str> = assessment.teams.iter().map(|team| team.team.id.as_str()).chain(["cert-x"]).collect();
            let keys = assessment.teams.iter().flat_map(|team| &team.keys);
            let unknown = "AB".repeat(20);
            let prints: Vec<&str> = keys.map(|key| key.fingerprint.digits()).chain([&*unknown]).collect();
            for _ in 0..QUERIES {
                let text = query(&mut random, &ids, &prints);
                let asked = Query::parse(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
                let Ok(told) = answer(&asked, &index);
                assert_eq!(plain(&told), search(&asked, assessment), "seed {seed}: {text}");
                let read = answer(&asked, &folder).unwrap_or_else(|error| panic!("{text}: {error}"));
                assert_eq!(told, read, "seed {seed}: {text}, {files} files");
                reasons.extend(told.matches.iter().flat_map(|found| &found.reasons).map(|reason| reason.kind));
                cuts.extend(told.cut.iter().map(|cut| cut.key.split(':').next().unwrap().to_owned()));
            }
        });
    }
    assert_eq!(reasons.len(), peerage::lookup::ReasonKind::ALL.len(), "each reason was met: {reasons:?}");
    for kind in ["country", "domain", "network", "network-within", "network-largest", "word"] {
        assert!(cuts.contains(kind), "{kind} was cut: {cuts:?}");
    }
}
