//! What has become of a team, as feeds tell it.

use super::{date, directory, status};
use crate::project::{Project, fixtures};
use peerage::assess::{ChangeKind, assess};
use peerage::load::load;

/// The changes of a team with this history until `day`, newest first.
fn changes(history: &[&str], day: &str) -> Vec<String> {
    told(&directory(&status(history)), day)
}

fn told(directory: &peerage::load::Directory, day: &str) -> Vec<String> {
    let assessment = assess(directory, date(day));
    let team = assessment.team(&"x".parse().unwrap()).unwrap();
    assessment.changes(team).iter().map(|change| format!("{} {}: {}", change.on, change.kind.id(), change.kind)).collect()
}

#[test]
fn a_team_that_rises_lapses_and_rises_again() {
    let history = [
        "level: listed, since: 2010-01-01",
        "level: accreditation-candidate, since: 2011-01-01",
        "level: accredited, since: 2011-03-01",
        "level: certification-candidate, since: 2012-01-01",
        "level: certified, since: 2013-01-01, until: 2015-12-31",
        "level: certification-candidate, since: 2015-06-01",
        "level: certified, since: 2016-01-01, until: 2018-12-31",
        "level: certified, since: 2019-02-01, until: 2022-01-31",
        "level: certified, since: 2027-01-01",
    ];
    let expected = [
        "2022-02-01 certification-lapsed: Certification lapsed, back to Accredited",
        "2019-02-01 level-raised: Raised to Certified",
        "2019-01-01 certification-lapsed: Certification lapsed, back to Accredited",
        "2016-01-01 certification-renewed: Certification renewed",
        "2015-06-01 candidate: Certification candidate",
        "2013-01-01 level-raised: Raised to Certified",
        "2012-01-01 candidate: Certification candidate",
        "2011-03-01 level-raised: Raised to Accredited",
        "2011-01-01 candidate: Accreditation candidate",
        "2010-01-01 joined: Joined: Listed",
    ];
    assert_eq!(changes(&history, "2026-11-21"), expected);
    // A certification holds on its last day, and what is announced is not yet true.
    assert_eq!(changes(&history, "2022-01-31"), expected[1..]);
    assert_eq!(changes(&history, "2009-12-31"), <[String; 0]>::default());
}

#[test]
fn a_team_that_is_suspended_falls_leaves_and_comes_back() {
    let history = [
        "level: certified, since: 2010-01-01, until: 2012-12-31",
        "state: suspended, since: 2012-06-01, until: 2013-06-30",
        "level: listed, since: 2014-01-01",
        "state: withdrawn, since: 2015-01-01",
        "state: suspended, since: 2015-06-01",
        "level: accredited, since: 2016-01-01",
        "level: accredited, since: 2017-01-01",
    ];
    let expected = [
        "2016-01-01 joined: Joined: Accredited",
        "2015-01-01 withdrew: Withdrew",
        "2014-01-01 level-lowered: Lowered to Listed",
        "2013-07-01 reinstated: Reinstated: Accredited",
        "2013-01-01 certification-lapsed: Certification lapsed",
        "2012-06-01 suspended: Suspended",
        "2010-01-01 joined: Joined: Certified",
    ];
    assert_eq!(changes(&history, "2026-11-21"), expected);
}

#[test]
fn two_things_on_one_day_are_both_told() {
    let history = [
        "level: certified, since: 2010-01-01, until: 2012-12-31",
        "state: suspended, since: 2012-06-01, until: 2012-12-31",
        "state: suspended, since: 2014-01-01",
        "level: certified, since: 2015-01-01, until: unknown",
    ];
    let expected = [
        "2015-01-01 reinstated: Reinstated: Certified",
        "2014-01-01 suspended: Suspended",
        "2013-01-01 reinstated: Reinstated: Accredited",
        "2013-01-01 certification-lapsed: Certification lapsed, back to Accredited",
        "2012-06-01 suspended: Suspended",
        "2010-01-01 joined: Joined: Certified",
    ];
    assert_eq!(changes(&history, "2026-11-21"), expected);
}

#[test]
fn a_change_is_told_from_its_day_on_and_only_where_something_changed() {
    let history = ["level: listed, since: 2020-01-01"];
    assert_eq!(changes(&history, "2020-01-01"), ["2020-01-01 joined: Joined: Listed"]);
    let first_level = ["state: suspended, since: 2010-01-01", "level: listed, since: 2011-01-01"];
    assert_eq!(changes(&first_level, "2026-11-21")[0], "2011-01-01 joined: Joined: Listed");
    let superseded = [
        "level: certified, since: 2013-01-01, until: 2015-12-31",
        "level: certified, since: 2015-01-01, until: unknown",
        "level: certification-candidate, since: 2015-06-01",
    ];
    let expected = [
        "2015-06-01 candidate: Certification candidate",
        "2015-01-01 certification-renewed: Certification renewed",
        "2013-01-01 joined: Joined: Certified",
    ];
    assert_eq!(changes(&superseded, "2026-11-21"), expected);
    let suspended = [
        "level: accredited, since: 2009-01-01",
        "level: certified, since: 2010-01-01, until: 2012-12-31",
        "state: suspended, since: 2012-06-01, until: 2013-03-01",
    ];
    let lapsed = changes(&suspended, "2013-02-01");
    assert_eq!(lapsed[0], "2013-01-01 certification-lapsed: Certification lapsed");
    let gone = ["level: certified, since: 2010-01-01, until: 2012-12-31", "state: withdrawn, since: 2011-01-01"];
    assert_eq!(changes(&gone, "2026-11-21").len(), 2);
}

#[test]
fn of_a_team_without_a_level_nothing_is_told() {
    assert_eq!(changes(&[], "2026-11-21"), <[String; 0]>::default());
}

#[test]
fn assessments_are_not_told() {
    let history = status(&["level: accredited, since: 2010-01-01"]);
    let scores = "maturity: [{model: sim3-v1, kind: audit, assessed: 2025-05-05, visibility: public, scores: {O-1: 3}}]\n";
    let with = told(&directory(&format!("{history}{scores}")), "2026-11-21");
    assert_eq!(with, told(&directory(&history), "2026-11-21"));
}

#[test]
fn keys_are_told_from_what_was_read() {
    for (rule, kind, expected) in [
        ("key-expired", "key-expired", 1),
        ("key-revoked", "key-revoked", 1),
        ("key-revoked", "key-expired", 0),
        ("key-revoked", "key-made", 1),
    ] {
        let project = Project::base();
        project.overlay(&fixtures().join(rule).join("fail"));
        let directory = load(&project.root()).unwrap().0.unwrap();
        let assessment = assess(&directory, date("2026-11-21"));
        let of = |change: &peerage::assess::PastChange<'_>| change.kind.id() == kind && change.kind.key().is_some();
        let found: usize = assessment.teams.iter().map(|team| assessment.changes(team).into_iter().filter(of).count()).sum();
        assert!(found >= expected && (expected > 0 || found == 0), "{rule}, {kind}: {found}");
        // What happened to a key is told from its day on, and not before.
        for team in &assessment.teams {
            for change in assessment.changes(team) {
                let earlier = assess(&directory, change.on.previous());
                let told = earlier.changes(earlier.team(&team.team.id).unwrap());
                assert!(!told.contains(&change), "{}: {}", change.on, change.kind);
                assert!(!matches!(change.kind, ChangeKind::KeyExpired(_)) || team.keys.iter().any(|key| key.file.is_some()));
            }
        }
    }
}
