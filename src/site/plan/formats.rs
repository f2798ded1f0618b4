//! The files for other programs.

use super::Planner;
use crate::model::Url;
use crate::site::formats::{OF_TEAM, WHOLE, security_txt, sitemap};
use crate::site::{api, changes};

impl Planner<'_> {
    /// Our own JSON, the formats that the operator chose, and what a site at the root of a host says of itself.
    pub(super) fn formats(&mut self) {
        let assessment = self.assessment;
        let config = &assessment.directory.config;
        self.file(api::PATH.to_owned(), move |out| api::teams(assessment, out));
        self.file(changes::PATH.to_owned(), move |out| changes::write(assessment, out));
        for (_, path, write) in WHOLE.iter().filter(|(format, ..)| config.writes(*format)) {
            self.file((*path).to_owned(), move |out| write(assessment, out));
        }
        for (_, [before, behind], write) in OF_TEAM.iter().filter(|(format, ..)| config.writes(*format)) {
            for team in &assessment.teams {
                self.file(format!("{before}{}{behind}", team.team.id), move |out| write(team, assessment, out));
            }
        }
        let own = self.site.paths().any(|path| path.as_str() == security_txt::PATH);
        if let Some(base) = security_txt::base(config).filter(|_| !own) {
            self.file(security_txt::PATH.to_owned(), move |out| security_txt::write(base, config, assessment.today, out));
        }
    }

    /// The list of all pages that are planned, where it is known where the site stands.
    pub(super) fn sitemap(&mut self) {
        let assessment = self.assessment;
        let Some(base) = assessment.directory.config.base_url.as_ref().map(Url::href) else { return };
        let parts = sitemap::parts(self.site.paths());
        if parts.len() > 1 {
            let paths: Vec<String> = parts.iter().map(|part| part.path.clone()).collect();
            self.file(sitemap::PATH.to_owned(), move |out| sitemap::index(&paths, base, out));
        }
        for part in parts {
            self.file(part.path.clone(), move |out| sitemap::pages(&part, base, assessment, out));
        }
    }
}
