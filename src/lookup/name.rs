//! Finding teams by their names: by what begins like the query, and by its words in any order.

use super::file::{LONGEST_PREFIX, MOST_NAMED, MOST_WORDS};
use super::{LIMIT, NamedTeam, Reason, ReasonKind, Source};
use crate::model::{joined, words};

/// What the tree of names tells of a query.
pub(super) struct Search {
    /// The teams that match, each with the reason.
    pub(super) teams: Vec<(NamedTeam, Reason)>,
    /// The words behind which there are more teams than are told, and how many.
    pub(super) cut: Vec<(String, usize)>,
}

/// Looks for teams whose names begin with `query` (its words, folded), or have words that begin so.
///
/// What is found does not depend on how the tree happens to be divided: of the node of the joined words only what begins with
/// them counts, and of the node of the rarest word only what has all words.
///
/// # Errors
/// Where the source fails.
pub(super) fn search<S: Source>(query: &[String], source: &S) -> Result<Search, S::Error> {
    let whole = query.concat();
    let rarest = rarest(query, source)?.filter(|word| *word != whole);
    let mut search = Search { teams: Vec::new(), cut: Vec::new() };
    for word in [Some(&*whole), rarest].into_iter().flatten() {
        let Some(node) = locate(word, source)? else { continue };
        let named = source.named(&node.prefix)?;
        let matching = named.teams.into_iter().filter_map(|team| Some((reason(&team, query, word)?, team)));
        let mut matching: Vec<(Reason, NamedTeam)> = matching.collect();
        matching.sort_by_key(|(reason, _)| reason.kind);
        // Of teams that were not looked at nobody knows whether they match.
        let total = if named.total > MOST_NAMED { named.total } else { matching.len() };
        if total > LIMIT {
            search.cut.push((word.to_owned(), total));
        }
        search.teams.extend(matching.into_iter().take(LIMIT).map(|(reason, team)| (team, reason)));
    }
    Ok(search)
}

/// Why the names of a team match what is looked for by `word`, the joined words or one of the words, if they do.
fn reason(team: &NamedTeam, query: &[String], word: &str) -> Option<Reason> {
    let whole = query.concat();
    let names = [Some(&team.card.name), team.official_name.as_ref(), Some(&team.card.id)];
    let names = names.into_iter().flatten();
    let begins = names.clone().find(|name| joined(name).starts_with(&whole));
    let all: Vec<String> = names.flat_map(|name| words(name)).collect();
    let has_all = query.iter().all(|wanted| all.iter().any(|word| word.starts_with(wanted.as_str())));
    let counts = (word == whole && begins.is_some()) || (has_all && query.iter().any(|of| of == word));
    counts.then(|| match begins {
        Some(name) => Reason::new(ReasonKind::NameBegins, name),
        None => Reason::new(ReasonKind::NameWords, query.join(" ")),
    })
}

/// The first word of the query behind which there are so few teams that all can be looked at, else that with the fewest;
/// `None` where there are none behind a word.
fn rarest<'q, S: Source>(query: &'q [String], source: &S) -> Result<Option<&'q str>, S::Error> {
    let mut rarest: Option<(&str, usize)> = None;
    for word in query.iter().take(MOST_WORDS) {
        let Some(Node { total, .. }) = locate(word, source)? else { return Ok(None) };
        if rarest.is_none_or(|(_, fewest)| total < fewest) {
            rarest = Some((word, total));
        }
        if total <= MOST_NAMED {
            break;
        }
    }
    Ok(rarest.map(|(word, _)| word))
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
    while node.total > MOST_NAMED && !node.prefix.starts_with(word) {
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
