//! Checks the parts of a URL: scheme, host, port, path.

use std::net::{Ipv4Addr, Ipv6Addr};

/// How far a request to a host may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Not beyond this machine.
    Loopback,
    /// Not beyond a private network.
    Private,
    /// Anywhere.
    Public,
}

const MAX_LABEL: usize = 63;
const MAX_HOST: usize = 253;

/// Returns whether the scheme is `https` rather than `http`; nothing for any other.
pub(super) fn scheme_is_https(scheme: &str) -> Option<bool> {
    if scheme.eq_ignore_ascii_case("https") {
        Some(true)
    } else if scheme.eq_ignore_ascii_case("http") {
        Some(false)
    } else {
        None
    }
}

/// Splits `host:port` at the colon that is not part of an IPv6 address.
pub(super) fn split_port(authority: &str) -> (&str, Option<&str>) {
    let after_address = authority.rfind(']').map_or(0, |end| end + 1);
    match authority[after_address..].find(':') {
        Some(colon) => {
            let colon = after_address + colon;
            (&authority[..colon], Some(&authority[colon + 1..]))
        }
        None => (authority, None),
    }
}

/// Returns whether this is an IPv6 address in brackets or DNS labels; an IPv4 address reads as labels.
pub(super) fn is_host(host: &str) -> bool {
    match ipv6(host) {
        Some(inside) => inside.parse::<Ipv6Addr>().is_ok(),
        None => host.len() <= MAX_HOST && host.split('.').all(is_label),
    }
}

/// Returns whether this is one DNS label (RFC 1123 section 2.1).
pub(super) fn is_label(label: &str) -> bool {
    (1..=MAX_LABEL).contains(&label.len())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

pub(super) fn is_port(port: &str) -> bool {
    // `parse` alone would take a sign.
    port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0)
}

impl Reach {
    /// Returns how far a request to a host in lower case may go, by its address or its name alone.
    pub(crate) fn of(host: &str) -> Self {
        if let Some(inside) = ipv6(host) {
            return match inside.parse::<Ipv6Addr>() {
                Ok(address) if address.is_loopback() => Self::Loopback,
                Ok(address) if address.is_unique_local() || address.is_unicast_link_local() => {
                    Self::Private
                }
                _ => Self::Public,
            };
        }
        match host.parse::<Ipv4Addr>() {
            Ok(address) if address.is_loopback() => Self::Loopback,
            Ok(address) if address.is_private() || address.is_link_local() => Self::Private,
            Err(_) if host == "localhost" => Self::Loopback,
            Err(_) if is_private_name(host) => Self::Private,
            Ok(_) | Err(_) => Self::Public,
        }
    }
}

/// Returns whether a name is not one of the public DNS: a single label, such as a service of Docker Compose, or
/// one below `local` (RFC 6762, and Kubernetes' `svc.cluster.local`), `internal` (reserved by ICANN) or
/// `svc` (Kubernetes).
fn is_private_name(host: &str) -> bool {
    let (parents, last) = host.rsplit_once('.').unwrap_or(("", host));
    // Many resolvers take a number for an IPv4 address: `134744072` is `8.8.8.8`.
    if last.is_empty() || is_number(last) {
        return false;
    }
    parents.is_empty() || matches!(last, "local" | "internal" | "svc")
}

/// Returns whether the last label of a host makes it an address in the eyes of the WHATWG URL standard.
fn is_number(label: &str) -> bool {
    let is_hex = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    label.bytes().all(|byte| byte.is_ascii_digit()) || label.strip_prefix("0x").is_some_and(is_hex)
}

/// Returns whether these are path segments of RFC 3986 section 3.3, none of them `.` or `..`.
pub(super) fn is_path(path: &str) -> bool {
    has_path_characters(path) && !crate::encode::has_dot_segment(path)
}

/// The same with segments that are dots.
pub(super) fn has_path_characters(path: &str) -> bool {
    has_only(path, b"/-._~!$&'()*+,;=:@")
}

/// Returns whether this is a query of RFC 3986 section 3.4.
pub(super) fn is_query(query: &str) -> bool {
    has_only(query, b"/-._~!$&'()*+,;=:@?")
}

/// Returns whether there are letters, digits, these characters and complete escapes, and nothing else.
fn has_only(text: &str, others: &[u8]) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let allowed = match byte {
            b'%' => {
                let mut is_hex = || bytes.next().is_some_and(|digit| digit.is_ascii_hexdigit());
                is_hex() && is_hex()
            }
            _ => byte.is_ascii_alphanumeric() || others.contains(&byte),
        };
        if !allowed {
            return false;
        }
    }
    true
}

fn ipv6(host: &str) -> Option<&str> {
    host.strip_prefix('[')?.strip_suffix(']')
}
