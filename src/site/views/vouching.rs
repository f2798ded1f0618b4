//! The web of trust around a team: who vouched for it, and for whom it vouched.

use super::StatusView;
use super::parts::{HoldsView, Named, badge};
use crate::assess::{AssessedTeam, Assessment, sponsors};
use crate::model::{Date, TeamId};
use crate::site::Catalogue;
use crate::site::charts::{Ladder, Rung, Tier};
use serde::Serialize;

/// How many teams of each kind are named, and how many of them are drawn.
const NAMED: usize = 20;
const DRAWN: usize = 6;

/// Who vouched for a team, and for whom it vouched.
#[derive(Serialize)]
pub(super) struct VouchingView<'a> {
    /// Those who vouched for it.
    by: Vec<VouchRow<'a>>,
    /// How many more these are.
    by_more: usize,
    /// Those for whom it vouched.
    of: Vec<VouchRow<'a>>,
    of_more: usize,
    picture: Option<Ladder>,
}

/// A team at the other end.
#[derive(Serialize)]
struct VouchRow<'a> {
    team: Named<'a>,
    /// The day on which began what it was vouched for.
    on: Date,
    /// What that team is today, where it is one of the directory.
    status: Option<StatusView>,
    holds: Option<HoldsView>,
}

impl<'a> VouchRow<'a> {
    fn new(id: &'a TeamId, on: Date, assessment: &'a Assessment<'a>, texts: &Catalogue) -> Self {
        let team = assessment.team(id);
        Self {
            team: team.map_or_else(|| Named { name: id.as_str().into(), href: None }, |team| Named::team(team.team)),
            on,
            status: team.map(|team| StatusView::new(team.standing.status, texts)),
            holds: team.map(|team| HoldsView::new(team, assessment)),
        }
    }

    fn rung(&self) -> Rung {
        let status = self.status.as_ref();
        Rung {
            name: self.team.name.to_string(),
            note: status.map_or_else(String::new, |status| status.title.clone()),
            kind: status.map_or("none", |status| status.badge),
        }
    }
}

impl<'a> VouchingView<'a> {
    /// What each status that is shown becomes.
    pub(super) fn then(&self) -> impl Iterator<Item = &str> {
        self.by.iter().chain(&self.of).filter_map(|row| row.holds.as_ref()).map(HoldsView::then)
    }

    /// The view of `assessed`; `None` where nobody vouched.
    pub(super) fn new(assessed: &'a AssessedTeam<'a>, assessment: &'a Assessment<'a>, texts: &Catalogue) -> Option<Self> {
        let row = |id, on| VouchRow::new(id, on, assessment, texts);
        let mut by: Vec<VouchRow<'_>> =
            sponsors(assessed.team).map(|(sponsor, entry)| row(&sponsor.value, entry.since.value)).collect();
        let (by_all, vouched) = (by.len(), assessment.vouched_for(&assessed.team.id));
        by.truncate(NAMED);
        let of: Vec<VouchRow<'_>> =
            vouched.iter().take(NAMED).map(|vouched| row(&vouched.team.id, vouched.entry.since.value)).collect();
        let own = Rung {
            name: assessed.team.name.to_string(),
            note: texts.status(assessed.standing.status),
            kind: badge(assessed.standing.status),
        };
        let picture = Ladder::new(&[
            tier(&by, by_all, texts),
            Tier { rungs: vec![own], verb: texts.text("team.vouching.for") },
            tier(&of, vouched.len(), texts),
        ]);
        let is_any = by_all + vouched.len() > 0;
        let (by_more, of_more) = (by_all - by.len(), vouched.len() - of.len());
        is_any.then_some(Self { by, by_more, of, of_more, picture })
    }
}

/// The first of `all` teams, and how many more there are.
fn tier(rows: &[VouchRow<'_>], all: usize, texts: &Catalogue) -> Tier {
    let mut rungs: Vec<Rung> = rows.iter().take(DRAWN).map(VouchRow::rung).collect();
    if all > rungs.len() {
        let more = texts.say("team.vouching.more", &[("count", &(all - rungs.len()))]);
        rungs.push(Rung { name: more, note: String::new(), kind: "more" });
    }
    Tier { rungs, verb: texts.text("team.vouching.for") }
}
