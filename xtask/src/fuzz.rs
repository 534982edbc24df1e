//! The server, asked at random for all that its document describes: nothing breaks it, and whatever it
//! answers is as the document says.

use crate::services::{Server, free_port};
use crate::steps::TEST_BINARY;
use crate::{shell, tools};
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// How long one answer to this module may take.
const ANSWER_LIMIT: Duration = Duration::from_secs(20);
/// Longer than the server lets a request take.
const REQUEST_SECS_MAX: &str = "20";
/// What the document promises. That all it does not describe is refused is no promise: a whole number
/// may be written `10.0`, and a field that nobody knows is left alone.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_schema_conformance";
/// What stays open has no answer that could be held against anything.
const STAYS_OPEN: &str = "^/(ws|sse)/";
/// After these the member would be nobody.
const SIGNS_OUT: &str = "^/api/(auth/(logout|sessions)|admin/users/[^/]+/sessions)";
const INVITE: &str = "5858";
const OWNER: &str = "fuzzing_owner";
const PASSWORD: &str = "a password of the fuzzer";
/// Of the server's log, when something failed.
const LOG_LINES_MAX: usize = 40;

/// Asks for so many minutes: a third of them as an owner, a third as a member and a third as nobody.
pub(crate) fn run(minutes: Option<u32>) -> Result<String> {
    let minutes = minutes.context("this step needs `--fuzz MINUTES`")?;
    let schemathesis = &tools::schemathesis()?;
    // As for the native tests, or features would differ and dependencies be compiled again.
    shell::run(&mut shell::cargo("test --locked --no-run"))?;
    let club = Club::start()?;
    let secs = minutes * 60 / 3;
    let asked = club
        .is_asked_by_an_owner(schemathesis, secs)
        .and_then(|()| club.is_asked_by_a_member(schemathesis, secs))
        .and_then(|()| club.is_asked(schemathesis, secs, STAYS_OPEN, None));
    if asked.is_err() {
        println!("The server's log ends with:\n{}", club.end_of_log());
    }
    asked?;
    Ok(format!("{minutes} minutes"))
}

/// A server on an empty SQLite file; both are gone when this is dropped.
struct Club {
    port: u16,
    dir: PathBuf,
    _server: Server,
}

impl Club {
    fn start() -> Result<Self> {
        let port = free_port()?;
        let dir = Server::directory("fuzz")?;
        let address = format!("127.0.0.1:{port}");
        let mut serve = command(&dir);
        serve.arg("serve").env("LEPTOS_SITE_ADDR", address);
        let is_ready = || ask(port, "GET", "/ready", "", "").is_ok_and(|it| it.status == 204);
        let server = Server::start(&mut serve, dir.clone(), is_ready)?;
        Ok(Club {
            port,
            dir,
            _server: server,
        })
    }

    /// An owner comes in where members are refused.
    fn is_asked_by_an_owner(&self, schemathesis: &Path, secs: u32) -> Result<()> {
        self.join(OWNER, "01012345678")?;
        let mut promote = command(&self.dir);
        promote.args(["promote-admin", "--site-id", OWNER]);
        shell::run(&mut promote)?;
        // With another right they come in anew.
        let owner = json!({ "site_id": OWNER, "password": PASSWORD });
        let token = self.enter("/api/auth/admin/login", 200, &owner)?;
        self.is_asked_by(&token, "/api/admin/staff", schemathesis, secs)
    }

    fn is_asked_by_a_member(&self, schemathesis: &Path, secs: u32) -> Result<()> {
        let token = self.join("fuzzer", "01023456789")?;
        self.is_asked_by(&token, "/api/auth/me", schemathesis, secs)
    }

    /// Asks as somebody, who must be able to read their own at its end.
    fn is_asked_by(&self, token: &str, own: &str, schemathesis: &Path, secs: u32) -> Result<()> {
        let left_out = format!("{STAYS_OPEN}|{SIGNS_OUT}");
        self.is_asked(schemathesis, secs, &left_out, Some(token))?;
        let read = ask(self.port, "GET", own, token, "")?;
        ensure!(
            read.status == 200,
            "{own} is not theirs any more, so that most of it was asked by somebody else"
        );
        Ok(())
    }

    /// Signs somebody up; gives their access token.
    fn join(&self, site_id: &str, phone_number: &str) -> Result<String> {
        let person = json!({
            "site_id": site_id, "nickname": site_id, "phone_number": phone_number,
            "password": PASSWORD, "invite_code": INVITE,
        });
        self.enter("/api/auth/signup", 201, &person)
    }

    /// Somebody's access token, from one of the ways in.
    fn enter(&self, path: &str, expected: u16, who: &Value) -> Result<String> {
        let entered = ask(self.port, "POST", path, "", &who.to_string())?;
        let status = entered.status;
        ensure!(
            status == expected,
            "{path} answered {status}: {}",
            entered.body
        );
        let token: Value = serde_json::from_str(&entered.body)?;
        let access = token["access_token"].as_str();
        let access = access.with_context(|| format!("{path} answered no token"))?;
        Ok(access.to_owned())
    }

    fn is_asked(
        &self,
        schemathesis: &Path,
        secs: u32,
        left_out: &str,
        token: Option<&str>,
    ) -> Result<()> {
        let document = format!("http://127.0.0.1:{}/openapi.json", self.port);
        let mut asks = shell::command(schemathesis);
        // It leaves files where it runs.
        asks.current_dir(&self.dir)
            .args(["run", &document, "--checks", CHECKS])
            .args(["--max-time", &secs.to_string()])
            .args(["--request-timeout", REQUEST_SECS_MAX])
            .args(["--exclude-path-regex", left_out])
            // What it thinks of its own pace is no failure of the club's.
            .args(["--suppress-health-check", "all"])
            .args(["--generation-database", "none"]);
        if let Some(token) = token {
            asks.args(["--header", &format!("Authorization: Bearer {token}")]);
        }
        shell::run(&mut asks)
    }

    fn end_of_log(&self) -> String {
        let log = fs::read_to_string(self.dir.join("server.log")).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(LOG_LINES_MAX)..].join("\n")
    }
}

/// The binary, on the club in this folder.
fn command(dir: &Path) -> Command {
    let mut command = Command::new(shell::absolute(TEST_BINARY));
    command.current_dir(dir).env_clear().envs([
        // As long as somebody asks.
        ("ACCESS_TOKEN_MINUTES", "1440"),
        ("ENVIRONMENT", "test"),
        ("DATABASE_URL", "sqlite://club.db"),
        ("INITIAL_CYBER_TOKENS", "1000000"),
        ("JWT_SECRET_KEY", "a secret that only the fuzzer's club has"),
        ("LEPTOS_HASH_FILES", "false"),
        ("RUST_LOG", "warn"),
        ("UNLIMITED_INVITE_CODE", INVITE),
    ]);
    command
}

#[derive(Debug, PartialEq)]
struct Answer {
    status: u16,
    body: String,
}

/// One request without any library: with a token, unless that is empty, and with JSON, the same.
fn ask(port: u16, method: &str, path: &str, token: &str, json: &str) -> Result<Answer> {
    let bearer = match token {
        "" => String::new(),
        token => format!("Authorization: Bearer {token}\r\n"),
    };
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let mut stream = TcpStream::connect_timeout(&address, ANSWER_LIMIT)?;
    stream.set_read_timeout(Some(ANSWER_LIMIT))?;
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{bearer}\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{json}",
        json.len()
    );
    stream.write_all(request.as_bytes())?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    read(&text)
}

fn read(answer: &str) -> Result<Answer> {
    let Some((head, body)) = answer.split_once("\r\n\r\n") else {
        bail!("an answer without an end of its head: {answer}");
    };
    let status = head.split(' ').nth(1).and_then(|it| it.parse().ok());
    Ok(Answer {
        status: status.with_context(|| format!("an answer without a status: {head}"))?,
        body: body.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::{Answer, read};

    #[test]
    fn an_answer_is_its_status_and_its_body() {
        let answer = read("HTTP/1.1 201 Created\r\na: b\r\n\r\n{\"c\": \"\r\n\r\n\"}").unwrap();
        let expected = Answer {
            status: 201,
            body: "{\"c\": \"\r\n\r\n\"}".to_owned(),
        };
        assert_eq!(answer, expected);
        let empty = read("HTTP/1.1 204 No Content\r\n\r\n").unwrap();
        assert_eq!((empty.status, &*empty.body), (204, ""));
        assert!(read("HTTP/1.1 200 OK\r\n").is_err());
        assert!(read("nonsense\r\n\r\n").is_err());
    }
}
