//! The files for other programs.

use super::Planner;
use crate::site::api;
use crate::site::formats::{OF_TEAM, WHOLE};

impl Planner<'_> {
    /// Our own JSON, and the formats that the operator chose.
    pub(super) fn formats(&mut self) {
        let assessment = self.assessment;
        let config = &assessment.directory.config;
        self.file(api::PATH.to_owned(), move |out| api::teams(assessment, out));
        for (_, path, write) in WHOLE.iter().filter(|(format, ..)| config.writes(*format)) {
            self.file((*path).to_owned(), move |out| write(assessment, out));
        }
        for (_, [before, behind], write) in OF_TEAM.iter().filter(|(format, ..)| config.writes(*format)) {
            for team in &assessment.teams {
                self.file(format!("{before}{}{behind}", team.team.id), move |out| write(team, assessment, out));
            }
        }
    }
}
