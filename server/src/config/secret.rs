//! The signing secret of a developer's machine: made once, kept beside the rows.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use backend::{Entropy, SystemEntropy};
use secrecy::SecretString;

use crate::Failure;

const FILE: &str = "development-secret";

/// The secret in the file, which is made when it is missing.
pub(super) fn of_development(database_url: &str) -> Result<SecretString, Failure> {
    let path = folder(database_url).join(FILE);
    let failed = |error: std::io::Error| {
        Failure::Other(format!(
            "{}: {error}; or set JWT_SECRET_KEY",
            path.display()
        ))
    };
    match fs::read_to_string(&path) {
        Ok(secret) => Ok(SecretString::from(secret.trim())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => make(&path).map_err(failed),
        Err(error) => Err(failed(error)),
    }
}

/// The folder of the SQLite file, else `data`.
fn folder(database_url: &str) -> PathBuf {
    let file = database_url
        .strip_prefix("sqlite:")
        .map(|path| path.trim_start_matches("//"));
    let file = file.and_then(|path| path.split('?').next()).map(Path::new);
    file.and_then(Path::parent)
        .unwrap_or(Path::new("data"))
        .to_owned()
}

fn make(path: &Path) -> std::io::Result<SecretString> {
    let mut random = [0; 32];
    SystemEntropy.fill(&mut random);
    let secret: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
    if let Some(folder) = path.parent() {
        backend::db::make_folder(folder)?;
    }
    backend::db::make_file(path)?.write_all(secret.as_bytes())?;
    Ok(SecretString::from(secret))
}
