//! Finding teams by their names: by what begins like the query, and by its words in any order.

use super::file::LONGEST_PREFIX;
use super::fold::{joined, words};
use super::{LIMIT, NamedTeam, Reason, ReasonKind, Source};

/// What the tree of names tells of a query.
pub(super) struct Search {
    /// The teams that match, each with the reason.
    pub(super) teams: Vec<(NamedTeam, Reason)>,
    /// The words behind which there are more teams than were looked at, and how many.
    pub(super) cut: Vec<(String, usize)>,
}

/// Looks for teams whose names begin with `query` (its words, folded), or have words that begin so.
///
/// What is found does not depend on how the tree happens to be divided: of a node that was looked at for the joined words,
/// what merely has all words is left for the node of the rarest word.
///
/// # Errors
/// Where the source fails.
pub(super) fn search<S: Source>(query: &[String], source: &S) -> Result<Search, S::Error> {
    let whole = query.concat();
    let rarest = rarest(query, source)?;
    let beginning = locate(&whole, source)?;
    let beginning = beginning.filter(|node| rarest.as_ref().is_none_or(|(_, rarest)| rarest.prefix != node.prefix));
    let lists = [beginning.map(|node| (whole.as_str(), node, false)), rarest.map(|(word, node)| (word, node, true))];
    let mut search = Search { teams: Vec::new(), cut: Vec::new() };
    for (word, node, any_reason) in lists.into_iter().flatten() {
        let named = source.named(&node.prefix)?;
        if named.total > LIMIT {
            search.cut.push((word.to_owned(), named.total));
        }
        let matching = named.teams.into_iter().filter_map(|team| Some((reason(&team, query, &whole)?, team)));
        let wanted = matching.filter(|(reason, _)| any_reason || reason.kind == ReasonKind::NameBegins);
        search.teams.extend(wanted.map(|(reason, team)| (team, reason)));
    }
    Ok(search)
}

/// Why the names of a team match, if they do.
fn reason(team: &NamedTeam, query: &[String], whole: &str) -> Option<Reason> {
    let names = [Some(&team.card.name), team.official_name.as_ref(), Some(&team.card.id)];
    let names = names.into_iter().flatten();
    if let Some(name) = names.clone().find(|name| joined(name).starts_with(whole)) {
        return Some(Reason::new(ReasonKind::NameBegins, name));
    }
    let all: Vec<String> = names.flat_map(|name| words(name)).collect();
    let found = query.iter().all(|wanted| all.iter().any(|word| word.starts_with(wanted.as_str())));
    found.then(|| Reason::new(ReasonKind::NameWords, query.join(" ")))
}

/// The word of the query behind which there are the fewest teams; `None` where there are none behind one of them.
fn rarest<'q, S: Source>(query: &'q [String], source: &S) -> Result<Option<(&'q str, Node)>, S::Error> {
    let mut rarest: Option<(&str, Node)> = None;
    for word in query {
        let Some(node) = locate(word, source)? else { return Ok(None) };
        if rarest.as_ref().is_none_or(|(_, best)| node.total < best.total) {
            rarest = Some((word, node));
        }
    }
    Ok(rarest)
}

/// A node of the tree.
struct Node {
    prefix: String,
    total: usize,
}

/// The node that has all teams that can be found by a word, and the fewest others.
fn locate<S: Source>(word: &str, source: &S) -> Result<Option<Node>, S::Error> {
    let word = first_characters(word);
    let mut node = Node { prefix: String::new(), total: source.about().teams };
    while node.total > LIMIT && !node.prefix.starts_with(word) {
        let children = source.branches(&node.prefix)?;
        let next = children.into_iter().find(|(child, _)| child.starts_with(word) || word.starts_with(child.as_str()));
        let Some((prefix, total)) = next else { return Ok(None) };
        node = Node { prefix, total };
    }
    Ok(Some(node))
}

/// As much of a word as the tree knows.
pub(super) fn first_characters(word: &str) -> &str {
    word.char_indices().nth(LONGEST_PREFIX).map_or(word, |(end, _)| &word[..end])
}
