//! What is typed to make a project, and to keep its repository.

use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// `peerage init`.
#[derive(Debug, Args)]
pub struct Init {
    /// A folder that does not exist yet, or is empty; with --host or --forge also a project
    pub folder: PathBuf,
    /// Where the site will be published; may be given more than once
    #[arg(long, value_enum, value_name = "HOST")]
    pub host: Vec<Host>,
    /// Where the repository is kept, if no host says so
    #[arg(long, value_enum, value_name = "FORGE")]
    pub forge: Option<Forge>,
}

/// Where a site is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Host {
    /// GitHub Pages, by a workflow
    GithubPages,
    /// GitLab Pages, by a pipeline
    GitlabPages,
    /// Netlify, by a workflow on GitHub
    Netlify,
    /// Cloudflare Pages, by a workflow on GitHub
    CloudflarePages,
    /// nginx on this machine, by a script and a timer
    Nginx,
    /// A bucket of S3 or the like, by a script and a timer
    S3,
    /// Another machine, by rsync in a script and a timer
    Rsync,
}

impl Host {
    /// What it is called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::GithubPages => "GitHub Pages",
            Self::GitlabPages => "GitLab Pages",
            Self::Netlify => "Netlify",
            Self::CloudflarePages => "Cloudflare Pages",
            Self::Nginx => "nginx",
            Self::S3 => "S3",
            Self::Rsync => "rsync",
        }
    }

    /// Where the repository must be kept to be published there; `None` where that makes no difference.
    pub const fn forge(self) -> Option<Forge> {
        match self {
            Self::GithubPages | Self::Netlify | Self::CloudflarePages => Some(Forge::Github),
            Self::GitlabPages => Some(Forge::Gitlab),
            Self::Nginx | Self::S3 | Self::Rsync => None,
        }
    }
}

/// Where a repository is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Forge {
    /// GitHub: pull requests, workflows and issue forms
    Github,
    /// GitLab: merge requests, a pipeline and templates for issues
    Gitlab,
}

impl Forge {
    /// What it is called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Github => "GitHub",
            Self::Gitlab => "GitLab",
        }
    }
}

/// `peerage codeowners`.
#[derive(Debug, Args)]
pub struct Codeowners {
    /// The project's folder, the one that holds `content`
    #[arg(default_value = ".")]
    pub project: PathBuf,
}
