//! Somebody who reads or writes the store: no token is read, planted, or used after its end.

use std::time::Duration;

use super::machines::{KEY, Machines};
use super::memory::Mood;
use crate::shown::Hidden;
use crate::support::{SECRET, ms, reply, token};
use tamarack_runtime::token::{ClientCredentials, TokenGrant};

const SECOND: Duration = Duration::from_secs(1);

fn started() -> Machines {
    let machines = Machines::new(1, |n, _| token(n, 3_600));
    machines.read(0).unwrap();
    machines
}

#[test]
fn whoever_reads_the_store_has_nothing() {
    const TOKEN: &str = "t0k3n~?>/of+~?>~the=tests";
    let body = format!(r#"{{"access_token":"{TOKEN}","token_type":"Bearer","expires_in":60}}"#);
    let machines = Machines::new(1, move |_, _| reply(200, body.clone()));
    assert_eq!(machines.read(0).unwrap().expose(), TOKEN);
    let key = std::str::from_utf8(&KEY).unwrap();
    let hidden = Hidden::new(&[TOKEN, SECRET, "client-of-the-tests", key]);
    let (name, value) = machines.store.values().remove(0);
    // Each byte is a character, so that nothing is changed.
    let value = value.into_iter().map(char::from).collect::<String>();
    hidden.assert_absent([&name, &value]);
}

#[test]
fn what_another_key_sealed_is_not_served() {
    let mut machines = Machines::new(0, |n, _| token(n, 3_600));
    let grant = || {
        let credentials = ClientCredentials::new("client-of-the-tests", SECRET);
        TokenGrant::client_credentials("/token", credentials)
    };
    machines.start_with(grant(), 0, [7; 32]);
    machines.read(0).unwrap();
    let (_, planted) = machines.store.values().remove(0);
    machines.store.wipe();
    machines.start_with(grant(), 0, KEY);
    machines.store.set(Mood::Garbage(planted));
    assert_eq!(machines.read(1).unwrap().expose(), "token-1");
}

#[test]
fn a_value_that_was_moved_is_not_served() {
    let mut machines = started();
    let (moved_from, value) = machines.store.values().remove(0);
    let credentials = ClientCredentials::new("client-of-the-tests", SECRET);
    let wider = TokenGrant::client_credentials("/token", credentials).scope("read write");
    machines.start_with(wider, 0, KEY);
    machines.read(1).unwrap();
    let moved_to = machines.store.values().into_iter().find(|(name, _)| *name != moved_from);
    machines.store.plant(&moved_to.unwrap().0, value);
    let credentials = ClientCredentials::new("client-of-the-tests", SECRET);
    let wider = TokenGrant::client_credentials("/token", credentials).scope("read write");
    machines.start_with(wider, 0, KEY);
    assert_eq!(machines.read(2).unwrap().expose(), "token-2");
}

/// Whoever writes can say for how long the store keeps a value, but not for how long a token is valid.
#[test]
fn a_token_is_not_replayed_after_its_end() {
    let mut machines = started();
    let (name, old) = machines.store.values().remove(0);
    machines.pass(SECOND * 3_591);
    machines.store.plant(&name, old);
    machines.start(0);
    assert_eq!(machines.read(1).unwrap().expose(), "token-1");
}

#[test]
fn rejected_tokens_are_not_replayed() {
    let machines = started();
    let first = machines.store.values();
    for n in 0..3 {
        machines.pass(SECOND * 60);
        let token = machines.read(0).unwrap();
        assert_eq!(token.expose(), format!("token-{n}"));
        machines.sources[0].invalidate(&token);
        // One that was rejected in the meantime, or the same.
        machines.store.plant(&first[0].0, first[0].1.clone());
        assert_eq!(machines.read(0).unwrap().expose(), format!("token-{}", n + 1));
        assert_eq!(machines.requests(), n + 2);
    }
}

#[test]
fn an_older_token_does_not_replace_a_newer_one() {
    let mut machines = started();
    let (name, old) = machines.store.values().remove(0);
    machines.pass(SECOND * 2_930);
    assert!(machines.sources[0].try_token().unwrap().is_some());
    machines.pass(ms(1));
    assert_eq!(machines.read(0).unwrap().expose(), "token-1");
    machines.store.plant(&name, old);
    // Refreshed ahead: the old one is in the store, and ends before the one it has.
    machines.pass(SECOND * 2_930);
    assert_eq!(machines.sources[0].try_token().unwrap().unwrap().expose(), "token-1");
    machines.pass(ms(1));
    assert_eq!(machines.read(0).unwrap().expose(), "token-2");
    machines.start(0);
    assert_eq!(machines.read(1).unwrap().expose(), "token-2");
}
