//! How the files for programs begin, for the page that lists them: what is written, and no example that could grow old.

use super::RenderError;
use super::api;
use super::formats::{OF_TEAM, WHOLE};
use super::groups::Groups;
use super::key_json;
use super::statistics::{csv, json};
use crate::assess::{AssessedTeam, Assessment};
use std::io::{self, Write};

/// How the file at `path` begins; of a kind of file, how that of `team` does, or the first that has a team. `None` where
/// it is not for people to look at.
pub(super) fn beginning(path: &str, team: &AssessedTeam<'_>, assessment: &Assessment<'_>, groups: &Groups<'_>) -> Option<String> {
    let mut beginning = Beginning(Vec::new());
    // That it stops where the beginning ends is no failure.
    let _stopped = begin(path, team, assessment, groups, &mut beginning)?;
    beginning.text()
}

fn begin(
    path: &str,
    team: &AssessedTeam<'_>,
    assessment: &Assessment<'_>,
    groups: &Groups<'_>,
    out: &mut dyn Write,
) -> Option<Result<(), RenderError>> {
    if let Some((.., write)) = WHOLE.iter().find(|(_, whole, _)| *whole == path) {
        return Some(write(assessment, out));
    }
    let is_this = |[before, behind]: [&str; 2]| path.strip_prefix(before).and_then(|id| id.strip_suffix(behind)) == Some("ID");
    if let Some((.., write)) = OF_TEAM.iter().find(|(_, parts, _)| is_this(*parts)) {
        return Some(write(team, assessment, out));
    }
    Some(match path {
        api::INDEX => api::index(assessment, groups, out),
        api::TEAMS => api::teams(assessment, out),
        api::CHANGES => api::changes(assessment, out),
        api::AUTHORITIES => api::authorities(assessment, &groups.authorities, out),
        "api/v1/by-level/LEVEL.json" => {
            api::of_level(groups.statuses.iter().find(|group| !group.teams.is_empty())?, assessment, out)
        }
        "api/v1/by-country/CODE.json" => api::of_country(groups.countries.first()?, assessment, out),
        api::ASSOCIATIONS => api::associations(assessment, &groups.figures.all.associations, out),
        json::PATH => json::write(assessment, groups, out),
        csv::PATH => csv::write(groups, out),
        key_json::PATH => key_json::index(assessment, &groups.keys.rings, out),
        _ => return None,
    })
}

/// How much of a file is shown, in bytes.
const SHOWN: usize = 700;

/// Takes the beginning of a file, and stops whoever writes more.
struct Beginning(Vec<u8>);

impl Beginning {
    /// The whole lines of it.
    fn text(self) -> Option<String> {
        let text = String::from_utf8_lossy(&self.0);
        let whole = if self.0.len() < SHOWN { text.len() } else { text.rfind('\n')? };
        let text = text[..whole].trim_end();
        (!text.is_empty()).then(|| text.to_owned())
    }
}

impl Write for Beginning {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = SHOWN.saturating_sub(self.0.len());
        if room == 0 {
            return Err(io::Error::from(io::ErrorKind::StorageFull));
        }
        let taken = room.min(bytes.len());
        self.0.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_is_whole_lines_and_bounded() {
        let mut beginning = Beginning(Vec::new());
        let line = "ü".repeat(49) + "\n";
        let stopped = (0..100).find_map(|_| beginning.write_all(line.as_bytes()).err());
        assert!(stopped.is_some());
        assert_eq!(beginning.text(), Some([&line[..]; 7].concat().trim_end().to_owned()));
        let mut short = Beginning(Vec::new());
        short.write_all(b"{}\n").unwrap();
        assert_eq!(short.text().as_deref(), Some("{}"));
        assert_eq!(Beginning(Vec::new()).text(), None);
    }
}
