//! The directory as of a date: pure, from dates alone, without a clock.
//!
//! A level is computed here and nowhere else, so a page, a badge and a JSON file cannot disagree. A day is valid to its
//! end: what ends on a day still holds on that day.

mod audience;
mod changes;
mod ending;
mod flag;
mod horizon;
mod identity;
mod key;
mod key_flag;
mod lapse;
mod maturity;
mod others;
mod shared;
mod standing;
mod vouching;

pub use audience::{Audience, Obstacle, Reader, Shift, Unable};
pub use changes::{ChangeKind, PastChange};
pub use ending::{Ending, What, leaves};
pub use flag::{Flag, FlagClass, FlagKind, Strength};
pub use horizon::next_change;
pub use identity::Namespace;
pub use key::{AssessedKey, Lack, Source, addresses_in, end_of_day, is_of, is_own, last_day, timeless};
pub use key_flag::{KeyFault, KeyName};
pub use lapse::{Lapse, lapses, suspensions_over};
pub use maturity::{counting, is_recent, newest, published};
pub use shared::SharedAddress;
pub use standing::{
    Certificate, Change, End, Standing, Status, changes_after, end_of, last_day_of, periods, standing, status_on,
};
pub use vouching::{Backing, Vouched, sponsors};

use crate::diagnostic::Spanned;
use crate::load::Directory;
use crate::model::{Date, Team, TeamId, mailbox, sort_key};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// The directory as of a day.
#[derive(Debug)]
pub struct Assessment<'d> {
    /// What was assessed.
    pub directory: &'d Directory,
    /// The day.
    pub today: Date,
    /// Every team, sorted by name as people look it up, then by id.
    pub teams: Vec<AssessedTeam<'d>>,
    /// The e-mail addresses that more than one team gives, by the form in which they are compared ([`mailbox`]).
    pub shared_addresses: BTreeMap<String, SharedAddress<'d>>,
    vouched: BTreeMap<&'d TeamId, Vec<Vouched<'d>>>,
    by_id: HashMap<&'d TeamId, usize>,
    active: Vec<&'d Team>,
}

/// A team as of a day.
#[derive(Debug)]
pub struct AssessedTeam<'d> {
    /// The team.
    pub team: &'d Team,
    /// Its place in [`Assessment::teams`].
    pub number: usize,
    /// Its level and state, and when they change.
    pub standing: Standing<'d>,
    /// When the team last confirmed its data; a day that has not come confirms nothing.
    pub confirmed: Option<Spanned<Date>>,
    /// Its contact keys: first those that its entry names, then what else its key files hold.
    pub keys: Vec<AssessedKey<'d>>,
    /// What the reader should know besides, the gravest first.
    pub flags: Vec<Flag<'d>>,
    /// What ends within the time that the policy flags, or has ended; soonest first.
    pub endings: Vec<Ending<'d>>,
}

/// Assesses every team of `directory` as of `today`.
pub fn assess(directory: &Directory, today: Date) -> Assessment<'_> {
    let mut teams: Vec<_> =
        directory.teams.par_iter().map(|team| (sort_key(team.name.as_str()), assess_team(team, directory, today))).collect();
    teams.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.team.id.cmp(&y.team.id)));
    let mut teams: Vec<_> = (0..).zip(teams).map(|(number, (_, team))| AssessedTeam { number, ..team }).collect();
    others::withhold(&mut teams, directory.config.policy, today);
    let by_id: HashMap<_, _> = teams.iter().map(|assessed| (&assessed.team.id, assessed.number)).collect();
    let is_active = |team: &Team| !teams[by_id[&team.id]].standing.status.is_withdrawn();
    let active = directory.teams.iter().map(|team| &**team).filter(|team| is_active(team)).collect();
    let shared_addresses = shared::shared(&teams);
    let vouched = vouching::vouched(&teams);
    Assessment { directory, today, teams, shared_addresses, vouched, by_id, active }
}

fn assess_team<'d>(team: &'d Team, directory: &'d Directory, today: Date) -> AssessedTeam<'d> {
    let policy = directory.config.policy;
    let standing = standing(&team.history, policy, today);
    let confirmed = team.confirmed.filter(|date| date.value <= today);
    let keys = key::keys(team, directory.key_files(&team.id), &standing, today);
    let mut assessed = AssessedTeam { team, number: 0, standing, confirmed, keys, flags: Vec::new(), endings: Vec::new() };
    assessed.endings = flag::endings(&assessed, policy, today);
    assessed.flags = flag::flags(&assessed, policy, today);
    // Few, and kept for every team.
    assessed.keys.shrink_to_fit();
    assessed.endings.shrink_to_fit();
    assessed.flags.shrink_to_fit();
    assessed
}

impl<'d> Assessment<'d> {
    /// The teams that have not withdrawn, sorted by id.
    pub fn active(&self) -> impl Iterator<Item = &'d Team> {
        self.active.iter().copied()
    }

    /// Everything of `team` that has a last day, whether that is near or far; soonest first.
    pub fn ends(&self, team: &AssessedTeam<'d>) -> Vec<Ending<'d>> {
        flag::all_endings(team, self.directory.config.policy, self.today)
    }

    /// What has become of `team` until today, newest first.
    pub fn changes(&self, team: &AssessedTeam<'d>) -> Vec<PastChange<'d>> {
        changes::changes(team, self.directory.config.policy, self.today)
    }

    /// Whether teams that give `address` offer different OpenPGP keys for it, so that none may be handed out as its key.
    pub fn is_contested(&self, address: &str) -> bool {
        self.shared_addresses.get(&mailbox(address)).is_some_and(|shared| shared.keys_differ)
    }

    /// For whom the team with this id has vouched, by name.
    pub fn vouched_for(&self, id: &TeamId) -> &[Vouched<'d>] {
        self.vouched.get(id).map_or(&[], Vec::as_slice)
    }

    /// Until when the word of its sponsors counts for `team`, where it rests on that and there is an end to it.
    pub fn backing(&self, team: &AssessedTeam<'d>) -> Option<Backing<'d>> {
        vouching::backing(team, self)
    }

    /// The team with this id.
    pub fn team(&self, id: &TeamId) -> Option<&AssessedTeam<'d>> {
        self.by_id.get(id).map(|at| &self.teams[*at])
    }
}
