//! How levels are named in TI's JSON. Programs know a level by that alone, so none may pass for another.

use super::Config;
use crate::diagnostic::{Problem, Rule, Spanned};
use crate::model::{Level, Name, name_key};
use crate::yaml::{Reader, record};

/// A level's code and name in TI's JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TiClass {
    /// `classification.code`.
    pub code: Name,
    /// `classification.name`.
    pub name: Name,
}

record! {
    /// How a level is named in TI's JSON.
    pub(super) struct RawTiClass as Classification, "a classification" {
        /// Its `classification.code`.
        required code: Spanned<Name>,
        /// Its `classification.name`.
        required name: Spanned<Name>,
    }
}

impl RawTiClass {
    pub(super) fn convert(self) -> Option<TiClass> {
        Some(TiClass { code: self.code?.value, name: self.name?.value })
    }
}

impl Config {
    /// The code and the name of a level in TI's JSON. TI's codes for candidates were not seen in any of its data, so that one of
    /// which nothing is written is named as the level that it holds for certain.
    pub fn ti_class(&self, level: Level) -> (&str, &str) {
        let written = self.ti_classification.get(&level).or_else(|| self.ti_classification.get(&level.held()));
        written.map_or((code(level), level.held().title()), |class| (class.code.as_str(), class.name.as_str()))
    }
}

/// TI's own code.
fn code(level: Level) -> &'static str {
    match level.held() {
        Level::Certified => "c",
        Level::Accredited | Level::CertificationCandidate => "a",
        Level::Listed | Level::AccreditationCandidate => "l",
    }
}

/// The code or the name of a level: what it is called in messages, as it is written, and TI's own.
type Part = (&'static str, fn(&RawTiClass) -> Option<&Spanned<Name>>, fn(Level) -> &'static str);

/// No level has the code or the name of another, be it TI's own. A candidate may have that of the level that it holds for certain.
pub(super) fn check(classes: &[(Level, RawTiClass)], reader: &mut Reader) {
    let parts: [Part; 2] = [("code", |class| class.code.as_ref(), code), ("name", |class| class.name.as_ref(), Level::title)];
    for (what, part, usual) in parts {
        let mut taken: Vec<(Level, &Spanned<Name>)> = Vec::new();
        for (level, class) in classes {
            let Some(written) = part(class) else { continue };
            let is = |text: &str| name_key(text) == name_key(written.value.as_str());
            let is_own = [*level, level.held()].into_iter().any(|level| is(usual(level)));
            let help = format!("write a {what} that no other level has, such as `{}`", usual(*level));
            let problem = |message| Problem::new(Rule::SameClassification, message, help);
            if let Some(other) = Level::ALL.iter().find(|other| !is_own && is(usual(**other))) {
                let message = format!("`{}` is TI's {what} for `{other}`, and is given to `{level}` here", written.value);
                reader.report(problem(message), written.span);
            } else if let Some((other, first)) =
                taken.iter().find(|(other, first)| other.held() != level.held() && is(first.value.as_str()))
            {
                let message = format!("`{other}` and `{level}` have one {what}, `{}`", written.value);
                let finding = problem(message).at(reader.place(written.span));
                reader.push(finding.and(reader.place(first.span), "it is given here first"));
            } else {
                taken.push((*level, written));
            }
        }
    }
}
