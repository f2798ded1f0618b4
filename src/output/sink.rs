//! Where a recipe writes to: memory up to a limit, a staged file beyond, with the checksum taken on the way.

use super::digest::Digest;
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::path::PathBuf;

/// How many bytes of a file are kept in memory.
const LIMIT: usize = 1024 * 1024;

/// How many bytes most files stay below.
const USUAL: usize = 32 * 1024;

/// Takes the bytes of one file.
pub(super) struct Sink {
    path: PathBuf,
    /// What is not in the file yet; never more than [`LIMIT`].
    buffer: Vec<u8>,
    file: Option<File>,
    /// Has taken what is no longer in the buffer: recipes write in small pieces, and a checksum is quick in large ones.
    hasher: Sha256,
    bytes: u64,
    /// A recipe may pass over an error; we may not.
    failed: Option<ErrorKind>,
}

/// What came of it.
pub(super) struct Taken {
    pub(super) digest: Digest,
    pub(super) bytes: u64,
    /// Whether the file is as it was, and so is not staged.
    pub(super) same: bool,
}

impl Sink {
    /// A sink that stages at `path`, if at all.
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, buffer: Vec::with_capacity(USUAL), file: None, hasher: Sha256::new(), bytes: 0, failed: None }
    }

    /// Stages what was taken, unless `current`, the file it would replace, has the same content.
    pub(super) fn finish(mut self, current: Option<File>) -> io::Result<Taken> {
        if let Some(kind) = self.failed {
            return Err(kind.into());
        }
        let spilled = self.file.is_some();
        if spilled {
            self.spill()?;
        }
        // Closed here, as an open file cannot be removed everywhere.
        self.file = None;
        self.hasher.update(&self.buffer);
        let same = match current {
            Some(current) if current.metadata()?.len() != self.bytes => false,
            Some(current) if spilled => equal(File::open(&self.path)?, current)?,
            Some(current) => has_bytes(current, &self.buffer)?,
            None => false,
        };
        match (same, spilled) {
            (true, true) => std::fs::remove_file(&self.path)?,
            (false, false) => File::create_new(&self.path)?.write_all(&self.buffer)?,
            _ => {}
        }
        Ok(Taken { digest: Digest::from_hasher(self.hasher), bytes: self.bytes, same })
    }

    /// Moves the buffer to the file.
    fn spill(&mut self) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(File::create_new(&self.path)?),
        };
        file.write_all(&self.buffer)?;
        self.hasher.update(&self.buffer);
        self.buffer.clear();
        Ok(())
    }

    fn take(&mut self, bytes: &[u8]) -> io::Result<()> {
        for part in bytes.chunks(LIMIT) {
            if self.buffer.len() + part.len() > LIMIT {
                self.spill()?;
            }
            self.buffer.extend_from_slice(part);
        }
        Ok(())
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.take(bytes).inspect_err(|error| self.failed = Some(error.kind()))?;
        self.bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Whether a stream has these bytes. They are read at once: most files are small, and there are many.
fn has_bytes(stream: impl Read, bytes: &[u8]) -> io::Result<bool> {
    // Room for one more, so that an end is known from a stream that goes on.
    let size = bytes.len() + 1;
    let mut found = Vec::with_capacity(size);
    stream.take(size as u64).read_to_end(&mut found)?;
    Ok(found == bytes)
}

/// Whether two streams have the same bytes.
fn equal(one: impl Read, other: impl Read) -> io::Result<bool> {
    let (mut one, mut other) = (Chunks::new(one), Chunks::new(other));
    loop {
        let (a, b) = (one.next()?, other.next()?);
        if a != b || a.is_empty() {
            return Ok(a == b);
        }
    }
}

/// How many bytes of two streams are compared at once.
const CHUNK: usize = 64 * 1024;

/// A stream in chunks that are full up to the last.
struct Chunks<R> {
    from: R,
    chunk: Vec<u8>,
}

impl<R: Read> Chunks<R> {
    fn new(from: R) -> Self {
        Self { from, chunk: Vec::with_capacity(CHUNK) }
    }

    fn next(&mut self) -> io::Result<&[u8]> {
        self.chunk.clear();
        self.from.by_ref().take(CHUNK as u64).read_to_end(&mut self.chunk)?;
        Ok(&self.chunk)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn take(parts: &[&[u8]], current: &[u8]) -> (Taken, Option<Vec<u8>>) {
        let folder = tempfile::tempdir().unwrap();
        let (staged, there) = (folder.path().join("0"), folder.path().join("there"));
        std::fs::write(&there, current).unwrap();
        let mut sink = Sink::new(staged.clone());
        for part in parts {
            sink.write_all(part).unwrap();
            assert!(sink.buffer.len() <= LIMIT);
        }
        let taken = sink.finish(Some(File::open(there).unwrap())).unwrap();
        (taken, std::fs::read(staged).ok())
    }

    #[test]
    fn stages_only_what_differs_however_it_comes() {
        let big: Vec<u8> = (0..5 * LIMIT + 17).map(|n| u8::try_from(n % 251).unwrap()).collect();
        for size in [0, 1, LIMIT - 1, LIMIT, LIMIT + 1, big.len()] {
            let whole = &big[..size];
            let (taken, staged) = take(&whole.chunks(700_001).collect::<Vec<_>>(), whole);
            assert!(taken.same && staged.is_none(), "{size}");
            assert_eq!((taken.digest, taken.bytes), (Digest::of(whole), size as u64));
            let mut other = whole.to_vec();
            match other.last_mut() {
                Some(last) => *last ^= 1,
                None => other.push(0),
            }
            let (taken, staged) = take(&[whole], &other);
            assert!(!taken.same && staged.as_deref() == Some(whole), "{size}");
        }
    }

    #[test]
    fn a_stream_has_bytes_that_are_all_of_it() {
        for (stream, same) in [("", false), ("ab", false), ("abc", true), ("abd", false), ("abcd", false)] {
            assert_eq!(has_bytes(stream.as_bytes(), b"abc").unwrap(), same, "{stream}");
        }
    }

    #[test]
    fn an_error_that_the_recipe_passes_over_is_not_lost() {
        let folder = tempfile::tempdir().unwrap();
        let mut sink = Sink::new(folder.path().join("no such folder").join("0"));
        assert!(sink.write_all(&vec![0; 2 * LIMIT]).is_err());
        assert_eq!(sink.finish(None).map(|_| ()).unwrap_err().kind(), ErrorKind::NotFound);
    }
}
