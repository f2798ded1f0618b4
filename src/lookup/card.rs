//! What is told of a team that was found: enough to judge it, and to write to it at once.

use crate::assess::{AssessedKey, AssessedTeam, Status, changes_after};
use crate::config::Policy;
use crate::diagnostic::shorten;
use crate::model::{Contact, Date, Level, PhoneUsage, State};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

/// A team in short, the same in every file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Card {
    /// Its id.
    pub id: String,
    /// Its short name.
    pub name: String,
    /// The code of the country of its seat.
    pub country: String,
    /// Its level or state.
    pub status: CardStatus,
    /// The address to write to first.
    pub email: Option<String>,
    /// The number that is answered at any hour.
    pub emergency: Option<String>,
    /// The number to call first, where none is answered at any hour.
    #[serde(default)]
    pub telephone: Option<String>,
    /// What the entry says of `emergency` or `telephone`: for whom it is, or when.
    #[serde(default)]
    pub phone_comment: Option<String>,
    /// The fingerprints of the keys that work, in digits alone.
    pub keys: Vec<String>,
    /// Of each of `keys`, in their order, the last day on which it works, where it has an end.
    #[serde(default, deserialize_with = "optional_days")]
    pub key_ends: Vec<Option<Date>>,
    /// Its page, relative to the site's root.
    pub page: String,
}

/// A status, and how long it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CardStatus {
    /// In one word.
    pub id: String,
    /// In words.
    pub title: String,
    /// Since when.
    #[serde(deserialize_with = "optional_day")]
    pub since: Option<Date>,
    /// The last day on which it holds, where that is known.
    #[serde(deserialize_with = "optional_day")]
    pub valid_until: Option<Date>,
    /// What it becomes then.
    pub next: Option<NextStatus>,
    /// What it becomes after `next`, soonest first.
    #[serde(default)]
    pub then: Vec<NextStatus>,
}

/// What a status becomes, as far as the dates tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NextStatus {
    /// The first day of the new status.
    #[serde(deserialize_with = "day")]
    pub on: Date,
    /// The new status in one word.
    pub to: String,
}

/// Every status from the highest to the lowest.
fn statuses() -> impl Iterator<Item = Status> {
    let levels = Level::ALL.iter().rev().map(|level| Status { level: Some(*level), state: None });
    let states = State::ALL.iter().map(|state| Status { level: None, state: Some(*state) });
    levels.chain([Status { level: None, state: None }]).chain(states)
}

impl Card {
    /// The card of a team as it is on `day`.
    pub(super) fn new(assessed: &AssessedTeam<'_>, policy: Policy, day: Date) -> Self {
        let (team, standing) = (assessed.team, &assessed.standing);
        let mut changes = changes_after(&team.history, policy, day).into_iter();
        let mut change = || changes.next().map(|change| NextStatus { on: change.on, to: change.to.id().to_owned() });
        // Nobody answers for a team that has withdrawn.
        let contact = Some(&team.contact).filter(|_| !standing.status.is_withdrawn());
        let first_for = |usage| contact?.phones.iter().find(|phone| phone.usage.contains(&usage));
        let emergency = first_for(PhoneUsage::Emergency);
        let telephone = first_for(PhoneUsage::Voice).filter(|_| emergency.is_none());
        let comment = emergency.or(telephone).and_then(|phone| phone.comment.as_ref());
        let keys = assessed.keys.iter().filter(|key| key.offered);
        Self {
            id: team.id.to_string(),
            name: team.name.to_string(),
            country: team.country.code().to_owned(),
            status: CardStatus {
                id: standing.status.id().to_owned(),
                title: standing.status.title().to_owned(),
                since: standing.status_since(),
                valid_until: standing.valid_until,
                next: change(),
                then: std::iter::from_fn(change).collect(),
            },
            email: contact.and_then(Contact::main_email).map(ToString::to_string),
            emergency: emergency.map(|phone| phone.number.to_string()),
            telephone: telephone.map(|phone| phone.number.to_string()),
            phone_comment: comment.map(ToString::to_string),
            keys: keys.clone().map(|key| key.fingerprint.digits().to_owned()).collect(),
            key_ends: keys.map(AssessedKey::usable_until).collect(),
            page: format!("teams/{}.html", team.id),
        }
    }

    /// Each key that works, with the last day on which it does, where it has an end.
    pub fn keys_with_ends(&self) -> impl Iterator<Item = (&str, Option<Date>)> {
        // Where a file does not say how they end, nothing is known of it.
        let ends = self.key_ends.iter().copied().chain(std::iter::repeat(None));
        self.keys.iter().map(String::as_str).zip(ends)
    }

    /// The card as it is on a later day than that for which it was made: the status is lowered where it has ended, and keys
    /// that have ended are no longer there; nobody answers for a team that has withdrawn since. Nothing is raised.
    pub(super) fn lower(&mut self, today: Date) {
        self.status.lower(today);
        let lasts = |(_, end): &(&str, Option<Date>)| end.is_none_or(|end| today <= end);
        let lasting = self.keys_with_ends().filter(lasts).map(|(key, end)| (key.to_owned(), end));
        (self.keys, self.key_ends) = lasting.collect();
        if self.status.is_withdrawn() {
            (self.email, self.emergency, self.telephone, self.phone_comment) = (None, None, None, None);
            (self.keys, self.key_ends) = (Vec::new(), Vec::new());
        }
    }
}

impl CardStatus {
    /// Whether the team has withdrawn.
    pub fn is_withdrawn(&self) -> bool {
        self.id == State::Withdrawn.id()
    }

    /// Where a status stands among all, the highest first; behind them what is none.
    pub(super) fn place(&self) -> usize {
        place(&self.id)
    }

    /// Lowers the status to the lowest that it has become by `today`, as far as that is known. It is never raised: what is
    /// older than the day can only be trusted less.
    fn lower(&mut self, today: Date) {
        let passed = self.next.iter().chain(&self.then).take_while(|change| change.on <= today);
        let mut lowest = None;
        for change in passed {
            if place(&change.to) > lowest.map_or(self.place(), |lowest: &NextStatus| place(&lowest.to)) {
                lowest = Some(change);
            }
        }
        let Some(NextStatus { on, to }) = lowest.cloned() else { return };
        let status = statuses().find(|status| status.id() == to);
        // A level to which a team falls it may have had all along: the certified are accredited.
        let since = status.and_then(|status| status.state).map(|_| on);
        let title = status.map_or("", Status::title).to_owned();
        *self = Self { id: to, title, since, valid_until: None, next: None, then: Vec::new() };
    }
}

fn place(id: &str) -> usize {
    statuses().position(|status| status.id() == id).unwrap_or(usize::MAX)
}

/// Where the status of a team stands among all, the highest first.
pub(super) fn place_of(assessed: &AssessedTeam<'_>) -> usize {
    place(assessed.standing.status.id())
}

/// Reads a day.
pub(super) fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    parse(&String::deserialize(deserializer)?)
}

fn optional_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    Option::<String>::deserialize(deserializer)?.as_deref().map(parse).transpose()
}

fn optional_days<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Option<Date>>, D::Error> {
    let days = Vec::<Option<String>>::deserialize(deserializer)?;
    days.iter().map(|day| day.as_deref().map(parse).transpose()).collect()
}

fn parse<E: serde::de::Error>(text: &str) -> Result<Date, E> {
    Date::calculated(text).ok_or_else(|| E::custom(format!("`{}` is not a date", shorten(text))))
}
