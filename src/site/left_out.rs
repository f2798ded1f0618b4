//! Links in Markdown that pages leave out, since they lead where no reader expects, or somewhere else from every page: who wrote
//! one should know.

use super::links::{MOST, place};
use super::markdown::left_out;
use crate::diagnostic::{Finding, Rule, shorten};
use crate::load::Directory;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A text in Markdown: its file, how the root of the site is reached from its page, and the text itself.
type Written<'d> = (&'d Arc<str>, &'static str, &'d str);

/// What pages leave out of the texts of `directory`, in the order of the files; of one file no more than a hundred links. `source`
/// has the text of a file.
pub(super) fn findings(directory: &Directory, source: &(dyn Fn(&str) -> Option<String> + Sync)) -> Vec<Finding> {
    let texts: Vec<Written<'_>> = written(directory).collect();
    let found = texts.par_iter().flat_map_iter(|(file, up, text)| {
        let mut seen = BTreeSet::new();
        let mut links = left_out(text);
        links.retain(|link| seen.insert(link.clone()));
        let more = links.len().saturating_sub(MOST);
        links.truncate(MOST);
        let file_text = if links.is_empty() { None } else { source(file) };
        links.into_iter().map(move |link| {
            let place = place(file, file_text.as_deref(), &link);
            let message = format!("the link `{}` is left out of the page", shorten(&link));
            Finding::new(Rule::DeadLink, place, message, cure(&link, up, more))
        })
    });
    found.collect()
}

fn written(directory: &Directory) -> impl Iterator<Item = Written<'_>> {
    let pages = directory.pages.iter().map(|page| (&page.file, "", &*page.body));
    let meetings = directory.meetings.iter().map(|meeting| (&meeting.file, "../", &*meeting.body));
    let of_authorities =
        directory.authorities.values().filter_map(|one| Some((&one.file, "../", one.description.as_ref()?.as_str())));
    let of_teams = directory.teams.iter().filter_map(|team| Some((&team.file, "../", team.description.as_ref()?.as_str())));
    of_authorities.chain(meetings).chain(pages).chain(of_teams)
}

/// How a link is mended; and how many `more` of the file are not told.
fn cure(link: &str, up: &str, more: usize) -> String {
    let cure = match link.strip_prefix('/') {
        Some(path) if !path.starts_with(['/', '\\']) => {
            let path = if path.is_empty() { "index.html" } else { path };
            format!("a path begins at the page, for the site may stand anywhere: write `{up}{}`", shorten(path))
        }
        _ => "a link is one with https:// or http://, mailto: and an address, or the path of a file from the page; write anything else \
              as text"
            .to_owned(),
    };
    if more > 0 { format!("{cure}; of this file {more} more could be told") } else { cure }
}
