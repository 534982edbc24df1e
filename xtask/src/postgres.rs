//! A PostgreSQL for the tests, and databases in it.

use crate::services::{Durability, Server, Service, free_port, install, is_root};
use crate::shell::{self, answer, command, find};
use anyhow::{Context, Result, bail};
use std::fs;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

const USUAL_PORT: u16 = 5432;
/// Each test has a database and a pool of its own.
const MAX_CONNECTIONS: u16 = 300;

/// TEST_POSTGRES_URL, else an open server on the usual port, else one of our own.
///
/// One of our own rather than the system's cluster: that one would have to be told to trust us.
pub(crate) fn obtain(durability: Durability) -> Result<Service> {
    if find("psql").is_none() {
        install("PostgreSQL", "postgresql")?;
    }
    if let Some(url) = shell::env("TEST_POSTGRES_URL") {
        if !may_create_databases(&url) {
            bail!("TEST_POSTGRES_URL names no server in which this user may create databases");
        }
        return Ok(Service { url, _server: None });
    }
    let user = shell::env("USER").unwrap_or_else(|| "postgres".to_owned());
    let running = ["postgres", &user]
        .map(|user| url(user, USUAL_PORT))
        .into_iter()
        .find(|url| may_create_databases(url));
    match running {
        Some(url) => Ok(Service { url, _server: None }),
        None => start(durability),
    }
}

/// Makes an empty database and answers its URL.
pub(crate) fn create_database(admin: &str, name: &str) -> Result<String> {
    drop_database(admin, name)?;
    shell::run(psql(admin).args(["-c", &format!("CREATE DATABASE {name}")]))?;
    in_database(admin, name).with_context(|| format!("{admin} names no database to replace"))
}

pub(crate) fn drop_database(admin: &str, name: &str) -> Result<()> {
    let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    shell::run(psql(admin).args(["-c", &drop]))
}

fn start(durability: Durability) -> Result<Service> {
    let bin = match binaries() {
        Some(bin) => bin,
        None => {
            install("PostgreSQL", "postgresql")?;
            binaries().context("PostgreSQL was installed and its initdb is still not found")?
        }
    };
    let port = free_port()?;
    let dir = Server::directory("postgres")?;
    let owner = Owner::find(&dir)?;
    let data = dir.join("data");
    let mut initdb = owner.command(&bin.join("initdb"), &dir);
    initdb
        .args(["--username=postgres", "--auth=trust", "--encoding=UTF8"])
        .args(["--locale=C", "--no-sync", "--pgdata"])
        .arg(&data);
    answer(&mut initdb).context("initdb failed")?;

    let mut postgres = owner.command(&bin.join("postgres"), &dir);
    let connections = format!("max_connections={MAX_CONNECTIONS}");
    postgres
        .args(["-h", "127.0.0.1", "-p", &port.to_string()])
        .args(["-c", "unix_socket_directories=", "-c", &connections])
        .arg("-D")
        .arg(&data);
    if durability == Durability::Volatile {
        postgres.args(["-c", "fsync=off", "-c", "full_page_writes=off"]);
    }
    let url = url("postgres", port);
    let server = Server::start(&mut postgres, dir, || may_create_databases(&url))
        .context("starting PostgreSQL")?;
    println!("Started PostgreSQL on port {port}.");
    Ok(Service {
        url,
        _server: Some(server),
    })
}

/// PostgreSQL refuses to run as root, so root hands it to the user that its package made.
struct Owner(Option<(u32, u32)>);

impl Owner {
    fn find(dir: &Path) -> Result<Owner> {
        if !is_root() {
            return Ok(Owner(None));
        }
        let id = |flag| answer(command("id").args([flag, "postgres"]))?.parse().ok();
        let ids = id("-u").zip(id("-g"));
        let (uid, gid) = ids.context("PostgreSQL refuses to run as root; add a user `postgres`")?;
        chown(dir, Some(uid), Some(gid)).context("giving the directory to `postgres`")?;
        Ok(Owner(Some((uid, gid))))
    }

    fn command(&self, program: &Path, dir: &Path) -> Command {
        let mut command = command(program);
        command.current_dir(dir);
        if let Some((uid, gid)) = self.0 {
            command.uid(uid).gid(gid);
        }
        command
    }
}

/// Debian keeps a directory for each version, outside PATH; the newest is taken.
fn binaries() -> Option<PathBuf> {
    if let Some(initdb) = find("initdb") {
        return initdb.parent().map(Path::to_owned);
    }
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    versions
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|bin| bin.join("initdb").is_file())
        .max()
}

fn may_create_databases(url: &str) -> bool {
    const QUERY: &str = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user";
    answer(psql(url).args(["-c", QUERY])).is_some_and(|reply| reply == "t")
}

/// Never asks for a password, never waits long, reads nobody's psqlrc.
fn psql(url: &str) -> Command {
    let mut psql = command("psql");
    psql.args(["-X", "-w", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", url]);
    psql.env("PGCONNECT_TIMEOUT", "3");
    psql.env("PGOPTIONS", "-c client_min_messages=warning");
    psql
}

fn url(user: &str, port: u16) -> String {
    format!("postgres://{user}@127.0.0.1:{port}/postgres")
}

/// The same server and user, another database.
fn in_database(admin: &str, name: &str) -> Option<String> {
    let (scheme, rest) = admin.split_once("://")?;
    let (authority, path) = rest.split_once('/')?;
    let query = path.split_once('?').map(|(_, query)| format!("?{query}"));
    let query = query.unwrap_or_default();
    Some(format!("{scheme}://{authority}/{name}{query}"))
}

#[cfg(test)]
mod tests {
    use super::in_database;

    #[test]
    fn another_database_keeps_user_port_and_options() {
        let admin = "postgres://me:pw@db:5433/postgres?sslmode=require";
        let other = in_database(admin, "club");
        let wanted = "postgres://me:pw@db:5433/club?sslmode=require";
        assert_eq!(other.as_deref(), Some(wanted));
    }
}
