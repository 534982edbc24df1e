//! The SQLite file and its folder, for the club's user alone.
//!
//! The file is the club's: one that was there is closed to others too. A folder that was there stays as it
//! is, because it may be more than the club's, as a home or `/tmp` is; the log says when it is open.

use std::path::Path;
use std::{fs, io};

use sqlx::sqlite::SqliteConnectOptions;

use crate::{Error, Result};

/// Makes a folder, and those above it that are missing, for this user alone.
///
/// # Errors
/// As [`fs::create_dir_all`].
pub fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Makes a file that is not there yet, for this user alone.
///
/// # Errors
/// As [`fs::OpenOptions::open`], also where it is there.
pub fn make_file(file: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)
}

/// What the group and everybody may do, of a mode.
#[cfg(unix)]
const OTHERS: u32 = 0o077;

/// Makes the folder of a SQLite file, and the file where SQLite would: it would let everybody read it,
/// and what lies beside it, such as its log, gets the rights of the file. Closes what was there.
pub(super) fn make(url: &str) -> Result<()> {
    let options = url
        .parse::<SqliteConnectOptions>()
        .map_err(|error| Error::Internal(format!("DATABASE_URL: {error}")))?;
    if url.contains(":memory:") {
        return Ok(());
    }
    let file = options.get_filename();
    let named = file.parent().filter(|it| !it.as_os_str().is_empty());
    let folder = named.unwrap_or(Path::new("."));
    make_folder(folder)
        .map_err(|error| Error::Internal(format!("DATABASE_URL: {}: {error}", folder.display())))?;
    if url.contains("mode=rwc") {
        // Where it cannot be made SQLite says why, as soon as it opens it.
        _ = make_file(file);
    }
    #[cfg(unix)]
    {
        // SQLite follows a link, and lays its log beside what is linked to.
        let file = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
        close_to_others(&file);
        warn_of_others(file.parent().unwrap_or(folder));
    }
    Ok(())
}

/// Takes from others what they may do with the file and with what lies beside it. The system refuses that
/// where it is another user's: then it stays as it is, and the log says so.
#[cfg(unix)]
fn close_to_others(file: &Path) {
    use std::os::unix::fs::PermissionsExt;
    for end in ["", "-wal", "-shm"] {
        let mut path = file.as_os_str().to_owned();
        path.push(end);
        let path = Path::new(&path);
        let Some(mode) = open_mode(path) else {
            continue;
        };
        let closed = fs::Permissions::from_mode(mode & !OTHERS);
        if let Err(error) = fs::set_permissions(path, closed) {
            let file = path.display();
            tracing::warn!(%file, %error, "others can reach a file of the database, and it stays so");
        }
    }
}

/// Others cannot read the file, but what they can do with its folder they can do with its name.
#[cfg(unix)]
fn warn_of_others(folder: &Path) {
    if open_mode(folder).is_some() {
        let folder = folder.display();
        tracing::warn!(
            %folder,
            "others can reach the folder of the database; `chmod 700` closes one that is the club's alone"
        );
    }
}

/// The mode of what is there and open to others in any way.
#[cfg(unix)]
fn open_mode(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path).ok()?.permissions().mode();
    (mode & OTHERS != 0).then_some(mode)
}
