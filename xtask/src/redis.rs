//! A Redis for the tests.

use crate::services::{Server, Service, free_port, install};
use crate::shell::{self, command, find};
use anyhow::{Context, Result};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

const USUAL_PORT: u16 = 6379;
const PING_LIMIT: Duration = Duration::from_secs(2);

/// TEST_REDIS_URL, else the usual port, else one of our own.
pub(crate) fn obtain() -> Result<Service> {
    if let Some(url) = shell::env("TEST_REDIS_URL") {
        return Ok(Service { url, _server: None });
    }
    if pongs(USUAL_PORT) {
        let url = url(USUAL_PORT);
        return Ok(Service { url, _server: None });
    }
    if find("redis-server").is_none() {
        install("Redis", "redis-server")?;
    }
    start()
}

fn start() -> Result<Service> {
    let port = free_port()?;
    let dir = Server::directory("redis")?;
    let mut redis = command("redis-server");
    redis
        .args(["--bind", "127.0.0.1", "--port", &port.to_string()])
        .args(["--save", "", "--appendonly", "no", "--dir"])
        .arg(&dir);
    let server = Server::start(&mut redis, dir, || pongs(port)).context("starting Redis")?;
    println!("Started Redis on port {port}.");
    Ok(Service {
        url: url(port),
        _server: Some(server),
    })
}

fn url(port: u16) -> String {
    format!("redis://127.0.0.1:{port}")
}

/// Whether an open Redis listens here; one that wants a password does not count.
fn pongs(port: u16) -> bool {
    ping(port).is_ok_and(|reply| reply.starts_with(b"+PONG"))
}

fn ping(port: u16) -> std::io::Result<[u8; 5]> {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let mut stream = TcpStream::connect_timeout(&address, PING_LIMIT)?;
    stream.set_read_timeout(Some(PING_LIMIT))?;
    stream.write_all(b"PING\r\n")?;
    let mut reply = [0; 5];
    stream.read_exact(&mut reply)?;
    Ok(reply)
}
