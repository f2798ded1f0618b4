//! The web of trust around a team: who vouched for it, and for whom it vouched.

use super::StatusView;
use super::parts::{HoldsView, Named, badge};
use crate::assess::{AssessedTeam, Assessment, sponsors};
use crate::model::{Date, TeamId};
use crate::site::Catalogue;
use crate::site::charts::{Ladder, Rung, Tier};
use crate::site::split::escaped;
use serde::Serialize;

/// How many teams of each kind are told with what they are, and how many of them are drawn.
const NAMED: usize = 20;
const DRAWN: usize = 6;

/// What the names of the others take at most, in bytes, and the mark-up of one.
const FOLDED: usize = 12_000;
const LINK: usize = 60;

/// Who vouched for a team, and for whom it vouched.
#[derive(Serialize)]
pub(super) struct VouchingView<'a> {
    /// Those who vouched for it.
    by: Circle<'a>,
    /// Those for whom it vouched.
    of: Circle<'a>,
    picture: Option<Ladder>,
}

/// The teams at the other end: the first with what they are, others by name alone.
#[derive(Serialize)]
struct Circle<'a> {
    rows: Vec<VouchRow<'a>>,
    folded: Vec<Named<'a>>,
    /// How many more there are.
    more: usize,
}

impl<'a> Circle<'a> {
    fn new(all: &[(&'a TeamId, Date)], assessment: &'a Assessment<'a>, texts: &Catalogue) -> Self {
        let (first, others) = all.split_at(all.len().min(NAMED));
        let mut room = FOLDED;
        let fits = |link: &Named<'_>| {
            let taken = room.checked_sub(LINK + escaped(&link.name) + link.href.as_ref().map_or(0, String::len));
            room = taken.unwrap_or(0);
            taken.is_some()
        };
        let folded: Vec<Named<'_>> = others.iter().map(|(id, _)| named(id, assessment)).take_while(fits).collect();
        Self {
            rows: first.iter().map(|(id, on)| VouchRow::new(id, *on, assessment, texts)).collect(),
            more: others.len() - folded.len(),
            folded,
        }
    }

    fn len(&self) -> usize {
        self.rows.len() + self.folded.len() + self.more
    }

    /// The first of these teams, and how many more there are.
    fn tier(&self, texts: &Catalogue) -> Tier {
        let mut rungs: Vec<Rung> = self.rows.iter().take(DRAWN).map(VouchRow::rung).collect();
        if self.len() > rungs.len() {
            let more = texts.say("team.vouching.more", &[("count", &(self.len() - rungs.len()))]);
            rungs.push(Rung { name: more, note: String::new(), kind: "more" });
        }
        Tier { rungs, verb: texts.text("team.vouching.for") }
    }
}

/// The team with this id, and the way to its page, if it is one of the directory.
fn named<'a>(id: &'a TeamId, assessment: &'a Assessment<'_>) -> Named<'a> {
    match assessment.team(id) {
        Some(team) => Named::team(team.team),
        None => Named { name: id.as_str().into(), href: None },
    }
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
            team: named(id, assessment),
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
        let rows = self.by.rows.iter().chain(&self.of.rows);
        rows.filter_map(|row| row.holds.as_ref()).map(HoldsView::then)
    }

    /// The view of `assessed`; `None` where nobody vouched.
    pub(super) fn new(assessed: &'a AssessedTeam<'a>, assessment: &'a Assessment<'a>, texts: &Catalogue) -> Option<Self> {
        let by: Vec<(&TeamId, Date)> =
            sponsors(assessed.team).map(|(sponsor, entry)| (&sponsor.value, entry.since.value)).collect();
        let vouched = assessment.vouched_for(&assessed.team.id);
        let of: Vec<(&TeamId, Date)> = vouched.iter().map(|vouched| (&vouched.team.id, vouched.entry.since.value)).collect();
        let (by, of) = (Circle::new(&by, assessment, texts), Circle::new(&of, assessment, texts));
        let own = Rung {
            name: assessed.team.name.to_string(),
            note: texts.status(assessed.standing.status),
            kind: badge(assessed.standing.status),
        };
        let picture =
            Ladder::new(&[by.tier(texts), Tier { rungs: vec![own], verb: texts.text("team.vouching.for") }, of.tier(texts)]);
        (by.len() + of.len() > 0).then_some(Self { by, of, picture })
    }
}
