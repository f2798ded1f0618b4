//! Every duration of the policy in `site.yaml` counts.

use super::{Project, date, flags_of, told};
use peerage::assess::assess;
use peerage::load::load;

/// No duration is at its default, and no two are alike.
const SITE: &str = "title: Test
sample: true
policy:
  certification_years: 2
  candidate_months: 5
  certification_wait_months: 10
  confirmation_months: 6
  assessment_years: 1
  expiring_days: 60
  expiring_soon_days: 11
";

/// A team of the policy's directory: what its entry says, its standing on 2026-11-21, and its flags.
type Case = (&'static str, &'static str, &'static [&'static str]);

const KEY: &str = "keys: [{fingerprint: 45EC D318 2807 7DA7 A898 FDA0 87F4 A698 070E 6295, expires: ";

#[test]
fn every_duration_of_the_policy_shows_in_a_result() {
    let cases: &[Case] = &[
        (
            "confirmed: 2026-11-01\nstatus: [{level: certified, since: 2024-12-03}]",
            "certified since 2024-12-03 until 2026-12-03, next 2026-12-04 accredited",
            &["! Certification expires in 12 days"],
        ),
        (
            "confirmed: 2026-11-01\nstatus: [{level: certified, since: 2024-12-02}]",
            "certified since 2024-12-02 until 2026-12-02, next 2026-12-03 accredited",
            &["!! Certification expires in 11 days"],
        ),
        (
            "status: [{level: accreditation-candidate, since: 2026-07-30}]",
            "accreditation-candidate since 2026-07-30 until -, next -",
            &["i Time to become accredited ends in 39 days"],
        ),
        (
            "confirmed: 2026-05-21\nstatus: [{level: accredited, since: 2025-12-01}, {level: certification-candidate, since: 2026-09-30}]",
            "certification-candidate since 2026-09-30 until -, next -",
            &["! Certification candidate since 2026-09-30, so soon after 2025-12-01, when it was accredited"],
        ),
        (
            "confirmed: 2026-05-20\nstatus: [{level: accredited, since: 2025-12-01}, {level: certification-candidate, since: 2026-10-01}]",
            "certification-candidate since 2026-10-01 until -, next -",
            &["!! Data unconfirmed: the last confirmation held until 2026-11-20"],
        ),
        (
            "status: [{level: listed, since: 2020-01-01}]\nmaturity: [{model: sim3-v1, kind: audit, assessed: 2025-11-20, visibility: public, scores: {O-1: 1}}]",
            "listed since 2020-01-01 until -, next -",
            &["! SIM3 assessment out of date: it held until 2026-11-20"],
        ),
        (
            "expires: 2027-01-20",
            "not-stated since - until -, next -",
            &["! Key …87F4 A698 070E 6295 expires in 60 days", "i No level stated"],
        ),
        ("expires: 2027-01-21", "not-stated since - until -, next -", &["i No level stated"]),
    ];
    let project = Project::base();
    project.write("content/site.yaml", SITE);
    for (at, (rest, ..)) in cases.iter().enumerate() {
        let rest = rest.strip_prefix("expires: ").map_or_else(|| (*rest).to_owned(), |day| format!("{KEY}{day}}}]"));
        project.write(&format!("content/teams/t{at}.yaml"), format!("name: T{at}\ncountry: AT\n{rest}\n"));
    }
    let (directory, findings) = load(&project.root()).unwrap();
    assert_eq!(findings, []);
    let directory = directory.unwrap();
    let assessment = assess(&directory, date("2026-11-21"));
    for (at, (rest, standing, flags)) in cases.iter().enumerate() {
        let id = format!("t{at}");
        assert_eq!(told(&assessment.team(&id.parse().unwrap()).unwrap().standing), *standing, "{rest}");
        assert_eq!(flags_of(&assessment, &id), *flags, "{rest}");
    }
}
