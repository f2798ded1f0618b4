//! The files for other programs.

use super::Planner;
use crate::config;
use crate::diagnostic::{Finding, Place, Rule};
use crate::model::Url;
use crate::site::api::{self, SCHEMAS};
use crate::site::formats::{OF_TEAM, WHOLE, security_txt, sitemap};
use std::io::Write;
use std::sync::Arc;

impl Planner<'_> {
    /// Our own JSON of all teams, and those of a level or a country.
    pub(super) fn api(&mut self) {
        let assessment = self.assessment;
        let groups = Arc::clone(&self.groups);
        self.file(api::INDEX.to_owned(), move |out| api::index(assessment, &groups, out));
        self.file(api::TEAMS.to_owned(), move |out| api::teams(assessment, out));
        self.file(api::CHANGES.to_owned(), move |out| api::changes(assessment, out));
        let groups = Arc::clone(&self.groups);
        self.file(api::AUTHORITIES.to_owned(), move |out| api::authorities(assessment, &groups.authorities, out));
        let groups = Arc::clone(&self.groups);
        let write = move |out: &mut dyn Write| api::associations(assessment, &groups.figures.all.associations, out);
        self.file(api::ASSOCIATIONS.to_owned(), write);
        for schema in SCHEMAS {
            self.file(api::schema_path(schema.0), move |out| api::schema(*schema, out));
        }
        for at in 0..self.groups.statuses.len() {
            let groups = Arc::clone(&self.groups);
            let path = api::level_path(groups.statuses[at].key);
            self.file(path, move |out| api::of_level(&groups.statuses[at], assessment, out));
        }
        for at in 0..self.groups.countries.len() {
            let groups = Arc::clone(&self.groups);
            let path = api::country_path(groups.countries[at].key);
            self.file(path, move |out| api::of_country(&groups.countries[at], assessment, out));
        }
    }

    /// The formats that the operator chose, and what a site at the root of a host says of itself.
    pub(super) fn formats(&mut self) {
        let assessment = self.assessment;
        let config = &assessment.directory.config;
        for (_, path, write) in WHOLE.iter().filter(|(format, ..)| config.writes(*format)) {
            self.file((*path).to_owned(), move |out| write(assessment, out));
        }
        for (_, [before, behind], write) in OF_TEAM.iter().filter(|(format, ..)| config.writes(*format)) {
            for team in &assessment.teams {
                self.file(format!("{before}{}{behind}", team.team.id), move |out| write(team, assessment, out));
            }
        }
        self.security_txt();
    }

    /// Whom to tell of a weakness of the site, unless the operator has a file of his own for that.
    fn security_txt(&mut self) {
        let (settings, today) = (&self.assessment.directory.config, self.assessment.today);
        let Some(contact) = settings.security_contact.first() else { return };
        if self.site.paths().any(|path| path.as_str() == security_txt::PATH) {
            return;
        }
        if let Some(base) = security_txt::base(settings) {
            self.file(security_txt::PATH.to_owned(), move |out| security_txt::write(base, settings, today, out));
            return;
        }
        let message = "no security.txt is written for this contact";
        let help = "it counts only at the root of a host, over https: set `base_url` to an address such as https://directory.example/, or remove \
                    `security_contact` and have the file on that host by hand";
        let place = Place::new(&config::FILE.into(), contact.span);
        self.findings.push(Finding::new(Rule::UnusedSecurityContact, place, message, help));
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
