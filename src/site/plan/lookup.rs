//! The files of lookup, where the operator chose them.

use super::Planner;
use crate::config::Format;
use crate::lookup::{Family, Index, file};
use crate::site::lookup::{KINDS, json, script, write_answer};
use std::sync::Arc;

impl<'a> Planner<'a> {
    /// The data of the page of lookup, and the answers for programs. The index is made once, and each file from it.
    pub(super) fn lookup(&mut self) {
        let config = &self.assessment.directory.config;
        let (shards, answers) = (config.writes(Format::Lookup), config.writes(Format::LookupFiles));
        if !shards && !answers {
            return;
        }
        let index = Arc::new(Index::new(self.assessment));
        if shards {
            self.head(&index);
            self.buckets(&index);
            self.networks(&index);
            self.names(&index);
        }
        if answers {
            self.answers(&index);
        }
    }

    fn head(&mut self, index: &Arc<Index<'a>>) {
        let of_script = Arc::clone(index);
        self.file(file::script_path(file::HEAD), move |out| script(file::HEAD, &of_script.head(), out));
        let index = Arc::clone(index);
        self.file(file::json_path(file::HEAD), move |out| json(&index.head(), out));
    }

    fn buckets(&mut self, index: &Arc<Index<'a>>) {
        for bucket in 0..index.buckets() {
            let name = file::bucket_name(bucket);
            let index = Arc::clone(index);
            self.file(file::script_path(&name), move |out| script(&name, &index.shard(bucket), out));
        }
    }

    fn networks(&mut self, index: &Arc<Index<'a>>) {
        for family in Family::ALL.iter().copied() {
            for way in index.network_nodes(family) {
                let name = file::network_name(family, way);
                let (of_json, of_script) = (Arc::clone(index), Arc::clone(index));
                let (path, way) = (file::json_path(&name), way.to_owned());
                let same_way = way.clone();
                self.file(path, move |out| json(&of_json.network_file(family, &same_way), out));
                let path = file::script_path(&name);
                self.file(path, move |out| script(&name, &of_script.network_file(family, &way), out));
            }
        }
    }

    fn names(&mut self, index: &Arc<Index<'a>>) {
        for (prefix, has_branches) in index.name_nodes() {
            let (name, of_teams, of_branches) = (file::named_name(prefix), Arc::clone(index), Arc::clone(index));
            let (teams_of, branches_of) = (prefix.to_owned(), prefix.to_owned());
            self.file(file::script_path(&name), move |out| script(&name, &of_teams.named_file(&teams_of), out));
            if has_branches {
                let name = file::branches_name(prefix);
                self.file(file::script_path(&name), move |out| script(&name, &of_branches.branches_file(&branches_of), out));
            }
        }
    }

    fn answers(&mut self, index: &Arc<Index<'a>>) {
        for kind in &KINDS {
            for (path, query) in index.claimed(kind.prefix).filter_map(|claimed| kind.file(claimed)) {
                let index = Arc::clone(index);
                self.file(path, move |out| write_answer(&query, &index, out));
            }
        }
    }
}
