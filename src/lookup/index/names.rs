//! What names begin with, as a tree by characters.

use super::{Number, numbered};
use crate::assess::AssessedTeam;
use crate::lookup::file::MOST_NAMED;
use crate::lookup::name::first_characters;
use crate::model::{Line, words};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Teams by the beginnings of their names.
#[derive(Debug)]
pub(super) struct Names(BTreeMap<Box<str>, Node>);

/// The teams that are found by one beginning.
#[derive(Debug)]
struct Node {
    total: usize,
    /// The best first.
    best: Vec<Number>,
    /// Those with more teams than are told here go on in children, each with the number of its teams.
    children: Option<BTreeMap<Box<str>, usize>>,
}

/// A beginning and a team that is found by it, sorted by both.
type Row = (Box<str>, Number);

impl Names {
    /// Indexes `teams`, the best first.
    pub(super) fn new(teams: &[&AssessedTeam<'_>]) -> Self {
        let numbered: Vec<_> = numbered(teams).collect();
        let mut rows: Vec<Row> = numbered
            .par_iter()
            .flat_map_iter(|(number, team)| beginnings(team).into_iter().map(|beginning| (beginning, *number)))
            .collect();
        rows.par_sort_unstable();
        rows.dedup();
        let mut nodes = BTreeMap::new();
        nodes.extend(grow("", &rows));
        Self(nodes)
    }

    /// Every node by what is found there begins with, and whether it has branches.
    pub(super) fn nodes(&self) -> impl Iterator<Item = (&str, bool)> {
        self.0.iter().map(|(prefix, node)| (&**prefix, node.children.is_some()))
    }

    /// How many teams a node has, and the best of them.
    pub(super) fn best(&self, prefix: &str) -> (usize, &[Number]) {
        self.0.get(prefix).map_or((0, &[]), |node| (node.total, &node.best))
    }

    /// The children of a node, with the numbers of their teams.
    pub(super) fn children(&self, prefix: &str) -> BTreeMap<String, usize> {
        let children = self.0.get(prefix).and_then(|node| node.children.as_ref()).into_iter().flatten();
        children.map(|(prefix, total)| (prefix.to_string(), *total)).collect()
    }
}

/// What a team is found by: the words of its names and its id, and the words of each joined; of each what the tree knows.
fn beginnings(assessed: &AssessedTeam<'_>) -> Vec<Box<str>> {
    let team = assessed.team;
    let official = team.official_name.as_ref().map(Line::as_str);
    let names = [Some(team.name.as_str()), official, Some(team.id.as_str())].into_iter().flatten();
    let mut beginnings: Vec<Box<str>> = Vec::new();
    for words in names.map(words) {
        beginnings.push(first_characters(&words.concat()).into());
        beginnings.extend(words.iter().map(|word| first_characters(word).into()));
    }
    beginnings.retain(|beginning| !beginning.is_empty());
    beginnings.sort_unstable();
    beginnings.dedup();
    beginnings
}

/// The node of `rows`, all of which begin with `least`, and all nodes below it, itself first.
fn grow(least: &str, rows: &[Row]) -> Vec<(Box<str>, Node)> {
    let mut teams: Vec<Number> = rows.iter().map(|(_, number)| *number).collect();
    teams.par_sort_unstable();
    teams.dedup();
    let total = teams.len();
    teams.truncate(MOST_NAMED);
    if total <= MOST_NAMED {
        return vec![(least.into(), Node { total, best: teams, children: None })];
    }
    let prefix = if least.is_empty() { least } else { common(rows) };
    let longer = &rows[rows.partition_point(|(beginning, _)| beginning.len() <= prefix.len())..];
    let next = |row: &Row| row.0[prefix.len()..].chars().next().map_or(0, char::len_utf8);
    let groups: Vec<&[Row]> = longer.chunk_by(|a, b| a.0[..prefix.len() + next(a)] == b.0[..prefix.len() + next(b)]).collect();
    let below: Vec<Vec<(Box<str>, Node)>> =
        groups.par_iter().map(|rows| grow(&rows[0].0[..prefix.len() + next(&rows[0])], rows)).collect();
    let children = below.iter().filter_map(|nodes| nodes.first()).map(|(prefix, node)| (prefix.clone(), node.total)).collect();
    let node = Node { total, best: teams, children: Some(children) };
    std::iter::once((prefix.into(), node)).chain(below.into_iter().flatten()).collect()
}

/// What all of `rows`, which are sorted, begin with.
fn common(rows: &[Row]) -> &str {
    let (Some((first, _)), Some((last, _))) = (rows.first(), rows.last()) else { return "" };
    let same = first.chars().zip(last.chars()).take_while(|(a, b)| a == b);
    &first[..same.map(|(c, _)| c.len_utf8()).sum()]
}
