//! Checks the parts of a URL: scheme, host, port, path.

use std::net::{Ipv4Addr, Ipv6Addr};

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

pub(super) fn is_loopback(host: &str) -> bool {
    match ipv6(host) {
        Some(inside) => inside.parse::<Ipv6Addr>().is_ok_and(|address| address.is_loopback()),
        None => {
            host.eq_ignore_ascii_case("localhost")
                || host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
        }
    }
}

/// Returns whether these are path segments of RFC 3986 section 3.3, none of them `.` or `..`.
pub(super) fn is_path(path: &str) -> bool {
    has_only(path, b"/-._~!$&'()*+,;=:@") && !crate::encode::has_dot_segment(path)
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
