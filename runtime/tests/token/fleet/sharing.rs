//! How many tokens a fleet asks for when all is well, and who shares with whom.

use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tamarack_runtime::token::{
    AccessToken, ClientCredentials, EndpointError, InMemoryRefreshToken, ManualClock, SealingKey,
    SharedTokens, TokenEndpoint, TokenErrorKind, TokenGrant, TokenSource,
};
use tamarack_runtime::{BoxFuture, RawReply};

use super::machines::{KEY, Machines};
use super::memory::MemoryStore;
use crate::stores::{Bench, check};
use crate::support::{Rig, after, ms, run_on, token};

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn the_store_of_these_tests_does_what_a_store_has_to() {
    let clock = ManualClock::new();
    let store = MemoryStore::new(&clock);
    let pass = |time| -> BoxFuture<'static, ()> {
        clock.advance(time);
        Box::pin(std::future::ready(()))
    };
    run_on(&clock, check(&Bench { store: &store, pass: &pass }));
}

#[test]
fn fifty_machines_start_with_one_request() {
    let machines = Machines::new(50, |n, _| after(300, token(n, 3_600)));
    for (result, at) in machines.read_all() {
        assert_eq!(result.unwrap().expose(), "token-0");
        // What the server takes, and a pause of those who wait.
        assert!(at <= ms(300 + 250), "{at:?}");
    }
    assert_eq!(machines.requests(), 1);
}

#[test]
fn each_lifetime_costs_one_request() {
    let machines = Machines::new(50, |n, _| after(300, token(n, 3_600)));
    machines.read_all();
    machines.serve_for(SECOND * 36_000, SECOND * 5);
    // A token is refreshed after 2,700 to 2,925 seconds.
    assert!((12..=13).contains(&(machines.requests() - 1)), "{}", machines.requests());
}

#[test]
fn a_cached_read_touches_no_store() {
    let machines = Machines::new(2, |n, _| token(n, 3_600));
    machines.read_all();
    let n_calls = machines.store.n_calls();
    for _ in 0..1_000 {
        let mut read = Box::pin(machines.sources[0].token());
        let Poll::Ready(result) = read.as_mut().poll(&mut Context::from_waker(Waker::noop()))
        else {
            panic!("a cached read waits");
        };
        assert_eq!(result.unwrap().expose(), "token-0");
    }
    assert_eq!(machines.store.n_calls(), n_calls);
}

/// The age of a token counts from its request, on whichever machine.
#[test]
fn a_token_keeps_its_age_on_another_machine() {
    let mut machines = Machines::new(1, |n, _| token(n, 3_600));
    machines.read(0).unwrap();
    machines.pass(SECOND * 2_000);
    machines.start(0);
    let adopted = machines.read(1).unwrap();
    assert_eq!((adopted.expose(), machines.requests()), ("token-0", 1));
    assert_eq!(adopted.lifetime().duration(), SECOND * 3_600);
    // Ten seconds before its end it is served no more.
    machines.pass(SECOND * 1_589);
    assert_eq!(machines.sources[1].try_token().unwrap().unwrap().expose(), "token-0");
    machines.pass(SECOND * 30);
    assert_eq!(machines.read(1).unwrap().expose(), "token-1");
}

#[test]
fn a_rejected_token_costs_the_fleet_one_request() {
    let mut machines = Machines::new(10, |n, _| after(300, token(n, 3_600)));
    let tokens: Vec<AccessToken> =
        machines.read_all().into_iter().map(|(result, _)| result.unwrap()).collect();
    machines.pass(SECOND * 60);
    for (source, token) in machines.sources.iter().zip(&tokens) {
        source.invalidate(token);
    }
    for (result, _) in machines.read_all() {
        assert_eq!(result.unwrap().expose(), "token-1");
    }
    assert_eq!(machines.requests(), 2);
    // A late rejection of the old one takes nothing away, here or in the store.
    machines.sources[3].invalidate(&tokens[3]);
    machines.start(0);
    assert_eq!(machines.read(10).unwrap().expose(), "token-1");
    assert_eq!((machines.read(3).unwrap().expose(), machines.requests()), ("token-1", 2));
}

fn grant(id: &str, secret: &str) -> TokenGrant {
    TokenGrant::client_credentials("/token", ClientCredentials::new(id, secret))
}

#[test]
fn only_those_who_ask_for_the_same_share() {
    let credentials = ClientCredentials::new("a", "x");
    for (one, other, is_shared) in [
        (grant("a", "x"), grant("a", "x"), true),
        // A secret that is being rotated.
        (grant("a", "x"), grant("a", "y"), true),
        (grant("a", "x").scope("r w"), grant("a", "x").scope("w r"), true),
        (grant("a", "x"), grant("b", "x"), false),
        (grant("a", "x").scope("r"), grant("a", "x").scope("r w"), false),
        (grant("a", "x"), grant("a", "x").parameter("audience", "https://a.example"), false),
        (grant("a", "x"), grant("a", "x").token_url("/other"), false),
        (
            grant("a", "x").parameter("resource", "1"),
            grant("a", "x").parameter("resource", "2"),
            false,
        ),
        (
            grant("a", "x"),
            TokenGrant::client_credentials("/token?tenant=1", credentials.clone()),
            false,
        ),
    ] {
        let shown = format!("{one:?} {other:?} {is_shared}");
        let mut machines = Machines::new(0, |n, _| token(n, 3_600));
        machines.start_with(one, 0, KEY);
        machines.start_with(other, 0, KEY);
        let texts = [0, 1].map(|n| machines.read(n).unwrap().expose().to_owned());
        assert_eq!(texts[0] == texts[1], is_shared, "{shown}");
        assert_eq!(machines.requests() == 1, is_shared);
    }
}

#[test]
fn another_key_is_another_fleet() {
    let mut machines = Machines::new(0, |n, _| token(n, 3_600));
    machines.start_with(grant("a", "x"), 0, KEY);
    machines.start_with(grant("a", "x"), 0, [7; 32]);
    assert_eq!(machines.read(0).unwrap().expose(), "token-0");
    assert_eq!(machines.read(1).unwrap().expose(), "token-1");
    assert_eq!(machines.store.values().len(), 2);
}

/// An endpoint of which the source knows nothing.
struct Own;

impl TokenEndpoint for Own {
    fn request<'a>(
        &'a self,
        _: &'a ClientCredentials,
    ) -> BoxFuture<'a, Result<RawReply, EndpointError>> {
        Box::pin(std::future::pending())
    }
}

#[test]
fn who_asks_for_somebody_unknown_has_to_name_him() {
    let shared = || SharedTokens::new(MemoryStore::new(&ManualClock::new()), SealingKey::new(KEY));
    let build = |shared| {
        let builder = TokenSource::builder(Own, ClientCredentials::new("a", "x"));
        builder.shared(shared).build()
    };
    let error = build(shared()).unwrap_err();
    assert_eq!(error.kind(), &TokenErrorKind::Config);
    let reason = std::error::Error::source(&error).unwrap().to_string();
    assert!(reason.contains("SharedTokens::named"), "{reason}");
    assert!(build(shared().named("tenant 7")).is_ok());
}

/// A second use of a refresh token is taken for theft, and a source that shares must be able to go on by
/// itself.
#[test]
fn a_refresh_token_is_not_shared() {
    let rig = Rig::new(|n| token(n, 60));
    let shared = SharedTokens::new(MemoryStore::new(&rig.clock), SealingKey::new(KEY));
    let core = tamarack_runtime::ClientBuilder::new("tests/1")
        .base_url("https://api.example.com")
        .transport(crate::support::Scripted::new(|n| token(n, 60), &Arc::default(), &rig.clock))
        .build()
        .unwrap();
    let store = InMemoryRefreshToken::new("r3fr3sh");
    let grant = TokenGrant::refresh_token("/token", ClientCredentials::new("a", "x"), store);
    let error = grant.source(&core).unwrap().shared(shared.named("user")).build().unwrap_err();
    assert_eq!(error.kind(), &TokenErrorKind::Config);
    let reason = std::error::Error::source(&error).unwrap().to_string();
    assert!(reason.contains("used by one machine"), "{reason}");
}
