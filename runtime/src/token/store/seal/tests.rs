//! What is sealed opens under its name alone, whole, and with its key.

use super::*;

fn key(byte: u8) -> SealingKey {
    SealingKey::new([byte; 32])
}

fn sealer(key_byte: u8, identity: &str) -> Sealer {
    Sealer::new(&key(key_byte), &[identity.as_bytes()])
}

fn token(scope: Option<&str>, lifetime: Lifetime) -> AccessToken {
    let text = Secret::from("2YotnFZFEjr1zCsicMWpAA");
    AccessToken::granted(&text, lifetime, scope.map(Into::into)).unwrap()
}

fn hour() -> Lifetime {
    Lifetime::Stated(Duration::from_secs(3_600))
}

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

#[test]
fn what_is_sealed_is_opened_with_all_that_belongs_to_it() {
    let sealer = sealer(1, "a");
    for scope in [None, Some(""), Some("read write")] {
        for lifetime in [hour(), Lifetime::Assumed(Duration::from_millis(300_001))] {
            let value = sealer.seal(&token(scope, lifetime), at(2_000_000_000)).unwrap();
            let opened = sealer.open(&value).unwrap();
            assert_eq!(opened.token.expose(), "2YotnFZFEjr1zCsicMWpAA");
            assert_eq!(opened.token.granted_scope(), scope);
            assert_eq!(opened.token.lifetime(), lifetime);
            assert_eq!(opened.issued, at(2_000_000_000));
        }
    }
}

#[test]
fn nothing_else_opens() {
    let sealer_a = sealer(1, "a");
    let value = sealer_a.seal(&token(Some("read"), hour()), at(2_000_000_000)).unwrap();
    assert!(sealer(2, "a").open(&value).is_none(), "another key");
    assert!(sealer(1, "b").open(&value).is_none(), "moved to another name");
    for n in 0..value.len() {
        assert!(sealer_a.open(&value[..n]).is_none(), "cut to {n} bytes");
        let mut changed = value.clone();
        changed[n] ^= 1;
        assert!(sealer_a.open(&changed).is_none(), "byte {n} is another");
    }
    let longer = [&value[..], b"x"].concat();
    assert!(sealer_a.open(&longer).is_none());
    for garbage in [&[][..], b"PONG", &[LAYOUT; 41], &[0; 4_096]] {
        assert!(sealer_a.open(garbage).is_none());
    }
}

/// RFC 8439 section 4: a nonce must not be used twice with one key.
#[test]
fn the_same_token_is_never_sealed_the_same() {
    let sealer = sealer(1, "a");
    let values: std::collections::BTreeSet<Vec<u8>> = (0..100)
        .map(|_| sealer.seal(&token(None, hour()), at(1)).unwrap()[1..=NONCE_LEN].to_vec())
        .collect();
    assert_eq!(values.len(), 100);
}

#[test]
fn names_are_hashes_of_the_key_and_all_parts() {
    let name = sealer(1, "client-of-the-tests").name().to_owned();
    assert!(name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit()), "{name}");
    assert_eq!(sealer(1, "client-of-the-tests").name(), name);
    assert_ne!(sealer(2, "client-of-the-tests").name(), name);
    assert_ne!(sealer(1, "client-of-the-test").name(), name);
}

/// RFC 4231 section 4.2 has 20 bytes of 0x0b, which are no key of ours; section 4.4 neither. So the
/// construction is checked with the definition of HMAC (RFC 2104 section 2).
#[test]
fn the_hash_is_hmac() {
    use sha2::Digest as _;

    let (key, text) = ([7_u8; 32], b"what do ya want for nothing?");
    let pad = |byte: u8| [&key.map(|it| it ^ byte)[..], &[byte; 32]].concat();
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(text).finalize();
    let outer = Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize();
    assert_eq!(keyed_hash(&key, &[&text[..4], &text[4..]])[..], outer[..]);
}

#[test]
fn a_key_is_never_shown() {
    assert_eq!(format!("{:?} {:#?}", key(1), key(2)), "SealingKey(***) SealingKey(***)");
}

#[test]
fn a_token_of_tomorrow_lives_no_longer_than_its_life() {
    let sealer = sealer(1, "a");
    let value = sealer.seal(&token(None, hour()), at(10_000)).unwrap();
    let left = |now| sealer.open(&value).unwrap().left(at(now)).as_secs();
    assert_eq!([left(9_000), left(10_000), left(11_000), left(20_000)], [3_600, 3_600, 2_600, 0]);
}
