//! The club's own proxies, which stand for those whom they let through.

use std::net::IpAddr;

use ipnet::IpNet;

/// Whether a canonical address is of one of them.
pub(crate) fn is_trusted(trusted: &[IpNet], address: IpAddr) -> bool {
    trusted.iter().any(|net| net.contains(&address))
}
