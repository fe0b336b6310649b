//! Idempotency keys: a header by which a server recognises a request that it has seen before.

use std::hash::{BuildHasher as _, RandomState};

use http::HeaderValue;

/// The names of the header, as the draft of the IETF has it and as older APIs do.
const NAMES: [&str; 2] = ["idempotency-key", "x-idempotency-key"];

/// Returns whether a header is the key of a request.
pub(crate) fn is_key_header(name: &str) -> bool {
    NAMES.iter().any(|it| it.eq_ignore_ascii_case(name))
}

/// Makes a key: a random UUID (RFC 9562 section 5.4).
///
/// A key has to differ from all others, and nobody gains by guessing one. Each `RandomState` has random keys
/// of its own.
pub(crate) fn new_key() -> HeaderValue {
    let state = RandomState::new();
    let random = (u128::from(state.hash_one(0)) << 64) | u128::from(state.hash_one(1));
    let bits = (random & !(0xf << 76) & !(0x3 << 62)) | (0x4 << 76) | (0x2 << 62);
    let hex = format!("{bits:032x}");
    let text = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-");
    HeaderValue::try_from(text).unwrap_or_else(|_| unreachable!("hexadecimal digits and hyphens"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_key_is_a_uuid_of_version_4_and_none_is_like_another() {
        let keys: BTreeSet<String> =
            (0..1_000).map(|_| new_key().to_str().unwrap().to_owned()).collect();
        assert_eq!(keys.len(), 1_000);
        for key in keys {
            let groups: Vec<usize> = key.split('-').map(str::len).collect();
            assert_eq!(groups, [8, 4, 4, 4, 12], "{key}");
            assert!(key.bytes().all(|it| matches!(it, b'-' | b'0'..=b'9' | b'a'..=b'f')), "{key}");
            assert!(key.as_bytes()[14] == b'4' && b"89ab".contains(&key.as_bytes()[19]), "{key}");
        }
    }

    #[test]
    fn the_header_is_told_by_its_name() {
        assert!(is_key_header("Idempotency-Key") && is_key_header("X-IDEMPOTENCY-KEY"));
        assert!(!is_key_header("key") && !is_key_header("idempotency"));
    }
}
