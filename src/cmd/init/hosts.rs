//! What builds and publishes a project on a host, every night and whenever it changes. `docs/hosting.md` says what else
//! each host wants.

use super::kit;
use crate::cli::Host;

/// A file of a recipe: where it goes in the project, and its text. `{version}` stands for ours and `{project}` for the
/// project's folder, which `init` fills in, `{host}` and `{arguments}` for what a script of ours is called with.
type File = (&'static str, &'static str);

/// How a host is published to.
struct Recipe {
    files: &'static [File],
    /// What the script of the recipe is told: its host, its place.
    arguments: &'static str,
    /// What is still to be done by hand.
    next: &'static str,
}

const SERVICE: &str = include_str!("hosts/publish.service");
const TIMER: &str = include_str!("hosts/publish.timer");

fn recipe(host: Host) -> Recipe {
    match host {
        Host::GithubPages => Recipe {
            files: &[(".github/workflows/github-pages.yml", include_str!("hosts/github-pages.yml"))],
            arguments: "",
            next: "in the settings of the repository, set the source of Pages to GitHub Actions",
        },
        Host::GitlabPages => Recipe {
            files: &[(kit::PIPELINE, include_str!("hosts/gitlab-ci.yml"))],
            arguments: "",
            next: "make a pipeline schedule for every night, and write `compress: [gzip, brotli]` into content/site.yaml",
        },
        Host::Netlify => Recipe {
            files: &[(".github/workflows/netlify.yml", include_str!("hosts/netlify.yml"))],
            arguments: "",
            next: "set the two secrets that .github/workflows/netlify.yml names",
        },
        Host::CloudflarePages => Recipe {
            files: &[(".github/workflows/cloudflare-pages.yml", include_str!("hosts/cloudflare-pages.yml"))],
            arguments: "",
            next: "set the two secrets and the name of the project in .github/workflows/cloudflare-pages.yml",
        },
        Host::Nginx => Recipe {
            files: &[
                ("hosting/nginx/site.conf", include_str!("hosts/nginx-site.conf")),
                ("hosting/nginx/publish.sh", include_str!("hosts/nginx-publish.sh")),
                ("hosting/nginx/peerage-publish-nginx.service", SERVICE),
                ("hosting/nginx/peerage-publish-nginx.timer", TIMER),
            ],
            arguments: "/srv/www/directory",
            next: "write `hosting: [nginx]` and `compress: [gzip]` into content/site.yaml, and put the files of hosting/nginx in \
                   their places, which they name",
        },
        Host::S3 => Recipe {
            files: &[
                ("hosting/s3/publish.sh", include_str!("hosts/s3-publish.sh")),
                ("hosting/s3/cors.json", include_str!("hosts/s3-cors.json")),
                ("hosting/s3/peerage-publish-s3.service", SERVICE),
                ("hosting/s3/peerage-publish-s3.timer", TIMER),
            ],
            arguments: "my-bucket",
            next: "put the name of the bucket into hosting/s3/peerage-publish-s3.service, and that file and the timer in their \
                   places",
        },
        Host::Rsync => Recipe {
            files: &[
                ("hosting/rsync/publish.sh", include_str!("hosts/rsync-publish.sh")),
                ("hosting/rsync/peerage-publish-rsync.service", SERVICE),
                ("hosting/rsync/peerage-publish-rsync.timer", TIMER),
            ],
            arguments: "deploy@www.directory.example /srv/directory",
            next: "put the name of the machine into hosting/rsync/peerage-publish-rsync.service, and that file and the timer in \
                   their places",
        },
    }
}

/// The files of the recipe: where each goes, and its text. A pipeline of GitLab is one file, so that it looks at merge requests too.
pub(super) fn files(host: Host) -> Vec<(&'static str, String)> {
    let Recipe { files, arguments, .. } = recipe(host);
    let filled = |text: &str| text.replace("{arguments}", arguments).replace("{host}", &host.title().to_ascii_lowercase());
    let begins = |path: &str| if path == kit::PIPELINE { kit::MERGE_REQUESTS } else { "" };
    files.iter().map(|(path, text)| (*path, begins(path).to_owned() + &filled(text))).collect()
}

/// What the operator still has to do, in half a sentence.
pub(super) fn next(host: Host) -> &'static str {
    recipe(host).next
}
