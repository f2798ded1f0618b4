//! Web Key Directories (draft-koch-openpgp-webkey-service): where mail programs look for the keys of an address.
//!
//! For each mail domain of a key that is offered there is a folder that whoever runs the domain can serve. The site itself
//! is such a directory for the domains that `site.yaml` names, since mail programs ask the domain, and only its owner can
//! send them here. Left out on purpose: the protocol by which teams would hand in keys.

use super::encoding::wkd_hash;
use super::keys::{Cut, Form, KeyFile, TeamKey, of_all, older_first};
use crate::assess::{Assessment, is_own};
use crate::config::Format;
use crate::model::{Domain, Url};
use crate::openpgp::UserId;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// An address as a Web Key Directory sees it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mailbox {
    /// Its domain, in A-labels.
    domain: String,
    /// What stands before the `@`, with ASCII letters in lower case.
    local_part: String,
}

impl Mailbox {
    /// The mailbox of a user id; `None` where it has no address, or one whose domain is no name.
    pub(super) fn of(id: &UserId) -> Option<Self> {
        let (local_part, domain) = id.address.as_ref()?.rsplit_once('@')?;
        let domain: Domain = domain.parse().ok()?;
        Some(Self { domain: domain.name().to_owned(), local_part: local_part.to_ascii_lowercase() })
    }
}

/// A Web Key Directory: for each mailbox of a key that is offered the keys that carry it.
pub(super) struct WebKeyDirectory<'a> {
    mailboxes: BTreeMap<Arc<Mailbox>, Arc<[TeamKey<'a>]>>,
    /// The domains for which this site is the Web Key Directory, by the advanced method, and by the direct one too.
    served: Vec<(String, bool)>,
    /// Whether there is a tree for each domain, for its owner to put up.
    for_owners: bool,
}

impl<'a> WebKeyDirectory<'a> {
    /// The directory of every key that `assessment` offers.
    pub(super) fn new(assessment: &'a Assessment<'a>) -> Self {
        let mut mailboxes: BTreeMap<Mailbox, Vec<TeamKey<'_>>> = BTreeMap::new();
        for held in older_first(of_all(assessment).filter(|held| held.key.offered)) {
            let ids = held.key.reading().map_or(&[][..], |reading| &reading.user_ids);
            let own = ids.iter().filter(|id| is_own(id, held.team.team));
            // Who asks for the key of an address must not get another team's.
            let sure = own.filter(|id| id.address.as_ref().is_some_and(|address| !assessment.is_contested(address)));
            for mailbox in sure.filter_map(Mailbox::of).collect::<BTreeSet<_>>() {
                let keys = mailboxes.entry(mailbox).or_default();
                // Two teams may have both the key and the address.
                if keys.iter().all(|other| other.key.fingerprint != held.key.fingerprint) {
                    keys.push(held);
                }
            }
        }
        let mailboxes: BTreeMap<_, _> = mailboxes.into_iter().map(|(mailbox, keys)| (Arc::new(mailbox), keys.into())).collect();
        let config = &assessment.directory.config;
        let host = config.base_url.as_ref().and_then(host_alone);
        let has_key = |name: &&str| mailboxes.keys().any(|mailbox| mailbox.domain == *name);
        let named: BTreeSet<&str> = config.web_key_directory.iter().map(|domain| domain.value.name()).filter(has_key).collect();
        let served = named.into_iter().map(|name| (name.to_owned(), host.as_deref() == Some(name))).collect();
        Self { mailboxes, served, for_owners: config.writes(Format::WebKeyDirectory) }
    }

    /// The mail domains for whose owners there is a tree, each once, in order.
    pub(super) fn for_owners(&self) -> BTreeSet<&str> {
        if self.for_owners { self.domains() } else { BTreeSet::new() }
    }

    /// The mail domains, each once, in order.
    fn domains(&self) -> BTreeSet<&str> {
        self.mailboxes.keys().map(|mailbox| mailbox.domain.as_str()).collect()
    }

    /// The domains for which this site is the Web Key Directory.
    pub(super) fn served(&self) -> impl Iterator<Item = &str> {
        self.served.iter().map(|(domain, _)| domain.as_str())
    }

    /// The folders of a domain: what a team puts on its own host, and where this site is asked itself.
    fn folders(&self, domain: &str) -> Vec<String> {
        let mut folders: Vec<String> = self.for_owners.then(|| format!("openpgpkey/{domain}")).into_iter().collect();
        if let Some((_, direct)) = self.served.iter().find(|(served, _)| served == domain) {
            folders.push(format!(".well-known/openpgpkey/{domain}"));
            folders.extend(direct.then(|| ".well-known/openpgpkey".to_owned()));
        }
        folders
    }

    /// The files with keys: binary, each cut down to one address.
    pub(super) fn files(&self) -> Vec<KeyFile<'a>> {
        let files = self.mailboxes.iter().flat_map(|(mailbox, keys)| {
            let hash = wkd_hash(&mailbox.local_part);
            self.folders(&mailbox.domain).into_iter().map(move |folder| KeyFile {
                path: format!("{folder}/hu/{hash}"),
                form: Form::Binary,
                cut: Cut::Address(Arc::clone(mailbox)),
                keys: Arc::clone(keys),
            })
        });
        files.collect()
    }

    /// Where the files stand by which software knows that there is such a directory.
    pub(super) fn policies(&self) -> Vec<String> {
        let folders = self.domains().into_iter().flat_map(|domain| self.folders(domain));
        folders.map(|folder| format!("{folder}/policy")).collect()
    }
}

/// What a policy file says. It may be empty, but some hosts lose empty files.
pub(super) const POLICY: &str = "# Web Key Directory\n";

/// The host of an address that has no path: there alone a host is asked for keys.
fn host_alone(url: &Url) -> Option<String> {
    let url = url::Url::parse(url.href()).ok()?;
    (url.path() == "/").then(|| url.host_str().map(str::to_owned))?
}
