//! Rendering: every file of the site at once, each by itself, with nothing kept but its name and checksum.

use super::digest::Digest;
use super::record::{self, Stamp};
use super::sink::Sink;
use super::tree::{self, Found, Ways};
use super::{OutputError, Recovered, Sign, names, workspace};
use crate::site::{MANIFEST, RenderError, SIGNATURES, SUMS, Site, SitePath};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A site of which every file that differs from the target lies ready beside it.
#[derive(Debug)]
pub struct Staged {
    pub(super) ground: Recovered,
    /// The files of the site by path, then the list, then the manifest, then its signature, where there is one. The place in here
    /// is the number a file is staged under.
    pub(super) files: Vec<Ready>,
    /// From a new path to the old one that differs from it in ASCII case only.
    pub(super) respelled: BTreeMap<SitePath, SitePath>,
    pub(super) bytes: u64,
}

/// A file that was rendered.
#[derive(Debug)]
pub(super) struct Ready {
    pub(super) path: SitePath,
    pub(super) digest: Digest,
    pub(super) bytes: u64,
    /// Whether the target has it already.
    pub(super) same: bool,
}

impl Recovered {
    /// Renders every file and stages those that differ from what stands in the target.
    ///
    /// # Errors
    /// Where names of the site clash, where a file cannot be rendered or stored, of several such files the first by path is
    /// named, and where the manifest cannot be signed.
    pub fn stage(
        self,
        site: &Site<'_>,
        stamp: &Stamp<'_>,
        sign: Option<&Sign<'_>>,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Staged, OutputError> {
        if !record::is_generator(stamp.generator) {
            return Err(OutputError::Generator(stamp.generator.to_owned()));
        }
        names::check(site)?;
        self.work.make_stage()?;
        let respelled = self.respelled(site);
        let mut files = self.render_all(site, &respelled, progress)?;
        let bytes = files.iter().map(|file| file.bytes).sum();
        let sums = record::sums(files.iter().map(|file| (&file.path, file.digest)));
        let manifest = record::manifest(stamp, files.len(), bytes, &sums);
        let manifest = manifest.map_err(|error| OutputError::io("write", MANIFEST.as_ref())(error.into()))?;
        let signature = sign.map(|sign| sign(&manifest)).transpose().map_err(OutputError::Sign)?;
        let signature = signature.as_ref().map(|signature| (SIGNATURES[0], signature.as_bytes()));
        for (name, text) in [(SUMS, sums.as_bytes()), (MANIFEST, &manifest)].into_iter().chain(signature) {
            let Ok(path) = SitePath::new(name) else { continue };
            let file = self.take(&path, files.len(), || tree::find(self.work.target(), &path), |out| Ok(out.write_all(text)?))?;
            // Without the first two the next build would not know what is ours, not even after a power cut.
            if !file.same {
                workspace::sync(&self.work.staged(files.len()))?;
            }
            files.push(file);
        }
        Ok(Staged { ground: self, files, respelled, bytes })
    }

    /// Old files whose names come back in another spelling. Where the file system takes both for one, the old file has
    /// to go first, and a new one is needed even if the content is the same.
    fn respelled(&self, site: &Site<'_>) -> BTreeMap<SitePath, SitePath> {
        let gone = self.owned.iter().filter(|path| !site.contains(path));
        let gone: HashMap<_, _> = gone.map(|path| (path.as_str().to_ascii_lowercase(), path)).collect();
        let respelled = |path: &SitePath| {
            let old = *gone.get(&path.as_str().to_ascii_lowercase())?;
            Some((path.clone(), old.clone()))
        };
        if gone.is_empty() { BTreeMap::new() } else { site.paths().filter_map(respelled).collect() }
    }

    fn render_all(
        &self,
        site: &Site<'_>,
        respelled: &BTreeMap<SitePath, SitePath>,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Vec<Ready>, OutputError> {
        let paths: Vec<_> = site.paths().collect();
        let ways = Ways::look(self.work.target(), paths.iter().copied())?;
        let done = AtomicUsize::new(0);
        let failed = AtomicUsize::new(usize::MAX);
        let render = |(id, path): (usize, &&SitePath)| {
            // What comes before the first failure is still rendered, so that the same failure is told each time.
            if id > failed.load(Ordering::Relaxed) {
                return Err(None);
            }
            let compare = !respelled.contains_key(path);
            let file = self.take(
                path,
                id,
                || if compare { ways.find(path) } else { Ok(Found::Nothing) },
                |out| {
                    let missing = || Err(RenderError::Io(ErrorKind::NotFound.into()));
                    site.render(path, out).unwrap_or_else(missing)
                },
            );
            match &file {
                Ok(_) => progress(done.fetch_add(1, Ordering::Relaxed) + 1, paths.len()),
                Err(_) => drop(failed.fetch_min(id, Ordering::Relaxed)),
            }
            file.map_err(Some)
        };
        let results: Vec<_> = paths.par_iter().enumerate().map(render).collect();
        let mut files = Vec::with_capacity(results.len() + 2);
        for result in results {
            match result {
                Ok(file) => files.push(file),
                Err(Some(error)) => return Err(error),
                // A failure that is told before this one made it unnecessary.
                Err(None) => {}
            }
        }
        Ok(files)
    }

    /// Takes what `recipe` writes for `path`, and compares it with the file that `find` finds there.
    fn take<'p>(
        &self,
        path: &'p SitePath,
        id: usize,
        find: impl FnOnce() -> Result<Found<'p>, OutputError>,
        recipe: impl FnOnce(&mut dyn Write) -> Result<(), RenderError>,
    ) -> Result<Ready, OutputError> {
        let failure = |error| OutputError::Render(path.clone(), error);
        let mut sink = Sink::new(self.work.staged(id));
        recipe(&mut sink).map_err(failure)?;
        let current = match find()? {
            // One that cannot be read is replaced, which needs no leave to read it.
            Found::File => File::open(self.work.target().join(path.as_str())).ok(),
            _ => None,
        };
        let taken = sink.finish(current).map_err(|error: io::Error| failure(error.into()))?;
        Ok(Ready { path: path.clone(), digest: taken.digest, bytes: taken.bytes, same: taken.same })
    }
}
