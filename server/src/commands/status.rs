//! `status`: asks the running server, for scripts and container health checks.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Failure;

/// A healthy server answers at once.
const PATIENCE: Duration = Duration::from_secs(3);
/// The answer is a few hundred bytes.
const ANSWER_BYTES_MAX: u64 = 64 * 1024;

pub(super) async fn run(listen: SocketAddr) -> Result<(), Failure> {
    let address = reachable(listen);
    let asked = tokio::time::timeout(PATIENCE, ask(address)).await;
    let answer = asked
        .map_err(|_| Failure::Check(format!("{address} did not answer in {PATIENCE:?}")))?
        .map_err(|error| Failure::Check(format!("{address}: {error}")))?;
    let (head, body) = answer
        .split_once("\r\n\r\n")
        .unwrap_or((answer.as_str(), ""));
    if head.starts_with("HTTP/1.1 200") {
        println!("{body}");
        return Ok(());
    }
    Err(Failure::Check(format!(
        "{address} is not healthy: {}",
        head.lines().next().unwrap_or_default()
    )))
}

/// A server that listens everywhere also listens here.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

async fn ask(address: SocketAddr) -> std::io::Result<String> {
    let mut connection = TcpStream::connect(address).await?;
    let request = format!("GET /health HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    connection.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    connection
        .take(ANSWER_BYTES_MAX)
        .read_to_string(&mut answer)
        .await?;
    Ok(answer)
}
