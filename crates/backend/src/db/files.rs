//! The SQLite file and its folder, made for the club's user alone. What was there stays as it is.

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

/// Makes the folder of a SQLite file, and the file where SQLite would: it would let everybody read it,
/// and what lies beside it, such as its log, gets the rights of the file.
pub(super) fn make(url: &str) -> Result<()> {
    let options = url
        .parse::<SqliteConnectOptions>()
        .map_err(|error| Error::Internal(format!("DATABASE_URL: {error}")))?;
    let file = options.get_filename();
    if let Some(folder) = file.parent().filter(|it| !it.as_os_str().is_empty()) {
        make_folder(folder).map_err(|error| {
            Error::Internal(format!("DATABASE_URL: {}: {error}", folder.display()))
        })?;
    }
    if url.contains("mode=rwc") && !url.contains(":memory:") {
        // Where it cannot be made SQLite says why, as soon as it opens it.
        _ = make_file(file);
    }
    Ok(())
}
