//! What keeps the repository of a project: a guide for editors, a hook, schemas; and for each forge what looks at proposed
//! changes, forms for those who do not use git, and what tells when something is due. `docs/kit.md` says how it works together.

use crate::cli::{Forge, SchemaOf};
use crate::cmd::{Failure, schema};

/// A file of the kit: where it goes, and its text.
type File = (&'static str, &'static str);

/// Where the settings of a pipeline of GitLab stand.
pub(super) const PIPELINE: &str = ".gitlab-ci.yml";

/// What looks at merge requests: the beginning of [`PIPELINE`].
pub(super) const MERGE_REQUESTS: &str = include_str!("kit/gitlab/ci.yml");

/// What belongs to every project.
const FILES: &[File] =
    &[("EDITING.md", include_str!("kit/EDITING.md")), (".githooks/pre-commit", include_str!("kit/pre-commit"))];

/// The schemas of the files that editors write.
const SCHEMAS: &[(&str, SchemaOf)] = &[
    ("schema/entry.json", SchemaOf::Entry),
    ("schema/site.json", SchemaOf::Site),
    ("schema/profile.json", SchemaOf::Profile),
    ("schema/authority.json", SchemaOf::Authority),
];

/// What belongs into a repository on GitHub.
const GITHUB: &[File] = &[
    (".github/workflows/pull-request.yml", include_str!("kit/github/pull-request.yml")),
    (".github/workflows/trust-report.yml", include_str!("kit/github/trust-report.yml")),
    (".github/workflows/due.yml", include_str!("kit/github/due.yml")),
    (".github/ISSUE_TEMPLATE/config.yml", include_str!("kit/github/forms/config.yml")),
    (".github/ISSUE_TEMPLATE/change-contact.yml", include_str!("kit/github/forms/change-contact.yml")),
    (".github/ISSUE_TEMPLATE/new-key.yml", include_str!("kit/github/forms/new-key.yml")),
    (".github/ISSUE_TEMPLATE/new-team.yml", include_str!("kit/github/forms/new-team.yml")),
    (".github/ISSUE_TEMPLATE/wrong-level.yml", include_str!("kit/github/forms/wrong-level.yml")),
];

/// What belongs into a repository on GitLab.
const GITLAB: &[File] = &[
    (PIPELINE, MERGE_REQUESTS),
    (".gitlab/trust-comments.py", include_str!("kit/gitlab/trust-comments.py")),
    (".gitlab/issue_templates/change-contact.md", include_str!("kit/gitlab/templates/change-contact.md")),
    (".gitlab/issue_templates/new-key.md", include_str!("kit/gitlab/templates/new-key.md")),
    (".gitlab/issue_templates/new-team.md", include_str!("kit/gitlab/templates/new-team.md")),
    (".gitlab/issue_templates/wrong-level.md", include_str!("kit/gitlab/templates/wrong-level.md")),
];

/// How a file is changed in the browser.
const WEB_GITHUB: &str = include_str!("kit/github/web.md");
const WEB_GITLAB: &str = include_str!("kit/gitlab/web.md");

/// What belongs to every project: where each file goes in it, and its text. The guide tells of these forges, and of all where
/// there is none.
///
/// # Errors
/// Where a schema cannot be written, which there is no cause for.
pub(super) fn of_project(forges: &[Forge]) -> Result<Vec<(&'static str, String)>, Failure> {
    let tells = |forge| forges.is_empty() || forges.contains(&forge);
    let web = [(Forge::Github, WEB_GITHUB), (Forge::Gitlab, WEB_GITLAB)];
    let web: String = web.into_iter().filter(|(forge, _)| tells(*forge)).map(|(_, text)| text).collect();
    let files = FILES.iter().map(|(path, text)| Ok((*path, text.replace("{web}\n", &web))));
    files.chain(SCHEMAS.iter().map(|(path, of)| Ok((*path, schema::text(*of)?)))).collect()
}

/// What belongs into a repository on `forge`: where each file goes in it, and its text.
pub(super) const fn of_repository(forge: Forge) -> &'static [File] {
    match forge {
        Forge::Github => GITHUB,
        Forge::Gitlab => GITLAB,
    }
}

/// What the operator still has to do, in half a sentence.
pub(super) const fn next(forge: Forge) -> &'static str {
    match forge {
        Forge::Github => {
            "protect the main branch (Settings, Rules): a pull request with the check `check`, and a review by code owners; and let \
             workflows of contributors from outside run only after approval (Settings, Actions); and name the `repository` in \
             content/site.yaml, so that pages lead to their entries"
        }
        Forge::Gitlab => {
            "protect the main branch, and ask for the approval of code owners where your plan has it; .gitlab-ci.yml says which \
             schedule and token make comments; and name the `repository` in content/site.yaml, so that pages lead to their entries"
        }
    }
}
