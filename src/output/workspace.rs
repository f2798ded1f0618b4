//! The folder in which a build gets ready: the lock, the staged files and the journal.
//!
//! It lies beside the target, on the same file system, so that a staged file gets to its place by a rename. Where that
//! is not possible it lies in the target as `.peerage/`.

use super::OutputError;
use super::tree::look;
use crate::site::INSIDE;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// How often a lock that vanishes under our hands is tried again. Each time another build has just ended, so that this
/// is never reached unless something removes our files.
const TRIES: usize = 1000;

/// How much of the journal is written at once, in bytes.
const BUFFER: usize = 64 * 1024;

const LOCK: &str = "lock";
const STAGE: &str = "stage";
const JOURNAL: &str = "journal";
const DRAFT: &str = "journal.new";

/// The locked folder. Dropping it removes it, unless a journal is in it, which the next build needs.
#[derive(Debug)]
pub(super) struct Workspace {
    target: PathBuf,
    place: PathBuf,
    /// Folders that were made for this build, outermost first.
    made: Vec<PathBuf>,
    /// Whether the journal is in place.
    journaled: bool,
    /// Held until the end.
    lock: File,
}

/// Where the workspace of `target` may be: beside it, in it.
pub(super) fn places(target: &Path) -> impl Iterator<Item = PathBuf> {
    [beside(target), Some(target.join(INSIDE))].into_iter().flatten()
}

fn beside(target: &Path) -> Option<PathBuf> {
    let mut name = OsString::from(".");
    name.push(target.file_name()?);
    name.push(".peerage");
    Some(target.with_file_name(name))
}

/// Whether an interrupted build left its journal in `place`.
pub(super) fn has_journal(place: &Path) -> bool {
    fs::symlink_metadata(place.join(JOURNAL)).is_ok()
}

impl Workspace {
    /// Makes the folder and takes the lock.
    pub(super) fn open(target: PathBuf) -> Result<Self, OutputError> {
        let mut last = None;
        for _ in 0..TRIES {
            let mut made = Vec::new();
            let attempt = prepare(&target, &mut made).and_then(|place| Ok((lock(&place, &target)?, place)));
            match attempt {
                Ok((Some(lock), place)) => return Ok(Self { target, place, made, journaled: false, lock }),
                Ok((None, _)) => last = None,
                // A build that failed has removed the folders it had made, just as we were about to use them. Or nothing
                // can be made here at all, which trying again does not change.
                Err(error) if matches!(&error, OutputError::Io { error, .. } if error.kind() == ErrorKind::NotFound) => {
                    last = Some(error);
                }
                Err(error) => {
                    remove_empty(&made);
                    return Err(error);
                }
            }
        }
        Err(last.unwrap_or(OutputError::Busy(target)))
    }

    /// Where the site goes.
    pub(super) fn target(&self) -> &Path {
        &self.target
    }

    /// The folder itself.
    pub(super) fn place(&self) -> &Path {
        &self.place
    }

    /// Where the file with this number is staged. Numbers rather than names, so that no path gets too long and nothing
    /// has to be made but one folder.
    pub(super) fn staged(&self, id: usize) -> PathBuf {
        self.place.join(STAGE).join(id.to_string())
    }

    /// Makes the folder for staged files.
    pub(super) fn make_stage(&self) -> Result<(), OutputError> {
        let stage = self.place.join(STAGE);
        fs::create_dir(&stage).map_err(OutputError::io("create", &stage))
    }

    /// Where the journal is, if it is there.
    pub(super) fn journal(&self) -> PathBuf {
        self.place.join(JOURNAL)
    }

    /// Reads the journal that an interrupted build left. From then on it is kept until [`Self::settle`].
    pub(super) fn read_journal(&mut self) -> Result<Option<Vec<u8>>, OutputError> {
        let path = self.journal();
        match fs::read(&path) {
            Ok(text) => {
                self.journaled = true;
                Ok(Some(text))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => {
                self.journaled = true;
                Err(OutputError::io("read", &path)(error))
            }
        }
    }

    /// Puts the journal in place in one step, and makes sure that it is on the disk.
    pub(super) fn write_journal(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), OutputError> {
        let (draft, path) = (self.place.join(DRAFT), self.journal());
        let write = |file: File| {
            let mut file = BufWriter::with_capacity(BUFFER, file);
            write(&mut file)?;
            file.into_inner()?.sync_all()
        };
        File::create(&draft).and_then(write).map_err(OutputError::io("write", &draft))?;
        sync_folder(&self.place.join(STAGE))?;
        fs::rename(&draft, &path).map_err(OutputError::io("write", &path))?;
        self.journaled = true;
        sync_folder(&self.place)
    }

    /// Removes the journal, then what was staged: the order in which a kill in between does no harm.
    pub(super) fn settle(&mut self) -> Result<(), OutputError> {
        let journal = self.journal();
        absent(fs::remove_file(&journal)).map_err(OutputError::io("remove", &journal))?;
        self.journaled = false;
        let draft = self.place.join(DRAFT);
        absent(fs::remove_file(&draft)).map_err(OutputError::io("remove", &draft))?;
        let stage = self.place.join(STAGE);
        absent(fs::remove_dir_all(&stage)).map_err(OutputError::io("remove", &stage))
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        // Whatever fails here leaves rubbish that the next build removes, and has no better place to be told.
        if !self.journaled && self.settle().is_ok() {
            // The lock file goes while the lock is held: whoever locks it later sees that it is no longer at its path.
            let _ = fs::remove_file(self.place.join(LOCK));
            let _ = fs::remove_dir(&self.place);
            remove_empty(&self.made);
        }
        let _ = self.lock.unlock();
    }
}

/// Makes sure that the workspace exists, and says where.
fn prepare(target: &Path, made: &mut Vec<PathBuf>) -> Result<PathBuf, OutputError> {
    let inside = target.join(INSIDE);
    // What an earlier build left there has to be found again, even where it could be beside by now.
    if look(&inside)?.is_none()
        && let (Some(beside), Some(parent)) = (beside(target), target.parent())
    {
        create_all(parent, made)?;
        if same_device(parent, target)? {
            match create(&beside) {
                Err(OutputError::Io { error, .. })
                    if matches!(
                        error.kind(),
                        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem | ErrorKind::InvalidFilename
                    ) => {}
                result => return result.map(|()| beside),
            }
        }
    }
    create_all(target, made)?;
    create(&inside).map(|()| inside)
}

/// Makes a folder that only we may enter, or takes the one that is there.
fn create(path: &Path) -> Result<(), OutputError> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => match look(path)? {
            Some(metadata) if !metadata.is_dir() => Err(OutputError::NotAFolder(path.to_path_buf())),
            _ => Ok(()),
        },
        result => result.map_err(OutputError::io("create", path)),
    }
}

/// Makes `path` and the folders it lies in, and notes those that were not there.
fn create_all(path: &Path, made: &mut Vec<PathBuf>) -> Result<(), OutputError> {
    let missing = path.ancestors().take_while(|folder| !folder.exists());
    let missing: Vec<_> = missing.map(Path::to_path_buf).collect();
    for folder in missing.into_iter().rev() {
        match fs::create_dir(&folder) {
            Ok(()) => made.push(folder),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(OutputError::io("create", &folder)(error)),
        }
    }
    Ok(())
}

fn remove_empty(folders: &[PathBuf]) {
    for folder in folders.iter().rev() {
        // Not empty means that the site, or another build, is in it by now.
        let _ = fs::remove_dir(folder);
    }
}

/// Takes the lock in `place`; nothing where the lock file was removed meanwhile.
fn lock(place: &Path, target: &Path) -> Result<Option<File>, OutputError> {
    let path = place.join(LOCK);
    if look(&path)?.is_some_and(|metadata| !metadata.is_file()) {
        return Err(OutputError::Io {
            doing: "lock",
            path,
            error: io::Error::other("it is no regular file, so peerage did not write it"),
        });
    }
    let file = match OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path) {
        Ok(file) => file,
        Err(error) => return absent(Err(error)).map(|()| None).map_err(OutputError::io("create", &path)),
    };
    match file.try_lock() {
        Ok(()) => Ok(is_at(&file, &path)?.then_some(file)),
        Err(TryLockError::WouldBlock) => Err(OutputError::Busy(target.to_path_buf())),
        Err(TryLockError::Error(error)) => Err(OutputError::io("lock", &path)(error)),
    }
}

/// Whether `file` is still what stands at `path`.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> Result<bool, OutputError> {
    use std::os::unix::fs::MetadataExt;
    let ours = file.metadata().map_err(OutputError::io("look at", path))?;
    Ok(look(path)?.is_some_and(|there| (there.dev(), there.ino()) == (ours.dev(), ours.ino())))
}

/// Whether `file` is still what stands at `path`. Elsewhere a file that is open keeps its name until it is closed.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> Result<bool, OutputError> {
    Ok(look(path)?.is_some())
}

/// Whether a file can be moved from one folder into the other in one step. A folder that does not exist yet will lie on
/// the file system of the one it is made in.
#[cfg(unix)]
pub(super) fn same_device(one: &Path, other: &Path) -> Result<bool, OutputError> {
    use std::os::unix::fs::MetadataExt;
    let device = |path| Ok(look(path)?.map(|metadata| metadata.dev()));
    let (one, other) = (device(one)?, device(other)?);
    Ok(one.is_none() || other.is_none() || one == other)
}

/// Whether a file can be moved from one folder into the other in one step: not known here before it is tried.
#[cfg(not(unix))]
pub(super) fn same_device(_: &Path, _: &Path) -> Result<bool, OutputError> {
    Ok(true)
}

/// Waits until a file is on the disk.
pub(super) fn sync(path: &Path) -> Result<(), OutputError> {
    let file = OpenOptions::new().write(true).open(path);
    file.and_then(|file| file.sync_all()).map_err(OutputError::io("write", path))
}

/// Waits until the names in a folder are on the disk.
#[cfg(unix)]
fn sync_folder(path: &Path) -> Result<(), OutputError> {
    File::open(path).and_then(|folder| folder.sync_all()).map_err(OutputError::io("write", path))
}

/// Elsewhere folders cannot be opened, and the file system looks after them.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> Result<(), OutputError> {
    Ok(())
}

/// Takes "was not there" for success.
fn absent(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        result => result,
    }
}
