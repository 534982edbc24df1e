//! Where a request comes from: the socket, or what a trusted proxy says.

use std::net::{IpAddr, SocketAddr};
use std::sync::Once;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{Extensions, HeaderMap, header};
use axum::middleware::Next;
use axum::response::Response;
use backend::Device;
use ipnet::IpNet;

use super::observe::X_REQUEST_ID;
use crate::proxies::is_trusted;
use crate::state::AppState;

const FORWARDED_FOR: &str = "x-forwarded-for";
const USER_AGENT_CHARS_MAX: usize = 200;

/// Tells handlers and pages which device asks. What only a trusted proxy may say is not there any more
/// where somebody else said it.
pub(crate) async fn identify(
    State(state): State<AppState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    mut request: Request,
    next: Next,
) -> Response {
    let (peer, trusted) = (peer.ip().to_canonical(), &state.http.trusted_proxies);
    if !is_trusted(trusted, peer) {
        distrust(peer, request.headers_mut());
    }
    let address = address(peer, request.headers(), trusted);
    let agent = request
        .headers()
        .get(header::USER_AGENT)
        .map(|agent| String::from_utf8_lossy(agent.as_bytes()));
    let user_agent = agent
        .unwrap_or_default()
        .chars()
        .take(USER_AGENT_CHARS_MAX)
        .collect();
    request.extensions_mut().insert(Device {
        address: address.to_string(),
        user_agent,
    });
    next.run(request).await
}

/// The address that a request comes from, once that is known.
pub(super) fn address_of(extensions: &Extensions) -> &str {
    let device = extensions.get::<Device>();
    device.map_or("", |device| device.address.as_str())
}

/// Takes away what only a proxy may say. The log hears once that somebody else forwards: where that is
/// the club's own proxy, all its members count as one network.
fn distrust(peer: IpAddr, headers: &mut HeaderMap) {
    static WARNED: Once = Once::new();
    headers.remove(X_REQUEST_ID);
    if headers.remove(FORWARDED_FOR).is_some() {
        WARNED.call_once(|| {
            tracing::warn!(
                %peer,
                "X-Forwarded-For is not believed of a peer that TRUSTED_PROXIES does not name"
            );
        });
    }
}

/// The nearest address that is not a trusted proxy's. Each proxy appends whom it heard from, so
/// that the list is read from its end, and what stands before an untrusted address is hearsay.
fn address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let mut nearest = peer;
    if !is_trusted(trusted, nearest) {
        return nearest;
    }
    let lines = headers
        .get_all(FORWARDED_FOR)
        .into_iter()
        .map(|line| String::from_utf8_lossy(line.as_bytes()));
    let lines: Vec<_> = lines.collect();
    let hops: Vec<&str> = lines.iter().flat_map(|line| line.split(',')).collect();
    for hop in hops.into_iter().rev() {
        let Some(address) = hop_of(hop.trim()) else {
            break;
        };
        nearest = address.to_canonical();
        if !is_trusted(trusted, nearest) {
            break;
        }
    }
    nearest
}

/// An address as proxies write it: alone, in brackets, or with a port.
fn hop_of(hop: &str) -> Option<IpAddr> {
    let bare = hop.strip_prefix('[').and_then(|hop| hop.strip_suffix(']'));
    let alone = bare.unwrap_or(hop).parse();
    let with_port = || hop.parse().map(|address: SocketAddr| address.ip());
    alone.or_else(|_| with_port()).ok()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn seen(peer: &str, forwarded: &str) -> String {
        let mut headers = HeaderMap::new();
        let forwarded = HeaderValue::from_bytes(forwarded.as_bytes()).unwrap();
        headers.insert(FORWARDED_FOR, forwarded);
        let peer: IpAddr = peer.parse().unwrap();
        address(
            peer.to_canonical(),
            &headers,
            &["10.0.0.0/8".parse().unwrap()],
        )
        .to_string()
    }

    #[test]
    fn nobody_hides_behind_a_proxy_by_what_they_state() {
        assert_eq!(seen("10.0.0.1", "é, 198.51.100.7"), "198.51.100.7");
        assert_eq!(seen("10.0.0.1", "x, [2001:db8::1]"), "2001:db8::1");
        assert_eq!(seen("10.0.0.1", "[2001:db8::1]:443"), "2001:db8::1");
    }

    #[test]
    fn a_stranger_cannot_state_an_address() {
        assert_eq!(seen("203.0.113.9", "198.51.100.1"), "203.0.113.9");
    }

    #[test]
    fn a_trusted_proxy_is_believed_and_what_came_before_it_is_not() {
        assert_eq!(seen("10.0.0.1", "1.2.3.4, 198.51.100.1"), "198.51.100.1");
        assert_eq!(
            seen("::ffff:10.0.0.1", "198.51.100.1:4711, 10.0.0.2"),
            "198.51.100.1"
        );
        assert_eq!(seen("10.0.0.1", "nonsense"), "10.0.0.1");
    }
}
