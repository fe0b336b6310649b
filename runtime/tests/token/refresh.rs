//! What becomes of a refresh token that a server replaces: in which order, and what is known of it when
//! a response is lost (RFC 6749 section 6, RFC 9700 section 4.14.2).

use std::sync::{Arc, Mutex};

use tamarack_runtime::token::{
    ClientCredentials, GrantError, OAuthErrorCode, RefreshTokenStore, TokenErrorKind,
    TokenEventKind, TokenGrant,
};
use tamarack_runtime::{BoxFuture, Secret, TransportErrorKind};

use crate::shown::logs;
use crate::support::{Act, Rig, after, ms, poll, reply, token};

/// A store that keeps a diary.
struct Diary {
    state: Mutex<State>,
}

struct State {
    token: Option<String>,
    /// How many calls of `replace` fail from now on.
    n_broken: usize,
    entries: Vec<String>,
}

impl Diary {
    fn with(token: &str) -> Arc<Self> {
        let state = State { token: Some(token.to_owned()), n_broken: 0, entries: Vec::new() };
        Arc::new(Self { state: Mutex::new(state) })
    }

    fn token(&self) -> Option<String> {
        self.state.lock().unwrap().token.clone()
    }

    fn set(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().unwrap());
    }

    fn entries(&self) -> Vec<String> {
        std::mem::take(&mut self.state.lock().unwrap().entries)
    }
}

impl RefreshTokenStore for Diary {
    fn load(&self) -> BoxFuture<'_, Result<Secret, GrantError>> {
        let mut state = self.state.lock().unwrap();
        state.entries.push("load".to_owned());
        let token = state.token.clone().map(Secret::from);
        Box::pin(std::future::ready(token.ok_or_else(|| "the vault is sealed".into())))
    }

    fn replace<'a>(
        &'a self,
        used: &'a Secret,
        new: &'a Secret,
    ) -> BoxFuture<'a, Result<(), GrantError>> {
        let mut state = self.state.lock().unwrap();
        let entry = format!("{} -> {}", used.expose(), new.expose());
        let is_broken = state.n_broken > 0;
        if is_broken {
            state.n_broken -= 1;
        } else if state.token.as_deref() == Some(used.expose()) {
            state.token = Some(new.expose().to_owned());
        }
        state.entries.push(if is_broken { format!("{entry} failed") } else { entry });
        let result = if is_broken { Err("no disk".into()) } else { Ok(()) };
        Box::pin(std::future::ready(result))
    }
}

fn rig(store: &Arc<Diary>, script: impl Fn(usize) -> Act + Send + Sync + 'static) -> Rig {
    let credentials = ClientCredentials::without_secret("app");
    Rig::by(TokenGrant::refresh_token("/token", credentials, Arc::clone(store)), script)
}

/// The refresh tokens of all requests.
fn used(rig: &Rig) -> Vec<String> {
    let value = |body: String| {
        let (_, rest) = body.split_once("&refresh_token=").unwrap();
        rest.split('&').next().unwrap().to_owned()
    };
    rig.bodies().into_iter().map(value).collect()
}

fn refused(code: &str) -> Act {
    reply(400, format!(r#"{{"error":"{code}"}}"#))
}

#[test]
fn the_store_has_the_new_token_before_anyone_has_its_access_token() {
    let store = Diary::with("first");
    let rig = rig(&store, |n| token(n, 3_600));
    assert_eq!(rig.read().unwrap().expose(), "token-0");
    assert_eq!(store.entries(), ["load", "first -> r0tat3d-0"]);
    rig.clock.advance(ms(3_600_000));
    assert_eq!(rig.read().unwrap().expose(), "token-1");
    assert_eq!(store.entries(), ["load", "r0tat3d-0 -> r0tat3d-1"]);
    assert_eq!(used(&rig), ["first", "r0tat3d-0"]);
    assert_eq!(rig.bodies()[0], "grant_type=refresh_token&refresh_token=first&client_id=app");
}

/// A server that keeps the token says nothing of it, or says the same.
#[test]
fn a_token_that_is_not_replaced_stays_as_it_is() {
    for rest in ["", r#","refresh_token":"first""#, r#","refresh_token":null"#] {
        let body = format!(r#"{{"access_token":"a","token_type":"bearer","expires_in":60{rest}}}"#);
        let store = Diary::with("first");
        let rig = rig(&store, move |_| reply(200, body.clone()));
        for _ in 0..2 {
            rig.read().unwrap();
            rig.clock.advance(ms(60_000));
        }
        assert_eq!(store.entries(), ["load", "load"]);
        assert_eq!(used(&rig), ["first", "first"]);
    }
}

/// While the store takes nothing the source holds the newest token itself, and offers it again before
/// each request.
#[test]
fn a_store_that_fails_costs_no_token() {
    let store = Diary::with("first");
    logs::keep();
    store.set(|state| state.n_broken = 3);
    let rig = rig(&store, |n| token(n, 60));
    for n in 0..3 {
        assert_eq!(rig.read().unwrap().expose(), format!("token-{n}"));
        rig.clock.advance(ms(60_000));
    }
    assert_eq!(used(&rig), ["first", "r0tat3d-0", "r0tat3d-1"]);
    assert_eq!(
        store.entries(),
        [
            "load",
            "first -> r0tat3d-0 failed",
            "first -> r0tat3d-0 failed",
            "first -> r0tat3d-1 failed",
            "first -> r0tat3d-1",
            "load",
            "r0tat3d-1 -> r0tat3d-2",
        ]
    );
    assert_eq!(store.token().as_deref(), Some("r0tat3d-2"));
    // Nobody else would know that a token is in memory alone: told after each request of such a refresh.
    let told = rig.errors();
    assert_eq!(told.len(), 2);
    for error in told {
        assert_eq!(error.kind(), &TokenErrorKind::Unavailable);
        assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "no disk");
    }
    let kinds = [TokenEventKind::Request, TokenEventKind::RefreshTokenStore];
    let expected = [&kinds[..], &kinds, &kinds[..1]].concat();
    assert_eq!(rig.event_kinds(), expected);
    let line = "the store did not take the new refresh token";
    assert!(logs::lines().iter().any(|it| it.starts_with("WARN") && it.contains(line)));
}

/// A token that the response gives is kept even where the rest of it is of no use.
#[test]
fn a_new_token_survives_a_response_that_is_no_token() {
    let body = r#"{"access_token":"a","token_type":"mac","refresh_token":"second"}"#;
    let store = Diary::with("first");
    let rig = rig(&store, move |_| reply(200, body));
    let error = rig.read().unwrap_err();
    assert_eq!(error.kind(), &TokenErrorKind::UnsupportedTokenType);
    assert!(!error.is_in_doubt());
    assert_eq!(store.token().as_deref(), Some("second"));
}

/// Many readers, one use of the token; RFC 9700 section 4.14.2 would take a second one for theft.
#[test]
fn fifty_readers_use_a_token_once() {
    let store = Diary::with("first");
    let rig = rig(&store, |n| after(300, token(n, 3_600)));
    assert!(rig.read_together(50).iter().all(Result::is_ok));
    assert_eq!(used(&rig), ["first"]);
}

#[test]
fn a_refusal_is_told_from_a_refusal_after_a_lost_response() {
    let store = Diary::with("first");
    let plain = rig(&store, |_| refused("invalid_grant"));
    let error = plain.read().unwrap_err();
    assert_eq!(error.oauth_code(), Some(&OAuthErrorCode::InvalidGrant));
    assert!(!error.is_in_doubt() && !error.to_string().contains("lost"));

    let lost = |n| match n {
        0 => Act::Fail(TransportErrorKind::Interrupted),
        _ => refused("invalid_grant"),
    };
    let rig = rig(&store, lost);
    assert!(rig.read().unwrap_err().is_in_doubt());
    rig.clock.advance(ms(1_000));
    let error = rig.read().unwrap_err();
    assert_eq!(error.oauth_code(), Some(&OAuthErrorCode::InvalidGrant));
    assert!(error.is_in_doubt() && error.to_string().contains("a response was lost"), "{error}");
    // A new login ends the doubt.
    store.set(|state| state.token = Some("from-a-login".to_owned()));
    rig.clock.advance(ms(60_000));
    let error = rig.read().unwrap_err();
    assert!(!error.is_in_doubt(), "{error}");
    assert_eq!(used(&rig), ["first", "first", "from-a-login"]);
}

/// What leaves a doubt: a response that says too little, or never came.
#[test]
fn responses_that_leave_a_doubt() {
    for (act, is_in_doubt) in [
        (Act::Hang, true),
        (reply(200, "<html>"), true),
        (reply(200, "{}"), true),
        (reply(200, r#"{"error":"server_error"}"#), false),
        (reply(502, "<html>"), false),
        (refused("invalid_client"), false),
        (Act::Fail(TransportErrorKind::Connect), false),
    ] {
        let store = Diary::with("first");
        let rig = rig(&store, move |_| act.clone());
        let error = rig.read().unwrap_err();
        assert_eq!(error.is_in_doubt(), is_in_doubt, "{error:?}");
    }
}

/// E3: the refresh of readers that are gone is not lost with them, and one that ran out of time is.
#[test]
fn readers_that_go_leave_the_token_where_it_is() {
    let store = Diary::with("first");
    let rig = rig(&store, |n| after(300, token(n, 3_600)));
    let mut read = Box::pin(rig.source.token());
    assert!(poll(&mut read.as_mut()).is_pending());
    drop(read);
    rig.clock.advance(ms(400));
    assert_eq!(rig.read().unwrap().expose(), "token-0");
    assert_eq!(
        (used(&rig), store.token().unwrap()),
        (vec!["first".to_owned()], "r0tat3d-0".into())
    );
}

#[test]
fn without_a_token_nothing_is_sent() {
    for token in [None, Some(String::new())] {
        let store = Diary::with("x");
        store.set(|state| state.token = token);
        let rig = rig(&store, |n| crate::support::token(n, 60));
        let error = rig.read().unwrap_err();
        assert_eq!((error.kind(), rig.requests()), (&TokenErrorKind::Unavailable, 0));
        assert_eq!(rig.read_at_once().unwrap_err().kind(), &TokenErrorKind::Backoff);
    }
}
