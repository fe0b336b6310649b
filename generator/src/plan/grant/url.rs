//! What the runtime would refuse of a token URL, whatever the server is; a test compares the two.

use std::net::{Ipv4Addr, Ipv6Addr};

/// Characters of a path beside letters and digits (RFC 3986 section 3.3).
const OF_PATH: &[u8] = b"/-._~!$&'()*+,;=:@";

/// Returns what is wrong with a URL, or with a reference to one; the sentence continues "it …".
pub(super) fn fault(url: &str) -> Option<&'static str> {
    if url.is_empty() {
        return Some("is empty");
    }
    if url.contains(['{', '}']) {
        return Some("has a variable that is none of the server's");
    }
    if !url.bytes().all(|byte| byte.is_ascii_graphic()) || url.contains(['"', '<', '>', '\\']) {
        return Some("has a character that no URL has");
    }
    if url.contains('#') {
        return Some("has a fragment");
    }
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    if !has_only(query, &[OF_PATH, b"?"].concat()) {
        return Some("has a character in its query that no query has");
    }
    let (scheme, rest) = match address.split_once("://") {
        Some((scheme, rest)) if !scheme.contains('/') => (scheme, rest),
        _ => match address.strip_prefix("//") {
            Some(rest) => ("https", rest),
            None => return of_reference(address),
        },
    };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    of_authority(scheme, authority).or_else(|| of_path(path)).or_else(|| {
        let has_dots = path.split('/').any(is_dots);
        has_dots.then_some("has `.` or `..` in its path")
    })
}

/// A path relative to the server's, in which dots are resolved.
fn of_reference(path: &str) -> Option<&'static str> {
    if path.split('/').next().is_some_and(|first| first.contains(':')) {
        return Some("is neither `https` nor relative to the server");
    }
    let is_escaped = |segment: &str| !matches!(segment, "." | "..") && is_dots(segment);
    let has_escaped_dots = path.split('/').any(is_escaped);
    of_path(path).or(has_escaped_dots.then_some("has `.` or `..` in its path"))
}

fn of_authority(scheme: &str, authority: &str) -> Option<&'static str> {
    let is_plain = match scheme.to_ascii_lowercase().as_str() {
        "https" => false,
        "http" => true,
        _ => return Some("is neither `https` nor relative to the server"),
    };
    if authority.is_empty() {
        return Some("has no host");
    }
    if authority.contains('@') {
        return Some("has a user name or a password in it");
    }
    let after_address = authority.rfind(']').map_or(0, |end| end + 1);
    let colon = authority[after_address..].find(':').map(|at| after_address + at);
    let (host, port) = authority.split_at(colon.unwrap_or(authority.len()));
    if !is_host(host) {
        return Some("has a host that no machine has");
    }
    if port.strip_prefix(':').is_some_and(|port| !is_port(port)) {
        return Some("has a port that is none");
    }
    let is_refused = is_plain && !is_private(&host.to_ascii_lowercase());
    is_refused.then_some("is `http`, which credentials are not sent by")
}

fn of_path(path: &str) -> Option<&'static str> {
    (!has_only(path, OF_PATH)).then_some("has a character in its path that no path has")
}

/// Whether there are letters, digits, these characters and complete escapes, and nothing else.
fn has_only(text: &str, others: &[u8]) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let mut is_hex = || bytes.next().is_some_and(|digit| digit.is_ascii_hexdigit());
        let is_fine = match byte {
            b'%' => is_hex() && is_hex(),
            _ => byte.is_ascii_alphanumeric() || others.contains(&byte),
        };
        if !is_fine {
            return false;
        }
    }
    true
}

/// Whether a segment is one or two dots, also where they are escaped.
fn is_dots(segment: &str) -> bool {
    let plain = segment.replace("%2e", ".").replace("%2E", ".");
    plain == "." || plain == ".."
}

/// An IPv6 address in brackets, or labels (RFC 1123 section 2.1).
fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    match ipv6(host) {
        Some(inside) => inside.parse::<Ipv6Addr>().is_ok(),
        None => host.len() <= 253 && host.split('.').all(is_label),
    }
}

fn is_port(port: &str) -> bool {
    port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0)
}

/// Whether a host in lower case is this machine or on a private network, where a client can allow plain http.
fn is_private(host: &str) -> bool {
    if let Some(inside) = ipv6(host) {
        let is_private =
            |it: Ipv6Addr| it.is_loopback() || it.is_unique_local() || it.is_unicast_link_local();
        return inside.parse().is_ok_and(is_private);
    }
    match host.parse::<Ipv4Addr>() {
        Ok(address) => address.is_loopback() || address.is_private() || address.is_link_local(),
        Err(_) => is_private_name(host),
    }
}

/// Whether the public DNS does not have a name, and no resolver takes it for an address.
fn is_private_name(host: &str) -> bool {
    let (parents, last) = host.rsplit_once('.').unwrap_or(("", host));
    let is_hex = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_number = last.bytes().all(|byte| byte.is_ascii_digit())
        || last.strip_prefix("0x").is_some_and(is_hex);
    !is_number && (parents.is_empty() || matches!(last, "local" | "internal" | "svc"))
}

fn ipv6(host: &str) -> Option<&str> {
    host.strip_prefix('[')?.strip_suffix(']')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tamarack_runtime::BaseUrl;
    use tamarack_runtime::token::TokenUrl;

    use super::fault;

    /// Both judge a URL the same for a server that is `https`.
    fn agree(url: &str) -> bool {
        let server = BaseUrl::parse("https://api.example.com/v1").expect("it is a base URL");
        fault(url).is_none() == TokenUrl::resolve(url, &server).is_ok()
    }

    #[test]
    fn the_runtime_takes_what_is_generated_and_nothing_else() {
        let schemes =
            ["https://", "HTTPS://", "http://", "ftp://", "//", "", "/", "https:", "urn:"];
        let hosts = [
            "login.example",
            "localhost",
            "127.0.0.1",
            "127.0.0.1.example",
            "10.0.0.1",
            "172.32.0.1",
            "192.168.0.1:80",
            "169.254.0.1",
            "134744072",
            "0x08080808",
            "keycloak",
            "Keycloak:8080",
            "keycloak.auth.svc",
            "keycloak.auth.svc.cluster.local",
            "host.docker.internal",
            "svc.example",
            "[fd00::1]",
            "[fe80::1]",
            "[::ffff:10.0.0.1]",
            "[::1]",
            "[::1",
            "[::2]",
            "user:pw@login.example",
            "{tenant}.example",
            "a_b.example",
            "-a.example",
            "a..example",
            "",
            "\u{e4}.example",
            "login.example:8443",
            "login.example:",
            "login.example:0",
            "login.example:99999",
            "login.example:+1",
            "localhost:80",
            "[::1]:80",
        ];
        let rests = [
            "",
            "/",
            "/token",
            "/token/",
            "/a/../b",
            "/./a",
            "/%2e%2E/a",
            "/a%zz",
            "/a%2",
            "/a b",
            "/a:b@c",
            "/{tenant}/token",
            "?a=b",
            "/t?a={b}",
            "/t?a=b?c/d",
            "/t?a=\"b\"",
            "/t?a=%zz",
            "/t?a=[b]",
            "/t?a=b#c",
            "/t#c",
            "/t|u",
            "/t^u",
            "/t`u",
            "/t\\u",
            "/<t>",
            "/..",
            "/.",
        ];
        let mut differ = Vec::new();
        for (scheme, host, rest) in all_of(&schemes, &hosts, &rests) {
            let url = format!("{scheme}{host}{rest}");
            if !agree(&url) {
                differ.push((fault(&url), url));
            }
        }
        assert!(differ.is_empty(), "{differ:#?}");
    }

    fn all_of<'a>(
        ones: &'a [&'a str],
        twos: &'a [&'a str],
        threes: &'a [&'a str],
    ) -> impl Iterator<Item = (&'a str, &'a str, &'a str)> {
        let pairs = ones.iter().flat_map(move |one| twos.iter().map(move |two| (*one, *two)));
        pairs.flat_map(move |(one, two)| threes.iter().map(move |three| (one, two, *three)))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..Default::default() })]

        #[test]
        fn they_agree_on_any_text(url in "(https?:)?(//)?[a-z0-9.:/?#@%{}\\[\\]_~!$&'()*+,;=\\\\|^` -]{0,12}") {
            prop_assert!(agree(&url), "{:?}", fault(&url));
        }
    }
}
